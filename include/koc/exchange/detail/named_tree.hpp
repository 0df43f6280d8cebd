// SPDX-License-Identifier: BSL-1.0
#pragma once

// The JSON form of values for files that leave a programme: tags by their names instead of the ids
// of one journal, and personal words only where they are asked for.

#include <koc/core/error.hpp>
#include <koc/core/text.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/shape.hpp>
#include <koc/json/from_json.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc::detail {

inline bool is_tag(shape const& of) { return of.id_type() == key_of<tag_id>; }

/// The tag that a name such as `region:harbin` names, or a refusal without a subject.
inline std::optional<error> read_tag_name(
    std::string_view name, taxonomy const& tags, std::uint64_t& to) {
    auto const colon = (std::min)(name.find(':'), name.size());
    auto const key = name.substr((std::min)(colon + 1, name.size()));
    auto const found = tags.find(name.substr(0, colon), key);
    if (!found) {
        return error{errc::unknown_id, {},
            "expected a known tag, such as region:harbin, not " + koc::quoted(name) +
                "; define it first or correct it"};
    }
    to = found->value();
    return std::nullopt;
}

/// Calls `visit(shape, tree, step)` for each part of a tree that has the form of a part of a value.
template <typename Visit>
std::optional<error> each_part(shape const& of, boost::json::value& tree, Visit const& visit) {
    std::optional<error> refused;
    auto const part = [&](shape const& as, boost::json::value& below, auto const& step) {
        if (!refused) {
            refused = visit(as, below);
            if (refused) {
                refused = json_below(step(), std::move(refused));
            }
        }
    };
    if (of.kind == shape_kind::structure && tree.is_object()) {
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            if (auto* const below = tree.get_object().if_contains(member.name)) {
                part(*member.of, *below, [&] { return member_step(member.name); });
            }
        }
    } else if (of.kind == shape_kind::optional && !tree.is_null()) {
        refused = visit(*of.sequence().element, tree);
    } else if (of.kind == shape_kind::list && tree.is_array()) {
        std::size_t index = 0;
        for (auto& below : tree.get_array()) {
            part(*of.sequence().element, below, [&] { return index_step(index); });
            ++index;
        }
    } else if (of.kind == shape_kind::pair && tree.is_array() && tree.get_array().size() == 2) {
        part(*of.both().first, tree.get_array()[0], [] { return index_step(0); });
        part(*of.both().second, tree.get_array()[1], [] { return index_step(1); });
    }
    return refused;
}

/// Puts ids in the place of names, and personal words into their wrapper with nobody as owner.
/// Nothing when that succeeds, otherwise the refusal with its path as subject.
inline std::optional<error> names_to_ids(
    shape const& of, boost::json::value& tree, taxonomy const& tags) {
    if (is_tag(of) && tree.is_string()) {
        std::uint64_t id = 0;
        if (auto refused = read_tag_name(*json_words(tree), tags, id)) {
            return refused;
        }
        tree = id;
        return std::nullopt;
    }
    if (of.kind == shape_kind::personal && tree.is_string()) {
        boost::json::object wrapped;
        wrapped["owner"] = 0;
        wrapped["text"] = std::move(tree);
        tree = std::move(wrapped);
        return std::nullopt;
    }
    return each_part(of, tree,
        [&](shape const& as, boost::json::value& below) { return names_to_ids(as, below, tags); });
}

/// The opposite, for a tree that was made of a value.
inline void ids_to_names(shape const& of, boost::json::value& tree, taxonomy const& tags) {
    if (is_tag(of)) {
        auto const id = tag_id{tree.to_number<std::uint32_t>()};
        if (tags.contains(id)) {
            tree = to_string(tags.name(id));
        }
    } else if (of.kind == shape_kind::personal) {
        auto words = std::move(tree.get_object()["text"]);
        tree = std::move(words);
    } else {
        each_part(of, tree, [&](shape const& as, boost::json::value& below) {
            ids_to_names(as, below, tags);
            return std::optional<error>{};
        });
    }
}

/// Whether a value holds personal words, in whatever depth; `depth` ends what holds itself.
inline bool holds_personal(shape const& of, int depth = 0) {
    if (of.kind == shape_kind::personal) {
        return true;
    }
    bool found = false;
    if (depth > 8) {
        return found;
    }
    if (of.kind == shape_kind::structure) {
        for (std::size_t i = 0; i < of.count; ++i) {
            found = found || holds_personal(*of.members()[i].of, depth + 1);
        }
    } else if (of.kind == shape_kind::optional || of.kind == shape_kind::list) {
        found = holds_personal(*of.sequence().element, depth + 1);
    } else if (of.kind == shape_kind::pair) {
        found = holds_personal(*of.both().first, depth + 1) ||
            holds_personal(*of.both().second, depth + 1);
    }
    return found;
}

} // namespace koc::detail
