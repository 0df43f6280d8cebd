// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rows of a file as values of a described struct, from CSV with a header or from JSON lines: one
// mechanism for every struct. What a row says too much, too little or wrongly is a problem with its
// place; a header that does not fit the struct is refused.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/exchange/csv_reader.hpp>
#include <koc/exchange/csv_writer.hpp>
#include <koc/exchange/json_lines.hpp>
#include <koc/exchange/row_form.hpp>
#include <koc/exchange/row_place.hpp>
#include <koc/json/from_json.hpp>
#include <koc/json/to_json.hpp>
#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// A cell that every row has, for a column that the file lacks.
struct constant_cell {
    std::string column;
    std::string text;
};

/// Reads rows of one form.
class row_reader {
public:
    virtual ~row_reader() = default;

    /// Fills `row`, a value of the form's type made from nothing, with the next row. Refused, once
    /// and for all: a file that cannot be read, or whose header does not fit.
    [[nodiscard]] virtual result<row_read> next(void* row) = 0;

    // Of the row that was read last, while it lives.

    [[nodiscard]] virtual row_note const& problem() const = 0;
    /// Where a column of the form stands; where the row begins for one that the file lacks.
    [[nodiscard]] virtual row_place place(std::size_t column) const = 0;
    /// What a column says, one of the struct or one beside it; empty where the file lacks it.
    [[nodiscard]] virtual std::string text(std::size_t column) const = 0;

    /// How many bytes of the file were read so far.
    [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
};

namespace detail {

/// Fills what the file lacks.
inline result<void> put_constants(row_form const& form, std::vector<constant_cell> const& cells,
    void* row, taxonomy const& tags) {
    for (auto const& [name, text] : cells) {
        auto const at = form.find(name);
        if (!at || *at >= form.columns().size()) {
            return error{errc::invalid_argument, "column " + koc::quoted(name),
                "expected one of the columns " + form.names() + "; correct the constant"};
        }
        auto const& column = form.columns()[*at];
        if (auto refused = read_cell(*column.of, text, column.in(row), tags)) {
            refused->subject = "column " + koc::quoted(name);
            return *std::move(refused);
        }
    }
    return {};
}
inline bool is_constant(std::vector<constant_cell> const& cells, std::string_view column) {
    return std::any_of(
        cells.begin(), cells.end(), [&](auto const& cell) { return cell.column == column; });
}

} // namespace detail

/// Rows of comma-separated values, whose first row names the columns in any order.
class csv_rows final : public row_reader {
public:
    /// `form` and `tags` live as long.
    csv_rows(csv_reader from, row_form const& form, taxonomy const& tags,
        std::vector<constant_cell> constants = {})
        : from_{std::move(from)}, form_{&form}, tags_{&tags}, constants_{std::move(constants)} {}

    [[nodiscard]] result<row_read> next(void* row) override {
        if (where_.empty()) {
            KOC_TRY(read_header());
        }
        problem_.reset();
        auto const read = from_.next();
        if (!read || *read == row_read::end) {
            return read;
        }
        if (*read == row_read::problem) {
            problem_ = from_.problem();
            if (problem_->at.field > 0 && problem_->at.field <= header_.size()) {
                problem_->column = header_[problem_->at.field - 1];
            }
            return row_read::problem;
        }
        if (from_.size() != header_.size()) {
            problem_ = row_note{from_.place(header_.size()), {},
                "expected " + std::to_string(header_.size()) + " fields, as the header has, not " +
                    std::to_string(from_.size())};
            return row_read::problem;
        }
        for (std::size_t i = 0; i < form_->columns().size(); ++i) {
            if (where_[i] && !read_field(i, row)) {
                return row_read::problem;
            }
        }
        KOC_TRY(detail::put_constants(*form_, constants_, row, *tags_));
        form_->set_owner(row);
        return row_read::row;
    }
    [[nodiscard]] row_note const& problem() const override {
        KOC_EXPECTS(problem_.has_value());
        return *problem_;
    }
    [[nodiscard]] row_place place(std::size_t column) const override {
        auto const known = column < where_.size() && where_[column];
        return from_.place(known ? *where_[column] : header_.size());
    }
    [[nodiscard]] std::string text(std::size_t column) const override {
        return where_[column] ? std::string{unguarded_cell(from_[*where_[column]])} : "";
    }
    [[nodiscard]] std::uint64_t bytes_read() const override { return from_.bytes_read(); }

private:
    [[nodiscard]] result<void> read_header() {
        auto const read = from_.next();
        if (!read) {
            return read.error();
        }
        if (*read != row_read::row) {
            return error{errc::invalid_argument, "header",
                *read == row_read::end ? "expected a first line with the columns " + form_->names()
                                       : from_.problem().words};
        }
        where_.resize(form_->columns().size() + form_->beside().size());
        for (std::size_t i = 0; i < from_.size(); ++i) {
            auto const name = unguarded_cell(from_[i]);
            auto const known = form_->find(name);
            if (!known) {
                return wrong(name,
                    "expected only the columns " + form_->names() +
                        "; remove it or correct its name");
            }
            if (where_[*known] || detail::is_constant(constants_, name)) {
                return wrong(name, "expected each column once; remove the repeated one");
            }
            where_[*known] = i;
            header_.emplace_back(name);
        }
        for (std::size_t i = 0; i < form_->columns().size(); ++i) {
            auto const& column = form_->columns()[i];
            if (!where_[i] && !column.may_lack && !detail::is_constant(constants_, column.name)) {
                return wrong(column.name,
                    "expected this column; add it, or say what it is in all "
                    "rows; known are " +
                        form_->names());
            }
        }
        return {};
    }
    [[nodiscard]] error wrong(std::string_view column, std::string expected) {
        where_.clear();
        return {errc::invalid_argument, "column " + koc::quoted(column), std::move(expected)};
    }
    /// Whether the field could be read.
    bool read_field(std::size_t index, void* row) {
        auto const& column = form_->columns()[index];
        auto const text = unguarded_cell(from_[*where_[index]]);
        if (text.empty() && column.may_lack) {
            return true;
        }
        auto refused = read_cell(*column.of, text, column.in(row), *tags_);
        if (refused) {
            auto const& path = refused->subject;
            problem_ = row_note{from_.place(*where_[index]), std::string{column.name},
                path.empty() ? refused->expected : path + ": " + refused->expected};
        }
        return !refused;
    }

