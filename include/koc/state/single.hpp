// SPDX-License-Identifier: BSL-1.0
#pragma once

// One value of an aspect's state, such as a sum over everybody.

#include <koc/describe/canonical.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/state/container.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// A value that anything with a shape may be; it moves without throwing and is copied before each
/// change inside a scope, so it should be small.
template <typename T>
class single final : public container {
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>,
        "koc: the value of a koc::single moves without throwing; see docs/state.md#single");

public:
    single() = default;
    explicit single(T value) : value_{std::move(value)} {}

    [[nodiscard]] T const& operator*() const { return value_; }
    [[nodiscard]] T const* operator->() const { return &value_; }

    /// Calls `change(value)`.
    template <typename Change>
    void update(Change&& change) {
        T now(value_);
        change(now);
        set(std::move(now));
    }
    void set(T value) {
        auto const noting = prepare();
        if (noting) {
            undo_log::make_room(saved_);
            saved_.push_back(std::move(value_));
        }
        value_ = std::move(value);
        if (noting) {
            note();
        }
    }

    void digest_into(hasher& into) const override { into.add(shape_of<T>, &value_); }
    void write_into(std::string& out) const override {
        append_canonical(out, shape_of<T>, &value_);
    }
    void undo() noexcept override {
        value_ = std::move(saved_.back());
        saved_.pop_back();
    }
    void settle() noexcept override { saved_.clear(); }
    [[nodiscard]] type_key holds() const override { return key_of<T>; }
    [[nodiscard]] void const* find_raw(std::uint64_t) const override { return &value_; }

private:
    T value_{};
    std::vector<T> saved_;
};

} // namespace koc
