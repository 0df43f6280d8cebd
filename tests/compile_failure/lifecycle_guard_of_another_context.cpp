// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a guard must model koc::guard_for the context of the step
// EXPECT: guard_cannot_take<.*is_wild,.*int>

// A step hands one context to all guards of its table.

#include <koc/lifecycle/transition_table.hpp>

enum class stage : unsigned char { seed, sprout, tree, orphan };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, orphan)
enum class moment : unsigned char { watered, grew, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, felled)

struct garden {
    bool wild = false;
};
struct is_wild {
    static constexpr std::string_view name = "it grows wild";
    constexpr bool operator()(garden const& in) const { return in.wild; }
};

using table = koc::transition_table<
    koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout, is_wild>,
    koc::row<stage::sprout, moment::grew, stage::tree>,
    koc::row<stage::seed, moment::felled, stage::orphan>,
    koc::resting<stage::tree>,
    koc::resting<stage::orphan>>;

static_assert(koc::transition_table_like<table>);

#ifdef KOC_OFFEND
static_assert(!table::step(stage::seed, moment::watered, 7));
#else
static_assert(!table::step(stage::seed, moment::watered, garden{}));
#endif
