// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reads and changes values of which only the shape is known.

#include <koc/describe/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

namespace koc::detail {

/// The number in a boolean, integer, id or enum of `bytes` bytes.
inline std::uint64_t read_natural(void const* from, std::size_t bytes) {
    switch (bytes) {
    case 1:
        return *static_cast<std::uint8_t const*>(from);
    case 2: {
        std::uint16_t v = 0;
        std::memcpy(&v, from, 2);
        return v;
    }
    case 4: {
        std::uint32_t v = 0;
        std::memcpy(&v, from, 4);
        return v;
    }
    default: {
        std::uint64_t v = 0;
        std::memcpy(&v, from, 8);
        return v;
    }
    }
}
inline std::int64_t read_whole(void const* from, std::size_t bytes) {
    auto const shift = 64 - 8 * bytes;
    return static_cast<std::int64_t>(read_natural(from, bytes) << shift) >> shift;
}

/// Stores a number in `bytes` bytes, which hold it.
inline void store_number(void* to, std::uint64_t number, std::size_t bytes) {
    auto const store = [&](auto narrow) { std::memcpy(to, &narrow, sizeof narrow); };
    switch (bytes) {
    case 1:
        store(static_cast<std::uint8_t>(number));
        return;
    case 2:
        store(static_cast<std::uint16_t>(number));
        return;
    case 4:
        store(static_cast<std::uint32_t>(number));
        return;
    default:
        store(number);
    }
}

/// The enumerator that a value has, or null. The values of most enums are 0, 1, 2, ...
inline enumerator_shape const* enumerator_at(shape const& of, void const* from) {
    auto const n = static_cast<std::int64_t>(read_natural(from, of.bytes));
    auto const* rows = of.enumerators();
    auto const mask = of.bytes == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * of.bytes)) - 1;
    auto const same = [&](enumerator_shape const& e) {
        return (static_cast<std::uint64_t>(e.value) & mask) == static_cast<std::uint64_t>(n);
    };
    if (n >= 0 && n < of.count && same(rows[n])) {
        return rows + n;
    }
    for (std::size_t i = 0; i < of.count; ++i) {
        if (same(rows[i])) {
            return rows + i;
        }
    }
    return nullptr;
}

/// The names of an enum's values: `calm, glad, torn`.
inline std::string enumerator_names(shape const& of) {
    std::string names;
    for (std::size_t i = 0; i < of.count; ++i) {
        names.append(i == 0 ? "" : ", ").append(of.enumerators()[i].name);
    }
    return names;
}

inline void const* at_offset(void const* object, std::size_t offset) {
    return static_cast<char const*>(object) + offset;
}
inline void* at_offset(void* object, std::size_t offset) {
    return static_cast<char*>(object) + offset;
}

/// Calls `visit(element)` for each element of a list or optional until it returns false.
template <typename Visit>
void each_element(sequence_shape const& list, void const* value, Visit&& visit) {
    list.each(
        value,
        [](void* with, void const* element) -> bool {
            return (*static_cast<std::remove_reference_t<Visit>*>(with))(element);
        },
        &visit);
}

} // namespace koc::detail
