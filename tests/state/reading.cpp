// SPDX-License-Identifier: BSL-1.0

// Reading what containers wrote. That all of it comes back is part of the trial (trial.hpp); here
// is what is refused, and that a container which was read goes on as the one that was written.

#include <koc/describe/canonical_reader.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/links.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include "state/trial.hpp"

#include "support/allocation.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace state_test;

std::string text(koc::container const& of) {
    std::string out;
    of.write_into(out);
    return out;
}
koc::result<void> read(koc::container& into, std::string_view from) {
    koc::canonical_reader in{from};
    return into.read_from(in);
}

struct numbered {
    koc::id<struct numbered_kind> id;
    std::vector<std::uint8_t> parts;
};
BOOST_DESCRIBE_STRUCT(numbered, (), (id, parts))
struct made_of_something {
    explicit made_of_something(std::uint64_t n) : id{n} {}
    koc::id<struct something_kind> id;
};
BOOST_DESCRIBE_STRUCT(made_of_something, (), (id))

/// What of another text is refused, and how.
struct refusal_case {
    std::string_view text;
    std::string_view subject;
    std::string_view says;
};
template <typename Make>
void refuses(Make make, std::vector<refusal_case> const& cases) {
    for (auto const& [from, subject, says] : cases) {
        INFO(from);
        auto fresh = make();
        auto const done = read(fresh, from);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().code == koc::errc::invalid_argument);
        CHECK(done.error().subject == subject);
        INFO(done.error().expected);
        CHECK(done.error().expected.find(says) != std::string::npos);
    }
}
TEST_CASE("a table refuses text that is not that of such records", "[state]") {
    refuses([] { return koc::table<numbered>{}; },
        {
            {"", "", "expected '['"},
            {"null", "", "expected '['"},
            {R"([{"id":1,"parts":[]})", "", "expected ','"},
            {R"([{"id":1,"parts":[]},)", "[1]", "the member id"},
            {R"([{"id":1,"parts":[1,256]}])", "[0].parts[1]", "between 0 and 255"},
            {R"([{"id":1,"parts":[]},{"id":2,"parts":[]},{"id":1,"parts":[]}])", "[2]",
                "a record with an id of its own"},
            {R"([{"id":1}])", "[0]", "the member parts"},
            {"[0]", "[0]", "a number of erased rows"},
            {"[4294967295]", "[0]", "a number of erased rows"},
            {"[5,18446744073709551615]", "[1]", "a number of erased rows"},
            {"[-1]", "[0]", "the member id"},
        });
    koc::table<made_of_something> never;
    CHECK(read(never, "[]").has_value());
    CHECK(read(never, R"([{"id":1}])").error().expected.find("default constructor") !=
        std::string::npos);
}

TEST_CASE("links, an agenda and a single refuse other text", "[state]") {
    refuses(
        [] {
            return koc::links<item_id>{"above", "below"};
        },
        {
            {"{}", "", "expected '['"},
            {"[[1,2],[1]]", "[1]", "expected ','"},
            {"[[1,2],[1,2]]", "[1]", "each link once"},
            {"[[1,-2]]", "[0][1]", "a whole number"},
        });
    refuses([] { return koc::agenda<item_id>{}; },
        {
            {R"([["1970-01-01T00:00:00Z",1],["1970-01-02T00:00:00Z",1]])", "[1]", "each id once"},
            {R"([["soon",1]])", "[0][0]", "a date and time"},
            {R"([["1970-01-01T00:00:00Z"]])", "[0]", "expected ','"},
        });
    refuses([] { return koc::single<remark>{}; },
        {
            {R"({"number":1})", "", "the member text"},
            {R"({"number":"1","text":""})", ".number", "a whole number"},
        });
}

TEST_CASE("a container that only writes says so", "[state]") {
    struct write_only final : koc::container {
        void digest_into(koc::hasher&) const override {}
        void write_into(std::string& out) const override { out += '0'; }
        void undo() noexcept override {}
        void settle() noexcept override {}
    } some;
    auto const said = read(some, "0");
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == koc::errc::wrong_state);
    CHECK(said.error().expected.find("override read_from") != std::string::npos);
    CHECK(some.form() == nullptr);
}

TEST_CASE("a table that was read goes on as the one that was written", "[state]") {
    koc::table<item, by_owner> written;
    for (std::uint64_t id = 1; id <= 30; ++id) {
        written.put(item_id{id}, [&](item& it) { it.owner = owner_id{id % 3}; });
    }
    for (std::uint64_t id : {1U, 2U, 9U, 30U}) {
        written.erase(item_id{id});
    }
    koc::undo_log log;
    koc::table<item, by_owner> restored;
    restored.attach(log);
    REQUIRE(read(restored, text(written)).has_value());
    CHECK(log.size() == 0);
    CHECK(restored.row_of(31) == koc::table<item>::none);
    CHECK(restored.row_of(10) == written.row_of(10));

    // The next rows, also after a change that was taken back.
    {
        koc::undo_scope const scope{log};
        restored.put(item_id{50}, [](item& it) { it.owner = owner_id{1}; });
        restored.erase(item_id{10});
        restored.update(item_id{11}, [](item& it) { it.owner = owner_id{0}; });
    }
    CHECK(text(restored) == text(written));
    for (auto* table : {&written, &restored}) {
        table->put(item_id{31}, [](item& it) { it.owner = owner_id{2}; });
        table->erase(item_id{12});
        table->put(item_id{1}, [](item& it) { it.owner = owner_id{1}; });
    }
    CHECK(restored.row_of(31) == 30);
    CHECK(text(restored) == text(written));
    CHECK(restored.count<by_owner>(owner_id{2}) == written.count<by_owner>(owner_id{2}));
    CHECK(restored.last<by_owner>(owner_id{1})->id == item_id{1});
}

TEST_CASE("of a record that is refused nothing stays in memory", "[state]") {
    koc::table<item> fresh;
    // Short enough to stand within the record itself.
    std::string from = R"([{"id":1,"owner":2,"stage":"open","weight":3,)"
                       R"("due":"1970-01-01T00:00:00Z","text":"secret-of-1st"]])";
    CHECK(read(fresh, from).error().subject == "[0]");
    from.assign(from.size(), ' ');
    CHECK(fresh.size() == 0);
    CHECK_FALSE(allocation::found("secret-of-1st"));
}

} // namespace
