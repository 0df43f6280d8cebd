// SPDX-License-Identifier: BSL-1.0
#include <koc/state/agenda.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace {

using task = koc::id<struct task_kind>;

std::string text(koc::container const& of) {
    std::string out;
    of.write_into(out);
    return out;
}

TEST_CASE("an empty agenda has nothing due", "[state]") {
    koc::agenda<task> const due;
    CHECK(due.size() == 0);
    CHECK_FALSE(due.next_due());
    CHECK_FALSE(due.when(task{1}));
    CHECK(text(due) == "[]");
}

TEST_CASE("what is earliest is due first, then what has the smaller id", "[state]") {
    koc::agenda<task> due;
    due.put(task{3}, {2000});
    due.put(task{2}, {1000});
    due.put(task{1}, {1000});
    auto const order = [&] {
        std::string said;
        while (auto const next = due.next_due()) {
            said += std::to_string(next->at.ms) + ':' + std::to_string(next->id) + ' ';
            due.drop(task{next->id});
        }
        return said;
    };
    CHECK(text(due) ==
        R"([["1970-01-01T00:00:01Z",1],["1970-01-01T00:00:01Z",2],)"
        R"(["1970-01-01T00:00:02Z",3]])");
    CHECK(order() == "1000:1 1000:2 2000:3 ");
}

TEST_CASE("an id has one instant, the newest", "[state]") {
    koc::agenda<task> due;
    due.put(task{1}, {1000});
    due.put(task{1}, {500});
    CHECK(due.size() == 1);
    CHECK(due.when(task{1}) == koc::instant{500});
    due.drop(task{2});
    CHECK(due.size() == 1);
    due.drop(task{1});
    CHECK_FALSE(due.when(task{1}));
}

struct visit_kind {
    static constexpr char const* noun = "visit";
    using record = struct visit_record;
};
struct ticket_kind : visit_kind {
    static constexpr bool runs_out = true;
};

TEST_CASE("nothing of an id that is set aside is due, until it is brought back", "[state]") {
    koc::agenda<task> due;
    due.put(task{1}, {1000});
    due.put(task{2}, {2000});
    due.put(task{3}, {3000});
    auto const before = text(due);
    due.set_aside(1);
    due.set_aside(3);
    REQUIRE(due.next_due());
    CHECK(due.next_due()->id == 2);
    std::string said;
    due.each_due(
        [](void* to, koc::due_item entry) {
            *static_cast<std::string*>(to) += std::to_string(entry.id) + ' ';
        },
        &said);
    CHECK(said == "2 ");
    CHECK(due.when(task{1}) == koc::instant{1000});
    CHECK(text(due) == before);
    due.set_aside(2);
    CHECK_FALSE(due.next_due());
    due.bring_back(1);
    CHECK(due.next_due()->id == 1);
    CHECK(due.keyed_by() == koc::key_of<task>);
}

TEST_CASE("an agenda says what its entries are about, unless they only run out", "[state]") {
    koc::agenda<koc::id<visit_kind>> const visits;
    CHECK(visits.due_of().noun == std::string{"visit"});
    CHECK(visits.due_of().record == koc::key_of<visit_record>);
    koc::agenda<koc::id<ticket_kind>> const tickets;
    CHECK(tickets.due_of().noun == nullptr);
    koc::agenda<task> const tasks;
    CHECK(tasks.due_of().noun == nullptr);
}

TEST_CASE("no instant takes an id off the agenda", "[state]") {
    koc::agenda<task> due;
    due.put(task{1}, std::optional{koc::instant{1000}});
    CHECK(due.when(task{1}) == koc::instant{1000});
    due.put(task{1}, std::nullopt);
    due.put(task{2}, std::nullopt);
    CHECK(due.size() == 0);
}

TEST_CASE("the same instant once more is no change", "[state]") {
    koc::undo_log log;
    koc::agenda<task> due;
    due.attach(log);
    due.put(task{1}, {1000});
    koc::undo_scope const scope{log};
    due.put(task{1}, {1000});
    due.drop(task{2});
    CHECK(log.size() == 0);
}

TEST_CASE("an agenda is as before when its changes are taken back", "[state]") {
    koc::undo_log log;
    koc::agenda<task> due;
    due.attach(log);
    due.put(task{1}, {1000});
    due.put(task{2}, {2000});
    auto const before = text(due);
    {
        koc::undo_scope const scope{log};
        due.put(task{2}, {500});
        due.drop(task{1});
        due.put(task{1}, {100});
        due.put(task{3}, {50});
        due.put(task{2}, {3000});
        CHECK(due.next_due()->id == 3);
    }
    CHECK(text(due) == before);
    CHECK(due.next_due()->id == 1);
    CHECK(due.when(task{2}) == koc::instant{2000});
    CHECK_FALSE(due.when(task{3}));
}

TEST_CASE("the digest of an agenda tells when and what", "[state]") {
    auto const digest = [](std::uint64_t id, std::int64_t at) {
        koc::agenda<task> due;
        due.put(task{id}, {at});
        koc::hasher into;
        due.digest_into(into);
        return into.finish();
    };
    CHECK(digest(1, 5) == digest(1, 5));
    CHECK(digest(1, 5) != digest(2, 5));
    CHECK(digest(1, 5) != digest(1, 6));
}

} // namespace
