// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the scorer must model koc::scorer_for<Task, candidate_of<People>>; see docs/match

// The laws of a scorer are asked of a scorer.

#include <koc/testing/archetypes.hpp>
#include <koc/testing/scorer.hpp>

namespace least = koc::archetypes;

struct mute {
    [[nodiscard]] koc::score rate(least::task const&, least::candidate const&) const { return {}; }
};

#ifdef KOC_OFFEND
using chosen = mute;
#else
struct chosen : mute {
    [[nodiscard]] koc::explanation explain(least::task const&, least::candidate const&) const {
        return {};
    }
};
#endif

auto broken(least::task const& task, least::crowd const& people) {
    return koc::testing::check_scorer_laws(chosen{}, task, people);
}
