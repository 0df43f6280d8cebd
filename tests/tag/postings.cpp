// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/postings.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <set>

namespace {

using koc::bitmap;
using koc::postings;
using koc::slot;

/// What postings and a reader of them say of one block, against a plain set.
bool agrees(
    postings const& tested, postings::reader& reader, std::size_t b, std::set<slot> const& model) {
    auto const first = model.lower_bound(static_cast<slot>(b * koc::block_bits));
    auto const last = model.lower_bound(static_cast<slot>((b + 1) * koc::block_bits));
    koc::block wanted{};
    for (auto it = first; it != last; ++it) {
        wanted.insert(*it % koc::block_bits);
    }
    auto const entered = reader.enter(b / koc::word_bits);
    if (entered != reader.entered() || entered != tested.blocks(b / koc::word_bits) ||
        reader.occupies(b) != (first != last)) {
        return false;
    }
    if (first != last && !(reader.read(b) == wanted)) {
        return false;
    }
    for (std::size_t i = 0; i < koc::block_words; ++i) {
        if (tested.word_at(b * koc::block_words + i) != wanted.word_at(i)) {
            return false;
        }
    }
    return true;
}

/// Every question that postings answer, against a plain set.
bool agrees(postings const& tested, std::set<slot> const& model) {
    slot const end = model.empty() ? 0 : *model.rbegin() + 2000;
    if (tested.count() != model.size()) {
        return false;
    }
    postings::reader forward{tested};
    postings::reader jumping{tested};
    auto const blocks = (end + koc::block_bits - 1) / koc::block_bits;
    for (std::size_t b = 0; b < blocks; ++b) {
        if (!agrees(tested, forward, b, model) ||
            !agrees(tested, jumping, b * 7919 % blocks, model)) {
            return false;
        }
    }
    return true;
}

TEST_CASE("postings that nobody entered are empty, however far out", "[tag]") {
    postings const nobody;
    CHECK(nobody.count() == 0);
    CHECK_FALSE(nobody.contains(4'000'000'000U));
    CHECK(nobody.word_at(60'000'000) == 0);
    CHECK(nobody.blocks(100'000) == 0);
}

TEST_CASE("a slot that is entered twice is there once, and leaves at once", "[tag]") {
    postings some;
    some.insert(70'000);
    some.insert(70'000);
    CHECK(some.count() == 1);
    CHECK(some.contains(70'000));
    CHECK(some.blocks(70'000 / 512 / 64) == bitmap::word{1} << (70'000 / 512 % 64));
    some.erase(70'000);
    some.erase(70'000);
    some.erase(1);
    CHECK(some.count() == 0);
    CHECK(some.blocks(70'000 / 512 / 64) == 0);
}

TEST_CASE("postings are a set of slots, from a handful to everybody and back", "[tag]") {
    // 65,536 / 48 is where a list turns into a plane: cross it upwards, downwards and in two
    // chunks.
    postings tested;
    std::set<slot> model;
    std::uint64_t state = 1;
    auto const any_slot = [&](slot below) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return static_cast<slot>((state >> 33U) % below);
    };
    auto const add = [&](slot s) {
        tested.insert(s);
        model.insert(s);
    };
    auto const remove = [&](slot s) {
        tested.erase(s);
        model.erase(s);
    };
    for (int i = 0; i < 1300; ++i) {
        add(any_slot(65'536));
    }
    CHECK(agrees(tested, model));
    for (int i = 0; i < 3000; ++i) {
        add(any_slot(140'000));
    }
    CHECK(agrees(tested, model));
    for (slot s = 66'000; s < 68'000; ++s) {
        add(s);
    }
    CHECK(agrees(tested, model));
    while (model.size() > 900) {
        remove(*model.lower_bound(any_slot(*model.rbegin())));
        if (model.size() % 512 == 0) {
            REQUIRE(agrees(tested, model));
        }
    }
    CHECK(agrees(tested, model));
    while (!model.empty()) {
        remove(*model.begin());
    }
    CHECK(agrees(tested, model));
}

TEST_CASE("any changes to postings are changes to a set", "[tag]") {
    CHECK(rc::check("insert and erase, close together and far apart", [] {
        postings tested;
        std::set<slot> model;
        auto const reach = *rc::gen::element<slot>(64, 1024, 70'000, 300'000);
        for (auto const& [place, comes] : *rc::gen::container<std::vector<std::pair<slot, bool>>>(
                 rc::gen::pair(rc::gen::inRange<slot>(0, reach), rc::gen::arbitrary<bool>()))) {
            if (comes) {
                tested.insert(place);
                model.insert(place);
            } else {
                tested.erase(place);
                model.erase(place);
            }
            RC_ASSERT(tested.contains(place) == comes);
        }
        RC_ASSERT(agrees(tested, model));
    }));
}

TEST_CASE("rare tags are kept small and common ones in a bit a slot", "[tag]") {
    postings rare;
    postings common;
    for (slot s = 0; s < 65'536; ++s) {
        if (s % 100 == 0) {
            rare.insert(s);
        }
        if (s % 2 == 0) {
            common.insert(s);
        }
    }
    CHECK(rare.bytes() < 3'000); // 656 entries of two bytes, and room to grow
    CHECK(common.bytes() < 65'536 / 8 + 200);
}

TEST_CASE("the end of a set is one past its last slot", "[tag]") {
    bitmap bits;
    postings set;
    CHECK(bits.end() == 0);
    CHECK(set.end() == 0);
    CHECK(rc::check("after any inserts and erases", [] {
        bitmap narrow;
        postings wide;
        std::set<slot> model;
        for (auto steps = *rc::gen::inRange(0, 60); steps > 0; --steps) {
            auto const s = *rc::gen::element<slot>(
                0, 1, 63, 64, 511, 512, 700, 32'767, 32'768, 65'535, 65'536, 200'000);
            if (*rc::gen::arbitrary<bool>()) {
                narrow.insert(s);
                wide.insert(s);
                model.insert(s);
            } else {
                narrow.erase(s);
                wide.erase(s);
                model.erase(s);
            }
            auto const end = model.empty() ? std::size_t{0} : *model.rbegin() + std::size_t{1};
            RC_ASSERT(narrow.end() == end);
            RC_ASSERT(wide.end() == end);
        }
    }));
}

} // namespace
