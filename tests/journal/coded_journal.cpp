// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/coded_journal.hpp>
#include <koc/testing/journal.hpp>

#include "journal/journals.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace coded_journal_test {

struct noted {
    std::string what;
};
BOOST_DESCRIBE_STRUCT(noted, (), (what))

// Three versions, one event each time.
struct designed_1 {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(designed_1, (), (title))
struct designed_2 {
    std::string title;
    int places = 0;
};
BOOST_DESCRIBE_STRUCT(designed_2, (), (title, places))
struct designed {
    std::string title;
    int places = 0;
    bool open = false;
};
BOOST_DESCRIBE_STRUCT(designed, (), (title, places, open))

// One event of the first version became three, of which two have a third version.
struct parted_1 {
    int first = 0;
    int second = 0;
};
BOOST_DESCRIBE_STRUCT(parted_1, (), (first, second))
struct parted_2 {
    int part = 0;
};
BOOST_DESCRIBE_STRUCT(parted_2, (), (part))
struct parted {
    int part = 0;
    std::string unit;
};
BOOST_DESCRIBE_STRUCT(parted, (), (part, unit))

// The first version became nothing.
struct dropped_1 {};
BOOST_DESCRIBE_STRUCT(dropped_1, (), ())
struct dropped {
    int why = 0;
};
BOOST_DESCRIBE_STRUCT(dropped, (), (why))

// Nobody owns these any more.
struct gone_1 {
    int number = 0;
};
BOOST_DESCRIBE_STRUCT(gone_1, (), (number))
struct gone {
    int number = 0;
    int further = 0;
};
BOOST_DESCRIBE_STRUCT(gone, (), (number, further))
struct forgotten {};
BOOST_DESCRIBE_STRUCT(forgotten, (), ())

} // namespace coded_journal_test

using namespace coded_journal_test;
using koc::event;

namespace koc {

template <>
struct schema<designed_1> {
    static constexpr std::string_view name = "designed";
};
template <>
struct schema<designed_2> {
    static constexpr std::string_view name = "designed";
    using previous = designed_1;
    static designed_2 upcast(designed_1 const& old) { return {old.title, 1}; }
};
template <>
struct schema<designed> {
    using previous = designed_2;
    static designed upcast(designed_2 const& old) { return {old.title, old.places, true}; }
};
template <>
struct schema<parted_1> {
    static constexpr std::string_view name = "parted";
};
template <>
struct schema<parted_2> {
    static constexpr std::string_view name = "parted";
    using previous = parted_1;
    static std::vector<event> upcast(parted_1 const& old) {
        return {event::of(parted_2{old.first}), event::of(noted{"parted"}),
            event::of(parted_2{old.second})};
    }
};
template <>
struct schema<parted> {
    using previous = parted_2;
    static parted upcast(parted_2 const& old) { return {old.part, "kg"}; }
};
template <>
struct schema<dropped_1> {
    static constexpr std::string_view name = "dropped";
};
template <>
struct schema<dropped> {
    using previous = dropped_1;
    static std::vector<event> upcast(dropped_1 const&) { return {}; }
};
template <>
struct schema<gone_1> {
    static constexpr std::string_view name = "gone";
};
template <>
struct schema<gone> {
    using previous = gone_1;
    static gone upcast(gone_1 const& old) { return {old.number, 100}; }
    static std::vector<event> retire(gone const& old) {
        return {event::of(noted{"gone " + std::to_string(old.number + old.further)})};
    }
};
template <>
struct schema<forgotten> {
    static std::vector<event> retire(forgotten const&) { return {}; }
};

} // namespace koc

namespace {

using journal_test::coded;
using journal_test::vector_log;
using koc::testing::sample_closed;
using koc::testing::sample_recorded;
using koc::testing::sample_types;

template <typename... E>
koc::event_types types_of() {
    koc::event_types types;
    (types.add(koc::event_type_of<E>), ...);
    return types;
}
koc::batch batch_of(std::int64_t at, std::vector<event> events) {
    koc::batch made;
    made.at = {at};
    made.events = std::move(events);
    return made;
}

/// Five events in three batches.
struct filled {
    vector_log log;
    coded journal{log};
    koc::event_types types = sample_types();

