// SPDX-License-Identifier: BSL-1.0

// The unit that compiles the programme: the standard aspects with policies of the shop's own, and a
// veto behind them.

#include <koc/engine/instantiate.hpp>
#include <koc/standard/programme.hpp>

#include <boost/describe/class.hpp>
#include <boost/mp11/algorithm.hpp>

#include <string_view>

namespace own_policies {

//! [scorer]
/// Who has done least so far comes first.
struct fresh_faces {
    [[nodiscard]] static koc::score rate(auto const& task, auto const& candidate) {
        return -koc::whole(task.past.of(candidate.id).outcomes());
    }
    [[nodiscard]] static koc::explanation explain(auto const& task, auto const& candidate) {
        return koc::explanation{}.add("work done", rate(task, candidate));
    }
    [[nodiscard]] static koc::score_ceiling ceiling(auto const& task) {
        koc::score_ceiling high;
        high.columns.push_back({task.column("outcomes"), -koc::whole(1)});
        return high;
    }
};

/// All wanted tags together count as much as four pieces of work.
struct match_scorer : koc::total<koc::weighted<koc::standard::affinity>, fresh_faces> {
    match_scorer()
        : total{koc::weighted{koc::standard::affinity{}, koc::whole(4)}, fresh_faces{}} {}
};
//! [scorer]

//! [lifecycle]
using koc::stage;
using koc::stage_trigger;

/// As the rules ask, and five excellent pieces at least.
struct five_excellent {
    static constexpr std::string_view name = "five excellent pieces";
    constexpr bool operator()(koc::stage_evidence const& seen) const {
        return koc::sustained_excellence{}(seen) && seen.excellent >= 5;
    }
};

using lifecycle = koc::transition_table<koc::initial<stage::budding>,
    koc::row<stage::budding, stage_trigger::willingness_confirmed, stage::active,
        koc::was_contacted>,
    koc::row<stage::active, stage_trigger::excelled, stage::mature, five_excellent>,
    koc::row<stage::active, stage_trigger::waned, stage::evolving>,
    koc::row<stage::mature, stage_trigger::waned, stage::evolving>,
    koc::row<stage::evolving, stage_trigger::excelled, stage::mature, five_excellent>,
    koc::row<stage::evolving, stage_trigger::role_accepted, stage::alumni>,
    koc::row<stage::alumni, stage_trigger::willingness_confirmed, stage::active>,
    koc::only_entry<stage::active, stage_trigger::willingness_confirmed>>;
//! [lifecycle]

//! [veto]
/// Staff are members, but are never offered a task.
class no_staff : public koc::aspect<no_staff> {
public:
    using follows = koc::event_list<koc::may_offer>;

    [[nodiscard]] koc::result<void> review(koc::may_offer const& question, world const& in) const {
        if (in.at(question.member).name.text == "Staff") {
            return koc::error{koc::errc::not_qualified, subject("member", question.member),
                "expected somebody who is not staff; choose another"};
        }
        return {};
    }

private:
    BOOST_DESCRIBE_CLASS(no_staff, (), (), (), ())
};
//! [veto]

//! [programme]
struct policies : koc::standard::policies {
    using match_scorer = own_policies::match_scorer;
    using lifecycle = own_policies::lifecycle;
};
struct programme : policies {
    using aspects = boost::mp11::mp_push_back<koc::standard::aspects_with<policies>, no_staff>;
};
//! [programme]

} // namespace own_policies

//! [instance]
template koc::programme_parts koc::include_instantiate_hpp<own_policies::programme>();
//! [instance]
