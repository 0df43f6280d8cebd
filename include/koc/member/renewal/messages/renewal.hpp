// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of renewal: the pyramid of senior, middle and young members, what is missing in it, and
// the hours of the programme's desks.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

struct renewal_kind {
    static constexpr char const* noun = "renewal plan";
    using record = struct renewal_record;
};
/// The plan that the pyramid is held by; there is one, with id 1.
using renewal_id = id<renewal_kind>;

/// Where somebody in service stands in the pyramid: by trust (whether they are mature) and tenure,
/// never by age.
enum class cohort : std::uint8_t {
    senior, ///< mature for long
    middle, ///< mature, or active for long
    young,  ///< budding or active, and enrolled lately
};
BOOST_DESCRIBE_ENUM(cohort, senior, middle, young)

/// What an operator works for.
enum class desk : std::uint8_t {
    sourcing,     ///< finding newcomers
    relationship, ///< looking after members
    planning,     ///< planning content
    coordination, ///< bringing these together
};
BOOST_DESCRIBE_ENUM(desk, sourcing, relationship, planning, coordination)

/// A whole number for each cohort.
struct cohort_counts {
    std::int64_t senior = 0;
    std::int64_t middle = 0;
    std::int64_t young = 0;

    friend bool operator==(cohort_counts const&, cohort_counts const&) = default;
};
BOOST_DESCRIBE_STRUCT(cohort_counts, (), (senior, middle, young))

/// The most hours a week that a plan can give a desk.
inline constexpr std::int64_t desk_hours_most = 1'000'000;
/// The most hours of a week that can be booked, which are all of it.
inline constexpr std::int64_t booked_hours_most = 7 * 24;
/// The most members that can be wanted, or needed; products of it with a share stay within 64 bits.
inline constexpr std::int64_t members_most = 1'000'000'000;

/// Hours for each desk from one review to the next, a week by default; from 0 to `desk_hours_most`.
struct desk_hours {
    std::int64_t sourcing = 0;     ///< finding newcomers
    std::int64_t relationship = 0; ///< looking after members
    std::int64_t planning = 0;     ///< planning content
    std::int64_t coordination = 0;

    friend bool operator==(desk_hours const&, desk_hours const&) = default;
};
BOOST_DESCRIBE_STRUCT(desk_hours, (), (sourcing, relationship, planning, coordination))
/// Refuses hours of a desk that are not from 0 to `most`. O(1).
inline result<void> check_hours(
    std::string_view about, desk_hours const& hours, std::int64_t most) {
    for (auto const each :
        {hours.sourcing, hours.relationship, hours.planning, hours.coordination}) {
        KOC_TRY(check_between(about, each, 0, most));
    }
    return {};
}

/// When a pyramid is healthy, and how it is held.
struct renewal_rules {
    duration senior_after = days(365); ///< mature for so long makes senior
    duration young_until = days(365);  ///< enrolled for less is young; active for more is middle
    /// The least shares of the pyramid; below one of them an alarm is raised.
    score senior_least = percent(5);
    score middle_least = percent(15);
    score young_least = percent(30);
    score clear_margin = percent(2);  ///< above the least share, where the alarm is cleared
    score mature_share = percent(30); ///< of the planned size: what renewal holds
    duration ripening = days(270); ///< from enrolment, within which members become mature or do not
    duration lookback = days(730); ///< of what conversion and departures are counted
    score conversion_prior = percent(20); ///< the prior mean of conversion ...
    std::int64_t prior_members = 20;      ///< ... and its weight, in members
    duration restore_within = days(365);  ///< a gap is to be closed within; at least `ripening`
    duration review_every = days(7);      ///< also the week of desk hours
    score shift_most = percent(30); ///< of the other desks' planned hours, at most, to sourcing
};
BOOST_DESCRIBE_STRUCT(renewal_rules, (),
    (senior_after, young_until, senior_least, middle_least, young_least, clear_margin, mature_share,
        ripening, lookback, conversion_prior, prior_members, restore_within, review_every,
        shift_most))

inline result<void> check(renewal_rules const& rules) {
    auto const refuse = [](char const* which, char const* expected) {
        return error{errc::invalid_argument, which, expected};
    };
    for (auto const& [share, name] : {std::pair{rules.senior_least, "renewal_rules.senior_least"},
             std::pair{rules.middle_least, "renewal_rules.middle_least"},
             std::pair{rules.young_least, "renewal_rules.young_least"},
             std::pair{rules.clear_margin, "renewal_rules.clear_margin"},
             std::pair{rules.mature_share, "renewal_rules.mature_share"},
             std::pair{rules.shift_most, "renewal_rules.shift_most"}}) {
        if (share < score{} || share > whole(1)) {
            return refuse(name, "expected a share from 0 to 1");
        }
    }
    if (rules.senior_least + rules.middle_least + rules.young_least > whole(1)) {
        return refuse("renewal_rules", "expected least shares that add up to 1 at most");
    }
    if (rules.conversion_prior <= score{} || rules.conversion_prior > whole(1) ||
        rules.prior_members < 1 || rules.prior_members > 1'000'000) {
        return refuse("renewal_rules.conversion_prior",
            "expected a share above 0, believed as strongly as 1 to 1,000,000 members");
    }
    if (rules.review_every < days(1) || rules.ripening < days(1) ||
        rules.lookback < rules.ripening || rules.restore_within < rules.ripening ||
        rules.lookback > days(36'500) || rules.restore_within > days(36'500) ||
        rules.senior_after < duration{} || rules.young_until < duration{}) {
        return refuse("renewal_rules.ripening",
            "expected a day or more, and a lookback and a time to restore from that on up to 100 "
            "years");
    }
    return {};
}

