// SPDX-License-Identifier: BSL-1.0
#pragma once

// Cultivation plans: who is taken through which steps, as data. Each names its audience by a
// requirement, so that stage, source and potential choose a plan; defining one again makes its next
// version.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/cultivation/messages/cultivation_plans.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/roster.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/workflow/plan_check.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// The plans that a brand defined.
class cultivation_plans : public aspect<cultivation_plans> {
public:
    using events = event_list<plan_defined, plan_retired>;
    using commands = command_list<define_plan, retire_plan>;
    using reads = aspect_list<tag_library, roster>;

    /// What a step may be done by: commands that call advance_plan, and those whose events
    /// cultivation follows.
    static constexpr std::string_view acts[]{"agree_topic", "accept_draft", "publish_piece",
        "push_first_piece", "agree_to_themes", "use_resource", "record_contact", "record_talk",
        "record_session"};

    /// The plan in use that fits a known member best, or null, as for alumni, of whom nothing is
    /// asked. O(plans).
    [[nodiscard]] plan_record const* best_for(member_id who, world_view const& view) const {
        world const in{view};
        if (detail::is_alumnus(in, who)) {
            return nullptr;
        }
        auto const& people = in.get<roster>().people();
        auto const place = people.slot_of(who);
        if (!place) { // merged into another account, which has a plan of its own
            return nullptr;
        }
        plan_record const* best = nullptr;
        plans_.for_each([&](plan_record const& known) {
            auto const& plan = known.newest();
            bool const better = best == nullptr || plan.priority > best->newest().priority ||
                (plan.priority == best->newest().priority && known.id < best->id);
            if (known.retired || !better) {
                return;
            }
            auto const audience = compile(plan.audience, in);
            if (audience && !audience->first_failure(people, *place)) {
                best = &known;
            }
        });
        return best;
    }
    static constexpr auto guards(define_plan const*) { return require(by_desk<define_plan>); }
    result<void> decide(define_plan const& command, context& in) const {
        auto const& plan = command.plan;
        auto const name = subject("plan", plan.plan);
        if (!plan.plan.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (auto refused = check_name("name of " + name, plan.name)) {
            return *std::move(refused);
        }
        if (auto refused = check_name("owner of " + name, plan.owner)) {
            return *std::move(refused);
        }
        if (plan.contact_every < days(1)) {
            return error{errc::invalid_argument, name,
                "expected a day or more between two contacts, or for_ever"};
        }
        KOC_TRY(check_contact(name, plan.contact));
        KOC_TRY(check_steps(name, plan.steps));
        for (auto const& step : plan.steps) {
            KOC_TRY(check_act(name, step));
        }
        if (auto compiled = compile(plan.audience, in); !compiled) {
            return std::move(compiled).error();
        }
        auto const* known = plans_.find(plan.plan);
        in.record(plan_defined{plan, known == nullptr ? 1 : known->version() + 1});
        return {};
    }
    static constexpr auto guards(retire_plan const*) {
        return require(by_desk<retire_plan>, known<&retire_plan::plan>);
    }
    result<void> decide(retire_plan const& command, context& in) const {
        auto const name = subject("plan", command.plan);
        if (plans_[command.plan].retired) {
            return error{errc::already_exists, name, "expected a plan that is in use"};
        }
        in.record(plan_retired{command.plan});
        return {};
    }

    void apply(plan_defined const& event, world const&) {
        plans_.put(event.plan.plan, [&](plan_record& known) {
            known.versions.push_back(event.plan);
            known.retired = false;
        });
    }
    void apply(plan_retired const& event, world const&) {
        plans_.update(event.plan, [](plan_record& known) { known.retired = true; });
    }

private:
    static result<void> check_contact(std::string const& whose, communication const& how) {
        if (how.guide.size() > talking_points_max) {
            return error{errc::too_large, "guide of " + whose,
                "expected at most " + std::to_string(talking_points_max) +
                    " talking points; leave the lesser ones out"};
        }
        for (auto const& point : how.guide) {
            if (auto refused = check_name("talking point of " + whose, point)) {
                return *std::move(refused);
            }
        }
        return {};
    }
    static result<void> check_act(std::string const& whose, plan_step const& step) {
        if (!step.act.empty() && (step.needs_evidence || step.by_another)) {
            return error{errc::invalid_argument, "step " + koc::quoted(step.name) + " of " + whose,
                "expected a step that an act does to ask for no evidence and no other reporter, "
                "as nobody reports it; take the one or the other out"};
        }
        if (step.act.empty() ||
            std::find(std::begin(acts), std::end(acts), step.act) != std::end(acts)) {
            return {};
        }
        std::string known;
        for (auto const& act : acts) {
            known += (known.empty() ? "" : ", ") + std::string{act};
        }
        return error{errc::invalid_argument, "step " + koc::quoted(step.name) + " of " + whose,
            "expected an act among " + known + ", or none, not " + koc::quoted(step.act)};
    }
    static result<requirement_plan> compile(requirement const& audience, world const& in) {
        auto const allowed = in.rules<tag_library_rules>().sensitive == sensitive_tags::allowed;
        return requirement_plan::compile(
            audience, in.get<roster>().people().vocabulary(in.get<tag_library>().tags(), allowed));
    }

    table<plan_record> plans_;
    BOOST_DESCRIBE_CLASS(cultivation_plans, (), (), (), (plans_))
};

} // namespace koc
