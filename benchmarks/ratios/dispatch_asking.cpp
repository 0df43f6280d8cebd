// SPDX-License-Identifier: BSL-1.0

// The standard programme with a scorer that hides its ceiling, so that everybody whom the
// requirement leaves is asked for their score.

#include "ratios/dispatch_programme.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/standard/programme.hpp>

namespace bench {
namespace {

struct asked_one_by_one {
    static koc::score rate(auto const& task, auto const& candidate) {
        return koc::standard::match_scorer{}.rate(task, candidate);
    }
    static koc::explanation explain(auto const& task, auto const& candidate) {
        return koc::standard::match_scorer{}.explain(task, candidate);
    }
};
struct policies : koc::standard::policies {
    using match_scorer = asked_one_by_one;
};
struct programme : policies {
    using aspects = koc::standard::aspects_with<policies>;
};

} // namespace
} // namespace bench

template koc::programme_parts koc::include_instantiate_hpp<bench::programme>();

koc::engine bench::asking_engine(koc::any_journal journal) {
    return koc::engine::of<programme>(std::move(journal));
}
