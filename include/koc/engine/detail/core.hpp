// SPDX-License-Identifier: BSL-1.0
#pragma once

// The state of a programme, and all that changes it: applying events, deciding commands, letting
// what is due happen. There is no journal here.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/about.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/assembly.hpp>
#include <koc/engine/detail/first_due_about.hpp>
#include <koc/engine/detail/held_about.hpp>
#include <koc/engine/detail/refusing_misfits.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/world.hpp>
#include <koc/state/container.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::detail {

class core final {
public:
    /// How deep reactions and calls may nest, and how many events one command may become.
    static constexpr std::size_t depth_max = 64;
    static constexpr std::size_t events_max = 1'000'000;

    explicit core(composition const& of)
        : parts_{of, log}, asked_{parts_.handlers_of(key_of<command_asked>)} {}

    undo_log log;

    // Observers

    [[nodiscard]] void const* aspect_at(type_key of) const { return parts_.aspect_at(of); }
    /// The container of a type of records, or null.
    [[nodiscard]] container const* container_of(type_key record) const {
        return parts_.container_of(record);
    }
    [[nodiscard]] void const* record_at(type_key record, std::uint64_t id) const {
        auto const* held = container_of(record);
        return held == nullptr ? nullptr : held->find_raw(id);
    }
    [[nodiscard]] result<void> review(type_key of, void const* value, world_view const& in) const {
        return review_all(parts_.handlers_of(of), value, in);
    }
    [[nodiscard]] result<void> answer(
        query_type const& type, void const* query, world_view const& in, void* into) const {
        auto const& asked = parts_.answerer_of(type);
        query_asked const question{type.name, query, type.of, type.form};
        KOC_TRY(review(key_of<query_asked>, &question, in));
        KOC_TRY(review(type.of, query, in));
        return asked.row->answer(asked.self, query, in, into);
    }
    /// All guards of a command that fail.
    [[nodiscard]] std::vector<error> failing(
        world_view const& in, command_type const& type, void const* command) const {
        std::vector<error> all;
        auto const& row = *parts_.decider_of(type).row;
        for (std::size_t i = 0; i < row.guard_count; ++i) {
            auto held = refusing_misfits([&] { return row.guards[i].check(command, in); });
            if (!held) {
                all.push_back(std::move(held).error());
            }
        }
        return all;
    }
    [[nodiscard]] bool accepts(command_type const& type) const { return parts_.accepts(type); }

    void digest_into(hasher& into) const {
        for (auto const& c : parts_.containers()) {
            c.is->digest_into(into);
        }
    }
    /// Calls `visit(aspect, container, state)` for each.
    template <typename Visit>
    void each_container(Visit&& visit) const {
        for (auto const& c : parts_.containers()) {
            visit(parts_.seats()[c.seat].is->name, c.name, *c.is);
        }
    }

    struct due_entry {
        due_item item;
        std::uint32_t agenda = 0;
    };
    /// What is due first, until an instant. O(agendas).
    [[nodiscard]] std::optional<due_entry> next_due(instant until) const {
        std::optional<due_entry> first;
        for (std::uint32_t i = 0; i < parts_.agendas().size(); ++i) {
            auto const next = next_of(parts_.agendas()[i]);
            if (next && next->at <= until && (!first || next->at < first->item.at)) {
                first = due_entry{*next, i};
            }
        }
        return first;
    }
    /// When something is due next, if ever.
    [[nodiscard]] std::optional<instant> next_instant() const {
        auto const first = next_due(instant_max);
        return first ? std::optional{first->item.at} : std::nullopt;
    }

    /// See `world_view::pending`.
    [[nodiscard]] std::optional<pending_item> pending(type_key kind, std::uint64_t named) const {
        for (auto const& a : parts_.agendas()) {
            auto const& held = *parts_.containers()[a.container].is;
            auto const of = held.due_of();
            auto const* records = of.noun == nullptr ? nullptr : container_of(of.record);
            if (records == nullptr || held.keyed_by() == kind) {
                continue;
            }
            if (auto const found = first_due_about(held, *records, kind, named)) {
                return pending_item{of.noun, found->id, found->at};
            }
        }
        return std::nullopt;
    }

