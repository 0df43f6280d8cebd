// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a key of a table is an id, an enum, a bool, an integer, an instant or a personal

// Keys are compared as numbers; text has no such number.

#include <koc/state/table.hpp>

#include <string>

struct page {
    koc::id<struct page_kind> id;
#ifdef KOC_OFFEND
    std::string shelf;
#else
    int shelf = 0;
#endif
};
BOOST_DESCRIBE_STRUCT(page, (), (id, shelf))

koc::table<page, koc::by<&page::shelf>> pages;
