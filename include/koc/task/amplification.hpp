// SPDX-License-Identifier: BSL-1.0
#pragma once

// Official amplification: the best work is carried further through the brand's own channels, under
// the budget that the objective fixed at the start. What was not selected is not amplified.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/programme/money.hpp>
#include <koc/task/objective.hpp>
#include <koc/task/review.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>

namespace koc {

/// Carries selected work further through a channel, at a cost (0 for a plain repost).
struct amplify {
    submission_id submission;
    std::string channel;
    money cost;
};
BOOST_DESCRIBE_STRUCT(amplify, (), (submission, channel, cost))

struct amplified {
    submission_id submission;
    task_id task;
    objective_id objective;
    std::string channel;
    money cost;
};
BOOST_DESCRIBE_STRUCT(amplified, (), (submission, task, objective, channel, cost))

/// What was carried further, and what it cost each objective.
class amplification {
public:
    using events = event_list<amplified>;
    using commands = command_list<amplify>;

    [[nodiscard]] money spent(objective_id which) const {
        auto const it = spent_.find(which);
        return it == spent_.end() ? money{} : it->second;
    }
    [[nodiscard]] bool amplified_on(submission_id which, std::string const& channel) const {
        return done_.contains({which, channel});
    }

    result<void> decide(auto const& world, amplify const& command, auto& out) const {
        auto const name = subject("submission", command.submission);
        auto const* work = world.template get<submissions>().find(command.submission);
        if (work == nullptr) {
            return unknown("submission", command.submission);
        }
        auto const* judged = world.template get<reviews>().find(command.submission);
        if (judged == nullptr || !judged->chosen) {
            return error{errc::not_qualified, name,
                "expected work that was selected as the best of its task"};
        }
        if (auto refused = check_name("channel for " + name, command.channel)) {
            return *std::move(refused);
        }
        if (auto refused = check_money("cost for " + name, command.cost)) {
            return *std::move(refused);
        }
        if (amplified_on(command.submission, command.channel)) {
            return error{errc::already_exists, name,
                "expected a channel that has not carried it yet, not " + escaped(command.channel)};
        }
        auto const& task = *world.template get<tasks>().find(work->task);
        if (auto refused = task.check(task_moment::amplified)) {
            return *std::move(refused);
        }
        auto const& plan = world.template get<objectives>().find(task.objective)->plan;
        auto const left = plan.amplification_budget - spent(task.objective);
        if (command.cost > left) {
            return error{errc::over_budget, subject("objective", task.objective),
                "expected a cost within what is left of the amplification budget, " +
                    std::to_string(left.minor) + " minor units"};
        }
        out.emit(
            amplified{command.submission, task.id, task.objective, command.channel, command.cost});
        return {};
    }

    void apply(amplified const& event, instant) {
        auto& sum = spent_[event.objective];
        sum = sum + event.cost;
        done_.emplace(event.submission, event.channel);
    }

    void digest_into(hasher& into) const { into.add(spent_).add(done_); }

private:
    std::map<objective_id, money> spent_;
    std::set<std::pair<submission_id, std::string>> done_;
};

} // namespace koc
