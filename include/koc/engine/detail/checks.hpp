// SPDX-License-Identifier: BSL-1.0
#pragma once

// The mistakes that can be made in composing a programme, each with one sentence at compile time.

#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/detail/declarations.hpp>
#include <koc/engine/detail/handlers.hpp>
#include <koc/engine/detail/key_set.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/schema.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace koc::detail {

/// What one aspect must be by itself.
template <typename A>
struct checked_aspect {
    static_assert(std::is_base_of_v<aspect<A>, A>,
        "koc: each member of Programme::aspects derives publicly from koc::aspect of itself; see "
        "docs/engine.md#aspect");
    static_assert(described_struct<A>,
        "koc: the members of an aspect are described, in BOOST_DESCRIBE_CLASS(aspect, (), (), (), "
        "(members)); see docs/engine.md#state");
    static_assert(std::is_default_constructible_v<A>,
        "koc: an aspect is made from nothing, as what it knows comes from the journal; see "
        "docs/engine.md#aspect");

    static consteval bool check() {
        if constexpr (described_struct<A>) {
            static_assert(all_containers<A>(members_of<A>{}),
                "koc: an aspect keeps its state in containers (koc/state/) only; see "
                "docs/engine.md#state");
            static_assert(sizeof(A) == described_size<A>(members_of<A>{}),
                "koc: an aspect has a data member that it does not describe; name it in "
                "BOOST_DESCRIBE_CLASS, see docs/engine.md#state");
            using ids = decltype(agendas_in<A>(members_of<A>{}));
            static_assert(types_in<ids>.all_differ(),
                "koc: an aspect has one agenda for each kind of id; see docs/engine.md#time");
            []<typename... Id>(boost::mp11::mp_list<Id...>) {
                static_assert((lets_happen<A, Id> && ...),
                    "koc: an aspect with an agenda has a public const member function "
                    "void due(Id, context&); see docs/engine.md#time");
            }(ids{});
        }
        using own = typename events_of<A>::type;
        using handled = boost::mp11::mp_append<own, typename follows_of<A>::type>;
        []<typename... E>(boost::mp11::mp_list<E...>) {
            static_assert((described_struct<E> && ...),
                "koc: an event must be described with BOOST_DESCRIBE_STRUCT; see "
                "docs/engine.md#events");
            static_assert((applies<A, E> && ...),
                "koc: an aspect applies each event that it owns, in a public apply(event, world "
                "const&); see docs/engine.md#aspect");
        }(own{});
        []<typename... E>(boost::mp11::mp_list<E...>) {
            static_assert((!applies_wrongly<A, E> && ...),
                "koc: apply takes an event and a world const&; see docs/engine.md#aspect");
            static_assert((!reacts_wrongly<A, E> && ...),
                "koc: react is const and takes an event and a context&, as a decision changes "
                "nothing but by its events; see docs/engine.md#aspect");
            static_assert((!reviews_wrongly<A, E> && ...),
                "koc: review is const, takes an event or question and a world const&, and returns "
                "koc::result<void>; see docs/engine.md#aspect");
            static_assert(!has_apply<A> || (applies<A, E> || ... || false),
                "koc: an aspect has an apply that nothing reaches; make it public, and add its "
                "event to `follows`, see docs/engine.md#follows");
            static_assert(!has_react<A> || (reacts<A, E> || ... || false),
                "koc: an aspect has a react that nothing reaches; make it public, and add its "
                "event to `follows`, see docs/engine.md#follows");
            static_assert((!has_consequences_wrongly<A, E> && ...),
                "koc: consequences of an event are a static constexpr function of its pointer; see "
                "docs/engine.md#consequences");
            static_assert((!has_consequences_of_another<A, E> && ...),
                "koc: consequences of an event list, by koc::in_order, what this aspect does on "
                "this event; another's function or event stands there, see "
                "docs/engine.md#consequences");
            static_assert(!has_consequences<A> || (has_consequences_of<A, E> || ... || false),
                "koc: an aspect has consequences of no event that it owns or follows; make them a "
                "public static constexpr function, and add the event to `follows`, see "
                "docs/engine.md#consequences");
            static_assert(!((reacts<A, E> && has_consequences_of<A, E>) || ... || false),
                "koc: an aspect has both react and consequences for an event; write the one into "
                "the other, see docs/engine.md#consequences");
            static_assert(!has_review<A> || (reviews<A, E> || ... || false),
                "koc: an aspect has a review that nothing reaches; make it public, and add its "
                "event or question to `follows`, see docs/engine.md#follows");
        }(handled{});
        []<typename... E>(boost::mp11::mp_list<E...>) {
            static_assert(((handles<A, E> || handles_wrongly<A, E>)&&...),
                "koc: an aspect follows what it does not handle; write apply, react, review or "
                "consequences for it, or take it out of `follows`, see docs/engine.md#follows");
        }(typename follows_of<A>::type{});
        []<typename... C>(boost::mp11::mp_list<C...>) {
            static_assert((described_struct<C> && ...),
                "koc: a command must be described with BOOST_DESCRIBE_STRUCT; see "
                "docs/engine.md#command");
            static_assert((decides<A, C> && ...),
                "koc: an aspect decides each command that it lists, in a public const function "
                "decide(command, context&) that returns koc::result<void>; see "
                "docs/engine.md#aspect");
            static_assert((!guards_wrongly<A, C> && ...),
                "koc: guards of a command are a static constexpr function of its pointer; see "
                "docs/engine.md#command");
            static_assert(!has_guards<A> || (guards<A, C> || ... || false),
                "koc: an aspect has guards of no command that it lists; make them public, or list "
                "the command, see docs/engine.md#command");
        }(typename commands_of<A>::type{});
        []<typename... Q>(boost::mp11::mp_list<Q...>) {
            static_assert((answers<A, Q> && ...),
                "koc: an aspect answers each query that it lists, in a public const "
                "function answer(query, world const&) that returns koc::result<Query::answer>; see "
                "docs/engine.md#queries");
        }(typename queries_of<A>::type{});
        []<typename... R>(boost::mp11::mp_list<R...>) {
            static_assert((described_struct<R> && ...),
                "koc: the rules of an aspect are a described struct; see docs/engine.md#rules");
        }(typename rules_list<A>::type{});
        return true;
    }
};

