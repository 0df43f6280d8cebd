// SPDX-License-Identifier: BSL-1.0
#pragma once

// How members speak in public for the first time: who was found in the brand's own communities has
// shared there, the topic is agreed by both sides, drafts are polished until the author accepts
// one, a mentor signs the first piece off, and official channels repost and recommend it within a
// set time, or an alarm is raised. Later pieces are free. Where the member's plan has steps for it,
// their order holds; who has published before has no such steps before them.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/detail/shared_first.hpp>
#include <koc/member/cultivation/mentorship.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/first_voice.hpp>
#include <koc/member/detail/account_guards.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The pieces of the members, and what was recorded of their sharing before.
class first_voice : public aspect<first_voice> {
public:
    using events = event_list<sharing_recorded, piece_planned, topic_agreed, draft_proposed,
        draft_accepted, draft_signed_off, piece_published, piece_pushed, push_missed>;
    using commands = command_list<record_sharing, plan_piece, agree_topic, propose_draft,
        accept_draft, sign_off_draft, publish_piece, push_piece>;
    using queries = query_list<list_missed_pushes>;
    using questions = question_list<may_plan_piece>;
    using follows = event_list<may_plan_piece, plan_started>;
    using reads = aspect_list<mentorship>;
    using rules = first_voice_rules;

    /// Whether the next piece that a known member publishes is the first of somebody who was not
    /// found on an open platform. O(their pieces).
    [[nodiscard]] bool is_guided(member_id who, world_view const& in) const {
        auto const pieces = pieces_.all<by_member>(who);
        return detail::is_from_community(in, who) &&
            std::none_of(pieces.begin(), pieces.end(),
                [](piece_record const& piece) { return piece.published(); });
    }

