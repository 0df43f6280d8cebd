// SPDX-License-Identifier: BSL-1.0
#pragma once

// Records that searches find by tag and by number: a table whose records have tags, and the index
// that searches read, in step. Other tables, also those of other aspects, contribute columns and
// kept tags.

#include <koc/core/contract.hpp>
#include <koc/core/id.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/digest.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/registry/detail/record_index.hpp>
#include <koc/state/container.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/concepts.hpp>
#include <koc/tag/search_index.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace koc {

/// A record with an id and tags.
template <typename R>
concept tagged_record = described_struct<R> && requires(R const& r) {
    requires is_id<std::remove_cvref_t<decltype(r.id)>>;
    { r.tags } -> std::convertible_to<tag_set const&>;
};

/// Tagged records under their id and up to three further keys. Models `indexed_population`.
///
/// A record's slot is its row: given in order of arrival and never again, but for what was taken
/// back. As a container of an aspect it is bound to the programme's vocabulary and to what other
/// aspects contribute; a host that uses one by itself calls `use` and `contribute` before the first
/// record. Tags that the vocabulary does not have are left out of the index.
template <typename Record, typename... Keys>
class registry final : public container {
    static_assert(tagged_record<Record>,
        "koc: a record of a registry is a described struct with an id<...> `id` and a tag_set "
        "`tags`; see docs/registry.md#tagged_record");

public:
    using record = Record;
    using id_type = std::remove_cvref_t<decltype(Record::id)>;

    registry() : index_{{&rows_, &slot_in, &id_of, &tags_of}, rows_} {}

    /// The vocabulary that says which tags stand under which.
    void use(taxonomy const& tags) { index_.use(tags); }
    /// The same, of a container such as `vocabulary_state`, whose additions are followed.
    void use(container& vocabulary) { index_.use(vocabulary); }
    /// Adds a column, kept tag or tally that is read from the records in `rows`, which may be
    /// `records()`.
    void contribute(contribution const& what, container& rows) { index_.contribute(what, rows); }
    [[nodiscard]] container& records() { return rows_; }
    /// Whether an id of this kind is searched here.
    [[nodiscard]] static constexpr type_key searched() { return key_of<id_type>; }

    // Observers: records

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool contains(id_type id) const { return rows_.contains(id); }
    /// The record, or null. O(1).
    [[nodiscard]] Record const* find(id_type id) const { return rows_.find(id); }
    /// Where a record is searched; none of one that is not there or is set aside. O(1).
    [[nodiscard]] std::optional<slot> slot_of(id_type id) const {
        return rows_.is_aside(id.value()) ? std::nullopt : slot_in(rows_, id.value());
    }
    /// The slot of a record that is searched; throws a misfit for any other. O(1).
    [[nodiscard]] slot searched_slot(id_type id) const {
        auto const found = slot_of(id);
        if (!found) {
            throw_misfit(id_type::kind::noun, id.value());
        }
        return *found;
    }
    /// The record in a live slot.
    [[nodiscard]] Record const& operator[](slot s) const {
        auto const* held = rows_.row_raw(s);
        KOC_EXPECTS(held != nullptr);
        return *static_cast<Record const*>(held);
    }
    [[nodiscard]] id_type id_at(slot s) const { return (*this)[s].id; }
    /// No id in the slots 512 * b to 512 * b + 511 is below this. O(1).
    [[nodiscard]] id_type least_id(std::size_t b) const {
        using number = std::remove_cvref_t<decltype(id_type{}.value())>;
        return id_type{static_cast<number>(index_.least_id(b))};
    }
    /// Has a record fetched from memory while there is something else to do.
    void expect(slot s) const { rows_.expect(s); }
    /// The same of its tags, once the record is there.
    void expect_tags(slot s) const {
        auto const& tags = tags_of(&(*this)[s]).entries();
        if (!tags.empty()) {
            __builtin_prefetch(&tags.front());
            __builtin_prefetch(&tags.back());
        }
    }
    /// Calls `visit(record)` for each record in order of arrival.
    template <typename Visit>
    void for_each(Visit&& visit) const {
        rows_.for_each(std::forward<Visit>(visit));
    }
    /// As `table::all`, `last` and `count`.
    template <typename Key, typename... Part>
    [[nodiscard]] found_records<Record> all(Part... part) const {
        return rows_.template all<Key>(part...);
    }
    template <typename Key, typename... Part>
    [[nodiscard]] Record const* last(Part... part) const {
        return rows_.template last<Key>(part...);
    }
    template <typename Key, typename... Part>
    [[nodiscard]] std::size_t count(Part... part) const {
        return rows_.template count<Key>(part...);
    }

