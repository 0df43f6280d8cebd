// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal without its type, so that the engine is compiled once for all of them.

#include <koc/core/result.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// Owns one journal; moves only.
class any_journal {
    struct held {
        virtual ~held() = default;
        virtual result<journal_head> head() = 0;
        virtual result<journal_head> append(
            journal_head expected, std::span<batch const> batches) = 0;
        virtual result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
            std::vector<envelope>& out) = 0;
    };
    template <typename J>
    struct holding final : held {
        explicit holding(J journal) : journal_{std::move(journal)} {}
        result<journal_head> head() override { return journal_.head(); }
        result<journal_head> append(
            journal_head expected, std::span<batch const> batches) override {
            return journal_.append(expected, batches);
        }
        result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
            std::vector<envelope>& out) override {
            return journal_.read(from, limit, types, out);
        }
        J journal_;
    };

public:
    template <typename J>
        requires(!std::is_same_v<J, any_journal>)
    any_journal(J journal) // NOLINT: any journal is one
        : held_{std::make_unique<holding<J>>(std::move(journal))} {
        static_assert(koc::journal<J>,
            "koc: the journal of an engine must model koc::journal; see docs/journal.md#journal");
    }

    [[nodiscard]] result<journal_head> head() { return held_->head(); }
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        return held_->append(expected, batches);
    }
    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) {
        return held_->read(from, limit, types, out);
    }

private:
    std::unique_ptr<held> held_;
};

} // namespace koc
