// SPDX-License-Identifier: BSL-1.0
#pragma once

// The search index of a table's records: it observes the table, the tables whose records contribute
// columns, kept tags and tallies, and the vocabulary, and follows every change, also those that are
// taken back. It is derived: no part of a digest or snapshot. Following cannot be refused: where
// memory runs out in it, and where many changes are made at once, the index is made anew from the
// records when it is asked next.

#include <koc/core/contract.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/registry/detail/column_follower.hpp>
#include <koc/registry/detail/follower_state.hpp>
#include <koc/registry/detail/gate_set.hpp>
#include <koc/registry/detail/index_sources.hpp>
#include <koc/registry/detail/named_numbers.hpp>
#include <koc/registry/detail/tag_list.hpp>
#include <koc/registry/detail/tally_follower.hpp>
#include <koc/state/container.hpp>
#include <koc/state/detail/aside_ids.hpp>
#include <koc/tag/search_index.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

class record_index {
public:
    record_index(indexed_rows from, container& rows) : base_{from}, names_{*this} { follow(rows); }
    record_index(record_index const&) = delete;
    record_index& operator=(record_index const&) = delete;

    /// Throws only where memory ran out and still does. Several threads may ask.
    [[nodiscard]] search_index const& index() {
        state_.renew([&] { make_anew(); });
        return index_;
    }
    [[nodiscard]] std::optional<column_id> find_column(std::string_view name) const {
        return columns_.find(name);
    }
    [[nodiscard]] std::optional<tally_id> find_tally(std::string_view name) const {
        return tallies_.find(name);
    }

    /// No id in the slots 512 * b to 512 * b + 511, where there is a record, is below this.
    [[nodiscard]] std::uint64_t least_id(std::size_t b) {
        state_.renew([&] { make_anew(); });
        return least_ids_[b];
    }

    /// The vocabulary that closes tags. One that does not report its additions has all tags before
    /// a record has them.
    void use(taxonomy const& tags) { tags_ = &tags; }
    void use(container& vocabulary) {
        KOC_EXPECTS(vocabulary.holds() == key_of<taxonomy>);
        use(*static_cast<taxonomy const*>(vocabulary.find_raw(0)));
        vocabulary.observe(names_);
    }
    /// A column, kept tag, tally or gate of records in `rows`, which may be the base itself; before
    /// the first record. No two columns have the same name, no two tallies and no two gates. A gate
    /// that nobody contributes is open.
    void contribute(contribution const& what, container& rows) {
        KOC_EXPECTS(base_.rows->row_count() == 0 && rows.holds() == what.record);
        auto& from = follow(rows);
        if (what.open != nullptr) {
            gates_.contribute(what.name, rows, what.open);
            return;
        }
        auto const gate = gates_.called(what.gate);
        if (what.each != nullptr) {
            shared_ = shared_ || keeps(what.name);
            from.kept.push_back({what, gate});
            return;
        }
        if (what.count != nullptr) {
            index_.add_tally();
            from.tallies.follow(tallies_.add(what.name), what.count, gate);
            return;
        }
        index_.add_column();
        from.columns.follow(columns_.add(what.name), what.read, what.without, gate);
    }

    /// Makes room, so that `set_aside` needs no memory.
    void expect_aside() { aside_.make_room(); }
    /// Leaves the record of an id out of the index, now and while it is set aside.
    void set_aside(std::uint64_t id) noexcept {
        if (auto const* record = aside_.contains(id) ? nullptr : base_.rows->find_raw(id)) {
            state_.follow([&] { leave(id, record); });
        }
        aside_.add(id);
    }
    void bring_back(std::uint64_t id) noexcept {
        auto const was = aside_.contains(id);
        aside_.remove(id);
        if (auto const* record = was ? base_.rows->find_raw(id) : nullptr) {
            state_.follow([&] { enter(id, record); });
        }
    }

    /// Many changes follow, between which nobody searches.
    void expect_many() { state_.miss(); }

private:
    /// A table that is followed: that of the records, first, or one that contributes. The tags of a
    /// record are those of all tables together, so that a tag stays as long as one of them has it.
    struct source final : record_observer {
        source(record_index& to, container const& from) : owner{&to}, rows{&from} {}

        void inserted(std::uint64_t id, void const* record) noexcept override {
            owner->state_.follow(
                [&] { is_base() ? owner->enter(id, record) : replaced(id, nullptr, record); });
        }
        void updating(std::uint64_t id, void const* record) noexcept override {
            owner->state_.follow([&] { leaving(id, record); });
        }
        void updated(std::uint64_t id, void const* record) noexcept override {
            owner->state_.follow([&] { changed(id, record); });
        }
        void erasing(std::uint64_t id, void const* record) noexcept override {
            owner->state_.follow(
                [&] { is_base() ? owner->leave(id, record) : replaced(id, record, nullptr); });
        }

