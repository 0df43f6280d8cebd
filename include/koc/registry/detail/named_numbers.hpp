// SPDX-License-Identifier: BSL-1.0
#pragma once

// Names that are numbered from 1 in the order in which they are added: the columns and the tallies
// of an index.

#include <koc/core/contract.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace koc::detail {

template <typename Number>
class named_numbers {
public:
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] std::optional<Number> find(std::string_view name) const {
        auto const found = std::find(names_.begin(), names_.end(), name);
        return found == names_.end()
            ? std::nullopt
            : std::optional{Number{static_cast<std::uint16_t>(found - names_.begin() + 1)}};
    }
    /// No name is added twice.
    Number add(std::string_view name) {
        KOC_EXPECTS(!find(name));
        names_.push_back(name);
        return Number{static_cast<std::uint16_t>(names_.size())};
    }

private:
    std::vector<std::string_view> names_;
};

} // namespace koc::detail
