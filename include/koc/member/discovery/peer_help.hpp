// SPDX-License-Identifier: BSL-1.0
#pragma once

// Help among customers, counted so that helping many people counts for more than answering a few
// people often, and mutual answers within a group count for nothing:
//   1. The first few full answers to a person count 1 each, the next as many half as much, and so
//      on, and all of them never more than a limit. So distinct people count.
//   2. Help to a newcomer counts more.
//   3. Help returns where a chain of help leads from the helped person back to the helper; people
//      between whom it returns are a ring, a strongly connected component. Help that returns counts
//      only as far as it is backed by help that leaves the ring: what somebody gives to people
//      outside the ring backs as much of their own help within it, and once more as much of the
//      help that others of the ring gave to them, which these share (each as much as they gave, up
//      to a level at which the sum is what there is).
//   4. Answers of little detail count for as little as they are, and do not make the helped person
//      one of those whom the helper helped: neither in the number of people nor for trust. They do
//      make help return, as otherwise a ring could hide behind them.
//   5. Help by or to somebody who is in doubt (discovery/messages/authenticity.hpp) does not count.
//   6. The accounts of one person (member/merging.hpp) are one person in all of this, a ring
//      included. Help between them counts for nothing and leads nowhere.
//
// The bound: any people of one ring, however many and however they answer each other, gain by the
// help among them at most twice what they together give to people outside the ring. Proof: what
// counts of a person's help within the ring is at most a share of the backing of those whom they
// helped, and their own backing. The shares of one helped person add up to what that person gives
// outside, and each backing of one's own is what one gives outside; each person of the group is
// summed up once in either role. That others are of the same ring changes nothing: nobody spends
// what somebody outside the group gave, except for having helped that very person. So an
// accomplice adds twice what they give, in all and not for each, and who answers nobody outside
// adds nothing. What is not bounded is help that never returns: it is told from a sham by the host
// alone (5).
//
// All of it is computed from the help that was told when it is asked for, in integers and whatever
// the order in which it was told.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
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
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace koc {

/// The rings at the moment of one question, and what of them was looked up so far.
struct help_rings {
    explicit help_rings(link_set const& helped) : groups{helped} {}

    strong_components groups; ///< of people, by the accounts that they are
    /// The most that the help of one person of the ring to this one counts for.
    std::map<member_id, score> level;
};

class peer_help : public aspect<peer_help> {
    using of_helper = by<&help_record::helper, &help_record::helped>;
    using of_helped = by<&help_record::helped, &help_record::helper>;

public:
    using events = event_list<owner_registered>;
    using commands = command_list<register_owner>;
    using queries = query_list<assess_help>;
    using follows = event_list<contribution_reported>;
    using rules = peer_help_rules;

    /// Whom an account helped with enough detail, by id. O(their help).
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
    template <typename World>
    [[nodiscard]] help_rings rings(World const& in) const {
        auto const& told = helped_.graph();
        auto const person = [&](std::uint64_t account) {
            return detail::kept_for(in, member_id{account}).value();
        };
        if (std::all_of(told.begin(), told.end(), [&](link_ends const& link) {
                return person(link.from) == link.from && person(link.to) == link.to;
            })) {
            return help_rings{told};
        }
        link_set people;
        for (auto const& link : told) {
            if (auto const from = person(link.from), to = person(link.to); from != to) {
                people.insert(from, to);
            }
        }
        return help_rings{people};
    }

    /// What somebody's help counts for at an instant: nothing of who is in doubt, and nothing for
    /// help to who is. O(their help), and of each person of their ring whom they helped all help by
    /// and to them, the first time that this is looked up.
    template <typename World>
    [[nodiscard]] help_given given(member_id helper, help_rings& rings,
        peer_help_rules const& limits, half_life const& fade, World const& in) const {
        help_given shown;
        if (detail::held_back(in, helper) != nullptr) {
            return shown;
        }
        amounts outside;
        amounts returned;
        amounts backed; // of what returned, by those who were helped
        each_pair<of_helper>(
            helper, &help_record::helped, in, [&](member_id helped, auto first, auto last) {
                if (detail::held_back(in, helped) != nullptr) {
                    return;
                }
                auto const is_well = [&](told_help const& told) {
                    return told.help->detail >= limits.detail_min;
                };
                auto const well = std::any_of(first, last, is_well);
                auto const newcomer = std::any_of(first, last, [&](told_help const& told) {
                    return is_well(told) && was_new(*told.help, limits, in);
                });
                auto const returns = rings.groups.together(helper.value(), helped.value());
                shown.people += well ? 1 : 0;
                shown.newcomers += newcomer ? 1 : 0;
                shown.returned += well && returns ? 1 : 0;
                amounts const of_pair{counted(first, last, limits, in, as_told),
                    counted(first, last, limits, in, [&](help_record const& help) {
                        return fade.left(help.amount, (std::max)(duration{}, in.now() - help.at));
                    })};
                if (!returns) {
                    outside.add(of_pair);
                    return;
                }
                auto const level = level_of(helped, rings, limits, in);
                returned.add(of_pair);
                backed.add(
                    {(std::min)(of_pair.whole_life, level), (std::min)(of_pair.lately, level)});
            });
        // What backs help backs it also where it was given long ago.
        auto const own = outside.whole_life;
        shown.counted =
            outside.whole_life + (std::min)(returned.whole_life, backed.whole_life + own);
        shown.lately = outside.lately + (std::min)(returned.lately, backed.lately + own);
        return shown;
    }

    static constexpr auto guards(register_owner const*) { return require(by_desk<register_owner>); }
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
        auto shared = rings(in);
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
    /// What help counts for, as a whole and what of it is fresh.
    struct amounts {
        score whole_life;
        score lately;

        void add(amounts const& other) {
            whole_life += other.whole_life;
            lately += other.lately;
        }
    };

    /// Help between somebody and another person.
    struct told_help {
        member_id other; ///< the person, not an account of theirs
        help_record const* help;
    };
    /// Visits all help by somebody's accounts, or to them, by the other person, whose account is a
    /// member of the records: `visit(id, first, last)`.
    template <typename Key, typename World>
    void each_pair(
        member_id who, member_id help_record::*other, World const& in, auto&& visit) const {
        std::vector<told_help> all;
        detail::each_account(in, who, [&](member_id account) {
            for (help_record const& help : help_.template all<Key>(account)) {
                if (auto const person = detail::kept_for(in, help.*other); person != who) {
                    all.push_back({person, &help});
                }
            }
        });
        std::sort(all.begin(), all.end(), [](told_help const& a, told_help const& b) {
            return std::pair{a.other, a.help->id} < std::pair{b.other, b.help->id};
        });
        for (auto first = all.cbegin(); first != all.cend();) {
            auto const id = first->other;
            auto const last = std::find_if(
                first, all.cend(), [&](told_help const& told) { return told.other != id; });
            visit(id, first, last);
            first = last;
        }
    }
    /// What the help of one person to another one counts for, of each help its `amount_of`.
    template <typename At, typename World, typename AmountOf>
    [[nodiscard]] score counted(At first, At last, peer_help_rules const& limits, World const& in,
        AmountOf const& amount_of) const {
        score all;
        score newcomer; // the part that was given while they were new
        for (; first != last; ++first) {
            auto const amount = amount_of(*first->help);
            all += amount;
            newcomer += was_new(*first->help, limits, in) ? amount : score{};
        }
        return once(all, limits) + once(newcomer, limits) * limits.newcomer_bonus;
    }
    [[nodiscard]] static score once(score amount, peer_help_rules const& limits) {
        auto const step = whole(limits.halved_after).raw;
        auto const halvings = amount.raw / step;
        auto const all = 2 * step; // what it comes to in the end
        auto const series =
            halvings < 40 ? all - (all >> halvings) + (amount.raw % step >> halvings) : all;
        return (std::min)(score{series}, limits.person_max);
    }
    /// What somebody who is not in doubt gave, as a whole, to people from whom it does not return.
    template <typename World>
    [[nodiscard]] score outside_of(member_id helper, help_rings const& rings,
        peer_help_rules const& limits, World const& in) const {
        score sum;
        each_pair<of_helper>(
            helper, &help_record::helped, in, [&](member_id helped, auto first, auto last) {
                if (!rings.groups.together(helper.value(), helped.value()) &&
                    detail::held_back(in, helped) == nullptr) {
                    sum += counted(first, last, limits, in, as_told);
                }
            });
        return sum;
    }
    /// The highest level such that the help of their ring to somebody, of each helper no more than
    /// the level, adds up to no more than what they give outside.
    template <typename World>
    [[nodiscard]] score level_of(
        member_id helped, help_rings& rings, peer_help_rules const& limits, World const& in) const {
        auto const [at, added] = rings.level.try_emplace(helped);
        if (!added) {
            return at->second;
        }
        std::vector<score> of_each;
        each_pair<of_helped>(
            helped, &help_record::helper, in, [&](member_id helper, auto first, auto last) {
                if (rings.groups.together(helper.value(), helped.value()) &&
                    detail::held_back(in, helper) == nullptr) {
                    of_each.push_back(counted(first, last, limits, in, as_told));
                }
            });
        return at->second = shared_level(outside_of(helped, rings, limits, in), of_each);
    }
    /// The highest level at which amounts add up to no more than there is; that of the highest
    /// amount where all of them do. O(n log n).
    [[nodiscard]] static score shared_level(score there_is, std::vector<score>& amounts) {
        std::sort(amounts.begin(), amounts.end());
        auto sharers = static_cast<std::int64_t>(amounts.size());
        for (auto const amount : amounts) {
            auto const share = score{there_is.raw / sharers};
            if (amount >= share) {
                return share;
            }
            there_is -= amount;
            --sharers;
        }
        return amounts.empty() ? score{} : amounts.back();
    }
    [[nodiscard]] static score as_told(help_record const& help) { return help.amount; }
    /// Whether the helped person was an owner for a short time only, by the first of their
    /// accounts.
    template <typename World>
    [[nodiscard]] bool was_new(
        help_record const& help, peer_help_rules const& limits, World const& in) const {
        std::optional<instant> since;
        detail::each_account(in, detail::kept_for(in, help.helped), [&](member_id account) {
            if (auto const* owner = owners_.find(account)) {
                since = since ? (std::min)(*since, owner->since) : owner->since;
            }
        });
        return since && *since <= help.at && help.at - *since < limits.newcomer;
    }

    table<owner_record> owners_;
    table<help_record, of_helper, of_helped> help_;
    links<member_id> helped_{"helper", "helped person"};
    BOOST_DESCRIBE_CLASS(peer_help, (), (), (), (owners_, help_, helped_))
};

} // namespace koc
