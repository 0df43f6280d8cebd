// SPDX-License-Identifier: BSL-1.0
#pragma once

// A sum of scores that neither wraps nor depends on the order. It is kept in 128 bits, which no
// memory holds enough scores to fill; what leaves the range of a score at the end stops at that
// end of the range, and the sum can tell that it did.

#include <koc/number/score.hpp>

#include <cstdint>
#include <limits>

namespace koc {

inline constexpr score score_min{(std::numeric_limits<std::int64_t>::min)()};
inline constexpr score score_max{(std::numeric_limits<std::int64_t>::max)()};

/// Adds scores up; `total` is exact where it fits, and otherwise the nearest score.
class score_sum {
    __extension__ using wide = __int128;

public:
    constexpr score_sum& add(score part) { return sum_ += part.raw, *this; }
    constexpr score_sum& subtract(score part) { return sum_ -= part.raw, *this; }
    /// Adds `each` `n` times.
    constexpr score_sum& add(score each, std::int64_t n) {
        return sum_ += static_cast<wide>(each.raw) * n, *this;
    }

    /// Whether the sum is a score.
    [[nodiscard]] constexpr bool fits() const {
        return sum_ >= score_min.raw && sum_ <= score_max.raw;
    }
    [[nodiscard]] constexpr score total() const {
        return fits() ? score{static_cast<std::int64_t>(sum_)} : sum_ < 0 ? score_min : score_max;
    }

private:
    wide sum_ = 0;
};

/// `a - b`, or the nearest score.
constexpr score difference(score a, score b) { return score_sum{}.add(a).subtract(b).total(); }

} // namespace koc
