// SPDX-License-Identifier: BSL-1.0
#pragma once

// Dispatch: a task is offered to the members who fit it best. Who qualifies is the task's
// requirement and the programme's; who comes first is the scorer; who may be asked is for any
// aspect to say (may_offer) and for the attention budget; and a share of the offers may go by lot
// to members who are still unknown. Every offer carries the parts of its score.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/own_time.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/explanation.hpp>
#include <koc/search/exploration.hpp>
#include <koc/search/rising_curve.hpp>
#include <koc/search/top_k.hpp>
#include <koc/search/verdict.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>
#include <koc/task/messages/dispatch.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// What a match scorer sees of a task.
struct match_task {
    task_brief const& brief;
    taxonomy const& tags;
    track_record const& past;
    record_instant when; ///< the instant of the dispatch, prepared for questions about the past
    std::vector<subject_past> subjects; ///< of `brief.wanted`, in its order
    attention const& work;              ///< who holds how much unfinished work
    roster::people_type const& people;  ///< what is searched, for ceilings
    world_view const& in;               ///< records of any aspect: `in.find_record<my_record>(id)`

    // For ceilings. A name that nobody contributes gives an id that a search refuses.

    [[nodiscard]] column_id column(std::string_view name) const {
        return people.find_column(name).value_or(column_id{});
    }
    /// What numbers of a column are worth at most, see rising_curve; what is below `low` is worth
    /// what `low` is.
    template <typename Most>
    [[nodiscard]] curve_term curve(
        std::string_view name, std::int64_t low, Most const& most_at) const {
        auto const which = column(name);
        auto const& index = people.index();
        auto const high = index.has_column(which) ? index.numbers(which).highest() : low;
        return {which, rising_curve{low, high, most_at}};
    }
    /// What somebody's number of a tag in a tally, 1 or more, is worth at most.
    template <typename Most>
    [[nodiscard]] tally_term curve(std::string_view name, tag_id tag, Most const& most_at) const {
        auto const which = people.find_tally(name).value_or(tally_id{});
        auto const& index = people.index();
        auto const high = index.has_tally(which) ? index.counts(which).on(tag).highest() : 1;
        return {which, tag, rising_curve{1, high, most_at}, {}};
    }
};

/// Brings tasks to members; `Scorer` models `scorer_for<match_task, member_record>`, is made from
/// nothing and keeps nothing.
template <typename Scorer>
class dispatching : public aspect<dispatching<Scorer>> {
    using base = aspect<dispatching<Scorer>>;
    static_assert(scorer_for<Scorer, match_task, member_record>,
        "koc: a programme's match_scorer must model koc::scorer_for<koc::match_task, "
        "koc::member_record>; see "
        "docs/match.md#scorer");

public:
    using world = typename base::world;
    using context = typename base::context;
    using events = event_list<lots_drawn>;
    using commands = command_list<dispatch>;
    using queries = query_list<rank_members, consider_member>;
    using questions = question_list<may_offer>;
    using reads =
        aspect_list<tag_library, own_time, attention, roster, track_record, tasks, offers>;
    using rules = exploration_rules;

    [[nodiscard]] result<std::vector<ranked_member>> answer(
        rank_members const& query, world const& in) const {
        auto const* task = in.find(query.task);
        if (task == nullptr) {
            return unknown("task", query.task);
        }
        auto const best = rank(in, *task, query.count);
        if (!best) {
            return best.error();
        }
        std::vector<ranked_member> found;
        for (auto const& one : *best) {
            found.push_back({one.id, one.fit});
        }
        return found;
    }
    [[nodiscard]] result<consideration> answer(
        consider_member const& query, world const& in) const {
        auto const* task = in.find(query.task);
        auto const& people = in.template get<roster>().people();
        auto const where = people.slot_of(query.member);
        if (task == nullptr) {
            return unknown("task", query.task);
        }
        if (!where) {
            return unknown("member", query.member);
        }
        auto const plan = plan_for(in, *task);
        if (!plan) {
            return plan.error();
        }
        auto found = judge(people, *plan, view(in, *task), Scorer{}, *where, ask_gate{in, *task});
        if (found.admitted()) {
            say_learned(in, *task, people[*where], found.why);
        }
        return consideration{
            std::move(found.failed), std::move(found.stopped_by), found.fit, std::move(found.why)};
    }

