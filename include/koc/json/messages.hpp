// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages as JSON: `{"type": "enrol", ...members}`, or a name and an object of members apart from
// each other, as in a request whose path says what it is. The host gives the list of known types.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/message.hpp>
#include <koc/json/from_json.hpp>

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

/// The Levenshtein distance of two names: how many characters to insert, remove or replace.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            auto const replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = (std::min)({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

/// Says which known names are nearest to one that is not known.
inline std::string expected_names(
    std::span<message_type const* const> known, std::string_view name) {
    constexpr std::size_t shown_max = 3;
    constexpr std::size_t compared_max = 64; // names come from outside and may be of any length
    std::vector<std::pair<std::size_t, std::string_view>> ranked;
    for (auto const* type : known) {
        ranked.emplace_back(edit_distance(name.substr(0, compared_max), type->name), type->name);
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.resize((std::min)(ranked.size(), shown_max));
    std::string names;
    for (auto const& [distance, one] : ranked) {
        names.append(names.empty() ? "" : ", ").append(one);
    }
    return "expected the name of a known type; " +
        (names.empty() ? "none is known" : "the nearest are: " + names);
}

inline result<message> read_named_message(std::span<message_type const* const> known,
    std::string_view name, boost::json::object const& members, std::string_view extra,
    std::string unknown_subject) {
    auto const at = std::find_if(
        known.begin(), known.end(), [&](message_type const* type) { return type->name == name; });
    if (at == known.end()) {
        return error{
            errc::invalid_argument, std::move(unknown_subject), expected_names(known, name)};
    }
    auto const& type = **at;
    if (has_member(*type.form, extra)) {
        return error{errc::invalid_argument, member_step(extra),
            "expected a message that has no member of this name itself; give its name apart from "
            "its members"};
    }
    message made{type};
    if (auto refused = read_json_members(members, *type.form, made.raw(), 0, extra)) {
        return *std::move(refused);
    }
    return made;
}

} // namespace detail

/// Reads `{"type": "name", ...members}`. Refused with `errc::invalid_argument` are a name that is
/// not `known`, whose refusal lists the nearest that are, and all that `from_json` refuses; the
/// subject is the path.
inline result<message> read_message(
    std::span<message_type const* const> known, boost::json::value const& tree) {
    auto const* const object = tree.if_object();
    if (object == nullptr) {
        return error{errc::invalid_argument, ".", "expected an object in braces"};
    }
    auto const* const type = object->if_contains("type");
    auto const name = type ? detail::json_words(*type) : std::nullopt;
    if (!name) {
        return error{errc::invalid_argument, ".type", detail::expected_names(known, {})};
    }
    return detail::read_named_message(known, *name, *object, "type", ".type");
}

/// Reads the object of members of the message that has this name; otherwise as above, with the
/// subject `message name` where the name is not known.
inline result<message> read_message(std::span<message_type const* const> known,
    std::string_view name, boost::json::value const& members) {
    auto const* const object = members.if_object();
    if (object == nullptr) {
        return error{errc::invalid_argument, ".", "expected an object in braces"};
    }
    return detail::read_named_message(known, name, *object, {}, "message name");
}

/// The text that `read_message` reads, for a message without a member called `type`.
inline std::string message_text(message_type const& type, void const* value) {
    std::string out = "{\"type\":";
    append_quoted(out, type.name);
    std::string members;
    append_canonical(members, *type.form, value);
    out += members == "{}" ? "" : ",";
    return out.append(members, 1);
}
inline std::string message_text(message const& one) { return message_text(one.type(), one.raw()); }

} // namespace koc
