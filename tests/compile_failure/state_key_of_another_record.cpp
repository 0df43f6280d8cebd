// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a key of a table is made of members of its record

// A key of another record could not be read from this one.

#include <koc/state/table.hpp>

struct page {
    koc::id<struct page_kind> id;
    int shelf = 0;
};
BOOST_DESCRIBE_STRUCT(page, (), (id, shelf))
struct leaf {
    int shelf = 0;
};

#ifdef KOC_OFFEND
koc::table<page, koc::by<&leaf::shelf>> pages;
#else
koc::table<page, koc::by<&page::shelf>> pages;
#endif
