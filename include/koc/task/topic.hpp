// SPDX-License-Identifier: BSL-1.0
#pragma once

// Topics turn an objective into something a person likes to make. One objective fans out into
// several; a topic without an objective does not exist.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/registry/table.hpp>
#include <koc/task/objective.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace koc {

using topic_id = id<struct topic_kind>;

/// Designs a topic for an open objective.
struct design_topic {
    topic_id topic;
    objective_id objective;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(design_topic, (), (topic, objective, title))

struct topic_designed {
    topic_id topic;
    objective_id objective;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(topic_designed, (), (topic, objective, title))

struct topic_record {
    topic_id id;
    objective_id objective;
    std::string title;
};

/// The topics.
class topics {
public:
    using events = event_list<topic_designed>;
    using commands = command_list<design_topic>;

    [[nodiscard]] table<topic_record> const& all() const { return topics_; }
    [[nodiscard]] topic_record const* find(topic_id which) const { return topics_.find(which); }

    result<void> decide(auto const& world, design_topic const& command, auto& out) const {
        auto const name = subject("topic", command.topic);
        if (!command.topic.valid() || topics_.contains(command.topic)) {
            return error{errc::already_exists, name, "expected a new topic id above 0"};
        }
        if (auto refused = world.template get<objectives>().check_open(command.objective)) {
            return *std::move(refused);
        }
        if (auto refused = check_name("title of " + name, command.title)) {
            return *std::move(refused);
        }
        out.emit(topic_designed{command.topic, command.objective, command.title});
        return {};
    }

    void apply(topic_designed const& event, instant) {
        topics_.insert({event.topic, event.objective, event.title});
    }

    void digest_into(hasher& into) const {
        for (auto const& t : topics_) {
            into.add(t.id).add(t.objective).add(t.title);
        }
    }

private:
    table<topic_record> topics_;
};

} // namespace koc
