// SPDX-License-Identifier: BSL-1.0
#pragma once

// The push: the right task to the right people. Who qualifies is the task's requirement and the
// programme's; who is asked first is the programme's scorer; who is left in peace is the attention
// budget; and a share may go by lot to people who are still unknown. Every offer carries the parts
// of its score, and "why not her?" has an answer for everybody.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/exploration.hpp>
#include <koc/search/top_k.hpp>
#include <koc/search/verdict.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// How much of a push goes to people with little history, by lot.
struct exploration_rules {
    score share;                     ///< of the places, from 0 (nobody) to 1
    std::int64_t outcomes_below = 3; ///< how many outcomes make somebody known
};

/// Offers a task to the `count` best people who may be asked now. A programme that explores needs
/// a seed: any number that nobody can foresee, drawn by the host.
struct dispatch {
    task_id task;
    std::int64_t count = 1;           ///< from 1 to 100,000
    duration answer_within = days(3); ///< above 0
    std::optional<std::uint64_t> seed = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(dispatch, (), (task, count, answer_within, seed))

/// One person who was asked in a push that explores.
struct asked_by_chance {
    member_id member;
    score chance;        ///< that this push would ask them, before the lots were drawn
    bool by_lot = false; ///< not for their score
};
BOOST_DESCRIBE_STRUCT(asked_by_chance, (), (member, chance, by_lot))

/// A push explored. What comes of its offers, each divided by its chance, is an unbiased estimate
/// of what would have come from everybody who had one.
struct lots_drawn {
    task_id task;
    std::int64_t wave = 1;
    std::uint64_t seed = 0;
    score share;
    std::int64_t pool = 0;              ///< how many people took part in the draw
    std::vector<asked_by_chance> asked; ///< in the order of the offers that follow
};
BOOST_DESCRIBE_STRUCT(lots_drawn, (), (task, wave, seed, share, pool, asked))

/// What a match scorer sees of a task.
template <typename Programme>
struct match_task {
    task_brief const& brief;
    taxonomy const& tags;
    track_record<Programme> const& past;
    typename track_record<Programme>::moment_in_time when;
};

/// Brings tasks to people. `Programme::match_scorer` prefers, `Programme::eligible` and
/// `Programme::askable` are what every push requires beside the task's own requirement, and
/// `Programme::exploration` is an `exploration_rules`.
template <typename Programme>
class dispatching {
public:
    using events = event_list<lots_drawn>;
    using commands = command_list<dispatch>;
    using scorer = typename Programme::match_scorer;
    using candidates = std::vector<match<member_id>>;

    static_assert(scorer_for<scorer, match_task<Programme>, member_record>,
        "koc: Programme::match_scorer must model koc::scorer_for<match_task, member_record>; "
        "see docs/match.md#scorer");

    explicit dispatching(Programme const& programme)
        : asked_{programme.eligible && programme.askable}, explores_{programme.exploration} {
        KOC_EXPECTS(score{} <= explores_.share && explores_.share <= whole(1));
    }

    /// The `count` best for a task at `now`, best first, as a dispatch would ask them but for
    /// lots. Refused: an unknown task. O(roster / 64) and the survivors of the filter.
    [[nodiscard]] result<candidates> rank(
        auto const& world, task_id which, std::size_t count, instant now) const {
        auto const* task = world.template get<tasks>().find(which);
        if (task == nullptr) {
            return unknown("task", which);
        }
        auto const& people = world.template get<roster>().people();
        if (people.slot_count() == 0 || count == 0) {
            return candidates{};
        }
        auto const plan = plan_for(world, *task);
        if (!plan) {
            return plan.error();
        }
        return top_k(people, *plan, view(world, *task, now), scorer_,
            std::min(count, people.slot_count()), gate(world, *task, now));
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
        if (explores_.share != score{} && !command.seed) {
            return error{errc::invalid_argument, "dispatch of " + subject("task", command.task),
                "expected a seed, as this programme explores; draw a random number and pass it"};
        }
        auto const chosen = choose(world, *task, command, out.now());
        if (!chosen) {
            return chosen.error();
        }
        if (chosen->all.empty()) {
            return error{errc::not_qualified, subject("task", command.task),
                "expected at least one member who meets the requirement and may be asked; "
                "relax the requirement or wait"};
        }
        auto const& people = world.template get<roster>().people();
        auto const seen = view(world, *task, out.now());
        auto const wave = known.last_wave(command.task) + 1;
        auto const answer_by = std::min(out.now() + command.answer_within, task->brief.due_at);
        if (explores_.share != score{}) {
            lots_drawn drawn{command.task, wave, *command.seed, explores_.share, chosen->pool, {}};
            for (auto const& one : chosen->all) {
                drawn.asked.push_back({one.found.id, one.chance, one.by_lot});
            }
            out.emit(std::move(drawn));
        }
        std::size_t ahead = 0;
        for (auto const& [found, chance, by_lot] : chosen->all) {
            out.emit(offer_sent{known.next_id(ahead++), command.task, found.id, origin::push, wave,
                found.fit, scorer_.explain(seen, people[found.place]), answer_by});
            out.emit(attention_asked{found.id});
        }
        return {};
    }

    void apply(lots_drawn const&, instant) {}

    void digest_into(hasher&) const {}

private:
    /// Who is asked: the best, or the best and some by lot.
    [[nodiscard]] result<choices<member_id>> choose(
        auto const& world, task_record const& task, dispatch const& command, instant now) const {
        auto const count = static_cast<std::size_t>(command.count);
        choices<member_id> chosen;
        if (explores_.share == score{}) {
            auto const best = rank(world, task.id, count, now);
            if (!best) {
                return best.error();
            }
            for (auto const& found : *best) {
                chosen.all.push_back({found, whole(1)});
            }
            return chosen;
        }
        auto const& people = world.template get<roster>().people();
        if (people.slot_count() == 0) {
            return chosen;
        }
        auto const plan = plan_for(world, task);
        if (!plan) {
            return plan.error();
        }
        auto const is_new = [&](member_record const& m) {
            return m.outcomes < explores_.outcomes_below;
        };
        return top_k_exploring(people, *plan, view(world, task, now), scorer_,
            std::min(count, people.slot_count()), is_new,
            exploration{explores_.share, *command.seed, task.id.value()}, gate(world, task, now));
    }

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
    exploration_rules explores_;
};

} // namespace koc
