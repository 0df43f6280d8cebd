// SPDX-License-Identifier: BSL-1.0
#pragma once

// Records under many keys, found by tag and by number. A registry keeps the records (under further
// keys by Boost.MultiIndex) and the index that searches read in step. Whoever changes a record goes
// through it, so a filter never sees a person who is no longer there or no longer like that.

#include <koc/core/arrival_map.hpp>
#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/registry/concepts.hpp>
#include <koc/tag/concepts.hpp>
#include <koc/tag/search_index.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/multi_index/hashed_index_fwd.hpp>
#include <boost/multi_index/indexed_by.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index_fwd.hpp>
#include <boost/multi_index/ranked_index_fwd.hpp>
#include <boost/multi_index/sequenced_index.hpp>
#include <boost/multi_index/tag.hpp>
#include <boost/multi_index_container.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

namespace detail {

template <typename Key>
struct is_unique_key : std::false_type {};
template <typename... A>
struct is_unique_key<boost::multi_index::hashed_unique<A...>> : std::true_type {};
template <typename... A>
struct is_unique_key<boost::multi_index::ordered_unique<A...>> : std::true_type {};
template <typename... A>
struct is_unique_key<boost::multi_index::ranked_unique<A...>> : std::true_type {};

} // namespace detail

/// Records of one kind with their tags and columns; `Schema` models `row_schema`.
///
/// Slots are given in order of arrival and never again, so a walk by slot is deterministic.
template <row_schema Schema>
class registry {
    // A change that collides with a unique key would make MultiIndex drop the record behind our
    // back.
    static_assert(boost::mp11::mp_none_of<typename Schema::keys, detail::is_unique_key>::value,
        "koc: a registry has one unique key, the id; make the further keys of the Schema "
        "non-unique, see docs/registry.md#row_schema");

public:
    using record = typename Schema::record;
    using id_type = decltype(record::id);

    registry() = default;
    registry(registry const& other)
        : table_{other.table_}, finder_{other.finder_}, index_{other.index_} {
        rows_.resize(other.rows_.size());
        for (auto const& entry : table_) {
            rows_[entry.place] = &entry;
        }
    }
    registry(registry&& other) : registry() { swap(other); }
    registry& operator=(registry other) noexcept {
        swap(other);
        return *this;
    }
    ~registry() = default;

    // Observers: records

    [[nodiscard]] std::size_t size() const { return table_.size(); }
    [[nodiscard]] bool contains(id_type who) const { return row_of(who) != nullptr; }

    /// The record, or null. O(1).
    [[nodiscard]] record const* find(id_type who) const { return row_of(who); }
    [[nodiscard]] std::optional<slot> slot_of(id_type who) const {
        auto const* const found = row_of(who);
        return found == nullptr ? std::nullopt : std::optional{found->place};
    }
    /// The record in a live slot.
    [[nodiscard]] record const& operator[](slot s) const {
        KOC_EXPECTS(s < rows_.size() && rows_[s] != nullptr);
        return *rows_[s];
    }

    [[nodiscard]] id_type id_at(slot s) const { return (*this)[s].id; }

    /// The records under a further key of the schema: `by<by_stage>()` is that MultiIndex index.
    template <typename Key>
    [[nodiscard]] auto const& by() const {
        return table_.template get<Key>();
    }

    /// Calls `visit(record)` for each record in order of arrival.
    template <typename Visit>
    void for_each(Visit&& visit) const {
        for (auto const* entry : rows_) {
            if (entry != nullptr) {
                visit(static_cast<record const&>(*entry));
            }
        }
    }

    // Observers: the population (see tagged_population)

    [[nodiscard]] search_index const& index() const { return index_; }
    [[nodiscard]] std::size_t slot_count() const { return index_.slot_count(); }
    [[nodiscard]] bitmap::word live_word(std::size_t w) const { return index_.live_word(w); }
    [[nodiscard]] bitmap::word tag_word(tag_id tag, std::size_t w) const {
        return index_.tag_word(tag, w);
    }
    [[nodiscard]] std::int64_t value(column_id column, slot s) const {
        return index_.value(column, s);
    }
    /// The largest value of a column in the 64 slots of word `w`, `number_column::absent` where
    /// they are empty.
    [[nodiscard]] std::int64_t max_of(column_id column, std::size_t w) const {
        return index_.max_of(column, w);
    }
    static std::optional<column_id> find_column(std::string_view name) {
        for (std::size_t i = 0; i < Schema::columns.size(); ++i) {
            if (Schema::columns[i].name == name) {
                return column_id{static_cast<std::uint16_t>(i + 1)};
            }
        }
        return std::nullopt;
    }

