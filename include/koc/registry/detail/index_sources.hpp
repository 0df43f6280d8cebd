// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where a search index of records reads from: the records and their own tags, and the columns and
// kept tags that tables contribute.

#include <koc/registry/contribution.hpp>
#include <koc/registry/detail/gate_set.hpp>
#include <koc/state/container.hpp>
#include <koc/tag/search_index.hpp>
#include <koc/tag/tag_set.hpp>

#include <cstdint>
#include <optional>

namespace koc::detail {

/// Where the records are, and how their own tags are read.
struct indexed_rows {
    container const* rows;
    std::optional<slot> (*slot_of)(container const& rows, std::uint64_t id);
    std::uint64_t (*id_of)(void const* record);
    tag_set const& (*tags_of)(void const* record);
};
struct kept_source {
    contribution what;
    gate_number gate;
};

} // namespace koc::detail
