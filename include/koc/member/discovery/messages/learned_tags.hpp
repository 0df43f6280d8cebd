// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of learned tags: the pieces of content that speak for a tag, their contest, and how sure
// a tag is that was learned from them.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// When observed content teaches a tag. Tags of facets marked `earned` alone are learned, and none
/// of a sensitive one.
struct learning_rules {
    std::int64_t pieces_needed = 3; ///< that carry the tag, or one under it; from 1 to 1,000
    std::int64_t days_needed = 2;   ///< (UTC) on which they were published; from 1 to pieces_needed
    score depth_min = percent(60);  ///< of a piece that counts; above 0 and at most 1
    score doubt = whole(1);         ///< the confidence is sum / (sum + doubt); from 0.1 to 1,000
    duration counts_for =
        days(730); ///< of a piece, less each day; from a day to 36,500, or for_ever
};
BOOST_DESCRIBE_STRUCT(
    learning_rules, (), (pieces_needed, days_needed, depth_min, doubt, counts_for))

inline result<void> check(learning_rules const& rules) {
    if (rules.pieces_needed < 1 || rules.pieces_needed > 1'000 || rules.days_needed < 1 ||
        rules.days_needed > rules.pieces_needed) {
        return error{errc::invalid_argument, "learning_rules",
            "expected from 1 to 1,000 pieces, and from 1 to as many days"};
    }
    if (rules.depth_min <= score{} || rules.depth_min > whole(1)) {
        return error{errc::invalid_argument, "learning_rules.depth_min",
            "expected a depth above 0 and at most 1"};
    }
    if (rules.doubt < percent(10) || rules.doubt > whole(1'000)) {
        return error{errc::invalid_argument, "learning_rules.doubt", "expected from 0.1 to 1,000"};
    }
    if (rules.counts_for != for_ever &&
        (rules.counts_for < days(1) || rules.counts_for > days(36'500))) {
        return error{errc::invalid_argument, "learning_rules.counts_for",
            "expected from a day to 36,500 days, or for_ever"};
    }
    return {};
}

/// Says that a piece of content does not speak for the person whom it was reported of. It counts
/// for no tag of theirs until that is withdrawn. For the member themself, an employee or the host.
struct contest_evidence {
    member_id member;
    signal_id signal;
    personal_text reason;   ///< the member's
    platform_id platform{}; ///< as the piece was reported
};
BOOST_DESCRIBE_STRUCT(contest_evidence, (), (member, signal, reason, platform))

/// A piece counts for no tag of the member any more.
struct evidence_contested {
    member_id member;
    signal_id signal;
    personal_text reason;
    platform_id platform{};
};
BOOST_DESCRIBE_STRUCT(evidence_contested, (), (member, signal, reason, platform))

/// Takes back that a piece does not speak for a member: by them, or, where an employee or the host
/// contested it, by an employee or the host.
struct withdraw_contest {
    member_id member;
    signal_id signal;
    platform_id platform{}; ///< as the piece was reported
};
BOOST_DESCRIBE_STRUCT(withdraw_contest, (), (member, signal, platform))

/// A piece that was contested counts again.
struct contest_withdrawn {
    member_id member;
    signal_id signal;
    platform_id platform{};
};
BOOST_DESCRIBE_STRUCT(contest_withdrawn, (), (member, signal, platform))

/// The content of a member was weighed; what changed by it is in tags_learned.
struct content_weighed {
    member_id member;
    std::optional<instant> again_at; ///< when the next piece stops counting, if one will
};
BOOST_DESCRIBE_STRUCT(content_weighed, (), (member, again_at))

struct tag_evidence_kind {
    static constexpr char const* noun = "piece of evidence";
    using record = struct tag_evidence;
};
/// A piece that speaks for tags, by the number of its signal.
using tag_evidence_id = id<tag_evidence_kind>;

/// A piece of content that carries tags which can be learned.
struct tag_evidence {
    tag_evidence_id id;
    platform_id platform;
    signal_id signal;
    member_id person;
    std::vector<tag_id> tags; ///< those it carries and all above them, ascending
    score depth;
    bool self_initiated = true; ///< otherwise it adds half as much to the confidence
    instant at;                 ///< when it was published
    bool contested = false;
    personal_text reason;   ///< why it is contested
    bool in_person = false; ///< contested by the member themself
};
BOOST_DESCRIBE_STRUCT(tag_evidence, (),
    (id, platform, signal, person, tags, depth, self_initiated, at, contested, reason, in_person))

/// A piece, and what it says about one tag.
struct evidence_view {
    platform_id platform;
    signal_id signal;
    instant at;
    score depth;
    score amount; ///< what it adds to the sum now; 0 where it does not count
    bool contested = false;
    bool held = false; ///< back, by a doubt about the piece or the person

    friend bool operator==(evidence_view const&, evidence_view const&) = default;
};
BOOST_DESCRIBE_STRUCT(evidence_view, (), (platform, signal, at, depth, amount, contested, held))

/// A tag that somebody's content carries.
struct learned_tag_view {
    tag_id tag;
    bool learned = false;                ///< they are found by it because of their content
    bool given = false;                  ///< they are found by it in any case: by hand, or for work
    score confidence;                    ///< by the evidence that counts now, from 0 to below 1
    std::int64_t pieces = 0;             ///< that count now
    std::int64_t days = 0;               ///< on which these were published
    std::vector<evidence_view> evidence; ///< in the order in which it was reported
};
BOOST_DESCRIBE_STRUCT(
    learned_tag_view, (), (tag, learned, given, confidence, pieces, days, evidence))

/// The tags that a person's content carries, by id, with the evidence for each; of a person who is
/// not enrolled nothing is learned yet. A member may ask about themself. Refused for alumni, who
/// are not assessed. O(their pieces).
struct list_learned_tags {
    using answer = std::vector<learned_tag_view>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(list_learned_tags, (), (member))

} // namespace koc
