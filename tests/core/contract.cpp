// SPDX-License-Identifier: BSL-1.0

// A host sends broken contracts elsewhere by defining the switches before the first koc header.
// Only contract.hpp is included here: a header with inline functions would be compiled differently
// than in the other files of the same program.

namespace {
int preconditions_broken = 0;
int invariants_broken = 0;
} // namespace

#define KOC_EXPECTS(condition) ((condition) ? void() : void(++preconditions_broken))
#define KOC_INVARIANT(condition) ((condition) ? void() : void(++invariants_broken))

#include <koc/core/contract.hpp>

#include "support/catch.hpp"

namespace {

TEST_CASE("a host's own switches replace the assertions", "[core]") {
    KOC_EXPECTS(1 + 1 == 2);
    KOC_INVARIANT(1 + 1 == 2);
    CHECK(preconditions_broken == 0);
    CHECK(invariants_broken == 0);

    KOC_EXPECTS(1 + 1 == 3);
    CHECK(preconditions_broken == 1);
    CHECK(invariants_broken == 0);

    KOC_INVARIANT(1 + 1 == 3);
    CHECK(preconditions_broken == 1);
    CHECK(invariants_broken == 1);
}

} // namespace
