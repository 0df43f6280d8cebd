// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment.hpp>
#include <koc/assign/assignment_check.hpp>
#include <koc/assign/detail/best_choice.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace {

using koc::detail::network_simplex;
using koc::detail::people_are_scarce;
using koc::detail::shortest_augmenting_paths;
using test::job_id;
using test::worker_id;

using rows_of = koc::detail::assignment_rows<std::int32_t>;

rows_of rows_for(test::problem const& given) {
    koc::detail::assignment_places<job_id, worker_id> places{given};
    REQUIRE_FALSE(places.check());
    rows_of rows;
    REQUIRE_FALSE(places.fill(rows));
    return rows;
}
std::int64_t total(rows_of const& rows, koc::detail::assignment_choice const& chosen) {
    return std::accumulate(chosen.taken.begin(), chosen.taken.end(), std::int64_t{},
        [&](std::int64_t sum, auto arc) { return sum + rows.arcs[arc].fit; });
}

/// Jobs that ask for `need` of 40 workers each, one worker with one slot for each job.
test::problem crowded(std::uint32_t jobs, std::int32_t need, std::int32_t fill_min) {
    test::draws draw{7};
    test::problem made;
    for (std::uint32_t j = 1; j <= jobs; ++j) {
        made.tasks.push_back({job_id{j}, need, fill_min});
        made.people.push_back({worker_id{j}, 1});
    }
    for (std::uint32_t j = 0; j < jobs; ++j) {
        for (std::uint32_t k = 0; k < 40; ++k) {
            made.pairs.push_back(
                {job_id{j + 1}, worker_id{(j + 3 * k) % jobs + 1}, koc::score{1 + draw(50)}});
        }
    }
    return made;
}

TEST_CASE("both ways to the best assignment come to one total and the same prices", "[match]") {
    for (std::uint64_t seed = 0; seed < koc_test::rounds(40'000); ++seed) {
        test::draws draw{seed};
        auto const rows = rows_for(test::any_problem(draw, 6, 6));
        auto const by_paths = shortest_augmenting_paths{rows}.solve();
        auto const by_tree = network_simplex{rows}.solve();
        if (total(rows, by_paths) != total(rows, by_tree) || by_paths.price != by_tree.price ||
            by_paths.threshold != by_tree.threshold) {
            CAPTURE(seed);
            FAIL("the two differ");
        }
    }
    SUCCEED();
}

TEST_CASE("a large problem with few people is solved and proven", "[match]") {
    for (auto const fill_min : {0, 1}) {
        auto const given = crowded(400, 3, fill_min);
        auto const rows = rows_for(given);
        CHECK(people_are_scarce(rows));
        auto const plan = koc::assign(given).value();
        CHECK_FALSE(koc::verify(given, plan));
        auto const by_paths = shortest_augmenting_paths{rows}.solve();
        auto const by_tree = network_simplex{rows}.solve();
        CHECK(total(rows, by_paths) == total(rows, by_tree));
        CHECK(by_paths.price == by_tree.price);
        CHECK(by_paths.threshold == by_tree.threshold);
    }
}

TEST_CASE("people are not scarce where seven of ten slots are enough", "[match]") {
    CHECK(people_are_scarce(rows_for(crowded(400, 1, 0))));
    auto wide = crowded(400, 1, 0);
    for (auto& person : wide.people) {
        person.capacity = 2;
    }
    CHECK_FALSE(people_are_scarce(rows_for(wide)));
    CHECK_FALSE(people_are_scarce(rows_for(crowded(50, 3, 0)))); // small
}

TEST_CASE("fits as large as a problem may have come to the same prices", "[match]") {
    constexpr auto large = koc::assignment_sum_max / 64;
    for (std::uint64_t seed = 0; seed < koc_test::rounds(4'000); ++seed) {
        test::draws draw{seed};
        koc::detail::assignment_rows<std::int64_t> rows;
        rows.begin.push_back(0);
        for (std::uint32_t t = 0; t < 3; ++t) {
            for (std::uint32_t p = 0; p < 4; ++p) {
                rows.arcs.push_back({p, large - draw(3) - (p + t) % 4 * 3});
            }
            std::sort(rows.arcs.end() - 4, rows.arcs.end(), [](auto a, auto b) {
                return a.fit != b.fit ? a.fit > b.fit : a.person < b.person;
            });
            rows.begin.push_back(rows.arcs.size());
            rows.need.push_back(static_cast<std::int32_t>(1 + draw(3)));
            rows.fill_min.push_back(static_cast<std::int32_t>(draw(rows.need.back() + 1)));
        }
        rows.capacity = {1, 2, 1, 1};
        rows.missing_price = koc::assignment_sum_max;
        auto const by_paths = shortest_augmenting_paths{rows}.solve();
        auto const by_tree = network_simplex{rows}.solve();
        REQUIRE(by_paths.price == by_tree.price);
        REQUIRE(by_paths.threshold == by_tree.threshold);
        REQUIRE(by_paths.taken.size() == by_tree.taken.size());
    }
}

TEST_CASE("a problem without people, pairs or tasks has an answer by the tree, too", "[match]") {
    CHECK(network_simplex{rows_for({})}.solve().taken.empty());
    auto const nobody = rows_for({{{job_id{1}, 3, 2}}, {}, {}});
    auto const by_tree = network_simplex{nobody}.solve();
    auto const by_paths = shortest_augmenting_paths{nobody}.solve();
    CHECK(by_tree.taken.empty());
    CHECK(by_tree.threshold == by_paths.threshold);
}

} // namespace
