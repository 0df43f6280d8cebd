// SPDX-License-Identifier: BSL-1.0
#pragma once

// A lifecycle as a table that reads as prose: in this stage, this event leads to that stage, if
// this guard agrees. The table is data. It is verified when it is compiled (no stage out of reach,
// no dead end that is not meant, no row that is never tried, no way around a door), it is drawn by
// diagram.hpp, and a step is a look into an array. The machine itself is one byte, which belongs to
// the caller: the table has no state.

#include <koc/core/described.hpp>
#include <koc/lifecycle/concepts.hpp>
#include <koc/lifecycle/detail/mistake_sentences.hpp>
#include <koc/lifecycle/detail/table_layout.hpp>
#include <koc/lifecycle/first_mistake.hpp>
#include <koc/lifecycle/fwd.hpp>
#include <koc/lifecycle/step_refusal.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace koc {

/// A lifecycle made of `initial`, `row`, `resting` and `door`, in any order.
///
/// Rows of the same stage and event are tried in the order they are written, so an unguarded one
/// stands last. A table that holds a mistake does not compile; the message names the stage. Every
/// enumerator of the stage's enum has to be reachable. All queries are O(1) but for `accepts`
/// and `rests`, which walk the table.
template <typename... Parts>
class transition_table {
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
    static constexpr std::size_t stage_count_ = std::size_t{1} +
        std::max({detail::part<Parts>::facts.from..., detail::part<Parts>::facts.to...});
    static constexpr std::size_t event_count_ =
        std::size_t{1} + std::max({detail::part<Parts>::facts.event...});
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
        for (auto const& option : slice(layout_.options, cell_of(stage, event))) {
            if (!option.guarded || tests_<Context>[option.part](context)) {
                return option.to;
            }
        }
        return std::nullopt;
    }

    /// Why `step` gives nothing for these arguments; nothing when it gives a stage.
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
        return std::any_of(rows.begin(), rows.end(),
            [&](auto const& row) { return row.from == from && row.to == to; });
    }

    /// Whether `stage` is declared resting.
    [[nodiscard]] static constexpr bool rests(stage_type stage) {
        return std::any_of(parts_.begin(), parts_.end(), [&](auto const& part) {
            return part.kind == part_kind::resting && part.from == detail::byte_of(stage);
        });
    }

private:
    template <typename Context>
    static constexpr std::array<detail::test<Context>, sizeof...(Parts)> tests_{
        detail::test_of<typename detail::part<Parts>::guard_type, Context>()...};

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
