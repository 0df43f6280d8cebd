// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reads the canonical text of values (canonical.hpp) back into them, without a tree: members in
// their order, no blanks. Of some values it takes a second spelling too, such as an instant in
// another zone. Text from people and other programs is read by koc/json/.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/detail/escape.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/describe/validate.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace koc {

/// Reads values from a text, one behind the other. The subject of a refusal is the path from the
/// value to the part, such as `.tags[3].name`; what was being read is then filled in part, and
/// nothing more is to be read.
class canonical_reader {
public:
    /// How deep structs and lists may nest.
    static constexpr int depth_max = 256;

    /// What is taken as a value: all that `append_canonical` writes, or only what the JSON reader
    /// takes too: named enumerators, instants of the calendar, UTF-8, `nesting_max` levels.
    enum class values : std::uint8_t { written, checked };

    explicit canonical_reader(std::string_view text, values take = values::written)
        : text_{text}, checked_{take == values::checked} {}

    [[nodiscard]] bool ended() const { return at_ == text_.size(); }
    /// The next character, or 0 at the end.
    [[nodiscard]] char next() const { return ended() ? '\0' : text_[at_]; }

    /// Takes these characters if they are next.
    bool skip(std::string_view token) {
        auto const found = token.size() <= text_.size() - at_ &&
            std::memcmp(text_.data() + at_, token.data(), token.size()) == 0;
        at_ += found ? token.size() : 0;
        return found;
    }
    bool skip(char token) {
        auto const found = !ended() && text_[at_] == token;
        at_ += found ? 1 : 0;
        return found;
    }
    /// Takes these characters; refused where others are next.
    [[nodiscard]] result<void> take(std::string_view token) {
        if (!expect(token)) {
            return std::move(why_);
        }
        return {};
    }

    /// Fills a value of this shape that was made from nothing. O(size).
    [[nodiscard]] result<void> read(shape const& of, void* to) {
        if (!fill(of, to, 0)) {
            return std::move(why_);
        }
        return {};
    }
    template <typename T>
    [[nodiscard]] result<void> read(T& to) {
        return read(shape_of<T>, &to);
    }
    /// Reads a list: `element()` reads one element and returns result<void>.
    template <typename Element>
    [[nodiscard]] result<void> read_list(Element&& element) {
        if (!expect('[')) {
            return std::move(why_);
        }
        for (std::size_t index = 0; !skip(']'); ++index) {
            if (index != 0 && !expect(',')) {
                return std::move(why_);
            }
            if (result<void> read = element(); !read) {
                auto why = std::move(read).error();
                why.subject.insert(0, step(index));
                return why;
            }
        }
        return {};
    }

    /// The refusal of what is next: `expected` is a noun, such as "a new id".
    [[nodiscard]] error refusal(std::string_view expected) const {
        return {errc::invalid_argument, {},
            "expected " + std::string{expected} + " at byte " + std::to_string(at_) +
                "; take the text as it was written"};
    }

private:
    /// What a custom form reads from.
    struct source : form_source {
        canonical_reader* of;
        std::size_t from;
        int depth;
        static std::optional<error> read_here(
            form_source const& here, shape const& as, void* value) {
            auto const& self = static_cast<source const&>(here);
            self.of->at_ = self.from; // a form may try several types
            if (self.of->fill(as, value, self.depth)) {
                return std::nullopt;
            }
            return std::move(self.of->why_);
        }
    };

    // Below, false means that `why_` says why not.

    bool refuse(std::string_view expected) {
        why_ = refusal(expected);
        return false;
    }
    bool below(std::string const& name) {
        why_.subject.insert(0, name);
        return false;
    }
    static std::string step(std::size_t index) { return '[' + std::to_string(index) + ']'; }
    bool expect(std::string_view token) {
        return skip(token) || refuse('\'' + std::string{token} + '\'');
    }
    bool expect(char token) { return skip(token) || expect(std::string_view{&token, 1}); }

