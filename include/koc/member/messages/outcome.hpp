// SPDX-License-Identifier: BSL-1.0
#pragma once

// What became of a piece of work, as it counts for the person who did it. This one event is how the
// task loop closes: every review ends in it, and the track record, the roster and the relationship
// follow it.

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
    std::vector<tag_id> tags;
    score quality;
    instant at;
};
BOOST_DESCRIBE_STRUCT(outcome_recorded, (), (member, tags, quality, at))

} // namespace koc
