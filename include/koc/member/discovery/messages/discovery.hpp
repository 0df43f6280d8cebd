// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of discovery: signals from open platforms and from the brand's own communities, the
// evidence that they add up to, and the shortlist.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/discovery/messages/features.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/decayed_buckets.hpp>
#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// How fast evidence stops being fresh, and how much of one kind counts. The half-life is fixed by
/// the first signal, as sums are kept by it; the others are read when they are asked for.
struct discovery_rules {
    duration lately = days(7);               ///< half-life of what somebody gave lately
    std::int64_t interactions_day_max = 100; ///< the most of one person and day that count; above 0
    score feedback_day_max = whole(6);       ///< likewise, in full reports; above 0
};
BOOST_DESCRIBE_STRUCT(discovery_rules, (), (lately, interactions_day_max, feedback_day_max))

inline result<void> check(discovery_rules const& rules) {
    if (rules.lately <= duration{}) {
        return error{
            errc::invalid_argument, "discovery_rules.lately", "expected a half-life longer than 0"};
    }
    if (rules.interactions_day_max < 1 || rules.feedback_day_max <= score{}) {
        return error{errc::invalid_argument, "discovery_rules",
            "expected that at least 1 interaction and some feedback of a day count"};
    }
    return {};
}

struct signal_kind {
    static constexpr char const* noun = "signal";
};
/// A signal, by the id that its feed knows it by, so that reading a feed twice counts once. Two
/// platforms may use the same id: a signal is told apart by its platform and its id. Contributions,
/// and content whose platform is not told, share the ids of no platform.
using signal_id = id<signal_kind>;

struct platform_kind {
    static constexpr char const* noun = "platform";
    using record = struct platform_record;
};
/// An open platform whose signals are read.
using platform_id = id<platform_kind>;

struct seen_signal_kind {
    static constexpr char const* noun = "seen signal";
    using record = struct seen_signal;
};
/// The number under which a signal is kept that was reported, see `signal_number`.
using seen_signal_id = id<seen_signal_kind>;

/// Where the search for a signal's number begins: the id where there is no platform, otherwise a
/// mix of both (the finalizer of SplitMix64). Not 0.
constexpr std::uint64_t first_signal_number(platform_id platform, signal_id signal) {
    auto mixed = signal.value();
    if (platform.valid()) {
        mixed += platform.value() * 0x9e3779b97f4a7c15U;
        mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
        mixed ^= mixed >> 31U;
    }
    return mixed == 0 ? 1 : mixed;
}
/// The number of a signal among those that are kept: the first one from there on of which
/// `others(number)` does not say that another signal has it. Numbers are never given up, so the
/// same signal is found under the same number.
template <typename Others>
std::uint64_t signal_number(platform_id platform, signal_id signal, Others const& others) {
    auto number = first_signal_number(platform, signal);
    while (number == 0 || others(number)) {
        ++number;
    }
    return number;
}

/// Whether a piece praises what it is about. Recorded, never scored.
enum class stance : std::uint8_t {
    mixed,  ///< both, neither, or nobody looked
    praise, ///< it speaks for what it is about
    blame,  ///< it speaks against it
};
BOOST_DESCRIBE_ENUM(stance, mixed, praise, blame)

/// Something a person published on an open platform, as judged by whoever read it. Ratios from 0
/// to 1. Told with its platform and without it, the same piece is two signals.
struct report_content {
    signal_id signal;
    member_id person;
    score depth;                 ///< how thorough
    score originality;           ///< how much a thought of their own
    score relevance;             ///< how much about the brand or the product
    bool self_initiated = true;  ///< nobody asked or paid for it
    std::int64_t followers = 0;  ///< recorded, never scored
    stance view{};               ///< recorded, never scored
    std::vector<tag_id> about{}; ///< what it is about, each tag once
    std::optional<instant> at{}; ///< when it was published; now where nothing is said
    platform_id platform{};      ///< where, if it is known
};
BOOST_DESCRIBE_STRUCT(report_content, (),
    (signal, person, depth, originality, relevance, self_initiated, followers, view, about, at,
        platform))

