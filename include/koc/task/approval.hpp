// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two-person approval. Spending above a threshold, taking the right of veto from somebody, and
// rules that ask for two people less often are refused where they are sent alone; one employee asks
// for it, and it happens when another one approves. The host cannot take either part, as it does
// not tell which person acts.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/office.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/approval.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/submission.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// What was asked for and who decided it.
class approvals : public aspect<approvals> {
public:
    using events =
        event_list<approval_requested, approval_given, approval_rejected, approval_lapsed>;
    using commands = command_list<request_approval, approve_request, reject_request>;
    using follows = event_list<command_asked, amplified>;
    using reads = aspect_list<offices, submissions>;
    using rules = approval_rules;

    /// What takes two people is not for one to send; called by an approval it goes through.
    [[nodiscard]] result<void> review(command_asked const& question, world const& in) const {
        if (question.called) {
            return {};
        }
        // An amount that nobody may name is left to the command, which says so.
        auto const* surprise = question.get_if<surprise_best>();
        if (surprise != nullptr && surprise->amount <= money_max) {
            return check_alone(subject("task", surprise->task),
                detail::saturating_multiply(pieces(surprise->task, in), surprise->amount.minor),
                in);
        }
        auto const* boost = question.get_if<amplify>();
        if (boost != nullptr && boost->cost <= money_max) {
            return check_boost(*boost, in);
        }
        if (auto const* opening = question.get_if<open_task>()) {
            return check_opening(opening->brief, in);
        }
        if (auto const* guard = question.get_if<adopt<approval_rules>>()) {
            return check_guard(guard->rules, in);
        }
        if (auto const* it = question.get_if<end_office>()) {
            return check_removal(*it, in);
        }
        return {};
    }

