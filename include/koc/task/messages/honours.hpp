// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of honours: what people are honoured with, and who was, for how long and what for.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/member/depth/messages/office.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/workflow/award.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// What may show that a member earned an honour.
enum class evidence_kind : std::uint8_t {
    review,   ///< work of theirs that was reviewed, by its submission
    session,  ///< a session that they gave
    decision, ///< a product decision that their advice changed
    office,   ///< a term of office of theirs
};
BOOST_DESCRIBE_ENUM(evidence_kind, review, session, decision, office)

/// One of these.
struct honour_evidence {
    evidence_kind kind{};
    std::uint64_t id = 0;

    friend auto operator<=>(honour_evidence const&, honour_evidence const&) = default;
};
BOOST_DESCRIBE_STRUCT(honour_evidence, (), (kind, id))

/// Creates an honour. It can be awarded by the desk, and follows by itself from what is named.
struct define_honour {
    honour_id honour;
    std::string name;        ///< of no other honour
    std::string description; ///< what it is, in a sentence
    std::string criteria;    ///< what it is given for, in words
    std::string image;       ///< a URL, or nothing
    duration valid_for = for_ever;
    bool with_surprise = false;             ///< follows a surprise that has its name as honour
    std::optional<alumni_role> with_role{}; ///< follows when somebody accepts this role
    office_id with_office{};                ///< follows when somebody takes this office
};
BOOST_DESCRIBE_STRUCT(define_honour, (),
    (honour, name, description, criteria, image, valid_for, with_surprise, with_role, with_office))

/// Honours a member, in service or an alumnus. By an employee or the host.
struct award_honour {
    honour_id honour;
    member_id member;
    std::vector<honour_evidence> evidence; ///< at least one, of the member's own
};
BOOST_DESCRIBE_STRUCT(award_honour, (), (honour, member, evidence))

/// Takes an award back. The reason is the member's to read and leaves the programme nowhere.
struct revoke_honour {
    award_id award;
    personal_text reason; ///< the member's; not empty
};
BOOST_DESCRIBE_STRUCT(revoke_honour, (), (award, reason))

/// The member gives an award back.
struct decline_honour {
    award_id award;
};
BOOST_DESCRIBE_STRUCT(decline_honour, (), (award))

/// The member hides an award from others, or lets them see it again. It stays theirs.
struct show_award {
    award_id award;
    bool shown = true;
};
BOOST_DESCRIBE_STRUCT(show_award, (), (award, shown))

/// There is something to honour people with; as in `define_honour`.
struct honour_defined {
    honour_id honour;
    std::string name;
    std::string description;
    std::string criteria;
    std::string image;
    duration valid_for;
    bool with_surprise = false;
    std::optional<alumni_role> with_role;
    office_id with_office;
};
BOOST_DESCRIBE_STRUCT(honour_defined, (),
    (honour, name, description, criteria, image, valid_for, with_surprise, with_role, with_office))

/// A member has an honour, from now on.
struct honour_awarded {
    award_id award;
    honour_id honour;
    member_id member;
    std::vector<honour_evidence> evidence; ///< ascending
    std::optional<instant> until;          ///< none where it is for ever
};
BOOST_DESCRIBE_STRUCT(honour_awarded, (), (award, honour, member, evidence, until))

/// The time of an award is over.
struct honour_expired {
    award_id award;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(honour_expired, (), (award, member))

/// An award was taken back, for a reason.
struct honour_revoked {
    award_id award;
    member_id member;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(honour_revoked, (), (award, member, reason))

/// The member gave an award back.
struct honour_declined {
    award_id award;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(honour_declined, (), (award, member))

/// An award is shown to others, or hidden from them.
struct award_shown {
    award_id award;
    member_id member;
    bool shown = true;
};
BOOST_DESCRIBE_STRUCT(award_shown, (), (award, member, shown))

/// An honour; as in `define_honour`.
struct honour_record {
    honour_id id;
    std::string name;
    std::string description;
    std::string criteria;
    std::string image;
    duration valid_for;
    bool with_surprise = false;
    std::optional<alumni_role> with_role{};
    office_id with_office{};
};
BOOST_DESCRIBE_STRUCT(honour_record, (),
    (id, name, description, criteria, image, valid_for, with_surprise, with_role, with_office))

/// Who was honoured, with what and for what, and what became of it.
struct award_record {
    award_id id;
    honour_id honour;
    member_id member;
    instant from;
    std::optional<instant> until;          ///< none where it is for ever
    std::vector<honour_evidence> evidence; ///< ascending
    award_state state{};                   ///< see `state_at` for a later instant
    bool shown = true;
    personal_text reason; ///< of a revocation
};
BOOST_DESCRIBE_STRUCT(
    award_record, (), (id, honour, member, from, until, evidence, state, shown, reason))

/// The awards of a member, oldest first, with their state at the instant of the question. The
/// member, employees and the host see all, other members those that are valid and shown.
/// O(their awards).
struct list_honours {
    using answer = std::vector<award_view>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(list_honours, (), (member))

/// One award, for a document about it (koc/json/open_badge.hpp). Asked by the member, an employee
/// or the host.
struct read_award {
    using answer = award_view;
    award_id award;
};
BOOST_DESCRIBE_STRUCT(read_award, (), (award))

/// All awards that were revoked or given back, ascending: what a public list of revocations holds.
/// O(awards).
struct list_revoked_awards {
    using answer = std::vector<award_id>;
};
BOOST_DESCRIBE_STRUCT(list_revoked_awards, (), ())

} // namespace koc