/// What a person can do in the brand's own communities.
enum class contribution_kind : std::uint8_t {
    interacted,    ///< took part: posts, replies, events
    gave_feedback, ///< reported on a product or feature, in detail
    tried,         ///< used a feature; whether they were early is computed from the instants
    helped_a_peer, ///< answered another customer's question
};
BOOST_DESCRIBE_ENUM(contribution_kind, interacted, gave_feedback, tried, helped_a_peer)

/// How often one report may say that somebody did something.
inline constexpr std::int64_t contributions_most = 1'000'000;

/// Something a person did in an owned community.
struct report_contribution {
    signal_id signal;
    member_id person;
    contribution_kind kind{};
    std::int64_t times = 1;      ///< from 1 to `contributions_most`
    score detail{};              ///< how detailed or helpful, from 0 to 1; of feedback and help
    member_id helped{};          ///< whom they helped; of help alone
    feature_id feature{};        ///< of a try, and of feedback on a feature
    std::optional<instant> at{}; ///< when they did it; now where nothing is said
};
BOOST_DESCRIBE_STRUCT(
    report_contribution, (), (signal, person, kind, times, detail, helped, feature, at))

/// Records the shortlist as it stands: the best `count` people who are not enrolled.
struct draw_shortlist {
    std::int64_t count = 20; ///< from 1 to 10,000
};
BOOST_DESCRIBE_STRUCT(draw_shortlist, (), (count))

/// Enrols somebody from the evidence: their sources are where their signals came from.
struct enrol_candidate {
    member_id person;
    personal_text name;
    std::vector<weighted_tag> tags; ///< each once, weights above 0 and at most 1
};
BOOST_DESCRIBE_STRUCT(enrol_candidate, (), (person, name, tags))

/// A piece of content counts as evidence; as in `report_content`, with its instant.
struct content_reported {
    signal_id signal;
    member_id person;
    score depth;
    score originality;
    score relevance;
    bool self_initiated = true;
    std::int64_t followers = 0;
    stance view{};
    std::vector<tag_id> about{};
    instant at{}; ///< when it was published
    platform_id platform{};
};
BOOST_DESCRIBE_STRUCT(content_reported, (),
    (signal, person, depth, originality, relevance, self_initiated, followers, view, about, at,
        platform))
/// What `report_content` lets through.
inline result<void> check(content_reported const& event) {
    KOC_TRY(check_share("content_reported.depth", event.depth));
    KOC_TRY(check_share("content_reported.originality", event.originality));
    return check_share("content_reported.relevance", event.relevance);
}

/// A contribution counts as evidence; as in `report_contribution`, with its instant.
struct contribution_reported {
    signal_id signal;
    member_id person;
    contribution_kind kind{};
    std::int64_t times = 1;
    score detail{};
    member_id helped{};
    feature_id feature{};
    instant at{}; ///< when they did it
};
BOOST_DESCRIBE_STRUCT(
    contribution_reported, (), (signal, person, kind, times, detail, helped, feature, at))
/// What `report_contribution` lets through.
inline result<void> check(contribution_reported const& event) {
    KOC_TRY(check_between("contribution_reported.times", event.times, 1, contributions_most));
    return check_share("contribution_reported.detail", event.detail);
}

/// A person on a shortlist.
struct candidate {
    member_id person;
    std::vector<source> sources; ///< where the evidence comes from
    score fit;                   ///< the sum of `why`
    explanation why;
};
BOOST_DESCRIBE_STRUCT(candidate, (), (person, sources, fit, why))

/// The shortlist as it stood at that instant.
struct shortlist_drawn {
    std::vector<candidate> candidates; ///< best first, ties by id
};
BOOST_DESCRIBE_STRUCT(shortlist_drawn, (), (candidates))

