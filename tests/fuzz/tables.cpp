// SPDX-License-Identifier: BSL-1.0

// Tables from outside. What is read does not depend on how many bytes arrive at once; a row that
// cannot be read is named by its line and character; rows that were read and are written come back
// the same; and what a programme is given of them leaves nothing where it is refused.

#include <koc/exchange/csv_reader.hpp>
#include <koc/exchange/csv_writer.hpp>
#include <koc/exchange/import.hpp>
#include <koc/exchange/json_lines.hpp>
#include <koc/exchange/row_reader.hpp>
#include <koc/exchange/row_writer.hpp>
#include <koc/journal/memory_journal.hpp>

#include "fuzz/lending.hpp"
#include "fuzz/targets.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc_fuzz::promise;
using koc_fuzz::promise_told;

/// How an input is read, from its first two bytes.
struct table_form {
    bool json;
    koc::text_encoding encoding;
    char delimiter;
    std::size_t longest; ///< row, in bytes
    std::size_t piece;   ///< so many bytes arrive at once
};
table_form form_of(std::string_view bytes) {
    auto const at = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    static constexpr koc::text_encoding encodings[] = {koc::text_encoding::utf8,
        koc::text_encoding::utf8, koc::text_encoding::gb18030, koc::text_encoding::utf16};
    return {(at(0) & 1U) != 0, encodings[at(0) >> 1U & 3U], ",;\t,"[at(0) >> 3U & 3U],
        (at(0) & 32U) != 0 ? 60U : 1024U * 1024U, 1 + at(1) % 16U};
}

koc::text_source source_of(std::string_view text, koc::text_encoding encoding, std::size_t piece) {
    return koc::text_source{
        [text, piece](std::span<char> room) mutable -> koc::result<std::size_t> {
            auto const taken = text.copy(room.data(), (std::min)(piece, room.size()));
            text.remove_prefix(taken);
            return taken;
        },
        encoding};
}

koc::taxonomy const no_tags;
koc::exchange_table const& books() {
    static koc::exchange_table const made{
        koc::row_form{koc::message_type_of<lending::shelve>, {"rare", "printed"}, {"shelf"}},
        {"book"}, {"title"}};
    return made;
}
koc::exchange_table const& readers() {
    static koc::exchange_table const made{
        koc::row_form{koc::message_type_of<lending::join>, {"wishes"}}, {"reader"}, {"name"}};
    return made;
}

std::unique_ptr<koc::row_reader> reader_of(koc::text_source from, koc::row_form const& rows,
    bool json, char delimiter, std::size_t longest) {
    if (json) {
        return std::make_unique<koc::json_rows>(
            koc::json_line_reader{std::move(from), longest}, rows, no_tags);
    }
    return std::make_unique<koc::csv_rows>(
        koc::csv_reader{std::move(from), {delimiter, longest}}, rows, no_tags);
}

/// What reading came to, row by row.
struct rows_read {
    std::vector<koc::message> rows;
    std::vector<std::string> told; ///< canonical text, or what is wrong and where
};
rows_read read_all(koc::row_reader& from, koc::row_form const& form, std::uint64_t lines) {
    rows_read all;
    std::uint64_t line = 0;
    while (true) {
        koc::message row{form.type()};
        auto const read = from.next(row.raw());
        if (!read) {
            promise_told(read.error());
            all.told.push_back(read.error().subject + ": " + read.error().expected);
            return all;
        }
        if (*read == koc::row_read::end) {
            return all;
        }
        auto const bad = *read == koc::row_read::problem;
        auto const at = bad ? from.problem().at : from.place(0);
        promise(at.line >= 1 && at.line <= lines && at.character >= 1, "a row is in its file");
        if (bad) {
            promise(!from.problem().words.empty(), "a problem is told");
            all.told.push_back(to_string("table", from.problem()));
            continue;
        }
        promise(at.line > line, "a row is behind the one before");
        line = at.line;
        all.told.emplace_back();
        koc::append_canonical(all.told.back(), *form.type().form, row.raw());
        all.rows.push_back(std::move(row));
    }
}

