// SPDX-License-Identifier: BSL-1.0
#pragma once

// Types and names as sorted hashes, to ask at compile time whether one is there or is there twice.
// A programme has some hundred types of events; recursion over lists of types of that length takes
// a compiler seconds, this takes it milliseconds.

#include <koc/core/type_key.hpp>

#include <boost/mp11/list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace koc::detail {

template <std::size_t N>
class key_set {
public:
    consteval explicit key_set(std::uint64_t const (&keys)[N + 1]) {
        std::copy(keys, keys + N, keys_);
        std::sort(keys_, keys_ + N);
    }

    [[nodiscard]] consteval bool contains(std::uint64_t key) const {
        return std::binary_search(keys_, keys_ + N, key);
    }
    [[nodiscard]] consteval bool all_differ() const {
        return std::adjacent_find(keys_, keys_ + N) == keys_ + N;
    }

private:
    std::uint64_t keys_[N + 1]{}; ///< the last one is none, as there may be no other
};

template <typename T>
inline constexpr std::uint64_t key_in_set = entry_of<T>.hash;

template <typename... T>
consteval auto keys_of(boost::mp11::mp_list<T...>) {
    return key_set<sizeof...(T)>{{key_in_set<T>..., 0}};
}
/// The types of a list.
template <typename List>
inline constexpr auto types_in = keys_of(List{});

/// Whether no two of some names are equal.
template <std::size_t N>
consteval bool names_differ(std::string_view const (&names)[N]) {
    std::uint64_t keys[N + 1]{};
    for (std::size_t i = 0; i < N; ++i) {
        keys[i] = hash_of(names[i]);
    }
    return key_set<N>{keys}.all_differ();
}

} // namespace koc::detail
