// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/tally.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>

namespace {

using koc::slot;
using koc::tag_id;
using koc::tally;

constexpr tag_id depth{3};

TEST_CASE("nobody has a number under a tag that was never counted", "[tag]") {
    tally const none;
    CHECK(none.on(depth).holders().count() == 0);
    CHECK(none.on(tag_id{}).holders().count() == 0);
    CHECK(none.on(depth).highest() == 0);
    CHECK(none.on(depth).highest(7) == 0);
}

TEST_CASE("the highest number of a block bounds its people", "[tag]") {
    tally counted;
    counted.put(5, depth, 2);
    counted.put(511, depth, 9);
    counted.put(512, depth, 4);
    CHECK(counted.on(depth).highest(0) == 9);
    CHECK(counted.on(depth).highest(1) == 4);
    CHECK(counted.on(depth).highest(2) == 0);
    CHECK(counted.on(depth).highest() == 9);
    CHECK(counted.on(depth).holders().contains(511));
    CHECK_FALSE(counted.on(depth).holders().contains(6));
    CHECK(counted.on(tag_id{2}).holders().count() == 0);
}

TEST_CASE("a number that goes takes its slot along, and the last of a block its bound", "[tag]") {
    tally counted;
    counted.put(5, depth, 2);
    counted.put(6, depth, 9);
    counted.put(6, depth, 0);
    CHECK_FALSE(counted.on(depth).holders().contains(6));
    CHECK(counted.on(depth).highest(0) >= 2);
    counted.put(5, depth, -1);
    CHECK(counted.on(depth).holders().count() == 0);
    CHECK(counted.on(depth).highest(0) == 0);
    counted.put(5, tag_id{70}, 0);
    CHECK(counted.on(tag_id{70}).holders().count() == 0);
}

TEST_CASE("a tag's number in the vocabulary may be any", "[tag]") {
    tally counted;
    counted.put(5, tag_id{4'294'967'295U}, 2);
    counted.put(6, tag_id{}, 3);
    CHECK(counted.on(tag_id{4'294'967'295U}).highest(0) == 2);
    CHECK(counted.on(tag_id{}).highest() == 3);
    CHECK(counted.on(depth).holders().count() == 0);
    CHECK(counted.bytes() < 100'000);
}

TEST_CASE("a number beyond the range of a bound counts as any number", "[tag]") {
    tally counted;
    counted.put(1, depth, 65'534);
    CHECK(counted.on(depth).highest(0) == 65'534);
    counted.put(2, depth, 65'535);
    CHECK(counted.on(depth).highest(0) == std::numeric_limits<std::int64_t>::max());
    CHECK(counted.on(depth).highest() == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("after any changes, slots are exact and no number is above its bound", "[tag]") {
    CHECK(rc::check([] {
        tally counted;
        std::map<std::pair<std::uint32_t, slot>, std::int64_t> truth;
        for (auto steps = *rc::gen::inRange(1, 200); steps > 0; --steps) {
            auto const tag = *rc::gen::inRange<std::uint32_t>(1, 4);
            auto const who = *rc::gen::inRange<slot>(0, 1'600);
            auto const number = *rc::gen::inRange<std::int64_t>(0, 6);
            counted.put(who, tag_id{tag}, number);
            if (number == 0) {
                truth.erase({tag, who});
            } else {
                truth[{tag, who}] = number;
            }
        }
        for (std::uint32_t tag = 1; tag < 4; ++tag) {
            std::size_t held = 0;
            for (auto const& [key, number] : truth) {
                if (key.first == tag) {
                    ++held;
                    RC_ASSERT(counted.on(tag_id{tag}).holders().contains(key.second));
                    RC_ASSERT(
                        number <= counted.on(tag_id{tag}).highest(key.second / koc::block_bits));
                    RC_ASSERT(number <= counted.on(tag_id{tag}).highest());
                }
            }
            RC_ASSERT(counted.on(tag_id{tag}).holders().count() == held);
        }
    }));
}

} // namespace
