// SPDX-License-Identifier: BSL-1.0
#pragma once

// An alarm on a number with hysteresis: it is raised below one bound and cleared from a higher one
// on, so that a number that moves about one bound does not raise and clear it again and again.

#include <koc/core/contract.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

namespace koc {

/// The bounds of a number that should not be low.
struct band {
    score least; ///< below it the alarm is raised
    score clear; ///< from it on the alarm is cleared; at least `least`

    friend bool operator==(band const&, band const&) = default;
};
BOOST_DESCRIBE_STRUCT(band, (), (least, clear))

/// Whether the alarm is on for a value, where it was on or off before.
constexpr bool alarmed(band const& bounds, score value, bool before) {
    KOC_EXPECTS(bounds.least <= bounds.clear);
    return value < (before ? bounds.clear : bounds.least);
}

} // namespace koc
