// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of offers: an offer ties one person to one task; the table of its steps.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/lifecycle/transition_table.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace koc {

struct offer_kind {
    static constexpr char const* noun = "offer";
    using record = struct offer_record;
};
using offer_id = id<offer_kind>;

/// Where an offer stands.
enum class offer_stage : std::uint8_t {
    sent,      ///< it waits for an answer
    held,      ///< accepted: a seat for the time of a lease
    fulfilled, ///< work was handed in
    failed,    ///< its work did not meet the objective; the seat is free again
    returned,  ///< the member gave the seat back
    declined,  ///< the member said no
    expired,   ///< nobody answered in time
    lapsed,    ///< nothing was handed in before the lease ended
    withdrawn, ///< the task ended first; it counts against nobody
};
BOOST_DESCRIBE_ENUM(
    offer_stage, sent, held, fulfilled, failed, returned, declined, expired, lapsed, withdrawn)

/// What moves an offer.
enum class offer_trigger : std::uint8_t {
    accepted,   ///< the member takes the seat
    refused,    ///< the member says no
    handed_in,  ///< the work came in
    fell_short, ///< the work does not meet the objective
    restored,   ///< that judgement was corrected
    given_back, ///< the member cannot do the work
    timed_out,  ///< the time to answer, or the lease, ended
    called_off, ///< the task was closed or cancelled
    extended,   ///< the member has more time
};
BOOST_DESCRIBE_ENUM(offer_trigger, accepted, refused, handed_in, fell_short, restored, given_back,
    timed_out, called_off, extended)

/// How an offer moves.
using offer_lifecycle = transition_table<initial<offer_stage::sent>,
    row<offer_stage::sent, offer_trigger::accepted, offer_stage::held>,
    row<offer_stage::sent, offer_trigger::refused, offer_stage::declined>,
    row<offer_stage::sent, offer_trigger::timed_out, offer_stage::expired>,
    row<offer_stage::sent, offer_trigger::called_off, offer_stage::withdrawn>,
    row<offer_stage::held, offer_trigger::handed_in, offer_stage::fulfilled>,
    row<offer_stage::held, offer_trigger::given_back, offer_stage::returned>,
    row<offer_stage::held, offer_trigger::extended, offer_stage::held>,
    row<offer_stage::fulfilled, offer_trigger::fell_short, offer_stage::failed>,
    row<offer_stage::failed, offer_trigger::restored, offer_stage::fulfilled>,
    row<offer_stage::held, offer_trigger::timed_out, offer_stage::lapsed>,
    row<offer_stage::held, offer_trigger::called_off, offer_stage::withdrawn>,
    resting<offer_stage::fulfilled>, resting<offer_stage::failed>, resting<offer_stage::returned>,
    resting<offer_stage::declined>, resting<offer_stage::expired>, resting<offer_stage::lapsed>,
    resting<offer_stage::withdrawn>>;

/// Who made the first step.
enum class origin : std::uint8_t {
    push,  ///< the programme asked
    board, ///< the member claimed a seat
};
BOOST_DESCRIBE_ENUM(origin, push, board)

/// Offers a task to a member: sent by dispatch, by a claim from the board, or by the host itself.
struct send_offer {
    task_id task;
    member_id member;
    origin from{};
    std::int64_t wave = 1; ///< the last push of this task, or the next one; 0 for a claim
    score fit;             ///< the sum of `why`
    explanation why;
    instant answer_by; ///< no later than the task is due
};
BOOST_DESCRIBE_STRUCT(send_offer, (), (task, member, from, wave, fit, why, answer_by))

