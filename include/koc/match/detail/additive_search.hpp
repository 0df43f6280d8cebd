// SPDX-License-Identifier: BSL-1.0
#pragma once

// The search behind `top_k` for additive scores. A block that cannot reach the k-th best is not
// read. Inside a block the people are split by the tags they have, the heaviest amount first, and a
// part is given up as soon as all that it may still gain is too little: MaxScore (Turtle and Flood,
// "Query evaluation: strategies and optimizations", 1995) for 512 people at a time. Only who can
// enter the best is looked at alone.

#include <koc/core/error.hpp>
#include <koc/match/additive.hpp>
#include <koc/match/detail/best.hpp>
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
    /// could overflow for somebody (`too_large`).
    template <typename Reachable, typename Look>
    std::optional<error> run(Reachable const& reachable, Look const& look) {
        if (auto refused = bound_blocks()) {
            return refused;
        }
        // From the most promising block once around: the k-th best is high early, and what lies
        // side by side is read side by side.
        auto const begin = std::max_element(blocks_.begin(), blocks_.end(),
            [](auto const& a, auto const& b) { return a.limit < b.limit; });
        auto const visit = [&](bounded_block const& it) {
            if (reachable(it.limit)) {
                visit_block(it.b, reachable, look);
            }
        };
        std::for_each(begin, blocks_.end(), visit);
        std::for_each(blocks_.begin(), begin, visit);
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

        /// The most that it can add where its values are in `range`.
        [[nodiscard]] score most(value_range range) const {
            return range.low > range.high
                ? score{}
                : score{each.raw * (each.raw < 0 ? range.low : range.high)};
        }
    };
    struct bounded_block {
        score limit;
        std::uint32_t b;
    };
    /// A tag of the sum that somebody in the visited block has.
    struct part {
        postings::reader* who = nullptr;
        score amount;
        score gain; ///< what this and the later parts can add at most
    };

    __extension__ using wide = __int128;

    static wide size_of(std::int64_t n) { return n < 0 ? -static_cast<wide>(n) : n; }

    /// What is left for the columns after the base and the tags; negative when nothing is.
    [[nodiscard]] wide room_for_columns() const {
        auto room = static_cast<wide>(std::numeric_limits<std::int64_t>::max() / 2);
        room -= size_of(base_.raw);
        for (auto const& [who, amount] : tags_) {
            room -= size_of(amount.raw);
        }
        return room;
    }

    /// Bounds every block where somebody may qualify.
    std::optional<error> bound_blocks() {
        auto const room = room_for_columns();
        auto const too_large = [](std::string subject) {
            return error{errc::too_large, std::move(subject),
                "expected amounts that add up to less than 4.6e12; scale the scorer's terms down"};
        };
        if (room < 0) {
            return too_large("the scorer's tags");
        }
        auto const blocks = (people_.slots() + block_bits - 1) / block_bits;
        blocks_.reserve(blocks);
        for (std::size_t i = 0; i * word_bits < blocks; ++i) {
            auto const open = filter_.blocks(i);
            if (open == 0) {
                continue;
            }
            auto const first = blocks_.size();
            for_each_slot(i, open, [&](slot b) { blocks_.push_back({{}, b}); });
            auto common = base_;
            for (auto const& [who, amount] : tags_) {
                auto const here = who.blocks(i) & open;
                if (amount <= score{} || here == 0) {
                    continue;
                }
                if (here == open) {
                    common += amount;
                } else {
                    for (auto at = first; at < blocks_.size(); ++at) {
                        auto const has = here >> (blocks_[at].b % word_bits) & 1U;
                        blocks_[at].limit += score{has != 0 ? amount.raw : 0};
                    }
                }
            }
            for (auto at = first; at < blocks_.size(); ++at) {
                auto& it = blocks_[at];
                it.limit += common;
                auto left = room;
                for (auto const* columns : {&gains_, &losses_}) {
                    for (auto const& column : *columns) {
                        auto const range = column.numbers->block_range(it.b);
                        left -= size_of(column.each.raw) *
                            std::max(size_of(range.low), size_of(range.high));
                        if (left < 0 && range.low <= range.high) {
                            return too_large(subject("the scorer's column", column.id));
                        }
                        it.limit += column.most(range);
                    }
                }
            }
        }
        return std::nullopt;
    }

    template <typename Reachable, typename Look>
    void visit_block(std::uint32_t b, Reachable const& reachable, Look const& look) {
        block_ = b;
        auto const gain = read_parts(b);
        auto lanes = live_.read(b);
        most_rest_ = {std::numeric_limits<std::int64_t>::min()};
        loss_ = loss_of_block(b);
        for (std::size_t i = 0; i < block_words; ++i) {
            rest_[i] = base_ + loss_ + gain_of_word(b * block_words + i);
            most_rest_ = std::max(most_rest_, rest_[i]);
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
    score read_parts(std::uint32_t b) {
        count_ = 0;
        for (auto& [who, amount] : tags_) {
            if (who.occupies(b)) {
                who.expect(b);
                parts_[count_++] = {&who, amount, {}};
            }
        }
        score gain;
        parts_[count_].gain = gain;
        for (auto t = count_; t-- > 0;) {
            gain += std::max(parts_[t].amount, score{});
            parts_[t].gain = gain;
        }
        return gain;
    }

    /// The least that columns take away in a block; nearly always somebody loses nothing.
    [[nodiscard]] score loss_of_block(std::size_t b) const {
        score sum;
        for (auto const& column : losses_) {
            sum += column.most(column.numbers->block_range(b));
        }
        return sum;
    }
    /// The most that columns add in a word.
    [[nodiscard]] score gain_of_word(std::size_t w) const {
        score sum;
        for (auto const& column : gains_) {
            sum += column.most(column.numbers->word_range(w));
        }
        return sum;
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
            fit += score{column.each.raw * column.numbers->at(s)};
        }
        if (!reachable(fit + loss_)) {
            return;
        }
        for (auto const& column : losses_) {
            fit += score{column.each.raw * column.numbers->at(s)};
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
    std::vector<bounded_block> blocks_; ///< ascending
    std::vector<part> parts_; ///< of the visited block, `count_` of them and one without gain
    std::size_t count_ = 0;
    std::size_t block_ = 0;
    std::array<score, block_words> rest_; ///< what each word's base and columns add at most
    score most_rest_;
    score loss_; ///< the least that columns take away in the block
};

} // namespace koc::detail
