// SPDX-License-Identifier: BSL-1.0
#pragma once

// Row numbers under 64-bit ids. Ids that were counted up as the rows were, as those of members and
// offers are, differ from their rows by a constant and need nothing more. With the first id that
// does not, all are entered in a hash table: open addressing with backward-shift deletion (Knuth,
// TAOCP 6.4, algorithm R). Our own because a table without further keys finds a record in half the
// time of a node-based container, and because putting back what was just removed never allocates. A
// cell has 32 bits of the id's hash and not the id, which the record has: half the memory.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace koc::detail {

class id_finder {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    [[nodiscard]] std::size_t size() const { return count_; }
    /// The row of an id, or `none`. `live` says which rows have a record, and `id_in(row)` the id
    /// of one. O(1).
    template <typename IdIn>
    [[nodiscard]] std::uint32_t find(
        std::uint64_t id, std::vector<char> const& live, IdIn const& id_in) const {
        if (cells_.empty()) {
            auto const row = id - ahead_;
            return row < live.size() && live[static_cast<std::size_t>(row)] != 0
                ? static_cast<std::uint32_t>(row)
                : none;
        }
        auto const hash = hash_of(id);
        for (auto at = home(hash);; at = next(at)) {
            auto const& here = cells_[at];
            if (here.row == none || (here.hash == hash && id_in(here.row) == id)) {
                return here.row;
            }
        }
    }
    /// Makes room for the next row, which will have this id.
    template <typename IdIn>
    void make_room(std::uint64_t id, std::vector<char> const& live, IdIn const& id_in) {
        if (cells_.empty()) {
            counted_ = counted_ && !live.empty();
            if (!counted_) {
                ahead_ = id - live.size();
                counted_ = true;
            } else if (id - live.size() != ahead_) {
                hash_all(live, id_in);
            }
        } else if (4 * (count_ + 1) > 3 * cells_.size()) {
            auto const old = std::exchange(cells_, std::vector<cell>(2 * cells_.size()));
            for (auto const& entry : old) {
                if (entry.row != none) {
                    place(entry);
                }
            }
        }
    }
    /// Enters a new id; room was made for it, now or before it was removed.
    void add(std::uint64_t id, std::uint32_t row) noexcept {
        if (!cells_.empty()) {
            place({hash_of(id), row});
        }
        ++count_;
    }
    /// Removes a row that is there, under its id.
    void remove(std::uint64_t id, std::uint32_t row) noexcept {
        --count_;
        if (cells_.empty()) {
            return;
        }
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
    /// With room for every row there ever was, as those that were erased may be put back.
    template <typename IdIn>
    void hash_all(std::vector<char> const& live, IdIn const& id_in) {
        cells_ = std::vector<cell>(std::bit_ceil(live.size() + live.size() / 2 + 8));
        for (std::size_t row = 0; row < live.size(); ++row) {
            if (live[row] != 0) {
                auto const at = static_cast<std::uint32_t>(row);
                place({hash_of(id_in(at)), at});
            }
        }
    }
    void place(cell entry) noexcept {
        auto at = home(entry.hash);
        while (cells_[at].row != none) {
            at = next(at);
        }
        cells_[at] = entry;
    }

    std::vector<cell> cells_; ///< none as long as each id is its row and `ahead_`
    std::uint64_t ahead_ = 0;
    bool counted_ = false; ///< `ahead_` is that of a row
    std::size_t count_ = 0;
};

} // namespace koc::detail