/// Sets how many members in service are wanted and how many hours a week each desk has, and begins
/// the reviews of the pyramid. Sent again, it replaces the numbers. Where newcomers are missing,
/// hours go to sourcing at once; the next review comes when it would have come.
struct plan_renewal {
    std::int64_t size = 0; ///< members in service, from 1 to `members_most`
    desk_hours hours;
};
BOOST_DESCRIBE_STRUCT(plan_renewal, (), (size, hours))
/// The pyramid is reviewed from now on.
struct renewal_planned {
    std::int64_t size = 0; ///< members who are wanted
    desk_hours hours;
};
BOOST_DESCRIBE_STRUCT(renewal_planned, (), (size, hours))
/// What `plan_renewal` lets through.
inline result<void> check(renewal_planned const& event) {
    KOC_TRY(check_between("renewal_planned.size", event.size, 1, members_most));
    return check_hours("renewal_planned.hours", event.hours, desk_hours_most);
}

/// Books hours of this week at a desk, for the actor who sends it.
struct book_hours {
    koc::desk desk{};
    std::int64_t hours = 1; ///< from 1 to `booked_hours_most`
};
BOOST_DESCRIBE_STRUCT(book_hours, (), (desk, hours))
/// Hours of this week at a desk are taken.
struct hours_booked {
    koc::desk desk{};
    std::int64_t hours = 0; ///< from 1 to `booked_hours_most`
};
BOOST_DESCRIBE_STRUCT(hours_booked, (), (desk, hours))
/// What `book_hours` lets through.
inline result<void> check(hours_booked const& event) {
    return check_between("hours_booked.hours", event.hours, 1, booked_hours_most);
}

/// How the pyramid stands, and what it needs.
struct pyramid {
    cohort_counts counts;
    std::int64_t waiting = 0;  ///< budding for so long that they are no longer young
    std::int64_t mature = 0;   ///< of all tenures
    std::int64_t wanted = 0;   ///< mature members that the plan wants
    std::int64_t tried = 0;    ///< members whose time of ripening lies within the lookback
    std::int64_t ripened = 0;  ///< those of them who became mature in it
    score conversion;          ///< the share of ripened, drawn towards the prior
    std::int64_t leaving = 0;  ///< mature members expected to leave before the gap is to be closed
    std::int64_t maturing = 0; ///< mature members expected from those who are not yet ripe
    std::int64_t budding_needed = 0; ///< newcomers to find beyond those who are there
    instant by; ///< when they are to be enrolled, so that the gap is closed in time

    friend bool operator==(pyramid const&, pyramid const&) = default;
};
BOOST_DESCRIBE_STRUCT(pyramid, (),
    (counts, waiting, mature, wanted, tried, ripened, conversion, leaving, maturing, budding_needed,
        by))

/// A regular look at the pyramid; a new week of desk hours begins with it.
struct pyramid_reviewed {
    renewal_id plan;
    koc::pyramid pyramid;
};
BOOST_DESCRIBE_STRUCT(pyramid_reviewed, (), (plan, pyramid))

/// A cohort has too small a share.
struct cohort_alarmed {
    koc::cohort cohort{};
    score share; ///< of the members in service, from 0 to 1
    score least; ///< the share that it should have, from 0 to 1
};
BOOST_DESCRIBE_STRUCT(cohort_alarmed, (), (cohort, share, least))
/// A cohort has its least share again, and the margin.
struct cohort_recovered {
    koc::cohort cohort{};
    score share; ///< of the members in service, from 0 to 1
};
BOOST_DESCRIBE_STRUCT(cohort_recovered, (), (cohort, share))

/// Hours were moved to sourcing, or back; the sum is the same.
struct effort_shifted {
    desk_hours from;
    desk_hours to;
    std::int64_t budding_needed = 0; ///< how many newcomers are still needed
    instant by;                      ///< when they are needed
};
BOOST_DESCRIBE_STRUCT(effort_shifted, (), (from, to, budding_needed, by))
/// Shifting gives a desk at most what all have.
inline result<void> check(effort_shifted const& event) {
    return check_hours("effort_shifted.to", event.to, 4 * desk_hours_most);
}

/// The plan, its hours now, and which cohorts are too few.
struct renewal_record {
    renewal_id id;
    std::int64_t size = 0; ///< members who are wanted
    desk_hours planned;
    desk_hours now;
    desk_hours booked;           ///< this week
    std::vector<cohort> alarmed; ///< ascending
};
BOOST_DESCRIBE_STRUCT(renewal_record, (), (id, size, planned, now, booked, alarmed))

/// When a member became mature, for those who ever did.
struct maturity_record {
    member_id id;
    instant first;                ///< for the first time
    std::optional<instant> since; ///< now; nothing where they are mature no more
};
BOOST_DESCRIBE_STRUCT(maturity_record, (), (id, first, since))

/// Mature members who left within 30 days.
struct month_of_departures {
    std::int64_t month = 0; ///< days since 1970-01-01, by 30
    std::int64_t left = 0;  ///< how many left
};
BOOST_DESCRIBE_STRUCT(month_of_departures, (), (month, left))

/// The pyramid as it stands now, reviewed or not. O(members). Refused (`wrong_state`) before
/// anything was planned.
struct show_pyramid {
    using answer = pyramid;
};
BOOST_DESCRIBE_STRUCT(show_pyramid, (), ())

/// The hours of the desks, what is booked of them, and the alarms. Refused (`wrong_state`) before
/// anything was planned.
struct show_effort {
    using answer = renewal_record;
};
BOOST_DESCRIBE_STRUCT(show_effort, (), ())

} // namespace koc
