// SPDX-License-Identifier: BSL-1.0
#pragma once

// Makes the composition of a programme from its types, and finds the mistakes in it at compile
// time. Exactly one unit of a host includes this and instantiates its programme:
//
//     #include <koc/engine/instantiate.hpp>
//     template koc::programme_parts koc::include_instantiate_hpp<my_programme>();

#include <koc/core/id.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/checks.hpp>
#include <koc/engine/detail/engine_over.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/event.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/agenda.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace koc {

namespace detail {

// One function for each thing that an aspect does; the engine calls them through the tables of a
// part.

template <typename E>
void do_check(void*, void const* event, world_view const&) {
    result<void> const fine = check(*static_cast<E const*>(event));
    if (!fine) {
        throw_misfit("a value of " + fine.error().subject + " that is accepted");
    }
}
template <typename A, typename E>
void do_apply(void* self, void const* event, world_view const& in) {
    static_cast<A*>(self)->apply(*static_cast<E const*>(event), typename A::world{in});
}
template <typename A, typename E>
void do_react(void const* self, void const* event, command_context& in) {
    typename A::context context{in};
    static_cast<A const*>(self)->react(*static_cast<E const*>(event), context);
}
template <typename A, typename E>
inline constexpr auto consequences_for = A::consequences(static_cast<E const*>(nullptr));
template <typename A, typename E>
void do_follow(void const* self, void const* event, command_context& in) {
    for (auto const& row : consequences_for<A, E>.rows) {
        if (!in.refused() && row.holds(event, in)) {
            row.act(self, event, in);
        }
    }
}
template <typename A, typename E>
result<void> do_review(void const* self, void const* value, world_view const& in) {
    return static_cast<A const*>(self)->review(
        *static_cast<E const*>(value), typename A::world{in});
}
template <typename A, typename C>
result<void> do_decide(void const* self, void const* command, command_context& in) {
    typename A::context context{in};
    return static_cast<A const*>(self)->decide(*static_cast<C const*>(command), context);
}
template <typename A, typename Q>
result<void> do_answer(void const* self, void const* query, world_view const& in, void* into) {
    auto given =
        static_cast<A const*>(self)->answer(*static_cast<Q const*>(query), typename A::world{in});
    if (!given) {
        return std::move(given).error();
    }
    *static_cast<typename Q::answer*>(into) = *std::move(given);
    return {};
}
template <typename A, typename Id>
void do_due(void const* self, std::uint64_t id, command_context& in) {
    typename A::context context{in};
    static_cast<A const*>(self)->due(Id{static_cast<typename Id::rep>(id)}, context);
}
template <typename A>
void do_begin(void const* self, std::span<kept_facet const> kept, command_context& in) {
    typename A::context context{in};
    static_cast<A const*>(self)->begin(kept, context);
}
template <typename A>
void* make_aspect() {
    return new A{};
}
template <typename A>
void destroy_aspect(void* self) {
    delete static_cast<A*>(self);
}

template <typename Registry>
void use_vocabulary(void* registry, container& vocabulary) {
    static_cast<Registry*>(registry)->use(vocabulary);
}
template <typename Registry>
void contribute_to(void* registry, contribution const& what, container& rows) {
    static_cast<Registry*>(registry)->contribute(what,
        &rows == static_cast<container*>(static_cast<Registry*>(registry))
            ? static_cast<Registry*>(registry)->records()
            : rows);
}
template <typename Held>
void walk_member(std::string_view name, Held& held, container_visitor& with) {
    with.visit(name, held);
    if constexpr (requires { Held::searched(); }) {
        with.visit_registry(&held, Held::searched(), &use_vocabulary<Held>, &contribute_to<Held>);
    }
}
template <typename A, template <typename...> typename List, typename... D>
void walk_members([[maybe_unused]] A& self, [[maybe_unused]] container_visitor& with, List<D...>) {
    (walk_member(D::name, self.*D::pointer, with), ...);
}
template <typename A>
void walk_aspect(void* self, container_visitor& with) {
    walk_members(*static_cast<A*>(self), with, members_of<A>{});
}

template <typename A, typename E>
constexpr handler handler_of() {
    constexpr bool own = lists<typename events_of<A>::type, E>;
    handler h{key_of<E>, type_name<E>(), own, nullptr, nullptr, nullptr, nullptr, {}};
    if constexpr (own && requires(E const& e) { check(e); }) {
        h.check = &do_check<E>;
    }
    if constexpr (applies<A, E>) {
        h.apply = &do_apply<A, E>;
    }
    if constexpr (reacts<A, E>) {
        h.react = &do_react<A, E>;
    } else if constexpr (has_consequences_of<A, E>) {
        h.react = &do_follow<A, E>;
        h.consequences = consequences_for<A, E>.rows;
    }
    if constexpr (reviews<A, E>) {
        h.review = &do_review<A, E>;
    }
    return h;
}
template <typename A, typename C>
inline constexpr auto guards_for = A::guards(static_cast<C const*>(nullptr));
template <typename A, typename C>
constexpr accepted_command command_of() {
    accepted_command row{&command_type_of<C>, &do_decide<A, C>, nullptr, 0};
    if constexpr (requires { A::guards(static_cast<C const*>(nullptr)); }) {
        row.guards = guards_for<A, C>.rows;
        row.guard_count = std::size(guards_for<A, C>.rows);
    }
    return row;
}
template <typename A, typename D>
void add_due(aspect_part& p) {
    using held = std::remove_reference_t<decltype(std::declval<A&>().*D::pointer)>;
    if constexpr (std::is_base_of_v<agenda_core, held>) {
        p.dues.push_back({D::name, &do_due<A, typename held::id_type>});
    }
}
template <typename A, template <typename...> typename List, typename... D>
void add_dues([[maybe_unused]] aspect_part& p, List<D...>) {
    (add_due<A, D>(p), ...);
}
template <typename Contribution>
constexpr type_key searched_by() {
    return key_of<std::remove_cvref_t<decltype(Contribution::record::id)>>;
}

template <typename A>
aspect_part part_of() {
    aspect_part p{type_name<A>(), key_of<A>, &make_aspect<A>, &destroy_aspect<A>, &walk_aspect<A>,
        {}, {}, {}, {}, {}, {}, {}, nullptr};
    [&]<typename... E>(boost::mp11::mp_list<E...>) {
        (p.handlers.push_back(handler_of<A, E>()), ...);
    }(boost::mp11::mp_append<typename events_of<A>::type, typename follows_of<A>::type>{});
    [&]<typename... C>(boost::mp11::mp_list<C...>) {
        (p.commands.push_back(command_of<A, C>()), ...);
    }(typename commands_of<A>::type{});
    [&]<typename... Q>(boost::mp11::mp_list<Q...>) {
        (p.queries.push_back({&query_type_of<Q>, &do_answer<A, Q>}), ...);
    }(typename queries_of<A>::type{});
    add_dues<A>(p, members_of<A>{});
    if constexpr (requires { typename A::columns; }) {
        [&]<typename... C>(boost::mp11::mp_list<C...>) {
            (p.contributions.push_back({searched_by<C>(), column_contribution<C>}), ...);
        }(typename A::columns{});
    }
    if constexpr (requires { typename A::kept; }) {
        [&]<typename... K>(boost::mp11::mp_list<K...>) {
            (p.contributions.push_back({searched_by<K>(), kept_contribution<K>}), ...);
        }(typename A::kept{});
    }
    if constexpr (requires { typename A::tallies; }) {
        [&]<typename... T>(boost::mp11::mp_list<T...>) {
            (p.contributions.push_back({searched_by<T>(), tally_contribution<T>}), ...);
        }(typename A::tallies{});
    }
    if constexpr (requires { typename A::gates; }) {
        [&]<typename... G>(boost::mp11::mp_list<G...>) {
            (p.contributions.push_back({searched_by<G>(), gate_contribution<G>}), ...);
        }(typename A::gates{});
    }
    if constexpr (requires { typename A::sets_aside; }) {
        [&]<typename... R>(boost::mp11::mp_list<R...>) {
            (p.sets_aside.push_back(key_of<R>), ...);
        }(typename A::sets_aside{});
    }
    if constexpr (requires { typename A::erases; }) {
        [&]<typename... R>(boost::mp11::mp_list<R...>) { (p.erases.push_back(key_of<R>), ...); }(
            typename A::erases{});
    }
    if constexpr (requires(A const& a, std::span<kept_facet const> kept, typename A::context& in) {
                      a.begin(kept, in);
                  }) {
        p.begin = &do_begin<A>;
    }
    return p;
}

template <typename A>
void add_aspect(composition& to) {
    if constexpr (requires { typename A::kept; }) {
        [&]<typename... K>(boost::mp11::mp_list<K...>) {
            (to.kept.push_back({K::facet,
                 {shape_of<typename K::enum_type>.enumerators(),
                     shape_of<typename K::enum_type>.count}}),
                ...);
        }(typename A::kept{});
    }
    [&]<typename... E>(boost::mp11::mp_list<E...>) { (to.types.add(event_type_of<E>), ...); }(
        typename events_of<A>::type{});
    to.parts.push_back(part_of<A>());
}
template <typename Rules>
void add_rules(composition& to, Rules const& value) {
    add_aspect<rules_of<Rules>>(to);
    to.rules.push_back(value_of_rules(value));
}

/// The rules of a type from the bag: its member of that type, or the type's own defaults.
template <typename Rules, typename Bag>
Rules rules_from(Bag const& bag) {
    std::optional<Rules> found;
    if constexpr (described_struct<Bag>) {
        for_each_member(bag, [&](std::string_view, auto const& member) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, Rules>) {
                found = member;
            }
        });
    }
    return found ? *std::move(found) : Rules{};
}

