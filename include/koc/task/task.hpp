// SPDX-License-Identifier: BSL-1.0
#pragma once

// Tasks: a topic made concrete, with what is wanted, of whom, how many may do it, by when and for
// what base reward. A task always belongs to an open objective, through its topic.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/core/working_days.hpp>
#include <koc/core/zone.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/roster.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/messages/calendar.hpp>
#include <koc/programme/money.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/objective.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The tasks.
class tasks : public aspect<tasks> {
public:
    using events = event_list<task_opened>;
    using commands = command_list<open_task>;
    using follows = event_list<task_moved, adopted<task_rules>, adopted<tag_library_rules>>;
    using reads = aspect_list<tag_library, roster, objectives>;
    using rules = task_rules;

    /// A requirement compiled against the roster, by the programme's rule for sensitive tags.
    [[nodiscard]] static result<requirement_plan> compile(
        world_view const& view, requirement const& needs) {
        world const in{view};
        auto const allowed = in.rules<tag_library_rules>().sensitive == sensitive_tags::allowed;
        return requirement_plan::compile(
            needs, in.get<roster>().people().vocabulary(in.get<tag_library>().tags(), allowed));
    }
    /// Whether the programme's rule for sensitive tags lets a task's preferences decide, which they
    /// do as much as a requirement.
    [[nodiscard]] static result<void> check_preferences(
        world_view const& view, task_brief const& brief) {
        world const in{view};
        if (in.rules<tag_library_rules>().sensitive == sensitive_tags::allowed) {
            return {};
        }
        auto const& tags = in.get<tag_library>().tags();
        for (auto const& wanted : brief.wanted) {
            if (tags.facet(tags.facet_of(wanted.tag)).sensitive) {
                return error{errc::not_qualified,
                    "tag " + escaped(to_string(tags.name(wanted.tag))),
                    "expected a tag that is not sensitive; the programme's policy does not let "
                    "this facet decide"};
            }
        }
        return {};
    }
    /// Whether a task takes people now, however many seats are taken.
    [[nodiscard]] static result<void> check_takes_people(task_record const& task, instant now) {
        if (auto refused = task_lifecycle::refusal(task.stage, task_trigger::taken)) {
            return refused->as_error(subject("task", task.id));
        }
        if (now >= task.brief.due_at) {
            return error{errc::wrong_state, subject("task", task.id),
                "expected a task that is not due yet, but it was due at " +
                    to_iso8601(task.brief.due_at) + "; open a new one"};
        }
        return {};
    }
    /// Whether somebody is barred from a task, by any of their accounts.
    [[nodiscard]] static bool bars(world_view const& in, task_record const& task, member_id who) {
        auto barred = false;
        detail::each_account(
            in, who, [&](member_id account) { barred = barred || task.bars(account); });
        return barred;
    }
    /// Whether a known member may do a task now: is not barred, and meets what it and the programme
    /// require. A refusal names the part of the requirement that fails.
    [[nodiscard]] static result<void> check_may_do(
        world_view const& view, task_record const& task, member_id who, requirement const& always) {
        if (bars(view, task, who)) {
            return error{errc::not_qualified, subject("member", who),
                "expected somebody who is not barred from " + subject("task", task.id)};
        }
        auto const plan = compile(view, always && task.brief.needs);
        if (!plan) {
            return plan.error();
        }
        auto const& people = world{view}.get<roster>().people();
        if (auto const failed = plan->first_failure(people, people.searched_slot(who))) {
            return error{errc::not_qualified, subject("member", who),
                "expected somebody who meets the requirement: " + to_string(*failed)};
        }
        return {};
    }

