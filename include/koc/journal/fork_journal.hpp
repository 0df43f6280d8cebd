// SPDX-License-Identifier: BSL-1.0
#pragma once

// A journal that begins with the first events of another one, which it reads where they are, and
// keeps its own further events in memory: an earlier day to look at, a sandbox, a what-if. Nothing
// that is appended to it reaches the other journal.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/journal/memory_journal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Models `journal`. It refers to the other journal, which has to outlive it and must not be used
/// by another thread while the fork is read; what is appended there later does not show here.
class fork_journal {
public:
    /// The first `position` events of `base`. O(1): reads two events. Refused: `invalid_argument`
    /// for a position behind the end or within the events of one command, and as `read` of `base`.
    [[nodiscard]] static result<fork_journal> at(
        any_journal& base, std::uint64_t position, event_types const& types) {
        std::vector<envelope> around;
        auto const from = position == 0 ? 0 : position - 1;
        KOC_TRY(base.read(from, 2, types, around));
        if (around.size() < position - from) {
            auto const end = base.head();
            if (!end) {
                return end.error();
            }
            return error{errc::invalid_argument, "position " + std::to_string(position),
                "expected one that the journal has; it ends at " + std::to_string(end->position)};
        }
        if (position == 0) {
            return fork_journal{base, {}};
        }
        if (around.size() == 2 && around[1].first != position) {
            return error{errc::invalid_argument, "position " + std::to_string(position),
                "expected a position between two commands, but the events around it are of one; "
                "take " +
                    std::to_string(around[1].first) + " or the position behind that command"};
        }
        return fork_journal{base, {position, around[0].chain}};
    }

    [[nodiscard]] result<journal_head> head() const { return own_.head(); }
    /// As memory_journal::append.
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        return own_.append(expected, batches);
    }
    /// Refuses as the other journal does, for the events that are there.
    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) {
        auto const known = out.size();
        if (from < begin_ && limit != 0) {
            auto const wanted = (std::min)(std::uint64_t{limit}, begin_ - from);
            KOC_TRY(base_->read(from, static_cast<std::size_t>(wanted), types, out));
            if (out.size() - known != wanted) {
                return {}; // the rest with the next reading
            }
        }
        auto const read = out.size() - known;
        if (read == limit) {
            return {};
        }
        return own_.read(from + read, limit - read, types, out);
    }

    /// How many of the first events are those of the other journal.
    [[nodiscard]] std::uint64_t begin() const { return begin_; }

private:
    fork_journal(any_journal& base, journal_head at)
        : base_{&base}, begin_{at.position}, own_{at} {}

    any_journal* base_;
    std::uint64_t begin_;
    memory_journal own_;
};
static_assert(journal<fork_journal>);

/// How many events a journal had at the end of an instant: those that were recorded at it count.
/// Reads O(log events) single events. Refused: as `read` of the journal.
[[nodiscard]] inline result<std::uint64_t> position_at(
    any_journal& in, instant when, event_types const& types) {
    auto const end = in.head();
    if (!end) {
        return end.error();
    }
    std::uint64_t first = 0;
    std::uint64_t count = end->position;
    std::vector<envelope> one;
    while (count != 0) { // the first event that is later
        auto const half = count / 2;
        one.clear();
        KOC_TRY(in.read(first + half, 1, types, one));
        if (!one.empty() && one.front().at <= when) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

} // namespace koc
