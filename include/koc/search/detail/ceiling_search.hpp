// SPDX-License-Identifier: BSL-1.0
#pragma once

// The search behind `top_k` for scorers with a ceiling. A block that cannot reach the k-th best is
// not read. Inside a block the people are split by the tags they have, the heaviest amount first,
// and a part is given up as soon as all that it may still gain is too little: MaxScore (Turtle and
// Flood, "Query evaluation: strategies and optimizations", 1995) for 512 people at a time. People
// with a number under a curve are looked at one by one, a little later, when their numbers have
// been fetched. Only whose ceiling can enter the best is passed on.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/search/ceiling.hpp>
#include <koc/search/detail/ceiling_parts.hpp>
#include <koc/search/detail/ceiling_room.hpp>
#include <koc/search/detail/waiting_slots.hpp>
#include <koc/tag/requirement_search.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc::detail {

/// One search; used once.
class ceiling_search {
public:
    /// What `high` names is in the index.
    ceiling_search(
        search_index const& people, requirement_plan const& plan, score_ceiling const& high)
        : people_{people}, high_{high}, filter_{plan, people}, live_{people.live()},
          base_{high.base} {
        auto tags = high.tags;
        std::sort(tags.begin(), tags.end(), [](tag_term const& a, tag_term const& b) {
            return a.amount != b.amount ? a.amount > b.amount : a.tag < b.tag;
        });
        tags_.reserve(tags.size());
        for (auto const& [tag, amount] : tags) {
            tags_.push_back({postings::reader{people.tagged(tag)}, amount});
        }
        tallies_.reserve(high.tallies.size());
        for (auto const& [which, tag, most, within] : high.tallies) {
            auto const under_curve = [of = within](curve_term const& c) { return c.column == of; };
            tallies_under_curves_ = tallies_under_curves_ &&
                std::any_of(high.curves.begin(), high.curves.end(), under_curve);
            auto const& counted = people.counts(which).on(tag);
            tallies_.push_back({postings::reader{counted.holders()}, &counted, &most});
        }
        for (auto const& bound : high.columns) {
            if (auto const& numbers = people.numbers(bound.column); !numbers.all_absent()) {
                (bound.each < score{} ? losses_ : gains_).push_back({&numbers, bound});
            }
        }
        for (auto const& [column, most] : high.curves) {
            if (auto const& numbers = people.numbers(column); !numbers.all_absent()) {
                curves_.push_back({&numbers, &most});
            }
        }
        parts_.resize(tags_.size() + tallies_.size() + 1);
    }

    /// Calls `look(slot, ceiling)` for everybody who may be among the best. `reach.enter(block)` is
    /// told where the search is; `reach(score)` says whether a score may still be among the best
    /// there, and `reach.anywhere(score)` wherever it is. `after_block()` ends each block.
    /// Refused before anybody is looked at: amounts whose sum could overflow in a block where
    /// somebody may qualify (`too_large`).
    template <typename Reach, typename Look, typename AfterBlock>
    result<void> run(Reach& reach, Look const& look, AfterBlock const& after_block) {
        KOC_TRY(ceiling_room(people_, high_).check(filter_));
        for (auto const& tag : tags_) {
            gain_of_tags_ += (std::max)(tag.amount, score{});
        }
        for (std::size_t i = 0; i * word_bits * block_bits < people_.slot_count(); ++i) {
            auto const open = filter_.enter(i);
            if (open == 0) {
                continue;
            }
            live_.enter(i);
            for (auto& tag : tags_) {
                tag.who.enter(i);
            }
            for (auto& counted : tallies_) {
                counted.who.enter(i);
            }
            for_each_slot(i, open, [&](slot b) {
                reach.enter(b);
                visit_block(b, reach, look);
                after_block();
            });
        }
        finish_waiting(0, reach, look);
        return {};
    }

private:
    /// A tag or tally of the sum that somebody in the visited block has.
    struct part {
        postings::reader* who = nullptr;
        score amount;
        score gain; ///< what this and the later parts can add at most
    };

