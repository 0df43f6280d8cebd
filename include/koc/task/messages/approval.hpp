// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of approvals: what takes two people. A request holds one command that does, or rules
// that leave others less than the present ones do, in an optional member of its type. These members
// are the list of what may be asked for: the aspect goes through them by their description.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/depth/messages/committee.hpp>
#include <koc/member/depth/messages/improvement.hpp>
#include <koc/member/depth/messages/office.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/programme/money.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/workflow/approval.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

struct approval_kind {
    static constexpr char const* noun = "approval";
    using record = struct approval_record;
};
/// A request for a second person's approval, by an id of the host's.
using approval_id = id<approval_kind>;

/// What takes two people.
struct approval_rules {
    /// Committing more than this, in minor units, alone on one day (of UTC): in surprises, in
    /// boosts and in base rewards of all seats of the tasks that are opened, together.
    money above{1'000'000};
    bool of_removals = true;          ///< what takes the right of veto from somebody
    duration answer_within = days(7); ///< above 0; then a request lapses
};
BOOST_DESCRIBE_STRUCT(approval_rules, (), (above, of_removals, answer_within))

inline result<void> check(approval_rules const& rules) {
    if (rules.above < money{} || rules.answer_within <= duration{}) {
        return error{errc::invalid_argument, "approval_rules",
            "expected an amount of 0 or more and a span of more than 0"};
    }
    return {};
}
/// Whether these rules ask for two people less often than the present ones do.
inline bool loosens(approval_rules const& now, approval_rules const& asked) {
    return asked.above > now.above || (now.of_removals && !asked.of_removals);
}

/// An employee asks for one of these to be done, which happens when another one approves.
struct request_approval {
    approval_id approval;
    std::optional<surprise_best> surprise;          ///< more than was promised, for selected work
    std::optional<amplify> boost;                   ///< a channel that costs much
    std::optional<end_office> removal;              ///< of a holder of the right of veto
    std::optional<open_task> opening = {};          ///< of a task that promises much
    std::optional<approval_rules> guard = {};       ///< rules that ask for less
    std::optional<committee_rules> committee = {};  ///< rules that leave the committee less
    std::optional<improvement_rules> priority = {}; ///< rules that leave priority less
    std::optional<record_waning> waning = {};       ///< of a holder of the right of veto
    std::optional<erase_member> erasure = {};       ///< of a person
};
BOOST_DESCRIBE_STRUCT(request_approval, (),
    (approval, surprise, boost, removal, opening, guard, committee, priority, waning, erasure))

/// Another employee approves; what was asked for is done with it, or the approval is refused.
struct approve_request {
    approval_id approval;
};
BOOST_DESCRIBE_STRUCT(approve_request, (), (approval))

/// Another employee says no.
struct reject_request {
    approval_id approval;
    std::string reason; ///< one line
};
BOOST_DESCRIBE_STRUCT(reject_request, (), (approval, reason))

/// Something waits for another employee; `employee` asks.
struct approval_requested {
    approval_id approval;
    std::uint64_t employee = 0;
    std::optional<surprise_best> surprise;
    std::optional<amplify> boost;
    std::optional<end_office> removal;
    instant until; ///< when it lapses
    std::optional<open_task> opening = {};
    std::optional<approval_rules> guard = {};
    std::optional<committee_rules> committee = {};
    std::optional<improvement_rules> priority = {};
    std::optional<record_waning> waning = {};
    std::optional<erase_member> erasure = {};
};
BOOST_DESCRIBE_STRUCT(approval_requested, (),
    (approval, employee, surprise, boost, removal, until, opening, guard, committee, priority,
        waning, erasure))

/// `employee` approved, and what was asked for is done.
struct approval_given {
    approval_id approval;
    std::uint64_t employee = 0;
};
BOOST_DESCRIBE_STRUCT(approval_given, (), (approval, employee))

/// `employee` said no.
struct approval_rejected {
    approval_id approval;
    std::uint64_t employee = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(approval_rejected, (), (approval, employee, reason))

/// Nobody decided a request in its time.
struct approval_lapsed {
    approval_id approval;
};
BOOST_DESCRIBE_STRUCT(approval_lapsed, (), (approval))

/// A request and how it stands.
struct approval_record {
    approval_id id;
    std::optional<surprise_best> surprise;
    std::optional<amplify> boost;
    std::optional<end_office> removal;
    approval state;
    std::optional<open_task> opening = {};
    std::optional<approval_rules> guard = {};
    std::optional<committee_rules> committee = {};
    std::optional<improvement_rules> priority = {};
    std::optional<record_waning> waning = {};
    std::optional<erase_member> erasure = {};
};
BOOST_DESCRIBE_STRUCT(approval_record, (),
    (id, surprise, boost, removal, state, opening, guard, committee, priority, waning, erasure))

struct spender_kind {
    static constexpr char const* noun = "spender";
    using record = struct day_spending_record;
};
/// Who commits money: an employee by their id, or 0 for the host and who acts by no id, whom
/// nothing on record tells apart.
using spender_id = id<spender_kind>;

/// What somebody has committed without a second person on the newest day on which they did: the
/// surprises and boosts, and the base rewards of all seats of the tasks that they opened.
struct day_spending_record {
    spender_id id;
    std::int64_t day = 0; ///< of UTC, in days since 1970-01-01
    money spent;
};
BOOST_DESCRIBE_STRUCT(day_spending_record, (), (id, day, spent))

/// The requests that wait for another employee, the first to lapse first, ties by id. Refused
/// (`not_qualified`) for members.
struct list_approvals {
    using answer = std::vector<approval_record>;
};
BOOST_DESCRIBE_STRUCT(list_approvals, (), ())

} // namespace koc
