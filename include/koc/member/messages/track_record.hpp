// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the track record: past work, its correction, and what is kept of it for each person
// and subject.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/presence.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace koc {

/// How fast the past fades, and how much of it is needed before it is believed. The first three
/// half-lives and the length of a visit are fixed by the first outcome, as sums are kept by them.
struct track_record_rules {
    duration now = days(1);         ///< half-life of what somebody does at the moment
    duration lately = days(14);     ///< half-life of what somebody does these weeks
    duration quality = days(365);   ///< half-life of what a piece says about the next one
    duration visit = days(14);      ///< the span in which all outcomes are one visit
    duration habit = days(90);      ///< half-life of what a visit says about coming again
    std::int64_t quality_prior = 2; ///< imagined average pieces, for a person and for a subject
};
BOOST_DESCRIBE_STRUCT(track_record_rules, (), (now, lately, quality, visit, habit, quality_prior))

inline result<void> check(track_record_rules const& rules) {
    for (auto span : {rules.now, rules.lately, rules.quality, rules.visit, rules.habit}) {
        if (span <= duration{}) {
            return error{errc::invalid_argument, "track_record_rules",
                "expected half-lives and a visit longer than 0"};
        }
    }
    if (rules.quality_prior < 0 || rules.quality_prior > 1'000'000) {
        return error{errc::invalid_argument, "track_record_rules.quality_prior",
            "expected from 0 to 1,000,000 pieces"};
    }
    return {};
}

/// Records a piece of work. Reviews call it; sent by itself it records work that this engine did
/// not dispatch, such as from before it was in use.
struct record_outcome {
    member_id member;
    std::vector<tag_id> tags; ///< its subjects, each once
    score quality;            ///< from 0 to 1
    instant at;               ///< when it was done; not after now
};
BOOST_DESCRIBE_STRUCT(record_outcome, (), (member, tags, quality, at))

/// Gives an outcome, which was recorded with these values, another quality. Single outcomes are not
/// kept, so the sender answers for `was` and `at`; what cannot have been recorded is refused.
struct correct_outcome {
    member_id member;
    std::vector<tag_id> tags; ///< the subjects with which it was recorded
    score was;                ///< from 0 to 1
    score quality;            ///< from 0 to 1
    instant at;               ///< of the outcome
};
BOOST_DESCRIBE_STRUCT(correct_outcome, (), (member, tags, was, quality, at))

// Whose work is assessed follows their relationship; these are called by it and cannot be sent.

/// From now on nothing of this member is assessed. What is on record stays.
struct end_assessment {
    static constexpr std::string_view called_by = "accept_role";
    member_id member;
};
BOOST_DESCRIBE_STRUCT(end_assessment, (), (member))

/// The work of this member is assessed again.
struct begin_assessment {
    static constexpr std::string_view called_by = "confirm_willingness";
    member_id member;
};
BOOST_DESCRIBE_STRUCT(begin_assessment, (), (member))

/// Nothing of a member is assessed any more.
struct assessment_ended {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(assessment_ended, (), (member))

/// The work of a member is assessed again.
struct assessment_begun {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(assessment_begun, (), (member))

/// Pieces of work and the sum of their qualities, as both fade.
struct fading_work {
    decayed_sum pieces;
    decayed_sum worth;
};
BOOST_DESCRIBE_STRUCT(fading_work, (), (pieces, worth))

/// A person's work on one subject.
struct subject_work {
    tag_id tag;
    std::int64_t outcomes = 0; ///< how many
    fading_work work;
};
BOOST_DESCRIBE_STRUCT(subject_work, (), (tag, outcomes, work))

/// A person's past work.
struct track_record_entry {
    member_id id;
    std::int64_t outcomes = 0;     ///< how many
    score quality_sum;             ///< of all of them
    std::optional<instant> newest; ///< when the newest was done; none before the first
    decayed_sum now;               ///< outcomes that still count at the fast rate
    decayed_sum lately;            ///< and at the slow one
    presence visits;
    fading_work work;
    std::vector<subject_work> subjects; ///< ascending by tag
    bool assessed = true;               ///< whether anything of it is told or added to

    /// The mean quality among two imagined pieces of one half: 1 of 1 is not a record.
    [[nodiscard]] score mean_quality() const {
        return {(quality_sum + whole(1)).raw / (outcomes + 2)};
    }
};
BOOST_DESCRIBE_STRUCT(track_record_entry, (),
    (id, outcomes, quality_sum, newest, now, lately, visits, work, subjects, assessed))

/// What a member did under their own id, while others are merged into them and their past work is
/// that of all accounts.
struct own_past {
    member_id id;
    bool known = false; ///< whether they have a past of their own
    track_record_entry past;
};
BOOST_DESCRIBE_STRUCT(own_past, (), (id, known, past))

/// Everybody's work on a subject.
struct subject_record {
    tag_id id;
    std::int64_t outcomes = 0; ///< how many, of everybody
    score quality_sum;         ///< of all of them
};
BOOST_DESCRIBE_STRUCT(subject_record, (), (id, outcomes, quality_sum))

/// All outcomes, and the spans by which sums are kept since the first.
struct outcome_totals {
    std::int64_t outcomes = 0; ///< how many, of everybody
    duration now;
    duration lately;
    duration quality;
    duration visit;
};
BOOST_DESCRIBE_STRUCT(outcome_totals, (), (outcomes, now, lately, quality, visit))

/// What is believed of a person's work on a subject.
struct quality_belief {
    score quality; ///< from 0 to 1: their mean there, shrunk towards what else is known
    score error;   ///< how far off it may well be: a standard error, from 0 to 1/2
    score pieces;  ///< the pieces of work on the subject that still speak for it
};
BOOST_DESCRIBE_STRUCT(quality_belief, (), (quality, error, pieces))

/// What is believed of a member's work on a subject now; refused of somebody who is not assessed.
/// O(log of their subjects).
struct assess_work {
    using answer = quality_belief;
    member_id member;
    tag_id tag;
};
BOOST_DESCRIBE_STRUCT(assess_work, (), (member, tag))

} // namespace koc
