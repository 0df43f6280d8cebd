// SPDX-License-Identifier: BSL-1.0
#pragma once

// Potential: loyalty, familiarity with the product and the will to speak in public, each measured
// apart and searched as a column of its own: by the judgement of their mentor or an operator, or
// from what the person did. Which cultivation plan fits a person may depend on them.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/messages/first_voice.hpp>
#include <koc/member/cultivation/messages/potential.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/authenticity.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// What people bring along. The columns `loyalty`, `familiarity` and `will_to_speak` are in
/// millionths; who was not measured meets no requirement on them.
class potential : public aspect<potential> {
public:
    using events = event_list<potential_measured>;
    using commands = command_list<measure_potential, assess_potential>;
    using queries = query_list<show_potential>;
    using follows =
        event_list<content_reported, contribution_reported, session_held, piece_published>;
    using reads = aspect_list<mentorship>;
    using rules = potential_rules;
    using columns = column_list<
        behind<detail::while_assessed, column_of<"loyalty", &potential_record::loyalty>>,
        behind<detail::while_assessed, column_of<"familiarity", &potential_record::familiarity>>,
        behind<detail::while_assessed,
            column_of<"will_to_speak", &potential_record::will_to_speak>>>;

    static constexpr auto guards(measure_potential const*) {
        return require(by_state<measure_potential>, known<&measure_potential::member>,
            within<&measure_potential::value, score{}, whole(1)>);
    }
    result<void> decide(measure_potential const& command, context& in) const {
        auto const who = subject("member", command.member);
        KOC_TRY(check_measurer(command.member, "measure their potential", in));
        KOC_TRY(detail::check_assessed(in, command.member));
        if (auto refused = check_name("basis of a measure of " + who, command.basis.text)) {
            return *std::move(refused);
        }
        in.record(potential_measured{command.member, command.trait, command.value,
            command.basis.of(command.member.value()), potential_source::judgement});
        return {};
    }
    static constexpr auto guards(assess_potential const*) {
        return require(by_state<assess_potential>, known<&assess_potential::member>);
    }
    result<void> decide(assess_potential const& command, context& in) const {
        KOC_TRY(check_measurer(command.member, "measure their potential", in));
        KOC_TRY(detail::check_assessed(in, command.member));
        KOC_TRY(detail::check_not_held(in, command.member));
        auto measured = false;
        for (auto const& read : readings_of(command.member, in)) {
            if (read.value) {
                measured = true;
                in.record(potential_measured{command.member, read.trait, *read.value,
                    {command.member.value(), read.basis}, potential_source::evidence});
            }
        }
        if (!measured) {
            return error{errc::not_qualified, subject("member", command.member),
                "expected somebody of whom signals, sessions or public pieces were reported; "
                "measure them by judgement, or report what they do"};
        }
        return {};
    }
    [[nodiscard]] result<std::vector<trait_reading>> answer(
        show_potential const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        if (in.by() != acting(query.member)) {
            KOC_TRY(check_measurer(query.member, "look at their potential", in));
        }
        KOC_TRY(detail::check_assessed(in, query.member));
        return readings_of(query.member, in);
    }

    void apply(potential_measured const& event, world const&) {
        people_.put(event.member, [&](potential_record& person) {
            auto& kept = event.trait == trait::loyalty ? person.loyalty
                : event.trait == trait::familiarity    ? person.familiarity
                                                       : person.will_to_speak;
            kept = event.value;
        });
    }

