// SPDX-License-Identifier: BSL-1.0
#pragma once

// Instants as people and files write them: ISO 8601, written in UTC such as 2026-01-31T08:30:00Z
// and read with any zone. The calendar is the proleptic Gregorian one (algorithms after H. Hinnant:
// chrono-Compatible Low-Level Date Algorithms); <chrono> has it too, and brings in all of the
// standard streams.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace koc {
namespace detail {

struct civil_date {
    std::int64_t year = 0;
    std::int64_t month = 0; ///< 1 to 12
    std::int64_t day = 0;   ///< 1 to 31
};

/// Days from 1970-01-01 to a date. Years count from March, so that a leap day ends its year; 400
/// years are 146,097 days.
constexpr std::int64_t days_to(civil_date const& date) {
    auto const year = date.month <= 2 ? date.year - 1 : date.year;
    auto const era = (year >= 0 ? year : year - 399) / 400;
    auto const of_era = year - era * 400;
    auto const from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    auto const of_year = (153 * from_march + 2) / 5 + date.day - 1;
    return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

/// The date that is so many days after 1970-01-01.
constexpr civil_date date_at(std::int64_t days) {
    days += 719'468;
    auto const era = (days >= 0 ? days : days - 146'096) / 146'097;
    auto const of_era = days - era * 146'097;
    auto const year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    auto const of_year = of_era - (365 * year + year / 4 - year / 100);
    auto const from_march = (5 * of_year + 2) / 153;
    auto const month = from_march < 10 ? from_march + 3 : from_march - 9;
    return {
        year + era * 400 + (month <= 2 ? 1 : 0), month, of_year - (153 * from_march + 2) / 5 + 1};
}

/// Writes a number from 0 on in so many digits, and a character behind it; returns where that ends.
inline char* put_padded(char* to, std::int64_t value, std::size_t width, char then) {
    for (auto* digit = to + width; digit != to; value /= 10) {
        *--digit = static_cast<char>('0' + value % 10);
    }
    to[width] = then;
    return to + width + 1;
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

/// Reads an instant as `put_iso8601` writes those of the calendar; false for any other text, which
/// `from_iso8601` may still take.
inline bool read_iso8601(std::string_view text, instant& to) {
    auto const whole = text.size() == 20;
    if ((!whole && text.size() != 24) || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[19] != (whole ? 'Z' : '.') ||
        text.back() != 'Z') {
        return false;
    }
    auto digits_only = true;
    auto const number = [&](std::size_t from, std::size_t count) {
        std::int64_t value = 0;
        for (std::size_t i = from; i < from + count; ++i) {
            auto const digit = static_cast<unsigned char>(text[i] - '0');
            digits_only = digits_only && digit <= 9;
            value = value * 10 + digit;
        }
        return value;
    };
    civil_date const date{number(0, 4), number(5, 2), number(8, 2)};
    auto const hour = number(11, 2);
    auto const minute = number(14, 2);
    auto const second = number(17, 2);
    auto const rest = whole ? 0 : number(20, 3);
    if (!digits_only || date.month < 1 || date.month > 12 || date.day < 1 || hour > 23 ||
        minute > 59 || second > 59) {
        return false;
    }
    auto const days = days_to(date);
    if (date.day > 28 && date_at(days).day != date.day) { // such as 31 April
        return false;
    }
    to = instant{days * 86'400'000 + ((hour * 60 + minute) * 60 + second) * 1000 + rest};
    return true;
}

/// As `append_iso8601`: writes 32 characters at most, and says where they end.
inline char* put_iso8601(char* at, instant t) {
    constexpr std::int64_t day_length = 86'400'000;
    auto const rest = t.ms % day_length;
    auto const date = date_at(t.ms / day_length - (rest < 0 ? 1 : 0));
    if (date.year >= 0 && date.year <= 9999) {
        at = put_padded(at, date.year, 4, '-');
    } else { // outside of the calendar, for sentences
        at = std::to_chars(at, at + 11, date.year).ptr;
        *at++ = '-';
    }
    auto const of_day = rest < 0 ? rest + day_length : rest;
    at = put_padded(at, date.month, 2, '-');
    at = put_padded(at, date.day, 2, 'T');
    at = put_padded(at, of_day / 3'600'000, 2, ':');
    at = put_padded(at, of_day / 60'000 % 60, 2, ':');
    auto const whole = of_day % 1000 == 0;
    at = put_padded(at, of_day / 1000 % 60, 2, whole ? 'Z' : '.');
    return whole ? at : put_padded(at, of_day % 1000, 3, 'Z');
}

} // namespace detail

/// Appends `2026-01-31T08:30:00Z`, with `.123` before the Z only where there are milliseconds.
inline void append_iso8601(std::string& out, instant t) {
    char text[32];
    out.append(text, detail::put_iso8601(text, t));
}
inline std::string to_iso8601(instant t) {
    std::string out;
    append_iso8601(out, t);
    return out;
}

/// The same date and time of day in UTC some years later; 29 February becomes 1 March where the
/// year has none.
[[nodiscard]] constexpr instant years_after(instant t, std::int64_t years) {
    constexpr std::int64_t day_length = 86'400'000;
    auto const rest = t.ms % day_length;
    auto const of_day = rest < 0 ? rest + day_length : rest;
    auto date = detail::date_at((t.ms - of_day) / day_length);
    date.year += years;
    return {detail::days_to(date) * day_length + of_day};
}

/// Reads `YYYY-MM-DD`, which is the start of that day in UTC, or `YYYY-MM-DDThh:mm:ss`, optionally
/// `.mmm`, and a zone: `Z`, or the local time's distance from UTC such as `+08:00` or `-03:30`.
///
/// Refused (`invalid_argument`): a time without a zone, a date that the calendar does not have, an
/// instant outside the years 0 to 9999, anything else.
inline result<instant> from_iso8601(std::string_view text) {
    auto const refuse = [](char const* expected) {
        return error{errc::invalid_argument, "instant", expected};
    };
    constexpr auto form = "expected a date and time with a zone, such as 2026-01-31T08:30:00Z or "
                          "2026-01-31T08:30:00+08:00; correct it";
    auto const year_part = detail::digits_at(text, 0, 4);
    auto const month_part = detail::digits_at(text, 5, 2);
    auto const day_part = detail::digits_at(text, 8, 2);
    if (!year_part || !month_part || !day_part || text[4] != '-' || text[7] != '-') {
        return refuse(form);
    }
    detail::civil_date const date{*year_part, *month_part, *day_part};
    auto const days = detail::days_to(date);
    auto const back = detail::date_at(days);
    if (back.month != date.month || back.day != date.day) { // such as 31 April, or month 13
        return refuse("expected a date of the calendar; correct the day or the month");
    }
    std::int64_t ms = days * 86'400'000;
    if (text.size() == 10) {
        return instant{ms};
    }
    auto const hour_part = detail::digits_at(text, 11, 2);
    auto const minute_part = detail::digits_at(text, 14, 2);
    auto const second_part = detail::digits_at(text, 17, 2);
    if ((text[10] != 'T' && text[10] != ' ') || !hour_part || !minute_part || !second_part ||
        text[13] != ':' || text[16] != ':' || *hour_part > 23 || *minute_part > 59 ||
        *second_part > 59) {
        return refuse(form);
    }
    ms += ((*hour_part * std::int64_t{60} + *minute_part) * 60 + *second_part) * 1000;
    std::size_t at = 19;
    if (text.size() > at && text[at] == '.') {
        auto const fraction = detail::digits_at(text, 20, 3);
        if (!fraction) {
            return refuse(form);
        }
        ms += *fraction;
        at = 23;
    }
    auto const zone = text.substr(at);
    if (zone.empty()) {
        return refuse("expected a time with its zone, and the zone is missing; append Z for UTC or "
                      "the distance from it, such as +08:00");
    }
    if (zone != "Z") {
        auto const hours_part = detail::digits_at(zone, 1, 2);
        auto const minutes_part = detail::digits_at(zone, 4, 2);
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' ||
            !hours_part || !minutes_part || *hours_part > 23 || *minutes_part > 59) {
            return refuse(form);
        }
        auto const ahead = (*hours_part * std::int64_t{60} + *minutes_part) * 60'000;
        ms -= zone[0] == '+' ? ahead : -ahead;
        if (instant{ms} < instant_min || instant{ms} > instant_max) {
            return refuse("expected an instant between the years 0 and 9999");
        }
    }
    return instant{ms};
}

} // namespace koc
