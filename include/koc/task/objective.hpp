// SPDX-License-Identifier: BSL-1.0
#pragma once

// Objectives: what work is asked for. One comes from a measured doubt (an insight) or from
// strategy, and carries the rubric by which work will be judged and the money that may amplify it,
// so that both are fixed before the first piece is made.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/money.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/objective.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace koc {

/// The objectives and the insights behind them.
class objectives : public aspect<objectives> {
public:
    using events = event_list<insight_reported, objective_opened, objective_closed>;
    using commands = command_list<open_objective, report_insight, close_objective>;
    using rules = objective_rules;

    /// Whether something new can be made for this objective.
    [[nodiscard]] result<void> check_open(objective_id which) const {
        auto const* found = objectives_.find(which);
        if (found == nullptr) {
            return unknown("objective", which);
        }
        if (!found->open) {
            return error{errc::wrong_state, subject("objective", which),
                "expected an open objective; open a new one"};
        }
        return {};
    }

    static constexpr auto guards(open_objective const*) { return require(by_desk<open_objective>); }
    result<void> decide(open_objective const& command, context& in) const {
        KOC_TRY(check_new(command.plan));
        in.record(objective_opened{command.plan, {}});
        return {};
    }
    static constexpr auto guards(report_insight const*) { return require(by_desk<report_insight>); }
    result<void> decide(report_insight const& command, context& in) const {
        auto const name = subject("insight", command.insight);
        if (!command.insight.valid() || insights_.contains(command.insight)) {
            return error{errc::already_exists, name, "expected a new insight id above 0"};
        }
        if (auto refused = check_name("question of " + name, command.question)) {
            return *std::move(refused);
        }
        if (command.doubt < score{} || command.doubt > whole(1) || command.asked < 1) {
            return error{errc::invalid_argument, name,
                "expected a doubt from 0 to 1, measured on at least one person"};
        }
        insight_reported reported{command.insight, command.question, command.doubt, command.asked};
        if (command.doubt < in.rules<rules>().pressing_at) {
            in.record(std::move(reported));
            return {};
        }
        KOC_TRY(check_new(command.answer));
        in.record(std::move(reported), objective_opened{command.answer, command.insight});
        return {};
    }
    static constexpr auto guards(close_objective const*) {
        return require(by_desk<close_objective>, known<&close_objective::objective>);
    }
    result<void> decide(close_objective const& command, context& in) const {
        KOC_TRY(check_open(command.objective));
        in.record(objective_closed{command.objective});
        return {};
    }

    void apply(insight_reported const& event, world const&) {
        insights_.insert({event.insight, event.question, event.doubt, event.asked});
    }
    void apply(objective_opened const& event, world const&) {
        objectives_.insert({event.plan.objective, event.plan, event.because, true});
    }
    void apply(objective_closed const& event, world const&) {
        objectives_.update(event.objective, [](objective_record& o) { o.open = false; });
    }

private:
    static constexpr std::size_t criteria_max = 32;

    /// Whether this can become an objective.
    [[nodiscard]] result<void> check_new(objective_plan const& plan) const {
        auto const name = subject("objective", plan.objective);
        if (!plan.objective.valid() || objectives_.contains(plan.objective)) {
            return error{errc::already_exists, name, "expected a new objective id above 0"};
        }
        if (auto refused = check_name("title of " + name, plan.title)) {
            return *std::move(refused);
        }
        KOC_TRY(check_rubric(plan, name));
        if (plan.pass_at < score{} || plan.pass_at > whole(1)) {
            return error{errc::invalid_argument, name, "expected pass_at from 0 to 1"};
        }
        KOC_TRY(check_money("amplification budget of " + name, plan.amplification_budget));
        return {};
    }
    static result<void> check_rubric(objective_plan const& plan, std::string const& name) {
        if (plan.rubric.empty() || plan.rubric.size() > criteria_max) {
            return error{errc::invalid_argument, "rubric of " + name,
                "expected from 1 to 32 dimensions to judge by"};
        }
        score sum;
        for (auto c = plan.rubric.begin(); c != plan.rubric.end(); ++c) {
            if (auto refused = check_name("rubric of " + name, c->name)) {
                return *std::move(refused);
            }
            auto const repeated = std::any_of(plan.rubric.begin(), c,
                [&](criterion const& earlier) { return earlier.name == c->name; });
            if (repeated || c->weight <= score{} || c->weight > whole(1)) {
                return error{errc::invalid_argument,
                    "criterion " + escaped(c->name) + " of " + name,
                    "expected each dimension once, with a weight above 0 and at most 1"};
            }
            sum += c->weight;
        }
        if (sum != whole(1)) {
            return error{
                errc::invalid_argument, "rubric of " + name, "expected weights that add up to 1"};
        }
        return {};
    }

    table<objective_record> objectives_;
    table<insight_record> insights_;
    BOOST_DESCRIBE_CLASS(objectives, (), (), (), (objectives_, insights_))
};

} // namespace koc
