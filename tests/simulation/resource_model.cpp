// SPDX-License-Identifier: BSL-1.0

// Random commands about resources, sent to an engine and to a naive model of it. RapidCheck shrinks
// a sequence after which they differ.

#include "simulation/resource_model.hpp"
#include "simulation/begun_history.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using namespace koc;
using simulated::resource_model;
using world = koc_test::winter_world;

std::vector<member_id> const people{world::an, world::chen, world::dong};

/// The engine that is compared.
struct system_under_test {
    engine here{simulated::copy_of(history())};

    static std::vector<envelope> const& history() {
        static std::vector<envelope> const kept = world{}.journal();
        return kept;
    }
};

using model_command = rc::state::Command<resource_model, system_under_test>;

/// What differs, in a sentence; nothing where all is the same.
std::optional<std::string> difference(resource_model const& model, engine const& in) {
    for (auto const& [id, known] : model.stock) {
        auto const* there = in.find(id);
        if (there == nullptr || there->seats.limit != known.seats ||
            there->seats.taken != model.taken(id)) {
            return subject("resource", id);
        }
    }
    std::uint64_t id = 0;
    for (auto const& place : model.places) {
        auto const* there = in.find(grant_id{++id});
        if (there == nullptr || there->resource != place.resource ||
            there->member != place.member || there->stage != place.stage) {
            return subject("grant", grant_id{id}) + " is " +
                (there == nullptr ? "missing" : std::string{name_of(there->stage)}) + ", not " +
                std::string{name_of(place.stage)};
        }
    }
    for (auto const who : people) {
        auto const* there = in.find_record<holder_record>(who.value());
        if ((there == nullptr ? 0 : there->taken) != model.held_by(who)) {
            return subject("member", who);
        }
    }
    return in.find(grant_id{id + 1}) == nullptr ? std::nullopt
                                                : std::optional<std::string>{"a grant too many"};
}

/// A command of both sides. `Sent` says what to do with the model and what to send.
template <typename Sent>
struct both : model_command {
    Sent sent;

    explicit both(resource_model const& now) : sent{Sent::draw(now)} {}
    void apply(resource_model& model) const override { static_cast<void>(sent.on(model)); }
    void run(resource_model const& before, system_under_test& with) const override {
        auto model = before;
        auto const wanted = sent.on(model);
        auto const digest_before = with.here.state_digest();
        actor by;
        if constexpr (requires { sent.by(); }) {
            by = sent.by();
        }
        auto const given = with.here.handle(sent.command(), {before.now, by});
        RC_ASSERT(given.has_value() == !wanted.has_value());
        if (wanted) {
            RC_ASSERT(name_of(given.error().code) == name_of(*wanted));
            RC_ASSERT(with.here.state_digest() == digest_before);
        }
        RC_ASSERT(difference(model, with.here) == std::optional<std::string>{});
    }
    void show(std::ostream& out) const override {
        auto const made = sent.command();
        std::string text;
        append_canonical(text, shape_of<std::remove_const_t<decltype(made)>>, &made);
        out << command_type_of<std::remove_const_t<decltype(made)>>.name << ' ' << text;
    }
};

resource_id some_resource() { return resource_id{*rc::gen::inRange<std::uint64_t>(1, 4)}; }
member_id somebody() { return *rc::gen::elementOf(people); }
/// One that was made, mostly, or the next.
grant_id some_grant(resource_model const& now) {
    return grant_id{*rc::gen::inRange<std::uint64_t>(1, now.places.size() + 2)};
}

