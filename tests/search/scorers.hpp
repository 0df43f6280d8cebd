// SPDX-License-Identifier: BSL-1.0
#pragma once

// A task and scorers to test matching with: integers of a person, mixed by three factors.

#include <koc/search/concepts.hpp>

#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace test {

struct errand {};

/// depth x `per_depth` + load x `per_load` + (id mod 7) x `per_id`, in millionths.
struct mixture {
    std::int64_t per_depth = 0;
    std::int64_t per_load = 0;
    std::int64_t per_id = 0;

    [[nodiscard]] koc::score rate(errand const& task, person const& p) const {
        return explain(task, p).total();
    }
    [[nodiscard]] koc::explanation explain(errand const&, person const& p) const {
        return koc::explanation{}
            .add("depth", {per_depth * p.depth})
            .add("load", {per_load * p.load})
            .add("id", {per_id * static_cast<std::int64_t>(p.id.value() % 7)});
    }
};

/// The same with the tightest bound there is: the best of the word's people, whoever is filtered
/// out.
struct bounded_mixture : mixture {
    [[nodiscard]] koc::score bound(errand const& task, crowd const& people, std::size_t w) const {
        koc::score best{std::numeric_limits<std::int32_t>::min()};
        koc::for_each_slot(w, people.live_word(w),
            [&](koc::slot s) { best = std::max(best, rate(task, people[s])); });
        return best;
    }
};
static_assert(koc::scorer_for<mixture, errand, person>);
static_assert(!koc::bounded_scorer_for<mixture, errand, crowd>);
static_assert(koc::bounded_scorer_for<bounded_mixture, errand, crowd>);

/// Factors from `low` on that do not divide evenly, drawn within a property.
inline bounded_mixture any_mixture(std::int64_t low) {
    auto const factor = rc::gen::inRange<std::int64_t>(low, 2'000'003);
    return {{*factor, *factor, *factor}};
}

/// Stops people by their id.
struct every_third {
    [[nodiscard]] bool admits(errand const&, person const& p) const {
        return p.id.value() % 3 != 0;
    }
    [[nodiscard]] std::string refusal(errand const&, person const& p) const {
        return std::to_string(p.id.value()) + " is divided by three";
    }
};
static_assert(koc::gate_for<every_third, errand, person>);

} // namespace test
