// SPDX-License-Identifier: BSL-1.0
#pragma once

// Personal texts as they are stored: sealed, behind a mark that no text from outside can begin
// with, as control characters are refused there. A text is sealed for its place: the position of
// its event, or the snapshot that it is in. Not for its place within the event, so that a later
// version of the event may have it elsewhere.

#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/personal_scan.hpp>
#include <koc/describe/personal_walk.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/sealer.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

inline constexpr char sealed_mark = '\x01';

/// Whether a text is sealed.
inline bool is_sealed(personal_text const& words) {
    return !words.text.empty() && words.text.front() == sealed_mark;
}

/// Seals a text in place, but for an empty or a sealed one.
inline result<void> seal_text(any_sealer& with, std::string_view context, personal_text& words) {
    if (words.text.empty() || is_sealed(words)) {
        return {};
    }
    auto sealed = with.seal(words.owner, context, words.text);
    if (!sealed) {
        return std::move(sealed).error();
    }
    words.text.assign(1, sealed_mark);
    words.text += *sealed;
    return {};
}
/// Opens a sealed text in place. Without a sealer, or where the key was forgotten, it becomes
/// empty.
inline result<void> open_text(any_sealer& with, std::string_view context, personal_text& words) {
    if (!is_sealed(words)) {
        return {};
    }
    if (!with) {
        words.text.clear();
        return {};
    }
    auto opened = with.open(words.owner, context, std::string_view{words.text}.substr(1));
    if (!opened) {
        return std::move(opened).error();
    }
    words.text = *opened ? **std::move(opened) : std::string{};
    return {};
}

namespace detail {

inline std::string sealing_context(std::uint64_t position) {
    return "event " + std::to_string(position);
}

/// The event with `change(personal_text&)` made to each text for which `wanted` is true; itself
/// where there is none.
template <typename Wanted, typename Change>
result<event> changed_texts(event const& of, Wanted&& wanted, Change&& change) {
    auto const& form = *of.type().form;
    auto const none = each_personal_text(
        form, of.raw(), [&](personal_text const& words) { return !wanted(words); });
    if (none) {
        return of;
    }
    void* value = nullptr;
    auto made = of.type().copy(of.raw(), value);
    result<void> done;
    change_personal_texts(form, value, [&](personal_text& words) {
        if (wanted(words)) {
            done = change(words);
        }
        return done.has_value();
    });
    if (!done) {
        return std::move(done).error();
    }
    return made;
}

} // namespace detail

/// Batches that are to be appended at a position, as they are to be stored; the keys are durable.
/// Refused as the sealer does. O(size).
[[nodiscard]] inline result<std::vector<batch>> sealed_batches(
    any_sealer& with, std::uint64_t position, std::span<batch const> batches) {
    std::vector<batch> sealed(batches.begin(), batches.end());
    for (auto& one : sealed) {
        for (auto& happened : one.events) {
            auto const context = detail::sealing_context(position++);
            auto made = detail::changed_texts(
                happened,
                [](personal_text const& words) { return !words.text.empty() && !is_sealed(words); },
                [&](personal_text& words) { return seal_text(with, context, words); });
            if (!made) {
                return std::move(made).error();
            }
            happened = *std::move(made);
        }
    }
    KOC_TRY(with.keep());
    return sealed;
}

/// Opens what a journal stored, in place, from an envelope on; for readers of a journal, such as a
/// feed. Refused as the sealer does: what comes behind the refused envelope is left as it was, and
/// `opened` counts those before it. O(size).
[[nodiscard]] inline result<void> open_envelopes(
    any_sealer& with, std::span<envelope> envelopes, std::size_t& opened) {
    for (auto& e : envelopes) {
        for (auto& happened : e.events) {
            auto made = detail::changed_texts(
                happened, [](personal_text const& words) { return is_sealed(words); },
                [&](personal_text& words) {
                    return open_text(with, detail::sealing_context(e.position), words);
                });
            if (!made) {
                auto why = std::move(made).error();
                why.subject.insert(0, detail::sealing_context(e.position) + ", ");
                return why;
            }
            happened = *std::move(made);
        }
        ++opened;
    }
    return {};
}

/// Tells events with a sealed text from others quickly: most types of events have no personal
/// texts, and of the others only the values are looked at.
class sealed_finder {
public:
    [[nodiscard]] bool operator()(event const& of) {
        auto const [known, fresh] = carrying_.try_emplace(&of.type(), false);
        if (fresh) {
            known->second = carries_personal_text(*of.type().form);
        }
        return known->second &&
            !each_personal_text(*of.type().form, of.raw(),
                [](personal_text const& words) { return !is_sealed(words); });
    }

private:
    boost::unordered_flat_map<event_type const*, bool> carrying_;
};
/// Whether an event has a text that is not empty.
[[nodiscard]] inline bool has_personal_text(event const& of) {
    return !each_personal_text(
        *of.type().form, of.raw(), [](personal_text const& words) { return words.text.empty(); });
}

/// Canonical text, such as that of a state, with its personal texts sealed.
[[nodiscard]] inline result<std::string> sealed_canonical(
    any_sealer& with, std::string_view context, std::string_view text) {
    auto sealed = change_personal_in(
        text, [&](personal_text& words) { return seal_text(with, context, words); });
    if (sealed) {
        KOC_TRY(with.keep());
    }
    return sealed;
}
/// Whether canonical text has a sealed text: how one begins cannot stand within a string, where its
/// quotation marks were escaped. O(size).
[[nodiscard]] inline bool has_sealed_canonical(std::string_view text) {
    constexpr std::string_view before = "\"text\":\"";
    constexpr std::string_view begin = "\\u0001";
    // Few characters are a backslash and most texts have quotation marks everywhere.
    for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 1)) {
        if (text.substr(at, begin.size()) == begin && text.substr(0, at).ends_with(before)) {
            return true;
        }
    }
    return false;
}
/// The same opened again.
[[nodiscard]] inline result<std::string> opened_canonical(
    any_sealer& with, std::string_view context, std::string_view text) {
    return change_personal_in(
        text, [&](personal_text& words) { return open_text(with, context, words); });
}

} // namespace koc
