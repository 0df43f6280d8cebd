// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: schema<Event>::upcast must take its previous version

// Nobody else can make the new event from the old one.

#include <koc/journal/event.hpp>

struct opened_1 {};
BOOST_DESCRIBE_STRUCT(opened_1, (), ())
struct opened {};
BOOST_DESCRIBE_STRUCT(opened, (), ())

template <>
struct koc::schema<opened_1> {
    static constexpr std::string_view name = "opened";
};
template <>
struct koc::schema<opened> {
    using previous = opened_1;
#ifdef KOC_OFFEND
    static opened upcast(int) { return {}; }
#else
    static opened upcast(opened_1 const&) { return {}; }
#endif
};

koc::event happened = koc::event::of(opened{});
