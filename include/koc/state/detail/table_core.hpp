// SPDX-License-Identifier: BSL-1.0
#pragma once

// All of a table that does not need its record type: rows that never move, the finder of ids,
// further keys, undoing. It works through a constant description of the record: compiled once.

#include <koc/core/contract.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/state/container.hpp>
#include <koc/state/detail/aside_ids.hpp>
#include <koc/state/detail/entry_index.hpp>
#include <koc/state/detail/id_finder.hpp>
#include <koc/state/detail/places.hpp>
#include <koc/state/detail/record_text.hpp>
#include <koc/state/detail/record_type.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace koc::detail {

class table_core : public container {
    struct id_in {
        table_core const& of;
        std::uint64_t operator()(std::uint32_t row) const { return of.type_.id(of.rows_[row]); }
    };

public:
    static constexpr auto none = id_finder::none;

    explicit table_core(record_type const& type)
        : type_{type}, rows_{type.size}, saved_{type.size}, index_{type.further_keys == 0
                                                                    ? nullptr
                                                                    : entry_index::of(
                                                                          type.further_keys)} {}
    ~table_core() override {
        forget();
        for (std::size_t row = 0; row < live_.size(); ++row) {
            if (live_[row]) {
                type_.destroy(rows_[row]);
            }
        }
    }

    [[nodiscard]] std::size_t size() const { return finder_.size(); }
    /// The row of an id, or `none`. Rows are given in order of arrival and, but for what was taken
    /// back, never again.
    [[nodiscard]] std::uint32_t row_of(std::uint64_t id) const {
        return finder_.find(id, live_, id_in{*this});
    }
    /// Has the record in a row fetched from memory while there is something else to do.
    void expect(std::size_t row) const { __builtin_prefetch(rows_[row]); }

    void digest_into(hasher& into) const final {
        into.add(size());
        for (std::size_t row = 0; row < live_.size(); ++row) {
            if (live_[row]) {
                into.add(*type_.form, rows_[row]);
            }
        }
    }
    /// A number in the list stands for so many rows that were erased.
    void write_into(std::string& out) const final {
        out += '[';
        std::size_t erased = 0;
        for (std::size_t row = 0; row < live_.size(); ++row) {
            if (live_[row] == 0) {
                ++erased;
                continue;
            }
            write_erased(out, erased);
            erased = 0;
            out += out.back() == '[' ? "" : ",";
            append_canonical(out, *type_.form, rows_[row]);
        }
        write_erased(out, erased);
        out += ']';
    }
    [[nodiscard]] result<void> read_from(canonical_reader& in) final {
        KOC_EXPECTS(live_.empty() && saved_count_ == 0);
        return in.read_list([&] { return read_row(in); });
    }
    [[nodiscard]] shape const* form() const final { return type_.form; }

    void undo() noexcept final {
        auto const done = steps_.back();
        steps_.pop_back();
        switch (done.what) {
        case step_kind::inserted:
            return drop_last();
        case step_kind::updated:
            return restore(done.row);
        case step_kind::erased:
            return put_back(done.row);
        }
    }
    void settle() noexcept final { forget(); }
    [[nodiscard]] type_key holds() const final { return type_.of; }
    [[nodiscard]] void const* find_raw(std::uint64_t id) const final {
        auto const row = row_of(id);
        return row == none ? nullptr : rows_[row];
    }
    [[nodiscard]] void const* row_raw(std::size_t row) const final {
        return live_[row] ? rows_[row] : nullptr;
    }
    [[nodiscard]] std::size_t row_count() const final { return live_.size(); }
    bool observe(record_observer& by) final {
        observers_.push_back(&by);
        return true;
    }
    void drop_text(std::uint64_t owner) final {
        text_drop how{type_.form, owner};
        auto const end = carries_personal_text(*type_.form) ? live_.size() : 0;
        for (std::size_t row = 0; row < end; ++row) {
            if (live_[row] && how.finds(rows_[row])) {
                update_raw(type_.id(rows_[row]), &text_drop::apply, &how);
            }
        }
    }
    void expect_aside() final { aside_.make_room(); }
    void set_aside(std::uint64_t id) noexcept final { aside_.add(id); }
    void bring_back(std::uint64_t id) noexcept final { aside_.remove(id); }
    [[nodiscard]] bool is_aside(std::uint64_t id) const final { return aside_.contains(id); }

protected:
    /// Takes the record, which may stand in its row already; false where its id is taken.
    bool insert_raw(void* record) {
        auto const id = type_.id(record);
        if (row_of(id) != none) {
            return false;
        }
        KOC_EXPECTS(live_.size() < none);
        auto const row = static_cast<std::uint32_t>(live_.size());
        auto const noting = prepare();
        undo_log::make_room(steps_);
        undo_log::make_room(live_);
        finder_.make_room(id, live_, id_in{*this});
        for (auto* observer : observers_) {
            observer->inserting();
        }
        auto* const place = rows_.make(row);
        if (index_) {
            index_->insert(row, all_keys{*this, record}.rows.data());
        }
        if (place != record) {
            type_.take(place, record);
        }
        live_.push_back(1);
        finder_.add(id, row);
        if (noting) {
            steps_.push_back({row, step_kind::inserted});
            note();
        }
        report(&record_observer::inserted, id, place);
        return true;
    }

