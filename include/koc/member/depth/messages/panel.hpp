// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of panels: product projects that mature members advise from the start, under
// confidentiality.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace koc {

struct project_kind {
    static constexpr char const* noun = "project";
    using record = struct project_record;
};
/// A product project, such as a new vehicle, by an id of the host's.
using project_id = id<project_kind>;

struct advice_kind {
    static constexpr char const* noun = "advice";
    using record = struct advice_record;
};
/// What a member advised a project, by an id of the host's.
using advice_id = id<advice_kind>;

/// How long a panel meets.
struct panel_rules {
    duration lasts = days(30); ///< from a project's start, for invitations and advice
};
BOOST_DESCRIBE_STRUCT(panel_rules, (), (lasts))

inline result<void> check(panel_rules const& rules) {
    if (rules.lasts <= duration{}) {
        return error{errc::invalid_argument, "panel_rules.lasts", "expected a span of more than 0"};
    }
    return {};
}

/// Starts a project and with it the time of its panel.
struct open_project {
    project_id project;
    std::string title; ///< one line
    std::string brief; ///< what the panel is to know; confidential
};
BOOST_DESCRIBE_STRUCT(open_project, (), (project, title, brief))

/// Invites mature members to the panel of a project: all of them, or the command is refused.
struct invite_to_panel {
    project_id project;
    std::vector<member_id> members; ///< each once
};
BOOST_DESCRIBE_STRUCT(invite_to_panel, (), (project, members))

/// An invited member promises confidentiality, and may see the project from then on.
struct sign_confidentiality {
    project_id project;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(sign_confidentiality, (), (project, member))

/// What a member of the panel advises.
struct record_advice {
    advice_id advice;
    project_id project;
    member_id member;
    personal_text text;
};
BOOST_DESCRIBE_STRUCT(record_advice, (), (advice, project, member, text))

/// A project began, and with it the time of its panel.
struct project_opened {
    project_id project;
    std::string title;
    std::string brief;   ///< confidential
    instant panel_until; ///< the end of its panel
};
BOOST_DESCRIBE_STRUCT(project_opened, (), (project, title, brief, panel_until))

/// Mature members may sign confidentiality and advise.
struct panel_invited {
    project_id project;
    std::vector<member_id> members; ///< ascending
};
BOOST_DESCRIBE_STRUCT(panel_invited, (), (project, members))

/// A member may see the project and advise it.
struct confidentiality_signed {
    project_id project;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(confidentiality_signed, (), (project, member))

/// A member of the panel gave advice.
struct advice_recorded {
    advice_id advice;
    project_id project;
    member_id member;
    personal_text text;
};
BOOST_DESCRIBE_STRUCT(advice_recorded, (), (advice, project, member, text))

/// A project and its panel.
struct project_record {
    project_id id;
    std::string title;
    std::string brief;              ///< confidential
    instant panel_until;            ///< the end of its panel
    std::vector<member_id> invited; ///< ascending
    std::vector<member_id> bound;   ///< those of them who have signed, ascending
};
BOOST_DESCRIBE_STRUCT(project_record, (), (id, title, brief, panel_until, invited, bound))

/// A piece of advice to a project.
struct advice_record {
    advice_id id;
    project_id project;
    member_id member;
    personal_text text;
    instant at; ///< when it was recorded
};
BOOST_DESCRIBE_STRUCT(advice_record, (), (id, project, member, text, at))

/// What the panel knows of a project.
struct project_view {
    std::string title;
    std::string brief;
    instant panel_until;               ///< the end of its panel
    std::vector<advice_record> advice; ///< oldest first
};
BOOST_DESCRIBE_STRUCT(project_view, (), (title, brief, panel_until, advice))

/// A project as its panel sees it. Of members only those who have signed get an answer.
struct view_project {
    using answer = project_view;
    project_id project;
};
BOOST_DESCRIBE_STRUCT(view_project, (), (project))

} // namespace koc