    /// The names that a requirement about these records may use.
    struct names {
        taxonomy const& tags;

        [[nodiscard]] std::optional<tag_id> find_tag(tag_name const& name) const {
            return tags.find(name);
        }
        [[nodiscard]] static std::optional<column_id> find_column(std::string_view name) {
            return registry::find_column(name);
        }
        [[nodiscard]] bool sensitive(tag_id tag) const {
            return tags.facet(tags.facet_of(tag)).sensitive;
        }
    };

    // Commands

    /// Adds a record whose tags the taxonomy knows. Refused: its id is taken (`already_exists`), a
    /// tag is unknown (`unknown_id`). O(tags and their ancestors).
    result<slot> insert(record r, taxonomy const& tags) {
        if (contains(r.id)) {
            return error{errc::already_exists, subject("record", r.id), "expected a new id"};
        }
        for (auto const& entry : r.tags) {
            if (!tags.contains(entry.tag)) {
                return unknown("tag", entry.tag);
            }
        }
        auto const place = static_cast<slot>(rows_.size());
        auto const hash = detail::key_hash(r.id);
        finder_.make_room(rows_.size() + 1);
        auto const& added = *table_.push_back(row{std::move(r), place}).first;
        // Who comes and goes takes one cell, however often.
        if (!finder_.replace(hash, place, [&](slot s) { return rows_[s] == nullptr; })) {
            finder_.add(hash, place);
        }
        rows_.push_back(&added);
        index_.insert(closure(tags, added.tags));
        read_columns(added);
        return place;
    }

    /// Changes a record in place through `change(record&)`, which leaves its id alone and uses tags
    /// that the taxonomy knows. Refused: nobody has this id. O(tags and their ancestors).
    template <typename Change>
    result<void> update(id_type who, taxonomy const& tags, Change&& change) {
        auto const* const found = row_of(who);
        if (found == nullptr) {
            return unknown("record", who);
        }
        auto const place = found->place;
        auto const before = found->tags;
        table_.modify(table_.iterator_to(*found), [&](row& r) { change(static_cast<record&>(r)); });
        auto const& now = *rows_[place];
        KOC_EXPECTS(now.id == who);
        if (!(before == now.tags)) {
            index_.retag(place, closure(tags, before), closure(tags, now.tags));
        }
        read_columns(now);
        return {};
    }

    /// Removes a record; its slot stays empty. Refused: nobody has this id.
    result<void> erase(id_type who, taxonomy const& tags) {
        auto const* const found = row_of(who);
        if (found == nullptr) {
            return unknown("record", who);
        }
        index_.erase(found->place, closure(tags, found->tags));
        rows_[found->place] = nullptr;
        table_.erase(table_.iterator_to(*found));
        return {};
    }

private:
    struct row : record {
        row(record r, slot s) : record(std::move(r)), place{s} {}
        slot place;
    };

    template <typename Keys>
    struct table_of;
    template <typename... Keys>
    struct table_of<boost::mp11::mp_list<Keys...>> {
        using type = boost::multi_index_container<row,
            boost::multi_index::indexed_by<boost::multi_index::sequenced<>, Keys...>>;
    };

    void swap(registry& other) noexcept {
        table_.swap(other.table_);
        std::swap(rows_, other.rows_);
        std::swap(finder_, other.finder_);
        std::swap(index_, other.index_);
    }
    [[nodiscard]] row const* row_of(id_type who) const {
        auto const place = finder_.find(detail::key_hash(who),
            [&](slot s) { return rows_[s] != nullptr && rows_[s]->id == who; });
        return place == detail::row_finder::none ? nullptr : rows_[place];
    }
    void read_columns(row const& r) {
        for (std::size_t i = 0; i < Schema::columns.size(); ++i) {
            index_.put(
                column_id{static_cast<std::uint16_t>(i + 1)}, r.place, Schema::columns[i].value(r));
        }
    }

    typename table_of<typename Schema::keys>::type table_;
    std::vector<row const*> rows_; ///< by slot; null where a record was erased
    detail::row_finder finder_;    ///< of slots, by id
    search_index index_{Schema::columns.size()};
};

} // namespace koc
