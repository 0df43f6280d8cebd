// SPDX-License-Identifier: BSL-1.0
#pragma once

// Help among customers, counted so that it pays to help many people and pays nobody to play it:
//   1. Help to one person counts 2 (1 - 2^-amount): 1 for the first full answer, half as much for
//      each further one, and never more than a limit. So distinct people count.
//   2. Help to a newcomer counts more.
//   3. Help that returns counts at most as much as help that does not. It returns where a chain of
//      help leads from the helped person back to the helper. So people who answer only each other
//      gain nothing, be they two or many.
// All of it is computed from the help that was told when it is asked for, in integers and whatever
// the order in which it was told.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/graph/strong_components.hpp>
#include <koc/member/messages/discovery.hpp>
#include <koc/member/messages/peer_help.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/fixed_math.hpp>
#include <koc/state/key.hpp>
#include <koc/state/links.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>

namespace koc {

class peer_help : public aspect<peer_help> {
    using of_helper = by<&help_record::helper, &help_record::helped>;

public:
    using events = event_list<owner_registered>;
    using commands = command_list<register_owner>;
    using queries = query_list<assess_help>;
    using follows = event_list<contribution_reported>;
    using rules = peer_help_rules;

    /// Who helped whom, from the helper.
    [[nodiscard]] links<member_id> const& helped() const { return helped_; }
    /// Groups within which help returns. O(pairs).
    [[nodiscard]] strong_components rings() const { return strong_components{helped_.graph()}; }

    /// What somebody's help counts for at an instant. O(their help).
    [[nodiscard]] help_given given(member_id helper, strong_components const& rings,
        peer_help_rules const& limits, half_life const& fade, instant now) const {
        help_given found;
        side returned;
        side outside;
        auto const all = help_.all<of_helper>(helper);
        for (auto at = all.begin(); at != all.end();) {
            auto const helped = at->helped;
            part whole_life;
            part lately;
            for (; at != all.end() && at->helped == helped; ++at) {
                auto const fresh = fade.left(at->amount, (std::max)(duration{}, now - at->at));
                auto const to_newcomer = was_new(*at, limits);
                whole_life.add(at->amount, to_newcomer);
                lately.add(fresh, to_newcomer);
            }
            ++found.people;
            found.newcomers += whole_life.newcomer > score{} ? 1 : 0;
            auto const returns = rings.together(helper.value(), helped.value());
            found.returned += returns ? 1 : 0;
            auto& counted = returns ? returned : outside;
            counted.whole_life += whole_life.counted(limits);
            counted.lately += lately.counted(limits);
        }
        found.counted = outside.whole_life + (std::min)(outside.whole_life, returned.whole_life);
        found.lately = outside.lately + (std::min)(outside.lately, returned.lately);
        return found;
    }

    result<void> decide(register_owner const& command, context& in) const {
        if (!command.person.valid() || command.since > in.now()) {
            return error{errc::invalid_argument, subject("person", command.person),
                "expected a person with an id above 0 and an instant that is not ahead"};
        }
        if (owners_.contains(command.person)) {
            return error{errc::already_exists, subject("person", command.person),
                "expected somebody of whom it was not told yet since when they own the product; "
                "leave it as it is"};
        }
        in.record(owner_registered{command.person, command.since});
        return {};
    }
    [[nodiscard]] result<help_given> answer(assess_help const& query, world const& in) const {
        return given(query.person, rings(), in.rules<peer_help_rules>(),
            half_life{in.rules<discovery_rules>().lately}, in.now());
    }

    void apply(owner_registered const& event, world const&) {
        owners_.insert({event.person, event.since});
    }
    void apply(contribution_reported const& event, world const&) {
        if (event.kind == contribution_kind::helped_a_peer && event.helped.valid()) {
            help_.insert({help_id{event.signal.value()}, event.person, event.helped, event.at,
                score{event.detail.raw * event.times}});
            helped_.link(event.person, event.helped);
        }
    }

private:
    /// Help to one person.
    struct part {
        score all;
        score newcomer; ///< the part that was given while they were new

        void add(score amount, bool to_newcomer) {
            all += amount;
            newcomer += to_newcomer ? amount : score{};
        }
        [[nodiscard]] score counted(peer_help_rules const& limits) const {
            return once(all, limits) + once(newcomer, limits) * limits.newcomer_bonus;
        }
        static score once(score amount, peer_help_rules const& limits) {
            auto const series = whole(2) - exp2_minus(amount) - exp2_minus(amount);
            return (std::min)(series, limits.person_max);
        }
    };
    /// Help to all those from whom it returns, or to all others.
    struct side {
        score whole_life;
        score lately;
    };

    [[nodiscard]] bool was_new(help_record const& help, peer_help_rules const& limits) const {
        auto const* owner = owners_.find(help.helped);
        return owner != nullptr && owner->since <= help.at &&
            help.at - owner->since < limits.newcomer;
    }

    table<owner_record> owners_;
    table<help_record, of_helper> help_;
    links<member_id> helped_{"helper", "helped person"};
    BOOST_DESCRIBE_CLASS(peer_help, (), (), (), (owners_, help_, helped_))
};

} // namespace koc