    template <typename Reach, typename Look>
    void visit_block(std::uint32_t b, Reach const& reach, Look const& look) {
        block_ = b;
        loss_ = most_of_block(losses_);
        auto const gain = most_of_block(gains_);
        if (tallies_under_curves_ && !reach(base_ + loss_ + gain + gain_of_tags_)) {
            visit_under_curves(gain, reach, look);
            return;
        }
        read_parts();
        auto const rise = most_of_block(curves_);
        if (!reach(base_ + loss_ + gain + rise + parts_[0].gain)) {
            return;
        }
        bound_words();
        // What nobody can do without comes before the requirement: mostly it leaves nobody. Whoever
        // has a tag is live.
        std::size_t t = 0;
        score sum;
        auto const all_need = [&] {
            return t < count_ && !reach(most_rest_ + rise + sum + parts_[t + 1].gain);
        };
        auto lanes = all_need() ? read_part(t++, sum) : live_.read(b);
        while (all_need()) {
            lanes &= read_part(t++, sum);
        }
        if (!gains_.empty()) {
            for (std::size_t i = 0; i < block_words; ++i) {
                if (!reach(rest_[i] + rise + sum + parts_[t].gain)) {
                    lanes.clear_word(i);
                }
            }
        }
        if (lanes.empty()) {
            return;
        }
        filter_.filter(b, lanes);
        if (lanes.empty()) {
            return;
        }
        if (auto const with = under_curves(); !curves_.empty()) {
            look_under_curves(lanes & with, t, sum, rise, reach, look);
            lanes -= with;
        }
        if (!tallies_.empty()) {
            leave_out_idle_parts(lanes, t);
        }
        split(lanes, t, sum, reach, look);
    }

    /// Visits a block where only those can be among the best who have a number under a curve.
    template <typename Reach, typename Look>
    void visit_under_curves(score gain, Reach const& reach, Look const& look) {
        auto with = under_curves();
        if (with.empty()) {
            return;
        }
        filter_.filter(block_, with);
        if (with.empty()) {
            return;
        }
        read_parts();
        auto const rise = most_of_block(curves_);
        if (reach(base_ + loss_ + gain + rise + parts_[0].gain)) {
            bound_words();
            look_under_curves(with, 0, {}, rise, reach, look);
        }
    }
    /// Who has a number under a curve.
    [[nodiscard]] block under_curves() const {
        block with{};
        for (auto const& curve : curves_) {
            with |= curve.numbers->present(block_);
        }
        return with;
    }

    /// Who has part `t`, whose amount is added to `sum`.
    block const& read_part(std::size_t t, score& sum) {
        sum += parts_[t].amount;
        return parts_[t].who->read(block_);
    }

    /// Finds the parts of the sum that somebody in the block has, by falling amount.
    void read_parts() {
        count_ = 0;
        for (auto& [who, amount] : tags_) {
            if (who.occupies(block_)) {
                who.expect(block_);
                parts_[count_++] = {&who, amount, {}};
            }
        }
        for (auto& [who, counted, most] : tallies_) {
            if (!who.occupies(block_)) {
                continue;
            }
            if (auto const amount = most->at(counted->highest(block_)); amount > score{}) {
                who.expect(block_);
                auto at = count_++;
                for (; at > 0 && parts_[at - 1].amount < amount; --at) {
                    parts_[at] = parts_[at - 1];
                }
                parts_[at] = {&who, amount, {}};
            }
        }
        add_up_gains(0);
    }
    void add_up_gains(std::size_t from) {
        score gain;
        parts_[count_].gain = gain;
        for (auto t = count_; t-- > from;) {
            gain += (std::max)(parts_[t].amount, score{});
            parts_[t].gain = gain;
        }
    }
    /// Leaves out the parts from `t` on that nobody in `lanes` has.
    void leave_out_idle_parts(block const& lanes, std::size_t t) {
        auto kept = t;
        for (auto u = t; u < count_; ++u) {
            auto with = lanes;
            with &= parts_[u].who->read(block_);
            if (!with.empty()) {
                parts_[kept++] = parts_[u];
            }
        }
        count_ = kept;
        add_up_gains(t);
    }

    /// The most that columns or curves add in the block, or the least that they take away.
    template <typename Part>
    [[nodiscard]] score most_of_block(std::vector<Part> const& columns) const {
        score sum;
        for (auto const& column : columns) {
            sum += column.most(column.numbers->block_range(block_));
        }
        return sum;
    }
    /// Bounds each word. The least that columns take away is taken from the block, as nearly always
    /// somebody loses nothing.
    void bound_words() {
        most_rest_ = base_ + loss_;
        if (gains_.empty()) {
            return;
        }
        rest_.fill(most_rest_);
        for (auto const& column : gains_) {
            auto const ranges = column.numbers->word_ranges(block_);
            for (std::size_t i = 0; i < block_words; ++i) {
                rest_[i] += column.most(ranges[i]);
            }
        }
        most_rest_ = *std::max_element(rest_.begin(), rest_.end());
    }

    /// What the base and the columns of word `i` add at most.
    [[nodiscard]] score rest_of(std::size_t i) const {
        return gains_.empty() ? most_rest_ : rest_[i];
    }

