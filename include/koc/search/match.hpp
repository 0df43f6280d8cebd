// SPDX-License-Identifier: BSL-1.0
#pragma once

// A search hit: slot, id and score.

#include <koc/number/score.hpp>
#include <koc/tag/fwd.hpp>

namespace koc {

/// A candidate and how well they fit.
template <typename Id>
struct match {
    slot place{};
    Id id;
    score fit;

    friend bool operator==(match const&, match const&) = default;
    /// Best first: the higher score, then the smaller id.
    friend bool operator<(match const& a, match const& b) {
        return a.fit != b.fit ? a.fit > b.fit : a.id < b.id;
    }
};

} // namespace koc
