// SPDX-License-Identifier: BSL-1.0
#pragma once

// Types as values: what lets the engine be compiled once and look its tables up by the type of an
// event, a command or a record. Two keys are equal when the types have the same name, so that they
// also compare across shared libraries, where one type may have two addresses.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace koc {

namespace detail {

template <typename T>
consteval std::string_view qualified_name() {
    return __PRETTY_FUNCTION__;
}

/// FNV-1a, 64 bits.
consteval std::uint64_t hash_of(std::string_view text) {
    auto hash = std::uint64_t{0xcbf2'9ce4'8422'2325};
    for (auto c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x0000'0100'0000'01b3;
    }
    return hash;
}

struct type_entry {
    std::string_view name;
    std::uint64_t hash;
};
template <typename T>
inline constexpr type_entry entry_of{qualified_name<T>(), hash_of(qualified_name<T>())};

} // namespace detail

/// A type, or none.
class type_key {
public:
    constexpr type_key() = default;
    constexpr explicit type_key(detail::type_entry const& entry) : entry_{&entry} {}

    [[nodiscard]] constexpr bool valid() const { return entry_ != nullptr; }
    [[nodiscard]] constexpr std::uint64_t hash() const {
        return entry_ == nullptr ? 0 : entry_->hash;
    }

    friend constexpr bool operator==(type_key a, type_key b) {
        return a.entry_ == b.entry_ ||
            (a.entry_ != nullptr && b.entry_ != nullptr && a.entry_->hash == b.entry_->hash &&
                a.entry_->name == b.entry_->name);
    }

private:
    detail::type_entry const* entry_ = nullptr;
};

template <typename T>
inline constexpr type_key key_of{detail::entry_of<T>};

} // namespace koc
