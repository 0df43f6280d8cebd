// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/fork.hpp>

#include <koc/engine/snapshot.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::to_line;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

/// A day of work on a task, with what was to be seen after each step.
struct spring : winter_world {
    struct seen {
        instant at;
        std::uint64_t position;
        koc::digest state;
        score reached; ///< what Chen contributed in the period
        std::size_t offers;
    };
    std::vector<seen> days_seen;

    void look() {
        days_seen.push_back({now(), engine().head().position, digest(),
            ask(show_tier{chen}).contributed, history_of<offer_sent>().size()});
    }
    spring() {
        given(begin_tier_reviews{});
        look();
        wait(hours(5)).given(open_task{brief(one)}, dispatch{one, 2});
        look();
        for (auto i = 0; i < 4; ++i) {
            wait(days(10)).given(record_outcome{chen, {}, percent(40 + i), now()});
            look();
        }
        wait(days(3)).given(retag(chen_moves()));
        look();
    }
    [[nodiscard]] koc::retag chen_moves() const {
        return {chen, {{tag("interest", "life"), percent(50)}}, {}};
    }
};

TEST_CASE("any past day is shown as of then, by the queries of today", "[engine][F27]") {
    spring w;
    auto const before = w.digest();
    for (auto const& day : w.days_seen) {
        auto then = as_of(w.engine(), day.at);
        REQUIRE(then.has_value());
        CHECK(then->head().position == day.position);
        CHECK(then->state_digest() == day.state);
        auto const tier = then->ask(show_tier{w.chen}, {day.at});
        REQUIRE(tier.has_value());
        CHECK(tier->contributed == day.reached);
        std::size_t offers = 0;
        then->each<offer_record>([&](offer_record const&) { ++offers; });
        CHECK(offers == day.offers);
        // A minute later is the same day still, until something is recorded.
        if (day.at != w.now()) {
            CHECK(as_of(w.engine(), day.at + minutes(1))->state_digest() == day.state);
        }
    }
    // What is said today of an earlier day is not known then.
    auto const& early = w.days_seen[2];
    w.given(record_outcome{w.chen, {}, percent(5), early.at});
    CHECK(as_of(w.engine(), early.at)->state_digest() == early.state);
    CHECK(w.digest() != before);
}

TEST_CASE("a past day may be read from a snapshot and what is behind it", "[engine][F27]") {
    spring w;
    auto middle = *as_of(w.engine(), w.days_seen[3].at);
    auto const snapshot = take_snapshot(middle).value();
    auto const& day = w.days_seen[4];
    auto then = engine::of<standard::programme>(*fork_journal_at(w.engine(), day.position));
    REQUIRE(resume(then, snapshot));
    REQUIRE(then.catch_up());
    CHECK(then.state_digest() == day.state);
}

TEST_CASE("a day before the first event or after the last is refused, and a past day cannot be "
          "changed",
    "[engine][F27][refusal]") {
    spring w;
    auto const before = w.digest();
    auto const refused = [&](auto const& found, std::string const& about, std::string const& word) {
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == errc::invalid_argument);
        CHECK(found.error().subject == about);
        CHECK(found.error().expected.find(word) != std::string::npos);
    };
    auto const first = w.journal().front().at;
    refused(as_of(w.engine(), first - minutes(1)), "as of " + to_iso8601(first - minutes(1)),
        "at or after the first event");
    auto const last = w.engine().last();
    refused(as_of(w.engine(), last + minutes(1)), "as of " + to_iso8601(last + minutes(1)),
        "until " + to_iso8601(last));
    refused(fork_at(w.engine(), w.journal().size() + 1),
        "position " + std::to_string(w.journal().size() + 1), "ends at");
    refused(fork_at(w.engine(), 1), "position 1", "between two commands");
    // What a fork records stays there.
    auto then = *as_of(w.engine(), w.days_seen[1].at);
    REQUIRE(then.handle(retag(w.chen_moves()), {w.days_seen[1].at}).has_value());
    CHECK(then.state_digest() != w.days_seen[1].state);
    CHECK(w.digest() == before);
    CHECK(w.digest() == w.digest_of_replay());
    CHECK(as_of(w.engine(), w.days_seen[1].at)->state_digest() == w.days_seen[1].state);
}

TEST_CASE(
    "a sandbox goes on from any position with other rules, as long as it likes", "[engine][E32]") {
    spring w;
    auto const before = w.digest();
    auto const& start = w.days_seen[1];
    auto sandbox = *fork_at(w.engine(), start.position);
    CHECK(sandbox.state_digest() == start.state);
    tier_rules strict;
    strict.period = days(10);
    REQUIRE(sandbox.handle(adopt<tier_rules>{strict}, {start.at}).has_value());
    REQUIRE(sandbox.advance({start.at + days(25)}));
    CHECK(sandbox.last() > start.at);
    CHECK(sandbox.rules<tier_rules>()->period == days(10));
    CHECK(w.engine().rules<tier_rules>()->period == tier_rules{}.period);
    CHECK(w.digest() == before);
    // The same steps in a journal of their own give the same state.
    CHECK(fork_at(sandbox, sandbox.head().position)->state_digest() == sandbox.state_digest());
}

} // namespace
