// SPDX-License-Identifier: BSL-1.0
#pragma once

// Help among customers, counted so that helping many people counts for more than answering a few
// people often, and mutual answers within a group count for nothing:
//   1. The first few full answers to a person count 1 each, the next as many half as much, and so
//      on, and all of them never more than a limit. So distinct people count.
//   2. Help to a newcomer counts more.
//   3. Help returns where a chain of help leads from the helped person back to the helper; people
//      between whom it returns are a ring. Within a ring nobody's help counts for more than what
//      the ring as a whole gives to people outside it. So two or more people who answer only each
//      other gain nothing.
//   4. Answers of little detail count for as little as they are, and do not make the helped person
//      one of those whom the helper helped: neither in the number of people nor for trust. They do
//      make help return, as otherwise a ring could hide behind them.
//   5. Help by or to somebody who is in doubt (discovery/messages/authenticity.hpp) does not count.
// All of it is computed from the help that was told when it is asked for, in integers and whatever
// the order in which it was told.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/graph/link_set.hpp>
#include <koc/graph/strong_components.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/discovery/messages/peer_help.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/score.hpp>
#include <koc/state/key.hpp>
#include <koc/state/links.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace koc {

/// What help counts for, as a whole and what of it is fresh.
struct help_amount {
    score whole_life;
    score lately;
};

/// The rings at the moment of one question, and what of them was looked up so far.
struct help_rings {
    explicit help_rings(link_set const& helped) : groups{helped} {}

    strong_components groups;
    std::map<std::size_t, help_amount> outside; ///< what a ring gives to people outside it
};

class peer_help : public aspect<peer_help> {
    using of_helper = by<&help_record::helper, &help_record::helped>;

public:
    using events = event_list<owner_registered>;
    using commands = command_list<register_owner>;
    using queries = query_list<assess_help>;
    using follows = event_list<contribution_reported>;
    using rules = peer_help_rules;

    /// Whom somebody helped with enough detail, by id. O(their help).
    [[nodiscard]] std::vector<member_id> helped_by(
        member_id helper, peer_help_rules const& limits) const {
        std::vector<member_id> found;
        for (auto const& help : help_.all<of_helper>(helper)) { // those of one person in a row
            if (help.detail >= limits.detail_min &&
                (found.empty() || found.back() != help.helped)) {
                found.push_back(help.helped);
            }
        }
        return found;
    }
    /// The rings as they are at the moment of one question. O(pairs).
    [[nodiscard]] help_rings rings() const { return help_rings{helped_.graph()}; }

    /// What somebody's help counts for at an instant. O(their help), and all help of their ring the
    /// first time that one of it is asked about.
    template <typename World>
    [[nodiscard]] help_given given(member_id helper, help_rings& rings,
        peer_help_rules const& limits, half_life const& fade, World const& in) const {
        auto found = own(helper, rings, limits, fade, in);
        auto shown = found.shown;
        shown.counted = found.outside.whole_life;
        shown.lately = found.outside.lately;
        if (found.returned.whole_life > score{}) {
            auto const& ring = outside_of(found.in_ring, rings, limits, fade, in);
            shown.counted += (std::min)(found.returned.whole_life, ring.whole_life);
            shown.lately += (std::min)(found.returned.lately, ring.lately);
        }
        return shown;
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
        KOC_TRY(detail::check_assessed(in, query.person));
        auto shared = rings();
        return given(query.person, shared, in.rules<peer_help_rules>(),
            half_life{in.rules<discovery_rules>().lately}, in);
    }

    void apply(owner_registered const& event, world const&) {
        owners_.insert({event.person, event.since});
    }
    void apply(contribution_reported const& event, world const&) {
        if (event.kind == contribution_kind::helped_a_peer && event.helped.valid()) {
            help_.insert({help_id{event.signal.value()}, event.person, event.helped, event.at,
                score{event.detail.raw * event.times}, event.detail});
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
            auto const step = whole(limits.halved_after).raw;
            auto const halvings = amount.raw / step;
            auto const all = 2 * step; // what it comes to in the end
            auto const series =
                halvings < 40 ? all - (all >> halvings) + (amount.raw % step >> halvings) : all;
            return (std::min)(score{series}, limits.person_max);
        }
    };
    /// Somebody's help by whether it returns.
    struct own_help {
        help_given shown; ///< the numbers of people
        help_amount returned;
        help_amount outside;
        member_id in_ring; ///< the account that gave what returns, if any
    };

    /// By all accounts of a person, and not to one of them. Nothing of who is in doubt, and nothing
    /// for help to who is.
    template <typename World>
    [[nodiscard]] own_help own(member_id helper, help_rings const& rings,
        peer_help_rules const& limits, half_life const& fade, World const& in) const {
        own_help found;
        if (detail::held_back(in, helper) != nullptr) {
            return found;
        }
        auto const now = in.now();
        std::vector<std::pair<member_id, help_record const*>> all; // by whom they helped
        detail::each_account(in, helper, [&](member_id account) {
            for (auto const& help : help_.all<of_helper>(account)) {
                auto const whom = detail::kept_for(in, help.helped);
                if (whom != helper) {
                    all.emplace_back(whom, &help);
                }
            }
        });
        std::stable_sort(
            all.begin(), all.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
        for (auto at = all.begin(); at != all.end();) {
            auto const helped = at->first;
            auto returns = false;
            part whole_life;
            part lately;
            auto well = false;
            auto newcomer = false;
            for (; at != all.end() && at->first == helped; ++at) {
                auto const& help = *at->second;
                auto const fresh = fade.left(help.amount, (std::max)(duration{}, now - help.at));
                auto const to_newcomer = was_new(help, limits);
                auto const enough = help.detail >= limits.detail_min;
                well = well || enough;
                newcomer = newcomer || (enough && to_newcomer);
                whole_life.add(help.amount, to_newcomer);
                lately.add(fresh, to_newcomer);
                if (rings.groups.together(help.helper.value(), help.helped.value())) {
                    returns = true;
                    found.in_ring = help.helper;
                }
            }
            if (detail::held_back(in, helped) != nullptr) {
                continue;
            }
            found.shown.people += well ? 1 : 0;
            found.shown.newcomers += newcomer ? 1 : 0;
            found.shown.returned += well && returns ? 1 : 0;
            auto& counted = returns ? found.returned : found.outside;
            counted.whole_life += whole_life.counted(limits);
            counted.lately += lately.counted(limits);
        }
        return found;
    }
    /// What the ring of somebody gives to people outside it.
    template <typename World>
    [[nodiscard]] help_amount const& outside_of(member_id helper, help_rings& rings,
        peer_help_rules const& limits, half_life const& fade, World const& in) const {
        auto const ring = rings.groups.component_of(helper.value());
        KOC_EXPECTS(ring.has_value());
        auto const [at, added] = rings.outside.try_emplace(*ring);
        if (added) {
            std::uint64_t last = 0;
            std::set<member_id> counted;
            for (auto const& link : helped_.graph()) {
                auto const from = detail::kept_for(in, member_id{link.from});
                if (link.from != last && rings.groups.component_of(link.from) == ring &&
                    counted.insert(from).second) {
                    auto const given = own(from, rings, limits, fade, in).outside;
                    at->second.whole_life += given.whole_life;
                    at->second.lately += given.lately;
                }
                last = link.from;
            }
        }
        return at->second;
    }
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
