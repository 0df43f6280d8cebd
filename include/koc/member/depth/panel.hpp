// SPDX-License-Identifier: BSL-1.0
#pragma once

// Panels: at the start of a product project mature members are asked for their view of the market
// and of the products there are. Who has not signed confidentiality sees nothing of the project and
// says nothing to it.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/messages/panel.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The projects, their panels and what these advised.
class panels : public aspect<panels> {
public:
    using events =
        event_list<project_opened, panel_invited, confidentiality_signed, advice_recorded>;
    using commands =
        command_list<open_project, invite_to_panel, sign_confidentiality, record_advice>;
    using queries = query_list<view_project>;
    using follows = event_list<account_closing, member_erased>;
    using rules = panel_rules;

    /// Whether a member has signed for a known project, and so may see it.
    [[nodiscard]] result<void> check_bound(project_id project, member_id who) const {
        auto const& bound = projects_[project].bound;
        if (std::binary_search(bound.begin(), bound.end(), who)) {
            return {};
        }
        return error{errc::not_qualified, subject("member", who),
            "expected somebody of the panel of " + subject("project", project) +
                " who has signed confidentiality; sign it first"};
    }
    /// The same, of whoever acts: employees and the host see all.
    [[nodiscard]] result<void> check_may_see(project_id project, actor const& by) const {
        return by.kind == actor_kind::member ? check_bound(project, member_id{by.id})
                                             : result<void>{};
    }

    static constexpr auto guards(open_project const*) { return require(by_desk<open_project>); }
    result<void> decide(open_project const& command, context& in) const {
        auto const name = subject("project", command.project);
        if (!command.project.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (projects_.contains(command.project)) {
            return error{
                errc::already_exists, name, "expected an id that no project has; choose another"};
        }
        if (auto refused = check_name("title of " + name, command.title)) {
            return *std::move(refused);
        }
        KOC_TRY(check_filled("brief of " + name, command.brief));
        in.record(project_opened{
            command.project, command.title, command.brief, in.now() + in.rules<rules>().lasts});
        return {};
    }

    /// Who is on a panel that meets is no account to be merged; who is erased leaves it.
    [[nodiscard]] result<void> review(account_closing const& event, world const& in) const {
        result<void> done;
        projects_.for_each([&](project_record const& project) {
            auto const& all = project.invited;
            if (done && !event.erased && project.panel_until > in.now() &&
                std::binary_search(all.begin(), all.end(), event.member)) {
                done = detail::still_open(event.member,
                    "they are on the panel of " + subject("project", project.id),
                    "wait until it has ended");
            }
        });
        return done;
    }
    static constexpr auto guards(invite_to_panel const*) {
        return require(by_desk<invite_to_panel>, known<&invite_to_panel::project>);
    }
    result<void> decide(invite_to_panel const& command, context& in) const {
        auto const& project = projects_[command.project];
        auto const name = subject("project", project.id);
        KOC_TRY(check_meets(project, in.now()));
        auto members = command.members;
        std::sort(members.begin(), members.end());
        if (members.empty()) {
            return error{errc::invalid_argument, name, "expected at least one member to invite"};
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            auto const who = members[i];
            if (in.find(who) == nullptr) {
                return unknown("member", who);
            }
            auto const* relation = in.find_record<relationship_record>(who.value());
            if (relation == nullptr || relation->stage != stage::mature) {
                return error{errc::not_qualified, subject("member", who),
                    "expected a member in stage mature, whom panels are for; leave them out"};
            }
            if ((i > 0 && members[i - 1] == who) ||
                std::binary_search(project.invited.begin(), project.invited.end(), who)) {
                return error{errc::already_exists, subject("member", who),
                    "expected somebody who is not invited to the panel of " + name +
                        " yet; leave them out"};
            }
        }
        in.record(panel_invited{project.id, std::move(members)});
        return {};
    }

    static constexpr auto guards(sign_confidentiality const*) {
        return require(in_person<&sign_confidentiality::member>,
            known<&sign_confidentiality::project>, known<&sign_confidentiality::member>);
    }
    result<void> decide(sign_confidentiality const& command, context& in) const {
        auto const& project = projects_[command.project];
        auto const who = subject("member", command.member);
        if (!std::binary_search(project.invited.begin(), project.invited.end(), command.member)) {
            return error{errc::not_qualified, who,
                "expected somebody who is invited to the panel of " +
                    subject("project", project.id) + "; invite them first"};
        }
        if (check_bound(project.id, command.member)) {
            return error{errc::already_exists, who, "expected somebody who has not signed yet"};
        }
        in.record(confidentiality_signed{command.project, command.member});
        return {};
    }

    static constexpr auto guards(record_advice const*) {
        return require(in_person<&record_advice::member>, known<&record_advice::project>,
            known<&record_advice::member>);
    }
    result<void> decide(record_advice const& command, context& in) const {
        auto const name = subject("advice", command.advice);
        if (!command.advice.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (advice_.contains(command.advice)) {
            return error{
                errc::already_exists, name, "expected an id that no advice has; choose another"};
        }
        KOC_TRY(check_bound(command.project, command.member));
        KOC_TRY(check_meets(projects_[command.project], in.now()));
        KOC_TRY(check_words("advice of member", command.member, command.text));
        in.record(advice_recorded{command.advice, command.project, command.member, command.text});
        return {};
    }

    [[nodiscard]] result<project_view> answer(view_project const& query, world const& in) const {
        auto const* project = projects_.find(query.project);
        if (project == nullptr) {
            return unknown("project", query.project);
        }
        KOC_TRY(check_may_see(query.project, in.by()));
        project_view seen{project->title, project->brief, project->panel_until, {}};
        for (auto const& each : advice_.all<by_project>(query.project)) {
            seen.advice.push_back(each);
        }
        return seen;
    }

    void apply(project_opened const& event, world const&) {
        projects_.insert({event.project, event.title, event.brief, event.panel_until, {}, {}});
    }
    void apply(panel_invited const& event, world const&) {
        projects_.update(event.project, [&](project_record& project) {
            for (auto who : event.members) {
                add(project.invited, who);
            }
        });
    }
    void apply(confidentiality_signed const& event, world const&) {
        projects_.update(
            event.project, [&](project_record& project) { add(project.bound, event.member); });
    }
    void apply(advice_recorded const& event, world const& in) {
        advice_.insert({event.advice, event.project, event.member, event.text, in.now()});
    }
    void apply(member_erased const& event, world const& in) {
        std::vector<project_id> meeting; // as changing a record changes what is walked
        projects_.for_each([&](project_record const& project) {
            auto const& all = project.invited;
            if (project.panel_until > in.now() &&
                std::binary_search(all.begin(), all.end(), event.member)) {
                meeting.push_back(project.id);
            }
        });
        for (auto which : meeting) {
            projects_.update(which, [&](project_record& project) {
                std::erase(project.invited, event.member);
                std::erase(project.bound, event.member);
            });
        }
    }

private:
    using by_project = by<&advice_record::project>;

    [[nodiscard]] static result<void> check_meets(project_record const& project, instant now) {
        if (now < project.panel_until) {
            return {};
        }
        return error{errc::wrong_state, subject("project", project.id),
            "expected a panel at the project's start, but its time ended at " +
                to_iso8601(project.panel_until)};
    }
    static void add(std::vector<member_id>& to, member_id who) {
        to.insert(std::lower_bound(to.begin(), to.end(), who), who);
    }

    table<project_record> projects_;
    table<advice_record, by_project> advice_;
    BOOST_DESCRIBE_CLASS(panels, (), (), (), (projects_, advice_))
};

} // namespace koc
