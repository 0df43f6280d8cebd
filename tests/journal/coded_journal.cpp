// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/coded_journal.hpp>
#include <koc/json/decoder.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc::testing::sample_closed;
using koc::testing::sample_event;
using koc::testing::sample_recorded;

/// Records in a vector that the test can reach into; the smallest model of a text log.
struct vector_log {
    std::shared_ptr<std::vector<koc::log_record>> rows =
        std::make_shared<std::vector<koc::log_record>>();

    koc::result<koc::journal_head> head() const {
        return rows->empty() ? koc::journal_head{}
                             : koc::journal_head{rows->back().position + 1, rows->back().chain};
    }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::log_record const> records) {
        if (*head() != expected) {
            return koc::head_moved(expected, *head());
        }
        rows->insert(rows->end(), records.begin(), records.end());
        return head();
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<koc::log_record>& out) {
        for (auto const& row : *rows) {
            if (row.position >= from && limit > 0) {
                out.push_back(row);
                --limit;
            }
        }
        return {};
    }
};
static_assert(koc::text_log<vector_log>);

using journal = koc::coded_journal<vector_log, koc::json_decoder>;
static_assert(koc::journal_for<journal, sample_event>);

std::vector<koc::batch<sample_event>> const groups = {
    {{1000}, {"r1", {1, 2}}, {sample_recorded{}, sample_closed{}}},
    {{2000}, {}, {sample_recorded{}}},
    {{3000}, {"r3", {3, 4}}, {sample_closed{}, sample_recorded{}}},
};

struct filled {
    vector_log log;
    journal coded{log};

    filled() { REQUIRE(coded.append({}, std::span{groups}).has_value()); }
};

} // namespace

TEST_CASE("a log and a codec together keep every law of a journal", "[journal]") {
    CHECK(koc::testing::check_journal_laws([] { return journal{vector_log{}}; }) ==
        std::vector<std::string>{});
}

TEST_CASE("a record that was changed is corrupt, and nothing is read from it on", "[journal]") {
    using record = koc::log_record;
    struct row {
        char const* what;
        std::function<void(record&)> change;
    };
    row const rows[] = {
        {"batch", [](record& it) { it.batch = 1; }},
        {"instant", [](record& it) { ++it.at.ms; }},
        {"request given", [](record& it) { it.asked.id = "r2"; }},
        {"command given", [](record& it) { it.asked.command.low = 1; }},
        {"type of another event", [](record& it) { it.type = "sample_closed"; }},
        {"unknown type", [](record& it) { it.type = "sample_opened"; }},
        {"version 0", [](record& it) { it.version = 0; }},
        {"version 2", [](record& it) { it.version = 2; }},
        {"payload with another value",
            [](record& it) { it.payload.replace(it.payload.find('0'), 1, "1"); }},
        {"payload with an extra member", [](record& it) { it.payload.insert(1, "\"x\":1,"); }},
        {"payload cut short", [](record& it) { it.payload.pop_back(); }},
        {"empty payload", [](record& it) { it.payload.clear(); }},
        {"chain", [](record& it) { it.chain.high ^= 1U; }},
    };
    for (auto const& [what, change] : rows) {
        filled it;
        change((*it.log.rows)[2]);
        for (std::uint64_t from : {0U, 1U, 2U}) {
            INFO(what << " read from " << from);
            std::vector<koc::envelope<sample_event>> out;
            auto const refused = it.coded.read(from, 100, out);
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
    for (auto const& [what, change] : rows) {
        filled it;
        change(*it.log.rows);
        for (std::uint64_t i = 0; i < it.log.rows->size(); ++i) {
            (*it.log.rows)[i].position = i;
        }
        INFO(what);
        std::vector<koc::envelope<sample_event>> out;
        auto const refused = it.coded.read(0, 100, out);
        REQUIRE(!refused);
        CHECK(refused.error().subject == "event 2");
        CHECK(out.size() == 2);
    }
}

TEST_CASE("good events before a corrupt one are read when the window ends before it", "[journal]") {
    filled it;
    (*it.log.rows)[2].payload = "{}";
    std::vector<koc::envelope<sample_event>> out;
    CHECK(it.coded.read(0, 2, out).has_value());
    CHECK(out.size() == 2);
}

TEST_CASE(
    "an event that could not be read again is refused before anything is written", "[journal]") {
    filled it;
    auto const before = *it.log.rows;
    sample_recorded bad;
    bad.parts = {{"fine", 1}, {"\xff", 2}};
    std::vector<koc::batch<sample_event>> const more = {
        {{4000}, {}, {sample_closed{}}}, {{4000}, {}, {bad}}};
    auto const refused = it.coded.append(*it.coded.head(), std::span{more});
    REQUIRE(!refused);
    CHECK(refused.error().code == koc::errc::invalid_text);
    CHECK(refused.error().subject == "sample_recorded.parts[1][0]");
    CHECK(*it.log.rows == before);
}
