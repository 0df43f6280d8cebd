// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of objectives: what the programme works towards, and the measured doubts behind it.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/money.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct objective_kind {
    static constexpr char const* noun = "objective";
    using record = struct objective_record;
};
using objective_id = id<objective_kind>;
struct insight_kind {
    static constexpr char const* noun = "insight";
    using record = struct insight_record;
};
using insight_id = id<insight_kind>;

/// One dimension of the rubric, such as depth, with its share of the judgement.
struct criterion {
    std::string name; ///< one line
    score weight;     ///< above 0; the weights of a rubric add up to 1

    friend bool operator==(criterion const&, criterion const&) = default;
};
BOOST_DESCRIBE_STRUCT(criterion, (), (name, weight))

/// What an objective consists of.
struct objective_plan {
    objective_id objective;
    std::string title;             ///< one line
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

/// Reports what people doubt. From objective_rules::pressing_at on, the doubt opens the objective
/// of `answer`.
struct report_insight {
    insight_id insight;
    std::string question;   ///< what people ask, such as "does it keep its range in winter?"
    score doubt;            ///< the share of people who doubt, from 0 to 1
    std::int64_t asked = 0; ///< how many people were asked or read
    objective_plan answer;  ///< the objective that is opened where the doubt presses
};
BOOST_DESCRIBE_STRUCT(report_insight, (), (insight, question, doubt, asked, answer))

/// Ends an objective: no further topics or tasks.
struct close_objective {
    objective_id objective;
};
BOOST_DESCRIBE_STRUCT(close_objective, (), (objective))

/// A doubt was measured.
struct insight_reported {
    insight_id insight;
    std::string question;
    score doubt;            ///< from 0 to 1
    std::int64_t asked = 0; ///< how many people were asked or read
};
BOOST_DESCRIBE_STRUCT(insight_reported, (), (insight, question, doubt, asked))

/// An objective is open for topics and tasks.
struct objective_opened {
    objective_plan plan;
    insight_id because; ///< the insight that opened it, or none
};
BOOST_DESCRIBE_STRUCT(objective_opened, (), (plan, because))
/// What `open_objective` lets through.
inline result<void> check(objective_opened const& event) {
    for (auto const& each : event.plan.rubric) {
        KOC_TRY(check_share("objective_opened.plan.rubric", each.weight));
    }
    return check_money(
        "objective_opened.plan.amplification_budget", event.plan.amplification_budget);
}

/// An objective has no further topics or tasks.
struct objective_closed {
    objective_id objective;
};
BOOST_DESCRIBE_STRUCT(objective_closed, (), (objective))

/// An objective as it stands.
struct objective_record {
    objective_id id;
    objective_plan plan;
    insight_id because; ///< the insight that opened it, or none
    bool open = true;   ///< until it is closed
};
BOOST_DESCRIBE_STRUCT(objective_record, (), (id, plan, because, open))

/// A measured doubt.
struct insight_record {
    insight_id id;
    std::string question;
    score doubt;            ///< from 0 to 1
    std::int64_t asked = 0; ///< how many people were asked or read
};
BOOST_DESCRIBE_STRUCT(insight_record, (), (id, question, doubt, asked))

/// When a doubt opens an objective.
struct objective_rules {
    score pressing_at = percent(30); ///< the share of doubters that opens an objective
};
BOOST_DESCRIBE_STRUCT(objective_rules, (), (pressing_at))

inline result<void> check(objective_rules const& rules) {
    if (rules.pressing_at < score{} || rules.pressing_at > whole(1)) {
        return error{
            errc::invalid_argument, "objective_rules.pressing_at", "expected a share from 0 to 1"};
    }
    return {};
}

} // namespace koc
