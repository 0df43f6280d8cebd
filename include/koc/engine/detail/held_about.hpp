// SPDX-License-Identifier: BSL-1.0
#pragma once

// What one container holds about a person, found by the description of its records.

#include <koc/describe/about.hpp>
#include <koc/describe/personal_walk.hpp>
#include <koc/describe/shape.hpp>
#include <koc/state/container.hpp>

#include <cstddef>
#include <string>

namespace koc::detail {

/// Calls `visit(value)` for each record of a container, and for its value, until it answers false.
template <typename Visit>
void each_value(container const& held, Visit const& visit) {
    bool on = held.value_raw() == nullptr || visit(held.value_raw());
    for (std::size_t row = 0; on && row < held.row_count(); ++row) {
        auto const* record = held.row_raw(row);
        on = record == nullptr || visit(record);
    }
}

/// The records that name a person or have words of theirs, and links of theirs, separated by
/// commas, as `append_about` writes them. O(container).
inline std::string held_about(container const& held, person_ref const& who) {
    std::string found;
    if (held.form() == nullptr) {
        return found;
    }
    auto const& form = *held.form();
    each_value(held, [&](void const* value) {
        if (is_about(form, value, who)) {
            found += found.empty() ? "" : ",";
            append_about(found, form, value, who);
        }
        return true;
    });
    held.write_links_of(found, who.kind, who.id);
    return found;
}
/// Whether something is kept under the id of a person, or words of theirs are. O(container).
inline bool keeps(container const& held, person_ref const& who) {
    bool found = held.keyed_by() == who.kind && held.find_raw(who.id) != nullptr;
    if (!found && held.form() != nullptr && carries_personal_text(*held.form())) {
        each_value(held, [&](void const* value) {
            found = has_text_of(*held.form(), value, who.id);
            return !found;
        });
    }
    return found;
}

} // namespace koc::detail