/// What the open domain knows of a person at an instant: sums over their contents.
struct open_evidence {
    std::int64_t contents = 0; ///< how many
    score depth;       ///< each content's depth, times its relevance, halved if it was asked for
    score originality; ///< likewise
    score lately;      ///< both, each content counting half after each half-life
};
BOOST_DESCRIBE_STRUCT(open_evidence, (), (contents, depth, originality, lately))

/// What the owned domain knows of a person at an instant.
struct owned_evidence {
    std::int64_t interactions = 0; ///< of each day so many at most
    score feedback;  ///< details of feedback, times how often, of each day so much at most
    score first_use; ///< how early they used features, times the detail of their feedback on these
    score help;      ///< help to peers, as peer_help counts it
    score lately;    ///< feedback and help, each contribution counting half after each half-life
    score trust{};   ///< how much the core circle stands behind them, in vouches
};
BOOST_DESCRIBE_STRUCT(owned_evidence, (), (interactions, feedback, first_use, help, lately, trust))

/// The sums of one person's signals, which do not depend on the order in which they were told.
struct evidence_record {
    member_id id;
    std::int64_t contents = 0;      ///< how many
    score depth;                    ///< of all contents, as in `open_evidence`
    score originality;              ///< of all contents, as in `open_evidence`
    decayed_buckets open_lately;    ///< depth and originality as they fade
    std::int64_t contributions = 0; ///< how many
};
BOOST_DESCRIBE_STRUCT(
    evidence_record, (), (id, contents, depth, originality, open_lately, contributions))

struct evidence_day_kind {
    static constexpr char const* noun = "day of evidence";
    using record = struct evidence_day;
};
/// A person's day, by the id of the contribution that told of it first.
using evidence_day_id = id<evidence_day_kind>;

/// What somebody did on one day (UTC) in the brand's own communities, before any limit.
struct evidence_day {
    evidence_day_id id;
    member_id person;
    std::int64_t day = 0;          ///< since 1970
    std::int64_t interactions = 0; ///< how often they took part that day
    score feedback;                ///< details, times how often
    instant feedback_at;           ///< the latest of that day, where there is feedback
};
BOOST_DESCRIBE_STRUCT(evidence_day, (), (id, person, day, interactions, feedback, feedback_at))

/// A signal that was reported.
struct seen_signal {
    seen_signal_id id;
    platform_id platform; ///< none for contributions, and for content that was told without one
    signal_id signal;
    member_id person;
    bool content = false; ///< otherwise a contribution
    score depth{};        ///< what it adds to the sums of the person's contents
    score originality{};
    instant at{}; ///< when it was published
};
BOOST_DESCRIBE_STRUCT(
    seen_signal, (), (id, platform, signal, person, content, depth, originality, at))

/// The record of a signal that was reported, or null. `in` finds records (a world, an engine).
template <typename World>
seen_signal const* find_signal(platform_id platform, signal_id signal, World const& in) {
    auto const number = signal_number(platform, signal, [&](std::uint64_t at) {
        auto const* held = in.template find_record<seen_signal>(at);
        return held != nullptr && (held->platform != platform || held->signal != signal);
    });
    return in.template find_record<seen_signal>(number);
}

/// The best `count` people who are not enrolled and for whom something speaks, best first, ties by
/// id. O(help that was told), once, for the rings; and for each person with signals, or for whom
/// somebody vouches, their own signals but content, and a flow over the people who are at most two
/// steps of trust away, where one of these is of the core circle.
struct list_shortlist {
    using answer = std::vector<candidate>;
    std::int64_t count = 20; ///< from 1 to 10,000
};
BOOST_DESCRIBE_STRUCT(list_shortlist, (), (count))

/// A person as the shortlist would show them, enrolled or not. Refused for somebody without
/// signals for whom nobody of the core circle stands. It costs what a shortlist of one person
/// would: O(help that was told) for the rings, although one person is asked about.
struct assess_candidate {
    using answer = candidate;
    member_id person;
};
BOOST_DESCRIBE_STRUCT(assess_candidate, (), (person))

} // namespace koc
