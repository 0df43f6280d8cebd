// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is read back from the engine: events of the journal, and answers to queries.

#include "desk.hpp"
#include "facts.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace years {

/// Such as `2026 Q1`.
[[nodiscard]] std::string quarter_of(koc::instant at);

/// The stages and the pyramid as they are now, as the end of a quarter.
[[nodiscard]] quarter close_quarter(desk const& at, std::string name);

/// Fills in what the journal says of the time from an instant on: flows, newcomers, mentors, alarms
/// and celebrations.
void read_events(desk const& at, koc::instant from, facts& into);

/// The mature members at each weekly review.
[[nodiscard]] std::vector<std::int64_t> mature_by_week(desk const& at);
/// How many of the mature left at this instant.
[[nodiscard]] std::int64_t mature_who_left(desk const& at, koc::instant then);
/// Reviews until the mature are 95 % of `before` for good.
[[nodiscard]] std::optional<std::int64_t> weeks_to_recover(
    std::vector<std::int64_t> const& mature, std::size_t from, std::int64_t before);

[[nodiscard]] std::vector<generation> generations(desk const& at);
[[nodiscard]] std::vector<monday> monday_lists(desk const& at, language in);

} // namespace years
