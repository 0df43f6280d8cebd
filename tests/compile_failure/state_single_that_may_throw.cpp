// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the value of a koc::single moves without throwing

// Taking back a change moves the old value into its place, where nothing may fail.

#include <koc/state/single.hpp>

struct heavy {
    int kilograms = 0;

    heavy() = default;
    heavy(heavy const&) = default;
    heavy& operator=(heavy const&) = default;
#ifdef KOC_OFFEND
    heavy(heavy&& other) noexcept(false) : kilograms{other.kilograms} {}
#else
    heavy(heavy&& other) noexcept : kilograms{other.kilograms} {}
#endif
    heavy& operator=(heavy&&) noexcept = default;
};
BOOST_DESCRIBE_STRUCT(heavy, (), (kilograms))

koc::single<heavy> weight;
