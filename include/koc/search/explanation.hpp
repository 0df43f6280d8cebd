// SPDX-License-Identifier: BSL-1.0
#pragma once

// Why a score is what it is: the amounts it is made of, each with the signal that gave it and what
// it is about. It is recorded with the decision and says nothing in any language; words are put to
// it where somebody reads it.

#include <koc/number/score.hpp>
#include <koc/number/score_sum.hpp>
#include <koc/tag/fwd.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <utility>
#include <vector>

namespace koc {

/// One amount of a score.
struct reason {
    std::string signal; ///< the scorer's name for it, such as `affinity`
    tag_id about;       ///< the tag it concerns, or none
    score amount;       ///< what it adds to the score; may be negative

    friend bool operator==(reason const&, reason const&) = default;
};
BOOST_DESCRIBE_STRUCT(reason, (), (signal, about, amount))

/// The amounts of a score; they add up to it.
struct explanation {
    std::vector<reason> parts;

    /// Their sum; one that no score can hold ends at the nearest (see score_sum).
    [[nodiscard]] score total() const {
        score_sum sum;
        for (auto const& part : parts) {
            sum.add(part.amount);
        }
        return sum.total();
    }

    /// Adds a part; amounts of nothing are left out.
    explanation& add(std::string signal, score amount, tag_id about = {}) {
        if (amount != score{}) {
            parts.push_back({std::move(signal), about, amount});
        }
        return *this;
    }

    friend bool operator==(explanation const&, explanation const&) = default;
};
BOOST_DESCRIBE_STRUCT(explanation, (), (parts))

} // namespace koc
