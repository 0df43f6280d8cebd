// SPDX-License-Identifier: BSL-1.0
#pragma once

// Records under their id and in order of arrival: what an aspect keeps when it needs neither tags
// nor columns nor further keys. A walk is in order of arrival, so it is the same in every replay.

#include <koc/core/arrival_map.hpp>
#include <koc/core/contract.hpp>
#include <koc/core/detail/rows.hpp>
#include <koc/core/id.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace koc {

/// Records of one kind by `Record::id`, in order of arrival; they move without throwing. Adding a
/// record invalidates pointers.
template <typename Record>
class table {
public:
    using id_type = decltype(Record::id);

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] bool contains(id_type id) const { return find(id) != nullptr; }

    /// The record, or null. O(1).
    [[nodiscard]] Record const* find(id_type id) const {
        auto const row = row_of(id);
        return row == detail::row_finder::none ? nullptr : begin() + row;
    }
    /// The record of an id that is in the table.
    [[nodiscard]] Record const& operator[](id_type id) const {
        auto const* found = find(id);
        KOC_EXPECTS(found != nullptr);
        return *found;
    }

    /// In order of arrival.
    [[nodiscard]] auto begin() const { return rows_.begin(); }
    [[nodiscard]] auto end() const { return rows_.end(); }

    /// Adds a record whose id is new; otherwise changes nothing and returns false.
    bool insert(Record record) {
        auto const fresh = !contains(record.id);
        if (fresh) {
            auto const hash = detail::key_hash(record.id);
            finder_.make_room(size() + 1);
            rows_.push_back(static_cast<Record&&>(record));
            finder_.add(hash, size() - 1);
        }
        return fresh;
    }

    /// Changes a record in place, leaving its id alone; false when nobody has the id.
    template <typename Change>
    bool update(id_type id, Change&& change) {
        auto const row = row_of(id);
        if (row == detail::row_finder::none) {
            return false;
        }
        auto& record = rows_.begin()[row];
        change(record);
        KOC_INVARIANT(record.id == id);
        return true;
    }

private:
    [[nodiscard]] std::uint32_t row_of(id_type id) const {
        return finder_.find(detail::key_hash(id),
            [&](std::uint32_t candidate) { return begin()[candidate].id == id; });
    }

    detail::rows<Record> rows_;
    detail::row_finder finder_;
};

} // namespace koc
