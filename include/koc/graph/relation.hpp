// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who is tied to whom: a directed relation between ids that keeps its own rules. A link that would
// break one is refused in words, so whatever a relation holds is within its rules. The links are
// kept in two sorted sets, from either end, so everything that leaves here is sorted by id, never
// in the order of making.

#include <koc/core/arrival_map.hpp>
#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/result.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// What a relation allows, and what its refusals call the two ends.
struct relation_rules {
    static constexpr std::size_t unlimited = (std::numeric_limits<std::size_t>::max)();

    char const* source = "source";
    char const* target = "target";
    std::size_t targets_max = unlimited; ///< of one source, unless a call says otherwise
    std::size_t sources_max = unlimited; ///< of one target
    bool acyclic = false;                ///< whether no chain of links may return to its start
};

/// A directed relation from ids of one kind to ids of another, or of the same kind.
///
/// An id is present exactly while it has a link. In the costs below `n` is the number of all links
/// and `k` that of the links of the ids that a call names. A copy is independent of its original.
template <typename From, typename To = From>
class relation {
    static constexpr bool one_kind = std::same_as<From, To>;

public:
    using source_type = From;
    using target_type = To;
    using edge_type = std::pair<From, To>;

    explicit relation(relation_rules const& rules = {}) : rules_{rules} {}

    [[nodiscard]] relation_rules const& rules() const { return rules_; }

    /// The number of links.
    [[nodiscard]] std::size_t size() const { return forth_.size(); }
    [[nodiscard]] bool empty() const { return forth_.empty(); }

    /// O(log n).
    [[nodiscard]] bool linked(From from, To to) const { return forth_.contains({from, to}); }

    /// What `from` is linked to, sorted by id. O(log n + k).
    [[nodiscard]] std::vector<To> targets(From from) const { return others(forth_, from); }

    /// What is linked to `to`, sorted by id. O(log n + k).
    [[nodiscard]] std::vector<From> sources(To to) const { return others(back_, to); }

    /// The number of targets of `from`. O(log n + k).
    [[nodiscard]] std::size_t out_degree(From from) const { return degree(forth_, from); }

    /// The number of sources of `to`. O(log n + k).
    [[nodiscard]] std::size_t in_degree(To to) const { return degree(back_, to); }

    /// Whether a chain of one or more links leads from `from` to `to`. O(m log n) for m links above
    /// `to`, so in a relation with one source a target it is a walk up one chain.
    [[nodiscard]] bool reaches(From from, To to) const requires one_kind {
        arrival_map<From, bool> seen; // also the queue, as it keeps the order of arrival
        seen[to] = true;
        for (std::size_t next = 0; next < seen.size(); ++next) {
            auto const here = seen.begin()[static_cast<std::ptrdiff_t>(next)].first;
            for (auto const above : sources(here)) {
                if (above == from) {
                    return true;
                }
                seen.try_emplace(above, true);
            }
        }
        return false;
    }

    /// All links, sorted by source, then by target: what a digest of the relation is taken over.
    /// O(n).
    [[nodiscard]] std::vector<edge_type> edges() const { return {forth_.begin(), forth_.end()}; }

