// SPDX-License-Identifier: BSL-1.0
#pragma once

// An id names one thing and can do nothing else. Two ids of different kinds never convert into each
// other, so a task never lands where a member was meant, and no id takes part in arithmetic.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view> // declares std::hash, as <functional> does at twice the cost

namespace koc {

/// Names one thing of the kind `Kind`; ordered and hashable, without arithmetic.
///
/// `Kind` is any type, complete or not; `Rep` is the unsigned integer that is stored. The value 0
/// is "nobody": a default-constructed id, which `valid()` tells apart.
template <typename Kind, typename Rep = std::uint64_t>
class id {
public:
    using kind = Kind;
    using rep = Rep;

    constexpr id() = default;
    constexpr explicit id(Rep value) : value_{value} {}

    [[nodiscard]] constexpr Rep value() const { return value_; }
    [[nodiscard]] constexpr bool valid() const { return value_ != Rep{}; }

    friend constexpr auto operator<=>(id, id) = default;

    /// For Boost's hash tables; nothing recorded ever depends on a hash.
    friend std::size_t hash_value(id const& it) {
        auto mixed = static_cast<std::uint64_t>(it.value_) * 0x9e3779b97f4a7c15U;
        return static_cast<std::size_t>(mixed ^ (mixed >> 32));
    }

private:
    Rep value_{};
};

template <typename T>
inline constexpr bool is_id = false;
template <typename Kind, typename Rep>
inline constexpr bool is_id<id<Kind, Rep>> = true;

} // namespace koc

template <typename Kind, typename Rep>
struct std::hash<koc::id<Kind, Rep>> {
    std::size_t operator()(koc::id<Kind, Rep> const& it) const { return hash_value(it); }
};
