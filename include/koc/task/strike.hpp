// SPDX-License-Identifier: BSL-1.0
#pragma once

// Strikes: who lets a lease lapse gets one, who gives the seat back in time none. At a limit pushes
// stop until strikes are too old to count or are forgiven; a claim from the board is still
// possible.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/offer.hpp>
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
    using follows = event_list<offer_lapsed, may_offer>;
    using rules = strike_rules;

    /// How somebody stands at an instant. O(strikes of theirs).
    [[nodiscard]] strike_report of(member_id who, strike_rules const& limits, instant now) const {
        strike_report made{who, 0, false, std::nullopt, {}};
        auto const* known = people_.find(who);
        if (known == nullptr) {
            return made;
        }
        made.strikes = known->strikes;
        auto const counting = counted(*known, limits, now);
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
        return in_order(consequence<always<offer_lapsed>, &strikes::give>(
            "the member who neither handed in nor gave the seat back gets a strike"));
    }
    /// Nobody with too many strikes is pushed to.
    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        if (question.from != origin::push || !people_.contains(question.member)) {
            return {};
        }
        auto const& limits = in.rules<rules>();
        auto const stands = of(question.member, limits, in.now());
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
        return require(known<&forgive_strike::offer>);
    }
    result<void> decide(forgive_strike const& command, context& in) const {
        auto const name = subject("offer", command.offer);
        if (in.by().kind == actor_kind::member) {
            return error{errc::not_qualified, to_string(in.by()),
                "expected an operator, as members forgive no strikes; ask one"};
        }
        auto const who = in.at(command.offer).member;
        if (auto refused = check_name("reason of " + name, command.reason.text)) {
            return *std::move(refused);
        }
        if (command.reason.owner != who.value()) {
            return error{errc::invalid_argument, "reason of " + name,
                "expected the reason to belong to the member; set its owner to their id"};
        }
        auto const* given = find(who, command.offer);
        if (given == nullptr) {
            return error{errc::wrong_state, name,
                "expected an offer that lapsed and brought a strike; see list_strikes"};
        }
        if (given->forgiven) {
            return error{errc::wrong_state, name, "expected a strike that is not forgiven already"};
        }
        in.record(strike_forgiven{command.offer, who, command.reason});
        return {};
    }

    void apply(strike_given const& event, world const& in) {
        people_.put(event.member, [&](strikes_record& person) {
            person.strikes.push_back({event.offer, event.task, in.now(), false});
        });
    }
    void apply(strike_forgiven const& event, world const&) {
        people_.update(event.member, [&](strikes_record& person) {
            for (auto& one : person.strikes) {
                one.forgiven = one.forgiven || one.offer == event.offer;
            }
        });
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
        return of(query.member, in.rules<rules>(), in.now());
    }
    [[nodiscard]] result<std::vector<strike_report>> answer(
        list_at_risk const&, world const& in) const {
        if (in.by().kind == actor_kind::member) {
            return error{errc::not_qualified, to_string(in.by()),
                "expected an operator; members see how they stand themselves by list_strikes"};
        }
        std::vector<strike_report> found;
        people_.for_each([&](strikes_record const& person) {
            auto stands = of(person.id, in.rules<rules>(), in.now());
            if (stands.at_risk && !detail::is_alumnus(in, person.id)) {
                found.push_back(std::move(stands));
            }
        });
        std::sort(found.begin(), found.end(), [](strike_report const& a, strike_report const& b) {
            return a.counted != b.counted ? a.counted > b.counted : a.member < b.member;
        });
        return found;
    }

private:
    void give(offer_lapsed const& event, context& in) const {
        auto const& offer = in.at(event.offer);
        in.record(strike_given{offer.id, offer.task, offer.member});
    }
    [[nodiscard]] strike const* find(member_id who, offer_id which) const {
        auto const* known = people_.find(who);
        if (known == nullptr) {
            return nullptr;
        }
        auto const found = std::find_if(known->strikes.begin(), known->strikes.end(),
            [&](strike const& one) { return one.offer == which; });
        return found == known->strikes.end() ? nullptr : &*found;
    }
    /// When the strikes that count were given, the earliest first.
    static std::vector<instant> counted(
        strikes_record const& person, strike_rules const& limits, instant now) {
        std::vector<instant> found;
        for (auto const& one : person.strikes) {
            if (!one.forgiven && one.at + limits.window > now) {
                found.push_back(one.at);
            }
        }
        return found;
    }

    table<strikes_record> people_;
    BOOST_DESCRIBE_CLASS(strikes, (), (), (), (people_))
};

} // namespace koc
