// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of reviews: work judged against its objective, and the best of it selected.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// How good a work is in one dimension, from 0 to 1.
struct rating {
    std::string criterion; ///< the name of a dimension of the rubric
    score value;           ///< from 0 to 1
};
BOOST_DESCRIBE_STRUCT(rating, (), (criterion, value))

/// Rates a piece of work in every dimension of its objective's rubric.
struct review_work {
    submission_id submission;
    std::vector<rating> ratings; ///< one for each dimension
};
BOOST_DESCRIBE_STRUCT(review_work, (), (submission, ratings))

/// The most pieces of work that are selected by a quota.
inline constexpr std::int64_t best_most = 1'000'000;

/// Selects the best work of a task, that of alumni left out: at most `quota` pieces of at least
/// `threshold`, and with the last of them every piece that is exactly as good. It comes once, so it
/// waits until no lease of the task runs and all work is reviewed.
struct select_best {
    task_id task;
    std::int64_t quota = 1;        ///< from 1 to `best_most`
    score threshold = percent(80); ///< the least quality, from 0 to 1
};
BOOST_DESCRIBE_STRUCT(select_best, (), (task, quota, threshold))

/// Replaces the ratings of a review that was wrong. The track record, the seat and the base reward
/// follow.
///
/// After the best of the task were selected, the selection stands, and what it brought may already
/// be paid. Then a review is corrected only where the selection remains right: selected work would
/// still be selected by the same quota and threshold (or has become better), and no other work
/// would be.
struct correct_review {
    submission_id submission;
    std::vector<rating> ratings; ///< one for each dimension
    personal_words reason;       ///< one line
};
BOOST_DESCRIBE_STRUCT(correct_review, (), (submission, ratings, reason))

/// Work was judged by the rubric of its objective.
struct work_reviewed {
    submission_id submission;
    task_id task;
    member_id member;
    score quality;                   ///< the weighted mean of the ratings, from 0 to 1
    explanation why;                 ///< a part a dimension
    bool passed = false;             ///< meets the objective
    bool assessed = true;            ///< counts in the track record; not in old journals, of alumni
    std::vector<score> ratings = {}; ///< in the order of the objective's rubric
};
BOOST_DESCRIBE_STRUCT(
    work_reviewed, (), (submission, task, member, quality, why, passed, assessed, ratings))
/// What `review_work` lets through.
inline result<void> check(work_reviewed const& event) {
    KOC_TRY(check_share("work_reviewed.quality", event.quality));
    for (auto const each : event.ratings) {
        KOC_TRY(check_share("work_reviewed.ratings", each));
    }
    return {};
}

/// A piece of work is taken as it is and will not be reviewed, as its author is not assessed any
/// more: they became an alumnus while it waited for its review, or handed it in as one.
struct review_waived {
    submission_id submission;
    task_id task;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(review_waived, (), (submission, task, member))

/// A review was corrected; `was` is the quality before.
struct review_corrected {
    submission_id submission;
    task_id task;
    member_id member;
    score was;                       ///< the quality before, from 0 to 1
    score quality;                   ///< from now on, from 0 to 1
    explanation why;                 ///< a part a dimension
    bool passed = false;             ///< whether it meets the objective now
    personal_text reason;            ///< the member's; one line
    std::vector<score> ratings = {}; ///< in the order of the objective's rubric
};
BOOST_DESCRIBE_STRUCT(
    review_corrected, (), (submission, task, member, was, quality, why, passed, reason, ratings))
/// What `correct_review` lets through.
inline result<void> check(review_corrected const& event) {
    KOC_TRY(check_share("review_corrected.was", event.was));
    KOC_TRY(check_share("review_corrected.quality", event.quality));
    for (auto const each : event.ratings) {
        KOC_TRY(check_share("review_corrected.ratings", each));
    }
    return {};
}

/// The best work of a task was selected.
struct best_selected {
    task_id task;
    std::vector<submission_id> chosen; ///< best first, ties by id
    score cut;                         ///< the lowest quality among them
    std::int64_t quota = 1;            ///< as asked
    score threshold;                   ///< as asked
    /// Work of alumni, or that was taken as it is, by id; none where there was no such work.
    std::optional<std::vector<submission_id>> left_out = {};
};
BOOST_DESCRIBE_STRUCT(best_selected, (), (task, chosen, cut, quota, threshold, left_out))
/// What `select_best` lets through.
inline result<void> check(best_selected const& event) {
    return check_between("best_selected.quota", event.quota, 1, best_most);
}

/// The judgement of a piece of work that counts now.
struct review_record {
    submission_id id;
    score quality;       ///< from 0 to 1
    bool passed = false; ///< whether it meets its objective
    bool chosen = false; ///< whether it was selected as one of the best
    std::optional<instant>
        outcome_at; ///< of its outcome in the track record; none for work of alumni of old journals
    member_id member;
    instant at;                 ///< handed in
    std::vector<score> ratings; ///< in the order of the objective's rubric

    /// Whether it counts for its author.
    [[nodiscard]] bool assessed() const { return outcome_at.has_value(); }
};
BOOST_DESCRIBE_STRUCT(
    review_record, (), (id, quality, passed, chosen, outcome_at, member, at, ratings))

/// A piece of work that is taken as it is.
struct review_waiver {
    submission_id id;
};
BOOST_DESCRIBE_STRUCT(review_waiver, (), (id))

/// How the best work of a task was selected.
struct selection_record {
    task_id id;
    std::int64_t quota = 1;              ///< how many at most, but for ties
    score threshold;                     ///< the least quality, from 0 to 1
    score cut;                           ///< the lowest quality among the selected, from 0 to 1
    std::vector<submission_id> left_out; ///< by id
};
BOOST_DESCRIBE_STRUCT(selection_record, (), (id, quota, threshold, cut, left_out))

} // namespace koc
