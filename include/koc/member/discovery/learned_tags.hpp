// SPDX-License-Identifier: BSL-1.0
#pragma once

// Tags that are learned from observed content. A piece that is thorough enough speaks for the tags
// it carries and those above them; where enough pieces of enough days speak for one, the author is
// found by it as by any tag. Each tag has its evidence and a confidence, which is the tag's weight
// where nobody gave it. Evidence is contested piece by piece, and stops counting with time; what is
// held back by a doubt of its authenticity, a piece or all of a person, does not count as long as
// it is. Content of people who are not enrolled is kept, and weighed when they are.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/rules.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/discovery/messages/authenticity.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/discovery/messages/learned_tags.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace koc {

/// The evidence for learned tags. The tags themselves are in the roster.
class learned_tags : public aspect<learned_tags> {
    using of_person = by<&tag_evidence::person>;

public:
    using events = event_list<evidence_contested, contest_withdrawn, content_weighed>;
    using commands = command_list<contest_evidence, withdraw_contest>;
    using queries = query_list<list_learned_tags>;
    using follows = event_list<content_reported, member_enrolled, assessment_begun,
        authenticity_doubted, doubt_settled, exclusion_ended, adopted<learning_rules>>;
    using reads = aspect_list<tag_library>;
    using rules = learning_rules;

    static constexpr auto guards(contest_evidence const*) {
        return require(by_member<&contest_evidence::member>);
    }
    result<void> decide(contest_evidence const& command, context& in) const {
        KOC_TRY(check_piece(command));
        if (evidence_[id_of(command.platform, command.signal)].contested) {
            return error{errc::already_exists, subject("signal", command.signal),
                "expected a piece that is not contested; it counts for nothing already"};
        }
        KOC_TRY(check_words("reason of member", command.member, command.reason));
        static_cast<void>(in.rules<rules>()); // refuses where they were never adopted
        in.record(
            evidence_contested{command.member, command.signal, command.reason, command.platform});
        return {};
    }
    static constexpr auto guards(withdraw_contest const*) {
        return require(by_member<&withdraw_contest::member>);
    }
    result<void> decide(withdraw_contest const& command, context& in) const {
        KOC_TRY(check_piece(command));
        auto const& piece = evidence_[id_of(command.platform, command.signal)];
        if (!piece.contested) {
            return error{errc::wrong_state, subject("signal", command.signal),
                "expected a piece that is contested; this one counts already"};
        }
        if (piece.in_person) {
            KOC_TRY(check_own_word(in.by(), command.member, "withdraw what they contested"));
        }
        static_cast<void>(in.rules<rules>()); // refuses where they were never adopted
        in.record(contest_withdrawn{command.member, command.signal, command.platform});
        return {};
    }

    static constexpr auto consequences(content_reported const*) {
        return in_order(consequence<always<content_reported>, &learned_tags::see_piece>(
            "the tags that their content speaks for by now are learned"));
    }
    static constexpr auto consequences(evidence_contested const*) {
        return in_order(
            consequence<always<evidence_contested>, &learned_tags::weigh_of<evidence_contested>>(
                "a learned tag falls for which too little evidence is left"));
    }
    static constexpr auto consequences(contest_withdrawn const*) {
        return in_order(
            consequence<always<contest_withdrawn>, &learned_tags::weigh_of<contest_withdrawn>>(
                "their content is weighed again, as what was contested counts"));
    }
    static constexpr auto consequences(member_enrolled const*) {
        return in_order(consequence<always<member_enrolled>, &learned_tags::weigh<member_enrolled>>(
            "the tags that their earlier content speaks for are learned"));
    }
    static constexpr auto consequences(assessment_begun const*) {
        return in_order(
            consequence<always<assessment_begun>, &learned_tags::weigh<assessment_begun>>(
                "their content is weighed again"));
    }
    static constexpr auto consequences(authenticity_doubted const*) {
        return in_order(consequence<always<authenticity_doubted>,
            &learned_tags::weigh_person<authenticity_doubted>>(
            "a learned tag falls for which too little evidence is left that is not in doubt"));
    }
    static constexpr auto consequences(doubt_settled const*) {
        return in_order(
            consequence<always<doubt_settled>, &learned_tags::weigh_person<doubt_settled>>(
                "their content is weighed again, as what was dismissed counts"));
    }
    static constexpr auto consequences(exclusion_ended const*) {
        return in_order(
            consequence<always<exclusion_ended>, &learned_tags::weigh_person<exclusion_ended>>(
                "their content is weighed again, as it counts"));
    }
    /// A piece stopped counting, or the rules changed.
    void due(member_id who, context& in) const { weigh_content(who, in); }

