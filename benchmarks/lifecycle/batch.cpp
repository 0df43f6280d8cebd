// SPDX-License-Identifier: BSL-1.0
// A koc table whose guards are data, all events in one call.

#include "lifecycle/machines.hpp"

#include <koc/lifecycle/step_all.hpp>

#include <array>
#include <cstdint>

namespace wl {
BOOST_DESCRIBE_ENUM(S, New, Active, Busy, Dormant, Left)
BOOST_DESCRIBE_ENUM(E, Accept, Quit, Assign, Idle, Submit, Cancel, Wake, Invite)
} // namespace wl

namespace bench {

namespace {

using koc::number_test;
using koc::tested;
using wl::E;
using wl::S;

struct is_welcome : tested<number_test{.low = 8192}> {
    static constexpr std::string_view name = "x is at least 8192";
};
struct is_light : tested<number_test{.high = 49151}> {
    static constexpr std::string_view name = "x is below 49152";
};
struct is_long : tested<number_test{.low = 16385}> {
    static constexpr std::string_view name = "x is above 16384";
};
struct is_good : tested<number_test{.low = 32768}> {
    static constexpr std::string_view name = "x is at least 32768";
};
struct is_poor : tested<number_test{.high = 32767}> {
    static constexpr std::string_view name = "x is below 32768";
};
struct is_odd : tested<number_test{.mask = 1, .bits = 1}> {
    static constexpr std::string_view name = "x is odd";
};

using life = koc::transition_table<koc::initial<S::New>,
    koc::row<S::New, E::Accept, S::Active, is_welcome>, //
    koc::row<S::New, E::Quit, S::Left>,                 //
    koc::row<S::Active, E::Assign, S::Busy, is_light>,  //
    koc::row<S::Active, E::Idle, S::Dormant, is_long>,  //
    koc::row<S::Active, E::Quit, S::Left>,              //
    koc::row<S::Busy, E::Submit, S::Active, is_good>,   //
    koc::row<S::Busy, E::Submit, S::Dormant, is_poor>,  //
    koc::row<S::Busy, E::Cancel, S::Active>,            //
    koc::row<S::Busy, E::Quit, S::Left>,                //
    koc::row<S::Dormant, E::Wake, S::Active>,           //
    koc::row<S::Dormant, E::Quit, S::Left>,             //
    koc::row<S::Left, E::Invite, S::New, is_odd>>;

} // namespace

wl::LifeCtx run_batch(events const& happened, stages& machines) {
    std::array<std::uint64_t, life::rows.size() + 1> fired{};
    std::uint64_t sum = 0;
    koc::step_all<life>(
        machines, happened,
        [](wl::LifeEvent const& e) {
            return koc::arrival<E>{e.machine, static_cast<E>(e.type), e.x};
        },
        [&](std::size_t i, unsigned row) {
            ++fired[row];
            sum += std::uint64_t{happened[i].x} * row;
        });
    wl::LifeCtx counts;
    for (std::size_t row = 0; row < fired.size(); ++row) {
        counts.count[row] = fired[row];
    }
    counts.sum = sum;
    return counts;
}

} // namespace bench
