// SPDX-License-Identifier: BSL-1.0

// Working days in deadlines and leases, on the standard programme.

#include <koc/programme/messages/calendar.hpp>

#include "standard/unmoved.hpp"
#include "support/calendars.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

using namespace koc;
using koc_test::announced_calendar;
using koc_test::berlin;
using koc_test::china;
using koc_test::unmoved;
using koc_test::utc;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr task_id two{2};
constexpr task_id three{3};

/// The Spring Festival of 2026: nine days from Sunday to Monday week, for which the Saturdays
/// before and after are worked.
working_calendar spring_festival(std::int64_t version) {
    working_calendar made{version, {{utc("2026-02-14"), day_kind::working, "make-up day"}}};
    for (auto day = utc("2026-02-15"); day <= utc("2026-02-23"); day = day + days(1)) {
        made.listed.push_back({day, day_kind::holiday, "Spring Festival"});
    }
    made.listed.push_back({utc("2026-02-28"), day_kind::working, "make-up day"});
    return made;
}

class festive_world : public winter_world {
public:
    explicit festive_world(
        working_calendar const& calendar = spring_festival(1), std::int64_t lease_days = 3) {
        given(adopt<calendar_rules>{{china, calendar}}, adopt<offer_rules>{{days(14), lease_days}},
            set_own_time{guo, berlin, {}});
    }
    void until(std::string_view text) { wait(utc(text) - now()); }
    /// A task that is due so many working days after it is opened.
    [[nodiscard]] task_brief due_after(task_id task, std::int64_t working_days) const {
        auto made = brief(task);
        made.seats = 9;
        made.due_at = {};
        made.due_working_days = working_days;
        return made;
    }
    instant lease_of(task_id task, member_id who) {
        accepts(claim_task{task, who});
        return recorded<offer_accepted>().front().lease_until;
    }
};

// F21

