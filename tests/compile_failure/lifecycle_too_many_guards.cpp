// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: an event has more than six different guards
// EXPECT: event_has_too_many_guards<.*moment.*grew>

// Seven different guards of one event.

#include <koc/lifecycle/step_all.hpp>

enum class stage : unsigned char { seed, sprout, tree };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree)
enum class moment : unsigned char { watered, grew };
BOOST_DESCRIBE_ENUM(moment, watered, grew)

template <std::uint32_t Number>
struct is : koc::tested<koc::number_test{.low = Number, .high = Number}> {
    static constexpr std::string_view name = "it is that number";
};

using table = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::seed, is<1>>,
    koc::row<stage::sprout, moment::grew, stage::seed, is<2>>,
    koc::row<stage::sprout, moment::grew, stage::seed, is<3>>,
    koc::row<stage::sprout, moment::grew, stage::seed, is<4>>,
    koc::row<stage::sprout, moment::grew, stage::seed, is<5>>,
#ifdef KOC_OFFEND
    koc::row<stage::sprout, moment::grew, stage::seed, is<6>>,
#endif
    koc::row<stage::sprout, moment::grew, stage::tree, is<7>>, koc::resting<stage::tree>>;

struct happening {};

void many(std::span<stage> machines, std::span<happening const> happened) {
    koc::step_all<table>(
        machines, happened, [](happening const&) { return koc::arrival<moment>{}; },
        [](std::size_t, unsigned) {});
}
