// SPDX-License-Identifier: BSL-1.0
#pragma once

// Words of a person in a command that does not say whose they are: the aspect that decides the
// command knows, and records them as a `personal_text`. Outside it is a string. Digests leave it
// out, so that which request a command was does not tell what its words were.

#include <koc/core/personal_text.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/describe/shape.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace koc {

/// A member of commands; events and records have `personal_text`.
struct personal_words {
    std::string text{};

    personal_words() = default;
    personal_words(std::string words) : text{std::move(words)} {} // NOLINT: a string is one
    personal_words(char const* words) : text{words} {}            // NOLINT: a literal is one

    /// The words of a person.
    [[nodiscard]] personal_text of(std::uint64_t owner) const { return {owner, text}; }

    friend bool operator==(personal_words const&, personal_words const&) = default;
};

namespace detail {

inline std::string& text_of(void* words) { return static_cast<personal_words*>(words)->text; }
inline std::string const& text_of(void const* words) {
    return static_cast<personal_words const*>(words)->text;
}
inline constexpr custom_form personal_words_form{"personal_words", [](hasher&, void const*) {},
    [](std::string& out, void const* words) { append_quoted(out, text_of(words)); },
    [](void const* words, int) { return check_text({}, text_of(words), note_length_max); },
    [](form_source const& from, void* words) { return from.read_as(text_of(words)); }};

} // namespace detail

template <>
inline constexpr custom_form const* custom_form_of<personal_words> = &detail::personal_words_form;

} // namespace koc
