// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether something derived has followed every change of what it derives from. Following cannot be
// refused, so where memory runs out in it, or a record is not there, what is derived is marked as
// stale, follows no more, and is made anew when it is asked next.

#include <koc/core/misfit.hpp>

#include <atomic>
#include <mutex>
#include <new>

namespace koc::detail {

class follower_state {
public:
    /// Runs what follows a change, unless an earlier one was missed.
    template <typename Change>
    void follow(Change const& change) noexcept {
        if (stale_.load(std::memory_order_relaxed)) {
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
    void miss() noexcept { stale_.store(true, std::memory_order_release); }
    /// Runs what makes it anew, where a change was missed. Throws what that throws, and stays
    /// stale. Several threads may call this, while none follows.
    template <typename Make>
    void renew(Make const& make) {
        if (!stale_.load(std::memory_order_acquire)) {
            return;
        }
        std::scoped_lock const alone{making_};
        if (stale_.load(std::memory_order_acquire)) {
            make();
            stale_.store(false, std::memory_order_release);
        }
    }

private:
    std::atomic<bool> stale_ = false;
    std::mutex making_;
};

} // namespace koc::detail
