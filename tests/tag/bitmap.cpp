// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/bitmap.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <set>
#include <vector>

namespace {

using koc::bitmap;
using koc::slot;

TEST_CASE("a bitmap is empty wherever nothing was put, however far out", "[tag]") {
    bitmap b;
    CHECK(b.count() == 0);
    CHECK_FALSE(b.contains(0));
    CHECK_FALSE(b.contains(0xffffffffU));
    CHECK(b.word_at(0) == 0);
    CHECK(b.word_at(std::size_t{1} << 40U) == 0);
    b.erase(0xffffffffU);
    CHECK(b.count() == 0);
}

TEST_CASE("neighbours at the edge of a word do not touch each other", "[tag]") {
    bitmap b;
    b.insert(63);
    b.insert(64);
    b.insert(64);
    CHECK(b.count() == 2);
    CHECK(b.word_at(0) == bitmap::word{1} << 63U);
    CHECK(b.word_at(1) == 1);
    b.erase(63);
    CHECK_FALSE(b.contains(63));
    CHECK(b.contains(64));
    CHECK_FALSE(b.contains(65));
}

TEST_CASE("a bitmap is a set of slots", "[tag]") {
    CHECK(rc::check("insert and erase, as in a std::set", [] {
        bitmap b;
        std::set<slot> model;
        for (auto const& [in, s] : *rc::gen::container<std::vector<std::pair<bool, slot>>>(
                 rc::gen::pair(rc::gen::arbitrary<bool>(), rc::gen::inRange<slot>(0, 300)))) {
            if (in) {
                b.insert(s);
                model.insert(s);
            } else {
                b.erase(s);
                model.erase(s);
            }
        }
        std::vector<slot> walked;
        for (std::size_t w = 0; w < 6; ++w) {
            koc::for_each_slot(w, b.word_at(w), [&](slot s) { walked.push_back(s); });
        }
        RC_ASSERT(walked == std::vector<slot>(model.begin(), model.end()));
        RC_ASSERT(b.count() == model.size());
    }));
}

TEST_CASE("the slots of a full word are walked in ascending order", "[tag]") {
    std::vector<slot> walked;
    koc::for_each_slot(2, ~bitmap::word{0}, [&](slot s) { walked.push_back(s); });
    REQUIRE(walked.size() == 64);
    for (slot i = 0; i < 64; ++i) {
        CHECK(walked[i] == 128 + i);
    }
}

} // namespace
