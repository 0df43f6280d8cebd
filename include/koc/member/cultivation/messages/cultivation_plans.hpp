// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of cultivation plans: how some people are cultivated, as data that a brand defines.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/workflow/plan.hpp>
#include <koc/workflow/plan_check.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct plan_kind {
    static constexpr char const* noun = "plan";
    using record = struct plan_record;
};
using plan_id = id<plan_kind>;

/// By what way members are spoken to.
enum class contact_channel : std::uint8_t {
    chat,  ///< one to one, in writing
    phone, ///< one to one, by voice
    group, ///< a circle of several members
    event, ///< in person, where several are
    visit, ///< in person, one to one
};
BOOST_DESCRIBE_ENUM(contact_channel, chat, phone, group, event, visit)

/// How the people of a plan are spoken to.
struct communication {
    contact_channel channel{};
    std::vector<std::string> guide; ///< talking points, one line each; at most 20

    friend bool operator==(communication const&, communication const&) = default;
};
BOOST_DESCRIBE_STRUCT(communication, (), (channel, guide))

/// The most talking points of a plan.
inline constexpr std::size_t talking_points_max = 20;

/// How some people are cultivated: who looks after them, how often and how they are spoken to, and
/// the steps that they are taken through. For whom it is may name tags such as `stage:active` and
/// `source:owned`, and columns such as `will_to_speak`.
struct cultivation_plan {
    plan_id plan;
    std::string name;          ///< one line
    requirement audience;      ///< whom it is for
    std::int64_t priority = 0; ///< of several plans that fit, the highest; then the lowest id
    std::string owner;         ///< who looks after these people: a role, or one actor by name
    duration contact_every = for_ever; ///< the time between two contacts; `for_ever` for no rhythm
    std::vector<plan_step> steps;      ///< those that wait for none are open at once
    communication contact = {};        ///< by what channel and about what they are spoken to
};
BOOST_DESCRIBE_STRUCT(
    cultivation_plan, (), (plan, name, audience, priority, owner, contact_every, steps, contact))

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
/// What `define_plan` lets through.
inline result<void> check(plan_defined const& event) {
    return check_steps("plan_defined.plan", event.plan.steps);
}

/// Nobody begins a plan any more.
struct plan_retired {
    plan_id plan;
};
BOOST_DESCRIBE_STRUCT(plan_retired, (), (plan))

/// A plan in all its versions. What is written in them is kept here alone: a member's record says
/// which version they are on.
struct plan_record {
    plan_id id;
    std::vector<cultivation_plan> versions; ///< at least one, by number from 1 on
    bool retired = false;                   ///< nobody begins it any more

    /// The number of the newest version, from 1 on.
    [[nodiscard]] std::int64_t version() const {
        return static_cast<std::int64_t>(versions.size());
    }
    [[nodiscard]] cultivation_plan const& newest() const { return versions.back(); }
    /// A version by its number.
    [[nodiscard]] cultivation_plan const& of_version(std::int64_t number) const {
        if (number < 1 || static_cast<std::uint64_t>(number) > versions.size()) {
            throw_misfit("version of plan", id.value());
        }
        return versions[static_cast<std::size_t>(number - 1)];
    }
    /// A step of a version by its place, from 0 on.
    [[nodiscard]] plan_step const& step_of(std::int64_t number, std::int64_t step) const {
        auto const& steps = of_version(number).steps;
        if (step < 0 || static_cast<std::uint64_t>(step) >= steps.size()) {
            throw_misfit("step " + std::to_string(step) + " of plan", id.value());
        }
        return steps[static_cast<std::size_t>(step)];
    }
};
BOOST_DESCRIBE_STRUCT(plan_record, (), (id, versions, retired))

} // namespace koc
