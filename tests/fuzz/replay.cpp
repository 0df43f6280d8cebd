// SPDX-License-Identifier: BSL-1.0

// Journals whose events were left out, repeated, put in another order and given other values, with
// a chain that fits. An engine reads them up to the first event that does not follow from what is
// before it, refuses that by name, and holds the state of the events before; whatever it reads, all
// that it is asked is answered or refused.

#include <koc/engine/engine.hpp>
#include <koc/engine/snapshot.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/json/decoder.hpp>

#include "fuzz/lending.hpp"
#include "fuzz/targets.hpp"
#include "support/golden_record.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using koc_fuzz::promise;
using koc_fuzz::promise_told;

/// One event of a history, as text where it is to be changed.
struct told_event {
    koc::batch_context context;
    koc::event happened;
};
using history = std::vector<told_event>;

/// What inputs are made from: a programme and a history of it.
struct world {
    koc::engine (*make)(koc::any_journal);
    history whole;
    std::vector<std::string> words; ///< all texts, as they stand in payloads
};

/// The tokens of a payload that may be replaced: numbers, texts and lists.
struct token {
    std::size_t from;
    std::size_t size;
};
std::size_t text_end(std::string_view payload, std::size_t from) {
    auto at = from + 1;
    while (at < payload.size() && payload[at] != '"') {
        at += payload[at] == '\\' ? 2 : 1;
    }
    return (std::min)(at + 1, payload.size());
}
std::vector<token> tokens_of(std::string_view payload) {
    std::vector<token> found;
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < payload.size();) {
        auto const c = payload[at];
        if (c == '"') {
            auto const end = text_end(payload, at);
            if (end == payload.size() || payload[end] != ':') {
                found.push_back({at, end - at});
            }
            at = end;
        } else if ((c >= '0' && c <= '9') || c == '-') {
            auto const end =
                (std::min)(payload.find_first_not_of("0123456789-", at), payload.size());
            found.push_back({at, end - at});
            at = end;
        } else {
            if (c == '[') {
                open.push_back(at);
            } else if (c == ']' && !open.empty()) {
                found.push_back({open.back(), at + 1 - open.back()});
                open.pop_back();
            }
            ++at;
        }
    }
    return found;
}

world world_of(koc::engine (*make)(koc::any_journal), history whole) {
    world made{make, std::move(whole), {}};
    for (auto const& e : made.whole) {
        auto const payload = e.happened.payload();
        for (auto const& t : tokens_of(payload)) {
            if (payload[t.from] == '"') {
                made.words.push_back(payload.substr(t.from, t.size));
            }
        }
    }
    std::sort(made.words.begin(), made.words.end());
    made.words.erase(std::unique(made.words.begin(), made.words.end()), made.words.end());
    return made;
}

/// The event of a type with other members, where they can be read.
std::optional<koc::event> event_of(koc::event_type const& type, std::string_view payload) {
    void* value = nullptr;
    auto made = type.make(value);
    return koc::json_decoder{}.read(*type.form, payload, value) ? std::optional{std::move(made)}
                                                                : std::nullopt;
}

