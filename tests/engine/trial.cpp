// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/trial.hpp>

#include "standard/unmoved.hpp"
#include "support/allocation.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace koc;
using koc_test::to_line;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

TEST_CASE(
    "rules, commands and time are tried together, and then nothing has happened", "[engine][E32]") {
    winter_world w;
    w.given(begin_tier_reviews{}, record_outcome{w.chen, {}, percent(70), w.now()});
    auto const before = w.digest();
    auto const events = w.journal().size();
    tier_rules soon;
    soon.contribution.rise_after = 1;
    soon.contribution.rungs[0] = {percent(60), percent(30)};
    {
        trial dry{w.engine()};
        REQUIRE(dry.handle(adopt<tier_rules>{soon}, w.asked()).has_value());
        auto later = w.asked();
        later.now = later.now + days(31);
        REQUIRE(dry.advance(later));
        CHECK(w.engine().ask(show_tier{w.chen}, later)->tier == tier::core);
        CHECK(w.engine().ask(show_tier{w.an}, later)->tier == tier::base);
        std::vector<std::string> names;
        for (auto const& made : dry.recorded()) {
            for (auto const& happened : made.events) {
                names.emplace_back(happened.type().name);
            }
        }
        REQUIRE(names.size() >= 3);
        CHECK(names.front() == "tier_rules_adopted");
        CHECK(std::find(names.begin(), names.end(), "tier_changed") != names.end());
    }
    CHECK(w.digest() == before);
    CHECK(w.journal().size() == events);
    CHECK(w.ask(show_tier{w.chen}).tier == tier::base);
    // What is tried is what happens.
    w.given(adopt<tier_rules>{soon}).wait(days(31)).time_passes();
    CHECK(w.ask(show_tier{w.chen}).tier == tier::core);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what would be refused is refused in a trial with the same words, and the trial goes on",
    "[engine][E32][refusal]") {
    winter_world w;
    auto const before = w.digest();
    tier_rules wrong;
    wrong.period = hours(1);
    {
        trial dry{w.engine()};
        auto const refused = dry.handle(adopt<tier_rules>{wrong}, w.asked());
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().subject == "tier_rules.period");
        auto by_member = w.asked();
        by_member.by = {actor_kind::member, w.an.value()};
        auto const not_theirs = dry.handle(begin_tier_reviews{}, by_member);
        REQUIRE_FALSE(not_theirs.has_value());
        CHECK(not_theirs.error().code == errc::not_qualified);
        auto past = w.asked();
        past.now = past.now - days(400);
        CHECK(dry.advance(past).error().code == errc::time_ran_backwards);
        CHECK(dry.recorded().empty());
        CHECK(dry.handle(begin_tier_reviews{}, w.asked()).has_value());
    }
    CHECK(w.digest() == before);
    unmoved{w}.refuses(
        adopt<tier_rules>{wrong}, errc::invalid_argument, "tier_rules.period", "a day or more");
}

TEST_CASE("a trial costs what it changes, however many there are", "[engine][E32]") {
    winter_world w;
    auto const cost = [&] {
        auto const before = w.digest();
        auto const known = koc_test::allocation::count();
        {
            trial dry{w.engine()};
            REQUIRE(dry.handle(record_outcome{w.chen, {}, percent(50), w.now()}, w.asked()));
            auto rules = *w.engine().rules<tier_rules>();
            rules.period = days(20);
            REQUIRE(dry.handle(adopt<tier_rules>{rules}, w.asked()).has_value());
        }
        auto const spent = koc_test::allocation::count() - known;
        CHECK(w.digest() == before);
        return spent;
    };
    static_cast<void>(cost()); // room that is made once
    auto const few = cost();
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        w.given(enrol{member_id{2'000 + i}, {2'000 + i, "Somebody"}, {source::open}, {}});
    }
    static_cast<void>(cost());
    CHECK(cost() <= few + few / 4 + 16);
}

} // namespace