    template <typename Integer>
    bool number(Integer& to, Integer min, Integer max) {
        auto const* const from = text_.data() + at_;
        Integer value{};
        auto const [end, trouble] = std::from_chars(from, text_.data() + text_.size(), value);
        auto const* const digits = from + (from != end && *from == '-' ? 1 : 0);
        if (trouble != std::errc{} || value < min || value > max ||
            (*digits == '0' && end - from > 1)) {
            return refuse("a whole number between " + std::to_string(min) + " and " +
                std::to_string(max) + " without leading zeros");
        }
        at_ += static_cast<std::size_t>(end - from);
        to = value;
        return true;
    }
    template <typename Integer>
    bool stored(void* to, std::size_t bytes, Integer min, Integer max) {
        Integer value{};
        if (!number(value, min, max)) {
            return false;
        }
        detail::store_number(to, static_cast<std::uint64_t>(value), bytes);
        return true;
    }
    bool natural(void* to, std::size_t bytes) {
        auto const max = (std::numeric_limits<std::uint64_t>::max)() >> (64 - 8 * bytes);
        return stored(to, bytes, std::uint64_t{0}, max);
    }
    bool whole(void* to, std::size_t bytes) {
        auto const max = (std::numeric_limits<std::int64_t>::max)() >> (64 - 8 * bytes);
        return stored(to, bytes, -max - 1, max);
    }

    bool text(std::string& to) {
        if (!expect('"')) {
            return false;
        }
        to.clear();
        unsigned char bits = 0;
        for (;;) {
            auto const from = at_;
            auto at = from;
            for (; at < text_.size(); ++at) {
                auto const c = static_cast<unsigned char>(text_[at]);
                if (c == '"' || c == '\\' || c < 0x20) {
                    break;
                }
                bits |= c;
            }
            at_ = at;
            to.append(text_.data() + from, at - from);
            if (skip('"')) {
                return !checked_ || bits < 0x80 || is_utf8(to) || refuse("UTF-8 before");
            }
            if (!skip('\\')) {
                return refuse("the end of a text in quotation marks");
            }
            auto const [meant, length] = detail::escape_at(text_.substr(at_));
            if (length == 0) {
                return refuse("an escape as this library writes it");
            }
            to += meant;
            at_ += length;
        }
    }
    /// A text without escapes, as names and numbers have it.
    std::optional<std::string_view> word() {
        auto const end = next() == '"' ? text_.find('"', at_ + 1) : std::string_view::npos;
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        auto const found = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return found;
    }

    bool enumerator(shape const& of, void* to) {
        if (next() != '"' && !checked_) { // a value without a name
            return natural(to, of.bytes);
        }
        auto const from = at_;
        auto const name = word();
        for (std::size_t i = 0; name && i < of.count; ++i) {
            auto const& row = of.enumerators()[i];
            if (*name == row.name) {
                detail::store_number(to, static_cast<std::uint64_t>(row.value), of.bytes);
                return true;
            }
        }
        at_ = from;
        return refuse("one of: " + detail::enumerator_names(of));
    }
    bool moment(instant& to) {
        if (next() != '"' && !checked_) { // outside of the calendar
            return whole(&to.ms, 8);
        }
        auto const from = at_;
        auto const words = word();
        if (words && detail::read_iso8601(*words, to)) {
            return true;
        }
        auto const read = from_iso8601(words.value_or(""));
        if (!read) {
            at_ = from;
            return refuse("a date and time such as \"2026-01-31T08:30:00Z\"");
        }
        return to = *read, true;
    }
    bool hexadecimal(digest& to) {
        auto const from = at_;
        auto const read = digest_from_hex(word().value_or(""));
        if (!read) {
            at_ = from;
            return refuse("a text of 32 lower-case hexadecimal digits");
        }
        return to = *read, true;
    }

