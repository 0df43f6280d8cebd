// SPDX-License-Identifier: BSL-1.0
#pragma once

// The search behind `top_k` for additive scores. A block that cannot reach the k-th best is not
// read. Inside a block the people are split by the tags they have, the heaviest amount first, and a
// part is given up as soon as all that it may still gain is too little: MaxScore (Turtle and Flood,
// "Query evaluation: strategies and optimizations", 1995) for 512 people at a time. Only who can
// enter the best is looked at alone.

#include <koc/core/error.hpp>
#include <koc/search/additive.hpp>
#include <koc/search/detail/best.hpp>
#include <koc/tag/requirement_search.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

/// One search; used once.
class additive_search {
public:
    /// The columns of `terms` are columns of the index.
    additive_search(search_index const& people, requirement_plan const& plan, score_terms terms)
        : people_{people}, filter_{plan, people}, live_{people.live()}, base_{terms.base} {
        std::sort(terms.tags.begin(), terms.tags.end(), [](tag_term const& a, tag_term const& b) {
            return a.amount != b.amount ? a.amount > b.amount : a.tag < b.tag;
        });
        tags_.reserve(terms.tags.size());
        for (auto const& [tag, amount] : terms.tags) {
            tags_.push_back({postings::reader{people.tagged(tag)}, amount});
        }
        for (auto const& [column, each] : terms.columns) {
            (each < score{} ? losses_ : gains_).push_back({&people.numbers(column), each, column});
        }
        parts_.resize(tags_.size() + 1);
    }

    /// Calls `look(slot, score)` for everybody who may be among the best, and `reachable(score)` to
    /// ask whether a score may still be. Refused before anybody is looked at: amounts whose sum
    /// could overflow in a block where somebody may qualify (`too_large`).
    template <typename Reachable, typename Look>
    std::optional<error> run(Reachable const& reachable, Look const& look) {
        if (auto refused = overflow()) {
            return refused;
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
            for_each_slot(i, open, [&](slot b) { visit_block(b, reachable, look); });
        }
        return std::nullopt;
    }

private:
    struct tag_amount {
        postings::reader who;
        score amount;
    };
    struct column_amount {
        number_column const* numbers;
        score each;
        column_id id;

        /// What it adds for somebody.
        [[nodiscard]] score of(slot s) const {
            auto const number = numbers->at(s);
            return {number == number_column::absent ? 0 : each.raw * number};
        }
        /// The most that it can add where numbers are in `range` or absent.
        [[nodiscard]] score most(value_range range) const {
            return range.low > range.high
                ? score{}
                : (std::max)(score{each.raw * (each.raw < 0 ? range.low : range.high)}, score{});
        }
    };
    /// A tag of the sum that somebody in the visited block has.
    struct part {
        postings::reader* who = nullptr;
        score amount;
        score gain; ///< what this and the later parts can add at most
    };

    __extension__ using wide = __int128;

    static wide size_of(std::int64_t n) { return n < 0 ? -static_cast<wide>(n) : n; }

