// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/lineage.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

using namespace koc;

namespace {

/// A log that holds these chains.
struct chains_log {
    std::vector<digest> chains;
    bool readable = true;

    result<journal_head> head() const {
        return chains.empty() ? journal_head{} : journal_head{chains.size(), chains.back()};
    }
    result<journal_head> append(journal_head, std::span<log_record const>) const {
        return error{errc::unavailable, "log", "expected nothing to be written"};
    }
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<log_record>& out) const {
        if (!readable) {
            return error{errc::corrupt, "event", "expected it to be whole"};
        }
        for (; from < chains.size() && limit > 0; ++from, --limit) {
            log_record record;
            record.position = from;
            record.chain = chains[from];
            out.push_back(record);
        }
        return {};
    }
};

} // namespace

TEST_CASE("a log is told by any head it ever had", "[journal]") {
    chains_log ours{{{1, 1}, {2, 2}, {3, 3}}};
    CHECK(expect_lineage(ours, {}).has_value());
    CHECK(expect_lineage(ours, {1, {1, 1}}).has_value());
    CHECK(expect_lineage(ours, {3, {3, 3}}).has_value());
}

TEST_CASE("another log, an older copy and an unreadable one are refused", "[journal]") {
    chains_log other{{{1, 1}, {9, 9}, {3, 3}}};
    auto const wrong = expect_lineage(other, {2, {2, 2}});
    REQUIRE(!wrong.has_value());
    CHECK(wrong.error().code == errc::wrong_state);
    CHECK(wrong.error().subject == "journal at position 2");
    CHECK(wrong.error().expected.find("another journal") != std::string::npos);
    chains_log older{{{1, 1}}};
    auto const short_one = expect_lineage(older, {2, {2, 2}});
    REQUIRE(!short_one.has_value());
    CHECK(short_one.error().expected.find("ends at position 1") != std::string::npos);
    chains_log damaged{{{1, 1}}, false};
    auto const unreadable = expect_lineage(damaged, {1, {1, 1}});
    REQUIRE(!unreadable.has_value());
    CHECK(unreadable.error().code == errc::corrupt);
}
