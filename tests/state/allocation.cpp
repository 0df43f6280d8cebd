// SPDX-License-Identifier: BSL-1.0
#include "support/allocation_operators.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <new>
#include <string>
#include <vector>

namespace {

namespace allocation = koc_test::allocation;

TEST_CASE("allocations are counted, fail when told to, and can be searched", "[state]") {
    auto const before = allocation::count();
    {
        std::vector<int> const three(3);
        CHECK(allocation::count() == before + 1);
        allocation::unwatched const mine;
        std::vector<int> const four(4);
        CHECK(allocation::count() == before + 1);
    }
    bool failed = false;
    {
        allocation::failure const second{2};
        std::vector<int> const first(1);
        try {
            std::vector<int> const another(1);
        } catch (std::bad_alloc const&) {
            failed = true;
        }
        std::vector<int> const third(1);
    }
    CHECK(failed);
    {
        std::string const held = "fourteen char" + std::string(20, 's');
        CHECK(allocation::found("chars"));
    }
    CHECK_FALSE(allocation::found("charss"));
}

} // namespace
