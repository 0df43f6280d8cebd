// SPDX-License-Identifier: BSL-1.0
#pragma once

// The state of a programme, and all that changes it: applying events, deciding commands, letting
// what is due happen. There is no journal here.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/world.hpp>
#include <koc/state/container.hpp>
#include <koc/tag/taxonomy.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

/// Small numbers under types.
class key_table {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    [[nodiscard]] std::uint32_t find(type_key key) const {
        if (cells_.empty()) {
            return none;
        }
        for (auto at = key.hash() & mask();; at = (at + 1) & mask()) {
            if (!cells_[at].key.valid() || cells_[at].key == key) {
                return cells_[at].value;
            }
        }
    }
    /// The value of a key, which is `value` where the key is new.
    std::uint32_t add(type_key key, std::uint32_t value) {
        if (2 * (count_ + 1) > cells_.size()) {
            auto const old =
                std::exchange(cells_, std::vector<cell>(cells_.empty() ? 64 : 2 * cells_.size()));
            for (auto const& c : old) {
                if (c.key.valid()) {
                    place(c);
                }
            }
        }
        if (auto const known = find(key); known != none) {
            return known;
        }
        place({key, value});
        ++count_;
        return value;
    }

private:
    struct cell {
        type_key key;
        std::uint32_t value = none;
    };
    [[nodiscard]] std::size_t mask() const { return cells_.size() - 1; }
    void place(cell const& c) {
        auto at = c.key.hash() & mask();
        while (cells_[at].key.valid()) {
            at = (at + 1) & mask();
        }
        cells_[at] = c;
    }
    std::vector<cell> cells_;
    std::size_t count_ = 0;
};

class core final : container_visitor {
public:
    /// How deep reactions and calls may nest, and how many events one command may become.
    static constexpr std::size_t depth_max = 64;
    static constexpr std::size_t events_max = 1'000'000;

    explicit core(composition const& of) : composition_{&of} {
        for (auto const& p : of.parts) {
            add(p);
        }
        for (auto const& p : of.parts) {
            contribute(p);
        }
        asked_row_ = rows_.find(key_of<command_asked>);
        if (auto const tags = stores_.find(key_of<taxonomy>); tags != key_table::none) {
            for (auto const& r : registries_) {
                r.use(r.registry, *containers_[tags].is);
            }
        }
    }
    core(core const&) = delete;
    core& operator=(core const&) = delete;
    ~core() {
        // In the opposite order, as an index observes containers of aspects before and after it.
        while (!seats_.empty()) {
            seats_.back().is->destroy(seats_.back().self);
            seats_.pop_back();
        }
    }

    undo_log log;

    // Observers

    [[nodiscard]] void const* aspect_at(type_key of) const {
        auto const at = aspects_.find(of);
        KOC_EXPECTS(at != key_table::none && "this programme has no such aspect");
        return seats_[at].self;
    }
    /// The container of a type of records, or null.
    [[nodiscard]] container const* container_of(type_key record) const {
        auto const at = stores_.find(record);
        return at == key_table::none ? nullptr : containers_[at].is;
    }
    [[nodiscard]] void const* record_at(type_key record, std::uint64_t id) const {
        auto const* held = container_of(record);
        return held == nullptr ? nullptr : held->find_raw(id);
    }
    [[nodiscard]] result<void> review(type_key of, void const* value, world_view const& in) const {
        auto const row = rows_.find(of);
        return row == key_table::none ? result<void>{} : review_row(row, value, in);
    }
    [[nodiscard]] result<void> answer(
        query_type const& type, void const* query, world_view const& in, void* into) const {
        auto const at = queries_.find(type.of);
        KOC_EXPECTS(at != key_table::none && "no aspect of this programme answers this query");
        if (auto seen = review(type.of, query, in); !seen) {
            return seen;
        }
        return answers_[at].row->answer(answers_[at].self, query, in, into);
    }
    /// All guards of a command that fail.
    [[nodiscard]] std::vector<error> failing(
        world_view const& in, command_type const& type, void const* command) const {
        std::vector<error> all;
        auto const& row = *decides_[command_at(type)].row;
        for (std::size_t i = 0; i < row.guard_count; ++i) {
            if (auto held = row.guards[i].check(command, in); !held) {
                all.push_back(std::move(held).error());
            }
        }
        return all;
    }
    [[nodiscard]] bool accepts(command_type const& type) const {
        return commands_.find(type.of) != key_table::none;
    }
    [[nodiscard]] composition const& is() const { return *composition_; }

