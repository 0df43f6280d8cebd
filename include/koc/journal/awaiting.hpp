// SPDX-License-Identifier: BSL-1.0
#pragma once

// Waiting until a journal holds more. A journal that is told of appends waits by itself; of any
// other one the head is asked again and again, ever more seldom.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <thread>

namespace koc {

/// A journal, or a log, that is told of appends.
///
/// Requirements beyond those of `journal`: `j.wait_beyond(position, timeout)` returns true as soon
/// as the journal holds more than `position` events, and false when it does not after `timeout`. It
/// may return false early.
template <typename J>
concept awaitable = requires(J& j, std::uint64_t position, duration timeout) {
    { j.wait_beyond(position, timeout) } -> std::same_as<result<bool>>;
};

/// How often a head is asked for: first after `shortest`, then each time after twice as long, up to
/// `longest`. Both are above 0.
struct polling {
    duration shortest{1};
    duration longest{50};
};

namespace detail {

inline void sleep_for(duration how_long) {
    std::this_thread::sleep_for(std::chrono::milliseconds{how_long.ms});
}

} // namespace detail

/// Waits until the journal holds more than `position` events: true, or false when it does not after
/// `timeout`. `sleep(duration)` is what waits between two looks; no clock is read. Refused: as
/// `head` of the journal.
template <typename Journal, typename Sleep>
result<bool> wait_beyond(
    Journal& in, std::uint64_t position, duration timeout, polling how, Sleep&& sleep) {
    auto waited = duration{};
    for (auto pause = how.shortest;; pause = (std::min)(pause + pause, how.longest)) {
        auto const head = in.head();
        if (!head) {
            return head.error();
        }
        if (head->position > position) {
            return true;
        }
        if (waited >= timeout) {
            return false;
        }
        pause = (std::min)(pause, timeout - waited);
        sleep(pause);
        waited = waited + pause;
    }
}
template <typename Journal>
result<bool> wait_beyond(Journal& in, std::uint64_t position, duration timeout, polling how = {}) {
    if constexpr (awaitable<Journal>) {
        return in.wait_beyond(position, timeout);
    } else {
        return wait_beyond(in, position, timeout, how, detail::sleep_for);
    }
}

} // namespace koc
