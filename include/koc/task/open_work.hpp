// SPDX-License-Identifier: BSL-1.0
#pragma once

// Open work: who was found in the brand's own communities makes no work that is published on open
// platforms before their own first public piece, which was planned, polished and signed off, and
// what they make for the community is not carried further before it either. Before that piece they
// have shared in their community, and the steps of their plan come first.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/cultivation/detail/shared_first.hpp>
#include <koc/member/cultivation/first_voice.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/task/messages/amplification.hpp>
#include <koc/task/messages/offer.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace koc {

/// Keeps tasks that are published openly, and the brand's channels, from who is not there yet.
class open_work : public aspect<open_work> {
public:
    using follows = event_list<may_offer, may_accept, work_submitted, amplified>;
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
    /// The brand's channels speak to everybody, so that work for the community is in the open
    /// there.
    [[nodiscard]] result<void> review(amplified const& event, world const& in) const {
        auto const author = detail::kept_for(in, in.at(event.submission).member);
        if (!in.get<first_voice>().is_guided(author, in)) {
            return {};
        }
        KOC_TRY(detail::check_voice_reached(in, author));
        return check_first_piece(author,
            koc::quoted(event.channel) + " carries " + subject("submission", event.submission) +
                " into the open",
            in);
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
        return check_first_piece(
            who, "the work of " + subject("task", task) + " is published openly", in);
    }
    /// The refusal of somebody who is guided and has no public piece yet; `why` says what asks for
    /// one.
    static result<void> check_first_piece(member_id who, std::string const& why, world const& in) {
        KOC_TRY(detail::check_shared(in, who));
        return error{errc::wrong_state, subject("member", who),
            "expected somebody whose first public piece is published, as " + why +
                "; plan that piece with them, polish it, sign it off and publish it first"};
    }

    BOOST_DESCRIBE_CLASS(open_work, (), (), (), ())
};

} // namespace koc
