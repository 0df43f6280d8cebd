// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a row stands after an unguarded row of the same stage and event
// EXPECT: row_is_never_tried<.*sprout,.*grew>

// Rows are tried in order, so nothing comes after an unguarded one.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

struct is_wild {
    static constexpr std::string_view name = "it grows wild";
    constexpr bool operator()(bool wild) const { return wild; }
};

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
#ifndef KOC_OFFEND
    koc::row<stage::sprout, moment::grew, stage::orphan, is_wild>,
#endif
    koc::row<stage::sprout, moment::grew, stage::tree>,
#ifdef KOC_OFFEND
    koc::row<stage::sprout, moment::grew, stage::orphan, is_wild>,
#endif
    koc::row<stage::seed, moment::felled, stage::orphan>,
    koc::resting<stage::tree>,
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);