    static constexpr auto guards(record_sharing const*) {
        return require(by_state<record_sharing>, known<&record_sharing::member>);
    }
    result<void> decide(record_sharing const& command, context& in) const {
        auto const name = "sharing of " + subject("member", command.member);
        if (is_author(command.member, in)) {
            return error{errc::not_qualified, name,
                "expected somebody else than the member to record it; have a mentor or an "
                "operator do it"};
        }
        KOC_TRY(check_helper(name, command.member, in));
        if (detail::has_shared(in, command.member)) {
            return error{errc::already_exists, name, "expected somebody who has not shared yet"};
        }
        if (detail::has_sharing_ahead(in, command.member)) {
            return error{errc::wrong_state, name,
                "expected somebody whose plan has no step for it, but " +
                    koc::quoted(detail::community_step_of(in)) + " is one; complete that step"};
        }
        if (auto refused = check_name("link of " + name, command.link.text)) {
            return *std::move(refused);
        }
        in.record(sharing_recorded{
            command.member, command.link.of(command.member.value()), to_string(in.by())});
        return {};
    }
    static constexpr auto guards(plan_piece const*) {
        return require(by_state<plan_piece>, known<&plan_piece::member>);
    }
    result<void> decide(plan_piece const& command, context& in) const {
        auto const name = subject("piece", command.piece);
        if (!command.piece.valid() || pieces_.contains(command.piece)) {
            return error{errc::already_exists, name, "expected a new piece id above 0"};
        }
        if (!is_author(command.member, in)) {
            KOC_TRY(check_helper(name, command.member, in));
        }
        if (auto refused = check_name("topic of " + name, command.topic.text)) {
            return *std::move(refused);
        }
        KOC_TRY(in.review(may_plan_piece{command.member}));
        in.record(piece_planned{command.piece, command.member,
            command.topic.of(command.member.value()), to_string(in.by())});
        return {};
    }
    /// The plan comes first, so that its step is what a refusal names.
    [[nodiscard]] result<void> review(may_plan_piece const& question, world const& in) const {
        KOC_TRY(detail::check_voice_reached(in, question.member));
        return is_guided(question.member, in) ? detail::check_shared(in, question.member)
                                              : result<void>{};
    }
    static constexpr auto guards(agree_topic const*) {
        return require(by_state<agree_topic>, known<&agree_topic::piece>);
    }
    result<void> decide(agree_topic const& command, context& in) const {
        auto const& piece = pieces_[command.piece];
        auto const name = subject("piece", piece.id);
        if (piece.agreed) {
            return error{errc::already_exists, name, "expected a topic that is not agreed yet"};
        }
        auto const author = to_string(acting(detail::kept_for(in, piece.member)));
        auto const by = to_string(in.by());
        auto const host = in.by().kind == actor_kind::host;
        auto const proposed_by_author =
            piece.proposed_by == author || piece.proposed_by == to_string(acting(piece.member));
        if (!host && (by == author) == proposed_by_author) {
            return error{errc::not_qualified, name,
                "expected the other side to agree, as " + piece.proposed_by +
                    " proposed the topic; its author plans it together with somebody"};
        }
        if (by != author) {
            KOC_TRY(check_helper(name, piece.member, in));
        }
        in.record(topic_agreed{piece.id, by});
        return in.call(advance_plan{piece.member, "agree_topic", piece.topic.text});
    }
    static constexpr auto guards(propose_draft const*) {
        return require(by_state<propose_draft>, known<&propose_draft::piece>);
    }
    result<void> decide(propose_draft const& command, context& in) const {
        auto const& piece = pieces_[command.piece];
        auto const name = subject("piece", piece.id);
        KOC_TRY(check_unpublished(piece));
        if (!piece.agreed) {
            return error{errc::wrong_state, name,
                "expected a topic that both sides agreed to; let the other side agree first"};
        }
        if (!is_author(piece.member, in)) {
            KOC_TRY(check_helper(name, piece.member, in));
        }
        if (auto refused = check_name("draft of " + name, command.link.text)) {
            return *std::move(refused);
        }
        in.record(draft_proposed{piece.id, piece.newest() + 1,
            command.link.of(piece.member.value()), to_string(in.by())});
        return {};
    }
    static constexpr auto guards(accept_draft const*) {
        return require(detail::by_person_alone<&accept_draft::piece, &piece_record::member>,
            known<&accept_draft::piece>);
    }
    result<void> decide(accept_draft const& command, context& in) const {
        auto const& piece = pieces_[command.piece];
        auto const name = "draft of " + subject("piece", piece.id);
        KOC_TRY(check_unpublished(piece));
        if (piece.newest() == 0 || command.version != piece.newest()) {
            return error{errc::wrong_state, name,
                piece.newest() == 0
                    ? "expected a draft to be there; propose one first"
                    : "expected the newest draft, version " + std::to_string(piece.newest()) +
                        ", not version " + std::to_string(command.version)};
        }
        if (piece.accepted == piece.newest()) {
            return error{errc::already_exists, name, "expected a draft not accepted yet"};
        }
        in.record(draft_accepted{piece.id, command.version});
        return in.call(advance_plan{piece.member, "accept_draft", piece.drafts.back().text});
    }
    static constexpr auto guards(sign_off_draft const*) {
        return require(by_state<sign_off_draft>, known<&sign_off_draft::piece>);
    }
    result<void> decide(sign_off_draft const& command, context& in) const {
        auto const& piece = pieces_[command.piece];
        auto const name = subject("piece", piece.id);
        KOC_TRY(check_unpublished(piece));
        if (!is_guided(piece.member, in)) {
            return error{errc::wrong_state, name,
                "expected the first public piece of somebody who was not found on an open "
                "platform; the author publishes any other without a sign-off"};
        }
        KOC_TRY(check_helper(name, piece.member, in));
        KOC_TRY(check_accepted(piece));
        if (piece.signed_off == piece.newest()) {
            return error{errc::already_exists, name, "expected a draft not signed off yet"};
        }
        in.record(draft_signed_off{piece.id, piece.newest(), to_string(in.by())});
        return {};
    }
    static constexpr auto guards(publish_piece const*) {
        return require(detail::by_person_alone<&publish_piece::piece, &piece_record::member>,
            known<&publish_piece::piece>);
    }
    result<void> decide(publish_piece const& command, context& in) const {
        auto const& piece = pieces_[command.piece];
        auto const name = subject("piece", piece.id);
        KOC_TRY(check_unpublished(piece));
        if (auto refused = check_name("link of " + name, command.link.text)) {
            return *std::move(refused);
        }
        // The order of the plan comes first, so that it is what a refusal names.
        KOC_TRY(in.call(advance_plan{piece.member, "publish_piece", command.link}));
        auto const guided = is_guided(piece.member, in);
        if (guided) {
            KOC_TRY(detail::check_shared(in, piece.member));
            KOC_TRY(check_accepted(piece));
            if (piece.signed_off != piece.newest()) {
                return error{errc::not_qualified, name,
                    "expected the sign-off of a mentor or operator, as it is the first public "
                    "piece of " +
                        subject("member", piece.member) + "; have the accepted draft signed off"};
            }
        }
        in.record(piece_published{piece.id, piece.member, command.link.of(piece.member.value()),
            guided ? std::optional{in.now() + in.rules<rules>().push_within} : std::nullopt});
        return {};
    }
    static constexpr auto guards(push_piece const*) {
        return require(by_desk<push_piece>, known<&push_piece::piece>);
    }
    result<void> decide(push_piece const& command, context& in) const {
        auto const& piece = pieces_[command.piece];
        auto const name = subject("piece", piece.id);
        auto const& channels = in.rules<rules>().official_channels;
        if (!piece.published()) {
            return error{errc::wrong_state, name, "expected a piece that is published"};
        }
        if (std::find(channels.begin(), channels.end(), command.channel) == channels.end()) {
            return error{errc::not_qualified, name,
                "expected one of the official channels of first_voice_rules, not " +
                    koc::quoted(command.channel)};
        }
        if (has(piece, command.how)) {
            return error{errc::already_exists, name, "expected a push that it has not had yet"};
        }
        in.record(piece_pushed{piece.id, command.how, command.channel});
        if (piece.push_by && missing_of(piece).empty()) {
            return in.call(advance_plan{piece.member, "push_first_piece", command.channel});
        }
        return {};
    }

