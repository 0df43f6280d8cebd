// SPDX-License-Identifier: BSL-1.0

// The unit that compiles the programme: the standard aspects with a scorer of the brand's own, and
// expertise behind them.

#include "expertise.hpp"

#include <koc/engine/instantiate.hpp>
#include <koc/standard/programme.hpp>

#include <boost/mp11/list.hpp>

namespace own_axis {

//! [scorer]
/// Half a point of fit for each rank.
struct rank_preference {
    [[nodiscard]] static koc::score rate(auto const& task, auto const& candidate) {
        auto const* expert = task.in.template find_record<expert_record>(candidate.id.value());
        return expert == nullptr ? koc::score{}
                                 : koc::ratio(static_cast<std::int64_t>(expert->rank), 2);
    }
    [[nodiscard]] static koc::explanation explain(auto const& task, auto const& candidate) {
        return koc::explanation{}.add("expert rank", rate(task, candidate));
    }
    /// Ranks are kept as tags, so this is not only the most that the score can be but the score.
    [[nodiscard]] static koc::score_ceiling ceiling(auto const& task) {
        koc::score_ceiling high;
        for (auto rank : {expert_rank::bronze, expert_rank::silver, expert_rank::gold}) {
            if (auto const tag = task.tags.find("expert_rank", koc::name_of(rank))) {
                high.tags.push_back({*tag, koc::ratio(static_cast<std::int64_t>(rank), 2)});
            }
        }
        return high;
    }
};

/// The standard preference and the rank.
struct experts_first : koc::total<koc::standard::match_scorer, rank_preference> {};
//! [scorer]

//! [programme]
struct policies : koc::standard::policies {
    using match_scorer = experts_first;
};
struct programme : policies {
    using aspects = boost::mp11::mp_push_back<koc::standard::aspects_with<policies>, expertise>;
};
//! [programme]

} // namespace own_axis

template koc::programme_parts koc::include_instantiate_hpp<own_axis::programme>();
