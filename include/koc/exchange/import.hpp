// SPDX-License-Identifier: BSL-1.0
#pragma once

// Brings a table into a programme: each row becomes a command, in groups of bounded size, and a
// report says what became of it. A row that cannot be read or is refused leaves nothing, and the
// others go on. Importing the same file again changes nothing, so an import that was interrupted is
// simply repeated.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/message.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/message.hpp>
#include <koc/exchange/exchange_table.hpp>
#include <koc/exchange/import_report.hpp>
#include <koc/exchange/row_place.hpp>
#include <koc/exchange/row_reader.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

/// What is recorded.
enum class import_mode : std::uint8_t {
    each_row,       ///< every row that is accepted
    all_or_nothing, ///< nothing unless every row is accepted; all of it is held in memory
    preview,        ///< nothing; all of it is held in memory
};

/// How far an import is.
struct import_progress {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0; ///< of the file that were read
};

struct import_options {
    asked with = {}; ///< when, and who asks; its request id is not used
    import_mode mode = {};
    bool hold_suspects = false;   ///< refuse rows that are suspected to be about somebody known
    std::size_t group_max = 4096; ///< rows in one durable append, and between calls of `progress`
    std::size_t notes_max = 1000; ///< notes of each kind in the report; counts are of all
    std::function<void(import_progress const&)> progress = {};
};

namespace detail {

/// An import that runs.
class importer {
public:
    importer(
        engine& into, row_reader& from, exchange_table const& table, import_options const& options)
        : engine_{&into}, from_{&from}, table_{&table}, options_{&options} {}

    import_report run() {
        if (auto refused = begin()) {
            report_.stopped = std::move(refused);
            return std::move(report_);
        }
        while (!report_.stopped) {
            message row{form().type()};
            auto const read = from_->next(row.raw());
            if (!read) {
                report_.stopped = read.error();
            } else if (*read == row_read::end) {
                break;
            } else {
                ++report_.rows;
                *read == row_read::row ? consider(row) : refuse(from_->problem());
                if (report_.rows % options_->group_max == 0) {
                    tell_progress();
                }
            }
        }
        end();
        tell_progress();
        for (auto* notes : {&report_.problems, &report_.duplicates, &report_.suspicions}) {
            std::sort(notes->begin(), notes->end(), [](row_note const& a, row_note const& b) {
                return std::pair{a.at.line, a.at.character} < std::pair{b.at.line, b.at.character};
            });
        }
        return std::move(report_);
    }

private:
    /// A row that was sent, until its answer is final.
    struct sent_row {
        row_note at; ///< without words
        result<receipt> given;
    };
    struct seen_row {
        std::uint64_t line;
        digest content;
    };

    struct alike_thing {
        std::uint64_t id;
        std::uint64_t line; ///< 0 for what the programme knew
    };
    struct hash_of_digest {
        using is_avalanching = void;
        std::size_t operator()(digest const& of) const { return static_cast<std::size_t>(of.low); }
    };

    [[nodiscard]] row_form const& form() const { return table_->form; }

    std::optional<error> begin() {
        if (options_->group_max == 0) {
            return error{errc::invalid_argument, "import_options.group_max",
                "expected at least 1 row in an append; choose a number"};
        }
        auto const types = engine_->command_types();
        auto const accepted = std::any_of(types.begin(), types.end(),
            [&](message_type const* type) { return type->of == form().type().of; });
        if (!accepted) {
            return error{errc::unknown_id, std::string{form().type().name},
                "expected a command that this programme accepts; take the table of another"};
        }
        if (auto read = engine_->catch_up(); !read) {
            return std::move(read).error();
        }
        if (auto refused = check_form(options_->with.now)) {
            refused->subject = "now";
            return refused;
        }
        if (table_->known_alike) {
            table_->known_alike(
                *engine_, [&](std::vector<std::string> const& texts, std::uint64_t id) {
                    if (auto const key = alike_key(texts)) {
                        alike_.try_emplace(*key, alike_thing{id, 0});
                    }
                });
        }
        return std::nullopt;
    }

