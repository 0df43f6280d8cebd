// SPDX-License-Identifier: BSL-1.0

// The promises of the engine, asked of the standard programme: every aspect of it takes part in a
// walk through random commands, most of which make sense and some of which do not.

#include <koc/standard/programme.hpp>

#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using event = koc::event_of<koc::standard::programme>;
using kept = test::kept_journal<event>;
using engine_type = koc::engine<kept>;
using koc::errc;
using koc::instant;
using koc::member_id;
using koc::receipt;
using test::all_of;
using test::same;

instant day(std::int64_t n) { return instant{} + koc::days(n); }

koc::personal_text text_of(std::uint64_t member, std::string words) {
    return {member, std::move(words)};
}

koc::enrol somebody(std::uint64_t id, std::vector<koc::weighted_tag> tags = {}) {
    return {member_id{id}, text_of(id, "m" + std::to_string(id)), {koc::source::owned},
        std::move(tags)};
}

/// A region tree, an objective with a topic, and what is needed to open tasks for it.
void prepare(auto& engine) {
    REQUIRE(engine.handle(koc::define_facet{{"region"}}, day(0)).has_value());
    REQUIRE(engine.handle(koc::define_facet{{"format", false, true}}, day(0)).has_value());
    REQUIRE(engine
                .handle(koc::define_tags{{{"region", "northeast", "", {}},
                            {"region", "heilongjiang", "", {"northeast"}},
                            {"region", "harbin", "", {"heilongjiang"}},
                            {"region", "hainan", "", {}}, {"format", "video", "", {}}}},
                    day(0))
                .has_value());
    koc::objective_plan plan;
    plan.objective = koc::objective_id{1};
    plan.title = "winter range";
    plan.rubric = {{"depth", koc::percent(60)}, {"truth", koc::percent(40)}};
    REQUIRE(engine.handle(koc::open_objective{plan}, day(0)).has_value());
    REQUIRE(
        engine
            .handle(koc::design_topic{koc::topic_id{1}, koc::objective_id{1}, "cold drive"}, day(0))
            .has_value());
}

koc::tag_id tag(auto const& engine, char const* facet, char const* key) {
    return *engine.template get<koc::tag_library>().tags().find(facet, key);
}

koc::open_task a_task(std::uint64_t id, instant due, koc::requirement needs, koc::tag_id wanted) {
    koc::open_task command;
    command.brief.task = koc::task_id{id};
    command.brief.topic = koc::topic_id{1};
    command.brief.title = "t" + std::to_string(id);
    command.brief.wanted = {{wanted, koc::whole(1)}};
    command.brief.needs = std::move(needs);
    command.brief.seats = 2;
    command.brief.due_at = due;
    return command;
}

TEST_CASE("a task for the Northeast reaches the member from Harbin", "[engine][C07]") {
    engine_type engine{kept{koc::memory_journal<event>{}}};
    prepare(engine);
    auto const harbin = tag(engine, "region", "harbin");
    auto const hainan = tag(engine, "region", "hainan");
    REQUIRE(engine.handle(somebody(1, {{hainan}}), day(0)).has_value());
    REQUIRE(engine.handle(somebody(2, {{harbin}}), day(0)).has_value());
    for (std::uint64_t id : {1U, 2U}) {
        REQUIRE(
            engine.handle(koc::record_contact{member_id{id}, text_of(id, "")}, day(0)).has_value());
        REQUIRE(engine.handle(koc::confirm_willingness{member_id{id}}, day(0)).has_value());
    }
    REQUIRE(engine.handle(a_task(1, day(20), koc::has("region", "northeast"), harbin), day(1))
                .has_value());
    REQUIRE(engine.handle(koc::dispatch{koc::task_id{1}, 5, koc::days(1)}, day(1)).has_value());
    CHECK(engine.get<koc::offers>().find(koc::task_id{1}, member_id{2}) != nullptr);
    CHECK(engine.get<koc::offers>().find(koc::task_id{1}, member_id{1}) == nullptr);
}

