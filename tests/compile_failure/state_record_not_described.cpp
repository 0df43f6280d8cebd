// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a record of a table must be described with BOOST_DESCRIBE_STRUCT

// What is not described would have no part in the digest of the state.

#include <koc/state/table.hpp>

struct page {
    koc::id<struct page_kind> id;
};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(page, (), (id))
#endif

koc::table<page> pages;