    /// Has the numbers fetched of those who have some under curves and can be among the best. All
    /// have gained `sum` from the parts before `t`, and nobody gains more than `rise` from curves.
    template <typename Reach, typename Look>
    void look_under_curves(block const& with, std::size_t t, score sum, score rise,
        Reach const& reach, Look const& look) {
        if (with.empty()) {
            return;
        }
        for (std::size_t i = 0; i < block_words; ++i) {
            if (with.word_at(i) == 0) {
                continue;
            }
            auto high = rest_of(i) + rise;
            if (std::popcount(with.word_at(i)) >= worth_a_bound) {
                high = rest_of(i);
                for (auto const& curve : curves_) {
                    high += curve.most(curve.numbers->word_range(block_ * block_words + i));
                }
            }
            if (!reach(high + sum + parts_[t].gain)) {
                continue;
            }
            for_each_slot(block_ * block_words + i, with.word_at(i), [&](slot s) {
                auto gained = sum;
                for (auto u = t; u < count_; ++u) {
                    if (parts_[u].who->read(block_).contains(s % block_bits)) {
                        gained += parts_[u].amount;
                    } else if (!reach(high + gained + parts_[u + 1].gain)) {
                        return;
                    }
                }
                if (reach(high + gained)) {
                    wait_for(s, base_ + gained, reach, look);
                }
            });
        }
    }
    template <typename Reach, typename Look>
    void wait_for(slot s, score sum, Reach const& reach, Look const& look) {
        for (auto const& curve : curves_) {
            curve.numbers->expect(s);
        }
        if (waiting_.size() == waiting_slots::size_max) {
            finish_waiting(waiting_slots::size_max / 2, reach, look);
        }
        waiting_.push({s, sum, loss_});
    }
    /// Looks at those who wait but for the last few.
    template <typename Reach, typename Look>
    void finish_waiting(std::size_t but, Reach const& reach, Look const& look) {
        while (waiting_.size() > but) {
            auto const [s, sum, loss] = waiting_.pop();
            auto fit = sum;
            for (auto const& curve : curves_) {
                fit += curve.of(s);
            }
            auto const anywhere = [&](score high) { return reach.anywhere(high); };
            look_at(s, fit, loss, anywhere, look);
        }
    }

    /// Splits people who have gained `sum` from the parts before `t` by the parts from there on.
    template <typename Reach, typename Look>
    void split(
        block const& people, std::size_t t, score sum, Reach const& reach, Look const& look) {
        auto lanes = people;
        for (; t < count_; ++t) {
            auto const high = most_rest_ + sum;
            if (!reach(high + parts_[t].gain)) {
                return;
            }
            auto with = lanes;
            with &= parts_[t].who->read(block_);
            if (!reach(high + parts_[t + 1].gain)) { // nobody can do without it
                lanes = with;
                sum += parts_[t].amount;
            } else if (!with.empty()) {
                split(with, t + 1, sum + parts_[t].amount, reach, look);
                lanes -= with;
            }
        }
        if (lanes.empty()) {
            return;
        }
        for (std::size_t i = 0; i < block_words; ++i) {
            if (lanes.word_at(i) != 0 && reach(rest_of(i) + sum)) {
                for_each_slot(block_ * block_words + i, lanes.word_at(i),
                    [&](slot s) { look_at(s, base_ + sum, loss_, reach, look); });
            }
        }
    }

    template <typename Reach, typename Look>
    void look_at(slot s, score fit, score loss, Reach const& reach, Look const& look) {
        for (auto const& column : gains_) {
            fit += column.of(s);
        }
        if (!reach(fit + loss)) {
            return;
        }
        for (auto const& column : losses_) {
            fit += column.of(s);
        }
        if (reach(fit) && filter_.settles(s)) {
            look(s, fit);
        }
    }

    static constexpr int worth_a_bound = 5; ///< people in a word

    search_index const& people_;
    score_ceiling const& high_;
    requirement_plan::search filter_;
    postings::reader live_;
    score base_;
    score gain_of_tags_;               ///< what all tags add together
    bool tallies_under_curves_ = true; ///< whether all who are in a tally have a number under one
    std::vector<tag_part> tags_;       ///< by falling amount
    std::vector<tally_part> tallies_;
    std::vector<column_part> gains_;  ///< columns that add
    std::vector<column_part> losses_; ///< columns that take away
    std::vector<curve_part> curves_;
    std::vector<part> parts_; ///< of the visited block, `count_` of them and one without gain
    std::size_t count_ = 0;
    std::size_t block_ = 0;
    std::array<score, block_words> rest_; ///< see `rest_of`; written where columns add
    score most_rest_;
    score loss_; ///< the least that columns take away in the block
    waiting_slots waiting_;
};

} // namespace koc::detail
