// SPDX-License-Identifier: BSL-1.0
#pragma once

// What aspects and programmes declare, as lists of types; an empty list where they declare nothing.

#include <koc/engine/aspect.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/container.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace koc::detail {

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

template <typename Held>
struct records_in {
    using type = boost::mp11::mp_list<>;
};
template <typename Held>
    requires requires { typename Held::record; }
struct records_in<Held> {
    using type = boost::mp11::mp_list<typename Held::record>;
};
/// The types of records that the containers of an aspect keep.
template <typename A, template <typename...> typename List, typename... D>
auto records_kept(List<D...>) -> boost::mp11::mp_append<boost::mp11::mp_list<>,
    typename records_in<
        std::remove_reference_t<decltype(std::declval<A&>().*D::pointer)>>::type...>;
template <typename A>
struct records_of {
    using type = decltype(records_kept<A>(members_of<A>{}));
};
template <typename A>
struct columns_in {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::columns; }
struct columns_in<A> {
    using type = typename A::columns;
};
template <typename A>
struct kept_in {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::kept; }
struct kept_in<A> {
    using type = typename A::kept;
};
template <typename A>
struct tallies_in {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::tallies; }
struct tallies_in<A> {
    using type = typename A::tallies;
};
template <typename A>
struct gates_in {
    using type = boost::mp11::mp_list<>;
};
template <typename A>
    requires requires { typename A::gates; }
struct gates_in<A> {
    using type = typename A::gates;
};
template <typename Programme>
struct retired_in {
    using type = boost::mp11::mp_list<>;
};
template <typename Programme>
    requires requires { typename Programme::retired; }
struct retired_in<Programme> {
    using type = typename Programme::retired;
};

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

} // namespace koc::detail
