// SPDX-License-Identifier: BSL-1.0
#pragma once

// A requirement says who may be considered at all. It is data: a boolean tree over tag names and
// column ranges, written in C++ with operators or read from JSON, recorded with the task it belongs
// to, and compiled against a vocabulary (requirement_plan.hpp) when it is used.
//
//     has("region", "northeast") && has("format", "video") && !has("stage", "evolving")
//         && column("depth") >= percent(70)

#include <koc/describe/canonical.hpp>
#include <koc/describe/validate.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

enum class requirement_kind : unsigned char {
    all,    ///< every part holds; without parts, everybody
    any,    ///< at least one part holds
    none,   ///< no part holds
    tag,    ///< has the tag or one that stands under it
    column, ///< the column's value is there and within the range
};
BOOST_DESCRIBE_ENUM(requirement_kind, all, any, none, tag, column)

/// A node of a requirement; which members count depends on `kind`.
struct requirement {
    requirement_kind kind = requirement_kind::all;
    std::vector<requirement> parts;       ///< all, any, none
    tag_name tag;                         ///< tag
    std::string column;                   ///< column: its name
    std::optional<std::int64_t> at_least; ///< column: inclusive, scores in millionths
    std::optional<std::int64_t> at_most;  ///< column: inclusive

    friend bool operator==(requirement const&, requirement const&) = default;
};
BOOST_DESCRIBE_STRUCT(requirement, (), (kind, parts, tag, column, at_least, at_most))

namespace detail {

void digest_requirement(hasher& into, void const* value);
void write_requirement(std::string& out, void const* value);
std::optional<error> check_requirement(void const* value, int depth);
std::optional<error> read_requirement(form_source const& from, void* value);
inline constexpr custom_form requirement_form{
    "requirement", &digest_requirement, &write_requirement, &check_requirement, &read_requirement};

} // namespace detail

/// Its text is `{"all": [...]}`, `{"tag": "region:harbin"}` or `{"column": "load", "at_most": 2}`.
template <>
inline constexpr custom_form const* custom_form_of<requirement> = &detail::requirement_form;

/// Whether only members that count for the node's kind are set; the others would be lost in its
/// JSON form. Its parts are not looked into.
inline bool is_plain(requirement const& node) {
    bool const is_tag = node.kind == requirement_kind::tag;
    bool const is_column = node.kind == requirement_kind::column;
    return (is_tag || node.tag == tag_name{}) &&
        (is_column || (node.column.empty() && !node.at_least && !node.at_most)) &&
        (node.parts.empty() || (!is_tag && !is_column));
}

inline requirement everybody() { return {}; }

inline requirement has(std::string facet, std::string key) {
    requirement r;
    r.kind = requirement_kind::tag;
    r.tag = {std::move(facet), std::move(key)};
    return r;
}

/// Names a column so that it can be compared: `column("load") <= 2`.
struct column {
    explicit column(std::string column_name) : name{std::move(column_name)} {}
    std::string name;
};

inline requirement between(
    column c, std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
    requirement r;
    r.kind = requirement_kind::column;
    r.column = std::move(c.name);
    r.at_least = low;
    r.at_most = high;
    return r;
}
inline requirement operator>=(column c, std::int64_t low) {
    return between(std::move(c), low, std::nullopt);
}
inline requirement operator<=(column c, std::int64_t high) {
    return between(std::move(c), std::nullopt, high);
}
inline requirement operator>=(column c, score low) { return std::move(c) >= low.raw; }
inline requirement operator<=(column c, score high) { return std::move(c) <= high.raw; }

namespace detail {

/// `a && b && c` is one list of three, not a list in a list.
inline requirement joined(requirement_kind kind, requirement a, requirement b) {
    requirement r;
    r.kind = kind;
    for (auto* side : {&a, &b}) {
        if (side->kind == kind) {
            for (auto& part : side->parts) {
                r.parts.push_back(std::move(part));
            }
        } else {
            r.parts.push_back(std::move(*side));
        }
    }
    return r;
}

} // namespace detail

inline requirement operator&&(requirement a, requirement b) {
    return detail::joined(requirement_kind::all, std::move(a), std::move(b));
}
inline requirement operator||(requirement a, requirement b) {
    return detail::joined(requirement_kind::any, std::move(a), std::move(b));
}
inline requirement operator!(requirement a) {
    requirement r;
    r.kind = requirement_kind::none;
    r.parts.push_back(std::move(a));
    return r;
}

/// One line for people: `region:northeast and not (stage:evolving) and depth >= 700000`.
inline std::string to_string(requirement const& r) {
    auto const joined = [&](char const* word) {
        std::string line;
        for (auto const& part : r.parts) {
            auto const nested = part.parts.size() > 1 && part.kind != requirement_kind::none;
            line += (line.empty() ? "" : word) +
                (nested ? '(' + to_string(part) + ')' : to_string(part));
        }
        return line;
    };
    switch (r.kind) {
    case requirement_kind::all:
        return r.parts.empty() ? "everybody" : joined(" and ");
    case requirement_kind::any:
        return r.parts.empty() ? "nobody" : joined(" or ");
    case requirement_kind::none:
        return r.parts.empty()    ? "everybody"
            : r.parts.size() == 1 ? "not (" + to_string(r.parts.front()) + ')'
                                  : "not (" + joined(" or ") + ')';
    case requirement_kind::tag:
        return to_string(r.tag);
    case requirement_kind::column:
        break;
    }
    std::string line = r.column;
    if (r.at_least) {
        line += " >= " + std::to_string(*r.at_least);
    }
    if (r.at_most) {
        line += (r.at_least ? " and <= " : " <= ") + std::to_string(*r.at_most);
    }
    return line;
}