    /// Why `from` may not be linked to `to` now; nothing if it may. `targets_max` is how many
    /// targets this source may have, where that is not the same for all.
    ///
    /// Refusals: `invalid_argument` (an id that names nothing, or a link to itself),
    /// `already_exists`, `no_capacity` (of either end), `wrong_state` (it would close a cycle).
    /// Costs O(log n), and as `reaches` if the relation is acyclic, and O(k) for each end whose
    /// number of links is limited.
    [[nodiscard]] std::optional<error> check_link(
        From from, To to, std::optional<std::size_t> targets_max = {}) const {
        for (auto const& [noun, value] : {std::pair{rules_.source, std::uint64_t{from.value()}},
                 std::pair{rules_.target, std::uint64_t{to.value()}}}) {
            if (value == 0) {
                return error{errc::invalid_argument, std::string{noun} + " 0",
                    "expected an id that names something; 0 names nothing"};
            }
        }
        if constexpr (one_kind) {
            if (from == to) {
                return error{errc::invalid_argument, subject(rules_.source, from),
                    std::string{"expected another "} + rules_.target +
                        " than itself; choose a different one"};
            }
        }
        if (linked(from, to)) {
            return error{errc::already_exists, subject(rules_.source, from),
                "expected a new link, but " + subject(rules_.target, to) +
                    " is linked to it already; leave it as it is"};
        }
        auto const room = targets_max.value_or(rules_.targets_max);
        if (room != relation_rules::unlimited && out_degree(from) >= room) {
            return full(subject(rules_.source, from), rules_.target, room, rules_.source);
        }
        if (rules_.sources_max != relation_rules::unlimited &&
            in_degree(to) >= rules_.sources_max) {
            return full(
                subject(rules_.target, to), rules_.source, rules_.sources_max, rules_.target);
        }
        if constexpr (one_kind) {
            if (rules_.acyclic && reaches(to, from)) {
                return error{errc::wrong_state, subject(rules_.source, from),
                    "expected a " + std::string{rules_.target} +
                        " from which no chain leads back to it, as one does from " +
                        subject(rules_.target, to) + "; choose another"};
            }
        }
        return std::nullopt;
    }

    /// Links `from` to `to`, or refuses as `check_link` and changes nothing.
    result<void> link(From from, To to, std::optional<std::size_t> targets_max = {}) {
        if (auto refused = check_link(from, to, targets_max)) {
            return *std::move(refused);
        }
        forth_.emplace(from, to);
        back_.emplace(to, from);
        return {};
    }

    /// Takes the link away; `unknown_id` if there is none.
    result<void> unlink(From from, To to) {
        if (!linked(from, to)) {
            return error{errc::unknown_id, subject(rules_.source, from),
                "expected a link to " + subject(rules_.target, to) +
                    ", but there is none; name one that exists"};
        }
        forth_.erase({from, to});
        back_.erase({to, from});
        return {};
    }

    /// Takes away all links from and to `id`, and with them every trace of it; answers how many
    /// there were. O(k log n).
    std::size_t erase(From id) {
        std::size_t taken = 0;
        for (auto const to : targets(id)) {
            static_cast<void>(unlink(id, to));
            ++taken;
        }
        if constexpr (one_kind) {
            for (auto const from : sources(id)) {
                static_cast<void>(unlink(from, id));
                ++taken;
            }
        }
        return taken;
    }
    std::size_t erase(To id) requires(!one_kind) {
        std::size_t taken = 0;
        for (auto const from : sources(id)) {
            static_cast<void>(unlink(from, id));
            ++taken;
        }
        return taken;
    }

private:
    template <typename Id, typename Other>
    static std::vector<Other> others(std::set<std::pair<Id, Other>> const& links, Id of) {
        std::vector<Other> found;
        for (auto at = links.lower_bound({of, Other{}}); at != links.end() && at->first == of;
             ++at) {
            found.push_back(at->second);
        }
        return found;
    }
    template <typename Id, typename Other>
    static std::size_t degree(std::set<std::pair<Id, Other>> const& links, Id of) {
        std::size_t count = 0;
        for (auto at = links.lower_bound({of, Other{}}); at != links.end() && at->first == of;
             ++at) {
            ++count;
        }
        return count;
    }

    static error full(std::string whose, char const* of, std::size_t room, char const* whom) {
        return {errc::no_capacity, std::move(whose),
            "expected room for another " + std::string{of} + ", but all " + std::to_string(room) +
                " are taken; unlink one or choose another " + whom};
    }

    relation_rules rules_;
    std::set<std::pair<From, To>> forth_;
    std::set<std::pair<To, From>> back_;
};

} // namespace koc
