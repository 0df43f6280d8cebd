// SPDX-License-Identifier: BSL-1.0
// A koc table whose guards are any callables: one step an event, and all events in one call.

#include "lifecycle/machines.hpp"

#include <koc/lifecycle/advance_all.hpp>

namespace wl {
BOOST_DESCRIBE_ENUM(S, New, Active, Busy, Dormant, Left)
BOOST_DESCRIBE_ENUM(E, Accept, Quit, Assign, Idle, Submit, Cancel, Wake, Invite)
} // namespace wl

namespace bench {

namespace {

using wl::E;
using wl::S;

struct is_welcome {
    static constexpr std::string_view name = "x is at least 8192";
    constexpr bool operator()(wl::u32 x) const { return x >= 8192; }
};
struct is_light {
    static constexpr std::string_view name = "x is below 49152";
    constexpr bool operator()(wl::u32 x) const { return x < 49152; }
};
struct is_long {
    static constexpr std::string_view name = "x is above 16384";
    constexpr bool operator()(wl::u32 x) const { return x > 16384; }
};
struct is_good {
    static constexpr std::string_view name = "x is at least 32768";
    constexpr bool operator()(wl::u32 x) const { return x >= 32768; }
};
struct is_odd {
    static constexpr std::string_view name = "x is odd";
    constexpr bool operator()(wl::u32 x) const { return (x & 1) != 0; }
};

using life = koc::transition_table<koc::initial<S::New>,
    koc::row<S::New, E::Accept, S::Active, is_welcome>, //
    koc::row<S::New, E::Quit, S::Left>,                 //
    koc::row<S::Active, E::Assign, S::Busy, is_light>,  //
    koc::row<S::Active, E::Idle, S::Dormant, is_long>,  //
    koc::row<S::Active, E::Quit, S::Left>,              //
    koc::row<S::Busy, E::Submit, S::Active, is_good>,   //
    koc::row<S::Busy, E::Submit, S::Dormant>,           //
    koc::row<S::Busy, E::Cancel, S::Active>,            //
    koc::row<S::Busy, E::Quit, S::Left>,                //
    koc::row<S::Dormant, E::Wake, S::Active>,           //
    koc::row<S::Dormant, E::Quit, S::Left>,             //
    koc::row<S::Left, E::Invite, S::New, is_odd>>;

} // namespace

wl::LifeCtx run_step(events const& happened, stages& machines) {
    wl::LifeCtx counts;
    for (auto const& e : happened) {
        wl::u32 const x = e.x;
        auto const row = life::advance(machines[e.machine], static_cast<E>(e.type), x);
        counts.fired(static_cast<int>(row), x);
    }
    return counts;
}

wl::LifeCtx run_step_all(events const& happened, stages& machines) {
    wl::LifeCtx counts;
    koc::advance_all<life>(
        machines, happened,
        [](wl::LifeEvent const& e) {
            return koc::arrival<E>{e.machine, static_cast<E>(e.type), e.x};
        },
        [&](std::size_t i, unsigned row) { counts.fired(static_cast<int>(row), happened[i].x); });
    return counts;
}

} // namespace bench
