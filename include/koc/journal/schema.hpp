// SPDX-License-Identifier: BSL-1.0
#pragma once

// An event outlives the release that wrote it. When a struct must change, the old one stays under
// another name and says which version it was; the new one names it as its `previous` and says how
// to make itself from it. Old events are decoded as what they were and then brought up to date,
// step by step.
//
//     template <> struct koc::schema<topic_designed_1> {
//         static constexpr std::string_view name = "topic_designed";
//     };
//     template <> struct koc::schema<topic_designed> {
//         using previous = topic_designed_1;
//         static topic_designed upcast(topic_designed_1 const& old);
//     };

#include <koc/describe/described.hpp>

#include <string_view>

namespace koc {

/// What is known about the stored form of `Event`; specialise it when a struct changes, is renamed
/// or retired.
///
/// All members are optional:
///   1. `name`: what journals call it; by default the struct's unqualified name.
///   2. `previous`, the struct of the version before, and `upcast(previous const&)`, which returns
///      an `Event`, or a `std::vector<event>` of none or many events of the newest versions.
///   3. `retire(Event const&)`, for an event that no aspect owns any more: a `std::vector<event>`
///      of those that take its place, maybe none. List it in the programme's `retired`.
///   4. All are pure, cannot fail, and depend on nothing but the old event. [law]
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
            requires(previous const& old) { schema<Event>::upcast(old); },
            "koc: schema<Event>::upcast must take its previous version; see "
            "docs/journal.md#schema");
        return schema_version<previous>() + 1;
    } else {
        return 1;
    }
}

} // namespace koc
