// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of discovery: signals from open platforms and from the brand's own communities, the
// evidence that they add up to, and the shortlist.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// How fast evidence stops being fresh. Fixed by the first signal, as sums are kept by it.
struct discovery_rules {
    duration lately = days(7); ///< half-life of what somebody gave lately
};
BOOST_DESCRIBE_STRUCT(discovery_rules, (), (lately))

inline result<void> check(discovery_rules const& rules) {
    if (rules.lately <= duration{}) {
        return error{
            errc::invalid_argument, "discovery_rules.lately", "expected a half-life longer than 0"};
    }
    return {};
}

struct signal_kind {
    static constexpr char const* noun = "signal";
    using record = struct seen_signal;
};
/// A signal, by the id that its feed knows it by, so that reading a feed twice counts once.
using signal_id = id<signal_kind>;

/// Something a person published on an open platform, as judged by whoever read it. Ratios from 0
/// to 1.
struct report_content {
    signal_id signal;
    member_id person;
    score depth;                ///< how thorough
    score originality;          ///< how much a thought of their own
    score relevance;            ///< how much about the brand or the product
    bool self_initiated = true; ///< nobody asked or paid for it
    std::int64_t followers = 0; ///< recorded, never scored
};
BOOST_DESCRIBE_STRUCT(
    report_content, (), (signal, person, depth, originality, relevance, self_initiated, followers))

/// What a person can do in the brand's own communities.
enum class contribution_kind : std::uint8_t {
    interacted,    ///< took part: posts, replies, events
    gave_feedback, ///< reported on a product or feature, in detail
    tried_first,   ///< the same, among the first to use it
    helped_a_peer, ///< answered another customer's question
};
BOOST_DESCRIBE_ENUM(contribution_kind, interacted, gave_feedback, tried_first, helped_a_peer)

/// Something a person did in an owned community.
struct report_contribution {
    signal_id signal;
    member_id person;
    contribution_kind kind{};
    std::int64_t times = 1; ///< from 1 to 1,000,000
    score detail; ///< how detailed or helpful, from 0 to 1; counts for all but `interacted`
};
BOOST_DESCRIBE_STRUCT(report_contribution, (), (signal, person, kind, times, detail))

/// Records the shortlist as it stands: the best `count` people who are not enrolled.
struct draw_shortlist {
    std::int64_t count = 20; ///< from 1 to 10,000
};
BOOST_DESCRIBE_STRUCT(draw_shortlist, (), (count))

/// Enrols somebody from the evidence: their sources are where their signals came from.
struct enrol_candidate {
    member_id person;
    personal_text name;
    std::vector<weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(enrol_candidate, (), (person, name, tags))

struct content_reported {
    signal_id signal;
    member_id person;
    score depth;
    score originality;
    score relevance;
    bool self_initiated = true;
    std::int64_t followers = 0;
};
BOOST_DESCRIBE_STRUCT(content_reported, (),
    (signal, person, depth, originality, relevance, self_initiated, followers))

struct contribution_reported {
    signal_id signal;
    member_id person;
    contribution_kind kind{};
    std::int64_t times = 1;
    score detail;
};
BOOST_DESCRIBE_STRUCT(contribution_reported, (), (signal, person, kind, times, detail))

/// A person on a shortlist.
struct candidate {
    member_id person;
    std::vector<source> sources; ///< where the evidence comes from
    score fit;                   ///< the sum of `why`
    explanation why;
};
BOOST_DESCRIBE_STRUCT(candidate, (), (person, sources, fit, why))

struct shortlist_drawn {
    std::vector<candidate> candidates; ///< best first, ties by id
};
BOOST_DESCRIBE_STRUCT(shortlist_drawn, (), (candidates))

/// What the open domain knows of a person at an instant: sums over their contents.
struct open_evidence {
    std::int64_t contents = 0;
    score depth;       ///< each content's depth, times its relevance, halved if it was asked for
    score originality; ///< likewise
    score lately;      ///< both, each content counting half after each half-life
};
BOOST_DESCRIBE_STRUCT(open_evidence, (), (contents, depth, originality, lately))

/// What the owned domain knows of a person at an instant.
struct owned_evidence {
    std::int64_t interactions = 0;
    score feedback;  ///< details of feedback, times how often
    score first_use; ///< the part of it that was among the first
    score help;      ///< helpfulness to peers, times how often
    score lately;    ///< feedback and help, each contribution counting half after each half-life
};
BOOST_DESCRIBE_STRUCT(owned_evidence, (), (interactions, feedback, first_use, help, lately))

/// The evidence on one person; what fades is kept apart.
struct evidence_record {
    member_id id;
    open_evidence open;
    owned_evidence owned;
    std::int64_t owned_signals = 0;
    decayed_sum open_lately;
    decayed_sum owned_lately;
};
BOOST_DESCRIBE_STRUCT(
    evidence_record, (), (id, open, owned, owned_signals, open_lately, owned_lately))

/// A signal that was reported.
struct seen_signal {
    signal_id id;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(seen_signal, (), (id, person))

/// The best `count` people who are not enrolled and for whom something speaks, best first, ties by
/// id. O(people with signals).
struct list_shortlist {
    using answer = std::vector<candidate>;
    std::int64_t count = 20; ///< from 1 to 10,000
};
BOOST_DESCRIBE_STRUCT(list_shortlist, (), (count))

/// A person as the shortlist would show them, enrolled or not. Refused for somebody without
/// signals.
struct assess_candidate {
    using answer = candidate;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(assess_candidate, (), (person))

} // namespace koc