    // Observers: the population (see tagged_population)

    [[nodiscard]] search_index const& index() const { return index_.index(); }
    [[nodiscard]] std::size_t slot_count() const { return index().slot_count(); }
    [[nodiscard]] bitmap::word live_word(std::size_t w) const { return index().live_word(w); }
    [[nodiscard]] bitmap::word tag_word(tag_id tag, std::size_t w) const {
        return index().tag_word(tag, w);
    }
    [[nodiscard]] std::int64_t value(column_id column, slot s) const {
        return index().value(column, s);
    }
    [[nodiscard]] std::int64_t max_of(column_id column, std::size_t w) const {
        return index().max_of(column, w);
    }
    /// The column that is called so, if there is one; likewise the tally.
    [[nodiscard]] std::optional<column_id> find_column(std::string_view name) const {
        return index_.find_column(name);
    }
    [[nodiscard]] std::optional<tally_id> find_tally(std::string_view name) const {
        return index_.find_tally(name);
    }

    /// The names that a requirement about these records may use; models `vocabulary`.
    struct names {
        taxonomy const* tags;
        registry const* columns;
        bool allow_sensitive = false;

        [[nodiscard]] std::optional<tag_id> find_tag(tag_name const& name) const {
            return tags->find(name);
        }
        [[nodiscard]] std::optional<column_id> find_column(std::string_view name) const {
            return columns->find_column(name);
        }
        [[nodiscard]] bool sensitive(tag_id tag) const {
            return !allow_sensitive && tags->facet(tags->facet_of(tag)).sensitive;
        }
    };
    [[nodiscard]] names vocabulary(taxonomy const& tags, bool allow_sensitive = false) const {
        return {&tags, this, allow_sensitive};
    }

    // Commands, for `apply`; as those of a table

    bool insert(Record value) { return rows_.insert(std::move(value)); }
    template <typename Change>
    bool update(id_type id, Change&& change) {
        return rows_.update(id, std::forward<Change>(change));
    }
    template <typename Change>
    void put(id_type id, Change&& change) {
        rows_.put(id, std::forward<Change>(change));
    }
    bool erase(id_type id) { return rows_.erase(id); }

    // The container: all is the table's, as the index is derived

    void digest_into(hasher& into) const override { rows_.digest_into(into); }
    void write_into(std::string& out) const override { rows_.write_into(out); }
    [[nodiscard]] result<void> read_from(canonical_reader& in) override {
        return rows_.read_from(in);
    }
    [[nodiscard]] shape const* form() const override { return rows_.form(); }
    void undo() noexcept override {}
    void settle() noexcept override {}
    [[nodiscard]] type_key holds() const override { return rows_.holds(); }
    [[nodiscard]] void const* find_raw(std::uint64_t id) const override {
        return rows_.find_raw(id);
    }
    [[nodiscard]] void const* row_raw(std::size_t row) const override { return rows_.row_raw(row); }
    [[nodiscard]] std::size_t row_count() const override { return rows_.row_count(); }
    bool observe(record_observer& by) override { return rows_.observe(by); }
    void expect_many() override { index_.expect_many(); }
    [[nodiscard]] type_key keyed_by() const override { return rows_.keyed_by(); }
    void drop_text(std::uint64_t owner) override { rows_.drop_text(owner); }
    void expect_aside() override {
        rows_.expect_aside();
        index_.expect_aside();
    }
    void set_aside(std::uint64_t id) noexcept override {
        rows_.set_aside(id);
        index_.set_aside(id);
    }
    void bring_back(std::uint64_t id) noexcept override {
        rows_.bring_back(id);
        index_.bring_back(id);
    }
    [[nodiscard]] bool is_aside(std::uint64_t id) const override { return rows_.is_aside(id); }
    void attach(undo_log& log) override { rows_.attach(log); }

private:
    using rows_type = table<Record, Keys...>;

    static std::optional<slot> slot_in(container const& rows, std::uint64_t id) {
        auto const row = static_cast<rows_type const&>(rows).row_of(id);
        return row == rows_type::none ? std::nullopt : std::optional{slot{row}};
    }
    static std::uint64_t id_of(void const* held) {
        return static_cast<Record const*>(held)->id.value();
    }
    static tag_set const& tags_of(void const* held) {
        return static_cast<Record const*>(held)->tags;
    }

    rows_type rows_;
    mutable detail::record_index index_; ///< derived; see there
};

} // namespace koc
