// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the engine asks of a journal, and what the journal of a store is made of: a log that keeps
// bytes, and a decoder that reads them.

#include <koc/core/result.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// Keeps batches of events, once and in one order for all who share it.
///
/// Requirements, where `j` is a journal:
///   1. `j.head()` returns `result<journal_head>`.
///   2. `j.append(expected, batches)` records all batches or none and returns the new head. It
///      refuses with `conflict` unless the journal ends exactly at `expected`; with `unavailable`
///      where nothing was recorded; and with `outcome_unknown` where it cannot tell. Acknowledged
///      means durable as the journal documents it. [law]
///   3. `j.read(from, limit, types, out)` appends up to `limit` envelopes from position `from` on
///      to `out`, in order, each with its events in the newest version that `types` has. It refuses
///      with `corrupt` what does not match its chain, with `schema_changed` what matches but has a
///      type or form that `types` cannot read, and with `unavailable`; what was good up to there is
///      in `out`. [law]
///   4. Positions are dense, and the chain is that of `head_after`. [law]
///
/// Models: `memory_journal`, `shared_journal`, `coded_journal`, `sqlite_journal`,
/// `postgres_journal`.
/// Laws: koc/testing/journal.hpp.
template <typename J>
concept journal = std::movable<J> &&
    requires(J& j, journal_head expected, std::span<batch const> batches, std::uint64_t from,
        std::size_t limit, event_types const& types, std::vector<envelope>& out) {
    { j.head() } -> std::same_as<result<journal_head>>;
    { j.append(expected, batches) } -> std::same_as<result<journal_head>>;
    { j.read(from, limit, types, out) } -> std::same_as<result<void>>;
};

/// One event as a log keeps it.
struct log_record : batch_context {
    std::uint64_t position = 0;
    std::uint64_t first = 0; ///< of its batch
    std::string type;
    unsigned version = 1;
    std::string payload;
    digest chain;

    friend bool operator==(log_record const&, log_record const&) = default;
};

/// A log of records, which it neither reads nor checks. What each function does and refuses is as
/// in `journal`; `append` gets records whose positions follow `expected`. A log that reads records
/// one by one may also have `log.read_each(from, limit, use)`: it calls `use(record)` with each
/// `log_record&`, which may be used again for the next, and ends with the first refusal.
///
/// Models: `sqlite_log`, `postgres_log`.
template <typename L>
concept text_log = std::movable<L> &&
    requires(L& log, journal_head expected, std::span<log_record const> records, std::uint64_t from,
        std::size_t limit, std::vector<log_record>& out) {
    { log.head() } -> std::same_as<result<journal_head>>;
    { log.append(expected, records) } -> std::same_as<result<journal_head>>;
    { log.read(from, limit, out) } -> std::same_as<result<void>>;
};

/// Reads the canonical text of events.
///
/// Requirements, where `d` is const:
///   1. `d.read(form, payload, value)` fills a value of the shape `form`, made from nothing, from
///      its canonical text; refused, with the path to the trouble as its subject, is text of
///      another form.
///   2. Reading what `append_canonical` wrote gives an equal value. [law]
///
/// Models: `json_decoder`.
template <typename D>
concept decoder = std::copyable<D> &&
    requires(D const& d, shape const& form, std::string_view payload, void* value) {
    { d.read(form, payload, value) } -> std::same_as<result<void>>;
};

} // namespace koc
