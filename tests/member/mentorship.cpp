// SPDX-License-Identifier: BSL-1.0
#include <koc/member/mentorship.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

TEST_CASE("one mature member leads several budding ones", "[member][B16]") {
    winter_world w;
    w.accepts(pair_mentor{w.jin, w.lan});
    CHECK(w.emitted<mentor_paired>().size() == 1);
    w.given(pair_mentor{w.jin, w.min}, pair_mentor{w.jin, w.an});
    CHECK(w.get<mentorship>().pairs().targets(w.jin) == ids{w.an, w.lan, w.min});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a mentor leads no more than the programme says", "[member][B16]") {
    koc::standard::programme rules;
    rules.mentees_max = 2;
    winter_world w{rules};
    w.given(pair_mentor{w.jin, w.lan}, pair_mentor{w.jin, w.min});
    w.refuses(pair_mentor{w.jin, w.an}, errc::no_capacity, "mentor 8");
    w.given(pair_mentor{w.kai, w.an}); // the other one has room
    w.given(release_mentor{w.jin, w.min}, pair_mentor{w.jin, w.bao});
    CHECK(w.get<mentorship>().pairs().targets(w.jin) == ids{w.bao, w.lan});
}

TEST_CASE("only mature members lead, and only budding or active ones are led", "[member][B16]") {
    winter_world w;
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    w.given(pair_mentor{w.jin, w.lan});
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {pair_mentor{w.an, w.min}, errc::not_qualified, "member 1", "stage mature"},
             {pair_mentor{w.lan, w.min}, errc::not_qualified, "member 10", "stage mature"},
             {pair_mentor{w.ou, w.min}, errc::not_qualified, "member 13", "stage mature"},
             {pair_mentor{w.jin, w.kai}, errc::not_qualified, "member 9", "budding or active"},
             {pair_mentor{w.jin, w.ning}, errc::not_qualified, "member 12", "budding or active"},
             {pair_mentor{w.jin, w.jin}, errc::not_qualified, "member 8", "budding or active"},
             {pair_mentor{w.jin, w.lan}, errc::already_exists, "mentor 8", "already"},
             {pair_mentor{w.kai, w.lan}, errc::no_capacity, "mentee 10", "mentor"},
             {pair_mentor{w.nobody, w.lan}, errc::unknown_id, "member 999", "known"},
             {pair_mentor{w.jin, w.nobody}, errc::unknown_id, "member 999", "known"},
             {pair_mentor{member_id{}, w.lan}, errc::unknown_id, "member 0", "known"},
             {pair_mentor{w.jin, member_id{}}, errc::unknown_id, "member 0", "known"},
             {release_mentor{w.jin, w.min}, errc::unknown_id, "mentor 8", "member 11"},
             {release_mentor{w.lan, w.jin}, errc::unknown_id, "mentor 10", "member 8"},
             {release_mentor{member_id{}, member_id{}}, errc::unknown_id, "mentor 0", "member 0"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
