// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which work of a task a surprise is for, and which of it a doubt holds back.

#include <koc/member/detail/accounts.hpp>
#include <koc/member/discovery/detail/held_back.hpp>
#include <koc/member/messages/erasure.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/reward.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/submission.hpp>

#include <vector>

namespace koc::detail {

/// The selected work of a task that has had no surprise, except that of erased accounts; by id.
template <typename World>
[[nodiscard]] std::vector<submission_record> without_surprise(World const& in, task_id task) {
    std::vector<submission_record> found;
    for (auto const& work : in.template get<submissions>().of(task)) {
        auto const* review = in.template find_record<review_record>(work.id.value());
        auto const* earned = in.template find_record<reward_record>(work.id.value());
        auto const* erased = in.template find_record<erasure_record>(work.member.value());
        if (review != nullptr && review->chosen && (earned == nullptr || !earned->surprised) &&
            erased == nullptr) {
            found.push_back(work);
        }
    }
    return found;
}

/// Whether a surprise passes over a piece of work, as its author is in doubt.
template <typename World>
[[nodiscard]] bool surprise_held(World const& in, submission_record const& work) {
    return held_back(in, kept_for(in, work.member)) != nullptr;
}

} // namespace koc::detail
