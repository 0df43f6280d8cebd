// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that may not change when nothing happens: state, digest, search index, head and time.

#include <koc/describe/digest.hpp>
#include <koc/engine/engine.hpp>

#include "engine/garden.hpp"

#include <optional>
#include <string>

namespace test {

struct picture {
    std::string state;
    std::string index;
    koc::digest digest;
    koc::journal_head head;
    koc::instant last;
    std::optional<koc::instant> next_due;

    friend bool operator==(picture const&, picture const&) = default;
};
inline picture picture_of(koc::engine const& engine) {
    return {engine.state_text(), engine.ask(garden::show_index{}, {engine.last()}).value(),
        engine.state_digest(), engine.head(), engine.last(), engine.next_due()};
}
/// The picture of a new engine that has read a journal. A row that an engine took back is given
/// again, so the index of both is the same.
template <typename Programme = garden::programme, typename Journal>
picture replayed(Journal const& journal) {
    auto engine = koc::engine::of<Programme>(journal);
    static_cast<void>(engine.catch_up().value());
    return picture_of(engine);
}

} // namespace test
