// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a registry is told about its records: their type, their columns and further keys.

#include <koc/core/id.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/mp11/list.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace koc {

/// A feature column: its name in requirements and how it is read from a record.
template <typename Record>
struct column_of {
    std::string_view name;
    std::int64_t (*value)(Record const&);
};

/// A record with an id and tags.
template <typename R>
concept tagged_record = std::copyable<R> && requires(R const& r) {
    requires is_id<std::remove_cvref_t<decltype(r.id)>>;
    { r.tags } -> std::convertible_to<tag_set const&>;
};

/// Describes the rows of a registry.
///
/// Requirements:
///   1. `S::record` is a `tagged_record`.
///   2. `S::columns` is a constexpr array of `column_of<S::record>`; their names differ.
///   3. `S::keys` is an mp_list of Boost.MultiIndex index specifiers over the record, beside the
///   id; none
///      of them is unique.
///
/// Smallest model: a struct with `record`, an empty `columns` array and `keys = mp_list<>`.
template <typename S>
concept row_schema = tagged_record<typename S::record> && requires {
    typename S::keys;
    { S::columns.size() } -> std::convertible_to<std::size_t>;
    { *S::columns.data() } -> std::convertible_to<column_of<typename S::record>>;
};

} // namespace koc
