// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reads and writes JSON lines: a JSON object on each line, in bounded memory. A line that is not
// well formed is reported with its line and character, is left out, and reading goes on.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/exchange/csv_reader.hpp>
#include <koc/exchange/row_place.hpp>
#include <koc/exchange/text_source.hpp>
#include <koc/json/text.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koc {

/// A reader of lines, each an object. Lines of blanks are left out.
class json_line_reader {
public:
    /// `line_max` are the bytes of a line in UTF-8; a longer one is a problem.
    explicit json_line_reader(text_source from, std::size_t line_max = 1024 * 1024)
        : from_{std::move(from)}, line_max_{line_max} {}

    /// Reads the next line. Refused, once and for all, as the source. Amortised O(bytes).
    [[nodiscard]] result<row_read> next() {
        problem_.reset();
        while (take_line()) {
            if (too_long_) {
                refuse(0,
                    "expected a line of at most " + std::to_string(line_max_) +
                        " bytes; write less on it");
                return row_read::problem;
            }
            auto const line = std::string_view{text_}.substr(begin_, end_ - begin_);
            if (line.find_first_not_of(" \t") != std::string_view::npos) {
                return parse(line) ? row_read::row : row_read::problem;
            }
        }
        return failed_ ? result<row_read>{*failed_} : row_read::end;
    }

    // Of the line that was read last, until the next is read.

    /// The object, which may be taken and changed.
    [[nodiscard]] boost::json::object& object() { return tree_.get_object(); }
    [[nodiscard]] row_place place() const { return {line_, 0, 1}; }
    [[nodiscard]] row_note const& problem() const {
        KOC_EXPECTS(problem_.has_value());
        return *problem_;
    }

    /// How many bytes of the file were read so far.
    [[nodiscard]] std::uint64_t bytes_read() const { return from_.bytes_read(); }

private:
    /// Finds the next line: from `begin_` to `end_`, without its end.
    bool take_line() {
        begin_ = next_;
        too_long_ = false;
        ++line_;
        for (auto at = begin_;;) {
            if (at == text_.size()) {
                text_.erase(0, begin_);
                at -= begin_;
                begin_ = 0;
                next_ = 0;
                auto const got = failed_ || ended_ ? result<bool>{false} : from_.more(text_);
                if (!got) {
                    failed_ = got.error();
                }
                ended_ = ended_ || !got || !*got;
                if (failed_ || (ended_ && at == 0 && !too_long_)) {
                    return false;
                }
            }
            at = (std::min)(text_.find('\n', at), text_.size());
            if (at - begin_ > line_max_) { // nothing of it is needed any more
                too_long_ = true;
                begin_ = at;
            }
            if (at != text_.size() || ended_) {
                end_ = at != begin_ && text_[at - 1] == '\r' ? at - 1 : at;
                next_ = (std::min)(at + 1, text_.size());
                return true;
            }
        }
    }
    bool parse(std::string_view line) {
        std::size_t where = 0;
        detail::for_each_point(line, [&](std::uint32_t point, std::string_view bytes) {
            if (point == boost::locale::utf::illegal) {
                refuse(where,
                    "expected characters of the file's encoding; save the file again, or "
                    "name the encoding that it has");
            }
            where += bytes.size();
            return !problem_;
        });
        if (problem_) {
            return false;
        }
        auto parsed = parse_json(line);
        if (!parsed) {
            auto const& subject = parsed.error().subject; // ends with the byte where it knows it
            auto const digits = subject.find_last_not_of("0123456789") + 1;
            std::size_t byte = 0;
            std::from_chars(subject.data() + digits, subject.data() + subject.size(), byte);
            refuse(byte, parsed.error().expected);
            return false;
        }
        if (!parsed->is_object()) {
            refuse(line.find_first_not_of(" \t"), "expected an object in braces on each line");
            return false;
        }
        tree_ = *std::move(parsed);
        return true;
    }
    void refuse(std::size_t byte, std::string words) {
        row_place at{line_, 0, 1};
        detail::for_each_point(std::string_view{text_}.substr(begin_, byte),
            [&](std::uint32_t, std::string_view) { return ++at.character, true; });
        problem_ = row_note{at, {}, std::move(words)};
    }

    text_source from_;
    std::size_t line_max_;
    std::string text_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t next_ = 0;
    std::uint64_t line_ = 0;
    boost::json::value tree_;
    std::optional<row_note> problem_;
    std::optional<error> failed_;
    bool too_long_ = false;
    bool ended_ = false;
};

} // namespace koc
