// SPDX-License-Identifier: BSL-1.0
// EXPECT: a score is a whole number
#ifndef KOC_OFFEND
using score = int;
#else
using score = double;
#endif