    csv_reader from_;
    row_form const* form_;
    taxonomy const* tags_;
    std::vector<constant_cell> constants_;
    std::vector<std::string> header_;
    std::vector<std::optional<std::size_t>> where_; ///< the field of each column
    std::optional<row_note> problem_;
};

/// Rows that are JSON objects, one a line, in the form of docs/json.md with tags by their names.
class json_rows final : public row_reader {
public:
    /// `form` and `tags` live as long.
    json_rows(json_line_reader from, row_form const& form, taxonomy const& tags,
        std::vector<constant_cell> constants = {})
        : from_{std::move(from)}, form_{&form}, tags_{&tags}, constants_{std::move(constants)} {}

    [[nodiscard]] result<row_read> next(void* row) override {
        problem_.reset();
        row_ = nullptr;
        beside_.assign(form_->beside().size(), {});
        auto const read = from_.next();
        if (!read || *read == row_read::end) {
            return read;
        }
        if (*read == row_read::problem) {
            problem_ = from_.problem();
            return row_read::problem;
        }
        auto& object = from_.object();
        for (std::size_t i = 0; i < beside_.size(); ++i) {
            if (auto const* const held = object.if_contains(form_->beside()[i])) {
                beside_[i] =
                    held->is_string() ? std::string{*detail::json_words(*held)} : json_text(*held);
                object.erase(form_->beside()[i]);
            }
        }
        for (auto const& column : form_->columns()) {
            auto const given = detail::is_constant(constants_, column.name);
            if (given && object.contains(column.name)) {
                return refuse({{}, '.' + std::string{column.name},
                    "expected no such member, as its value is given for all rows; remove it"});
            }
            if ((column.may_lack || given) && !object.contains(column.name)) {
                object[column.name] = to_json(*column.of, column.in(form_->declared()));
            }
        }
        boost::json::value tree(std::move(object));
        auto refused = detail::names_to_ids(form_->inner(), tree, *tags_);
        if (!refused) {
            refused =
                read_json(tree, form_->inner(), detail::at_offset(row, form_->inner_offset()));
        }
        if (refused) {
            return refuse(*refused);
        }
        KOC_TRY(detail::put_constants(*form_, constants_, row, *tags_));
        form_->set_owner(row);
        row_ = row;
        return row_read::row;
    }
    [[nodiscard]] row_note const& problem() const override {
        KOC_EXPECTS(problem_.has_value());
        return *problem_;
    }
    [[nodiscard]] row_place place(std::size_t) const override { return from_.place(); }
    [[nodiscard]] std::string text(std::size_t column) const override {
        auto const members = form_->columns().size();
        std::string text;
        if (column >= members) {
            text = beside_[column - members];
        } else if (row_ != nullptr) {
            auto const& it = form_->columns()[column];
            append_cell(text, *it.of, it.in(row_), *tags_);
        }
        return text;
    }
    [[nodiscard]] std::uint64_t bytes_read() const override { return from_.bytes_read(); }

private:
    /// The problem of a refusal whose subject is a path such as `.tags[1].weight`.
    row_read refuse(error const& why) {
        auto const path = why.subject.starts_with('.') ? why.subject.substr(1) : why.subject;
        auto column = path.substr(0, path.find_first_of(".["));
        auto words = path == column ? why.expected : path + ": " + why.expected;
        problem_ = row_note{from_.place(), std::move(column), std::move(words)};
        return row_read::problem;
    }

    json_line_reader from_;
    row_form const* form_;
    taxonomy const* tags_;
    std::vector<constant_cell> constants_;
    std::vector<std::string> beside_;
    void const* row_ = nullptr; ///< that was filled last
    std::optional<row_note> problem_;
};

} // namespace koc
