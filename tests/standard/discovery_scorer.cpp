// SPDX-License-Identifier: BSL-1.0
#include <koc/standard/discovery_scorer.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>

using namespace koc;
using koc::standard::open_scorer;
using koc::standard::owned_scorer;

namespace {

score any_amount() { return {*rc::gen::inRange<std::int64_t>(0, whole(100'000).raw)}; }
std::int64_t any_count() { return *rc::gen::inRange<std::int64_t>(0, 1'000'000); }

open_evidence any_open() { return {any_count(), any_amount(), any_amount(), any_amount()}; }
owned_evidence any_owned() {
    return {any_count(), any_amount(), any_amount(), any_amount(), any_amount(), any_amount()};
}

TEST_CASE("the parts of a discovery score add up to it", "[standard][E01]") {
    CHECK(rc::check([] {
        auto const open = any_open();
        auto const owned = any_owned();
        RC_ASSERT(open_scorer::explain(open).total() == open_scorer::rate(open));
        RC_ASSERT(owned_scorer::explain(owned).total() == owned_scorer::rate(owned));
    }));
}

TEST_CASE("more evidence never lowers a score, in any signal", "[standard][A03]") {
    CHECK(rc::check([] {
        auto const open = any_open();
        auto more_open = open;
        switch (*rc::gen::inRange(0, 3)) {
        case 0:
            more_open.depth += any_amount();
            break;
        case 1:
            more_open.originality += any_amount();
            break;
        default:
            more_open.lately += any_amount();
            break;
        }
        RC_ASSERT(open_scorer::rate(more_open) >= open_scorer::rate(open));
        auto const owned = any_owned();
        auto more_owned = owned;
        switch (*rc::gen::inRange(0, 6)) {
        case 0:
            more_owned.feedback += any_amount();
            break;
        case 1:
            more_owned.first_use += any_amount();
            break;
        case 2:
            more_owned.help += any_amount();
            break;
        case 3:
            more_owned.lately += any_amount();
            break;
        case 4:
            more_owned.trust += any_amount();
            break;
        default:
            more_owned.interactions += any_count();
            break;
        }
        RC_ASSERT(owned_scorer::rate(more_owned) >= owned_scorer::rate(owned));
    }));
}

TEST_CASE("each signal is the logarithm of its sum, taking part a quarter and lately twice it",
    "[standard]") {
    CHECK(open_scorer::rate({1, whole(1), whole(3), {}}) == whole(3));
    CHECK(open_scorer::rate({1, whole(1), whole(3), whole(3)}) == whole(7));
    CHECK(owned_scorer::rate({3, whole(1), whole(1), whole(7), {}}) == whole(5) + percent(50));
    CHECK(
        owned_scorer::rate({3, whole(1), whole(1), whole(7), whole(1)}) == whole(7) + percent(50));
    CHECK(owned_scorer::rate({0, {}, {}, {}, {}, whole(3)}) == whole(12)); // 4 for each vouch
    CHECK(open_scorer::rate({}) == score{});
    CHECK(owned_scorer::rate({}) == score{});
}

TEST_CASE("the number of contents alone is worth nothing", "[standard][A02]") {
    CHECK(open_scorer::rate({1'000'000, {}, {}, {}}) == score{});
}

} // namespace
