// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: rows of maps and tables have no alignment of their own; see docs/core.md

// Rows lie in memory that is aligned for every ordinary type, and for no other.

#include <koc/core/arrival_map.hpp>

#ifdef KOC_OFFEND
struct alignas(64) wide {
#else
struct wide {
#endif
    int number = 0;
};

int main() {
    koc::arrival_map<koc::id<struct page_kind>, wide> pages;
    pages[koc::id<struct page_kind>{1}].number = 1;
    return pages.empty() ? 1 : 0;
}
