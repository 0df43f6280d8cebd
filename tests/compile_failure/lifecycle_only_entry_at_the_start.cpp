// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a stage with a koc::only_entry is the initial stage
// EXPECT: only_entry_at_the_start<.*seed>

// The initial stage is entered by no event, so an only_entry there has no effect.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
    koc::row<stage::seed, moment::felled, stage::orphan>,
    koc::resting<stage::tree>,
#ifdef KOC_OFFEND
    koc::only_entry<stage::seed, moment::grew>,
#else
    koc::only_entry<stage::tree, moment::grew>,
#endif
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);
