// SPDX-License-Identifier: BSL-1.0
#pragma once

// The slots of one tag, small where the tag is rare and fast where it is common. Slots are cut into
// chunks of 65,536; a chunk keeps its slots as a list of 16-bit places while they are few and as a
// plane of bits once they are many (Chambi, Lemire, Kaser and Godin, "Better bitmap performance
// with Roaring bitmaps", 2016, with an earlier turn from list to plane). Above both stands one bit
// for each block of 512 slots, so that a search knows where not to look.

#include <koc/tag/block.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// A set of slots that is asked by word, by block, or by 64 blocks.
class postings {
public:
    using word = bitmap::word;

    [[nodiscard]] std::size_t count() const { return count_; }

    /// O(log of the slots in the chunk).
    [[nodiscard]] bool contains(slot s) const {
        return (word_at(s / word_bits) >> (s % word_bits) & 1U) != 0;
    }

    /// Slots 64 * w to 64 * w + 63. O(log of the slots in the chunk).
    [[nodiscard]] word word_at(std::size_t w) const {
        auto const c = w / words_of_chunk;
        if (c >= chunks_.size()) {
            return 0;
        }
        auto const& [few, many, size] = chunks_[c];
        auto const at = w % words_of_chunk;
        if (!many.empty()) {
            return many[at / block_words].word_at(at % block_words);
        }
        word found = 0;
        auto const end = (at + 1) * word_bits;
        for (auto it = lower_bound(few, at * word_bits); it != few.end() && *it < end; ++it) {
            found |= word{1} << (*it % word_bits);
        }
        return found;
    }

    /// A bit for each of the blocks 64 * i to 64 * i + 63 that has a slot in the set. O(1).
    [[nodiscard]] word blocks(std::size_t i) const { return occupied_.word_at(i); }

    /// One past the last slot of the set; 0 where it is empty. O(empty slots after it / 32,768).
    [[nodiscard]] std::size_t end() const {
        auto const blocks = occupied_.end();
        if (blocks == 0) {
            return 0;
        }
        auto w = blocks * block_words - 1;
        while (word_at(w) == 0) {
            --w;
        }
        return (w + 1) * word_bits - static_cast<std::size_t>(std::countl_zero(word_at(w)));
    }

    /// Amortised O(slots in the chunk) for a rare tag, at most 2.7 KB moved; O(1) for a common one
    /// and at the end.
    void insert(slot s) {
        auto const c = s / chunk_slots;
        auto const place = s % chunk_slots;
        if (c >= chunks_.size()) {
            chunks_.resize(c + 1U);
        }
        auto& [few, many, size] = chunks_[c];
        if (many.empty()) {
            auto const at = lower_bound(few, place);
            if (at != few.end() && *at == place) {
                return;
            }
            if (size < few_max && at == few.end()) {
                few.push_back(static_cast<std::uint16_t>(place));
            } else if (size < few_max) {
                few.insert(at, static_cast<std::uint16_t>(place));
            } else {
                many.resize(blocks_of_chunk);
                for (auto p : few) {
                    many[p / block_bits].insert(p % block_bits);
                }
                list{}.swap(few);
            }
        }
        if (!many.empty()) {
            if (many[place / block_bits].contains(place % block_bits)) {
                return;
            }
            many[place / block_bits].insert(place % block_bits);
        }
        ++size;
        ++count_;
        occupied_.insert(s / block_bits);
    }

    /// Costs what `insert` costs; a plane turns back into a list at half the size where it became
    /// one.
    void erase(slot s) {
        auto const c = s / chunk_slots;
        auto const place = s % chunk_slots;
        if (!contains(s)) {
            return;
        }
        auto& [few, many, size] = chunks_[c];
        --size;
        --count_;
        if (many.empty()) {
            few.erase(lower_bound(few, place));
        } else {
            many[place / block_bits].erase(place % block_bits);
            if (size == few_max / 2) {
                make_list(chunks_[c]);
            }
        }
        auto const b = s / block_bits;
        for (std::size_t i = 0; i < block_words; ++i) {
            if (word_at(b * block_words + i) != 0) {
                return;
            }
        }
        occupied_.erase(static_cast<slot>(b));
    }

    /// Bytes held beside the object itself. O(chunks).
    [[nodiscard]] std::size_t bytes() const {
        auto sum = chunks_.capacity() * sizeof(chunk) + occupied_.bytes();
        for (auto const& c : chunks_) {
            sum += c.few.capacity() * sizeof(std::uint16_t) + c.many.capacity() * sizeof(block);
        }
        return sum;
    }

    class reader;

private:
    static constexpr std::size_t chunk_slots = 65'536;
    static constexpr std::size_t blocks_of_chunk = chunk_slots / block_bits;
    static constexpr std::size_t words_of_chunk = chunk_slots / word_bits;
    /// A list of more than this is read more slowly than a plane, about ten to a block.
    static constexpr std::size_t few_max = chunk_slots / 48;

