// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of evolution: the candid talk with somebody who can give less, and the honorary role
// that is offered after it.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/enum_set.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/relationship.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// What a candid talk found.
enum class talk_finding : std::uint8_t {
    no_time,        ///< they would go on but have no time for it
    interest_shift, ///< their interest has moved on
    life_change,    ///< their life has changed
    guides_others,  ///< they give less themselves and would like to guide newcomers
    stays,          ///< they go on as before
};
BOOST_DESCRIBE_ENUM(talk_finding, no_time, interest_shift, life_change, guides_others, stays)

/// The reason for waning that a finding stands for; none for somebody who stays.
[[nodiscard]] inline std::optional<waning_reason> reason_of(talk_finding finding) {
    switch (finding) {
    case talk_finding::interest_shift:
        return waning_reason::interest_shift;
    case talk_finding::life_change:
        return waning_reason::life_change;
    case talk_finding::stays:
        return std::nullopt;
    case talk_finding::no_time:
    case talk_finding::guides_others:
        break;
    }
    return waning_reason::other;
}

/// Records a candid talk with somebody in service or evolving. The note is private. Where it finds
/// something else than the talk before, an open offer of a role that does not follow ends.
struct record_talk {
    member_id member;
    talk_finding finding{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(record_talk, (), (member, finding, note))

/// Offers an honorary role to somebody evolving, after a talk. A role that does not follow from
/// what the talk found needs a reason.
struct offer_role {
    member_id member;
    alumni_role role{};
    personal_text reason; ///< may be empty where the role follows from the talk
};
BOOST_DESCRIBE_STRUCT(offer_role, (), (member, role, reason))

/// Records that a member does not want the role that is open; they stay as they are.
struct decline_role {
    member_id member;
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(decline_role, (), (member, note))

/// A candid talk, and what it found; as in `record_talk`.
struct talk_held {
    member_id member;
    talk_finding finding{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(talk_held, (), (member, finding, note))

/// A role was offered; it stands until it is answered, or until a talk finds something else from
/// which it does not follow.
struct role_offered {
    member_id member;
    alumni_role role{};
    bool follows_talk = true; ///< whether the rules join this role to what the talk found
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(role_offered, (), (member, role, follows_talk, reason))

/// An offered role was declined; the member stays as they are.
struct role_declined {
    member_id member;
    alumni_role role{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(role_declined, (), (member, role, note))

/// Asked of every aspect before a role is offered to somebody: may it be?
struct may_offer_role {
    member_id member;
    alumni_role role{};
};

/// The newest talk with a member.
struct held_talk {
    talk_finding finding{};
    instant at; ///< when it was held

    friend bool operator==(held_talk const&, held_talk const&) = default;
};
BOOST_DESCRIBE_STRUCT(held_talk, (), (finding, at))

/// A role that a member holds or held.
struct role_term {
    alumni_role role{};
    instant from;                 ///< when they took it
    std::optional<instant> until; ///< when they returned to service; none while they hold it

    friend bool operator==(role_term const&, role_term const&) = default;
};
BOOST_DESCRIBE_STRUCT(role_term, (), (role, from, until))

/// The last stage of a relationship with a member. There is none before the first talk.
struct evolution_record {
    member_id id;
    std::optional<held_talk> talk;      ///< since they were last active, or in this service
    std::optional<alumni_role> offered; ///< the role that waits for their answer
    std::vector<role_term> roles;       ///< oldest first; never shortened
};
BOOST_DESCRIBE_STRUCT(evolution_record, (), (id, talk, offered, roles))

/// The roles that follow from a finding.
struct role_fit {
    talk_finding finding{};
    enum_set<alumni_role> roles;

    friend bool operator==(role_fit const&, role_fit const&) = default;
};
BOOST_DESCRIBE_STRUCT(role_fit, (), (finding, roles))

/// Which role may be offered after which talk. A finding without a row has no role; to somebody
/// who stays none is offered at all.
struct evolution_rules {
    std::vector<role_fit> roles{
        {talk_finding::no_time,
            {alumni_role::lifetime_honorary_member, alumni_role::friend_of_the_brand}},
        {talk_finding::interest_shift, {alumni_role::friend_of_the_brand}},
        {talk_finding::life_change,
            {alumni_role::lifetime_honorary_member, alumni_role::friend_of_the_brand}},
        {talk_finding::guides_others,
            {alumni_role::lifetime_honorary_member, alumni_role::honorary_adviser}}};
    duration talk_valid = days(90); ///< how long an offer may rest on a talk
};
BOOST_DESCRIBE_STRUCT(evolution_rules, (), (roles, talk_valid))

inline result<void> check(evolution_rules const& rules) {
    enum_set<talk_finding> seen;
    for (auto const& row : rules.roles) {
        if (row.finding == talk_finding::stays || seen.contains(row.finding)) {
            return error{errc::invalid_argument, "evolution_rules.roles",
                "expected each finding once, and none for somebody who stays"};
        }
        seen.insert(row.finding);
    }
    if (rules.talk_valid <= duration{}) {
        return error{
            errc::invalid_argument, "evolution_rules.talk_valid", "expected a span above 0"};
    }
    return {};
}

} // namespace koc
