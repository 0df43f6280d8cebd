// SPDX-License-Identifier: BSL-1.0
#pragma once

// The standard match scorer: how close a person's tags are to what is wanted, what their track
// record says about its subjects, how active they are just now, and how much unfinished work they
// hold. Each is a scorer of its own; the standard one is their sum.

#include <koc/number/fixed_math.hpp>
#include <koc/number/score.hpp>
#include <koc/search/combinators.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace koc::standard {

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

private:
    static void each_part(auto const& task, auto const& candidate, auto&& visit) {
        score importance;
        for (auto const& wanted : task.brief.wanted) {
            importance += wanted.weight;
        }
        for (auto const& wanted : task.brief.wanted) {
            auto const amount = wanted.weight * closest(task.tags, wanted.tag, candidate.tags);
            visit(score{amount.raw * score::unit / importance.raw}, wanted.tag);
        }
    }
    static score closest(taxonomy const& tags, tag_id wanted, tag_set const& held) {
        score best;
        for (auto const& [tag, weight] : held) {
            if (tags.facet_of(tag) == tags.facet_of(wanted)) {
                best = std::max(best, closeness(tags, wanted, tag) * weight);
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
