// SPDX-License-Identifier: BSL-1.0
#include <koc/state/table.hpp>

#include "state/change_observer.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace {

using task_id = koc::id<struct task_kind>;
using offer_id = koc::id<struct offer_kind>;
enum class phase : unsigned char { open, taken };
BOOST_DESCRIBE_ENUM(phase, open, taken)

struct offer {
    offer_id id;
    task_id task;
    phase stage = phase::open;
    std::uint64_t rank = 0;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(offer, (), (id, task, stage, rank, note))

using of_task = koc::by<&offer::task>;
using of_task_by_rank = koc::by<&offer::task, &offer::rank>;
using in_stage = koc::by<&offer::stage>;
using offers = koc::table<offer, of_task, of_task_by_rank, in_stage>;

std::vector<std::uint64_t> ids(auto const& found) {
    std::vector<std::uint64_t> all;
    for (auto const& one : found) {
        all.push_back(one.id.value());
    }
    return all;
}
std::vector<std::uint64_t> ids_in_order(auto const& table) {
    std::vector<std::uint64_t> all;
    table.for_each([&](auto const& one) { all.push_back(one.id.value()); });
    return all;
}
using list = std::vector<std::uint64_t>;

struct filled {
    offers table;
    filled() {
        for (auto [id, task, rank] : {std::array{4, 1, 2}, {2, 1, 1}, {9, 2, 5}, {1, 1, 2}}) {
            table.insert({offer_id{static_cast<std::uint64_t>(id)},
                task_id{static_cast<std::uint64_t>(task)}, phase::open,
                static_cast<std::uint64_t>(rank), "n"});
        }
    }
};

TEST_CASE("records are found under their id and stand in order of arrival", "[state]") {
    filled it;
    auto& table = it.table;
    CHECK(table.size() == 4);
    CHECK(ids_in_order(table) == list{4, 2, 9, 1});
    CHECK(table.contains(offer_id{9}));
    CHECK(table[offer_id{9}].task == task_id{2});
    CHECK(table.find(offer_id{3}) == nullptr);
    CHECK_FALSE(table.contains(offer_id{0}));
}

TEST_CASE("an id is inserted once", "[state]") {
    filled it;
    CHECK_FALSE(it.table.insert({offer_id{4}, task_id{7}, {}, 0, {}}));
    CHECK(it.table[offer_id{4}].task == task_id{1});
    CHECK(it.table.size() == 4);
}

TEST_CASE("a key finds its records, oldest first where it is equal", "[state]") {
    filled it;
    auto const& table = it.table;
    CHECK(ids(table.all<of_task>(task_id{1})) == list{4, 2, 1});
    CHECK(ids(table.all<of_task_by_rank>(task_id{1})) == list{2, 4, 1});
    CHECK(ids(table.all<of_task_by_rank>(task_id{1}, 2)) == list{4, 1});
    CHECK(table.all<of_task>(task_id{3}).empty());
    CHECK(table.count<in_stage>(phase::open) == 4);
    CHECK(table.count<of_task_by_rank>(task_id{2}, 5) == 1);
    CHECK(table.count<of_task_by_rank>(task_id{2}, 6) == 0);
    CHECK(table.last<of_task>(task_id{1})->id == offer_id{1});
    CHECK(table.last<of_task_by_rank>(task_id{1}, 1)->id == offer_id{2});
    CHECK(table.last<of_task>(task_id{3}) == nullptr);
    CHECK(table.last<of_task>(task_id{0}) == nullptr);
}

TEST_CASE("a changed record is found under its new keys only, and does not move", "[state]") {
    filled it;
    auto& table = it.table;
    auto const* before = table.find(offer_id{4});
    CHECK(table.update(offer_id{4}, [](offer& o) { o.task = task_id{2}, o.rank = 1; }));
    CHECK(table.find(offer_id{4}) == before);
    CHECK(ids(table.all<of_task>(task_id{1})) == list{2, 1});
    CHECK(ids(table.all<of_task>(task_id{2})) == list{4, 9});
    CHECK(ids(table.all<of_task_by_rank>(task_id{2})) == list{4, 9});
    CHECK_FALSE(table.update(offer_id{5}, [](offer&) {}));
}

TEST_CASE("put changes the record, or a new one that has the id", "[state]") {
    filled it;
    it.table.put(offer_id{4}, [](offer& o) { o.rank += 10; });
    CHECK(it.table[offer_id{4}].rank == 12);
    it.table.put(offer_id{5}, [](offer& o) { o.rank += 10; });
    CHECK(it.table[offer_id{5}].rank == 10);
    CHECK(ids_in_order(it.table) == list{4, 2, 9, 1, 5});
    CHECK_THROWS_AS(it.table.put(offer_id{6}, [](offer&) { throw 1; }), int);
    CHECK_FALSE(it.table.contains(offer_id{6}));
}

TEST_CASE("put_if makes a record only where one is needed, and changes what there is", "[state]") {
    filled it;
    auto const raise = [](offer& o) { o.rank += 10; };
    it.table.put_if(false, offer_id{5}, raise);
    CHECK_FALSE(it.table.contains(offer_id{5}));
    it.table.put_if(false, offer_id{4}, raise);
    CHECK(it.table[offer_id{4}].rank == 12);
    it.table.put_if(true, offer_id{4}, raise);
    CHECK(it.table[offer_id{4}].rank == 22);
    it.table.put_if(true, offer_id{5}, raise);
    CHECK(it.table[offer_id{5}].rank == 10);
    CHECK(ids_in_order(it.table) == list{4, 2, 9, 1, 5});
}

TEST_CASE("an erased record is in no key, and its id may come again, as the newest", "[state]") {
    filled it;
    CHECK(it.table.erase(offer_id{4}));
    CHECK_FALSE(it.table.erase(offer_id{4}));
    CHECK(ids(it.table.all<of_task>(task_id{1})) == list{2, 1});
    CHECK(ids_in_order(it.table) == list{2, 9, 1});
    CHECK(it.table.insert({offer_id{4}, task_id{1}, {}, 0, {}}));
    CHECK(ids_in_order(it.table) == list{2, 9, 1, 4});
    CHECK(ids(it.table.all<of_task>(task_id{1})) == list{2, 1, 4});
}

TEST_CASE("what is found may be changed while it is walked", "[state]") {
    filled it;
    std::size_t walked = 0;
    for (auto const& one : it.table.all<of_task>(task_id{1})) {
        it.table.update(one.id, [](offer& o) { o.task = task_id{5}; });
        it.table.insert({offer_id{100 + one.id.value()}, task_id{1}, {}, 0, {}});
        ++walked;
    }
    CHECK(walked == 3);
    CHECK(it.table.count<of_task>(task_id{5}) == 3);
    STATIC_REQUIRE(std::ranges::forward_range<koc::found_records<offer>>);
    auto const found = it.table.all<of_task>(task_id{5});
    CHECK(found.size() == 3);
    auto at = found.begin();
    CHECK(at++->id == offer_id{4});
    CHECK((*at).id == offer_id{2});
    CHECK(std::ranges::distance(found) == 3);
}

TEST_CASE("without a scope a change that throws stays half-way, but under its keys", "[state]") {
    filled it;
    auto const half = [](offer& o) {
        o.task = task_id{8};
        throw 1;
    };
    CHECK_THROWS_AS(it.table.update(offer_id{4}, half), int);
    CHECK(it.table[offer_id{4}].task == task_id{8});
    CHECK(ids(it.table.all<of_task>(task_id{8})) == list{4});
    CHECK(it.table.count<of_task>(task_id{1}) == 2);
}

TEST_CASE("within a scope a change that throws leaves the record as it was", "[state]") {
    filled it;
    koc::undo_log log;
    it.table.attach(log);
    koc::undo_scope scope{log};
    CHECK_THROWS_AS(it.table.update(offer_id{4},
                        [](offer& o) {
                            o.task = task_id{8};
                            o.note.assign(100, 'x');
                            throw 1;
                        }),
        int);
    CHECK(it.table[offer_id{4}].task == task_id{1});
    CHECK(it.table[offer_id{4}].note == "n");
    CHECK(it.table.count<of_task>(task_id{8}) == 0);
    CHECK(log.size() == 0);
}

TEST_CASE("a table is told from its records' text and digest, in order of arrival", "[state]") {
    koc::table<offer> one;
    koc::table<offer> other;
    auto const text = [](auto const& table) {
        std::string out;
        table.write_into(out);
        return out;
    };
    auto const digest = [](auto const& table) {
        koc::hasher into;
        table.digest_into(into);
        return into.finish();
    };
    CHECK(text(one) == "[]");
    one.insert({offer_id{1}, task_id{2}, phase::taken, 3, "x"});
    CHECK(text(one) == R"([{"id":1,"task":2,"stage":"taken","rank":3,"note":"x"}])");
    CHECK(digest(one) != digest(other));
    other.insert({offer_id{2}, {}, {}, 0, {}});
    other.insert({offer_id{1}, task_id{2}, phase::taken, 3, "x"});
    one.insert({offer_id{2}, {}, {}, 0, {}});
    CHECK(digest(one) != digest(other));
    other.erase(offer_id{2});
    other.insert({offer_id{2}, {}, {}, 0, {}});
    CHECK(digest(one) == digest(other));
    // A row is not given again: the text says how many were erased where.
    CHECK(text(other) == "[1," + text(one).substr(1));
    other.erase(offer_id{1});
    other.erase(offer_id{2});
    CHECK(text(other) == "[3]");
}

TEST_CASE("the engine sees a table's rows without knowing their type", "[state]") {
    filled it;
    koc::container& table = it.table;
    CHECK(table.holds() == koc::key_of<offer>);
    CHECK(table.find_raw(9) == it.table.find(offer_id{9}));
    CHECK(table.row_count() == 4);
    it.table.erase(offer_id{2});
    CHECK(table.row_count() == 4);
    CHECK(table.row_raw(0) == it.table.find(offer_id{4}));
    CHECK(table.row_raw(1) == nullptr);
    CHECK_FALSE(table.next_due());
}

TEST_CASE("a record that is set aside is found by id alone, until it is brought back", "[state]") {
    filled w;
    auto const text_of = [](offers const& of) {
        std::string text;
        of.write_into(text);
        return text;
    };
    auto const before = text_of(w.table);
    w.table.set_aside(2);
    w.table.set_aside(1);
    w.table.set_aside(1);
    w.table.set_aside(77); // before anything has the id
    CHECK(w.table.is_aside(2));
    CHECK(ids_in_order(w.table) == list{4, 9});
    CHECK(ids(w.table.all<of_task>(task_id{1})) == list{4});
    CHECK(w.table.count<of_task>(task_id{1}) == 1);
    CHECK(w.table.last<of_task>(task_id{1})->id == offer_id{4});
    CHECK(w.table.last<of_task_by_rank>(task_id{1}, 1U) == nullptr);
    w.table.insert({offer_id{77}, task_id{1}, phase::open, 9, "n"});
    CHECK(w.table.count<of_task>(task_id{1}) == 1);
    // It is no less a part of the state, and may be changed.
    CHECK(w.table.find(offer_id{2}) != nullptr);
    CHECK(w.table.size() == 5);
    CHECK(w.table.update(offer_id{2}, [](offer& it) { it.rank = 3; }));
    CHECK(w.table.update(offer_id{2}, [](offer& it) { it.rank = 1; }));
    CHECK(w.table.erase(offer_id{77}));
    CHECK(text_of(w.table) == before.substr(0, before.size() - 1) + ",1]");
    for (auto id : {1U, 2U, 77U, 5U}) {
        w.table.bring_back(id);
    }
    CHECK(ids_in_order(w.table) == list{4, 2, 9, 1});
    CHECK(ids(w.table.all<of_task_by_rank>(task_id{1})) == list{2, 4, 1});
    CHECK(w.table.keyed_by() == koc::key_of<offer_id>);
}

TEST_CASE("an observer hears of each change and of each that is undone", "[state]") {
    struct heard final : koc_test::change_observer {
        void changed(std::uint64_t id, void const* record) noexcept override {
            log += std::to_string(id);
            log += record == nullptr ? "- " : static_cast<offer const*>(record)->note + ' ';
        }
        std::string log;
    } heard;
    koc::undo_log log;
    offers table;
    table.attach(log);
    CHECK(table.observe(heard));
    table.insert({offer_id{1}, {}, {}, 0, "a"});
    {
        koc::undo_scope scope{log};
        table.update(offer_id{1}, [](offer& o) { o.note = "b"; });
        table.insert({offer_id{2}, {}, {}, 0, "c"});
        table.erase(offer_id{1});
        heard.log += "| ";
    }
    CHECK(heard.log == "1a 1b 2c 1- | 1b 2- 1a ");
}

TEST_CASE("ids that share a place of the finder are told apart, whatever is erased", "[state]") {
    koc::table<offer> table;
    std::map<std::uint64_t, std::uint64_t> wanted;
    std::uint64_t seed = 1;
    for (int i = 0; i < 20'000; ++i) {
        seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        // Few ids, many of them with equal low bits.
        auto const id = (seed >> 33U) % 400 << (seed >> 60U) % 3 * 20U;
        if ((seed >> 20U) % 3 == 0) {
            CHECK(table.erase(offer_id{id}) == (wanted.erase(id) == 1));
        } else {
            auto const rank = seed >> 40U;
            CHECK(
                table.insert({offer_id{id}, {}, {}, rank, {}}) == wanted.insert({id, rank}).second);
        }
    }
    CHECK(table.size() == wanted.size());
    for (auto const& [id, rank] : wanted) {
        REQUIRE(table.contains(offer_id{id}));
        CHECK(table[offer_id{id}].rank == rank);
    }
}

TEST_CASE("ids that are counted up are found as any are, also once another is among them, and "
          "after what was taken back",
    "[state]") {
    for (auto const first : {std::uint64_t{1}, std::uint64_t{0}, ~std::uint64_t{0} - 20}) {
        CAPTURE(first);
        koc::undo_log log;
        offers table;
        table.attach(log);
        std::map<std::uint64_t, std::uint64_t> wanted; // ranks by id
        auto next = first;
        std::uint64_t rank = 0;
        auto const counted = [&](int count) {
            for (int i = 0; i < count; ++i, ++next, ++rank) {
                CHECK(table.insert({offer_id{next}, task_id{rank % 3}, {}, rank, {}}));
                wanted.emplace(next, rank);
            }
        };
        auto const put = [&](std::uint64_t id) {
            CHECK(table.insert({offer_id{id}, task_id{rank % 3}, {}, rank, {}}));
            wanted.emplace(id, rank++);
        };
        auto const erase = [&](std::uint64_t id) {
            CHECK(table.erase(offer_id{id}));
            CHECK_FALSE(table.contains(offer_id{id}));
            CHECK_FALSE(table.erase(offer_id{id}));
            wanted.erase(id);
        };
        auto const check = [&] {
            CHECK(table.size() == wanted.size());
            for (auto id = first - 3; id != next + 3; ++id) {
                auto const found = wanted.find(id);
                REQUIRE(table.contains(offer_id{id}) == (found != wanted.end()));
                CHECK((found == wanted.end() || table[offer_id{id}].rank == found->second));
            }
            std::size_t keyed = 0;
            for (std::uint64_t task = 0; task < 3; ++task) {
                auto const found = table.all<of_task_by_rank>(task_id{task});
                CHECK(std::ranges::is_sorted(found, {}, &offer::rank));
                keyed += static_cast<std::size_t>(std::ranges::distance(found));
            }
            CHECK(keyed == wanted.size());
        };
        {
            koc::undo_scope const scope{log}; // all of it taken back: the next id may be any
            counted(2);
        }
        wanted.clear();
        check();
        next = first;
        counted(9);
        erase(first + 4);
        put(next + 2); // one that was not counted: a hash table from here on
        check();
        auto const before = wanted;
        auto const before_next = next;
        {
            koc::undo_scope const scope{log};
            erase(first + 1);
            erase(first + 8);
            {
                koc::undo_scope const inner{log};
                put(first + 1);
                check();
            }
            wanted.erase(first + 1);
            check();
            put(first + 4);
            check();
        }
        wanted = before;
        next = before_next;
        check();
    }
}

TEST_CASE("a scope in which ids cease to be counted up is taken back whole", "[state]") {
    koc::undo_log log;
    offers table;
    table.attach(log);
    for (std::uint64_t id = 1; id <= 6; ++id) {
        table.insert({offer_id{id}, task_id{1}, {}, id, {}});
    }
    for (int times = 0; times < 2; ++times) { // the second time there is a hash table already
        {
            koc::undo_scope const scope{log};
            for (std::uint64_t id = 1; id <= 6; ++id) {
                CHECK(table.erase(offer_id{id}));
            }
            for (std::uint64_t id = 40; id > 20; --id) {
                CHECK(table.insert({offer_id{id}, task_id{1}, {}, id, {}}));
            }
            CHECK(table.size() == 20);
            CHECK_FALSE(table.contains(offer_id{3}));
        }
        CHECK(table.size() == 6);
        CHECK(ids(table.all<of_task_by_rank>(task_id{1})) == list{1, 2, 3, 4, 5, 6});
        for (std::uint64_t id = 1; id <= 40; ++id) {
            CHECK(table.contains(offer_id{id}) == (id <= 6));
        }
    }
}

} // namespace
