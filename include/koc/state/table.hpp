// SPDX-License-Identifier: BSL-1.0
#pragma once

// Records under their id, in order of arrival, and under up to three further keys. Records do not
// move; a change is made through the table, which keeps its keys in step and can take it back.

#include <koc/core/contract.hpp>
#include <koc/core/misfit.hpp>
#include <koc/describe/described.hpp>
#include <koc/state/detail/table_core.hpp>
#include <koc/state/key.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// Records found under a key. It holds pointers to records, which do not move: whoever walks it may
/// record events that change the table, as long as none of them erases a record that is still to
/// come.
template <typename Record>
class found_records {
public:
    class iterator {
    public:
        using value_type = Record;
        using difference_type = std::ptrdiff_t;

        iterator() = default;
        explicit iterator(void const* const* at) : at_{at} {}
        Record const& operator*() const { return *static_cast<Record const*>(*at_); }
        Record const* operator->() const { return &**this; }
        iterator& operator++() { return ++at_, *this; }
        iterator operator++(int) { return iterator{at_++}; }
        friend bool operator==(iterator, iterator) = default;

    private:
        void const* const* at_ = nullptr;
    };

    [[nodiscard]] iterator begin() const { return iterator{rows_.data()}; }
    [[nodiscard]] iterator end() const { return iterator{rows_.data() + rows_.size()}; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }

    /// Where the table puts what it finds.
    [[nodiscard]] std::vector<void const*>& rows() { return rows_; }

private:
    std::vector<void const*> rows_;
};

namespace detail {

template <typename Record>
concept has_id = is_id<std::remove_cvref_t<decltype(Record::id)>>;

} // namespace detail

/// Described records of one kind by `Record::id`; `Keys` are up to three `by<...>`.
///
/// `Record` moves without throwing. Costs: O(1) by id, O(log n) by a further key. An update inside
/// a scope copies the record.
template <typename Record, typename... Keys>
class table final : public detail::table_core {
    static_assert(described_struct<Record>,
        "koc: a record of a table must be described with BOOST_DESCRIBE_STRUCT; see "
        "docs/state.md#table");
    static_assert(detail::has_id<Record>,
        "koc: a record of a table has a member `id` of type koc::id<...>; see docs/state.md#table");
    static_assert(sizeof...(Keys) <= detail::further_keys_max,
        "koc: a table has at most three further keys; see docs/state.md#table");
    static_assert((std::same_as<typename Keys::record, Record> && ...),
        "koc: a key of a table is made of members of its record; see docs/state.md#table");
    static_assert(std::is_nothrow_move_constructible_v<Record> &&
            alignof(Record) <= alignof(std::max_align_t),
        "koc: a record of a table moves without throwing; see docs/state.md#table");

public:
    using record = Record;
    using id_type = std::remove_cvref_t<decltype(Record::id)>;

    table() : table_core(type) {}

    // Observers

