// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/what_if.hpp>

#include "standard/busy_world.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::to_line;
using koc_test::winter_world;

namespace {

/// Four months in which tiers are reviewed: Chen is good in each, An in the first two.
struct quarter : winter_world {
    std::uint64_t start;
    instant started;

    quarter() {
        given(begin_tier_reviews{});
        start = engine().head().position;
        started = engine().last();
        for (auto month = 0; month < 4; ++month) {
            given(record_outcome{chen, {}, percent(70), now()},
                record_outcome{chen, {}, percent(50), now()});
            if (month < 2) {
                given(record_outcome{an, {}, percent(65), now()},
                    record_outcome{an, {}, percent(55), now()});
            }
            wait(days(30)).time_passes();
        }
    }
    /// The history with rules for tiers from its start on.
    [[nodiscard]] koc::engine with(tier_rules const& rules) {
        auto varied = *fork_at(engine(), start);
        REQUIRE(varied.handle(adopt<tier_rules>{rules}, {started}).has_value());
        return varied;
    }
};

std::vector<std::uint64_t> ids_of(std::vector<affected> const& all) {
    std::vector<std::uint64_t> ids;
    for (auto const& each : all) {
        ids.push_back(each.id);
    }
    return ids;
}

TEST_CASE("under the same rules a history is what it was", "[engine][E13]") {
    quarter w;
    w.given(open_task{w.brief(task_id{1})}, dispatch{task_id{1}, 3});
    w.wait(days(12)).time_passes();
    auto const before = w.digest();
    for (auto from : {std::uint64_t{0}, w.start}) {
        auto varied = *fork_at(w.engine(), from);
        auto const found = retrace(w.engine(), from, varied);
        REQUIRE(found.has_value());
        CHECK(found->batches != 0);
        CHECK_FALSE(found->first.has_value());
        CHECK(found->diverging == 0);
        CHECK(found->refused.empty());
        for (auto const& odd : found->unexplained) {
            UNSCOPED_INFO(odd.position << ": " << odd.was << " / " << odd.is);
        }
        CHECK(found->unexplained.empty());
        for (auto const& part : found->changed) {
            UNSCOPED_INFO(to_string(part));
        }
        CHECK(found->changed.empty());
        CHECK(varied.state_text() == w.engine().state_text());
    }
    CHECK(w.digest() == before);
}

TEST_CASE(
    "a long history of everything that people do is retraced event for event", "[engine][E13]") {
    busy::busy_world w;
    w.wait(days(40)).time_passes();
    auto varied = *fork_at(w.engine(), 0);
    auto const found = retrace(w.engine(), 0, varied);
    REQUIRE(found.has_value());
    for (auto const& odd : found->unexplained) {
        UNSCOPED_INFO(odd.position << ": " << odd.was << " / " << odd.is);
    }
    for (auto const& odd : found->refused) {
        UNSCOPED_INFO(odd.position << ": " << odd.fact << " / " << to_line(odd.why));
    }
    CHECK(found->unexplained.empty());
    CHECK(found->refused.empty());
    CHECK_FALSE(found->first.has_value());
    CHECK(found->changed.empty());
    CHECK(varied.state_digest() == w.digest());
}

TEST_CASE("a rule adopted earlier shows who would have risen, where the courses part, and nobody "
          "else",
    "[engine][E13]") {
    quarter w;
    REQUIRE(w.ask(show_tier{w.chen}).tier == tier::core); // three good months running
    REQUIRE(w.ask(show_tier{w.an}).tier == tier::base);   // two
    auto const before = w.digest();
    auto rules = *w.engine().rules<tier_rules>();
    rules.contribution.rise_after = 2;
    auto varied = w.with(rules);
    auto const found = retrace(w.engine(), w.start, varied);
    REQUIRE(found.has_value());
    CHECK(found->unexplained.empty());
    CHECK(found->refused.empty());
    // Both rise with the second review instead.
    REQUIRE(found->first.has_value());
    CHECK(found->first->at == w.started + days(60));
    CHECK(found->first->is.find("tier_changed") == 0);
    CHECK(found->first->was.find("tier_changed") != 0);
    auto const who = affected_by<member_id>(*found, w.engine(), varied);
    CHECK(ids_of(who) == std::vector<std::uint64_t>{0, w.an.value(), w.chen.value()});
    for (auto const& part : who.front().parts) { // the rules alone concern nobody
        INFO(to_string(part));
        CHECK((part.container + part.path).find("rules") != std::string::npos);
    }
    CHECK(varied.ask(show_tier{w.an}, w.asked())->tier == tier::core);
    CHECK(w.ask(show_tier{w.an}).tier == tier::base);
    CHECK(w.digest() == before);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a fact that the other course cannot take is listed with the reason", "[engine][E13]") {
    winter_world w;
    auto const start = w.engine().head().position;
    auto const at = w.engine().last();
    w.given(open_task{w.brief(task_id{1})}, dispatch{task_id{1}, 1});
    auto varied = *fork_at(w.engine(), start);
    // There, the task's number is taken by somebody else's.
    auto other = w.brief(task_id{1});
    other.seats = 7;
    REQUIRE(varied.handle(open_task{other}, {at}).has_value());
    auto const found = retrace(w.engine(), start, varied);
    REQUIRE(found.has_value());
    CHECK(found->batches == 2);
    REQUIRE_FALSE(found->refused.empty());
    CHECK(found->refused.front().position == start);
    CHECK(found->refused.front().fact.find("task_opened") == 0);
    CHECK(found->refused.front().why.code == errc::already_exists);
    CHECK(found->refused.front().why.subject == "task_opened 1");
    REQUIRE(found->first.has_value());
    CHECK(found->first->position == start);
    CHECK(varied.find(task_id{1}) != nullptr);
}

TEST_CASE("a change made later than the history goes on, or from no position of it, is refused",
    "[engine][E13][refusal]") {
    quarter w;
    auto const before = w.digest();
    auto varied = *fork_at(w.engine(), w.start);
    auto const rules = *w.engine().rules<tier_rules>();
    auto slow = rules;
    slow.contribution.rise_after = 5;
    REQUIRE(varied.handle(adopt<tier_rules>{slow}, {w.started + days(3)}).has_value());
    auto const late = retrace(w.engine(), w.start, varied);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == errc::invalid_argument);
    CHECK(late.error().subject == "varied engine");
    auto const nowhere = retrace(w.engine(), w.journal().size() + 1, varied);
    REQUIRE_FALSE(nowhere.has_value());
    CHECK(nowhere.error().expected.find("ends at") != std::string::npos);
    CHECK(w.digest() == before);
}

} // namespace
