// SPDX-License-Identifier: BSL-1.0
#pragma once

// Why an event did not move a machine. Either its stage does not know the event, or it does and
// every guard said no; both are told with what would have worked, ready to be a sentence for a
// person.

#include <koc/core/error.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/lifecycle/fwd.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// The answer to "why not?"; the spans point into the table, so it is cheap to make and to copy.
template <described_enum Stage, described_enum Event>
struct step_refusal {
    Stage stage{};
    Event event{};
    std::span<Event const> accepted; ///< the events that `stage` knows, in the enum's order
    std::span<std::string_view const> guards; ///< those that said no; none if there is no row

    /// Whether `stage` knows no such event; otherwise the guards said no.
    [[nodiscard]] constexpr bool no_such_row() const { return guards.empty(); }

    /// One sentence: what was expected and what to do.
    [[nodiscard]] std::string expected() const {
        std::string text = "expected ";
        if (!no_such_row()) {
            text += "that ";
            append_list(text, guards, [](std::string_view name) { return quoted(name); });
            text += " holds for ";
            text += name_of(event);
            text += " in stage ";
            text += name_of(stage);
            return text += "; see to it first";
        }
        if (accepted.empty()) {
            text += "no further event in stage ";
            text += name_of(stage);
            return text += ", which has no exit";
        }
        append_list(text, accepted, [](Event known) { return std::string{name_of(known)}; });
        text += " in stage ";
        text += name_of(stage);
        text += ", not ";
        text += name_of(event);
        return text += "; bring it to a stage that accepts this first";
    }

    /// The refusal of the thing called `subject`: `wrong_state` if there is no such row, otherwise
    /// `not_qualified`.
    [[nodiscard]] error as_error(std::string subject) const {
        return {no_such_row() ? errc::wrong_state : errc::not_qualified, std::move(subject),
            expected()};
    }

private:
    static std::string quoted(std::string_view name) {
        std::string text{'"'};
        text += name;
        return text += '"';
    }

    template <typename Element, typename Print>
    static void append_list(std::string& text, std::span<Element const> list, Print print) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i != 0) {
                text += i + 1 == list.size() ? " or " : ", ";
            }
            text += print(list[i]);
        }
    }
};

} // namespace koc
