// SPDX-License-Identifier: BSL-1.0
#pragma once

// Work that was handed in: by whom, for which task, and where it can be seen. Only who holds a seat
// can hand in, once, before the lease ends.

#include <koc/core/arrival_map.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/attention.hpp>
#include <koc/registry/table.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace koc {

using submission_id = id<struct submission_kind>;

/// Hands in work for a task in which the member holds a seat.
struct submit_work {
    submission_id submission;
    task_id task;
    member_id member;
    std::string link; ///< where the work can be seen
};
BOOST_DESCRIBE_STRUCT(submit_work, (), (submission, task, member, link))

struct work_submitted {
    submission_id submission;
    task_id task;
    member_id member;
    offer_id offer;
    std::string link;
};
BOOST_DESCRIBE_STRUCT(work_submitted, (), (submission, task, member, offer, link))

struct submission_record {
    submission_id id;
    task_id task;
    member_id member;
    offer_id offer;
    std::string link;
};

/// The work that came in.
class submissions {
public:
    using events = event_list<work_submitted>;
    using commands = command_list<submit_work>;

    [[nodiscard]] table<submission_record> const& all() const { return submissions_; }
    [[nodiscard]] submission_record const* find(submission_id which) const {
        return submissions_.find(which);
    }
    /// The submissions of a task, oldest first.
    [[nodiscard]] std::vector<submission_id> of(task_id task) const {
        auto const it = by_task_.find(task);
        return it == by_task_.end() ? std::vector<submission_id>{} : it->second;
    }

    result<void> decide(auto const& world, submit_work const& command, auto& out) const {
        auto const name = subject("submission", command.submission);
        if (!command.submission.valid() || submissions_.contains(command.submission)) {
            return error{errc::already_exists, name, "expected a new submission id above 0"};
        }
        auto const* task = world.template get<tasks>().find(command.task);
        if (task == nullptr) {
            return unknown("task", command.task);
        }
        if (auto refused = check_name("link of " + name, command.link)) {
            return *std::move(refused);
        }
        auto const* seat = world.template get<offers>().find(command.task, command.member);
        if (seat == nullptr || seat->standing != offer_stage::held || seat->until <= out.now()) {
            return error{errc::wrong_state, subject("member", command.member),
                "expected somebody who holds a seat of " + subject("task", command.task) +
                    " whose lease has not ended; accept or claim it first"};
        }
        if (auto refused = task->check(task_moment::handed_in)) {
            return *std::move(refused);
        }
        out.emit(work_submitted{
            command.submission, command.task, command.member, seat->id, command.link});
        out.emit(offer_fulfilled{seat->id});
        out.emit(commitment_ended{command.member});
        return {};
    }

    void apply(work_submitted const& event, instant) {
        submissions_.insert({event.submission, event.task, event.member, event.offer, event.link});
        by_task_[event.task].push_back(event.submission);
    }

    void digest_into(hasher& into) const {
        for (auto const& s : submissions_) {
            into.add(s.id).add(s.task).add(s.member).add(s.offer).add(s.link);
        }
    }

private:
    table<submission_record> submissions_;
    arrival_map<task_id, std::vector<submission_id>> by_task_;
};

} // namespace koc