    struct chunk {
        std::vector<std::uint16_t> few; ///< ascending
        std::vector<block> many;        ///< all blocks of the chunk, or none while `few` is used
        std::size_t size = 0;
    };

    static void make_list(chunk& c) {
        c.few.reserve(c.size);
        for (std::size_t w = 0; w < words_of_chunk; ++w) {
            for_each_slot(w, c.many[w / block_words].word_at(w % block_words),
                [&](slot place) { c.few.push_back(static_cast<std::uint16_t>(place)); });
        }
        std::vector<block>{}.swap(c.many);
    }

    using list = std::vector<std::uint16_t>;

    /// The first entry that is not below `place`, looked for from where it would be if the tag were
    /// spread evenly, since most tags nearly are.
    static list::const_iterator lower_bound(list const& few, std::size_t place) {
        return lower_bound(few, place, few.size() * place / chunk_slots);
    }
    /// The same by growing strides from `guess`, which is within the list or at its end.
    static list::const_iterator lower_bound(list const& few, std::size_t place, std::size_t guess) {
        if (few.empty() || few.back() < place) {
            return few.end();
        }
        guess = (std::min)(guess, few.size() - 1);
        std::size_t stride = 1;
        auto low = guess;  // few[low] is below `place`, or low is 0
        auto high = guess; // few[high] is not below it
        if (few[guess] < place) {
            while (few[high = (std::min)(low + stride, few.size() - 1)] < place) {
                low = high;
                stride *= 2;
            }
        } else {
            while (low != 0 && few[low] >= place) {
                high = low;
                low -= (std::min)(low, stride);
                stride *= 2;
            }
        }
        auto const begin = few.begin();
        return std::lower_bound(begin + static_cast<std::ptrdiff_t>(low),
            begin + static_cast<std::ptrdiff_t>(high), place);
    }

    std::vector<chunk> chunks_;
    bitmap occupied_; ///< by block
    std::size_t count_ = 0;
};

/// Reads blocks one after the other, best in ascending order. A list is turned into blocks eight at
/// a time, so that a search pays for its entries and not for finding them. The postings outlive the
/// reader and do not change while it is used.
class postings::reader {
public:
    explicit reader(postings const& source) : source_{&source} {}

    /// Goes to blocks 64 * i to 64 * i + 63; a bit for each that has a slot in the set. O(1).
    word enter(std::size_t i) { return here_ = source_->blocks(i); }
    /// What `enter` said last.
    [[nodiscard]] word entered() const { return here_; }
    /// Whether a block among those that were entered has a slot in the set.
    [[nodiscard]] bool occupies(std::size_t b) const {
        return (here_ >> (b % word_bits) & 1U) != 0;
    }

    /// Has block `b` fetched while there is something else to do.
    void expect(std::size_t b) const {
        if (b / window == at_) {
            __builtin_prefetch(base() + b % window);
        }
    }

    /// The slots of block `b`, which the set occupies; good until the next call.
    [[nodiscard]] block const& read(std::size_t b) {
        if (b / window != at_) {
            open(b / window);
        }
        return base()[b % window];
    }

private:
    static constexpr std::size_t window = 8; ///< blocks
    static constexpr std::size_t windows_of_chunk = blocks_of_chunk / window;

    [[nodiscard]] block const* base() const { return plane_ != nullptr ? plane_ : decoded_.data(); }

    void open(std::size_t w) {
        auto const& c = source_->chunks_[w / windows_of_chunk];
        auto const first = w % windows_of_chunk * window;
        auto const same_chunk = w / windows_of_chunk == at_ / windows_of_chunk;
        at_ = w;
        plane_ = c.many.empty() ? nullptr : &c.many[first];
        if (plane_ != nullptr) {
            return;
        }
        decoded_.fill(block{});
        auto const begin = first * block_bits;
        auto const end = begin + window * block_bits;
        auto it = same_chunk ? lower_bound(c.few, begin, next_) : lower_bound(c.few, begin);
        for (; it != c.few.end() && *it < end; ++it) {
            auto const place = *it - begin;
            decoded_[place / block_bits].insert(place % block_bits);
        }
        next_ = static_cast<std::size_t>(it - c.few.begin());
    }

    postings const* source_;
    word here_ = 0; ///< of the 64 blocks that were entered, those that the set occupies
    std::size_t at_ = static_cast<std::size_t>(-1); ///< the window that is open
    block const* plane_ = nullptr; ///< the window as it is stored, or none: it is decoded
    std::size_t next_ = 0;         ///< in the list of the window's chunk, the first place after it
    std::array<block, window> decoded_;
};

} // namespace koc