struct stock {
    resource_id which;
    resource_model::stocked of;
    static stock draw(resource_model const&) {
        return {some_resource(),
            {*rc::gen::inRange(1, 3), hours(*rc::gen::inRange(20, 900)),
                hours(*rc::gen::inRange(20, 900))}};
    }
    [[nodiscard]] stock_resource command() const {
        stock_resource made{which, "Test car", resource_type::early_access, "Hall 4", of.seats,
            of.hold, has("source", "open") && has("stage", "active")};
        made.lease = of.lease;
        return made;
    }
    auto on(resource_model& model) const { return model.put_in_stock(which, of); }
};
struct more {
    resource_id which;
    std::int64_t seats;
    static more draw(resource_model const&) { return {some_resource(), *rc::gen::inRange(1, 5)}; }
    [[nodiscard]] raise_stock command() const { return {which, seats}; }
    auto on(resource_model& model) const { return model.raise(which, seats); }
};
struct request {
    resource_id which;
    member_id who;
    bool themself;
    static request draw(resource_model const&) {
        return {some_resource(), somebody(), *rc::gen::arbitrary<bool>()};
    }
    [[nodiscard]] request_resource command() const { return {which, who}; }
    [[nodiscard]] actor by() const {
        return themself ? actor{actor_kind::member, who.value()} : actor{};
    }
    auto on(resource_model& model) const { return model.ask(which, who, themself); }
};
struct use {
    grant_id which;
    static use draw(resource_model const& now) { return {some_grant(now)}; }
    [[nodiscard]] use_resource command() const { return {which, {}}; }
    auto on(resource_model& model) const { return model.use(which); }
};
struct give_back {
    grant_id which;
    static give_back draw(resource_model const& now) { return {some_grant(now)}; }
    [[nodiscard]] return_resource command() const { return {which}; }
    auto on(resource_model& model) const { return model.give_back(which); }
};
struct revoke {
    grant_id which;
    static revoke draw(resource_model const& now) { return {some_grant(now)}; }
    [[nodiscard]] revoke_resource command() const { return {which, "damaged it"}; }
    auto on(resource_model& model) const { return model.revoke(which); }
};
struct wane {
    member_id who;
    static wane draw(resource_model const&) { return {somebody()}; }
    [[nodiscard]] record_waning command() const { return {who, waning_reason::other, {}}; }
    auto on(resource_model& model) const { return model.wane(who); }
};
struct come_back {
    member_id who;
    static come_back draw(resource_model const&) { return {somebody()}; }
    [[nodiscard]] confirm_willingness command() const { return {who}; }
    auto on(resource_model& model) const { return model.come_back(who); }
};

/// Time passes.
struct pass_time : model_command {
    duration span;

    explicit pass_time(resource_model const&)
        : span{*rc::gen::inRange<std::int64_t>(1, days(3).ms)} {}
    void apply(resource_model& model) const override { model.wait(span); }
    void run(resource_model const& before, system_under_test& with) const override {
        auto model = before;
        model.wait(span);
        RC_ASSERT(with.here.advance({model.now}).has_value());
        RC_ASSERT(difference(model, with.here) == std::optional<std::string>{});
    }
    void show(std::ostream& out) const override { out << "wait " << span.ms << " ms"; }
};

/// Whether an engine does what the list says, for commands that are drawn.
void compare_with_list(std::int64_t held_max) {
    system_under_test with;
    RC_ASSERT(with.here.catch_up().has_value());
    resource_model start;
    start.now = with.here.last();
    start.held_max = held_max;
    start.in_service = {people.begin(), people.end()};
    rc::state::check(start, with,
        rc::state::gen::execOneOfWithArgs<both<stock>, both<stock>, both<request>, both<request>,
            both<request>, both<request>, both<request>, both<more>, both<use>, both<give_back>,
            both<revoke>, both<wane>, both<come_back>, pass_time>());
}

TEST_CASE("resources go as a list kept by hand says, whatever is asked", "[simulation]") {
    CHECK(rc::check([] { compare_with_list(resource_rules{}.held_max); }));
}

TEST_CASE("a list by which one person may hold more is found to differ, in few commands",
    "[simulation]") {
    rc::detail::TestParams params;
    params.seed = 1;
    auto const found =
        rc::detail::checkTestable([] { compare_with_list(resource_rules{}.held_max + 1); },
            rc::detail::TestMetadata{}, params);
    rc::detail::FailureResult failure;
    std::ostringstream said;
    found.printTo(said);
    INFO(said.str());
    REQUIRE(found.match(failure));
    REQUIRE_FALSE(failure.counterExample.empty());
    auto const& shrunk = failure.counterExample.front().second;
    INFO(shrunk);
    auto const lines = std::count(shrunk.begin(), shrunk.end(), '\n');
    CHECK(shrunk.find("request_resource") != std::string::npos);
    CHECK(lines <= 12);
}

} // namespace
