// SPDX-License-Identifier: BSL-1.0
#pragma once

// What requirements and matching ask about many records: which of 64 neighbouring slots have a tag,
// and what number is in a column. A host with a table of its own models these concepts and needs no
// registry.

#include <koc/tag/bitmap.hpp>
#include <koc/tag/taxonomy.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace koc {

/// Resolves the names in a requirement.
///
/// Requirements, where `v` is const:
///   1. `v.find_tag(name)` returns the tag's id, or nothing for an unknown name.
///   2. `v.find_column(name)` returns the column's id, or nothing.
///   3. `v.sensitive(tag)` tells whether the tag describes a sensitive attribute and so may not
///   decide; a vocabulary for
///      whom sensitive tags are allowed says no.
template <typename V>
concept vocabulary = requires(
    V const& v, tag_name const& name, std::string_view column, tag_id tag) {
    { v.find_tag(name) } -> std::same_as<std::optional<tag_id>>;
    { v.find_column(column) } -> std::same_as<std::optional<column_id>>;
    { v.sensitive(tag) } -> std::same_as<bool>;
};

/// Records with slots, tags and columns.
///
/// Requirements, where `p` is const:
///   1. `p.slot_count()` is one past the highest slot in use.
///   2. `p.live_word(w)` has a bit for each slot of word `w` that holds a member.
///   3. `p.tag_word(tag, w)` has a bit for each member of word `w` with the tag or one under it.
///   4. `p.value(column, slot)` is the number in the column, for a slot that is live, or
///      `number_column::absent`.
///   5. Equal calls give equal answers while nothing is changed.   [law, tests/registry]
///
/// Models: `registry`.
template <typename P>
concept tagged_population = requires(
    P const& p, std::size_t w, tag_id tag, column_id column, slot s) {
    { p.slot_count() } -> std::convertible_to<std::size_t>;
    { p.live_word(w) } -> std::same_as<bitmap::word>;
    { p.tag_word(tag, w) } -> std::same_as<bitmap::word>;
    { p.value(column, s) } -> std::convertible_to<std::int64_t>;
};

} // namespace koc
