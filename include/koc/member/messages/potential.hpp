// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of potential: what somebody brings along, each trait measured apart.

#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace koc {

/// What is measured of a person's potential. None says anything about another.
enum class trait : std::uint8_t {
    loyalty,       ///< to the brand
    familiarity,   ///< with the product
    will_to_speak, ///< in public
};
BOOST_DESCRIBE_ENUM(trait, loyalty, familiarity, will_to_speak)

/// Records one measure of one trait; the newest of each trait counts.
struct measure_potential {
    member_id member;
    koc::trait trait{};
    score value;       ///< from 0 to 1
    std::string basis; ///< one line: what it was measured by
};
BOOST_DESCRIBE_STRUCT(measure_potential, (), (member, trait, value, basis))

/// A trait was measured; the newest measure counts.
struct potential_measured {
    member_id member;
    koc::trait trait{};
    score value;       ///< from 0 to 1
    std::string basis; ///< what it was measured by
};
BOOST_DESCRIBE_STRUCT(potential_measured, (), (member, trait, value, basis))

/// What is known of a person's potential; what was never measured is not there.
struct potential_record {
    member_id id;
    std::optional<score> loyalty;       ///< from 0 to 1
    std::optional<score> familiarity;   ///< from 0 to 1
    std::optional<score> will_to_speak; ///< from 0 to 1
};
BOOST_DESCRIBE_STRUCT(potential_record, (), (id, loyalty, familiarity, will_to_speak))

} // namespace koc
