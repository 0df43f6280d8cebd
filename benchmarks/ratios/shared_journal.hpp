// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <koc/core/result.hpp>
#include <koc/journal/memory_journal.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace bench {

/// A journal whose events outlive the engine.
class shared_journal {
public:
    explicit shared_journal(std::shared_ptr<koc::memory_journal> kept) : kept_{std::move(kept)} {}
    [[nodiscard]] koc::result<koc::journal_head> head() const { return kept_->head(); }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch const> batches) {
        return kept_->append(expected, batches);
    }
    koc::result<void> read(std::uint64_t from, std::size_t limit, koc::event_types const& types,
        std::vector<koc::envelope>& out) const {
        return kept_->read(from, limit, types, out);
    }

private:
    std::shared_ptr<koc::memory_journal> kept_;
};

} // namespace bench
