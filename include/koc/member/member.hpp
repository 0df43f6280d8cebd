// SPDX-License-Identifier: BSL-1.0
#pragma once

// The id of a person, and where they were found.

#include <koc/core/id.hpp>

#include <boost/describe/enum.hpp>

#include <cstdint>

namespace koc {

struct member_kind {
    static constexpr char const* noun = "member";
    using record = struct member_record;
};
/// A person, by the id that the host knows them by.
using member_id = id<member_kind>;

/// Where a person was found. A set: both are possible. Kept as tags, so `has("source", "owned")`
/// works.
enum class source : std::uint8_t {
    open,  ///< public domain: open platforms
    owned, ///< private domain: the brand's own app and communities
};
BOOST_DESCRIBE_ENUM(source, open, owned)

} // namespace koc
