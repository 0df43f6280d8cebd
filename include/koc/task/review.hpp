// SPDX-License-Identifier: BSL-1.0
#pragma once

// Review: each piece of work is rated in every dimension of the rubric that its objective fixed at
// the start, the judgement is the weighted mean, and it goes straight into the track record of the
// person. When all is judged, the best are selected by one rule for everybody: equal work meets an
// equal fate.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/outcome.hpp>
#include <koc/registry/table.hpp>
#include <koc/search/explanation.hpp>
#include <koc/task/objective.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>
#include <utility>
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

struct work_reviewed {
    submission_id submission;
    task_id task;
    member_id member;
    score quality;       ///< the weighted mean of the ratings, from 0 to 1
    explanation why;     ///< a part a dimension
    bool passed = false; ///< meets the objective
};
BOOST_DESCRIBE_STRUCT(work_reviewed, (), (submission, task, member, quality, why, passed))

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

/// The judgements.
class reviews {
public:
    using events = event_list<work_reviewed, best_selected>;
    using commands = command_list<review_work, select_best>;

    [[nodiscard]] table<review_record> const& all() const { return reviews_; }
    [[nodiscard]] review_record const* find(submission_id which) const {
        return reviews_.find(which);
    }

    result<void> decide(auto const& world, review_work const& command, auto& out) const {
        auto const name = subject("submission", command.submission);
        auto const* work = world.template get<submissions>().find(command.submission);
        if (work == nullptr) {
            return unknown("submission", command.submission);
        }
        if (reviews_.contains(command.submission)) {
            return error{errc::already_exists, name, "expected work that is not reviewed yet"};
        }
        auto const& task = *world.template get<tasks>().find(work->task);
        auto const& plan = world.template get<objectives>().find(task.objective)->plan;
        if (command.ratings.size() != plan.rubric.size()) {
            return error{errc::invalid_argument, name,
                "expected one rating for each of the " + std::to_string(plan.rubric.size()) +
                    " dimensions of the objective's rubric"};
        }
        // The parts are differences of the exact running mean, so they add up to it, and work that
        // is at the mark in every dimension is at the mark.
        std::int64_t exact = 0;
        score quality;
        explanation why;
        for (auto const& [dimension, weight] : plan.rubric) {
            auto const given = std::find_if(command.ratings.begin(), command.ratings.end(),
                [&, &d = dimension](rating const& r) { return r.criterion == d; });
            if (given == command.ratings.end() || given->value < score{} ||
                given->value > whole(1)) {
                return error{errc::invalid_argument, name,
                    "expected a rating from 0 to 1 for the dimension '" + dimension +
                        "' of the objective's rubric"};
            }
            exact += given->value.raw * weight.raw;
            score const so_far{exact / score::unit};
            why.add(dimension, so_far - quality);
            quality = so_far;
        }
        std::vector<tag_id> about;
        for (auto const& wanted : task.brief.wanted) {
            about.push_back(wanted.tag);
        }
        out.emit(work_reviewed{
            work->id, work->task, work->member, quality, std::move(why), quality >= plan.pass_at});
        out.emit(outcome_recorded{work->member, std::move(about), quality, out.now()});
        return {};
    }

    result<void> decide(auto const& world, select_best const& command, auto& out) const {
        auto const* task = world.template get<tasks>().find(command.task);
        if (task == nullptr) {
            return unknown("task", command.task);
        }
        auto const name = subject("task", command.task);
        if (auto refused = task->check(task_moment::best_selected)) {
            return *std::move(refused);
        }
        if (command.quota < 1 || command.threshold < score{} || command.threshold > whole(1)) {
            return error{errc::invalid_argument, name,
                "expected a quota of 1 or more and a threshold from 0 to 1"};
        }
        std::vector<review_record> good;
        for (auto which : world.template get<submissions>().of(command.task)) {
            auto const* judged = find(which);
            if (judged == nullptr) {
                return error{errc::wrong_state, subject("submission", which),
                    "expected all work of the task to be reviewed before the best is chosen"};
            }
            if (judged->quality >= command.threshold) {
                good.push_back(*judged);
            }
        }
        if (good.empty()) {
            return error{errc::not_qualified, name,
                "expected at least one piece of work at the threshold; lower it or close the "
                "task"};
        }
        std::sort(good.begin(), good.end(), [](review_record const& a, review_record const& b) {
            return (a.quality > b.quality) || (a.quality == b.quality && a.id < b.id);
        });
        auto const last = std::min(static_cast<std::size_t>(command.quota), good.size()) - 1;
        auto const cut = good[last].quality;
        std::vector<submission_id> chosen;
        for (auto const& judged : good) {
            if (judged.quality >= cut) {
                chosen.push_back(judged.id);
            }
        }
        out.emit(best_selected{command.task, std::move(chosen), cut});
        return {};
    }

    void apply(work_reviewed const& event, instant) {
        reviews_.insert({event.submission, event.quality, event.passed, false});
    }
    void apply(best_selected const& event, instant) {
        for (auto which : event.chosen) {
            reviews_.update(which, [](review_record& r) { r.chosen = true; });
        }
    }

    void digest_into(hasher& into) const {
        for (auto const& r : reviews_) {
            into.add(r.id).add(r.quality).add(r.passed).add(r.chosen);
        }
    }

private:
    table<review_record> reviews_;
};

} // namespace koc
