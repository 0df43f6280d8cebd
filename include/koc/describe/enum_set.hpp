// SPDX-License-Identifier: BSL-1.0
#pragma once

// A set of enumerators without a heap, for records of which there are millions: as many bytes as
// the enum has values, and one.

#include <koc/core/contract.hpp>
#include <koc/describe/described_enum.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>

namespace koc {

/// Values of a described enum, each at most once, ascending. Its form is that of a list of them.
template <described_enum E>
class enum_set {
public:
    using value_type = E;
    /// How many values there are.
    static constexpr std::size_t size_max =
        boost::mp11::mp_size<boost::describe::describe_enumerators<E>>::value;
    static_assert(size_max < 256, "koc: an enum_set is of an enum with at most 255 values");

    enum_set() = default;
    enum_set(std::initializer_list<E> values) { put(values); }
    /// The values of any list, in any order. O(values * enumerators).
    template <typename List>
    explicit enum_set(List const& values) {
        put(values);
    }

    [[nodiscard]] E const* data() const { return values_.data(); }
    [[nodiscard]] E const* begin() const { return values_.data(); }
    [[nodiscard]] E const* end() const { return values_.data() + size_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] bool contains(E value) const { return std::find(begin(), end(), value) != end(); }
    friend bool operator==(enum_set const& a, enum_set const& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

    /// Adds a value if it is missing.
    void insert(E value) {
        auto* const at = std::lower_bound(values_.data(), values_.data() + size_, value);
        if (at != end() && *at == value) {
            return;
        }
        KOC_EXPECTS(size_ < size_max);
        std::copy_backward(at, values_.data() + size_, values_.data() + size_ + 1);
        *at = value;
        ++size_;
    }

    // For reading a canonical form, in which the values ascend.

    void clear() { size_ = 0; }
    E& emplace_back() {
        KOC_EXPECTS(size_ < size_max);
        return values_[size_++] = E{};
    }
    [[nodiscard]] E const& back() const { return values_[size_ - 1U]; }

private:
    template <typename List>
    void put(List const& values) {
        for (auto const value : values) {
            insert(value);
        }
    }

    std::array<E, size_max> values_{};
    std::uint8_t size_ = 0;
};

} // namespace koc
