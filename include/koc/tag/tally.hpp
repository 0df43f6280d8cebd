// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sparse numbers by tag and slot, such as how often somebody worked on a subject: for each tag, who
// has a number, and the highest number of each 512 neighbours, so that a search can bound what the
// numbers are worth without reading a record. The numbers themselves stay in the records.

#include <koc/core/id.hpp>
#include <koc/tag/block.hpp>
#include <koc/tag/fwd.hpp>
#include <koc/tag/postings.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

namespace koc {

/// Who has a number of at least 1 under which tag, and how high numbers go.
class tally {
public:
    /// What is known under one tag.
    class row {
    public:
        /// The slots with a number.
        [[nodiscard]] postings const& holders() const { return slots_; }
        /// No number in block `b` is above this; 0 where nobody has one. What was lowered or taken
        /// back may still count until nobody in the block has a number. O(1).
        [[nodiscard]] std::int64_t highest(std::size_t b) const {
            return b < highest_.size() ? unpacked(highest_[b]) : 0;
        }
        /// The same for all blocks together; it never falls.
        [[nodiscard]] std::int64_t highest() const { return unpacked(most_); }

    private:
        friend class tally;
        using bound = std::uint16_t; ///< its largest value stands for any number that is larger

        static constexpr auto bound_max = (std::numeric_limits<bound>::max)();
        static bound packed(std::int64_t number) {
            return static_cast<bound>((std::min)(number, std::int64_t{bound_max}));
        }
        static std::int64_t unpacked(bound b) {
            return b == bound_max ? (std::numeric_limits<std::int64_t>::max)() : b;
        }

        void put(slot s, std::int64_t number) {
            slots_.insert(s);
            if (s / block_bits >= highest_.size()) {
                highest_.resize(s / block_bits + 1);
            }
            auto& high = highest_[s / block_bits];
            high = (std::max)(high, packed(number));
            most_ = (std::max)(most_, high);
        }
        void take_away(slot s) {
            slots_.erase(s);
            auto const b = s / block_bits;
            auto const occupied = slots_.blocks(b / word_bits) >> (b % word_bits) & 1U;
            if (occupied == 0 && b < highest_.size()) {
                highest_[b] = 0;
            }
        }

        postings slots_;
        std::vector<bound> highest_; ///< by block
        bound most_ = 0;
    };

    /// What is known under a tag; empty for one that was never counted. Good as long as the
    /// tally, and an empty one until the tag's first number. O(log of the tags).
    [[nodiscard]] row const& on(tag_id tag) const {
        static row const nobody;
        auto const found = rows_.find(tag);
        return found == rows_.end() ? nobody : found->second;
    }

    /// The number of a slot under a tag is now `number`; 0 or less takes it away. Costs what
    /// `postings::insert` and `erase` cost, and O(log of the tags).
    void put(slot s, tag_id tag, std::int64_t number) {
        if (number > 0) {
            rows_[tag].put(s, number);
        } else if (auto const found = rows_.find(tag); found != rows_.end()) {
            found->second.take_away(s);
        }
    }

    /// Bytes held beside the object itself, without what the map takes. O(tags).
    [[nodiscard]] std::size_t bytes() const {
        std::size_t sum = 0;
        for (auto const& [tag, r] : rows_) {
            sum += sizeof r + r.slots_.bytes() + r.highest_.capacity() * sizeof(row::bound);
        }
        return sum;
    }

private:
    std::map<tag_id, row> rows_;
};

} // namespace koc
