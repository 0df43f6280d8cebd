// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an event and its previous version must have the same schema name

// A journal knows the versions of an event by their common name.

#include <koc/journal/event.hpp>

struct opened_1 {};
BOOST_DESCRIBE_STRUCT(opened_1, (), ())
struct opened {};
BOOST_DESCRIBE_STRUCT(opened, (), ())

#ifndef KOC_OFFEND
template <>
struct koc::schema<opened_1> {
    static constexpr std::string_view name = "opened";
};
#endif
template <>
struct koc::schema<opened> {
    using previous = opened_1;
    static opened upcast(opened_1 const&) { return {}; }
};

koc::event happened = koc::event::of(opened{});
