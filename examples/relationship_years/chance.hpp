// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whole numbers drawn from a seed. The distributions are our own, as those of the standard library
// differ from one library to the next.

#include <bit>
#include <cstdint>
#include <random>

namespace years {

class chance {
public:
    explicit chance(std::uint64_t seed) : draw_{seed} {}

    /// From 0 to n - 1; n from 1 to 2^32.
    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(((draw_() >> 32U) * static_cast<std::uint64_t>(n)) >> 32U);
    }
    std::int64_t between(std::int64_t first, std::int64_t last) {
        return first + below(last - first + 1);
    }
    bool percent(std::int64_t n) { return below(100) < n; }
    /// A number of weeks of which half of all draws are below `half`, a quarter above twice `half`,
    /// and so on; 1.5 `half` on average.
    std::int64_t lifetime(std::int64_t half) {
        return half * std::countl_zero(draw_() | 1U) + below(half);
    }

private:
    std::mt19937_64 draw_;
};

} // namespace years
