// SPDX-License-Identifier: BSL-1.0

// The programme of this folder's tests.

#include "member/small_programme.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/discovery.hpp>
#include <koc/member/mentorship.hpp>
#include <koc/member/relationship.hpp>
#include <koc/member/roster.hpp>
#include <koc/member/track_record.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/standard/discovery_scorer.hpp>

namespace koc_test {

struct small_programme {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library, koc::attention, koc::roster,
        koc::track_record, koc::relationship<>,
        koc::discovery<koc::standard::open_scorer, koc::standard::owned_scorer>, koc::mentorship>;
};

} // namespace koc_test

template koc::programme_parts koc::include_instantiate_hpp<koc_test::small_programme>();
