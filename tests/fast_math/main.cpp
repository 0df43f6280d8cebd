// SPDX-License-Identifier: BSL-1.0

// What score_from refuses, and what it accepts, in a program compiled with -ffast-math. The numbers
// are made from bits that the compiler cannot know, as it would foresee the rest.

#include <koc/number/score_from.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>

namespace {

struct expectation {
    std::uint64_t bits;
    char const* word; ///< of the refusal; empty where the number is accepted
};

constexpr expectation rows[] = {
    {0x7FF8'0000'0000'0000U, "NaN"}, {0xFFF8'0000'0000'0000U, "NaN"},
    {0x7FF0'0000'0000'0001U, "NaN"}, // signalling
    {0x7FFF'FFFF'FFFF'FFFFU, "NaN"}, {0x7FF0'0000'0000'0000U, "an infinity"},
    {0xFFF0'0000'0000'0000U, "an infinity"}, {0x7FEF'FFFF'FFFF'FFFFU, "larger"},
    {0xFFEF'FFFF'FFFF'FFFFU, "larger"}, {0x0000'0000'0000'0000U, ""}, {0x8000'0000'0000'0000U, ""},
    {0x3FE8'0000'0000'0000U, ""}, // 0.75
};

} // namespace

int main() {
    int wrong = 0;
    for (auto const& row : rows) {
        std::uint64_t volatile hidden = row.bits;
        double const value = std::bit_cast<double>(std::uint64_t{hidden});
        auto const found = koc::score_from(value);
        std::string const said = found ? "" : found.error().expected;
        std::string const word = row.word;
        bool const right = word.empty() ? said.empty() : said.find(word) != std::string::npos;
        if (!right) {
            std::printf("%llx: expected '%s', got '%s'\n",
                static_cast<unsigned long long>(row.bits), row.word, said.c_str());
            ++wrong;
        }
    }
    return wrong == 0 ? 0 : 1;
}
