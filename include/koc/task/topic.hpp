// SPDX-License-Identifier: BSL-1.0
#pragma once

// Topics: what members could make for an objective. An objective has any number of them; a topic
// without an objective does not exist. Where the programme knows themes (see alignment), a topic
// says which of them it is about.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/topic.hpp>
#include <koc/task/objective.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace koc {

/// The topics.
class topics : public aspect<topics> {
public:
    using events = event_list<topic_designed>;
    using commands = command_list<design_topic>;
    using reads = aspect_list<objectives>;

    static constexpr auto guards(design_topic const*) { return require(by_desk<design_topic>); }
    result<void> decide(design_topic const& command, context& in) const {
        auto const name = subject("topic", command.topic);
        if (!command.topic.valid() || topics_.contains(command.topic)) {
            return error{errc::already_exists, name, "expected a new topic id above 0"};
        }
        KOC_TRY(in.get<objectives>().check_open(command.objective));
        if (auto refused = check_name("title of " + name, command.title)) {
            return *std::move(refused);
        }
        if (command.themes.size() > 100) {
            return error{errc::too_large, name, "expected at most 100 themes; name the main ones"};
        }
        for (auto const& theme : command.themes) {
            if (auto refused = check_name("theme of " + name, theme)) {
                return *std::move(refused);
            }
        }
        auto themes = command.themes;
        std::sort(themes.begin(), themes.end());
        themes.erase(std::unique(themes.begin(), themes.end()), themes.end());
        in.record(
            topic_designed{command.topic, command.objective, command.title, std::move(themes)});
        return {};
    }

    void apply(topic_designed const& event, world const&) {
        topics_.insert({event.topic, event.objective, event.title, event.themes});
    }

private:
    table<topic_record> topics_;
    BOOST_DESCRIBE_CLASS(topics, (), (), (), (topics_))
};

} // namespace koc
