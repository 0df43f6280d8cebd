// SPDX-License-Identifier: BSL-1.0
#pragma once

// A state machine as a constexpr transition table: from a stage, on an event, to a stage, if a
// guard holds. The table is verified when it is compiled (no unreachable stage, no dead end that is
// not declared, no row that is never tried, no event that bypasses an only_entry) and is drawn by
// diagram.hpp. A step is an array lookup and one call. The table has no state: a machine is one
// byte that belongs to the caller.

#include <koc/describe/described_enum.hpp>
#include <koc/lifecycle/concepts.hpp>
#include <koc/lifecycle/detail/mistake_sentences.hpp>
#include <koc/lifecycle/detail/table_layout.hpp>
#include <koc/lifecycle/first_mistake.hpp>
#include <koc/lifecycle/fwd.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace koc {

/// The most parts that a table may have: clang takes no longer lists without an option.
inline constexpr std::size_t transition_parts_max = 256;

/// A lifecycle made of `initial`, `row`, `resting` and `only_entry`, in any order.
///
/// Rows of the same stage and event are tried in the order they are written, so an unguarded one
/// stands last. A table that holds a mistake does not compile; the message names the stage. Every
/// enumerator of the stage's enum has to be reachable. All queries are O(1) but for `accepts`
/// and `rests`, which walk the table.
template <typename... Parts>
class transition_table {
    static_assert(sizeof...(Parts) <= transition_parts_max,
        "koc: a transition table has more than 256 parts; merge rows, or split the lifecycle into "
        "tables of their own; see docs/lifecycle.md#limits");
    using enums = detail::enums_of<Parts...>;

public:
    using stage_type = typename enums::stage_type;
    using event_type = typename enums::event_type;
    using refusal_type = step_refusal<stage_type, event_type>;

private:
    static_assert(described_enum<stage_type> && described_enum<event_type>,
        "koc: the stages and the events of a transition table are enums described with "
        "BOOST_DESCRIBE_ENUM; see docs/lifecycle.md");
    static_assert(sizeof(stage_type) == 1 && sizeof(event_type) == 1,
        "koc: the stages and the events of a transition table are enums of one byte, as "
        "enum class stage : unsigned char; see docs/lifecycle.md");

    using guards = detail::guard_list<typename detail::part<Parts>::guard_type...>;
    static constexpr std::array<part_facts, sizeof...(Parts)> parts_{
        guards::template numbered<typename detail::part<Parts>::guard_type>(
            detail::part<Parts>::facts)...};
    static constexpr auto finding_ =
        (detail::part<Parts>::template fits<stage_type, event_type> && ...)
        ? first_mistake(detail::bytes_of<stage_type>, parts_)
        : table_finding{};
    static_assert(sizeof(detail::sentence<finding_.mistake, static_cast<stage_type>(finding_.stage),
                      static_cast<event_type>(finding_.event)>) != 0);

    static constexpr std::size_t row_count_ = (std::size_t{0} + ... + detail::part<Parts>::rows);
    static constexpr std::size_t stage_count_ =
        detail::count_to({detail::part<Parts>::facts.from..., detail::part<Parts>::facts.to...});
    static constexpr std::size_t event_count_ =
        detail::count_to({detail::part<Parts>::facts.event...});
    static constexpr detail::layout<stage_type, event_type, row_count_, stage_count_, event_count_>
        layout_{parts_};

public:
    /// Whether all guards can judge a `Context`.
    template <typename Context>
    static constexpr bool
        understands = (guard_for<typename detail::part<Parts>::guard_type, Context> && ...);

    /// Where a new machine starts.
    static constexpr stage_type initial = [] {
        for (auto const& part : parts_) {
            if (part.kind == part_kind::initial) {
                return static_cast<stage_type>(part.from);
            }
        }
        return stage_type{};
    }();

    /// All rows as they are written, for walking and drawing.
    static constexpr auto const& rows = layout_.rows;

    /// The stage that `event` leads to, or nothing when no row fires. A byte that is no stage or
    /// event of the table fires no row.
    template <typename Context = no_context>
    [[nodiscard]] static constexpr std::optional<stage_type> step(
        stage_type stage, event_type event, Context const& context = {}) {
        auto const done = fire(stage, event, context);
        return done.row != 0 ? std::optional{done.to} : std::nullopt;
    }

    /// Takes the step: `stage` becomes the one that `event` leads to. Gives the number of the row
    /// that fired, counted from 1 in the order of `rows`, so that the caller can act on it; 0 when
    /// none fired and `stage` is what it was.
    template <typename Context = no_context>
    static constexpr unsigned advance(
        stage_type& stage, event_type event, Context const& context = {}) {
        auto const done = fire(stage, event, context);
        stage = done.to;
        return done.row;
    }

