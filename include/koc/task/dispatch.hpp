// SPDX-License-Identifier: BSL-1.0
#pragma once

// The push: the right task to the right people. Who qualifies is the task's requirement and the
// programme's; who is asked first is the programme's scorer; who is left in peace is the attention
// budget. Every offer carries the parts of its score, and "why not her?" has an answer for
// everybody.

#include <koc/core/digest.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/match/concepts.hpp>
#include <koc/match/top_k.hpp>
#include <koc/match/verdict.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Offers a task to the `count` best people who may be asked now.
struct dispatch {
    task_id task;
    std::int64_t count = 1;           ///< from 1 to 100,000
    duration answer_within = days(3); ///< above 0
};
BOOST_DESCRIBE_STRUCT(dispatch, (), (task, count, answer_within))

/// What a match scorer sees of a task.
template <typename Programme>
struct match_task {
    task_brief const& brief;
    taxonomy const& tags;
    track_record<Programme> const& past;
    typename track_record<Programme>::moment_in_time when;
};

/// Brings tasks to people. `Programme::match_scorer` prefers, `Programme::eligible` and
/// `Programme::askable` are what every push requires beside the task's own requirement.
template <typename Programme>
class dispatching {
public:
    using events = event_list<>;
    using commands = command_list<dispatch>;
    using scorer = typename Programme::match_scorer;
    using candidates = std::vector<match<member_id>>;

    static_assert(scorer_for<scorer, match_task<Programme>, member_record>,
        "koc: Programme::match_scorer must model koc::scorer_for<match_task, member_record>; "
        "see docs/match.md#scorer");

    explicit dispatching(Programme const& programme)
        : asked_{programme.eligible && programme.askable} {}

    /// The `count` best for a task at `now`, best first, as a dispatch would ask them. Refused: an
    /// unknown task. O(roster / 64) and the survivors of the filter.
    [[nodiscard]] result<candidates> rank(
        auto const& world, task_id which, std::size_t count, instant now) const {
        auto const* task = world.template get<tasks>().find(which);
        if (task == nullptr) {
            return unknown("task", which);
        }
        auto const& people = world.template get<roster>().people();
        if (people.slots() == 0 || count == 0) {
            return candidates{};
        }
        auto const plan = plan_for(world, *task);
        if (!plan) {
            return plan.error();
        }
        return top_k(people, *plan, view(world, *task, now), scorer_,
            std::min(count, people.slots()), gate(world, *task, now));
    }

    /// What stands between one person and a task, or their score. Refused: an unknown task or
    /// member.
    [[nodiscard]] result<verdict> consider(
        auto const& world, task_id which, member_id who, instant now) const {
        auto const* task = world.template get<tasks>().find(which);
        if (task == nullptr) {
            return unknown("task", which);
        }
        auto const& people = world.template get<roster>().people();
        auto const place = people.slot_of(who);
        if (!place) {
            return unknown("member", who);
        }
        auto const plan = plan_for(world, *task);
        if (!plan) {
            return plan.error();
        }
        return judge(
            people, *plan, view(world, *task, now), scorer_, *place, gate(world, *task, now));
    }

    result<void> decide(auto const& world, dispatch const& command, auto& out) const {
        auto const* task = world.template get<tasks>().find(command.task);
        if (task == nullptr) {
            return unknown("task", command.task);
        }
        auto const& known = world.template get<offers>();
        if (auto refused = known.check_free_seat(*task, out.now())) {
            return *std::move(refused);
        }
        if (command.count < 1 || command.count > 100'000) {
            return error{errc::invalid_argument, "dispatch of " + subject("task", command.task),
                "expected a count from 1 to 100,000"};
        }
        if (command.answer_within <= duration{}) {
            return error{errc::invalid_argument, "dispatch of " + subject("task", command.task),
                "expected some time to answer"};
        }
        auto const chosen =
            rank(world, command.task, static_cast<std::size_t>(command.count), out.now());
        if (!chosen) {
            return chosen.error();
        }
        if (chosen->empty()) {
            return error{errc::not_qualified, subject("task", command.task),
                "expected at least one member who meets the requirement and may be asked; "
                "relax the requirement or wait"};
        }
        auto const& people = world.template get<roster>().people();
        auto const seen = view(world, *task, out.now());
        auto const wave = known.last_wave(command.task) + 1;
        auto const answer_by = std::min(out.now() + command.answer_within, task->brief.due_at);
        std::size_t ahead = 0;
        for (auto const& found : *chosen) {
            out.emit(offer_sent{known.next_id(ahead++), command.task, found.id, origin::push, wave,
                found.fit, scorer_.explain(seen, people[found.place]), answer_by});
            out.emit(attention_asked{found.id});
        }
        return {};
    }

    void digest_into(hasher&) const {}

private:
    /// Who may not be asked for reasons that are not tags: barred, asked before, or no attention
    /// left.
    struct ask_gate {
        task_record const& task;
        offers<Programme> const& known;
        attention<Programme> const& limits;
        instant now;

        [[nodiscard]] bool admits(auto const&, member_record const& m) const {
            return !task.bars(m.id) && known.find(task.id, m.id) == nullptr &&
                limits.can_ask(m.id, now);
        }
        [[nodiscard]] std::string refusal(auto const&, member_record const& m) const {
            if (task.bars(m.id)) {
                return "is barred from this task";
            }
            if (auto const* asked = known.find(task.id, m.id)) {
                return "has had this task offered: " + std::string{name_of(asked->standing)};
            }
            return limits.refusal(m.id, now);
        }
    };

    static ask_gate gate(auto const& world, task_record const& task, instant now) {
        return {task, world.template get<offers>(), world.template get<attention>(), now};
    }
    static match_task<Programme> view(auto const& world, task_record const& task, instant now) {
        auto const& past = world.template get<track_record>();
        return {task.brief, world.template get<tag_library>().tags(), past, past.at(now)};
    }
    [[nodiscard]] result<requirement_plan> plan_for(
        auto const& world, task_record const& task) const {
        return world.template get<tasks>().compile(world, asked_ && task.brief.needs);
    }

    [[no_unique_address]] scorer scorer_;
    requirement asked_; ///< of everybody, by the programme
};

} // namespace koc
