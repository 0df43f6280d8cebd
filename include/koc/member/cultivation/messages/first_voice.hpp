// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of pieces that members publish in their own name: topic, drafts, publication, and what
// the brand's official channels do with it.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

struct piece_kind {
    static constexpr char const* noun = "piece";
    using record = struct piece_record;
};
/// What a member publishes in their own name on an open platform.
using piece_id = id<piece_kind>;

/// How the brand carries a published piece further.
enum class push_kind : std::uint8_t {
    repost,         ///< an official channel shows it
    recommendation, ///< an official channel says why it is worth it
};
BOOST_DESCRIBE_ENUM(push_kind, repost, recommendation)

/// How the first public piece of a member is carried further.
struct first_voice_rules {
    duration push_within = hours(48); ///< for repost and recommendation, from the publication
    std::vector<std::string> official_channels{"official"}; ///< that may carry a piece
    /// The step of plans by which members share in the brand's own communities.
    std::string community_step = "community sharing";
};
BOOST_DESCRIBE_STRUCT(first_voice_rules, (), (push_within, official_channels, community_step))

inline result<void> check(first_voice_rules const& rules) {
    if (rules.push_within <= duration{}) {
        return error{
            errc::invalid_argument, "first_voice_rules.push_within", "expected a span above 0"};
    }
    if (rules.official_channels.empty()) {
        return error{errc::invalid_argument, "first_voice_rules.official_channels",
            "expected at least one channel, as no first piece could be pushed otherwise"};
    }
    for (auto const& channel : rules.official_channels) {
        if (auto refused = check_name("first_voice_rules.official_channels", channel)) {
            return *std::move(refused);
        }
    }
    if (auto refused = check_name("first_voice_rules.community_step", rules.community_step)) {
        return *std::move(refused);
    }
    return {};
}

/// A mentor or operator records that a member shared in the brand's own communities, where no step
/// of the plan that they are on is for it.
struct record_sharing {
    static constexpr std::string_view sent_by = "the mentor of the member, an employee or the host";
    member_id member;
    personal_words link = {}; ///< one line: what shows it
};
BOOST_DESCRIBE_STRUCT(record_sharing, (), (member, link))

/// Proposes the topic of a piece: the member, their mentor or an operator. It can be proposed once
/// the step of their plan has come, and who was found in the brand's own communities has shared
/// there.
struct plan_piece {
    static constexpr std::string_view sent_by = "the author, their mentor, an employee or the host";
    piece_id piece;
    member_id member;
    personal_words topic; ///< one line
};
BOOST_DESCRIBE_STRUCT(plan_piece, (), (piece, member, topic))

/// The other side agrees to the topic: the member to a helper's, a helper to the member's.
struct agree_topic {
    static constexpr std::string_view sent_by =
        "the side that did not propose it: the author, or their mentor, an employee or the host";
    piece_id piece;
};
BOOST_DESCRIBE_STRUCT(agree_topic, (), (piece))

/// Hands the next draft round, which takes the place of the one before.
struct propose_draft {
    static constexpr std::string_view sent_by = "the author, their mentor, an employee or the host";
    piece_id piece;
    personal_words link; ///< one line: where it can be read
};
BOOST_DESCRIBE_STRUCT(propose_draft, (), (piece, link))

/// The author accepts the newest draft.
struct accept_draft {
    piece_id piece;
    std::int64_t version = 1; ///< of the newest draft, from 1 on
};
BOOST_DESCRIBE_STRUCT(accept_draft, (), (piece, version))

/// A mentor or operator signs off the draft that the author accepted. Only the first public piece
/// of a member needs it, and only where they were not found on an open platform.
struct sign_off_draft {
    static constexpr std::string_view sent_by = "the mentor of the author, an employee or the host";
    piece_id piece;
};
BOOST_DESCRIBE_STRUCT(sign_off_draft, (), (piece))

/// A piece was published on an open platform.
struct publish_piece {
    piece_id piece;
    personal_words link; ///< one line
};
BOOST_DESCRIBE_STRUCT(publish_piece, (), (piece, link))

/// An official channel carried a published piece further.
struct push_piece {
    piece_id piece;
    push_kind how{};
    std::string channel; ///< one of the official ones
};
BOOST_DESCRIBE_STRUCT(push_piece, (), (piece, how, channel))