/// Canonical text with LF for each CR and CR LF in its texts.
std::string with_line_feeds(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            made += text[at];
        } else if (text.substr(at, 4) == "\\r\\n") {
            made += "\\n";
            at += 3;
        } else {
            made += '\\';
            ++at;
            made += text[at] == 'r' ? 'n' : text[at];
        }
    }
    return made;
}

/// Writes rows and reads them again.
void promise_return(rows_read const& all, koc::row_form const& form, bool json, char delimiter) {
    std::ostringstream out;
    auto into = koc::text_sink::make(out);
    promise(into.has_value(), "a table can be written");
    std::unique_ptr<koc::row_writer> to;
    if (json) {
        to = std::make_unique<koc::json_row_writer>(
            *std::move(into), form, no_tags, koc::personal::included);
    } else {
        to = std::make_unique<koc::csv_row_writer>(
            koc::csv_writer{*std::move(into), delimiter}, form, no_tags, koc::personal::included);
    }
    std::vector<std::string> told;
    for (auto const& row : all.rows) {
        promise(to->write(row.raw()).has_value(), "a row is written");
        told.emplace_back();
        koc::append_canonical(told.back(), *form.type().form, row.raw());
    }
    promise(to->finish().has_value(), "a table is written");
    auto const file = out.str();
    auto const again = reader_of(
        koc::text_source{std::string_view{file}}, form, json, delimiter, std::size_t{1} << 26U);
    auto const read = read_all(*again, form, ~std::uint64_t{0});
    if (!json && file.find('\0') != std::string::npos) { // which no reading of CSV takes for text
        promise(std::any_of(read.told.begin(), read.told.end(),
                    [](auto const& row) { return row.find("NUL byte") != std::string::npos; }),
            "a row with a NUL byte is refused by name: ", file);
        return;
    }
    if (!json) { // where a line break in a cell becomes LF
        std::transform(told.begin(), told.end(), told.begin(), with_line_feeds);
    }
    promise(read.told == told, "rows that are written are read: ", file);
}

/// Gives the table to a programme.
void import_it(koc::exchange_table const& table, table_form const& form, std::string_view text) {
    auto engine = lending::engine_over(koc::memory_journal{});
    auto const from = reader_of(
        source_of(text, form.encoding, 4096), table.form, form.json, form.delimiter, form.longest);
    koc::import_options how;
    how.with = {koc::instant{1'700'000'000'000}, {koc::actor_kind::employee, 3}, {}};
    how.group_max = 4;
    auto const report = koc::import_rows(engine, *from, table, how);
    promise(report.taken + report.repeated + report.known + report.refused == report.rows,
        "each row counts once: ", to_string(report));
    for (auto const* notes : {&report.problems, &report.duplicates, &report.suspicions}) {
        for (auto const& note : *notes) {
            promise(note.at.line >= 1 && note.at.character >= 1 && !note.words.empty(),
                "a note says where and what: ", to_string("table", note));
        }
    }
    auto replayed = engine.read(0, ~std::size_t{0});
    promise(replayed.has_value() && (report.taken == 0) == replayed->empty(),
        "what is taken is recorded");
}

} // namespace

void koc_fuzz::csv(std::string_view bytes) {
    auto const form = form_of(bytes);
    auto const text = bytes.substr((std::min)(bytes.size(), std::size_t{2}));
    auto const& table = !bytes.empty() && (bytes[0] & 64) != 0 ? readers() : books();
    auto const lines = text.size() + 2; // no file has more
    auto const whole = reader_of(
        koc::text_source{text, form.encoding}, table.form, form.json, form.delimiter, form.longest);
    auto const in_pieces = reader_of(source_of(text, form.encoding, form.piece), table.form,
        form.json, form.delimiter, form.longest);
    auto const all = read_all(*whole, table.form, lines);
    promise(read_all(*in_pieces, table.form, lines).told == all.told,
        "a file is read the same in pieces");
    if (!all.rows.empty()) {
        if (!form.json || &table == &books()) { // no row says whose words they are
            promise_return(all, table.form, form.json, form.delimiter);
            promise_return(all, table.form, !form.json, form.delimiter);
        }
        import_it(table, form, text);
    }
}
