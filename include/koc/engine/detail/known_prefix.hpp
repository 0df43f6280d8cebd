// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is known of a journal: the state after its first events and what else follows from them, and
// how more is read and appended.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/answers.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/chain.hpp>
#include <koc/journal/envelope.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
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
    /// How often an append is repeated whose outcome is unknown.
    static constexpr int append_retries = 16;

    known_prefix(composition const& programme, any_journal in)
        : of{&programme}, journal{std::move(in)} {
        forget();
    }

    composition const* of;
    any_journal journal;
    std::unique_ptr<core> state;
    container const* clock_container = nullptr; ///< where `state` keeps clock_rules
    journal_head head;
    instant last;
    known_answers answers;
    instant known_from; ///< requests from before it are forgotten
    bool begun = false; ///< no aspect lacks anything to begin
    bool stale = true;
    bool broken = false; ///< there was no memory for a state of nothing; see `forget`

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

    /// Reads and applies what the journal holds, up to a position. An exception on the way from the
    /// first event leaves a state of nothing.
    result<void> read_on(std::uint64_t until = ~std::uint64_t{0}) {
        stale = true;
        if (broken) {
            forget();
        }
        if (head.position != 0) {
            return read_pages(until);
        }
        try {
            state->begin_many();
            auto done = read_pages(until);
            state->end_many();
            return done;
        } catch (...) {
            forget();
            throw;
        }
    }

    /// Appends batches that were applied already; the head stays where it is. An unknown outcome is
    /// settled by looking for the chain it would have left, and by the same append again where it
    /// is not there yet; only when neither is answered does the outcome stay unknown. The first
    /// append may land late, so a conflict of a later one is looked into too: it may be with
    /// ourselves.
    result<journal_head> append(journal_head at, std::span<batch const> batches) {
        stale = true; // also when the journal throws
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

private:
    result<void> read_pages(std::uint64_t until) {
        std::vector<envelope> page;
        do {
            page.clear();
            auto const wanted = until > head.position ? until - head.position : 0;
            auto read = journal.read(head.position,
                static_cast<std::size_t>((std::min)(wanted, std::uint64_t{page_size})), of->types,
                page);
            for (auto const& e : page) {
                if (e.first == e.position && head.position != 0) {
                    forget_requests_of(last); // the batch before is complete
                }
                if (!e.asked.id.empty()) {
                    answers.put(e.asked.id,
                        {e.asked.command, {e.first, e.position + 1 - e.first, false}, e.at});
                }
                fold(e);
                last = e.at;
                head = {e.position + 1, e.chain};
            }
            answers.forget_before(known_from);
            if (!read) {
                return read;
            }
        } while (!page.empty());
        if (head.position != 0) { // a reading that broke off may have ended with this batch as well
            forget_requests_of(last);
            answers.forget_before(known_from);
        }
        stale = until != ~std::uint64_t{0};
        return {};
    }
    /// An event that cannot be applied for want of memory leaves a state of nothing: the next
    /// command reads all again.
    void fold(envelope const& e) {
        try {
            for (auto const& happened : e.events) {
                state->apply(happened, e.at, e.by);
            }
        } catch (...) {
            forget();
            throw;
        }
    }
};

} // namespace koc::detail
