// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of what a resource did: how far work reached, and the work of those who had a resource
// before and after it, against those who could have had it and did not.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// What is compared of pieces of work.
enum class work_measure : std::uint8_t {
    depth,    ///< the rating in one dimension of the rubric, from 0 to 1
    scarcity, ///< which share of all authors made nothing about its subjects, from 0 to 1
    reach,    ///< how many people it reached, in whole units
};
BOOST_DESCRIBE_ENUM(work_measure, depth, scarcity, reach)

/// How resources are weighed.
struct resource_impact_rules {
    std::int64_t people_min = 3;           ///< fewer on a side are too few to say; above 0
    std::string depth_dimension = "depth"; ///< the dimension of rubrics that rates depth
};
BOOST_DESCRIBE_STRUCT(resource_impact_rules, (), (people_min, depth_dimension))

inline result<void> check(resource_impact_rules const& rules) {
    if (rules.people_min < 1) {
        return error{errc::invalid_argument, "resource_impact_rules.people_min",
            "expected a number of 1 or more"};
    }
    if (auto refused = check_name("resource_impact_rules.depth_dimension", rules.depth_dimension)) {
        return *std::move(refused);
    }
    return {};
}

/// The most people that a piece of work may have reached.
inline constexpr std::int64_t reach_max = 100'000'000;

/// Reports how many people a piece of work has reached so far; the newest figure counts.
struct report_reach {
    submission_id submission;
    std::int64_t people = 0; ///< from 0 to 100,000,000
};
BOOST_DESCRIBE_STRUCT(report_reach, (), (submission, people))

/// A piece of work has reached so many people by now.
struct reach_reported {
    submission_id submission;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(reach_reported, (), (submission, people))
/// What `report_reach` lets through.
inline result<void> check(reach_reported const& event) {
    return check_between("reach_reported.people", event.people, 0, reach_max);
}

/// How many people a piece of work reached, as far as it was reported.
struct reach_record {
    submission_id id;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(reach_record, (), (id, people))

/// The means over people, each with the mean of their own work.
struct group_means {
    std::int64_t people = 0; ///< who have measured work both before and after
    std::optional<score> before;
    std::optional<score> after;

    friend bool operator==(group_means const&, group_means const&) = default;
};
BOOST_DESCRIBE_STRUCT(group_means, (), (people, before, after))

/// One measure, of those who had the resource and of those who had none.
struct measure_comparison {
    work_measure measure{};
    group_means with;
    group_means without;
    bool too_few = true;         ///< to say: people_min is not met on a side, so no means are given
    std::optional<score> effect; ///< the change with the resource less the change without it

    friend bool operator==(measure_comparison const&, measure_comparison const&) = default;
};
BOOST_DESCRIBE_STRUCT(measure_comparison, (), (measure, with, without, too_few, effect))

/// What a resource did, a comparison for each measure. Those with it are the members who used it,
/// their work parted by the instant when they were given it. Those without are the members in
/// service who may have it now and never had a seat of it, their work parted by the (lower) median
/// of these instants. Alumni are on neither side. Asked by employees and the host. O(reviews +
/// members).
struct weigh_resource {
    using answer = std::vector<measure_comparison>;
    resource_id resource;
};
BOOST_DESCRIBE_STRUCT(weigh_resource, (), (resource))

} // namespace koc
