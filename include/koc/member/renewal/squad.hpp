// SPDX-License-Identifier: BSL-1.0
#pragma once

// Squads: members in service who do one kind of work together. Somebody may be in several. Being in
// a squad is a tag that this aspect sets and takes away, so matching finds its members.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/renewal/messages/squad.hpp>
#include <koc/member/roster.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/state/key.hpp>
#include <koc/state/links.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The squads and who is in them.
class squads : public aspect<squads> {
public:
    using events = event_list<squad_formed, squad_joined, squad_left, lead_appointed>;
    using commands = command_list<form_squad, join_squad, leave_squad, appoint_lead>;
    using queries = query_list<list_squads>;
    using follows = event_list<member_enrolled, member_retagged, stage_changed, account_closing>;
    using reads = aspect_list<tag_library, roster>;

    static constexpr auto guards(form_squad const*) {
        return require(by_desk<form_squad>, within<&form_squad::seats, 1, 100'000>);
    }
    result<void> decide(form_squad const& command, context& in) const {
        auto const name = subject("squad", command.squad);
        if (!command.squad.valid() || squads_.contains(command.squad)) {
            return error{command.squad.valid() ? errc::already_exists : errc::invalid_argument,
                name, "expected an id above 0 that no squad has"};
        }
        if (auto refused = check_name("name of " + name, command.name)) {
            return *std::move(refused);
        }
        KOC_TRY(check_tag(name, command.tag, in));
        in.record(squad_formed{command.squad, command.name, command.tag, command.seats});
        return {};
    }
    static constexpr auto guards(join_squad const*) {
        return require(by_member<&join_squad::member>, known<&join_squad::squad>,
            known<&join_squad::member>,
            has_value<&join_squad::member, &relationship_record::stage, stage::active,
                stage::mature>);
    }
    result<void> decide(join_squad const& command, context& in) const {
        auto const& squad = squads_[command.squad];
        KOC_TRY(people_.check(
            command.squad, command.member, {.targets_max = static_cast<std::size_t>(squad.seats)}));
        in.record(squad_joined{command.squad, command.member});
        return in.call(retag{command.member, {{squad.tag}}, {}});
    }
    static constexpr auto guards(leave_squad const*) {
        return require(by_member<&leave_squad::member>, known<&leave_squad::squad>,
            known<&leave_squad::member>);
    }
    result<void> decide(leave_squad const& command, context& in) const {
        KOC_TRY(people_.check_linked(command.squad, command.member));
        in.record(squad_left{command.squad, command.member});
        return in.call(retag{command.member, {}, tags_of(command.squad, command.member, in)});
    }
    static constexpr auto guards(appoint_lead const*) {
        return require(
            by_desk<appoint_lead>, known<&appoint_lead::squad>, known<&appoint_lead::member>);
    }
    result<void> decide(appoint_lead const& command, context& in) const {
        KOC_TRY(people_.check_linked(command.squad, command.member));
        if (squads_[command.squad].lead == command.member) {
            return error{errc::already_exists, subject("squad", command.squad),
                "expected another lead than the one it has"};
        }
        in.record(lead_appointed{command.squad, command.member});
        return {};
    }
    static constexpr auto consequences(stage_changed const*) {
        return in_order(
            consequence<differs<&stage_changed::to, stage::active, stage::mature>, &squads::leave>(
                "who leaves service leaves their squads"));
    }
    /// Who is in a squad is no account to be merged.
    [[nodiscard]] result<void> review(account_closing const& event, world const&) const {
        auto const in_squads = people_.sources(event.member);
        return in_squads.empty()
            ? result<void>{}
            : detail::still_open(event.member, "they are in " + subject("squad", in_squads.front()),
                  "have them leave it first");
    }
    /// Tags of squads, and those below them, say who is in them, and nobody has one otherwise.
    [[nodiscard]] result<void> review(member_enrolled const& event, world const& in) const {
        for (auto const& tag : event.tags) {
            KOC_TRY(check_given(event.member, tag.tag, in));
        }
        return {};
    }
    [[nodiscard]] result<void> review(member_retagged const& event, world const& in) const {
        for (auto const& tag : event.put) {
            KOC_TRY(check_given(event.member, tag.tag, in));
        }
        for (auto tag : event.remove) {
            KOC_TRY(check_tagging(event.member, tag, false));
        }
        return {};
    }

    [[nodiscard]] result<std::vector<squad_roll>> answer(list_squads const&, world const&) const {
        std::vector<squad_roll> all;
        squads_.for_each([&](squad_record const& s) { all.push_back({s, people_.targets(s.id)}); });
        std::sort(all.begin(), all.end(),
            [](squad_roll const& a, squad_roll const& b) { return a.squad.id < b.squad.id; });
        return all;
    }

    void apply(squad_formed const& event, world const&) {
        squads_.insert({event.squad, event.name, event.tag, event.seats, {}});
    }
    void apply(squad_joined const& event, world const&) { people_.link(event.squad, event.member); }
    void apply(squad_left const& event, world const&) {
        people_.unlink(event.squad, event.member);
        if (squads_[event.squad].lead == event.member) {
            squads_.update(event.squad, [](squad_record& squad) { squad.lead.reset(); });
        }
    }
    void apply(lead_appointed const& event, world const&) {
        squads_.update(event.squad, [&](squad_record& squad) { squad.lead = event.member; });
    }

private:
    using by_tag = by<&squad_record::tag>;

    /// A tag of a squad is given by hand to nobody, is earned by nobody, and is no other squad's.
    [[nodiscard]] result<void> check_tag(std::string const& name, tag_id tag, context& in) const {
        auto const& library = in.get<tag_library>();
        std::array const given{weighted_tag{tag}};
        KOC_TRY(library.check_assignable(given));
        if (library.tags().facet(library.tags().facet_of(tag)).earned) {
            return error{errc::invalid_argument, name,
                "expected a tag of a facet that is not earned by work; define another"};
        }
        if (auto const taken = squads_.all<by_tag>(tag); !taken.empty()) {
            return error{errc::already_exists, name,
                "expected a tag of its own, but " + subject("squad", (*taken.begin()).id) +
                    " has this one; define another"};
        }
        squad_id related;
        squads_.for_each([&](squad_record const& squad) {
            if (library.tags().covers(squad.tag, tag) || library.tags().covers(tag, squad.tag)) {
                related = related.valid() ? (std::min)(related, squad.id) : squad.id;
            }
        });
        if (related.valid()) {
            return error{errc::already_exists, name,
                "expected a tag that stands neither above nor below that of " +
                    subject("squad", related) +
                    ", as whoever has the lower one is found by both; define another"};
        }
        std::optional<member_id> carries;
        in.get<roster>().people().for_each([&](member_record const& person) {
            auto const is_found = std::any_of(person.tags.begin(), person.tags.end(),
                [&](weighted_tag const& one) { return library.tags().covers(tag, one.tag); });
            if (!carries && is_found) {
                carries = person.id;
            }
        });
        if (carries) {
            return error{errc::wrong_state, name,
                "expected a tag that nobody carries, nor one below it; take it from " +
                    subject("member", *carries) + " first"};
        }
        return {};
    }
    /// The tag of a squad and the tags below it that a member of it carries, except tags of other
    /// squads.
    [[nodiscard]] std::vector<tag_id> tags_of(squad_id which, member_id who, context& in) const {
        auto const own = squads_[which].tag;
        std::vector<tag_id> found{own};
        for (auto const& one : in.at(who).tags) {
            if (one.tag != own && in.get<tag_library>().tags().covers(own, one.tag) &&
                squads_.all<by_tag>(one.tag).empty()) {
                found.push_back(one.tag);
            }
        }
        return found;
    }
    /// Refuses a tag of a squad, or one below it, to who is not in that squad.
    [[nodiscard]] result<void> check_given(member_id who, tag_id tag, world const& in) const {
        for (auto const above : in.get<tag_library>().tags().ancestors_and_self(tag)) {
            KOC_TRY(check_tagging(who, above, true));
        }
        return {};
    }
    [[nodiscard]] result<void> check_tagging(member_id who, tag_id tag, bool put) const {
        for (auto const& squad : squads_.all<by_tag>(tag)) {
            if (people_.linked(squad.id, who) != put) {
                return error{errc::wrong_state, subject("member", who),
                    "expected the tag of " + subject("squad", squad.id) +
                        " to follow who is in it; send " + (put ? "join_squad" : "leave_squad") +
                        " instead"};
            }
        }
        return {};
    }
    void leave(stage_changed const& event, context& in) const {
        for (auto const squad : people_.sources(event.member)) {
            in.need(in.call(leave_squad{squad, event.member}));
        }
    }

    table<squad_record, by_tag> squads_;
    links<squad_id, member_id> people_{"squad", "member"};
    BOOST_DESCRIBE_CLASS(squads, (), (), (), (squads_, people_))
};

} // namespace koc
