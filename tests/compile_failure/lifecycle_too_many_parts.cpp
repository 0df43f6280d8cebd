// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: a transition table has more than 256 parts

// 256 parts, and one more.

#include <koc/lifecycle/transition_table.hpp>

#include <utility>

enum class stage : unsigned char { seed, tree };
BOOST_DESCRIBE_ENUM(stage, seed, tree)
enum class moment : unsigned char { grew };
BOOST_DESCRIBE_ENUM(moment, grew)

template <std::size_t Number>
struct is {
    static constexpr std::string_view name = "it is that number";
    constexpr bool operator()(std::size_t number) const { return number == Number; }
};

template <std::size_t... Numbers>
auto table_of(std::index_sequence<Numbers...>) {
    return koc::transition_table<koc::initial<stage::seed>,
        koc::row<stage::seed, moment::grew, stage::seed, is<Numbers>>...,
        koc::row<stage::seed, moment::grew, stage::tree>, koc::resting<stage::tree>>{};
}

#ifdef KOC_OFFEND
constexpr std::size_t guarded = 254;
#else
constexpr std::size_t guarded = 253;
#endif
using table = decltype(table_of(std::make_index_sequence<guarded>{}));

static_assert(table::rows.size() == guarded + 1);
static_assert(table::step(stage::seed, moment::grew, guarded - 1) == stage::seed);
static_assert(table::step(stage::seed, moment::grew, guarded) == stage::tree);