    static constexpr auto consequences(plan_started const*) {
        return in_order(consequence<always<plan_started>, &first_voice::note_published>(
            "for who has published, the steps to a first public piece are done"));
    }
    void due(piece_id which, context& in) const {
        auto const& piece = pieces_[which];
        in.record(push_missed{which, piece.member, missing_of(piece)});
    }

    [[nodiscard]] result<std::vector<missed_push>> answer(
        list_missed_pushes const&, world const&) const {
        std::vector<missed_push> found;
        pieces_.for_each([&](piece_record const& piece) {
            if (auto missing = missing_of(piece); piece.missed && !missing.empty()) {
                found.push_back({piece.id, piece.member, std::move(missing)});
            }
        });
        return found;
    }

    void apply(sharing_recorded const& event, world const& in) {
        shared_.insert({event.member, event.link, in.now()});
    }
    void apply(piece_planned const& event, world const&) {
        pieces_.put(event.piece, [&](piece_record& piece) {
            piece.member = event.member;
            piece.topic = event.topic;
            piece.proposed_by = event.by;
        });
    }
    void apply(topic_agreed const& event, world const&) {
        pieces_.update(event.piece, [](piece_record& piece) { piece.agreed = true; });
    }
    void apply(draft_proposed const& event, world const&) {
        pieces_.update(
            event.piece, [&](piece_record& piece) { piece.drafts.push_back(event.link); });
    }
    void apply(draft_accepted const& event, world const&) {
        pieces_.update(event.piece, [&](piece_record& piece) { piece.accepted = event.version; });
    }
    void apply(draft_signed_off const& event, world const&) {
        pieces_.update(event.piece, [&](piece_record& piece) { piece.signed_off = event.version; });
    }
    void apply(piece_published const& event, world const&) {
        pieces_.update(event.piece, [&](piece_record& piece) {
            piece.is_published = true;
            piece.link = event.link;
            piece.push_by = event.push_by;
        });
        pushes_.put(event.piece, event.push_by);
    }
    void apply(piece_pushed const& event, world const&) {
        pieces_.update(event.piece, [&](piece_record& piece) {
            piece.pushed.insert(
                std::lower_bound(piece.pushed.begin(), piece.pushed.end(), event.how), event.how);
        });
        if (missing_of(pieces_[event.piece]).empty()) {
            pushes_.drop(event.piece);
        }
    }
    void apply(push_missed const& event, world const&) {
        pieces_.update(event.piece, [](piece_record& piece) { piece.missed = true; });
        pushes_.drop(event.piece);
    }

private:
    using by_member = by<&piece_record::member>;