    static constexpr auto guards(request_approval const*) {
        return require(by_employee<request_approval>);
    }
    result<void> decide(request_approval const& command, context& in) const {
        auto const name = subject("approval", command.approval);
        if (!command.approval.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (approvals_.contains(command.approval)) {
            return error{
                errc::already_exists, name, "expected an id that no approval has; choose another"};
        }
        if ((command.surprise ? 1 : 0) + (command.boost ? 1 : 0) + (command.removal ? 1 : 0) +
                (command.opening ? 1 : 0) + (command.guard ? 1 : 0) !=
            1) {
            return error{errc::invalid_argument, name,
                "expected one thing to approve, a surprise, a boost, a removal, a task or rules; "
                "ask for each by itself"};
        }
        in.record(approval_requested{command.approval, in.by().id, command.surprise, command.boost,
            command.removal, in.now() + in.rules<rules>().answer_within, command.opening,
            command.guard});
        return {};
    }
    static constexpr auto guards(approve_request const*) {
        return require(by_employee<approve_request>, known<&approve_request::approval>);
    }
    result<void> decide(approve_request const& command, context& in) const {
        KOC_TRY(check_second(command.approval, in));
        auto const& it = approvals_[command.approval];
        in.record(approval_given{it.id, in.by().id});
        if (it.surprise) {
            return in.call(*it.surprise);
        }
        if (it.opening) {
            return in.call(*it.opening);
        }
        if (it.guard) {
            return in.call(adopt<approval_rules>{*it.guard});
        }
        return it.boost ? in.call(*it.boost) : in.call(*it.removal);
    }
    static constexpr auto guards(reject_request const*) {
        return require(by_employee<reject_request>, known<&reject_request::approval>);
    }
    result<void> decide(reject_request const& command, context& in) const {
        KOC_TRY(check_second(command.approval, in));
        KOC_TRY(
            check_filled("reason for " + subject("approval", command.approval), command.reason));
        in.record(approval_rejected{command.approval, in.by().id, command.reason});
        return {};
    }
    void due(approval_id which, context& in) const { in.record(approval_lapsed{which}); }

    void apply(approval_requested const& event, world const&) {
        approvals_.insert({event.approval, event.surprise, event.boost, event.removal,
            {event.employee, event.until, approval_stage::asked, 0}, event.opening, event.guard});
        due_.put(event.approval, event.until);
    }
    void apply(amplified const& event, world const& in) {
        days_.put(event.objective, [&](day_spending_record& spent) {
            auto const today = day_of(in.now());
            spent.spent = (spent.day == today ? spent.spent : money{}) + event.cost;
            spent.day = today;
        });
    }
    void apply(approval_given const& event, world const&) {
        end(event.approval, approval_stage::approved, event.employee);
    }
    void apply(approval_rejected const& event, world const&) {
        end(event.approval, approval_stage::rejected, event.employee);
    }
    void apply(approval_lapsed const& event, world const&) {
        end(event.approval, approval_stage::lapsed, 0);
    }

private:
    /// How many selected pieces of work a task has, each of which a surprise may go to.
    [[nodiscard]] static std::int64_t pieces(task_id task, world const& in) {
        std::int64_t count = 0;
        for (auto const& work : in.get<submissions>().of(task)) {
            auto const* review = in.find_record<review_record>(work.id.value());
            count += review != nullptr && review->chosen ? 1 : 0;
        }
        return count;
    }
    [[nodiscard]] static result<void> check_alone(
        std::string about, std::int64_t minor, world const& in) {
        auto const above = in.rules<rules>().above.minor;
        if (minor <= above) {
            return {};
        }
        return error{errc::not_qualified, std::move(about),
            "expected the approval of two people for " + std::to_string(minor) +
                " minor units, which is more than " + std::to_string(above) +
                "; ask for it by request_approval"};
    }
    static std::int64_t day_of(instant at) {
        return at.ms / days(1).ms - (at.ms % days(1).ms < 0 ? 1 : 0);
    }
    /// A boost counts with those of the same objective and day, so that none is cut into pieces.
    [[nodiscard]] result<void> check_boost(amplify const& it, world const& in) const {
        std::int64_t before = 0;
        if (auto const* work = in.find(it.submission)) {
            auto const* known = days_.find(in.at(work->task).objective);
            before = known != nullptr && known->day == day_of(in.now()) ? known->spent.minor : 0;
        }
        return check_alone(subject("submission", it.submission),
            detail::saturating_add(before, it.cost.minor), in);
    }
    [[nodiscard]] static result<void> check_opening(task_brief const& brief, world const& in) {
        if (brief.seats < 1 || brief.base_reward < money{} || brief.base_reward > money_max) {
            return {}; // which the command refuses itself
        }
        return check_alone(subject("task", brief.task),
            detail::saturating_multiply(brief.seats, brief.base_reward.minor), in);
    }
    /// Nobody opens the guard alone and passes through it.
    [[nodiscard]] static result<void> check_guard(approval_rules const& asked, world const& in) {
        auto const* now = world_view{in}.adopted_rules<approval_rules>();
        if (now == nullptr ||
            (asked.above <= now->above && (asked.of_removals || !now->of_removals))) {
            return {};
        }
        return error{errc::not_qualified, "approval_rules",
            "expected the approval of two people for rules that ask for it less often; ask for it "
            "by request_approval"};
    }
    [[nodiscard]] static result<void> check_removal(end_office const& it, world const& in) {
        auto const* office = in.find(it.office);
        if (!in.rules<rules>().of_removals || in.by().kind == actor_kind::member ||
            office == nullptr || !office->rights.contains(office_right::veto) ||
            !in.get<offices>().has_right(it.member, office_right::veto, in.now())) {
            return {};
        }
        return error{errc::not_qualified, subject("member", it.member),
            "expected the approval of two people to take the right of veto from somebody; ask for "
            "it by request_approval"};
    }
    [[nodiscard]] result<void> check_second(approval_id which, world const& in) const {
        auto const name = subject("approval", which);
        return check_decide(name, approvals_[which].state, "employee", in.by().id, in.now());
    }
    void end(approval_id which, approval_stage to, std::uint64_t employee) {
        approvals_.update(
            which, [&](approval_record& it) { decide_approval(it.state, to, employee); });
        due_.drop(which);
    }

    table<approval_record> approvals_;
    table<day_spending_record> days_;
    agenda<approval_id> due_;
    BOOST_DESCRIBE_CLASS(approvals, (), (), (), (approvals_, days_, due_))
};

} // namespace koc
