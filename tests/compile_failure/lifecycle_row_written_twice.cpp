// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two rows of a transition table have the same stage, event and guard
// EXPECT: row_is_written_twice<.*sprout,.*grew>

// One stage, event and guard have one outcome.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
#ifdef KOC_OFFEND
    koc::row<stage::sprout, moment::grew, stage::orphan>,
#else
    koc::row<stage::sprout, moment::felled, stage::orphan>,
#endif
    koc::row<stage::seed, moment::felled, stage::orphan>,
    koc::resting<stage::tree>,
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);
