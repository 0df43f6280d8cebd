// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: rows of maps and tables move without throwing; see docs/core.md

// Rows move when there are more of them; one that threw on the way would leave two halves.

#include <koc/core/arrival_map.hpp>

struct heavy {
    heavy() = default;
#ifdef KOC_OFFEND
    heavy(heavy&&) {}
#else
    heavy(heavy&&) noexcept {}
#endif
    heavy& operator=(heavy&&) = default;
};

int main() {
    koc::arrival_map<koc::id<struct page_kind>, heavy> pages;
    pages.try_emplace(koc::id<struct page_kind>{1}, heavy{});
    return pages.empty() ? 1 : 0;
}
