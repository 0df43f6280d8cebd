// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two guards of the same stage and event hold for the same number
// EXPECT: guards_overlap<.*stage.*sprout,.*moment.*grew>

// A hundred is in both ranges.

#include <koc/lifecycle/step_all.hpp>

enum class stage : unsigned char { seed, sprout, tree };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree)
enum class moment : unsigned char { watered, grew };
BOOST_DESCRIBE_ENUM(moment, watered, grew)

struct is_small : koc::tested<koc::number_test{.high = 100}> {
    static constexpr std::string_view name = "it is small";
};
#ifdef KOC_OFFEND
struct is_large : koc::tested<koc::number_test{.low = 100}> {
#else
struct is_large : koc::tested<koc::number_test{.low = 101}> {
#endif
    static constexpr std::string_view name = "it is large";
};

using table = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::sprout, is_small>,
    koc::row<stage::sprout, moment::grew, stage::tree, is_large>, koc::resting<stage::tree>>;

struct happening {};

void many(std::span<stage> machines, std::span<happening const> happened) {
    koc::step_all<table>(
        machines, happened, [](happening const&) { return koc::arrival<moment>{}; },
        [](std::size_t, unsigned) {});
}
