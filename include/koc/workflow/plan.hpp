// SPDX-License-Identifier: BSL-1.0
#pragma once

// A plan that somebody is taken through: named steps, some of which wait for others, each with an
// owner, a time and, where it needs one, evidence. A step opens when all that it waits for have
// ended. A running plan is a value inside a record; its checks refuse, its changes cannot fail.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// One step of a plan, as it is written down.
struct plan_step {
    std::string name;            ///< one line, once in its plan
    std::string owner;           ///< who sees to it: a role, or one actor by name
    std::string act;             ///< the command that does it; empty where it is reported by hand
    duration due_after;          ///< above 0, from when it opens; `for_ever` for no time
    bool needs_evidence = false; ///< a line that shows that it was done, such as a link
    bool by_another = false;     ///< reported by somebody else than who is taken through the plan
    std::vector<std::string> after; ///< the steps that it waits for
};
BOOST_DESCRIBE_STRUCT(
    plan_step, (), (name, owner, act, due_after, needs_evidence, by_another, after))

enum class step_state : std::uint8_t {
    waiting, ///< for another step
    open,
    done,
    skipped, ///< ended without being done
};
BOOST_DESCRIBE_ENUM(step_state, waiting, open, done, skipped)

/// A step of a plan that runs.
struct running_step {
    plan_step step;
    step_state state = step_state::waiting;
    std::optional<instant> due; ///< of an open step
    bool overdue = false;       ///< it was open when it was due, and somebody was told
    bool proven = false;        ///< done, and not on the word of who is taken through the plan
};
BOOST_DESCRIBE_STRUCT(running_step, (), (step, state, due, overdue, proven))

/// A plan that somebody is taken through. Costs are those of walking its steps.
struct running_plan {
    std::vector<running_step> steps;

    /// A plan whose first steps are open. The steps have passed check_steps.
    static running_plan begin(std::vector<plan_step> const& written, instant now) {
        running_plan made;
        for (auto const& step : written) {
            made.steps.push_back({step, step_state::waiting, std::nullopt, false, false});
        }
        made.open_steps(now);
        return made;
    }

    /// The step of a name, or null.
    [[nodiscard]] running_step const* find(std::string_view name) const {
        auto const at = std::find_if(
            steps.begin(), steps.end(), [&](running_step const& s) { return s.step.name == name; });
        return at == steps.end() ? nullptr : &*at;
    }
    /// The first open step that an act does; where none is open, the first that waits, or null.
    [[nodiscard]] running_step const* done_by(std::string_view act) const {
        running_step const* waiting = nullptr;
        for (auto const& s : steps) {
            if (s.step.act == act && s.state == step_state::open) {
                return &s;
            }
            if (s.step.act == act && !ended(s) && waiting == nullptr) {
                waiting = &s;
            }
        }
        return waiting;
    }
    /// Whether a step may end now. A step out of its order is refused with the one that comes
    /// first.
    [[nodiscard]] result<void> check_end(std::string const& whose, std::string_view name) const {
        auto const about = "step " + koc::quoted(name) + " of " + whose;
        auto const* wanted = find(name);
        if (wanted == nullptr) {
            return error{errc::unknown_id, about,
                "expected one of the steps " + names() + "; name one of them"};
        }
        if (ended(*wanted)) {
            return error{errc::already_exists, about,
                "expected a step that has not ended, but it was " +
                    std::string{wanted->state == step_state::done ? "done" : "skipped"}};
        }
        for (auto const& before : wanted->step.after) {
            auto const* first = find(before);
            if (first != nullptr && !ended(*first)) {
                return error{errc::wrong_state, about,
                    "expected " + koc::quoted(before) + " first, which comes before " +
                        koc::quoted(name) + "; see to that step"};
            }
        }
        return {};
    }
    /// Whether every step has ended.
    [[nodiscard]] bool finished() const {
        return std::all_of(steps.begin(), steps.end(), [](auto const& s) { return ended(s); });
    }
    /// Whether every step was done, none skipped, and the steps that no other waits for are proven.
    [[nodiscard]] bool proven() const {
        return !steps.empty() &&
            std::all_of(steps.begin(), steps.end(), [&](running_step const& s) {
                return s.state == step_state::done && (s.proven || is_waited_for(s.step.name));
            });
    }
    /// Whether no step has ended yet.
    [[nodiscard]] bool untouched() const {
        return std::none_of(steps.begin(), steps.end(), [](auto const& s) { return ended(s); });
    }
    /// The earliest time at which an open step is due of which nobody was told yet.
    [[nodiscard]] std::optional<instant> next_due() const {
        std::optional<instant> first;
        for (auto const& s : steps) {
            if (s.due && !s.overdue && (!first || *s.due < *first)) {
                first = s.due;
            }
        }
        return first;
    }

    // Changes, for `apply`

    /// Ends a step, and opens those that waited for it alone.
    void end(std::string_view name, step_state how, instant now, bool proven = false) {
        KOC_EXPECTS(how == step_state::done || how == step_state::skipped);
        if (auto* step = find_for_change(name)) {
            step->state = how;
            step->proven = proven;
            step->due.reset();
            open_steps(now);
        }
    }
    void mark_overdue(std::string_view name) {
        if (auto* step = find_for_change(name)) {
            step->overdue = true;
        }
    }
    void assign(std::string_view name, std::string owner) {
        if (auto* step = find_for_change(name)) {
            step->step.owner = std::move(owner);
        }
    }

private:
    static bool ended(running_step const& s) {
        return s.state == step_state::done || s.state == step_state::skipped;
    }
    [[nodiscard]] bool is_waited_for(std::string const& name) const {
        return std::any_of(steps.begin(), steps.end(), [&](running_step const& s) {
            auto const& after = s.step.after;
            return std::find(after.begin(), after.end(), name) != after.end();
        });
    }
    running_step* find_for_change(std::string_view name) {
        auto const at = std::find_if(
            steps.begin(), steps.end(), [&](running_step& s) { return s.step.name == name; });
        return at == steps.end() ? nullptr : &*at;
    }
    void open_steps(instant now) {
        for (auto& s : steps) {
            auto const free = std::all_of(s.step.after.begin(), s.step.after.end(),
                [&](std::string const& name) { return ended(*find(name)); });
            if (s.state == step_state::waiting && free) {
                s.state = step_state::open;
                if (s.step.due_after != for_ever) {
                    s.due = now + s.step.due_after;
                }
            }
        }
    }
    [[nodiscard]] std::string names() const {
        std::string text;
        for (auto const& s : steps) {
            text += (text.empty() ? "" : ", ") + koc::quoted(s.step.name);
        }
        return text.empty() ? "of another plan, as this one has none" : text;
    }
};
BOOST_DESCRIBE_STRUCT(running_plan, (), (steps))

} // namespace koc
