// SPDX-License-Identifier: BSL-1.0
#pragma once

// The tags of one thing, each with a weight: how much this interest, format or region is theirs.
// Sorted by id, one entry a tag, so sets compare, merge and digest without further thought.

#include <koc/describe/canonical.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// A tag and how strongly it applies, normally in (0, 1].
struct weighted_tag {
    tag_id tag;
    score weight = whole(1);

    friend bool operator==(weighted_tag const&, weighted_tag const&) = default;
};
BOOST_DESCRIBE_STRUCT(weighted_tag, (), (tag, weight))

namespace detail {

template <typename Tags>
auto lower_bound(Tags& tags, tag_id tag) {
    return std::lower_bound(tags.begin(), tags.end(), tag,
        [](auto const& entry, tag_id wanted) { return entry.tag < wanted; });
}

} // namespace detail

/// A set of weighted tags in ascending order of their ids.
class tag_set {
public:
    using value_type = weighted_tag;

    tag_set() = default;
    /// Of several entries for one tag the last counts.
    explicit tag_set(std::vector<weighted_tag> const& tags) {
        tags_.reserve(tags.size());
        for (auto const& entry : tags) {
            put(entry);
        }
    }
    tag_set(std::initializer_list<weighted_tag> tags) : tag_set{std::vector(tags)} {}

    [[nodiscard]] auto begin() const { return tags_.begin(); }
    [[nodiscard]] auto end() const { return tags_.end(); }
    [[nodiscard]] std::vector<weighted_tag> const& entries() const { return tags_; }
    [[nodiscard]] std::size_t size() const { return tags_.size(); }
    [[nodiscard]] bool empty() const { return tags_.empty(); }

    /// The weight of a tag, 0 when it is absent. O(log n).
    [[nodiscard]] score weight(tag_id tag) const {
        auto const it = detail::lower_bound(tags_, tag);
        return it != tags_.end() && it->tag == tag ? it->weight : score{};
    }
    [[nodiscard]] bool contains(tag_id tag) const {
        auto const it = detail::lower_bound(tags_, tag);
        return it != tags_.end() && it->tag == tag;
    }

    /// Adds the tag or changes its weight. O(n).
    void put(weighted_tag entry) {
        auto const it = detail::lower_bound(tags_, entry.tag);
        if (it != tags_.end() && it->tag == entry.tag) {
            it->weight = entry.weight;
        } else {
            tags_.insert(it, entry);
        }
    }
    void remove(tag_id tag) {
        auto const it = detail::lower_bound(tags_, tag);
        if (it != tags_.end() && it->tag == tag) {
            tags_.erase(it);
        }
    }

    friend bool operator==(tag_set const&, tag_set const&) = default;

private:
    std::vector<weighted_tag> tags_;
};

namespace detail {

/// As the list of its entries; whatever their order is when they are read, the set is in its own.
inline constexpr custom_form tag_set_form{"tag_set",
    [](hasher& into, void const* value) {
        into.add(
            shape_of<std::vector<weighted_tag>>, &static_cast<tag_set const*>(value)->entries());
    },
    [](std::string& out, void const* value) {
        append_canonical(out, shape_of<std::vector<weighted_tag>>,
            &static_cast<tag_set const*>(value)->entries());
    },
    [](void const* value, int depth) {
        return check_form(shape_of<std::vector<weighted_tag>>,
            &static_cast<tag_set const*>(value)->entries(), depth);
    },
    [](form_source const& from, void* value) {
        std::vector<weighted_tag> entries;
        auto refused = from.read_as(entries);
        if (!refused) {
            *static_cast<tag_set*>(value) = tag_set{entries};
        }
        return refused;
    }};

} // namespace detail

template <>
inline constexpr custom_form const* custom_form_of<tag_set> = &detail::tag_set_form;

/// The tags of a set and all that stand above them, ascending, each once.
inline std::vector<tag_id> ancestors_and_self(taxonomy const& vocabulary, tag_set const& tags) {
    std::vector<tag_id> all;
    for (auto const& entry : tags) {
        auto const above = vocabulary.ancestors_and_self(entry.tag);
        all.insert(all.end(), above.begin(), above.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace koc
