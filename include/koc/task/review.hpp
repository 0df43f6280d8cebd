// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reviews: each piece of work is rated in every dimension of the rubric that its objective fixed at
// the start; the weighted mean is its quality, which becomes an outcome in the member's track
// record. Work that does not meet the objective frees its seat. When all is reviewed, the best are
// selected by quota and threshold, equal work alike. Work of alumni is never judged: what waits for
// its review when they step back, and what they hand in later, is taken as it is.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/track_record.hpp>
#include <koc/search/explanation.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>
#include <koc/task/detail/awaits_review.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/task.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/submission.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// What work was judged to be, and which of it was selected.
class reviews : public aspect<reviews> {
public:
    using events = event_list<work_reviewed, review_waived, review_corrected, best_selected>;
    using commands = command_list<review_work, correct_review, select_best>;
    using follows = event_list<assessment_ended, work_submitted>;
    using reads = aspect_list<offers, submissions>;

    /// The reviewed work of a member, in the order in which it was handed in. O(log n + that work).
    [[nodiscard]] found_records<review_record> of(member_id who) const {
        return reviews_.all<by_author>(who);
    }
    /// Calls `visit(record)` for each review, oldest first. O(reviews).
    template <typename Visit>
    void each(Visit&& visit) const {
        reviews_.for_each(std::forward<Visit>(visit));
    }

    static constexpr auto guards(review_work const*) {
        return require(by_desk<review_work>, known<&review_work::submission>);
    }
    result<void> decide(review_work const& command, context& in) const {
        auto const& work = in.at(command.submission);
        KOC_TRY(check_judged(work, in));
        if (reviews_.contains(work.id)) {
            return error{errc::already_exists, subject("submission", work.id),
                "expected work that is not reviewed yet; correct its review instead"};
        }
        auto judged = judge(work, command.ratings, in);
        if (!judged) {
            return std::move(judged).error();
        }
        in.record(work_reviewed{work.id, work.task, work.member, judged->quality,
            std::move(judged->why), judged->passed, true, std::move(judged->ratings)});
        return {};
    }

    static constexpr auto guards(correct_review const*) {
        return require(by_desk<correct_review>, known<&correct_review::submission>);
    }
    result<void> decide(correct_review const& command, context& in) const {
        auto const& work = in.at(command.submission);
        auto const name = subject("submission", work.id);
        KOC_TRY(check_judged(work, in));
        if (!reviews_.contains(work.id)) {
            return error{
                errc::wrong_state, name, "expected work that is reviewed; review it first"};
        }
        if (auto refused =
                check_name("reason to correct the review of " + name, command.reason.text)) {
            return *std::move(refused);
        }
        auto judged = judge(work, command.ratings, in);
        if (!judged) {
            return std::move(judged).error();
        }
        KOC_TRY(check_selection(work, judged->quality, in));
        in.record(review_corrected{work.id, work.task, work.member, reviews_[work.id].quality,
            judged->quality, std::move(judged->why), judged->passed,
            command.reason.of(work.member.value()), std::move(judged->ratings)});
        return {};
    }

    static constexpr auto guards(select_best const*) {
        return require(by_desk<select_best>, known<&select_best::task>,
            may_step<&select_best::task, task_lifecycle, task_trigger::best_selected>,
            within<&select_best::quota, 1, best_most>,
            within<&select_best::threshold, score{}, whole(1)>);
    }
    result<void> decide(select_best const& command, context& in) const {
        auto const name = subject("task", command.task);
        std::vector<review_record> judged;
        std::vector<submission_id> left_out;
        for (auto const& work : in.get<submissions>().of(command.task)) {
            if (detail::is_beyond_review(in, work)) {
                left_out.push_back(work.id);
                continue;
            }
            auto const* review = reviews_.find(work.id);
            if (review == nullptr) {
                return error{errc::wrong_state, subject("submission", work.id),
                    "expected all work of the task to be reviewed before the best is chosen"};
            }
            judged.push_back(*review);
        }
        for (auto const& offer : in.get<offers>().of(command.task)) {
            if (offer.stage == offer_stage::held) {
                return error{errc::wrong_state, name,
                    "expected nobody to be at work any more, but " +
                        subject("member", offer.member) + " may hand in until " +
                        to_iso8601(offer.until) + " (" + subject("offer", offer.id) +
                        "); wait for it, or have the seat returned"};
            }
        }
        if (judged.empty()) {
            if (left_out.empty()) { // as the task is delivered
                throw_misfit("work of " + name);
            }
            return error{errc::not_qualified, subject("member", in.at(left_out.front()).member),
                "expected work of somebody who is assessed, but all work of " + name +
                    " is that of alumni or was taken as it is; close the task"};
        }
        auto const chosen = best_of(std::move(judged), command.quota, command.threshold);
        if (chosen.empty()) {
            return error{errc::not_qualified, name,
                "expected at least one piece of work at the threshold; lower it or close the task"};
        }
        best_selected selected{
            command.task, {}, chosen.back().quality, command.quota, command.threshold, {}};
        for (auto const& review : chosen) {
            selected.chosen.push_back(review.id);
        }
        if (!left_out.empty()) {
            std::sort(left_out.begin(), left_out.end());
            selected.left_out = std::move(left_out);
        }
        in.record(std::move(selected));
        return {};
    }

