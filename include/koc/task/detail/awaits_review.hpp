// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether somebody has to judge a piece of work before its task can go on.

#include <koc/engine/world.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/submission.hpp>

namespace koc::detail {

/// Whether a piece of work is not judged, or not any more: its author is an alumnus, or it was
/// taken as it is when they were one.
inline bool is_beyond_review(world_view const& in, submission_record const& work) {
    return is_alumnus(in, kept_for(in, work.member)) ||
        in.find_record<review_waiver>(work.id.value()) != nullptr;
}
/// Whether it has to be reviewed and was not.
inline bool awaits_review(world_view const& in, submission_record const& work) {
    return in.find_record<review_record>(work.id.value()) == nullptr && !is_beyond_review(in, work);
}

} // namespace koc::detail
