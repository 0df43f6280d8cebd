// SPDX-License-Identifier: BSL-1.0
#pragma once

// Top-k queries that stay current: each keeps its k best while people come, change and leave,
// exactly as `top_k` would find them now. A change costs the queries it may affect, found by the
// tags that they require, and not the population.
//
// A query keeps up to 2k candidates and a floor that everybody else is below, so that it can lose k
// of them before it has to search again (Yi, Yu, Yang, Xia and Chen, "Efficient maintenance of
// materialized top-k views", ICDE 2003).

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/search/additive.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/detail/entry_table.hpp>
#include <koc/search/match.hpp>
#include <koc/search/top_k.hpp>
#include <koc/tag/requirement_plan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace koc {

/// A question that was opened; ids are dense, start at 1 and are not given again.
using query_id = id<struct standing_query_kind, std::uint32_t>;

/// Standing queries of one kind of task over one population, which outlives them.
template <indexed_population P, typename Task, typename Scorer, typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>>
class standing_queries {
public:
    using match_type = match<id_of<P>>;

    explicit standing_queries(P const& people, Scorer scorer = {}, Gate gate = {})
        : people_{&people}, scorer_{std::move(scorer)}, gate_{std::move(gate)} {}

    /// Opens a question for the `k` best. Costs one search. Refused as `top_k` refuses.
    result<query_id> open(Task task, requirement_plan plan, std::size_t k) {
        query made{{}, {}, k, std::move(plan), std::move(task), true};
        if (auto refused = search(made)) {
            return *std::move(refused);
        }
        if constexpr (additive) {
            entries_.add(scorer_.terms(made.task));
        }
        auto const at = static_cast<std::uint32_t>(queries_.size());
        auto anchors = made.plan.anchors(people_->index());
        if (anchors.empty()) {
            for_anybody_.push_back(at);
        }
        for (auto tag : anchors) {
            if (tag.value() >= anchored_.size()) {
                anchored_.resize(tag.value() + 1U);
            }
            anchored_[tag.value()].push_back(at);
        }
        for (auto const& m : made.kept) {
            holders_[m.place].push_back(at);
        }
        queries_.push_back(std::move(made));
        floor_changed(at);
        return query_id{at + 1};
    }

    /// Closes a question; its answer is empty from then on. Refused: it is not open
    /// (`unknown_id`).
    result<void> close(query_id which) {
        if (!which.valid() || which.value() > queries_.size() || !at(which).open) {
            return unknown("standing query", which);
        }
        auto const index = which.value() - 1U;
        for (auto const& m : queries_[index].kept) {
            forget(m.place, index);
        }
        for (auto& list : anchored_) {
            std::erase(list, index);
        }
        std::erase(for_anybody_, index);
        std::erase(behind_, index);
        queries_[index].open = false;
        queries_[index].kept.clear();
        return {};
    }

    /// The `k` best now, best first; fewer when fewer qualify.
    [[nodiscard]] std::span<match_type const> best(query_id which) const {
        auto const& q = at(which);
        return std::span{q.kept}.first((std::min)(q.k, q.kept.size()));
    }

    /// To be called after each change of the member in slot `s`: they came, their tags or numbers
    /// are others, they left. `tags` is their closed set of tags now. Returns the questions whose
    /// answer may be another one now, ascending.
    ///
    /// O(questions that insist on one of the tags) and rarely a search. Refused as `top_k` refuses
    /// when one was needed: that question keeps the rest of its answer and is searched again by
    /// each later call until that succeeds; all others are current, and any may have changed.
    result<std::vector<query_id>> refresh(slot s, std::span<tag_id const> tags) {
        for (auto tag : tags) {
            marks_.insert(tag.value());
        }
        auto const& index = people_->index();
        bool const live = index.live().contains(s);
        numbers_.clear();
        for (std::uint16_t column = 1; live && column <= index.columns(); ++column) {
            numbers_.push_back(index.value(column_id{column}, s));
        }
        detail::member_view const member{marks_, numbers_, s, live};
        std::vector<query_id> touched;
        std::vector<std::uint32_t> holders;
        if (auto const found = holders_.find(s); found != holders_.end()) {
            holders = found->second;
        }
        auto const look = [&](std::uint32_t which, bool held) {
            if (reconsider(which, member, held)) {
                touched.push_back(query_id{which + 1});
            }
        };
        auto const look_at_all = [&](std::vector<std::uint32_t> const& some) {
            for (auto which : some) {
                if (std::find(holders.begin(), holders.end(), which) == holders.end()) {
                    look(which, false);
                }
            }
        };
        for (auto which : holders) {
            look(which, true);
        }
        if (live) {
            look_at_all(for_anybody_);
            for (auto tag : tags) {
                if (tag.value() < anchored_.size()) {
                    look_at_all(anchored_[tag.value()]);
                }
            }
        }
        for (auto tag : tags) {
            marks_.erase(tag.value());
        }
        std::optional<error> refused;
        for (auto which : std::exchange(behind_, {})) {
            touched.push_back(query_id{which + 1});
            if (auto failed = search_again(which)) {
                behind_.push_back(which);
                refused = refused ? std::move(refused) : std::move(failed);
            }
        }
        if (refused) {
            return *std::move(refused);
        }
        std::sort(touched.begin(), touched.end());
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
        return touched;
    }

private:
    static constexpr bool additive = additive_scorer_for<Scorer, Task, P>;

