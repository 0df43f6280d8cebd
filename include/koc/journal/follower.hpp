// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reads a journal from a cursor on and goes on with what is appended later: whole batches in their
// order without a gap, each at least once. What was handed over and not yet stored by the cursor
// when a process ends is handed over again; a transactional cursor then has undone its effect.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/journal/awaiting.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/cursor.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

/// What a handler writes while one page is handed over: undone at the end unless it was kept.
template <cursor Cursor>
class page_effects {
public:
    explicit page_effects(Cursor& cursor) : cursor_{cursor} {}
    page_effects(page_effects const&) = delete;
    page_effects& operator=(page_effects const&) = delete;
    ~page_effects() {
        if constexpr (transactional_cursor<Cursor>) {
            if (!kept_) {
                cursor_.undo_all();
            }
        }
    }

    result<void> begin_batch() {
        if constexpr (transactional_cursor<Cursor>) {
            return cursor_.begin();
        }
        return {};
    }
    /// Refused where the batches before this one cannot be kept either.
    result<void> undo_batch() {
        if constexpr (transactional_cursor<Cursor>) {
            return cursor_.undo();
        }
        return {};
    }
    result<void> keep(journal_head end) {
        auto stored = cursor_.store(end);
        kept_ = stored.has_value();
        return stored;
    }

private:
    Cursor& cursor_;
    bool kept_ = false;
};

} // namespace koc::detail

namespace koc {

/// Follows one journal; movable, used by one thread at a time.
template <journal Journal, cursor Cursor>
class follower {
public:
    static constexpr std::size_t page_size = 512;

    /// `types` are those that the programme reads: `engine.is().types`.
    follower(Journal journal, event_types types, Cursor cursor)
        : journal_{std::move(journal)}, types_{std::move(types)}, cursor_{std::move(cursor)} {}

    [[nodiscard]] Cursor& cursor() { return cursor_; }

    /// Hands the next batches to `handler(std::span<envelope const>)`, one at a time, and then
    /// stores how far it came; at least one where there is one, and about `page` events. Returns
    /// how many events there were; 0 where the journal holds no more yet. O(events).
    ///
    /// What the handler refuses is refused, and stands next; the batches before it are stored. An
    /// exception of the handler stores nothing of this call. With a `transactional_cursor` nothing
    /// of what the handler wrote for a batch that was not stored stays. Refused are also a cursor
    /// that is not of this journal (`invalid_argument`) or stands within a batch (`wrong_state`),
    /// and whatever the journal or the cursor refuses; the cursor is then loaded again.
    template <typename Handler>
    result<std::uint64_t> follow(Handler&& handler, std::size_t page = page_size) {
        KOC_EXPECTS(page != 0);
        KOC_TRY(begin());
        std::vector<envelope> read;
        auto const whole = read_batches(page, read);
        if (!whole) {
            return whole.error();
        }
        std::span<envelope const> const rest{*whole};
        auto end = at_;
        result<void> done;
        detail::page_effects<Cursor> effects{cursor_};
        for (std::size_t from = 0, next = 0; done && from < rest.size(); from = next) {
            for (next = from + 1; next < rest.size() && rest[next].first == rest[from].first;) {
                ++next;
            }
            begun_ = false; // unless all goes well
            KOC_TRY(effects.begin_batch());
            done = handler(rest.subspan(from, next - from));
            if (done) {
                end = {rest[next - 1].position + 1, rest[next - 1].chain};
            } else if (!effects.undo_batch()) {
                return std::move(done).error();
            }
        }
        auto const count = end.position - at_.position;
        if (count != 0) {
            KOC_TRY(effects.keep(end));
            at_ = end;
        }
        begun_ = true;
        if (!done) {
            return std::move(done).error();
        }
        return count;
    }

    /// Waits until there is more behind the cursor: true, or false after `timeout`. Refused as by
    /// the cursor and `head` of the journal, and for a journal that ends before the cursor.
    result<bool> wait(duration timeout, polling how = {}) {
        KOC_TRY(begin());
        auto const head = journal_.head();
        if (!head) {
            return head.error();
        }
        if (head->position < at_.position) {
            return wrong_cursor("which ends before");
        }
        return wait_beyond(journal_, at_.position, timeout, how);
    }

private:
    [[nodiscard]] error wrong_cursor(char const* found) const {
        return {errc::invalid_argument, "cursor at position " + std::to_string(at_.position),
            std::string{"expected a cursor of this journal, "} + found +
                "; give the journal that was followed, or begin again with a new cursor"};
    }
    result<void> begin() {
        if (!begun_) {
            auto const at = cursor_.load();
            if (!at) {
                return at.error();
            }
            at_ = *at;
            begun_ = true;
        }
        return {};
    }

    /// The events of whole batches behind the cursor, which is checked.
    result<std::span<envelope const>> read_batches(std::size_t page, std::vector<envelope>& into) {
        std::size_t const before = at_.position == 0 ? 0 : 1;
        for (auto limit = page;; limit *= 2) {
            into.clear();
            auto const wanted = before + limit + 1; // one more tells whether a batch is whole
            auto asked = journal_.read(at_.position - before, wanted, types_, into);
            if (into.size() < before) {
                return asked ? wrong_cursor("which ends before") : std::move(asked).error();
            }
            if (before == 1 && into.front().chain != at_.chain) {
                return wrong_cursor("whose events up to there are others");
            }
            std::span<envelope const> const found{into.data() + before, into.size() - before};
            if (!found.empty() && found.front().first != at_.position) {
                return error{errc::wrong_state,
                    "cursor at position " + std::to_string(at_.position),
                    "expected to stand between two batches, but this event is of one that began "
                    "at " +
                        std::to_string(found.front().first) + "; begin there"};
            }
            if (asked && into.size() < wanted) {
                return found;
            }
            // The last batch may be incomplete.
            auto const end = found.empty()
                ? std::size_t{0}
                : static_cast<std::size_t>(found.back().first - at_.position);
            if (end != 0) {
                return found.first(end);
            }
            if (!asked) {
                return std::move(asked).error();
            }
        }
    }

    Journal journal_;
    event_types types_;
    Cursor cursor_;
    journal_head at_;
    bool begun_ = false;
};

} // namespace koc
