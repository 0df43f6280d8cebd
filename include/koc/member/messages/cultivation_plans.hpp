// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of cultivation plans: how some people are cultivated, as data that a brand defines.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/workflow/plan.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct plan_kind {
    static constexpr char const* noun = "plan";
    using record = struct plan_record;
};
using plan_id = id<plan_kind>;

/// How some people are cultivated: who looks after them, how often they are spoken to, and the
/// steps that they are taken through. For whom it is may name tags such as `stage:active` and
/// `source:owned`, and columns such as `will_to_speak`.
struct cultivation_plan {
    plan_id plan;
    std::string name; ///< one line
    requirement audience;
    std::int64_t priority = 0; ///< of several plans that fit, the highest; then the lowest id
    std::string owner;         ///< who looks after these people: a role, or one actor by name
    duration contact_every = for_ever; ///< the time between two contacts; `for_ever` for no rhythm
    std::vector<plan_step> steps;
};
BOOST_DESCRIBE_STRUCT(
    cultivation_plan, (), (plan, name, audience, priority, owner, contact_every, steps))

/// Defines a plan, or its next version. Who is on a version stays on it.
struct define_plan {
    cultivation_plan plan;
};
BOOST_DESCRIBE_STRUCT(define_plan, (), (plan))

/// Takes a plan out of use; who is on it stays on it.
struct retire_plan {
    plan_id plan;
};
BOOST_DESCRIBE_STRUCT(retire_plan, (), (plan))

/// A plan, or its next version, is in use from now on.
struct plan_defined {
    cultivation_plan plan;
    std::int64_t version = 1; ///< from 1 on, counted for each plan
};
BOOST_DESCRIBE_STRUCT(plan_defined, (), (plan, version))

/// Nobody begins a plan any more.
struct plan_retired {
    plan_id plan;
};
BOOST_DESCRIBE_STRUCT(plan_retired, (), (plan))

/// The newest version of a plan.
struct plan_record {
    plan_id id;
    cultivation_plan plan;
    std::int64_t version = 1; ///< the newest, from 1 on
    bool retired = false;     ///< nobody begins it any more
};
BOOST_DESCRIBE_STRUCT(plan_record, (), (id, plan, version, retired))

} // namespace koc
