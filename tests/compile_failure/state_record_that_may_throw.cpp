// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a record of a table moves without throwing

// Taking back a change moves the old record into its place, where nothing may fail.

#include <koc/state/table.hpp>

struct heavy {
    heavy() = default;
    heavy(heavy const&) = default;
#ifdef KOC_OFFEND
    heavy(heavy&&) noexcept(false) {}
#else
    heavy(heavy&&) noexcept {}
#endif
};
struct page {
    koc::id<struct page_kind> id;
    heavy weight;
};
BOOST_DESCRIBE_STRUCT(page, (), (id))

koc::table<page> pages;
