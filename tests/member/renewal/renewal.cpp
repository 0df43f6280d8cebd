// SPDX-License-Identifier: BSL-1.0
#include <koc/member/renewal/messages/renewal.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr desk_hours week{20, 40, 20, 20};
constexpr actor mei{actor_kind::employee, 3};

/// Somebody who is enrolled now, found by the brand itself.
enrol newcomer(std::uint64_t id) { return {member_id{id}, {id, "New"}, {source::owned}, {}}; }

/// Brings a budding member to mature at once, by work from before.
void ripen(winter_world& w, member_id who) {
    w.given(record_contact{who, {}}, confirm_willingness{who});
    for (auto before : {90, 60, 30}) {
        w.given(record_outcome{who, {}, percent(90), w.now() - days(before)});
    }
}

TEST_CASE("the pyramid has senior, middle and young members by trust and tenure, whatever their "
          "age, and an alarm tells which of them are missing",
    "[member][B26]") {
    winter_world w;
    w.given(retag{w.an, {{w.tag("age", "over_sixty")}}, {}}, plan_renewal{12, week});
    // Nobody has been with the programme for long: all are young but for the two who are mature.
    CHECK(w.ask(show_pyramid{}).counts == cohort_counts{0, 2, 9});
    w.wait(days(7)).time_passes();
    REQUIRE(w.recorded<pyramid_reviewed>().size() == 1);
    REQUIRE(w.recorded<cohort_alarmed>().size() == 1);
    CHECK(w.recorded<cohort_alarmed>().front().cohort == cohort::senior);
    CHECK(w.recorded<cohort_alarmed>().front().share == score{});
    CHECK(w.ask(show_effort{}).alarmed == std::vector{cohort::senior});
    // An alarm is told once, not every week.
    w.wait(days(70)).time_passes();
    CHECK(w.recorded<pyramid_reviewed>().size() == 10);
    CHECK(w.recorded<cohort_alarmed>().empty());

    // A year later the mature are senior, who has been active for long is in the middle, and nobody
    // is young.
    w.wait(days(300)).time_passes();
    CHECK(w.ask(show_pyramid{}).counts == cohort_counts{2, 7, 0});
    CHECK(w.ask(show_pyramid{}).waiting == 2); // budding for so long that they are no longer new
    REQUIRE(w.recorded<cohort_recovered>().size() == 1);
    CHECK(w.recorded<cohort_recovered>().front().cohort == cohort::senior);
    REQUIRE(w.recorded<cohort_alarmed>().size() == 1);
    CHECK(w.recorded<cohort_alarmed>().front().cohort == cohort::young);
    CHECK(w.recorded<cohort_alarmed>().front().least == percent(30));

    // Somebody of over sixty who came last week is young; one who was new at twenty is not for
    // ever.
    for (std::uint64_t id = 101; id <= 104; ++id) {
        w.given(newcomer(id), retag{member_id{id}, {{w.tag("age", "over_sixty")}}, {}});
    }
    w.wait(days(7)).time_passes();
    CHECK(w.ask(show_pyramid{}).counts == cohort_counts{2, 7, 4});
    CHECK(w.recorded<cohort_recovered>().empty()); // 4 of 13 are more than 30 %, but not by 2 %
    w.given(newcomer(105)).wait(days(7)).time_passes();
    REQUIRE(w.recorded<cohort_recovered>().size() == 1);
    CHECK(w.recorded<cohort_recovered>().front().cohort == cohort::young);
    CHECK(w.ask(show_effort{}).alarmed.empty());

    // Who leaves service, or is mature no more, is counted where they are.
    w.given(record_waning{w.jin, waning_reason::life_change, {}});
    CHECK(w.ask(show_pyramid{}).counts == cohort_counts{1, 7, 5});
    w.given(confirm_willingness{w.jin});
    CHECK(w.ask(show_pyramid{}).counts == cohort_counts{1, 8, 5});
    for (auto who : w.ask(find_members{has("stage", "budding")})) {
        w.given(record_contact{who, {}}, confirm_willingness{who});
    }
    for (auto who : w.ask(find_members{has("stage", "active") || has("stage", "mature")})) {
        w.given(record_waning{who, waning_reason::other, {}});
    }
    w.wait(days(7)).time_passes();
    CHECK(w.ask(show_pyramid{}).counts == cohort_counts{});
    CHECK(
        w.ask(show_effort{}).alarmed == std::vector{cohort::senior, cohort::middle, cohort::young});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a pyramid that nobody planned, or by rules that cannot be, is refused",
    "[member][B26][refusal]") {
    winter_world w;
    unmoved same{w};
    same.denies(show_pyramid{}, errc::wrong_state, "renewal plan 1", "plan_renewal first");
    same.denies(show_effort{}, errc::wrong_state, "renewal plan 1", "plan_renewal first");
    same.refuses(
        plan_renewal{0, week}, errc::invalid_argument, "plan_renewal.size", "from 1 to 1000000000");
    same.refuses(plan_renewal{10, {-1, 0, 0, 0}}, errc::invalid_argument, "plan_renewal.hours",
        "from 0 to 1000000");
    same.refuses(adopt<renewal_rules>{{.senior_least = percent(60), .middle_least = percent(50)}},
        errc::invalid_argument, "renewal_rules", "add up to 1");
    same.refuses(adopt<renewal_rules>{{.young_least = percent(101)}}, errc::invalid_argument,
        "renewal_rules.young_least", "from 0 to 1");
    same.refuses(adopt<renewal_rules>{{.conversion_prior = score{}}}, errc::invalid_argument,
        "renewal_rules.conversion_prior", "above 0");
    same.refuses(adopt<renewal_rules>{{.ripening = days(400)}}, errc::invalid_argument,
        "renewal_rules.ripening", "time to restore");
}

