// SPDX-License-Identifier: BSL-1.0
#pragma once

// The aspects of a programme, made and wired: which of them handles what, where each type of
// records is kept, and which indexes follow them. Nothing changes here after it is made but what
// the containers hold.

#include <koc/core/contract.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/shape.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/erased_people.hpp>
#include <koc/engine/detail/key_table.hpp>
#include <koc/engine/detail/lookups.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/event.hpp>
#include <koc/state/container.hpp>
#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace koc::detail {

class assembly final : container_visitor {
public:
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
        detail::lookups lookups; ///< of those who apply it
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

    /// Every container notes its changes in `log`.
    assembly(composition const& of, undo_log& log) : composition_{&of}, log_{&log} {
        for (auto const& p : of.parts) {
            add(p);
        }
        for (auto const& p : of.parts) {
            contribute(p);
        }
        for (auto const* type : of.types.all()) {
            if (auto const row = rows_.find(type->of); row != key_table::none) {
                add_lookups(events_[row], *type->form);
            }
        }
        for (auto const& p : of.parts) {
            for (auto const& record : p.sets_aside) {
                follow_aside(record);
            }
            for (auto const& record : p.erases) {
                auto const at = stores_.find(record);
                KOC_EXPECTS(at != key_table::none && "records that erase and that no aspect keeps");
                containers_[at].is->observe(erased_);
            }
        }
        if (auto const tags = stores_.find(key_of<taxonomy>); tags != key_table::none) {
            for (auto const& r : registries_) {
                r.use(r.registry, *containers_[tags].is);
            }
        }
    }
    assembly(assembly const&) = delete;
    assembly& operator=(assembly const&) = delete;
    ~assembly() {
        // In the opposite order, as an index observes containers of aspects before and after it.
        while (!seats_.empty()) {
            seats_.back().is->destroy(seats_.back().self);
            seats_.pop_back();
        }
    }

    [[nodiscard]] composition const& is() const { return *composition_; }
    [[nodiscard]] std::vector<seat> const& seats() const { return seats_; }
    [[nodiscard]] std::vector<kept_container> const& containers() const { return containers_; }
    [[nodiscard]] std::vector<agenda_row> const& agendas() const { return agendas_; }

    [[nodiscard]] erased_people& erased() { return erased_; }
    [[nodiscard]] erased_people const& erased() const { return erased_; }

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
    /// Who handles a type of events or questions; null where nobody does.
    [[nodiscard]] event_row const* handlers_of(type_key of) const {
        auto const row = rows_.find(of);
        return row == key_table::none ? nullptr : &events_[row];
    }
    [[nodiscard]] event_row const& handlers_of(event const& of) const {
        auto const* row = handlers_of(of.type().of);
        KOC_EXPECTS(row != nullptr && "an event that no aspect of this programme owns");
        return *row;
    }
    /// See `lookups::fetch`; nothing for an event that nobody handles.
    void fetch_for(event const& e) const {
        if (auto const* row = handlers_of(e.type().of)) {
            row->lookups.fetch(e.raw());
        }
    }
    [[nodiscard]] bool accepts(command_type const& type) const {
        return commands_.find(type.of) != key_table::none;
    }
    [[nodiscard]] decide_row const& decider_of(command_type const& type) const {
        auto const at = commands_.find(type.of);
        KOC_EXPECTS(at != key_table::none && "no aspect of this programme accepts this command");
        return decides_[at];
    }
    [[nodiscard]] answer_row const& answerer_of(query_type const& type) const {
        auto const at = queries_.find(type.of);
        KOC_EXPECTS(at != key_table::none && "no aspect of this programme answers this query");
        return answers_[at];
    }

private:
    void visit(std::string_view name, container& held) override {
        auto const at = static_cast<std::uint32_t>(containers_.size());
        containers_.push_back({&held, seats_.size() - 1, name});
        held.attach(*log_);
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
            if (h.check != nullptr) {
                events_[row].applies.insert(events_[row].applies.begin(), {self, h.check, p.name});
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
    void add_lookups(event_row& row, shape const& form) {
        for (auto const& held : containers_) {
            auto const* const owner = seats_[held.seat].self;
            if (std::any_of(row.applies.begin(), row.applies.end(),
                    [&](auto const& applying) { return applying.self == owner; })) {
                row.lookups.add(form, *held.is);
            }
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

    /// Sets ids aside, and brings them back, as records come and go.
    struct aside_follower final : record_observer {
        void inserting() override {
            for (auto* held : all) {
                held->expect_aside();
            }
        }
        void inserted(std::uint64_t id, void const*) noexcept override {
            for (auto* held : all) {
                held->set_aside(id);
            }
        }
        void updating(std::uint64_t, void const*) noexcept override {}
        void updated(std::uint64_t, void const*) noexcept override {}
        void erasing(std::uint64_t id, void const*) noexcept override {
            for (auto* held : all) {
                held->bring_back(id);
            }
        }
        std::vector<container*> all;
    };
    /// Whatever is kept under the same kind of ids follows, but for the records that set aside.
    void follow_aside(type_key record) {
        auto const at = stores_.find(record);
        KOC_EXPECTS(at != key_table::none && "records that set aside and that no aspect keeps");
        auto& from = *containers_[at].is;
        followers_.push_back(std::make_unique<aside_follower>());
        for (auto const& c : containers_) {
            if (c.is != &from && c.is->keyed_by() == from.keyed_by()) {
                followers_.back()->all.push_back(c.is);
            }
        }
        from.observe(*followers_.back());
    }

    composition const* composition_;
    undo_log* log_;
    std::vector<std::unique_ptr<aside_follower>> followers_;
    erased_people erased_;
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
};

} // namespace koc::detail
