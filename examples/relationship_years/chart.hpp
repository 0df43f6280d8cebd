// SPDX-License-Identifier: BSL-1.0
#pragma once

// Charts as inline SVG. Colours are classes `c0` to `c4`, which the page defines for light and
// dark.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace years {

/// Text for HTML: what has a meaning there is written as a reference.
std::string escaped(std::string_view text);

/// Numbers of one name, one for each place of the chart.
struct series {
    std::string name;
    std::vector<std::int64_t> values;
};

/// Columns in which the series stand on each other. Of the places every `label_every`th is
/// named, by its year: the first four characters.
std::string stacked_columns(std::string const& title, std::vector<std::string> const& places,
    std::vector<series> const& all, std::size_t label_every = 1);

/// A mark at a place, and a height that is to be reached.
struct mark {
    std::size_t place = 0;
    std::string name;
    std::int64_t level = 0;
    std::string level_name;
};
/// Lines from place to place.
std::string lines(std::string const& title, std::vector<std::string> const& places,
    std::vector<series> const& all, mark const& at, std::size_t label_every);

/// One bar for each name, below it.
std::string bars(std::string const& title, series const& of, std::vector<std::string> const& names);

/// Which colour is which.
std::string legend(std::vector<std::string> const& names);

} // namespace years
