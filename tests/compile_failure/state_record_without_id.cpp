// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a record of a table has a member `id` of type koc::id<...>

// Records are found under their id, which is a type of its own.

#include <koc/state/table.hpp>

struct page {
#ifdef KOC_OFFEND
    std::uint64_t number = 0;
#else
    koc::id<struct page_kind> id;
#endif
};
#ifdef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(page, (), (number))
#else
BOOST_DESCRIBE_STRUCT(page, (), (id))
#endif

koc::table<page> pages;
