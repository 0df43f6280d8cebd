// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of amplification: selected work carried further through official channels.

#include <koc/core/result.hpp>
#include <koc/programme/money.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// Carries selected work further through a channel, at a cost (0 for a plain repost).
struct amplify {
    submission_id submission;
    std::string channel; ///< one line
    money cost;          ///< from 0 to 10^12 minor units
};
BOOST_DESCRIBE_STRUCT(amplify, (), (submission, channel, cost))

/// Work was carried further, from the budget of its objective.
struct amplified {
    submission_id submission;
    task_id task;
    objective_id objective;
    std::string channel;
    money cost;
};
BOOST_DESCRIBE_STRUCT(amplified, (), (submission, task, objective, channel, cost))
/// What `amplify` lets through.
inline result<void> check(amplified const& event) {
    return check_money("amplified.cost", event.cost);
}

/// What carrying work further has cost an objective.
struct spending_record {
    objective_id id;
    money spent; ///< so far
};
BOOST_DESCRIBE_STRUCT(spending_record, (), (id, spent))

/// The channels that have carried a piece of work.
struct echo_record {
    submission_id id;
    std::vector<std::string> channels; ///< in the order in which they carried it
};
BOOST_DESCRIBE_STRUCT(echo_record, (), (id, channels))

} // namespace koc
