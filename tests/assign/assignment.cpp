// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment.hpp>
#include <koc/assign/assignment_check.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

using koc::assign;
using koc::errc;
using koc::score;
using test::job_id;
using test::problem;
using test::worker_id;

constexpr score top{std::numeric_limits<std::int64_t>::max()};

/// Two jobs and two workers; whoever does what, 2 + 2 beats 3 + 0.
problem swap_of_two() {
    return {{{job_id{1}, 1, 0}, {job_id{2}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{3}}, {job_id{1}, worker_id{2}, score{2}},
            {job_id{2}, worker_id{1}, score{2}}}};
}

TEST_CASE("an assignment has the best total that trying everything finds", "[match]") {
    for (std::uint64_t seed = 0; seed < koc_test::rounds(100'000); ++seed) {
        test::draws draw{seed};
        auto const given = test::any_problem(draw, 4, 5);
        auto const made = assign(given);
        auto const misfit = made ? koc::verify(given, *made) : made.error();
        if (misfit || test::of(*made) != test::by_trying(given)) {
            CAPTURE(seed, misfit.has_value());
            FAIL((misfit ? misfit->subject + ": " + misfit->expected : "not the optimum"));
        }
    }
    SUCCEED();
}

TEST_CASE("the best total is not what choosing task by task gives", "[match]") {
    auto const made = assign(swap_of_two()).value();
    CHECK(made.total == score{4});
    CHECK(made.pairs ==
        std::vector<test::plan::pair>{
            {job_id{1}, worker_id{2}, score{2}}, {job_id{2}, worker_id{1}, score{2}}});
    CHECK(made.people[0].price == score{1}); // with two slots they would do both jobs, for 5
    CHECK(made.people[1].price == score{0});
}

TEST_CASE("a person's price is what one more slot of theirs would add", "[match]") {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        test::draws draw{seed};
        auto given = test::any_problem(draw, 4, 4);
        auto const made = assign(given).value();
        for (std::size_t p = 0; p < given.people.size() && !made.blocked; ++p) {
            ++given.people[p].capacity;
            CHECK(assign(given).value().total == made.total + made.people[p].price);
            --given.people[p].capacity;
        }
    }
}

TEST_CASE("a task's threshold is what its last place adds", "[match]") {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        test::draws draw{seed};
        auto given = test::any_problem(draw, 4, 4);
        auto const made = assign(given).value();
        for (std::size_t t = 0; t < given.tasks.size() && !made.blocked; ++t) {
            auto const kept = given.tasks[t];
            if (made.tasks[t].threshold < score{}) {
                --given.tasks[t].fill_min; // that place is only there for the minimum
            } else if (kept.need > std::max(1, kept.fill_min)) {
                --given.tasks[t].need;
            } else {
                continue;
            }
            CHECK(assign(given).value().total == made.total - made.tasks[t].threshold);
            given.tasks[t] = kept;
        }
    }
}

TEST_CASE("the same entries in another order give the same pairs and prices", "[match]") {
    std::mt19937 shuffled{7};
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        test::draws draw{seed};
        auto given = test::any_problem(draw, 4, 5);
        auto const made = assign(given).value();
        std::shuffle(given.pairs.begin(), given.pairs.end(), shuffled);
        REQUIRE(assign(given).value() == made);
        std::reverse(given.tasks.begin(), given.tasks.end());
        std::shuffle(given.people.begin(), given.people.end(), shuffled);
        auto again = assign(given).value();
        std::reverse(again.tasks.begin(), again.tasks.end());
        REQUIRE(again.tasks == made.tasks);
        REQUIRE(again.total == made.total);
        REQUIRE(std::is_permutation(
            again.people.begin(), again.people.end(), made.people.begin(), made.people.end()));
        REQUIRE(std::is_permutation(
            again.pairs.begin(), again.pairs.end(), made.pairs.begin(), made.pairs.end()));
    }
}

TEST_CASE("fits beyond 32 bits give the same pairs as small ones", "[match]") {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        test::draws draw{seed};
        auto given = test::any_problem(draw, 4, 5);
        auto const made = assign(given).value();
        for (auto& each : given.pairs) {
            each.fit.raw *= 10'000'000'000;
        }
        auto const wide = assign(given).value();
        REQUIRE(wide.total.raw == made.total.raw * 10'000'000'000);
        REQUIRE(!koc::verify(given, wide));
    }
}

