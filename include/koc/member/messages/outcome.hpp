// SPDX-License-Identifier: BSL-1.0
#pragma once

// What became of a piece of work, as it counts for the person who did it: every review ends in this
// event, and the track record, the roster and the relationship follow it.

#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <vector>

namespace koc {

/// A piece of work by `member` on the subjects `tags` was judged `quality`, from 0 to 1, at `at`.
struct outcome_recorded {
    member_id member;
    std::vector<tag_id> tags; ///< its subjects, each once
    score quality;            ///< from 0 to 1
    instant at;               ///< when it was done
};
BOOST_DESCRIBE_STRUCT(outcome_recorded, (), (member, tags, quality, at))

/// An outcome that was recorded as `was` counts as `quality` instead.
struct outcome_corrected {
    member_id member;
    std::vector<tag_id> tags; ///< the subjects with which it was recorded
    score was;                ///< the quality with which it was recorded
    score quality;            ///< with which it counts now, from 0 to 1
    instant at;               ///< of the outcome
};
BOOST_DESCRIBE_STRUCT(outcome_corrected, (), (member, tags, was, quality, at))

} // namespace koc
