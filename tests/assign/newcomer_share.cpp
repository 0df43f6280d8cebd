// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment_check.hpp>
#include <koc/assign/newcomer_share.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using koc::assign_with_newcomers;
using koc::errc;
using koc::score;
using test::job_id;
using test::optimum;
using test::problem;
using test::worker_id;

/// The best of each number of places that newcomers can have, by trying every set of pairs.
std::map<std::int64_t, optimum> by_trying_all(problem const& p, std::set<worker_id> const& fresh) {
    std::map<std::int64_t, optimum> best;
    for (std::uint32_t chosen = 0; chosen < 1U << p.pairs.size(); ++chosen) {
        std::map<job_id, std::int32_t> filled;
        std::map<worker_id, std::int32_t> used;
        optimum it;
        std::int64_t places = 0;
        for (std::size_t i = 0; i < p.pairs.size(); ++i) {
            if ((chosen >> i & 1U) != 0) {
                ++filled[p.pairs[i].task];
                ++used[p.pairs[i].person];
                it.total += p.pairs[i].fit.raw;
                places += fresh.contains(p.pairs[i].person) ? 1 : 0;
            }
        }
        bool const allowed = std::all_of(p.tasks.begin(), p.tasks.end(),
                                 [&](auto const& task) { return filled[task.id] <= task.need; }) &&
            std::all_of(p.people.begin(), p.people.end(),
                [&](auto const& person) { return used[person.id] <= person.capacity; });
        if (allowed) {
            for (auto const& task : p.tasks) {
                it.missing += std::max(task.fill_min - filled[task.id], 0);
            }
            auto const at = best.emplace(places, it).first;
            at->second = std::max(at->second, it);
        }
    }
    return best;
}

TEST_CASE("a share for newcomers costs as little as trying everything finds", "[match]") {
    std::uint64_t kept = 0;
    std::uint64_t refused = 0;
    for (std::uint64_t seed = 0; seed < koc_test::rounds(4'000); ++seed) {
        CAPTURE(seed);
        test::draws draw{seed};
        auto const given = test::any_problem(draw, 3, 4);
        if (given.pairs.size() > 10) {
            continue;
        }
        std::set<worker_id> fresh;
        for (auto const& person : given.people) {
            if (draw(2) == 0) {
                fresh.insert(person.id);
            }
        }
        auto const best = by_trying_all(given, fresh);
        auto const least_missing = koc::assign(given).value();
        for (std::int64_t places = 0; places <= 5; ++places) {
            optimum expected{1'000'000, 0};
            for (auto const& [count, it] : best) {
                if (count >= places) {
                    expected = std::max(expected, it);
                }
            }
            auto const made = assign_with_newcomers(
                given, std::vector<worker_id>(fresh.begin(), fresh.end()), places);
            if (expected.missing != test::of(least_missing).missing) {
                REQUIRE(!made.has_value()); // minimum fills come first
                REQUIRE(made.error().code == errc::no_capacity);
                ++refused;
                continue;
            }
            REQUIRE(made.has_value());
            REQUIRE(test::of(made->plan).missing == expected.missing);
            REQUIRE(made->total.raw == expected.total);
            REQUIRE(made->price == least_missing.total - made->total);
            REQUIRE(made->places >= places);
            REQUIRE(!koc::verify(made->problem, made->plan));
            kept += made->bonus > score{} ? 1U : 0U;
        }
    }
    CHECK(kept > koc_test::rounds(300));
    CHECK(refused > koc_test::rounds(300));
}

TEST_CASE("many swaps of the same cost keep just the share", "[match]") {
    problem given;
    std::vector<worker_id> fresh;
    for (std::uint32_t i = 1; i <= 20; ++i) {
        given.tasks.push_back({job_id{i}, 1, 0});
        given.people.push_back({worker_id{i}, 1});
        given.people.push_back({worker_id{100 + i}, 1});
        given.pairs.push_back({job_id{i}, worker_id{i}, score{10}});
        given.pairs.push_back({job_id{i}, worker_id{100 + i}, score{7}});
        fresh.push_back(worker_id{100 + i});
    }
    auto const made = assign_with_newcomers(given, fresh, 6).value();
    CHECK(made.places == 6);
    CHECK(made.bonus == score{3});
    CHECK(made.total == score{14 * 10 + 6 * 7});
    CHECK(made.price == score{6 * 3});
    CHECK(!koc::verify(made.problem, made.plan));
}

TEST_CASE("a share that newcomers have anyway costs nothing", "[match]") {
    problem const given{{{job_id{1}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{5}}, {job_id{1}, worker_id{2}, score{5}}}};
    for (auto const who : {worker_id{1}, worker_id{2}}) {
        auto const made = assign_with_newcomers(given, {who}, 1).value();
        CHECK(made.plan.pairs[0].person == who);
        CHECK(made.price == score{});
        CHECK(made.bonus == score{});
    }
}

TEST_CASE("a share of nobody, of less than nothing or out of reach is refused", "[match]") {
    problem given{{{job_id{1}, 2, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{5}}, {job_id{1}, worker_id{2}, score{-5}}}};
    auto const refused = [&](std::vector<worker_id> const& fresh, std::int64_t places) {
        return assign_with_newcomers(given, fresh, places).error();
    };
    CHECK(refused({worker_id{1}}, -1).code == errc::invalid_argument);
    CHECK(refused({worker_id{3}}, 1) == koc::unknown("person", worker_id{3}));
    CHECK(refused({worker_id{1}, worker_id{1}}, 1).code == errc::already_exists);
    CHECK(refused({worker_id{1}}, 2).code == errc::no_capacity);
    CHECK(refused({worker_id{1}}, 2).expected.find("at most 1, the places") != std::string::npos);
    CHECK(assign_with_newcomers(given, {worker_id{2}}, 1).value().total == score{0});
    given.tasks[0].need = 0;
    CHECK(refused({worker_id{1}}, 1).subject == "task 1");
}

} // namespace
