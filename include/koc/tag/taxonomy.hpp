// SPDX-License-Identifier: BSL-1.0
#pragma once

// The vocabulary of a programme: facets (axes such as region or format) and tags (values on an
// axis, with parents). It is data, not code: a region tree is read from a file. A tag's parents
// exist before it, so the tree cannot hold a cycle, and what a tag stands under never changes once
// it is defined.

#include <koc/core/arrival_map.hpp>
#include <koc/core/contract.hpp>
#include <koc/core/detail/rows.hpp>
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/tag/fwd.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// A tag as people and files name it: `region` `heilongjiang`.
struct tag_name {
    std::string facet;
    std::string key;

    friend auto operator<=>(tag_name const&, tag_name const&) = default;
};
BOOST_DESCRIBE_STRUCT(tag_name, (), (facet, key))

inline std::string to_string(tag_name const& name) { return name.facet + ':' + name.key; }

/// An axis.
struct facet_definition {
    std::string name;
    bool sensitive =
        false; ///< gender, age, ...: needs the programme's leave to appear in a requirement
    bool earned = false; ///< its tags are given to whoever did good work on them, or learned from
                         ///< what they publish
};
BOOST_DESCRIBE_STRUCT(facet_definition, (), (name, sensitive, earned))

/// A value on an axis. `parents` are keys of earlier tags of the same facet; `label` is for people.
struct tag_definition {
    std::string facet;
    std::string key;
    std::string label;
    std::vector<std::string> parents;
};
BOOST_DESCRIBE_STRUCT(tag_definition, (), (facet, key, label, parents))

