// SPDX-License-Identifier: BSL-1.0
#pragma once

// Participation: the shift from an ordinary user to a contributor of value. It follows what
// somebody did, work that met its objective or a plan that was completed while active, and never
// what they said: no step of such a plan was skipped, and more than their own word shows its last
// ones. A corrected review may take it back. Tasks may ask for contributors.

#include <koc/core/misfit.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/participation.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>

namespace koc {

/// Who contributes.
class participation : public aspect<participation> {
public:
    using events = event_list<contributor_recognised, contributor_withdrawn>;
    using follows = event_list<work_reviewed, review_corrected, plan_completed>;
    using kept = kept_list<kept_tag<&participation_record::participation>>;

    static constexpr auto consequences(work_reviewed const*) {
        return in_order(consequence<when<&work_reviewed::passed>,
            &participation::recognise_work<work_reviewed>>("who was a user becomes a contributor"));
    }
    static constexpr auto consequences(review_corrected const*) {
        return in_order(consequence<when<&review_corrected::passed>,
                            &participation::recognise_work<review_corrected>>(
                            "who was a user becomes a contributor"),
            consequence<unless<&review_corrected::passed>, &participation::withdraw>(
                "who has contributed nothing else is a user again"));
    }
    static constexpr auto consequences(plan_completed const*) {
        return in_order(consequence<always<plan_completed>, &participation::recognise_plan>(
            "who completed it while active, with none of it skipped and its end shown, and was a "
            "user, becomes a contributor"));
    }

    void apply(contributor_recognised const& event, world const& in) {
        people_.update(event.member, [&](participation_record& person) {
            person.participation = involvement::contributor;
            person.since = in.now();
        });
    }
    void apply(contributor_withdrawn const& event, world const&) {
        people_.update(event.member, [](participation_record& person) {
            person.participation = involvement::user;
            person.since.reset();
        });
    }
    /// Work that old journals judged while its author was an alumnus counts neither then nor later.
    void apply(work_reviewed const& event, world const&) {
        if (event.assessed) {
            count(event.member, event.passed ? 1 : 0);
        }
    }
    /// So does what they corrected then.
    void apply(review_corrected const& event, world const& in) {
        if (counts(event.submission, in)) {
            auto const before = event.was >= in.at(in.at(event.task).objective).plan.pass_at;
            count(event.member, (event.passed ? 1 : 0) - (before ? 1 : 0));
        }
    }
    void apply(plan_completed const& event, world const& in) {
        if (is_active(event.member, in) && is_proven(event.member, in)) {
            people_.put(
                event.member, [](participation_record& person) { person.plan_completed = true; });
        }
    }

private:
    static bool is_active(member_id who, world const& in) {
        auto const* person = in.find_record<relationship_record>(who.value());
        return person != nullptr && person->stage == stage::active;
    }
    /// The plan whose end is told is the one that the member is on.
    static bool is_proven(member_id who, world const& in) {
        auto const* person = in.find_record<cultivation_record>(who.value());
        return person != nullptr && person->plan &&
            person->running.proven(in.at(*person->plan).of_version(person->version).steps);
    }
    template <typename Judged>
    void recognise_work(Judged const& event, context& in) const {
        if (counts(event.submission, in)) {
            recognise(event.member, event.submission, in);
        }
    }
    void recognise_plan(plan_completed const& event, context& in) const {
        if (is_active(event.member, in) && is_proven(event.member, in)) {
            recognise(event.member, std::nullopt, in);
        }
    }
    void recognise(member_id who, std::optional<submission_id> work, context& in) const {
        if (people_[who].participation == involvement::user) {
            in.record(contributor_recognised{who, work});
        }
    }
    void withdraw(review_corrected const& event, context& in) const {
        if (!counts(event.submission, in)) {
            return;
        }
        auto const& person = people_[event.member];
        if (person.participation == involvement::contributor && person.passed == 0 &&
            !person.plan_completed) {
            in.record(contributor_withdrawn{event.member});
        }
    }
    /// Whether a judgement is one of somebody's work in service, at every time.
    static bool counts(submission_id work, world const& in) {
        auto const* review = in.find_record<review_record>(work.value());
        if (review == nullptr) {
            throw_misfit("review", work.value());
        }
        return review->assessed();
    }
    void count(member_id who, std::int64_t more) {
        people_.put(who, [&](participation_record& person) { person.passed += more; });
    }

    table<participation_record> people_;
    BOOST_DESCRIBE_CLASS(participation, (), (), (), (people_))
};

} // namespace koc
