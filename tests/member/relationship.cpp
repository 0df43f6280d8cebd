// SPDX-License-Identifier: BSL-1.0
#include <koc/member/relationship.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

TEST_CASE(
    "budding becomes active by contact and a confirmed will, in this order", "[member][B03]") {
    winter_world w;
    w.refuses(confirm_willingness{w.min}, errc::not_qualified, "member 11", "\"was contacted\"");
    w.given(record_contact{w.min, {w.min.value(), "Met at the ice track"}});
    CHECK(w.person(w.min).standing == stage::budding); // being spoken to is no consent
    w.accepts(confirm_willingness{w.min});
    auto const moved = w.emitted<stage_changed>();
    REQUIRE(moved.size() == 1);
    CHECK(moved.front().from == stage::budding);
    CHECK(moved.front().to == stage::active);
    CHECK(moved.front().because == moment::willingness_confirmed);
    CHECK(moved.front().rule == "willingness_confirmed/1");
    CHECK(w.person(w.min).standing == stage::active);
}

TEST_CASE("no command but a confirmed will makes anybody active", "[member][B03]") {
    winter_world w;
    auto const life = w.tag("interest", "life");
    w.given(record_outcome{w.lan, {life}, whole(1), w.now() - days(90)},
        record_outcome{w.lan, {life}, whole(1), w.now() - days(50)},
        record_outcome{w.lan, {life}, whole(1), w.now()}, pair_mentor{w.jin, w.lan},
        record_contact{w.lan, {}});
    CHECK(w.person(w.lan).standing == stage::budding);
    // And who has agreed to nothing takes no work.
    w.listed(w.brief(task_id{1}));
    w.refuses(claim_task{task_id{1}, w.lan}, errc::not_qualified, "member 10", "stage:active");
}

TEST_CASE("excellence on one lucky day makes nobody mature", "[member][B11]") {
    winter_world w;
    auto const life = w.tag("interest", "life");
    for (int i = 0; i < 50; ++i) {
        w.given(record_outcome{w.an, {life}, whole(1), w.now()});
        CHECK(w.emitted<stage_changed>().empty());
    }
    CHECK(w.person(w.an).standing == stage::active);
}

TEST_CASE("who may have fallen silent is shown early, the likeliest first, and nobody is moved",
    "[member][B19]") {
    winter_world w;
    auto const life = w.tag("interest", "life");
    for (int i = 1; i <= 10; ++i) { // An works all the time, Bao did for some months
        w.given(record_outcome{w.an, {life}, percent(70), w.now() - days(14 * i)});
        w.given(record_outcome{w.bao, {life}, percent(70), w.now() - days(80 + 14 * i)});
    }
    w.given(record_outcome{w.ning, {life}, percent(70), w.now() - days(300)}); // evolving already
    w.given(record_outcome{w.chen, {life}, percent(70), w.now() - days(200)});
    auto const& bonds = w.get<relationship>();
    auto const signs = bonds.waning(w.look(), percent(80), w.now(), days(90));
    REQUIRE(signs.size() >= 2);
    CHECK(signs.front().member == w.chen);
    CHECK(signs.front().quiet == days(200));
    auto const who = [&](member_id asked) {
        return std::count_if(
            signs.begin(), signs.end(), [&](auto const& s) { return s.member == asked; });
    };
    CHECK(who(w.bao) == 1);
    CHECK(who(w.an) == 0);   // not silent
    CHECK(who(w.ning) == 0); // nobody's news any more
    CHECK(who(w.dong) == 0); // has not begun yet
    for (std::size_t i = 1; i < signs.size(); ++i) {
        CHECK(signs[i - 1].chance <= signs[i].chance);
    }
    CHECK(bonds.waning(w.look(), {}, w.now(), days(90)).empty());
    CHECK(w.person(w.chen).standing == stage::active);
    // What is seen is followed by a word, and the word by a reason.
    w.accepts(record_waning{w.chen, waning_reason::life_change, {}});
    CHECK(bonds.waning(w.look(), percent(80), w.now(), days(90)).front().member != w.chen);
}

