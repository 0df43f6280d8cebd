// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/coded_journal.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/memory_journal.hpp>

#include "journal/journals.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace {

struct no_read {
    koc::result<koc::journal_head> head();
    koc::result<koc::journal_head> append(koc::journal_head, std::span<koc::batch const>);
};
struct read_without_result : no_read {
    void read(std::uint64_t, std::size_t, koc::event_types const&, std::vector<koc::envelope>&);
};
struct read_without_types : no_read {
    koc::result<void> read(std::uint64_t, std::size_t, std::vector<koc::envelope>&);
};
struct full : no_read {
    koc::result<void> read(
        std::uint64_t, std::size_t, koc::event_types const&, std::vector<koc::envelope>&);
};
struct immovable : full {
    immovable(immovable&&) = delete;
};

struct plain_log {
    koc::result<koc::journal_head> head();
    koc::result<koc::journal_head> append(koc::journal_head, std::span<koc::log_record const>);
    koc::result<void> read(std::uint64_t, std::size_t, std::vector<koc::log_record>&);
};

struct reader {
    koc::result<void> read(koc::shape const&, std::string_view, void*) const;
};
struct reader_that_changes {
    koc::result<void> read(koc::shape const&, std::string_view, void*);
};
struct reader_without_result {
    bool read(koc::shape const&, std::string_view, void*) const;
};

} // namespace

TEST_CASE("a journal is what can head, append and read, and is movable", "[journal]") {
    STATIC_REQUIRE(koc::journal<full>);
    STATIC_REQUIRE(koc::journal<koc::memory_journal>);
    STATIC_REQUIRE(koc::journal<koc::coded_journal<plain_log, reader>>);
    STATIC_REQUIRE(!koc::journal<no_read>);
    STATIC_REQUIRE(!koc::journal<read_without_result>);
    STATIC_REQUIRE(!koc::journal<read_without_types>);
    STATIC_REQUIRE(!koc::journal<immovable>);
    STATIC_REQUIRE(!koc::journal<plain_log>);
    STATIC_REQUIRE(!koc::journal<int>);
}

TEST_CASE("a text log takes records, not events", "[journal]") {
    STATIC_REQUIRE(koc::text_log<plain_log>);
    STATIC_REQUIRE(koc::text_log<journal_test::vector_log>);
    STATIC_REQUIRE(!koc::text_log<full>);
}

TEST_CASE("a decoder reads without changing", "[journal]") {
    STATIC_REQUIRE(koc::decoder<reader>);
    STATIC_REQUIRE(!koc::decoder<reader_that_changes>);
    STATIC_REQUIRE(!koc::decoder<reader_without_result>);
}
