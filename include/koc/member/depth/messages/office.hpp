// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of offices: the public roles of mature members, with seats, terms and rights.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/enum_set.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/workflow/tenure.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace koc {

struct office_kind {
    static constexpr char const* noun = "office";
    using record = struct office_record;
};
/// A public role, such as "annual adviser", by an id of the host's.
using office_id = id<office_kind>;

struct office_term_kind {
    static constexpr char const* noun = "term";
    using record = struct office_term_record;
};
/// One member's invitation to an office and the term that follows from it.
using office_term_id = id<office_term_kind>;

/// What holders of an office may do that others may not.
enum class office_right : std::uint8_t {
    speak_publicly,    ///< speak for the brand at market events
    veto,              ///< stop a product decision
    priority_proposal, ///< make proposals that are answered before others
};
BOOST_DESCRIBE_ENUM(office_right, speak_publicly, veto, priority_proposal)

/// The source whose members a right belongs to: those found on open platforms speak publicly, those
/// of the brand's own communities have a say in its products. Others are given it only with a
/// reason.
[[nodiscard]] constexpr source source_of(office_right right) {
    return right == office_right::speak_publicly ? source::open : source::owned;
}

/// How far an invitation has come.
enum class office_stage : std::uint8_t {
    invited,  ///< a seat is kept until the invitation is answered
    held,     ///< for a term
    declined, ///< by the invited member
    lapsed,   ///< nobody answered in time
    ended,    ///< held before, or an invitation to somebody who is not mature any more
};
BOOST_DESCRIBE_ENUM(office_stage, invited, held, declined, lapsed, ended)

/// Why somebody's term, or an invitation, ended.
enum class office_end : std::uint8_t {
    expired,         ///< at its time
    resigned,        ///< by the holder's wish
    removed,         ///< by the programme, with a reason
    no_longer_mature ///< the relationship left the stage that offices are for
};
BOOST_DESCRIBE_ENUM(office_end, expired, resigned, removed, no_longer_mature)

/// How long an invitation stands.
struct office_rules {
    duration answer_within = days(14); ///< for an invitation; it keeps a seat so long
};
BOOST_DESCRIBE_STRUCT(office_rules, (), (answer_within))

inline result<void> check(office_rules const& rules) {
    if (rules.answer_within <= duration{}) {
        return error{
            errc::invalid_argument, "office_rules.answer_within", "expected a span of more than 0"};
    }
    return {};
}

/// Creates an office for mature members who were found at `follows`.
struct define_office {
    office_id office;
    std::string name;                 ///< one line
    std::int64_t seats = 1;           ///< from 1 on
    duration term = days(365);        ///< above 0
    source follows{};                 ///< the source whose members it is for
    std::vector<office_right> rights; ///< each once
};
BOOST_DESCRIBE_STRUCT(define_office, (), (office, name, seats, term, follows, rights))

/// Invites a mature member. A reason is given exactly where the office does not follow from their
/// sources: it is for members of another one, or has a right that belongs to those (`source_of`).
struct invite_to_office {
    office_id office;
    member_id member;
    personal_text override_reason;
};
BOOST_DESCRIBE_STRUCT(invite_to_office, (), (office, member, override_reason))

