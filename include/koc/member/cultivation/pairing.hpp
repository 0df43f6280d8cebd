// SPDX-License-Identifier: BSL-1.0
#pragma once

// Pairs for many newcomers at once, by what either side would like: its own word where there is
// one, otherwise what both are interested in. Whoever says never of somebody is not paired with
// them, by hand either. The pairs are stable, so no mentor and newcomer would both rather have each
// other. When a mentor leaves, pairs that were drawn are drawn again so that as few as possible
// change; pairs that were made by hand stay.

#include <koc/assign/stable_pairing.hpp>
#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/messages/pairing.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The wishes and the pairs that were drawn.
class mentor_pairing : public aspect<mentor_pairing> {
    template <typename Wishes>
    static auto find_wish(Wishes& wishes, member_id other) {
        return std::lower_bound(wishes.begin(), wishes.end(), other,
            [](pair_wish const& wish, member_id wanted) { return wish.other < wanted; });
    }

public:
    using events = event_list<pair_wished, pairs_drawn, pairs_redrawn>;
    using commands = command_list<wish_pair, draw_pairs>;
    using follows = event_list<stage_changed, mentor_paired, mentor_released>;
    using reads = aspect_list<mentorship>;

    static constexpr auto guards(wish_pair const*) {
        return require(in_person<&wish_pair::member>, known<&wish_pair::member>,
            known<&wish_pair::other>, within<&wish_pair::liking, score{}, whole(1)>);
    }
    result<void> decide(wish_pair const& command, context& in) const {
        if (command.member == command.other) {
            return error{errc::invalid_argument, subject("member", command.member),
                "expected another member than themself"};
        }
        in.record(pair_wished{command.member, command.other, command.liking});
        return {};
    }
    static constexpr auto guards(draw_pairs const*) { return require(by_desk<draw_pairs>); }
    result<void> decide(draw_pairs const& command, context& in) const {
        auto mentees = command.mentees;
        std::sort(mentees.begin(), mentees.end());
        if (mentees.empty() || mentees.size() > mentees_max ||
            std::adjacent_find(mentees.begin(), mentees.end()) != mentees.end()) {
            return error{errc::invalid_argument, "draw_pairs.mentees",
                "expected from 1 to " + std::to_string(mentees_max) + " members, each once"};
        }
        for (auto who : mentees) {
            auto const* person = in.find_record<relationship_record>(who.value());
            if (person == nullptr) {
                return unknown("member", who);
            }
            if (!is_newcomer(person->stage)) {
                return error{errc::not_qualified, subject("member", who),
                    "expected a newcomer, in stage budding or active, not " +
                        std::string{name_of(person->stage)}};
            }
            if (!in.get<mentorship>().pairs().sources(who).empty()) {
                return error{errc::already_exists, subject("member", who),
                    "expected somebody without a mentor; release the pair first"};
            }
        }
        auto const hosts = mentors();
        auto const market = market_of(mentees, hosts, in);
        auto const chosen = stable_pairing(market);
        pairs_drawn drawn;
        for (std::size_t i = 0; i < mentees.size(); ++i) {
            if (chosen[i]) {
                drawn.pairs.push_back({hosts[*chosen[i]], mentees[i]});
            } else {
                drawn.unpaired.push_back(mentees[i]);
            }
        }
        auto const pairs = drawn.pairs;
        for (auto const& pair : pairs) {
            KOC_TRY(in.call(pair_mentor{pair.mentor, pair.mentee}));
        }
        in.record(std::move(drawn));
        return {};
    }
    [[nodiscard]] result<void> review(mentor_paired const& event, world const&) const {
        KOC_TRY(check_not_never(event.mentee, event.mentor));
        return check_not_never(event.mentor, event.mentee);
    }
    static constexpr auto consequences(stage_changed const*) {
        return in_order(
            consequence<differs<&stage_changed::to, stage::mature>, &mentor_pairing::draw_anew>(
                "drawn pairs of a mentor who leaves are drawn again, and the fewest change"));
    }

    void apply(stage_changed const& event, world const&) {
        auto const mature = event.to == stage::mature;
        people_.put_if(
            mature, event.member, [&](pairing_record& person) { person.mature = mature; });
    }
    void apply(mentor_paired const& event, world const&) {
        people_.update(event.mentee, [](pairing_record& person) { person.drawn = false; });
    }
    /// A pair that ends while the mentor stays was ended for its own reasons, and is not redrawn.
    void apply(mentor_released const& event, world const&) {
        auto const* mentor = people_.find(event.mentor);
        if (mentor != nullptr && mentor->mature) {
            people_.update(event.mentee, [](pairing_record& person) { person.drawn = false; });
        }
    }
    void apply(pair_wished const& event, world const&) {
        people_.put(event.member, [&](pairing_record& person) {
            auto const at = find_wish(person.wishes, event.other);
            if (at != person.wishes.end() && at->other == event.other) {
                at->liking = event.liking;
            } else {
                person.wishes.insert(at, {event.other, event.liking});
            }
        });
    }
    void apply(pairs_drawn const& event, world const&) { keep(event.pairs); }
    void apply(pairs_redrawn const& event, world const&) {
        keep(event.pairs);
        for (auto who : event.unpaired) {
            people_.update(who, [](pairing_record& person) { person.drawn = false; });
        }
    }

private:
    using by_mature = by<&pairing_record::mature>;
    using by_drawn = by<&pairing_record::drawn>;
    static constexpr std::size_t mentees_max = 10'000;

