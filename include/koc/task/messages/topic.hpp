// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of topics: what members could make for an objective.

#include <koc/core/id.hpp>
#include <koc/task/messages/objective.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct topic_kind {
    static constexpr char const* noun = "topic";
    using record = struct topic_record;
};
using topic_id = id<topic_kind>;

/// Designs a topic for an open objective.
struct design_topic {
    topic_id topic;
    objective_id objective;
    std::string title;                    ///< one line
    std::vector<std::string> themes = {}; ///< up to 100 of those in force that it is about
};
BOOST_DESCRIBE_STRUCT(design_topic, (), (topic, objective, title, themes))

/// An objective has a topic.
struct topic_designed {
    topic_id topic;
    objective_id objective;
    std::string title;
    std::vector<std::string> themes; ///< ascending, each once
};
BOOST_DESCRIBE_STRUCT(topic_designed, (), (topic, objective, title, themes))

/// A topic of an objective.
struct topic_record {
    topic_id id;
    objective_id objective;
    std::string title;
    std::vector<std::string> themes; ///< what it is about, ascending; empty where it names none
};
BOOST_DESCRIBE_STRUCT(topic_record, (), (id, objective, title, themes))

} // namespace koc
