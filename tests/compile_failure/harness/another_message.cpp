// SPDX-License-Identifier: BSL-1.0
// The first of the two is said, the second is not.
// EXPECT: a score is a whole number
// EXPECT: and has a sign
#ifdef KOC_OFFEND
static_assert(false, "a score is a whole number");
#endif
