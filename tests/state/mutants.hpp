// SPDX-License-Identifier: BSL-1.0
#pragma once

// Containers with a flaw, each of which the trial has to report: a table that is written as simply
// as possible, right but for one chosen flaw, and a log that undoes one container after the other.

#include "state/trial.hpp"

#include <koc/describe/canonical.hpp>
#include <koc/state/container.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace state_test {

enum class flaw {
    none,
    keys_stay_when_undone,
    undo_is_not_reported,
    erased_stays_out_of_keys,
    put_back_as_the_newest,
    erased_is_never_released,
    undo_allocates,
    interrupted_half_way,
};

/// A table without any index: rows are searched one by one, under keys that are kept with each.
/// The flaw that all simple tables have at present; a value, so that the trial is compiled once.
inline flaw planted = flaw::none;

template <typename Record, typename... Keys>
class simple_table final : public koc::container {
    struct row {
        std::optional<Record> value;
        bool live = true;
        std::array<koc::key_row, sizeof...(Keys)> keys{};
        bool in_keys = true;
    };
    enum class kind { inserted, updated, erased };
    struct step {
        kind what;
        row* at;
        std::optional<Record> before;
    };

public:
    using id_type = decltype(Record::id);

    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(
            std::count_if(rows_.begin(), rows_.end(), [](auto const& r) { return r->live; }));
    }
    [[nodiscard]] bool contains(id_type id) const { return find(id) != nullptr; }
    [[nodiscard]] Record const* find(id_type id) const {
        auto const* at = at_id(id);
        return at == nullptr ? nullptr : &*at->value;
    }
    template <typename Visit>
    void for_each(Visit&& visit) const {
        for (auto const& r : rows_) {
            if (r->live) {
                visit(*r->value);
            }
        }
    }
    template <typename Key, typename... Part>
    [[nodiscard]] koc::found_records<Record> all(Part const&... part) const {
        auto const range = Key::range(part...);
        std::vector<std::pair<koc::key_row, Record const*>> sorted;
        for (auto const& r : rows_) {
            if (r->in_keys && r->value) {
                auto const& key = r->keys[place_of<Key>()];
                if (range.low <= key && key <= range.high) {
                    sorted.push_back({key, &*r->value});
                }
            }
        }
        std::stable_sort(sorted.begin(), sorted.end(),
            [](auto const& a, auto const& b) { return a.first < b.first; });
        koc::found_records<Record> found;
        for (auto const& [key, record] : sorted) {
            found.rows().push_back(record);
        }
        return found;
    }
    template <typename Key, typename... Part>
    [[nodiscard]] Record const* last(Part const&... part) const {
        auto found = all<Key>(part...);
        return found.empty() ? nullptr : static_cast<Record const*>(found.rows().back());
    }
    template <typename Key, typename... Part>
    [[nodiscard]] std::size_t count(Part const&... part) const {
        return all<Key>(part...).size();
    }

    bool insert(Record value) {
        if (contains(value.id)) {
            return false;
        }
        auto const noting = prepare();
        koc::undo_log::make_room(steps_);
        koc::undo_log::make_room(rows_);
        auto made = std::make_unique<row>();
        made->value.emplace(std::move(value));
        rekey(*made);
        rows_.push_back(std::move(made));
        auto* const at = rows_.back().get();
        if (noting) {
            steps_.push_back({kind::inserted, at, std::nullopt});
            note();
        }
        report(at->value->id, &*at->value);
        return true;
    }
    template <typename Change>
    bool update(id_type id, Change&& change) {
        auto* const at = at_id(id);
        if (at == nullptr) {
            return false;
        }
        auto const noting = prepare();
        koc::undo_log::make_room(steps_);
        Record before{*at->value};
        try {
            change(*at->value);
            if (noting) {
                static_cast<void>(prepare());
            }
        } catch (...) {
            if (noting && planted != flaw::interrupted_half_way) {
                std::swap(*at->value, before);
            } else {
                rekey(*at);
                report(id, &*at->value);
            }
            throw;
        }
        if (noting) {
            steps_.push_back({kind::updated, at, std::move(before)});
            note();
        }
        rekey(*at);
        report(id, &*at->value);
        return true;
    }
    template <typename Change>
    void put(id_type id, Change&& change) {
        if (!update(id, change)) {
            Record fresh{};
            fresh.id = id;
            change(fresh);
            insert(std::move(fresh));
        }
    }
    bool erase(id_type id) {
        auto* const at = at_id(id);
        if (at == nullptr) {
            return false;
        }
        auto const noting = prepare();
        koc::undo_log::make_room(steps_);
        at->live = at->in_keys = false;
        if (noting) {
            steps_.push_back({kind::erased, at, std::nullopt});
            note();
        } else {
            at->value.reset();
        }
        report(id, nullptr);
        return true;
    }

    void digest_into(koc::hasher& into) const override {
        into.add(size());
        for_each([&](Record const& r) { into.add(r); });
    }
    void write_into(std::string& out) const override {
        auto separator = '[';
        for_each([&](Record const& r) {
            out += std::exchange(separator, ',');
            koc::append_canonical(out, koc::shape_of<Record>, &r);
        });
        out += separator == '[' ? "[]" : "]";
    }
    void undo() noexcept override {
        auto& done = steps_.back();
        auto* const at = done.at;
        auto const id = at->value->id;
        if (planted == flaw::undo_allocates) {
            reports_.reserve(reports_.capacity() + 1);
        }
        switch (done.what) {
        case kind::inserted:
            at->live = at->in_keys = false;
            at->value.reset();
            break;
        case kind::updated:
            at->value.swap(done.before);
            if (planted != flaw::keys_stay_when_undone) {
                rekey(*at);
            }
            break;
        case kind::erased:
            at->live = true;
            at->in_keys = planted != flaw::erased_stays_out_of_keys;
            if (planted == flaw::put_back_as_the_newest) {
                std::rotate(std::find_if(rows_.begin(), rows_.end(),
                                [&](auto const& r) { return r.get() == at; }),
                    rows_.end() - 1, rows_.end());
            }
        }
        auto const gone = done.what == kind::inserted;
        steps_.pop_back();
        if (planted != flaw::undo_is_not_reported) {
            report(id, gone ? nullptr : &*at->value);
        }
    }
    void settle() noexcept override {
        for (auto& done : steps_) {
            if (done.what == kind::erased && planted != flaw::erased_is_never_released) {
                done.at->value.reset();
            }
        }
        steps_.clear();
    }
    bool observe(koc::record_observer& by) override {
        observers_.push_back(&by);
        return true;
    }
    [[nodiscard]] void const* find_raw(std::uint64_t id) const override {
        return find(id_type{id});
    }

