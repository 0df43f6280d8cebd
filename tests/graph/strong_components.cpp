// SPDX-License-Identifier: BSL-1.0
#include <koc/graph/strong_components.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <utility>

namespace {

using koc::link_set;
using koc::strong_components;

TEST_CASE("a ring is one component, and what leads into it or out of it is not in it", "[graph]") {
    link_set links;
    for (auto [from, to] : {std::pair{10, 20}, {20, 30}, {30, 10}, {5, 10}, {30, 40}}) {
        links.insert(static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to));
    }
    strong_components const found{links};
    CHECK(found.together(10, 30));
    CHECK(found.together(30, 20));
    CHECK_FALSE(found.together(5, 10));
    CHECK_FALSE(found.together(30, 40));
    CHECK(found.together(40, 40));
    CHECK(found.together(99, 99)); // no vertex at all
    CHECK_FALSE(found.together(99, 10));
    CHECK_FALSE(found.together(11, 12));
    CHECK_FALSE(strong_components{link_set{}}.together(1, 2));
}

TEST_CASE("two vertices are together exactly where each is reached from the other", "[graph]") {
    CHECK(rc::check([] {
        link_set links;
        auto const count = *rc::gen::inRange(0, 30);
        for (int i = 0; i < count; ++i) {
            links.insert(*rc::gen::inRange<std::uint64_t>(1, 12) * 1000,
                *rc::gen::inRange<std::uint64_t>(1, 12) * 1000);
        }
        strong_components const found{links};
        for (std::uint64_t a = 1000; a < 12'000; a += 1000) {
            for (std::uint64_t b = 1000; b < 12'000; b += 1000) {
                if (a != b) {
                    RC_ASSERT(found.together(a, b) == (links.reaches(a, b) && links.reaches(b, a)));
                }
            }
        }
    }));
}

} // namespace