TEST_CASE(
    "when a third of the mature leave, the programme says how many newcomers it needs by when, "
    "and moves the desks' hours to finding them until they are there",
    "[member][B27]") {
    winter_world w;
    // Of 130 people whose time of ripening has passed, 32 became mature: 24 in 100, drawn towards
    // the prior.
    for (std::uint64_t id = 201; id <= 317; ++id) {
        w.given(newcomer(id));
    }
    for (std::uint64_t id = 201; id <= 230; ++id) {
        ripen(w, member_id{id});
    }
    w.wait(days(300)).given(record_contact{w.an, {}});
    w.wait(*from_iso8601("2027-03-20T08:00:00Z") - w.now()).given(plan_renewal{107, week});
    CHECK(w.ask(show_pyramid{}).mature == 32);
    CHECK(w.ask(show_pyramid{}).budding_needed == 19); // the mature are enough; nobody is young
    w.as(mei).accepts(book_hours{desk::relationship, 38}).accepts(book_hours{desk::sourcing, 20});
    w.as({});

    for (std::uint64_t id = 201; id <= 210; ++id) {
        w.given(record_waning{member_id{id}, waning_reason::other, {}});
    }
    w.wait(days(7)).time_passes();
    auto const seen = w.recorded<pyramid_reviewed>().front().pyramid;
    CHECK(seen.mature == 22);
    CHECK(seen.wanted == 32);
    CHECK(seen.conversion == percent(24));
    CHECK(seen.budding_needed == 42);
    CHECK(to_iso8601(seen.by) == "2027-06-30T08:00:00Z");
    auto const moved = w.recorded<effort_shifted>();
    REQUIRE(moved.size() == 1);
    CHECK(moved.front().from == week);
    CHECK(moved.front().to == desk_hours{44, 28, 14, 14}); // the same sum
    CHECK(moved.front().budding_needed == 42);
    CHECK(moved.front().by == seen.by);

    // The hours are really there, and really gone from where they were.
    w.as(mei).accepts(book_hours{desk::sourcing, 44});
    w.refuses(book_hours{desk::sourcing, 1}, errc::no_capacity, "desk sourcing", "at most 0 hours");
    w.refuses(book_hours{desk::relationship, 38}, errc::no_capacity, "desk relationship",
        "at most 28 hours, which are left of this week's 28");
    w.accepts(book_hours{desk::relationship, 28}).as({});

    // Half of them are not enough for the hours to go back; with all of them the gap is closed.
    for (std::uint64_t id = 401; id <= 420; ++id) {
        w.given(newcomer(id));
    }
    w.wait(days(7)).time_passes();
    CHECK(w.recorded<pyramid_reviewed>().front().pyramid.maturing == 4);
    CHECK(w.recorded<pyramid_reviewed>().front().pyramid.budding_needed == 25);
    CHECK(w.recorded<effort_shifted>().empty());
    CHECK(w.ask(show_effort{}).now == moved.front().to);
    for (std::uint64_t id = 421; id <= 442; ++id) {
        w.given(newcomer(id));
    }
    w.wait(days(7)).time_passes();
    CHECK(w.recorded<pyramid_reviewed>().front().pyramid.budding_needed == 0);
    REQUIRE(w.recorded<effort_shifted>().size() == 1);
    CHECK(w.recorded<effort_shifted>().front().to == week);
    w.as(mei).accepts(book_hours{desk::relationship, 40});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("planning anew with the old hours undoes no shift, and of other hours as many as are "
          "needed go to sourcing at once",
    "[member][B27]") {
    winter_world w;
    w.accepts(plan_renewal{100, week});
    CHECK(w.recorded<effort_shifted>().empty()); // what is not known before the first review
    w.wait(days(7)).time_passes();
    desk_hours const moved{44, 28, 14, 14};
    CHECK(w.ask(show_effort{}).now == moved);
    w.accepts(plan_renewal{100, week});
    REQUIRE(w.recorded<effort_shifted>().size() == 1);
    CHECK(w.recorded<effort_shifted>().front().from == week);
    CHECK(w.recorded<effort_shifted>().front().to == moved);
    CHECK(w.recorded<effort_shifted>().front().budding_needed > 0);
    CHECK(w.ask(show_effort{}).now == moved);
    w.as(mei).refuses(book_hours{desk::relationship, 38}, errc::no_capacity, "desk relationship",
        "this week's 28; book fewer, as 12 went to sourcing and come back when enough newcomers");
    w.refuses(book_hours{desk::sourcing, 45}, errc::no_capacity, "desk sourcing",
        "book fewer, or plan more for this desk");
    // A plan without hours to move does not help past it either.
    w.accepts(plan_renewal{100, {100, 0, 0, 0}});
    CHECK(w.recorded<effort_shifted>().empty());
    w.accepts(plan_renewal{100, {10, 50, 20, 20}});
    CHECK(w.ask(show_effort{}).now == desk_hours{37, 35, 14, 14});
    // Where nobody is missing each desk has what was planned.
    w.accepts(plan_renewal{12, week});
    CHECK(w.recorded<effort_shifted>().empty());
    CHECK(w.ask(show_effort{}).now == week);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "hours that a desk has not are refused, as are hours before a plan", "[member][B27][refusal]") {
    winter_world w;
    unmoved nothing{w};
    nothing.refuses(
        book_hours{desk::sourcing, 1}, errc::wrong_state, "renewal plan 1", "plan_renewal first");
    w.given(plan_renewal{12, week}, book_hours{desk::planning, 15});
    unmoved same{w};
    same.refuses(book_hours{desk::planning, 6}, errc::no_capacity, "desk planning",
        "at most 5 hours, which are left of this week's 20");
    same.refuses(
        book_hours{desk::planning, 0}, errc::invalid_argument, "book_hours.hours", "from 1 to 168");
    same.refuses(book_hours{static_cast<desk>(9), 1}, errc::invalid_argument, "book_hours.desk");
    same.refuses(adopt<renewal_rules>{{.shift_most = percent(120)}}, errc::invalid_argument,
        "renewal_rules.shift_most", "from 0 to 1");
    w.as({actor_kind::member, w.an.value()});
    same.refuses(plan_renewal{12, week}, errc::not_qualified, "plan_renewal", "an employee");
}

} // namespace
