// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of reviews: work judged against its objective, and the best of it selected.

#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// How good a work is in one dimension, from 0 to 1.
struct rating {
    std::string criterion;
    score value;
};
BOOST_DESCRIBE_STRUCT(rating, (), (criterion, value))

/// Rates a piece of work in every dimension of its objective's rubric.
struct review_work {
    submission_id submission;
    std::vector<rating> ratings;
};
BOOST_DESCRIBE_STRUCT(review_work, (), (submission, ratings))

/// Selects the best reviewed work of a task: at most `quota` pieces of at least `threshold`, and
/// with the last of them every piece that is exactly as good.
struct select_best {
    task_id task;
    std::int64_t quota = 1;
    score threshold = percent(80);
};
BOOST_DESCRIBE_STRUCT(select_best, (), (task, quota, threshold))

/// Replaces the ratings of a review that was wrong.
struct correct_review {
    submission_id submission;
    std::vector<rating> ratings;
    std::string reason; ///< not empty
};
BOOST_DESCRIBE_STRUCT(correct_review, (), (submission, ratings, reason))

struct work_reviewed {
    submission_id submission;
    task_id task;
    member_id member;
    score quality;       ///< the weighted mean of the ratings, from 0 to 1
    explanation why;     ///< a part a dimension
    bool passed = false; ///< meets the objective
};
BOOST_DESCRIBE_STRUCT(work_reviewed, (), (submission, task, member, quality, why, passed))

/// A review was corrected; `was` is the quality before.
struct review_corrected {
    submission_id submission;
    task_id task;
    member_id member;
    score was;
    score quality;
    explanation why;
    bool passed = false;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(review_corrected, (), (submission, task, member, was, quality, why, passed, reason))

struct best_selected {
    task_id task;
    std::vector<submission_id> chosen; ///< best first, ties by id
    score cut;                         ///< the lowest quality among them
};
BOOST_DESCRIBE_STRUCT(best_selected, (), (task, chosen, cut))

struct review_record {
    submission_id id;
    score quality;
    bool passed = false;
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(review_record, (), (id, quality, passed, chosen))

} // namespace koc