    /// The refusal of a sum that could leave the range of a score for somebody.
    std::optional<error> overflow() {
        auto const too_large = [](std::string subject) {
            return error{errc::too_large, std::move(subject),
                "expected amounts that add up to less than 4.6e12; scale the scorer's terms down, "
                "or "
                "correct the number that is too large"};
        };
        auto room = static_cast<wide>((std::numeric_limits<std::int64_t>::max)() / 2);
        room -= size_of(base_.raw);
        for (auto const& [who, amount] : tags_) {
            room -= size_of(amount.raw);
        }
        if (room < 0) {
            return too_large("the scorer's tags");
        }
        // What a column can hold nearly always fits; only otherwise what it holds is looked at.
        auto const limit = [](number_column const& numbers) { return numbers.limit(); };
        if (first_too_large(room, limit) == nullptr) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i * word_bits * block_bits < people_.slot_count(); ++i) {
            column_amount const* found = nullptr;
            for_each_slot(i, filter_.enter(i), [&](slot b) {
                auto const largest = [b](number_column const& numbers) {
                    auto const [low, high] = numbers.block_range(b);
                    return low > high ? 0 : (std::max)(size_of(low), size_of(high));
                };
                found = found == nullptr ? first_too_large(room, largest) : found;
            });
            if (found != nullptr) {
                return too_large(subject("the scorer's column", found->id));
            }
        }
        return std::nullopt;
    }

    /// The first column with which the sum leaves `room` when its numbers are of this size.
    template <typename Size>
    [[nodiscard]] column_amount const* first_too_large(wide room, Size const& size) const {
        for (auto const* columns : {&gains_, &losses_}) {
            for (auto const& column : *columns) {
                room -= size_of(column.each.raw) * size(*column.numbers);
                if (room < 0) {
                    return &column;
                }
            }
        }
        return nullptr;
    }

    template <typename Reachable, typename Look>
    void visit_block(std::uint32_t b, Reachable const& reachable, Look const& look) {
        block_ = b;
        auto const gain = read_parts();
        loss_ = most_of_block(losses_);
        if (!reachable(base_ + loss_ + most_of_block(gains_) + gain)) {
            return;
        }
        bound_words();
        auto lanes = live_.read(b);
        for (std::size_t i = 0; i < block_words; ++i) {
            if (!reachable(rest_[i] + gain)) {
                lanes.words[i] = 0;
            }
        }
        // What nobody can do without comes before the requirement: mostly it leaves nobody.
        std::size_t t = 0;
        score sum;
        for (; t < count_ && !reachable(most_rest_ + sum + parts_[t + 1].gain); ++t) {
            lanes &= parts_[t].who->read(b);
            sum += parts_[t].amount;
        }
        if (lanes.empty()) {
            return;
        }
        filter_.filter(b, lanes);
        if (!lanes.empty()) {
            split(lanes, t, sum, reachable, look);
        }
    }

    /// The parts of the sum that somebody in the block has; returns what all can add at most.
    score read_parts() {
        count_ = 0;
        for (auto& [who, amount] : tags_) {
            if (who.occupies(block_)) {
                who.expect(block_);
                parts_[count_++] = {&who, amount, {}};
            }
        }
        score gain;
        parts_[count_].gain = gain;
        for (auto t = count_; t-- > 0;) {
            gain += (std::max)(parts_[t].amount, score{});
            parts_[t].gain = gain;
        }
        return gain;
    }

    /// The most that columns add in the block, or the least that they take away.
    [[nodiscard]] score most_of_block(std::vector<column_amount> const& columns) const {
        score sum;
        for (auto const& column : columns) {
            sum += column.most(column.numbers->block_range(block_));
        }
        return sum;
    }
    /// Bounds each word. The least that columns take away is taken from the block, as nearly always
    /// somebody loses nothing.
    void bound_words() {
        rest_.fill(base_ + loss_);
        for (auto const& column : gains_) {
            auto const ranges = column.numbers->word_ranges(block_);
            for (std::size_t i = 0; i < block_words; ++i) {
                rest_[i] += column.most(ranges[i]);
            }
        }
        most_rest_ = *std::max_element(rest_.begin(), rest_.end());
    }

    /// Splits people who have gained `sum` from the parts before `t` by the parts from there on.
    template <typename Reachable, typename Look>
    void split(block const& people, std::size_t t, score sum, Reachable const& reachable,
        Look const& look) {
        auto lanes = people;
        for (; t < count_; ++t) {
            auto const high = most_rest_ + sum;
            if (!reachable(high + parts_[t].gain)) {
                return;
            }
            auto with = lanes;
            with &= parts_[t].who->read(block_);
            if (!reachable(high + parts_[t + 1].gain)) { // nobody can do without it
                lanes = with;
                sum += parts_[t].amount;
            } else if (!with.empty()) {
                split(with, t + 1, sum + parts_[t].amount, reachable, look);
                lanes -= with;
            }
        }
        if (lanes.empty()) {
            return;
        }
        for (std::size_t i = 0; i < block_words; ++i) {
            if (lanes.words[i] != 0 && reachable(rest_[i] + sum)) {
                for_each_slot(block_ * block_words + i, lanes.words[i],
                    [&](slot s) { look_at(s, base_ + sum, reachable, look); });
            }
        }
    }

    template <typename Reachable, typename Look>
    void look_at(slot s, score fit, Reachable const& reachable, Look const& look) {
        for (auto const& column : gains_) {
            fit += column.of(s);
        }
        if (!reachable(fit + loss_)) {
            return;
        }
        for (auto const& column : losses_) {
            fit += column.of(s);
        }
        if (reachable(fit) && filter_.settles(s)) {
            look(s, fit);
        }
    }

    search_index const& people_;
    requirement_plan::search filter_;
    postings::reader live_;
    score base_;
    std::vector<tag_amount> tags_;      ///< by falling amount
    std::vector<column_amount> gains_;  ///< columns that add
    std::vector<column_amount> losses_; ///< columns that take away
    std::vector<part> parts_; ///< of the visited block, `count_` of them and one without gain
    std::size_t count_ = 0;
    std::size_t block_ = 0;
    std::array<score, block_words> rest_; ///< what each word's base and columns add at most
    score most_rest_;
    score loss_; ///< the least that columns take away in the block
};

} // namespace koc::detail
