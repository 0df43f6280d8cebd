// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/chain.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <functional>
#include <set>
#include <span>
#include <string>
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

using event = koc::any_event<opened, closed, noted>;
using batches = std::vector<koc::batch<event>>;

koc::journal_head after(koc::journal_head head, batches const& groups) {
    return koc::head_after(head, std::span<koc::batch<event> const>{groups});
}

batches plain() { return {{{1000}, {"r1", {1, 2}}, {opened{"winter"}, closed{"winter"}}}}; }

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
    both.push_back({{2000}, {}, {noted{{3, "李"}}}});
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
        {"request id", [](auto&, auto& groups) { groups[0].asked.id = "r2"; }},
        {"command", [](auto&, auto& groups) { groups[0].asked.command.low = 3; }},
        {"content", [](auto&, auto& groups) { groups[0].events[0] = opened{"Winter"}; }},
        {"type", [](auto&, auto& groups) { groups[0].events[0] = closed{"winter"}; }},
        {"order", [](auto&, auto& groups) { std::swap(groups[0].events[0], groups[0].events[1]); }},
        {"one event less", [](auto&, auto& groups) { groups[0].events.pop_back(); }},
        {"personal text",
            [](auto&, auto& groups) {
                groups[0].events[0] = noted{{1, "winter"}};
            }},
        {"other personal text",
            [](auto&, auto& groups) {
                groups[0].events[0] = noted{{1, ""}};
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

TEST_CASE("the place of an event's type in the list has no part in its digest", "[journal]") {
    CHECK(koc::content_of(koc::any_event<opened, closed>{opened{"x"}}) ==
        koc::content_of(koc::any_event<noted, closed, opened>{opened{"x"}}));
}

TEST_CASE("digests are the ones that every release has written", "[journal]") {
    CHECK(to_hex(koc::content_of(opened{"winter"})) == "57f5abeafbfc7eeb93d0b83b3b70aca8");
    CHECK(to_hex(after({}, plain()).chain) == "b864b9ad5e0386691ed38716ebdad186");
    koc::testing::sample_batches random{7};
    auto const groups = random.some(40);
    auto const head =
        koc::head_after({}, std::span<koc::batch<koc::testing::sample_event> const>{groups});
    CHECK(head.position == 18);
    CHECK(to_hex(head.chain) == "e6d0c70ba509924fec432888610e027a");
}