/// Asked of every aspect before a piece of somebody is planned: may they speak in public yet?
struct may_plan_piece {
    member_id member;
};

/// A member shared in the brand's own communities; `by` is the actor who recorded it.
struct sharing_recorded {
    member_id member;
    personal_text link;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(sharing_recorded, (), (member, link, by))

/// A topic was proposed; `by` is the actor, such as `member 7`.
struct piece_planned {
    piece_id piece;
    member_id member;
    personal_text topic;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(piece_planned, (), (piece, member, topic, by))

/// Both sides agree to a topic; `by` is the actor who agreed.
struct topic_agreed {
    piece_id piece;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(topic_agreed, (), (piece, by))

/// A draft takes the place of the one before; `by` is the actor who handed it round.
struct draft_proposed {
    piece_id piece;
    std::int64_t version = 1; ///< from 1 on
    personal_text link;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(draft_proposed, (), (piece, version, link, by))

/// The author accepted the newest draft.
struct draft_accepted {
    piece_id piece;
    std::int64_t version = 1; ///< the newest, from 1 on
};
BOOST_DESCRIBE_STRUCT(draft_accepted, (), (piece, version))

/// The accepted draft was signed off; `by` is the actor.
struct draft_signed_off {
    piece_id piece;
    std::int64_t version = 1; ///< the one that was accepted, from 1 on
    std::string by;
};
BOOST_DESCRIBE_STRUCT(draft_signed_off, (), (piece, version, by))

/// A piece was published. Where `push_by` is set, official channels repost and recommend it before.
struct piece_published {
    piece_id piece;
    member_id member;
    personal_text link;
    std::optional<instant> push_by;
};
BOOST_DESCRIBE_STRUCT(piece_published, (), (piece, member, link, push_by))

/// An official channel carried a piece further.
struct piece_pushed {
    piece_id piece;
    push_kind how{};
    std::string channel;
};
BOOST_DESCRIBE_STRUCT(piece_pushed, (), (piece, how, channel))

/// The time to push the first piece of a member is over, and this is missing.
struct push_missed {
    piece_id piece;
    member_id member;
    std::vector<push_kind> missing; ///< what was not done
};
BOOST_DESCRIBE_STRUCT(push_missed, (), (piece, member, missing))

/// What a member shared in the brand's own communities, as it was recorded by hand.
struct sharing_record {
    member_id id;
    personal_text link;
    instant at; ///< when it was recorded
};
BOOST_DESCRIBE_STRUCT(sharing_record, (), (id, link, at))

/// A piece, from its topic to its reposts.
struct piece_record {
    piece_id id;
    member_id member;
    personal_text topic;
    std::string proposed_by;           ///< the actor, such as `member 7`
    bool agreed = false;               ///< by both sides
    std::vector<personal_text> drafts; ///< their links; the version is the place, from 1
    std::int64_t accepted = 0;         ///< the version that the author accepted; 0 for none
    std::int64_t signed_off = 0;       ///< the version that a mentor or operator signed off
    bool is_published = false;
    personal_text link;             ///< once it is published
    std::optional<instant> push_by; ///< of a first piece
    bool missed = false;            ///< it was not pushed in time
    std::vector<push_kind> pushed;  ///< ascending, each once

    [[nodiscard]] bool published() const { return is_published; }
    [[nodiscard]] std::int64_t newest() const { return static_cast<std::int64_t>(drafts.size()); }
};
BOOST_DESCRIBE_STRUCT(piece_record, (),
    (id, member, topic, proposed_by, agreed, drafts, accepted, signed_off, is_published, link,
        push_by, missed, pushed))

/// A first piece that is not pushed, although it is past its time.
struct missed_push {
    piece_id piece;
    member_id member;
    std::vector<push_kind> missing; ///< what was not done

    friend bool operator==(missed_push const&, missed_push const&) = default;
};
BOOST_DESCRIBE_STRUCT(missed_push, (), (piece, member, missing))

/// The first pieces that still wait for a push after their time, oldest first. O(pieces).
struct list_missed_pushes {
    using answer = std::vector<missed_push>;
};
BOOST_DESCRIBE_STRUCT(list_missed_pushes, (), ())

} // namespace koc
