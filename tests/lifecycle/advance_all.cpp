// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/advance_all.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace {

enum class stage : unsigned char { seed, sprout, tree };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree)
enum class moment : unsigned char { watered, grew };
BOOST_DESCRIBE_ENUM(moment, watered, grew)

struct garden {
    bool sunny = false;
    bool small = false;
};
struct is_sunny {
    static constexpr std::string_view name = "the place is sunny";
    constexpr bool operator()(garden const& in) const { return in.sunny; }
};
struct is_small {
    static constexpr std::string_view name = "the garden is small";
    constexpr bool operator()(garden const& in) const { return in.small; }
};
using life = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout, is_sunny>,
    koc::row<stage::sprout, moment::grew, stage::sprout, is_small>,
    koc::row<stage::sprout, moment::grew, stage::tree, is_sunny>,
    koc::row<stage::sprout, moment::watered, stage::sprout>, koc::resting<stage::tree>>;

struct happening {
    std::size_t machine = 0;
    moment what{};
    garden in;
};

TEST_CASE("all events in one call are the same as one after the other", "[lifecycle]") {
    CHECK(rc::check("over any stages and events", [] {
        std::vector<stage> together(*rc::gen::inRange<std::size_t>(1, 40));
        auto apart = together;
        std::vector<happening> happened;
        auto const count = *rc::gen::inRange(0, 200);
        for (int i = 0; i < count; ++i) {
            happened.push_back({*rc::gen::inRange<std::size_t>(0, together.size()),
                static_cast<moment>(*rc::gen::inRange(0, 3)),
                {*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()}});
        }
        std::vector<unsigned> fired;
        koc::advance_all<life>(
            together, happened,
            [](happening const& h) {
                return koc::arrival<moment, garden>{h.machine, h.what, h.in};
            },
            [&](std::size_t i, unsigned row) {
                RC_ASSERT(i == fired.size());
                fired.push_back(row);
            });
        for (std::size_t i = 0; i < happened.size(); ++i) {
            auto const& now = happened[i];
            RC_ASSERT(life::advance(apart[now.machine], now.what, now.in) == fired[i]);
        }
        RC_ASSERT(together == apart);
    }));
}

} // namespace