TEST_CASE("time alone makes nobody mature", "[member][B11]") {
    winter_world w;
    auto const life = w.tag("interest", "life");
    for (int year = 0; year < 20; ++year) {
        w.wait(days(365)).given(record_outcome{w.an, {life}, percent(79), w.now()});
        CHECK(w.emitted<stage_changed>().empty());
    }
    CHECK(w.person(w.an).standing == stage::active);
}

TEST_CASE(
    "sustained excellence makes mature, and the event says on what evidence", "[member][B11]") {
    winter_world w;
    auto const life = w.tag("interest", "life");
    w.given(record_outcome{w.an, {life}, percent(80), w.now()});
    w.wait(days(20)).given(record_outcome{w.an, {life}, percent(85), w.now()});
    CHECK(w.person(w.an).standing == stage::active);
    w.wait(days(10)).accepts(record_outcome{w.an, {life}, percent(95), w.now()});
    auto const moved = w.emitted<stage_changed>();
    REQUIRE(moved.size() == 1);
    CHECK(moved.front().to == stage::mature);
    CHECK(moved.front().rule == "sustained-excellence/1");
    CHECK(moved.front().excellent == 3);
    CHECK(moved.front().sustained == days(30));
    CHECK(w.person(w.an).standing == stage::mature);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a poor piece never moves anybody up, however good their past is", "[member][B11]") {
    winter_world w;
    // Jin is mature, steps back and returns: the evidence is complete, but the next piece is poor.
    w.given(record_waning{w.jin, waning_reason::life_change, {}}, confirm_willingness{w.jin});
    CHECK(w.person(w.jin).standing == stage::active);
    w.accepts(record_outcome{w.jin, {}, percent(10), w.now()});
    CHECK(w.person(w.jin).standing == stage::active);
    w.accepts(record_outcome{w.jin, {}, percent(80), w.now()}); // this one excels
    CHECK(w.person(w.jin).standing == stage::mature);
}

TEST_CASE("whatever the history, who is mature has excelled often enough and long enough",
    "[member][B11]") {
    CHECK(rc::check([] {
        scenario s;
        member_id const who{1};
        s.given(enrol{who, {1, "An"}, {source::open}, {}}, record_contact{who, {}},
            confirm_willingness{who});
        std::vector<instant> excellent;
        for (auto const& [wait, quality] :
            *rc::gen::container<std::vector<std::pair<int, std::int64_t>>>(
                rc::gen::pair(rc::gen::inRange(0, 25), rc::gen::inRange<std::int64_t>(60, 101)))) {
            s.wait(days(wait)).given(record_outcome{who, {}, percent(quality), s.now()});
            if (quality >= 80) {
                excellent.push_back(s.now());
            }
            auto const complete =
                excellent.size() >= 3 && excellent.back() - excellent.front() >= days(30);
            RC_ASSERT((s.get<roster>().find(who)->standing == stage::mature) == complete);
        }
    }));
}

TEST_CASE("who can give less is never dropped: a talk, a role of their choice, a way back",
    "[member][B29]") {
    winter_world w;
    w.accepts(record_waning{w.kai, waning_reason::interest_shift, {w.kai.value(), "A new job"}});
    CHECK(w.emitted<member_waned>().front().reason == waning_reason::interest_shift);
    CHECK(w.person(w.kai).standing == stage::evolving);
    w.accepts(accept_role{w.kai, alumni_role::lifetime_honorary_member});
    CHECK(w.person(w.kai).standing == stage::alumni);
    CHECK(w.get<relationship>().role(w.kai) == alumni_role::lifetime_honorary_member);
    auto const outcomes = w.person(w.kai).outcomes;
    w.accepts(confirm_willingness{w.kai});
    CHECK(w.person(w.kai).standing == stage::active);
    CHECK(w.person(w.kai).outcomes == outcomes); // nothing is forgotten
    CHECK_FALSE(w.get<relationship>().role(w.kai));
}