    /// See `world_view::held_about`.
    [[nodiscard]] std::string held_about(person_ref const& who) const {
        std::string all;
        each_container([&](std::string_view aspect, std::string_view name, container const& held) {
            auto const found = detail::held_about(held, who);
            if (!found.empty()) {
                all += all.empty() ? "\"" : ",\"";
                all += std::string{aspect} + '.' + std::string{name} + "\":[" + found + ']';
            }
        });
        return '{' + all + '}';
    }
    /// See `world_view::keeps`.
    [[nodiscard]] bool keeps(person_ref const& who) const {
        auto const& all = parts_.containers();
        return std::any_of(
            all.begin(), all.end(), [&](auto const& each) { return detail::keeps(*each.is, who); });
    }

    // Commands

    /// Many events will be applied, which never searches; see `container::expect_many`.
    void expect_many() {
        for (auto const& c : parts_.containers()) {
            c.is->expect_many();
        }
    }
    /// See `lookups::fetch`.
    void fetch_for(event const& e) const { parts_.fetch_for(e); }
    /// Folds a recorded event.
    void apply(event const& recorded, instant at, actor by) {
        world_view const in{*this, at, by};
        for (auto const& f : parts_.handlers_of(recorded).applies) {
            f.call(f.self, recorded.raw(), in);
        }
        drop_erased();
    }
    /// Who is erased, and how far that has been carried out.
    [[nodiscard]] erased_people& erased() { return parts_.erased(); }

    void record(command_context& in, event* all, std::size_t count) {
        ++in.recording_; // stays so where an exception ends this
        record_now(in, all, count);
        --in.recording_;
    }

