// SPDX-License-Identifier: BSL-1.0
#pragma once

// Amplification: work that was selected as the best is carried further through official channels,
// within the budget that its objective fixed at the start.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/programme/money.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace koc {

/// What was carried further, and what it has cost each objective.
class amplification : public aspect<amplification> {
public:
    using events = event_list<amplified>;
    using commands = command_list<amplify>;

    [[nodiscard]] money spent(objective_id which) const {
        auto const* known = spent_.find(which);
        return known == nullptr ? money{} : known->spent;
    }
    [[nodiscard]] bool amplified_on(submission_id which, std::string const& channel) const {
        auto const* known = echoes_.find(which);
        return known != nullptr &&
            std::find(known->channels.begin(), known->channels.end(), channel) !=
            known->channels.end();
    }

    static constexpr auto guards(amplify const*) {
        return require(by_desk<amplify>, known<&amplify::submission>,
            flagged<&amplify::submission, &review_record::chosen>);
    }
    result<void> decide(amplify const& command, context& in) const {
        auto const name = subject("submission", command.submission);
        if (auto refused = check_name("channel for " + name, command.channel)) {
            return *std::move(refused);
        }
        KOC_TRY(check_money("cost for " + name, command.cost));
        if (amplified_on(command.submission, command.channel)) {
            return error{errc::already_exists, name,
                "expected a channel that has not carried it yet, not " +
                    koc::quoted(command.channel)};
        }
        auto const& task = in.at(in.at(command.submission).task);
        if (auto const refused = task_lifecycle::refusal(task.stage, task_trigger::amplified)) {
            return refused->as_error(subject("task", task.id));
        }
        auto const left = in.at(task.objective).plan.amplification_budget - spent(task.objective);
        if (command.cost > left) {
            return error{errc::over_budget, subject("objective", task.objective),
                "expected a cost within what is left of the amplification budget, " +
                    std::to_string(left.minor) + " minor units"};
        }
        in.record(
            amplified{command.submission, task.id, task.objective, command.channel, command.cost});
        return {};
    }

    void apply(amplified const& event, world const&) {
        spent_.put(
            event.objective, [&](spending_record& sum) { sum.spent = sum.spent + event.cost; });
        echoes_.put(
            event.submission, [&](echo_record& echo) { echo.channels.push_back(event.channel); });
    }

private:
    table<spending_record> spent_;
    table<echo_record> echoes_;
    BOOST_DESCRIBE_CLASS(amplification, (), (), (), (spent_, echoes_))
};

} // namespace koc
