// SPDX-License-Identifier: BSL-1.0
#pragma once

// Time as a value that is passed in. The library never asks a clock: an instant comes with a
// command and is recorded with its events, so that a replay sees the same times as the first run.

#include <compare>
#include <cstdint>

namespace koc {

/// A span of time in whole milliseconds; negative spans are allowed.
struct duration {
    std::int64_t ms = 0;

    friend constexpr auto operator<=>(duration, duration) = default;
    friend constexpr duration operator+(duration a, duration b) { return {a.ms + b.ms}; }
    friend constexpr duration operator-(duration a, duration b) { return {a.ms - b.ms}; }
    friend constexpr duration operator*(std::int64_t n, duration d) { return {n * d.ms}; }
};

constexpr duration seconds(std::int64_t n) { return {n * 1000}; }
constexpr duration minutes(std::int64_t n) { return seconds(n * 60); }
constexpr duration hours(std::int64_t n) { return minutes(n * 60); }
constexpr duration days(std::int64_t n) { return hours(n * 24); }

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
struct instant {
    std::int64_t ms = 0;

    friend constexpr auto operator<=>(instant, instant) = default;
    friend constexpr instant operator+(instant t, duration d) { return {t.ms + d.ms}; }
    friend constexpr instant operator-(instant t, duration d) { return {t.ms - d.ms}; }
    friend constexpr duration operator-(instant a, instant b) { return {a.ms - b.ms}; }
};

} // namespace koc
