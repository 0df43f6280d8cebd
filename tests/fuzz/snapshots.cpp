// SPDX-License-Identifier: BSL-1.0

// Snapshots of a small programme. The input is what is done to one that was taken; the digests are
// made to fit again, so that what reads the containers is reached. It is refused by name, and the
// engine knows nothing, or it is the state that the text says.

#include <koc/engine/engine.hpp>
#include <koc/engine/snapshot.hpp>
#include <koc/journal/memory_journal.hpp>

#include "fuzz/lending.hpp"
#include "fuzz/targets.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc_fuzz::promise;
using koc_fuzz::promise_told;

struct taken_snapshot {
    koc::memory_journal journal;
    std::string text;
    koc::snapshot_head head;
    std::string state;
};
taken_snapshot const& taken() {
    static taken_snapshot const made = [] {
        taken_snapshot whole;
        auto engine = lending::engine_over(koc::memory_journal{});
        lending::tell(engine);
        auto const events = engine.read(0, 1'000);
        for (auto const& e : *events) {
            auto const head = *whole.journal.head();
            promise(whole.journal.append(head, std::vector{koc::batch{e, e.events}}).has_value(),
                "the history is copied");
        }
        auto copy = lending::engine_over(whole.journal);
        promise(copy.catch_up().has_value(), "and read");
        whole.text = *koc::take_snapshot(copy);
        auto const parts = koc::read_snapshot(whole.text);
        whole.head = parts->head;
        whole.state = parts->state;
        return whole;
    }();
    return made;
}

/// Edits of a text: each takes a place, how much of what is there goes, and what comes instead.
std::string edited(std::string text, std::string_view by) {
    auto const byte = [&]() -> std::size_t {
        if (by.empty()) {
            return 0;
        }
        auto const first = static_cast<unsigned char>(by.front());
        by.remove_prefix(1);
        return first;
    };
    while (!by.empty()) {
        auto const high = byte();
        auto const at = (high * 256 + byte()) % (text.size() + 1);
        auto const gone = byte();
        auto const size = (std::min)(byte() % 32, by.size());
        auto const from = byte();
        if (size == 0 && from != 0) { // a piece of the text itself comes, such as another record
            auto const begin = (from * 8) % (text.size() + 1);
            auto const piece = text.substr(begin, byte());
            text.replace(at, gone, piece);
        } else {
            auto const come = (std::min)(size, by.size());
            text.replace(at, gone, by.substr(0, come));
            by.remove_prefix(come);
        }
    }
    return text;
}

/// That the text is refused and nothing is known, or the engine is what the text says.
void promise_snapshot(std::string const& text) {
    auto engine = lending::engine_over(taken().journal);
    auto const begun = koc::resume(engine, text);
    if (!begun) {
        promise_told(begun.error());
        promise(engine.head() == koc::journal_head{}, "nothing is known of what was refused");
        promise(engine.catch_up().has_value() && engine.state_digest() == taken().head.state,
            "and the journal is read instead");
        return;
    }
    auto const parts = koc::read_snapshot(text);
    promise(parts.has_value(), "what begins an engine can be taken apart");
    promise(engine.state_digest() == parts->head.state, "the state has the digest that it says");
    auto const written = engine.state_text();
    if (written != parts->state) { // which may spell values otherwise, such as an instant as a day
        auto again = lending::engine_over(taken().journal);
        promise(koc::resume(again, koc::snapshot_text(parts->head, written)).has_value() &&
                again.state_text() == written,
            "the state is what the text says");
    }
    koc::asked const with{engine.last(), {koc::actor_kind::employee, 3}, {}};
    for (std::uint64_t id = 0; id < 6; ++id) {
        if (auto const told = engine.ask(lending::who_has{lending::book_id{id}}, with); !told) {
            promise_told(told.error());
        }
        static_cast<void>(engine.ask(lending::books_of{lending::reader_id{id}}, with));
        static_cast<void>(engine.preview(
            lending::vouch{lending::reader_id{id}, lending::reader_id{id + 1}}, with));
        static_cast<void>(
            engine.handle(lending::lend{lending::book_id{id}, lending::reader_id{id + 1}}, with));
    }
    static_cast<void>(engine.advance({with.now + koc::days(30), with.by, {}}));
}

/// The digest of the state that a text holds, where it can be read.
std::optional<koc::digest> digest_in(koc::snapshot_head head, std::string const& state) {
    auto engine = lending::engine_over(taken().journal);
    auto const text = koc::snapshot_text(head, state);
    auto const parts = koc::read_snapshot(text);
    using access = koc::detail::snapshot_access;
    auto& base = access::in(engine);
    if (!access::read_state(base, parts->state)) {
        return std::nullopt;
    }
    base.stand_at(head.at, head.last, head.known_from, false);
    return base.state_digest();
}

/// Whether a list has a number of a million or more in it. In that of a table it stands for so many
/// rows that were erased, which take a byte each and are no mistake.
bool has_many_rows(std::string_view state) {
    constexpr std::string_view digits = "0123456789";
    for (auto at = state.find_first_of("[,"); at != std::string_view::npos;
         at = state.find_first_of("[,", at + 1)) {
        auto const end = (std::min)(state.find_first_not_of(digits, at + 1), state.size());
        if (end - at > 7) {
            return true;
        }
    }
    return false;
}

} // namespace

void koc_fuzz::snapshot(std::string_view bytes) {
    auto const how = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.front()) % 4;
    auto const by = bytes.substr((std::min)(bytes.size(), std::size_t{1}));
    if (how == 0) { // the text as it is
        return promise_snapshot(edited(taken().text, by));
    }
    auto head = taken().head;
    auto state = taken().state;
    if (how == 1) { // another head
        std::string line;
        koc::append_canonical(line, koc::shape_of<koc::snapshot_head>, &head);
        auto const content = edited(line, by) + '\n' + state;
        return promise_snapshot(std::string{koc::snapshot_mark} +
            to_hex(koc::digest_of(std::string_view{content})) + '\n' + content);
    }
    state = edited(std::move(state), by);
    if (has_many_rows(state)) {
        return;
    }
    if (how == 3) { // of which the head has the digest
        if (auto const told = digest_in(head, state)) {
            head.state = *told;
        }
    }
    promise_snapshot(koc::snapshot_text(head, state));
}
