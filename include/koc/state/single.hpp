// SPDX-License-Identifier: BSL-1.0
#pragma once

// One value of an aspect's state, such as a sum over everybody.

#include <koc/core/result.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/canonical_reader.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/personal_walk.hpp>
#include <koc/describe/shape.hpp>
#include <koc/state/container.hpp>
#include <koc/state/detail/places.hpp>
#include <koc/state/detail/value_type.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace koc {

namespace detail {

/// A single value without its type, which the derived class holds.
class single_core : public container {
public:
    single_core(value_type const& type, void* value)
        : type_{type}, value_{value}, saved_{type.size} {}
    ~single_core() override { settle(); }

    void digest_into(hasher& into) const override { into.add(*type_.form, value_); }
    void write_into(std::string& out) const override { append_canonical(out, *type_.form, value_); }
    [[nodiscard]] result<void> read_from(canonical_reader& in) override {
        return in.read(*type_.form, value_);
    }
    [[nodiscard]] shape const* form() const final { return type_.form; }
    void undo() noexcept override {
        --saved_count_;
        replace(saved_[saved_count_]);
        type_.destroy(saved_[saved_count_]);
    }
    void settle() noexcept final {
        while (saved_count_ > 0) {
            type_.destroy(saved_[--saved_count_]);
        }
    }
    [[nodiscard]] type_key holds() const final { return type_.of; }
    [[nodiscard]] void const* value_raw() const final { return value_; }
    void drop_text(std::uint64_t owner) final {
        if (!has_text_of(*type_.form, value_, owner)) {
            return;
        }
        if (prepare()) {
            type_.copy(saved_.make(saved_count_), value_);
            ++saved_count_;
            note();
        }
        drop_text_of(*type_.form, value_, owner);
    }
    [[nodiscard]] void const* find_raw(std::uint64_t) const override { return value_; }

protected:
    /// Takes a new value.
    void set_raw(void* value) {
        if (prepare()) {
            type_.take(saved_.make(saved_count_), value_);
            ++saved_count_;
            note();
        }
        replace(value);
    }

private:
    void replace(void* by) noexcept {
        type_.destroy(value_);
        type_.take(value_, by);
    }

    value_type const& type_;
    void* value_;
    places saved_; ///< values as they were before each change, oldest first
    std::size_t saved_count_ = 0;
};

} // namespace detail

/// A value that anything with a shape may be; it moves without throwing and is copied before each
/// change, so it should be small.
template <typename T>
class single final : public detail::single_core {
    static_assert(std::is_nothrow_move_constructible_v<T>,
        "koc: the value of a koc::single moves without throwing; see docs/state.md#single");

public:
    single() : single_core{detail::value_type_of<T>, &value_} {}
    explicit single(T value)
        : single_core{detail::value_type_of<T>, &value_}, value_{std::move(value)} {}

    [[nodiscard]] T const& operator*() const { return value_; }
    [[nodiscard]] T const* operator->() const { return &value_; }

    // Commands, for `apply`

    /// Calls `change(value)`.
    template <typename Change>
    void update(Change&& change) {
        T now(value_);
        change(now);
        set_raw(&now);
    }
    void set(T value) { set_raw(&value); }

private:
    T value_{};
};

} // namespace koc
