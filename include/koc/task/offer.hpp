// SPDX-License-Identifier: BSL-1.0
#pragma once

// Offers: each ties one person to one task, whether the programme asked (a push) or the person came
// (a claim from the board), so there is one life, one lease and one count of seats. What nobody
// answers expires, what is accepted and not handed in lapses, and an offer that does not come to
// good work leaves its seat to others.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/working_days.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/attention.hpp>
#include <koc/member/own_time.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// The offers and the seats that they take.
class offers : public aspect<offers> {
    /// Whose the offer is answers it, or who records their word.
    template <auto Offer, offer_trigger Trigger>
    static constexpr auto own = require(by_member<Offer, &offer_record::member>, known<Offer>,
        may_step<Offer, offer_lifecycle, Trigger>);
    template <auto Offer, offer_trigger Trigger>
    static constexpr auto called = require(known<Offer>, may_step<Offer, offer_lifecycle, Trigger>,
        only_called<record_of_member<Offer>>);

public:
    using events = event_list<offer_sent, offer_accepted, offer_declined, offer_expired,
        offer_lapsed, offer_fulfilled, offer_failed, offer_restored, seat_returned, offer_withdrawn,
        lease_extended>;
    using commands = command_list<send_offer, accept_offer, decline_offer, return_seat,
        extend_lease, fulfil_offer, fail_offer, restore_offer>;
    using questions = question_list<may_offer, may_accept>;
    using follows = event_list<may_offer, task_moved>;
    using reads = aspect_list<tasks, own_time>;
    using rules = offer_rules;

    /// The newest offer of a task to a person, or null. O(log n).
    [[nodiscard]] offer_record const* find(task_id task, member_id who) const {
        return offers_.last<by_pair>(task, who);
    }
    /// The offers of a task by member, and those to one member oldest first.
    [[nodiscard]] found_records<offer_record> of(task_id task) const {
        return offers_.all<by_pair>(task);
    }
    [[nodiscard]] seat_record seats(task_id task) const {
        auto const* known = seats_.find(task);
        return known == nullptr ? seat_record{task} : *known;
    }
    /// The id that the next offer will have; no id is used twice.
    [[nodiscard]] offer_id next_id() const { return offer_id{offers_.row_count() + 1}; }
    /// Whether somebody can take a seat of this task now.
    [[nodiscard]] result<void> check_free_seat(
        world_view const& in, task_record const& task) const {
        KOC_TRY(tasks::check_takes_people(task, in.now()));
        if (seats(task.id).taken >= task.brief.seats) {
            return error{errc::no_capacity, subject("task", task.id),
                "expected a free seat; all " + std::to_string(task.brief.seats) + " are taken"};
        }
        return {};
    }

    /// Whether the last day of a task has ended on somebody's clocks. What is due at one instant
    /// for all is for the task to say.
    [[nodiscard]] static bool is_due(task_record const& task, own_clock const& clock, instant now) {
        return task.brief.due_day && now >= task.due_for(clock.zone);
    }
    /// The same as a refusal.
    [[nodiscard]] static result<void> check_not_due(
        task_record const& task, member_id who, own_clock const& clock, instant now) {
        if (!is_due(task, clock, now)) {
            return {};
        }
        return error{errc::wrong_state, subject("member", who),
            "expected somebody for whom " + subject("task", task.id) +
                " is not due yet, but its last day ended at " +
                to_iso8601(task.due_for(clock.zone)) + " on their own clocks"};
    }