    /// Changes a record through `apply(with, record)`, which may throw; false where nobody has the
    /// id.
    bool update_raw(std::uint64_t id, void (*apply)(void* with, void* record), void* with) {
        auto const row = row_of(id);
        if (row == none) {
            return false;
        }
        auto* const record = rows_[row];
        auto const noting = prepare();
        if (noting) {
            undo_log::make_room(steps_);
            type_.copy(saved_.make(saved_count_), record);
            ++saved_count_;
        }
        report(&record_observer::updating, id, record);
        all_keys const before{*this, record};
        if (!noting) {
            finishing after{this, row, before};
            apply(with, record);
            KOC_EXPECTS(type_.id(record) == id);
            return true;
        }
        [[maybe_unused]] auto const saved = saved_count_;
        rollback guard{this, row};
        apply(with, record);
        KOC_EXPECTS(type_.id(record) == id);
        KOC_EXPECTS(saved_count_ == saved); // the callback changed nothing else of this table
        static_cast<void>(prepare());       // what it changed elsewhere may have taken the room
        guard.of = nullptr;
        steps_.push_back({row, step_kind::updated});
        note();
        finish(row, before);
        return true;
    }

    bool erase_raw(std::uint64_t id) {
        auto const row = row_of(id);
        if (row == none) {
            return false;
        }
        auto const noting = prepare();
        undo_log::make_room(steps_);
        if (index_ && noting) {
            index_->prepare_aside();
        }
        report(&record_observer::erasing, id, rows_[row]);
        if (index_ && noting) {
            index_->set_aside(row);
        } else if (index_) {
            index_->erase(row);
        }
        finder_.remove(id, row);
        live_[row] = 0;
        if (noting) {
            steps_.push_back({row, step_kind::erased});
            note();
        } else {
            wipe(rows_[row]);
        }
        return true;
    }

    std::size_t between(
        std::size_t key, key_range const& range, std::vector<void const*>* into) const {
        if (into == nullptr && aside_.empty()) {
            return index_->between(key, range, nullptr);
        }
        std::vector<std::uint32_t> found;
        index_->between(key, range, &found);
        std::erase_if(found, [this](std::uint32_t row) { return row_is_aside(row); });
        if (into != nullptr) {
            into->reserve(found.size());
            for (auto row : found) {
                into->push_back(rows_[row]);
            }
        }
        return found.size();
    }
    [[nodiscard]] void const* last_of(std::size_t key, key_range const& range) const {
        auto const row = index_->last(key, range);
        if (row == none || !row_is_aside(row)) {
            return row == none ? nullptr : rows_[row];
        }
        std::vector<void const*> listed;
        between(key, range, &listed);
        return listed.empty() ? nullptr : listed.back();
    }

private:
    enum class step_kind : std::uint8_t { inserted, updated, erased };
    struct step {
        std::uint32_t row;
        step_kind what;
    };
    struct rollback {
        table_core* of;
        std::uint32_t row;
        ~rollback() {
            if (of != nullptr) {
                of->restore_record(row);
            }
        }
    };

