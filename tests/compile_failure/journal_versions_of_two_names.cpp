// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an event and its previous version must have the same schema name

// Otherwise no journal would find the older version.

#include <koc/describe/described.hpp>
#include <koc/journal/event.hpp>

struct rung_1 {};
BOOST_DESCRIBE_STRUCT(rung_1, (), ())
struct rung {};
BOOST_DESCRIBE_STRUCT(rung, (), ())
template <>
struct koc::schema<rung_1> {
    static rung upcast(rung_1 const&) { return {}; }
    ifndef KOC_OFFEND static constexpr std::string_view name = "rung";
    static rung upcast(rung_1 const&) { return {}; }
    endif
};
template <>
struct koc::schema<rung> {
    using previous = rung_1;
    static rung upcast(rung_1 const&) { return {}; }
};

koc::event made() { return koc::event::of(rung{}); }
