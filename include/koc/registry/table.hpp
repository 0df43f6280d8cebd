// SPDX-License-Identifier: BSL-1.0
#pragma once

// Records under their id and in order of arrival: what an aspect keeps when it needs neither tags
// nor columns nor further keys. A walk is in order of arrival, so it is the same in every replay.

#include <koc/core/contract.hpp>
#include <koc/core/id.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace koc {

/// Records of one kind by `Record::id`, in order of arrival. Adding a record invalidates pointers.
template <typename Record>
class table {
public:
    using id_type = decltype(Record::id);

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] bool contains(id_type id) const { return place_.contains(id); }

    /// The record, or null. O(1).
    [[nodiscard]] Record const* find(id_type id) const {
        auto const it = place_.find(id);
        return it == place_.end() ? nullptr : &rows_[it->second];
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
        auto const fresh = place_.try_emplace(record.id, rows_.size()).second;
        if (fresh) {
            rows_.push_back(std::move(record));
        }
        return fresh;
    }

    /// Changes a record in place, leaving its id alone; false when nobody has the id.
    template <typename Change>
    bool update(id_type id, Change&& change) {
        auto const it = place_.find(id);
        if (it == place_.end()) {
            return false;
        }
        change(rows_[it->second]);
        KOC_INVARIANT(rows_[it->second].id == id);
        return true;
    }

private:
    std::vector<Record> rows_;
    boost::unordered_flat_map<id_type, std::size_t> place_;
};

} // namespace koc
