// SPDX-License-Identifier: BSL-1.0
#pragma once

// The usual editor: a record with a tag set called `tags`, a taxonomy that says what stands above
// what, and for each column how its number is read and written.

#include <koc/core/contract.hpp>
#include <koc/explain/change.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace koc {

/// How the number of a column is read from a record and written to it.
template <typename Record>
struct column_access {
    std::int64_t (*get)(Record const&);
    void (*set)(Record&, std::int64_t);
};

/// Reads and changes records by their `tags` and `columns`, the first of which has id 1. The
/// taxonomy outlives it.
template <typename Record, std::size_t Columns>
class record_editor {
public:
    record_editor(taxonomy const& tags, std::array<column_access<Record>, Columns> columns)
        : taxonomy_{&tags}, columns_{columns} {}

    [[nodiscard]] static tag_set const& tags(Record const& r) { return r.tags; }
    [[nodiscard]] std::int64_t value(Record const& r, column_id column) const {
        return at(column).get(r);
    }
    [[nodiscard]] bool covers(tag_id above, tag_id tag) const {
        return taxonomy_->covers(above, tag);
    }
    void apply(Record& r, change const& c) const {
        switch (c.kind) {
        case change_kind::gain:
            r.tags.put({c.tag, c.weight});
            break;
        case change_kind::lose:
            r.tags.remove(c.tag);
            break;
        case change_kind::set:
            at(c.column).set(r, c.value);
            break;
        }
    }

private:
    [[nodiscard]] column_access<Record> const& at(column_id column) const {
        KOC_EXPECTS(column.valid() && column.value() <= Columns);
        return columns_[column.value() - 1U];
    }

    taxonomy const* taxonomy_;
    std::array<column_access<Record>, Columns> columns_;
};

} // namespace koc
