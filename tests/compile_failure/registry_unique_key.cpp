// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a registry has one unique key, the id; make the further keys of the Schema

// A second unique key would let a change push another record out of the registry.

#include <koc/registry/registry.hpp>

#include <boost/multi_index/ordered_index.hpp>

struct page {
    koc::id<struct page_kind> id;
    koc::tag_set tags;
    int number = 0;
};

struct pages {
    using record = page;
    using by_number = boost::multi_index::member<page, int, &page::number>;
#ifdef KOC_OFFEND
    using keys = boost::mp11::mp_list<boost::multi_index::ordered_unique<by_number>>;
#else
    using keys = boost::mp11::mp_list<boost::multi_index::ordered_non_unique<by_number>>;
#endif
    static constexpr std::array<koc::column_of<page>, 0> columns{};
};

koc::registry<pages> book;
