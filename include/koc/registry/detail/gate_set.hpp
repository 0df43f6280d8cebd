// SPDX-License-Identifier: BSL-1.0
#pragma once

// The gates of a search index, and which of them are open for one record.

#include <koc/core/contract.hpp>
#include <koc/state/container.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace koc::detail {

/// A gate of an index; 0 stands for none and is always open.
using gate_number = std::uint8_t;

/// The gates that are open for one record, as bits.
class open_gates {
public:
    static constexpr std::size_t most = 63; ///< gates of one index

    [[nodiscard]] bool contain(gate_number gate) const { return (closed_ >> gate & 1U) == 0; }
    void close(gate_number gate) { closed_ |= std::uint64_t{1} << gate; }

    friend bool operator==(open_gates const&, open_gates const&) = default;

private:
    std::uint64_t closed_ = 0;
};

class gate_set {
public:
    /// The number of a gate, which it gets when its name is first heard; 0 of the empty name.
    gate_number called(std::string_view name) {
        if (name.empty()) {
            return 0;
        }
        auto const known = std::find_if(
            gates_.begin(), gates_.end(), [&](gate const& g) { return g.name == name; });
        auto const number = static_cast<gate_number>(known - gates_.begin() + 1);
        if (known == gates_.end()) {
            KOC_EXPECTS(gates_.size() < open_gates::most);
            gates_.push_back({name});
        }
        return number;
    }
    /// Says how a gate is read, once.
    void contribute(
        std::string_view name, container const& rows, bool (*open)(void const* record)) {
        auto& it = gates_[called(name) - 1U];
        KOC_EXPECTS(it.rows == nullptr);
        it.rows = &rows;
        it.open = open;
    }
    /// Whether a gate is read from this table.
    [[nodiscard]] bool are_in(container const& rows) const {
        return std::any_of(
            gates_.begin(), gates_.end(), [&](gate const& g) { return g.rows == &rows; });
    }
    /// Those that are open for an id, where one table has this record of it, or none. A gate that
    /// nobody contributed is open, as is that of who has no record. O(gates).
    [[nodiscard]] open_gates open_for(
        std::uint64_t id, container const& in, void const* record) const {
        open_gates found;
        for (std::size_t i = 0; i < gates_.size(); ++i) {
            auto const& it = gates_[i];
            if (it.rows != nullptr) {
                auto const* held = it.rows == &in ? record : it.rows->find_raw(id);
                if (held != nullptr && !it.open(held)) {
                    found.close(static_cast<gate_number>(i + 1));
                }
            }
        }
        return found;
    }

private:
    struct gate {
        std::string_view name;
        container const* rows = nullptr; ///< null until it is contributed
        bool (*open)(void const* record) = nullptr;
    };
    std::vector<gate> gates_; ///< gate 1 first
};

} // namespace koc::detail
