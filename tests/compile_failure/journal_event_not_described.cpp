// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an event must be described with BOOST_DESCRIBE_STRUCT

// Journals write the members of an event by their names.

#include <koc/describe/described.hpp>
#include <koc/journal/event.hpp>

struct rung {};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(rung, (), ())
#endif

koc::event made() { return koc::event::of(rung{}); }
