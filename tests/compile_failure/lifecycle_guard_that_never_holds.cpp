// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a guard holds for no number, so its row never fires
// EXPECT: guard_never_holds<.*stage.*sprout,.*moment.*grew>

// The ends of the range are the wrong way round.

#include <koc/lifecycle/step_all.hpp>

enum class stage : unsigned char { seed, sprout, tree };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree)
enum class moment : unsigned char { watered, grew };
BOOST_DESCRIBE_ENUM(moment, watered, grew)

#ifdef KOC_OFFEND
struct is_middling : koc::tested<koc::number_test{.low = 20, .high = 10}> {
#else
struct is_middling : koc::tested<koc::number_test{.low = 10, .high = 20}> {
#endif
    static constexpr std::string_view name = "it is middling";
};

using table = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree, is_middling>, koc::resting<stage::tree>>;

struct happening {};

void many(std::span<stage> machines, std::span<happening const> happened) {
    koc::step_all<table>(
        machines, happened, [](happening const&) { return koc::arrival<moment>{}; },
        [](std::size_t, unsigned) {});
}
