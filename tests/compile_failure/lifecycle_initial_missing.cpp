// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a transition table names its initial stage once
// EXPECT: initial_stage_is_missing<stage>

// A machine has to start somewhere.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

using table = koc::transition_table<
#ifndef KOC_OFFEND
    koc::initial<stage::seed>,
#endif
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
    koc::row<stage::seed, moment::felled, stage::orphan>,
    koc::resting<stage::tree>,
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);
