// SPDX-License-Identifier: BSL-1.0
#pragma once

// The usual world over the aspects from members to the task loop, without what judges and rewards
// work. Instantiated in support/programmes.cpp.

#include "support/scenario.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace koc_test {

/// Judges work without rating it.
struct judge_work {
    koc::submission_id submission;
    bool passed = false;
};
BOOST_DESCRIBE_STRUCT(judge_work, (), (submission, passed))

[[nodiscard]] koc::engine small_engine(koc::any_journal journal);

class small_world : public winter_world {
public:
    small_world() : winter_world{&small_engine} {}

    /// The record, or null.
    template <typename Record, typename Id>
    [[nodiscard]] Record const* find(Id id) const {
        return engine().find_record<Record>(id.value());
    }
    [[nodiscard]] std::int64_t seats_taken(koc::task_id task) const {
        auto const* seats = find<koc::seat_record>(task);
        return seats == nullptr ? 0 : seats->taken;
    }
    [[nodiscard]] std::int64_t commitments(koc::member_id who) const {
        auto const* person = find<koc::attention_record>(who);
        return person == nullptr ? 0 : person->commitments;
    }
    [[nodiscard]] bool replays() const { return digest() == digest_of_replay(); }

    /// Adopts rules.
    template <typename Rules>
    void goes_by(Rules rules) {
        given(koc::adopt<Rules>{std::move(rules)});
    }
    /// A push of a task to one person, who may answer for three days.
    [[nodiscard]] koc::send_offer push(
        koc::task_id task, koc::member_id who, std::int64_t wave = 1) const {
        return {task, who, koc::origin::push, wave, koc::percent(80),
            koc::explanation{}.add("by hand", koc::percent(80)), now() + koc::days(3)};
    }
    /// A task with some seats, open and offered to these people.
    template <typename... Members>
    void pushed(koc::task_id task, std::int64_t seats, Members... who) {
        auto made = brief(task);
        made.seats = seats;
        given(koc::open_task{made}, push(task, who)...);
    }
};

} // namespace koc_test
