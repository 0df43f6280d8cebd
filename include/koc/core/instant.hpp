// SPDX-License-Identifier: BSL-1.0
#pragma once

// Time as a value that is passed in. The library never asks a clock: an instant comes with a
// command and is recorded with its events, so that a replay sees the same times as the first run.
//
// Sums never wrap. What leads out of the calendar, the years 0 to 9999, ends at its first or last
// instant; spans end at `for_ever` and its opposite.

#include <compare>
#include <cstdint>
#include <limits>

namespace koc {
namespace detail {

/// As far as a span reaches, the same on either side of 0.
inline constexpr std::int64_t span_limit = (std::numeric_limits<std::int64_t>::max)();

/// The sums, differences and products of whole numbers, or the end of the range on their side.
constexpr std::int64_t saturating_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? (b < 0 ? -span_limit : span_limit) : sum;
}
constexpr std::int64_t saturating_subtract(std::int64_t a, std::int64_t b) {
    std::int64_t difference = 0;
    return __builtin_sub_overflow(a, b, &difference) ? (b < 0 ? span_limit : -span_limit)
                                                     : difference;
}
constexpr std::int64_t saturating_multiply(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? ((a < 0) == (b < 0) ? span_limit : -span_limit)
                                                  : product;
}

} // namespace detail

/// A span of time in whole milliseconds; negative spans are allowed.
struct duration {
    std::int64_t ms = 0;

    friend constexpr auto operator<=>(duration, duration) = default;
    friend constexpr duration operator+(duration a, duration b) {
        return {detail::saturating_add(a.ms, b.ms)};
    }
    friend constexpr duration operator-(duration a, duration b) {
        return {detail::saturating_subtract(a.ms, b.ms)};
    }
    friend constexpr duration operator*(std::int64_t n, duration d) {
        return {detail::saturating_multiply(n, d.ms)};
    }
};

/// The longest span. An instant and `for_ever` make `instant_max`.
inline constexpr duration for_ever{detail::span_limit};

constexpr duration seconds(std::int64_t n) { return n * duration{1000}; }
constexpr duration minutes(std::int64_t n) { return n * duration{60'000}; }
constexpr duration hours(std::int64_t n) { return n * duration{3'600'000}; }
constexpr duration days(std::int64_t n) { return n * duration{86'400'000}; }

namespace detail {

/// The first and last milliseconds that have a four-digit year.
inline constexpr std::int64_t calendar_first = -62'167'219'200'000;
inline constexpr std::int64_t calendar_last = 253'402'300'799'999;

constexpr std::int64_t in_calendar(std::int64_t ms) {
    return ms < calendar_first ? calendar_first : ms > calendar_last ? calendar_last : ms;
}

} // namespace detail

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds. Sums and
/// differences with a span stay between `instant_min` and `instant_max`.
struct instant {
    std::int64_t ms = 0;

    friend constexpr auto operator<=>(instant, instant) = default;
    friend constexpr instant operator+(instant t, duration d) {
        return {detail::in_calendar(detail::saturating_add(t.ms, d.ms))};
    }
    friend constexpr instant operator-(instant t, duration d) {
        return {detail::in_calendar(detail::saturating_subtract(t.ms, d.ms))};
    }
    friend constexpr duration operator-(instant a, instant b) {
        return {detail::saturating_subtract(a.ms, b.ms)};
    }
};

/// The first and last instants that have a four-digit year.
inline constexpr instant instant_min{detail::calendar_first};
inline constexpr instant instant_max{detail::calendar_last};

} // namespace koc
