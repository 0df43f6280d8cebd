// SPDX-License-Identifier: BSL-1.0
#pragma once

// A digest of a shape instead of a value: what the canonical text of a type looks like. Two types
// with the same digest read each other's text.

#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace koc {

namespace detail {

inline void add_form(hasher& into, shape const& of, std::vector<shape const*>& seen) {
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i] == &of) { // of a type that holds itself
            into.add(i);
            return;
        }
    }
    into.add(static_cast<unsigned>(of.kind) + 1'000'000U).add(of.count);
    switch (of.kind) {
    case shape_kind::natural:
    case shape_kind::whole:
        into.add(of.bytes);
        break;
    case shape_kind::enumeration:
        for (std::size_t i = 0; i < of.count; ++i) {
            into.add(of.enumerators()[i].name);
        }
        break;
    case shape_kind::structure:
        seen.push_back(&of);
        for (std::size_t i = 0; i < of.count; ++i) {
            into.add(std::string_view{of.members()[i].name});
            add_form(into, *of.members()[i].of, seen);
        }
        seen.pop_back();
        break;
    case shape_kind::optional:
    case shape_kind::list:
        add_form(into, *of.sequence().element, seen);
        break;
    case shape_kind::pair:
        add_form(into, *of.both().first, seen);
        add_form(into, *of.both().second, seen);
        break;
    case shape_kind::custom:
        into.add(of.form().name);
        break;
    default:
        break;
    }
}

} // namespace detail

/// Adds kinds, sizes of numbers, and the names of members and enumerators, in their order. Names of
/// types and values of enumerators are no part of a text.
inline hasher& add_form(hasher& into, shape const& of) {
    std::vector<shape const*> around;
    detail::add_form(into, of, around);
    return into;
}

template <typename T>
digest form_digest_of() {
    hasher into;
    return add_form(into, shape_of<T>).finish();
}

} // namespace koc
