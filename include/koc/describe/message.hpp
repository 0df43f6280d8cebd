// SPDX-License-Identifier: BSL-1.0
#pragma once

// A message of any type that a program knows by name, such as a command that arrives as text. What
// is known of its type is a constant table, so that what reads messages is compiled once.

#include <koc/core/contract.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/described.hpp>
#include <koc/describe/shape.hpp>

#include <string_view>
#include <utility>

namespace koc {

/// What is known of a type of messages. A table that knows more may derive from it.
struct message_type {
    std::string_view name;
    type_key of;
    shape const* form;
    void* (*make)();              ///< one made from nothing, to be filled in
    void (*destroy)(void* value); ///< what `make` made
};

/// The type of the messages of struct `T`, under its unqualified name.
template <described_struct T>
inline constexpr message_type message_type_of{type_name<T>(), key_of<T>, &shape_of<T>,
    []() -> void* { return new T{}; }, [](void* value) { delete static_cast<T*>(value); }};

/// Owns one message.
class message {
public:
    /// One made from nothing.
    explicit message(message_type const& type) : type_{&type}, value_{type.make()} {}
    message(message&& other) noexcept
        : type_{other.type_}, value_{std::exchange(other.value_, nullptr)} {}
    message& operator=(message&& other) noexcept {
        std::swap(type_, other.type_);
        std::swap(value_, other.value_);
        return *this;
    }
    ~message() {
        if (value_ != nullptr) {
            type_->destroy(value_);
        }
    }

    [[nodiscard]] message_type const& type() const { return *type_; }
    [[nodiscard]] void const* raw() const { return value_; }
    [[nodiscard]] void* raw() { return value_; }

    /// The message, where it is of this type; otherwise null.
    template <typename T>
    [[nodiscard]] T const* get_if() const {
        return type_->of == key_of<T> ? static_cast<T const*>(value_) : nullptr;
    }
    /// The message of a type that it has.
    template <typename T>
    [[nodiscard]] T const& get() const {
        auto const* held = get_if<T>();
        KOC_EXPECTS(held != nullptr);
        return *held;
    }

private:
    message_type const* type_;
    void* value_;
};

} // namespace koc
