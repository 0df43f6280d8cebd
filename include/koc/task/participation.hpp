// SPDX-License-Identifier: BSL-1.0
#pragma once

// Participation: the shift from an ordinary user to a contributor of value. It follows what
// somebody did, work that met its objective or a plan that was completed while active, and never
// what they said: no step of such a plan was skipped, and more than their own word shows its last
// ones. A corrected review may take it back. Tasks may ask for contributors. Whom one of several
// accounts makes a contributor is one, and what each did is kept apart, so that a merge can be
// undone.

#include <koc/core/misfit.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/participation.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace koc {

/// Who contributes.
class participation : public aspect<participation> {
public:
    using events = event_list<contributor_recognised, contributor_withdrawn>;
    using follows =
        event_list<work_reviewed, review_corrected, plan_completed, members_merged, merge_undone>;
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
        change(event.member, in, [&](participation_record& person) {
            person.participation = involvement::contributor;
            person.since = in.now();
        });
    }
    void apply(contributor_withdrawn const& event, world const& in) {
        change(event.member, in, [](participation_record& person) {
            person.participation = involvement::user;
            person.since.reset();
        });
    }
    /// Work that old journals judged while its author was an alumnus counts neither then nor later.
    void apply(work_reviewed const& event, world const& in) {
        if (event.assessed) {
            count(event.member, event.passed ? 1 : 0, in);
        }
    }
    /// So does what they corrected then.
    void apply(review_corrected const& event, world const& in) {
        if (counts(event.submission, in)) {
            auto const before = event.was >= in.at(in.at(event.task).objective).plan.pass_at;
            count(event.member, (event.passed ? 1 : 0) - (before ? 1 : 0), in);
        }
    }
    void apply(plan_completed const& event, world const& in) {
        if (is_active(event.member, in) && is_proven(event.member, in)) {
            change(event.member, in,
                [](participation_record& person) { person.plan_completed = true; });
        }
    }
    void apply(members_merged const& event, world const& in) {
        if (!own_.contains(event.kept)) {
            auto const* known = people_.find(event.kept);
            own_participation apart{event.kept, known != nullptr, {}};
            if (known != nullptr) {
                apart.own = *known;
            }
            apart.own.id = event.kept;
            own_.insert(std::move(apart));
        }
        join_accounts(event.kept, in);
    }
    void apply(merge_undone const& event, world const& in) {
        join_accounts(event.kept, in);
        if (in.find_record<merged_accounts>(event.kept.value()) == nullptr) {
            own_.erase(event.kept);
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
        if (own(who).participation == involvement::user) {
            in.record(contributor_recognised{who, work});
        }
    }
    void withdraw(review_corrected const& event, context& in) const {
        if (!counts(event.submission, in)) {
            return;
        }
        auto const& person = own(event.member);
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
    void count(member_id who, std::int64_t more, world const& in) {
        change(who, in, [&](participation_record& person) { person.passed += more; });
    }
    /// What an account did by itself; it has a record.
    [[nodiscard]] participation_record const& own(member_id who) const {
        auto const* apart = own_.find(who);
        return apart == nullptr ? people_[who] : apart->own;
    }
    /// Changes what an account did by itself, and with it what all of the person's did.
    void change(member_id who, world const& in, auto const& more) {
        if (own_.contains(who)) {
            own_.update(who, [&](own_participation& apart) {
                apart.known = true;
                more(apart.own);
            });
            join_accounts(who, in);
            return;
        }
        people_.put(who, more);
        if (auto const* merge = in.find_record<merge_record>(who.value())) {
            join_accounts(merge->kept, in);
        }
    }
    /// The record of somebody with several accounts: a contributor by any, since the first was one.
    void join_accounts(member_id who, world const& in) {
        auto known = own_[who].known;
        auto all = own_[who].own;
        detail::each_account(in, who, [&](member_id account) {
            auto const* more = account == who ? nullptr : people_.find(account);
            if (more == nullptr) {
                return;
            }
            known = true;
            all.passed += more->passed;
            all.plan_completed = all.plan_completed || more->plan_completed;
            if (more->participation == involvement::contributor) {
                all.participation = involvement::contributor;
                all.since = all.since ? (std::min)(all.since, more->since) : more->since;
            }
        });
        if (known) {
            people_.put(who, [&](participation_record& person) { person = all; });
        } else {
            people_.erase(who);
        }
    }

    table<participation_record> people_;
    table<own_participation> own_; ///< of those into whom others are merged
    BOOST_DESCRIBE_CLASS(participation, (), (), (), (people_, own_))
};

} // namespace koc
