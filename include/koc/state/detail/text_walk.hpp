// SPDX-License-Identifier: BSL-1.0
#pragma once

// Takes the text of a state apart without knowing its types: containers, elements, members. Of text
// that is not canonical the parts mean nothing, but all is safe to call.

#include <koc/core/arrival_map.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace koc::detail {

inline bool is_between(std::string_view text, char open, char close) {
    return text.size() >= 2 && text.front() == open && text.back() == close;
}
inline bool is_list_text(std::string_view text) { return is_between(text, '[', ']'); }
inline bool is_object(std::string_view text) { return is_between(text, '{', '}'); }

/// Where the value that begins at `from` ends.
inline std::size_t value_end(std::string_view text, std::size_t from) {
    std::size_t depth = 0;
    for (auto at = from; at < text.size(); ++at) {
        switch (text[at]) {
        case '"':
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                at += text[at] == '\\' ? 1 : 0;
            }
            break;
        case '[':
        case '{':
            ++depth;
            break;
        case ']':
        case '}':
            if (depth-- == 0) {
                return at;
            }
            break;
        case ',':
        case ':':
            if (depth == 0) {
                return at;
            }
            break;
        default:
            break;
        }
    }
    return text.size();
}

/// The elements of a list, or names and values of an object in turn.
inline std::vector<std::string_view> values_in(std::string_view whole) {
    std::vector<std::string_view> all;
    for (std::size_t at = 1; at + 1 < whole.size();) {
        auto const end = (std::min)(value_end(whole, at), whole.size() - 1);
        all.push_back(whole.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

/// How many erased rows an element of a table's list stands for; 0 for another element.
inline std::size_t erased_rows(std::string_view element) {
    std::size_t rows = 0;
    for (auto c : element) {
        if (c < '0' || c > '9') {
            return 0;
        }
        rows = 10 * rows + static_cast<std::size_t>(c - '0');
    }
    return rows;
}

/// The containers of a state under their names; those after the first of a name are numbered, as
/// in `rules_of.adopted_#2`.
inline arrival_map<std::string, std::string_view> containers_in(std::string_view state) {
    arrival_map<std::string, std::string_view> all;
    arrival_map<std::string, std::size_t> count; // of each name
    for (std::size_t at = 0; at < state.size();) {
        auto const end = (std::min)(state.find('\n', at), state.size());
        auto const line = state.substr(at, end - at);
        auto const name = line.substr(0, line.find(' '));
        auto key = std::string{name};
        if (auto const nth = ++count[key]; nth != 1) { // all aspects of rules are called the same
            key += '#' + std::to_string(nth);
        }
        all.insert_or_assign(key, line.substr((std::min)(name.size() + 1, line.size())));
        at = end + 1;
    }
    return all;
}

} // namespace koc::detail