    static bool has(piece_record const& piece, push_kind how) {
        return std::find(piece.pushed.begin(), piece.pushed.end(), how) != piece.pushed.end();
    }
    static std::vector<push_kind> missing_of(piece_record const& piece) {
        std::vector<push_kind> missing;
        for (auto how : {push_kind::repost, push_kind::recommendation}) {
            if (!has(piece, how)) {
                missing.push_back(how);
            }
        }
        return missing;
    }
    /// A push that still runs, or was missed and may be made up for, is a step to take.
    void note_published(plan_started const& event, context& in) const {
        piece_record const* newest = nullptr;
        auto pushed = true;
        for (auto const& piece : pieces_.all<by_member>(event.member)) {
            if (piece.published()) {
                newest = &piece;
                pushed = pushed && (!piece.push_by || missing_of(piece).empty());
            }
        }
        if (newest == nullptr) {
            return;
        }
        auto const link = newest->link.text;
        for (auto const* act : {"agree_topic", "accept_draft", "publish_piece"}) {
            in.need(in.call(note_act{event.member, act, link}));
        }
        if (pushed) {
            in.need(in.call(note_act{event.member, "push_first_piece", link}));
        }
    }
    static bool is_author(member_id who, world const& in) {
        return in.by() == acting(detail::kept_for(in, who));
    }
    /// Operators help everybody, members those whom they lead. No guard, as the pairs say whom.
    static result<void> check_helper(std::string const& about, member_id who, world const& in) {
        auto const by = in.by();
        if (by.kind != actor_kind::member ||
            in.get<mentorship>().pairs().linked(member_id{by.id}, who)) {
            return {};
        }
        return error{errc::not_qualified, about,
            "expected the mentor of " + subject("member", who) + " or an operator, not " +
                to_string(by)};
    }
    static result<void> check_unpublished(piece_record const& piece) {
        if (!piece.published()) {
            return {};
        }
        return error{errc::wrong_state, subject("piece", piece.id),
            "expected a piece that is not published yet; plan another one"};
    }
    static result<void> check_accepted(piece_record const& piece) {
        if (piece.accepted != 0 && piece.accepted == piece.newest()) {
            return {};
        }
        return error{errc::wrong_state, subject("piece", piece.id),
            "expected a newest draft that its author accepted; have " +
                (piece.newest() == 0 ? std::string{"one proposed and accepted"}
                                     : "version " + std::to_string(piece.newest()) + " accepted") +
                " first"};
    }

    table<piece_record, by_member> pieces_;
    table<sharing_record> shared_;
    agenda<piece_id> pushes_;
    BOOST_DESCRIBE_CLASS(first_voice, (), (), (), (pieces_, shared_, pushes_))
};

} // namespace koc
