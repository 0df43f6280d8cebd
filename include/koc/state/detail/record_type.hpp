// SPDX-License-Identifier: BSL-1.0
#pragma once

// A record type as a constant description: what table_core, which is compiled once, needs to hold
// records of any type.

#include <koc/core/type_key.hpp>
#include <koc/describe/shape.hpp>
#include <koc/state/key.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

namespace koc::detail {

/// What a table knows of its record type.
struct record_type {
    std::size_t size;
    std::size_t further_keys;
    type_key of;
    shape const* form;
    std::uint64_t (*id)(void const* record);
    void (*keys)(void const* record, key_row* into);
    void (*take)(void* to,
        void* from) noexcept; ///< constructs at `to` by moving; `from` stays to be destroyed
    void (*copy)(void* to, void const* from); ///< constructs
    void (*destroy)(void* record) noexcept;
    void (*make)(void* to); ///< constructs from nothing; null where that is not possible
};

template <typename Record>
void make_record(void* to) {
    ::new (to) Record{};
}
template <typename Record>
inline constexpr void (*maker_of)(void*) = nullptr;
template <typename Record>
    requires std::is_default_constructible_v<Record>
inline constexpr void (*maker_of<Record>)(void*) = &make_record<Record>;

} // namespace koc::detail
