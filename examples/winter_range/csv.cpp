// SPDX-License-Identifier: BSL-1.0

// The rows of a file, and what is said about those that are wrong.

#include "csv.hpp"

#include <koc/core/civil.hpp>
#include <koc/core/text.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <variant>

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

/// A row, and the line on which each of its values begins.
struct parsed_row {
    std::vector<std::string> values;
    std::vector<std::size_t> lines;
};

/// What keeps a row from being one: where, in which value counted from 0, and why.
struct flaw {
    std::size_t line = 0;
    std::size_t value = 0;
    std::string reason;
};

/// Takes a text apart row by row. A line ends with LF or CRLF, and the latter becomes LF within
/// quotation marks too.
class row_reader {
public:
    explicit row_reader(std::string_view text) : text_{text} {}

    [[nodiscard]] bool done() const { return at_ == text_.size(); }
    /// The line that the next row begins on, counted from 1.
    [[nodiscard]] std::size_t line() const { return line_; }

    /// The next row, or what is wrong with it. An empty line is a row of one empty value.
    std::variant<parsed_row, flaw> next() {
        begin_ = at_;
        begin_line_ = line_;
        parsed_row found;
        do {
            found.lines.push_back(line_);
            auto& value = found.values.emplace_back();
            auto const flawed = at('"') ? quoted(value) : plain(value);
            if (!flawed.empty()) {
                return flaw{found.lines.back(), found.values.size() - 1, flawed};
            }
            if (!koc::is_utf8(value)) {
                return flaw{found.lines.back(), found.values.size() - 1,
                    "expected UTF-8; save the file as UTF-8"};
            }
        } while (skip(","));
        if (!skip("\r\n")) {
            skip("\n");
        }
        line_ += at_ > begin_ && text_[at_ - 1] == '\n' ? 1 : 0;
        return found;
    }

    /// Goes back to the second line of the row that was read last.
    void skip_one_line() {
        at_ = std::min(text_.find('\n', begin_), text_.size() - 1) + 1;
        line_ = begin_line_ + 1;
    }

private:
    [[nodiscard]] bool at(char c) const { return !done() && text_[at_] == c; }
    [[nodiscard]] bool at_end_of_value() const {
        return done() || at(',') || at('\n') || text_.substr(at_).starts_with("\r\n");
    }
    bool skip(std::string_view part) {
        bool const there = text_.substr(at_).starts_with(part);
        at_ += there ? part.size() : 0;
        return there;
    }

    std::string plain(std::string& value) {
        while (!at_end_of_value()) {
            if (at('"')) {
                return "expected a quotation mark only around a whole field; put the field in "
                       "quotation marks and double those within it";
            }
            value += text_[at_++];
        }
        return {};
    }

    std::string quoted(std::string& value) {
        ++at_;
        while (!done()) {
            if (skip("\"\"")) {
                value += '"';
            } else if (skip("\"")) {
                return at_end_of_value()
                    ? ""
                    : "expected a comma or the end of the line after a closing "
                      "quotation mark; double those within the field";
            } else if (skip("\r\n") || skip("\n")) {
                value += '\n';
                ++line_;
            } else {
                value += text_[at_++];
            }
        }
        return "expected a closing quotation mark; add it";
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t begin_ = 0; ///< of the row that was read last
    std::size_t begin_line_ = 1;
};

/// All of a file, or nothing where it cannot be read.
std::optional<std::string> text_of(std::filesystem::path const& file) {
    std::ifstream in{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    return in.is_open() && !in.bad() && !text.empty() ? std::optional{std::move(text)}
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
    auto const text = text_of(file);
    if (!text) {
        return koc::error{koc::errc::unavailable, file.string(),
            "expected a file with a header and rows; make it readable or choose another "
            "folder with --data"};
    }
    std::string_view rest = *text;
    if (rest.starts_with("\xEF\xBB\xBF")) { // what some spreadsheets begin a file with
        rest.remove_prefix(3);
    }
    row_reader reader{rest};
    auto const first = reader.next();
    auto const* const header = std::get_if<parsed_row>(&first);
    for (auto const& column : columns) {
        if (header == nullptr ||
            std::find(header->values.begin(), header->values.end(), column) ==
                header->values.end()) {
            return koc::error{koc::errc::invalid_argument, file.string(),
                "expected a first line that names the column '" + column + "'"};
        }
    }
    auto const name = file.filename().string();
    while (!reader.done()) {
        place const at{name, reader.line()};
        auto read = reader.next();
        if (auto const* const wrong = std::get_if<flaw>(&read)) {
            auto const column = wrong->value < header->values.size()
                ? header->values[wrong->value]
                : "field " + std::to_string(wrong->value + 1);
            problems.push_back({{name, wrong->line}, column + ": " + wrong->reason});
            reader.skip_one_line();
            continue;
        }
        auto& [values, lines] = std::get<parsed_row>(read);
        if (values.size() == 1 && values.front().empty()) {
            continue;
        }
        if (values.size() != header->values.size()) {
            problems.push_back({at,
                "expected " + std::to_string(header->values.size()) + " fields, found " +
                    std::to_string(values.size())});
            reader.skip_one_line();
            continue;
        }
        fields row{header->values, std::move(values), std::move(lines)};
        visit(at, row);
        if (row.problem()) {
            problems.push_back({{name, row.problem_line()}, *row.problem()});
        }
    }
    return {};
}

} // namespace winter_range
