// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a record of a registry is a described struct with an id<...> `id`

// What searches find is found by its tags.

#include <koc/registry/registry.hpp>

struct page {
    koc::id<struct page_kind> id;
#ifdef KOC_OFFEND
    int tags = 0;
#else
    koc::tag_set tags;
#endif
};
BOOST_DESCRIBE_STRUCT(page, (), (id, tags))

koc::registry<page> book;
