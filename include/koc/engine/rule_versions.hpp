// SPDX-License-Identifier: BSL-1.0
#pragma once

// The versions of rules: every value that was ever adopted, when and by whom, read from the
// journal, and the command that brings an earlier one back. Nothing of the past changes with it: an
// earlier version that is adopted again is a new one with the same value.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/rules.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/envelope.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// Rules as they were adopted once.
template <typename Rules>
struct rules_version {
    std::uint64_t number = 0;   ///< 1 for the first adoption in the journal
    std::uint64_t position = 0; ///< of its event
    instant at;
    actor by;
    Rules rules{};
};

/// All versions of rules, oldest first; the last one is in force. Refused: as `read` of the
/// journal. O(events).
template <typename Rules>
[[nodiscard]] result<std::vector<rules_version<Rules>>> versions_of(engine& of) {
    constexpr std::size_t page_size = 512;
    std::vector<rules_version<Rules>> found;
    for (std::uint64_t from = 0;;) {
        auto const page = of.read(from, page_size);
        if (!page) {
            return page.error();
        }
        if (page->empty()) {
            return found;
        }
        for (auto const& e : *page) {
            for (auto const& happened : e.events) {
                if (auto const* adoption = happened.get_if<adopted<Rules>>()) {
                    found.push_back({found.size() + 1, e.position, e.at, e.by, adoption->rules});
                }
            }
        }
        from = page->back().position + 1;
    }
}

/// The command that adopts an earlier version again: `handle(*earlier_rules<Rules>(engine, 2),
/// with)`. Refused: `unknown_id` for a number that no version has, `wrong_state` for the one in
/// force, and as versions_of. O(events).
template <typename Rules>
[[nodiscard]] result<adopt<Rules>> earlier_rules(engine& of, std::uint64_t number) {
    auto const all = versions_of<Rules>(of);
    if (!all) {
        return all.error();
    }
    auto const subject = std::string{type_name<Rules>()} + " version " + std::to_string(number);
    if (number == 0 || number > all->size()) {
        return error{errc::unknown_id, subject,
            "expected from 1 to " + std::to_string(all->size()) +
                ", the number of adoptions; see versions_of"};
    }
    if (number == all->size()) {
        return error{errc::wrong_state, subject,
            "expected an earlier version, as this one is in force already"};
    }
    return adopt<Rules>{(*all)[number - 1].rules};
}

} // namespace koc
