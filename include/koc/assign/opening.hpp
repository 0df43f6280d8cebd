// SPDX-License-Identifier: BSL-1.0
#pragma once

// A task that is to be filled from a population: who may do it, how many, and what a scorer reads.

#include <koc/tag/requirement_plan.hpp>

#include <cstdint>

namespace koc {

/// A task that looks for people.
template <typename TaskId, typename Task>
struct opening {
    TaskId id;
    Task task;                 ///< what scorers and gates read
    requirement_plan required; ///< who qualifies
    std::int32_t need = 1;     ///< how many different people it wants, at least 1
    std::int32_t fill_min = 0; ///< how many it must have before any score counts, at most `need`
};

/// A task and somebody who may not have it, qualified or not.
template <typename TaskId, typename PersonId>
struct barred_pair {
    TaskId task;
    PersonId person;

    friend bool operator==(barred_pair const&, barred_pair const&) = default;
};

} // namespace koc
