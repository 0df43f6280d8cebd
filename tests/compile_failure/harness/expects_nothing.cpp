// SPDX-License-Identifier: BSL-1.0
#ifdef KOC_OFFEND
static_assert(false, "a score is a whole number");
#endif
