// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the journal of an engine must model koc::journal

// The first line of the trouble is about the journal, whatever is missing of it.

#include <koc/journal/any_journal.hpp>
#include <koc/journal/memory_journal.hpp>

struct no_journal {};

#ifdef KOC_OFFEND
koc::any_journal made{no_journal{}};
#else
koc::any_journal made{koc::memory_journal{}};
#endif