    /// Why `step` gives nothing for these arguments; nothing when it gives a stage. For who
    /// includes koc/lifecycle/step_refusal.hpp.
    template <typename Context = no_context>
    [[nodiscard]] static constexpr std::optional<refusal_type> refusal(
        stage_type stage, event_type event, Context const& context = {}) {
        if (step(stage, event, context)) {
            return std::nullopt;
        }
        return refusal_type{
            stage, event, accepted(stage), slice(layout_.guards, cell_of(stage, event))};
    }

    /// Whether there is a row for `event` in `stage`, whatever its guard says.
    [[nodiscard]] static constexpr bool allows(stage_type stage, event_type event) {
        return cell_of(stage, event).count != 0;
    }

    /// The events that `stage` allows, in the enum's order.
    [[nodiscard]] static constexpr std::span<event_type const> accepted(stage_type stage) {
        auto const at = detail::byte_of(stage);
        return slice(layout_.events, at < stage_count_ ? layout_.accepted[at] : detail::run{});
    }

    /// Whether some row leads from one stage to the other.
    [[nodiscard]] static constexpr bool accepts(stage_type from, stage_type to) {
        for (auto const& row : rows) {
            if (row.from == from && row.to == to) {
                return true;
            }
        }
        return false;
    }

    /// Whether `stage` is declared resting.
    [[nodiscard]] static constexpr bool rests(stage_type stage) {
        for (auto const& part : parts_) {
            if (part.kind == part_kind::resting && part.from == detail::byte_of(stage)) {
                return true;
            }
        }
        return false;
    }

private:
    /// What a step does; a row of 0 leaves the stage alone.
    struct outcome {
        stage_type to{};
        std::uint16_t row = 0;
    };
    /// A guard to ask and what follows from its answer.
    template <typename Context>
    struct option {
        detail::test<Context> agrees = &detail::always<Context>;
        std::array<outcome, 2> then{}; ///< by the answer
        std::uint16_t further = 0;     ///< after a no: another option, if not 0
    };

    /// By stage and event, and then those that come second to another. The call is all that is hard
    /// to foresee about a step, so what needs no guard shares one, and what follows is looked up.
    template <typename Context>
    static constexpr auto options_ = [] {
        constexpr std::array<detail::test<Context>, sizeof...(Parts)> tests{
            detail::test_of<typename detail::part<Parts>::guard_type, Context>()...};
        std::array<option<Context>, stage_count_ * event_count_ + row_count_> options{};
        std::size_t added = stage_count_ * event_count_;
        for (std::size_t cell = 0; cell < stage_count_ * event_count_; ++cell) {
            auto const stay = outcome{static_cast<stage_type>(cell / event_count_), 0};
            options[cell].then = {stay, stay};
            auto at = cell;
            for (auto row = layout_.first[cell]; row != 0; row = layout_.next[row - 1U]) {
                auto const part = layout_.parts[row - 1U];
                outcome const fired{layout_.rows[row - 1U].to, row};
                if (parts_[part].guard == 0) {
                    options[at].then[0] = fired;
                    options[at].then[1] = row == layout_.first[cell] ? fired : options[at].then[1];
                    break;
                }
                if (row != layout_.first[cell]) {
                    options[at].further = static_cast<std::uint16_t>(added);
                    at = added++;
                }
                options[at].agrees = tests[part];
                options[at].then = {stay, fired};
            }
        }
        return options;
    }();

    template <typename Context>
    static constexpr outcome fire(stage_type stage, event_type event, Context const& context) {
        auto const row = detail::byte_of(stage);
        auto const column = detail::byte_of(event);
        if (row >= stage_count_ || column >= event_count_) {
            return {stage, 0};
        }
        auto const* option = &options_<Context>[row * event_count_ + column];
        while (true) {
            bool const agrees = option->agrees(context);
            if (option->further == 0 || agrees) {
                return option->then[agrees ? 1 : 0];
            }
            option = &options_<Context>[option->further];
        }
    }

    static constexpr detail::run cell_of(stage_type stage, event_type event) {
        auto const row = detail::byte_of(stage);
        auto const column = detail::byte_of(event);
        return row < stage_count_ && column < event_count_
            ? layout_.cells[row * event_count_ + column]
            : detail::run{};
    }

    template <typename Array>
    static constexpr std::span<typename Array::value_type const> slice(
        Array const& array, detail::run part) {
        return std::span{array}.subspan(part.first, part.count);
    }
};

} // namespace koc