    static constexpr auto guards(send_offer const*) {
        return require(by_desk<send_offer>, known<&send_offer::task>, known<&send_offer::member>);
    }
    result<void> decide(send_offer const& command, context& in) const {
        auto const& task = in.at(command.task);
        auto const push = command.from == origin::push;
        if (!push && !world_view{in}.called()) {
            return error{errc::not_qualified, subject("member", command.member),
                "expected a claim to come by claim_task, which takes only what is on the board; "
                "send that, or a push"};
        }
        auto const next_wave = seats(task.id).wave + 1;
        auto const clock = clock_of(command.member, in);
        // Nobody has to answer within their quiet hours, nor can after the task is due.
        auto const asked_until = push ? clock.awake_from(command.answer_by) : command.answer_by;
        auto const answer_by = (std::min)(asked_until, task.due_for(clock.zone));
        KOC_TRY(check_free_seat(in, task));
        KOC_TRY(check_not_due(task, command.member, clock, in.now()));
        if (push ? command.wave < 1 || command.wave < next_wave - 1 || command.wave > next_wave
                 : command.wave != 0) {
            return error{errc::invalid_argument, "send_offer.wave",
                "expected the next push, " + std::to_string(next_wave) +
                    ", or the one before, and 0 for a claim"};
        }
        if (answer_by <= in.now()) {
            return error{
                errc::invalid_argument, "send_offer.answer_by", "expected some time to answer"};
        }
        if (command.fit != command.why.total()) {
            return error{errc::invalid_argument, "send_offer.fit",
                "expected the sum of the parts of why, so that every score can be explained"};
        }
        KOC_TRY(in.review(may_offer{task.id, command.member, command.from}));
        KOC_TRY(push ? own_time::check_awake(command.member, clock, in.now()) : result<void>{});
        auto const& [eligible, askable] = in.rules<task_rules>();
        KOC_TRY(
            tasks::check_may_do(in, task, command.member, push ? eligible && askable : eligible));
        if (push) {
            KOC_TRY(in.call(ask_attention{command.member}));
        }
        return note(offer_sent{next_id(), task.id, command.member, command.from, command.wave,
                        command.fit, command.why, answer_by},
            in);
    }
    /// Nobody is offered what they hold or may still answer, or is asked again after a no, by
    /// whichever of their accounts that was.
    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        result<void> may;
        detail::each_account(in, question.member, [&](member_id account) {
            if (auto const* earlier = find(question.task, account); earlier != nullptr && may) {
                may = check_after(*earlier, question);
            }
        });
        return may;
    }

    static constexpr auto guards(accept_offer const*) {
        return own<&accept_offer::offer, offer_trigger::accepted>;
    }
    result<void> decide(accept_offer const& command, context& in) const {
        auto const& offer = offers_[command.offer];
        auto const& task = in.at(offer.task);
        auto const clock = clock_of(offer.member, in);
        KOC_TRY(check_free_seat(in, task));
        KOC_TRY(check_not_due(task, offer.member, clock, in.now()));
        KOC_TRY(tasks::check_may_do(in, task, offer.member, in.rules<task_rules>().eligible));
        KOC_TRY(check_no_seat(task.id, offer.member, in));
        KOC_TRY(in.review(may_accept{task.id, offer.member}));
        auto const until = (std::min)(lease_end(clock, in), task.due_for(clock.zone));
        in.record(offer_accepted{offer.id, offer.task, offer.member, until});
        return in.call(commit_to_work{offer.member});
    }
    static constexpr auto guards(decline_offer const*) {
        return own<&decline_offer::offer, offer_trigger::refused>;
    }
    result<void> decide(decline_offer const& command, context& in) const {
        KOC_TRY(check_owner(command.offer, command.reason));
        in.record(offer_declined{command.offer, command.reason});
        return in.call(note_refusal{offers_[command.offer].member});
    }
    static constexpr auto guards(return_seat const*) {
        return own<&return_seat::offer, offer_trigger::given_back>;
    }
    result<void> decide(return_seat const& command, context& in) const {
        KOC_TRY(check_owner(command.offer, command.reason));
        in.record(seat_returned{command.offer, command.reason});
        return in.call(end_commitment{offers_[command.offer].member});
    }
    static constexpr auto guards(extend_lease const*) {
        return require(by_desk<extend_lease>, known<&extend_lease::offer>,
            may_step<&extend_lease::offer, offer_lifecycle, offer_trigger::extended>);
    }
    result<void> decide(extend_lease const& command, context& in) const {
        auto const& offer = offers_[command.offer];
        KOC_TRY(check_owner(command.offer, command.reason));
        if (command.until <= offer.until) {
            return error{errc::invalid_argument, subject("offer", command.offer),
                "expected more time than until " + to_iso8601(offer.until) +
                    ", when the lease ends now; name a later instant"};
        }
        return note(lease_extended{command.offer, command.until, command.reason}, in);
    }
    static constexpr auto guards(fulfil_offer const*) {
        return called<&fulfil_offer::offer, offer_trigger::handed_in>;
    }
    result<void> decide(fulfil_offer const& it, context& in) const {
        return note(offer_fulfilled{it.offer}, in);
    }
    static constexpr auto guards(fail_offer const*) {
        return called<&fail_offer::offer, offer_trigger::fell_short>;
    }
    result<void> decide(fail_offer const& it, context& in) const {
        return note(offer_failed{it.offer}, in);
    }
    static constexpr auto guards(restore_offer const*) {
        return called<&restore_offer::offer, offer_trigger::restored>;
    }
    result<void> decide(restore_offer const& it, context& in) const {
        return note(offer_restored{it.offer}, in);
    }

    void due(offer_id which, context& in) const {
        auto const& offer = offers_[which];
        if (detail::is_alumnus(in, offer.member)) {
            end<offer_withdrawn>(offer, in); // nothing that they leave counts against alumni
        } else if (offer.stage == offer_stage::sent) {
            end<offer_expired>(offer, in);
        } else {
            end<offer_lapsed>(offer, in);
        }
    }
    /// Who was asked, or at work, is free again when the task ends.
    void react(task_moved const& event, context& in) const {
        for (auto const& offer :
            task_lifecycle::rests(event.to) ? of(event.task) : found_records<offer_record>{}) {
            if (offer_lifecycle::allows(offer.stage, offer_trigger::called_off)) {
                end<offer_withdrawn>(offer, in);
            }
        }
    }

    void apply(offer_sent const& event, world const&) {
        if (event.wave < 0 || event.wave > seats(event.task).wave + 1) {
            throw_misfit("the push before push " + std::to_string(event.wave) + " of " +
                subject("task", event.task));
        }
        offers_.insert({event.offer, event.task, event.member, event.from, event.wave, event.fit,
            offer_lifecycle::initial, event.answer_by});
        seats_.put(event.task,
            [&](seat_record& seats) { seats.wave = (std::max)(seats.wave, event.wave); });
        due_.put(event.offer, event.answer_by);
    }
    void apply(offer_accepted const& event, world const&) {
        move(event.offer, offer_stage::held);
        offers_.update(event.offer, [&](offer_record& offer) { offer.until = event.lease_until; });
        due_.put(event.offer, event.lease_until);
    }
    void apply(offer_declined const& event, world const&) {
        move(event.offer, offer_stage::declined);
    }
    void apply(offer_expired const& event, world const&) {
        move(event.offer, offer_stage::expired);
    }
    void apply(offer_lapsed const& event, world const&) { move(event.offer, offer_stage::lapsed); }
    void apply(offer_fulfilled const& event, world const&) {
        move(event.offer, offer_stage::fulfilled);
    }
    void apply(offer_failed const& event, world const&) { move(event.offer, offer_stage::failed); }
    void apply(offer_restored const& event, world const&) {
        move(event.offer, offer_stage::fulfilled);
    }
    void apply(seat_returned const& event, world const&) {
        move(event.offer, offer_stage::returned);
    }
    void apply(lease_extended const& event, world const&) {
        offers_.update(event.offer, [&](offer_record& offer) { offer.until = event.until; });
        due_.put(event.offer, event.until);
    }
    void apply(offer_withdrawn const& event, world const&) {
        move(event.offer, offer_stage::withdrawn);
    }

