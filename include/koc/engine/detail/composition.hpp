// SPDX-License-Identifier: BSL-1.0
#pragma once

// The aspects of a programme as one: what a command becomes and what an event does, as functions of
// the state alone. Which aspect has a say on what is found once, when the programme is compiled;
// there is no journal here, and nothing that can fail but the command.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/aspect.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc::detail {

/// The state of a programme, and all that changes it.
template <typename Programme>
class composition {
    using aspects = aspects_of<Programme>;

public:
    using event = event_of<Programme>;
    using world_type = world<Programme>;

    static_assert(boost::mp11::mp_is_set<all_events<aspects>>::value,
        "koc: each event of a Programme has one owner; two aspects list the same event, see "
        "docs/engine.md#aspect");

    /// A command without its type: what the way through the engine needs of it. The command
    /// outlives it.
    struct question {
        void const* command;
        std::optional<error> (*check)(void const* command);
        digest (*identity)(void const* command);
        result<void> (*decide)(
            composition const& on, void const* command, decision<Programme>& out);
    };
    template <typename Command>
    static question question_of(Command const& command) {
        static_assert(boost::mp11::mp_count_if_q<aspects, accepting<Command>>::value == 1,
            "koc: exactly one aspect of the Programme accepts this command; see "
            "docs/engine.md#command");
        return {&command, &check<Command>, &identity<Command>, &decide_in<Command>};
    }

    /// As it is before the first event.
    explicit composition(Programme const& programme) : state_{programme} {}

    // Observers

    [[nodiscard]] world_type look() const { return world_type{state_}; }
    void digest_into(hasher& into) const {
        [&]<typename... A>(
            aspect_list<A...>) { (state_.template get<A>().digest_into(into), ...); }(aspects{});
    }

    /// The events of a command: those of its aspect, and those that others answer to them.
    [[nodiscard]] result<std::vector<event>> decide(question const& asked, instant now) const {
        decision<Programme> out{now};
        if (auto decided = asked.decide(*this, asked.command, out); !decided) {
            return std::move(decided).error();
        }
        react(out);
        return std::move(out).take();
    }

    // Commands

    /// Shows an event to every aspect that follows it.
    void apply(event const& recorded, instant at) {
        static_assert(
            []<typename... A>(aspect_list<A...>) {
                return (applies_own<A>(typename A::events{}) && ...);
            }(aspects{}),
            "koc: an aspect must apply each event that it owns; see docs/engine.md#aspect");
        static constexpr auto folds = all_folds(typename event::events{});
        KOC_EXPECTS(recorded.has_value());
        folds[recorded.index()](*this, recorded, at);
    }

private:
    static constexpr std::size_t reaction_count_max = 1'000'000;

    // Which aspects have a say on what. Asked once for each pair, so that code is made only for the
    // pairs that exist: of 18 aspects and 37 events, one in ten.

    template <typename Command>
    struct accepting {
        template <typename A>
        using fn = std::bool_constant<detail::lists<typename A::commands, Command>>;
    };
    template <typename E>
    struct reacting {
        template <typename A>
        using fn = std::bool_constant <
            requires(A& a, world_type const& here, E const& e, decision<Programme>& out) {
            a.react(here, e, out);
        }
        > ;
    };
    template <typename E>
    struct following {
        template <typename A>
        using fn = std::bool_constant <
            requires(A& a, world_type const& here, E const& e, instant at) {
            a.apply(here, e, at);
        }
        || requires(A& a, E const& e, instant at) { a.apply(e, at); }
        > ;
    };
    template <typename A, typename... Own>
    static consteval bool applies_own(boost::mp11::mp_list<Own...>) {
        return (following<Own>::template fn<A>::value && ...);
    }

    template <typename Command>
    static std::optional<error> check(void const* command) {
        auto refused = check_form(*static_cast<Command const*>(command));
        if (refused) {
            refused->subject.insert(0, type_name<Command>());
        }
        return refused;
    }
    template <typename Command>
    static digest identity(void const* command) {
        return hasher{}
            .add(type_name<Command>())
            .add(*static_cast<Command const*>(command))
            .finish();
    }
    template <typename Command>
    static result<void> decide_in(
        composition const& on, void const* command, decision<Programme>& out) {
        constexpr auto place = boost::mp11::mp_find_if_q<aspects, accepting<Command>>::value;
        auto const& owner = on.state_.template get<boost::mp11::mp_at_c<aspects, place>>();
        auto const& asked = *static_cast<Command const*>(command);
        static_assert(
            requires {
                { owner.decide(on.look(), asked, out) } -> std::same_as<result<void>>;
            },
            "koc: an aspect must decide each command that it lists, in a const function that "
            "returns koc::result<void>; see docs/engine.md#aspect");
        return owner.decide(on.look(), asked, out);
    }

    /// Shows each event to every aspect that reacts to it, their answers included.
    void react(decision<Programme>& out) const {
        static constexpr auto shows = all_shows(typename event::events{});
        for (std::size_t i = 0; i < out.events().size(); ++i) {
            KOC_INVARIANT(i < reaction_count_max); // aspects that answer each other without end
            auto const cause = out.events()[i];    // reactions append to the same list
            if (auto const show = shows[cause.index()]) {
                show(*this, cause, out);
            }
        }
    }
    template <typename E, typename... A>
    static void show_to_all(composition const& on, event const& cause, decision<Programme>& out) {
        auto const& e = cause.template get<E>();
        (on.show<A>(e, out), ...);
    }
    template <typename A, typename E>
    void show(E const& e, decision<Programme>& out) const {
        static_assert(
            requires(A const& a, world_type const& here) { a.react(here, e, out); },
            "koc: react must be const, as a decision changes nothing; see docs/engine.md#aspect");
        state_.template get<A>().react(look(), e, out);
    }

    template <typename E, typename... A>
    static void fold_into_all(composition& on, event const& recorded, instant at) {
        auto const& e = recorded.template get<E>();
        (on.fold_into<A>(e, at), ...);
    }
    template <typename A, typename E>
    void fold_into(E const& e, instant at) {
        if constexpr (requires(A & a) { a.apply(look(), e, at); }) {
            state_.template get<A>().apply(look(), e, at);
        } else {
            state_.template get<A>().apply(e, at);
        }
    }

    // What each event does, by its place in the list; made once, as a call that chose among all
    // aspects anew would be compiled for every pair.

    using show_function = void (*)(composition const&, event const&, decision<Programme>&);
    using fold_function = void (*)(composition&, event const&, instant);

    template <typename E, typename... A>
    static consteval show_function showing(boost::mp11::mp_list<A...>) {
        if constexpr (sizeof...(A) == 0) {
            return nullptr;
        } else {
            return &show_to_all<E, A...>;
        }
    }
    template <typename E, typename... A>
    static consteval fold_function folding(boost::mp11::mp_list<A...>) {
        return &fold_into_all<E, A...>;
    }
    template <typename... E>
    static consteval auto all_shows(boost::mp11::mp_list<E...>) {
        return std::array<show_function, sizeof...(E)>{
            showing<E>(boost::mp11::mp_copy_if_q<aspects, reacting<E>>{})...};
    }
    template <typename... E>
    static consteval auto all_folds(boost::mp11::mp_list<E...>) {
        return std::array<fold_function, sizeof...(E)>{
            folding<E>(boost::mp11::mp_copy_if_q<aspects, following<E>>{})...};
    }

    state_of<Programme> state_;
};

} // namespace koc::detail