/// The invited member accepts; their term begins.
struct take_office {
    office_id office;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(take_office, (), (office, member))

/// The invited member says no.
struct decline_office {
    office_id office;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(decline_office, (), (office, member))

/// Makes a holder's term longer by the term of the office.
struct renew_office {
    office_id office;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(renew_office, (), (office, member))

/// Ends a holder's term early: by their own wish, or by the programme with a reason.
struct end_office {
    office_id office;
    member_id member;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(end_office, (), (office, member, reason))

/// Mature members may be invited to an office.
struct office_defined {
    office_id office;
    std::string name;
    std::int64_t seats = 1;
    duration term; ///< of each holder
    source follows{};
    std::vector<office_right> rights; ///< ascending, each once
};
BOOST_DESCRIBE_STRUCT(office_defined, (), (office, name, seats, term, follows, rights))
/// What `define_office` lets through.
inline result<void> check(office_defined const& event) {
    return check_between(
        "office_defined.seats", event.seats, 1, (std::numeric_limits<std::int64_t>::max)());
}

/// A member is invited to an office; a seat is kept for them.
struct office_offered {
    office_term_id term;
    office_id office;
    member_id member;
    bool follows_source = true;    ///< whether the office follows from the member's sources
    personal_text override_reason; ///< where it does not
    instant answer_by;             ///< until then its seat is kept
};
BOOST_DESCRIBE_STRUCT(
    office_offered, (), (term, office, member, follows_source, override_reason, answer_by))

/// An invitation was accepted, and the term began.
struct office_taken {
    office_term_id term;
    office_id office;
    member_id member;
    instant until; ///< when the term ends
};
BOOST_DESCRIBE_STRUCT(office_taken, (), (term, office, member, until))

/// An invitation was declined; its seat is free again.
struct office_declined {
    office_term_id term;
    office_id office;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(office_declined, (), (term, office, member))

/// Nobody answered an invitation in its time.
struct office_offer_lapsed {
    office_term_id term;
    office_id office;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(office_offer_lapsed, (), (term, office, member))

/// A term was made longer.
struct office_renewed {
    office_term_id term;
    office_id office;
    member_id member;
    instant until; ///< when the term ends now
};
BOOST_DESCRIBE_STRUCT(office_renewed, (), (term, office, member, until))

/// A term, or an open invitation, ended; its seat is free again.
struct office_ended {
    office_term_id term;
    office_id office;
    member_id member;
    office_end because{};
    personal_text reason; ///< of a removal or a resignation
};
BOOST_DESCRIBE_STRUCT(office_ended, (), (term, office, member, because, reason))

/// A public role, its seats, term and rights.
struct office_record {
    office_id id;
    std::string name;
    std::int64_t seats = 1; ///< from 1 on
    duration term;          ///< of each holder
    source follows{};       ///< the source whose members it is for
    enum_set<office_right> rights;
};
BOOST_DESCRIBE_STRUCT(office_record, (), (id, name, seats, term, follows, rights))

/// An invitation and the term that followed.
struct office_term_record {
    office_term_id id;
    office_id office;
    member_id member;
    office_stage stage{};
    bool follows_source = true;    ///< whether the office follows from the member's sources
    personal_text override_reason; ///< where it does not
    tenure time;                   ///< of an invitation: until when it may be answered
};
BOOST_DESCRIBE_STRUCT(
    office_term_record, (), (id, office, member, stage, follows_source, override_reason, time))

/// Who holds an office at the instant of the question.
struct office_holder {
    member_id member;
    tenure time;                ///< from when until when
    bool follows_source = true; ///< whether the office follows from the member's sources

    friend bool operator==(office_holder const&, office_holder const&) = default;
};
BOOST_DESCRIBE_STRUCT(office_holder, (), (member, time, follows_source))

/// The present holders of an office, by member.
struct list_office_holders {
    using answer = std::vector<office_holder>;
    office_id office;
};
BOOST_DESCRIBE_STRUCT(list_office_holders, (), (office))

/// An office that a member could be invited to.
struct office_option {
    office_id office;
    bool follows_source = true; ///< otherwise an invitation needs a reason
    std::int64_t free = 0;      ///< seats

    friend bool operator==(office_option const&, office_option const&) = default;
};
BOOST_DESCRIBE_STRUCT(office_option, (), (office, follows_source, free))

/// The offices that a mature member does not hold and is not invited to: first those that follow
/// from their source, in each group in the order in which they were defined. O(offices).
struct list_office_options {
    using answer = std::vector<office_option>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(list_office_options, (), (member))

} // namespace koc