        [[nodiscard]] bool is_base() const { return rows == owner->base_.rows; }
        void replaced(std::uint64_t id, void const* was, void const* record) {
            leaving(id, was);
            changed(id, record);
        }
        void leaving(std::uint64_t id, void const* record) {
            before.clear();
            open_before = owner->gates_.open_for(id, *rows, record);
            owner->collect(*this, record, open_before, before);
            tallies.leave(record, open_before);
        }
        void changed(std::uint64_t id, void const* record) {
            auto const at = owner->slot_of(id);
            if (!at) {
                return;
            }
            auto const open = owner->gates_.are_in(*rows)
                ? owner->gates_.open_for(id, *rows, record)
                : open_before;
            auto const gates_moved = open != open_before;
            columns.put(record, open, *at, owner->index_);
            tallies.enter(record, open, *at, owner->index_);
            after.clear();
            owner->collect(*this, record, open, after);
            if (gates_moved) {
                owner->put_others(*this, id, *at, open_before, open);
            }
            if (before != after || gates_moved) {
                if (owner->shared_ || gates_moved) {
                    owner->collect_others(*this, id, open_before, before);
                    owner->collect_others(*this, id, open, after);
                }
                close(before, *owner->tags_);
                close(after, *owner->tags_);
                owner->index_.retag(*at, before, after);
            }
        }

        record_index* owner;
        container const* rows;
        void const* held = nullptr; ///< see `all_tags`
        column_follower columns;
        std::vector<kept_source> kept;
        tally_follower tallies;
        open_gates open_before;
        tag_list before;
        tag_list after;
    };

    /// The vocabulary. A tag that records waited for is entered for all of them once it is there.
    struct names final : record_observer {
        explicit names(record_index& to) : owner{&to} {}
        void inserted(std::uint64_t tag, void const*) noexcept override {
            owner->state_.follow(
                [&] { owner->enter_tag(tag_id{static_cast<std::uint32_t>(tag)}); });
        }
        void updating(std::uint64_t, void const*) noexcept override {}
        void updated(std::uint64_t, void const*) noexcept override {}
        void erasing(std::uint64_t tag, void const*) noexcept override {
            owner->state_.follow(
                [&] { owner->leave_tag(tag_id{static_cast<std::uint32_t>(tag)}); });
        }
        record_index* owner;
    };

    /// O(records).
    void make_anew() {
        search_index fresh{columns_.size()};
        for (std::size_t i = 0; i < tallies_.size(); ++i) {
            fresh.add_tally();
        }
        index_ = std::move(fresh);
        least_ids_.clear();
        hidden_ = {};
        auto const& rows = *base_.rows;
        for (std::size_t row = 0; row < rows.row_count(); ++row) {
            if (auto const* record = rows.row_raw(row)) {
                enter(base_.id_of(record), record);
            }
        }
    }

    source& follow(container& rows) {
        for (auto const& known : sources_) {
            if (known->rows == &rows) {
                return *known;
            }
        }
        sources_.push_back(std::make_unique<source>(*this, rows));
        rows.observe(*sources_.back());
        return *sources_.back();
    }
    /// The slot of an id that is in the index.
    [[nodiscard]] std::optional<slot> slot_of(std::uint64_t id) const {
        return aside_.contains(id) ? std::nullopt : base_.slot_of(*base_.rows, id);
    }

    /// Puts the columns and tallies of all tables but one, after gates have opened or closed.
    void put_others(source const& but, std::uint64_t id, slot at, open_gates was, open_gates open) {
        for (auto const& other : sources_) {
            if (other.get() != &but) {
                auto const* held = other->rows->find_raw(id);
                other->columns.put(held, open, at, index_);
                other->tallies.leave(held, was);
                other->tallies.enter(held, open, at, index_);
            }
        }
    }

    void enter(std::uint64_t id, void const* record) {
        if (aside_.contains(id)) {
            return;
        }
        auto const at = *slot_of(id);
        auto const open = gates_.open_for(id, *base_.rows, record);
        index_.place(at, all_tags(id, record, open));
        if (at / block_bits >= least_ids_.size()) {
            least_ids_.resize(at / block_bits + 1, (std::numeric_limits<std::uint64_t>::max)());
        }
        auto& least = least_ids_[at / block_bits];
        least = (std::min)(least, id);
        for (auto const& from : sources_) {
            from->columns.put(from->held, open, at, index_);
            from->tallies.leave(nullptr, open);
            from->tallies.enter(from->held, open, at, index_);
        }
    }
    void leave(std::uint64_t id, void const* record) {
        if (aside_.contains(id)) {
            return;
        }
        auto const at = *slot_of(id);
        auto const open = gates_.open_for(id, *base_.rows, record);
        auto const& tags = all_tags(id, record, open);
        for (auto const& from : sources_) {
            from->tallies.leave(from->held, open);
            from->tallies.enter(nullptr, open, at, index_);
        }
        index_.erase(at, tags);
    }

