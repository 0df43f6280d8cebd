// SPDX-License-Identifier: BSL-1.0
#pragma once

// Cultivation: each member is on the plan that fits them, chosen by stage, source and potential, or
// whatever else a plan asks for. When the stage of a member changes, their owner, their rhythm and
// their next steps change in the same batch, and nothing of the old plan is due any more.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/cultivation/cultivation_plans.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/potential.hpp>
#include <koc/member/evolution/messages/evolution.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/own_time.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/workflow/plan.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// Who is how far on which plan.
class cultivation : public aspect<cultivation> {
public:
    using events = event_list<plan_started, plan_closed, plan_completed, step_completed,
        step_skipped, step_assigned, step_overdue, contact_due>;
    using commands =
        command_list<choose_plan, complete_step, skip_step, assign_step, advance_plan, note_act>;
    using follows = event_list<own_time_set, adopted<own_time_rules>, adopted<calendar_rules>,
        member_enrolled, member_contacted, talk_held, stage_changed, potential_measured>;
    using reads = aspect_list<own_time, mentorship, cultivation_plans>;

    [[nodiscard]] table<cultivation_record> const& people() const { return people_; }
    /// The version of a plan that somebody on one is on.
    [[nodiscard]] static cultivation_plan const& plan_of(
        cultivation_record const& person, world_view const& in) {
        return in.at(person.plan.value_or(plan_id{})).of_version(person.version);
    }
    /// Calls `visit(plan, place)` for each open step of somebody, in the order of their plan.
    template <typename Visit>
    static void for_each_open(cultivation_record const& person, world_view const& in, Visit visit) {
        for (std::size_t at = 0; at < person.running.steps.size(); ++at) {
            if (person.running.steps[at].state == step_state::open) {
                visit(plan_of(person, in), at);
            }
        }
    }

    static constexpr auto guards(choose_plan const*) {
        return require(by_desk<choose_plan>, known<&choose_plan::member>);
    }
    result<void> decide(choose_plan const& command, context& in) const {
        auto const name = subject("member", command.member);
        auto const* fits = in.get<cultivation_plans>().best_for(command.member, in);
        if (fits == nullptr) {
            return error{errc::not_qualified, name,
                "expected somebody for whom a plan is in use; define one whose audience they meet"};
        }
        auto const* person = people_.find(command.member);
        if (person != nullptr && person->plan == fits->id && person->version == fits->version()) {
            return error{errc::already_exists, name,
                "expected another plan to fit, but they are on " + subject("plan", fits->id) +
                    " in its newest version"};
        }
        follow(command.member, fits, in);
        return {};
    }
    static constexpr auto guards(complete_step const*) {
        return require(by_state<complete_step>, known<&complete_step::member>);
    }
    result<void> decide(complete_step const& command, context& in) const {
        KOC_TRY(check_end(command.member, command.step, in));
        auto const about = about_step(command.member, command.step);
        auto const& person = people_[command.member];
        auto const place = *person.running.find(steps_of(person, in), command.step);
        auto const& step = steps_of(person, in)[place];
        if (!step.act.empty()) {
            return error{errc::wrong_state, about,
                "expected a step that is reported by hand, but this one is done by " + step.act +
                    "; let it happen"};
        }
        KOC_TRY(check_reporter(person, place, in));
        if (!command.evidence.text.empty() || step.needs_evidence) {
            if (auto refused = check_name("evidence of " + about, command.evidence.text)) {
                return *std::move(refused);
            }
        }
        finish(command.member, step.name, "", command.evidence, in);
        return {};
    }
    static constexpr auto guards(skip_step const*) {
        return require(by_desk<skip_step>, known<&skip_step::member>);
    }
    result<void> decide(skip_step const& command, context& in) const {
        KOC_TRY(check_end(command.member, command.step, in));
        auto const about = about_step(command.member, command.step);
        if (auto refused = check_name("reason to skip " + about, command.reason.text)) {
            return *std::move(refused);
        }
        in.record(step_skipped{command.member, *people_[command.member].plan, command.step,
            command.reason.of(command.member.value())});
        note_completion(command.member, in);
        return {};
    }
    static constexpr auto guards(assign_step const*) {
        return require(by_desk<assign_step>, known<&assign_step::member>);
    }
    result<void> decide(assign_step const& command, context& in) const {
        auto const about = about_step(command.member, command.step);
        auto const* person = people_.find(command.member);
        if (person == nullptr || !person->running.find(steps_of(*person, in), command.step)) {
            return error{errc::unknown_id, about, "expected a step of the plan that they are on"};
        }
        if (auto refused = check_name("owner of " + about, command.owner)) {
            return *std::move(refused);
        }
        in.record(step_assigned{command.member, command.step, command.owner});
        return {};
    }
    static constexpr auto guards(advance_plan const*) {
        return require(known<&advance_plan::member>, only_called<advance_plan>);
    }
    result<void> decide(advance_plan const& command, context& in) const {
        if (auto const step = done_by(command.member, command.act, in)) {
            auto const name = steps_of(people_[command.member], in)[*step].name;
            KOC_TRY(check_end(command.member, name, in));
            finish(command.member, name, command.act, command.evidence, in);
        }
        return {};
    }

