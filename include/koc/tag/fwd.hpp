// SPDX-License-Identifier: BSL-1.0
#pragma once

// The names of koc/tag, for headers that only mention them.

#include <koc/core/id.hpp>

#include <cstdint>

namespace koc {

/// A tag in a taxonomy; ids are dense and start at 1, parents have smaller ids than their children.
using tag_id = id<struct tag_kind, std::uint32_t>;
using facet_id = id<struct facet_kind, std::uint16_t>;
/// A feature column of a population; ids are dense and start at 1.
using column_id = id<struct column_kind, std::uint16_t>;
/// A tally of a population; ids are dense and start at 1.
using tally_id = id<struct tally_kind, std::uint16_t>;
/// The row of a record in its registry: dense, from 0, in order of arrival.
using slot = std::uint32_t;

class bitmap;
class tag_index;
class tag_set;
class tally;
class taxonomy;
class requirement_plan;
struct requirement;
struct tag_name;
struct weighted_tag;

} // namespace koc