TEST_CASE("an illegal jump is refused and told what is possible instead", "[member][B29]") {
    winter_world w;
    struct row {
        scenario::command asked;
        std::string subject;
        std::string accepted;
    };
    for (auto const& [asked, about, accepted] : std::vector<row>{
             {accept_role{w.an, alumni_role::friend_of_the_brand}, "member 1",
                 "expected excelled or waned in stage active"},
             {accept_role{w.jin, alumni_role::friend_of_the_brand}, "member 8",
                 "expected waned in stage mature"},
             {accept_role{w.lan, alumni_role::friend_of_the_brand}, "member 10",
                 "expected willingness_confirmed in stage budding"},
             {accept_role{w.ou, alumni_role::honorary_adviser}, "member 13",
                 "expected willingness_confirmed in stage alumni"},
             {record_waning{w.lan, waning_reason::other, {}}, "member 10",
                 "expected willingness_confirmed in stage budding"},
             {record_waning{w.ning, waning_reason::other, {}}, "member 12",
                 "expected willingness_confirmed or role_accepted in stage evolving"},
             {confirm_willingness{w.an}, "member 1", "expected excelled or waned in stage active"},
             {confirm_willingness{w.jin}, "member 8", "expected waned in stage mature"},
         }) {
        INFO(about << " / " << accepted);
        CHECK_NOTHROW(w.refuses(asked, errc::wrong_state, about, accepted));
    }
}

TEST_CASE("no command of the programme ends a relationship", "[member][B29]") {
    // Whatever is accepted, everybody who is enrolled stays, at a stage that has an exit.
    winter_world w;
    auto const people = w.get<roster>().people().size();
    for (auto who : {w.an, w.jin, w.lan, w.ning, w.ou}) {
        for (auto const& asked : std::vector<scenario::command>{record_contact{who, {}},
                 confirm_willingness{who}, record_waning{who, waning_reason::other, {}},
                 accept_role{who, alumni_role::honorary_adviser},
                 retag{who, {}, {w.tag("format", "video")}}}) {
            w.when(asked);
            CHECK_FALSE(relationship_lifecycle::accepted(w.person(who).standing).empty());
        }
    }
    CHECK(w.get<roster>().people().size() == people);
}

TEST_CASE("what is said about nobody, or in another's name, is refused", "[member]") {
    winter_world w;
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    std::string const too_long(note_length_max + 1, 'x');
    for (auto const& [asked, code, about, word] :
        std::vector<row>{
            {record_contact{w.nobody, {}}, errc::unknown_id, "member 999", "known"},
            {record_contact{member_id{}, {}}, errc::unknown_id, "member 0", "known"},
            {record_contact{w.an, {2, "hello"}}, errc::invalid_argument, "note on member 1",
                "owner"},
            {record_contact{w.an, {1, "\xff"}}, errc::invalid_text, "record_contact.note", "UTF-8"},
            {record_contact{w.an, {1, too_long}}, errc::invalid_text, "record_contact.note",
                "shorten"},
            {confirm_willingness{w.nobody}, errc::unknown_id, "member 999", "known"},
            {confirm_willingness{member_id{}}, errc::unknown_id, "member 0", "known"},
            {record_waning{w.nobody, waning_reason::other, {}}, errc::unknown_id, "member 999",
                "known"},
            {record_waning{w.an, waning_reason::other, {2, "tired"}}, errc::invalid_argument,
                "note on member 1", "owner"},
            {record_waning{w.an, static_cast<waning_reason>(7), {}}, errc::invalid_argument,
                "record_waning.reason", "named"},
            {record_waning{w.an, waning_reason::other, {1, too_long}}, errc::invalid_text,
                "record_waning.note", "shorten"},
            {accept_role{w.nobody, alumni_role::honorary_adviser}, errc::unknown_id, "member 999",
                "known"},
            {accept_role{w.ning, static_cast<alumni_role>(7)}, errc::invalid_argument,
                "accept_role.role", "named"},
        }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

} // namespace