TEST_CASE(
    "deadlines and leases count the days that are worked, by the version of the calendar that "
    "was known when they were given",
    "[programme][F21]") {
    festive_world w;
    w.until("2026-02-13T02:00:00Z"); // Friday morning in China, before the festival
    w.listed(w.due_after(one, 10));
    // The make-up Saturday is the first day. The festival has none, and the tenth is in March.
    CHECK(w.at(one).brief.due_day == utc("2026-03-05"));
    CHECK(w.at(one).due_for(china) == utc("2026-03-05T16:00:00Z"));
    // Three working days: Saturday, and Tuesday and Wednesday after the festival.
    CHECK(w.lease_of(one, w.an) == utc("2026-02-25T16:00:00Z"));
    // The same working days, to the end of the last one in Berlin.
    CHECK(w.lease_of(one, w.guo) == utc("2026-02-25T23:00:00Z"));
    // In the evening in Berlin it is the make-up Saturday in China already.
    w.until("2026-02-13T18:00:00Z");
    CHECK(w.lease_of(one, w.bao) == utc("2026-02-26T16:00:00Z"));
    w.given(set_own_time{w.dong, berlin, {}});
    CHECK(w.lease_of(one, w.dong) == utc("2026-02-25T23:00:00Z"));
    // A deadline is the earlier one of the task's day and the lease.
    w.listed(w.due_after(two, 2));
    CHECK(w.at(two).brief.due_day == utc("2026-02-25"));
    CHECK(w.lease_of(two, w.fang) == utc("2026-02-25T16:00:00Z"));
    // The festival becomes a day longer, by another version. What was given stays; what is given
    // from now on counts a day less.
    auto longer = spring_festival(2);
    longer.listed.insert(
        longer.listed.end() - 1, {utc("2026-02-24"), day_kind::holiday, "Spring Festival"});
    w.accepts(adopt<calendar_rules>{{china, longer}});
    CHECK(w.at(one).brief.due_day == utc("2026-03-05"));
    CHECK(w.at(offer_id{1}).until == utc("2026-02-25T16:00:00Z"));
    CHECK(w.lease_of(one, w.chen) == utc("2026-02-27T16:00:00Z"));
    auto const versions = w.history_of<adopted<calendar_rules>>();
    REQUIRE(versions.size() == 3); // the first one lists no days
    CHECK(versions[1].rules.working.version == 1);
    CHECK(versions[2].rules.working == longer);
    // No lease ends in the festival, and each ends at its instant.
    w.until("2026-02-25T15:59:59Z");
    w.time_passes();
    CHECK(w.history_of<offer_lapsed>().empty());
    w.until("2026-02-25T16:00:00Z");
    w.time_passes();
    CHECK(w.recorded<offer_lapsed>().size() == 2); // An's and Fang's
    w.until("2026-02-25T23:00:00Z");
    w.time_passes();
    CHECK(w.recorded<offer_lapsed>().size() == 2); // Guo's and Dong's
    w.accepts(submit_work{submission_id{1}, one, w.bao, "https://example.org/1"});
    // The Saturday after the festival is worked as well.
    CHECK(w.lease_of(one, w.jin) == utc("2026-03-02T16:00:00Z"));
    // A programme that gives back the lease in days goes by the clock alone.
    w.given(adopt<offer_rules>{{days(2), {}}});
    CHECK(w.lease_of(one, w.kai) == w.now() + days(2));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("with the calendar that was announced, a lease over the Spring Festival ends after it",
    "[programme][F21]") {
    auto const calendar = announced_calendar();
    if (calendar.listed.empty()) {
        WARN("KOC_REAL_DATA is not set, or has no working_days/china.csv");
        return;
    }
    // One member from the beginning of 2024 on.
    constexpr member_id an{1};
    koc_test::scenario w{&koc_test::standard_engine, utc("2024-01-08T02:00:00Z")};
    w.given(adopt<calendar_rules>{{china, calendar}}, adopt<offer_rules>{{days(14), 5}},
        enrol{an, {1, "An"}, {source::open}, {}}, record_contact{an, {}}, confirm_willingness{an},
        open_objective{winter_world::plan(winter_world::range)},
        design_topic{winter_world::test_drive, winter_world::range, "My winter range"});
    // Five working days, claimed in the morning of the last one or the last but one before each
    // festival, by the announcements of the State Council for these years.
    struct festival {
        char const* claimed;
        char const* last_day;
    };
    std::uint64_t next = 0;
    for (auto const& [claimed, last_day] : {
             // Off from 10 to 17 February, Sunday 18 is worked.
             festival{"2024-02-09T02:00:00Z", "2024-02-22"},
             // Sunday 29 September is worked, off from 1 to 7 October.
             festival{"2024-09-27T02:00:00Z", "2024-10-10"},
             // Sunday 26 January is worked, off from 28 January to 4 February.
             festival{"2025-01-24T02:00:00Z", "2025-02-07"},
             // The same festival from Monday on; Saturday 8 February is worked.
             festival{"2025-01-27T02:00:00Z", "2025-02-10"},
             // Off from 1 to 8 October, Saturday 11 is worked.
             festival{"2025-09-30T02:00:00Z", "2025-10-14"},
         }) {
        w.wait(utc(claimed) - w.now());
        task_brief made;
        made.task = task_id{++next};
        made.topic = winter_world::test_drive;
        made.title = "Drive 100 km below zero";
        made.due_at = w.now() + days(60);
        w.given(open_task{made}, list_task{made.task}, claim_task{made.task, an});
        auto const seat = w.recorded<offer_accepted>().front();
        CHECK(seat.lease_until == utc(last_day) + hours(16)); // midnight in China
        w.given(return_seat{seat.offer, {}});
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("one version of a calendar has one list of days, and no number of days is none",
    "[programme][F21][refusal]") {
    festive_world w{spring_festival(2)};
    auto changed = spring_festival(2);
    changed.listed.pop_back();
    unmoved same{w};
    same.refuses(adopt<calendar_rules>{{china, changed}}, errc::wrong_state,
        "calendar_rules.working.version", "above 2");
    changed.version = 1;
    same.refuses(adopt<calendar_rules>{{china, changed}}, errc::wrong_state,
        "calendar_rules.working.version", "give the other days a higher version");
    same.refuses(adopt<calendar_rules>{{china, spring_festival(1)}}, errc::wrong_state,
        "calendar_rules.working.version", "above 2");
    same.refuses(adopt<calendar_rules>{{china, {2, {}}}}, errc::wrong_state,
        "calendar_rules.working.version", "above 2");
    changed.version = 3;
    changed.listed[4].day = changed.listed[3].day;
    same.refuses(adopt<calendar_rules>{{china, changed}}, errc::invalid_argument,
        "working_calendar.listed[4].day", "each day once");
    for (auto wrong : {0, -1, 1'001}) {
        same.refuses(adopt<offer_rules>{{days(14), wrong}}, errc::invalid_argument,
            "offer_rules.lease_days", "from 1 to 1,000 working days");
        same.refuses(open_task{w.due_after(three, wrong)}, errc::invalid_argument, "task 3",
            "from 1 to 1,000 working days");
    }
    auto made = w.due_after(three, 5);
    made.due_day = utc("2026-03-05");
    same.refuses(open_task{made}, errc::invalid_argument, "task 3", "one of due_at, due_day");
    // The clocks may be set otherwise without another list of days.
    w.accepts(adopt<calendar_rules>{{berlin, spring_festival(2)}});
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
