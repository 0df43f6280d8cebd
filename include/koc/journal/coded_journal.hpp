// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal made of a log that keeps bytes and a codec that makes them. What is read is decoded
// first, then checked against the chain, and only then handed over: the digest is recomputed over
// the decoded structs, so a flipped bit is found wherever it hides, in the medium, in the log or
// in the codec.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Models `journal_for<Event>` for every `Event` that the codec can code; durable as the log is.
template <text_log Log, typename Codec>
class coded_journal {
public:
    explicit coded_journal(Log log, Codec codec = {})
        : log_{std::move(log)}, codec_{std::move(codec)} {}

    /// The log, for what only it can do, such as a backup.
    [[nodiscard]] Log& log() { return log_; }

    [[nodiscard]] result<journal_head> head() { return log_.head(); }

    /// As `journal_for` says. An event that the codec refuses is refused before the log is asked;
    /// the subject names the event's type and the path to the trouble.
    template <typename Event>
        requires codec_for<Codec, Event> result<journal_head> append(
            journal_head expected, std::span<batch<Event> const> batches) {
            std::vector<log_record> records;
            auto end = expected;
            for (auto const& group : batches) {
                KOC_EXPECTS(!group.events.empty());
                auto const first = end.position;
                for (auto const& event : group.events) {
                    auto coded = codec_.encode(event);
                    if (!coded) {
                        return coded.error();
                    }
                    end.chain = chained(
                        end.chain, end.position, first, group.at, group.asked, content_of(event));
                    records.push_back(
                        {end.position, first, group.at, group.asked, std::string{coded->type},
                            coded->version, std::move(coded->payload), end.chain});
                    ++end.position;
                }
            }
            return log_.append(expected, records);
        }

    /// As `journal_for` says; reads the record before `from` too, whose chain is where checking
    /// starts.
    template <typename Event>
        requires codec_for<Codec, Event> result<void> read(
            std::uint64_t from, std::size_t limit, std::vector<envelope<Event>>& out) {
            std::vector<log_record> records;
            auto const before = from == 0 ? 0U : 1U;
            auto const room = (std::numeric_limits<std::size_t>::max)() - before;
            auto const asked = log_.read(from - before, (std::min)(limit, room) + before, records);
            digest chain;
            for (auto& record : records) {
                if (record.position < from) {
                    chain = record.chain;
                    continue;
                }
                auto event =
                    codec_.template decode<Event>(record.type, record.version, record.payload);
                if (!event) {
                    return corrupt_event(record.position,
                        event.error().subject + " is wrong: " + event.error().expected);
                }
                chain = chained(
                    chain, record.position, record.batch, record.at, record.asked, event->content);
                if (chain != record.chain) {
                    return corrupt_event(record.position, "its digest does not match its content");
                }
                out.push_back({record.position, record.batch, record.at, std::move(record.asked),
                    std::move(event->event), chain});
            }
            return asked;
        }

private:
    Log log_;
    [[no_unique_address]] Codec codec_;
};

} // namespace koc