    void digest_into(hasher& into) const {
        for (auto const& c : containers_) {
            c.is->digest_into(into);
        }
    }
    /// Calls `visit(aspect, container, state)` for each.
    template <typename Visit>
    void each_container(Visit&& visit) const {
        for (auto const& c : containers_) {
            visit(seats_[c.seat].is->name, c.name, *c.is);
        }
    }

    struct due_entry {
        due_item item;
        std::uint32_t agenda = 0;
    };
    /// What is due first, until an instant. O(agendas).
    [[nodiscard]] std::optional<due_entry> next_due(instant until) const {
        std::optional<due_entry> first;
        for (std::uint32_t i = 0; i < agendas_.size(); ++i) {
            auto const next = containers_[agendas_[i].container].is->next_due();
            if (next && next->at <= until && (!first || next->at < first->item.at)) {
                first = due_entry{*next, i};
            }
        }
        return first;
    }
    /// When something is due next, if ever.
    [[nodiscard]] std::optional<instant> next_instant() const {
        std::optional<instant> first;
        for (auto const& a : agendas_) {
            auto const next = containers_[a.container].is->next_due();
            if (next && (!first || next->at < *first)) {
                first = next->at;
            }
        }
        return first;
    }

    // Commands

    /// Folds a recorded event.
    void apply(event const& recorded, instant at, actor by) {
        auto const row = row_of(recorded);
        world_view const in{*this, at, by};
        for (auto const& f : events_[row].applies) {
            f.call(f.self, recorded.raw(), in);
        }
    }

    void record(command_context& in, event* all, std::size_t count) {
        ++in.recording_; // stays so where an exception ends this
        record_now(in, all, count);
        --in.recording_;
    }

    /// Decides a command in a scope of its own, so that a refusal or an exception leaves nothing.
    [[nodiscard]] result<void> decide(
        command_context& in, command_type const& type, void const* command) {
        auto const& row = decides_[command_at(type)];
        if (in.depth_ == depth_max) {
            return error{errc::too_large, std::string{type.name},
                "expected commands that do not call each other without end"};
        }
        undo_scope scope{log};
        call_state const outer{in};
        result<void> done;
        if (asked_row_ != key_table::none && !in.time_) {
            command_asked const asked{type.name, command, type.of, outer.depth != 0};
            done = review_row(asked_row_, &asked, in);
        }
        for (std::size_t i = 0; done && i < row.row->guard_count; ++i) {
            done = row.row->guards[i].check(command, in);
        }
        if (done) {
            done = row.row->decide(row.self, command, in);
        }
        if (done && in.refused()) {
            done = *std::move(in.refusal_);
        }
        if (done && in.recording_ != outer.recording) {
            done = error{errc::wrong_state, std::string{type.name},
                "expected aspects that let exceptions pass; what one of them recorded is half "
                "applied"};
        }
        if (done) {
            scope.keep();
            outer.events_kept = true;
        }
        return done;
    }

    /// Lets one entry of an agenda happen. Refused, and taken back, where its aspect neither moves
    /// nor drops the entry: time would stand still.
    [[nodiscard]] result<void> let_happen(command_context& in, due_entry const& due) {
        auto const& row = agendas_[due.agenda];
        auto const& held = containers_[row.container];
        undo_scope scope{log};
        row.how->due(seats_[held.seat].self, due.item.id, in);
        auto const next = held.is->next_due();
        auto const stays = next && next->id == due.item.id && next->at <= due.item.at;
        if (stays || in.made_->empty() || in.recording_ != 0) {
            return error{errc::wrong_state,
                std::string{seats_[held.seat].is->name} + '.' + std::string{held.name} + " of " +
                    std::to_string(due.item.id),
                "expected that `due` records an event which moves the entry ahead or drops it, and "
                "lets exceptions pass; correct the aspect, see docs/engine.md#time"};
        }
        scope.keep();
        return {};
    }

