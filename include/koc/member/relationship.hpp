// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a relationship moves: by contact and confirmed will, by excellence that lasts, by a candid
// word when somebody can give less, and by an honorary role that is accepted, never imposed. The
// table in stage.hpp says what is possible; this aspect brings the evidence. Falling silent moves
// nobody by itself: it is shown early, so that somebody asks why.

#include <koc/core/arrival_map.hpp>
#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/outcome.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/stage.hpp>
#include <koc/member/track_record.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// When active becomes mature.
struct relationship_rules {
    score excellent_at = percent(80); ///< the quality from which an outcome is excellent
    std::int64_t excellent_needed = 3;
    duration sustained_needed = days(30); ///< from the first excellent outcome to the newest
};

/// Why somebody gives less.
enum class waning_reason : std::uint8_t { life_change, interest_shift, other };
BOOST_DESCRIBE_ENUM(waning_reason, life_change, interest_shift, other)

/// The honorary roles after active service.
enum class alumni_role : std::uint8_t {
    lifetime_honorary_member,
    friend_of_the_brand,
    honorary_adviser
};
BOOST_DESCRIBE_ENUM(alumni_role, lifetime_honorary_member, friend_of_the_brand, honorary_adviser)

/// Notes that somebody was spoken to.
struct record_contact {
    member_id member;
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(record_contact, (), (member, note))

/// Notes that somebody said yes: the only door to stage active.
struct confirm_willingness {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(confirm_willingness, (), (member))

/// Notes that somebody can no longer give what they gave, and why.
struct record_waning {
    member_id member;
    waning_reason reason{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(record_waning, (), (member, reason, note))

/// Notes that somebody accepted an honorary role.
struct accept_role {
    member_id member;
    alumni_role role{};
};
BOOST_DESCRIBE_STRUCT(accept_role, (), (member, role))

struct member_contacted {
    member_id member;
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(member_contacted, (), (member, note))

struct member_waned {
    member_id member;
    waning_reason reason{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(member_waned, (), (member, reason, note))

struct role_accepted {
    member_id member;
    alumni_role role{};
};
BOOST_DESCRIBE_STRUCT(role_accepted, (), (member, role))

/// Somebody in service who may have fallen silent.
struct waning_sign {
    member_id member;
    score chance;   ///< that another outcome of theirs comes (`track_record::comes_again`)
    duration quiet; ///< since their newest outcome

    friend bool operator==(waning_sign const&, waning_sign const&) = default;
};

/// The relationships. The rules are `Programme::relationship`, a `relationship_rules`.
template <typename Programme>
class relationship {
public:
    using events = event_list<member_contacted, member_waned, role_accepted, stage_changed>;
    using commands = command_list<record_contact, confirm_willingness, record_waning, accept_role>;

    explicit relationship(Programme const& programme) : rules_{programme.relationship} {}

    /// The evidence that the table's guards see, as of the last event.
    [[nodiscard]] standing evidence(member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? to_standing({}) : to_standing(it->second);
    }
    /// The honorary role of an alumnus, or nothing.
    [[nodiscard]] std::optional<alumni_role> role(member_id who) const {
        auto const it = people_.find(who);
        return it == people_.end() ? std::nullopt : it->second.role;
    }

    /// The active and mature members with outcomes whose chance of another one within some time
    /// after `now` is below `limit`: whom to talk to, the likeliest to be lost first, ties by id.
    /// O(members in service).
    [[nodiscard]] std::vector<waning_sign> waning(
        auto const& world, score limit, instant now, duration within) const {
        auto const& past = world.template get<track_record>();
        auto const& by_stage =
            world.template get<roster>().people().template by<member_rows::by_stage>();
        std::vector<waning_sign> found;
        for (auto standing : {stage::active, stage::mature}) {
            auto const [first, last] = by_stage.equal_range(standing);
            for (auto it = first; it != last; ++it) {
                auto const newest = past.newest_outcome(it->id);
                auto const chance = past.comes_again(it->id, now, within);
                if (newest && chance < limit) {
                    found.push_back({it->id, chance, now - *newest});
                }
            }
        }
        std::sort(found.begin(), found.end(), [](waning_sign const& a, waning_sign const& b) {
            return a.chance != b.chance ? a.chance < b.chance : a.member < b.member;
        });
        return found;
    }

    result<void> decide(auto const& world, record_contact const& command, auto& out) const {
        if (world.template get<roster>().find(command.member) == nullptr) {
            return unknown("member", command.member);
        }
        if (auto refused = check_owner(command.member, command.note)) {
            return *std::move(refused);
        }
        out.emit(member_contacted{command.member, command.note});
        return {};
    }
    result<void> decide(auto const& world, confirm_willingness const& command, auto& out) const {
        return move(world, command.member, moment::willingness_confirmed, out);
    }
    result<void> decide(auto const& world, record_waning const& command, auto& out) const {
        if (auto refused = check_owner(command.member, command.note)) {
            return *std::move(refused);
        }
        auto moved = move(world, command.member, moment::waned, out);
        if (moved) {
            out.emit(member_waned{command.member, command.reason, command.note});
        }
        return moved;
    }
    result<void> decide(auto const& world, accept_role const& command, auto& out) const {
        auto moved = move(world, command.member, moment::role_accepted, out);
        if (moved) {
            out.emit(role_accepted{command.member, command.role});
        }
        return moved;
    }

    /// An excellent outcome may be the one that completes the evidence; any other moves nobody up,
    /// however complete the evidence is.
    void react(auto const& world, outcome_recorded const& event, auto& out) const {
        if (event.quality < rules_.excellent_at) {
            return;
        }
        auto const* member = world.template get<roster>().find(event.member);
        auto const it = people_.find(event.member);
        auto known = it == people_.end() ? person{} : it->second;
        count(known, event);
        auto const seen = to_standing(known);
        if (auto const to =
                relationship_lifecycle::step(member->standing, moment::excelled, seen)) {
            out.emit(stage_changed{event.member, member->standing, *to, moment::excelled,
                "sustained-excellence/1", seen.excellent, seen.sustained});
        }
    }

    void apply(member_contacted const& event, instant) { people_[event.member].contacted = true; }
    void apply(member_waned const&, instant) {}
    void apply(role_accepted const& event, instant) { people_[event.member].role = event.role; }
    void apply(stage_changed const& event, instant) {
        if (event.to == stage::active) {
            people_[event.member].role.reset();
        }
    }
    void apply(outcome_recorded const& event, instant) { count(people_[event.member], event); }

    void digest_into(hasher& into) const {
        std::vector<member_id> order;
        for (auto const& entry : people_) {
            order.push_back(entry.first);
        }
        std::sort(order.begin(), order.end());
        for (auto who : order) {
            auto const& p = people_.at(who);
            into.add(who).add(p.contacted).add(p.excellent).add(p.first).add(p.newest).add(p.role);
        }
    }

private:
    struct person {
        bool contacted = false;
        std::int64_t excellent = 0;
        instant first;  ///< the first excellent outcome, if any
        instant newest; ///< the newest one
        std::optional<alumni_role> role;
    };

    void count(person& who, outcome_recorded const& event) const {
        if (event.quality < rules_.excellent_at) {
            return;
        }
        who.first = who.excellent == 0 ? event.at : std::min(who.first, event.at);
        who.newest = who.excellent == 0 ? event.at : std::max(who.newest, event.at);
        ++who.excellent;
    }

    [[nodiscard]] standing to_standing(person const& who) const {
        return {who.contacted, who.excellent, rules_.excellent_needed, who.newest - who.first,
            rules_.sustained_needed};
    }

    static std::optional<error> check_owner(member_id who, personal_text const& note) {
        if (!note.text.empty() && note.owner != who.value()) {
            return error{errc::invalid_argument, subject("note on member", who),
                "expected the note to belong to the member; set its owner to the member's id"};
        }
        return std::nullopt;
    }

    result<void> move(auto const& world, member_id who, moment because, auto& out) const {
        auto const* member = world.template get<roster>().find(who);
        if (member == nullptr) {
            return unknown("member", who);
        }
        auto const seen = evidence(who);
        auto const to = relationship_lifecycle::step(member->standing, because, seen);
        if (!to) {
            return relationship_lifecycle::refusal(member->standing, because, seen)
                ->as_error(subject("member", who));
        }
        out.emit(stage_changed{who, member->standing, *to, because,
            std::string{name_of(because)} + "/1", seen.excellent, seen.sustained});
        return {};
    }

    relationship_rules rules_;
    arrival_map<member_id, person> people_;
};

} // namespace koc
