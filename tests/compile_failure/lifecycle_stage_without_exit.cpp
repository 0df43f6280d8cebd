// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a stage has no exit and is not declared koc::resting
// EXPECT: stage_has_no_exit<.*orphan>

// A dead end has to be meant: declared resting.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::seed, moment::felled, stage::orphan>,
#ifndef KOC_OFFEND
    koc::resting<stage::orphan>,
#endif
    koc::row<stage::sprout, moment::grew, stage::tree>,
    koc::resting<stage::tree>>;

static_assert(koc::transition_table_like<table>);