    [[nodiscard]] bool row_is_aside(std::uint32_t row) const {
        return !aside_.empty() && aside_.contains(type_.id(rows_[row]));
    }
    [[nodiscard]] result<void> read_row(canonical_reader& in) {
        if (in.next() >= '0' && in.next() <= '9') {
            std::uint64_t erased = 0;
            KOC_TRY(in.read(erased));
            if (erased == 0 || erased >= none - live_.size()) {
                return in.refusal(
                    "a number of erased rows, fewer than 4,294,967,295 in all, before");
            }
            live_.insert(live_.end(), static_cast<std::size_t>(erased), 0);
            return {};
        }
        if (type_.make == nullptr) {
            return in.refusal(
                "a record that can be made from nothing (give it a default constructor)");
        }
        auto* const place = rows_.make(live_.size());
        type_.make(place);
        auto const wiper = [this](void* record) { wipe(record); };
        std::unique_ptr<void, decltype(wiper)> made{place, wiper}; // until the table has it
        KOC_TRY(in.read(*type_.form, place));
        if (!insert_raw(place)) {
            return in.refusal("a record with an id of its own before");
        }
        static_cast<void>(made.release());
        return {};
    }

    /// The further keys of a record at one time.
    struct all_keys {
        all_keys(table_core const& of, void const* record) {
            if (of.index_) {
                of.type_.keys(record, rows.data());
            }
        }
        std::array<key_row, further_keys_max> rows{};
    };
    /// Follows a change of a record, also one that was left half-way: keys, and observers.
    void finish(std::uint32_t row, all_keys const& before) noexcept {
        if (index_) { // most changes leave the keys alone, and then the index is not even read
            if (all_keys const now{*this, rows_[row]}; now.rows != before.rows) {
                index_->rekey(row, now.rows.data());
            }
        }
        report(&record_observer::updated, type_.id(rows_[row]), rows_[row]);
    }
    struct finishing {
        table_core* of;
        std::uint32_t row;
        all_keys const& before;
        ~finishing() { of->finish(row, before); }
    };

    void restore_record(std::uint32_t row) noexcept {
        --saved_count_;
        auto* const kept = saved_[saved_count_];
        type_.destroy(rows_[row]);
        type_.take(rows_[row], kept);
        wipe(kept);
    }
    void restore(std::uint32_t row) noexcept {
        auto const id = type_.id(rows_[row]);
        report(&record_observer::updating, id, rows_[row]);
        all_keys const before{*this, rows_[row]};
        restore_record(row);
        finish(row, before);
    }
    void drop_last() noexcept {
        auto const row = static_cast<std::uint32_t>(live_.size() - 1);
        auto const id = type_.id(rows_[row]);
        report(&record_observer::erasing, id, rows_[row]);
        if (index_) {
            index_->erase(row);
        }
        finder_.remove(id, row);
        live_.pop_back();
        wipe(rows_[row]);
    }
    void put_back(std::uint32_t row) noexcept {
        if (index_) {
            index_->put_back();
        }
        auto const id = type_.id(rows_[row]);
        finder_.add(id, row);
        live_[row] = 1;
        report(&record_observer::inserted, id, rows_[row]);
    }
    /// Destroys a record and wipes its place, so that nothing personal stays behind.
    void wipe(void* record) noexcept {
        type_.destroy(record);
        std::memset(record, 0, type_.size);
    }
    void forget() noexcept {
        for (auto const& done : steps_) {
            if (done.what == step_kind::erased) {
                wipe(rows_[done.row]);
            }
        }
        steps_.clear();
        while (saved_count_ > 0) {
            --saved_count_;
            wipe(saved_[saved_count_]);
        }
        if (index_) {
            index_->forget();
        }
    }
    void report(void (record_observer::*what)(std::uint64_t, void const*) noexcept,
        std::uint64_t id, void const* record) noexcept {
        for (auto* observer : observers_) {
            (observer->*what)(id, record);
        }
    }

    record_type const& type_;
    places rows_;
    std::vector<char> live_; ///< by row
    id_finder finder_;
    places saved_; ///< records as they were before each change, oldest first
    std::size_t saved_count_ = 0;
    std::unique_ptr<entry_index> index_;
    std::vector<step> steps_;
    std::vector<record_observer*> observers_;
    aside_ids aside_; ///< which records stand in no list
};

} // namespace koc::detail
