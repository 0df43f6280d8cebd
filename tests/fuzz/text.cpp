// SPDX-License-Identifier: BSL-1.0
#include <koc/core/text.hpp>

#include "fuzz/targets.hpp"

namespace {

/// Well-formed UTF-8 by table 3-7 of the Unicode standard, told apart from the library's own way.
bool by_the_table(std::string_view bytes) {
    auto const at = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    auto const within = [](unsigned byte, unsigned low, unsigned high) {
        return byte >= low && byte <= high;
    };
    for (std::size_t i = 0; i < bytes.size();) {
        auto const first = at(i);
        unsigned more = 0;
        unsigned low = 0x80;
        unsigned high = 0xBF;
        if (first >= 0x80) {
            if (within(first, 0xC2, 0xDF)) {
                more = 1;
            } else if (within(first, 0xE0, 0xEF)) {
                more = 2;
                low = first == 0xE0 ? 0xA0 : low;
                high = first == 0xED ? 0x9F : high;
            } else if (within(first, 0xF0, 0xF4)) {
                more = 3;
                low = first == 0xF0 ? 0x90 : low;
                high = first == 0xF4 ? 0x8F : high;
            } else {
                return false;
            }
        }
        for (unsigned k = 1; k <= more; ++k) {
            if (!within(at(i + k), k == 1 ? low : 0x80, k == 1 ? high : 0xBF)) {
                return false;
            }
        }
        i += 1 + more;
    }
    return true;
}

} // namespace

void koc_fuzz::utf8(std::string_view bytes) {
    auto const valid = koc::is_utf8(bytes);
    promise(valid == by_the_table(bytes), "is_utf8 agrees with the Unicode standard");
    auto const shown = koc::escaped(bytes);
    promise(koc::is_utf8(shown), "what is quoted is UTF-8");
    promise(shown.size() <= 128 + 3, "what is quoted is short");
    koc::detail::for_each_point(shown, [](std::uint32_t point, std::string_view) {
        promise(!koc::detail::is_invisible(point), "what is quoted is visible");
        return true;
    });
    auto const no_text = koc::check_text("note", bytes, koc::note_length_max);
    auto const no_name = koc::check_name("name", bytes);
    promise(no_text || valid, "a text that is taken is UTF-8");
    promise(no_name || !koc::check_text("name", bytes, koc::name_length_max),
        "a name that is taken is a text");
    for (auto const& refused : {no_text, no_name}) {
        if (refused) {
            promise_told(*refused);
        }
    }
}
