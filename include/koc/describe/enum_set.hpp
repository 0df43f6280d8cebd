// SPDX-License-Identifier: BSL-1.0
#pragma once

// A set of enumerators without a heap, for records of which there are millions: the room of all
// values of the enum, and a byte.

#include <koc/core/contract.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

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

namespace detail {

template <typename E>
std::vector<E> values_of(void const* set) {
    auto const& values = *static_cast<enum_set<E> const*>(set);
    return {values.begin(), values.end()};
}

/// As the list of its values; whatever their order is when they are read, the set is in its own.
template <typename E>
inline constexpr custom_form enum_set_form{"enum_set",
    [](hasher& into, void const* value) {
        auto const list = values_of<E>(value);
        into.add(shape_of<std::vector<E>>, &list);
    },
    [](std::string& out, void const* value) {
        auto const list = values_of<E>(value);
        append_canonical(out, shape_of<std::vector<E>>, &list);
    },
    [](void const* value, int depth) {
        auto const list = values_of<E>(value);
        return check_form(shape_of<std::vector<E>>, &list, depth);
    },
    [](form_source const& from, void* value) {
        std::vector<E> list;
        auto refused = from.read_as(list);
        if (!refused) { // a text of this library's own may have values without a name
            refused = check_form(shape_of<std::vector<E>>, &list, 0);
        }
        if (!refused) {
            *static_cast<enum_set<E>*>(value) = enum_set<E>{list};
        }
        return refused;
    }};

} // namespace detail

template <described_enum E>
inline constexpr custom_form const* custom_form_of<enum_set<E>> = &detail::enum_set_form<E>;

} // namespace koc
