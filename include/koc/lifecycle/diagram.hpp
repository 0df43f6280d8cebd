// SPDX-License-Identifier: BSL-1.0
#pragma once

// Diagrams of a transition table, generated from the table: as Mermaid, which Markdown viewers
// draw, and as DOT, which Graphviz draws.

#include <koc/describe/described_enum.hpp>
#include <koc/lifecycle/concepts.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <string>
#include <string_view>

namespace koc {

namespace detail {

inline bool is_control_byte(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Characters with a meaning of their own in a Mermaid label, or in the HTML it is drawn as, become
/// entity codes; controls become blanks.
inline std::string mermaid_text(std::string_view text) {
    std::string out;
    for (auto c : text) {
        if (std::string_view{":;#%&<>{}`"}.find(c) != std::string_view::npos) {
            out += '#' + std::to_string(int{c}) + ';';
        } else {
            out += is_control_byte(c) ? ' ' : c;
        }
    }
    return out;
}

/// What a quoted DOT string holds: backslashes and quotation marks are escaped, an ampersand is
/// written as the entity that Graphviz makes one of, controls become blanks.
inline std::string dot_text(std::string_view text) {
    std::string out;
    for (auto c : text) {
        if (c == '&') {
            out += "&amp;";
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += is_control_byte(c) ? ' ' : c;
    }
    return out;
}

/// Whether Mermaid would read a state's name as a word of its own language.
constexpr bool is_mermaid_word(std::string_view name) {
    for (std::string_view word : {"accDescr", "accTitle", "as", "class", "classDef", "click",
             "default", "direction", "end", "hide", "note", "scale", "state", "style"}) {
        if (name == word) {
            return true;
        }
    }
    return false;
}

/// How a stage is called in a Mermaid diagram: by its name, or with `_stage` behind a word of the
/// language.
inline std::string mermaid_id(std::string_view name) {
    return std::string{name} + (is_mermaid_word(name) ? "_stage" : "");
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
    std::string out = "stateDiagram-v2\n";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename Table::stage_type>>(
        [&](auto enumerator) {
            auto const name = name_of(enumerator.value);
            if (detail::is_mermaid_word(name)) {
                out += "    state \"";
                out += name;
                out += "\" as " + detail::mermaid_id(name) + '\n';
            }
        });
    out += "    [*] --> " + detail::mermaid_id(name_of(Table::initial)) + '\n';
    for (auto const& row : Table::rows) {
        out += "    ";
        out += detail::mermaid_id(name_of(row.from));
        out += " --> ";
        out += detail::mermaid_id(name_of(row.to));
        out += " : ";
        out += name_of(row.event);
        if (!row.guard.empty()) {
            out += " [" + detail::mermaid_text(row.guard) + ']';
        }
        out += '\n';
    }
    detail::for_each_resting<Table>([&](auto stage) {
        out += "    ";
        out += detail::mermaid_id(name_of(stage));
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
