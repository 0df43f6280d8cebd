// SPDX-License-Identifier: BSL-1.0
#pragma once

// All that a search reads: which slots are taken, who has which tag, dense columns of numbers, and
// tallies, which are sparse numbers by tag.
// The registry keeps one beside its records; a host with a table of its own keeps one beside that.
//
// Answers never depend on the order of slots, but speed does: neighbours who share tags and have
// similar numbers are skipped together. A host that fills an index in the order of its regions, and
// by falling quality within them, gets the most of it.

#include <koc/core/contract.hpp>
#include <koc/tag/number_column.hpp>
#include <koc/tag/postings.hpp>
#include <koc/tag/tag_index.hpp>
#include <koc/tag/tally.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace koc {

/// Tags and numbers by slot. Models `tagged_population`.
class search_index {
public:
    /// An index with columns 1 to `columns`.
    explicit search_index(std::size_t columns = 0) : columns_(columns) {}

    // Observers

    /// One past the highest slot in use.
    [[nodiscard]] std::size_t slot_count() const { return slots_; }
    /// The slots that are taken.
    [[nodiscard]] postings const& live() const { return live_; }
    /// The slots with a tag or one under it.
    [[nodiscard]] postings const& tagged(tag_id tag) const { return tags_.slots_of(tag); }
    /// How many columns there are: 1 to this.
    [[nodiscard]] std::size_t columns() const { return columns_.size(); }
    [[nodiscard]] bool has_column(column_id column) const {
        return column.valid() && column.value() <= columns_.size();
    }
    /// A column that the index has.
    [[nodiscard]] number_column const& numbers(column_id column) const {
        KOC_EXPECTS(has_column(column));
        return columns_[column.value() - 1U];
    }
    [[nodiscard]] bool has_tally(tally_id which) const {
        return which.valid() && which.value() <= tallies_.size();
    }
    /// A tally that the index has.
    [[nodiscard]] tally const& counts(tally_id which) const {
        KOC_EXPECTS(has_tally(which));
        return tallies_[which.value() - 1U];
    }

    [[nodiscard]] bitmap::word live_word(std::size_t w) const { return live_.word_at(w); }
    [[nodiscard]] bitmap::word tag_word(tag_id tag, std::size_t w) const {
        return tagged(tag).word_at(w);
    }
    [[nodiscard]] std::int64_t value(column_id column, slot s) const {
        return numbers(column).at(s);
    }
    /// The largest value of a column in the 64 slots of word `w`, `number_column::absent` where
    /// they are empty.
    [[nodiscard]] std::int64_t max_of(column_id column, std::size_t w) const {
        return numbers(column).max_of(w);
    }

    /// Bytes held, the object itself left out. O(tags * slots / 65536).
    [[nodiscard]] std::size_t bytes() const {
        auto sum = live_.bytes() + tags_.bytes();
        for (auto const& column : columns_) {
            sum += column.bytes();
        }
        for (auto const& counted : tallies_) {
            sum += counted.bytes();
        }
        return sum;
    }

    // Commands. Tags come with their ancestors, ascending (see `ancestors_and_self`).

    /// Takes a slot after all that ever were taken. O(tags).
    slot insert(std::span<tag_id const> tags) {
        auto const s = static_cast<slot>(given_);
        place(s, tags);
        return s;
    }
    /// Takes a slot that is not taken. O(tags).
    void place(slot s, std::span<tag_id const> tags) {
        KOC_EXPECTS(!live_.contains(s));
        slots_ = (std::max)(slots_, std::size_t{s} + 1);
        given_ = (std::max)(given_, slots_);
        live_.insert(s);
        tags_.update(s, {}, tags);
    }
    /// Adds a column, empty so far.
    void add_column() { columns_.emplace_back(); }
    void add_tally() { tallies_.emplace_back(); }
    void retag(slot s, std::span<tag_id const> before, std::span<tag_id const> after) {
        KOC_EXPECTS(live_.contains(s));
        tags_.update(s, before, after);
    }
    /// A new number in a column. Amortised O(1), see `number_column::put`.
    void put(column_id column, slot s, std::int64_t value) {
        KOC_EXPECTS(live_.contains(s) && has_column(column));
        columns_[column.value() - 1U].put(s, value);
    }
    /// A new number in a tally; 0 takes it away. See `tally::put`.
    void put(tally_id which, slot s, tag_id tag, std::int64_t number) {
        KOC_EXPECTS(live_.contains(s) && has_tally(which));
        tallies_[which.value() - 1U].put(s, tag, number);
    }
    /// Empties a slot, which has no number in a tally any more.
    void erase(slot s, std::span<tag_id const> tags) {
        tags_.update(s, tags, {});
        for (auto& column : columns_) {
            column.put(s, number_column::absent);
        }
        live_.erase(s);
        if (std::size_t{s} + 1 == slots_) {
            slots_ = live_.end();
        }
    }

private:
    std::size_t slots_ = 0;
    std::size_t given_ = 0; ///< one past the highest slot that ever was taken
    postings live_;
    tag_index tags_;
    std::vector<number_column> columns_; ///< column 1 first
    std::vector<tally> tallies_;         ///< likewise
};

} // namespace koc
