// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the journal of an engine must model koc::journal

// An engine needs to append and to read.

#include <koc/journal/any_journal.hpp>
#include <koc/journal/memory_journal.hpp>

#ifndef KOC_OFFEND
using chosen = koc::memory_journal;
#else
struct chosen {
    koc::result<koc::journal_head> head() { return koc::journal_head{}; }
};
#endif

koc::any_journal made() { return chosen{}; }