private:
    using by_pair = by<&offer_record::task, &offer_record::member>;

    /// Refuses an offer because of the newest one of the same task before it.
    static result<void> check_after(offer_record const& earlier, may_offer const& question) {
        auto const is = [&](offer_stage stage) { return earlier.stage == stage; };
        auto const who = subject("member", question.member);
        if (is(offer_stage::sent)) {
            return error{errc::wrong_state, who,
                "expected no open offer of this task; accept " + subject("offer", earlier.id) +
                    " instead"};
        }
        if (takes_seat(earlier.stage)) {
            return seated(question.task, question.member);
        }
        if (is(offer_stage::declined) && question.from == origin::push) {
            return error{errc::wrong_state, who,
                "expected somebody who has not declined " + subject("task", question.task) +
                    "; they may still claim it from the board"};
        }
        return {};
    }
    /// Refuses a seat to who has one of the same task by another account.
    [[nodiscard]] result<void> check_no_seat(task_id task, member_id who, context const& in) const {
        result<void> may;
        detail::each_account(in, who, [&](member_id account) {
            auto const* other = account == who ? nullptr : find(task, account);
            if (other != nullptr && takes_seat(other->stage)) {
                may = seated(task, who);
            }
        });
        return may;
    }
    static error seated(task_id task, member_id who) {
        return {errc::already_exists, subject("member", who),
            "expected somebody without a seat of " + subject("task", task)};
    }
    static bool takes_seat(offer_stage s) {
        return s == offer_stage::held || s == offer_stage::fulfilled;
    }
    template <typename E>
    static result<void> note(E happened, context& in) {
        in.record(std::move(happened));
        return {};
    }
    static own_clock clock_of(member_id who, context const& in) {
        return in.get<own_time>().clock_of(
            who, in.rules<calendar_rules>(), in.rules<own_time_rules>());
    }
    /// When a lease that begins now ends, by the member's clocks: with a working day, or after some
    /// time, but not within quiet hours.
    static instant lease_end(own_clock const& clock, context const& in) {
        auto const& [lease, lease_days] = in.rules<rules>();
        return lease_days ? working_days_after(in.rules<calendar_rules>().working, clock.zone,
                                in.now(), *lease_days)
                          : clock.awake_from(in.now() + lease);
    }
    [[nodiscard]] result<void> check_owner(offer_id which, personal_text const& reason) const {
        if (reason.text.empty() || reason.owner == offers_[which].member.value()) {
            return {};
        }
        return error{errc::invalid_argument, "reason of " + subject("offer", which),
            "expected the reason to belong to the member; set its owner to their id"};
    }
    /// Ends an offer by an event, and with it the work that it stands for.
    template <typename E>
    static void end(offer_record const& offer, context& in) {
        auto const held = offer.stage == offer_stage::held;
        in.record(E{offer.id});
        in.need(held ? in.call(end_commitment{offer.member}) : result<void>{});
    }
    /// Brings an offer to a stage, and its seat and its entry on the agenda with it.
    void move(offer_id which, offer_stage to) {
        auto const more = (takes_seat(to) ? 1 : 0) - (takes_seat(offers_[which].stage) ? 1 : 0);
        seats_.update(offers_[which].task, [&](seat_record& seats) { seats.taken += more; });
        offers_.update(which, [&](offer_record& offer) { offer.stage = to; });
        due_.drop(which);
    }

    table<offer_record, by_pair> offers_;
    table<seat_record> seats_;
    agenda<offer_id> due_;
    BOOST_DESCRIBE_CLASS(offers, (), (), (), (offers_, seats_, due_))
};

} // namespace koc