    static constexpr auto consequences(work_reviewed const*) {
        return in_order(consequence<always<work_reviewed>, &reviews::record_quality>(
                            "its quality is an outcome in the member's track record"),
            consequence<unless<&work_reviewed::passed>, &reviews::free_seat>(
                "its seat is free again"));
    }
    static constexpr auto consequences(review_corrected const*) {
        return in_order(
            consequence<always<review_corrected>, &reviews::correct_quality>(
                "the outcome in the member's track record is corrected, where the work has one of "
                "another quality"),
            consequence<unless<&review_corrected::passed>, &reviews::free_seat_again>(
                "its seat is free again, where the work passed before"),
            consequence<when<&review_corrected::passed>, &reviews::take_seat>(
                "it takes its seat again, where the work did not pass before"));
    }

    static constexpr auto consequences(assessment_ended const*) {
        return in_order(consequence<always<assessment_ended>, &reviews::waive_all>(
            "work of theirs that waits for its review is taken as it is"));
    }
    static constexpr auto consequences(work_submitted const*) {
        return in_order(consequence<always<work_submitted>, &reviews::waive_late>(
            "work that an alumnus hands in is taken as it is"));
    }

    /// The dimensions by which a piece of work was judged, in the order of its ratings.
    [[nodiscard]] static std::vector<criterion> const& rubric_of(
        review_record const& work, world_view const& in) {
        return in.at(in.at(in.at(work.id).task).objective).plan.rubric;
    }

    void apply(work_reviewed const& event, world const& in) {
        reviews_.insert({event.submission, event.quality, event.passed, false,
            event.assessed ? std::optional{in.now()} : std::nullopt, event.member,
            in.at(event.submission).submitted_at, event.ratings});
    }
    void apply(review_waived const& event, world const&) { waivers_.insert({event.submission}); }
    /// Old journals judged alumni once more, which leaves their record as it is, for good.
    void apply(review_corrected const& event, world const& in) {
        auto const assessed = !detail::is_alumnus(in, event.member);
        reviews_.update(event.submission, [&](review_record& review) {
            review.quality = event.quality;
            review.passed = event.passed;
            review.ratings = event.ratings;
            if (!assessed) {
                review.outcome_at.reset();
            }
        });
    }
    void apply(best_selected const& event, world const&) {
        for (auto which : event.chosen) {
            reviews_.update(which, [](review_record& review) { review.chosen = true; });
        }
        selections_.insert({event.task, event.quota, event.threshold, event.cut,
            event.left_out.value_or(std::vector<submission_id>{})});
    }

private:
    using by_author = by<&review_record::member, &review_record::at>;

    struct judgement {
        score quality;
        explanation why;
        bool passed = false;
        std::vector<score> ratings;
    };

    /// Work judged by the rubric of its objective. The parts are differences of the exact running
    /// mean, so they add up to it, and work that is at the mark in every dimension is at the mark.
    static result<judgement> judge(
        submission_record const& work, std::vector<rating> const& ratings, world const& in) {
        auto const name = subject("submission", work.id);
        auto const& plan = in.at(in.at(work.task).objective).plan;
        if (ratings.size() != plan.rubric.size()) {
            return error{errc::invalid_argument, name,
                "expected one rating for each of the " + std::to_string(plan.rubric.size()) +
                    " dimensions of the objective's rubric"};
        }
        judgement made;
        std::int64_t exact = 0;
        for (auto const& dimension : plan.rubric) {
            auto const given = std::find_if(ratings.begin(), ratings.end(),
                [&](rating const& r) { return r.criterion == dimension.name; });
            if (given == ratings.end() || given->value < score{} || given->value > whole(1)) {
                return error{errc::invalid_argument, name,
                    "expected a rating from 0 to 1 for the dimension " +
                        koc::quoted(dimension.name) + " of the objective's rubric"};
            }
            exact += given->value.raw * dimension.weight.raw;
            score const so_far{exact / score::unit};
            made.why.add(dimension.name, so_far - made.quality);
            made.quality = so_far;
            made.ratings.push_back(given->value);
        }
        made.passed = made.quality >= plan.pass_at;
        return made;
    }