TEST_CASE("a negative fit is used for a minimum fill only", "[match]") {
    problem given{{{job_id{1}, 2, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{5}}, {job_id{1}, worker_id{2}, score{-1}}}};
    CHECK(assign(given).value().total == score{5});
    given.tasks[0].fill_min = 2;
    auto const made = assign(given).value();
    CHECK(made.total == score{4});
    CHECK(made.tasks[0].filled == 2);
    CHECK(made.tasks[0].threshold == score{-1}); // the marginal price of the minimum
}

TEST_CASE("nothing to assign is an empty plan", "[match]") {
    auto const nothing = assign(problem{}).value();
    CHECK(nothing.total == score{});
    CHECK(!koc::verify(problem{}, nothing));
    problem const lonely{{{job_id{1}, 3, 0}}, {{worker_id{1}, 1}}, {}};
    auto const made = assign(lonely).value();
    CHECK(made.pairs.empty());
    CHECK(!koc::verify(lonely, made));
}

TEST_CASE(
    "minimum fills out of reach name a set that blocks and no smaller part of it", "[match]") {
    std::uint64_t found = 0;
    std::size_t largest = 0;
    for (std::uint64_t seed = 0; seed < koc_test::rounds(30'000); ++seed) {
        test::draws draw{seed};
        auto const given = test::any_problem(draw, 5, 4);
        auto const made = assign(given).value();
        if (!made.blocked) {
            continue;
        }
        ++found;
        largest = std::max(largest, made.blocked->tasks.size());
        auto only = given; // the tasks of the set
        std::erase_if(only.tasks, [&](auto const& task) {
            return !std::count(made.blocked->tasks.begin(), made.blocked->tasks.end(), task.id);
        });
        for (auto& task : only.tasks) {
            task.need = task.fill_min;
        }
        auto const missing_without = [&](std::optional<job_id> left_out) {
            auto part = only;
            std::erase_if(part.tasks, [&](auto const& task) { return task.id == left_out; });
            return test::by_trying(part).missing;
        };
        REQUIRE(missing_without({}) > 0);
        for (auto const task : made.blocked->tasks) {
            REQUIRE(missing_without(task) == 0);
        }
    }
    CHECK(found > koc_test::rounds(2'000));
    CHECK(largest > 2);
}

TEST_CASE("what blocks is said in words, and the rest is still assigned best", "[match]") {
    problem given;
    for (std::uint32_t t = 1; t <= 4; ++t) {
        given.tasks.push_back({job_id{t}, 2, t == 4 ? 1 : 2});
    }
    for (std::uint32_t p = 1; p <= 3; ++p) {
        given.people.push_back({worker_id{p}, 1});
    }
    for (std::uint32_t t = 1; t <= 2; ++t) {
        for (std::uint32_t p = 1; p <= 2; ++p) {
            given.pairs.push_back({job_id{t}, worker_id{p}, score{10 * t + p}});
        }
    }
    given.pairs.push_back({job_id{4}, worker_id{3}, score{1}});
    given.tasks[2].fill_min = 0;
    auto const made = assign(given).value();
    REQUIRE(made.blocked);
    CHECK(made.blocked->tasks == std::vector{job_id{1}, job_id{2}});
    CHECK(made.blocked->sentence() ==
        "these 2 tasks ask for 4 people; the 2 people who qualify can give 2");
    CHECK(made.total == score{21 + 22 + 1});
    CHECK(made.tasks[0].threshold == -koc::missing_price(given));
}

TEST_CASE("a large blocking set is found among many tasks", "[match]") {
    // A chain: each job shares one worker with the next, and together they ask for one too many.
    problem given;
    constexpr std::uint32_t jobs = 300;
    for (std::uint32_t t = 1; t <= jobs; ++t) {
        given.tasks.push_back({job_id{t}, 1, 1});
        given.people.push_back({worker_id{t}, 1});
        given.pairs.push_back({job_id{t}, worker_id{t}, score{1}});
        if (t != 1) {
            given.pairs.push_back({job_id{t}, worker_id{t - 1}, score{1}});
        }
    }
    CHECK(!assign(given).value().blocked);
    given.people.pop_back();
    given.pairs.erase(std::find_if(given.pairs.begin(), given.pairs.end(),
        [](auto const& each) { return each.person == worker_id{jobs}; }));
    auto const made = assign(given).value();
    REQUIRE(made.blocked);
    CHECK(made.blocked->tasks.size() == jobs);
    CHECK(made.blocked->asked == jobs);
    CHECK(made.blocked->can_give == jobs - 1);
    CHECK(!koc::verify(given, made));
}

TEST_CASE("a wrong entry is refused by name", "[match]") {
    struct row {
        char const* what;
        void (*spoil)(problem&);
        errc code;
        char const* subject;
    };
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    auto const table = std::vector<row>{
        {"need 0", [](problem& p) { p.tasks[1].need = 0; }, errc::invalid_argument, "task 2"},
        {"need < 0", [](problem& p) { p.tasks[1].need = least; }, errc::invalid_argument, "task 2"},
        {"minimum < 0", [](problem& p) { p.tasks[0].fill_min = -1; }, errc::invalid_argument,
            "task 1"},
        {"minimum > need", [](problem& p) { p.tasks[0].fill_min = 2; }, errc::invalid_argument,
            "task 1"},
        {"capacity 0", [](problem& p) { p.people[1].capacity = 0; }, errc::invalid_argument,
            "person 2"},
        {"capacity < 0", [](problem& p) { p.people[1].capacity = -3; }, errc::invalid_argument,
            "person 2"},
        {"task id 0", [](problem& p) { p.tasks[0].id = {}; }, errc::invalid_argument, "task 0"},
        {"person id 0", [](problem& p) { p.people[0].id = {}; }, errc::invalid_argument,
            "person 0"},
        {"task twice", [](problem& p) { p.tasks.push_back(p.tasks[0]); }, errc::already_exists,
            "task 1"},
        {"person twice", [](problem& p) { p.people.push_back(p.people[1]); }, errc::already_exists,
            "person 2"},
        {"pair twice",
            [](problem& p) {
                p.pairs.push_back({job_id{1}, worker_id{2}, score{7}});
            },
            errc::already_exists, "pair of task 1 and person 2"},
        {"unknown task", [](problem& p) { p.pairs[1].task = job_id{9}; }, errc::unknown_id,
            "task 9"},
        {"unknown person", [](problem& p) { p.pairs[1].person = worker_id{9}; }, errc::unknown_id,
            "person 9"},
        {"huge fit", [](problem& p) { p.pairs[2].fit = top; }, errc::too_large,
            "pair of task 2 and person 1"},
        {"huge debt", [](problem& p) { p.pairs[2].fit = score{-1} - top; }, errc::too_large,
            "pair of task 2 and person 1"},
    };
    for (auto const& [what, spoil, code, subject] : table) {
        CAPTURE(what);
        auto given = swap_of_two();
        spoil(given);
        auto const made = assign(given);
        REQUIRE(!made);
        CHECK(made.error().code == code);
        CHECK(made.error().subject == subject);
        CHECK(made.error().expected.find("expected ") == 0);
    }
}

TEST_CASE("needs and capacities without end leave room for fits", "[match]") {
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    problem given;
    for (std::uint32_t i = 1; i <= 3; ++i) {
        given.tasks.push_back({job_id{i}, most, 0});
        given.people.push_back({worker_id{i}, most});
        given.pairs.push_back({job_id{i}, worker_id{i}, koc::whole(1'000'000)});
    }
    CHECK(assign(given).value().total == koc::whole(3'000'000));
}

TEST_CASE("the largest fits that are accepted add up without overflow", "[match]") {
    auto given = swap_of_two();
    auto const refused = [&](std::int64_t fit) {
        for (auto& each : given.pairs) {
            each.fit = score{fit};
        }
        return !assign(given);
    };
    auto largest = koc::assignment_sum_max;
    while (refused(largest)) {
        largest -= largest / 100 + 1;
    }
    for (auto const floors : {0, 1}) {
        for (std::size_t i = 0; i < given.pairs.size(); ++i) {
            given.pairs[i].fit = score{i == 1 ? -largest : largest};
        }
        given.tasks[0].fill_min = floors;
        given.tasks[1].fill_min = floors;
        auto const made = assign(given).value();
        CHECK(made.total.raw == (floors == 1 ? 0 : largest));
        CHECK(!koc::verify(given, made));
    }
}

} // namespace
