// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of a sealer (koc/journal/sealer.hpp), checked on a fresh one: ours or a host's own. Tied
// to no test framework: the answer is the list of broken laws; empty when all hold.

#include <koc/core/error.hpp>
#include <koc/core/text.hpp>
#include <koc/journal/sealer.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace koc::testing {

namespace detail {

/// Whether opening gives a text.
template <typename S>
bool opens(S& sealer, std::uint64_t owner, std::string_view context, std::string_view sealed,
    std::string_view text) {
    auto const opened = sealer.open(owner, context, sealed);
    return opened && *opened && **opened == text;
}
/// Whether opening is refused as damage.
template <typename S>
bool refuses(S& sealer, std::uint64_t owner, std::string_view context, std::string_view sealed) {
    auto const opened = sealer.open(owner, context, sealed);
    return !opened && opened.error().code == errc::corrupt;
}

} // namespace detail

/// Seals, opens and forgets texts of the owners 1 to 4, of whom a fresh sealer knows nothing.
template <sealer S>
[[nodiscard]] std::vector<std::string> check_sealer_laws(S fresh) {
    using detail::opens;
    using detail::refuses;
    std::vector<std::string> broken;
    auto const law = [&](bool holds, char const* what) {
        if (!holds) {
            broken.emplace_back(what);
        }
    };
    for (std::string const& text : {std::string{"Li"}, std::string{"\xE6\x9D\x8E\n\"quoted\"\\"},
             std::string(16'384, 'x'), std::string{"x"}}) {
        auto const sealed = fresh.seal(1, "event 5", text);
        if (!sealed) {
            broken.emplace_back("a text is sealed");
            return broken;
        }
        law(!check_text({}, *sealed, sealed->size()), "what is sealed is text");
        law(text.size() < 8 || sealed->find(text) == std::string::npos,
            "what is sealed does not show the text");
        law(opens(fresh, 1, "event 5", *sealed, text), "what was sealed is opened");
        law(fresh.seal(1, "event 5", text) == *sealed, "the same gives the same bytes");
        law(fresh.seal(1, "event 6", text) != *sealed, "another context gives other bytes");
        law(fresh.seal(2, "event 5", text) != *sealed, "another owner gives other bytes");
        law(refuses(fresh, 1, "event 6", *sealed), "a sealed text opens in its context alone");
        law(refuses(fresh, 2, "event 5", *sealed), "a sealed text opens for its owner alone");
        law(refuses(fresh, 3, "event 5", *sealed), "a key that was never made is not forgotten");
        for (std::size_t i = 0; i < sealed->size(); i += 1 + sealed->size() / 64) {
            auto damaged = *sealed;
            damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
            law(refuses(fresh, 1, "event 5", damaged), "a changed byte is found");
        }
        law(refuses(fresh, 1, "event 5", sealed->substr(0, sealed->size() / 2)),
            "a shortened text is found");
    }
    law(refuses(fresh, 1, "event 5", ""), "an empty text was not sealed");

    auto const mine = fresh.seal(1, "event 7", "mine");
    auto const other = fresh.seal(2, "event 7", "another's");
    law(fresh.keep().has_value(), "keys are kept");
    law(fresh.forget(1).has_value(), "a key is forgotten");
    law(fresh.forget(1).has_value(), "a key is forgotten again");
    law(fresh.forget(4).has_value(), "a key that never was is forgotten");
    if (mine && other) {
        auto const gone = fresh.open(1, "event 7", *mine);
        law(gone && !*gone, "without the key there is nothing");
        law(opens(fresh, 2, "event 7", *other, "another's"), "the keys of others stay");
    }
    for (std::uint64_t const owner : {1U, 4U}) {
        auto const again = fresh.seal(owner, "event 8", "again");
        law(!again && again.error().code == errc::wrong_state,
            "whoever was forgotten gets no other key");
    }
    return broken;
}

} // namespace koc::testing
