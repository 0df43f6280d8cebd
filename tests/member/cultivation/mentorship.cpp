// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/mentorship.hpp>

#include "member/small_programme.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::just;
using koc_test::people_programme;
using koc_test::small_world;

namespace {

using pairs = std::vector<std::pair<member_id, member_id>>;

/// Who leads whom, by what was recorded.
pairs pairs_of(small_world const& w) {
    pairs now;
    for (auto const& recorded : w.journal()) {
        for (auto const& happened : recorded.events) {
            if (auto const* e = happened.get_if<mentor_paired>()) {
                now.emplace_back(e->mentor, e->mentee);
            } else if (auto const* r = happened.get_if<mentor_released>()) {
                std::erase(now, std::pair{r->mentor, r->mentee});
            }
        }
    }
    return now;
}

engine two_at_most(any_journal journal) {
    return engine::of<people_programme>(
        std::move(journal), just<mentorship_rules>{{.mentees_max = 2}});
}

TEST_CASE("one mature member leads several budding ones", "[member][B16]") {
    small_world w;
    w.accepts(pair_mentor{w.jin, w.lan});
    CHECK(w.recorded<mentor_paired>().size() == 1);
    w.given(pair_mentor{w.jin, w.min}, pair_mentor{w.jin, w.an});
    CHECK(pairs_of(w) == pairs{{w.jin, w.lan}, {w.jin, w.min}, {w.jin, w.an}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a mentor leads no more than the programme says", "[member][B16]") {
    small_world w{&two_at_most};
    w.given(pair_mentor{w.jin, w.lan}, pair_mentor{w.jin, w.min});
    w.refuses(pair_mentor{w.jin, w.an}, errc::no_capacity, "mentor 8");
    w.given(pair_mentor{w.kai, w.an}); // the other one has room
    w.given(release_mentor{w.jin, w.min}, pair_mentor{w.jin, w.bao});
    CHECK(pairs_of(w) == pairs{{w.jin, w.lan}, {w.kai, w.an}, {w.jin, w.bao}});
    w.given(adopt<mentorship_rules>{{.mentees_max = 3}}).accepts(pair_mentor{w.jin, w.min});
    w.refuses(adopt<mentorship_rules>{{.mentees_max = -1}}, errc::invalid_argument, "mentees_max",
        "0 or more");
}

TEST_CASE("who leaves the stage of a mentor or mentee is released", "[member][B16]") {
    small_world w;
    w.given(pair_mentor{w.jin, w.lan}, pair_mentor{w.jin, w.an}, pair_mentor{w.kai, w.bao});
    // A mentor who can give less leads nobody any more, so no alumnus does.
    w.accepts(record_waning{w.jin, waning_reason::life_change, {}});
    CHECK(w.recorded<mentor_released>().size() == 2);
    CHECK(pairs_of(w) == pairs{{w.kai, w.bao}});
    w.given(accept_role{w.jin, alumni_role::honorary_adviser});
    w.refuses(pair_mentor{w.jin, w.lan}, errc::not_qualified, "member 8", "stage mature");
    w.given(pair_mentor{w.kai, w.lan}, pair_mentor{w.kai, w.an}); // they are free for another one
    // A mentee who steps back is led by nobody.
    w.accepts(record_waning{w.bao, waning_reason::life_change, {}});
    CHECK(w.recorded<mentor_released>().size() == 1);
    CHECK(pairs_of(w) == pairs{{w.kai, w.lan}, {w.kai, w.an}});
    // Nor is one who has become mature.
    w.outcome(w.an, whole(1), days(60)).outcome(w.an, whole(1), days(20)).outcome(w.an, whole(1));
    CHECK(w.stage(w.an) == stage::mature);
    CHECK(pairs_of(w) == pairs{{w.kai, w.lan}});
    // A budding mentee who becomes active stays.
    w.accepts(confirm_willingness{w.lan});
    CHECK(w.recorded<mentor_released>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("only mature members lead, and only budding or active ones are led", "[member][B16]") {
    small_world w;
    w.given(pair_mentor{w.jin, w.lan});
    auto const refused = [&](auto const& asked, errc code, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    refused(pair_mentor{w.an, w.min}, errc::not_qualified, "member 1", "stage mature");
    refused(pair_mentor{w.lan, w.min}, errc::not_qualified, "member 10", "stage mature");
    refused(pair_mentor{w.ou, w.min}, errc::not_qualified, "member 13", "stage mature");
    refused(pair_mentor{w.jin, w.kai}, errc::not_qualified, "member 9", "budding or active");
    refused(pair_mentor{w.jin, w.ning}, errc::not_qualified, "member 12", "budding or active");
    refused(pair_mentor{w.jin, w.jin}, errc::not_qualified, "member 8", "budding or active");
    refused(pair_mentor{w.jin, w.lan}, errc::already_exists, "mentor 8", "already");
    refused(pair_mentor{w.kai, w.lan}, errc::no_capacity, "mentee 10", "mentor");
    refused(pair_mentor{w.nobody, w.lan}, errc::unknown_id, "member 999", "known");
    refused(pair_mentor{w.jin, w.nobody}, errc::unknown_id, "member 999", "known");
    refused(pair_mentor{member_id{}, w.lan}, errc::unknown_id, "member 0", "known");
    refused(pair_mentor{w.jin, member_id{}}, errc::unknown_id, "member 0", "known");
    refused(release_mentor{w.jin, w.min}, errc::unknown_id, "mentor 8", "mentee 11");
    refused(release_mentor{w.lan, w.jin}, errc::unknown_id, "mentor 10", "mentee 8");
    refused(release_mentor{member_id{}, member_id{}}, errc::unknown_id, "mentor 0", "mentee 0");
}

} // namespace
