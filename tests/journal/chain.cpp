// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/chain.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

struct opened {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(opened, (), (title))
struct closed {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(closed, (), (title))
struct noted {
    koc::personal_text note;
};
BOOST_DESCRIBE_STRUCT(noted, (), (note))

using koc::event;
using batches = std::vector<koc::batch>;

koc::journal_head after(koc::journal_head head, batches const& groups) {
    return koc::head_after(head, groups);
}

batches plain() {
    koc::batch group;
    group.at = {1000};
    group.asked = {"r1", {1, 2}};
    group.events = {event::of(opened{"winter"}), event::of(closed{"winter"})};
    return {group};
}

} // namespace

TEST_CASE("no batches leave the head where it was", "[journal]") {
    koc::journal_head const head{7, {1, 2}};
    CHECK(after(head, {}) == head);
}

TEST_CASE("the head after batches counts their events", "[journal]") {
    CHECK(after({}, plain()).position == 2);
    CHECK(after({40, {}}, plain()).position == 42);
}

TEST_CASE("appending at once or one after the other gives the same chain", "[journal]") {
    auto both = plain();
    both.push_back(both[0]);
    both[1].at = {2000};
    auto const stepwise = after(after({}, {both[0]}), {both[1]});
    CHECK(after({}, both) == stepwise);
}

TEST_CASE("whatever differs in a batch or before it changes the chain", "[journal]") {
    struct row {
        char const* what;
        std::function<void(koc::journal_head&, batches&)> change;
    };
    row const rows[] = {
        {"nothing", [](auto&, auto&) {}},
        {"position", [](auto& head, auto&) { head.position = 1; }},
        {"chain before, high", [](auto& head, auto&) { head.chain.high = 1; }},
        {"chain before, low", [](auto& head, auto&) { head.chain.low = 1; }},
        {"instant", [](auto&, auto& groups) { groups[0].at.ms = 1001; }},
        {"instant told", [](auto&, auto& groups) { groups[0].told = koc::instant{1000}; }},
        {"other instant told", [](auto&, auto& groups) { groups[0].told = koc::instant{}; }},
        {"kind of actor", [](auto&, auto& groups) { groups[0].by.kind = koc::actor_kind::member; }},
        {"actor", [](auto&, auto& groups) { groups[0].by.id = 1; }},
        {"writer", [](auto&, auto& groups) { groups[0].writer = koc::writer_id{1}; }},
        {"request id", [](auto&, auto& groups) { groups[0].asked.id = "r2"; }},
        {"command", [](auto&, auto& groups) { groups[0].asked.command.low = 3; }},
        {"content", [](auto&, auto& groups) { groups[0].events[0] = event::of(opened{"Winter"}); }},
        {"type", [](auto&, auto& groups) { groups[0].events[0] = event::of(closed{"winter"}); }},
        {"order", [](auto&, auto& groups) { std::swap(groups[0].events[0], groups[0].events[1]); }},
        {"one event less", [](auto&, auto& groups) { groups[0].events.pop_back(); }},
        {"personal text",
            [](auto&, auto& groups) {
                groups[0].events[0] = event::of(noted{{1, "winter"}});
            }},
        {"other personal text",
            [](auto&, auto& groups) {
                groups[0].events[0] = event::of(noted{{1, ""}});
            }},
        {"two batches for one",
            [](auto&, auto& groups) {
                groups.push_back(groups[0]);
                groups[0].events.pop_back();
                groups[1].events.erase(groups[1].events.begin());
            }},
    };
    std::set<koc::digest> seen;
    for (auto const& [what, change] : rows) {
        koc::journal_head head;
        auto groups = plain();
        change(head, groups);
        INFO(what);
        CHECK(seen.insert(after(head, groups).chain).second);
    }
}

TEST_CASE("the chain is taken over what is stored, without the types", "[journal]") {
    auto const group = plain()[0];
    auto const first = koc::chained({}, 0, 0, group, "opened", 1, R"({"title":"winter"})");
    auto const second = koc::chained(first, 1, 0, group, "closed", 1, R"({"title":"winter"})");
    CHECK(after({}, plain()).chain == second);
}

TEST_CASE("where one stored text ends and the next begins has a part in the chain", "[journal]") {
    auto const group = plain()[0];
    CHECK(
        koc::chained({}, 0, 0, group, "ab", 1, "c") != koc::chained({}, 0, 0, group, "a", 1, "bc"));
    CHECK(koc::chained({}, 0, 0, group, "a", 1, "b") != koc::chained({}, 0, 0, group, "a", 2, "b"));
}

TEST_CASE("chains are the ones that every release has written", "[journal]") {
    CHECK(to_hex(after({}, plain()).chain) == "46a92184364f068b7f8f996596811886");
    koc::testing::sample_batches random{7};
    auto const head = after({}, random.some(40));
    CHECK(head.position == 15);
    CHECK(to_hex(head.chain) == "97093d3ebe8ec165d7f1038fd50a1d56");
}