/// Facets, tags and who stands under whom.
class taxonomy {
public:
    /// Why a definition cannot be added, if so.
    [[nodiscard]] std::optional<error> check(facet_definition const& facet) const {
        if (find_facet(facet.name)) {
            return error{
                errc::already_exists, "facet " + escaped(facet.name), "expected a new facet name"};
        }
        if (facets_.size() == facet_count_max) {
            return error{
                errc::too_large, "facet " + escaped(facet.name), "expected at most 65,535 facets"};
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<error> check(tag_definition const& tag) const {
        auto const subject = "tag " + escaped(tag.facet + ':' + tag.key);
        if (!find_facet(tag.facet)) {
            return error{
                errc::unknown_id, subject, "expected a known facet; define the facet first"};
        }
        if (find(tag.facet, tag.key)) {
            return error{errc::already_exists, subject, "expected a key that is new in its facet"};
        }
        for (auto const& parent : tag.parents) {
            if (!find(tag.facet, parent)) {
                return error{errc::unknown_id, subject,
                    "expected its parent " + koc::quoted(parent) + " to be defined before it"};
            }
        }
        return std::nullopt;
    }

    /// Adds what `check` accepts. O(ancestors).
    result<facet_id> add(facet_definition facet) {
        if (auto refused = check(facet)) {
            return *std::move(refused);
        }
        auto const id = facet_id{static_cast<std::uint16_t>(facets_.size() + 1)};
        facet_names_.try_emplace(facet.name, id);
        facets_.push_back({std::move(facet), {}});
        return id;
    }
    result<tag_id> add(tag_definition tag) {
        if (auto refused = check(tag)) {
            return *std::move(refused);
        }
        auto const id = tag_id{static_cast<std::uint32_t>(tags_.size() + 1)};
        entry added{*find_facet(tag.facet), tag.key, std::move(tag.label), {}};
        for (auto const& parent : tag.parents) {
            auto const above = ancestors_and_self(*find(tag.facet, parent));
            added.above.insert(added.above.end(), above.begin(), above.end());
        }
        added.above.push_back(id);
        std::sort(added.above.begin(), added.above.end());
        added.above.erase(std::unique(added.above.begin(), added.above.end()), added.above.end());
        facets_.begin()[added.facet.value() - 1U].keys.try_emplace(tag.key, id);
        tags_.push_back(std::move(added));
        return id;
    }

    /// Takes away the facet or tag that was added last, of which nothing uses the id; a facet has
    /// no tags.
    void remove_last_facet() noexcept {
        facets_.pop_back();
        facet_names_.remove_last();
    }
    void remove_last_tag() noexcept {
        auto const& last = at(tag_id{static_cast<std::uint32_t>(tags_.size())});
        facets_.begin()[last.facet.value() - 1U].keys.remove_last();
        tags_.pop_back();
    }

    /// The number of facets; ids run from 1 to it.
    [[nodiscard]] std::size_t facet_count() const { return facets_.size(); }
    /// The number of tags; ids run from 1 to it.
    [[nodiscard]] std::size_t size() const { return tags_.size(); }
    [[nodiscard]] bool contains(tag_id tag) const {
        return tag.valid() && tag.value() <= tags_.size();
    }

    [[nodiscard]] std::optional<facet_id> find_facet(std::string_view name) const {
        auto const found = facet_names_.find(name);
        return found == facet_names_.end() ? std::nullopt : std::optional{found->second};
    }
    [[nodiscard]] std::optional<tag_id> find(std::string_view facet, std::string_view key) const {
        auto const axis = find_facet(facet);
        if (!axis) {
            return std::nullopt;
        }
        auto const& keys = facets_.begin()[axis->value() - 1U].keys;
        auto const found = keys.find(key);
        return found == keys.end() ? std::nullopt : std::optional{found->second};
    }
    [[nodiscard]] std::optional<tag_id> find(tag_name const& name) const {
        return find(name.facet, name.key);
    }

    // Below, tags and facets are known ones.

    [[nodiscard]] facet_id facet_of(tag_id tag) const { return at(tag).facet; }
    [[nodiscard]] std::string const& label(tag_id tag) const { return at(tag).label; }
    [[nodiscard]] tag_name name(tag_id tag) const {
        return {facet(at(tag).facet).name, at(tag).key};
    }
    [[nodiscard]] facet_definition const& facet(facet_id axis) const {
        KOC_EXPECTS(axis.valid() && axis.value() <= facets_.size());
        return facets_.begin()[axis.value() - 1U].definition;
    }

    /// The tag and everything above it, ascending.
    [[nodiscard]] std::span<tag_id const> ancestors_and_self(tag_id tag) const {
        return at(tag).above;
    }

    /// Whether `tag` is `above` or stands under it: Harbin is covered by Northeast. O(log
    /// ancestors).
    [[nodiscard]] bool covers(tag_id above, tag_id tag) const {
        auto const chain = ancestors_and_self(tag);
        return std::binary_search(chain.begin(), chain.end(), above);
    }

    template <typename Hasher>
    void digest_into(Hasher& into) const {
        into.add(facets_.size());
        for (auto const& axis : facets_) {
            into.add(axis.definition);
        }
        into.add(tags_.size());
        for (auto const& tag : tags_) {
            into.add(tag.facet).add(tag.key).add(tag.label).add(tag.above);
        }
    }

    /// Appends all facets and tags as canonical text; the parents of a tag are then all that stand
    /// above it.
    void write_into(std::string& out) const {
        out += "{\"facets\":[";
        for (auto const& axis : facets_) {
            out += &axis == facets_.begin() ? "" : ",";
            append_canonical(out, shape_of<facet_definition>, &axis.definition);
        }
        out += "],\"tags\":[";
        for (auto const& tag : tags_) {
            tag_definition made{facet(tag.facet).name, tag.key, tag.label, {}};
            for (auto const above : tag.above) {
                if (&at(above) != &tag) {
                    made.parents.push_back(at(above).key);
                }
            }
            out += &tag == tags_.begin() ? "" : ",";
            append_canonical(out, shape_of<tag_definition>, &made);
        }
        out += "]}";
    }

private:
    static constexpr std::size_t facet_count_max = 65'535;

    struct axis_entry {
        facet_definition definition;
        arrival_map<std::string, tag_id> keys;
    };
    struct entry {
        facet_id facet;
        std::string key;
        std::string label;
        std::vector<tag_id> above; ///< the tag and all its ancestors, ascending
    };

    [[nodiscard]] entry const& at(tag_id tag) const {
        if (!contains(tag)) {
            throw_misfit("tag", tag.value());
        }
        return tags_.begin()[tag.value() - 1];
    }

    detail::rows<axis_entry> facets_;
    detail::rows<entry> tags_;
    arrival_map<std::string, facet_id> facet_names_;
};

} // namespace koc