    void apply(content_reported const& event, world const&) {
        note(event.person, event.at, [](potential_evidence& e) { ++e.spoken; });
    }
    void apply(contribution_reported const& event, world const&) {
        note(event.person, event.at, [&](potential_evidence& e) {
            switch (event.kind) {
            case contribution_kind::interacted:
                break;
            case contribution_kind::gave_feedback:
                e.feedback += score{event.detail.raw * event.times};
                e.quiet += event.times;
                break;
            case contribution_kind::tried:
                add_once(e.features, event.feature);
                break;
            case contribution_kind::helped_a_peer:
                e.answers += event.times;
                e.quiet += event.times;
                break;
            }
        });
    }
    void apply(session_held const& event, world const& in) {
        if (!event.attendees.empty()) {
            note(event.giver, in.now(), [](potential_evidence& e) { ++e.spoken; });
        }
    }
    void apply(piece_published const& event, world const& in) {
        note(event.member, in.now(), [](potential_evidence& e) { ++e.spoken; });
    }

private:
    /// Operators measure everybody, members those whom they lead. No guard, as the pairs say whom.
    [[nodiscard]] static result<void> check_measurer(
        member_id who, char const* what, world const& in) {
        auto const by = in.by();
        if (by.kind != actor_kind::member ||
            in.get<mentorship>().pairs().linked(member_id{by.id}, who)) {
            return {};
        }
        return error{errc::not_qualified, subject("member", who),
            std::string{"expected their mentor or an operator to "} + what + ", not " +
                to_string(by) + "; have one of them do it"};
    }
    static constexpr std::int64_t week_of(instant at) {
        constexpr auto week = days(7).ms;
        return at.ms >= 0 ? at.ms / week : (at.ms - week + 1) / week;
    }
    template <typename T>
    static void add_once(std::vector<T>& sorted, T value) {
        auto const place = std::lower_bound(sorted.begin(), sorted.end(), value);
        if (place == sorted.end() || *place != value) {
            sorted.insert(place, value);
        }
    }
    template <typename Change>
    void note(member_id who, instant at, Change const& change) {
        evidence_.put(who, [&](potential_evidence& e) {
            add_once(e.weeks, week_of(at));
            change(e);
        });
    }
    /// Somebody's evidence without the pieces that are held back, and without the weeks in which
    /// these were published: itself, or what of it is `left`. O(1) of who is not in doubt.
    [[nodiscard]] static potential_evidence const& counted(
        potential_evidence const& all, world const& in, potential_evidence& left) {
        auto const* held = in.find_record<held_back_record>(all.id.value());
        if (held == nullptr) {
            return all;
        }
        left = all;
        for (auto const& doubt : held->doubts) {
            if (auto const* piece = in.find_record<seen_signal>(doubt.content.value())) {
                --left.spoken;
                std::erase(left.weeks, week_of(piece->at));
            }
        }
        return left;
    }
    /// Loyalty is the share of weeks with a sign, of all since the first sign or of loyal_weeks,
    /// whichever are more; familiarity the evidence of it, of familiar_at; the will to speak the
    /// share of contributions that were public or in sessions.
    [[nodiscard]] std::vector<trait_reading> readings_of(member_id who, world const& in) const {
        auto const& full = in.rules<rules>();
        auto const* told = evidence_.find(who);
        auto const in_doubt = detail::held_back(in, who) != nullptr;
        if (told == nullptr || in_doubt) {
            auto const* none = in_doubt ? "in doubt" : "no evidence";
            return {{trait::loyalty, {}, none}, {trait::familiarity, {}, none},
                {trait::will_to_speak, {}, none}};
        }
        potential_evidence left;
        auto const* e = &counted(*told, in, left);
        auto const seen = static_cast<std::int64_t>(e->weeks.size());
        auto const since = week_of(in.now()) - told->weeks.front() + 1;
        auto const weeks = (std::max)(since, full.loyal_weeks);
        auto const features = static_cast<std::int64_t>(e->features.size());
        auto const reports = e->feedback.raw / score::unit;
        auto const known = whole(features) + whole(e->answers) + e->feedback;
        auto const all = e->spoken + e->quiet;
        return {{trait::loyalty, clamp(ratio(seen, weeks), score{}, whole(1)),
                    "weeks with a sign: " + std::to_string(seen) + " of " + std::to_string(weeks)},
            {trait::familiarity, clamp(score{known.raw / full.familiar_at}, score{}, whole(1)),
                "full reports: " + std::to_string(reports) +
                    ", features used: " + std::to_string(features) +
                    ", questions answered: " + std::to_string(e->answers)},
            {trait::will_to_speak,
                all < full.speak_pieces ? std::nullopt : std::optional{ratio(e->spoken, all)},
                "public or in sessions: " + std::to_string(e->spoken) + " of " +
                    std::to_string(all)}};
    }

    table<potential_record> people_;
    table<potential_evidence> evidence_;
    BOOST_DESCRIBE_CLASS(potential, (), (), (), (people_, evidence_))
};

} // namespace koc
