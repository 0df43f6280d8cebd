// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests of journals need: a log in memory that can be reached into, and a reader of
// canonical text that is as small as one can be.

#include <koc/core/civil.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/journal/coded_journal.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/refusals.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace journal_test {

/// Records in a vector, in the order in which they were appended, whatever became of them since.
struct vector_log {
    std::shared_ptr<std::vector<koc::log_record>> rows =
        std::make_shared<std::vector<koc::log_record>>();

    koc::result<koc::journal_head> head() const {
        return rows->empty() ? koc::journal_head{}
                             : koc::journal_head{rows->back().position + 1, rows->back().chain};
    }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::log_record const> records) {
        if (*head() != expected) {
            return koc::head_moved(expected, *head());
        }
        rows->insert(rows->end(), records.begin(), records.end());
        return head();
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<koc::log_record>& out) const {
        for (auto i = from; i < rows->size() && i - from < limit; ++i) {
            out.push_back((*rows)[i]);
        }
        return {};
    }
};
static_assert(koc::text_log<vector_log>);

/// Reads what `append_canonical` writes, and hardly anything else.
class tiny_decoder {
public:
    [[nodiscard]] koc::result<void> read(
        koc::shape const& form, std::string_view payload, void* value) const {
        reading r{payload};
        if (!r.read(form, value) || r.at != payload.size()) {
            return koc::error{koc::errc::invalid_argument, r.path, "expected the form of its type"};
        }
        return {};
    }

private:
    struct reading {
        std::string_view text;
        std::size_t at = 0;
        std::string path{};

        bool next(std::string_view wanted) {
            if (text.substr(at, wanted.size()) != wanted) {
                return false;
            }
            at += wanted.size();
            return true;
        }
        template <typename Number>
        bool number(Number& into) {
            auto const* const end = text.data() + text.size();
            auto const [stop, failed] = std::from_chars(text.data() + at, end, into);
            at = static_cast<std::size_t>(stop - text.data());
            return failed == std::errc{};
        }
        std::optional<std::string> string() {
            std::string made;
            if (!next("\"")) {
                return std::nullopt;
            }
            while (at < text.size() && text[at] != '"') {
                if (text[at] != '\\') {
                    made += text[at++];
                    continue;
                }
                auto const letter = text.substr(++at, 1);
                ++at;
                constexpr std::string_view letters = "\"\\bfnrt";
                constexpr std::string_view meant = "\"\\\b\f\n\r\t";
                if (letter == "u" && text.size() >= at + 4) {
                    unsigned code = 0;
                    std::from_chars(text.data() + at, text.data() + at + 4, code, 16);
                    made += static_cast<char>(code);
                    at += 4;
                } else if (letter.empty() || letters.find(letter) == std::string_view::npos) {
                    return std::nullopt;
                } else {
                    made += meant[letters.find(letter)];
                }
            }
            return next("\"") ? std::optional{std::move(made)} : std::nullopt;
        }
        bool read(koc::shape const& form, void* value) {
            using koc::shape_kind;
            switch (form.kind) {
            case shape_kind::boolean: {
                auto const yes = next("true");
                *static_cast<bool*>(value) = yes;
                return yes || next("false");
            }
            case shape_kind::natural: {
                std::uint64_t n = 0;
                return number(n) && (std::memcpy(value, &n, form.bytes), true);
            }
            case shape_kind::whole:
            case shape_kind::duration:
            case shape_kind::score: {
                std::int64_t n = 0;
                return number(n) && (std::memcpy(value, &n, form.bytes), true);
            }
            case shape_kind::enumeration: {
                auto const name = string();
                for (std::size_t i = 0; name && i < form.count; ++i) {
                    if (form.enumerators()[i].name == *name) {
                        std::memcpy(value, &form.enumerators()[i].value, form.bytes);
                        return true;
                    }
                }
                return false;
            }
            case shape_kind::text: {
                auto words = string();
                return words && (*static_cast<std::string*>(value) = *std::move(words), true);
            }
            case shape_kind::personal: {
                auto& of = *static_cast<koc::personal_text*>(value);
                if (!next("{\"owner\":") || !number(of.owner) || !next(",\"text\":")) {
                    return false;
                }
                auto words = string();
                return words && (of.text = *std::move(words), next("}"));
            }
            case shape_kind::instant: {
                auto const date = string();
                auto const read_date = koc::from_iso8601(date.value_or(""));
                return read_date && (*static_cast<koc::instant*>(value) = *read_date, true);
            }
            case shape_kind::digest: {
                auto const digits = string();
                auto const read_digits = digits ? koc::digest_from_hex(*digits) : std::nullopt;
                return read_digits && (*static_cast<koc::digest*>(value) = *read_digits, true);
            }
            case shape_kind::structure: {
                auto separator = "{";
                for (std::size_t i = 0; i < form.count; ++i) {
                    auto const& member = form.members()[i];
                    auto const before = at;
                    if (!next(separator) || !next("\"" + std::string{member.name} + "\":")) {
                        at = before;
                        if (member.of->kind == shape_kind::optional) {
                            continue;
                        }
                        path += '.' + std::string{member.name};
                        return false;
                    }
                    separator = ",";
                    if (!read(*member.of, koc::detail::at_offset(value, member.offset))) {
                        path.insert(0, '.' + std::string{member.name});
                        return false;
                    }
                }
                return next(*separator == '{' ? "{}" : "}");
            }
            case shape_kind::optional:
                return next("null") || read(*form.sequence().element, form.sequence().grow(value));
            case shape_kind::list: {
                form.sequence().clear(value);
                if (next("[]")) {
                    return true;
                }
                auto separator = "[";
                while (!next("]")) {
                    if (!next(separator) ||
                        !read(*form.sequence().element, form.sequence().grow(value))) {
                        return false;
                    }
                    separator = ",";
                }
                return true;
            }
            case shape_kind::pair: {
                auto const& both = form.both();
                return next("[") && read(*both.first, value) && next(",") &&
                    read(*both.second, koc::detail::at_offset(value, both.second_offset)) &&
                    next("]");
            }
            case shape_kind::custom:
                return false;
            }
            return false;
        }
    };
};
static_assert(koc::decoder<tiny_decoder>);

using coded = koc::coded_journal<vector_log, tiny_decoder>;
static_assert(koc::journal<coded>);

} // namespace journal_test
