// SPDX-License-Identifier: BSL-1.0
#pragma once

// An aspect is one part of a programme: the events it owns, the state they build, the commands it
// accepts. It decides without changing anything and applies without deciding anything, so its state
// is a fold over the journal. Aspects see each other's state through the world and each other's
// events through react and apply; none of them calls another.
//
//     struct greetings {
//         using events = event_list<greeted>;
//         using commands = command_list<greet>;
//
//         result<void> decide(auto const& world, greet const& command, auto& out) const;
//         void apply(greeted const& event, instant at);          // or apply(world, event, at)
//         void react(auto const& world, member_enrolled const& event, auto& out) const;   //
//         optional void digest_into(hasher& into) const;
//     };

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/any_event.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <concepts>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// The events that an aspect owns: described structs, named in the past tense.
template <typename... Events>
using event_list = boost::mp11::mp_list<Events...>;

/// The commands that an aspect accepts: described structs, named as imperatives.
template <typename... Commands>
using command_list = boost::mp11::mp_list<Commands...>;

/// The aspects of a programme, lower ones first: an aspect finds in the world what stands before
/// it.
template <typename... Aspects>
using aspect_list = boost::mp11::mp_list<Aspects...>;

/// A part of a programme.
///
/// Requirements, where `a` is an aspect:
///   1. `A::events` is an `event_list` and `A::commands` a `command_list`.
///   2. `a.decide(world, command, out)` for each command returns `result<void>`: it emits events to
///      `out` and changes nothing; a refusal leaves no trace.
///   3. `a.apply(event, at)` or `a.apply(world, event, at)` for each own event and any other it
///   wants to
///      follow; it cannot fail.
///   4. `a.react(world, event, out)`, where it exists, emits further events. The world is still as
///   it was
///      before the command.
///   5. `a.digest_into(hasher)` adds all state that decides anything, in an order that is not hash
///   order.
///   6. Pure: no clock, no chance, no state outside the aspect.   [law: replay gives the same
///   digest]
template <typename A>
concept aspect = std::copyable<A> && requires(A const& a, hasher& into) {
    typename A::events;
    typename A::commands;
    a.digest_into(into);
};

namespace detail {

/// Whether `T` is the type `A` or an instance of the class template `A`.
template <template <typename...> typename A, typename T>
inline constexpr bool is_instance = false;
template <template <typename...> typename A, typename... P>
inline constexpr bool is_instance<A, A<P...>> = true;

} // namespace detail

namespace detail {

/// Says whose mistake it is before anything else can stumble over it.
template <typename A>
struct proven_aspect {
    static_assert(aspect<A>,
        "koc: every member of Programme::aspects must model koc::aspect; see "
        "docs/engine.md#aspect");
    using events = typename A::events;
};

template <typename A>
using events_in = typename proven_aspect<A>::events;

template <typename Aspects>
using all_events =
    boost::mp11::mp_apply<boost::mp11::mp_append, boost::mp11::mp_transform<events_in, Aspects>>;

} // namespace detail

/// The aspects of a programme: `Programme::aspects<Programme>`, so that a derived bag's policies
/// count.
template <typename Programme>
using aspects_of = typename Programme::template aspects<Programme>;

/// Any event of a programme.
template <typename Programme>
using event_of = boost::mp11::mp_rename<detail::all_events<aspects_of<Programme>>, any_event>;

namespace detail {

/// An aspect is made from its programme where it can be, and from nothing otherwise.
template <typename A, typename Programme>
A make_aspect([[maybe_unused]] Programme const& programme) {
    if constexpr (std::is_constructible_v<A, Programme const&>) {
        return A(programme);
    } else {
        return A{};
    }
}

template <typename A>
struct seat {
    template <typename Programme>
    explicit seat(Programme const& programme) : aspect(make_aspect<A>(programme)) {}

    A aspect;
};

/// As a tuple of aspects, each of which is found by its type; made of bases, which a compiler lays
/// out many times faster than a std::tuple.
template <typename Aspects>
struct seats;
template <typename... A>
struct seats<aspect_list<A...>> : seat<A>... {
    template <typename Programme>
    explicit seats(Programme const& programme) : seat<A>(programme)... {}
};

/// Whether `T` is in a list; unlike mp_contains it does not count.
template <typename List, typename T>
inline constexpr bool lists = false;
template <typename... Types, typename T>
inline constexpr bool lists<boost::mp11::mp_list<Types...>, T> = (std::is_same_v<Types, T> || ...);

} // namespace detail

/// All aspects of a programme.
template <typename Programme>
struct state_of : detail::seats<aspects_of<Programme>> {
    /// As it is before the first event.
    explicit state_of(Programme const& programme)
        : detail::seats<aspects_of<Programme>>(programme) {}

    template <typename A>
    [[nodiscard]] A& get() {
        return static_cast<detail::seat<A>&>(*this).aspect;
    }
    template <typename A>
    [[nodiscard]] A const& get() const {
        return static_cast<detail::seat<A> const&>(*this).aspect;
    }
};

/// All aspects of a programme, for reading. Named by the programme alone: the lists behind it are
/// long, and a world is an argument of every decision.
template <typename Programme>
class world {
    using aspects = aspects_of<Programme>;

public:
    explicit world(state_of<Programme> const& state) : state_{&state} {}

    /// The aspect of this type.
    template <typename A>
    [[nodiscard]] A const& get() const {
        static_assert(detail::lists<aspects, A>,
            "koc: this programme has no such aspect; add it to Programme::aspects");
        return state_->template get<A>();
    }
    /// The aspect that is an instance of this class template, whatever its policies.
    template <template <typename...> typename A>
    [[nodiscard]] auto const& get() const {
        constexpr auto index = boost::mp11::mp_find_if_q<aspects, is<A>>::value;
        static_assert(index < boost::mp11::mp_size<aspects>::value,
            "koc: this programme has no such aspect; add it to Programme::aspects");
        return state_->template get<boost::mp11::mp_at_c<aspects, index>>();
    }

private:
    template <template <typename...> typename A>
    struct is {
        template <typename T>
        using fn = std::bool_constant<detail::is_instance<A, T>>;
    };

    state_of<Programme> const* state_;
};

/// The events of a decision while it is made.
template <typename Programme>
class decision {
public:
    using event = event_of<Programme>;

    explicit decision(instant now) : now_{now} {}

    /// The instant of the command.
    [[nodiscard]] instant now() const { return now_; }

    template <typename E>
    void emit(E made) {
        static_assert(detail::lists<typename event::events, E>,
            "koc: an aspect emits an event that no aspect of the programme owns; add the "
            "owner to Programme::aspects");
        events_.push_back(event{std::move(made)}); // one kind of insertion for all events
    }

    [[nodiscard]] std::vector<event> const& events() const { return events_; }
    [[nodiscard]] std::vector<event> take() && { return std::move(events_); }

private:
    instant now_;
    std::vector<event> events_;
};

} // namespace koc
