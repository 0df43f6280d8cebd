// SPDX-License-Identifier: BSL-1.0
#pragma once

// A value, or the refusal that stands in its place. Boost.System has the same and more, but its
// header alone costs every translation unit half a second; this is the part that koc needs.

#include <koc/core/error.hpp>

#include <concepts>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

namespace koc {

/// A `T`, or why there is none. It converts from either, and to true when it holds a value.
///
/// To take the value of a refusal, or the refusal of a value, without having asked first is a
/// mistake in the program and ends it.
template <typename T>
class result {
public:
    using value_type = T;
    using error_type = koc::error;

    template <typename U>
        requires(std::is_convertible_v<U, T> && !std::same_as<std::remove_cvref_t<U>, result>)
    result(U&& value)
        : value_(std::forward<U>(value)), accepted_{true} {} // NOLINT: either converts
    result(error_type&& refusal) : error_{std::move(refusal)}, accepted_{false} {} // NOLINT
    result(error_type const& refusal) : error_{refusal}, accepted_{false} {}       // NOLINT

    result(result const& other) : accepted_{other.accepted_} { fill(other); }
    result(result&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
        : accepted_{other.accepted_} {
        fill(std::move(other));
    }
    result& operator=(result const& other) {
        if (this != &other) {
            *this = result{other};
        }
        return *this;
    }
    result& operator=(result&& other) noexcept(std::is_nothrow_move_constructible_v<T>) {
        if (this != &other) {
            clear();
            accepted_ = other.accepted_;
            fill(std::move(other));
        }
        return *this;
    }
    ~result() { clear(); }

    [[nodiscard]] bool has_value() const { return accepted_; }
    [[nodiscard]] bool has_error() const { return !accepted_; }
    explicit operator bool() const { return accepted_; }

    [[nodiscard]] T& value() & { return expect(accepted_), value_; }
    [[nodiscard]] T const& value() const& { return expect(accepted_), value_; }
    [[nodiscard]] T&& value() && { return expect(accepted_), std::move(value_); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] T const& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] T const* operator->() const { return &value(); }

    [[nodiscard]] error_type const& error() const& { return expect(!accepted_), error_; }
    [[nodiscard]] error_type&& error() && { return expect(!accepted_), std::move(error_); }

    friend bool operator==(result const& a, result const& b) requires std::equality_comparable<T> {
        return a.accepted_ == b.accepted_ &&
            (a.accepted_ ? a.value_ == b.value_ : a.error_ == b.error_);
    }

private:
    static void expect(bool asked) {
        if (!asked) {
            std::abort();
        }
    }

    template <typename Other>
    void fill(Other&& other) {
        if (accepted_) {
            ::new (static_cast<void*>(&value_)) T(std::forward<Other>(other).value_);
        } else {
            ::new (static_cast<void*>(&error_)) error_type(std::forward<Other>(other).error_);
        }
    }
    void clear() {
        if (accepted_) {
            value_.~T();
        } else {
            error_.~error_type();
        }
    }

    union {
        T value_;
        error_type error_;
    };
    bool accepted_;
};

/// Nothing, or why not. Default-constructed it is accepted.
template <>
class result<void> {
public:
    using value_type = void;
    using error_type = koc::error;

    result() : accepted_{true} {}
    result(error_type&& refusal) : error_{std::move(refusal)}, accepted_{false} {} // NOLINT
    result(error_type const& refusal) : error_{refusal}, accepted_{false} {}       // NOLINT

    result(result const& other) : accepted_{other.accepted_} {
        if (!accepted_) {
            ::new (static_cast<void*>(&error_)) error_type(other.error_);
        }
    }
    result(result&& other) noexcept : accepted_{other.accepted_} {
        if (!accepted_) {
            ::new (static_cast<void*>(&error_)) error_type(std::move(other.error_));
        }
    }
    result& operator=(result other) noexcept {
        clear();
        accepted_ = other.accepted_;
        if (!accepted_) {
            ::new (static_cast<void*>(&error_)) error_type(std::move(other.error_));
        }
        return *this;
    }
    ~result() { clear(); }

    [[nodiscard]] bool has_value() const { return accepted_; }
    [[nodiscard]] bool has_error() const { return !accepted_; }
    explicit operator bool() const { return accepted_; }

    void value() const { expect(accepted_); }
    void operator*() const { value(); }

    [[nodiscard]] error_type const& error() const& { return expect(!accepted_), error_; }
    [[nodiscard]] error_type&& error() && { return expect(!accepted_), std::move(error_); }

    friend bool operator==(result const& a, result const& b) {
        return a.accepted_ == b.accepted_ && (a.accepted_ || a.error_ == b.error_);
    }

private:
    static void expect(bool asked) {
        if (!asked) {
            std::abort();
        }
    }
    void clear() {
        if (!accepted_) {
            error_.~error_type();
        }
    }

    union {
        error_type error_; ///< where it is refused, so that an acceptance costs nothing
    };
    bool accepted_;
};

} // namespace koc
