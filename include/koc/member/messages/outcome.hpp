// SPDX-License-Identifier: BSL-1.0
#pragma once

// What became of a piece of work, as it counts for the person who did it: every review ends in this
// event, and the track record, the roster and the relationship follow it.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
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
/// What `record_outcome` lets through.
inline result<void> check(outcome_recorded const& event) {
    auto repeated = false;
    if (event.tags.size() <= 16) { // nearly always; nothing is allocated
        for (auto tag = event.tags.begin(); tag != event.tags.end(); ++tag) {
            repeated = repeated || std::find(event.tags.begin(), tag, *tag) != tag;
        }
    } else {
        auto ordered = event.tags;
        std::sort(ordered.begin(), ordered.end());
        repeated = std::adjacent_find(ordered.begin(), ordered.end()) != ordered.end();
    }
    if (repeated) {
        return error{errc::invalid_argument, "outcome_recorded.tags", "expected each tag once"};
    }
    return check_share("outcome_recorded.quality", event.quality);
}

/// An outcome that was recorded as `was` counts as `quality` instead.
struct outcome_corrected {
    member_id member;
    std::vector<tag_id> tags; ///< the subjects with which it was recorded
    score was;                ///< the quality with which it was recorded
    score quality;            ///< with which it counts now, from 0 to 1
    instant at;               ///< of the outcome
};
BOOST_DESCRIBE_STRUCT(outcome_corrected, (), (member, tags, was, quality, at))
/// What `correct_outcome` lets through.
inline result<void> check(outcome_corrected const& event) {
    KOC_TRY(check_share("outcome_corrected.was", event.was));
    return check_share("outcome_corrected.quality", event.quality);
}

} // namespace koc