    filled() {
        sample_recorded full;
        full.subject = decltype(full.subject){7};
        full.remark = "a \"remark\"";
        full.note = {3, "Lin"};
        full.parts = {{"one", 1}, {"two", -2}};
        std::vector<koc::batch> groups{
            batch_of(1000, {event::of(full), event::of(sample_closed{})}),
            batch_of(2000, {event::of(full)}),
            batch_of(3000, {event::of(sample_closed{}), event::of(sample_recorded{})})};
        groups[0].asked = {"r1", {1, 2}};
        groups[1].told = koc::instant{1900};
        groups[1].by = {koc::actor_kind::member, 7};
        groups[1].writer = koc::writer_id{99};
        groups[2].asked = {"r3", {3, 4}};
        REQUIRE(journal.append({}, groups).has_value());
    }
    koc::result<void> read(std::uint64_t from, std::vector<koc::envelope>& out) {
        return journal.read(from, 100, types, out);
    }
};

/// What is read of one event that was written.
koc::result<std::vector<event>> read_back(event written, koc::event_types const& types) {
    coded journal{vector_log{}};
    REQUIRE(journal.append({}, std::vector{batch_of(1, {std::move(written)})}).has_value());
    std::vector<koc::envelope> out;
    if (auto read = journal.read(0, 10, types, out); !read) {
        return read.error();
    }
    return out.at(0).events;
}

/// All that can be flipped in a record.
class bits {
public:
    explicit bits(koc::log_record& of) {
        all(of.at), all(of.by.kind), all(of.by.id), all(of.writer), all(of.asked.command);
        if (of.told) {
            all(*of.told);
        }
        text(of.asked.id), text(of.type), text(of.payload);
        all(of.position), all(of.first), all(of.version), all(of.chain.high), all(of.chain.low);
    }
    [[nodiscard]] std::size_t size() const { return 8 * bytes_.size(); }
    void flip(std::size_t bit) const {
        *bytes_[bit / 8] = static_cast<unsigned char>(*bytes_[bit / 8] ^ 1U << bit % 8);
    }

private:
    template <typename T>
    void all(T& value) {
        add(reinterpret_cast<unsigned char*>(&value), sizeof value);
    }
    void text(std::string& value) {
        add(reinterpret_cast<unsigned char*>(value.data()), value.size());
    }
    void add(unsigned char* from, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            bytes_.push_back(from + i);
        }
    }

    std::vector<unsigned char*> bytes_;
};

bool same(std::vector<koc::envelope> const& a, std::vector<koc::envelope> const& b,
    std::size_t from, std::size_t size) {
    return a.size() == size &&
        std::equal(a.begin(), a.end(), b.begin() + static_cast<std::ptrdiff_t>(from),
            koc::testing::detail::same);
}

} // namespace

TEST_CASE("a log and a decoder together keep every law of a journal", "[journal]") {
    for (std::uint64_t seed = 1; seed <= koc_test::rounds(2); ++seed) {
        CHECK(koc::testing::check_journal_laws([] { return coded{vector_log{}}; },
                  [](coded journal) { return coded{journal.log()}; },
                  seed) == std::vector<std::string>{});
    }
}

TEST_CASE("records hold the names and the canonical text of events", "[journal]") {
    filled it;
    auto const& rows = *it.log.rows;
    REQUIRE(rows.size() == 5);
    CHECK(rows[1].type == "sample_closed");
    CHECK(rows[1].version == 1);
    CHECK(rows[1].payload == "{}");
    CHECK(rows[1].asked.id == "r1");
    CHECK(rows[4].first == 3);
    CHECK(rows[2].payload ==
        R"({"subject":7,"kind":"first","flag":false,"delta":0,"large":0,"worth":0,)"
        R"("due_at":"1970-01-01T00:00:00Z","within":0,"remark":"a \"remark\"",)"
        R"("note":{"owner":3,"text":"Lin"},"parts":[["one",1],["two",-2]]})");
}

TEST_CASE("no flipped bit of a record goes unnoticed", "[journal]") {
    filled it;
    std::vector<koc::envelope> good;
    REQUIRE(it.read(0, good));
    for (std::size_t i = 0; i < good.size(); ++i) {
        bits const all{(*it.log.rows)[i]};
        std::size_t silent = 0;
        std::size_t misplaced = 0;
        for (std::size_t bit = 0; bit < all.size(); ++bit) {
            all.flip(bit);
            for (std::size_t from = 0; from < good.size(); ++from) {
                std::vector<koc::envelope> out;
                auto const read = it.read(from, out);
                if (from <= i) {
                    silent += read || read.error().code != koc::errc::corrupt ? 1U : 0U;
                    misplaced += same(out, good, from, i - from) ? 0U : 1U;
                } else if (read) {
                    // Of the record before the first one only the chain and position are used.
                    silent += same(out, good, from, good.size() - from) ? 0U : 1U;
                } else {
                    silent += read.error().code != koc::errc::corrupt || !out.empty() ? 1U : 0U;
                }
            }
            all.flip(bit);
        }
        CAPTURE(i, all.size());
        CHECK(silent == 0);
        CHECK(misplaced == 0);
    }
}

