// SPDX-License-Identifier: BSL-1.0
#pragma once

// A requirement compiled for one vocabulary: names resolved, sizes checked. It filters 64 members
// at a time and can say which part a single member fails.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/tag/concepts.hpp>
#include <koc/tag/number_column.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/search_index.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace koc {

inline constexpr int requirement_depth_max = 16;
inline constexpr std::size_t requirement_size_max = 1024; ///< nodes, the root included

/// A requirement compiled for a vocabulary.
class requirement_plan {
public:
    /// Admits everybody.
    requirement_plan() : nodes_(1), sources_(1) {}

    /// Compiles a requirement. O(nodes).
    ///
    /// Refused: unknown tag or column (`unknown_id`), a tree deeper than 16 or larger than 1024
    /// nodes
    /// (`too_large`), a column range without an end or with low above high, or a node of no known
    /// kind
    /// (`invalid_argument`), a tag that the vocabulary calls sensitive (`not_qualified`).
    template <vocabulary V>
    static result<requirement_plan> compile(requirement const& source, V const& names) {
        requirement_plan plan;
        if (auto refused = plan.build(0, source, names, 1)) {
            return *std::move(refused);
        }
        return plan;
    }

    /// The slots of word `w` that are in `considered`, all of them live, and meet the requirement.
    template <tagged_population P>
    [[nodiscard]] bitmap::word filter(
        P const& people, std::size_t w, bitmap::word considered) const {
        filter(nodes_.front(), words_of<P>{people, w}, considered);
        return considered;
    }

    /// Goes through an index block by block; see `requirement_search.hpp`.
    class search;

    /// Tags of which everybody who meets the requirement has at least one, chosen so that few
    /// people have any; empty where the requirement insists on none. O(nodes).
    [[nodiscard]] std::vector<tag_id> anchors(search_index const& people) const {
        std::vector<tag_id> rarest;
        auto fewest = (std::numeric_limits<std::size_t>::max)();
        auto const consider = [&](node const& n) {
            if (n.kind != requirement_kind::tag && n.kind != requirement_kind::any) {
                return;
            }
            auto const* part = n.kind == requirement_kind::tag ? &n : &nodes_[n.first];
            auto const* end = part + (n.kind == requirement_kind::tag ? 1 : n.count);
            std::vector<tag_id> tags;
            std::size_t count = 0;
            for (; part != end; ++part) {
                if (part->kind != requirement_kind::tag) {
                    return;
                }
                tags.push_back(part->tag);
                count += people.tagged(part->tag).count();
            }
            if (count < fewest) {
                fewest = count;
                rarest = std::move(tags);
            }
        };
        auto const& root = nodes_.front();
        consider(root);
        for (std::uint32_t i = 0; i < root.count && root.kind == requirement_kind::all; ++i) {
            consider(nodes_[root.first + i]);
        }
        return rarest;
    }

    /// Whether the member in a slot meets the requirement; an empty slot never does.
    template <tagged_population P>
    [[nodiscard]] bool admits(P const& people, slot s) const {
        auto const w = s / word_bits;
        return filter(people, w, people.live_word(w) & bit_of(s)) != 0;
    }

    /// The smallest part that the member in a live slot fails, first in the order written; nothing
    /// when all holds.
    template <tagged_population P>
    [[nodiscard]] std::optional<requirement> first_failure(P const& people, slot s) const {
        KOC_EXPECTS((people.live_word(s / word_bits) & bit_of(s)) != 0);
        return first_failure(0, people, s);
    }

private:
    struct node {
        requirement_kind kind = requirement_kind::all;
        std::uint32_t first = 0; ///< its parts are `count` nodes from here
        std::uint32_t count = 0;
        std::uint32_t columns = 0; ///< nodes here and below that read a column
        tag_id tag;
        column_id column;
        std::int64_t low = 0;
        std::int64_t high = 0;
    };

    static constexpr bitmap::word bit_of(slot s) { return bitmap::word{1} << (s % word_bits); }

