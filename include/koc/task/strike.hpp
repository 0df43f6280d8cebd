// SPDX-License-Identifier: BSL-1.0
#pragma once

// Strikes: who lets a lease or a seat lapse, does not come or does not hold what they promised gets
// one, and who gives it back or calls it off in time none. At a limit pushes stop until strikes are
// too old to count or are forgiven; a claim from the board is still possible. Alumni get none.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/depth/messages/representation.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/messages/strike.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Who has how many strikes.
class strikes : public aspect<strikes> {
public:
    using events = event_list<strike_given, strike_forgiven>;
    using commands = command_list<forgive_strike>;
    using queries = query_list<list_strikes, list_at_risk>;
    using follows = event_list<offer_lapsed, resource_lapsed, session_held, session_missed,
        speaker_absent, may_offer>;
    using rules = strike_rules;

    /// How somebody stands now, by all their accounts. O(strikes of theirs).
    [[nodiscard]] strike_report of(
        member_id who, strike_rules const& limits, world_view const& in) const {
        auto const now = in.now();
        strike_report made{who, 0, false, std::nullopt, {}};
        detail::each_account(in, who, [&](member_id account) {
            for (auto const& one : strikes_.all<by_member>(account)) {
                made.strikes.push_back(one);
            }
        });
        std::sort(made.strikes.begin(), made.strikes.end(),
            [](strike_record const& a, strike_record const& b) { return a.id < b.id; });
        std::vector<instant> counting; // when those that count were given, the earliest first
        for (auto const& one : made.strikes) {
            if (!one.forgiven && one.at + limits.window > now) {
                counting.push_back(one.at);
            }
        }
        made.counted = static_cast<std::int64_t>(counting.size());
        made.at_risk = made.counted >= limits.at_risk_at;
        if (made.counted >= limits.strikes_max) {
            // Then one less than the limit is left.
            auto const first = counting.size() - static_cast<std::size_t>(limits.strikes_max);
            made.stopped_until = counting[first] + limits.window;
        }
        return made;
    }

    static constexpr auto consequences(offer_lapsed const*) {
        return in_order(consequence<always<offer_lapsed>, &strikes::lease_lapsed>(
            "the member who neither handed in nor gave the seat back gets a strike"));
    }
    static constexpr auto consequences(resource_lapsed const*) {
        return in_order(consequence<always<resource_lapsed>, &strikes::seat_lapsed>(
            "of a place at an event or early access, the member who neither used it nor gave it "
            "back gets a strike"));
    }
    static constexpr auto consequences(session_held const*) {
        return in_order(consequence<always<session_held>, &strikes::not_attended>(
            "each who had said they would come and did not gets a strike, where an employee or "
            "the host recorded it"));
    }
    static constexpr auto consequences(session_missed const*) {
        return in_order(consequence<always<session_missed>, &strikes::not_held>(
            "who promised the session gets a strike"));
    }
    static constexpr auto consequences(speaker_absent const*) {
        return in_order(
            consequence<always<speaker_absent>, &strikes::not_spoken>("the speaker gets a strike"));
    }
    /// Nobody with too many strikes is pushed to.
    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        if (question.from != origin::push || strikes_.size() == 0) {
            return {};
        }
        auto const& limits = in.rules<rules>();
        auto const stands = of(question.member, limits, in);
        if (!stands.stopped_until) {
            return {};
        }
        return error{errc::not_qualified, subject("member", question.member),
            "has " + std::to_string(stands.counted) + " strikes, and nobody is asked from " +
                std::to_string(limits.strikes_max) + " on; wait until " +
                to_iso8601(*stands.stopped_until) +
                ", forgive one, or list the task, as they may claim it"};
    }

    static constexpr auto guards(forgive_strike const*) {
        return require(by_desk<forgive_strike>, known<&forgive_strike::strike>);
    }
    result<void> decide(forgive_strike const& command, context& in) const {
        auto const& given = strikes_[command.strike];
        auto const name = subject("strike", command.strike);
        if (auto refused = check_name("reason of " + name, command.reason.text)) {
            return *std::move(refused);
        }
        if (command.reason.owner != given.member.value()) {
            return error{errc::invalid_argument, "reason of " + name,
                "expected the reason to belong to the member; set its owner to their id"};
        }
        if (given.forgiven) {
            return error{errc::wrong_state, name, "expected a strike that is not forgiven already"};
        }
        in.record(strike_forgiven{given.id, given.member, command.reason});
        return {};
    }

    void apply(strike_given const& event, world const& in) {
        strikes_.insert({event.strike, event.member, event.cause, event.about, in.now(), false});
    }
    void apply(strike_forgiven const& event, world const&) {
        strikes_.update(event.strike, [](strike_record& one) { one.forgiven = true; });
    }

    [[nodiscard]] result<strike_report> answer(list_strikes const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        if (!acts_for(in.by(), query.member)) {
            return error{errc::not_qualified, to_string(in.by()),
                "expected " + subject("member", query.member) + " themself, or an operator"};
        }
        if (auto const refused = detail::check_assessed(in, query.member); !refused) {
            return refused.error();
        }
        return of(query.member, in.rules<rules>(), in);
    }
    [[nodiscard]] result<std::vector<strike_report>> answer(
        list_at_risk const&, world const& in) const {
        if (in.by().kind == actor_kind::member) {
            return error{errc::not_qualified, to_string(in.by()),
                "expected an operator; members see how they stand themselves by list_strikes"};
        }
        std::vector<member_id> people;
        strikes_.for_each(
            [&](strike_record const& one) { people.push_back(detail::kept_for(in, one.member)); });
        std::sort(people.begin(), people.end());
        people.erase(std::unique(people.begin(), people.end()), people.end());
        std::vector<strike_report> found;
        for (auto who : people) {
            auto stands = of(who, in.rules<rules>(), in);
            if (stands.at_risk && !detail::is_alumnus(in, who)) {
                found.push_back(std::move(stands));
            }
        }
        std::sort(found.begin(), found.end(), [](strike_report const& a, strike_report const& b) {
            return a.counted != b.counted ? a.counted > b.counted : a.member < b.member;
        });
        return found;
    }

private:
    using by_member = by<&strike_record::member>;

    void give(member_id who, strike_cause why, std::uint64_t about, context& in) const {
        if (!detail::is_alumnus(in, who)) {
            in.record(strike_given{strike_id{strikes_.row_count() + 1}, who, why, about});
        }
    }
    void lease_lapsed(offer_lapsed const& event, context& in) const {
        give(in.at(event.offer).member, strike_cause::lease, event.offer.value(), in);
    }
    /// What is only read takes no place that somebody else could have had.
    void seat_lapsed(resource_lapsed const& event, context& in) const {
        auto const& grant = in.at(event.grant);
        if (in.at(grant.resource).stocked.type != resource_type::exclusive_information) {
            give(grant.member, strike_cause::seat, event.grant.value(), in);
        }
    }
    /// On the word of an employee or the host alone, as members give no strikes.
    void not_attended(session_held const& event, context& in) const {
        if (in.by().kind == actor_kind::member) {
            return;
        }
        for (auto who : event.no_shows) {
            give(who, strike_cause::attendance, event.session.value(), in);
        }
    }
    void not_held(session_missed const& event, context& in) const {
        give(event.giver, strike_cause::session, event.session.value(), in);
    }
    void not_spoken(speaker_absent const& event, context& in) const {
        give(event.member, strike_cause::appearance, event.appearance.value(), in);
    }

    table<strike_record, by_member> strikes_;
    BOOST_DESCRIBE_CLASS(strikes, (), (), (), (strikes_))
};

} // namespace koc
