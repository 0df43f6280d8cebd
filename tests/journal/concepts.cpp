// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/concepts.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <vector>

namespace {

using event = koc::any_event<koc::testing::sample_closed>;
using other = koc::any_event<koc::testing::sample_recorded>;

struct no_read {
    koc::result<koc::journal_head> head();
    koc::result<koc::journal_head> append(koc::journal_head, std::span<koc::batch<event> const>);
};
struct read_without_result : no_read {
    void read(std::uint64_t, std::size_t, std::vector<koc::envelope<event>>&);
};
struct full : no_read {
    koc::result<void> read(std::uint64_t, std::size_t, std::vector<koc::envelope<event>>&);
};
struct immovable : full {
    immovable(immovable&&) = delete;
};

struct log_archetype {
    koc::result<koc::journal_head> head();
    koc::result<koc::journal_head> append(koc::journal_head, std::span<koc::log_record const>);
    koc::result<void> read(std::uint64_t, std::size_t, std::vector<koc::log_record>&);
};

struct codec_archetype {
    koc::result<koc::encoded> encode(event const&) const;
    template <typename Event>
    koc::result<koc::decoded<Event>> decode(std::string_view, unsigned, std::string_view) const;
};
struct codec_without_version {
    koc::result<koc::encoded> encode(event const&) const;
    template <typename Event>
    koc::result<koc::decoded<Event>> decode(std::string_view, std::string_view) const;
};

} // namespace

TEST_CASE("a journal is what can head, append and read, and is movable", "[journal]") {
    STATIC_REQUIRE(koc::journal_for<full, event>);
    STATIC_REQUIRE(koc::journal_for<koc::memory_journal<event>, event>);
    STATIC_REQUIRE(!koc::journal_for<koc::memory_journal<event>, other>);
    STATIC_REQUIRE(!koc::journal_for<full, other>);
    STATIC_REQUIRE(!koc::journal_for<no_read, event>);
    STATIC_REQUIRE(!koc::journal_for<read_without_result, event>);
    STATIC_REQUIRE(!koc::journal_for<immovable, event>);
    STATIC_REQUIRE(!koc::journal_for<int, event>);
}

TEST_CASE("a text log takes records, not events", "[journal]") {
    STATIC_REQUIRE(koc::text_log<log_archetype>);
    STATIC_REQUIRE(!koc::text_log<full>);
}

TEST_CASE("a codec decodes by type and version", "[journal]") {
    STATIC_REQUIRE(koc::codec_for<codec_archetype, event>);
    STATIC_REQUIRE(!koc::codec_for<codec_archetype, other>);
    STATIC_REQUIRE(!koc::codec_for<codec_without_version, event>);
}
