// SPDX-License-Identifier: BSL-1.0
#pragma once

// Row numbers under 64-bit ids: open addressing with backward-shift deletion (Knuth, TAOCP 6.4,
// algorithm R). Our own because a table without further keys finds a record in half the time of a
// node-based container, and because putting back what was just removed never allocates. A cell has
// 32 bits of the id's hash and not the id, which the record has: half the memory.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc::detail {

class id_finder {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    [[nodiscard]] std::size_t size() const { return count_; }
    /// The row of an id, or `none`; `id_in(row)` is the id of a row that was added. O(1).
    template <typename IdIn>
    [[nodiscard]] std::uint32_t find(std::uint64_t id, IdIn const& id_in) const {
        if (cells_.empty()) {
            return none;
        }
        auto const hash = hash_of(id);
        for (auto at = home(hash);; at = next(at)) {
            auto const& here = cells_[at];
            if (here.row == none || (here.hash == hash && id_in(here.row) == id)) {
                return here.row;
            }
        }
    }
    /// Makes room for one more row.
    void make_room() {
        if (4 * (count_ + 1) > 3 * cells_.size()) {
            auto const old =
                std::exchange(cells_, std::vector<cell>(cells_.empty() ? 8 : 2 * cells_.size()));
            for (auto const& entry : old) {
                if (entry.row != none) {
                    place(entry);
                }
            }
        }
    }
    /// Enters a new id; room was made for it, now or before it was removed.
    void add(std::uint64_t id, std::uint32_t row) noexcept {
        place({hash_of(id), row});
        ++count_;
    }
    /// Removes a row that is there, under its id.
    void remove(std::uint64_t id, std::uint32_t row) noexcept {
        auto hole = home(hash_of(id));
        while (cells_[hole].row != row) {
            hole = next(hole);
        }
        for (auto at = next(hole); cells_[at].row != none; at = next(at)) {
            if (((at - home(cells_[at].hash)) & mask()) >= ((at - hole) & mask())) {
                cells_[hole] = cells_[at];
                hole = at;
            }
        }
        cells_[hole] = {};
        --count_;
    }

private:
    struct cell {
        std::uint32_t hash = 0;
        std::uint32_t row = none;
    };

    static std::uint32_t hash_of(std::uint64_t id) {
        auto const mixed = id * 0x9e37'79b9'7f4a'7c15U;
        return static_cast<std::uint32_t>(mixed ^ mixed >> 32U);
    }
    [[nodiscard]] std::size_t mask() const { return cells_.size() - 1; }
    [[nodiscard]] std::size_t home(std::uint32_t hash) const { return hash & mask(); }
    [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
    void place(cell entry) noexcept {
        auto at = home(entry.hash);
        while (cells_[at].row != none) {
            at = next(at);
        }
        cells_[at] = entry;
    }

    std::vector<cell> cells_;
    std::size_t count_ = 0;
};

} // namespace koc::detail