private:
    template <typename Key>
    static constexpr std::size_t place_of() {
        std::size_t place = 0;
        static_cast<void>(((std::is_same_v<Key, Keys> || (++place, false)) || ...));
        return place;
    }
    [[nodiscard]] row* at_id(id_type id) const {
        auto const at = std::find_if(rows_.begin(), rows_.end(),
            [&](auto const& r) { return r->live && r->value->id == id; });
        return at == rows_.end() ? nullptr : at->get();
    }
    static void rekey(row& at) noexcept { at.keys = {Keys::read(*at.value)...}; }
    void report(id_type id, Record const* record) noexcept {
        for (auto* observer : observers_) {
            if (record == nullptr) {
                observer->erasing(id.value(), record);
            } else {
                observer->updated(id.value(), record);
            }
        }
    }

    std::vector<std::unique_ptr<row>> rows_;
    std::vector<step> steps_;
    std::vector<koc::record_observer*> observers_;
    std::vector<int> reports_;
};

struct simple_containers : containers {
    template <typename Record, typename... Keys>
    using table = simple_table<Record, Keys...>;
};

/// Each container has a log of its own, and they are taken back one after the other.
struct containers_undone_one_by_one : containers {
    class log {
    public:
        void attach(koc::container& to) {
            to.attach(*logs_.emplace_back(std::make_unique<koc::undo_log>()));
        }

        class scope {
        public:
            explicit scope(log& of) : of_{&of} {
                for (auto& each : of.logs_) {
                    marks_.push_back(each->open());
                }
            }
            scope(scope const&) = delete;
            scope& operator=(scope const&) = delete;
            ~scope() { take_back(); }
            void keep() {
                for (auto& each : std::exchange(of_, nullptr)->logs_) {
                    each->keep();
                }
            }
            void take_back() {
                if (auto* const of = std::exchange(of_, nullptr)) {
                    for (std::size_t i = 0; i < marks_.size(); ++i) {
                        of->logs_[i]->take_back(marks_[i]);
                    }
                }
            }

        private:
            log* of_;
            std::vector<koc::undo_log::mark> marks_;
        };

    private:
        std::vector<std::unique_ptr<koc::undo_log>> logs_;
    };
};

} // namespace state_test
