// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests of the journal in PostgreSQL share: opening, a journal of five events in three
// batches, and reading it back.

#include <koc/store/postgres.hpp>
#include <koc/testing/journal.hpp>

#include "store/postgres_server.hpp"
#include "store/sample_events.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc_test {

using koc::postgres_journal;
using koc::postgres_options;

inline postgres_options in_schema(std::string schema) {
    postgres_options options;
    options.schema = std::move(schema);
    return options;
}

inline std::string told(koc::error const& refused) {
    return std::string{koc::name_of(refused.code)} + ": " + refused.subject + ": " +
        refused.expected;
}

inline postgres_journal opened(
    std::string const& connection, std::string const& name, postgres_options const& options) {
    auto journal = koc::open_postgres_journal(connection, name, options);
    if (!journal) {
        FAIL(told(journal.error()));
    }
    return *std::move(journal);
}
inline koc::error refusal(
    std::string const& connection, std::string const& name, postgres_options const& options) {
    auto journal = koc::open_postgres_journal(connection, name, options);
    REQUIRE(!journal.has_value());
    return journal.error();
}

inline batches const groups = {
    group_of({1000}, {"r1", {1, 2}}, {event::of(sample_recorded{}), event::of(sample_closed{})}),
    group_of({2000}, {}, {event::of(sample_recorded{})}),
    group_of({3000}, {"r3", {3, 4}}, {event::of(sample_closed{}), event::of(sample_recorded{})}),
};
inline koc::journal_head const filled_head = koc::head_after({}, std::span{groups});

inline koc::result<koc::journal_head> append(
    postgres_journal& journal, koc::journal_head at, batches const& more = groups) {
    return journal.append(at, std::span{more});
}
inline batches one_event(std::string const& request) {
    return {group_of({4000}, {request, {5, 6}}, {event::of(sample_closed{})})};
}

/// What can be read from the position on, and the refusal that ended it.
inline std::pair<envelopes, std::optional<koc::error>> read(
    postgres_journal& journal, std::uint64_t from = 0) {
    envelopes out;
    auto const done = journal.read(from, 1'000'000, sample_types, out);
    return {std::move(out), done ? std::nullopt : std::optional{done.error()}};
}
inline std::vector<std::string> requests_in(postgres_journal& journal) {
    auto const [events, refused] = read(journal);
    if (refused) {
        FAIL(told(*refused));
    }
    std::vector<std::string> found;
    for (auto const& recorded : events) {
        found.push_back(recorded.asked.id);
    }
    return found;
}

} // namespace koc_test
