// SPDX-License-Identifier: BSL-1.0

// The rows of a file, and what is said about those that are wrong.

#include "csv.hpp"

#include <koc/core/civil.hpp>
#include <koc/core/text.hpp>
#include <koc/exchange/cell.hpp>
#include <koc/exchange/csv_reader.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>

namespace winter_range {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        auto const end = std::min(text.find(at), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<std::int64_t> to_number(std::string_view text) {
    std::int64_t value = 0;
    auto const* end = text.data() + text.size();
    auto const [at, failed] = std::from_chars(text.data(), end, value);
    return failed == std::errc{} && at == end && !text.empty() ? std::optional{value}
                                                               : std::nullopt;
}

} // namespace

void fields::reject(std::string_view column, std::string_view expected, std::string_view found) {
    if (!problem_) {
        problem_ = std::string{column} + ": expected " + std::string{expected} + ", found " +
            (found.empty() ? "nothing" : '"' + koc::escaped(found) + '"');
        auto const index = index_of(column);
        problem_line_ = index < lines_.size() ? lines_[index] : lines_.front();
    }
}

std::size_t fields::index_of(std::string_view column) const {
    auto const at = std::find(columns_->begin(), columns_->end(), column) - columns_->begin();
    return static_cast<std::size_t>(at);
}

std::string const& fields::text(std::string_view column) {
    static std::string const nothing;
    auto const index = index_of(column);
    return index < values_.size() ? values_[index] : nothing;
}

std::string const& fields::filled(std::string_view column) {
    auto const& found = text(column);
    if (found.empty()) {
        reject(column, "some text", found);
    }
    return found;
}

std::int64_t fields::number(std::string_view column, std::int64_t low, std::int64_t high) {
    auto const& found = text(column);
    auto const value = to_number(found);
    if (!value || *value < low || *value > high) {
        reject(column, "a whole number from " + std::to_string(low) + " to " + std::to_string(high),
            found);
        return low;
    }
    return *value;
}

koc::score fields::percentage(std::string_view column) {
    return text(column).empty() ? koc::score{} : koc::percent(number(column, 0, 100));
}

koc::instant fields::day(std::string_view column) {
    auto const& found = text(column);
    auto const when = koc::from_iso8601(found);
    if (!when) {
        reject(column, "a day such as 2025-11-01", found);
    }
    return when ? *when : koc::instant{};
}

bool fields::yes(std::string_view column) {
    auto const& found = text(column);
    if (found != "yes" && found != "no" && !found.empty()) {
        reject(column, "yes or no", found);
    }
    return found == "yes";
}

std::vector<std::string> fields::list(std::string_view column) { return split(text(column), '|'); }

std::vector<std::pair<std::string, koc::score>> fields::weights(std::string_view column) {
    std::vector<std::pair<std::string, koc::score>> found;
    for (auto const& entry : list(column)) {
        auto const colon = std::min(entry.find(':'), entry.size());
        auto const weight = colon == entry.size() ? std::optional{std::int64_t{100}}
                                                  : to_number(entry.substr(colon + 1));
        if (colon == 0 || !weight || *weight < 1 || *weight > 100) {
            reject(column, "key:weight with a weight from 1 to 100", entry);
            break;
        }
        found.emplace_back(entry.substr(0, colon), koc::percent(*weight));
    }
    return found;
}

koc::result<void> read_csv(std::filesystem::path const& file,
    std::vector<std::string> const& columns, std::vector<problem>& problems,
    std::function<void(place const&, fields&)> const& visit) {
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        return koc::error{koc::errc::unavailable, file.string(),
            "expected a file with a header and rows; make it readable or choose another "
            "folder with --data"};
    }
    koc::csv_reader reader{koc::text_source{in}};
    auto read = reader.next();
    std::vector<std::string> header;
    for (std::size_t i = 0; read && *read == koc::row_read::row && i < reader.size(); ++i) {
        header.emplace_back(reader[i]);
    }
    for (auto const& column : columns) {
        if (std::find(header.begin(), header.end(), column) == header.end()) {
            return koc::error{koc::errc::invalid_argument, file.string(),
                "expected a first line that names the column '" + column + "'"};
        }
    }
    auto const name = file.filename().string();
    for (read = reader.next(); read && *read != koc::row_read::end; read = reader.next()) {
        if (*read == koc::row_read::problem) {
            auto const& wrong = reader.problem();
            auto const column = wrong.at.field <= header.size()
                ? header[wrong.at.field - 1]
                : "field " + std::to_string(wrong.at.field);
            problems.push_back({{name, wrong.at.line}, column + ": " + wrong.words});
            continue;
        }
        place const at{name, reader.place(0).line};
        if (reader.size() != header.size()) {
            problems.push_back({at,
                "expected " + std::to_string(header.size()) + " fields, found " +
                    std::to_string(reader.size())});
            continue;
        }
        std::vector<std::string> values;
        std::vector<std::size_t> lines;
        for (std::size_t i = 0; i < reader.size(); ++i) {
            values.push_back(koc::cell_text(reader[i]));
            lines.push_back(reader.place(i).line);
        }
        fields row{header, std::move(values), std::move(lines)};
        visit(at, row);
        if (row.problem()) {
            problems.push_back({{name, row.problem_line()}, *row.problem()});
        }
    }
    return read ? koc::result<void>{} : koc::result<void>{read.error()};
}

} // namespace winter_range
