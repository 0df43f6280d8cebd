// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal that lives in memory and keeps events as they are, without a codec: for tests, for
// rehearsals and for the forks of a what-if, which are copies of it. Acknowledged means: until
// the process ends.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/any_event.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/refusals.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace koc {

/// The typed journal in memory; copying copies all events.
template <typename Event>
class memory_journal {
public:
    [[nodiscard]] result<journal_head> head() const { return end_; }

    /// Refuses with `errc::conflict` only.
    result<journal_head> append(journal_head expected, std::span<batch<Event> const> batches) {
        if (expected != end_) {
            return head_moved(expected, end_);
        }
        for (auto const& group : batches) {
            KOC_EXPECTS(!group.events.empty());
            auto const first = end_.position;
            for (auto const& event : group.events) {
                end_.chain = chained(
                    end_.chain, end_.position, first, group.at, group.asked, content_of(event));
                events_.push_back({end_.position, first, group.at, group.asked, event, end_.chain});
                ++end_.position;
            }
        }
        return end_;
    }

    /// Never refuses.
    result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<envelope<Event>>& out) const {
        for (auto at = from; at < events_.size() && at - from < limit; ++at) {
            out.push_back(events_[at]);
        }
        return {};
    }

private:
    std::vector<envelope<Event>> events_;
    journal_head end_;
};
static_assert(journal_for<memory_journal<any_event<request>>, any_event<request>>);

} // namespace koc
