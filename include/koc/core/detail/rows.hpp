// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rows side by side that are only ever added. A std::vector does this and much more, and so each
// type that it holds asks a compiler for half a hundred functions; these rows ask for ten, and a
// programme keeps dozens of types of them.

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace koc {

namespace detail {

/// A sequence that grows at its end. Adding invalidates pointers; `T` moves without throwing.
template <typename T>
class rows {
public:
    rows() = default;
    /// As many as asked, each of its own making.
    explicit rows(std::size_t size) : rows() {
        reserve(size);
        while (size_ < size) {
            push_back(T{});
        }
    }
    rows(rows const& other) : rows() {
        reserve(other.size_);
        for (auto const& row : other) {
            ::new (static_cast<void*>(first_ + size_)) T(row);
            ++size_;
        }
    }
    rows(rows&& other) noexcept
        : first_{std::exchange(other.first_, nullptr)}, size_{std::exchange(other.size_, 0)},
          capacity_{std::exchange(other.capacity_, 0)} {}
    rows& operator=(rows other) noexcept {
        std::swap(first_, other.first_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        return *this;
    }
    ~rows() {
        clear();
        ::operator delete(first_);
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] T* begin() { return first_; }
    [[nodiscard]] T* end() { return first_ + size_; }
    [[nodiscard]] T const* begin() const { return first_; }
    [[nodiscard]] T const* end() const { return first_ + size_; }

    void reserve(std::size_t capacity) {
        if (capacity > capacity_) {
            grow(capacity);
        }
    }
    /// Adds a row, which is none of these.
    void push_back(T&& row) {
        if (size_ == capacity_) {
            grow(size_ == 0 ? 1 : 2 * size_);
        }
        ::new (static_cast<void*>(first_ + size_)) T(static_cast<T&&>(row));
        ++size_;
    }

    /// Takes the last row away.
    void pop_back() noexcept { first_[--size_].~T(); }

    void clear() {
        while (size_ > 0) {
            first_[--size_].~T();
        }
    }

private:
    void grow(std::size_t capacity) {
        static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__,
            "koc: rows of maps and tables have no alignment of their own; see docs/core.md");
        static_assert(std::is_nothrow_move_constructible_v<T>,
            "koc: rows of maps and tables move without throwing; see docs/core.md");
        auto* const moved = static_cast<T*>(::operator new(capacity * sizeof(T)));
        for (std::size_t i = 0; i < size_; ++i) {
            ::new (static_cast<void*>(moved + i)) T(static_cast<T&&>(first_[i]));
            first_[i].~T();
        }
        ::operator delete(first_);
        first_ = moved;
        capacity_ = capacity;
    }

    T* first_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace detail

} // namespace koc
