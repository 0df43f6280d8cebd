// SPDX-License-Identifier: BSL-1.0
#pragma once

// Open work: who was found in the brand's own communities makes no work that is published on open
// platforms before their own first public piece, which was planned, polished and signed off. Before
// that piece they have shared in their community, and the steps of their plan come first.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/cultivation/detail/shared_first.hpp>
#include <koc/member/cultivation/first_voice.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// Keeps tasks that are published openly from who is not there yet.
class open_work : public aspect<open_work> {
public:
    using follows = event_list<may_offer, may_accept, work_submitted>;
    using reads = aspect_list<first_voice>;

    [[nodiscard]] result<void> review(may_offer const& question, world const& in) const {
        return check_voiced(question.task, question.member, in);
    }
    [[nodiscard]] result<void> review(may_accept const& question, world const& in) const {
        return check_voiced(question.task, question.member, in);
    }
    /// Nor is it handed in on a seat that was taken under earlier rules.
    [[nodiscard]] result<void> review(work_submitted const& event, world const& in) const {
        return check_voiced(event.task, event.member, in);
    }

private:
    /// What comes first is named first: a step of the plan, the sharing, then the piece.
    static result<void> check_voiced(task_id task, member_id who, world const& in) {
        if (!in.at(task).brief.published_openly) {
            return {};
        }
        KOC_TRY(detail::check_voice_reached(in, who));
        if (!in.get<first_voice>().is_guided(who, in)) {
            return {};
        }
        KOC_TRY(detail::check_shared(in, who));
        return error{errc::wrong_state, subject("member", who),
            "expected somebody whose first public piece is published, as the work of " +
                subject("task", task) +
                " is published openly; plan that piece with them, polish it, sign it off and "
                "publish it first"};
    }

    BOOST_DESCRIBE_CLASS(open_work, (), (), (), ())
};

} // namespace koc
