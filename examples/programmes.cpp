// SPDX-License-Identifier: BSL-1.0

// The programmes of all examples in one unit, for the tests of this project. A host compiles the
// one that it has.

#include "community_replay/instantiate.cpp"
#include "own_axis/programme.cpp"
#include "own_policies/programme.cpp"
#include "winter_range/instantiate.cpp"
