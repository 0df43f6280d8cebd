// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal that lives in memory and keeps events as they are: for tests, for rehearsals and for
// what a fork has of its own (fork_journal.hpp). Acknowledged means: until the process ends.

#include <koc/core/contract.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Models `journal`; copying copies all events.
class memory_journal {
public:
    memory_journal() = default;
    /// Keeps only what is appended behind a head; the events before it are elsewhere.
    explicit memory_journal(journal_head behind) : begin_{behind.position}, end_{behind} {}

    [[nodiscard]] result<journal_head> head() const { return end_; }

    /// Refuses with `conflict` only.
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        if (expected != end_) {
            return head_moved(expected, end_);
        }
        auto end = end_;
        std::vector<envelope> made;
        std::string payload;
        for (auto const& group : batches) {
            KOC_EXPECTS(!group.events.empty());
            auto const first = end.position;
            for (auto const& happened : group.events) {
                payload.clear();
                append_canonical(payload, *happened.type().form, happened.raw());
                end.chain = chained(end.chain, end.position, first, group, happened.type().name,
                    happened.type().version, payload);
                made.push_back({group, end.position, first, end.chain, {happened}});
                ++end.position;
            }
        }
        events_.insert(events_.end(), std::make_move_iterator(made.begin()),
            std::make_move_iterator(made.end()));
        end_ = end;
        return end_;
    }

    /// Never refuses: it holds the events of the programme that wrote them.
    result<void> read(std::uint64_t from, std::size_t limit, event_types const&,
        std::vector<envelope>& out) const {
        KOC_EXPECTS(from >= begin_);
        for (auto at = from - begin_; at < events_.size() && limit != 0; ++at, --limit) {
            out.push_back(events_[at]);
        }
        return {};
    }

    /// All events, for looking at.
    [[nodiscard]] std::vector<envelope> const& envelopes() const { return events_; }

private:
    std::vector<envelope> events_;
    std::uint64_t begin_ = 0;
    journal_head end_;
};
static_assert(journal<memory_journal>);

} // namespace koc