    /// Records events as one fact that stands, with all that follows from it. Refused, and taken
    /// back, where an aspect objects.
    [[nodiscard]] result<void> record_fact(
        std::span<event const> fact, instant at, actor by, std::vector<event>& made) {
        std::vector<event> all{fact.begin(), fact.end()};
        command_context in{*this, at, by, made};
        undo_scope scope{log};
        call_state const outer{in};
        record(in, all.data(), all.size());
        if (in.refused()) {
            return *std::move(in.refusal_);
        }
        scope.keep();
        outer.events_kept = true;
        return {};
    }
    /// Decides a command in a scope of its own, so that a refusal or an exception leaves nothing.
    [[nodiscard]] result<void> decide(
        command_context& in, command_type const& type, void const* command) {
        auto const& row = parts_.decider_of(type);
        if (in.depth_ == depth_max) {
            return error{errc::too_large, std::string{type.name},
                "expected commands that do not call each other without end"};
        }
        undo_scope scope{log};
        call_state const outer{in};
        result<void> done;
        if (asked_ != nullptr && !in.time_) {
            command_asked const asked{type.name, command, type.of, type.form, in.called()};
            done = review_all(asked_, &asked, in);
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
        auto const& row = parts_.agendas()[due.agenda];
        auto const& held = parts_.containers()[row.container];
        auto const& owner = parts_.seats()[held.seat];
        undo_scope scope{log};
        row.how->due(owner.self, due.item.id, in);
        auto const next = held.is->next_due();
        auto const stays = next && next->id == due.item.id && next->at <= due.item.at;
        if (stays || in.made_->empty() || in.recording_ != 0) {
            return error{errc::wrong_state,
                std::string{owner.is->name} + '.' + std::string{held.name} + " of " +
                    std::to_string(due.item.id),
                "expected that `due` records an event which moves the entry ahead or drops it, and "
                "lets exceptions pass; correct the aspect, see docs/engine.md#time"};
        }
        scope.keep();
        return {};
    }

    /// Records what aspects lack to begin.
    void begin(command_context& in) const {
        for (auto const& s : parts_.seats()) {
            if (s.is->begin != nullptr) {
                s.is->begin(s.self, parts_.is().kept, in);
            }
        }
    }

private:
    /// What a call changes of its context only while it lasts.
    struct call_state {
        explicit call_state(command_context& context)
            : in{&context}, depth{context.depth_++}, recording{context.recording_},
              called{context.called_}, events{context.made_->size()}, refusal{std::exchange(
                                                                          context.refusal_,
                                                                          std::nullopt)} {
            ++in->calls_;
            in->called_ = depth != 0 || in->time_;
        }
        call_state(call_state const&) = delete;
        call_state& operator=(call_state const&) = delete;
        ~call_state() {
            --in->calls_;
            in->depth_ = depth;
            in->recording_ = recording;
            in->called_ = called;
            in->refusal_ = std::move(refusal);
            if (!events_kept) {
                in->made_->resize(events);
            }
        }

        command_context* in;
        std::size_t depth;
        std::size_t recording;
        bool called;
        std::size_t events;
        std::optional<error> refusal;
        mutable bool events_kept = false;
    };

    [[nodiscard]] static result<void> review_all(
        assembly::event_row const* asked, void const* value, world_view const& in) {
        if (asked != nullptr) {
            for (auto const& f : asked->reviews) {
                KOC_TRY(f.call(f.self, value, in));
            }
        }
        return {};
    }
    [[nodiscard]] std::optional<due_item> next_of(assembly::agenda_row const& of) const {
        return parts_.containers()[of.container].is->next_due();
    }

    /// Empties the texts of people whose erasure an event applied. O(state) for each of them.
    void drop_erased() {
        for (auto& erased = parts_.erased(); erased.dropped < erased.ids.size();) {
            auto const owner = erased.ids[erased.dropped++];
            for (auto const& c : parts_.containers()) {
                c.is->drop_text(owner);
            }
        }
    }

    void record_now(command_context& in, event* all, std::size_t count) {
        if (in.made_->size() + count > events_max) {
            in.refuse({errc::too_large, "events of one command",
                "expected fewer than 1,000,000; send several commands"});
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            in.made_->push_back(all[i]);
            for (auto const& f : parts_.handlers_of(all[i]).applies) {
                f.call(f.self, all[i].raw(), in);
            }
            drop_erased();
            if (auto refused = parts_.erased().words_in(all[i])) {
                in.refuse(*std::move(refused));
            }
        }
        if (in.refused()) {
            // Applied, so that whoever records sees it, but nobody answers what will be taken back.
            return;
        }
        for (std::size_t i = 0; i < count && !in.time_; ++i) {
            for (auto const& f : parts_.handlers_of(all[i]).reviews) {
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
            for (auto const& f : parts_.handlers_of(all[i]).reacts) {
                if (!in.refused()) {
                    f.call(f.self, all[i].raw(), in);
                }
            }
        }
        --in.depth_;
    }

    assembly parts_;
    assembly::event_row const* asked_; ///< who is asked before every command; null for nobody
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
[[gnu::used]] inline std::optional<pending_item> world_view::pending_raw(
    type_key kind, std::uint64_t id) const {
    return core_->pending(kind, id);
}
[[gnu::used]] inline std::string world_view::held_about_raw(type_key kind, std::uint64_t id) const {
    return core_->held_about({kind, id});
}
[[gnu::used]] inline bool world_view::keeps_raw(type_key kind, std::uint64_t id) const {
    return core_->keeps({kind, id});
}
[[gnu::used]] inline void command_context::record_all(event* all, std::size_t count) {
    acting_->record(*this, all, count);
}
[[gnu::used]] inline result<void> command_context::call_raw(
    command_type const& type, void const* command) {
    return acting_->decide(*this, type, command);
}

} // namespace koc
