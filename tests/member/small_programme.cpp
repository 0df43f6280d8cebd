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
#include <koc/tag/requirement_plan.hpp>

#include <algorithm>

namespace koc_test {

/// Looks into the index of the roster, as a search does.
struct searching : koc::aspect<searching> {
    using queries = koc::query_list<find_members>;
    using reads = koc::aspect_list<koc::tag_library, koc::roster>;

    koc::result<std::vector<koc::member_id>> answer(find_members const& query, world const& in) const {
        auto const& people = in.get<koc::roster>().people();
        auto const names = people.vocabulary(in.get<koc::tag_library>().tags());
        auto const plan = koc::requirement_plan::compile(query.needs, names);
        if (!plan) {
            return plan.error();
        }
        std::vector<koc::member_id> found;
        people.for_each([&](koc::member_record const& m) {
            if (plan->admits(people, *people.slot_of(m.id))) {
                found.push_back(m.id);
            }
        });
        std::sort(found.begin(), found.end());
        return found;
    }
    BOOST_DESCRIBE_CLASS(searching, (), (), (), ())
};

struct small_programme {
    struct rules {};
    using aspects = koc::aspect_list<koc::tag_library, koc::attention, koc::roster, koc::track_record,
        koc::relationship<>, koc::discovery<koc::standard::open_scorer, koc::standard::owned_scorer>, koc::mentorship,
        searching>;
};

} // namespace koc_test

template koc::programme_parts koc::include_instantiate_hpp<koc_test::small_programme>();
