// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a command or query is checked for when it arrives, before any aspect sees it: its form, the
// name of its request, and its instant.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/message.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace koc::detail {

/// Whether an instant is within the calendar.
inline result<void> check_now(asked const& with) {
    if (instant_min <= with.now && with.now <= instant_max) {
        return {};
    }
    auto refused = check_form(shape_of<instant>, &with.now);
    refused->subject = "now";
    return *std::move(refused);
}

inline result<void> check_message(
    std::string_view name, shape const& form, void const* message, asked const& with) {
    if (auto refused = form.plain ? std::nullopt : check_form(form, message)) {
        refused->subject.insert(0, name);
        return *std::move(refused);
    }
    KOC_TRY(check_now(with));
    if (!with.request.empty()) {
        if (auto refused = check_name("request id", with.request)) {
            return *std::move(refused);
        }
    }
    return {};
}

/// Whether a command may be decided at its instant: not long before `known_last`, the last event
/// that was known when it arrived, and not far ahead of `last`, the last event now.
inline result<void> check_arrival(
    asked const& with, instant known_last, instant last, clock_rules const& clock) {
    if (with.now + clock.behind_max < known_last) {
        return error{errc::time_ran_backwards, to_iso8601(with.now),
            "expected an instant not long before the last event, " + to_iso8601(known_last) +
                "; set the clock, or adopt clock_rules with a larger behind_max"};
    }
    if (!with.far_ahead && with.now > last + clock.ahead_max) {
        return error{errc::invalid_argument, to_iso8601(with.now),
            "expected an instant not so far ahead of the last event, " + to_iso8601(last) +
                "; set the clock, or set asked::far_ahead where it is meant"};
    }
    return {};
}

} // namespace koc::detail
