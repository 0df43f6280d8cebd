// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: this table has no such key; add it to the arguments of koc::table

// A key is kept for the tables that name it, and for no others.

#include <koc/state/table.hpp>

struct page {
    koc::id<struct page_kind> id;
    int shelf = 0;
    int row = 0;
};
BOOST_DESCRIBE_STRUCT(page, (), (id, shelf, row))

using on_shelf = koc::by<&page::shelf>;
using in_row = koc::by<&page::row>;

std::size_t use(koc::table<page, on_shelf> const& pages) {
#ifdef KOC_OFFEND
    return pages.count<in_row>(1);
#else
    return pages.count<on_shelf>(1);
#endif
}
