// SPDX-License-Identifier: BSL-1.0
#pragma once

// Onboarding: the training of a newcomer is planned in steps with their length, each given by an
// operator or by the newcomer's mentor. So the part of the work that mentors take over from the
// operators is measured, and a step to which nobody came counts for nobody.

#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/messages/onboarding.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// The training of newcomers and who gives it.
class onboarding : public aspect<onboarding> {
public:
    using events = event_list<onboarding_planned, onboarding_given, onboarding_missed>;
    using commands = command_list<plan_onboarding, record_onboarding>;
    using queries = query_list<measure_training>;
    using follows = event_list<stage_changed>;
    using reads = aspect_list<mentorship>;

    static constexpr auto guards(plan_onboarding const*) {
        return require(by_desk<plan_onboarding>, known<&plan_onboarding::member>,
            has_value<&plan_onboarding::member, &relationship_record::stage, stage::budding,
                stage::active>);
    }
    result<void> decide(plan_onboarding const& command, context& in) const {
        auto const name = "onboarding of " + subject("member", command.member);
        if (people_.contains(command.member)) {
            return error{errc::already_exists, name, "expected a newcomer without a plan"};
        }
        if (command.steps.empty() || command.steps.size() > steps_max) {
            return error{errc::invalid_argument, name,
                "expected from 1 to " + std::to_string(steps_max) + " steps"};
        }
        for (auto const& step : command.steps) {
            if (auto refused = check_name("step of the " + name, step.name)) {
                return *std::move(refused);
            }
            if (step.minutes < 1 || step.minutes > training_minutes_most) {
                return error{errc::invalid_argument, name,
                    "expected from 1 to " + std::to_string(training_minutes_most) +
                        " minutes for step " + koc::quoted(step.name)};
            }
        }
        in.record(onboarding_planned{command.member, command.steps});
        return {};
    }
    static constexpr auto guards(record_onboarding const*) {
        return require(by_state<record_onboarding>, known<&record_onboarding::member>,
            has_value<&record_onboarding::member, &relationship_record::stage, stage::budding,
                stage::active>);
    }
    result<void> decide(record_onboarding const& command, context& in) const {
        auto const name = "onboarding of " + subject("member", command.member);
        auto const* plan = people_.find(command.member);
        if (plan == nullptr) {
            return error{errc::wrong_state, name, "expected a plan first; send plan_onboarding"};
        }
        // No guard, as a mentor has to be paired with the newcomer.
        if (in.by().kind == actor_kind::member &&
            !(command.mentor && in.by() == acting(*command.mentor))) {
            return error{errc::not_qualified, name,
                "expected who gave the step, an operator or the host to record it, not " +
                    to_string(in.by())};
        }
        if (command.mentor) {
            KOC_TRY(in.get<mentorship>().pairs().check_linked(*command.mentor, command.member));
        }
        auto const count = static_cast<std::int64_t>(plan->steps.size());
        if (command.step < 1 || command.step > count) {
            return error{errc::invalid_argument, "record_onboarding.step",
                "expected from 1 to " + std::to_string(count)};
        }
        auto const& step = plan->steps[static_cast<std::size_t>(command.step - 1)];
        if (step.state != training_state::open) {
            return error{errc::already_exists, name,
                "expected a step that is still open, but step " + std::to_string(command.step) +
                    " was given"};
        }
        if (command.came) {
            in.record(
                onboarding_given{command.member, command.step, command.mentor, step.step.minutes});
        } else {
            in.record(onboarding_missed{command.member, command.step, command.mentor});
        }
        return {};
    }
    [[nodiscard]] result<training_load> answer(measure_training const&, world const&) const {
        auto const& sums = *sums_;
        training_load load{sums.planned, sums.by_mentors, sums.by_operators,
            sums.planned - sums.by_mentors, score{}};
        if (sums.planned != 0) {
            load.mentors_share = {sums.by_mentors * score::unit / sums.planned};
        }
        return load;
    }

    void apply(onboarding_planned const& event, world const&) {
        onboarding_record plan{event.member, {}};
        std::int64_t minutes = 0;
        for (auto const& step : event.steps) {
            plan.steps.push_back({step, training_state::open, 0});
            minutes += step.minutes;
        }
        people_.insert(std::move(plan));
        sums_.update([&](training_sums& sums) { sums.planned += minutes; });
    }
    void apply(onboarding_given const& event, world const&) {
        change(event.member, event.step, [&](step_progress& step) {
            step.state = event.mentor ? training_state::by_mentor : training_state::by_operator;
        });
        sums_.update([&](training_sums& sums) {
            (event.mentor ? sums.by_mentors : sums.by_operators) += event.minutes;
        });
    }
    void apply(onboarding_missed const& event, world const&) {
        change(event.member, event.step, [](step_progress& step) { ++step.missed; });
    }
    /// Who is no newcomer any more needs no training: open steps are dropped from what is planned,
    /// and are open again if they return.
    void apply(stage_changed const& event, world const&) {
        auto const newcomer = event.to == stage::budding || event.to == stage::active;
        auto const from = newcomer ? training_state::dropped : training_state::open;
        auto const to = newcomer ? training_state::open : training_state::dropped;
        std::int64_t minutes = 0;
        people_.update(event.member, [&](onboarding_record& plan) {
            for (auto& step : plan.steps) {
                if (step.state == from) {
                    step.state = to;
                    minutes += step.step.minutes;
                }
            }
        });
        sums_.update([&](training_sums& sums) { sums.planned += newcomer ? minutes : -minutes; });
    }

private:
    static constexpr std::size_t steps_max = 100;

    template <typename Change>
    void change(member_id who, std::int64_t step, Change&& by) {
        people_.update(who, [&](onboarding_record& plan) {
            if (step < 1 || static_cast<std::uint64_t>(step) > plan.steps.size()) {
                throw_misfit("step " + std::to_string(step) + " of the onboarding of " +
                    subject("member", who));
            }
            by(plan.steps[static_cast<std::size_t>(step - 1)]);
        });
    }

    table<onboarding_record> people_;
    single<training_sums> sums_;
    BOOST_DESCRIBE_CLASS(onboarding, (), (), (), (people_, sums_))
};

} // namespace koc
