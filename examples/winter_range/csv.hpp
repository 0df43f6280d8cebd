// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rows of a comma-separated file by the names of their columns. A row that cannot be used is
// reported with its file, its line, the column and the reason, and reading goes on; only a file
// that cannot be read at all stops it.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/described.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winter_range {

/// A row, for messages: `members.csv:17`.
struct place {
    std::string file;
    std::size_t line = 0;
};
inline std::string to_string(place const& p) { return p.file + ':' + std::to_string(p.line); }

/// Why a row was left out.
struct problem {
    place where;
    std::string reason;
};

/// The fields of one row, by column. Reading a field that is not as it should be notes the first
/// such problem and gives a neutral value, so a row is read without a question after each field and
/// judged once, by `problem()`.
class fields {
public:
    /// `lines` says where each value begins, as a row may take several lines.
    fields(std::vector<std::string> const& columns, std::vector<std::string> values,
        std::vector<std::size_t> lines)
        : columns_{&columns}, values_{std::move(values)}, lines_{std::move(lines)} {}

    /// Any text; empty where the row has fewer fields than the header.
    std::string const& text(std::string_view column);
    /// A text that is not empty.
    std::string const& filled(std::string_view column);
    /// A whole number within the limits.
    std::int64_t number(std::string_view column, std::int64_t low, std::int64_t high);
    /// A whole number from 0 to 100, as a score from 0 to 1; an empty field is 0.
    koc::score percentage(std::string_view column);
    /// A day such as 2025-11-01.
    koc::instant day(std::string_view column);
    /// `yes`, or `no` or nothing.
    bool yes(std::string_view column);
    /// Texts with | between them; empty for an empty field.
    std::vector<std::string> list(std::string_view column);
    /// A list of `key:weight`, the weights from 1 to 100; a key alone has the weight 100.
    std::vector<std::pair<std::string, koc::score>> weights(std::string_view column);

    /// A number above 0 that names something.
    template <typename Id>
    Id id(std::string_view column) {
        return Id{static_cast<typename Id::rep>(number(column, 1, 1'000'000'000))};
    }
    /// The name of one of an enum's values.
    template <koc::described_enum Enum>
    Enum one_of(std::string_view column, std::string_view value) {
        std::optional<Enum> found;
        std::string known;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto e) {
            known += (known.empty() ? "" : ", ") + std::string{e.name};
            if (value == e.name) {
                found = e.value;
            }
        });
        if (!found) {
            reject(column, "one of " + known, value);
        }
        return found.value_or(Enum{});
    }

    [[nodiscard]] std::optional<std::string> const& problem() const { return problem_; }
    /// The line of the field that has the problem.
    [[nodiscard]] std::size_t problem_line() const { return problem_line_; }

private:
    void reject(std::string_view column, std::string_view expected, std::string_view found);
    [[nodiscard]] std::size_t index_of(std::string_view column) const;

    std::vector<std::string> const* columns_;
    std::vector<std::string> values_;
    std::vector<std::size_t> lines_;
    std::optional<std::string> problem_;
    std::size_t problem_line_ = 0;
};

/// Calls `visit` for each row of a file whose header has these columns, in any order and among
/// others. Rows that cannot be used are added to `problems`. Refused: a file that cannot be read,
/// or one without the columns.
koc::result<void> read_csv(std::filesystem::path const& file,
    std::vector<std::string> const& columns, std::vector<problem>& problems,
    std::function<void(place const&, fields&)> const& visit);

} // namespace winter_range
