// SPDX-License-Identifier: BSL-1.0
#pragma once

// Trust: how much the core circle stands behind somebody. Whoever vouches for a person, or was
// helped by them, passes trust on to them: somebody of the circle gives their own, others only what
// reaches them, and no more than a part of it. To all whom they did not vouch for, but who helped
// them, each person passes on no more together than having been helped once is worth. The measure
// is the maximum flow from the circle to the person, as in Advogato's trust metric (R. Levien, A.
// Aiken: Attack-Resistant Trust Metrics for Public Key Certification, 1998), so each member of the
// circle counts once, and accounts that only vouch for each other gain no more than what the people
// between them and the circle pass on.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/graph/flow_network.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/trust.hpp>
#include <koc/member/discovery/peer_help.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/links.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace koc {

class trust : public aspect<trust> {
public:
    using events = event_list<circle_joined, circle_left, vouched, vouch_withdrawn>;
    using commands = command_list<join_circle, leave_circle, vouch_for, withdraw_vouch>;
    using queries = query_list<assess_trust>;
    using reads = aspect_list<peer_help>;
    using rules = trust_rules;

    /// Who vouches for whom, from the voucher.
    [[nodiscard]] links<member_id> const& vouches() const { return vouches_; }
    /// All for whom somebody vouches, by id. O(vouches).
    [[nodiscard]] std::vector<member_id> vouched_for() const {
        std::vector<member_id> found;
        for (auto const& link : vouches_.graph()) {
            found.push_back(member_id{link.to});
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
    /// Whether somebody is of the core circle.
    template <typename World>
    [[nodiscard]] bool in_circle(member_id who, World const& in) const {
        auto declared = false;
        detail::each_account(
            in, who, [&](member_id account) { declared = declared || circle_.contains(account); });
        if (declared) {
            return true;
        }
        auto const* known = in.template find_record<relationship_record>(who.value());
        return known != nullptr && known->stage == stage::mature;
    }

    /// The trust in somebody, from people who are at most two steps away: those who vouch for them
    /// or were helped by them, and those who do so for these.
    /// O(their vouches and help, and those of the people one step away), and the flow where one of
    /// all these is of the circle.
    template <typename World>
    [[nodiscard]] trust_found assess(member_id who, peer_help const& help, World const& in) const {
        auto const& limits = in.template rules<trust_rules>();
        auto const& detailed = in.template rules<peer_help_rules>();
        trust_found found;
        if (detail::held_back(in, who) != nullptr) {
            return found;
        }
        auto const next = behind(who, limits, help, detailed, in);
        flow_network net;
        auto const circle = net.add_vertex(everything);
        auto const person = net.add_vertex(everything);
        std::map<member_id, sender> known;
        auto anybody = false; // of the circle
        auto const sender_of = [&](member_id whose) {
            auto const at = known.find(whose);
            if (at != known.end()) {
                return at->second;
            }
            auto const inside = in_circle(whose, in);
            sender const made{
                net.add_vertex(inside ? limits.vouch : limits.others), net.add_vertex(limits.help)};
            net.add_edge(made.all, made.by_help, limits.help);
            if (inside) {
                net.add_edge(circle, made.all, limits.vouch);
                anybody = true;
            }
            known.emplace(whose, made);
            return made;
        };
        for (auto const& step : next) {
            auto const inside = in_circle(step.from, in);
            found.vouchers += inside && step.vouched ? 1 : 0;
            found.helped += inside && step.helped ? 1 : 0;
            net.add_edge(sender_of(step.from).by(step), person, step.capacity);
        }
        for (auto const& step : next) {
            if (in_circle(step.from, in)) {
                continue; // what they give is their own, so nothing that reaches them adds to it
            }
            for (auto const& further : behind(step.from, limits, help, detailed, in)) {
                if (further.from != who &&
                    (known.contains(further.from) || in_circle(further.from, in))) {
                    net.add_edge(sender_of(further.from).by(further), sender_of(step.from).all,
                        further.capacity);
                }
            }
        }
        if (anybody) {
            found.trust = ratio(net.flow(circle, person), quarters);
        }
        return found;
    }

    static constexpr auto guards(join_circle const*) {
        return require(by_desk<join_circle>, known<&join_circle::member>);
    }
    result<void> decide(join_circle const& command, context& in) const {
        if (circle_.contains(command.member)) {
            return error{errc::already_exists, subject("member", command.member),
                "expected a member who was not declared to be of the core circle yet; leave it as "
                "it is"};
        }
        in.record(circle_joined{command.member});
        return {};
    }
    static constexpr auto guards(leave_circle const*) { return require(by_desk<leave_circle>); }
    /// They leave by each account that was declared to be of it.
    result<void> decide(leave_circle const& command, context& in) const {
        std::vector<member_id> declared;
        detail::each_account(in, command.member, [&](member_id account) {
            if (circle_.contains(account)) {
                declared.push_back(account);
            }
        });
        if (declared.empty()) {
            return error{errc::unknown_id, subject("member", command.member),
                "expected a member who was declared to be of the core circle; name another"};
        }
        for (auto account : declared) {
            in.record(circle_left{account});
        }
        return {};
    }
    static constexpr auto guards(vouch_for const*) {
        return require(in_person<&vouch_for::voucher>, known<&vouch_for::voucher>);
    }
    result<void> decide(vouch_for const& command, context& in) const {
        auto const name = subject("voucher", command.voucher);
        auto const room = static_cast<std::size_t>(in.rules<trust_rules>().vouches_max);
        KOC_TRY(vouches_.check(command.voucher, command.person));
        auto const people = people_vouched_for(command.voucher, in);
        if (std::binary_search(people.begin(), people.end(), command.person)) {
            return error{errc::already_exists, name,
                "expected a person for whom they do not vouch by any account of either, but " +
                    subject("person", command.person) + " is such a one; leave it as it is"};
        }
        if (people.size() >= room) {
            return error{errc::no_capacity, name,
                "expected room for another person, but all " + std::to_string(room) +
                    " are taken; withdraw a vouch, or choose another voucher"};
        }
        in.record(vouched{command.voucher, command.person});
        return {};
    }
    static constexpr auto guards(withdraw_vouch const*) {
        return require(in_person<&withdraw_vouch::voucher>);
    }
    /// Each vouch of one of their accounts for one of the person's is taken back.
    result<void> decide(withdraw_vouch const& command, context& in) const {
        std::vector<vouch_withdrawn> known;
        detail::each_account(in, command.voucher, [&](member_id voucher) {
            detail::each_account(in, command.person, [&](member_id person) {
                if (vouches_.linked(voucher, person)) {
                    known.push_back({voucher, person});
                }
            });
        });
        if (known.empty()) {
            return vouches_.check_linked(command.voucher, command.person);
        }
        for (auto const& each : known) {
            in.record(each);
        }
        return {};
    }
    [[nodiscard]] result<trust_found> answer(assess_trust const& query, world const& in) const {
        KOC_TRY(detail::check_assessed(in, query.person));
        return assess(query.person, in.get<peer_help>(), in);
    }

    void apply(circle_joined const& event, world const& in) {
        circle_.insert({event.member, in.now()});
    }
    void apply(circle_left const& event, world const&) { circle_.erase(event.member); }
    void apply(vouched const& event, world const&) { vouches_.link(event.voucher, event.person); }
    void apply(vouch_withdrawn const& event, world const&) {
        vouches_.unlink(event.voucher, event.person);
    }

private:
    static constexpr std::int64_t quarters = 4;
    static constexpr std::int64_t everything = std::int64_t{1} << 40;

    /// The people for whom somebody vouches by any account, each once, by id.
    [[nodiscard]] std::vector<member_id> people_vouched_for(
        member_id voucher, world const& in) const {
        std::vector<member_id> found;
        detail::each_account(in, voucher, [&](member_id account) {
            for (auto person : vouches_.targets(account)) {
                if (auto const who = detail::kept_for(in, person); who != voucher) {
                    found.push_back(who);
                }
            }
        });
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    /// Somebody who passes trust on to a person.
    struct source_of_trust {
        member_id from;
        std::int64_t capacity;
        bool vouched;
        bool helped;
    };
    /// The vertices of somebody: of all that they pass on, and of the part for having been helped.
    struct sender {
        flow_network::vertex all;
        flow_network::vertex by_help;

        [[nodiscard]] flow_network::vertex by(source_of_trust const& step) const {
            return step.vouched ? all : by_help;
        }
    };
    /// Those who vouch for somebody or were helped by them with enough detail, by id, but who is in
    /// doubt.
    template <typename World>
    [[nodiscard]] std::vector<source_of_trust> behind(member_id who, trust_rules const& limits,
        peer_help const& help, peer_help_rules const& detailed, World const& in) const {
        std::map<member_id, source_of_trust> found;
        // Of several accounts of one person each other person counts once, and none of their own.
        auto const source = [&](member_id account) -> source_of_trust* {
            auto const from = detail::kept_for(in, account);
            return from == who
                ? nullptr
                : &found.emplace(from, source_of_trust{from, 0, false, false}).first->second;
        };
        detail::each_account(in, who, [&](member_id account) {
            for (auto helped : help.helped_by(account, detailed)) {
                if (auto* one = source(helped)) {
                    one->capacity = (std::max)(one->capacity, limits.help);
                    one->helped = true;
                }
            }
            for (auto voucher : vouches_.sources(account)) {
                if (auto* one = source(voucher)) {
                    one->capacity = (std::max)(one->capacity, limits.vouch);
                    one->vouched = true;
                }
            }
        });
        std::vector<source_of_trust> all;
        for (auto const& [id, one] : found) {
            if (detail::held_back(in, id) == nullptr) {
                all.push_back(one);
            }
        }
        return all;
    }
    table<circle_record> circle_;
    links<member_id> vouches_{"voucher", "person"};
    BOOST_DESCRIBE_CLASS(trust, (), (), (), (circle_, vouches_))
};

} // namespace koc
