// SPDX-License-Identifier: BSL-1.0
#pragma once

// Expertise: members earn points by good work, points make a rank, and a rank lapses after a term
// without new points. Whose rank has lapsed is offered no task until they reach a rank again.

#include "messages.hpp"

#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/offer.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>

namespace own_axis {

//! [aspect]
class expertise : public koc::aspect<expertise> {
public:
    using events = koc::event_list<points_awarded, rank_lapsed>;
    using commands = koc::command_list<award_points>;
    using queries = koc::query_list<list_experts>;
    using follows = koc::event_list<koc::outcome_recorded, koc::may_offer>;
    using rules = expert_rules;
    using columns = koc::column_list<koc::column_of<"expertise", &expert_record::points>>;
    using kept = koc::kept_list<koc::kept_tag<&expert_record::rank>>;

    static constexpr auto guards(award_points const*) {
        return koc::require(koc::by_desk<award_points>, koc::known<&award_points::member>,
            koc::within<&award_points::points, 1, 1'000>);
    }
    koc::result<void> decide(award_points const& command, context& in) const {
        award(command.member, command.points, in);
        return {};
    }
    void react(koc::outcome_recorded const& event, context& in) const {
        award(event.member, points_for(event.quality, in.rules<rules>()), in);
    }
    koc::result<void> review(koc::may_offer const& question, world const&) const {
        if (auto const* person = people_.find(question.member); person && person->lapsed) {
            return koc::error{koc::errc::not_qualified, koc::subject("member", question.member),
                "expected an expert rank that did not lapse; award points until there is one"};
        }
        return {};
    }
    koc::result<list_experts::answer> answer(list_experts const& query, world const&) const {
        auto const found = people_.all<koc::by<&expert_record::rank>>(query.rank);
        return list_experts::answer{found.begin(), found.end()};
    }
    void due(koc::member_id who, context& in) const { in.record(rank_lapsed{who}); }

    void apply(points_awarded const& event, world const&) {
        people_.put(event.member, [&](expert_record& person) {
            person = {person.id, event.rank, person.points + event.points, event.until,
                person.lapsed && !event.until};
        });
        terms_.put(event.member, event.until);
    }
    void apply(rank_lapsed const& event, world const&) {
        people_.put(event.member, [](auto& person) { person = {person.id, {}, 0, {}, true}; });
        terms_.drop(event.member);
    }

private:
    void award(koc::member_id who, std::int64_t points, context& in) const {
        auto const* person = people_.find(who);
        auto const rank = rank_of((person ? person->points : 0) + points, in.rules<rules>());
        if (points != 0) {
            in.record(
                points_awarded{who, points, rank, term_of(rank, in.now(), in.rules<rules>())});
        }
    }

    koc::table<expert_record, koc::by<&expert_record::rank>> people_;
    koc::agenda<koc::member_id> terms_;
    BOOST_DESCRIBE_CLASS(expertise, (), (), (), (people_, terms_))
};
//! [aspect]

} // namespace own_axis
