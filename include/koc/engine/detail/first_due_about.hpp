// SPDX-License-Identifier: BSL-1.0
#pragma once

// Finds the earliest entry of an agenda whose record names an id, such as a member.

#include <koc/core/type_key.hpp>
#include <koc/describe/mention.hpp>
#include <koc/state/container.hpp>

#include <cstdint>
#include <optional>

namespace koc::detail {

/// `kind` is the type of the id, `records` are those of the entries. O(entries).
inline std::optional<due_item> first_due_about(
    container const& agenda, container const& records, type_key kind, std::uint64_t named) {
    struct search {
        container const* records;
        type_key kind;
        std::uint64_t named;
        std::optional<due_item> found;
    } with{&records, kind, named, {}};
    agenda.each_due(
        [](void* w, due_item entry) {
            auto& in = *static_cast<search*>(w);
            auto const* record = in.found ? nullptr : in.records->find_raw(entry.id);
            if (record != nullptr &&
                find_mention(*in.records->form(), record, in.kind,
                    [&](std::uint64_t id) { return id == in.named; })) {
                in.found = entry;
            }
        },
        &with);
    return with.found;
}

} // namespace koc::detail
