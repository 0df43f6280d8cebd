// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a container knows of the type that it holds: one constant for each.

#include <koc/core/type_key.hpp>
#include <koc/describe/shape.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace koc::detail {

struct value_type {
    std::size_t size;
    type_key of;
    shape const* form;
    void (*take)(void* to,
        void* from) noexcept; ///< constructs at `to` by moving; `from` stays to be destroyed
    void (*copy)(void* to, void const* from); ///< constructs
    void (*destroy)(void* value) noexcept;
};

template <typename T>
void take_value(void* to, void* from) noexcept {
    ::new (to) T(std::move(*static_cast<T*>(from)));
}
template <typename T>
void copy_value(void* to, void const* from) {
    ::new (to) T(*static_cast<T const*>(from));
}
template <typename T>
void destroy_value(void* value) noexcept {
    static_cast<T*>(value)->~T();
}
template <typename T>
inline constexpr value_type value_type_of{
    sizeof(T), key_of<T>, &shape_of<T>, &take_value<T>, &copy_value<T>, &destroy_value<T>};

} // namespace koc::detail