    /// Mentorship, which stands before, has ended the pairs of a mentor who leaves.
    void draw_anew(stage_changed const& event, context& in) const {
        if (event.from != stage::mature) {
            return;
        }
        auto const hosts = mentors();
        auto const& pairs = in.get<mentorship>().pairs();
        auto const room = static_cast<std::size_t>(in.rules<mentorship_rules>().mentees_max);
        std::vector<member_id> mentees;
        pairing present;
        auto someone_lost = false;
        for (auto who : drawn_mentees(in)) {
            auto const mentor = pairs.sources(who);
            if (mentor.empty()) {
                someone_lost = true;
                present.push_back(std::nullopt);
            } else if (pairs.targets(mentor.front()).size() > room) {
                continue; // a mentor above a limit that was lowered keeps theirs, and gets no more
            } else {
                auto const host = std::lower_bound(hosts.begin(), hosts.end(), mentor.front());
                if (host == hosts.end() || *host != mentor.front()) {
                    throw_misfit("mature member", mentor.front().value());
                }
                present.push_back(static_cast<std::size_t>(host - hosts.begin()));
            }
            mentees.push_back(who);
        }
        if (!someone_lost) {
            return;
        }
        auto market = market_of(mentees, hosts, in);
        for (auto const& host : present) { // what drawn pairs take may be given to others
            if (host) {
                ++market.seats[*host];
            }
        }
        auto const chosen = stable_pairing(preferring_present(std::move(market), present));
        redraw(event.member, mentees, hosts, present, chosen, in);
    }

    void keep(std::vector<drawn_pair> const& pairs) {
        for (auto const& pair : pairs) {
            people_.put(pair.mentee, [](pairing_record& person) { person.drawn = true; });
        }
    }
    /// The newcomers whose pairs were drawn, by id.
    [[nodiscard]] std::vector<member_id> drawn_mentees(world const& in) const {
        std::vector<member_id> found;
        for (auto const& person : people_.all<by_drawn>(true)) {
            auto const* relation = in.find_record<relationship_record>(person.id.value());
            if (relation != nullptr && is_newcomer(relation->stage)) {
                found.push_back(person.id);
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }
    /// The mature members by id.
    [[nodiscard]] std::vector<member_id> mentors() const {
        std::vector<member_id> found;
        for (auto const& person : people_.all<by_mature>(true)) {
            found.push_back(person.id);
        }
        std::sort(found.begin(), found.end());
        return found;
    }
    [[nodiscard]] result<void> check_not_never(member_id who, member_id other) const {
        auto const* person = people_.find(who);
        if (person != nullptr) {
            auto const said = find_wish(person->wishes, other);
            if (said != person->wishes.end() && said->other == other && said->liking == score{}) {
                return error{errc::not_qualified, subject("member", who),
                    "expected somebody who did not say never of " + subject("member", other) +
                        "; pair others, or have them wish_pair otherwise first"};
            }
        }
        return {};
    }
    /// How much a member likes another: their word, or the weight of the tags that both have.
    [[nodiscard]] score liking(member_id who, member_id other, world const& in) const {
        if (auto const* person = people_.find(who)) {
            auto const said = find_wish(person->wishes, other);
            if (said != person->wishes.end() && said->other == other) {
                return said->liking;
            }
        }
        auto const& theirs = in.at(other).tags;
        score common;
        score all;
        for (auto const& tag : in.at(who).tags) {
            all += tag.weight;
            common += (std::min)(tag.weight, theirs.weight(tag.tag));
        }
        // From a tenth to nine tenths, so that nobody is ruled out but by a word.
        return all == score{} ? percent(10)
                              : percent(10) + ratio(common.raw, all.raw) * percent(80);
    }
    [[nodiscard]] pairing_market market_of(std::vector<member_id> const& mentees,
        std::vector<member_id> const& hosts, context& in) const {
        auto const room = static_cast<std::size_t>(in.rules<mentorship_rules>().mentees_max);
        auto const& pairs = in.get<mentorship>().pairs();
        pairing_market market{mentees.size(), {}, {}};
        for (std::size_t host = 0; host < hosts.size(); ++host) {
            auto const taken = pairs.targets(hosts[host]).size();
            market.seats.push_back(room > taken ? room - taken : 0);
            for (std::size_t i = 0; i < mentees.size(); ++i) {
                auto const asks = liking(mentees[i], hosts[host], in);
                auto const hears = liking(hosts[host], mentees[i], in);
                if (asks > score{} && hears > score{}) {
                    market.pairs.push_back({i, host, asks.raw, hears.raw});
                }
            }
        }
        return market;
    }
    static void redraw(member_id left, std::vector<member_id> const& mentees,
        std::vector<member_id> const& hosts, pairing const& present, pairing const& chosen,
        context& in) {
        pairs_redrawn redrawn{left, {}, {}};
        for (std::size_t i = 0; i < mentees.size(); ++i) {
            if (chosen[i] == present[i]) {
                if (!chosen[i]) {
                    redrawn.unpaired.push_back(mentees[i]);
                }
                continue;
            }
            if (present[i]) {
                in.need(in.call(release_mentor{hosts[*present[i]], mentees[i]}));
            }
            if (chosen[i]) {
                redrawn.pairs.push_back({hosts[*chosen[i]], mentees[i]});
            } else {
                redrawn.unpaired.push_back(mentees[i]);
            }
        }
        for (auto const& pair : redrawn.pairs) {
            in.need(in.call(pair_mentor{pair.mentor, pair.mentee}));
        }
        in.record(std::move(redrawn));
    }

    table<pairing_record, by_mature, by_drawn> people_;
    BOOST_DESCRIBE_CLASS(mentor_pairing, (), (), (), (people_))
};

} // namespace koc
