// SPDX-License-Identifier: BSL-1.0
#include "task/small_programme.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/relationship.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/standard/rules.hpp>
#include <koc/task/board.hpp>
#include <koc/task/loop.hpp>
#include <koc/task/objective.hpp>
#include <koc/task/offer.hpp>
#include <koc/task/submission.hpp>
#include <koc/task/task.hpp>
#include <koc/task/topic.hpp>

#include <utility>

namespace koc_test {

/// Stands in for the aspects that judge and reward work.
class judging : public koc::aspect<judging> {
public:
    using events = koc::event_list<koc::work_reviewed, koc::best_selected, koc::amplified,
        koc::task_surprised>;
    using commands = koc::command_list<judge_work>;

    koc::result<void> decide(judge_work const& command, context& in) const {
        auto const& work = in.at(command.submission);
        koc::work_reviewed reviewed;
        reviewed.submission = work.id;
        reviewed.task = work.task;
        reviewed.member = work.member;
        reviewed.passed = command.passed;
        in.record(std::move(reviewed));
        if (!command.passed) {
            return in.call(koc::fail_offer{work.offer});
        }
        return in.at(work.offer).stage == koc::offer_stage::failed
            ? in.call(koc::restore_offer{work.offer})
            : koc::result<void>{};
    }
    void apply(koc::work_reviewed const& event, world const&) {
        reviews_.put(
            event.submission, [&](koc::review_record& review) { review.passed = event.passed; });
    }
    void apply(koc::best_selected const&, world const&) {}
    void apply(koc::amplified const&, world const&) {}
    void apply(koc::task_surprised const&, world const&) {}

private:
    koc::table<koc::review_record> reviews_;
    BOOST_DESCRIBE_CLASS(judging, (), (), (), (reviews_))
};

struct small_programme {
    using rules = koc::standard::rules;
    using aspects = koc::aspect_list<koc::tag_library, koc::attention, koc::roster,
        koc::track_record, koc::relationship<>, koc::objectives, koc::topics, koc::tasks,
        koc::offers, koc::submissions, judging, koc::board, koc::task_loop>;
};

koc::engine small_engine(koc::any_journal journal) {
    return koc::engine::of<small_programme>(std::move(journal));
}

} // namespace koc_test

template koc::programme_parts koc::include_instantiate_hpp<koc_test::small_programme>();
