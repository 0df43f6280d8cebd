// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reads comma-separated values (RFC 4180) row by row in bounded memory: quoted fields, doubled
// quotation marks, line breaks within fields, lines that end with CRLF, LF or CR. A row that is not
// well formed is reported with its line, field and character, is left out as a whole, and reading
// goes on, so that a quotation mark that was forgotten does not swallow the rest of the file.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/exchange/row_place.hpp>
#include <koc/exchange/text_source.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// What reading a row came to.
enum class row_read : std::uint8_t {
    row,     ///< there is one
    problem, ///< there is one that cannot be used
    end,     ///< of the file
};

/// How a file of comma-separated values is written.
struct csv_form {
    char delimiter = ',';              ///< or a semicolon or tab, as some programs write
    std::size_t row_max = 1024 * 1024; ///< bytes of a row in UTF-8; a longer one is a problem
};

/// A reader of rows. Lines without anything are left out.
class csv_reader {
public:
    explicit csv_reader(text_source from, csv_form form = {})
        : from_{std::move(from)}, form_{form} {}

    /// Reads the next row. After a problem reading goes on behind the row; where its quotation
    /// marks are not in order, nobody can say where it ends, and reading goes on behind its first
    /// line. Refused, once and for all, as the source. Amortised O(bytes).
    [[nodiscard]] result<row_read> next() {
        do {
            forget_row();
            if (!more()) {
                return failed_ ? result<row_read>{*failed_} : row_read::end;
            }
            read_row();
            if (failed_) {
                return *failed_;
            }
        } while (!problem_ && is_blank_line());
        if (!problem_ && odd_) {
            check_characters();
        }
        return problem_ ? row_read::problem : row_read::row;
    }

    // Of the row that was read last, until the next is read.

    /// The number of its fields.
    [[nodiscard]] std::size_t size() const { return fields_.size(); }
    /// A field, without quotation marks. Line breaks in it are as they stand in the file.
    [[nodiscard]] std::string_view operator[](std::size_t field) const {
        KOC_EXPECTS(field < fields_.size());
        auto const& it = fields_[field];
        return std::string_view{values_}.substr(it.value_from, it.value_size);
    }
    /// Where a field begins; where the row begins for a field that it does not have. O(row).
    [[nodiscard]] row_place place(std::size_t field) const {
        if (field >= fields_.size()) {
            auto at = place_at(begin_);
            at.character = 1;
            return at;
        }
        auto at = place_at(fields_[field].from);
        at.field = field + 1;
        return at;
    }
    /// What is wrong with it, where that is the answer.
    [[nodiscard]] row_note const& problem() const {
        KOC_EXPECTS(problem_.has_value());
        return *problem_;
    }

    /// How many bytes of the file were read so far.
    [[nodiscard]] std::uint64_t bytes_read() const { return from_.bytes_read(); }

private:
    struct field_entry {
        std::size_t from; ///< in the text
        std::size_t value_from;
        std::size_t value_size;
    };

    // The text from `begin_` on is that of the row that is read, `at_` is how far.

    /// Whether there is a character at `at_`.
    bool more() {
        if (at_ < text_.size()) {
            return true;
        }
        if (failed_ || ended_) {
            return false;
        }
        text_.erase(0, begin_);
        at_ -= begin_;
        for (auto& field : fields_) {
            field.from -= begin_;
        }
        begin_ = 0;
        auto const got = from_.more(text_);
        if (!got) {
            failed_ = got.error();
            return false;
        }
        ended_ = !*got;
        return *got;
    }
    [[nodiscard]] bool at(char c) { return more() && text_[at_] == c; }

    void forget_row() {
        begin_ = at_;
        line_ += lines_;
        lines_ = 0;
        values_.clear();
        fields_.clear();
        problem_.reset();
        odd_ = false;
    }

