// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sparse numbers by tag and slot, such as how often somebody worked on a subject: for each tag, who
// has a number, and the highest number of each 512 neighbours, so that a search can bound what the
// numbers are worth without reading a record. The numbers themselves stay in the records.

#include <koc/tag/block.hpp>
#include <koc/tag/fwd.hpp>
#include <koc/tag/postings.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace koc {

/// Who has a number of at least 1 under which tag, and how high numbers go.
class tally {
public:
    /// The slots with a number under the tag.
    [[nodiscard]] postings const& slots_of(tag_id tag) const { return row_of(tag).held; }
    /// No number of the tag in block `b` is above this; 0 where nobody has one. What was lowered or
    /// taken back may still count until nobody in the block has a number. O(1).
    [[nodiscard]] std::int64_t highest(tag_id tag, std::size_t b) const {
        auto const& row = row_of(tag);
        return b < row.highest.size() ? unpacked(row.highest[b]) : 0;
    }
    /// The same for all blocks together.
    [[nodiscard]] std::int64_t highest(tag_id tag) const { return unpacked(row_of(tag).most); }

    /// The number of a slot is now `number`; 0 or less takes it away. Costs what
    /// `postings::insert` and `erase` cost.
    void put(slot s, tag_id tag, std::int64_t number) {
        if (number <= 0) {
            take_away(s, tag);
            return;
        }
        if (tag.value() >= rows_.size()) {
            rows_.resize(tag.value() + 1U);
        }
        auto& row = rows_[tag.value()];
        row.held.insert(s);
        if (s / block_bits >= row.highest.size()) {
            row.highest.resize(s / block_bits + 1);
        }
        auto& high = row.highest[s / block_bits];
        high = (std::max)(high, packed(number));
        row.most = (std::max)(row.most, high);
    }

    /// Bytes held beside the object itself. O(tags).
    [[nodiscard]] std::size_t bytes() const {
        auto sum = rows_.capacity() * sizeof(numbers);
        for (auto const& r : rows_) {
            sum += r.held.bytes() + r.highest.capacity() * sizeof(bound);
        }
        return sum;
    }

private:
    using bound = std::uint16_t; ///< its largest value stands for any number that is larger

    /// Of one tag.
    struct numbers {
        postings held; ///< the slots with a number
        std::vector<bound> highest; ///< by block
        bound most = 0;
    };

    static constexpr auto bound_max = (std::numeric_limits<bound>::max)();
    static bound packed(std::int64_t number) {
        return static_cast<bound>((std::min)(number, std::int64_t{bound_max}));
    }
    static std::int64_t unpacked(bound b) {
        return b == bound_max ? (std::numeric_limits<std::int64_t>::max)() : b;
    }

    [[nodiscard]] numbers const& row_of(tag_id tag) const {
        return rows_[tag.value() < rows_.size() ? tag.value() : 0];
    }
    void take_away(slot s, tag_id tag) {
        if (tag.value() >= rows_.size()) {
            return;
        }
        auto& row = rows_[tag.value()];
        row.held.erase(s);
        auto const b = s / block_bits;
        auto const occupied = row.held.blocks(b / word_bits) >> (b % word_bits) & 1U;
        if (occupied == 0 && b < row.highest.size()) {
            row.highest[b] = 0;
        }
    }

    std::vector<numbers> rows_{1}; ///< by tag id; nobody has a number under tag 0
};

} // namespace koc
