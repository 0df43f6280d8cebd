// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the generations of mentors.

#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace koc {

/// The mentors of one generation. Mentors of generation 0 never had a mentor; those who were led by
/// a mentor of generation n are of generation n + 1, whenever they lead somebody.
struct mentor_generation {
    std::int64_t generation = 0; ///< from 0 on
    std::int64_t mentors = 0;    ///< who have led somebody
    std::int64_t mentees = 0;    ///< whom they led first
    std::int64_t followed = 0;   ///< of these mentees, who have led somebody themselves

    friend bool operator==(mentor_generation const&, mentor_generation const&) = default;
};
BOOST_DESCRIBE_STRUCT(mentor_generation, (), (generation, mentors, mentees, followed))

/// How mentorship is passed on, generation by generation, the oldest first. O(generations).
struct list_generations {
    using answer = std::vector<mentor_generation>;
};
BOOST_DESCRIBE_STRUCT(list_generations, (), ())

/// Who led a member first, and whether they led others. There is none before a mentor
/// gave or they got something.
struct lineage_record {
    member_id id;
    std::optional<member_id> first_mentor; ///< none where nobody led them yet
    /// 0 where nobody led them, one more than their first mentor's otherwise.
    std::int64_t generation = 0;
    bool leads = false; ///< has led somebody
};
BOOST_DESCRIBE_STRUCT(lineage_record, (), (id, first_mentor, generation, leads))

/// The sums of all generations.
struct generation_sums {
    std::vector<mentor_generation> all; ///< ascending, without gaps
};
BOOST_DESCRIBE_STRUCT(generation_sums, (), (all))

} // namespace koc
