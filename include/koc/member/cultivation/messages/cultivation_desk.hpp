// SPDX-License-Identifier: BSL-1.0
#pragma once

// Questions of who looks after members: which steps and contacts are due, who is on no plan, and
// what somebody has completed.

#include <koc/core/instant.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/cultivation_plans.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/stage.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace koc {

/// The open steps of a member, in the order of their plan; none where they are on no plan.
struct next_steps {
    using answer = std::vector<step_to_do>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(next_steps, (), (member))

/// The open steps that an owner sees to and that are due within a time, or overdue; the earliest
/// first, ties by member and name. O(members on a plan).
struct list_due_steps {
    using answer = std::vector<step_to_do>;
    std::string owner; ///< as the step names them
    duration within;   ///< from now on; 0 or more
};
BOOST_DESCRIBE_STRUCT(list_due_steps, (), (owner, within))

/// A member who is to be spoken to, when, and how.
struct contact_to_make {
    member_id member;
    instant due;           ///< may have passed
    bool overdue = false;  ///< the owner was told
    communication contact; ///< channel and talking points of their plan

    friend bool operator==(contact_to_make const&, contact_to_make const&) = default;
};
BOOST_DESCRIBE_STRUCT(contact_to_make, (), (member, due, overdue, contact))

/// The contacts by the rhythm of their plans that an owner is to make within a time, or has not
/// made; the earliest first, ties by member. O(members on a plan).
struct list_due_contacts {
    using answer = std::vector<contact_to_make>;
    std::string owner; ///< as the plan names them
    duration within;   ///< from now on; 0 or more
};
BOOST_DESCRIBE_STRUCT(list_due_contacts, (), (owner, within))

/// A member who is on no plan.
struct unplanned_member {
    member_id member;
    koc::stage stage{};
    std::optional<plan_id> fits; ///< the plan to choose for them now; none where none is for them

    friend bool operator==(unplanned_member const&, unplanned_member const&) = default;
};
BOOST_DESCRIBE_STRUCT(unplanned_member, (), (member, stage, fits))

/// Members who are on no plan though they are cultivated, which is everybody but the alumni; by id.
/// For operators. O(members, and plans for each who is listed).
struct list_unplanned {
    using answer = std::vector<unplanned_member>;
};
BOOST_DESCRIBE_STRUCT(list_unplanned, (), ())

/// A step that a member has completed.
struct completed_step {
    plan_id plan;
    std::string step;       ///< its name
    personal_text evidence; ///< empty where the step needs none
    std::string by;         ///< the actor, such as `employee 3`
    instant at;             ///< when it was done

    friend bool operator==(completed_step const&, completed_step const&) = default;
};
BOOST_DESCRIBE_STRUCT(completed_step, (), (plan, step, evidence, by, at))

/// What a member has completed on all their plans, oldest first. Members may ask for themselves
/// alone.
struct list_completed_steps {
    using answer = std::vector<completed_step>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(list_completed_steps, (), (member))

} // namespace koc
