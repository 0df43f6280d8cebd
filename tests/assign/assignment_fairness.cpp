// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/assignment_fairness.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

#include <string>

namespace {

using koc::errc;
using koc::price_of_cap;
using koc::price_of_floors;
using koc::score;
using test::job_id;
using test::problem;
using test::worker_id;

/// One worker everybody wants, and one whom only the first job may have.
problem contested() {
    return {{{job_id{1}, 1, 0}, {job_id{2}, 1, 0}}, {{worker_id{1}, 1}, {worker_id{2}, 1}},
        {{job_id{1}, worker_id{1}, score{9}}, {job_id{2}, worker_id{1}, score{4}},
            {job_id{1}, worker_id{2}, score{3}}}};
}

TEST_CASE("a floor costs what the best total could be without it", "[match]") {
    auto given = contested();
    CHECK(price_of_floors(given).value() == score{0});
    given.tasks[1].fill_min = 1;
    CHECK(koc::assign(given).value().total == score{7});
    CHECK(price_of_floors(given).value() == score{2});
}

TEST_CASE("floors that cannot be met have no price", "[match]") {
    auto given = contested();
    given.tasks = {{job_id{1}, 2, 0}, {job_id{2}, 2, 2}};
    auto const price = price_of_floors(given);
    REQUIRE(!price);
    CHECK(price.error().code == errc::no_capacity);
    CHECK(price.error().expected.find("this task asks for 2 people; the 1 person") !=
        std::string::npos);
    given.tasks[0].need = 0;
    CHECK(price_of_floors(given).error().subject == "task 1");
}

TEST_CASE("a cap costs what the person could add without it", "[match]") {
    auto const given = contested();
    CHECK(price_of_cap(given, worker_id{1}, 2).value() == score{4});
    CHECK(price_of_cap(given, worker_id{1}, 1).value() == score{0});
    CHECK(price_of_cap(given, worker_id{2}, 5).value() == score{0});
    CHECK(koc::assign(given).value().people[0].price == score{4});
}

TEST_CASE("a cap of nobody, of nothing or out of reach is refused", "[match]") {
    auto given = contested();
    CHECK(price_of_cap(given, worker_id{3}, 2).error().code == errc::unknown_id);
    CHECK(price_of_cap(given, worker_id{1}, 0).error().code == errc::invalid_argument);
    given.tasks[1] = {job_id{2}, 2, 2};
    CHECK(price_of_cap(given, worker_id{1}, 2).error().code == errc::no_capacity);
    given.people[0].capacity = -1;
    CHECK(price_of_cap(given, worker_id{1}, 2).error().subject == "person 1");
}

} // namespace