    static constexpr auto guards(open_task const*) { return require(by_desk<open_task>); }
    result<void> decide(open_task const& command, context& in) const {
        auto brief = command.brief;
        auto const name = subject("task", brief.task);
        auto const outside = [&](char const* expected) {
            return error{errc::invalid_argument, name, expected};
        };
        if (!brief.task.valid() || tasks_.contains(brief.task)) {
            return error{errc::already_exists, name, "expected a new task id above 0"};
        }
        auto const* topic = in.find(brief.topic);
        if (topic == nullptr) {
            return error{errc::unknown_id, name,
                "expected the topic of an open objective; design one first: every task serves an "
                "objective"};
        }
        KOC_TRY(in.get<objectives>().check_open(topic->objective));
        if (auto refused = check_name("title of " + name, brief.title)) {
            return *std::move(refused);
        }
        if (brief.seats < 1 || brief.seats > 100'000) {
            return outside("expected from 1 to 100,000 seats");
        }
        KOC_TRY(fix_due(brief, name, in));
        if (brief.due_at <= in.now()) {
            return outside("expected a due time in the future");
        }
        KOC_TRY(check_money("base reward of " + name, brief.base_reward));
        KOC_TRY(check_wanted(brief, name, in));
        // Together with what the programme requires, so that whatever is open can be dispatched.
        auto const& always = in.rules<rules>();
        if (auto plan = compile(in, always.eligible && always.askable && brief.needs); !plan) {
            return std::move(plan).error();
        }
        std::sort(brief.barred.begin(), brief.barred.end());
        in.record(task_opened{std::move(brief)});
        return {};
    }

    /// Rules that cannot be compiled would refuse every task.
    [[nodiscard]] result<void> review(adopted<task_rules> const&, world const& in) const {
        return check_rules(in);
    }
    [[nodiscard]] result<void> review(adopted<tag_library_rules> const&, world const& in) const {
        return check_rules(in);
    }

    void apply(task_opened const& event, world const& in) {
        tasks_.insert({event.brief.task, event.brief, in.at(event.brief.topic).objective,
            task_lifecycle::initial});
    }
    void apply(task_moved const& event, world const&) {
        tasks_.update(event.task, [&](task_record& t) { t.stage = event.to; });
    }

private:
    static result<void> check_rules(world const& in) {
        auto const& always = in.rules<rules>();
        auto const plan = compile(in, always.eligible && always.askable);
        return plan ? result<void>{} : result<void>{plan.error()};
    }
    /// Computes the last day from working days, and from the day when it has ended everywhere.
    static result<void> fix_due(task_brief& brief, std::string const& name, context const& in) {
        if (!brief.due_day && !brief.due_working_days) {
            return {};
        }
        if (brief.due_at != instant{} || (brief.due_day && brief.due_working_days)) {
            return error{errc::invalid_argument, name,
                "expected one of due_at, due_day and due_working_days; leave the others out"};
        }
        if (auto const count = brief.due_working_days) {
            if (*count < 1 || *count > 1'000) {
                return error{errc::invalid_argument, name, "expected from 1 to 1,000 working days"};
            }
            auto const& [zone, working] = in.rules<calendar_rules>();
            brief.due_day = working_day_after(working, zone, in.now(), *count);
        }
        if (*brief.due_day != day_of(*brief.due_day)) {
            return error{errc::invalid_argument, name,
                "expected the midnight of a day, such as 2026-02-17T00:00:00Z, as due_day"};
        }
        // A day ends last on clocks that are 12 hours behind UTC.
        brief.due_at = *brief.due_day + days(1) + hours(12);
        return {};
    }
    static result<void> check_wanted(
        task_brief const& brief, std::string const& name, context const& in) {
        std::vector<tag_id> about;
        for (auto const& wanted : brief.wanted) {
            about.push_back(wanted.tag);
            if (wanted.weight <= score{} || wanted.weight > whole(100)) {
                return error{errc::invalid_argument, name,
                    "expected wanted tags with an importance above 0 and at most 100"};
            }
        }
        KOC_TRY(in.get<tag_library>().check_subjects(name, about));
        return check_preferences(in, brief);
    }

    table<task_record> tasks_;
    BOOST_DESCRIBE_CLASS(tasks, (), (), (), (tasks_))
};

} // namespace koc
