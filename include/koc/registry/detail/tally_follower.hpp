// SPDX-License-Identifier: BSL-1.0
#pragma once

// Brings the tallies of a search index from what a record had to what it has.

#include <koc/registry/detail/gate_set.hpp>
#include <koc/tag/fwd.hpp>
#include <koc/tag/search_index.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace koc::detail {

/// The tallies that the records of one table contribute to.
class tally_follower {
public:
    using count_function = void (*)(
        void const* record, void (*visit)(void*, tag_id, std::int64_t), void* with);

    void follow(tally_id which, count_function count, gate_number gate) {
        sources_.push_back({which, count, gate});
    }
    [[nodiscard]] bool empty() const { return sources_.empty(); }

    /// Notes what a record has, null for nothing, before it changes.
    void leave(void const* record, open_gates open) { collect(record, open, before_); }
    /// Puts what it has now into the index, null for nothing, and takes out what it had.
    void enter(void const* record, open_gates open, slot at, search_index& into) {
        collect(record, open, after_);
        for (auto const& gone : before_) {
            auto const again = [&gone](counted const& now) {
                return now.tally == gone.tally && now.tag == gone.tag;
            };
            if (std::none_of(after_.begin(), after_.end(), again)) {
                into.put(gone.tally, at, gone.tag, 0);
            }
        }
        for (auto const& now : after_) {
            if (std::find(before_.begin(), before_.end(), now) == before_.end()) {
                into.put(now.tally, at, now.tag, now.number);
            }
        }
    }

private:
    struct source {
        tally_id tally;
        count_function count;
        gate_number gate;
    };
    struct counted {
        tally_id tally;
        tag_id tag;
        std::int64_t number;

        friend bool operator==(counted const&, counted const&) = default;
    };

    void collect(void const* record, open_gates open, std::vector<counted>& into) const {
        into.clear();
        for (auto const& from : sources_) {
            struct place {
                tally_id tally;
                std::vector<counted>* into;
            } with{from.tally, &into};
            auto const add = [](void* w, tag_id tag, std::int64_t number) {
                auto const& to = *static_cast<place*>(w);
                to.into->push_back({to.tally, tag, number});
            };
            if (record != nullptr && open.contain(from.gate)) {
                from.count(record, add, &with);
            }
        }
    }

    std::vector<source> sources_;
    std::vector<counted> before_;
    std::vector<counted> after_;
};

} // namespace koc::detail
