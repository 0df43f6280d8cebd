// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an event must be described with BOOST_DESCRIBE_STRUCT

// An event that is not described could not be written.

#include <koc/journal/event.hpp>

struct opened {
    int number = 0;
};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(opened, (), (number))
#endif

koc::event happened = koc::event::of(opened{1});
