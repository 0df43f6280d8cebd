// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a table has at most three further keys

// The container of entries is instantiated once for each number of keys.

#include <koc/state/table.hpp>

struct page {
    koc::id<struct page_kind> id;
    int a = 0;
    int b = 0;
    int c = 0;
    int d = 0;
};
BOOST_DESCRIBE_STRUCT(page, (), (id, a, b, c, d))

#ifdef KOC_OFFEND
koc::table<page, koc::by<&page::a>, koc::by<&page::b>, koc::by<&page::c>, koc::by<&page::d>> pages;
#else
koc::table<page, koc::by<&page::a>, koc::by<&page::b>, koc::by<&page::c>> pages;
#endif
