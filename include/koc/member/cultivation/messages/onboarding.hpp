// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of onboarding: the training of a newcomer in steps, and who gives it.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// The most minutes of a step of training: a day.
inline constexpr std::int64_t training_minutes_most = 24 * 60;

/// A step of training.
struct training_step {
    std::string name;         ///< one line
    std::int64_t minutes = 0; ///< from 1 to `training_minutes_most`

    friend bool operator==(training_step const&, training_step const&) = default;
};
BOOST_DESCRIBE_STRUCT(training_step, (), (name, minutes))

/// Plans the training of a newcomer, once.
struct plan_onboarding {
    member_id member;
    std::vector<training_step> steps; ///< from 1 to 100, in their order
};
BOOST_DESCRIBE_STRUCT(plan_onboarding, (), (member, steps))

/// Records that a step was given, or that the newcomer did not come to it.
struct record_onboarding {
    static constexpr std::string_view sent_by =
        "the mentor who gave the step, an employee or the host";
    member_id member;
    std::int64_t step = 0;           ///< from 1 on
    std::optional<member_id> mentor; ///< their mentor, where not an operator gave it
    bool came = true;                ///< whether the newcomer came to it
};
BOOST_DESCRIBE_STRUCT(record_onboarding, (), (member, step, mentor, came))

/// The training of a newcomer was planned.
struct onboarding_planned {
    member_id member;
    std::vector<training_step> steps;
};
BOOST_DESCRIBE_STRUCT(onboarding_planned, (), (member, steps))
/// What `plan_onboarding` lets through.
inline result<void> check(onboarding_planned const& event) {
    for (auto const& step : event.steps) {
        KOC_TRY(check_between("onboarding_planned.steps", step.minutes, 1, training_minutes_most));
    }
    return {};
}

/// A step of training was given.
struct onboarding_given {
    member_id member;
    std::int64_t step = 0;           ///< from 1 on
    std::optional<member_id> mentor; ///< none where an operator gave it
    std::int64_t minutes = 0;        ///< as planned
};
BOOST_DESCRIBE_STRUCT(onboarding_given, (), (member, step, mentor, minutes))
/// As a step of `onboarding_planned`.
inline result<void> check(onboarding_given const& event) {
    return check_between("onboarding_given.minutes", event.minutes, 1, training_minutes_most);
}

/// The newcomer did not come; the step is still to be given.
struct onboarding_missed {
    member_id member;
    std::int64_t step = 0;           ///< from 1 on
    std::optional<member_id> mentor; ///< none where an operator would have given it
};
BOOST_DESCRIBE_STRUCT(onboarding_missed, (), (member, step, mentor))

/// Who gave a step of training, if anybody.
enum class training_state : std::uint8_t {
    open,        ///< it is still to be given
    by_operator, ///< an operator gave it
    by_mentor,   ///< the newcomer's mentor gave it
    dropped      ///< was open when the member ceased to be a newcomer
};
BOOST_DESCRIBE_ENUM(training_state, open, by_operator, by_mentor, dropped)

/// A step and who gave it.
struct step_progress {
    training_step step;
    training_state state = training_state::open;
    std::int64_t missed = 0; ///< how often the newcomer did not come
};
BOOST_DESCRIBE_STRUCT(step_progress, (), (step, state, missed))

/// The training of a newcomer.
struct onboarding_record {
    member_id id;
    std::vector<step_progress> steps;
};
BOOST_DESCRIBE_STRUCT(onboarding_record, (), (id, steps))

/// The training of all newcomers, in minutes.
struct training_load {
    std::int64_t planned = 0;       ///< of all steps that were not dropped
    std::int64_t by_mentors = 0;    ///< of them, given by mentors
    std::int64_t by_operators = 0;  ///< of them, given by operators
    std::int64_t for_operators = 0; ///< what is operators' work: all that mentors did not give
    score mentors_share; ///< by_mentors of planned, from 0 to 1; 0 where nothing is planned

    friend bool operator==(training_load const&, training_load const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    training_load, (), (planned, by_mentors, by_operators, for_operators, mentors_share))

/// How much of the training mentors have taken over. O(1).
struct measure_training {
    using answer = training_load;
};
BOOST_DESCRIBE_STRUCT(measure_training, (), ())

/// The sums of all steps, in minutes.
struct training_sums {
    std::int64_t planned = 0;      ///< of all steps that were not dropped
    std::int64_t by_mentors = 0;   ///< given by mentors
    std::int64_t by_operators = 0; ///< given by operators
};
BOOST_DESCRIBE_STRUCT(training_sums, (), (planned, by_mentors, by_operators))

} // namespace koc
