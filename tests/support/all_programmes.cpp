// SPDX-License-Identifier: BSL-1.0

// Every programme of the tests and the examples, in one unit, as they share most of what is
// compiled. A host compiles the one that it has.

#include "support/programmes.cpp"
#include "support/standard.cpp"

#ifdef KOC_TEST_EXAMPLES
#include "own_axis/programme.cpp"
#include "own_policies/programme.cpp"
#include "winter_range/instantiate.cpp"
#endif
