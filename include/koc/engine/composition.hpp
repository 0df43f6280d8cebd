// SPDX-License-Identifier: BSL-1.0
#pragma once

// The aspects of a programme without their types: tables of functions, made once where the
// programme is instantiated.

#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/shape.hpp>
#include <koc/engine/consequence.hpp>
#include <koc/engine/fwd.hpp>
#include <koc/engine/guard.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/event.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/container.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace koc {

/// A facet that aspects keep: the name of a described enum and those of its values.
struct kept_facet {
    std::string_view name;
    std::span<enumerator_shape const> keys;

    friend bool operator==(kept_facet const& a, kept_facet const& b) { return a.name == b.name; }
};

/// Rules that an empty journal begins with.
struct rules_value {
    std::string_view name;
    type_key of;
    event adoption; ///< adopted<Rules> with the values of the bag
    shape const* form;
    result<void> (*check)(void const* adoption); ///< of the values
};

/// What one aspect does with one type of events or questions; null where it does nothing.
struct handler {
    type_key of;
    std::string_view name; ///< of the event or question
    bool own;              ///< whether the aspect owns the event
    /// Throws a misfit for an event that its `check` refuses, before anybody applies it; null where
    /// the event has no `check`, or another aspect owns it.
    void (*check)(void* self, void const* event, world_view const& in);
    void (*apply)(void* self, void const* event, world_view const& in);
    void (*react)(void const* self, void const* event, command_context& in);
    result<void> (*review)(void const* self, void const* value, world_view const& in);
    /// What `react` executes, where that is data.
    std::span<consequence_row const> consequences;
};
/// A command that an aspect accepts.
struct accepted_command {
    command_type const* type;
    result<void> (*decide)(void const* self, void const* command, command_context& in);
    guard_row const* guards;
    std::size_t guard_count;
};
/// A query that an aspect answers, into an answer made from nothing.
struct answered_query {
    query_type const* type;
    result<void> (*answer)(void const* self, void const* query, world_view const& in, void* into);
};
/// What an aspect does when something on one of its agendas is due.
struct due_handler {
    std::string_view member; ///< the agenda's name in the aspect
    void (*due)(void const* self, std::uint64_t id, command_context& in);
};

/// Is shown the containers of an aspect.
class container_visitor {
public:
    virtual void visit(std::string_view name, container& held) = 0;
    /// A registry: where it takes contributions for ids of this kind, and its vocabulary.
    virtual void visit_registry(void* registry, type_key searched,
        void (*use)(void* registry, container& vocabulary),
        void (*contribute)(void* registry, contribution const& what, container& rows)) = 0;

protected:
    ~container_visitor() = default;
};

/// One aspect.
struct aspect_part {
    std::string_view name;
    type_key of;
    void* (*make)();
    void (*destroy)(void* self);
    void (*walk)(void* self, container_visitor& with);
    std::vector<handler> handlers;
    std::vector<accepted_command> commands;
    std::vector<answered_query> queries;
    std::vector<due_handler> dues;
    /// Each with the kind of ids that its records have.
    std::vector<std::pair<type_key, contribution>> contributions;
    /// Types of records of which each sets its id aside.
    std::vector<type_key> sets_aside;
    /// Types of records of which each erases the person with its id.
    std::vector<type_key> erases;
    /// Records what the aspect lacks to begin, before the first command; null for most.
    void (*begin)(void const* self, std::span<kept_facet const> kept, command_context& in);
};

/// All aspects, and what follows from them.
struct composition {
    std::vector<aspect_part> parts;
    event_types types;
    std::vector<kept_facet> kept;
    std::vector<rules_value> rules;
};

} // namespace koc
