// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a relationship moves: by contact and confirmed consent, by excellence that lasts, by a talk
// when somebody can give less, and by an honorary role that is accepted. The lifecycle says what is
// possible; this aspect brings the evidence. Falling silent moves nobody by itself: a query shows
// it early.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The relationships. `Lifecycle` is a transition table over koc::stage and koc::stage_trigger
/// whose guards see stage_evidence. The stage of each member is kept as a tag, so `has("stage",
/// "active")` works.
template <typename Lifecycle = relationship_lifecycle>
class relationship : public aspect<relationship<Lifecycle>> {
    using base = aspect<relationship<Lifecycle>>;
    static_assert(Lifecycle::template understands<stage_evidence>,
        "koc: the guards of a relationship's lifecycle must judge koc::stage_evidence; see "
        "docs/member.md#relationship");

public:
    using world = typename base::world;
    using context = typename base::context;
    using events = event_list<member_contacted, member_waned, role_accepted, stage_changed>;
    using commands = command_list<record_contact, confirm_willingness, record_waning, accept_role>;
    using queries = query_list<list_waning, count_stages>;
    using questions = question_list<may_take_role>;
    using follows = event_list<member_enrolled, outcome_recorded, outcome_corrected>;
    using reads = aspect_list<track_record>;
    using rules = relationship_rules;
    using kept = kept_list<kept_tag<&relationship_record::stage>>;
    using gates = gate_list<detail::while_assessed>;

    static constexpr auto guards(record_contact const*) {
        return require(by_desk<record_contact>, known<&record_contact::member>);
    }
    result<void> decide(record_contact const& command, context& in) const {
        KOC_TRY(check_owner(command.member, command.note));
        in.record(member_contacted{command.member, command.note});
        return {};
    }
    static constexpr auto guards(confirm_willingness const*) {
        return require(
            by_member<&confirm_willingness::member>, known<&confirm_willingness::member>);
    }
    /// An employee may record the word of anybody but alumni, whom nobody but themselves brings
    /// back to where they are assessed.
    result<void> decide(confirm_willingness const& command, context& in) const {
        if (detail::is_alumnus(in, command.member)) {
            KOC_TRY(check_own_word(in.by(), command.member, "come back"));
        }
        auto moved = step(command.member, stage_trigger::willingness_confirmed, in);
        if (!moved) {
            return std::move(moved).error();
        }
        in.record(*std::move(moved));
        return in.call(begin_assessment{command.member});
    }
    static constexpr auto guards(record_waning const*) {
        return require(by_member<&record_waning::member>, known<&record_waning::member>);
    }
    result<void> decide(record_waning const& command, context& in) const {
        KOC_TRY(check_owner(command.member, command.note));
        auto moved = step(command.member, stage_trigger::waned, in);
        if (!moved) {
            return std::move(moved).error();
        }
        in.record(*std::move(moved), member_waned{command.member, command.reason, command.note});
        return {};
    }
    static constexpr auto guards(accept_role const*) {
        return require(in_person<&accept_role::member>, known<&accept_role::member>);
    }
    result<void> decide(accept_role const& command, context& in) const {
        auto moved = step(command.member, stage_trigger::role_accepted, in);
        if (!moved) {
            return std::move(moved).error();
        }
        KOC_TRY(in.review(may_take_role{command.member, command.role}));
        in.record(*std::move(moved), role_accepted{command.member, command.role});
        return in.call(end_assessment{command.member});
    }

    /// Alumni are never assessed.
    [[nodiscard]] result<void> review(outcome_recorded const& event, world const&) const {
        if (!detail::is_assessed(people_[event.member])) {
            return error{errc::not_qualified, subject("member", event.member),
                "expected somebody whose work is assessed, but alumni are not; leave the outcome "
                "out"};
        }
        return {};
    }
    /// An excellent outcome may be the one that completes the evidence; any other moves nobody up.
    static constexpr auto consequences(outcome_recorded const*) {
        return grown<outcome_recorded>();
    }
    static constexpr auto consequences(outcome_corrected const*) {
        return grown<outcome_corrected>();
    }