    void consider(message const& row) {
        auto const* const value = row.raw();
        if (auto refused = check_form(*form().type().form, value)) {
            return refuse(place_of(*refused, refused->subject.substr(1)));
        }
        auto const content = hasher{}.add(*form().type().form, value).finish();
        auto const key = key_of_row(value);
        if (auto const at = seen_.find(key); at != seen_.end()) {
            return repeat(at->second, content);
        }
        if (suspect(value)) {
            return;
        }
        auto with = options_->with;
        with.request = table_->requests ? request_of(value) : std::string{};
        if (!group_) {
            group_.emplace(*engine_);
        }
        auto given = group_->handle(row, with);
        if (!given && stops(given.error().code)) {
            report_.stopped = std::move(given).error();
            return;
        }
        if (given) {
            seen_.try_emplace(key, seen_row{from_->place(no_column).line, content});
        }
        sent_.push_back({given ? row_note{from_->place(no_column), {}, {}}
                               : place_of(given.error(), given.error().subject),
            std::move(given)});
        if (options_->mode == import_mode::each_row && sent_.size() >= options_->group_max) {
            commit();
        }
    }
    void end() {
        auto const whole = options_->mode == import_mode::each_row ||
            (options_->mode == import_mode::all_or_nothing && !report_.stopped &&
                report_.refused == 0 &&
                std::all_of(sent_.begin(), sent_.end(),
                    [](sent_row const& row) { return row.given.has_value(); }));
        if (whole) {
            commit();
        } else {
            group_.reset();
            settle(nullptr);
        }
    }
    void commit() {
        if (!group_) {
            return;
        }
        auto done = group_->commit();
        group_.reset();
        if (!done) { // the rows since the last append count as read, and as nothing else
            report_.stopped = std::move(done).error();
            sent_.clear();
            return;
        }
        settle(done->answers.size() == sent_.size() ? &done->answers : nullptr);
        report_.kept = report_.taken != 0;
    }
    /// Counts the rows that were sent, by their final answers where there are others.
    void settle(std::vector<result<receipt>> const* answers) {
        for (std::size_t i = 0; i < sent_.size(); ++i) {
            auto& row = sent_[i];
            auto const& given = answers == nullptr ? row.given : (*answers)[i];
            if (given) {
                (given->repeated || given->count == 0 ? report_.repeated : report_.taken) += 1;
                continue;
            }
            row.at.words = given.error().subject + ": " + given.error().expected;
            if (given.error().code == errc::already_exists) {
                ++report_.known;
                note(report_.duplicates, std::move(row.at));
            } else {
                refuse(std::move(row.at));
            }
        }
        sent_.clear();
    }

    // Duplicates

    [[nodiscard]] digest key_of_row(void const* row) const {
        hasher into;
        if (table_->key.empty()) {
            return into.add(*form().type().form, row).finish();
        }
        for (auto const& name : table_->key) {
            auto const& column = form().columns()[*form().find(name)];
            into.add(*column.of, column.in(row));
        }
        return into.finish();
    }
    void repeat(seen_row const& first, digest const& content) {
        row_note again{from_->place(no_column), {}, {}};
        auto const line = std::to_string(first.line);
        if (first.content == content) {
            ++report_.repeated;
            again.words = "expected each row once, but line " + line + " is the same; remove one";
            return note(report_.duplicates, std::move(again));
        }
        again.at = from_->place(*form().find(table_->key.front()));
        again.column = table_->key.front();
        again.words = "expected one row about each, but line " + line +
            " is about the same and says something else; keep one";
        refuse(std::move(again));
    }
    /// Whether the row is suspected and held.
    bool suspect(void const* row) {
        std::vector<std::string> texts;
        for (auto const& name : table_->alike) {
            texts.push_back(from_->text(*form().find(name)));
        }
        auto const key = alike_key(texts);
        if (!key) {
            return false;
        }
        row_note found{
            from_->place(*form().find(table_->alike.front())), table_->alike.front(), {}};
        auto const id = form().first_id(row);
        auto const [at, is_new] = alike_.try_emplace(*key, alike_thing{id, found.at.line});
        auto const& other = at->second;
        if (is_new || other.id == id) {
            return false;
        }
        ++report_.suspected;
        found.words = "expected somebody new, but " + table_->key.front() + ' ' +
            std::to_string(other.id) +
            (other.line == 0 ? "" : " on line " + std::to_string(other.line)) + " has the same " +
            alike_names() + "; look whether they are one";
        if (options_->hold_suspects) {
            refuse(found);
        }
        note(report_.suspicions, std::move(found));
        return options_->hold_suspects;
    }
    [[nodiscard]] std::string alike_names() const {
        std::string names;
        for (auto const& name : table_->alike) {
            names.append(names.empty() ? "" : " and ").append(name);
        }
        return names;
    }
    /// The digest of texts without capital letters and blanks; nothing where one says nothing.
    static std::optional<digest> alike_key(std::vector<std::string> const& texts) {
        hasher into;
        for (auto const& text : texts) {
            std::string plain;
            for_each_point(text, [&](std::uint32_t point, std::string_view bytes) {
                if (point >= 'A' && point <= 'Z') {
                    plain += static_cast<char>(point - 'A' + 'a');
                } else if (!is_blank(point)) {
                    plain += bytes;
                }
                return true;
            });
            if (plain.empty()) {
                return std::nullopt;
            }
            into.add(plain);
        }
        return texts.empty() ? std::nullopt : std::optional{into.finish()};
    }
    // Words

