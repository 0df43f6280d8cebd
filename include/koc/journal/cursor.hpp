// SPDX-License-Identifier: BSL-1.0
#pragma once

// How far a reader of a journal has come, kept where it outlives the reader. It holds the chain
// beside the position, so that a journal which is not the one that was read is noticed.

#include <koc/core/result.hpp>
#include <koc/journal/envelope.hpp>

#include <concepts>

namespace koc {

/// Remembers the head of what was read.
///
/// Requirements, where `c` is a cursor:
///   1. `c.load()` returns the head that was stored last, or an empty one where none ever was, as
///      `result<journal_head>`.
///   2. `c.store(head)` returns `result<void>`. Once it succeeds, every later `load` gives this
///      head, also that of another process after a crash. Refused or interrupted, `load` gives this
///      head or the one before.
///
/// Models: `memory_cursor`, `file_cursor`. A host that keeps its cursor in the transaction of its
/// own effects handles each event exactly once.
template <typename C>
concept cursor = std::movable<C> && requires(C& c, journal_head at) {
    { c.load() } -> std::same_as<result<journal_head>>;
    { c.store(at) } -> std::same_as<result<void>>;
};

/// Forgets when it is destroyed.
class memory_cursor {
public:
    memory_cursor() = default;
    explicit memory_cursor(journal_head at) : at_{at} {}

    [[nodiscard]] result<journal_head> load() const { return at_; }
    result<void> store(journal_head at) {
        at_ = at;
        return {};
    }

private:
    journal_head at_;
};
static_assert(cursor<memory_cursor>);

} // namespace koc