    /// Takes `,"name":` if it is next.
    bool skip_name(char separator, member_shape const& member) {
        auto const size = member.name_size;
        auto const* const from = text_.data() + at_;
        if (text_.size() - at_ < size + 4 || from[0] != separator || from[1] != '"' ||
            std::memcmp(from + 2, member.name, size) != 0 || from[size + 2] != '"' ||
            from[size + 3] != ':') {
            return false;
        }
        at_ += size + 4;
        return true;
    }
    bool structure(shape const& of, void* to, int depth) {
        auto separator = '{';
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            auto* const part = detail::at_offset(to, member.offset);
            if (skip_name(separator, member)) {
                separator = ',';
                if (!fill(*member.of, part, depth + 1)) {
                    return below('.' + std::string{member.name});
                }
            } else if (member.of->kind == shape_kind::optional) {
                member.of->sequence().clear(part);
            } else {
                return refuse(std::string{"the member "} + member.name);
            }
        }
        return (separator == ',' || expect('{')) && expect('}');
    }
    bool elements(sequence_shape const& list, void* to, int depth) {
        if (!expect('[')) {
            return false;
        }
        list.clear(to);
        for (std::size_t index = 0; !skip(']'); ++index) {
            if (index != 0 && !expect(',')) {
                return false;
            }
            auto* const place = list.grow(to);
            if (place == nullptr) {
                return refuse("a list that can grow (make its member a std::vector)");
            }
            if (!fill(*list.element, place, depth + 1)) {
                return below(step(index));
            }
        }
        return true;
    }
    bool custom(custom_form const& form, void* to, int depth) {
        if (form.read == nullptr) {
            return refuse(
                "a form that can be read (give " + std::string{form.name} + " a read function)");
        }
        if (auto why = form.read(source{{&source::read_here}, this, at_, depth}, to)) {
            why_ = *std::move(why);
            return false;
        }
        return true;
    }

    bool fill(shape const& of, void* to, int depth) {
        if (depth > (checked_ && !of.plain ? nesting_max : depth_max)) {
            return refuse(
                "at most " + std::to_string(checked_ ? nesting_max : depth_max) + " levels");
        }
        switch (of.kind) {
        case shape_kind::boolean: {
            auto const yes = skip("true");
            if (!yes && !skip("false")) {
                return refuse("true or false");
            }
            *static_cast<bool*>(to) = yes;
            return true;
        }
        case shape_kind::natural:
            return natural(to, of.bytes);
        case shape_kind::whole:
            return whole(to, of.bytes);
        case shape_kind::enumeration:
            return enumerator(of, to);
        case shape_kind::text:
            return text(*static_cast<std::string*>(to));
        case shape_kind::personal: {
            auto& words = *static_cast<personal_text*>(to);
            return expect("{\"owner\":") && natural(&words.owner, sizeof words.owner) &&
                expect(",\"text\":") && text(words.text) && expect('}');
        }
        case shape_kind::instant:
            return moment(*static_cast<instant*>(to));
        case shape_kind::duration:
            return whole(&static_cast<duration*>(to)->ms, 8);
        case shape_kind::score:
            return whole(&static_cast<score*>(to)->raw, 8);
        case shape_kind::digest:
            return hexadecimal(*static_cast<digest*>(to));
        case shape_kind::structure:
            return structure(of, to, depth);
        case shape_kind::optional: {
            auto const& maybe = of.sequence();
            if (skip("null")) {
                maybe.clear(to);
                return true;
            }
            return fill(*maybe.element, maybe.grow(to), depth);
        }
        case shape_kind::list:
            return elements(of.sequence(), to, depth);
        case shape_kind::pair: {
            auto const& both = of.both();
            return expect('[') && (fill(*both.first, to, depth + 1) || below("[0]")) &&
                expect(',') &&
                (fill(*both.second, detail::at_offset(to, both.second_offset), depth + 1) ||
                    below("[1]")) &&
                expect(']');
        }
        case shape_kind::custom:
            return custom(of.form(), to, depth);
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool checked_;
    error why_;
};

/// Reads what `canonical_text` wrote, all of it.
template <typename T>
[[nodiscard]] result<T> from_canonical(std::string_view text) {
    canonical_reader in{text};
    T value{};
    if (auto read = in.read(value); !read) {
        return std::move(read).error();
    }
    if (!in.ended()) {
        return in.refusal("the end of the text");
    }
    return value;
}

} // namespace koc
