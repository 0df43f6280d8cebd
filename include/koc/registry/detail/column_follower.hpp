// SPDX-License-Identifier: BSL-1.0
#pragma once

// Puts the columns of a search index to what a record has.

#include <koc/registry/detail/gate_set.hpp>
#include <koc/tag/fwd.hpp>
#include <koc/tag/number_column.hpp>
#include <koc/tag/search_index.hpp>

#include <cstdint>
#include <vector>

namespace koc::detail {

/// The columns that the records of one table contribute.
class column_follower {
public:
    using read_function = std::int64_t (*)(void const* record);

    /// Where there is no record, the column is `without`.
    void follow(column_id which, read_function read, std::int64_t without, gate_number gate) {
        sources_.push_back({which, read, without, gate});
    }
    [[nodiscard]] bool empty() const { return sources_.empty(); }

    /// A column behind a closed gate is absent.
    void put(void const* record, open_gates open, slot at, search_index& into) const {
        for (auto const& from : sources_) {
            into.put(from.column, at,
                !open.contain(from.gate) ? number_column::absent
                    : record == nullptr  ? from.without
                                         : from.read(record));
        }
    }

private:
    struct source {
        column_id column;
        read_function read;
        std::int64_t without;
        gate_number gate;
    };

    std::vector<source> sources_;
};

} // namespace koc::detail
