// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether something derived has followed every change of what it derives from. Following cannot be
// refused, so where memory runs out in it, or a record is not there, what is derived is marked as
// stale, follows no more, and is made anew when it is asked next.

#include <koc/core/misfit.hpp>

#include <atomic>
#include <cstdint>
#include <new>

namespace koc::detail {

class follower_state {
public:
    /// Runs what follows a change, unless an earlier one was missed.
    template <typename Change>
    void follow(Change const& change) noexcept {
        if (now_.load(std::memory_order_relaxed) != state::current) {
            return;
        }
        try {
            change();
        } catch (std::bad_alloc const&) {
            miss();
        } catch (misfit const&) {
            miss();
        }
    }
    /// Changes are not followed until it is made anew.
    void miss() noexcept { now_.store(state::stale, std::memory_order_release); }
    /// Runs what makes it anew, where a change was missed. Throws what that throws, and stays
    /// stale. Several threads may call this, while none follows: one makes it, the others wait.
    template <typename Make>
    void renew(Make const& make) {
        for (auto seen = now_.load(std::memory_order_acquire); seen != state::current;
             seen = now_.load(std::memory_order_acquire)) {
            if (seen == state::making) {
                now_.wait(state::making, std::memory_order_acquire);
            } else if (now_.compare_exchange_strong(seen, state::making)) {
                try {
                    make();
                } catch (...) {
                    end_making(state::stale);
                    throw;
                }
                end_making(state::current);
            }
        }
    }

private:
    // Not a mutex, which some platforms without threads lack.
    enum class state : std::uint8_t { current, stale, making };

    void end_making(state as) noexcept {
        now_.store(as, std::memory_order_release);
        now_.notify_all();
    }

    std::atomic<state> now_ = state::current;
};

} // namespace koc::detail
