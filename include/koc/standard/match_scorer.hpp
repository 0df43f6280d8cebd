// SPDX-License-Identifier: BSL-1.0
#pragma once

// The standard match scorer: how close a person's tags are to what is wanted, what their track
// record says about its subjects, how active they are just now, and how much unfinished work they
// hold. Each is a scorer of its own; the standard one is their sum. Each has a ceiling, so that a
// search over the roster leaves nearly everybody unread.

#include <koc/member/member.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/combinators.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace koc::standard {

/// A task that knows the columns and tallies of what is searched, as `match_task` does. Over any
/// other task scores are the same, but without ceilings everybody's is asked for.
template <typename Task>
concept searching_task = requires(Task const& task, score (*most_at)(std::int64_t)) {
    { task.column(std::string_view{}) } -> std::same_as<column_id>;
    { task.curve(std::string_view{}, std::int64_t{}, most_at) } -> std::same_as<curve_term>;
    { task.curve(std::string_view{}, tag_id{}, most_at) } -> std::same_as<tally_term>;
};

/// How close a person's tags are to the wanted ones: the mean over the wanted tags, by importance,
/// of the closest tag's weight times its closeness. From 0 to 1.
///
/// Closeness is 1 for the tag itself and what stands under it; elsewhere in the same facet it is
/// the share of the wanted tag's ancestry that both have in common: Qiqihar is two thirds of the
/// way to Harbin when both stand under Heilongjiang and the Northeast.
struct affinity {
    [[nodiscard]] static score rate(auto const& task, auto const& candidate) {
        score sum;
        each_part(task, candidate, [&](score amount, tag_id) { sum += amount; });
        return sum;
    }
    [[nodiscard]] static explanation explain(auto const& task, auto const& candidate) {
        explanation why;
        each_part(task, candidate,
            [&](score amount, tag_id about) { why.add("affinity", amount, about); });
        return why;
    }
    /// As if everybody had all their tags at full weight: a share for each tag of a wanted tag's
    /// ancestry, the rest of the whole for the wanted tag itself.
    [[nodiscard]] static score_ceiling ceiling(auto const& task) {
        score_ceiling high;
        auto const all = importance(task);
        for (auto const& wanted : task.brief.wanted) {
            auto const above = task.tags.ancestors_and_self(wanted.tag);
            auto const count = static_cast<std::int64_t>(above.size());
            auto rest = score{wanted.weight.raw * score::unit / all.raw};
            auto const share = score{(rest.raw + count - 1) / count};
            for (auto const tag : above) {
                if (tag != wanted.tag) {
                    high.tags.push_back({tag, share});
                    rest -= share;
                }
            }
            high.tags.push_back({wanted.tag, (std::max)(rest, score{})});
        }
        return high;
    }

private:
    static score importance(auto const& task) {
        score sum;
        for (auto const& wanted : task.brief.wanted) {
            sum += wanted.weight;
        }
        return sum;
    }
    static void each_part(auto const& task, auto const& candidate, auto&& visit) {
        auto const all = importance(task);
        for (auto const& wanted : task.brief.wanted) {
            auto const amount = wanted.weight * closest(task.tags, wanted.tag, candidate.tags);
            visit(score{amount.raw * score::unit / all.raw}, wanted.tag);
        }
    }
    static score closest(taxonomy const& tags, tag_id wanted, tag_set const& held) {
        score best;
        for (auto const& [tag, weight] : held) {
            if (tags.facet_of(tag) == tags.facet_of(wanted)) {
                best = (std::max)(best, closeness(tags, wanted, tag) * weight);
            }
        }
        return best;
    }
    static score closeness(taxonomy const& tags, tag_id wanted, tag_id held) {
        if (tags.covers(wanted, held)) {
            return whole(1);
        }
        auto const above = tags.ancestors_and_self(wanted);
        auto const common = std::count_if(above.begin(), above.end(),
            [&](tag_id ancestor) { return tags.covers(ancestor, held); });
        return ratio(common, static_cast<std::int64_t>(above.size()));
    }
};

/// How active a person is just now and these weeks: log2(1 + decayed outcomes), once for each
/// half-life of the track record. Recency is worth more than volume.
struct momentum {
    [[nodiscard]] static score rate(auto const& task, auto const& candidate) {
        auto const past = task.past.of(candidate.id);
        return log2_1p(past.active_now(task.when)) + log2_1p(past.active_lately(task.when));
    }
    [[nodiscard]] static explanation explain(auto const& task, auto const& candidate) {
        auto const past = task.past.of(candidate.id);
        return explanation{}
            .add("active now", log2_1p(past.active_now(task.when)))
            .add("active lately", log2_1p(past.active_lately(task.when)));
    }
    /// A curve of each count's level.
    [[nodiscard]] static score_ceiling ceiling(searching_task auto const& task) {
        score_ceiling high;
        high.curves.push_back(active(task, "now_level", task.when.now));
        high.curves.push_back(active(task, "lately_level", task.when.lately));
        return high;
    }

private:
    static curve_term active(auto const& task, std::string_view column, half_life::age const& now) {
        return task.curve(column, decayed_sum::level_of_nothing(now),
            [&](std::int64_t level) { return log2_1p(decayed_sum::most_at(level, now)); });
    }
};

