// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who is erased, and how far that has been carried out. It observes the records of which each
// erases the person with its id (`erases` of koc::aspect).

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/personal_walk.hpp>
#include <koc/journal/event.hpp>
#include <koc/state/container.hpp>
#include <koc/state/detail/aside_ids.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace koc::detail {

struct erased_people final : record_observer {
    void inserting() override {
        undo_log::make_room(ids);
        sorted.make_room();
    }
    void inserted(std::uint64_t id, void const*) noexcept override {
        ids.push_back(id);
        sorted.add(id);
    }
    void updating(std::uint64_t, void const*) noexcept override {}
    void updated(std::uint64_t, void const*) noexcept override {}
    void erasing(std::uint64_t id, void const*) noexcept override {
        auto const last = std::find(ids.rbegin(), ids.rend(), id);
        ids.erase(std::next(last).base());
        sorted.remove(id);
        dropped = (std::min)(dropped, ids.size());
        forgotten = (std::min)(forgotten, ids.size());
    }

    /// The refusal of an event that brings new words of somebody who is erased, as no key would
    /// ever be deleted for them; nothing for any other. O(size).
    [[nodiscard]] std::optional<error> words_in(event const& of) const {
        std::optional<error> refused;
        if (!sorted.empty()) {
            each_personal_text(*of.type().form, of.raw(), [&](personal_text const& words) {
                if (!words.text.empty() && sorted.contains(words.owner)) {
                    refused = error{errc::wrong_state, "words of " + std::to_string(words.owner),
                        "expected no more words of somebody who was erased; leave them out"};
                }
                return !refused;
            });
        }
        return refused;
    }

    std::vector<std::uint64_t> ids; ///< in the order of their erasures
    std::size_t dropped = 0;        ///< of so many, containers hold no text
    std::size_t forgotten = 0;      ///< of so many, the sealer has no key
    aside_ids sorted;               ///< the same ids
};

} // namespace koc::detail