namespace detail {

inline void digest_requirement(hasher& into, void const* value) {
    auto const& node = *static_cast<requirement const*>(value);
    into.add(node.kind).add(node.tag).add(node.column).add(node.at_least).add(node.at_most);
    into.add(node.parts.size());
    for (auto const& part : node.parts) {
        digest_requirement(into, &part);
    }
}

inline void write_requirement(std::string& out, void const* value) {
    auto const& node = *static_cast<requirement const*>(value);
    out += "{\"";
    out += name_of(node.kind);
    out += "\":";
    switch (node.kind) {
    case requirement_kind::tag:
        append_quoted(out, to_string(node.tag));
        break;
    case requirement_kind::column:
        append_quoted(out, node.column);
        if (node.at_least) {
            out += ",\"at_least\":" + std::to_string(*node.at_least);
        }
        if (node.at_most) {
            out += ",\"at_most\":" + std::to_string(*node.at_most);
        }
        break;
    case requirement_kind::all:
    case requirement_kind::any:
    case requirement_kind::none:
        out += '[';
        for (auto const& part : node.parts) {
            if (&part != node.parts.data()) {
                out += ',';
            }
            write_requirement(out, &part);
        }
        out += ']';
        break;
    }
    out += '}';
}

/// The text has no place for members that do not count for the node's kind, nor for a facet with a
/// colon.
inline std::optional<error> check_requirement(void const* value, int depth) {
    auto const& node = *static_cast<requirement const*>(value);
    auto const refused = [](char const* expected) {
        return error{errc::invalid_argument, {}, expected};
    };
    if (depth >= nesting_max) { // its text is an object whose members are one level deeper
        return error{errc::too_large, {}, "expected at most 64 levels of nesting; flatten it"};
    }
    if (name_of(node.kind) == "?" || !is_plain(node)) {
        return refused("expected a requirement in which only the members of its kind are set");
    }
    if (node.tag.facet.find(':') != std::string::npos) {
        return refused("expected a facet without a colon in its name");
    }
    for (auto const* text : {&node.tag.facet, &node.tag.key, &node.column}) {
        if (auto why = check_text({}, *text, name_length_max)) {
            return why;
        }
    }
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (auto why = check_requirement(&node.parts[i], depth + 2)) {
            why->subject.insert(
                0, '.' + std::string{name_of(node.kind)} + '[' + std::to_string(i) + ']');
            return why;
        }
    }
    return std::nullopt;
}

/// What the text of a requirement may have: one of the first five, and bounds beside a column.
struct requirement_text {
    std::optional<std::vector<requirement>> all;
    std::optional<std::vector<requirement>> any;
    std::optional<std::vector<requirement>> none;
    std::optional<std::string> tag;
    std::optional<std::string> column;
    std::optional<std::int64_t> at_least;
    std::optional<std::int64_t> at_most;
};
BOOST_DESCRIBE_STRUCT(requirement_text, (), (all, any, none, tag, column, at_least, at_most))

inline std::optional<error> read_requirement(form_source const& from, void* value) {
    auto& node = *static_cast<requirement*>(value);
    node = {};
    requirement_text text;
    if (auto refused = from.read_as(text)) {
        return refused;
    }
    auto kinds = 0;
    for (auto [parts, kind] : {std::pair{&text.all, requirement_kind::all},
             {&text.any, requirement_kind::any}, {&text.none, requirement_kind::none}}) {
        if (*parts) {
            ++kinds;
            node.kind = kind;
            node.parts = *std::move(*parts);
        }
    }
    if (text.tag) {
        ++kinds;
        node.kind = requirement_kind::tag;
        auto const colon = text.tag->find(':');
        if (colon == std::string::npos) {
            return error{errc::invalid_argument, ".tag",
                "expected a facet and a key with a colon between them, such as "
                "\"region:northeast\""};
        }
        node.tag = {text.tag->substr(0, colon), text.tag->substr(colon + 1)};
    }
    if (text.column) {
        ++kinds;
        node.kind = requirement_kind::column;
        node.column = *std::move(text.column);
    }
    if (kinds != 1) {
        return error{
            errc::invalid_argument, {}, "expected exactly one of: all, any, none, tag, column"};
    }
    if (node.kind != requirement_kind::column && (text.at_least || text.at_most)) {
        return error{
            errc::invalid_argument, {}, "expected at_least and at_most only beside a column"};
    }
    node.at_least = text.at_least;
    node.at_most = text.at_most;
    return std::nullopt;
}

} // namespace detail

} // namespace koc
