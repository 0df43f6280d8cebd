// SPDX-License-Identifier: BSL-1.0
#pragma once

// One event of any type: shared, counted and never changed. What is known of its type is a constant
// table, so that journals and the engine need no list of all events. Our own because a std::variant
// of a programme's events, or a std::any with shared ownership, costs every unit of a host seconds
// to compile.

#include <koc/core/contract.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/shape.hpp>
#include <koc/journal/schema.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

class event;

/// What is known of a type of events.
struct event_type {
    type_key of;
    std::string_view name; ///< what journals call it
    unsigned version;
    shape const* form;
    event (*make)(void*& value); ///< one made from nothing, and where its value may be filled in
    event (*copy)(void const* of, void*& value); ///< a copy, and where it may still be changed
    event_type const* previous;                  ///< the version before, or null
    void (*upcast)(
        void const* previous_value, std::vector<event>& into);   ///< from the version before
    void (*retire)(void const* value, std::vector<event>& into); ///< null while an aspect owns it
};

class event {
    struct head {
        event_type const* type;
        void (*destroy)(head const*);
        mutable std::atomic<std::size_t> owners{1};
    };
    template <typename E>
    struct kept : head {
        E value;
    };

public:
    event() = default;
    template <typename E>
    static event of(E value);

    event(event const& other) : head_{other.head_}, value_{other.value_} {
        if (head_ != nullptr) {
            head_->owners.fetch_add(1, std::memory_order_relaxed);
        }
    }
    event(event&& other) noexcept
        : head_{std::exchange(other.head_, nullptr)}, value_{std::exchange(other.value_, nullptr)} {
    }
    event& operator=(event other) noexcept {
        std::swap(head_, other.head_);
        std::swap(value_, other.value_);
        return *this;
    }
    ~event() {
        if (head_ != nullptr && head_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            head_->destroy(head_);
        }
    }

    [[nodiscard]] bool has_value() const { return head_ != nullptr; }
    /// Of an event that has a value.
    [[nodiscard]] event_type const& type() const {
        KOC_EXPECTS(has_value());
        return *head_->type;
    }
    [[nodiscard]] void const* raw() const { return value_; }

    /// The event, where it is of this type; otherwise null.
    template <typename E>
    [[nodiscard]] E const* get_if() const {
        return head_ != nullptr && head_->type->of == key_of<E> ? static_cast<E const*>(value_)
                                                                : nullptr;
    }
    /// The event of a type that it has.
    template <typename E>
    [[nodiscard]] E const& get() const {
        auto const* held = get_if<E>();
        KOC_EXPECTS(held != nullptr);
        return *held;
    }
    /// Its members as canonical text.
    [[nodiscard]] std::string payload() const {
        std::string out;
        append_canonical(out, *type().form, value_);
        return out;
    }

    /// Equal types and equal canonical texts.
    friend bool operator==(event const& a, event const& b) {
        return a.has_value() == b.has_value() &&
            (!a.has_value() || (a.type().of == b.type().of && a.payload() == b.payload()));
    }

private:
    template <typename E>
    static void destroy(head const* h) {
        delete static_cast<kept<E> const*>(h);
    }

    head const* head_ = nullptr;
    void const* value_ = nullptr;

    template <typename E>
    friend event make_event(void*& value);
    template <typename E>
    friend event copy_event(void const* of, void*& value);
};

/// An event made from nothing; `value` is where to fill it in before anybody shares it.
template <typename E>
event make_event(void*& value);
/// A copy of the value of an event; `value` is where to change it before anybody shares it.
template <typename E>
event copy_event(void const* of, void*& value);

namespace detail {

template <typename E>
void upcast_previous([[maybe_unused]] void const* old, [[maybe_unused]] std::vector<event>& into) {
    if constexpr (requires { typename schema<E>::previous; }) {
        auto made = schema<E>::upcast(*static_cast<typename schema<E>::previous const*>(old));
        if constexpr (std::is_same_v<decltype(made), std::vector<event>>) {
            for (auto& one : made) {
                into.push_back(std::move(one));
            }
        } else {
            static_assert(std::is_same_v<decltype(made), E>,
                "koc: schema<Event>::upcast must return an Event or a std::vector<koc::event>; "
                "see docs/journal.md#schema");
            into.push_back(event::of(std::move(made)));
        }
    }
}
template <typename E>
concept retired_event = requires(E const& e) {
    schema<E>::retire(e);
};
template <typename E>
void retire_event([[maybe_unused]] void const* old, [[maybe_unused]] std::vector<event>& into) {
    if constexpr (retired_event<E>) {
        for (auto& one : schema<E>::retire(*static_cast<E const*>(old))) {
            into.push_back(std::move(one));
        }
    }
}
template <typename E>
constexpr event_type make_event_type();

} // namespace detail

/// The type of the events of struct `E`.
template <typename E>
inline constexpr event_type event_type_of = detail::make_event_type<E>();

namespace detail {

template <typename E>
constexpr event_type const* previous_type() {
    if constexpr (requires { typename schema<E>::previous; }) {
        return &event_type_of<typename schema<E>::previous>;
    } else {
        return nullptr;
    }
}
template <typename E>
constexpr event_type make_event_type() {
    static_assert(described_struct<E>,
        "koc: an event must be described with BOOST_DESCRIBE_STRUCT; see docs/engine.md#events");
    return {key_of<E>, schema_name<E>(), schema_version<E>(), &shape_of<E>, &make_event<E>,
        &copy_event<E>, previous_type<E>(), &upcast_previous<E>,
        retired_event<E> ? &retire_event<E> : nullptr};
}

} // namespace detail

template <typename E>
event event::of(E value) {
    event made;
    auto* const h = new kept<E>{{&event_type_of<E>, &destroy<E>}, std::move(value)};
    made.head_ = h;
    made.value_ = &h->value;
    return made;
}

template <typename E>
event make_event(void*& value) {
    event made = event::of(E{});
    value = const_cast<void*>(made.value_);
    return made;
}
template <typename E>
event copy_event(void const* of, void*& value) {
    event made = event::of(E(*static_cast<E const*>(of)));
    value = const_cast<void*>(made.value_);
    return made;
}

/// The types of events that a programme reads, by name.
class event_types {
public:
    /// Adds a type; false where another has its name. O(types).
    bool add(event_type const& type) {
        auto const at = from(type.name);
        if (at != by_name_.end() && (*at)->name == type.name) {
            return (*at)->of == type.of;
        }
        by_name_.insert(at, &type);
        types_.push_back(&type);
        return true;
    }
    /// The newest version of a name, or null. O(log types).
    [[nodiscard]] event_type const* find(std::string_view name) const {
        auto const at = from(name);
        return at != by_name_.end() && (*at)->name == name ? *at : nullptr;
    }
    /// In the order in which they were added.
    [[nodiscard]] std::span<event_type const* const> all() const { return types_; }

private:
    [[nodiscard]] std::vector<event_type const*>::const_iterator from(std::string_view name) const {
        return std::lower_bound(by_name_.begin(), by_name_.end(), name,
            [](event_type const* type, std::string_view wanted) { return type->name < wanted; });
    }

    std::vector<event_type const*> types_;
    std::vector<event_type const*> by_name_;
};

} // namespace koc
