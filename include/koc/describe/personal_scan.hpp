// SPDX-License-Identifier: BSL-1.0
#pragma once

// The personal texts in canonical text, found without its types: canonical.hpp writes each of them
// as {"owner":7,"text":"..."}, and nothing but an object of exactly these members looks so, as a
// quotation mark within a string is escaped. For texts that are written by others, such as the
// state in a snapshot.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

namespace detail {

/// The end of a JSON string that begins at `from`, behind its quotation mark.
inline std::size_t end_of_string(std::string_view text, std::size_t from) {
    auto at = from + 1;
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return at < text.size() ? at + 1 : text.size();
}

/// Where a personal text ends that begins at `from`, or `from` where none does.
inline std::size_t end_of_personal(std::string_view text, std::size_t from) {
    constexpr std::string_view begin = "{\"owner\":";
    constexpr std::string_view middle = ",\"text\":\"";
    if (text.substr(from, begin.size()) != begin) {
        return from;
    }
    auto at = from + begin.size();
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        ++at;
    }
    if (text.substr(at, middle.size()) != middle) {
        return from;
    }
    auto const end = end_of_string(text, at + middle.size() - 1);
    return end < text.size() && text[end] == '}' ? end + 1 : from;
}

} // namespace detail

/// The text with each personal text that is not empty as `change(personal_text&)`, which returns
/// `result<void>`, makes it. Refused as `change` does. O(size).
template <typename Change>
[[nodiscard]] result<std::string> change_personal_in(std::string_view text, Change&& change) {
    std::string out;
    out.reserve(text.size());
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            at = detail::end_of_string(text, at);
            continue;
        }
        auto const end =
            text[at] == '{' ? detail::end_of_personal(text, at) : at; // most characters are neither
        if (end == at) {
            ++at;
            continue;
        }
        auto words = from_canonical<personal_text>(text.substr(at, end - at));
        if (words && !words->text.empty()) {
            if (auto done = change(*words); !done) {
                return std::move(done).error();
            }
            out.append(text, copied, at - copied);
            append_canonical(out, shape_of<personal_text>, &*words);
            copied = end;
        }
        at = end;
    }
    out.append(text, copied);
    return out;
}

} // namespace koc
