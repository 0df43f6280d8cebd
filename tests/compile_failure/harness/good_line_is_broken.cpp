// SPDX-License-Identifier: BSL-1.0
// EXPECT: a score is a whole number
#ifndef KOC_OFFEND
static_assert(false, "the good line");
#else
static_assert(false, "a score is a whole number");
#endif
