// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a key of a table has one or two members

// Two numbers and the row are what an entry of an index has room for.

#include <koc/state/key.hpp>

struct page {
    int shelf = 0;
    int row = 0;
    int place = 0;
};

#ifdef KOC_OFFEND
using key = koc::by<&page::shelf, &page::row, &page::place>;
#else
using key = koc::by<&page::shelf, &page::row>;
#endif

key chosen;