    /// The same for the same command, without personal words.
    [[nodiscard]] std::string request_of(void const* row) const {
        auto const& type = form().type();
        return "import " + std::string{type.name} + ' ' +
            to_hex(hasher{personal::left_out}.add(*type.form, row).finish());
    }
    /// The refusals that are about the journal and not about the row.
    static bool stops(errc code) {
        return code == errc::unavailable || code == errc::corrupt || code == errc::conflict ||
            code == errc::schema_changed || code == errc::outcome_unknown;
    }
    /// Where a refusal belongs: at the column that its subject names first, as in `name of member
    /// 7`, or at the row.
    [[nodiscard]] row_note place_of(error const& why, std::string_view subject) const {
        row_note found{from_->place(no_column), {}, why.subject + ": " + why.expected};
        auto best = subject.size();
        for (std::size_t i = 0; i < form().columns().size(); ++i) {
            auto const name = form().columns()[i].name;
            auto const at = word_at(subject, name);
            if (at < best) {
                best = at;
                found.at = from_->place(i);
                found.column = name;
            }
        }
        return found;
    }
    static std::size_t word_at(std::string_view text, std::string_view word) {
        auto const ends = [&](std::size_t i) {
            return i >= text.size() || text[i] == ' ' || text[i] == '.' || text[i] == '[';
        };
        for (auto at = text.find(word); at != std::string_view::npos;
             at = text.find(word, at + 1)) {
            if ((at == 0 || ends(at - 1)) && ends(at + word.size())) {
                return at;
            }
        }
        return text.size();
    }

    void refuse(row_note why) {
        ++report_.refused;
        note(report_.problems, std::move(why));
    }
    void note(std::vector<row_note>& notes, row_note one) const {
        if (notes.size() < options_->notes_max) {
            notes.push_back(std::move(one));
        }
    }
    void tell_progress() const {
        if (options_->progress) {
            options_->progress({report_.rows, from_->bytes_read()});
        }
    }

    static constexpr std::size_t no_column = ~std::size_t{0};

    engine* engine_;
    row_reader* from_;
    exchange_table const* table_;
    import_options const* options_;
    import_report report_;
    std::optional<engine::group> group_;
    std::vector<sent_row> sent_;
    boost::unordered_flat_map<digest, seen_row, hash_of_digest> seen_;
    boost::unordered_flat_map<digest, alike_thing, hash_of_digest> alike_;
};

} // namespace detail

/// Brings the rows of a file in. What the engine knows is read on from its journal first; where the
/// journal fails, or the file cannot be read or has the wrong columns, the report says why the
/// import stopped, and what was recorded before stays.
///
/// With other writers on the journal, rows are decided again where one was first, and
/// `all_or_nothing` then records those that are still accepted. O(rows), and for each row that is
/// taken 60 bytes of memory while it runs.
inline import_report import_rows(
    engine& into, row_reader& from, exchange_table const& table, import_options const& options) {
    return detail::importer{into, from, table, options}.run();
}

} // namespace koc
