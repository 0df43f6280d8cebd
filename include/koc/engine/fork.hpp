// SPDX-License-Identifier: BSL-1.0
#pragma once

// Engines that begin with the first events of another engine's journal: the state of an earlier
// day, which answers every query as of then, and a sandbox, in which commands can be tried from any
// position on. What they record stays in memory and never reaches the journal they came from.
//
// A fork reads through the engine it came from: that one has to outlive it, and the two are for one
// thread. Making one reads the events up to its position; one that begins with a snapshot reads
// only those behind it:
//
//     auto then = koc::engine::of<my_programme>(*koc::fork_journal_at(live, position));
//     koc::resume(then, snapshot); // taken at `position` or before
//     then.catch_up();

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/fork_journal.hpp>

#include <cstdint>
#include <memory>
#include <utility>

namespace koc {

namespace detail {

/// What a fork needs of an engine.
struct fork_access {
    static engine_base& in(engine& of) { return *of.base_; }
    static engine_base const& in(engine const& of) { return *of.base_; }
    static engine made(std::unique_ptr<engine_base> base) { return engine{std::move(base)}; }
};

} // namespace detail

/// A journal that begins with the first `position` events of an engine's, for an engine of another
/// programme: `engine::of<stricter>(*fork_journal_at(live, position))`. Refused: as
/// fork_journal::at.
[[nodiscard]] inline result<fork_journal> fork_journal_at(engine& live, std::uint64_t position) {
    return fork_journal::at(detail::fork_access::in(live).journal(), position, live.is().types);
}

/// The same programme after the first `position` events. Refused: as fork_journal_at, and as
/// reading the events. O(events up to there).
[[nodiscard]] inline result<engine> fork_at(engine& live, std::uint64_t position) {
    using access = detail::fork_access;
    auto begun = fork_journal_at(live, position);
    if (!begun) {
        return std::move(begun).error();
    }
    auto made = access::made(access::in(live).over(*std::move(begun)));
    KOC_TRY(made.catch_up());
    return made;
}

/// The programme as it was at the end of an instant: what had been recorded by then, whenever it
/// happened. Ask it with that instant as `asked::now`. Refused: `invalid_argument` for an instant
/// before the first event or after the last one, of which nothing is recorded yet (`fork_at` the
/// head and `advance` show what would become due); and as fork_at.
[[nodiscard]] inline result<engine> as_of(engine& live, instant when) {
    KOC_TRY(live.catch_up());
    if (live.head().position == 0 || when > live.last()) {
        return error{errc::invalid_argument, "as of " + to_iso8601(when),
            live.head().position == 0
                ? std::string{"expected a journal with events; this one is empty"}
                : "expected an instant until " + to_iso8601(live.last()) +
                    ", the last event; ask the engine itself for now"};
    }
    auto const position =
        position_at(detail::fork_access::in(live).journal(), when, live.is().types);
    if (!position) {
        return position.error();
    }
    if (*position == 0) {
        return error{errc::invalid_argument, "as of " + to_iso8601(when),
            "expected an instant at or after the first event"};
    }
    return fork_at(live, *position);
}

} // namespace koc
