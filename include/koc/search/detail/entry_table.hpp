// SPDX-License-Identifier: BSL-1.0
#pragma once

// Packed thresholds that tell which standing queries a change can affect: what a member has to
// score to matter to each of many queries, side by side, since hardly any is concerned and the cost
// is fetching their terms.

#include <koc/number/score_sum.hpp>
#include <koc/search/additive.hpp>
#include <koc/tag/bitmap.hpp>
#include <koc/tag/number_column.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc::detail {

/// One member as a population, their tags and numbers spread out so that each question is one look.
struct member_view {
    bitmap const& tags;
    std::vector<std::int64_t> const& numbers; ///< by column, the first one first
    slot s;
    bool live;

    [[nodiscard]] std::size_t slot_count() const { return s + 1U; }
    [[nodiscard]] bitmap::word live_word(std::size_t) const {
        return bitmap::word{live} << (s % word_bits);
    }
    [[nodiscard]] bitmap::word tag_word(tag_id tag, std::size_t) const {
        return tags.contains(tag.value()) ? ~bitmap::word{0} : 0;
    }
    [[nodiscard]] std::int64_t value(column_id column, slot) const {
        return numbers[column.value() - 1U];
    }
};

/// Additive scores and the least that counts, of questions 0, 1, ...
class entry_table {
public:
    /// Adds the next question, to which every score counts.
    void add(score_terms const& terms) {
        questions_.push_back({terms.base, score_min, static_cast<std::uint32_t>(terms_.size()),
            static_cast<std::uint32_t>(terms.tags.size()),
            static_cast<std::uint32_t>(terms.columns.size())});
        for (auto const& [tag, amount] : terms.tags) {
            terms_.push_back({tag.value(), amount});
        }
        for (auto const& [column, each] : terms.columns) {
            terms_.push_back({column.value() - 1U, each});
        }
    }
    void set_least(std::size_t which, score least) { questions_[which].least = least; }

    /// What `score_terms::of` says of a live member. O(terms).
    [[nodiscard]] score of(std::size_t which, member_view const& member) const {
        auto const& [base, least, first, tags, columns] = questions_[which];
        auto sum = score_sum{}.add(base);
        auto const* it = terms_.data() + first;
        for (auto const* end = it + tags; it != end; ++it) {
            // Who has which tag is hard to foretell, so nothing branches on it.
            auto const has = static_cast<std::int64_t>(member.tags.contains(it->what));
            sum.add(score{it->amount.raw & -has});
        }
        for (auto const* end = it + columns; it != end; ++it) {
            auto const number = member.numbers[it->what];
            sum.add(it->amount, number == number_column::absent ? 0 : number);
        }
        return sum.total();
    }
    /// Whether a live member scores at least what counts.
    [[nodiscard]] bool reaches(std::size_t which, member_view const& member) const {
        return of(which, member) >= questions_[which].least;
    }

private:
    struct term {
        std::uint32_t what; ///< a tag, or a column counted from 0
        score amount;
    };
    struct question {
        score base;
        score least;
        std::uint32_t first; ///< of its terms: tags, then columns
        std::uint32_t tags;
        std::uint32_t columns;
    };

    std::vector<question> questions_;
    std::vector<term> terms_;
};

} // namespace koc::detail
