// SPDX-License-Identifier: BSL-1.0
#pragma once

// What would have to be different? The fewest changes of somebody's facts that turn a decision:
// bring them among the k best, or cost them their place. Nobody else changes, so all that counts of
// the others is the k-th best of them, and each attempt is one person judged again.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/explain/answer.hpp>
#include <koc/explain/change.hpp>
#include <koc/search/match.hpp>
#include <koc/search/top_k.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace koc {

/// How many changes may be offered: the search may try every set of them.
inline constexpr std::size_t changes_max = 16;

namespace detail {

/// One member of a population as if their facts were `record`'s.
template <population P, typename Record, typename Editor>
class as_if {
public:
    as_if(P const& people, slot s, Record const& record, Editor const& editor)
        : people_{people}, place_{s}, record_{record}, editor_{editor} {}

    [[nodiscard]] std::size_t slot_count() const { return people_.slot_count(); }
    [[nodiscard]] bitmap::word live_word(std::size_t w) const {
        return w == place_ / word_bits ? bit() : 0;
    }
    [[nodiscard]] bitmap::word tag_word(tag_id tag, std::size_t w) const {
        if (w == place_ / word_bits) {
            for (auto const& entry : editor_.tags(record_)) {
                if (editor_.covers(tag, entry.tag)) {
                    return bit();
                }
            }
        }
        return 0;
    }
    [[nodiscard]] std::int64_t value(column_id column, slot) const {
        return editor_.value(record_, column);
    }

private:
    [[nodiscard]] bitmap::word bit() const { return bitmap::word{1} << (place_ % word_bits); }

    P const& people_;
    slot place_;
    Record const& record_;
    Editor const& editor_;
};

} // namespace detail

/// The smallest set of `changes` that turns whether the member in slot `s` is among the `k` best:
/// fewest first, and of equally many the one that comes first in the order given. No proper subset
/// of it turns the decision, as those were tried before. Changes of the same fact are never made
/// together.
///
/// One `top_k` of k + 1, and at most 2^changes times a copy of the record, the plan, the gate and
/// one `rate`. Refused: what `top_k` refuses; an empty slot (`unknown_id`); more than 16 changes
/// (`too_large`).
template <population P, typename Task, typename Scorer, typename Editor, typename Gate = open_gate>
    requires scorer_for<Scorer, Task, candidate_of<P>> && gate_for<Gate, Task, candidate_of<P>> &&
        fact_editor_for<Editor, std::remove_cvref_t<candidate_of<P>>>
            result<smallest_change_of<id_of<P>>> smallest_change(P const& people,
                requirement_plan const& plan, Task const& task, Scorer const& scorer, std::size_t k,
                slot s, Editor const& editor, std::vector<change> const& changes,
                Gate const& gate = {}) {
        using record = std::remove_cvref_t<candidate_of<P>>;
        using found = match<id_of<P>>;
        if (changes.size() > changes_max) {
            return error{errc::too_large, std::to_string(changes.size()) + " changes",
                "expected at most 16; leave out what cannot change"};
        }
        // Nothing is said about k itself by asking for one more where there is one.
        auto best =
            top_k(people, plan, task, scorer, k != 0 && k < people.slot_count() ? k + 1 : k, gate);
        if (!best) {
            return best.error();
        }
        if (s >= people.slot_count() ||
            (people.live_word(s / word_bits) >> (s % word_bits) & 1U) == 0) {
            return error{errc::unknown_id, "slot " + std::to_string(s),
                "expected the slot of a member; look it up again"};
        }
        auto const own = std::find_if(
            best->begin(), best->end(), [&](auto const& each) { return each.place == s; });
        bool const chosen = static_cast<std::size_t>(own - best->begin()) < k && own != best->end();
        if (own != best->end()) {
            best->erase(own);
        }
        auto const rival = k <= best->size() ? std::optional{(*best)[k - 1]} : std::nullopt;

        smallest_change_of<id_of<P>> answer{people.id_at(s), chosen, std::nullopt};
        auto const turns = [&](std::uint32_t set) {
            record changed = people[s];
            for (std::size_t i = 0; i < changes.size(); ++i) {
                if ((set >> i & 1U) != 0) {
                    editor.apply(changed, changes[i]);
                }
            }
            detail::as_if<P, record, Editor> const view{people, s, changed, editor};
            bool const in = plan.admits(view, s) && gate.admits(task, changed) &&
                (!rival || found{s, answer.who, scorer.rate(task, changed)} < *rival);
            return in != chosen;
        };

        std::array<std::uint32_t, changes_max> excluded{}; // by change: those it collides with
        for (std::size_t i = 0; i < changes.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                excluded[i] |= changes[i].collides(changes[j]) ? std::uint32_t{1} << j : 0U;
            }
        }
        auto const search = [&](auto const& again, std::size_t from, std::size_t left,
                                std::uint32_t set) -> std::optional<std::uint32_t> {
            if (left == 0) {
                return turns(set) ? std::optional{set} : std::nullopt;
            }
            for (auto i = from; i + left <= changes.size(); ++i) {
                if ((set & excluded[i]) == 0) {
                    if (auto hit = again(again, i + 1, left - 1, set | std::uint32_t{1} << i)) {
                        return hit;
                    }
                }
            }
            return std::nullopt;
        };
        for (std::size_t size = 1; size <= changes.size() && !answer.changes; ++size) {
            if (auto const set = search(search, 0, size, 0)) {
                auto& made = answer.changes.emplace();
                for (std::size_t i = 0; i < changes.size(); ++i) {
                    if ((*set >> i & 1U) != 0) {
                        made.push_back(changes[i]);
                    }
                }
            }
        }
        return answer;
    }

} // namespace koc
