// SPDX-License-Identifier: BSL-1.0
#pragma once

// The usual world, with what tests of work tell again and again.

#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace koc_test {

class work_world : public winter_world {
public:
    /// The record, or null.
    template <typename Record, typename Id>
    [[nodiscard]] Record const* find(Id id) const {
        return engine().find_record<Record>(id.value());
    }
    [[nodiscard]] bool replays() const { return digest() == digest_of_replay(); }

    /// A seat that was claimed from the board.
    koc::offer_id seat(koc::task_id task, koc::member_id who) {
        given(koc::claim_task{task, who});
        return recorded<koc::offer_accepted>().front().offer;
    }
    [[nodiscard]] koc::offer_stage seat_of(koc::submission_id work) const {
        return at(at(work).offer).stage;
    }
    [[nodiscard]] std::int64_t seats_taken(koc::task_id task) const {
        return at<koc::seat_record>(task).taken;
    }
    [[nodiscard]] std::int64_t commitments(koc::member_id who) const {
        return at<koc::attention_record>(who).commitments;
    }

    /// Corrects a review to the same value in every dimension.
    [[nodiscard]] static koc::correct_review correct(koc::submission_id work, koc::score value) {
        return {work, rate(work, value).ratings, "mistyped"};
    }
    /// Work of one listed task by the members 1, 2, ..., at most seven, with these qualities.
    void judged(koc::task_id task, std::vector<koc::score> const& qualities) {
        auto made = brief(task);
        made.seats = 10;
        made.wanted = {{tag("interest", "technology")}};
        listed(made);
        for (std::uint64_t i = 1; i <= qualities.size(); ++i) {
            handed_in(task, koc::member_id{i}, koc::submission_id{i});
            given(rate(koc::submission_id{i}, qualities[i - 1]));
        }
    }
    void becomes_alumnus(koc::member_id who) {
        given(koc::record_waning{who, koc::waning_reason::life_change, {}});
        role_offered(who, koc::alumni_role::friend_of_the_brand);
        given(koc::accept_role{who, koc::alumni_role::friend_of_the_brand});
    }
};

} // namespace koc_test