    /// Refuses to judge alumni, and what was taken as it is.
    static result<void> check_judged(submission_record const& work, world const& in) {
        auto const who = detail::kept_for(in, work.member);
        if (detail::is_alumnus(in, who)) {
            return error{errc::not_qualified, subject("member", who),
                "expected work of somebody who is assessed, but alumni are not assessed; leave " +
                    subject("submission", work.id) + " as it is"};
        }
        if (detail::is_beyond_review(in, work)) {
            return error{errc::wrong_state, subject("submission", work.id),
                "expected work that is judged, but it was taken as it is when its author was not "
                "assessed; leave it"};
        }
        return {};
    }
    void waive(submission_record const& work, context& in) const {
        in.record(review_waived{work.id, work.task, work.member});
    }
    void waive_all(assessment_ended const& event, context& in) const {
        for (auto const& work : in.get<submissions>().of_author(event.member)) {
            if (!reviews_.contains(work.id) && !waivers_.contains(work.id)) {
                waive(work, in);
            }
        }
    }
    void waive_late(work_submitted const& event, context& in) const {
        if (detail::is_alumnus(in, event.member)) {
            waive(in.at(event.submission), in);
        }
    }
    void record_quality(work_reviewed const& event, context& in) const {
        in.need(in.call(
            record_outcome{event.member, subjects_of(event.task, in), event.quality, in.now()}));
    }
    void correct_quality(review_corrected const& event, context& in) const {
        auto const& at = reviews_[event.submission].outcome_at;
        if (at && event.was != event.quality) {
            in.need(in.call(correct_outcome{
                event.member, subjects_of(event.task, in), event.was, event.quality, *at}));
        }
    }
    void free_seat(work_reviewed const& event, context& in) const {
        in.need(in.call(fail_offer{in.at(event.submission).offer}));
    }
    void free_seat_again(review_corrected const& event, context& in) const {
        if (passed_before(event, in)) {
            in.need(in.call(fail_offer{in.at(event.submission).offer}));
        }
    }
    void take_seat(review_corrected const& event, context& in) const {
        if (!passed_before(event, in)) {
            in.need(in.call(restore_offer{in.at(event.submission).offer}));
        }
    }
    static bool passed_before(review_corrected const& event, world const& in) {
        return event.was >= in.at(in.at(event.task).objective).plan.pass_at;
    }

    /// What the outcome of a piece of work is about.
    static std::vector<tag_id> subjects_of(task_id task, world const& in) {
        std::vector<tag_id> about;
        for (auto const& wanted : in.at(task).brief.wanted) {
            about.push_back(wanted.tag);
        }
        return about;
    }

    /// The selection rule: best first, ties by id, all that are as good as the last. O(n log n).
    static std::vector<review_record> best_of(
        std::vector<review_record> judged, std::int64_t quota, score threshold) {
        std::erase_if(judged, [&](review_record const& r) { return r.quality < threshold; });
        std::sort(judged.begin(), judged.end(), [](review_record const& a, review_record const& b) {
            return a.quality != b.quality ? a.quality > b.quality : a.id < b.id;
        });
        if (auto const wanted = static_cast<std::size_t>(quota); wanted < judged.size()) {
            auto const cut = judged[wanted - 1].quality;
            std::erase_if(judged, [&](review_record const& r) { return r.quality < cut; });
        }
        return judged;
    }

    /// Whether the selection of its task, if any, remains right when a piece of work gets another
    /// quality.
    [[nodiscard]] result<void> check_selection(
        submission_record const& work, score quality, world const& in) const {
        auto const* selection = selections_.find(work.task);
        if (selection == nullptr) {
            return {};
        }
        auto const refused = [&](submission_id which, char const* fate) {
            return error{errc::wrong_state, subject("submission", work.id),
                "expected ratings with which the selection of " + subject("task", work.task) +
                    " stands, but " + subject("submission", which) + " would " + fate +
                    " be selected; a review that decides a selection is corrected before it"};
        };
        std::vector<review_record> judged;
        for (auto const& other : in.get<submissions>().of(work.task)) {
            auto const& out = selection->left_out;
            if (std::binary_search(out.begin(), out.end(), other.id)) {
                continue;
            }
            judged.push_back(reviews_[other.id]);
            if (other.id == work.id) {
                judged.back().quality = quality;
            }
        }
        auto const again = best_of(std::move(judged), selection->quota, selection->threshold);
        auto const& before = reviews_[work.id];
        if (before.chosen && quality < before.quality &&
            std::none_of(again.begin(), again.end(),
                [&](review_record const& r) { return r.id == work.id; })) {
            return refused(work.id, "no longer");
        }
        auto const added = std::find_if(
            again.begin(), again.end(), [](review_record const& r) { return !r.chosen; });
        return added == again.end() ? result<void>{} : refused(added->id, "now");
    }

    table<review_record, by_author> reviews_;
    table<review_waiver> waivers_;
    table<selection_record> selections_;
    BOOST_DESCRIBE_CLASS(reviews, (), (), (), (reviews_, waivers_, selections_))
};

} // namespace koc
