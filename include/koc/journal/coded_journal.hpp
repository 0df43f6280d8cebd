// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal made of a log that keeps bytes and a decoder that reads them. The chain is recomputed
// over the bytes before they are decoded, so a flipped bit is found wherever it hides, and an event
// that matches its chain but cannot be read is one that another release wrote.

#include <koc/core/contract.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
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

/// Models `journal`; durable as the log is.
template <text_log Log, decoder Decoder>
class coded_journal {
public:
    explicit coded_journal(Log log, Decoder decoder = {})
        : log_{std::move(log)}, decoder_{std::move(decoder)} {}

    /// The log, for what only it can do, such as a backup.
    [[nodiscard]] Log& log() { return log_; }

    [[nodiscard]] result<journal_head> head() { return log_.head(); }

    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        std::vector<log_record> records;
        auto end = expected;
        for (auto const& group : batches) {
            KOC_EXPECTS(!group.events.empty());
            auto const first = end.position;
            for (auto const& happened : group.events) {
                auto& made = records.emplace_back(
                    log_record{group, end.position, first, std::string{happened.type().name},
                        happened.type().version, happened.payload(), {}});
                end.chain = chained(
                    end.chain, end.position, first, group, made.type, made.version, made.payload);
                made.chain = end.chain;
                ++end.position;
            }
        }
        return log_.append(expected, records);
    }

    /// Reads the record before `from` too, whose chain is where checking starts.
    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) {
        auto const before = from == 0 ? 0U : 1U;
        auto const room = (std::numeric_limits<std::size_t>::max)() - before;
        auto const count = (std::min)(limit, room) + before;
        digest chain;
        auto at = from - before;
        auto const take = [&](log_record& record) -> result<void> {
            if (record.position != at) {
                return corrupt_event(at, "another stands in its place");
            }
            if (at++ < from) {
                chain = record.chain;
                return {};
            }
            chain = chained(chain, record.position, record.first, record, record.type,
                record.version, record.payload);
            if (chain != record.chain) {
                return corrupt_event(record.position, "its digest does not match its content");
            }
            auto events = decode(types, record);
            if (!events) {
                return events.error();
            }
            out.push_back({static_cast<batch_context&&>(record), record.position, record.first,
                chain, *std::move(events)});
            return {};
        };
        if constexpr (requires { log_.read_each(at, count, take); }) {
            return log_.read_each(at, count, take);
        } else {
            std::vector<log_record> records;
            auto const asked = log_.read(at, count, records);
            out.reserve(out.size() + records.size());
            for (auto& record : records) {
                KOC_TRY(take(record));
            }
            return asked;
        }
    }

    /// Waits for an append of anybody, where the log can: true as soon as the journal holds more
    /// than `position` events, false when `timeout` has passed before. Refused: as the log does.
    result<bool> wait_beyond(std::uint64_t position, duration timeout) requires requires(Log& log) {
        log.wait_beyond(position, timeout);
    }
    { return log_.wait_beyond(position, timeout); }

private:
    [[nodiscard]] result<std::vector<event>> decode(
        event_types const& types, log_record const& record) const {
        auto const* type = types.find(record.type);
        if (type == nullptr) {
            return unreadable_event(record.position, record.type,
                "expected a type of event that an aspect of this programme owns or retires");
        }
        if (record.version < 1 || record.version > type->version) {
            return unreadable_event(record.position, record.type,
                "expected a version from 1 to " + std::to_string(type->version) + ", found " +
                    std::to_string(record.version));
        }
        auto events = decode_version(*type, record);
        if (events && type->retire != nullptr) {
            std::vector<event> instead;
            for (auto const& old : *events) {
                if (old.type().of == type->of) {
                    type->retire(old.raw(), instead);
                } else {
                    instead.push_back(old);
                }
            }
            return instead;
        }
        return events;
    }
    /// Reads the struct of the version that was written, then climbs to `type` step by step.
    [[nodiscard]] result<std::vector<event>> decode_version(
        event_type const& type, log_record const& record) const {
        if (record.version == type.version) {
            void* value = nullptr;
            auto made = type.make(value);
            if (auto read = decoder_.read(*type.form, record.payload, value); !read) {
                auto const& why = read.error();
                auto const path = why.subject.starts_with('.') || why.subject.starts_with('[');
                return unreadable_event(
                    record.position, record.type + (path ? "" : " ") + why.subject, why.expected);
            }
            std::vector<event> one;
            one.push_back(std::move(made));
            return one;
        }
        auto old = decode_version(*type.previous, record);
        if (!old) {
            return old;
        }
        std::vector<event> events;
        for (auto& one : *old) {
            if (one.type().of == type.previous->of) {
                type.upcast(one.raw(), events);
            } else {
                events.push_back(std::move(one));
            }
        }
        return events;
    }

    Log log_;
    [[no_unique_address]] Decoder decoder_;
};

} // namespace koc
