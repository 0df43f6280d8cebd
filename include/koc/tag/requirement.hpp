// SPDX-License-Identifier: BSL-1.0
#pragma once

// A requirement says who may be considered at all. It is data: a boolean tree over tag names and
// column ranges, written in C++ with operators or read from JSON, recorded with the task it belongs
// to, and compiled against a vocabulary (requirement_plan.hpp) when it is used.
//
//     has("region", "northeast") && has("format", "video") && !has("stage", "evolving")
//         && column("depth") >= percent(70)

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

} // namespace koc
