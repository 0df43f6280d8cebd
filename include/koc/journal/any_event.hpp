// SPDX-License-Identifier: BSL-1.0
#pragma once

// One event of a programme, whichever it is. It is shared and never changed, so a copy of a journal
// or of a batch shares its events instead of copying them. std::variant would hold all events
// inline, but its cost to the compiler grows with the square of their number, and a programme has
// dozens; for the same reason the owners are counted here and not by a std::shared_ptr, which is
// compiled anew, twenty functions each, for every type it holds.

#include <koc/core/contract.hpp>

#include <boost/mp11/list.hpp>

#include <atomic>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace koc {

/// One of `Events`, which all differ; immutable, cheap to copy, safe to share between threads.
///
/// Default-constructed and moved-from ones hold nothing.
template <typename... Events>
class any_event {
    static constexpr std::size_t nothing = sizeof...(Events);

public:
    /// The list of what it may hold.
    using events = boost::mp11::mp_list<Events...>;

    /// The place of `E` in the list, which is the list's length for a stranger.
    template <typename E>
    static consteval std::size_t index_of() {
        std::size_t at = 0;
        static_cast<void>(((std::is_same_v<E, Events> || (++at, false)) || ...));
        return at;
    }

    any_event() = default;
    template <typename E>
        requires(index_of<E>() != nothing)
    any_event(E event) // NOLINT: an event is an event
        : held_{new kept_as<E>{{&release<E>}, std::move(event)}}, index_{index_of<E>()} {}

    any_event(any_event const& other) : held_{other.held_}, index_{other.index_} {
        if (held_ != nullptr) {
            held_->owners.fetch_add(1, std::memory_order_relaxed);
        }
    }
    any_event(any_event&& other) noexcept
        : held_{std::exchange(other.held_, nullptr)}, index_{std::exchange(other.index_, nothing)} {
    }
    any_event& operator=(any_event other) noexcept {
        std::swap(held_, other.held_);
        std::swap(index_, other.index_);
        return *this;
    }
    ~any_event() {
        if (held_ != nullptr && held_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            held_->release(held_);
        }
    }

    [[nodiscard]] bool has_value() const { return index_ != nothing; }
    /// The place of the held event's type in the list.
    [[nodiscard]] std::size_t index() const { return index_; }

    template <typename E>
    [[nodiscard]] bool holds() const {
        static_assert(index_of<E>() != nothing, "koc: this type is none of the events");
        return index_ == index_of<E>();
    }
    /// The event if it is an `E`, otherwise null.
    template <typename E>
    [[nodiscard]] E const* get_if() const {
        return holds<E>() ? &as<E>(held_) : nullptr;
    }

    /// The event, which is an `E`.
    template <typename E>
    [[nodiscard]] E const& get() const {
        KOC_EXPECTS(holds<E>());
        return as<E>(held_);
    }

    /// Calls `visitor(event)` and returns its answer, whose type is the same for all events. It
    /// holds one.
    template <typename Visitor>
    auto visit(Visitor&& visitor) const {
        KOC_EXPECTS(has_value());
        using first = boost::mp11::mp_front<events>;
        using answer = std::invoke_result_t<Visitor&, first const&>;
        using call = answer (*)(Visitor&, kept const*);
        static constexpr call calls[] = {&show<Events, answer, Visitor>...};
        return calls[index_](visitor, held_);
    }

private:
    struct kept {
        void (*release)(kept const*);
        mutable std::atomic<std::size_t> owners{1};
    };
    template <typename E>
    struct kept_as : kept {
        E event;
    };

    template <typename E>
    static E const& as(kept const* held) {
        return static_cast<kept_as<E> const*>(held)->event;
    }
    template <typename E>
    static void release(kept const* held) {
        delete static_cast<kept_as<E> const*>(held);
    }
    template <typename E, typename Answer, typename Visitor>
    static Answer show(Visitor& visitor, kept const* held) {
        return visitor(as<E>(held));
    }

    kept const* held_ = nullptr;
    std::size_t index_ = nothing;
};

} // namespace koc
