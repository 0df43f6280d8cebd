// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of improvements: what members propose to change about a product, and which decision of
// the committee a proposal led to.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

struct improvement_kind {
    static constexpr char const* noun = "improvement";
    using record = struct improvement_record;
};
/// A proposal of a member's, by an id of the host's.
using improvement_id = id<improvement_kind>;

struct product_decision_kind {
    static constexpr char const* noun = "decision";
    using record = struct product_decision_record;
};
/// A decision about a product, by an id of the host's.
using product_decision_id = id<product_decision_kind>;

/// How soon proposals are answered, and how many with priority one holder may have open. Where a
/// proposal is put to the committee, the time for its answer begins at that decision's deadline.
struct improvement_rules {
    duration answer_within = days(30);  ///< those without priority; above 0
    duration priority_within = days(7); ///< those with priority
    std::int64_t priority_max = 1;      ///< open ones with priority of one holder; from 1 on
};
BOOST_DESCRIBE_STRUCT(improvement_rules, (), (answer_within, priority_within, priority_max))

inline result<void> check(improvement_rules const& rules) {
    if (rules.priority_within <= duration{} || rules.answer_within < rules.priority_within) {
        return error{errc::invalid_argument, "improvement_rules",
            "expected spans of more than 0, the one for priority not the longer one"};
    }
    if (rules.priority_max < 1) {
        return error{errc::invalid_argument, "improvement_rules.priority_max",
            "expected 1 or more, so that the right of priority can be used; raise it"};
    }
    return {};
}
/// Whether these rules leave holders of the right of priority less than the present ones do.
inline bool loosens(improvement_rules const& now, improvement_rules const& asked) {
    return asked.priority_within > now.priority_within || asked.priority_max < now.priority_max;
}

/// Proposes to change something. Priority is for holders of an office with that right.
struct propose_improvement {
    improvement_id improvement;
    member_id member;
    personal_text text;
    bool priority = false; ///< by a right of their office
};
BOOST_DESCRIBE_STRUCT(propose_improvement, (), (improvement, member, text, priority))

/// Answers a proposal. Those with priority come first, also before older ones. One that is taken up
/// names the decision about it that the committee carried and that was adopted.
struct answer_improvement {
    improvement_id improvement;
    bool taken_up = false;                            ///< whether it will be done
    personal_words answer;                            ///< not blank
    std::optional<product_decision_id> decision = {}; ///< only of one that is taken up
};
BOOST_DESCRIBE_STRUCT(answer_improvement, (), (improvement, taken_up, answer, decision))

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
    personal_text answer;                             ///< the proposer's
    std::optional<product_decision_id> decision = {}; ///< by which it is taken up
};
BOOST_DESCRIBE_STRUCT(improvement_answered, (), (improvement, member, taken_up, answer, decision))

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
    bool taken_up = false;                       ///< whether it will be done, once answered
    bool overdue = false;                        ///< was not answered in time
    instant answer_by;                           ///< when it is overdue
    personal_text answer;                        ///< empty until then
    std::optional<product_decision_id> decision; ///< about it: by which taken up, or the newest
};
BOOST_DESCRIBE_STRUCT(improvement_record, (),
    (id, member, text, priority, answered, taken_up, overdue, answer_by, answer, decision))

/// The open proposals in the order in which they are listed: those with priority, then the
/// others, each oldest first.
struct list_improvements {
    using answer = std::vector<improvement_id>;
};
BOOST_DESCRIBE_STRUCT(list_improvements, (), ())

} // namespace koc
