// SPDX-License-Identifier: BSL-1.0
#pragma once

// Writes values as JSON, in the form of describe/canonical.hpp: as text, or as a tree of Boost.JSON
// for a host that puts more around it. Serialising the tree gives the same bytes as the text.

#include <koc/core/civil.hpp>
#include <koc/core/contract.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace koc {

/// The tree of a value. Total, as `append_canonical` is: `check_form` tells in advance what reading
/// will refuse. O(size).
inline boost::json::value to_json(
    shape const& of, void const* value, boost::json::storage_ptr const& storage = {}) {
    using tree = boost::json::value;
    auto const number = [&](auto n) { return tree(n, storage); };
    auto const text = [&](std::string_view words) { return tree(words, storage); };
    switch (of.kind) {
    case shape_kind::boolean:
        return tree(*static_cast<bool const*>(value), storage);
    case shape_kind::natural:
        return number(detail::read_natural(value, of.bytes));
    case shape_kind::whole:
        return number(detail::read_whole(value, of.bytes));
    case shape_kind::enumeration: {
        auto const* named = detail::enumerator_at(of, value);
        return named ? text(named->name) : number(detail::read_natural(value, of.bytes));
    }
    case shape_kind::text:
        return text(*static_cast<std::string const*>(value));
    case shape_kind::personal: {
        auto const& personal = *static_cast<personal_text const*>(value);
        boost::json::object object(storage);
        object.emplace("owner", personal.owner);
        object.emplace("text", personal.text);
        return object;
    }
    case shape_kind::instant: {
        auto const at = *static_cast<instant const*>(value);
        return at < instant_min || at > instant_max ? number(at.ms) : text(to_iso8601(at));
    }
    case shape_kind::duration:
        return number(static_cast<duration const*>(value)->ms);
    case shape_kind::score:
        return number(static_cast<score const*>(value)->raw);
    case shape_kind::digest:
        return text(to_hex(*static_cast<digest const*>(value)));
    case shape_kind::structure: {
        boost::json::object object(storage);
        object.reserve(of.count);
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            auto const* held = detail::at_offset(value, member.offset);
            if (member.of->kind != shape_kind::optional || member.of->sequence().size(held) != 0) {
                object.emplace(member.name, to_json(*member.of, held, storage));
            }
        }
        return object;
    }
    case shape_kind::optional: {
        tree held(nullptr, storage);
        auto const& maybe = of.sequence();
        detail::each_element(maybe, value, [&](void const* element) {
            held = to_json(*maybe.element, element, storage);
            return true;
        });
        return held;
    }
    case shape_kind::list: {
        boost::json::array array(storage);
        auto const& list = of.sequence();
        array.reserve(list.size(value));
        detail::each_element(list, value, [&](void const* element) {
            array.push_back(to_json(*list.element, element, storage));
            return true;
        });
        return array;
    }
    case shape_kind::pair: {
        boost::json::array array(storage);
        auto const& both = of.both();
        array.reserve(2);
        array.push_back(to_json(*both.first, value, storage));
        array.push_back(
            to_json(*both.second, detail::at_offset(value, both.second_offset), storage));
        return array;
    }
    case shape_kind::custom: {
        // A form knows how to write its text only.
        std::string own;
        of.form().write(own, value);
        boost::json::parse_options options;
        options.max_depth = (std::numeric_limits<decltype(options.max_depth)>::max)();
        boost::system::error_code trouble;
        auto parsed = boost::json::parse(own, trouble, storage, options);
        KOC_EXPECTS(!trouble);
        return parsed;
    }
    }
    return tree(nullptr, storage);
}

template <typename T>
boost::json::value to_json(T const& value, boost::json::storage_ptr const& storage = {}) {
    return to_json(shape_of<T>, &value, storage);
}

/// The compact text of a value: equal values give equal bytes.
template <typename T>
std::string to_json_text(T const& value) {
    return canonical_text(value);
}

} // namespace koc
