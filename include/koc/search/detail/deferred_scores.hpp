// SPDX-License-Identifier: BSL-1.0
#pragma once

// Asks a scorer as seldom as it can: those whose ceiling may be among the best wait until there are
// some, and their scores are then asked for from the highest ceiling down, so that most ceilings
// fall below the best before their turn comes.

#include <koc/core/contract.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/detail/best.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace koc::detail {

/// The scores that are still to be asked for; what comes of them goes to `best`.
template <population P, typename Task, typename Scorer, typename Gate>
class deferred_scores {
public:
    deferred_scores(P const& people, Task const& task, Scorer const& scorer, Gate const& gate,
        best<id_of<P>>& found)
        : people_{people}, task_{task}, scorer_{scorer}, gate_{gate}, found_{found} {
        waiting_.reserve(room_max);
    }

    void add(slot s, score ceiling) { waiting_.push_back({ceiling, s}); }
    /// Asks where enough wait.
    void ask_some() {
        if (waiting_.size() >= room_) {
            ask();
        }
    }
    /// Asks about all that wait. O(waiting log waiting) and their scores.
    void ask() {
        std::sort(waiting_.begin(), waiting_.end());
        for (std::size_t i = 0; i < (std::min)(ahead, waiting_.size()); ++i) {
            expect(waiting_[i].place);
        }
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            auto const [ceiling, s] = waiting_[i];
            if (!found_.anywhere(ceiling)) {
                break;
            }
            if (i + ahead < waiting_.size()) {
                expect(waiting_[i + ahead].place);
            }
            if (i + ahead / 2 < waiting_.size()) {
                if constexpr (requires { people_.expect_tags(s); }) {
                    people_.expect_tags(waiting_[i + ahead / 2].place);
                }
            }
            auto const id = people_.id_at(s);
            if (!found_.wants({s, id, ceiling})) {
                continue;
            }
            auto const& candidate = people_[s];
            auto const fit = scorer_.rate(task_, candidate);
            KOC_EXPECTS(fit <= ceiling);
            if (found_.wants({s, id, fit}) && gate_.admits(task_, candidate)) {
                found_.offer({s, id, fit});
            }
        }
        waiting_.clear();
        room_ = (std::min)(2 * room_, room_max);
    }

private:
    struct waiting {
        score ceiling;
        slot place;

        /// The higher ceiling, then the earlier slot.
        friend bool operator<(waiting const& a, waiting const& b) {
            return a.ceiling != b.ceiling ? a.ceiling > b.ceiling : a.place < b.place;
        }
    };

    void expect([[maybe_unused]] slot s) const {
        if constexpr (requires { people_.expect(s); }) {
            people_.expect(s);
        }
    }

    static constexpr std::size_t ahead = 8; ///< how many records are fetched at a time
    static constexpr std::size_t room_max = 256;

    P const& people_;
    Task const& task_;
    Scorer const& scorer_;
    Gate const& gate_;
    best<id_of<P>>& found_;
    std::vector<waiting> waiting_;
    std::size_t room_ = 32; ///< grows, so that the first scores come soon
};

} // namespace koc::detail
