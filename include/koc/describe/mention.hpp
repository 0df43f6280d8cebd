// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which ids a described value names, found by its description: every member, element and optional
// of an id's type, at any depth. So one function can say of any command, query or record whether it
// is about something, without knowing its type. Custom forms, plain numbers and the owner of a
// personal text name nothing.

#include <koc/core/type_key.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

namespace koc {

/// An id that a value names.
struct mention {
    std::uint64_t id = 0;
    std::string path{}; ///< from the value to the id, such as `.candidates[2]`
};

namespace detail {

/// Asks whether an id is the one that is looked for.
struct id_test {
    bool (*holds)(void* with, std::uint64_t id);
    void* with;
};

inline std::optional<mention> first_mention(
    shape const& of, void const* value, type_key id_type, id_test const& wanted) {
    auto const within = [&](shape const& inner, void const* part) {
        return first_mention(inner, part, id_type, wanted);
    };
    auto const behind = [](std::optional<mention> found, std::string const& step) {
        if (found) {
            found->path.insert(0, step);
        }
        return found;
    };
    std::optional<mention> found;
    switch (of.kind) {
    case shape_kind::natural:
        if (of.id_type() == id_type) {
            auto const id = read_natural(value, of.bytes);
            found = wanted.holds(wanted.with, id) ? std::optional{mention{id}} : std::nullopt;
        }
        break;
    case shape_kind::structure:
        for (std::size_t i = 0; i < of.count && !found; ++i) {
            auto const& member = of.members()[i];
            found = within(*member.of, at_offset(value, member.offset));
            if (found) {
                found->path.insert(0, '.' + std::string{member.name, member.name_size});
            }
        }
        break;
    case shape_kind::optional:
        each_element(of.sequence(), value, [&](void const* element) {
            found = within(*of.sequence().element, element);
            return !found;
        });
        break;
    case shape_kind::list: {
        auto const& element = *of.sequence().element;
        if (element.plain && !(element.id_type() == id_type)) {
            break; // numbers of which there may be many
        }
        std::size_t index = 0;
        each_element(of.sequence(), value, [&](void const* one) {
            found = within(element, one);
            if (found) {
                found->path.insert(0, '[' + std::to_string(index) + ']');
            }
            ++index;
            return !found;
        });
        break;
    }
    case shape_kind::pair:
        found = behind(within(*of.both().first, value), ".first");
        if (!found) {
            found = behind(
                within(*of.both().second, at_offset(value, of.both().second_offset)), ".second");
        }
        break;
    default:
        break;
    }
    return found;
}

} // namespace detail

/// The first id of a type that a value names and for which `wanted(number)` is true, if there is
/// one. O(size of the value).
template <typename Wanted>
[[nodiscard]] std::optional<mention> find_mention(
    shape const& of, void const* value, type_key id_type, Wanted&& wanted) {
    return detail::first_mention(of, value, id_type,
        {[](void* with, std::uint64_t id) -> bool {
             return (*static_cast<std::remove_reference_t<Wanted>*>(with))(id);
         },
            const_cast<void*>(static_cast<void const*>(&wanted))});
}
/// The same of a value whose type is known.
template <typename T, typename Wanted>
[[nodiscard]] std::optional<mention> find_mention(
    T const& value, type_key id_type, Wanted&& wanted) {
    return koc::find_mention(shape_of<T>, &value, id_type, wanted);
}

} // namespace koc
