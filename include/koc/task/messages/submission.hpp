// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of submissions: work that was handed in.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/member/member.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>

namespace koc {

struct submission_kind {
    static constexpr char const* noun = "submission";
    using record = struct submission_record;
};
using submission_id = id<submission_kind>;

/// Hands in work for a task in which the member holds a seat. A link is handed in once.
struct submit_work {
    submission_id submission;
    task_id task;
    member_id member;
    personal_words link; ///< the member's: where the work can be seen
};
BOOST_DESCRIBE_STRUCT(submit_work, (), (submission, task, member, link))

/// Work was handed in within its lease.
struct work_submitted {
    submission_id submission;
    task_id task;
    member_id member;
    offer_id offer;
    personal_text link;
};
BOOST_DESCRIBE_STRUCT(work_submitted, (), (submission, task, member, offer, link))

/// A piece of work.
struct submission_record {
    submission_id id;
    task_id task;
    member_id member;
    offer_id offer;
    personal_text link;
    instant submitted_at; ///< when it was handed in
};
BOOST_DESCRIBE_STRUCT(submission_record, (), (id, task, member, offer, link, submitted_at))

} // namespace koc
