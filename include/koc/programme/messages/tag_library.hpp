// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the tag library: facets and tags come by command, so that a journal explains its own
// words.

#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// Adds an axis.
struct define_facet {
    facet_definition facet;
};
BOOST_DESCRIBE_STRUCT(define_facet, (), (facet))

/// Adds tags; a tag may stand under an earlier one of the same command. All of them, or none.
struct define_tags {
    std::vector<tag_definition> tags;
};
BOOST_DESCRIBE_STRUCT(define_tags, (), (tags))

struct facet_defined {
    facet_definition facet;
};
BOOST_DESCRIBE_STRUCT(facet_defined, (), (facet))

struct tags_defined {
    std::vector<tag_definition> tags;
};
BOOST_DESCRIBE_STRUCT(tags_defined, (), (tags))

/// A facet that aspects keep has these keys from now on. Recorded when a programme that keeps it
/// first writes to the journal, so that the ids of its tags are what the journal says.
struct facet_kept {
    std::string facet;
    std::vector<std::string> keys; ///< those that are new
};
BOOST_DESCRIBE_STRUCT(facet_kept, (), (facet, keys))

/// Whether tags of sensitive facets (gender, age, ...) may be used in requirements.
enum class sensitive_tags : std::uint8_t { refused, allowed };
BOOST_DESCRIBE_ENUM(sensitive_tags, refused, allowed)

struct tag_library_rules {
    sensitive_tags sensitive = sensitive_tags::refused;
};
BOOST_DESCRIBE_STRUCT(tag_library_rules, (), (sensitive))

} // namespace koc
