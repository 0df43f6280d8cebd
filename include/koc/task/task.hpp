// SPDX-License-Identifier: BSL-1.0
#pragma once

// A task is a topic made concrete: what is wanted, of whom, how many may do it, by when and for
// what base reward. It always belongs to an open objective, through its topic.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/roster.hpp>
#include <koc/programme/money.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/registry/table.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/task/task_stage.hpp>
#include <koc/task/topic.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// What a task consists of.
struct task_brief {
    task_id task;
    topic_id topic;
    std::string title;
    std::vector<weighted_tag> wanted; ///< its subjects and preferences, each with its importance
    requirement needs;                ///< who may do it at all
    std::int64_t seats = 1;           ///< how many people, from 1 to 100,000
    instant due_at;                   ///< after it is opened
    money base_reward;             ///< for work that meets the objective; nothing more is promised
    std::vector<member_id> barred; ///< who may not do it
};
BOOST_DESCRIBE_STRUCT(
    task_brief, (), (task, topic, title, wanted, needs, seats, due_at, base_reward, barred))

/// Opens a task.
struct open_task {
    task_brief brief;
};
BOOST_DESCRIBE_STRUCT(open_task, (), (brief))

struct task_opened {
    task_brief brief;
};
BOOST_DESCRIBE_STRUCT(task_opened, (), (brief))

/// A task as it stands.
struct task_record {
    task_id id;
    task_brief brief; ///< `barred` ascending
    objective_id objective;
    task_stage standing = task_lifecycle::initial;

    [[nodiscard]] bool bars(member_id who) const {
        return std::binary_search(brief.barred.begin(), brief.barred.end(), who);
    }
    /// Why the task cannot move like this now, if so.
    [[nodiscard]] std::optional<error> check(task_moment because) const {
        auto const refused = task_lifecycle::refusal(standing, because, no_context{});
        return refused ? std::optional{refused->as_error(subject("task", id))} : std::nullopt;
    }
};

/// The tasks. `Programme::sensitive` says whether sensitive tags may be required.
template <typename Programme>
class tasks {
public:
    using events = event_list<task_opened, task_moved>;
    using commands = command_list<open_task>;

    explicit tasks(Programme const& programme)
        : sensitive_{programme.sensitive}, always_{programme.eligible && programme.askable} {}

    [[nodiscard]] table<task_record> const& all() const { return tasks_; }
    [[nodiscard]] task_record const* find(task_id which) const { return tasks_.find(which); }

    /// A requirement compiled against the roster, by the programme's rule for sensitive tags.
    [[nodiscard]] result<requirement_plan> compile(
        auto const& world, requirement const& needs) const {
        auto const& library = world.template get<tag_library>();
        return requirement_plan::compile(
            needs, registry<member_rows>::names{library.tags()}, sensitive_);
    }

    result<void> decide(auto const& world, open_task const& command, auto& out) const {
        auto const& brief = command.brief;
        auto const name = subject("task", brief.task);
        auto const outside = [&](char const* expected) {
            return error{errc::invalid_argument, name, expected};
        };
        if (!brief.task.valid() || tasks_.contains(brief.task)) {
            return error{errc::already_exists, name, "expected a new task id above 0"};
        }
        auto const* topic = world.template get<topics>().find(brief.topic);
        if (topic == nullptr) {
            return error{errc::unknown_id, name,
                "expected the topic of an open objective; design one first: every task "
                "serves an objective"};
        }
        if (auto refused = world.template get<objectives>().check_open(topic->objective)) {
            return *std::move(refused);
        }
        if (auto refused = check_name("title of " + name, brief.title)) {
            return *std::move(refused);
        }
        if (brief.seats < 1 || brief.seats > 100'000) {
            return outside("expected from 1 to 100,000 seats");
        }
        if (brief.due_at <= out.now()) {
            return outside("expected a due time in the future");
        }
        if (auto refused = check_money("base reward of " + name, brief.base_reward)) {
            return *std::move(refused);
        }
        auto const& library = world.template get<tag_library>();
        std::vector<tag_id> about;
        for (auto const& wanted : brief.wanted) {
            about.push_back(wanted.tag);
            if (wanted.weight <= score{} || wanted.weight > whole(100)) {
                return outside("expected wanted tags with an importance above 0 and at most 100");
            }
        }
        if (auto refused = library.check_subjects(name, about)) {
            return *std::move(refused);
        }
        for (auto tag : about) { // a preference decides as much as a requirement
            if (sensitive_ == sensitive_tags::refused &&
                library.tags().facet(library.tags().facet_of(tag)).sensitive) {
                return error{errc::not_qualified,
                    "tag " + escaped(to_string(library.tags().name(tag))),
                    "expected a tag that is not sensitive; the programme's policy does not "
                    "let this facet decide"};
            }
        }
        if (!is_plain(brief.needs)) { // which the conjunction below does not keep
            return outside("expected only the members of the requirement's kind to be set; clear "
                           "the others");
        }
        // Together with what the programme requires, so that whatever is open can be dispatched.
        if (auto plan = compile(world, always_ && brief.needs); !plan) {
            return std::move(plan).error();
        }
        auto opened = brief;
        std::sort(opened.barred.begin(), opened.barred.end());
        out.emit(task_opened{std::move(opened)});
        return {};
    }

    void apply(auto const& world, task_opened const& event, instant) {
        auto const* topic = world.template get<topics>().find(event.brief.topic);
        tasks_.insert({event.brief.task, event.brief, topic->objective, task_lifecycle::initial});
    }
    void apply(task_moved const& event, instant) {
        tasks_.update(event.task, [&](task_record& t) { t.standing = event.to; });
    }

    void digest_into(hasher& into) const {
        for (auto const& t : tasks_) {
            into.add(t.brief).add(t.standing);
        }
    }

private:
    sensitive_tags sensitive_;
    requirement always_; ///< of everybody who is asked, by the programme
    table<task_record> tasks_;
};

} // namespace koc
