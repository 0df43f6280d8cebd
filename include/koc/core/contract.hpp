// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two switches for two kinds of mistakes: KOC_EXPECTS guards what a caller promised, KOC_INVARIANT
// what the library promised itself. Neither is for input: input that is wrong gets a refusal
// (error.hpp). Define either before the first koc header to send it elsewhere.

#include <cassert>

#ifndef KOC_EXPECTS
#define KOC_EXPECTS(condition) assert((condition) && "koc: a precondition of this call is broken")
#endif

#ifndef KOC_INVARIANT
#define KOC_INVARIANT(condition) assert((condition) && "koc: an invariant of the library is broken")
#endif
