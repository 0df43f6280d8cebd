// SPDX-License-Identifier: BSL-1.0
#pragma once

// One event of a programme, whichever it is. It is held behind a shared pointer and never changed,
// so a copy of a journal or of a batch shares its events instead of copying them. std::variant says
// the same with all events inline; but its cost to the compiler grows with the square of their
// number, and a programme has dozens.

#include <koc/core/contract.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <memory>
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
    static constexpr std::size_t index_of() {
        std::size_t at = 0;
        static_cast<void>(((std::is_same_v<E, Events> || (++at, false)) || ...));
        return at;
    }

    any_event() = default;
    template <typename E>
        requires(index_of<E>() != nothing)
    any_event(E event) // NOLINT: an event is an event
        : held_{std::make_shared<E const>(std::move(event))}, index_{index_of<E>()} {}

    any_event(any_event const&) = default;
    any_event(any_event&& other) noexcept
        : held_{std::move(other.held_)}, index_{std::exchange(other.index_, nothing)} {}
    any_event& operator=(any_event other) noexcept {
        held_.swap(other.held_);
        std::swap(index_, other.index_);
        return *this;
    }
    ~any_event() = default;

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
        return holds<E>() ? static_cast<E const*>(held_.get()) : nullptr;
    }

    /// The event, which is an `E`.
    template <typename E>
    [[nodiscard]] E const& get() const {
        KOC_EXPECTS(holds<E>());
        return *static_cast<E const*>(held_.get());
    }

    /// Calls `visitor(event)` and returns its answer, whose type is the same for all events. It
    /// holds one.
    template <typename Visitor>
    auto visit(Visitor&& visitor) const {
        KOC_EXPECTS(has_value());
        using first = boost::mp11::mp_front<events>;
        using answer = std::invoke_result_t<Visitor&, first const&>;
        using call = answer (*)(Visitor&, void const*);
        static constexpr call calls[] = {&show<Events, answer, Visitor>...};
        return calls[index_](visitor, held_.get());
    }

private:
    template <typename E, typename Answer, typename Visitor>
    static Answer show(Visitor& visitor, void const* held) {
        return visitor(*static_cast<E const*>(held));
    }

    std::shared_ptr<void const> held_;
    std::size_t index_ = nothing;
};

} // namespace koc
