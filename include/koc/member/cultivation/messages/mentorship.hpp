// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of mentorship: mature members lead newer ones.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string_view>

namespace koc {

/// Gives a newcomer a mentor.
struct pair_mentor {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(pair_mentor, (), (mentor, mentee))

/// Ends a pair of mentor and mentee: by either of them, an employee or the host.
struct release_mentor {
    static constexpr std::string_view sent_by = "the mentor, the mentee, an employee or the host";
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(release_mentor, (), (mentor, mentee))

/// A mature member leads a newcomer from now on.
struct mentor_paired {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(mentor_paired, (), (mentor, mentee))

/// A pair ended.
struct mentor_released {
    member_id mentor;
    member_id mentee;
};
BOOST_DESCRIBE_STRUCT(mentor_released, (), (mentor, mentee))

/// How many mentees one mentor may lead.
struct mentorship_rules {
    std::int64_t mentees_max = 5; ///< of one mentor
};
BOOST_DESCRIBE_STRUCT(mentorship_rules, (), (mentees_max))

inline result<void> check(mentorship_rules const& rules) {
    if (rules.mentees_max < 0) {
        return error{errc::invalid_argument, "mentorship_rules.mentees_max",
            "expected a number of 0 or more"};
    }
    return {};
}

} // namespace koc
