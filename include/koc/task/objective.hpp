// SPDX-License-Identifier: BSL-1.0
#pragma once

// Why any work is asked for at all. An objective comes from a measured doubt (an insight) or from
// strategy; it carries the rubric by which work will be judged and the money that may amplify it,
// so that both are fixed before the first piece is made.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/money.hpp>
#include <koc/registry/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

using objective_id = id<struct objective_kind>;
using insight_id = id<struct insight_kind>;

/// One dimension of the rubric, such as depth, with its share of the judgement.
struct criterion {
    std::string name;
    score weight; ///< above 0; the weights of a rubric add up to 1

    friend bool operator==(criterion const&, criterion const&) = default;
};
BOOST_DESCRIBE_STRUCT(criterion, (), (name, weight))

/// What an objective consists of.
struct objective_plan {
    objective_id objective;
    std::string title;
    std::vector<criterion> rubric; ///< 1 to 32 dimensions
    score pass_at = percent(60);   ///< the judgement from which work meets the objective
    money amplification_budget;    ///< what may be spent on carrying its work further
};
BOOST_DESCRIBE_STRUCT(objective_plan, (), (objective, title, rubric, pass_at, amplification_budget))

/// Opens an objective from strategy.
struct open_objective {
    objective_plan plan;
};
BOOST_DESCRIBE_STRUCT(open_objective, (), (plan))

/// Reports what people doubt. From `Programme::pressing_at` on, the doubt opens the objective of
/// `answer`.
struct report_insight {
    insight_id insight;
    std::string question;   ///< what people ask, such as "does it keep its range in winter?"
    score doubt;            ///< the share of people who doubt, from 0 to 1
    std::int64_t asked = 0; ///< how many people were asked or read
    objective_plan answer;
};
BOOST_DESCRIBE_STRUCT(report_insight, (), (insight, question, doubt, asked, answer))

/// Ends an objective: no further topics or tasks.
struct close_objective {
    objective_id objective;
};
BOOST_DESCRIBE_STRUCT(close_objective, (), (objective))

struct insight_reported {
    insight_id insight;
    std::string question;
    score doubt;
    std::int64_t asked = 0;
};
BOOST_DESCRIBE_STRUCT(insight_reported, (), (insight, question, doubt, asked))

struct objective_opened {
    objective_plan plan;
    insight_id because; ///< the insight that opened it, or none
};
BOOST_DESCRIBE_STRUCT(objective_opened, (), (plan, because))

struct objective_closed {
    objective_id objective;
};
BOOST_DESCRIBE_STRUCT(objective_closed, (), (objective))

/// An objective as it stands.
struct objective_record {
    objective_id id;
    objective_plan plan;
    insight_id because;
    bool open = true;
};

/// The objectives and the insights behind them.
template <typename Programme>
class objectives {
public:
    using events = event_list<insight_reported, objective_opened, objective_closed>;
    using commands = command_list<open_objective, report_insight, close_objective>;

    explicit objectives(Programme const& programme) : pressing_at_{programme.pressing_at} {}

    [[nodiscard]] table<objective_record> const& all() const { return objectives_; }
    [[nodiscard]] objective_record const* find(objective_id which) const {
        return objectives_.find(which);
    }

    /// Why nothing new can be made for this objective, if so.
    [[nodiscard]] std::optional<error> check_open(objective_id which) const {
        auto const* found = find(which);
        if (found == nullptr) {
            return unknown("objective", which);
        }
        if (!found->open) {
            return error{errc::wrong_state, subject("objective", which),
                "expected an open objective; open a new one"};
        }
        return std::nullopt;
    }

    result<void> decide(auto const&, open_objective const& command, auto& out) const {
        if (auto refused = check(command.plan)) {
            return *std::move(refused);
        }
        out.emit(objective_opened{command.plan, {}});
        return {};
    }
    result<void> decide(auto const&, report_insight const& command, auto& out) const {
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
        auto const pressing = command.doubt >= pressing_at_;
        if (pressing) {
            if (auto refused = check(command.answer)) {
                return *std::move(refused);
            }
        }
        out.emit(insight_reported{command.insight, command.question, command.doubt, command.asked});
        if (pressing) {
            out.emit(objective_opened{command.answer, command.insight});
        }
        return {};
    }
    result<void> decide(auto const&, close_objective const& command, auto& out) const {
        if (auto refused = check_open(command.objective)) {
            return *std::move(refused);
        }
        out.emit(objective_closed{command.objective});
        return {};
    }

    void apply(insight_reported const& event, instant) { insights_.insert({event.insight}); }
    void apply(objective_opened const& event, instant) {
        objectives_.insert({event.plan.objective, event.plan, event.because, true});
    }
    void apply(objective_closed const& event, instant) {
        objectives_.update(event.objective, [](objective_record& o) { o.open = false; });
    }

    void digest_into(hasher& into) const {
        for (auto const& o : objectives_) {
            into.add(o.plan).add(o.because).add(o.open);
        }
        for (auto const& i : insights_) {
            into.add(i.id);
        }
    }

private:
    static constexpr std::size_t criteria_max = 32;

    struct known_insight {
        insight_id id;
    };

    [[nodiscard]] std::optional<error> check(objective_plan const& plan) const {
        auto const name = subject("objective", plan.objective);
        if (!plan.objective.valid() || objectives_.contains(plan.objective)) {
            return error{errc::already_exists, name, "expected a new objective id above 0"};
        }
        if (auto refused = check_name("title of " + name, plan.title)) {
            return refused;
        }
        if (plan.rubric.empty() || plan.rubric.size() > criteria_max) {
            return error{errc::invalid_argument, "rubric of " + name,
                "expected from 1 to 32 dimensions to judge by"};
        }
        score sum;
        for (std::size_t i = 0; i < plan.rubric.size(); ++i) {
            auto const& [dimension, weight] = plan.rubric[i];
            if (auto refused = check_name("rubric of " + name, dimension)) {
                return refused;
            }
            auto const repeated =
                std::any_of(plan.rubric.begin(), plan.rubric.begin() + std::ptrdiff_t(i),
                    [&, &d = dimension](auto const& c) { return c.name == d; });
            if (repeated || weight <= score{} || weight > whole(1)) {
                return error{errc::invalid_argument,
                    "criterion " + escaped(dimension) + " of " + name,
                    "expected each dimension once, with a weight above 0 and at most 1"};
            }
            sum += weight;
        }
        if (sum != whole(1)) {
            return error{
                errc::invalid_argument, "rubric of " + name, "expected weights that add up to 1"};
        }
        if (plan.pass_at < score{} || plan.pass_at > whole(1)) {
            return error{errc::invalid_argument, name, "expected pass_at from 0 to 1"};
        }
        return check_money("amplification budget of " + name, plan.amplification_budget);
    }

    score pressing_at_;
    table<objective_record> objectives_;
    table<known_insight> insights_;
};

} // namespace koc
