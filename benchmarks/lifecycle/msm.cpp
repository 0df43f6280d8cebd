// SPDX-License-Identifier: BSL-1.0
// The rival: Boost.MSM (back::state_machine with the functor front end), one object a machine.

#include "lifecycle/machines.hpp"

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

namespace bench {

namespace {

using boost::msm::front::none;
using boost::msm::front::Row;

struct event {
    wl::u32 x;
    wl::LifeCtx* counts;
};
struct accept : event {};
struct quit : event {};
struct assign : event {};
struct idle : event {};
struct submit : event {};
struct cancel : event {};
struct wake : event {};
struct invite : event {};

template <int Number>
struct fire {
    void operator()(auto const& e, auto&, auto&, auto&) { e.counts->fired(Number, e.x); }
};
struct is_welcome {
    bool operator()(auto const& e, auto&, auto&, auto&) { return e.x >= 8192; }
};
struct is_light {
    bool operator()(auto const& e, auto&, auto&, auto&) { return e.x < 49152; }
};
struct is_long {
    bool operator()(auto const& e, auto&, auto&, auto&) { return e.x > 16384; }
};
struct is_good {
    bool operator()(auto const& e, auto&, auto&, auto&) { return e.x >= 32768; }
};
struct is_poor {
    bool operator()(auto const& e, auto&, auto&, auto&) { return e.x < 32768; }
};
struct is_odd {
    bool operator()(auto const& e, auto&, auto&, auto&) { return (e.x & 1) != 0; }
};

struct life_ : boost::msm::front::state_machine_def<life_> {
    using no_exception_thrown = int;
    using no_message_queue = int;
    struct fresh : boost::msm::front::state<> {};
    struct active : boost::msm::front::state<> {};
    struct busy : boost::msm::front::state<> {};
    struct dormant : boost::msm::front::state<> {};
    struct left : boost::msm::front::state<> {};
    using initial_state = fresh;
    // clang-format off
    struct transition_table : boost::mpl::vector<
        Row<fresh,   accept, active,  fire<1>,  is_welcome>,
        Row<fresh,   quit,   left,    fire<2>,  none>,
        Row<active,  assign, busy,    fire<3>,  is_light>,
        Row<active,  idle,   dormant, fire<4>,  is_long>,
        Row<active,  quit,   left,    fire<5>,  none>,
        Row<busy,    submit, active,  fire<6>,  is_good>,
        Row<busy,    submit, dormant, fire<7>,  is_poor>,
        Row<busy,    cancel, active,  fire<8>,  none>,
        Row<busy,    quit,   left,    fire<9>,  none>,
        Row<dormant, wake,   active,  fire<10>, none>,
        Row<dormant, quit,   left,    fire<11>, none>,
        Row<left,    invite, fresh,   fire<12>, is_odd>> {};
    // clang-format on
    template <typename Machine, typename Event>
    void no_transition(Event const&, Machine&, int) {}
};
using life = boost::msm::back::state_machine<life_>;

} // namespace

struct msm_machines::all {
    std::vector<life> each;
};

msm_machines::msm_machines(std::size_t count) : machines{new all{std::vector<life>(count)}} {
    for (auto& machine : machines->each) {
        machine.start();
    }
}
msm_machines::~msm_machines() { delete machines; }

stages msm_machines::read() const {
    stages where;
    for (auto const& machine : machines->each) {
        // MSM numbers states as they first appear in the table, which is the order of wl::S.
        where.push_back(static_cast<wl::S>(machine.current_state()[0]));
    }
    return where;
}

std::size_t msm_machines::bytes_each() { return sizeof(life); }

wl::LifeCtx run_msm(events const& happened, msm_machines& machines) {
    wl::LifeCtx counts;
    for (auto const& e : happened) {
        auto& machine = machines.machines->each[e.machine];
        event const now{e.x, &counts};
        switch (static_cast<wl::E>(e.type)) {
        case wl::E::Accept:
            machine.process_event(accept{now});
            break;
        case wl::E::Quit:
            machine.process_event(quit{now});
            break;
        case wl::E::Assign:
            machine.process_event(assign{now});
            break;
        case wl::E::Idle:
            machine.process_event(idle{now});
            break;
        case wl::E::Submit:
            machine.process_event(submit{now});
            break;
        case wl::E::Cancel:
            machine.process_event(cancel{now});
            break;
        case wl::E::Wake:
            machine.process_event(wake{now});
            break;
        case wl::E::Invite:
            machine.process_event(invite{now});
            break;
        }
    }
    return counts;
}

} // namespace bench