    void read_row() {
        do {
            auto const from = values_.size();
            fields_.push_back({at_, from, 0});
            auto const read = at('"') ? read_quoted() : read_plain();
            if (!read) {
                return skip_first_line();
            }
            fields_.back().value_size = values_.size() - from;
        } while (skip(form_.delimiter));
        skip_line_end();
    }
    /// Whether the field is well formed.
    bool read_plain() {
        while (more()) {
            auto const from = at_;
            while (at_ != text_.size() && is_plain(text_[at_])) {
                note_odd(text_[at_++]);
            }
            values_.append(text_, from, at_ - from);
            if (at_ - begin_ > form_.row_max) {
                return too_long();
            }
            if (at_ == text_.size()) {
                continue;
            }
            if (text_[at_] == '"') {
                return refuse(at_,
                    "expected a quotation mark only around a whole field; put the field in "
                    "quotation marks and double those within it");
            }
            return true;
        }
        return true;
    }
    bool read_quoted() {
        auto const opened = at_ - begin_;
        ++at_;
        while (more()) {
            auto const from = at_;
            while (at_ != text_.size() && text_[at_] != '"' && text_[at_] != '\n' &&
                text_[at_] != '\r') {
                note_odd(text_[at_++]);
            }
            values_.append(text_, from, at_ - from);
            if (at_ - begin_ > form_.row_max) {
                return too_long();
            }
            if (at_ == text_.size()) {
                continue;
            }
            if (text_[at_] == '"') {
                ++at_;
                if (!at('"')) {
                    return ends_well();
                }
                ++at_;
                values_ += '"';
            } else {
                auto const line_end = at_ - begin_;
                skip_line_end();
                values_.append(text_, begin_ + line_end, at_ - begin_ - line_end);
            }
        }
        return refuse(begin_ + opened, "expected a closing quotation mark; add it");
    }
    /// Whether a field ends behind its closing quotation mark.
    bool ends_well() {
        if (!more() || text_[at_] == form_.delimiter || text_[at_] == '\n' || text_[at_] == '\r') {
            return true;
        }
        return refuse(at_,
            "expected a delimiter or the end of the line after a closing quotation mark; double "
            "those within the field");
    }
    [[nodiscard]] bool is_plain(char c) const {
        return c != form_.delimiter && c != '"' && c != '\n' && c != '\r';
    }
    bool skip(char c) {
        bool const there = at(c);
        at_ += there ? 1 : 0;
        return there;
    }
    void skip_line_end() {
        bool const returned = skip('\r');
        bool const fed = skip('\n');
        lines_ += returned || fed ? 1 : 0;
    }
    void skip_first_line() {
        at_ = begin_;
        lines_ = 0;
        while (lines_ == 0 && more()) {
            if (text_[at_] == '\n' || text_[at_] == '\r') {
                skip_line_end();
                continue;
            }
            ++at_;
            if (at_ - begin_ > form_.row_max) { // nothing of it is needed any more
                begin_ = at_;
                fields_.clear();
            }
        }
    }

    [[nodiscard]] bool is_blank_line() const {
        return fields_.size() == 1 && fields_[0].value_size == 0 && text_[begin_] != '"';
    }
    void note_odd(char c) { odd_ = odd_ || c == '\0' || static_cast<unsigned char>(c) >= 0x80; }
    void check_characters() {
        auto where = begin_;
        detail::for_each_point(std::string_view{text_}.substr(begin_, at_ - begin_),
            [&](std::uint32_t point, std::string_view bytes) {
                if (point == 0) {
                    refuse(where, "expected text, not a NUL byte; remove it");
                } else if (point == boost::locale::utf::illegal) {
                    refuse(where,
                        "expected characters of the file's encoding; save the file again, or name "
                        "the encoding that it has");
                }
                where += bytes.size();
                return !problem_;
            });
    }

    // Problems; each answers false.

    bool refuse(std::size_t where, std::string words) {
        auto place = place_at(where);
        place.field = 1;
        for (std::size_t i = 1; i < fields_.size() && fields_[i].from <= where; ++i) {
            place.field = i + 1;
        }
        problem_ = row_note{place, {}, std::move(words)};
        return false;
    }
    bool too_long() {
        return refuse(begin_,
            "expected a row of at most " + std::to_string(form_.row_max) +
                " bytes; shorten it, or close a quotation mark that was left open");
    }
    /// The line and character of a place in the text of the row.
    [[nodiscard]] row_place place_at(std::size_t where) const {
        row_place found{line_, 0, 1};
        auto line_from = begin_;
        for (auto i = begin_; i < where; ++i) {
            if (text_[i] == '\n' || (text_[i] == '\r' && text_[i + 1] != '\n')) {
                ++found.line;
                line_from = i + 1;
            }
        }
        for (auto i = line_from; i < where; ++i) { // the bytes that begin a character
            found.character += (static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U ? 1 : 0;
        }
        return found;
    }

    text_source from_;
    csv_form form_;
    std::string text_;
    std::size_t begin_ = 0;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;  ///< of the row's beginning
    std::uint64_t lines_ = 0; ///< that end in it
    std::string values_;
    std::vector<field_entry> fields_;
    std::optional<row_note> problem_;
    std::optional<error> failed_;
    bool odd_ = false; ///< whether a byte is NUL or not ASCII
    bool ended_ = false;
};

} // namespace koc
