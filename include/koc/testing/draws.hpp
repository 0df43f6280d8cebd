// SPDX-License-Identifier: BSL-1.0
#pragma once

// Pseudo-random numbers that are a function of their seed alone, on every compiler and library, so
// that what a test tried can be tried again. Not for anything that must not be foreseen.

#include <koc/core/contract.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc::testing {

/// SplitMix64 (Steele, Lea, Flood 2014). Below, a bound's bias is at most the bound over 2^64.
class draws {
public:
    explicit draws(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        auto mixed = state_ += 0x9e3779b97f4a7c15U;
        mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
        return mixed ^ mixed >> 31U;
    }
    /// From 0 to below a bound above 0.
    std::uint64_t below(std::uint64_t bound) {
        KOC_EXPECTS(bound > 0);
        return next() % bound;
    }
    /// From one number to another, both included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        KOC_EXPECTS(low <= high);
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1U));
    }
    /// True in so many of 1,000 cases.
    bool per_mille(std::uint64_t share) { return below(1'000) < share; }
    /// One of a list that is not empty.
    template <typename T>
    T const& one_of(std::vector<T> const& all) {
        return all[static_cast<std::size_t>(below(all.size()))];
    }

private:
    std::uint64_t state_;
};

} // namespace koc::testing
