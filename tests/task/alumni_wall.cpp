// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/alumni_wall.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <koc/describe/canonical.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr task_id winter{1};
constexpr submission_id film{1};
actor himself(member_id who) { return {actor_kind::member, who.value()}; }
personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }

/// An is thanked for a film and is a lifetime honorary member; Ou is a friend of the brand.
struct wall_world : winter_world {
    wall_world() {
        listed(brief(winter));
        handed_in(winter, an, film);
        given(rate(film, percent(90)),
            record_waning{an, waning_reason::life_change, words_of(an, "secret: a divorce")},
            record_talk{an, talk_finding::life_change, words_of(an, "secret: she moves away")},
            thank_member{an, {film}, words_of(an, "For a winter of honest films")},
            offer_role{an, alumni_role::lifetime_honorary_member, words_of(an, "secret: please")},
            accept_role{an, alumni_role::lifetime_honorary_member});
    }
};

// B28

TEST_CASE("members in service see which roles alumni hold, what they were thanked for and that "
          "they are invited, and never why they left",
    "[task][B28]") {
    wall_world w;
    auto const became = w.now();
    auto const gala = w.now() + days(100);
    w.given(plan_yearly_event{yearly_event_id{1}, "Winter gala", gala});
    w.wait(days(41)).time_passes();
    for (auto reader : {w.bao, w.jin}) { // active, mature
        w.as(himself(reader));
        auto const wall = w.ask(alumni_wall{});
        REQUIRE(wall.size() == 2);
        CHECK(wall.front() ==
            alumni_entry{w.an, {{alumni_role::lifetime_honorary_member, became, {}}},
                {{became, {film}, words_of(w.an, "For a winter of honest films")}}, 1, gala});
        CHECK(wall.back().member == w.ou);
        CHECK(wall.back().roles.back().role == alumni_role::friend_of_the_brand);
        CHECK(wall.back().invited == 1);
        // Nothing of it is a reason, a finding or a private note.
        std::string text;
        append_canonical(text, shape_of<std::vector<alumni_entry>>, &wall);
        CHECK(text.find("honest films") != std::string::npos);
        for (auto const* kept : {"secret", "life_change", "finding", "quality", "outcomes"}) {
            INFO(kept);
            CHECK(text.find(kept) == std::string::npos);
        }
    }
    // What is shown is what events hold: no thanks, no role and no invitation that is not there.
    CHECK(w.history_of<role_accepted>().size() == 2);
    CHECK(w.history_of<member_thanked>().size() == 2);
    // She may choose not to be shown, and may change her mind.
    w.as(himself(w.an)).accepts(choose_wall{w.an, false});
    CHECK(w.recorded<wall_chosen>().size() == 1);
    w.as(himself(w.bao));
    REQUIRE(w.ask(alumni_wall{}).size() == 1);
    CHECK(w.ask(alumni_wall{}).front().member == w.ou);
    w.as(himself(w.an)).given(choose_wall{w.an, true});
    CHECK(w.ask(alumni_wall{}).size() == 2);
    w.accepts(choose_wall{w.an, true});
    CHECK(w.events().empty()); // there was nothing to change
    // What somebody was invited to in service is not counted as what alumni are given.
    w.as({}).given(record_waning{w.jin, waning_reason::life_change, {}});
    w.role_offered(w.jin, alumni_role::friend_of_the_brand);
    w.given(accept_role{w.jin, alumni_role::friend_of_the_brand});
    CHECK(w.at<guest_record>(w.jin).invited == 1);
    w.as(himself(w.bao));
    CHECK(w.ask(alumni_wall{}).at(1).member == w.jin);
    CHECK(w.ask(alumni_wall{}).at(1).invited == 0);
    CHECK_FALSE(w.ask(alumni_wall{}).at(1).invited_to);
    w.wait(days(365)).time_passes();
    CHECK(w.ask(alumni_wall{}).at(1).invited == 1);
    // Who returns is off the wall, and no alumnus any more.
    w.as({}).given(confirm_willingness{w.an});
    CHECK(w.ask(alumni_wall{}).size() == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("the wall is not shown to who is neither in service nor an alumnus, and neither members "
          "nor operators choose for another",
    "[task][B28][refusal]") {
    wall_world w;
    unmoved same{w};
    for (auto [reader, name] : {std::pair{w.lan, "member 10"}, std::pair{w.ning, "member 12"},
             std::pair{w.nobody, "member 999"}}) {
        w.as(himself(reader));
        same.denies(alumni_wall{}, errc::not_qualified, name, "a member in service");
    }
    w.as(himself(w.ou));
    CHECK(w.ask(alumni_wall{}).size() == 2); // alumni see it
    w.as(himself(w.bao));
    same.refuses(choose_wall{w.an, false}, errc::not_qualified, "member 1", "the member themself");
    w.as({actor_kind::employee, 7});
    same.refuses(choose_wall{w.an, false}, errc::not_qualified, "member 1", "the member themself");
    w.as({});
    same.refuses(choose_wall{w.nobody, false}, errc::unknown_id, "member 999", "known member");
}

} // namespace