    /// The closed tags of a record, also those that other tables keep; good until the next call, as
    /// is what each table holds of it.
    tag_list const& all_tags(std::uint64_t id, void const* record, open_gates open) {
        all_.clear();
        for (auto const& from : sources_) {
            from->held = from->is_base() ? record : from->rows->find_raw(id);
            collect(*from, from->held, open, all_);
        }
        close(all_, *tags_);
        return all_;
    }
    tag_list const& all_tags(std::uint64_t id, void const* record) {
        return all_tags(id, record, gates_.open_for(id, *base_.rows, record));
    }

    /// Calls `visit(slot, closed tags)` for each record with a tag that it may have had before the
    /// vocabulary did; where that was missed, the index has it.
    template <typename Visit>
    void for_each_waiting(tag_id tag, Visit const& visit) {
        if (!std::binary_search(awaited_.begin(), awaited_.end(), tag) &&
            !keeps(tags_->facet(tags_->facet_of(tag)).name) && index_.tagged(tag).count() == 0) {
            return;
        }
        auto const& rows = *base_.rows;
        for (std::size_t row = 0; row < rows.row_count(); ++row) {
            auto const* record = rows.row_raw(row);
            if (record != nullptr && !aside_.contains(base_.id_of(record))) {
                auto const all = all_tags(base_.id_of(record), record);
                if (std::binary_search(all.begin(), all.end(), tag)) {
                    visit(static_cast<slot>(row), all);
                }
            }
        }
    }

    void enter_tag(tag_id tag) {
        for_each_waiting(tag, [&](slot at, tag_list const& all) { index_.retag(at, {}, all); });
    }
    void leave_tag(tag_id tag) {
        for_each_waiting(tag, [&](slot at, tag_list const& all) {
            hidden_ = tag;
            auto const* record = base_.rows->row_raw(at);
            index_.retag(at, all, all_tags(base_.id_of(record), record));
            hidden_ = {};
        });
    }

    [[nodiscard]] bool keeps(std::string_view facet) const {
        return std::any_of(sources_.begin(), sources_.end(), [&](auto const& from) {
            return std::any_of(from->kept.begin(), from->kept.end(),
                [&](kept_source const& k) { return k.what.name == facet; });
        });
    }
    /// Adds the tags that a record has from all tables but one.
    void collect_others(source const& but, std::uint64_t id, open_gates open, tag_list& into) {
        for (auto const& other : sources_) {
            if (other.get() != &but) {
                collect(*other, other->rows->find_raw(id), open, into);
            }
        }
    }
    /// Adds the tags that a table has in a record, if there is one, without those above them.
    void collect(source const& from, void const* record, open_gates open, tag_list& into) {
        if (record == nullptr) {
            return;
        }
        if (from.is_base()) {
            for (auto const& entry : base_.tags_of(record)) {
                if (tags_->contains(entry.tag)) {
                    add(entry.tag, into);
                    shared_ = shared_ || keeps(tags_->facet(tags_->facet_of(entry.tag)).name);
                } else {
                    insert_once(awaited_, entry.tag);
                }
            }
        }
        for (auto const& kept : from.kept) {
            if (!open.contain(kept.gate)) {
                continue;
            }
            struct to {
                record_index const* self;
                std::string_view facet;
                tag_list* into;
            } with{this, kept.what.name, &into};
            kept.what.each(
                record,
                [](void* w, std::string_view key) {
                    auto& t = *static_cast<to*>(w);
                    if (auto const tag = t.self->tags_->find(t.facet, key)) {
                        t.self->add(*tag, *t.into);
                    }
                },
                &with);
        }
    }
    void add(tag_id tag, tag_list& into) const {
        if (tag != hidden_) {
            into.push_back(tag);
        }
    }

    indexed_rows base_;
    taxonomy none_;
    taxonomy const* tags_ = &none_;
    search_index index_;
    named_numbers<column_id> columns_;
    named_numbers<tally_id> tallies_;
    gate_set gates_;
    std::vector<std::unique_ptr<source>> sources_; ///< the base first
    std::vector<std::uint64_t> least_ids_;         ///< by block; not raised when a record goes
    names names_;
    bool shared_ = false; ///< whether two tables may have a tag for the same record
    tag_list awaited_;    ///< tags of records that the vocabulary did not have, ascending
    aside_ids aside_;     ///< records that are left out
    tag_id hidden_;       ///< a tag that is about to go from the vocabulary
    tag_list all_;
    follower_state state_;
};

} // namespace koc::detail