    [[nodiscard]] result<std::vector<learned_tag_view>> answer(
        list_learned_tags const& query, world const& in) const {
        auto const pieces = evidence_.all<of_person>(query.member);
        auto const excluded = detail::held_back(in, query.member) != nullptr;
        if (in.find(query.member) == nullptr && pieces.empty()) {
            return unknown("member", query.member);
        }
        if (in.by().kind == actor_kind::member) {
            KOC_TRY(check_own_word(in.by(), query.member, "look at what their content says"));
        }
        KOC_TRY(detail::check_assessed(in, query.member));
        auto const* person = in.find(query.member);
        auto const* known = in.find_record<learned_tags_record>(query.member.value());
        std::vector<learned_tag_view> seen;
        for (auto const& [tag, sum] : sums_of(query.member, in)) {
            auto const learned = known != nullptr && known->find(tag) != nullptr;
            auto const has_it = person != nullptr && person->tags.contains(tag);
            learned_tag_view view{tag, learned, has_it && (!learned || known->given(tag)),
                confidence(sum, in), sum.pieces, static_cast<std::int64_t>(sum.days.size()), {}};
            for (auto const& piece : pieces) {
                if (std::binary_search(piece.tags.begin(), piece.tags.end(), tag)) {
                    auto const held = excluded || is_held(piece, in);
                    view.evidence.push_back({piece.platform, piece.signal, piece.at, piece.depth,
                        held ? score{} : amount(piece, in), piece.contested, held});
                }
            }
            seen.push_back(std::move(view));
        }
        return seen;
    }

    void apply(content_reported const& event, world const& in) {
        auto tags = learnable(event.about, in);
        if (!tags.empty()) {
            evidence_.insert({id_of(event.platform, event.signal), event.platform, event.signal,
                event.person, std::move(tags), event.depth, event.self_initiated, event.at, false,
                {}, false});
        }
    }
    void apply(evidence_contested const& event, world const& in) {
        evidence_.update(id_of(event.platform, event.signal), [&](tag_evidence& piece) {
            piece.contested = true;
            piece.reason = event.reason;
            piece.in_person = in.by().kind == actor_kind::member;
        });
    }
    void apply(contest_withdrawn const& event, world const&) {
        evidence_.update(id_of(event.platform, event.signal), [](tag_evidence& piece) {
            piece.contested = piece.in_person = false;
            piece.reason = {};
        });
    }
    void apply(content_weighed const& event, world const&) {
        weigh_again_.put(event.member, event.again_at);
    }
    /// All who are assessed are weighed by the new rules before the next command.
    void apply(adopted<learning_rules> const&, world const& in) {
        evidence_.for_each([&](tag_evidence const& piece) {
            if (in.find(piece.person) != nullptr && assessed(piece.person, in)) {
                weigh_again_.put(piece.person, in.now());
            }
        });
    }

private:
    /// What speaks for a tag now.
    struct sum_of_evidence {
        std::int64_t pieces = 0;
        std::set<std::int64_t> days;
        score sum;
        std::optional<instant> until; ///< when the first of the pieces stops counting
    };