    template <typename V>
    std::optional<error> build(
        std::size_t at, requirement const& source, V const& names, int depth) {
        auto const refuse = [](errc code, std::string subject, std::string expected) {
            return error{code, std::move(subject), std::move(expected)};
        };
        if (depth > requirement_depth_max) {
            return refuse(errc::too_large, "requirement", "expected at most 16 levels; flatten it");
        }
        if (nodes_.size() + source.parts.size() > requirement_size_max) {
            return refuse(
                errc::too_large, "requirement", "expected at most 1024 parts; simplify it");
        }
        if (!is_plain(source)) {
            return refuse(errc::invalid_argument, "requirement",
                "expected only the members of the requirement's kind to be set; clear the others");
        }
        node made;
        made.kind = source.kind;
        sources_[at] = {
            source.kind, {}, source.tag, source.column, source.at_least, source.at_most};
        if (source.kind == requirement_kind::tag) {
            auto const tag = names.find_tag(source.tag);
            if (!tag) {
                return refuse(errc::unknown_id, "tag " + escaped(to_string(source.tag)),
                    "expected a defined tag; define it or correct the name");
            }
            if (names.sensitive(*tag)) {
                return refuse(errc::not_qualified, "tag " + escaped(to_string(source.tag)),
                    "expected a tag that is not sensitive; the programme's policy does not "
                    "let this facet decide");
            }
            made.tag = *tag;
        } else if (source.kind == requirement_kind::column) {
            auto const found = names.find_column(source.column);
            if (!found) {
                return refuse(errc::unknown_id, "column " + escaped(source.column),
                    "expected the name of a column of this registry");
            }
            made.column = *found;
            made.columns = 1;
            made.low = source.at_least.value_or(number_column::absent);
            made.high = source.at_most.value_or((std::numeric_limits<std::int64_t>::max)());
            if ((!source.at_least && !source.at_most) || made.low > made.high) {
                return refuse(errc::invalid_argument, "column " + escaped(source.column),
                    "expected a range with at least one end and the lower end first");
            }
            made.low = (std::max)(made.low, number_column::absent + 1); // which is in no range
        } else if (name_of(source.kind) == "?") {
            return refuse(errc::invalid_argument, "requirement",
                "expected all, any, none, a tag or a column");
        } else {
            made.first = static_cast<std::uint32_t>(nodes_.size());
            made.count = static_cast<std::uint32_t>(source.parts.size());
            nodes_.resize(nodes_.size() + source.parts.size());
            sources_.resize(nodes_.size());
        }
        nodes_[at] = made;
        for (std::uint32_t i = 0; i < made.count; ++i) {
            if (auto refused = build(made.first + i, source.parts[i], names, depth + 1)) {
                return refused;
            }
            nodes_[at].columns += nodes_[made.first + i].columns;
        }
        return std::nullopt;
    }

    // What the walk over the tree reads: 64 slots here, 512 slots or 64 blocks in a search. Each
    // step leaves the lanes for which its node holds.

    static bool within(node const& n, std::int64_t value) {
        return n.low <= value && value <= n.high;
    }

    template <typename P>
    struct words_of {
        P const& people;
        std::size_t w;

        void tagged(node const& n, bitmap::word& in) const { in &= people.tag_word(n.tag, w); }
        void ranged(node const& n, bitmap::word& in) const {
            for_each_slot(w, in, [&](slot s) {
                if (!within(n, people.value(n.column, s))) {
                    in &= ~bit_of(s);
                }
            });
        }
        static void drop(node const&, bitmap::word& in, bitmap::word lanes) { in &= ~lanes; }
        static bool none(bitmap::word lanes) { return lanes == 0; }
    };

    template <typename Reader, typename Lanes>
    void filter(node const& n, Reader const& people, Lanes& in) const {
        switch (n.kind) {
        case requirement_kind::tag:
            return people.tagged(n, in);
        case requirement_kind::column:
            return people.ranged(n, in);
        case requirement_kind::all:
            for (std::uint32_t i = 0; i < n.count && !Reader::none(in); ++i) {
                filter(nodes_[n.first + i], people, in);
            }
            return;
        case requirement_kind::any:
        case requirement_kind::none:
            break;
        }
        Lanes met{};
        for (std::uint32_t i = 0; i < n.count && !(met == in); ++i) {
            auto some = in;
            filter(nodes_[n.first + i], people, some);
            met |= some;
        }
        if (n.kind == requirement_kind::any) {
            in = met;
        } else {
            Reader::drop(n, in, met);
        }
    }

    template <typename P>
    std::optional<requirement> first_failure(std::size_t at, P const& people, slot s) const {
        auto const& n = nodes_[at];
        auto in = bit_of(s);
        filter(n, words_of<P>{people, s / word_bits}, in);
        if (in != 0) {
            return std::nullopt;
        }
        if (n.kind == requirement_kind::all) {
            for (std::uint32_t i = 0; i < n.count; ++i) {
                if (auto failed = first_failure(n.first + i, people, s)) {
                    return failed;
                }
            }
        }
        return source_of(at);
    }

    /// The part as it was written, put together again from the flat nodes.
    [[nodiscard]] requirement source_of(std::size_t at) const {
        auto whole = sources_[at];
        for (std::uint32_t i = 0; i < nodes_[at].count; ++i) {
            whole.parts.push_back(source_of(nodes_[at].first + i));
        }
        return whole;
    }

    std::vector<node> nodes_;          ///< the root first; the parts of a node lie side by side
    std::vector<requirement> sources_; ///< what each node was made from, without its parts
};

} // namespace koc
