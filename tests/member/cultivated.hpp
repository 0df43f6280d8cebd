// SPDX-License-Identifier: BSL-1.0
#pragma once

// The usual world with the standard cultivation plans, and people who are brought to a stage.

#include <koc/standard/plans.hpp>

#include "support/scenario.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc_test {

class cultivated_world : public winter_world {
public:
    static constexpr koc::member_id pan{70};
    static constexpr koc::member_id qi{71};
    static constexpr koc::member_id ru{72};
    static constexpr koc::actor trainer{koc::actor_kind::employee, 3};

    cultivated_world() {
        for (auto const& plan : koc::standard::plans()) {
            given(koc::define_plan{plan});
        }
    }

    static koc::actor self(koc::member_id who) { return {koc::actor_kind::member, who.value()}; }
    void enrolled(koc::member_id who, std::vector<koc::source> sources) {
        given(koc::enrol{who, {who.value(), "Somebody"}, std::move(sources), {}});
    }
    void active(koc::member_id who, std::vector<koc::source> sources) {
        enrolled(who, std::move(sources));
        given(koc::record_contact{who, {}}, koc::confirm_willingness{who});
    }
    /// Owned, active, trained and with a sharing in the community.
    void shared(koc::member_id who) {
        active(who, {koc::source::owned});
        given(koc::complete_step{who, "content training", "https://example.org/course/1"},
            koc::complete_step{who, "community sharing", "https://example.org/post/1"});
    }

    [[nodiscard]] koc::cultivation_record const& record(koc::member_id who) const {
        return at<koc::cultivation_record>(who);
    }
    /// The version of the plan that somebody is on; they are on one.
    [[nodiscard]] koc::cultivation_plan const& plan_of(koc::member_id who) const {
        return at(record(who).plan.value()).of_version(record(who).version);
    }
    /// How far somebody is with a step; none where their plan has no such step.
    [[nodiscard]] std::optional<koc::step_state> state_of(
        koc::member_id who, std::string const& step) const {
        auto const& running = record(who).running;
        auto const place = running.find(plan_of(who).steps, step);
        return place ? std::optional{running.steps[*place].state} : std::nullopt;
    }
    /// The names of the open steps.
    [[nodiscard]] std::vector<std::string> next(koc::member_id who) const {
        std::vector<std::string> names;
        for (auto const& step : ask(koc::next_steps{who})) {
            names.push_back(step.step);
        }
        return names;
    }
};

} // namespace koc_test
