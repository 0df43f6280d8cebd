// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a simulation is to do and what came of it, as values.

#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/testing/shared_faulty_journal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace koc::testing {

/// How a simulation goes.
struct simulation_plan {
    std::uint64_t seed = 1;
    std::size_t steps = 60;
    std::size_t engines_max = 5; ///< 2 at least
    journal_faults faults{.conflict = 30,
        .unavailable = 30,
        .unknown_written = 60,
        .unknown_lost = 60,
        .unknown_late = 60,
        .unreadable = 40,
        .torn = 40};
    /// How far each engine's clock is off at most; half of what clock_rules::behind_max allows.
    duration skew_max = minutes(4);
};

/// What came of it.
struct simulation_report {
    std::uint64_t seed = 0;
    std::optional<std::string> broken; ///< the first guarantee or invariant that did not hold
    std::size_t steps = 0;             ///< that were taken
    digest trace;                      ///< of all steps and answers, and of the journal's end
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t unknown = 0;  ///< answers that left the outcome open
    std::size_t repeated = 0; ///< requests that were sent again and got their first answer
    std::size_t restarts = 0;

    /// One sentence for people.
    [[nodiscard]] std::string text() const {
        return "seed " + std::to_string(seed) + ", step " + std::to_string(steps) + ": " +
            (broken ? *broken : "all held");
    }
};

} // namespace koc::testing