template <typename T>
inline constexpr bool is_list = false;
template <typename... T>
inline constexpr bool is_list<boost::mp11::mp_list<T...>> = true;
template <typename Programme>
concept lists_aspects = is_list<typename Programme::aspects>;

/// The aspects that a programme lists; none after the refusal of one that lists none.
template <typename Programme>
struct aspects_in {
    static_assert(lists_aspects<Programme>,
        "koc: a programme lists its aspects in `using aspects = koc::aspect_list<...>`; see "
        "docs/engine.md#programme");
    using type = boost::mp11::mp_list<>;
};
template <lists_aspects Programme>
struct aspects_in<Programme> {
    using type = typename Programme::aspects;
};

template <typename Programme>
struct checked_programme {
    using aspects = typename aspects_in<Programme>::type;

    template <typename... A>
    static consteval bool each_by_itself(aspect_list<A...>) {
        return (checked_aspect<A>::check() && ...);
    }
    static_assert(each_by_itself(aspects{}));

    template <template <typename> typename Part, typename... A>
    static auto all_of(aspect_list<A...>)
        -> boost::mp11::mp_append<boost::mp11::mp_list<>, typename Part<A>::type...>;
    template <typename... R>
    static auto adoptions(boost::mp11::mp_list<R...>) -> boost::mp11::mp_list<adopted<R>...>;

    using events = decltype(all_of<events_of>(aspects{}));
    using commands = decltype(all_of<commands_of>(aspects{}));
    using queries = decltype(all_of<queries_of>(aspects{}));
    using questions = decltype(all_of<questions_of>(aspects{}));
    using records = decltype(all_of<records_of>(aspects{}));
    using columns = decltype(all_of<columns_in>(aspects{}));
    using kept = decltype(all_of<kept_in>(aspects{}));
    using tallies = decltype(all_of<tallies_in>(aspects{}));
    using gates = decltype(all_of<gates_in>(aspects{}));
    using contributions = boost::mp11::mp_append<columns, kept, tallies>;
    using retired = typename retired_in<Programme>::type;
    using adopted_rules = decltype(adoptions(
        boost::mp11::mp_unique<boost::mp11::mp_push_front<rules_in<aspects>, clock_rules>>{}));
    using recorded = boost::mp11::mp_append<events, adopted_rules>;
    using followable = boost::mp11::mp_append<recorded, queries, questions,
        boost::mp11::mp_list<command_asked, query_asked>>;