/// Takes the seat that was offered.
struct accept_offer {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(accept_offer, (), (offer))

/// Says no to an offer.
struct decline_offer {
    offer_id offer;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(decline_offer, (), (offer, reason))

/// Gives a held seat back, where the member cannot do the work.
struct return_seat {
    offer_id offer;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(return_seat, (), (offer, reason))

/// Gives one member more time for the work of a held seat, also beyond the task's due time. Nobody
/// extends their own lease.
struct extend_lease {
    offer_id offer;
    instant until;        ///< later than the lease ends now
    personal_text reason; ///< the member's
};
BOOST_DESCRIBE_STRUCT(extend_lease, (), (offer, until, reason))

// These follow the work of a seat. They are called by the aspects that know it and cannot be sent.

/// The work was handed in.
struct fulfil_offer {
    static constexpr std::string_view called_by = "submit_work";
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(fulfil_offer, (), (offer))

/// The work was judged not to meet the objective, so the seat is free again.
struct fail_offer {
    static constexpr std::string_view called_by = "review_work or correct_review";
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(fail_offer, (), (offer))

/// That judgement was wrong: the work keeps its seat, also where somebody else has taken the last
/// one since.
struct restore_offer {
    static constexpr std::string_view called_by = "correct_review";
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(restore_offer, (), (offer))

/// A person was offered a task, with the score of the match and what it is made of.
struct offer_sent {
    offer_id offer;
    task_id task;
    member_id member;
    origin from{};
    std::int64_t wave = 1; ///< the how-manieth push of this task; 0 for a claim
    score fit;             ///< the sum of `why`
    explanation why;
    instant answer_by; ///< no later than the task is due
};
BOOST_DESCRIBE_STRUCT(offer_sent, (), (offer, task, member, from, wave, fit, why, answer_by))

/// A member has a seat, for the time of a lease.
struct offer_accepted {
    offer_id offer;
    task_id task;
    member_id member;
    instant lease_until; ///< hand in before this, or the seat is free again
};
BOOST_DESCRIBE_STRUCT(offer_accepted, (), (offer, task, member, lease_until))

/// A member said no.
struct offer_declined {
    offer_id offer;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(offer_declined, (), (offer, reason))

/// Nobody answered in time.
struct offer_expired {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_expired, (), (offer))

/// It was accepted, but nothing was handed in before the lease ended.
struct offer_lapsed {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_lapsed, (), (offer))

/// The work of a seat was handed in.
struct offer_fulfilled {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_fulfilled, (), (offer))

/// The work that was handed in did not meet the objective.
struct offer_failed {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_failed, (), (offer))

/// The work that was handed in meets the objective after all.
struct offer_restored {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_restored, (), (offer))

/// A member gave their seat back; it is free again.
struct seat_returned {
    offer_id offer;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(seat_returned, (), (offer, reason))

/// The lease of one member ends later; whoever else works on the task has the time they had.
struct lease_extended {
    offer_id offer;
    instant until; ///< when the lease ends now
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(lease_extended, (), (offer, until, reason))

/// The task was closed or called off before this offer came to anything, or its time ended when the
/// member had become an alumnus; it counts against nobody.
struct offer_withdrawn {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_withdrawn, (), (offer))

/// An offer as it stands.
struct offer_record {
    offer_id id;
    task_id task;
    member_id member;
    origin from{};
    std::int64_t wave = 1; ///< the how-manieth push of this task; 0 for a claim
    score fit;             ///< when it was sent
    offer_stage stage = offer_lifecycle::initial;
    instant until; ///< answer by, then the end of the lease
};
BOOST_DESCRIBE_STRUCT(offer_record, (), (id, task, member, from, wave, fit, stage, until))

/// The seats of a task.
struct seat_record {
    task_id id;
    std::int64_t taken = 0; ///< held or fulfilled
    std::int64_t wave = 0;  ///< the number of the last push, 0 before the first
};
BOOST_DESCRIBE_STRUCT(seat_record, (), (id, taken, wave))

/// Asked of every aspect before a task is offered to somebody: may it be?
struct may_offer {
    task_id task;
    member_id member;
    origin from = origin::push; ///< who came by themselves may have reasons that a push has not
};

/// Asked of every aspect before somebody takes the seat that they were offered: may they still?
struct may_accept {
    task_id task;
    member_id member;
};

/// How long accepted work may take.
struct offer_rules {
    duration lease = days(14); ///< how long accepted work may take at most
    /// The same in working days, from 1 to 1,000, of the programme's calendar, where it is set: the
    /// lease ends with the last of them on the member's own clocks.
    std::optional<std::int64_t> lease_days = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(offer_rules, (), (lease, lease_days))

inline result<void> check(offer_rules const& rules) {
    if (rules.lease_days && (*rules.lease_days < 1 || *rules.lease_days > 1'000)) {
        return error{errc::invalid_argument, "offer_rules.lease_days",
            "expected from 1 to 1,000 working days, or none so that lease counts"};
    }
    if (rules.lease <= duration{}) {
        return error{errc::invalid_argument, "offer_rules.lease", "expected a span above 0"};
    }
    return {};
}

} // namespace koc