TEST_CASE("bad input is refused by the standard programme with its subject, and nothing changes",
    "[engine]") {
    kept journal{koc::memory_journal<event>{}};
    engine_type engine{journal};
    prepare(engine);
    REQUIRE(engine.handle(somebody(1), day(1), "first").has_value());
    auto const events = all_of(journal.inner());
    auto const state = engine.state_digest();
    auto const refuses = [&](auto const& command, instant now, errc code,
                             std::string const& subject) {
        CAPTURE(subject);
        auto const refused = engine.handle(command, now, "again");
        REQUIRE(!refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().subject == subject);
        CHECK(same(all_of(journal.inner()), events));
        CHECK(engine.state_digest() == state);
    };
    auto const nowhere = koc::tag_id{99};
    auto broke = a_task(1, day(20), koc::everybody(), koc::tag_id{1});
    broke.brief.base_reward = koc::money{-1};
    auto unknown_region = a_task(1, day(20), koc::has("region", "atlantis"), koc::tag_id{1});
    auto stray = a_task(1, day(20), koc::everybody(), koc::tag_id{1});
    stray.brief.needs.kind = static_cast<koc::requirement_kind>(9);
    auto strange = somebody(2);
    strange.sources = {static_cast<koc::source>(7)};
    auto garbled = somebody(2);
    garbled.name.text = "\xff";
    refuses(somebody(1), day(1), errc::already_exists, "member 1");
    refuses(somebody(2, {{nowhere}}), day(1), errc::unknown_id, "tag 99");
    refuses(strange, day(1), errc::invalid_argument, "enrol.sources[0]");
    refuses(garbled, day(1), errc::invalid_text, "enrol.name");
    refuses(somebody(2), day(0), errc::time_ran_backwards, "1970-01-01T00:00:00Z");
    refuses(koc::retag{member_id{7}, {}, {}}, day(1), errc::unknown_id, "member 7");
    refuses(broke, day(1), errc::invalid_argument, "base reward of task 1");
    refuses(unknown_region, day(1), errc::unknown_id, "tag region:atlantis");
    refuses(stray, day(1), errc::invalid_argument, "open_task.brief.needs.kind");
    refuses(koc::dispatch{koc::task_id{1}, 1, koc::days(1)}, day(1), errc::unknown_id, "task 1");
    refuses(koc::define_tags{{{"region", "harbin", "", {}}}}, day(1), errc::already_exists,
        "tag region:harbin");
    CHECK(engine.handle(somebody(1), day(1), "first").value().repeated);
}

/// One random command with a random request, drawn within a property.
koc::result<receipt> step(engine_type& engine, instant now) {
    auto const id = *rc::gen::inRange<std::uint64_t>(1, 7);
    auto const other = *rc::gen::inRange<std::uint64_t>(1, 4);
    auto const asked = *rc::gen::inRange(0, 40);
    auto const request = asked < 20 ? std::to_string(asked) : std::string{};
    member_id const who{id};
    switch (*rc::gen::inRange(0, 15)) {
    case 0:
    case 1:
        return engine.handle(
            somebody(id, {{koc::tag_id{*rc::gen::inRange<std::uint32_t>(1, 14)}}}), now, request);
    case 2:
    case 3: {
        static_cast<void>(engine.handle(koc::record_contact{who, text_of(id, "hello")}, now));
        return engine.handle(koc::confirm_willingness{who}, now, request);
    }
    case 4:
        return engine.handle(koc::record_waning{who, koc::waning_reason::other, {}}, now, request);
    case 5:
        return engine.handle(
            koc::retag{who, {{tag(engine, "region", "harbin")}}, {}}, now, request);
    case 6:
    case 7:
        return engine.handle(
            a_task(other, now + koc::days(9), koc::everybody(), tag(engine, "format", "video")),
            now, request);
    case 8:
    case 9:
        return engine.handle(koc::dispatch{koc::task_id{other}, 3, koc::days(2)}, now, request);
    case 10:
    case 11:
        return engine.handle(koc::accept_offer{koc::offer_id{id}}, now, request);
    case 12:
        return engine.handle(koc::decline_offer{koc::offer_id{id}, {}}, now, request);
    case 13:
        return engine.handle(koc::expire_offers{}, now, request);
    default:
        return engine.handle(
            koc::submit_work{koc::submission_id{id}, koc::task_id{other}, who, "link"}, now,
            request);
    }
}

TEST_CASE("every prefix of a standard journal replays to the state there was", "[engine][C33]") {
    CHECK(rc::check("of any commands, refused ones among them", [] {
        kept journal{koc::memory_journal<event>{}};
        engine_type engine{journal};
        prepare(engine);
        std::vector<std::optional<koc::digest>> states(engine.head().position + 1);
        states.back() = engine.state_digest();
        std::int64_t hours = 0;
        for (auto left = *rc::gen::inRange(0, 60); left > 0; --left) {
            hours += *rc::gen::inRange(0, 20);
            auto const before = engine.head();
            auto const state = engine.state_digest();
            static_cast<void>(step(engine, day(0) + koc::hours(hours)));
            auto const unmoved = engine.head() == before;
            RC_ASSERT(unmoved == (engine.state_digest() == state));
            states.resize(engine.head().position + 1);
            states.back() = engine.state_digest();
        }
        auto const events = all_of(journal.inner());
        for (std::size_t n = 0; n <= events.size(); ++n) {
            if (states[n] || n % 7 == 0) {
                koc::engine<> replay{test::first_of(events, n)};
                RC_ASSERT(replay.catch_up().has_value());
                RC_ASSERT((!states[n] || replay.state_digest() == *states[n]));
            }
        }
    }));
}

} // namespace
