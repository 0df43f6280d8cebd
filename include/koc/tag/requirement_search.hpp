// SPDX-License-Identifier: BSL-1.0
#pragma once

// A plan on its way through an index. The walk over the tree that filters 64 members at a time in
// the plan is done here for a block of 512, and before that for 64 blocks at once by the bits that
// say where a tag occurs at all: so the cost of a search follows the rarest tag that is insisted
// on.

#include <koc/tag/postings.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/tag/search_index.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// A plan made ready to go through one index, block after block. The plan and the index outlive it
/// and do not change while it is used.
class requirement_plan::search {
public:
    /// O(nodes).
    search(requirement_plan const& plan, search_index const& people)
        : plan_{plan}, people_{people} {
        readers_.reserve(plan.nodes_.size());
        for (auto const& n : plan.nodes_) {
            readers_.emplace_back(people.tagged(n.tag)); // nobody, where the node is not a tag
        }
    }

    /// A bit for each of the blocks 64 * i to 64 * i + 63 where somebody may meet the requirement.
    [[nodiscard]] bitmap::word blocks(std::size_t i) {
        auto open = people_.live().blocks(i);
        plan_.filter(plan_.nodes_.front(), many_blocks{*this, i}, open);
        return open;
    }

    /// Leaves of the slots of block `b` in `considered`, all of them live, those that may meet the
    /// requirement: tags decide here, columns only where a whole word is out of range; `settles`
    /// has the last word.
    void filter(std::size_t b, block& considered) {
        plan_.filter(plan_.nodes_.front(), one_block{*this, b}, considered);
    }

    /// Whether a member that `filter` left meets the requirement. O(1) without columns.
    [[nodiscard]] bool settles(slot s) const {
        auto const& root = plan_.nodes_.front();
        auto in = bit_of(s);
        if (root.columns != 0) {
            words_of<search_index> const word{people_, s / word_bits};
            if (root.kind == requirement_kind::all) { // its tags have been looked at
                for (std::uint32_t i = 0; i < root.count && in != 0; ++i) {
                    if (auto const& part = plan_.nodes_[root.first + i]; part.columns != 0) {
                        plan_.filter(part, word, in);
                    }
                }
            } else {
                plan_.filter(root, word, in);
            }
        }
        return in != 0;
    }

private:
    [[nodiscard]] postings::reader& reader_of(node const& n) {
        return readers_[static_cast<std::size_t>(&n - plan_.nodes_.data())];
    }

    struct one_block {
        search& all;
        std::size_t b;

        void tagged(node const& n, block& in) const {
            auto& who = all.reader_of(n);
            if (who.occupies(b)) {
                in &= who.read(b);
            } else {
                in = block{};
            }
        }
        void ranged(node const& n, block& in) const {
            auto const& numbers = all.people_.numbers(n.column);
            for (std::size_t i = 0; i < block_words; ++i) {
                auto const [low, high] = numbers.word_range(b * block_words + i);
                if (high < n.low || n.high < low) {
                    in.words[i] = 0;
                }
            }
        }
        /// Only who surely has a part may go.
        static void drop(node const& n, block& in, block const& lanes) {
            if (n.columns == 0) {
                in -= lanes;
            }
        }
        static bool none(block const& lanes) { return lanes.empty(); }
    };

    struct many_blocks {
        search& all;
        std::size_t i;

        void tagged(node const& n, bitmap::word& in) const { in &= all.reader_of(n).blocks(i); }
        /// Ranges are looked at in the block itself.
        static void ranged(node const&, bitmap::word&) {}
        /// A block where somebody has a tag is not one where everybody has it.
        static void drop(node const&, bitmap::word&, bitmap::word) {}
        static bool none(bitmap::word lanes) { return lanes == 0; }
    };

    requirement_plan const& plan_;
    search_index const& people_;
    std::vector<postings::reader> readers_; ///< by node
};

} // namespace koc