/// The small programme, and its own history.
world const& small() {
    static world const made = [] {
        auto told = lending::engine_over(koc::memory_journal{});
        lending::tell(told);
        history all;
        auto const events = told.read(0, 1'000);
        for (auto const& e : *events) {
            all.push_back({e, e.events.front()});
        }
        return world_of(&lending::engine_over, std::move(all));
    }();
    return made;
}
/// The standard programme, and the journal of its present release.
world const& standard() {
    static world const made = [] {
        auto const* told = std::getenv("KOC_SOURCE_DIR");
        std::ifstream in{std::filesystem::path{told != nullptr ? told : "."} /
            "tests/journal/golden/standard-v0.2.0.jsonl"};
        auto const make = [](koc::any_journal over) { return koc::engine{std::move(over)}; };
        auto const any = make(koc::memory_journal{});
        history all;
        for (std::string line; std::getline(in, line);) {
            koc_test::golden_record r;
            promise(koc::json_decoder{}
                        .read(koc::shape_of<koc_test::golden_record>, line, &r)
                        .has_value(),
                "a line of the golden journal is read");
            auto const* type = any.is().types.find(r.type);
            promise(type != nullptr, "its event is known");
            auto happened = event_of(*type, r.payload);
            promise(happened.has_value(), "its event is read");
            all.push_back({{r.at, r.told, r.by, r.writer, r.asked}, *std::move(happened)});
        }
        promise(!all.empty(), "there is a golden journal; set KOC_SOURCE_DIR");
        return world_of(make, std::move(all));
    }();
    return made;
}

/// Numbers from the input, 0 behind its end.
class choices {
public:
    explicit choices(std::string_view from) : from_{from} {}
    [[nodiscard]] bool more() const { return !from_.empty(); }
    std::size_t byte() {
        if (from_.empty()) {
            return 0;
        }
        auto const taken = static_cast<unsigned char>(from_.front());
        from_.remove_prefix(1);
        return taken;
    }
    /// One of so many.
    std::size_t of(std::size_t count) {
        auto const number = count > 256 ? byte() * 256 + byte() : byte();
        return count == 0 ? 0 : number % count;
    }

private:
    std::string_view from_;
};

/// A value in the place of another: a small number, one at the end of a range, or another text.
std::string instead_of(std::string_view token, choices& from, world const& in) {
    static char const* const numbers[] = {"0", "1", "2", "3", "-1", "4294967295", "1000000",
        "999999999999", "9223372036854775807", "-9223372036854775808", "18446744073709551615"};
    if (token.front() == '[') {
        return "[]";
    }
    if (token.front() == '"') {
        return in.words[from.of(in.words.size())];
    }
    auto const which = from.byte();
    return which < std::size(numbers) ? numbers[which] : std::to_string(which - std::size(numbers));
}

void change(told_event& one, choices& from, world const& in) {
    auto payload = one.happened.payload();
    auto const tokens = tokens_of(payload);
    if (tokens.empty()) {
        return;
    }
    auto const at = tokens[from.of(tokens.size())];
    payload.replace(
        at.from, at.size, instead_of(std::string_view{payload}.substr(at.from, at.size), from, in));
    if (auto changed = event_of(one.happened.type(), payload)) {
        one.happened = *std::move(changed);
    }
}

/// A history as the input has it: a part of the whole one, and what is done to that.
history told_by(choices& from, world const& in, bool& in_time) {
    auto const begin = from.of(in.whole.size());
    auto const size = from.of(in.whole.size() - begin + 1);
    auto const founded = from.of(16); // the first events adopt rules
    history made{in.whole.begin(),
        in.whole.begin() + static_cast<std::ptrdiff_t>((std::min)(founded, begin))};
    auto const first = in.whole.begin() + static_cast<std::ptrdiff_t>(begin);
    made.insert(made.end(), first, first + static_cast<std::ptrdiff_t>(size));
    for (int steps = 0; from.more() && !made.empty() && steps < 64; ++steps) {
        auto const what = from.of(8);
        auto const one = from.of(made.size());
        auto const at = made.begin() + static_cast<std::ptrdiff_t>(one);
        switch (what) {
        case 0:
            made.erase(at);
            break;
        case 1:
            std::swap(*at, made[from.of(made.size())]);
            break;
        case 2: {
            auto copy = *at;
            made.insert(made.begin() + static_cast<std::ptrdiff_t>(from.of(made.size() + 1)),
                std::move(copy));
            break;
        }
        case 3:
            made.erase(at, at + static_cast<std::ptrdiff_t>(from.of(made.size() - one + 1)));
            break;
        case 4:
            made.insert(at, in.whole[from.of(in.whole.size())]);
            break;
        case 5:
            at->context.at = at->context.at + koc::days(static_cast<int>(from.byte()));
            in_time = false;
            break;
        default:
            change(*at, from, in);
        }
    }
    return made;
}

koc::memory_journal journal_of(history const& events, bool in_time) {
    std::vector<koc::batch> batches;
    auto last = koc::instant_min;
    for (auto const& e : events) {
        batches.push_back({e.context, {e.happened}});
        auto& at = batches.back().at;
        at = in_time ? (std::max)(at, last) : at;
        last = at;
    }
    koc::memory_journal journal;
    promise(batches.empty() || journal.append({}, batches).has_value(), "a journal is written");
    return journal;
}

/// A query with an id in every place that has one.
koc::message query_about(koc::message_type const& type, std::uint64_t id) {
    koc::message made{type};
    for (std::size_t i = 0; i < type.form->count; ++i) {
        auto const& member = type.form->members()[i];
        if (member.of->id_type() != koc::type_key{}) {
            koc::detail::store_number(
                koc::detail::at_offset(made.raw(), member.offset), id, member.of->bytes);
        }
    }
    return made;
}

void promise_answers(koc::engine const& of, std::uint64_t id) {
    koc::asked const with{of.last(), {koc::actor_kind::employee, 3}, {}};
    for (auto const* type : of.query_types()) {
        if (auto const answer = of.ask_text(query_about(*type, id), with); !answer) {
            promise_told(answer.error());
        }
    }
}

void replay_in(world const& in, choices from) {
    bool in_time = true;
    auto const asked_about = from.of(16);
    auto const events = told_by(from, in, in_time);
    auto engine = in.make(journal_of(events, in_time));
    auto const read = engine.catch_up();
    auto const known = engine.head().position;
    if (read) {
        promise(known == events.size(), "all events were read");
    } else {
        auto const& why = read.error();
        promise_told(why);
        promise(why.code == koc::errc::corrupt && known < events.size() &&
                why.subject.starts_with("event " + std::to_string(known) + ' '),
            "the event is named that does not follow: ", why.subject);
        auto const again = engine.catch_up();
        promise(!again && again.error() == why, "and is again");
        auto before = in.make(journal_of(
            {events.begin(), events.begin() + static_cast<std::ptrdiff_t>(known)}, in_time));
        promise(before.catch_up().has_value() && before.state_digest() == engine.state_digest(),
            "the events before it are what is known");
    }
    promise_answers(engine, asked_about);
    if (auto const kept = koc::take_snapshot(engine); kept) {
        auto resumed = in.make(journal_of(events, in_time));
        auto const begun = koc::resume(resumed, *kept);
        promise(begun.has_value(), "a snapshot of it is read");
        promise(resumed.state_digest() == engine.state_digest(), "and is the state");
    }
    auto const later = engine.last() + koc::days(30);
    if (auto const passed = engine.advance({later, {koc::actor_kind::host, 0}, {}}); !passed) {
        promise_told(passed.error());
    }
}

} // namespace

void koc_fuzz::replay(std::string_view bytes) {
    choices from{bytes};
    replay_in(from.of(2) == 0 ? small() : standard(), from);
}