/// How much more a person works on the wanted subjects than their volume alone would explain (see
/// `past_work::lift`): the mean over the subjects, and half as much again for the best of them.
struct specialism {
    [[nodiscard]] static score rate(auto const& task, auto const& candidate) {
        if (task.subjects.empty()) {
            return {};
        }
        auto const past = task.past.of(candidate.id);
        auto best = past.lift(task.subjects.front());
        auto sum = best;
        for (std::size_t i = 1; i < task.subjects.size();
             ++i) { // each lift is a search, so none is asked for twice
            auto const lift = past.lift(task.subjects[i]);
            sum += lift;
            best = (std::max)(best, lift);
        }
        return {sum.raw / static_cast<std::int64_t>(task.subjects.size()) + best.raw / 2};
    }
    [[nodiscard]] static explanation explain(auto const& task, auto const& candidate) {
        explanation why;
        if (task.subjects.empty()) {
            return why;
        }
        auto const past = task.past.of(candidate.id);
        auto const* best = &task.subjects.front();
        for (auto const& subject : task.subjects) {
            auto const lift = past.lift(subject);
            why.add("specialism", {lift.raw / static_cast<std::int64_t>(task.subjects.size())},
                subject.tag);
            best = lift > past.lift(*best) ? &subject : best;
        }
        return std::move(why.add("best subject", rate(task, candidate) - why.total(), best->tag));
    }
    /// Who never worked on a subject has no lift there. Who did has at most that of somebody who
    /// did nothing else.
    [[nodiscard]] static score_ceiling ceiling(searching_task auto const& task) {
        score_ceiling high;
        auto const past = task.past.of(member_id{});
        auto const subjects = static_cast<std::int64_t>(task.subjects.size());
        for (auto const& subject : task.subjects) {
            if (subject.all == nullptr) {
                continue;
            }
            score best; // the logarithms' errors could make a lift fall
            high.tallies.push_back(task.curve("work", subject.tag, [&](std::int64_t outcomes) {
                auto const n = (std::min)(outcomes, countable);
                best = (std::max)(best, past.lift(subject, n, n) + rounding);
                return score{best.raw / subjects + best.raw / 2 + 1};
            }));
            high.tallies.back().within = task.column("lately_level"); // as all have with a past
        }
        return high;
    }

private:
    static constexpr std::int64_t countable = 1'000'000'000'000;
    static constexpr score rounding{8}; ///< what two logarithms may be off by, and more
};

/// How good a person's work on the wanted subjects has been: the mean of the shrunk qualities, from
/// 0 to 1.
struct proven_quality {
    [[nodiscard]] static score rate(auto const& task, auto const& candidate) {
        auto const past = task.past.of(candidate.id);
        score sum;
        for (auto const& subject : task.subjects) {
            sum += share(task, past, subject);
        }
        return sum;
    }
    [[nodiscard]] static explanation explain(auto const& task, auto const& candidate) {
        auto const past = task.past.of(candidate.id);
        explanation why;
        for (auto const& subject : task.subjects) {
            why.add("quality", share(task, past, subject), subject.tag);
        }
        return why;
    }
    /// What is usual, and up to 1 for whoever has a past.
    [[nodiscard]] static score_ceiling ceiling(searching_task auto const& task) {
        score_ceiling high;
        auto const unknown = task.past.of(member_id{});
        score most;
        for (auto const& subject : task.subjects) {
            high.base += share(task, unknown, subject);
            most += score{score::unit / static_cast<std::int64_t>(task.subjects.size())};
        }
        high.curves.push_back(
            task.curve("lately_level", decayed_sum::level_of_nothing(task.when.lately),
                [&](std::int64_t) { return most - high.base; }));
        return high;
    }

private:
    static score share(auto const& task, auto const& past, auto const& subject) {
        return {
            past.quality(subject, task.when).raw / static_cast<std::int64_t>(task.subjects.size())};
    }
};

/// Minus one for each piece of work that a person has not handed in yet.
struct load {
    [[nodiscard]] static score rate(auto const& task, auto const& candidate) {
        return -whole(task.work.commitments(candidate.id));
    }
    [[nodiscard]] static explanation explain(auto const& task, auto const& candidate) {
        return explanation{}.add("load", rate(task, candidate));
    }
    [[nodiscard]] static score bound(auto const&, auto const&, std::size_t) { return {}; }
    [[nodiscard]] static score_ceiling ceiling(searching_task auto const& task) {
        score_ceiling high;
        high.columns.push_back({task.column("load"), -whole(1)});
        return high;
    }
};

/// The standard preference: closeness x 2 + momentum + specialism x 1.5 + quality + load / 2.
///
/// The weights of momentum and specialism and the half-lives (1 and 14 days) were chosen on the
/// training part of a question-and-answer community (see docs/match.md#standard); quality,
/// closeness and load matter where tags and reviews exist.
struct match_scorer
    : total<weighted<affinity>, momentum, weighted<specialism>, proven_quality, weighted<load>> {
    match_scorer()
        : total{weighted{affinity{}, whole(2)}, momentum{}, weighted{specialism{}, percent(150)},
              proven_quality{}, weighted{load{}, percent(50)}} {}
};

} // namespace koc::standard
