// SPDX-License-Identifier: BSL-1.0
#pragma once

// Journals for tests of the engine: one that several engines share, and that fails as a script
// says.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/memory_journal.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace test {

/// What becomes of one append.
enum class fault : std::uint8_t {
    none,
    conflict,        ///< nothing is written
    unavailable,     ///< nothing is written
    unknown_written, ///< it is written, but the answer is `outcome_unknown`
    unknown_lost,    ///< nothing is written, and the answer is `outcome_unknown`
    unknown_late,    ///< the same, but it is written before the next append
    throws_written,
    throws_lost,
};

/// A journal in memory that is shared by its copies.
class shared_journal {
    struct state {
        koc::memory_journal inner;
        std::deque<fault> faults;
        std::size_t failing_reads = 0;
        std::size_t throwing_reads = 0;
        std::size_t torn_reads = 0;
        std::size_t appends = 0;
        std::function<void()> before_append;
        koc::journal_head late_at;
        std::vector<koc::batch> late;
    };

public:
    /// The next appends meet these faults, in order; then all goes well.
    void script(std::initializer_list<fault> faults) const {
        state_->faults.insert(state_->faults.end(), faults.begin(), faults.end());
    }
    void fail_reads(std::size_t calls) const { state_->failing_reads = calls; }
    /// The next readings give all that there is, and are refused nevertheless.
    void tear_reads(std::size_t calls) const { state_->torn_reads = calls; }
    void throw_reads(std::size_t calls) const { state_->throwing_reads = calls; }
    /// Called once, before the next append looks where the journal ends: another writer.
    void before_append(std::function<void()> call) const {
        state_->before_append = std::move(call);
    }
    [[nodiscard]] std::size_t appends() const { return state_->appends; }
    [[nodiscard]] std::vector<koc::envelope> const& envelopes() const {
        return state_->inner.envelopes();
    }
    [[nodiscard]] koc::memory_journal const& inner() const { return state_->inner; }

    [[nodiscard]] koc::result<koc::journal_head> head() const {
        if (auto failed = failing()) {
            return *std::move(failed);
        }
        return state_->inner.head();
    }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch const> batches) const {
        if (auto other = std::exchange(state_->before_append, nullptr)) {
            other();
        }
        ++state_->appends;
        if (!state_->late.empty()) {
            auto const arrived = std::exchange(state_->late, {});
            static_cast<void>(state_->inner.append(state_->late_at, arrived));
        }
        auto next = fault::none;
        if (!state_->faults.empty()) {
            next = state_->faults.front();
            state_->faults.pop_front();
        }
        switch (next) {
        case fault::conflict:
            return said(koc::errc::conflict);
        case fault::unavailable:
            return said(koc::errc::unavailable);
        case fault::unknown_lost:
            return said(koc::errc::outcome_unknown);
        case fault::unknown_late:
            state_->late_at = expected;
            state_->late.assign(batches.begin(), batches.end());
            return said(koc::errc::outcome_unknown);
        case fault::throws_lost:
            throw std::runtime_error{"the journal throws"};
        case fault::unknown_written:
        case fault::throws_written: {
            auto written = state_->inner.append(expected, batches);
            if (!written) {
                return written;
            }
            if (next == fault::throws_written) {
                throw std::runtime_error{"the journal throws"};
            }
            return said(koc::errc::outcome_unknown);
        }
        case fault::none:
            break;
        }
        return state_->inner.append(expected, batches);
    }
    koc::result<void> read(std::uint64_t from, std::size_t limit, koc::event_types const& types,
        std::vector<koc::envelope>& out) const {
        if (auto failed = failing()) {
            return *std::move(failed);
        }
        auto read = state_->inner.read(from, limit, types, out);
        if (state_->torn_reads > 0) {
            --state_->torn_reads;
            return said(koc::errc::unavailable);
        }
        return read;
    }

private:
    static koc::error said(koc::errc code) {
        return {code, "shared journal", "expected this fault: the test's script asked for it"};
    }
    [[nodiscard]] std::optional<koc::error> failing() const {
        if (state_->throwing_reads > 0) {
            --state_->throwing_reads;
            throw std::runtime_error{"the journal throws"};
        }
        if (state_->failing_reads > 0) {
            --state_->failing_reads;
            return said(koc::errc::unavailable);
        }
        return std::nullopt;
    }

    std::shared_ptr<state> state_ = std::make_shared<state>();
};
static_assert(koc::journal<shared_journal>);

} // namespace test