    static constexpr auto guards(note_act const*) {
        return require(known<&note_act::member>, only_called<note_act>);
    }
    result<void> decide(note_act const& command, context& in) const {
        while (auto const step = done_by(command.member, command.act, in)) {
            finish(command.member, steps_of(people_[command.member], in)[*step].name, command.act,
                command.evidence, in);
        }
        return {};
    }

    static constexpr auto consequences(member_enrolled const*) {
        return in_order(consequence<always<member_enrolled>, &cultivation::choose<member_enrolled>>(
            "the plan that fits begins"));
    }
    static constexpr auto consequences(member_contacted const*) {
        return in_order(consequence<always<member_contacted>, &cultivation::see_contact>(
            "an open step that a contact does is done"));
    }
    static constexpr auto consequences(talk_held const*) {
        return in_order(consequence<always<talk_held>, &cultivation::see_talk>(
            "an open step that a talk does is done"));
    }
    static constexpr auto consequences(stage_changed const*) {
        return in_order(consequence<always<stage_changed>, &cultivation::choose<stage_changed>>(
            "the plan that fits the new stage begins, and the old one is closed"));
    }
    static constexpr auto consequences(potential_measured const*) {
        return in_order(
            consequence<always<potential_measured>, &cultivation::choose_while_untouched>(
                "the plan that fits begins, while no step of the old one has ended"));
    }
    void due(member_id who, context& in) const {
        auto const& person = people_[who];
        std::vector<step_overdue> late;
        for_each_open(person, in, [&](cultivation_plan const& plan, std::size_t at) {
            auto const& step = person.running.steps[at];
            if (step.due && !step.overdue && *step.due <= in.now()) {
                late.push_back({who, plan.steps[at].name, person.running.owner_of(plan.steps, at)});
            }
        });
        if (person.next_contact && !person.contact_overdue && *person.next_contact <= in.now()) {
            auto const& plan = plan_of(person, in);
            in.record(contact_due{who, plan.owner, plan.contact.channel});
        }
        for (auto& step : late) {
            in.record(std::move(step));
        }
    }