    template <typename Command>
    [[nodiscard]] result<void> check_piece(Command const& command) const {
        auto const* piece = evidence_.find(id_of(command.platform, command.signal));
        if (piece != nullptr && piece->person == command.member) {
            return {};
        }
        return error{errc::unknown_id, subject("signal", command.signal),
            "expected a piece of " + subject("member", command.member) +
                " that carries a tag which can be learned; list_learned_tags shows them"};
    }
    [[nodiscard]] tag_evidence_id id_of(platform_id platform, signal_id signal) const {
        return tag_evidence_id{signal_number(platform, signal, [&](std::uint64_t at) {
            auto const* held = evidence_.find(tag_evidence_id{at});
            return held != nullptr && (held->platform != platform || held->signal != signal);
        })};
    }
    /// Those of a piece's tags that can be learned, and all above them, ascending.
    [[nodiscard]] static std::vector<tag_id> learnable(
        std::vector<tag_id> const& about, world const& in) {
        auto const& library = in.get<tag_library>();
        auto const& tags = library.tags();
        std::vector<tag_id> found;
        for (auto tag : about) {
            auto const& facet = tags.facet(tags.facet_of(tag));
            if (facet.earned && !facet.sensitive && !library.kept(tag)) {
                auto const above = tags.ancestors_and_self(tag);
                found.insert(found.end(), above.begin(), above.end());
            }
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
    /// When a piece stops counting, if it does.
    [[nodiscard]] static std::optional<instant> ends(tag_evidence const& piece, world const& in) {
        auto const span = in.rules<rules>().counts_for;
        return span == for_ever ? std::nullopt : std::optional{piece.at + span};
    }
    /// What a piece adds to the sum of each of its tags now: its depth, half of it where somebody
    /// asked for the piece, times the share of its time that is left.
    [[nodiscard]] static score amount(tag_evidence const& piece, world const& in) {
        auto const& limits = in.rules<rules>();
        auto const age = (std::max)(duration{}, in.now() - piece.at);
        if (piece.contested || piece.depth < limits.depth_min || age >= limits.counts_for) {
            return {};
        }
        auto const full = piece.self_initiated ? piece.depth : piece.depth * percent(50);
        auto const left = limits.counts_for == for_ever
            ? whole(1)
            : ratio((limits.counts_for - age).ms, limits.counts_for.ms);
        return (std::max)(score{1}, full * left);
    }
    /// Whether a piece is held back by itself.
    [[nodiscard]] static bool is_held(tag_evidence const& piece, world const& in) {
        auto const* seen = find_signal(piece.platform, piece.signal, in);
        return seen != nullptr && detail::content_held(in, seen->id.value());
    }
    [[nodiscard]] static score confidence(sum_of_evidence const& of, world const& in) {
        return ratio(of.sum.raw, (of.sum + in.rules<rules>().doubt).raw);
    }
    [[nodiscard]] static bool is_enough(sum_of_evidence const& of, world const& in) {
        auto const& limits = in.rules<rules>();
        return of.pieces >= limits.pieces_needed &&
            static_cast<std::int64_t>(of.days.size()) >= limits.days_needed;
    }
    /// Of each tag that somebody's content carries. O(their pieces).
    [[nodiscard]] std::map<tag_id, sum_of_evidence> sums_of(member_id who, world const& in) const {
        std::map<tag_id, sum_of_evidence> sums;
        auto const excluded = detail::held_back(in, who) != nullptr;
        for (auto const& piece : evidence_.all<of_person>(who)) {
            auto const counted = excluded || is_held(piece, in) ? score{} : amount(piece, in);
            for (auto tag : piece.tags) {
                auto& of = sums[tag];
                if (counted == score{}) {
                    continue;
                }
                ++of.pieces;
                of.days.insert(piece.at.ms / days(1).ms - (piece.at.ms % days(1).ms < 0 ? 1 : 0));
                of.sum += counted;
                if (auto const end = ends(piece, in)) {
                    of.until = of.until ? (std::min)(*of.until, *end) : *end;
                }
            }
        }
        return sums;
    }

    void see_piece(content_reported const& event, context& in) const {
        if (!learnable(event.about, in).empty()) {
            weigh_content(event.person, in);
        }
    }
    template <typename Event>
    void weigh_of(Event const& event, context& in) const {
        weigh_content(event.member, in);
    }
    template <typename Event>
    void weigh(Event const& event, context& in) const {
        weigh_any(event.member, in);
    }
    template <typename Event>
    void weigh_person(Event const& event, context& in) const {
        weigh_any(event.person, in);
        if (auto const kept = detail::kept_for(in, event.person); kept != event.person) {
            weigh_any(kept, in); // a doubt of one account holds back the others
        }
    }
    void weigh_any(member_id who, context& in) const {
        if (!evidence_.all<of_person>(who).empty()) {
            weigh_content(who, in);
        }
    }
    [[nodiscard]] static bool assessed(member_id who, world const& in) {
        auto const* past = in.find_record<track_record_entry>(who.value());
        return past == nullptr || past->assessed;
    }
    /// Has the roster learn what changed. Of alumni nothing is learned, but a tag may still fall.
    void weigh_content(member_id who, context& in) const {
        if (in.find(who) == nullptr) {
            return;
        }
        auto const* known = in.find_record<learned_tags_record>(who.value());
        auto const measured = assessed(who, in);
        learn_tags made{who, {}, {}};
        std::optional<instant> again_at;
        for (auto const& [tag, sum] : sums_of(who, in)) {
            auto const* before = known == nullptr ? nullptr : known->find(tag);
            if (!is_enough(sum, in)) {
                if (before != nullptr) {
                    made.fallen.push_back(tag);
                }
                continue;
            }
            if (before == nullptr && !measured) {
                continue;
            }
            learned_tag const now{tag, confidence(sum, in), sum.pieces};
            if (measured && (before == nullptr || *before != now)) {
                made.learned.push_back(now);
            }
            again_at = !again_at ? sum.until
                : sum.until      ? (std::min)(again_at, sum.until)
                                 : again_at;
        }
        if (again_at != weigh_again_.when(who)) {
            in.record(content_weighed{who, again_at});
        }
        if (!made.learned.empty() || !made.fallen.empty()) {
            in.need(in.call(made));
        }
    }

    table<tag_evidence, of_person> evidence_;
    agenda<member_id> weigh_again_;
    BOOST_DESCRIBE_CLASS(learned_tags, (), (), (), (evidence_, weigh_again_))
};

} // namespace koc
