// SPDX-License-Identifier: BSL-1.0
#pragma once

// The mistakes that can be made in composing a programme, each with one sentence at compile time.

#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/schema.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/container.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace koc::detail {

// Which handlers an aspect has.

template <typename A, typename E>
concept applies = requires(A& a, E const& e, typename A::world const& in) {
    a.apply(e, in);
};
template <typename A, typename E>
concept reacts = requires(A const& a, E const& e, typename A::context& in) {
    a.react(e, in);
};
template <typename A, typename E>
concept reviews = requires(A const& a, E const& e, typename A::world const& in) {
    { a.review(e, in) } -> std::same_as<result<void>>;
};
template <typename A, typename C>
concept decides = requires(A const& a, C const& c, typename A::context& in) {
    { a.decide(c, in) } -> std::same_as<result<void>>;
};
template <typename A, typename Q>
concept answers = requires(A const& a, Q const& q, typename A::world const& in) {
    { a.answer(q, in) } -> std::same_as<result<typename Q::answer>>;
};
template <typename A, typename Id>
concept lets_happen = requires(A const& a, Id id, typename A::context& in) {
    { a.due(id, in) } -> std::same_as<void>;
};
/// A handler that is there but cannot be called as it should be.
template <typename A, typename E>
concept reacts_wrongly = !reacts<A, E> && requires(A & a, E const& e, typename A::context& in) {
    a.react(e, in);
};
template <typename A, typename E>
concept reviews_wrongly =
    !reviews<A, E> && requires(A & a, E const& e, typename A::world const& in) {
    a.review(e, in);
};
template <typename A, typename E>
concept handles = applies<A, E> || reacts<A, E> || reviews<A, E>;

// The size of an object that has just these members, to find one that is not described.

template <template <typename...> typename List, typename A, typename... D>
consteval std::size_t size_of_described(List<D...>) {
    std::size_t size = 0;
    std::size_t alignment = 1;
    [[maybe_unused]] auto const add = [&](std::size_t bytes, std::size_t align) {
        size = (size + align - 1) / align * align + bytes;
        alignment = align > alignment ? align : alignment;
    };
    (add(sizeof(std::declval<A&>().*D::pointer),
         alignof(std::remove_reference_t<decltype(std::declval<A&>().*D::pointer)>)),
        ...);
    return size == 0 ? 1 : (size + alignment - 1) / alignment * alignment;
}
template <typename A, template <typename...> typename List, typename... D>
consteval std::size_t described_size(List<D...> members) {
    return size_of_described<List, A>(members);
}
template <typename A, template <typename...> typename List, typename... D>
consteval bool all_containers(List<D...>) {
    return (std::is_base_of_v<container,
                std::remove_reference_t<decltype(std::declval<A&>().*D::pointer)>> &&
        ...);
}
template <typename Held>
struct agenda_ids {
    using type = boost::mp11::mp_list<>;
};
template <typename Id>
struct agenda_ids<agenda<Id>> {
    using type = boost::mp11::mp_list<Id>;
};
template <typename A, template <typename...> typename List, typename... D>
auto agendas_in(List<D...>) -> boost::mp11::mp_append<boost::mp11::mp_list<>,
    typename agenda_ids<
        std::remove_reference_t<decltype(std::declval<A&>().*D::pointer)>>::type...>;

template <typename A>
struct rules_list {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::rules; }
struct rules_list<A> {
    using type = boost::mp11::mp_list<typename A::rules>;
};
template <typename Aspects>
struct rules_of_all;
template <typename... A>
struct rules_of_all<aspect_list<A...>> {
    using type = boost::mp11::mp_unique<
        boost::mp11::mp_append<boost::mp11::mp_list<>, typename rules_list<A>::type...>>;
};
/// The types of rules of some aspects, each once.
template <typename Aspects>
using rules_in = typename rules_of_all<Aspects>::type;

