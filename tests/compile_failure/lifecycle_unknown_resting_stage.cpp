// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a resting stage appears in no row of its table
// EXPECT: resting_stage_is_not_in_the_table<.*orphan>

// A resting stage that no row mentions is a slip of the pen.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
#ifndef KOC_OFFEND
    koc::row<stage::seed, moment::felled, stage::orphan>,
#endif
    koc::resting<stage::orphan>,
    koc::resting<stage::tree>>;

static_assert(koc::transition_table_like<table>);
