// SPDX-License-Identifier: BSL-1.0
#pragma once

// A plan that somebody is taken through: named steps, some of which wait for others, each with an
// owner, a time and, where it needs one, evidence. A step opens when all that it waits for have
// ended. The steps are written down once, however many people are taken through them; a running
// plan is how far one of them is, a value inside a record. Its checks refuse, its changes cannot
// fail.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstddef>
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

/// How far somebody is with one step.
struct running_step {
    step_state state = step_state::waiting;
    std::optional<instant> due; ///< of an open step
    bool overdue = false;       ///< it was open when it was due, and somebody was told
    bool proven = false;        ///< done, and not on the word of who is taken through the plan
};
BOOST_DESCRIBE_STRUCT(running_step, (), (state, due, overdue, proven))

/// A step that another owner sees to than the one who is written down.
struct step_owner {
    std::int64_t step = 0; ///< its place among the steps, from 0 on
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(step_owner, (), (step, owner))

/// How far somebody is with the steps of a plan. `written` are always the steps that it began with;
/// a place is that of a step among them, from 0 on. Costs are those of walking them.
struct running_plan {
    std::vector<running_step> steps; ///< as many as are written down, in their order
    std::vector<step_owner> owners;

    using written_steps = std::vector<plan_step>;

    /// A plan whose first steps are open. The steps have passed check_steps; a misfit where one
    /// waits for a step that is not there.
    static running_plan begin(written_steps const& written, instant now) {
        running_plan made;
        made.steps.resize(written.size());
        made.open_steps(written, now);
        return made;
    }

    /// The place of the step of a name, or none.
    [[nodiscard]] std::optional<std::size_t> find(
        written_steps const& written, std::string_view name) const {
        for (std::size_t at = 0; at < steps.size(); ++at) {
            if (written[at].name == name) {
                return at;
            }
        }
        return std::nullopt;
    }
    /// The place of the first open step that an act does; where none is open, of the first that
    /// waits, or none.
    [[nodiscard]] std::optional<std::size_t> done_by(
        written_steps const& written, std::string_view act) const {
        std::optional<std::size_t> waiting;
        for (std::size_t at = 0; at < steps.size(); ++at) {
            if (written[at].act == act && steps[at].state == step_state::open) {
                return at;
            }
            if (written[at].act == act && !ended(steps[at]) && !waiting) {
                waiting = at;
            }
        }
        return waiting;
    }
    /// Who sees to a step.
    [[nodiscard]] std::string const& owner_of(
        written_steps const& written, std::size_t place) const {
        auto const* given = find_owner(owners, place);
        return given == nullptr ? written[place].owner : given->owner;
    }
    /// Whether a step may end now. A step out of its order is refused with the one that comes
    /// first.
    [[nodiscard]] result<void> check_end(
        written_steps const& written, std::string const& whose, std::string_view name) const {
        auto const about = "step " + koc::quoted(name) + " of " + whose;
        auto const wanted = find(written, name);
        if (!wanted) {
            return error{errc::unknown_id, about,
                "expected one of the steps " + names(written) + "; name one of them"};
        }
        if (ended(steps[*wanted])) {
            return error{errc::already_exists, about,
                "expected a step that has not ended, but it was " +
                    std::string{steps[*wanted].state == step_state::done ? "done" : "skipped"}};
        }
        for (auto const& before : written[*wanted].after) {
            auto const first = find(written, before);
            if (first && !ended(steps[*first])) {
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
    [[nodiscard]] bool proven(written_steps const& written) const {
        for (std::size_t at = 0; at < steps.size(); ++at) {
            if (steps[at].state != step_state::done ||
                !(steps[at].proven || is_waited_for(written, written[at].name))) {
                return false;
            }
        }
        return !steps.empty();
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
    void end(written_steps const& written, std::string_view name, step_state how, instant now,
        bool proven = false) {
        KOC_EXPECTS(how == step_state::done || how == step_state::skipped);
        if (auto const place = find(written, name)) {
            steps[*place].state = how;
            steps[*place].proven = proven;
            steps[*place].due.reset();
            open_steps(written, now);
        }
    }
    void mark_overdue(written_steps const& written, std::string_view name) {
        if (auto const place = find(written, name)) {
            steps[*place].overdue = true;
        }
    }
    void assign(written_steps const& written, std::string_view name, std::string owner) {
        auto const place = find(written, name);
        if (!place) {
            return;
        }
        if (auto* given = find_owner(owners, *place)) {
            given->owner = std::move(owner);
        } else {
            owners.push_back({static_cast<std::int64_t>(*place), std::move(owner)});
        }
    }

private:
    static bool ended(running_step const& s) {
        return s.state == step_state::done || s.state == step_state::skipped;
    }
    template <typename Owners>
    static auto find_owner(Owners& among, std::size_t place) -> decltype(among.data()) {
        for (auto& given : among) {
            if (given.step == static_cast<std::int64_t>(place)) {
                return &given;
            }
        }
        return nullptr;
    }
    static bool is_waited_for(written_steps const& written, std::string const& name) {
        return std::any_of(written.begin(), written.end(), [&](plan_step const& s) {
            return std::find(s.after.begin(), s.after.end(), name) != s.after.end();
        });
    }
    void open_steps(written_steps const& written, instant now) {
        for (std::size_t at = 0; at < steps.size(); ++at) {
            auto const& after = written[at].after;
            auto const free = std::all_of(after.begin(), after.end(), [&](std::string const& name) {
                auto const before = find(written, name);
                if (!before) {
                    throw_misfit("step " + koc::quoted(name));
                }
                return ended(steps[*before]);
            });
            if (steps[at].state == step_state::waiting && free) {
                steps[at].state = step_state::open;
                if (written[at].due_after != for_ever) {
                    steps[at].due = now + written[at].due_after;
                }
            }
        }
    }
    [[nodiscard]] std::string names(written_steps const& written) const {
        std::string text;
        for (std::size_t at = 0; at < steps.size(); ++at) {
            text += (text.empty() ? "" : ", ") + koc::quoted(written[at].name);
        }
        return text.empty() ? "of another plan, as this one has none" : text;
    }
};
BOOST_DESCRIBE_STRUCT(running_plan, (), (steps, owners))

} // namespace koc
