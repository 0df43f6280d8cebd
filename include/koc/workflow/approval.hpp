// SPDX-License-Identifier: BSL-1.0
#pragma once

// Two-person approval: one person asks for something, another one allows or refuses it within a
// time, and nobody decides what they asked for themselves.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described_enum.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>

namespace koc {

enum class approval_stage : std::uint8_t { asked, approved, rejected, lapsed };
BOOST_DESCRIBE_ENUM(approval_stage, asked, approved, rejected, lapsed)

/// Something that one person asked for and another decides.
struct approval {
    std::uint64_t asked_by = 0; ///< a person
    instant until;              ///< decided before this instant, or it lapses
    approval_stage stage{};
    std::uint64_t decided_by = 0; ///< another person, or 0
};
BOOST_DESCRIBE_STRUCT(approval, (), (asked_by, until, stage, decided_by))

/// Whether a person may decide an approval now. `noun` is what refusals call a person. Refused, in
/// this order: `wrong_state` (decided already, or its time has passed), `not_qualified` (their
/// own).
inline result<void> check_decide(std::string const& name, approval const& it, char const* noun,
    std::uint64_t person, instant now) {
    if (it.stage != approval_stage::asked) {
        return error{errc::wrong_state, name,
            "expected a request that nobody has decided, not one that is " +
                std::string{name_of(it.stage)} + "; ask anew"};
    }
    if (now >= it.until) {
        return error{errc::wrong_state, name,
            "expected a decision before " + to_iso8601(it.until) + "; ask anew"};
    }
    if (person == it.asked_by) {
        return error{errc::not_qualified, std::string{noun} + ' ' + std::to_string(person),
            "expected somebody other than who asked for " + name +
                ", as nobody approves their own; have another one decide"};
    }
    return {};
}

/// Decides an approval that was checked.
inline void decide_approval(approval& it, approval_stage to, std::uint64_t person) {
    it.stage = to;
    it.decided_by = person;
}

} // namespace koc
