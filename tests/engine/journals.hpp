// SPDX-License-Identifier: BSL-1.0
#pragma once

// Journals to look into: one that several engines hold at once, what a journal says, and its
// prefixes.

#include <koc/journal/chain.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/memory_journal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace test {

/// A handle to one journal; its copies are the same journal.
template <typename Journal>
class shared_journal {
public:
    explicit shared_journal(Journal journal)
        : journal_{std::make_shared<Journal>(std::move(journal))} {}

    [[nodiscard]] Journal& inner() const { return *journal_; }

    [[nodiscard]] auto head() { return journal_->head(); }
    template <typename Event>
    auto append(koc::journal_head expected, std::span<koc::batch<Event> const> batches) {
        return journal_->append(expected, batches);
    }
    template <typename Event>
    auto read(std::uint64_t from, std::size_t limit, std::vector<koc::envelope<Event>>& out) {
        return journal_->read(from, limit, out);
    }

private:
    std::shared_ptr<Journal> journal_;
};

template <typename Event>
using kept_journal = shared_journal<koc::memory_journal<Event>>;

/// Everything that a journal in memory holds.
template <typename Event>
std::vector<koc::envelope<Event>> all_of(koc::memory_journal<Event> const& journal) {
    std::vector<koc::envelope<Event>> out;
    (void)journal.read(0, std::numeric_limits<std::size_t>::max(), out);
    return out;
}

/// Byte by byte: positions, batches, instants, requests, the kinds and contents of events, the
/// chain.
template <typename Event>
bool same(std::vector<koc::envelope<Event>> const& a, std::vector<koc::envelope<Event>> const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
        return x.position == y.position && x.batch == y.batch && x.at == y.at &&
            x.asked == y.asked && x.event.index() == y.event.index() &&
            koc::content_of(x.event) == koc::content_of(y.event) && x.chain == y.chain;
    });
}

/// A journal of the first `count` of these events.
template <typename Event>
koc::memory_journal<Event> first_of(
    std::vector<koc::envelope<Event>> const& events, std::size_t count) {
    koc::memory_journal<Event> journal;
    for (std::size_t i = 0; i < count;) {
        koc::batch<Event> group{events[i].at, events[i].asked, {}};
        auto const batch = events[i].batch;
        for (; i < count && events[i].batch == batch; ++i) {
            group.events.push_back(events[i].event);
        }
        (void)journal.append(*journal.head(), std::span<koc::batch<Event> const>{&group, 1});
    }
    return journal;
}

} // namespace test
