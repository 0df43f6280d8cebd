// SPDX-License-Identifier: BSL-1.0
#pragma once

// A wrapper that makes any journal fail by a script, to test what happens when a store fails.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

namespace koc::testing {

/// What becomes of one append.
enum class append_fault : unsigned char {
    none,            ///< it goes to the journal
    conflict,        ///< nothing is written: `errc::conflict`
    unavailable,     ///< nothing is written: `errc::unavailable`
    unknown_written, ///< it goes to the journal, but the answer is `errc::outcome_unknown`
    unknown_lost,    ///< nothing is written: `errc::outcome_unknown`
};

/// Models `journal`.
template <journal Journal>
class faulty_journal {
public:
    explicit faulty_journal(Journal inner) : inner_{std::move(inner)} {}

    /// The journal behind, as it really is.
    [[nodiscard]] Journal& inner() { return inner_; }

    /// The next appends meet these faults, in order; then all goes well.
    void script(std::initializer_list<append_fault> faults) {
        script_.insert(script_.end(), faults.begin(), faults.end());
    }
    /// The next `calls` of head or read are refused with `errc::unavailable`.
    void fail_reads(std::size_t calls) { failing_reads_ = calls; }

    [[nodiscard]] result<journal_head> head() {
        if (read_fails()) {
            return fault(errc::unavailable);
        }
        return inner_.head();
    }

    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        auto next = append_fault::none;
        if (!script_.empty()) {
            next = script_.front();
            script_.pop_front();
        }
        switch (next) {
        case append_fault::none:
            break;
        case append_fault::conflict:
            return fault(errc::conflict);
        case append_fault::unavailable:
            return fault(errc::unavailable);
        case append_fault::unknown_lost:
            return fault(errc::outcome_unknown);
        case append_fault::unknown_written: {
            auto const written = inner_.append(expected, batches);
            return written ? result<journal_head>{fault(errc::outcome_unknown)} : written;
        }
        }
        return inner_.append(expected, batches);
    }

    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) {
        if (read_fails()) {
            return fault(errc::unavailable);
        }
        return inner_.read(from, limit, types, out);
    }

private:
    static error fault(errc code) {
        return {code, "faulty journal", "expected this fault: the test's script asked for it"};
    }
    bool read_fails() { return failing_reads_ > 0 && failing_reads_-- > 0; }

    Journal inner_;
    std::deque<append_fault> script_;
    std::size_t failing_reads_ = 0;
};

} // namespace koc::testing
