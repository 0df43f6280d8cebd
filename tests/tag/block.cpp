// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/block.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <set>

namespace {

using koc::block;

TEST_CASE("a block made from nothing is empty", "[tag]") {
    block b{};
    CHECK(b.empty());
    CHECK(b == block{});
    b.insert(511);
    CHECK_FALSE(b.empty());
    CHECK(b.word_at(7) == koc::bitmap::word{1} << 63U);
    b.erase(511);
    CHECK(b.empty());
}

TEST_CASE("a block is a set of 512 places", "[tag]") {
    CHECK(rc::check("its operators are those of sets", [] {
        auto const places = rc::gen::container<std::set<std::size_t>>(
            rc::gen::inRange<std::size_t>(0, koc::block_bits));
        auto const left = *places;
        auto const right = *places;
        auto const block_of = [](std::set<std::size_t> const& from) {
            block made{};
            for (auto place : from) {
                made.insert(place);
            }
            return made;
        };
        auto both = block_of(left);
        auto either = block_of(left);
        auto without = block_of(left);
        both &= block_of(right);
        either |= block_of(right);
        without -= block_of(right);
        for (std::size_t place = 0; place < koc::block_bits; ++place) {
            bool const in_left = left.contains(place);
            bool const in_right = right.contains(place);
            RC_ASSERT(both.contains(place) == (in_left & in_right));
            RC_ASSERT(either.contains(place) == (in_left | in_right));
            RC_ASSERT(without.contains(place) == (in_left & !in_right));
        }
        RC_ASSERT(block_of(left).empty() == left.empty());
        RC_ASSERT((block_of(left) == block_of(right)) == (left == right));
    }));
}

} // namespace
