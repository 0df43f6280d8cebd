// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of impact: which advice changed which product decision.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/depth/messages/committee.hpp>
#include <koc/member/depth/messages/panel.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// Says what an adopted decision changed, and which advice of a project's panel brought it about.
struct trace_decision {
    product_decision_id decision;
    project_id project;
    std::string before;           ///< how it was, or was planned
    std::string after;            ///< how it will be
    std::vector<advice_id> cites; ///< at least one, of the project and from before the proposal
};
BOOST_DESCRIBE_STRUCT(trace_decision, (), (decision, project, before, after, cites))

/// It is on record what a decision changed and which advice brought it about.
struct decision_traced {
    product_decision_id decision;
    project_id project;
    std::string before;
    std::string after;
    std::vector<advice_id> cites; ///< ascending
};
BOOST_DESCRIBE_STRUCT(decision_traced, (), (decision, project, before, after, cites))

/// A member is thanked for advice that changed a decision.
struct impact_thanked {
    member_id member;
    product_decision_id decision;
    std::int64_t advice = 0; ///< how many pieces of theirs are cited
};
BOOST_DESCRIBE_STRUCT(impact_thanked, (), (member, decision, advice))
/// What a trace can cite.
inline result<void> check(impact_thanked const& event) {
    return check_between("impact_thanked.advice", event.advice, 1, 1'000'000);
}

/// What a decision changed. Under the id of the decision.
struct impact_record {
    product_decision_id id;
    project_id project;
    std::string before;
    std::string after;
    std::vector<advice_id> cites; ///< ascending
    instant at;                   ///< when it was traced
};
BOOST_DESCRIBE_STRUCT(impact_record, (), (id, project, before, after, cites, at))

/// What somebody's advice has changed. There is none before the first decision.
struct member_impact_record {
    member_id id;
    std::int64_t advice = 0;                    ///< pieces that were cited, each by each decision
    std::int64_t changed = 0;                   ///< how many decisions
    std::vector<product_decision_id> decisions; ///< in the order in which they were traced
};
BOOST_DESCRIBE_STRUCT(member_impact_record, (), (id, advice, changed, decisions))

/// A decision that somebody's advice changed, as they see it.
struct impact_view {
    product_decision_id decision;
    std::string title;
    std::string before;
    std::string after;
    std::vector<advice_record> advice; ///< the cited pieces that are theirs
    instant at;                        ///< when it was traced
};
BOOST_DESCRIBE_STRUCT(impact_view, (), (decision, title, before, after, advice, at))

/// What the advice of a member changed, oldest first. Asked by that member, an employee or the
/// host.
struct list_impact {
    using answer = std::vector<impact_view>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(list_impact, (), (member))

} // namespace koc
