// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: schema<Event>::upcast must take its previous version

// An old event is made into the next version.

#include <koc/describe/described.hpp>
#include <koc/journal/event.hpp>

struct rung_1 {};
BOOST_DESCRIBE_STRUCT(rung_1, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
template <>
struct koc::schema<rung_1> {
    static constexpr std::string_view name = "rung";
};
template <>
struct koc::schema<rung> {
    using previous = rung_1;
#ifndef KOC_OFFEND
    static rung upcast(rung_1 const&) { return {}; }
#else
    static rung upcast(int) { return {}; }
#endif
};

koc::event made() { return koc::event::of(rung{}); }