TEST_CASE("a record that was changed is corrupt, and nothing is read from it on", "[journal]") {
    using record = koc::log_record;
    struct row {
        char const* what;
        std::function<void(record&)> change;
    };
    row const rows[] = {
        {"batch", [](record& it) { it.first = 1; }},
        {"instant told gone", [](record& it) { it.told.reset(); }},
        {"request given", [](record& it) { it.asked.id = "r2"; }},
        {"type of another event", [](record& it) { it.type = "sample_closed"; }},
        {"unknown type", [](record& it) { it.type = "sample_opened"; }},
        {"version 0", [](record& it) { it.version = 0; }},
        {"version 2", [](record& it) { it.version = 2; }},
        {"payload with an extra member", [](record& it) { it.payload.insert(1, "\"x\":1,"); }},
        {"payload cut short", [](record& it) { it.payload.pop_back(); }},
        {"empty payload", [](record& it) { it.payload.clear(); }},
        {"type grown from the payload",
            [](record& it) {
                it.type += it.payload.front();
                it.payload.erase(0, 1);
            }},
    };
    for (auto const& [what, change] : rows) {
        filled it;
        change((*it.log.rows)[2]);
        for (std::uint64_t from : {0U, 1U, 2U}) {
            INFO(what << " read from " << from);
            std::vector<koc::envelope> out;
            auto const refused = it.read(from, out);
            REQUIRE(!refused);
            CHECK(refused.error().code == koc::errc::corrupt);
            CHECK(refused.error().subject == "event 2");
            CHECK(out.size() == 2 - from);
        }
    }
}

TEST_CASE("an event that is missing, doubled or in another's place is corrupt", "[journal]") {
    using records = std::vector<koc::log_record>;
    struct row {
        char const* what;
        std::function<void(records&)> change;
    };
    row const rows[] = {
        {"missing", [](records& it) { it.erase(it.begin() + 2); }},
        {"doubled", [](records& it) { it.insert(it.begin() + 2, it[1]); }},
        {"swapped", [](records& it) { std::swap(it[2], it[4]); }},
    };
    for (bool const renumbered : {false, true}) {
        for (auto const& [what, change] : rows) {
            filled it;
            change(*it.log.rows);
            for (std::uint64_t i = 0; renumbered && i < it.log.rows->size(); ++i) {
                (*it.log.rows)[i].position = i;
            }
            INFO(what << renumbered);
            std::vector<koc::envelope> out;
            auto const refused = it.read(0, out);
            REQUIRE(!refused);
            CHECK(refused.error().code == koc::errc::corrupt);
            CHECK(refused.error().subject == "event 2");
            CHECK(out.size() == 2);
        }
    }
}

TEST_CASE("a journal that lost its end is a good one with another head", "[journal]") {
    filled it;
    auto const before = *it.journal.head();
    it.log.rows->pop_back();
    std::vector<koc::envelope> out;
    CHECK(it.read(0, out));
    CHECK(out.size() == 4);
    CHECK(*it.journal.head() != before);
    CHECK(it.journal.append(before, {}).error().code == koc::errc::conflict);
}

TEST_CASE("good events before a corrupt one are read when the window ends before it", "[journal]") {
    filled it;
    (*it.log.rows)[2].payload = "{}";
    std::vector<koc::envelope> out;
    CHECK(it.journal.read(0, 2, it.types, out).has_value());
    CHECK(out.size() == 2);
}

TEST_CASE("an event of an older version is brought up to date step by step", "[journal]") {
    auto const types = types_of<designed, noted>();
    using events = std::vector<event>;
    CHECK(*read_back(event::of(designed{"a", 5, false}), types) ==
        events{event::of(designed{"a", 5, false})});
    CHECK(*read_back(event::of(designed_2{"a", 5}), types) ==
        events{event::of(designed{"a", 5, true})});
    CHECK(
        *read_back(event::of(designed_1{"a"}), types) == events{event::of(designed{"a", 1, true})});
}

