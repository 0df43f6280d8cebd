// SPDX-License-Identifier: BSL-1.0
#pragma once

// Tab-separated files with a header line, gzipped or plain. Rows are given by the names of their
// columns; a row that does not fit the header is reported with file, line and reason, and reading
// goes on.

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// Where and why a row was left out.
struct row_problem {
    std::string file;
    std::size_t line = 0;
    std::string reason;
};

/// One row by column name.
class row {
public:
    row(std::vector<std::string> const& header, std::vector<std::string_view> fields)
        : header_{&header}, fields_{std::move(fields)} {}

    [[nodiscard]] std::string_view operator[](std::string_view column) const {
        auto const it = std::find(header_->begin(), header_->end(), column);
        return fields_[static_cast<std::size_t>(it - header_->begin())];
    }

private:
    std::vector<std::string> const* header_;
    std::vector<std::string_view> fields_;
};

/// What became of reading a file: the fatal reason, or how many rows were taken.
struct read_result {
    std::optional<std::string> failed;
    std::size_t rows = 0;
    std::vector<row_problem> problems;
};

inline std::vector<std::string_view> split(std::string_view line, char by) {
    std::vector<std::string_view> fields;
    for (std::size_t from = 0;;) {
        auto const to = line.find(by, from);
        fields.push_back(line.substr(from, to - from));
        if (to == std::string_view::npos) {
            return fields;
        }
        from = to + 1;
    }
}

/// Reads `folder/name.gz` or, where there is none, `folder/name`. `take(row)` answers a reason to
/// leave the row out, or nothing.
inline read_result read_table(std::filesystem::path const& folder, std::string const& name,
    std::vector<std::string> const& columns,
    std::function<std::optional<std::string>(row const&)> const& take) {
    read_result done;
    auto path = folder / (name + ".gz");
    if (!std::filesystem::exists(path)) {
        path = folder / name;
    }
    auto* const file = gzopen(path.c_str(), "rb"); // zlib reads plain files as they are
    if (file == nullptr) {
        done.failed = "cannot read " + (folder / name).string() + " or " + name + ".gz beside it";
        return done;
    }
    std::string line;
    std::vector<std::string> header;
    std::size_t number = 0;
    std::vector<char> chunk(1 << 16);
    auto const finish_line = [&] {
        ++number;
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
        auto fields = split(line, '\t');
        auto const leave_out = [&](std::string reason) {
            done.problems.push_back({path.filename().string(), number, std::move(reason)});
        };
        if (number == 1) {
            if (line.starts_with("\xEF\xBB\xBF")) { // a byte order mark
                fields.front().remove_prefix(3);
            }
            header.assign(fields.begin(), fields.end());
            for (auto const& column : columns) {
                if (!done.failed &&
                    std::find(header.begin(), header.end(), column) == header.end()) {
                    done.failed = path.string() + ": the header has no column '" + column + "'";
                }
            }
        } else if (fields.size() != header.size()) {
            leave_out("expected " + std::to_string(header.size()) + " fields, got " +
                std::to_string(fields.size()));
        } else if (auto reason = take(row{header, fields})) {
            leave_out(std::move(*reason));
        } else {
            ++done.rows;
        }
        line.clear();
    };
    // Not gzgets, whose lines would end at a zero byte.
    for (int got = 1; !done.failed && got > 0;) {
        got = gzread(file, chunk.data(), static_cast<unsigned>(chunk.size()));
        std::string_view part{chunk.data(), static_cast<std::size_t>(std::max(got, 0))};
        while (!done.failed && !part.empty()) {
            auto const end = part.find('\n');
            line += part.substr(0, end);
            part.remove_prefix(end == std::string_view::npos ? part.size() : end + 1);
            if (end != std::string_view::npos) {
                finish_line();
            }
        }
    }
    if (!done.failed && !line.empty()) {
        finish_line();
    }
    int status = Z_OK;
    auto const* const message = gzerror(file, &status);
    if (!done.failed && status != Z_OK && status != Z_STREAM_END) {
        done.failed = path.string() + ": " + message;
    } else if (!done.failed && number == 0) {
        done.failed = path.string() + " is empty";
    }
    gzclose(file);
    return done;
}

} // namespace replay
