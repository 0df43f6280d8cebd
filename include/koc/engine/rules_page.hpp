// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rules of a programme as a page for its members, made from what the engine executes: the
// adopted values, the guards of each command, who may veto what, in the order in which they are
// asked, and what follows from an event.

#include <koc/describe/canonical.hpp>
#include <koc/describe/shape.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/consequence.hpp>
#include <koc/engine/engine.hpp>

#include <range/v3/algorithm/any_of.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/join.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

namespace detail {

/// Whether some part owns this type of events. The others that parts review are questions and
/// queries.
inline bool is_event(composition const& of, type_key what) {
    return ranges::any_of(
        of.parts | ranges::views::transform(&aspect_part::handlers) | ranges::views::join,
        [&](handler const& h) { return h.of == what && h.own; });
}

/// A list of the parts of a programme that veto something, in the order in which they are asked.
inline std::string vetoers(composition const& of, type_key what) {
    auto const vetoes = [&](aspect_part const& part) {
        return ranges::any_of(
            part.handlers, [&](handler const& h) { return h.of == what && h.review != nullptr; });
    };
    return of.parts | ranges::views::filter(vetoes) | ranges::views::transform(&aspect_part::name) |
        ranges::views::join(std::string_view{", "}) | ranges::to<std::string>();
}

/// What a part does on an event, a line each; `number` counts them.
inline std::string consequences(aspect_part const& of, handler const& h, int& number) {
    auto const line = [&](std::string const& text) {
        return std::to_string(++number) + ". " + text + " (" + std::string{of.name} + ")\n";
    };
    if (h.consequences.empty()) {
        return h.react == nullptr ? "" : line("further steps that are not listed");
    }
    std::string text;
    for (auto const& row : h.consequences) {
        text += line(row.condition() + ": " + std::string{row.what} +
            (row.details == nullptr ? "" : row.details()));
    }
    return text;
}
/// What follows from an event, in the order in which it happens.
inline std::string consequences(composition const& of, type_key event) {
    std::string text;
    int number = 0;
    for (auto const& part : of.parts) {
        for (auto const& h : part.handlers) {
            text += h.of == event ? consequences(part, h, number) : "";
        }
    }
    return text;
}
/// What follows from each event from which anything follows.
inline std::string consequences(composition const& of) {
    std::string text;
    for (auto const* type : of.types.all()) {
        if (auto const lines = consequences(of, type->of); !lines.empty()) {
            text += "\n### " + std::string{type->name} + "\n\n" + lines;
        }
    }
    return text;
}

} // namespace detail

/// The page in Markdown, the same for the same programme and the same adopted rules. Values are
/// written as in JSON: scores in millionths, spans in milliseconds.
///
/// The order of a decision, which the page states too: the form of the command and of what comes
/// with it; its request id; its instant; who objects to the asking, in the order of the aspects;
/// its guards from first to last; the checks of its aspect; then, for each event, the vetoes in the
/// order of the aspects, and then what follows from it. A command that is called by another goes
/// the same way from the objections on. The first refusal counts.
inline std::string rules_page(engine const& of) {
    auto const& programme = of.is();
    std::string page = "# Rules\n\n"
                       "A command is refused by the first of these that does not hold: its form, "
                       "its request id, its instant, an "
                       "objection to the asking, its conditions in their order, the checks of its "
                       "part, a veto on what it would "
                       "become, in the order of the parts, and what follows from it. A refused "
                       "command changes nothing.\n";
    auto const objections = detail::vetoers(programme, key_of<command_asked>);
    page += "\nObjections to the asking: " + (objections.empty() ? "nobody" : objections) + ".\n";
    page += "\n## Values\n\n";
    for (auto const& value : programme.rules) {
        auto const* held = of.record_of(value.of);
        page += "- " + std::string{value.name} + ": ";
        if (held == nullptr) {
            page += "not adopted; commands that read them are refused";
        } else {
            append_canonical(page, *value.form, held);
        }
        if (auto const vetoes = detail::vetoers(programme, value.adoption.type().of);
            !vetoes.empty()) {
            page += "; other values may be vetoed by " + vetoes;
        }
        page += '\n';
    }
    for (auto const& part : programme.parts) {
        if (part.commands.empty() || part.name == "rules_of") {
            continue;
        }
        page += "\n## " + std::string{part.name} + "\n";
        for (auto const& command : part.commands) {
            page += "\n### " + std::string{command.type->name} + "\n\n";
            for (std::size_t i = 0; i < command.guard_count; ++i) {
                page += std::to_string(i + 1) + ". " + command.guards[i].words() + '\n';
            }
            if (command.guard_count == 0) {
                page += "No conditions beside the checks of " + std::string{part.name} + ".\n";
            }
        }
        std::string vetoes;
        for (auto const& h : part.handlers) {
            if (!h.own || detail::vetoers(programme, h.of).empty()) {
                continue;
            }
            vetoes += "- " + std::string{h.name} + ": " + detail::vetoers(programme, h.of) + '\n';
        }
        if (!vetoes.empty()) {
            page += "\nVetoes:\n\n" + vetoes;
        }
    }
    if (auto const follows = detail::consequences(programme); !follows.empty()) {
        page += "\n## Consequences\n\nWhat follows from an event where the condition holds, in "
                "this order.\n" +
            follows;
    }
    std::string questions;
    std::vector<type_key> listed{key_of<command_asked>};
    for (auto const& part : programme.parts) {
        for (auto const& h : part.handlers) {
            if (h.review != nullptr && !detail::is_event(programme, h.of) &&
                std::find(listed.begin(), listed.end(), h.of) == listed.end()) {
                listed.push_back(h.of);
                questions +=
                    "- " + std::string{h.name} + ": " + detail::vetoers(programme, h.of) + '\n';
            }
        }
    }
    if (!questions.empty()) {
        page += "\n## Questions\n\nPut to these parts by commands or queries; the first objection "
                "counts.\n\n" +
            questions;
    }
    return page;
}

} // namespace koc