    [[nodiscard]] bool contains(id_type id) const { return find(id) != nullptr; }
    /// The record, or null.
    [[nodiscard]] Record const* find(id_type id) const {
        return static_cast<Record const*>(find_raw(id.value()));
    }
    /// The record of an id that is in the table; where it is not, a misfit is thrown.
    [[nodiscard]] Record const& operator[](id_type id) const {
        auto const* found = find(id);
        if (found == nullptr) {
            throw_misfit(noun(), id.value());
        }
        return *found;
    }
    /// Calls `visit(record)` for each record that is not set aside, in order of arrival. O(records
    /// that ever were).
    template <typename Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t row = 0, end = row_count(); row < end; ++row) {
            auto const* held = static_cast<Record const*>(row_raw(row));
            if (held != nullptr && !is_aside(held->id.value())) {
                visit(*held);
            }
        }
    }
    [[nodiscard]] type_key keyed_by() const override { return key_of<id_type>; }
    /// The records under a key, oldest first where the key is equal: `all<of_task>(task)`. Of a key
    /// of two members the second may be left out.
    template <typename Key>
    [[nodiscard]] found_records<Record> all(typename Key::first const& a) const {
        return found<Key>(Key::range(a));
    }
    template <typename Key>
    [[nodiscard]] found_records<Record> all(
        typename Key::first const& a, typename Key::second const& b) const {
        return found<Key>(Key::range(a, b));
    }
    /// The last of them, or null.
    template <typename Key>
    [[nodiscard]] Record const* last(typename Key::first const& a) const {
        return static_cast<Record const*>(last_of(place_of<Key>(), Key::range(a)));
    }
    template <typename Key>
    [[nodiscard]] Record const* last(
        typename Key::first const& a, typename Key::second const& b) const {
        return static_cast<Record const*>(last_of(place_of<Key>(), Key::range(a, b)));
    }
    /// How many there are. O(that many).
    template <typename Key>
    [[nodiscard]] std::size_t count(typename Key::first const& a) const {
        return between(place_of<Key>(), Key::range(a), nullptr);
    }
    template <typename Key>
    [[nodiscard]] std::size_t count(
        typename Key::first const& a, typename Key::second const& b) const {
        return between(place_of<Key>(), Key::range(a, b), nullptr);
    }

    // Commands, for `apply`

    /// Adds a record whose id is new; otherwise changes nothing and returns false.
    bool insert(Record value) { return insert_raw(&value); }
    /// Calls `change(record)`, which leaves the id alone and does not change this table; false
    /// where nobody has the id. Where it throws inside a scope, the record is as it was.
    template <typename Change>
    bool update(id_type id, Change&& change) {
        return update_raw(
            id.value(),
            [](void* with, void* held) {
                (*static_cast<std::remove_reference_t<Change>*>(with))(*static_cast<Record*>(held));
            },
            const_cast<void*>(static_cast<void const*>(&change)));
    }
    /// As `update`, of a record that is made first where there is none.
    template <typename Change>
    void put(id_type id, Change&& change) {
        if (update(id, change)) {
            return;
        }
        Record fresh{};
        fresh.id = id;
        change(fresh);
        KOC_EXPECTS(fresh.id == id);
        insert(std::move(fresh));
    }
    /// As `put` where a record is `needed`, otherwise as `update`. It keeps a table free of records
    /// that would hold nothing but defaults.
    template <typename Change>
    void put_if(bool needed, id_type id, Change&& change) {
        if (needed) {
            put(id, change);
        } else {
            update(id, change);
        }
    }
    /// Takes a record away; its values are gone from memory when the scope is kept.
    bool erase(id_type id) { return erase_raw(id.value()); }

private:
    /// What refusals call a record.
    [[nodiscard]] static constexpr std::string_view noun() {
        if constexpr (requires { id_type::kind::noun; }) {
            return id_type::kind::noun;
        } else {
            return type_name<Record>();
        }
    }
    template <typename Key>
    [[nodiscard]] found_records<Record> found(key_range const& range) const {
        found_records<Record> all;
        between(place_of<Key>(), range, &all.rows());
        return all;
    }
    template <typename Key>
    static constexpr std::size_t place_of() {
        static_assert((std::same_as<Key, Keys> || ...),
            "koc: this table has no such key; add it to the arguments of koc::table, see "
            "docs/state.md#table");
        std::size_t place = 0;
        static_cast<void>(((std::same_as<Key, Keys> || (++place, false)) || ...));
        return place;
    }

    static std::uint64_t id_of(void const* held) {
        return static_cast<Record const*>(held)->id.value();
    }
    static void keys_of([[maybe_unused]] void const* held, [[maybe_unused]] key_row* into) {
        ((*into++ = Keys::read(*static_cast<Record const*>(held))), ...);
    }
    static void take(void* to, void* from) noexcept {
        ::new (to) Record(std::move(*static_cast<Record*>(from)));
    }
    static void copy(void* to, void const* from) {
        ::new (to) Record(*static_cast<Record const*>(from));
    }
    static void destroy(void* held) noexcept { static_cast<Record*>(held)->~Record(); }

    static constexpr detail::record_type type{sizeof(Record), sizeof...(Keys), key_of<Record>,
        &shape_of<Record>, &id_of, &keys_of, &take, &copy, &destroy, detail::maker_of<Record>};
};

} // namespace koc