    /// Records what aspects lack to begin.
    void begin(command_context& in) const {
        for (auto const& s : seats_) {
            if (s.is->begin != nullptr) {
                s.is->begin(s.self, composition_->kept, in);
            }
        }
    }

private:
    struct seat {
        aspect_part const* is;
        void* self;
    };
    template <typename F>
    struct bound {
        void* self;
        F call;
        std::string_view name;
    };
    struct event_row {
        std::vector<bound<void (*)(void*, void const*, world_view const&)>> applies;
        std::vector<bound<void (*)(void const*, void const*, command_context&)>> reacts;
        std::vector<bound<result<void> (*)(void const*, void const*, world_view const&)>> reviews;
    };
    struct kept_container {
        container* is;
        std::size_t seat;
        std::string_view name;
    };
    struct decide_row {
        accepted_command const* row;
        void const* self;
    };
    struct answer_row {
        answered_query const* row;
        void const* self;
    };
    struct agenda_row {
        std::uint32_t container;
        due_handler const* how;
    };
    struct registry_row {
        void* registry;
        type_key searched;
        void (*use)(void*, container&);
        void (*add)(void*, contribution const&, container&);
    };

    /// What a call changes of its context only while it lasts.
    struct call_state {
        explicit call_state(command_context& context)
            : in{&context}, depth{context.depth_++}, recording{context.recording_},
              events{context.made_->size()}, refusal{
                                                 std::exchange(context.refusal_, std::nullopt)} {
            ++in->calls_;
        }
        call_state(call_state const&) = delete;
        call_state& operator=(call_state const&) = delete;
        ~call_state() {
            --in->calls_;
            in->depth_ = depth;
            in->recording_ = recording;
            in->refusal_ = std::move(refusal);
            if (!events_kept) {
                in->made_->resize(events);
            }
        }

        command_context* in;
        std::size_t depth;
        std::size_t recording;
        std::size_t events;
        std::optional<error> refusal;
        mutable bool events_kept = false;
    };

    [[nodiscard]] result<void> review_row(
        std::uint32_t row, void const* value, world_view const& in) const {
        for (auto const& f : events_[row].reviews) {
            if (auto seen = f.call(f.self, value, in); !seen) {
                return seen;
            }
        }
        return {};
    }

    void record_now(command_context& in, event* all, std::size_t count) {
        if (in.made_->size() + count > events_max) {
            in.refuse({errc::too_large, "events of one command",
                "expected fewer than 1,000,000; send several commands"});
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            in.made_->push_back(all[i]);
            for (auto const& f : events_[row_of(all[i])].applies) {
                f.call(f.self, all[i].raw(), in);
            }
        }
        if (in.refused()) {
            // Applied, so that whoever records sees it, but nobody answers what will be taken back.
            return;
        }
        for (std::size_t i = 0; i < count && !in.time_; ++i) {
            for (auto const& f : events_[row_of(all[i])].reviews) {
                if (auto seen = f.call(f.self, all[i].raw(), in); !seen) {
                    auto why = std::move(seen).error();
                    why.expected += " (" + std::string{f.name} + " objects to " +
                        std::string{all[i].type().name} + ')';
                    in.refuse(std::move(why));
                    return;
                }
            }
        }
        if (in.depth_ == depth_max) {
            in.refuse({errc::too_large, std::string{all[0].type().name},
                "expected aspects that do not answer each other without end"});
            return;
        }
        ++in.depth_;
        for (std::size_t i = 0; i < count; ++i) {
            for (auto const& f : events_[row_of(all[i])].reacts) {
                if (!in.refused()) {
                    f.call(f.self, all[i].raw(), in);
                }
            }
        }
        --in.depth_;
    }

