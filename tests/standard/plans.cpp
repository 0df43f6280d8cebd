// SPDX-License-Identifier: BSL-1.0
#include <koc/standard/plans.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <set>
#include <string>

using namespace koc;
using koc_test::winter_world;

namespace {

TEST_CASE("the standard plans are accepted, and everybody at any stage is on one of them",
    "[standard][plan]") {
    winter_world w;
    std::set<plan_id> known;
    for (auto const& plan : standard::plans()) {
        w.accepts(define_plan{plan});
        CHECK(known.insert(plan.plan).second);
    }
    for (std::uint64_t i = 1; i <= 12; ++i) {
        w.accepts(choose_plan{member_id{i}});
    }
    // Nothing is asked of alumni, so no plan is for them.
    w.refuses(choose_plan{w.ou}, errc::not_qualified, "member 13", "for whom a plan is in use");
    auto const on = [&](member_id who) { return w.at<cultivation_record>(who).plan->value(); };
    CHECK(on(w.min) == 1);  // budding
    CHECK(on(w.an) == 2);   // active and open
    CHECK(on(w.dong) == 2); // active and both
    CHECK(on(w.bao) == 3);  // active and owned
    CHECK(on(w.jin) == 7);  // mature
    CHECK(on(w.ning) == 8); // evolving
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("on the standard ladder each step to the first voice waits for the one before",
    "[standard][plan]") {
    for (auto const& plan : standard::plans()) {
        if (plan.name.find("ladder") == std::string::npos) {
            continue;
        }
        std::string before;
        for (auto const& step : plan.steps) {
            INFO(plan.name << ": " << step.name);
            CHECK(step.after.empty() == before.empty());
            CHECK((before.empty() || step.after.back() == before));
            before = step.name;
        }
        CHECK(before == "official push");
    }
}

} // namespace