    [[nodiscard]] result<std::vector<waning_sign>> answer(
        list_waning const& query, world const& in) const {
        KOC_TRY(check_desk(in.by(), "list_waning", "look for who wanes"));
        if (query.within < duration{}) {
            return error{
                errc::invalid_argument, "list_waning.within", "expected a span of 0 or more"};
        }
        auto const& past = in.template get<track_record>();
        auto const& spans = in.template rules<track_record_rules>();
        presence_scale const visits{spans.visit, spans.habit};
        std::vector<waning_sign> found;
        for (auto serving : {stage::active, stage::mature}) {
            for (auto const& member : people_.template all<by_stage>(serving)) {
                auto const newest = past.of(member.id).newest_outcome();
                auto const chance = past.comes_again(member.id, visits, in.now(), query.within);
                if (newest && chance < query.limit) {
                    found.push_back({member.id, chance, in.now() - *newest});
                }
            }
        }
        std::sort(found.begin(), found.end(), [](waning_sign const& a, waning_sign const& b) {
            return a.chance != b.chance ? a.chance < b.chance : a.member < b.member;
        });
        return found;
    }
    [[nodiscard]] result<std::vector<std::int64_t>> answer(
        count_stages const&, world const&) const {
        std::vector<std::int64_t> counts;
        for (auto each :
            {stage::budding, stage::active, stage::mature, stage::evolving, stage::alumni}) {
            counts.push_back(static_cast<std::int64_t>(people_.template count<by_stage>(each)));
        }
        return counts;
    }

    void apply(member_enrolled const& event, world const&) {
        people_.insert({event.member, Lifecycle::initial, {}, {}, {}, {}});
    }
    void apply(member_contacted const& event, world const&) {
        people_.update(event.member, [](relationship_record& person) { person.contacted = true; });
    }
    void apply(member_waned const&, world const&) {}
    void apply(role_accepted const& event, world const&) {
        people_.update(
            event.member, [&](relationship_record& person) { person.role = event.role; });
    }
    void apply(stage_changed const& event, world const& in) {
        people_.update(event.member, [&](relationship_record& person) {
            person.stage = event.to;
            if (event.to == stage::active) {
                person.role.reset();
            }
            // Whoever returns rises by what they do from then on.
            if (event.to == stage::active && event.from != stage::budding) {
                person.months.clear();
                person.returned = in.now();
            }
        });
    }
    void apply(outcome_recorded const& event, world const& in) {
        auto const& limits = in.template rules<relationship_rules>();
        people_.update(event.member, [&](relationship_record& person) {
            if (!person.returned || event.at >= *person.returned) {
                count(person.months, event, limits);
            }
        });
    }
    void apply(outcome_corrected const& event, world const& in) {
        auto const& limits = in.template rules<relationship_rules>();
        people_.update(event.member, [&](relationship_record& person) {
            if (!person.returned || event.at >= *person.returned) {
                correct(person.months, event, limits);
            }
        });
    }

private:
    using by_stage = by<&relationship_record::stage>;
    static constexpr duration month = days(30);

    static void count(std::vector<month_of_outcomes>& months, outcome_recorded const& event,
        relationship_rules const& limits) {
        auto const at = month_of(event.at);
        auto place = std::lower_bound(months.begin(), months.end(), at,
            [](month_of_outcomes const& m, std::int64_t wanted) { return m.month < wanted; });
        if (place == months.end() || place->month != at) {
            place = months.insert(place, {at, 0, 0, {}, {}});
        }
        ++place->outcomes;
        if (event.quality >= limits.excellent_at) {
            add_excellent(*place, event.at);
        }
        auto const oldest = months.back().month - limits.window.ms / month.ms;
        std::erase_if(months, [&](month_of_outcomes const& m) { return m.month < oldest; });
    }

    /// Where an excellent outcome falls away at either end of a month, the end moves to the other
    /// one, as single outcomes are not kept: excellence is never taken to last longer than it did.
    static void correct(std::vector<month_of_outcomes>& months, outcome_corrected const& event,
        relationship_rules const& limits) {
        auto const place = std::find_if(months.begin(), months.end(),
            [&](month_of_outcomes const& m) { return m.month == month_of(event.at); });
        auto const was = event.was >= limits.excellent_at;
        auto const is = event.quality >= limits.excellent_at;
        if (place == months.end() || was == is) {
            return;
        }
        if (is) {
            add_excellent(*place, event.at);
        } else if (place->excellent != 0) {
            --place->excellent;
            auto const ends = *place;
            place->first = event.at == ends.first ? ends.newest : ends.first;
            place->newest = event.at == ends.newest ? ends.first : ends.newest;
            if (place->excellent == 0 || place->newest < place->first) {
                place->first = place->newest = {};
            }
        }
    }
    static std::int64_t month_of(instant at) {
        return at.ms / month.ms - (at.ms % month.ms < 0 ? 1 : 0);
    }
    static void add_excellent(month_of_outcomes& in, instant at) {
        in.first = in.excellent == 0 ? at : (std::min)(in.first, at);
        in.newest = in.excellent == 0 ? at : (std::max)(in.newest, at);
        ++in.excellent;
    }