struct no_rules {};
/// The bag of a programme: the rules that differ from their own defaults.
template <typename Programme>
struct bag_in {
    using type = no_rules;
};
template <typename Programme>
    requires requires { typename Programme::rules; }
struct bag_in<Programme> {
    using type = typename Programme::rules;
};
template <typename Programme>
using bag_of = typename bag_in<Programme>::type;

template <typename Programme>
composition make_composition() {
    using aspects = checked_aspects<Programme>;
    composition made;
    bag_of<Programme> const bag{};
    using all_rules =
        boost::mp11::mp_unique<boost::mp11::mp_push_front<rules_in<aspects>, clock_rules>>;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, all_rules>>(
        [&](auto rules) {
            using type = typename decltype(rules)::type;
            add_rules<type>(made, rules_from<type>(bag));
        });
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, aspects>>(
        [&](auto a) { add_aspect<typename decltype(a)::type>(made); });
    if constexpr (requires { typename Programme::retired; }) {
        [&]<typename... E>(boost::mp11::mp_list<E...>) { (made.types.add(event_type_of<E>), ...); }(
            typename Programme::retired{});
    }
    return made;
}

} // namespace detail

template <typename Programme>
programme_parts include_instantiate_hpp() {
    static composition const made = detail::make_composition<Programme>();
    return {&made,
        [](composition const& of, any_journal journal, std::vector<rules_value> rules,
            writer_id writer) -> std::unique_ptr<detail::engine_base> {
            return std::make_unique<detail::engine_over>(
                of, std::move(journal), std::move(rules), writer);
        }};
}

} // namespace koc
