// SPDX-License-Identifier: BSL-1.0
#pragma once

// Writes values of a described struct as the rows that row_reader.hpp reads: CSV with a header, or
// JSON lines. Personal words leave the programme only where that is asked for by name.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/digest.hpp>
#include <koc/exchange/csv_writer.hpp>
#include <koc/exchange/detail/named_tree.hpp>
#include <koc/exchange/row_form.hpp>
#include <koc/exchange/text_sink.hpp>
#include <koc/json/text.hpp>
#include <koc/json/to_json.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Writes rows of one form.
class row_writer {
public:
    virtual ~row_writer() = default;

    /// Writes a value of the form's type. Refused: as the sink.
    [[nodiscard]] virtual result<void> write(void const* row) = 0;
    /// Writes what is still held; a table without rows has a header too. Refused: as the sink.
    [[nodiscard]] virtual result<void> finish() = 0;
    /// The columns.
    [[nodiscard]] virtual row_form const& form() const = 0;
};

/// Writes comma-separated values.
class csv_row_writer final : public row_writer {
public:
    /// `form` and `tags` live as long.
    csv_row_writer(csv_writer to, row_form const& form, taxonomy const& tags,
        personal texts = personal::left_out)
        : to_{std::move(to)}, form_{&form}, tags_{&tags} {
        for (auto const& column : form.columns()) {
            if (!column.personal || texts == personal::included) {
                columns_.push_back(&column);
            }
        }
    }

    [[nodiscard]] result<void> write(void const* row) override {
        KOC_TRY(write_header());
        fields_.clear();
        for (auto const* column : columns_) {
            auto& field = fields_.emplace_back();
            if (!column->may_lack || !form_->is_as_declared(*column, row)) {
                append_cell(field, *column->of, column->in(row), *tags_);
            }
        }
        return to_.write(fields_);
    }
    [[nodiscard]] result<void> finish() override {
        KOC_TRY(write_header());
        return to_.finish();
    }
    [[nodiscard]] row_form const& form() const override { return *form_; }

private:
    [[nodiscard]] result<void> write_header() {
        if (std::exchange(begun_, true)) {
            return {};
        }
        fields_.clear();
        for (auto const* column : columns_) {
            fields_.emplace_back(column->name);
        }
        return to_.write(fields_);
    }

    csv_writer to_;
    row_form const* form_;
    taxonomy const* tags_;
    std::vector<row_column const*> columns_;
    std::vector<std::string> fields_;
    bool begun_ = false;
};

/// Writes JSON lines.
class json_row_writer final : public row_writer {
public:
    /// `form` and `tags` live as long.
    json_row_writer(text_sink to, row_form const& form, taxonomy const& tags,
        personal texts = personal::left_out)
        : to_{std::move(to)}, form_{&form}, tags_{&tags}, texts_{texts} {}

    [[nodiscard]] result<void> write(void const* row) override {
        auto tree = to_json(form_->inner(), detail::at_offset(row, form_->inner_offset()));
        for (auto const& column : form_->columns()) {
            if ((column.personal && texts_ == personal::left_out) ||
                (column.may_lack && form_->is_as_declared(column, row))) {
                tree.get_object().erase(column.name);
            }
        }
        detail::ids_to_names(form_->inner(), tree, *tags_);
        return to_.write(json_text(tree) + '\n');
    }
    [[nodiscard]] result<void> finish() override { return to_.finish(); }
    [[nodiscard]] row_form const& form() const override { return *form_; }

private:
    text_sink to_;
    row_form const* form_;
    taxonomy const* tags_;
    personal texts_;
};

} // namespace koc
