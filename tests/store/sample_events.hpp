// SPDX-License-Identifier: BSL-1.0
#pragma once

// The sample events of koc/testing/journal.hpp, as the tests of all stores use them.

#include <koc/core/instant.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/testing/journal.hpp>

#include <utility>
#include <vector>

namespace koc_test {

using koc::event;
using koc::testing::sample_closed;
using koc::testing::sample_recorded;
using batches = std::vector<koc::batch>;
using envelopes = std::vector<koc::envelope>;

/// A batch of sample events.
inline koc::batch group_of(koc::instant at, koc::request asked, std::vector<event> events) {
    koc::batch made;
    made.at = at;
    made.asked = std::move(asked);
    made.events = std::move(events);
    return made;
}
inline koc::event_types const sample_types = koc::testing::sample_types();

} // namespace koc_test
