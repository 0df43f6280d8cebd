// SPDX-License-Identifier: BSL-1.0
#pragma once

// The competitors of the top-20 benchmark, behind one interface: koc, koc built without any
// processor's instructions, and CRoaring bitmaps with a scoring loop, which is what a good engineer
// puts together in an afternoon.

#include "workload.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace bench {

class searcher {
public:
    virtual ~searcher() = default;
    /// Makes the queries ready, as when tasks are opened.
    virtual void prepare(std::vector<wl::Query> const& queries) = 0;
    /// Fills `out` with up to 20 hits, best first, and returns how many.
    virtual std::size_t query(std::size_t which, wl::Hit* out) = 0;
    [[nodiscard]] virtual std::size_t bytes() const = 0;
    /// Follows a change; false for one that has to be built again.
    virtual bool change(wl::Member const& before, wl::Member const& after) = 0;
};

/// The members outlive the searcher. Making one is building its index.
std::unique_ptr<searcher> make_koc(std::vector<wl::Member> const& members);
std::unique_ptr<searcher> make_koc_portable(std::vector<wl::Member> const& members);
std::unique_ptr<searcher> make_roaring(std::vector<wl::Member> const& members);

} // namespace bench
