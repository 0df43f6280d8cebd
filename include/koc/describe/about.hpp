// SPDX-License-Identifier: BSL-1.0
#pragma once

// The part of a described value that is about one person, as canonical text: for giving people what
// is held about them, and nothing of others. Found by the description of the value, so that a new
// record needs nothing of its own.

#include <koc/core/personal_text.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/detail/raw_value.hpp>
#include <koc/describe/mention.hpp>
#include <koc/describe/personal_walk.hpp>
#include <koc/describe/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace koc {

/// A person, by the type of their kind of ids and the number of theirs.
struct person_ref {
    type_key kind;
    std::uint64_t id = 0;
};

/// Whether a value names a person, or has words of theirs. O(size).
[[nodiscard]] inline bool is_about(shape const& of, void const* value, person_ref const& who) {
    return find_mention(of, value, who.kind, [&](std::uint64_t id) { return id == who.id; }) ||
        has_text_of(of, value, who.id);
}

namespace detail {

class about_writer {
public:
    about_writer(std::string& out, person_ref const& who) : out_{out}, who_{who} {}

    void write(shape const& of, void const* value) {
        switch (of.kind) {
        case shape_kind::natural: {
            auto const number = read_natural(value, of.bytes);
            append_number(out_, of.id_type() == who_.kind && number != who_.id ? 0U : number);
            return;
        }
        case shape_kind::personal: {
            auto const& words = *static_cast<personal_text const*>(value);
            auto const shown = words.owner == who_.id ? words : personal_text{};
            append_canonical(out_, of, &shown);
            return;
        }
        case shape_kind::structure:
            structure(of, value);
            return;
        case shape_kind::optional:
            if (of.sequence().size(value) == 0) {
                out_ += "null";
            }
            each_element(of.sequence(), value, [&](void const* held) {
                write(*of.sequence().element, held);
                return true;
            });
            return;
        case shape_kind::list:
            list(of.sequence(), value);
            return;
        case shape_kind::pair:
            out_ += '[';
            write(*of.both().first, value);
            out_ += ',';
            write(*of.both().second, at_offset(value, of.both().second_offset));
            out_ += ']';
            return;
        default:
            append_canonical(out_, of, value);
        }
    }

private:
    [[nodiscard]] bool names_others(shape const& of, void const* value) const {
        auto const others = find_mention(
            of, value, who_.kind, [&](std::uint64_t id) { return id != 0 && id != who_.id; });
        auto const words = !each_personal_text(of, value,
            [&](personal_text const& text) { return text.text.empty() || text.owner == who_.id; });
        return others || words;
    }
    /// Of a record of another person there is only what names this one.
    void structure(shape const& of, void const* value) {
        bool anothers = false;
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            anothers = anothers ||
                (std::string_view{member.name, member.name_size} == "id" &&
                    member.of->id_type() == who_.kind &&
                    read_natural(at_offset(value, member.offset), member.of->bytes) != who_.id);
        }
        auto separator = '{';
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            auto const* held = at_offset(value, member.offset);
            if ((anothers && !is_about(*member.of, held, who_)) ||
                (member.of->kind == shape_kind::optional &&
                    member.of->sequence().size(held) == 0)) {
                continue;
            }
            out_ += separator;
            separator = ',';
            out_ += '"';
            out_.append(member.name, member.name_size);
            out_ += "\":";
            write(*member.of, held);
        }
        out_ += separator == '{' ? "{}" : "}";
    }
    /// Without the elements that are about others alone.
    void list(sequence_shape const& of, void const* value) {
        auto separator = '[';
        each_element(of, value, [&](void const* element) {
            if (is_about(*of.element, element, who_) || !names_others(*of.element, element)) {
                out_ += separator;
                separator = ',';
                write(*of.element, element);
            }
            return true;
        });
        out_ += separator == '[' ? "[]" : "]";
    }

    std::string& out_;
    person_ref const& who_;
};

} // namespace detail

/// Appends a value as far as it is about a person: their words, and theirs alone; others' ids as 0;
/// lists without what names only others; and of a record under another's id only what names them.
/// O(size).
inline void append_about(
    std::string& out, shape const& of, void const* value, person_ref const& who) {
    detail::about_writer{out, who}.write(of, value);
}

} // namespace koc
