// SPDX-License-Identifier: BSL-1.0
#pragma once

// Instants as people and files write them: ISO 8601 in UTC, such as 2026-01-31T08:30:00Z. The
// calendar is std::chrono's; only the text form is made here, because the standard one needs a
// newer library.

#include <koc/core/instant.hpp>

#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace koc {

/// The first and last instants that have a four-digit year.
inline constexpr instant instant_min{-62'167'219'200'000};
inline constexpr instant instant_max{253'402'300'799'999};

namespace detail {

inline void append_padded(std::string& out, std::int64_t value, int width) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    for (auto n = end - digits; n < width; ++n) {
        out += '0';
    }
    out.append(digits, end);
}

inline std::optional<int> digits_at(std::string_view text, std::size_t from, std::size_t count) {
    if (text.size() < from + count) {
        return std::nullopt;
    }
    int value = 0;
    for (auto c : text.substr(from, count)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace detail

/// `2026-01-31T08:30:00Z`, with `.123` before the Z only where there are milliseconds.
inline std::string to_iso8601(instant t) {
    using namespace std::chrono;
    sys_time<milliseconds> const point{milliseconds{t.ms}};
    auto const midnight = floor<std::chrono::days>(point);
    year_month_day const date{midnight};
    auto const of_day = (point - midnight).count();
    std::string out;
    detail::append_padded(out, static_cast<int>(date.year()), 4);
    out += '-';
    detail::append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    detail::append_padded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    detail::append_padded(out, of_day / 3'600'000, 2);
    out += ':';
    detail::append_padded(out, of_day / 60'000 % 60, 2);
    out += ':';
    detail::append_padded(out, of_day / 1000 % 60, 2);
    if (of_day % 1000 != 0) {
        out += '.';
        detail::append_padded(out, of_day % 1000, 3);
    }
    out += 'Z';
    return out;
}

/// Reads `YYYY-MM-DD`, optionally `Thh:mm:ss`, optionally `.mmm`, optionally `Z`; nothing else, and
/// no date that the calendar does not have.
inline std::optional<instant> from_iso8601(std::string_view text) {
    using namespace std::chrono;
    auto const year_part = detail::digits_at(text, 0, 4);
    auto const month_part = detail::digits_at(text, 5, 2);
    auto const day_part = detail::digits_at(text, 8, 2);
    if (!year_part || !month_part || !day_part || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    year_month_day const date{year{*year_part}, month{static_cast<unsigned>(*month_part)},
        day{static_cast<unsigned>(*day_part)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    std::int64_t ms = sys_days{date}.time_since_epoch().count() * std::int64_t{86'400'000};
    std::size_t at = 10;
    if (text.size() > at) {
        auto const hour_part = detail::digits_at(text, 11, 2);
        auto const minute_part = detail::digits_at(text, 14, 2);
        auto const second_part = detail::digits_at(text, 17, 2);
        if ((text[10] != 'T' && text[10] != ' ') || !hour_part || !minute_part || !second_part ||
            text[13] != ':' || text[16] != ':' || *hour_part > 23 || *minute_part > 59 ||
            *second_part > 59) {
            return std::nullopt;
        }
        ms += ((*hour_part * std::int64_t{60} + *minute_part) * 60 + *second_part) * 1000;
        at = 19;
        if (text.size() > at && text[at] == '.') {
            auto const fraction = detail::digits_at(text, 20, 3);
            if (!fraction) {
                return std::nullopt;
            }
            ms += *fraction;
            at = 23;
        }
        if (text.size() > at && text[at] == 'Z') {
            ++at;
        }
    }
    if (at != text.size()) {
        return std::nullopt;
    }
    return instant{ms};
}

} // namespace koc