    [[nodiscard]] std::uint32_t row_of(event const& of) const {
        auto const row = rows_.find(of.type().of);
        KOC_EXPECTS(row != key_table::none && "an event that no aspect of this programme owns");
        return row;
    }
    [[nodiscard]] std::uint32_t command_at(command_type const& type) const {
        auto const at = commands_.find(type.of);
        KOC_EXPECTS(at != key_table::none && "no aspect of this programme accepts this command");
        return at;
    }

    void visit(std::string_view name, container& held) override {
        auto const at = static_cast<std::uint32_t>(containers_.size());
        containers_.push_back({&held, seats_.size() - 1, name});
        held.attach(log);
        if (held.holds().valid()) {
            stores_.add(held.holds(), at);
        }
        for (auto const& how : seats_.back().is->dues) {
            if (how.member == name) {
                agendas_.push_back({at, &how});
            }
        }
    }
    void visit_registry(void* registry, type_key searched, void (*use)(void*, container&),
        void (*add_to)(void*, contribution const&, container&)) override {
        registries_.push_back({registry, searched, use, add_to});
    }

    void add(aspect_part const& p) {
        auto* const self = p.make();
        auto const at = static_cast<std::uint32_t>(seats_.size());
        seats_.push_back({&p, self});
        aspects_.add(p.of, at);
        p.walk(self, *this);
        for (auto const& h : p.handlers) {
            auto const row = rows_.add(h.of, static_cast<std::uint32_t>(events_.size()));
            if (row == events_.size()) {
                events_.emplace_back();
            }
            if (h.apply != nullptr) {
                events_[row].applies.push_back({self, h.apply, p.name});
            }
            if (h.react != nullptr) {
                events_[row].reacts.push_back({self, h.react, p.name});
            }
            if (h.review != nullptr) {
                events_[row].reviews.push_back({self, h.review, p.name});
            }
        }
        for (auto const& c : p.commands) {
            commands_.add(c.type->of, static_cast<std::uint32_t>(decides_.size()));
            decides_.push_back({&c, self});
        }
        for (auto const& q : p.queries) {
            queries_.add(q.type->of, static_cast<std::uint32_t>(answers_.size()));
            answers_.push_back({&q, self});
        }
    }
    void contribute(aspect_part const& p) {
        for (auto const& [searched, what] : p.contributions) {
            auto const at = stores_.find(what.record);
            KOC_EXPECTS(
                at != key_table::none && "a column or kept tag of records that no aspect keeps");
            for (auto const& r : registries_) {
                if (r.searched == searched) {
                    r.add(r.registry, what, *containers_[at].is);
                }
            }
        }
    }

    composition const* composition_;
    std::vector<seat> seats_;
    std::vector<kept_container> containers_;
    std::vector<agenda_row> agendas_;
    std::vector<event_row> events_;
    std::vector<decide_row> decides_;
    std::vector<answer_row> answers_;
    std::vector<registry_row> registries_;
    key_table aspects_;
    key_table stores_;
    key_table rows_; ///< of events_
    key_table commands_;
    key_table queries_;
    std::uint32_t asked_row_; ///< of command_asked
};

} // namespace koc::detail

namespace koc {

// Emitted by the unit that instantiates a programme, for units that use guards without this header.

[[gnu::used]] inline void const* world_view::aspect_at(type_key of) const {
    return core_->aspect_at(of);
}
[[gnu::used]] inline void const* world_view::record_at(type_key record, std::uint64_t id) const {
    return core_->record_at(record, id);
}
[[gnu::used]] inline result<void> world_view::review_raw(type_key of, void const* value) const {
    return core_->review(of, value, *this);
}
[[gnu::used]] inline void command_context::record_all(event* all, std::size_t count) {
    acting_->record(*this, all, count);
}
[[gnu::used]] inline result<void> command_context::call_raw(
    command_type const& type, void const* command) {
    return acting_->decide(*this, type, command);
}

} // namespace koc
