// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: the journal must model koc::journal

// The first line of the trouble is about the journal, whatever is missing of it.

#include <koc/journal/memory_journal.hpp>
#include <koc/testing/journal.hpp>

struct no_journal {};

#ifdef KOC_OFFEND
using chosen = no_journal;
#else
using chosen = koc::memory_journal;
#endif

int main() { return koc::testing::check_journal_laws([] { return chosen{}; }).empty() ? 0 : 1; }
