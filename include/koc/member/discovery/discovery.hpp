// SPDX-License-Identifier: BSL-1.0
#pragma once

// Discovery of candidates from signals: what somebody published on open platforms, and what they
// did in the brand's own communities. Each domain has a scorer of its own, as the signs differ.
// Evidence is summed as a whole and with decay, since what somebody gives now predicts best what
// they will give; of taking part and of feedback no more than so much of a day. Each signal has an
// instant of its own, and the sums are the same in whatever order the signals are told. The result
// is one shortlist over both domains, each entry with its reasons.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/detail/joined_evidence.hpp>
#include <koc/member/discovery/features.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/discovery/messages/discovery_precision.hpp>
#include <koc/member/discovery/peer_help.hpp>
#include <koc/member/discovery/trust.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/search/explanation.hpp>
#include <koc/state/key.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// Prefers a person by evidence of one domain. `explain`'s amounts add up to `rate`; both pure.
/// Made from nothing, and without state.
template <typename S, typename Evidence>
concept discovery_scorer_for = std::is_empty_v<S> && std::default_initializable<S> &&
    requires(S const& s, Evidence const& e) {
    { s.rate(e) } -> std::same_as<score>;
    { s.explain(e) } -> std::same_as<explanation>;
};

/// The evidence and the shortlist.
template <typename OpenScorer, typename OwnedScorer>
class discovery : public aspect<discovery<OpenScorer, OwnedScorer>> {
    using base = aspect<discovery<OpenScorer, OwnedScorer>>;
    using of_person = by<&evidence_day::person, &evidence_day::day>;
    static_assert(discovery_scorer_for<OpenScorer, open_evidence>,
        "koc: a programme's open_scorer must model koc::discovery_scorer_for<koc::open_evidence>; "
        "see "
        "docs/member.md#discovery");
    static_assert(discovery_scorer_for<OwnedScorer, owned_evidence>,
        "koc: a programme's owned_scorer must model "
        "koc::discovery_scorer_for<koc::owned_evidence>; see "
        "docs/member.md#discovery");

public:
    using world = typename base::world;
    using context = typename base::context;
    using events = event_list<content_reported, contribution_reported, shortlist_drawn>;
    using commands =
        command_list<report_content, report_contribution, draw_shortlist, enrol_candidate>;
    using queries = query_list<list_shortlist, assess_candidate>;
    using follows = event_list<adopted<discovery_rules>>;
    using reads = aspect_list<tag_library, features, peer_help, trust>;
    using rules = discovery_rules;

