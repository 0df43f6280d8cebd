// SPDX-License-Identifier: BSL-1.0
#include <koc/tag/number_column.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>

namespace {

using koc::number_column;
using koc::slot;

std::int64_t furthest_from_zero(std::map<slot, std::int64_t> const& numbers) {
    std::int64_t size = 0;
    for (auto const& [place, n] : numbers) {
        size = std::max(size, n == number_column::absent ? 0 : n < 0 ? -n : n);
    }
    return size;
}

TEST_CASE("a block that holds nothing has no maximum", "[tag]") {
    number_column column;
    CHECK(column.max_of(0) == number_column::absent);
    column.put(200, -5);
    CHECK(column.max_of(0) == number_column::absent);
    CHECK(column.max_of(3) == -5);
    CHECK(column.max_of(4) == number_column::absent);
    CHECK(column.at(200) == -5);
    CHECK(column.at(0) == number_column::absent);
}

TEST_CASE("a maximum goes down when the last of its holders does", "[tag]") {
    number_column column;
    column.put(0, 7);
    column.put(63, 7);
    column.put(64, 100);
    column.put(0, 1);
    CHECK(column.max_of(0) == 7);
    column.put(63, 2);
    CHECK(column.max_of(0) == 2);
    column.put(63, number_column::absent);
    CHECK(column.max_of(0) == 1);
    CHECK(column.max_of(1) == 100);
}

TEST_CASE("a column knows who has a number and how high numbers went", "[tag]") {
    number_column column;
    CHECK(column.highest() == number_column::absent);
    CHECK(column.present(0).empty());
    column.put(3, -5);
    column.put(600, 70'000);
    CHECK(column.present(0).contains(3));
    CHECK_FALSE(column.present(0).contains(4));
    CHECK(column.present(1).contains(600 - 512));
    CHECK(column.present(9).empty());
    CHECK(column.highest() == 70'000);
    column.put(600, number_column::absent);
    CHECK(column.present(1).empty());
    CHECK(column.highest() >= -5);
}

TEST_CASE("a column is as roomy as the widest number that it ever held", "[tag]") {
    number_column column;
    CHECK(column.limit() == 127);
    column.put(0, -128);
    CHECK(column.limit() == 32'767);
    column.put(0, 5);
    CHECK(column.limit() == 32'767);
}

TEST_CASE("a slot that no number was put in is absent, however far out", "[tag]") {
    number_column column;
    CHECK(column.at(0) == number_column::absent);
    column.put(0, 1);
    CHECK(column.at(1) == number_column::absent);
    CHECK(column.at(512) == number_column::absent);
    CHECK(column.at(4'000'000'000U) == number_column::absent);
}

TEST_CASE("words beyond the last number are all absent", "[tag]") {
    number_column column;
    column.put(0, 7);
    for (auto const& range : column.word_ranges(9)) {
        CHECK(range == koc::value_range{});
    }
    CHECK(column.word_ranges(0).front() == koc::value_range{7, 7});
    CHECK(column.word_ranges(0).back() == koc::value_range{});
}

TEST_CASE("a column is a map from slots to numbers with the maximum of each block", "[tag]") {
    CHECK(rc::check("after any puts", [] {
        number_column column;
        std::map<slot, std::int64_t> model;
        for (auto const& [place, value] :
            *rc::gen::container<std::vector<std::pair<slot, std::int64_t>>>(
                rc::gen::pair(rc::gen::inRange<slot>(0, 1500),
                    rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-3, 4),
                        rc::gen::element<std::int64_t>(-128, 127, 128, -32'768, 32'767, 32'768,
                            INT32_MIN, INT32_MAX, INT64_MIN, -INT64_MAX, INT64_MAX))))) {
            column.put(place, value);
            model[place] = value;
            for (auto const w : {place / 64, 5U}) {
                koc::value_range wanted;
                for (auto const& [s, v] : model) {
                    if (s / 64 == w && v != number_column::absent) {
                        wanted = {std::min(wanted.low, v), std::max(wanted.high, v)};
                    }
                }
                RC_ASSERT(column.word_range(w) == wanted);
                RC_ASSERT(column.word_ranges(w / 8)[w % 8] == wanted);
                RC_ASSERT(column.max_of(w) == wanted.high);
            }
            RC_ASSERT(column.limit() >= furthest_from_zero(model));
        }
        for (auto const& [place, value] : model) {
            RC_ASSERT(column.at(place) == value);
        }
    }));
}

} // namespace