    static_assert(types_in<aspects>.all_differ(),
        "koc: Programme::aspects lists an aspect twice; see docs/engine.md#programme");
    static_assert(types_in<events>.all_differ(),
        "koc: each event has one owner; two aspects list the same event, see "
        "docs/engine.md#aspect");
    static_assert(types_in<commands>.all_differ(),
        "koc: each command is accepted by one aspect; two list the same command, see "
        "docs/engine.md#aspect");
    static_assert(types_in<queries>.all_differ(),
        "koc: each query is answered by one aspect; two list the same query, see "
        "docs/engine.md#queries");

    static_assert(types_in<records>.all_differ(),
        "koc: each type of record is kept by one table, so that an id finds it; two keep the same, "
        "see docs/engine.md#state");

    template <typename... C>
    static consteval bool contribute_what_is_kept(boost::mp11::mp_list<C...>) {
        return (types_in<records>.contains(key_in_set<typename C::record>) && ...);
    }
    static_assert(contribute_what_is_kept(boost::mp11::mp_append<contributions, gates>{}),
        "koc: a column or kept tag is read from records that a table of the programme keeps; see "
        "docs/engine.md#state");

    /// Whether `C` is the one column of its name that is found by its kind of ids.
    template <typename C, typename... Others>
    static consteval bool named_alone() {
        return ((C::name == Others::name &&
                    std::is_same_v<decltype(C::record::id), decltype(Others::record::id)>)+... +
                   0) == 1;
    }
    template <typename... C>
    static consteval bool columns_differ(boost::mp11::mp_list<C...>) {
        return (named_alone<C, C...>() && ...);
    }
    static_assert(columns_differ(columns{}),
        "koc: two columns that the same searches read have the same name; rename one, see "
        "docs/engine.md#state");
    static_assert(columns_differ(tallies{}),
        "koc: two tallies that the same searches read have the same name; rename one, see "
        "docs/engine.md#state");
    static_assert(columns_differ(gates{}),
        "koc: two gates of the same searches have the same name; rename one, see "
        "docs/registry.md#gate");
    template <typename... E>
    static consteval bool events_differ(boost::mp11::mp_list<E...>) {
        return names_differ({std::string_view{}, schema_name<E>()...});
    }
    template <typename... M>
    static consteval bool messages_differ(boost::mp11::mp_list<M...>) {
        return names_differ({std::string_view{}, type_name<M>()...});
    }
    template <typename... E>
    static consteval bool all_retire(boost::mp11::mp_list<E...>) {
        return (requires(E const& e) { schema<E>::retire(e); } && ...);
    }
    static_assert(all_retire(retired{}),
        "koc: each event that a programme lists in `retired` has a schema<Event>::retire; see "
        "docs/journal.md#schema");
    static_assert(events_differ(boost::mp11::mp_append<events, adopted_rules, retired>{}),
        "koc: two events of a programme have the same name in journals; give one another in "
        "koc::schema, see docs/journal.md#schema");
    template <typename... K>
    static consteval bool facets_differ(boost::mp11::mp_list<K...>) {
        return messages_differ(
            boost::mp11::mp_unique<boost::mp11::mp_list<typename K::enum_type...>>{});
    }
    static_assert(facets_differ(kept{}),
        "koc: two enums that are kept as tags have the same name, which is the name of their "
        "facet; "
        "rename one, see docs/engine.md#state");
    template <typename... R>
    static auto adoptions_of(boost::mp11::mp_list<R...>) -> boost::mp11::mp_list<adopt<R>...>;
    using adopting = decltype(adoptions_of(
        boost::mp11::mp_unique<boost::mp11::mp_push_front<rules_in<aspects>, clock_rules>>{}));
    template <typename... C>
    static consteval bool commands_differ(boost::mp11::mp_list<C...>) {
        return names_differ({std::string_view{}, command_type_of<C>.name...});
    }
    static_assert(commands_differ(boost::mp11::mp_append<commands, adopting>{}),
        "koc: two commands of a programme have the same name; rename one, see "
        "docs/engine.md#command");
    static_assert(messages_differ(queries{}),
        "koc: two queries of a programme have the same name; rename one, see "
        "docs/engine.md#queries");

