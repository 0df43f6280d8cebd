// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is known of a journal: the state after its first events and what else follows from them, and
// how more is read and appended.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/answers.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/sealed_text.hpp>
#include <koc/journal/sealer.hpp>
#include <koc/state/container.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

/// All but `of` and `journal` is a function of the events before `head`; `stale` says whether the
/// journal may hold more.
struct known_prefix {
    /// Few enough that a page of events stays in a processor's cache until it is applied.
    static constexpr std::size_t page_size = 512;
    /// The records of so many events are prefetched before the first of them is applied.
    static constexpr std::size_t fetched_at_once = 8;
    /// How often an append is repeated whose outcome is unknown.
    static constexpr int append_retries = 16;

    known_prefix(composition const& programme, any_journal in)
        : of{&programme}, journal{std::move(in)} {
        forget();
    }

    composition const* of;
    any_journal journal;
    any_sealer sealer;
    std::unique_ptr<core> state;
    container const* clock_container = nullptr; ///< where `state` keeps clock_rules
    journal_head head;
    instant last;
    known_answers answers;
    instant known_from; ///< requests from before it are forgotten
    bool begun = false; ///< no aspect lacks anything to begin
    bool stale = true;
    bool sealed = false; ///< the journal has sealed texts
    sealed_finder is_sealed_event;
    bool broken = false; ///< there was no memory for a state of nothing; see `forget`
    /// The event that did not fit the last time; it is tried in a scope.
    std::uint64_t suspect = ~std::uint64_t{0};

    [[nodiscard]] clock_rules const& clock() const {
        static constexpr clock_rules usual{};
        auto const* held = static_cast<clock_rules const*>(clock_container->find_raw(0));
        return held != nullptr ? *held : usual;
    }
    [[nodiscard]] digest state_digest() const {
        hasher into{personal::left_out};
        into.add(head.position);
        state->digest_into(into);
        return into.finish();
    }
    void write_state(std::string& out) const {
        state->each_container(
            [&](std::string_view aspect, std::string_view name, container const& held) {
                out += aspect;
                out += '.';
                out += name;
                out += ' ';
                held.write_into(out);
                out += '\n';
            });
    }

    /// Back to a state of nothing. Without the memory for one, the state is broken until the next
    /// reading, which begins here again.
    void forget() {
        broken = true;
        stale = true;
        head = {};
        last = instant_min;
        answers.clear();
        known_from = instant_min;
        begun = false;
        state = std::make_unique<core>(*of);
        clock_container = state->container_of(key_of<clock_rules>);
        broken = false;
    }
    /// After each batch, so that which requests are known is a function of the journal.
    void forget_requests_of(instant at) {
        known_from = (std::max)(known_from, at - clock().requests_kept);
    }

    /// Reads and applies what the journal holds, up to a position.
    result<void> read_on(std::uint64_t until = ~std::uint64_t{0}) {
        stale = true;
        if (broken) {
            forget();
        }
        if (head.position == 0) {
            state->expect_many();
        }
        return read_pages(until);
    }
    /// As `read` of the journal, with its texts opened.
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<envelope>& out) {
        auto const before = out.size();
        auto done = journal.read(from, limit, of->types, out);
        std::span const found{out.data() + before, out.size() - before};
        for (std::size_t i = 0; i < found.size() && !sealed; ++i) {
            auto const& events = found[i].events;
            sealed = std::any_of(events.begin(), events.end(), std::ref(is_sealed_event));
        }
        if (!sealed) {
            return done;
        }
        std::size_t opened = 0;
        if (auto open = open_envelopes(sealer, found, opened); !open) {
            out.resize(before + opened);
            return open;
        }
        return done;
    }

    /// Appends batches that were applied already; the head stays where it is. An unknown outcome is
    /// settled by looking for the chain it would have left, and by the same append again where it
    /// is not there yet; only when neither is answered does the outcome stay unknown. The first
    /// append may land late, so a conflict of a later one is looked into too: it may be with
    /// ourselves. What is stored, and so what is chained, is sealed.
    result<journal_head> append(journal_head at, std::span<batch const> batches) {
        stale = true; // also when the journal or the sealer throws
        if (!sealer) {
            KOC_TRY(check_clear(batches));
            return append_stored(at, batches);
        }
        auto const stored = sealed_batches(sealer, at.position, batches);
        if (!stored) {
            return stored.error();
        }
        sealed = true;
        auto appended = append_stored(at, *stored);
        if (appended) {
            forget_keys();
        }
        return appended;
    }
    /// Has the sealer forget the keys of all whose erasure is recorded. Where it cannot, also for
    /// want of memory, that is tried again after the next reading or append: what was recorded
    /// stands.
    void forget_keys() {
        auto& erased = state->erased();
        try {
            while (sealer && erased.forgotten < erased.ids.size() &&
                sealer.forget(erased.ids[erased.forgotten])) {
                ++erased.forgotten;
            }
        } catch (std::bad_alloc const&) { // NOLINT: see above
        }
    }
    /// Whose erasure is recorded and whose key could not be forgotten yet.
    [[nodiscard]] std::vector<std::uint64_t> keys_to_forget() const {
        auto const& erased = state->erased();
        return sealer ? std::vector<std::uint64_t>(
                            erased.ids.begin() + static_cast<std::ptrdiff_t>(erased.forgotten),
                            erased.ids.end())
                      : std::vector<std::uint64_t>{};
    }

