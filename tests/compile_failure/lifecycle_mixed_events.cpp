// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: all events of a transition table are of one enum
// EXPECT: event_is_of_another_enum<.*fog>

// Two enums in one table are two tables.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

enum class weather : unsigned char { fog, sun };
BOOST_DESCRIBE_ENUM(weather, fog, sun)

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
#ifdef KOC_OFFEND
    koc::row<stage::seed, weather::fog, stage::orphan>,
#else
    koc::row<stage::seed, moment::felled, stage::orphan>,
#endif
    koc::resting<stage::tree>,
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);