    static constexpr auto guards(report_content const*) {
        return require(by_desk<report_content>, within<&report_content::depth, score{}, whole(1)>,
            within<&report_content::originality, score{}, whole(1)>,
            within<&report_content::relevance, score{}, whole(1)>);
    }
    result<void> decide(report_content const& command, context& in) const {
        auto const at = command.at.value_or(in.now());
        KOC_TRY(check_new(command.platform, command.signal, command.person, at, in));
        if (command.followers < 0) {
            return error{errc::invalid_argument, subject("signal", command.signal),
                "expected a number of followers of 0 or more"};
        }
        KOC_TRY(in.template get<tag_library>().check_subjects(
            subject("signal", command.signal), command.about));
        in.record(content_reported{command.signal, command.person, command.depth,
            command.originality, command.relevance, command.self_initiated, command.followers,
            command.view, command.about, at, command.platform});
        return {};
    }
    static constexpr auto guards(report_contribution const*) {
        return require(by_desk<report_contribution>,
            within<&report_contribution::times, 1, contributions_most>,
            within<&report_contribution::detail, score{}, whole(1)>);
    }
    result<void> decide(report_contribution const& command, context& in) const {
        auto const at = command.at.value_or(in.now());
        KOC_TRY(check_new({}, command.signal, command.person, at, in));
        KOC_TRY(check_kind(command, at, in));
        in.record(contribution_reported{command.signal, command.person, command.kind, command.times,
            command.detail, command.helped, command.feature, at});
        return {};
    }
    static constexpr auto guards(draw_shortlist const*) {
        return require(by_desk<draw_shortlist>, within<&draw_shortlist::count, 1, 10'000>);
    }
    result<void> decide(draw_shortlist const& command, context& in) const {
        in.record(shortlist_drawn{shortlist(command.count, in)});
        return {};
    }
    static constexpr auto guards(enrol_candidate const*) {
        return require(by_desk<enrol_candidate>);
    }
    result<void> decide(enrol_candidate const& command, context& in) const {
        KOC_TRY(detail::check_not_held(in, command.person));
        auto found = sources_of(command.person, in);
        if (found.empty()) {
            return nothing_known(command.person);
        }
        return in.call(enrol{command.person, command.name, std::move(found), command.tags});
    }

    [[nodiscard]] result<std::vector<candidate>> answer(
        list_shortlist const& query, world const& in) const {
        KOC_TRY(check_desk(in.by(), "shortlist", "see it"));
        if (query.count < 1 || query.count > 10'000) {
            return error{
                errc::invalid_argument, "list_shortlist.count", "expected a value from 1 to 10000"};
        }
        return shortlist(query.count, in);
    }
    [[nodiscard]] result<candidate> answer(assess_candidate const& query, world const& in) const {
        KOC_TRY(check_sent_for(in, query.person, "ask"));
        KOC_TRY(detail::check_assessed(in, query.person));
        return assess(query.person, in);
    }
    /// Sums that are kept by a half-life cannot be read by another.
    [[nodiscard]] result<void> review(adopted<discovery_rules> const& event, world const&) const {
        if (!*kept_by_ || event.rules.lately == **kept_by_) {
            return {};
        }
        return error{errc::wrong_state, "discovery_rules.lately",
            "expected the half-life as it was at the first signal, as sums are kept by it"};
    }

    void apply(content_reported const& event, world const& in) {
        auto const counted = event.self_initiated ? event.relevance : event.relevance * percent(50);
        auto const depth = event.depth * counted;
        auto const originality = event.originality * counted;
        half_life const fade{half_life_of(in)};
        seen_signal const piece{
            {}, event.platform, event.signal, event.person, true, depth, originality, event.at};
        know(piece, fade, [&](evidence_record& person) {
            ++person.contents;
            person.depth += depth;
            person.originality += originality;
            person.open_lately.add(fade, event.at, depth + originality);
        });
    }
    void apply(contribution_reported const& event, world const& in) {
        know({{}, {}, event.signal, event.person}, half_life{half_life_of(in)},
            [](evidence_record& person) { ++person.contributions; });
        auto const took_part = event.kind == contribution_kind::interacted;
        auto const amount = event.kind == contribution_kind::gave_feedback
            ? score{event.detail.raw * event.times}
            : score{};
        if (!took_part && amount == score{}) {
            return;
        }
        auto const day = day_of(event.at);
        auto const known = days_.template all<of_person>(event.person, day);
        auto const id = known.empty() ? evidence_day_id{event.signal.value()} : (*known.begin()).id;
        days_.put(id, [&](evidence_day& r) {
            r.person = event.person;
            r.day = day;
            if (took_part) {
                r.interactions += event.times;
            } else {
                r.feedback_at =
                    r.feedback == score{} ? event.at : (std::max)(r.feedback_at, event.at);
                r.feedback += amount;
            }
        });
    }
    void apply(shortlist_drawn const&, world const&) {}

private:
    [[nodiscard]] static duration half_life_of(world const& in) {
        return in.template rules<discovery_rules>().lately;
    }

    [[nodiscard]] static error nothing_known(member_id who) {
        return {errc::not_qualified, subject("person", who),
            "expected somebody with at least one signal; report it first or enrol them"};
    }
    [[nodiscard]] result<void> check_new(
        platform_id platform, signal_id signal, member_id who, instant at, context& in) const {
        if (!signal.valid() || !who.valid()) {
            return error{errc::invalid_argument, subject("signal", signal),
                "expected a signal and a person with ids above 0"};
        }
        if (find_signal(platform, signal, in) != nullptr) {
            return error{errc::already_exists, subject("signal", signal),
                "expected a signal that was not reported before; skip it"};
        }
        if (at > in.now()) {
            return error{errc::invalid_argument, subject("signal", signal),
                "expected a signal that is not from the future; correct its instant"};
        }
        static_cast<void>(
            in.template rules<discovery_rules>()); // refuses where they were never adopted
        return {};
    }
    /// Whether a contribution names what its kind needs, and nothing else.
    [[nodiscard]] result<void> check_kind(
        report_contribution const& command, instant at, context& in) const {
        using kind = contribution_kind;
        auto const refused = [&](char const* expected) {
            return error{errc::invalid_argument, subject("signal", command.signal), expected};
        };
        auto const helps = command.kind == kind::helped_a_peer;
        if (helps && (!command.helped.valid() || command.helped == command.person)) {
            return refused(
                "expected help that names whom it helped, somebody else than who gave it");
        }
        if (!helps && command.helped.valid()) {
            return refused("expected that help alone names whom it helped");
        }
        if (command.kind == kind::tried && !command.feature.valid()) {
            return refused("expected a try that names the feature; release it first");
        }
        if (!command.feature.valid()) {
            return {};
        }
        if (command.kind != kind::tried && command.kind != kind::gave_feedback) {
            return refused("expected that a try or feedback alone names a feature");
        }
        return in.template get<features>().check_use(command.feature, at);
    }

    /// What all people of one answer share.
    struct question {
        help_rings rings;
        features::tries tries;
        half_life fade;
        discovery_weights const* weights; ///< null where all are 1
    };
    [[nodiscard]] static question asked(world const& in) {
        return {in.template get<peer_help>().rings(in), {}, half_life{half_life_of(in)},
            discovery_weights::in_use(in)};
    }
    [[nodiscard]] result<candidate> assess(member_id who, world const& in) const {
        auto shared = asked(in);
        auto found = assess(who, shared, in);
        if (!people_.contains(who) && found.why.parts.empty()) {
            return nothing_known(who);
        }
        return found;
    }
    /// What counts of the signals of all accounts of somebody.
    [[nodiscard]] evidence_record const& evidence_of(
        member_id who, half_life const& fade, world const& in, evidence_record& left) const {
        return detail::evidence_of(
            who, fade, in, left, [&](member_id account) { return people_.find(account); });
    }
    /// Where the evidence of somebody comes from. O(1) where they contributed, else a flow.
    [[nodiscard]] std::vector<source> sources_of(member_id who, world const& in) const {
        evidence_record left;
        auto const& e = evidence_of(who, half_life{half_life_of(in)}, in, left);
        std::vector<source> found;
        if (e.contents != 0) {
            found.push_back(source::open);
        }
        if (e.contributions != 0 ||
            in.template get<trust>().assess(who, in.template get<peer_help>(), in).trust !=
                score{}) {
            found.push_back(source::owned);
        }
        return found;
    }
    /// What counts of somebody's days in the brand's own communities.
    struct own_days {
        std::int64_t interactions = 0;
        score feedback;
        score lately; ///< of the feedback
    };
    /// Of each day no more than the rules say, in whatever order it was told. O(their days).
    [[nodiscard]] own_days days_of(member_id who, half_life const& fade, world const& in) const {
        auto const& limits = in.template rules<discovery_rules>();
        own_days found;
        auto const days = detail::evidence_days(
            who, in, [&](member_id account) { return days_.template all<of_person>(account); });
        for (auto const& day : days) {
            found.interactions += (std::min)(day.interactions, limits.interactions_day_max);
            if (day.feedback != score{}) {
                auto const counted = (std::min)(day.feedback, limits.feedback_day_max);
                found.feedback += counted;
                found.lately +=
                    fade.left(counted, (std::max)(duration{}, in.now() - day.feedback_at));
            }
        }
        return found;
    }
    [[nodiscard]] static std::int64_t day_of(instant at) {
        auto const day = days(1).ms;
        return at.ms / day - (at.ms % day < 0 ? 1 : 0);
    }
    /// Also of somebody of whom nobody has told a signal.
    [[nodiscard]] candidate assess(member_id who, question& shared, world const& in) const {
        if (detail::held_back(in, who) != nullptr) {
            return {who, sources_of(who, in), {}, {detail::told_doubts(in, who)}};
        }
        auto const& fade = shared.fade;
        evidence_record left;
        auto const& e = evidence_of(who, fade, in, left);
        auto const help = in.template get<peer_help>().given(
            who, shared.rings, in.template rules<peer_help_rules>(), fade, in);
        auto const first_use = in.template get<features>().first_use(
            who, in.template rules<feature_rules>(), shared.tries, in);
        auto const trusted = in.template get<trust>().assess(who, in.template get<peer_help>(), in);
        candidate made{who, {}, {}, {}};
        auto const append = [&](source from, explanation part) {
            made.sources.push_back(from);
            for (auto& reason : part.parts) {
                if (shared.weights != nullptr) {
                    reason.amount = reason.amount * shared.weights->of(reason.signal);
                }
                made.why.parts.push_back(std::move(reason));
            }
        };
        if (e.contents != 0) {
            append(source::open,
                OpenScorer{}.explain(open_evidence{
                    e.contents, e.depth, e.originality, e.open_lately.at(fade, in.now())}));
        }
        if (e.contributions != 0 || trusted.trust != score{}) {
            auto const own = days_of(who, fade, in);
            append(source::owned,
                OwnedScorer{}.explain(owned_evidence{own.interactions, own.feedback, first_use,
                    help.counted, own.lately + help.lately, trusted.trust}));
        }
        made.fit = made.why.total();
        for (auto& doubt : detail::told_doubts(in, who)) {
            made.why.parts.push_back(std::move(doubt));
        }
        return made;
    }
    [[nodiscard]] std::vector<candidate> shortlist(std::int64_t count, world const& in) const {
        std::vector<candidate> all;
        auto shared = asked(in);
        auto const consider = [&](member_id who) {
            if (in.find(who) == nullptr) {
                if (auto found = assess(who, shared, in); !found.why.parts.empty()) {
                    all.push_back(std::move(found));
                }
            }
        };
        people_.for_each([&](evidence_record const& known) { consider(known.id); });
        for (auto who : in.template get<trust>().vouched_for()) {
            if (!people_.contains(who)) {
                consider(who);
            }
        }
        auto const kept = (std::min)(static_cast<std::size_t>(count), all.size());
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
            [](candidate const& a, candidate const& b) {
                return a.fit != b.fit ? a.fit > b.fit : a.person < b.person;
            });
        all.resize(kept);
        return all;
    }

    void know(seen_signal signal, half_life const& fade, auto&& change) {
        people_.put(signal.person, change);
        signal.id = seen_signal_id{signal_number(signal.platform, signal.signal,
            [&](std::uint64_t at) { return seen_.contains(seen_signal_id{at}); })};
        seen_.insert(signal);
        if (!*kept_by_) {
            kept_by_.set(fade.span());
        }
    }

    table<evidence_record> people_;
    table<evidence_day, of_person> days_;
    table<seen_signal> seen_;
    single<std::optional<duration>> kept_by_; ///< the half-life since the first signal
    BOOST_DESCRIBE_CLASS(discovery, (), (), (), (people_, days_, seen_, kept_by_))
};

} // namespace koc
