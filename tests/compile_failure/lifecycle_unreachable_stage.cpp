// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a stage cannot be reached from the initial stage
// EXPECT: stage_is_unreachable<.*orphan>

// Without a row that leads to it, a stage can never be anybody's.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
#ifndef KOC_OFFEND
    koc::row<stage::seed, moment::felled, stage::orphan>,
#endif
    koc::row<stage::orphan, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
    koc::resting<stage::tree>>;

static_assert(koc::transition_table_like<table>);
