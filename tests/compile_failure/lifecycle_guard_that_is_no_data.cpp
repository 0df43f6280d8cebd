// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: each guard of a table for koc::step_all must model koc::number_guard
// EXPECT: guard_is_no_data<.*is_large>

// A function can be called, but not be looked into.

#include <koc/lifecycle/step_all.hpp>

enum class stage : unsigned char { seed, sprout, tree };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree)
enum class moment : unsigned char { watered, grew };
BOOST_DESCRIBE_ENUM(moment, watered, grew)

#ifdef KOC_OFFEND
struct is_large {
    constexpr bool operator()(std::uint32_t number) const { return number >= 100; }
#else
struct is_large : koc::tested<koc::number_test{.low = 100}> {
#endif
    static constexpr std::string_view name = "it is large";
};

using table = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::tree, is_large>, koc::resting<stage::tree>>;

struct happening {};

void many(std::span<stage> machines, std::span<happening const> happened) {
    koc::step_all<table>(
        machines, happened, [](happening const&) { return koc::arrival<moment>{}; },
        [](std::size_t, unsigned) {});
}
