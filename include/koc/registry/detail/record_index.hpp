// SPDX-License-Identifier: BSL-1.0
#pragma once

// The search index of a table's records: it observes the table, and the tables whose records contribute columns and
// kept tags, and follows every change, also those that are taken back. It is derived: no part of a digest or snapshot.

#include <koc/core/contract.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/container.hpp>
#include <koc/tag/search_index.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

class record_index {
public:
    /// Where the records are, and how their own tags are read.
    struct base {
        container const* rows;
        std::optional<slot> (*slot_of)(container const& rows, std::uint64_t id);
        tag_set const& (*tags_of)(void const* record);
    };

    record_index(base from, container& rows) : base_{from}, own_{*this} { rows.observe(own_); }
    record_index(record_index const&) = delete;
    record_index& operator=(record_index const&) = delete;

    [[nodiscard]] search_index const& index() const { return index_; }
    [[nodiscard]] std::optional<column_id> find_column(std::string_view name) const {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i]->what.name == name) {
                return column_id{static_cast<std::uint16_t>(i + 1)};
            }
        }
        return std::nullopt;
    }

    /// The vocabulary that closes tags; set before the first record.
    void use(taxonomy const& tags) { tags_ = &tags; }
    /// A column or kept tag of records in `rows`, which may be the base itself; before the first record.
    void contribute(contribution const& what, container& rows) {
        KOC_EXPECTS(index_.slot_count() == 0 && rows.holds() == what.record);
        auto& made = what.read != nullptr ? columns_ : kept_;
        made.push_back(std::make_unique<source>(*this, what, rows));
        if (what.read != nullptr) {
            index_.add_column();
            made.back()->column = column_id{static_cast<std::uint16_t>(columns_.size())};
        }
    }

private:
    using tag_list = std::vector<tag_id>;

    /// A table that contributes.
    struct source final : record_observer {
        source(record_index& to, contribution const& c, container& from) : owner{&to}, what{c}, rows{&from} {
            if (&from != to.base_.rows) {
                from.observe(*this);
            }
        }
        void inserted(std::uint64_t id, void const* record) noexcept override {
            before.clear();
            follow(id, record);
        }
        void updating(std::uint64_t, void const* record) noexcept override {
            before.clear();
            if (what.each != nullptr) {
                owner->collect(*this, record, before);
            }
        }
        void updated(std::uint64_t id, void const* record) noexcept override { follow(id, record); }
        void erasing(std::uint64_t id, void const* record) noexcept override {
            updating(id, record);
            follow(id, nullptr);
        }
        void follow(std::uint64_t id, void const* record) {
            auto const at = owner->base_.slot_of(*owner->base_.rows, id);
            if (!at) {
                return;
            }
            if (what.each == nullptr) {
                owner->index_.put(column, *at, record == nullptr ? number_column::absent : what.read(record));
                return;
            }
            after.clear();
            if (record != nullptr) {
                owner->collect(*this, record, after);
            }
            if (before != after) {
                owner->index_.retag(*at, before, after);
            }
        }

        record_index* owner;
        contribution what;
        container const* rows;
        column_id column;
        tag_list before;
        tag_list after;
    };

    /// The table of the records themselves. Tags of different sources differ, as each keeps its own facets.
    struct own_records final : record_observer {
        explicit own_records(record_index& to) : owner{&to} {}
        void inserted(std::uint64_t id, void const* record) noexcept override {
            auto const at = *owner->base_.slot_of(*owner->base_.rows, id);
            after.clear();
            owner->collect_own(record, after);
            owner->collect_others(id, after);
            owner->index_.place(at, after);
            owner->put_columns(id, at, record, true);
        }
        void updating(std::uint64_t, void const* record) noexcept override {
            before.clear();
            owner->collect_own(record, before);
        }
        void updated(std::uint64_t id, void const* record) noexcept override {
            auto const at = *owner->base_.slot_of(*owner->base_.rows, id);
            after.clear();
            owner->collect_own(record, after);
            if (before != after) {
                owner->index_.retag(at, before, after);
            }
            owner->put_columns(id, at, record, false);
        }
        void erasing(std::uint64_t id, void const* record) noexcept override {
            before.clear();
            owner->collect_own(record, before);
            owner->collect_others(id, before);
            owner->index_.erase(*owner->base_.slot_of(*owner->base_.rows, id), before);
        }

        record_index* owner;
        tag_list before;
        tag_list after;
    };

    static void finish(tag_list& tags) {
        std::sort(tags.begin(), tags.end());
        tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    }
    void collect_own(void const* record, tag_list& into) const {
        for (auto const& entry : base_.tags_of(record)) {
            auto const above = tags_->closure(entry.tag);
            into.insert(into.end(), above.begin(), above.end());
        }
        for (auto const& kept : kept_) {
            if (kept->rows == base_.rows) {
                collect(*kept, record, into);
            }
        }
        finish(into);
    }
    /// The tags that other tables keep for an id.
    void collect_others(std::uint64_t id, tag_list& into) const {
        for (auto const& kept : kept_) {
            if (kept->rows != base_.rows) {
                if (auto const* record = kept->rows->find_raw(id)) {
                    collect(*kept, record, into);
                }
            }
        }
    }
    void collect(source const& from, void const* record, tag_list& into) const {
        struct to {
            taxonomy const* tags;
            std::string_view facet;
            tag_list* into;
        } with{tags_, from.what.name, &into};
        from.what.each(
            record,
            [](void* w, std::string_view key) {
                auto& t = *static_cast<to*>(w);
                if (auto const tag = t.tags->find(t.facet, key)) {
                    t.into->push_back(*tag);
                }
            },
            &with);
        finish(into);
    }
    void put_columns(std::uint64_t id, slot at, void const* record, bool all) {
        for (auto const& column : columns_) {
            if (column->rows == base_.rows) {
                index_.put(column->column, at, column->what.read(record));
            } else if (all) {
                auto const* held = column->rows->find_raw(id);
                index_.put(column->column, at, held == nullptr ? number_column::absent : column->what.read(held));
            }
        }
    }

    base base_;
    taxonomy const* tags_ = nullptr;
    search_index index_;
    std::vector<std::unique_ptr<source>> columns_; ///< column 1 first
    std::vector<std::unique_ptr<source>> kept_;
    own_records own_;
};

} // namespace koc::detail