    template <typename A, typename... E>
    static consteval bool follows_the_owned(boost::mp11::mp_list<E...>) {
        return (types_in<followable>.contains(key_in_set<E>) && ...);
    }
    /// Whether the aspect goes on from nothing but events.
    template <typename A, typename... E>
    static consteval bool goes_on_from_events(boost::mp11::mp_list<E...>) {
        return ((types_in<recorded>.contains(key_in_set<E>) ||
                    !(reacts<A, E> || has_consequences_of<A, E>)) &&
            ...);
    }
    /// Whether the aspect handles something that it neither owns nor lists in `follows`. Asked of
    /// all events and questions of the programme, so only for the handlers that the aspect has.
    template <typename A>
    static consteval bool handles_unlisted() {
        using listed =
            boost::mp11::mp_append<typename events_of<A>::type, typename follows_of<A>::type>;
        return goes_on_from_unlisted<A, listed>(recorded{}) ||
            reviews_unlisted<A, listed>(followable{});
    }
    template <typename A, typename Listed, typename... E>
    static consteval bool goes_on_from_unlisted(boost::mp11::mp_list<E...>) {
        bool found = false;
        if constexpr (may_have<A, has_apply<A>>) {
            found = any({(applies<A, E> && unlisted<Listed, E>())...});
        }
        if constexpr (may_have<A, has_react<A>>) {
            found = found || any({(reacts<A, E> && unlisted<Listed, E>())...});
        }
        if constexpr (may_have<A, has_consequences<A>>) {
            found = found || any({(has_consequences_of<A, E> && unlisted<Listed, E>())...});
        }
        return found;
    }
    template <typename A, typename Listed, typename... E>
    static consteval bool reviews_unlisted(boost::mp11::mp_list<E...>) {
        if constexpr (may_have<A, has_review<A>>) {
            return any({(reviews<A, E> && unlisted<Listed, E>())...});
        } else {
            return false;
        }
    }
    /// Whether one of them holds. Not a fold, of which clang takes 256 at most.
    static consteval bool any(std::initializer_list<bool> of) {
        return std::find(of.begin(), of.end(), true) != of.end();
    }
    template <typename Listed, typename E>
    static consteval bool unlisted() {
        return !types_in<Listed>.contains(key_in_set<E>);
    }
    template <typename A, typename... B>
    static consteval bool reads_earlier(boost::mp11::mp_list<B...>) {
        [[maybe_unused]] constexpr auto own = boost::mp11::mp_find<aspects, A>::value;
        return ((boost::mp11::mp_find<aspects, B>::value < own) && ...);
    }
    template <typename... A>
    static consteval bool check(aspect_list<A...>) {
        static_assert((follows_the_owned<A>(typename follows_of<A>::type{}) && ...),
            "koc: an aspect follows an event or question that no aspect of the programme owns; add "
            "the owner to "
            "Programme::aspects or correct `follows`, see docs/engine.md#follows");
        static_assert((goes_on_from_events<A>(typename follows_of<A>::type{}) && ...),
            "koc: an aspect has react or consequences for a question or query, which is no event; "
            "answer it with review, see docs/engine.md#questions");
        static_assert((!handles_unlisted<A>() && ...),
            "koc: an aspect has a handler that nothing reaches; add its event or question to "
            "`follows`, see "
            "docs/engine.md#follows");
        static_assert((reads_earlier<A>(typename reads_of<A>::type{}) && ...),
            "koc: an aspect reads another that is not in the programme or stands later; put it "
            "earlier in "
            "Programme::aspects, see docs/engine.md#reads");
        return true;
    }
    static_assert(check(aspects{}));
};

/// The aspects of a programme, after all checks.
template <typename Programme>
using checked_aspects = typename checked_programme<Programme>::aspects;

} // namespace koc::detail
