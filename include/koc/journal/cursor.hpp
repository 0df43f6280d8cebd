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
/// Models: `memory_cursor`, `file_cursor`, `sqlite_cursor`.
template <typename C>
concept cursor = std::movable<C> && requires(C& c, journal_head at) {
    { c.load() } -> std::same_as<result<journal_head>>;
    { c.store(at) } -> std::same_as<result<void>>;
};

/// A cursor in the database that its reader writes to. What the reader writes and how far it has
/// come are kept together or not at all, so each batch has its effect there exactly once.
///
/// Requirements beyond those of `cursor`:
///   1. `c.begin()` returns `result<void>`. What is written to the database from here on belongs to
///      one batch; any number of batches may come before one `store`. It refuses with `conflict`
///      where the cursor is no longer where `load` found it, so of two readers one goes on.
///   2. `c.undo()` takes back what was written since the last `begin`, and returns `result<void>`.
///      It refuses where what was written before that is lost too.
///   3. `c.undo_all()` takes back what was written since the last `store`, if anything was.
///   4. `c.store(head)` keeps what was written since the last `store` together with the head;
///      refused, it keeps none of it, or all of it where the database could not tell.
///
/// Models: `sqlite_cursor`.
template <typename C>
concept transactional_cursor = cursor<C> && requires(C& c) {
    { c.begin() } -> std::same_as<result<void>>;
    { c.undo() } -> std::same_as<result<void>>;
    { c.undo_all() }
    noexcept;
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
