// SPDX-License-Identifier: BSL-1.0

// The standard programme with a scorer that hides its ceiling, so that everybody whom the
// requirement leaves is asked for their score.

#include "ratios/dispatch_programme.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/standard/programme.hpp>
#include <koc/testing/scorer.hpp>

namespace bench {
namespace {

struct policies : koc::standard::policies {
    using match_scorer = koc::testing::asked_one_by_one<koc::standard::match_scorer>;
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
