// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: two enums that are kept as tags have the same name

// The tags of one would stand for those of the other.

#include <koc/engine/instantiate.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

using rope_id = koc::id<struct rope_kind>;
enum class colour : unsigned char { red };
BOOST_DESCRIBE_ENUM(colour, red)
namespace old {
#ifndef KOC_OFFEND
enum class shade : unsigned char { red };
BOOST_DESCRIBE_ENUM(shade, red)
using chosen = shade;
#else
enum class colour : unsigned char { red };
BOOST_DESCRIBE_ENUM(colour, red)
using chosen = colour;
#endif
} // namespace old
struct rope {
    rope_id id;
    colour of{};
    old::chosen was{};
};
BOOST_DESCRIBE_STRUCT(rope, (), (id, of, was))
struct bell : koc::aspect<bell> {
    using kept = koc::kept_list<koc::kept_tag<&rope::of>, koc::kept_tag<&rope::was>>;

    koc::table<rope> ropes;
    BOOST_DESCRIBE_CLASS(bell, (), (ropes), (), ())
};

struct programme {
    using aspects = koc::aspect_list<bell>;
};

template koc::programme_parts koc::include_instantiate_hpp<programme>();
