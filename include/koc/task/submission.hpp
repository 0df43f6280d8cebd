// SPDX-License-Identifier: BSL-1.0
#pragma once

// Submissions: work that was handed in, by whom, for which task, and where it can be seen. Only who
// holds a seat can hand in, once, before the lease ends; and the same link is handed in by one
// person for one task.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/attention.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>
#include <koc/task/detail/awaits_review.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/offer.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <utility>

namespace koc {

/// The work that came in.
class submissions : public aspect<submissions> {
public:
    using events = event_list<work_submitted>;
    using commands = command_list<submit_work>;
    using follows = event_list<account_closing>;
    using reads = aspect_list<offers>;

    /// The submissions of a task, oldest first.
    [[nodiscard]] found_records<submission_record> of(task_id task) const {
        return submissions_.all<by_task>(task);
    }

    /// The submissions of a member, oldest first.
    [[nodiscard]] found_records<submission_record> of_author(member_id who) const {
        return submissions_.all<by_author>(who);
    }

    static constexpr auto guards(submit_work const*) {
        return require(by_member<&submit_work::member>, known<&submit_work::task>,
            known<&submit_work::member>);
    }
    result<void> decide(submit_work const& command, context& in) const {
        auto const name = subject("submission", command.submission);
        if (!command.submission.valid() || submissions_.contains(command.submission)) {
            return error{errc::already_exists, name, "expected a new submission id above 0"};
        }
        if (auto refused = check_name("link of " + name, command.link.text)) {
            return *std::move(refused);
        }
        // A seat is held only in a task that takes work: when a task ends, its offers are
        // withdrawn.
        auto const* seat = in.get<offers>().find(command.task, command.member);
        if (seat == nullptr || seat->stage != offer_stage::held || seat->until <= in.now()) {
            return error{errc::wrong_state, subject("member", command.member),
                "expected somebody who holds a seat of " + subject("task", command.task) +
                    " whose lease has not ended; accept or claim it first"};
        }
        auto const link = command.link.of(command.member.value());
        for (auto const& known : submissions_.all<by_link>(link)) {
            if (known.link.text == link.text) {
                return error{errc::already_exists, "link of " + name,
                    "expected work that was not handed in before, but this link came with " +
                        subject("submission", known.id) + "; hand in another"};
            }
        }
        in.record(work_submitted{command.submission, command.task, command.member, seat->id, link});
        KOC_TRY(in.call(fulfil_offer{seat->id}));
        return in.call(end_commitment{command.member});
    }

    /// Work that is still to be reviewed is reviewed as that of who did it.
    [[nodiscard]] result<void> review(account_closing const& event, world const& in) const {
        result<void> done;
        submissions_.for_each([&](submission_record const& work) {
            if (done && work.member == event.member && detail::awaits_review(in, work) &&
                !task_lifecycle::rests(in.at(work.task).stage)) {
                done = detail::still_open(event.member,
                    subject("submission", work.id) + " is not reviewed", "review it first");
            }
        });
        return done;
    }

    void apply(work_submitted const& event, world const& in) {
        submissions_.insert(
            {event.submission, event.task, event.member, event.offer, event.link, in.now()});
    }

private:
    using by_task = by<&submission_record::task>;
    using by_author = by<&submission_record::member>;

    using by_link = by<&submission_record::link>;

    table<submission_record, by_task, by_author, by_link> submissions_;
    BOOST_DESCRIBE_CLASS(submissions, (), (), (), (submissions_))
};

} // namespace koc
