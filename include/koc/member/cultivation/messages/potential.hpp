// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of potential: what somebody brings along, each trait measured apart.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/member/discovery/messages/features.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// What is measured of a person's potential. None says anything about another.
enum class trait : std::uint8_t {
    loyalty,       ///< to the brand
    familiarity,   ///< with the product
    will_to_speak, ///< in public
};
BOOST_DESCRIBE_ENUM(trait, loyalty, familiarity, will_to_speak)

/// What a measure rests on.
enum class potential_source : std::uint8_t {
    judgement, ///< of a mentor or an operator
    evidence,  ///< counted from what the person did
};
BOOST_DESCRIBE_ENUM(potential_source, judgement, evidence)

/// From which evidence on a trait is at its full value.
struct potential_rules {
    std::int64_t loyal_weeks = 26; ///< weeks with a sign, where there is one every week
    std::int64_t familiar_at = 10; ///< detailed reports, features used and questions answered
    std::int64_t speak_pieces = 3; ///< contributions from which the will to speak is measured
};
BOOST_DESCRIBE_STRUCT(potential_rules, (), (loyal_weeks, familiar_at, speak_pieces))

inline result<void> check(potential_rules const& rules) {
    if (rules.loyal_weeks < 1 || rules.familiar_at < 1 || rules.speak_pieces < 1) {
        return error{errc::invalid_argument, "potential_rules", "expected numbers of 1 or more"};
    }
    return {};
}

/// Records one measure of one trait; the newest of each trait counts.
struct measure_potential {
    static constexpr std::string_view sent_by = "the mentor of the member, an employee or the host";
    member_id member;
    koc::trait trait{};
    score value;          ///< from 0 to 1
    personal_words basis; ///< one line: what it was measured by
};
BOOST_DESCRIBE_STRUCT(measure_potential, (), (member, trait, value, basis))

/// Measures from evidence each trait of which there is enough. The newest measure of each trait
/// counts, whether it is a judgement or rests on evidence.
struct assess_potential {
    static constexpr std::string_view sent_by = "the mentor of the member, an employee or the host";
    member_id member;
};
BOOST_DESCRIBE_STRUCT(assess_potential, (), (member))

/// A trait was measured; the newest measure counts.
struct potential_measured {
    member_id member;
    koc::trait trait{};
    score value;         ///< from 0 to 1
    personal_text basis; ///< as told, or the counts that it was computed from
    potential_source source{};
};
BOOST_DESCRIBE_STRUCT(potential_measured, (), (member, trait, value, basis, source))

/// What is known of a person's potential; what was never measured is not there.
struct potential_record {
    member_id id;
    std::optional<score> loyalty;       ///< from 0 to 1
    std::optional<score> familiarity;   ///< from 0 to 1
    std::optional<score> will_to_speak; ///< from 0 to 1
};
BOOST_DESCRIBE_STRUCT(potential_record, (), (id, loyalty, familiarity, will_to_speak))

/// What somebody did that says something about their potential, enrolled or not.
struct potential_evidence {
    member_id id;
    std::vector<std::int64_t> weeks;  ///< since 1970, in which they did something, ascending
    score feedback;                   ///< details of feedback, times how often
    std::vector<feature_id> features; ///< that they used, ascending
    std::int64_t answers = 0;         ///< questions of peers that they answered
    std::int64_t spoken = 0;          ///< contents and pieces in public, and sessions given
    std::int64_t quiet = 0;           ///< feedback and answers
};
BOOST_DESCRIBE_STRUCT(
    potential_evidence, (), (id, weeks, feedback, features, answers, spoken, quiet))

/// A trait as the evidence has it.
struct trait_reading {
    koc::trait trait{};
    std::optional<score> value; ///< from 0 to 1; none where there is too little evidence
    std::string basis;          ///< the counts

    friend bool operator==(trait_reading const&, trait_reading const&) = default;
};
BOOST_DESCRIBE_STRUCT(trait_reading, (), (trait, value, basis))

/// What the evidence says now of each trait, in their order. Asked by the member, their mentor, an
/// employee or the host; nothing is said of alumni.
struct show_potential {
    using answer = std::vector<trait_reading>;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(show_potential, (), (member))

} // namespace koc
