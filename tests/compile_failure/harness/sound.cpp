// SPDX-License-Identifier: BSL-1.0
// EXPECT: a score is a whole number
// EXPECT: sound\.cpp:\d+
#include <type_traits>

#ifndef KOC_OFFEND
using score = int;
#else
using score = double;
#endif
static_assert(std::is_integral_v<score>, "a score is a whole number");