    void apply(plan_started const& event, world const& in) {
        auto const& plan = in.at(event.plan).of_version(event.version);
        change(event.member, in, [&](cultivation_record& person) {
            person.plan = event.plan;
            person.version = event.version;
            person.running = running_plan::begin(plan.steps, in.now());
            renew_contact(person, in);
        });
    }
    void apply(plan_closed const& event, world const& in) {
        change(event.member, in, [](cultivation_record& person) {
            person.plan.reset();
            person.version = 0;
            person.next_contact.reset();
            person.contact_overdue = false;
            person.running = {};
        });
    }
    void apply(plan_completed const&, world const&) {}
    void apply(step_completed const& event, world const& in) {
        change(event.member, in, [&](cultivation_record& person) {
            auto const& steps = steps_of(person, in);
            auto const place = person.running.find(steps, event.step);
            person.running.end(steps, event.step, step_state::done, in.now(), !event.own_word);
            person.completed.push_back({event.plan, person.version,
                static_cast<std::int64_t>(place.value_or(0)), event.evidence, event.by, in.now()});
        });
    }
    void apply(step_skipped const& event, world const& in) {
        change(event.member, in, [&](cultivation_record& person) {
            person.running.end(steps_of(person, in), event.step, step_state::skipped, in.now());
        });
    }
    void apply(step_assigned const& event, world const& in) {
        change(event.member, in, [&](cultivation_record& person) {
            person.running.assign(steps_of(person, in), event.step, event.owner);
        });
    }
    void apply(step_overdue const& event, world const& in) {
        change(event.member, in, [&](cultivation_record& person) {
            person.running.mark_overdue(steps_of(person, in), event.step);
        });
    }
    void apply(contact_due const& event, world const& in) {
        change(event.member, in, [](cultivation_record& person) { person.contact_overdue = true; });
    }
    void apply(member_contacted const& event, world const& in) { spoken_to(event.member, in); }
    void apply(talk_held const& event, world const& in) { spoken_to(event.member, in); }
    void apply(own_time_set const& event, world const& in) {
        if (people_.contains(event.member)) {
            remind(event.member, in);
        }
    }
    void apply(adopted<own_time_rules> const&, world const& in) { remind_all(in); }
    void apply(adopted<calendar_rules> const&, world const& in) { remind_all(in); }

private:
    static std::string about_step(member_id who, std::string const& step) {
        return "step " + koc::quoted(step) + " of " + subject("member", who);
    }
    /// The steps as they are written in somebody's version of their plan; some others of whoever is
    /// on none, where `running` has no steps.
    static std::vector<plan_step> const& steps_of(
        cultivation_record const& person, world_view const& in) {
        static std::vector<plan_step> const none;
        return person.plan ? plan_of(person, in).steps : none;
    }
    [[nodiscard]] std::optional<std::size_t> done_by(
        member_id who, std::string_view act, world_view const& in) const {
        auto const* person = people_.find(who);
        return person == nullptr ? std::nullopt
                                 : person->running.done_by(steps_of(*person, in), act);
    }
    [[nodiscard]] result<void> check_end(
        member_id who, std::string const& step, world const& in) const {
        auto const* person = people_.find(who);
        if (person == nullptr || !person->plan) {
            return error{errc::wrong_state, about_step(who, step),
                "expected somebody who is on a plan; choose one for them first"};
        }
        return person->running.check_end(steps_of(*person, in), subject("member", who), step);
    }
    /// Operators report any step, as does its owner. Members report their own, unless it takes
    /// somebody else, and their mentees'. No guard, as plan and pairs say who that is.
    static result<void> check_reporter(
        cultivation_record const& person, std::size_t place, world const& in) {
        auto const by = in.by();
        auto const who = person.id;
        auto const& step = steps_of(person, in)[place];
        auto const self = by == actor{actor_kind::member, who.value()};
        auto const about = about_step(who, step.name);
        if (self && step.by_another) {
            return error{errc::not_qualified, about,
                "expected somebody else than the member to report it, as nobody certifies "
                "themselves; have a mentor or an operator do it"};
        }
        if (self || by.kind != actor_kind::member ||
            to_string(by) == person.running.owner_of(steps_of(person, in), place) ||
            in.get<mentorship>().pairs().linked(member_id{by.id}, who)) {
            return {};
        }
        return error{errc::not_qualified, about,
            "expected the member, their mentor, the owner of the step or an operator, not " +
                to_string(by)};
    }

