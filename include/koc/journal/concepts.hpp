// SPDX-License-Identifier: BSL-1.0
#pragma once

// What may plug in below the engine: a journal of typed events; or, where events have to become
// bytes, a log that keeps records and a codec that makes records of events, joined by
// coded_journal.hpp.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/envelope.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// An append-only record of events with one writer winning at a time.
///
/// Requirements, where `j` is a journal; koc/testing/journal.hpp checks what is marked [law]:
///   1. `j.head()` returns the current end as `result<journal_head>`; `errc::unavailable` when it
///      cannot be read, `errc::corrupt` when it makes no sense.
///   2. `j.append(expected, batches)` returns the new head as `result<journal_head>`. All events
///      of all batches are recorded, in order, at the positions from `expected.position` on
///      without a gap, or none is. The new head equals `head_after(expected, batches)`. [law]
///   3. When the head is no longer `expected`, position or chain, nothing is recorded and the
///      answer is `errc::conflict`: of two writers at one head, at most one wins. [law]
///   4. `errc::outcome_unknown` means that all or nothing was recorded, and that only the next
///      append settles it: whoever asked computes `head_after(expected, batches)` and looks
///      whether the journal has that chain at that position; if it still ends at `expected`, the
///      same append is tried again. Every other refusal means that nothing was recorded and never
///      will be: `errc::unavailable` when the journal could not be written, and
///      `errc::invalid_text`, `errc::invalid_argument` or `errc::too_large` for an event that its
///      form cannot carry. No refusal leaves a part behind.
///   5. What was acknowledged is durable in the sense that the journal documents. [promise]
///   6. `j.read(from, limit, out)` appends to `out` the envelopes of at most `limit` events from
///      the position `from` on, and fewer only where the journal ends: none from its end on. A
///      refusal leaves in `out` the good envelopes before the trouble, and nothing from there on.
///   7. `errc::corrupt` from `read` has the subject `event N`, N being the position of the first
///      event whose digest or form is wrong. [law]
///   8. Each batch has an event; no batches at all only compare the heads. [precondition, law]
///
/// Models: `memory_journal`, `coded_journal`. Smallest model: `memory_journal`.
template <typename J, typename Event>
concept journal_for = std::movable<J> &&
    requires(J& j, journal_head expected, std::span<batch<Event> const> batches, std::uint64_t from,
        std::size_t limit, std::vector<envelope<Event>>& out) {
    { j.head() } -> std::same_as<result<journal_head>>;
    { j.append(expected, batches) } -> std::same_as<result<journal_head>>;
    { j.read(from, limit, out) } -> std::same_as<result<void>>;
};

/// One event as bytes, with what the envelope says.
struct log_record {
    std::uint64_t position = 0;
    std::uint64_t batch = 0;
    instant at;
    request asked;
    std::string type;     ///< the event's schema name
    unsigned version = 1; ///< the event's schema version
    std::string payload;  ///< as the codec wrote it
    digest chain;

    friend bool operator==(log_record const&, log_record const&) = default;
};

/// Keeps records without understanding them.
///
/// Requirements, where `l` is a log:
///   1. `l.head()`, `l.append(expected, records)` and `l.read(from, limit, out)` keep the
///      requirements of `journal_for`, with records in place of batches. The records come with
///      positions from `expected.position` on and with their chains; the last one's is the chain
///      of the new head.
///   2. What is read equals what was appended, byte by byte, as long as the medium keeps its
///      promise. A log checks the form of what it reads, such as the density of positions;
///      digests are checked by whoever can decode. [law]
///
/// Models: `sqlite_log`.
template <typename L>
concept text_log = std::movable<L> &&
    requires(L& l, journal_head expected, std::span<log_record const> records, std::uint64_t from,
        std::size_t limit, std::vector<log_record>& out) {
    { l.head() } -> std::same_as<result<journal_head>>;
    { l.append(expected, records) } -> std::same_as<result<journal_head>>;
    { l.read(from, limit, out) } -> std::same_as<result<void>>;
};

/// An event as a codec writes it.
struct encoded {
    std::string_view type; ///< the schema name, a static string
    unsigned version = 1;
    std::string payload;
};

/// An event as a codec reads it: brought up to date, with the digest of what was written.
template <typename Event>
struct decoded {
    Event event;
    digest content; ///< `content_of` the struct of the version that was written
};

/// Turns events into text and back.
///
/// Requirements, where `c` is a const codec and `Event` an `any_event` of described structs:
///   1. `c.encode(event)` returns `result<encoded>`, with the event's schema name and
///      version; a refusal for an event that could not be decoded again, such as one with text
///      that is not UTF-8.
///   2. `c.decode<Event>(type, version, payload)` returns `result<decoded<Event>>`. Events of
///      earlier versions are brought up to date by their schema; `errc::corrupt` for a type or
///      version that `Event` does not know and for a payload that is not the type's form.
///   3. Decoding what was encoded gives an equal event and `content_of` it. [law]
///   4. Pure: equal arguments give equal answers, equal events equal bytes. [law]
///
/// Models: `json_codec`.
template <typename C, typename Event>
concept codec_for = std::copyable<C> && requires(C const& c, Event const& event,
    std::string_view type, unsigned version, std::string_view payload) {
    { c.encode(event) } -> std::same_as<result<encoded>>;
    { c.template decode<Event>(type, version, payload) } -> std::same_as<result<decoded<Event>>>;
};

} // namespace koc
