// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a table does with the texts of its records: writes how many rows were erased between them,
// and empties those of a person.

#include <koc/describe/canonical.hpp>
#include <koc/describe/personal_walk.hpp>
#include <koc/describe/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace koc::detail {

/// A number in a list of records stands for so many rows that were erased.
inline void write_erased(std::string& out, std::size_t rows) {
    if (rows != 0) {
        out += out.back() == '[' ? "" : ",";
        append_number(out, rows);
    }
}

/// Empties the texts of one person in records of one form.
struct text_drop {
    shape const* form;
    std::uint64_t owner;

    [[nodiscard]] bool finds(void const* record) const { return has_text_of(*form, record, owner); }
    static void apply(void* with, void* record) {
        auto const& how = *static_cast<text_drop const*>(with);
        drop_text_of(*how.form, record, how.owner);
    }
};

} // namespace koc::detail