private:
    /// Nothing readable goes into a journal that has sealed texts.
    [[nodiscard]] result<void> check_clear(std::span<batch const> batches) const {
        for (auto const& one : batches) {
            if (sealed && std::any_of(one.events.begin(), one.events.end(), &has_personal_text)) {
                return error{errc::wrong_state, "journal",
                    "expected a sealer, as the personal texts in it are sealed; give the engine "
                    "its own by seal_with"};
            }
        }
        return {};
    }
    result<journal_head> append_stored(journal_head at, std::span<batch const> batches) {
        auto appended = journal.append(at, batches);
        if (appended || appended.error().code != errc::outcome_unknown) {
            stale = false;
            return appended;
        }
        auto const hoped = head_after(at, batches);
        bool moved = false;
        for (int attempt = 0; attempt < append_retries; ++attempt) {
            std::vector<envelope> newest;
            if (!journal.read(hoped.position - 1, 1, of->types, newest)) {
                break;
            }
            if (!newest.empty() && newest.front().chain == hoped.chain) {
                stale = false;
                return hoped;
            }
            if (!newest.empty() || moved) {
                return error{
                    errc::conflict, "journal", "expected to be the only writer; try again"};
            }
            auto again = journal.append(at, batches);
            if (again) {
                stale = false;
                return again;
            }
            moved = again.error().code == errc::conflict;
            if (!moved && again.error().code != errc::outcome_unknown) {
                break;
            }
        }
        return appended;
    }

    result<void> read_pages(std::uint64_t until) {
        std::vector<envelope> page;
        do {
            page.clear();
            auto const wanted = until > head.position ? until - head.position : 0;
            auto done = read(head.position,
                static_cast<std::size_t>((std::min)(wanted, std::uint64_t{page_size})), page);
            for (std::size_t i = 0; i < page.size(); ++i) {
                if (i % fetched_at_once == 0) {
                    fetch_for(std::span{page}.subspan(i));
                }
                auto const& e = page[i];
                if (e.first == e.position && head.position != 0) {
                    forget_requests_of(last); // the batch before is complete
                }
                if (!e.asked.id.empty()) {
                    answers.put(e.asked.id,
                        {e.asked.command, {e.first, e.position + 1 - e.first, false}, e.at});
                }
                if (auto folded = fold(e); !folded) {
                    if (head.position == e.position) {
                        return folded; // tried in a scope, and taken back
                    }
                    return read_on(until);
                }
                last = e.at;
                head = {e.position + 1, e.chain};
            }
            answers.forget_before(known_from);
            if (!done) {
                return done;
            }
        } while (!page.empty());
        if (head.position != 0) { // a reading that broke off may have ended with this batch as well
            forget_requests_of(last);
            answers.forget_before(known_from);
        }
        forget_keys();
        stale = until != ~std::uint64_t{0};
        return {};
    }
    /// For the first of these events.
    void fetch_for(std::span<envelope const> events) const {
        for (auto const& e : events.first((std::min)(events.size(), fetched_at_once))) {
            for (auto const& happened : e.events) {
                state->fetch_for(happened);
            }
        }
    }
    /// An event that cannot be applied for want of memory leaves a state of nothing: the next
    /// command reads all again. So does, at first, one that does not fit: what was applied of it
    /// was not noted, as nearly all events fit. It is refused when it is read again, in a scope.
    result<void> fold(envelope const& e) {
        if (e.at < last) {
            return misfitting(e, "its instant is before that of the last");
        }
        std::optional<undo_scope> trial;
        if (e.position == suspect) {
            trial.emplace(state->log);
        }
        try {
            for (auto const& happened : e.events) {
                state->apply(happened, e.at, e.by);
            }
        } catch (misfit const& found) {
            if (!trial) {
                suspect = e.position;
                forget();
            }
            return misfitting(e, found.why().subject + " is not there");
        } catch (...) {
            trial.reset();
            forget();
            throw;
        }
        if (trial) {
            trial->keep();
        }
        return {};
    }
    static error misfitting(envelope const& e, std::string const& why) {
        std::string types;
        for (auto const& happened : e.events) {
            types += (types.empty() ? "" : ", ") + std::string{happened.type().name};
        }
        return {errc::corrupt, "event " + std::to_string(e.position) + " (" + types + ')',
            "expected an event that follows from what is before it, but " + why +
                "; restore the journal from a backup"};
    }
};

} // namespace koc::detail
