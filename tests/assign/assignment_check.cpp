// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment.hpp>
#include <koc/assign/assignment_check.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc::assign;
using koc::errc;
using koc::score;
using koc::verify;
using test::job_id;
using test::problem;
using test::worker_id;

problem two_of_each() {
    return {{{job_id{1}, 1, 0}, {job_id{2}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 2}},
        {{job_id{1}, worker_id{1}, score{9}}, {job_id{1}, worker_id{2}, score{6}},
            {job_id{2}, worker_id{1}, score{8}}, {job_id{2}, worker_id{2}, score{1}}}};
}

TEST_CASE("a plan with one entry changed is refused", "[match]") {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        CAPTURE(seed);
        test::draws draw{seed};
        auto given = test::any_problem(draw, 4, 5);
        auto plan = assign(given).value();
        REQUIRE(!verify(given, plan));
        // Changes an entry, expects a refusal that names something, and changes it back.
        auto const refuses = [&](auto& entry, auto changed) {
            auto const kept = std::exchange(entry, changed);
            auto const refused = verify(given, plan);
            REQUIRE(refused);
            REQUIRE(refused->code == errc::corrupt);
            REQUIRE(!refused->subject.empty());
            entry = kept;
        };
        for (auto const by : {std::int64_t{1}, std::int64_t{-1}, std::int64_t{2}, 1 + draw(2000),
                 -1 - draw(2000), std::numeric_limits<std::int64_t>::max() / 2}) {
            for (auto& person : plan.people) {
                refuses(person.price, score{person.price.raw + by});
            }
            for (auto& task : plan.tasks) {
                refuses(task.threshold, score{task.threshold.raw + by});
            }
            for (auto& pair : plan.pairs) {
                refuses(pair.fit, score{pair.fit.raw + by});
            }
            refuses(plan.total, score{plan.total.raw + by});
        }
        for (auto const by : {1, -1, 5}) {
            for (std::size_t p = 0; p < plan.people.size(); ++p) {
                refuses(given.people[p].capacity, given.people[p].capacity + by);
                refuses(plan.people[p].capacity, plan.people[p].capacity + by);
                refuses(plan.people[p].used, plan.people[p].used + by);
            }
            for (std::size_t t = 0; t < plan.tasks.size(); ++t) {
                refuses(given.tasks[t].need, given.tasks[t].need + by);
                refuses(plan.tasks[t].fill_min, plan.tasks[t].fill_min + by);
                refuses(plan.tasks[t].filled, plan.tasks[t].filled + by);
            }
        }
        // Each pair replaced, left out or taken beside.
        for (std::size_t i = 0; i < plan.pairs.size(); ++i) {
            for (auto const& other : given.pairs) {
                if (other != plan.pairs[i]) {
                    refuses(plan.pairs[i], other);
                }
            }
            auto fewer = plan;
            fewer.total -= fewer.pairs[i].fit;
            fewer.pairs.erase(fewer.pairs.begin() + static_cast<std::ptrdiff_t>(i));
            REQUIRE(verify(given, fewer));
        }
        for (auto const& other : given.pairs) {
            auto more = plan;
            more.total += other.fit;
            more.pairs.push_back(other);
            REQUIRE(verify(given, more));
        }
    }
}

TEST_CASE(
    "an exchange of equal worth is refused as well, as its counts are not the plan's", "[match]") {
    problem const given{{{job_id{1}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{5}}, {job_id{1}, worker_id{2}, score{5}}}};
    auto plan = assign(given).value();
    plan.pairs[0].person = worker_id{2};
    auto const refused = verify(given, plan);
    REQUIRE(refused);
    CHECK(refused->subject == "person 1");
}

TEST_CASE("another best plan with its own counts is accepted", "[match]") {
    problem const given{{{job_id{1}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{5}}, {job_id{1}, worker_id{2}, score{5}}}};
    auto plan = assign(given).value();
    plan.pairs[0].person = worker_id{2};
    std::swap(plan.people[0].used, plan.people[1].used);
    CHECK(!verify(given, plan));
}

TEST_CASE("a refusal names the entry that does not fit", "[match]") {
    struct row {
        char const* what;
        void (*change)(problem&, test::plan&);
        char const* subject;
    };
    auto const table = std::vector<row>{
        {"higher price", [](auto&, auto& m) { m.people[0].price.raw += 2; },
            "pair of task 2 and person 1"},
        {"lower price", [](auto&, auto& m) { m.people[0].price.raw -= 1; },
            "pair of task 1 and person 1"},
        {"price of a spare slot", [](auto&, auto& m) { m.people[1].price.raw += 1; },
            "pair of task 1 and person 2"},
        {"capacity", [](auto& g, auto&) { g.people[1].capacity = 1; }, "person 2"},
        {"need", [](auto& g, auto&) { g.tasks[0].need = 2; }, "task 1"},
        {"pair left out",
            [](auto&, auto& m) {
                m.pairs.erase(m.pairs.begin());
                m.total = score{8};
            },
            "task 1"},
        {"pair twice", [](auto&, auto& m) { m.pairs[1] = m.pairs[0]; },
            "pair of task 1 and person 2"},
        {"pair unknown", [](auto& g, auto&) { g.pairs.erase(g.pairs.begin() + 1); },
            "pair of task 1 and person 2"},
        {"pair of an unknown task", [](auto& g, auto&) { g.pairs[0].task = job_id{7}; },
            "pair of task 7 and person 1"},
        {"new pair", [](auto& g, auto&) { g.pairs[3].fit = score{100}; },
            "pair of task 2 and person 2"},
        {"total", [](auto&, auto& m) { m.total.raw += 1; }, "total"},
        {"a task less", [](auto&, auto& m) { m.tasks.pop_back(); }, "plan"},
        {"blocked", [](auto&, auto& m) { m.blocked.emplace(); }, "blocking set"},
    };
    for (auto const& [what, change, subject] : table) {
        CAPTURE(what);
        auto given = two_of_each();
        auto plan = assign(given).value();
        REQUIRE(!verify(given, plan));
        change(given, plan);
        auto const refused = verify(given, plan);
        REQUIRE(refused);
        CHECK(refused->subject == subject);
        CHECK(refused->expected.find("expected ") == 0);
    }
}

TEST_CASE("prices that prove the plan but are not the lowest are refused", "[match]") {
    auto const given = two_of_each();
    auto plan = assign(given).value();
    // Job 2 would pay up to 7 more for worker 1; job 1 pays nothing for worker 2, who is spare.
    CHECK(plan.total == score{14});
    plan.people[0].price.raw += 1;
    plan.tasks[1].threshold.raw -= 1;
    auto const refused = verify(given, plan);
    REQUIRE(refused);
    CHECK(refused->expected.find("that holds") != std::string::npos);
}

} // namespace
