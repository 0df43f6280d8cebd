// SPDX-License-Identifier: BSL-1.0
#pragma once

// A non-decreasing function of an integer as at most 1024 steps: what a number is worth at most. A
// search looks worths up instead of computing them, and can bound a range of numbers by its end.

#include <koc/core/contract.hpp>
#include <koc/number/score.hpp>
#include <koc/number/score_sum.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// What each number up to `high()` is worth at most.
class rising_curve {
public:
    static constexpr std::size_t steps_max = 1024;

    /// Tabulates `most_at(number)` from `low` to `high`: at every number where that makes at most
    /// 1024 steps, otherwise at the last number of each step. What is below `low` is worth what
    /// `low` is. O(steps). Where `high` is below `low` there is one step.
    template <typename Most>
    rising_curve(std::int64_t low, std::int64_t high, Most&& most_at)
        : low_{low}, high_{(std::max)(low, high)} {
        while (place_of(high_) >= steps_max) {
            ++shift_;
        }
        auto const steps = place_of(high_) + 1;
        worths_.reserve(steps);
        for (std::size_t i = 0; i < steps; ++i) {
            auto const last = static_cast<std::uint64_t>(low_) + ((i + 1) << shift_) - 1;
            worths_.push_back(most_at(i + 1 == steps ? high_ : static_cast<std::int64_t>(last)));
        }
    }

    /// What a number is worth at most; it is not above `high()`. O(1).
    [[nodiscard]] score at(std::int64_t number) const {
        KOC_EXPECTS(number <= high_);
        return worths_[number < low_ ? 0 : place_of(number)];
    }
    [[nodiscard]] std::int64_t low() const { return low_; }
    [[nodiscard]] std::int64_t high() const { return high_; }
    /// Whether the function was non-decreasing where it was looked at. O(steps).
    [[nodiscard]] bool rises() const { return std::is_sorted(worths_.begin(), worths_.end()); }
    /// The largest magnitude of a worth. O(1) for a curve that rises.
    [[nodiscard]] std::int64_t size() const {
        auto const of = [](score s) { return s.raw < 0 ? difference({}, s).raw : s.raw; };
        return (std::max)(of(worths_.front()), of(worths_.back()));
    }

    /// Whether both have the same steps, so that they can be added.
    [[nodiscard]] bool fits(rising_curve const& other) const {
        return low_ == other.low_ && high_ == other.high_;
    }
    rising_curve& operator+=(rising_curve const& other) {
        KOC_EXPECTS(fits(other));
        std::transform(worths_.begin(), worths_.end(), other.worths_.begin(), worths_.begin(),
            [](score a, score b) { return score_sum{}.add(a).add(b).total(); });
        return *this;
    }
    /// Changes each worth by a non-decreasing function.
    template <typename Change>
    void change(Change const& to) {
        std::transform(worths_.begin(), worths_.end(), worths_.begin(), to);
    }

private:
    [[nodiscard]] std::size_t place_of(std::int64_t number) const {
        return static_cast<std::size_t>(
            (static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(low_)) >> shift_);
    }

    std::int64_t low_;
    std::int64_t high_;
    unsigned shift_ = 0; ///< a step is 2^this numbers
    std::vector<score> worths_;
};

} // namespace koc
