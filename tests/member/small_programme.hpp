// SPDX-License-Identifier: BSL-1.0
#pragma once

// The aspects of the person without those of work, so that the tests of this folder depend on
// nothing else. Instantiated in support/programmes.cpp.

#include <koc/engine/engine.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/tag/requirement.hpp>

#include "support/scenario.hpp"

#include <boost/describe/class.hpp>

#include <utility>
#include <vector>

namespace koc_test {

struct people_programme;

} // namespace koc_test

extern template koc::programme_parts koc::include_instantiate_hpp<koc_test::people_programme>();

namespace koc_test {

inline koc::engine people_engine(koc::any_journal journal) {
    return koc::engine::of<people_programme>(std::move(journal));
}

/// Rules of one type with which a journal begins.
template <typename Rules>
struct just {
    Rules rules;
    BOOST_DESCRIBE_CLASS(just, (), (rules), (), ())
};

/// The people of all stages, in the small programme.
class small_world : public people_world {
public:
    explicit small_world(engine_maker make = &people_engine) : people_world{make} {}

    [[nodiscard]] std::vector<koc::member_id> who(koc::requirement needs) const {
        return ask(koc::find_members{std::move(needs)});
    }
    /// An outcome on no subject.
    small_world& outcome(koc::member_id of, koc::score quality, koc::duration ago = {}) {
        accepts(koc::record_outcome{of, {}, quality, now() - ago});
        return *this;
    }
};

} // namespace koc_test
