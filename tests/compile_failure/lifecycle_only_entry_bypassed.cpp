// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a stage with a koc::only_entry is entered by another event
// EXPECT: only_entry_is_bypassed<.*tree,.*watered>

// No other event leads to a stage with an only_entry.

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
#ifdef KOC_OFFEND
    koc::row<stage::orphan, moment::watered, stage::tree>,
#else
    koc::row<stage::orphan, moment::watered, stage::sprout>,
#endif
    koc::resting<stage::tree>,
    koc::only_entry<stage::tree, moment::grew>>;

static_assert(koc::transition_table_like<table>);