    void follow(member_id who, plan_record const* next, context& in) const {
        if (auto const* person = people_.find(who); person != nullptr && person->plan) {
            in.record(plan_closed{who, *person->plan, person->version});
        }
        if (next != nullptr) {
            in.record(plan_started{who, next->id, next->version()});
        }
    }
    /// Who is on the plan that fits stays on it, in the version that they began.
    template <typename E>
    void choose(E const& event, context& in) const {
        auto const* fits = in.get<cultivation_plans>().best_for(event.member, in);
        auto const* person = people_.find(event.member);
        auto const now = person == nullptr ? std::nullopt : person->plan;
        if (now != (fits == nullptr ? std::nullopt : std::optional{fits->id})) {
            follow(event.member, fits, in);
        }
    }
    void choose_while_untouched(potential_measured const& event, context& in) const {
        auto const* person = people_.find(event.member);
        if (person == nullptr || person->running.untouched()) {
            choose(event, in);
        }
    }
    void finish(member_id who, std::string step, std::string act, personal_words evidence,
        context& in) const {
        auto const own_word = act.empty() &&
            (evidence.text.empty() || in.by() == actor{actor_kind::member, who.value()});
        in.record(step_completed{who, *people_[who].plan, std::move(step), std::move(act),
            evidence.of(who.value()), to_string(in.by()), own_word});
        note_completion(who, in);
    }
    void note_completion(member_id who, context& in) const {
        auto const& person = people_[who];
        if (person.running.finished()) {
            in.record(plan_completed{who, *person.plan, person.version});
        }
    }

    /// What is done by speaking to somebody is done where its turn has come, and stands in the way
    /// of no talk otherwise.
    void see(member_id who, char const* act, context& in) const {
        auto const step = done_by(who, act, in);
        if (step && people_[who].running.steps[*step].state == step_state::open) {
            finish(who, steps_of(people_[who], in)[*step].name, act, "", in);
        }
    }
    void see_contact(member_contacted const& event, context& in) const {
        see(event.member, "record_contact", in);
    }
    void see_talk(talk_held const& event, context& in) const {
        see(event.member, "record_talk", in);
    }
    static void renew_contact(cultivation_record& person, world const& in) {
        person.contact_overdue = false;
        person.next_contact.reset();
        if (person.plan && plan_of(person, in).contact_every != for_ever) {
            person.next_contact = in.now() + plan_of(person, in).contact_every;
        }
    }
    void spoken_to(member_id who, world const& in) {
        if (people_.contains(who)) {
            change(who, in, [&](cultivation_record& person) { renew_contact(person, in); });
        }
    }
    /// Changes a record, and the entry on the agenda with it.
    template <typename Change>
    void change(member_id who, world const& in, Change&& how) {
        people_.put(who, how);
        remind(who, in);
    }
    /// Puts what is due next on the agenda, outside the quiet hours of the member's own clocks.
    void remind(member_id who, world const& in) {
        auto const& person = people_[who];
        auto const step = person.running.next_due();
        auto const contact = person.contact_overdue ? std::nullopt : person.next_contact;
        auto const next = step && contact ? (std::min)(step, contact) : step ? step : contact;
        auto const clock = in.get<own_time>().clock_of(
            who, in.rules<calendar_rules>(), in.rules<own_time_rules>());
        due_.put(who, next ? std::optional{clock.awake_from(*next)} : std::nullopt);
    }

    /// Other clocks or quiet hours of the programme hold for what is on the agenda already.
    void remind_all(world const& in) {
        people_.for_each([&](cultivation_record const& person) { remind(person.id, in); });
    }

    table<cultivation_record> people_;
    agenda<member_id> due_;
    BOOST_DESCRIBE_CLASS(cultivation, (), (), (), (people_, due_))
};

} // namespace koc
