// SPDX-License-Identifier: BSL-1.0
#pragma once

// Evaluates a requirement plan over an index, a block of 512 slots at a time, and before that 64
// blocks at once by the bits that say where a tag occurs at all; so the cost of a search follows
// the rarest required tag.

#include <koc/tag/postings.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/tag/search_index.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
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
        auto const& root = plan.nodes_.front();
        auto const all = root.kind == requirement_kind::all;
        auto const first = all ? root.first : 0U;
        for (auto at = first; at != first + (all ? root.count : 1U); ++at) {
            clauses_.push_back(clause_of(at));
        }
        std::sort(clauses_.begin(), clauses_.end(),
            [](clause const& a, clause const& b) { return a.people < b.people; });
    }

    /// Goes to blocks 64 * i to 64 * i + 63; a bit for each where somebody may meet the
    /// requirement.
    [[nodiscard]] bitmap::word enter(std::size_t i) {
        for (auto& who : readers_) {
            who.enter(i);
        }
        auto open = people_.live().blocks(i);
        meet(many_blocks{*this}, open);
        return open;
    }

    /// Leaves of the slots of block `b` in `considered`, all of them live, those that may meet the
    /// requirement: tags decide here, columns only where a whole word is out of range; `settles`
    /// has the last word. The block is one of those that were entered.
    void filter(std::size_t b, block& considered) { meet(one_block{*this, b}, considered); }

    /// Whether a member that `filter` left meets the requirement. O(1) without columns.
    [[nodiscard]] bool settles(slot s) const {
        auto in = bit_of(s);
        for (auto const& c : clauses_) {
            if (c.tree != nullptr && c.tree->columns != 0) {
                plan_.filter(*c.tree, words_of<search_index>{people_, s / word_bits}, in);
            }
        }
        return in != 0;
    }

private:
    /// What everybody who meets the requirement meets: one of some tags, or a part that says more.
    struct clause {
        node const* tree;    ///< the part, or none: one of the tags is enough
        std::uint32_t first; ///< their readers
        std::uint32_t count;
        std::size_t people; ///< who have one of the tags at most
    };

    [[nodiscard]] clause clause_of(std::uint32_t at) const {
        auto const& n = plan_.nodes_[at];
        auto const any = n.kind == requirement_kind::any;
        clause made{nullptr, any ? n.first : at, any ? n.count : 1U, 0};
        for (auto i = made.first; i != made.first + made.count; ++i) {
            if (plan_.nodes_[i].kind != requirement_kind::tag) {
                return {&n, at, 0, (std::numeric_limits<std::size_t>::max)()};
            }
            made.people += people_.tagged(plan_.nodes_[i].tag).count();
        }
        return made;
    }
    [[nodiscard]] std::span<postings::reader> alternatives(clause const& c) {
        return std::span{readers_}.subspan(c.first, c.count);
    }

    /// Leaves the lanes where every clause may hold.
    template <typename Reader, typename Lanes>
    void meet(Reader const& people, Lanes& in) {
        for (auto const& c : clauses_) {
            if (c.tree != nullptr) {
                plan_.filter(*c.tree, people, in);
            } else {
                Lanes met{};
                for (auto& who : alternatives(c)) {
                    people.join(who, met);
                }
                in &= met;
            }
            if (Reader::none(in)) {
                return;
            }
        }
    }

    [[nodiscard]] postings::reader& reader_of(node const& n) {
        return readers_[static_cast<std::size_t>(&n - plan_.nodes_.data())];
    }

    struct one_block {
        search& all;
        std::size_t b;

        void join(postings::reader& who, block& met) const {
            if (who.occupies(b)) {
                met |= who.read(b);
            }
        }
        void tagged(node const& n, block& in) const {
            block met{};
            join(all.reader_of(n), met);
            in &= met;
        }
        void ranged(node const& n, block& in) const {
            auto const ranges = all.people_.numbers(n.column).word_ranges(b);
            for (std::size_t i = 0; i < block_words; ++i) {
                auto const [low, high] = ranges[i];
                if (high < n.low || n.high < low) {
                    in.clear_word(i);
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

        static void join(postings::reader const& who, bitmap::word& met) { met |= who.entered(); }
        void tagged(node const& n, bitmap::word& in) const { in &= all.reader_of(n).entered(); }
        /// Ranges are looked at in the block itself.
        static void ranged(node const&, bitmap::word&) {}
        /// A block where somebody has a tag is not one where everybody has it.
        static void drop(node const&, bitmap::word&, bitmap::word) {}
        static bool none(bitmap::word lanes) { return lanes == 0; }
    };

    requirement_plan const& plan_;
    search_index const& people_;
    std::vector<postings::reader> readers_; ///< by node
    std::vector<clause> clauses_;           ///< few people first, trees last
};

} // namespace koc
