// SPDX-License-Identifier: BSL-1.0
#pragma once

// An open-addressing hash map from types to row numbers: which row of a table belongs to a type of
// messages. It is filled once and looked up several times for each command, and is written here
// because a lookup stays a few instructions and the map adds few symbols to a programme.

#include <koc/core/type_key.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc::detail {

/// Keys are never taken out.
class key_table {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    [[nodiscard]] std::uint32_t find(type_key key) const {
        if (cells_.empty()) {
            return none;
        }
        for (auto at = key.hash() & mask();; at = (at + 1) & mask()) {
            if (!cells_[at].key.valid() || cells_[at].key == key) {
                return cells_[at].value;
            }
        }
    }
    /// The value of a key, which is `value` where the key is new.
    std::uint32_t add(type_key key, std::uint32_t value) {
        if (2 * (count_ + 1) > cells_.size()) {
            auto const old =
                std::exchange(cells_, std::vector<cell>(cells_.empty() ? 64 : 2 * cells_.size()));
            for (auto const& c : old) {
                if (c.key.valid()) {
                    place(c);
                }
            }
        }
        if (auto const known = find(key); known != none) {
            return known;
        }
        place({key, value});
        ++count_;
        return value;
    }

private:
    struct cell {
        type_key key;
        std::uint32_t value = none;
    };
    [[nodiscard]] std::size_t mask() const { return cells_.size() - 1; }
    void place(cell const& c) {
        auto at = c.key.hash() & mask();
        while (cells_[at].key.valid()) {
            at = (at + 1) & mask();
        }
        cells_[at] = c;
    }
    std::vector<cell> cells_;
    std::size_t count_ = 0;
};

} // namespace koc::detail
