// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the relationship: contact, consent, waning and honorary roles.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// When active becomes mature.
struct relationship_rules {
    score excellent_at = percent(80);     ///< the quality from which an outcome is excellent
    std::int64_t excellent_needed = 3;    ///< within the window
    duration sustained_needed = days(30); ///< from the first excellent outcome to the newest
    duration window = days(365);          ///< how far back outcomes count, in months of 30 days
    score excellent_share =
        percent(50); ///< the least share of excellent outcomes among all of the window
};
BOOST_DESCRIBE_STRUCT(relationship_rules, (),
    (excellent_at, excellent_needed, sustained_needed, window, excellent_share))

inline result<void> check(relationship_rules const& rules) {
    auto const is_share = [](score s) { return score{} <= s && s <= whole(1); };
    if (!is_share(rules.excellent_at) || !is_share(rules.excellent_share)) {
        return error{errc::invalid_argument, "relationship_rules",
            "expected excellent_at and excellent_share from 0 to 1"};
    }
    if (rules.excellent_needed < 1 || rules.sustained_needed < duration{} ||
        rules.window < rules.sustained_needed) {
        return error{errc::invalid_argument, "relationship_rules",
            "expected at least one excellent outcome, and a window that is not shorter than "
            "sustained_needed"};
    }
    return {};
}

/// Why somebody gives less.
enum class waning_reason : std::uint8_t {
    life_change,    ///< their life has changed
    interest_shift, ///< they care for something else by now
    other,          ///< whatever it is
};
BOOST_DESCRIBE_ENUM(waning_reason, life_change, interest_shift, other)

/// The honorary roles after active service.
enum class alumni_role : std::uint8_t {
    lifetime_honorary_member, ///< has a title for life, and is asked for nothing
    friend_of_the_brand,      ///< stays in touch, and is asked for nothing
    honorary_adviser          ///< may vote on newcomers and share experience
};
BOOST_DESCRIBE_ENUM(alumni_role, lifetime_honorary_member, friend_of_the_brand, honorary_adviser)

/// Records that somebody was spoken to.
struct record_contact {
    member_id member;
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(record_contact, (), (member, note))

/// Records that somebody agreed to contribute: the only way to stage active. Of alumni it is their
/// own word, which no employee records.
struct confirm_willingness {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(confirm_willingness, (), (member))

/// Records that somebody can no longer give what they gave, and why.
struct record_waning {
    member_id member;
    waning_reason reason{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(record_waning, (), (member, reason, note))

/// Records that somebody accepted an honorary role. Nothing of them is assessed from then on.
struct accept_role {
    member_id member;
    alumni_role role{};
};
BOOST_DESCRIBE_STRUCT(accept_role, (), (member, role))

/// Somebody was spoken to.
struct member_contacted {
    member_id member;
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(member_contacted, (), (member, note))

/// Somebody can give less, and why.
struct member_waned {
    member_id member;
    waning_reason reason{};
    personal_text note;
};
BOOST_DESCRIBE_STRUCT(member_waned, (), (member, reason, note))

/// Somebody took an honorary role, and is an alumnus.
struct role_accepted {
    member_id member;
    alumni_role role{};
};
BOOST_DESCRIBE_STRUCT(role_accepted, (), (member, role))

/// Asked of every aspect before somebody takes an honorary role: may they?
struct may_take_role {
    member_id member;
    alumni_role role{};
};

/// A member's outcomes within 30 days.
struct month_of_outcomes {
    std::int64_t month = 0;     ///< days since 1970-01-01, by 30
    std::int64_t outcomes = 0;  ///< how many
    std::int64_t excellent = 0; ///< how many of them were excellent
    instant first;              ///< the first excellent one, if any
    instant newest;             ///< the newest excellent one, if any
};
BOOST_DESCRIBE_STRUCT(month_of_outcomes, (), (month, outcomes, excellent, first, newest))

/// Where the relationship with a member stands.
struct relationship_record {
    member_id id;
    koc::stage stage = relationship_lifecycle::initial;
    bool contacted = false;                ///< whether anybody ever spoke to them
    std::optional<alumni_role> role;       ///< of alumni
    std::vector<month_of_outcomes> months; ///< ascending; those of the window before the newest
    std::optional<instant> returned; ///< when they last came back; what was before moves nobody up
};
BOOST_DESCRIBE_STRUCT(relationship_record, (), (id, stage, contacted, role, months, returned))

/// Somebody in service who may have fallen silent.
struct waning_sign {
    member_id member;
    score chance;   ///< that another outcome of theirs comes within the time that was asked about
    duration quiet; ///< since their newest outcome

    friend bool operator==(waning_sign const&, waning_sign const&) = default;
};
BOOST_DESCRIBE_STRUCT(waning_sign, (), (member, chance, quiet))

/// The active and mature members with outcomes whose chance of another one within some time is
/// below a limit: whom to talk to, the likeliest to be lost first, ties by id. O(members in
/// service).
struct list_waning {
    using answer = std::vector<waning_sign>;
    score limit;     ///< of the chance, from 0 to 1
    duration within; ///< 0 or more
};
BOOST_DESCRIBE_STRUCT(list_waning, (), (limit, within))

/// How many members stand in each stage, in the order of the enum: the layers of the pyramid.
struct count_stages {
    using answer = std::vector<std::int64_t>;
};
BOOST_DESCRIBE_STRUCT(count_stages, (), ())

} // namespace koc
