// SPDX-License-Identifier: BSL-1.0
#pragma once

// A feed of a programme's events for other systems: JSON Lines, one event a line, in the order of
// the journal, from any position, as often as wanted.
//
//     {"position":8,"first":7,"at":"2026-11-02T09:00:00Z","by":{"kind":"member","id":7},
//      "type":"offer_accepted","version":1,"payload":{...},"chain":"32 hexadecimal digits"}
//
// `position` tells a consumer what it has seen before, since each line comes at least once. An
// event that an older release wrote is shown in today's form, as none, one or many lines of one
// position.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/awaiting.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/cursor.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/journal/follower.hpp>
#include <koc/journal/sealed_text.hpp>
#include <koc/journal/sealer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// What a feed shows.
struct feed_choice {
    std::vector<std::string> types; ///< names of events; none for all of them
    /// Personal texts are left out unless whoever reads the feed may have them: each is then
    /// `{"owner":7}`. Where they are shown, those that are sealed are opened, and are empty without
    /// a sealer, or where the key was forgotten.
    personal texts = personal::left_out;
};

/// Appends an event as one line of a feed. O(size).
inline void append_feed_line(
    std::string& out, envelope const& in, event const& happened, personal texts) {
    auto const add = [&](std::string_view name, auto const& value) {
        out += name;
        append_canonical(out, shape_of<std::remove_cvref_t<decltype(value)>>, &value);
    };
    add("{\"position\":", in.position);
    add(",\"first\":", in.first);
    add(",\"at\":", in.at);
    add(",\"by\":", in.by);
    if (!in.asked.id.empty()) {
        add(",\"request\":", in.asked.id);
    }
    out += ",\"type\":";
    append_quoted(out, happened.type().name);
    add(",\"version\":", std::uint64_t{happened.type().version});
    out += ",\"payload\":";
    append_canonical(out, *happened.type().form, happened.raw(), texts);
    add(",\"chain\":", in.chain);
    out += "}\n";
}

/// Follows a journal and writes what it reads as lines; movable, used by one thread at a time.
template <journal Journal, cursor Cursor>
class event_feed {
public:
    /// `types` are those that the programme reads: `engine.is().types`; `sealer` is the one of a
    /// journal whose texts are sealed. Refused with `unknown_id` for the name of an event that is
    /// none of them.
    static result<event_feed> make(Journal journal, event_types types, Cursor cursor,
        feed_choice choice = {}, any_sealer sealer = {}) {
        for (auto const& name : choice.types) {
            if (types.find(name) == nullptr) {
                return error{errc::unknown_id, "event " + koc::quoted(name),
                    "expected the name of an event of this programme; correct it, or leave it out"};
            }
        }
        return event_feed{{std::move(journal), std::move(types), std::move(cursor)},
            std::move(choice), std::move(sealer)};
    }

    /// Hands the next lines to `sink(std::string_view)`, which returns result<void>: those of one
    /// command at a time, each line ending in a line feed. Returns how many events of the journal
    /// were passed, also those that the choice leaves out; 0 where it holds no more yet. Refused:
    /// as `follower::follow`, and as the sealer refuses what it did not seal.
    template <typename Sink>
    result<std::uint64_t> write(Sink&& sink, std::size_t page = follower_type::page_size) {
        return follower_.follow(
            [&](std::span<envelope const> batch) -> result<void> {
                lines_.clear();
                std::vector<envelope> opened;
                if (choice_.texts == personal::included) {
                    std::size_t count = 0;
                    opened.assign(batch.begin(), batch.end());
                    KOC_TRY(open_envelopes(sealer_, opened, count));
                    batch = opened;
                }
                for (auto const& one : batch) {
                    for (auto const& happened : one.events) {
                        if (shows(happened)) {
                            append_feed_line(lines_, one, happened, choice_.texts);
                        }
                    }
                }
                return lines_.empty() ? result<void>{} : sink(std::string_view{lines_});
            },
            page);
    }
    /// As `follower::wait`.
    result<bool> wait(duration timeout, polling how = {}) { return follower_.wait(timeout, how); }

private:
    using follower_type = follower<Journal, Cursor>;

    event_feed(follower_type follower, feed_choice choice, any_sealer sealer)
        : follower_{std::move(follower)}, choice_{std::move(choice)}, sealer_{std::move(sealer)} {}

    [[nodiscard]] bool shows(event const& happened) const {
        return choice_.types.empty() ||
            std::find(choice_.types.begin(), choice_.types.end(), happened.type().name) !=
            choice_.types.end();
    }

    follower_type follower_;
    feed_choice choice_;
    any_sealer sealer_;
    std::string lines_;
};

} // namespace koc
