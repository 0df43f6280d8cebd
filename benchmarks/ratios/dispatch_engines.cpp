// SPDX-License-Identifier: BSL-1.0

// The standard programme, whose scorer has a ceiling, and the same with a scorer that hides it, so
// that everybody whom the requirement leaves is asked for their score. One unit, as they share most
// of what is compiled.

#include "ratios/dispatch_programme.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/standard/instantiate.hpp>
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

koc::engine bench::standard_engine(koc::any_journal journal) {
    return koc::engine{std::move(journal)};
}
koc::engine bench::asking_engine(koc::any_journal journal) {
    return koc::engine::of<programme>(std::move(journal));
}
