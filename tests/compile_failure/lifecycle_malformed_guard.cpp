// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a guard must model koc::guard: an empty type with a name
// EXPECT: guard_is_malformed<.*remembers>

// A guard that keeps something could answer differently next time.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

struct remembers {
    static constexpr std::string_view name = "it was asked before";
#ifdef KOC_OFFEND
    bool asked = false;
#endif
    constexpr bool operator()(bool before) const { return before; }
};

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout, remembers>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
    koc::row<stage::seed, moment::felled, stage::orphan>,
    koc::resting<stage::tree>,
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);