    /// Of all accounts of one person; the stage is that of the kept one. What was before the person
    /// last came back counts of none of them, nor does what is older than the window.
    [[nodiscard]] stage_evidence evidence_of(
        relationship_record const& person, relationship_rules const& limits, context& in) const {
        stage_evidence seen;
        std::vector<month_of_outcomes> months;
        detail::each_account(in, person.id, [&](member_id account) {
            if (auto const* known = people_.find(account)) {
                seen.contacted = seen.contacted || known->contacted;
                months.insert(months.end(), known->months.begin(), known->months.end());
            }
        });
        auto newest_month = months.empty() ? std::int64_t{0} : months.front().month;
        for (auto const& m : months) {
            newest_month = (std::max)(newest_month, m.month);
        }
        auto oldest = newest_month - limits.window.ms / month.ms;
        if (person.returned) {
            oldest = (std::max)(oldest, month_of(*person.returned));
        }
        std::optional<instant> first;
        std::optional<instant> newest;
        for (auto const& m : months) {
            if (m.month < oldest) {
                continue;
            }
            seen.outcomes += m.outcomes;
            seen.excellent += m.excellent;
            if (m.excellent != 0) {
                first = first ? (std::min)(*first, m.first) : m.first;
                newest = newest ? (std::max)(*newest, m.newest) : m.newest;
            }
        }
        seen.sustained = first ? *newest - *first : duration{};
        seen.excellent_needed = limits.excellent_needed;
        seen.share_needed = limits.excellent_share;
        seen.sustained_needed = limits.sustained_needed;
        return seen;
    }

    template <typename Outcome>
    static constexpr consequence_list<relationship, Outcome, 1> grown() {
        return in_order(consequence<reaches<&Outcome::quality, &relationship_rules::excellent_at>,
            &relationship::excel<Outcome>>("the stage may rise", &steps_up));
    }
    template <typename Outcome>
    void excel(Outcome const& outcome, context& in) const {
        if (auto moved = step(outcome.member, stage_trigger::excelled, in)) {
            moved->rule = "sustained-excellence/2";
            in.record(*std::move(moved));
        }
    }
    /// The rows of the lifecycle by which excellence moves somebody, for the page of rules.
    static std::string steps_up() {
        std::string text;
        for (auto const& row : Lifecycle::rows) {
            if (row.event == stage_trigger::excelled) {
                text += (text.empty() ? ", " : "; ") + std::string{name_of(row.from)} + " to " +
                    std::string{name_of(row.to)} +
                    (row.guard.empty() ? "" : " on " + std::string{row.guard});
            }
        }
        return text;
    }

    static result<void> check_owner(member_id who, personal_text const& note) {
        if (!note.text.empty() && note.owner != who.value()) {
            return error{errc::invalid_argument, subject("note on member", who),
                "expected the note to belong to the member; set its owner to the member's id"};
        }
        return {};
    }

    /// The step of a known member, or why there is none.
    [[nodiscard]] result<stage_changed> step(
        member_id who, stage_trigger because, context& in) const {
        auto const& person = people_[who];
        auto const seen = evidence_of(person, in.template rules<relationship_rules>(), in);
        auto const to = Lifecycle::step(person.stage, because, seen);
        if (!to) {
            return Lifecycle::refusal(person.stage, because, seen)
                ->as_error(subject("member", who));
        }
        return stage_changed{who, person.stage, *to, because, std::string{name_of(because)} + "/1",
            seen.outcomes, seen.excellent, seen.sustained};
    }

    table<relationship_record, by_stage> people_;
    BOOST_DESCRIBE_CLASS(relationship, (), (), (), (people_))
};

} // namespace koc
