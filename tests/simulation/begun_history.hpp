// SPDX-License-Identifier: BSL-1.0
#pragma once

// The history with which simulations of the standard programme begin.

#include "support/scenario.hpp"

#include <cstdint>
#include <vector>

namespace simulated {

using namespace koc;

/// The usual world in the middle of its work: tasks of few seats on the board, offers and work at
/// several stages, a resource that people wait for, an office, a decision and a vote.
class begun_world : public koc_test::winter_world {
public:
    begun_world() {
        for (auto const seats : {1, 2, 2}) {
            auto made = brief(task_id{static_cast<std::uint64_t>(++tasks_)});
            made.seats = seats;
            listed(made);
        }
        given(open_task{brief(task_id{4})}, dispatch{task_id{4}, 4});
        listed(brief(task_id{5}));
        for (auto const who : {chen, dong, guo}) {
            handed_in(task_id{5}, who, submission_id{++works_});
        }
        listed(brief(task_id{6}));
        handed_in(task_id{6}, fang, submission_id{++works_});
        given(rate(submission_id{1}, percent(90)), rate(submission_id{2}, percent(30)),
            rate(submission_id{works_}, percent(80)), select_best{task_id{6}});
        stock_resource car{resource_id{1}, "Test car", resource_type::early_access, "Hall 4", 1,
            days(6), has("source", "open") && (has("stage", "active") || has("stage", "mature"))};
        car.lease = days(9);
        given(car, request_resource{resource_id{1}, an}, request_resource{resource_id{1}, chen},
            define_office{
                office_id{1}, "Council", 2, days(90), source::owned, {office_right::veto}},
            invite_to_office{office_id{1}, kai, {}}, take_office{office_id{1}, kai},
            propose_decision{product_decision_id{1}, "A decision"}, pair_mentor{jin, lan},
            open_newcomer_vote{newcomer_vote_id{1}, {lan, min}, 1, now() + days(20)});
        given(record_waning{hua, waning_reason::other, {}});
        role_offered(hua, alumni_role::friend_of_the_brand);
        role_offered(ning, alumni_role::honorary_adviser);
        given(accept_role{ning, alumni_role::honorary_adviser});
    }

private:
    std::int64_t tasks_ = 0;
    std::uint64_t works_ = 0;
};

/// The batches of a journal once more, in a journal of their own.
inline memory_journal copy_of(std::vector<envelope> const& all) {
    memory_journal copy;
    batch made;
    auto const append = [&] {
        if (!made.events.empty() && !copy.append(*copy.head(), {&made, 1})) {
            throw koc_test::scenario_failure{"a copy of a journal takes what it is given"};
        }
        made.events.clear();
    };
    for (auto const& e : all) {
        if (e.first == e.position) {
            append();
        }
        static_cast<batch_context&>(made) = e;
        made.events.insert(made.events.end(), e.events.begin(), e.events.end());
    }
    append();
    return copy;
}
/// With this each simulation begins.
inline memory_journal const& begun_history() {
    static memory_journal const kept = copy_of(begun_world{}.journal());
    return kept;
}

} // namespace simulated
