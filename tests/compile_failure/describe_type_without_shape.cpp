// SPDX-License-Identifier: BSL-1.0
// EXPECT: koc: this type cannot be walked; describe it with BOOST_DESCRIBE_STRUCT or

// A type that nothing is known of has no digest and no text.

#include <koc/describe/digest.hpp>

struct leaf {
    int number = 0;
};
#ifndef KOC_OFFEND
BOOST_DESCRIBE_STRUCT(leaf, (), (number))
#endif

koc::digest use(leaf const& one) { return koc::digest_of(one); }
