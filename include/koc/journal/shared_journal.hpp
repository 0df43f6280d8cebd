// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal in memory for several threads: its copies are one journal. An engine writes it in one
// thread while a feed in another waits for what it writes, without asking again and again.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/awaiting.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/journal/memory_journal.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace koc {

/// Models `journal` and `awaitable`. Copies share the events; each may be used by a thread of its
/// own. What one of them reads shares its events with the journal and is not copied.
class shared_journal {
public:
    shared_journal() : it_{std::make_shared<state>()} {}

    [[nodiscard]] result<journal_head> head() const {
        std::lock_guard const turn{it_->turns};
        return it_->kept.head();
    }
    /// Refuses with `conflict` only. Wakes whoever waits.
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        auto const done = [&] {
            std::lock_guard const turn{it_->turns};
            return it_->kept.append(expected, batches);
        }();
        it_->appended.notify_all();
        return done;
    }
    /// Never refuses, as `memory_journal`.
    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) const {
        std::lock_guard const turn{it_->turns};
        return it_->kept.read(from, limit, types, out);
    }

    /// True as soon as there are more than `position` events, false when `timeout` has passed
    /// before. It waits for a day at most.
    result<bool> wait_beyond(std::uint64_t position, duration timeout) const {
        std::unique_lock turn{it_->turns};
        return it_->appended.wait_for(turn,
            std::chrono::milliseconds{(std::min)(timeout, days(1)).ms},
            [&] { return it_->kept.head()->position > position; });
    }

private:
    struct state {
        std::mutex turns;
        std::condition_variable appended;
        memory_journal kept;
    };

    std::shared_ptr<state> it_;
};
static_assert(journal<shared_journal>);
static_assert(awaitable<shared_journal>);

} // namespace koc
