// SPDX-License-Identifier: BSL-1.0
#pragma once

// Finding the people whose opinion will count. Signals come in from open platforms (what somebody
// made) and from the brand's own communities (how somebody helps); each domain has a scorer of its
// own, because the signs differ. Who will grow shows in what they give now, so evidence also counts
// as it fades. What comes out is one shortlist that holds both kinds, each entry with its reasons.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/member.hpp>
#include <koc/member/roster.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/registry/table.hpp>
#include <koc/search/explanation.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// How fast evidence stops being fresh.
struct discovery_rules {
    duration lately = days(7); ///< half-life of what somebody gave lately
};

/// A signal, by the id that its feed knows it by, so that reading a feed twice counts once.
using signal_id = id<struct signal_kind>;

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
enum class deed : std::uint8_t {
    interacted,    ///< took part: posts, replies, events
    gave_feedback, ///< reported on a product or feature, in detail
    tried_first,   ///< the same, among the first to use it
    helped_a_peer, ///< answered another customer's question
};
BOOST_DESCRIBE_ENUM(deed, interacted, gave_feedback, tried_first, helped_a_peer)

/// Something a person did in an owned community.
struct report_deed {
    signal_id signal;
    member_id person;
    deed did{};
    std::int64_t times = 1; ///< from 1 to 1,000,000
    score detail; ///< how detailed or helpful, from 0 to 1; counts for all but `interacted`
};
BOOST_DESCRIBE_STRUCT(report_deed, (), (signal, person, did, times, detail))

/// Records the shortlist as it stands: the best `count` people who are not enrolled.
struct draw_shortlist {
    std::int64_t count = 20;
};
BOOST_DESCRIBE_STRUCT(draw_shortlist, (), (count))

/// Enters somebody from the evidence: the source tag is where their signals came from.
struct admit {
    member_id person;
    personal_text name;
    std::vector<weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(admit, (), (person, name, tags))

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

struct deed_reported {
    signal_id signal;
    member_id person;
    deed did{};
    std::int64_t times = 1;
    score detail;
};
BOOST_DESCRIBE_STRUCT(deed_reported, (), (signal, person, did, times, detail))

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
    score lately;    ///< feedback and help, each deed counting half after each half-life
};
BOOST_DESCRIBE_STRUCT(owned_evidence, (), (interactions, feedback, first_use, help, lately))

/// Prefers a person by evidence of one domain. `explain`'s amounts add up to `rate`; both pure.
template <typename S, typename Evidence>
concept discovery_scorer_for = std::copyable<S> && requires(S const& s, Evidence const& e) {
    { s.rate(e) } -> std::same_as<score>;
    { s.explain(e) } -> std::same_as<explanation>;
};

/// The evidence and the shortlist. `Programme::open_scorer` and `Programme::owned_scorer` model
/// `discovery_scorer_for` their domain's evidence; the rules are `Programme::discovery`, a
/// `discovery_rules`.
template <typename Programme>
class discovery {
public:
    using events = event_list<content_reported, deed_reported, shortlist_drawn>;
    using commands = command_list<report_content, report_deed, draw_shortlist, admit>;

    static_assert(discovery_scorer_for<typename Programme::open_scorer, open_evidence>,
        "koc: Programme::open_scorer must model koc::discovery_scorer_for<open_evidence>; see "
        "docs/member.md#discovery");
    static_assert(discovery_scorer_for<typename Programme::owned_scorer, owned_evidence>,
        "koc: Programme::owned_scorer must model koc::discovery_scorer_for<owned_evidence>; "
        "see docs/member.md#discovery");

    explicit discovery(Programme const& programme) : lately_{programme.discovery.lately} {}

    /// The person as the shortlist would show them at `now`, which is not before their newest
    /// signal; nothing for somebody without signals.
    [[nodiscard]] std::optional<candidate> assess(member_id who, instant now) const {
        auto const* known = people_.find(who);
        return known == nullptr ? std::nullopt : std::optional{assess(*known, now)};
    }

