// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of improvements: what members propose to change about a product.

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

struct improvement_kind {
    static constexpr char const* noun = "improvement";
    using record = struct improvement_record;
};
/// A proposal of a member's, by an id of the host's.
using improvement_id = id<improvement_kind>;

/// How soon proposals are answered.
struct improvement_rules {
    duration answer_within = days(30);  ///< those without priority; above 0
    duration priority_within = days(7); ///< those with priority
};
BOOST_DESCRIBE_STRUCT(improvement_rules, (), (answer_within, priority_within))

inline result<void> check(improvement_rules const& rules) {
    if (rules.priority_within <= duration{} || rules.answer_within < rules.priority_within) {
        return error{errc::invalid_argument, "improvement_rules",
            "expected spans of more than 0, the one for priority not the longer one"};
    }
    return {};
}

/// Proposes to change something. Priority is for holders of an office with that right.
struct propose_improvement {
    improvement_id improvement;
    member_id member;
    personal_text text;
    bool priority = false; ///< by a right of their office
};
BOOST_DESCRIBE_STRUCT(propose_improvement, (), (improvement, member, text, priority))

/// Answers a proposal. Those with priority come first, also before older ones.
struct answer_improvement {
    improvement_id improvement;
    bool taken_up = false; ///< whether it will be done
    std::string answer;    ///< not blank
};
BOOST_DESCRIBE_STRUCT(answer_improvement, (), (improvement, taken_up, answer))

/// A proposal waits for its answer.
struct improvement_proposed {
    improvement_id improvement;
    member_id member;
    personal_text text;
    bool priority = false;
    instant answer_by; ///< after which `answer_overdue` is recorded
};
BOOST_DESCRIBE_STRUCT(improvement_proposed, (), (improvement, member, text, priority, answer_by))

/// A proposal was answered; `taken_up` says whether it will be done.
struct improvement_answered {
    improvement_id improvement;
    member_id member;
    bool taken_up = false;
    std::string answer;
};
BOOST_DESCRIBE_STRUCT(improvement_answered, (), (improvement, member, taken_up, answer))

/// A proposal was not answered in time. It stays open.
struct answer_overdue {
    improvement_id improvement;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(answer_overdue, (), (improvement, member))

/// A proposal and its answer.
struct improvement_record {
    improvement_id id;
    member_id member;
    personal_text text;
    bool priority = false; ///< answered before the others
    bool answered = false;
    bool taken_up = false; ///< whether it will be done, once answered
    bool overdue = false;  ///< was not answered in time
    instant answer_by;     ///< when it is overdue
    std::string answer;    ///< empty until then
};
BOOST_DESCRIBE_STRUCT(improvement_record, (),
    (id, member, text, priority, answered, taken_up, overdue, answer_by, answer))

/// The open proposals in the order in which they may be answered: those with priority, then the
/// others, each oldest first.
struct list_improvements {
    using answer = std::vector<improvement_id>;
};
BOOST_DESCRIBE_STRUCT(list_improvements, (), ())

} // namespace koc
