// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where the personal texts of a described value are: every `personal_text` that is a member, an
// element or an optional, at any depth. So one function seals, opens or empties them in any event
// or record, without knowing its type. Custom forms hold none.

#include <koc/core/personal_text.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace koc {

namespace detail {

/// Sees a personal text; whether to go on.
struct personal_visit {
    bool (*see)(void* with, personal_text const& words);
    void* with;
};

inline bool walk_personal(shape const& of, void const* value, personal_visit const& visit) {
    switch (of.kind) {
    case shape_kind::personal:
        return visit.see(visit.with, *static_cast<personal_text const*>(value));
    case shape_kind::structure:
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            if (!member.of->plain &&
                !walk_personal(*member.of, at_offset(value, member.offset), visit)) {
                return false;
            }
        }
        return true;
    case shape_kind::optional:
    case shape_kind::list: {
        auto const& list = of.sequence();
        bool on = true;
        if (!list.element->plain) {
            each_element(list, value, [&](void const* element) {
                on = walk_personal(*list.element, element, visit);
                return on;
            });
        }
        return on;
    }
    case shape_kind::pair: {
        auto const& both = of.both();
        return walk_personal(*both.first, value, visit) &&
            walk_personal(*both.second, at_offset(value, both.second_offset), visit);
    }
    default:
        return true;
    }
}

inline bool carries_personal(shape const& of, std::vector<shape const*>& around) {
    switch (of.kind) {
    case shape_kind::personal:
        return true;
    case shape_kind::structure: {
        if (std::find(around.begin(), around.end(), &of) != around.end()) {
            return false; // a type that holds itself
        }
        around.push_back(&of);
        bool found = false;
        for (std::size_t i = 0; i < of.count && !found; ++i) {
            found = carries_personal(*of.members()[i].of, around);
        }
        around.pop_back();
        return found;
    }
    case shape_kind::optional:
    case shape_kind::list:
        return carries_personal(*of.sequence().element, around);
    case shape_kind::pair:
        return carries_personal(*of.both().first, around) ||
            carries_personal(*of.both().second, around);
    default:
        return false;
    }
}

} // namespace detail

/// Calls `visit(personal_text const&)` for each until it answers false; whether none did. O(size).
template <typename Visit>
bool each_personal_text(shape const& of, void const* value, Visit&& visit) {
    return detail::walk_personal(of, value,
        {[](void* with, personal_text const& words) -> bool {
             return (*static_cast<std::remove_reference_t<Visit>*>(with))(words);
         },
            const_cast<void*>(static_cast<void const*>(&visit))});
}
/// The same of a value that may be changed: `visit(personal_text&)` changes the text and leaves the
/// owner.
template <typename Visit>
bool change_personal_texts(shape const& of, void* value, Visit&& visit) {
    return each_personal_text(of, value, [&](personal_text const& words) -> bool {
        return visit(const_cast<personal_text&>(words));
    });
}

/// Whether values of a type may have personal texts. O(type).
inline bool carries_personal_text(shape const& of) {
    std::vector<shape const*> around;
    return detail::carries_personal(of, around);
}

/// Whether a value has a text of a person that is not empty.
inline bool has_text_of(shape const& of, void const* value, std::uint64_t owner) {
    return !each_personal_text(of, value,
        [owner](personal_text const& words) { return words.owner != owner || words.text.empty(); });
}
/// Empties all texts of a person, overwriting them first.
inline void drop_text_of(shape const& of, void* value, std::uint64_t owner) {
    change_personal_texts(of, value, [owner](personal_text& words) {
        if (words.owner == owner) {
            std::fill(words.text.begin(), words.text.end(), '\0');
            words.text.clear();
        }
        return true;
    });
}

} // namespace koc
