// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rewards. The base reward was promised with the task and is granted when work meets the objective,
// or is taken as it is; it follows a corrected review. A surprise is promised nowhere and goes only
// to work that was selected as the best.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/programme/money.hpp>
#include <koc/state/table.hpp>
#include <koc/task/detail/surprise.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/submission.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace koc {

/// What work has earned.
class rewards : public aspect<rewards> {
public:
    using events = event_list<reward_granted, reward_corrected, task_surprised>;
    using commands = command_list<surprise_best>;
    using follows = event_list<work_reviewed, review_waived, review_corrected>;
    using reads = aspect_list<submissions>;

    static constexpr auto guards(surprise_best const*) {
        return require(by_desk<surprise_best>, known<&surprise_best::task>,
            may_step<&surprise_best::task, task_lifecycle, task_trigger::surprised>);
    }
    result<void> decide(surprise_best const& command, context& in) const {
        auto const name = subject("task", command.task);
        KOC_TRY(check_money("surprise for " + name, command.amount));
        if (auto refused = command.honour.empty()
                ? std::nullopt
                : check_name("honour for " + name, command.honour)) {
            return *std::move(refused);
        }
        if (command.amount == money{} && command.honour.empty()) {
            return error{errc::invalid_argument, "surprise for " + name,
                "expected an amount, an honour or both"};
        }
        auto const open = detail::without_surprise(in, command.task);
        if (open.empty()) {
            return error{errc::already_exists, "surprise for " + name,
                "expected selected work that has had no surprise yet"};
        }
        if (std::all_of(open.begin(), open.end(),
                [&](auto const& work) { return detail::surprise_held(in, work); })) {
            return detail::check_not_held(in, detail::kept_for(in, open.front().member));
        }
        in.record(task_surprised{command.task, command.amount, command.honour});
        return {};
    }

    //! [consequences]
    static constexpr auto consequences(work_reviewed const*) {
        return in_order(
            consequence<when<&work_reviewed::passed>, &rewards::grant_base<work_reviewed>>(
                "the base reward that the task promised is granted"));
    }
    //! [consequences]
    static constexpr auto consequences(review_corrected const*) {
        return in_order(
            consequence<when<&review_corrected::passed>, &rewards::grant_base<review_corrected>>(
                "the base reward that the task promised is granted, unless it was"),
            consequence<unless<&review_corrected::passed>, &rewards::withdraw_base>(
                "the base reward is withdrawn"));
    }

    static constexpr auto consequences(review_waived const*) {
        return in_order(consequence<always<review_waived>, &rewards::grant_base<review_waived>>(
            "the base reward that the task promised is granted"));
    }
    static constexpr auto consequences(task_surprised const*) {
        return in_order(consequence<always<task_surprised>, &rewards::surprise>(
            "each selected piece of work of the task that has had no surprise gets this one, but "
            "for those of people in doubt or erased"));
    }

    void apply(reward_granted const& event, world const&) {
        rewards_.put(event.submission, [&](reward_record& earned) {
            if (event.kind == reward_kind::base) {
                earned.base = earned.base + event.amount;
            } else {
                earned.surprise = earned.surprise + event.amount;
                earned.honour = event.honour;
                earned.surprised = true;
            }
        });
    }
    void apply(reward_corrected const& event, world const&) {
        rewards_.update(event.submission, [&](reward_record& earned) { earned.base = event.base; });
    }
    void apply(task_surprised const&, world const&) {}

private:
    void surprise(task_surprised const& event, context& in) const {
        for (auto const& work : detail::without_surprise(in, event.task)) {
            if (!detail::surprise_held(in, work)) {
                in.record(reward_granted{
                    work.id, work.member, reward_kind::surprise, event.amount, event.honour});
            }
        }
    }
    [[nodiscard]] money base_of(submission_id work) const {
        auto const* earned = rewards_.find(work);
        return earned == nullptr ? money{} : earned->base;
    }
    template <typename Review>
    void grant_base(Review const& event, context& in) const {
        auto const promised = in.at(event.task).brief.base_reward;
        if (promised > money{} && base_of(event.submission) == money{}) {
            in.record(
                reward_granted{event.submission, event.member, reward_kind::base, promised, {}});
        }
    }
    void withdraw_base(review_corrected const& event, context& in) const {
        if (auto const base = base_of(event.submission); base > money{}) {
            in.record(reward_corrected{event.submission, event.member, base, {}});
        }
    }

    table<reward_record> rewards_;
    BOOST_DESCRIBE_CLASS(rewards, (), (), (), (rewards_))
};

} // namespace koc
