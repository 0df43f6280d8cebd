// SPDX-License-Identifier: BSL-1.0
#pragma once

// The picture of a table is drawn from the table, so it is never out of date: as Mermaid, which
// Markdown viewers draw, and as DOT, which Graphviz draws.

#include <koc/describe/described_enum.hpp>
#include <koc/lifecycle/concepts.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <string>
#include <string_view>

namespace koc {

namespace detail {

/// Characters with a meaning of their own in a Mermaid label become entity codes.
inline std::string mermaid_text(std::string_view text) {
    std::string out;
    for (auto c : text) {
        if (c == ':' || c == ';' || c == '#') {
            out += '#' + std::to_string(int{c}) + ';';
        } else {
            out += c == '\n' ? ' ' : c;
        }
    }
    return out;
}

inline std::string dot_text(std::string_view text) {
    std::string out;
    for (auto c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out;
}

/// Calls `visit` with each resting stage, in the enum's order.
template <transition_table_like Table, typename Visit>
void for_each_resting(Visit visit) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename Table::stage_type>>(
        [&](auto enumerator) {
            if (Table::rests(enumerator.value)) {
                visit(enumerator.value);
            }
        });
}

} // namespace detail

/// A Mermaid `stateDiagram-v2`: an arrow a row, labelled `event [guard]`, from and to `[*]` where a
/// machine starts and rests.
template <transition_table_like Table>
std::string mermaid() {
    std::string out = "stateDiagram-v2\n    [*] --> ";
    out += name_of(Table::initial);
    out += '\n';
    for (auto const& row : Table::rows) {
        out += "    ";
        out += name_of(row.from);
        out += " --> ";
        out += name_of(row.to);
        out += " : ";
        out += name_of(row.event);
        if (!row.guard.empty()) {
            out += " [" + detail::mermaid_text(row.guard) + ']';
        }
        out += '\n';
    }
    detail::for_each_resting<Table>([&](auto stage) {
        out += "    ";
        out += name_of(stage);
        out += " --> [*]\n";
    });
    return out;
}

/// A Graphviz digraph: an arrow a row, labelled with event and `[guard]`; a point where a machine
/// starts, a double border where it rests.
template <transition_table_like Table>
std::string dot() {
    auto const quoted = [](std::string_view name) { return '"' + detail::dot_text(name) + '"'; };
    std::string out = "digraph lifecycle {\n"
                      "    rankdir = LR;\n"
                      "    \"[*]\" [shape = point];\n"
                      "    \"[*]\" -> ";
    out += quoted(name_of(Table::initial)) + ";\n";
    for (auto const& row : Table::rows) {
        out += "    " + quoted(name_of(row.from)) + " -> " + quoted(name_of(row.to));
        out += " [label = \"";
        out += name_of(row.event);
        if (!row.guard.empty()) {
            out += "\\n[" + detail::dot_text(row.guard) + ']';
        }
        out += "\"];\n";
    }
    detail::for_each_resting<Table>(
        [&](auto stage) { out += "    " + quoted(name_of(stage)) + " [peripheries = 2];\n"; });
    return out + "}\n";
}

} // namespace koc
