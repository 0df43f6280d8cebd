// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two-person approval. Committing more than a threshold alone on one day, taking the right of veto
// from somebody, erasing a person, and rules that ask for two people less often or leave the
// committee less are refused where they are sent alone; one employee asks for it, and it happens
// when another one approves. The host cannot take either part, as it does not tell which person
// acts. What may take two people is the list of optional members of `request_approval`; when it
// does is one overload of `check_alone` for each command, and `loosens` beside each type of rules.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/office.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/detail/held_command.hpp>
#include <koc/task/detail/surprise.hpp>
#include <koc/task/messages/approval.hpp>
#include <koc/task/submission.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// What was asked for and who decided it.
class approvals : public aspect<approvals> {
public:
    using events =
        event_list<approval_requested, approval_given, approval_rejected, approval_lapsed>;
    using commands = command_list<request_approval, approve_request, reject_request>;
    using queries = query_list<list_approvals>;
    using follows = event_list<command_asked, amplified, task_opened, reward_granted>;
    using reads = aspect_list<offices, submissions>;
    using rules = approval_rules;

    /// What takes two people is not for one to send; called by an approval it goes through.
    [[nodiscard]] result<void> review(command_asked const& question, world const& in) const {
        if (question.called) {
            return {};
        }
        result<void> found;
        detail::each_held_command<request_approval>(
            [&]<typename Command>(std::type_identity<Command>) {
                if (auto const* sent = question.get_if<Command>(); sent != nullptr && found) {
                    found = check_alone(*sent, in);
                }
            });
        return found;
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
        if (detail::count_held(command) != 1) {
            return error{errc::invalid_argument, name,
                "expected one thing to approve, of " + detail::names_of_held(command) +
                    "; ask for each by itself"};
        }
        if (command.waning) { // ends a term, for which whoever else says it gives a reason
            KOC_TRY(check_words("note on member", command.waning->member, command.waning->note));
        }
        approval_requested asked;
        asked.approval = command.approval;
        asked.employee = in.by().id;
        asked.until = in.now() + in.rules<rules>().answer_within;
        detail::copy_held(command, asked);
        in.record(std::move(asked));
        return {};
    }
    static constexpr auto guards(approve_request const*) {
        return require(by_employee<approve_request>, known<&approve_request::approval>);
    }
    result<void> decide(approve_request const& command, context& in) const {
        KOC_TRY(check_second(command.approval, in));
        auto const& it = approvals_[command.approval];
        in.record(approval_given{it.id, in.by().id});
        result<void> done;
        detail::visit_held(it, [&](auto const& asked) { done = in.call(asked); });
        return done;
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

    [[nodiscard]] result<std::vector<approval_record>> answer(
        list_approvals const&, world const& in) const {
        KOC_TRY(check_desk(in.by(), "list_approvals", "look at what waits for approval"));
        std::vector<approval_record> open;
        approvals_.for_each([&](approval_record const& it) {
            if (it.state.stage == approval_stage::asked && in.now() < it.state.until) {
                open.push_back(it);
            }
        });
        std::sort(open.begin(), open.end(), [](approval_record const& a, approval_record const& b) {
            return std::tuple{a.state.until, a.id} < std::tuple{b.state.until, b.id};
        });
        return open;
    }

    void apply(approval_requested const& event, world const&) {
        approval_record asked;
        asked.id = event.approval;
        asked.state = {event.employee, event.until, approval_stage::asked, 0};
        detail::copy_held(event, asked);
        approvals_.insert(std::move(asked));
        due_.put(event.approval, event.until);
    }
    void apply(amplified const& event, world const& in) { commit(event.cost.minor, in); }
    void apply(task_opened const& event, world const& in) { commit(promised(event.brief), in); }
    void apply(reward_granted const& event, world const& in) {
        if (event.kind == reward_kind::surprise) {
            commit(event.amount.minor, in);
        }
    }
    /// What two people agree on is taken off before it is counted, so that it adds nothing.
    void apply(approval_given const& event, world const& in) {
        auto const& it = approvals_[event.approval];
        auto const shared = it.surprise ? surprised(*it.surprise, in)
            : it.boost                  ? it.boost->cost.minor
            : it.opening                ? promised(it.opening->brief)
                                        : 0;
        commit(-shared, in);
        end(event.approval, approval_stage::approved, event.employee);
    }
    void apply(approval_rejected const& event, world const&) {
        end(event.approval, approval_stage::rejected, event.employee);
    }
    void apply(approval_lapsed const& event, world const&) {
        end(event.approval, approval_stage::lapsed, 0);
    }

private:
    /// What a surprise comes to.
    [[nodiscard]] static std::int64_t surprised(surprise_best const& it, world const& in) {
        auto const open = detail::without_surprise(in, it.task);
        auto const count = std::count_if(open.begin(), open.end(),
            [&](auto const& work) { return !detail::surprise_held(in, work); });
        return detail::saturating_multiply(count, it.amount.minor);
    }
    /// What a task promises to all its seats.
    [[nodiscard]] static std::int64_t promised(task_brief const& brief) {
        return detail::saturating_multiply(brief.seats, brief.base_reward.minor);
    }
    [[nodiscard]] static spender_id spender(actor const& by) {
        return spender_id{by.kind == actor_kind::employee ? by.id : 0};
    }
    /// What who acts has committed alone today.
    [[nodiscard]] std::int64_t committed(world const& in) const {
        auto const* known = days_.find(spender(in.by()));
        return known != nullptr && known->day == day_of(in.now()) ? known->spent.minor : 0;
    }
    void commit(std::int64_t minor, world const& in) {
        if (minor == 0) {
            return;
        }
        auto const sum = detail::saturating_add(committed(in), minor);
        days_.put(spender(in.by()), [&](day_spending_record& spent) {
            spent.spent = money{sum};
            spent.day = day_of(in.now());
        });
    }

    // When a command takes two people. What the command refuses itself, such as an amount that
    // nobody may name, is left to it, which says so.

    [[nodiscard]] result<void> check_alone(surprise_best const& it, world const& in) const {
        return it.amount > money_max ? result<void>{}
                                     : check_day(subject("task", it.task), surprised(it, in), in);
    }
    [[nodiscard]] result<void> check_alone(amplify const& it, world const& in) const {
        return it.cost > money_max
            ? result<void>{}
            : check_day(subject("submission", it.submission), it.cost.minor, in);
    }
    [[nodiscard]] result<void> check_alone(open_task const& it, world const& in) const {
        auto const& brief = it.brief;
        return brief.seats < 1 || brief.base_reward < money{} || brief.base_reward > money_max
            ? result<void>{}
            : check_day(subject("task", brief.task), promised(brief), in);
    }
    [[nodiscard]] static result<void> check_alone(end_office const& it, world const& in) {
        auto const* office = in.find(it.office);
        return office == nullptr || !office->rights.contains(office_right::veto)
            ? result<void>{}
            : check_veto_stays(it.member, in);
    }
    /// A term ends with the stage that it is for.
    [[nodiscard]] static result<void> check_alone(record_waning const& it, world const& in) {
        return check_veto_stays(it.member, in);
    }
    [[nodiscard]] static result<void> check_alone(erase_member const& it, world const& in) {
        if (in.find(it.member) == nullptr) {
            return {};
        }
        return error{errc::not_qualified, subject("member", it.member),
            "expected the approval of two people to erase somebody; ask for it by "
            "request_approval"};
    }
    /// Nobody opens a guard alone and passes through it.
    template <typename Rules>
    [[nodiscard]] static result<void> check_alone(adopt<Rules> const& it, world const& in) {
        auto const* now = world_view{in}.adopted_rules<Rules>();
        if (now == nullptr || !detail::check_rules(it.rules) || !loosens(*now, it.rules)) {
            return {};
        }
        return error{errc::not_qualified, std::string{type_name<Rules>()},
            "expected the approval of two people for rules that guard less than the present ones; "
            "ask for it by request_approval"};
    }
    /// An amount counts with what the same person committed alone today, so that none is cut into
    /// pieces.
    [[nodiscard]] result<void> check_day(
        std::string about, std::int64_t minor, world const& in) const {
        auto const above = in.rules<rules>().above.minor;
        auto const before = committed(in);
        auto const sum = detail::saturating_add(before, minor);
        if (minor <= 0 || sum <= above) {
            return {};
        }
        return error{errc::not_qualified, std::move(about),
            "expected the approval of two people for " + std::to_string(sum) + " minor units" +
                (before > 0 ? ", with those that " + to_string(in.by()) + " committed alone today"
                            : std::string{}) +
                ", which is more than " + std::to_string(above) +
                "; ask for it by request_approval"};
    }
    [[nodiscard]] static result<void> check_veto_stays(member_id who, world const& in) {
        if (!in.rules<rules>().of_removals || in.by().kind == actor_kind::member ||
            !in.get<offices>().has_right(who, office_right::veto, in.now())) {
            return {};
        }
        return error{errc::not_qualified, subject("member", who),
            "expected the approval of two people to take the right of veto from somebody; ask for "
            "it by request_approval"};
    }
    static std::int64_t day_of(instant at) {
        return at.ms / days(1).ms - (at.ms % days(1).ms < 0 ? 1 : 0);
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
