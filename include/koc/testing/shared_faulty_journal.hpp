// SPDX-License-Identifier: BSL-1.0
#pragma once

// One journal that several engines share and that fails by lot, as stores and networks do: appends
// that are refused, acknowledged to nobody, or arrive after their writer gave up, and readings that
// break off. Which call fails is a function of the seed and of the calls before it. For faults at
// calls that a test names, see faulty_journal.hpp.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/testing/draws.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace koc::testing {

/// How many of 1,000 calls meet each fault.
struct journal_faults {
    std::uint64_t conflict = 0;        ///< nothing is written: `errc::conflict`
    std::uint64_t unavailable = 0;     ///< nothing is written: `errc::unavailable`
    std::uint64_t unknown_written = 0; ///< written, but the answer is `errc::outcome_unknown`
    std::uint64_t unknown_lost = 0;    ///< the same answer, but nothing is written
    std::uint64_t unknown_late = 0;    ///< the same answer; it arrives later, maybe at other events
    std::uint64_t arrives = 300;       ///< calls before which a late append arrives
    std::uint64_t unreadable = 0;      ///< `head` or `read`: `errc::unavailable`
    std::uint64_t torn = 0;            ///< `read` gives a part and then `errc::unavailable`
};

/// Models `journal`; copies share one journal, its faults and its draws. One thread.
template <journal Journal>
class shared_faulty_journal {
    struct late_append {
        journal_head expected;
        std::vector<batch> batches;
    };
    struct state {
        Journal inner;
        draws lots;
        journal_faults faults;
        std::vector<late_append> late;
    };

public:
    shared_faulty_journal(Journal inner, std::uint64_t seed, journal_faults faults)
        : state_{std::make_shared<state>(state{std::move(inner), draws{seed}, faults, {}})} {}

    /// The journal behind, as it really is.
    [[nodiscard]] Journal& inner() const { return state_->inner; }
    /// From now on; what is under way still arrives by lot.
    void set_faults(journal_faults faults) const { state_->faults = faults; }
    /// No more faults, and all that is under way arrives now.
    void heal() const {
        state_->faults = {};
        while (!state_->late.empty()) {
            arrive(0);
        }
    }

    [[nodiscard]] result<journal_head> head() const {
        let_arrive();
        if (state_->lots.per_mille(state_->faults.unreadable)) {
            return said(errc::unavailable);
        }
        return state_->inner.head();
    }

    result<journal_head> append(journal_head expected, std::span<batch const> batches) const {
        let_arrive();
        auto const& faults = state_->faults;
        auto lot = state_->lots.below(1'000);
        auto const met = [&](std::uint64_t share) {
            auto const hit = lot < share;
            lot -= hit ? 0 : share;
            return hit;
        };
        if (met(faults.unavailable)) {
            return said(errc::unavailable);
        }
        if (met(faults.unknown_lost)) {
            return said(errc::outcome_unknown);
        }
        if (met(faults.unknown_late)) {
            state_->late.push_back({expected, {batches.begin(), batches.end()}});
            return said(errc::outcome_unknown);
        }
        if (met(faults.unknown_written)) {
            auto written = state_->inner.append(expected, batches);
            return written ? result<journal_head>{said(errc::outcome_unknown)} : written;
        }
        // An append that is under way may arrive only at an end that never moved, which is just
        // what a conflict rules out.
        if (met(faults.conflict) && state_->late.empty()) {
            return said(errc::conflict);
        }
        return state_->inner.append(expected, batches);
    }

    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) const {
        let_arrive();
        if (state_->lots.per_mille(state_->faults.unreadable)) {
            return said(errc::unavailable);
        }
        auto const before = out.size();
        auto read = state_->inner.read(from, limit, types, out);
        if (state_->lots.per_mille(state_->faults.torn)) {
            auto const kept = state_->lots.below(out.size() - before + 1U);
            out.erase(out.begin() + static_cast<std::ptrdiff_t>(before + kept), out.end());
            return said(errc::unavailable);
        }
        return read;
    }

private:
    static error said(errc code) {
        return {code, "shared faulty journal", "expected this fault, as it was drawn by lot"};
    }
    void let_arrive() const {
        if (!state_->late.empty() && state_->lots.per_mille(state_->faults.arrives)) {
            arrive(static_cast<std::size_t>(state_->lots.below(state_->late.size())));
        }
    }
    /// The journal itself refuses it where its end has moved.
    void arrive(std::size_t which) const {
        auto const at = state_->late.begin() + static_cast<std::ptrdiff_t>(which);
        auto const arrived = std::move(*at);
        state_->late.erase(at);
        static_cast<void>(state_->inner.append(arrived.expected, arrived.batches));
    }

    std::shared_ptr<state> state_;
};

} // namespace koc::testing