TEST_CASE("an old event may have become none, or many of which some are old again", "[journal]") {
    auto const types = types_of<parted, dropped, noted>();
    CHECK(*read_back(event::of(parted_1{3, 4}), types) ==
        std::vector{
            event::of(parted{3, "kg"}), event::of(noted{"parted"}), event::of(parted{4, "kg"})});
    CHECK(*read_back(event::of(parted_2{3}), types) == std::vector{event::of(parted{3, "kg"})});
    CHECK(read_back(event::of(dropped_1{}), types)->empty());
    CHECK(*read_back(event::of(dropped{2}), types) == std::vector{event::of(dropped{2})});
}

TEST_CASE("a retired event is replaced, whatever its version", "[journal]") {
    auto const types = types_of<gone, forgotten, noted>();
    CHECK(*read_back(event::of(gone{3, 4}), types) == std::vector{event::of(noted{"gone 7"})});
    CHECK(*read_back(event::of(gone_1{3}), types) == std::vector{event::of(noted{"gone 103"})});
    CHECK(read_back(event::of(forgotten{}), types)->empty());
}

TEST_CASE("upcasting changes neither the positions nor the chain", "[journal]") {
    coded journal{vector_log{}};
    std::vector const groups{
        batch_of(1, {event::of(parted_1{1, 2}), event::of(dropped_1{}), event::of(noted{"x"})})};
    auto const head = journal.append({}, groups);
    REQUIRE(head);
    CHECK(*head == koc::head_after({}, groups));
    std::vector<koc::envelope> out;
    REQUIRE(journal.read(0, 10, types_of<parted, dropped, noted>(), out));
    REQUIRE(out.size() == 3);
    CHECK(out[0].events.size() == 3);
    CHECK(out[1].events.empty());
    CHECK(out[2].position == 2);
    CHECK(out[2].chain == head->chain);
}

TEST_CASE("an undamaged event that cannot be read was written by another release", "[journal]") {
    struct row {
        char const* what;
        event written;
        koc::event_types types;
        char const* subject;
        char const* word;
    };
    row const rows[] = {
        {"unknown type", event::of(noted{"x"}), types_of<designed>(), "event 0, noted",
            "an aspect of this programme owns or retires"},
        {"too new", event::of(designed{}), types_of<designed_2>(), "event 0, designed",
            "a version from 1 to 2, found 3"},
        {"too new for the first", event::of(designed_2{}), types_of<designed_1>(),
            "event 0, designed", "a version from 1 to 1, found 2"},
    };
    for (auto const& [what, written, types, subject, word] : rows) {
        INFO(what);
        auto const refused = read_back(written, types);
        REQUIRE(!refused);
        CHECK(refused.error().code == koc::errc::schema_changed);
        CHECK(refused.error().subject == subject);
        CHECK(refused.error().expected.find(word) != std::string::npos);
        CHECK(refused.error().expected.find("the journal is undamaged") != std::string::npos);
    }
}

TEST_CASE("a form that changed without a schema is told by its path", "[journal]") {
    filled it;
    auto& row = (*it.log.rows)[0];
    row.payload.replace(row.payload.find("\"first\""), 7, "\"fourth\"");
    row.chain = koc::chained({}, 0, 0, row, row.type, row.version, row.payload);
    std::vector<koc::envelope> out;
    auto const refused = it.read(0, out);
    REQUIRE(!refused);
    CHECK(refused.error().code == koc::errc::schema_changed);
    CHECK(refused.error().subject == "event 0, sample_recorded.kind");
    CHECK(out.empty());
}

TEST_CASE("what was read before an event that cannot be read is given", "[journal]") {
    filled it;
    it.types = types_of<sample_recorded>();
    std::vector<koc::envelope> out;
    auto const refused = it.read(0, out);
    REQUIRE(!refused);
    CHECK(refused.error().subject == "event 1, sample_closed");
    CHECK(out.size() == 1);
}

TEST_CASE("what the log refuses, the journal refuses, after what was read", "[journal]") {
    struct failing : vector_log {
        koc::result<void> read(
            std::uint64_t from, std::size_t limit, std::vector<koc::log_record>& out) const {
            static_cast<void>(vector_log::read(from, limit, out));
            return koc::error{koc::errc::unavailable, "disk", "expected to read on"};
        }
    };
    filled it;
    koc::coded_journal<failing, journal_test::tiny_decoder> journal{failing{it.log}};
    std::vector<koc::envelope> out;
    auto const refused = journal.read(1, 10, it.types, out);
    REQUIRE(!refused);
    CHECK(refused.error().code == koc::errc::unavailable);
    CHECK(out.size() == 4);
}