/// What one aspect must be by itself.
template <typename A>
struct checked_aspect {
    static_assert(std::is_base_of_v<aspect<A>, A>,
        "koc: each member of Programme::aspects derives publicly from koc::aspect of itself; see "
        "docs/engine.md#aspect");
    static_assert(described_struct<A>,
        "koc: the members of an aspect are described, in BOOST_DESCRIBE_CLASS(aspect, (), (), (), "
        "(members)); see "
        "docs/engine.md#state");
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
                "BOOST_DESCRIBE_CLASS, see "
                "docs/engine.md#state");
            using ids = decltype(agendas_in<A>(members_of<A>{}));
            static_assert(boost::mp11::mp_is_set<ids>::value,
                "koc: an aspect has one agenda for each kind of id; see docs/engine.md#time");
            []<typename... Id>(boost::mp11::mp_list<Id...>) {
                static_assert((lets_happen<A, Id> && ...),
                    "koc: an aspect with an agenda has a const member function void due(Id, "
                    "context&); see "
                    "docs/engine.md#time");
            }(ids{});
        }
        []<typename... E>(boost::mp11::mp_list<E...>) {
            static_assert((applies<A, E> && ...),
                "koc: an aspect applies each event that it owns, in apply(event, world const&); "
                "see "
                "docs/engine.md#aspect");
        }(typename events_of<A>::type{});
        []<typename... E>(boost::mp11::mp_list<E...>) {
            static_assert((!reacts_wrongly<A, E> && ...),
                "koc: react is const, as a decision changes nothing but by its events; see "
                "docs/engine.md#aspect");
            static_assert((!reviews_wrongly<A, E> && ...),
                "koc: review is const and returns koc::result<void>; see docs/engine.md#aspect");
        }(boost::mp11::mp_append<typename events_of<A>::type, typename follows_of<A>::type>{});
        []<typename... E>(boost::mp11::mp_list<E...>) {
            static_assert(((handles<A, E> || reacts_wrongly<A, E> || reviews_wrongly<A, E>)&&...),
                "koc: an aspect follows what it does not handle; write apply, react or review for "
                "it, or take it out "
                "of `follows`, see docs/engine.md#follows");
        }(typename follows_of<A>::type{});
        []<typename... C>(boost::mp11::mp_list<C...>) {
            static_assert((decides<A, C> && ...),
                "koc: an aspect decides each command that it lists, in a const function "
                "decide(command, context&) that "
                "returns koc::result<void>; see docs/engine.md#aspect");
        }(typename commands_of<A>::type{});
        []<typename... Q>(boost::mp11::mp_list<Q...>) {
            static_assert((answers<A, Q> && ...),
                "koc: an aspect answers each query that it lists, in a const function "
                "answer(query, world const&) that "
                "returns koc::result<Query::answer>; see docs/engine.md#queries");
        }(typename queries_of<A>::type{});
        return true;
    }
};

template <typename Programme>
struct checked_programme {
    using aspects = typename Programme::aspects;

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
    using adopted_rules = decltype(adoptions(rules_in<aspects>{}));
    using followable = boost::mp11::mp_append<events, queries, questions, adopted_rules,
        boost::mp11::mp_list<command_asked>>;

    static_assert(boost::mp11::mp_is_set<aspects>::value,
        "koc: Programme::aspects lists an aspect twice; see docs/engine.md#programme");
    static_assert(boost::mp11::mp_is_set<events>::value,
        "koc: each event has one owner; two aspects list the same event, see "
        "docs/engine.md#aspect");
    static_assert(boost::mp11::mp_is_set<commands>::value,
        "koc: each command is accepted by one aspect; two list the same command, see "
        "docs/engine.md#aspect");
    static_assert(boost::mp11::mp_is_set<queries>::value,
        "koc: each query is answered by one aspect; two list the same query, see "
        "docs/engine.md#queries");

    template <typename... E>
    static consteval bool names_differ(boost::mp11::mp_list<E...>) {
        std::string_view const names[] = {std::string_view{}, schema_name<E>()...};
        for (std::size_t i = 0; i < sizeof...(E) + 1; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (names[i] == names[j]) {
                    return false;
                }
            }
        }
        return true;
    }
    static_assert(names_differ(events{}),
        "koc: two events of a programme have the same name in journals; give one another in "
        "koc::schema, see "
        "docs/journal.md#schema");

    template <typename A, typename... E>
    static consteval bool follows_the_owned(boost::mp11::mp_list<E...>) {
        return (boost::mp11::mp_contains<followable, E>::value && ...);
    }
    /// Whether the aspect handles something that it neither owns nor lists in `follows`.
    template <typename A, typename... E>
    static consteval bool handles_unlisted(boost::mp11::mp_list<E...>) {
        using listed =
            boost::mp11::mp_append<typename events_of<A>::type, typename follows_of<A>::type>;
        return ((!lists<listed, E> && handles<A, E>) || ...);
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
        static_assert((!handles_unlisted<A>(followable{}) && ...),
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
