// SPDX-License-Identifier: BSL-1.0
#pragma once

// Answers to "why?" as data: facts with ids and numbers, in no language. What they say can be
// checked against the decision; wording.hpp puts words to them.

#include <koc/explain/change.hpp>
#include <koc/number/score.hpp>
#include <koc/number/score_sum.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/requirement.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace koc {

/// They are among the chosen, because of these parts of their fit.
template <typename PersonId>
struct was_chosen {
    PersonId who;
    std::size_t place = 0; ///< from 1, the best
    score fit;
    explanation why;

    friend bool operator==(was_chosen const&, was_chosen const&) = default;
};

/// They fail this, the first part of the requirement that does not hold.
template <typename PersonId>
struct lacks_requirement {
    PersonId who;
    requirement missing;

    friend bool operator==(lacks_requirement const&, lacks_requirement const&) = default;
};

/// The requirement holds, but a gate stops them.
template <typename PersonId>
struct was_stopped {
    PersonId who;
    std::string reason; ///< the gate's own words

    friend bool operator==(was_stopped const&, was_stopped const&) = default;
};

/// They may be considered, but others fit better.
template <typename PersonId>
struct was_outscored {
    PersonId who;
    score fit;
    explanation why;
    std::size_t chosen = 0; ///< how many were chosen
    PersonId last;          ///< the last of them
    score last_fit;
    explanation last_why;

    /// How far they are below the last one chosen; 0 when the smaller id decided.
    [[nodiscard]] score missing() const { return difference(last_fit, fit); }
    friend bool operator==(was_outscored const&, was_outscored const&) = default;
};

/// Their capacity is worth more elsewhere. In a plan with prices, a pair is worth planning when its
/// fit is at least the person's price and the task's threshold together.
template <typename TaskId, typename PersonId>
struct capacity_taken {
    PersonId who;
    TaskId task; ///< the one that they were not assigned to
    score fit;
    score price;                 ///< of the person: what one more slot of theirs would add
    score threshold;             ///< of the task: what its last place adds
    std::vector<TaskId> holders; ///< who has their capacity

    /// By how much the fit falls short of what it costs; 0 for a tie.
    [[nodiscard]] score missing() const {
        return score_sum{}.add(price).add(threshold).subtract(fit).total();
    }
    friend bool operator==(capacity_taken const&, capacity_taken const&) = default;
};

/// The fewest changes of their facts that turn the decision; nothing if none of those that were
/// allowed do.
template <typename PersonId>
struct smallest_change_of {
    PersonId who;
    bool chosen = false; ///< as things are
    std::optional<std::vector<change>> changes;

    friend bool operator==(smallest_change_of const&, smallest_change_of const&) = default;
};

/// Any of them.
template <typename TaskId, typename PersonId>
using answer =
    std::variant<was_chosen<PersonId>, lacks_requirement<PersonId>, was_stopped<PersonId>,
        was_outscored<PersonId>, capacity_taken<TaskId, PersonId>, smallest_change_of<PersonId>>;

} // namespace koc