    static constexpr auto guards(dispatch const*) {
        return require(
            by_desk<dispatch>, known<&dispatch::task>, within<&dispatch::count, 1, 100'000>);
    }
    result<void> decide(dispatch const& command, context& in) const {
        auto const name = subject("dispatch of task", command.task);
        auto const& task = in.at(command.task);
        auto const& known_offers = in.template get<offers>();
        auto const& explores = in.template rules<exploration_rules>();
        KOC_TRY(known_offers.check_free_seat(in, task));
        if (command.answer_within <= duration{}) {
            return error{errc::invalid_argument, name, "expected some time to answer"};
        }
        if (explores.share != score{} && !command.seed) {
            return error{errc::invalid_argument, name,
                "expected a seed, as this programme explores; draw a random number and pass it"};
        }
        auto const chosen = choose(in, task, command, explores);
        if (!chosen) {
            return chosen.error();
        }
        if (chosen->all.empty()) {
            return error{errc::not_qualified, subject("task", command.task),
                "expected at least one member who meets the requirement and may be asked; ask "
                "consider_member why one "
                "may not, relax the requirement, or wait"};
        }
        auto const& people = in.template get<roster>().people();
        auto const seen = view(in, task);
        auto const wave = known_offers.seats(command.task).wave + 1;
        auto const answer_by = (std::min)(in.now() + command.answer_within, task.brief.due_at);
        std::vector<send_offer> made;
        for (auto const& one : chosen->all) {
            auto const& member = people[one.found.place];
            auto why = Scorer{}.explain(seen, member);
            say_learned(in, task, member, why);
            made.push_back({command.task, one.found.id, origin::push, wave, one.found.fit,
                std::move(why), answer_by});
        }
        if (explores.share != score{}) {
            lots_drawn drawn{command.task, wave, *command.seed, explores.share, chosen->pool, {}};
            for (auto const& [found, chance, by_lot] : chosen->all) {
                drawn.asked.push_back({found.id, chance, by_lot});
            }
            in.record(std::move(drawn));
        }
        for (auto const& one : made) {
            KOC_TRY(in.call(one));
        }
        return {};
    }

    void apply(lots_drawn const&, world const&) {}

private:
    using found_members = std::vector<match<member_id>>;

    /// Who may not be asked for reasons that are not tags or columns.
    struct ask_gate {
        world const& in;
        task_record const& task;
        calendar_rules const& programme = in.template rules<calendar_rules>();
        own_time_rules const& usual = in.template rules<own_time_rules>();

        [[nodiscard]] own_clock clock_of(member_record const& m) const {
            return in.template get<own_time>().clock_of(m.id, programme, usual);
        }
        [[nodiscard]] result<void> check(member_record const& m) const {
            KOC_TRY(detail::check_assessed(in, m.id));
            if (tasks::bars(in, task, m.id)) {
                return error{
                    errc::not_qualified, subject("member", m.id), "is barred from this task"};
            }
            KOC_TRY(in.review(may_offer{task.id, m.id}));
            auto const clock = clock_of(m);
            KOC_TRY(offers::check_not_due(task, m.id, clock, in.now()));
            KOC_TRY(own_time::check_awake(m.id, clock, in.now()));
            return in.template get<attention>().check_ask(
                m.id, in.template rules<attention_rules>(), in.now());
        }
        [[nodiscard]] bool admits(auto const&, member_record const& m) const {
            auto const clock = clock_of(m);
            return !tasks::bars(in, task, m.id) && !detail::is_alumnus(in, m.id) &&
                clock.is_awake(in.now()) && !offers::is_due(task, clock, in.now()) &&
                in.template get<attention>().may_ask(
                    m.id, in.template rules<attention_rules>(), in.now()) &&
                in.review(may_offer{task.id, m.id}).has_value();
        }
        [[nodiscard]] std::string refusal(auto const&, member_record const& m) const {
            return check(m).error().expected;
        }
    };

    /// Adds, of the tags that the task asks for, those that a member has by their content alone,
    /// and from how many pieces. Such a part says on what the others rest, so its amount is 0.
    static void say_learned(
        world const& in, task_record const& task, member_record const& m, explanation& why) {
        auto const* known = in.template find_record<learned_tags_record>(m.id.value());
        if (known == nullptr) {
            return;
        }
        auto const& tags = in.template get<tag_library>().tags();
        std::vector<tag_id> asked;
        for (auto const& wanted : task.brief.wanted) {
            asked.push_back(wanted.tag);
        }
        tags_needed(task.brief.needs, tags, asked);
        tags_needed(in.template rules<task_rules>().eligible, tags, asked);
        tags_needed(in.template rules<task_rules>().askable, tags, asked);
        for (auto const& one : known->learned) {
            if (std::find(asked.begin(), asked.end(), one.tag) != asked.end() &&
                !has_given(m, *known, one.tag, tags)) {
                auto const pieces = std::to_string(one.pieces);
                why.parts.push_back(
                    {"learned from " + pieces + (one.pieces == 1 ? " piece" : " pieces"), one.tag,
                        {}});
            }
        }
    }
    /// The tags that a requirement names, but for those that nobody may have.
    static void tags_needed(
        requirement const& needs, taxonomy const& tags, std::vector<tag_id>& asked) {
        if (needs.kind == requirement_kind::tag) {
            if (auto const tag = tags.find(needs.tag)) {
                asked.push_back(*tag);
            }
        } else if (needs.kind != requirement_kind::none) {
            for (auto const& part : needs.parts) {
                tags_needed(part, tags, asked);
            }
        }
    }
    /// Whether a tag, or one under it, was given to the member.
    static bool has_given(member_record const& m, learned_tags_record const& known, tag_id tag,
        taxonomy const& tags) {
        return std::any_of(m.tags.begin(), m.tags.end(), [&](weighted_tag const& held) {
            return tags.covers(tag, held.tag) && known.only_learned(held.tag) == nullptr;
        });
    }
    [[nodiscard]] static match_task view(world const& in, task_record const& task) {
        auto const& past = in.template get<track_record>();
        std::vector<subject_past> subjects;
        for (auto const& wanted : task.brief.wanted) {
            subjects.push_back(past.on(wanted.tag));
        }
        return {task.brief, in.template get<tag_library>().tags(), past,
            record_instant{in.now(), in.template rules<track_record_rules>()}, std::move(subjects),
            in.template get<attention>(), in.template get<roster>().people(), in};
    }
    [[nodiscard]] static result<requirement_plan> plan_for(
        world const& in, task_record const& task) {
        // The policy may have changed since the task was opened.
        if (auto allowed = tasks::check_preferences(in, task.brief); !allowed) {
            return std::move(allowed).error();
        }
        auto const& always = in.template rules<task_rules>();
        return tasks::compile(in, always.eligible && always.askable && task.brief.needs);
    }
    [[nodiscard]] static result<found_members> rank(
        world const& in, task_record const& task, std::int64_t count) {
        auto const& people = in.template get<roster>().people();
        if (count < 1 || count > 100'000) {
            return error{errc::invalid_argument, "count", "expected from 1 to 100,000"};
        }
        if (people.slot_count() == 0) {
            return found_members{};
        }
        auto const plan = plan_for(in, task);
        if (!plan) {
            return plan.error();
        }
        return top_k(people, *plan, view(in, task), Scorer{},
            (std::min)(static_cast<std::size_t>(count), people.slot_count()), ask_gate{in, task});
    }
    /// Who is asked: the best, or the best and some by lot.
    [[nodiscard]] static result<choices<member_id>> choose(context& in, task_record const& task,
        dispatch const& command, exploration_rules const& explores) {
        choices<member_id> chosen;
        auto const& people = in.template get<roster>().people();
        if (explores.share == score{} || people.slot_count() == 0) {
            auto const best = rank(in, task, command.count);
            if (!best) {
                return best.error();
            }
            for (auto const& found : *best) {
                chosen.all.push_back({found, whole(1)});
            }
            return chosen;
        }
        auto const plan = plan_for(in, task);
        if (!plan) {
            return plan.error();
        }
        auto const& past = in.template get<track_record>();
        auto const is_new = [&](member_record const& m) {
            return past.of(m.id).outcomes() < explores.outcomes_below;
        };
        return top_k_exploring(people, *plan, view(in, task), Scorer{},
            (std::min)(static_cast<std::size_t>(command.count), people.slot_count()), is_new,
            exploration{explores.share, *command.seed, task.id.value()}, ask_gate{in, task});
    }

    BOOST_DESCRIBE_CLASS(dispatching, (), (), (), ())
};

} // namespace koc