    struct query {
        std::optional<match_type> floor; ///< whoever is not kept is below it; none: all are kept
        std::vector<match_type> kept;    ///< best first, at most 2k
        std::size_t k;
        requirement_plan plan;
        Task task;
        bool open;
    };

    [[nodiscard]] query const& at(query_id which) const {
        KOC_EXPECTS(which.valid() && which.value() <= queries_.size());
        return queries_[which.value() - 1U];
    }

    std::optional<error> search(query& q) {
        // A k that top_k refuses is passed on as it is.
        auto const wanted = (std::max)(q.k, (std::min)(2 * q.k, people_->slot_count()));
        auto found = top_k(*people_, q.plan, q.task, scorer_, wanted, gate_);
        if (!found) {
            return std::move(found).error();
        }
        q.kept = *std::move(found);
        q.floor.reset();
        if (q.kept.size() == wanted) {
            q.floor = q.kept.back();
        }
        return std::nullopt;
    }

    void floor_changed(std::uint32_t index) {
        if constexpr (additive) {
            auto const& floor = queries_[index].floor;
            entries_.set_least(index, floor ? floor->fit : score_min);
        }
    }

    /// How the member fits the question now, if they qualify and are not below the floor.
    std::optional<match_type> fit_of(std::uint32_t index, detail::member_view const& member) const {
        auto const& q = queries_[index];
        auto const s = member.s;
        if (!member.live || !q.plan.admits(member, s) || !gate_.admits(q.task, (*people_)[s])) {
            return std::nullopt;
        }
        match_type found{s, people_->id_at(s), {}};
        if constexpr (additive) {
            found.fit = entries_.of(index, member);
        } else {
            found.fit = scorer_.rate(q.task, (*people_)[s]);
        }
        // As good as the floor with a larger id is below it.
        return q.floor && *q.floor < found ? std::nullopt : std::optional{found};
    }

    /// Takes the member out, who may be kept only if `held`, and puts them where they belong now.
    /// Returns whether the answer may be another one.
    bool reconsider(std::uint32_t index, detail::member_view const& member, bool held) {
        if constexpr (additive) {
            if (!held && !entries_.reaches(index, member)) {
                return false;
            }
        }
        auto& q = queries_[index];
        auto found = fit_of(index, member);
        if (!found && !held) {
            return false;
        }
        // A question that is anchored to two of the member's tags comes here twice.
        auto const was = std::find_if(
            q.kept.begin(), q.kept.end(), [&](match_type const& m) { return m.place == member.s; });
        held = was != q.kept.end();
        auto first_moved = q.kept.size();
        if (held) {
            if (found && *was == *found) {
                return false;
            }
            first_moved = static_cast<std::size_t>(was - q.kept.begin());
            q.kept.erase(was);
        }
        if (found) {
            auto const place = std::lower_bound(q.kept.begin(), q.kept.end(), *found);
            first_moved = (std::min)(first_moved, static_cast<std::size_t>(place - q.kept.begin()));
            q.kept.insert(place, *found);
            if (!held) {
                holders_[member.s].push_back(index);
            }
        } else if (held) {
            forget(member.s, index);
        }
        if (q.kept.size() > 2 * q.k) {
            q.floor = q.kept[2 * q.k - 1];
            forget(q.kept.back().place, index);
            q.kept.pop_back();
        } else if (q.kept.size() < q.k && q.floor &&
            std::find(behind_.begin(), behind_.end(), index) == behind_.end()) {
            behind_.push_back(index);
        }
        floor_changed(index);
        return first_moved < q.k;
    }

    /// Finds anew what a question keeps. Refused: it keeps what it has.
    std::optional<error> search_again(std::uint32_t index) {
        auto& q = queries_[index];
        for (auto const& m : q.kept) {
            forget(m.place, index);
        }
        auto failed = search(q);
        for (auto const& m : q.kept) {
            holders_[m.place].push_back(index);
        }
        floor_changed(index);
        return failed;
    }

    void forget(slot s, std::uint32_t index) {
        auto const it = holders_.find(s);
        KOC_INVARIANT(it != holders_.end());
        std::erase(it->second, index);
        if (it->second.empty()) {
            holders_.erase(it);
        }
    }

    P const* people_;
    Scorer scorer_;
    Gate gate_;
    std::vector<query> queries_;                       ///< by id - 1
    detail::entry_table entries_;                      ///< likewise, of an additive scorer
    std::vector<std::vector<std::uint32_t>> anchored_; ///< by tag: whoever qualifies has one
    std::vector<std::uint32_t> for_anybody_;           ///< the questions that insist on no tag
    std::unordered_map<slot, std::vector<std::uint32_t>> holders_; ///< never walked
    std::vector<std::uint32_t> behind_; ///< the questions that have to search
    // The member that is looked at.
    bitmap marks_;
    std::vector<std::int64_t> numbers_;
};

} // namespace koc