    /// The best `count` people at `now` who are not enrolled and for whom something speaks, best
    /// first. O(people with signals).
    [[nodiscard]] std::vector<candidate> shortlist(
        auto const& world, std::size_t count, instant now) const {
        std::vector<candidate> all;
        for (auto const& known : people_) {
            if (world.template get<roster>().find(known.id) == nullptr) {
                if (auto found = assess(known, now); !found.why.parts.empty()) {
                    all.push_back(std::move(found));
                }
            }
        }
        auto const kept = std::min(count, all.size());
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
            [](candidate const& a, candidate const& b) {
                return a.fit != b.fit ? a.fit > b.fit : a.person < b.person;
            });
        all.resize(kept);
        return all;
    }

    result<void> decide(auto const&, report_content const& command, auto& out) const {
        if (auto refused = check(command.signal, command.person)) {
            return *std::move(refused);
        }
        for (auto value : {command.depth, command.originality, command.relevance}) {
            if (value < score{} || value > whole(1)) {
                return error{errc::invalid_argument, subject("signal", command.signal),
                    "expected depth, originality and relevance from 0 to 1"};
            }
        }
        if (command.followers < 0) {
            return error{errc::invalid_argument, subject("signal", command.signal),
                "expected a number of followers of 0 or more"};
        }
        out.emit(content_reported{command.signal, command.person, command.depth,
            command.originality, command.relevance, command.self_initiated, command.followers});
        return {};
    }
    result<void> decide(auto const&, report_deed const& command, auto& out) const {
        if (auto refused = check(command.signal, command.person)) {
            return *std::move(refused);
        }
        if (command.detail < score{} || command.detail > whole(1) || command.times < 1 ||
            command.times > 1'000'000) {
            return error{errc::invalid_argument, subject("signal", command.signal),
                "expected a detail from 0 to 1 and from 1 to 1,000,000 times"};
        }
        out.emit(deed_reported{
            command.signal, command.person, command.did, command.times, command.detail});
        return {};
    }
    result<void> decide(auto const& world, draw_shortlist const& command, auto& out) const {
        if (command.count < 1 || command.count > 10'000) {
            return error{errc::invalid_argument, "shortlist", "expected a count from 1 to 10,000"};
        }
        out.emit(
            shortlist_drawn{shortlist(world, static_cast<std::size_t>(command.count), out.now())});
        return {};
    }
    result<void> decide(auto const& world, admit const& command, auto& out) const {
        auto const known = assess(command.person, out.now());
        if (!known) {
            return error{errc::not_qualified, subject("person", command.person),
                "expected somebody with at least one signal; report it first or enrol them"};
        }
        enrol const asked{command.person, command.name, known->sources, command.tags};
        auto const& people = world.template get<roster>();
        if (auto refused = people.check(world, asked)) {
            return *std::move(refused);
        }
        out.emit(people.enrolment(asked));
        return {};
    }

    void apply(content_reported const& event, instant at) {
        auto const counted = event.self_initiated ? event.relevance : event.relevance * percent(50);
        auto const depth = event.depth * counted;
        auto const originality = event.originality * counted;
        know(event.person, event.signal, [&](person& p) {
            ++p.open.contents;
            p.open.depth += depth;
            p.open.originality += originality;
            p.open_lately.add(lately_, at, depth + originality);
        });
    }
    void apply(deed_reported const& event, instant at) {
        auto const amount = score{event.detail.raw * event.times};
        know(event.person, event.signal, [&](person& p) {
            p.owned_signals += 1;
            if (event.did != deed::interacted) {
                p.owned_lately.add(lately_, at, amount);
            }
            switch (event.did) {
            case deed::interacted:
                p.owned.interactions += event.times;
                break;
            case deed::tried_first:
                p.owned.first_use += amount;
                [[fallthrough]];
            case deed::gave_feedback:
                p.owned.feedback += amount;
                break;
            case deed::helped_a_peer:
                p.owned.help += amount;
                break;
            }
        });
    }
    void apply(shortlist_drawn const&, instant) {}

    void digest_into(hasher& into) const {
        for (auto const& p : people_) {
            into.add(p.id).add(p.open).add(p.owned).add(p.owned_signals);
            into.add(p.open_lately).add(p.owned_lately);
        }
        for (auto const& s : seen_) {
            into.add(s.id);
        }
    }

private:
    struct person {
        member_id id;
        open_evidence open; ///< without what fades
        owned_evidence owned;
        std::int64_t owned_signals = 0;
        decayed_sum open_lately;
        decayed_sum owned_lately;
    };

    [[nodiscard]] candidate assess(person const& known, instant now) const {
        candidate made{known.id, {}, {}, {}};
        auto open = known.open;
        auto owned = known.owned;
        open.lately = known.open_lately.at(lately_, now);
        owned.lately = known.owned_lately.at(lately_, now);
        auto const append = [&](source from, explanation part) {
            made.sources.push_back(from);
            for (auto& r : part.parts) {
                made.why.parts.push_back(std::move(r));
            }
        };
        if (known.open.contents != 0) {
            append(source::open, open_.explain(open));
        }
        if (known.owned_signals != 0) {
            append(source::owned, owned_.explain(owned));
        }
        made.fit = made.why.total();
        return made;
    }

    [[nodiscard]] std::optional<error> check(signal_id signal, member_id who) const {
        if (!signal.valid() || !who.valid()) {
            return error{errc::invalid_argument, subject("signal", signal),
                "expected a signal and a person with ids above 0"};
        }
        if (seen_.contains(signal)) {
            return error{errc::already_exists, subject("signal", signal),
                "expected a signal that was not reported before; skip it"};
        }
        return std::nullopt;
    }

    void know(member_id who, signal_id signal, auto&& change) {
        people_.insert({who, {}, {}, 0, {}, {}});
        people_.update(who, change);
        seen_.insert({signal});
    }

    struct seen_signal {
        signal_id id;
    };

    [[no_unique_address]] typename Programme::open_scorer open_;
    [[no_unique_address]] typename Programme::owned_scorer owned_;
    half_life lately_;
    table<person> people_;
    table<seen_signal> seen_;
};

} // namespace koc
