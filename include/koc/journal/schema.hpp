// SPDX-License-Identifier: BSL-1.0
#pragma once

// An event outlives the release that wrote it. When a struct must change, the old one stays under
// another name and says which version it was; the new one names it as its `previous` and says how
// to make itself from it. Old events are then decoded as what they were, so their digests still
// match, and only after that brought up to date, step by step. No codec is involved, so every
// codec reads every version.
//
//     template <> struct koc::schema<topic_designed_1> {
//         static constexpr std::string_view name = "topic_designed";
//     };
//     template <> struct koc::schema<topic_designed> {
//         using previous = topic_designed_1;
//         static topic_designed upcast(topic_designed_1 old);
//     };

#include <koc/describe/described.hpp>

#include <string_view>
#include <type_traits>

namespace koc {

/// What is known about the stored form of `Event`; specialise it when a struct changes or is
/// renamed.
///
/// All members are optional:
///   1. `name`: what journals call it; by default the struct's unqualified name.
///   2. `previous`, the struct of the version before, and `upcast(previous)`, which returns an
///      `Event`. It is pure, cannot fail, and may not depend on anything but the old event. [law]
template <typename Event>
struct schema {};

/// What journals call the event.
template <typename Event>
consteval std::string_view schema_name() {
    if constexpr (requires { schema<Event>::name; }) {
        return schema<Event>::name;
    } else {
        return type_name<Event>();
    }
}

/// The number of the event's version: 1, or one more than its `previous`.
template <typename Event>
consteval unsigned schema_version() {
    if constexpr (requires { typename schema<Event>::previous; }) {
        using previous = typename schema<Event>::previous;
        static_assert(schema_name<previous>() == schema_name<Event>(),
            "koc: an event and its previous version must have the same schema name; "
            "see docs/journal.md#schema");
        static_assert(
            std::is_same_v<decltype(schema<Event>::upcast(std::declval<previous>())), Event>,
            "koc: schema<Event>::upcast must make an Event from its previous version; "
            "see docs/journal.md#schema");
        return schema_version<previous>() + 1;
    } else {
        return 1;
    }
}

} // namespace koc
