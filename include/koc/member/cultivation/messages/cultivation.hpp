// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of cultivation: how far each member is on the plan that fits them.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/member/cultivation/messages/cultivation_plans.hpp>
#include <koc/member/member.hpp>
#include <koc/workflow/plan.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// Brings a member onto the plan that fits them now, such as one that was defined after they came.
struct choose_plan {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(choose_plan, (), (member))

/// Reports that a step was done. Steps that an act does are not reported but done.
struct complete_step {
    static constexpr std::string_view sent_by =
        "the member where nobody else has to see it, their mentor, the owner of the step, an "
        "employee or the host";
    member_id member;
    std::string step;        ///< the name of the step in their plan
    personal_words evidence; ///< one line, such as a link; may be empty where none is needed
};
BOOST_DESCRIBE_STRUCT(complete_step, (), (member, step, evidence))

/// Ends a step that is not done, for a reason.
struct skip_step {
    member_id member;
    std::string step;      ///< the name of the step in their plan
    personal_words reason; ///< one line
};
BOOST_DESCRIBE_STRUCT(skip_step, (), (member, step, reason))

/// Gives one member's step to another owner: a role, or an actor such as `employee 3`.
struct assign_step {
    member_id member;
    std::string step;  ///< the name of the step in their plan
    std::string owner; ///< one line
};
BOOST_DESCRIBE_STRUCT(assign_step, (), (member, step, owner))

/// A member does what their plan may have a step for. It is refused while that step waits for
/// another one; where no step is left that the act does, nothing happens.
struct advance_plan {
    static constexpr std::string_view called_by = "what does one of the acts of cultivation plans";
    member_id member;
    std::string act;         ///< a command's name, or `push_first_piece`
    personal_words evidence; ///< what shows it, such as a link; may be empty
};
BOOST_DESCRIBE_STRUCT(advance_plan, (), (member, act, evidence))

/// What a step of the plan that a member comes onto is done by holds already. The step ends,
/// whether or not it waits for another one.
struct note_act {
    static constexpr std::string_view called_by = "the start of a plan";
    member_id member;
    std::string act;         ///< a command's name, or `push_first_piece`
    personal_words evidence; ///< what shows it, such as a link; may be empty
};
BOOST_DESCRIBE_STRUCT(note_act, (), (member, act, evidence))

/// A member is on a plan from now on, in its newest version.
struct plan_started {
    member_id member;
    plan_id plan;
    std::int64_t version = 1; ///< of the plan, from 1 on
};
BOOST_DESCRIBE_STRUCT(plan_started, (), (member, plan, version))

/// A member is no longer on a plan: it does not fit them any more, or another fits better.
struct plan_closed {
    member_id member;
    plan_id plan;
    std::int64_t version = 1; ///< of the plan, as they began it
};
BOOST_DESCRIBE_STRUCT(plan_closed, (), (member, plan, version))

/// All steps of a member's plan have ended; they stay on it.
struct plan_completed {
    member_id member;
    plan_id plan;
    std::int64_t version = 1; ///< of the plan, as they began it
};
BOOST_DESCRIBE_STRUCT(plan_completed, (), (member, plan, version))

/// A step of a member's plan was done, by an act or as reported.
struct step_completed {
    member_id member;
    plan_id plan;
    std::string step;
    std::string act;        ///< that did it; empty where it was reported
    personal_text evidence; ///< empty where the step needs none
    std::string by;         ///< the actor, such as `employee 3`
    bool own_word = false;  ///< reported, and shown by nothing but the member's own report
};
BOOST_DESCRIBE_STRUCT(step_completed, (), (member, plan, step, act, evidence, by, own_word))

/// A step of a member's plan ended without being done.
struct step_skipped {
    member_id member;
    plan_id plan;
    std::string step;
    personal_text reason; ///< one line
};
BOOST_DESCRIBE_STRUCT(step_skipped, (), (member, plan, step, reason))

/// A step of one member has another owner.
struct step_assigned {
    member_id member;
    std::string step;
    std::string owner; ///< a role, or an actor such as `employee 3`
};
BOOST_DESCRIBE_STRUCT(step_assigned, (), (member, step, owner))

/// A step was open when it was due.
struct step_overdue {
    member_id member;
    std::string step;
    std::string owner; ///< who is to be told
};
BOOST_DESCRIBE_STRUCT(step_overdue, (), (member, step, owner))

/// By the rhythm of their plan it is time to speak to a member again, by this channel. It comes
/// once until somebody did.
struct contact_due {
    member_id member;
    std::string owner; ///< who looks after them
    contact_channel channel{};
};
BOOST_DESCRIBE_STRUCT(contact_due, (), (member, owner, channel))

/// A step that a member has done, by its place in a version of a plan. It is kept whatever plan
/// follows.
struct step_completion {
    plan_id plan;
    std::int64_t version = 0; ///< of the plan, from 1 on
    std::int64_t step = 0;    ///< its place in that version, from 0 on
    personal_text evidence;   ///< empty where the step needs none
    std::string by;           ///< the actor, such as `employee 3`
    instant at;               ///< when it was done
};
BOOST_DESCRIBE_STRUCT(step_completion, (), (plan, version, step, evidence, by, at))

/// How far a member is. Who looks after them, how and through which steps is in that version of
/// their plan.
struct cultivation_record {
    member_id id;
    std::optional<plan_id> plan;         ///< none where none fits
    std::int64_t version = 0;            ///< of the plan, from 1 on; 0 without one
    std::optional<instant> next_contact; ///< when they are to be spoken to; none without a rhythm
    bool contact_overdue = false;        ///< it was time for a contact, and somebody was told
    running_plan running;                ///< how far they are with the steps of that version
    std::vector<step_completion> completed; ///< of all plans, oldest first
};
BOOST_DESCRIBE_STRUCT(
    cultivation_record, (), (id, plan, version, next_contact, contact_overdue, running, completed))

/// An open step of a member's plan, and how that plan has them spoken to.
struct step_to_do {
    member_id member;
    std::string step;
    std::string owner;          ///< a role, or an actor such as `employee 3`
    std::string act;            ///< what does it; empty where it is reported
    std::optional<instant> due; ///< none where its plan sets no time
    bool overdue = false;       ///< whether the owner was told
    communication contact = {}; ///< channel and talking points of their plan

    friend bool operator==(step_to_do const&, step_to_do const&) = default;
};
BOOST_DESCRIBE_STRUCT(step_to_do, (), (member, step, owner, act, due, overdue, contact))

} // namespace koc
