// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the long forms of tests share: how much is asked for, from which seed on, and lines that
// scripts/torture reads to go on where it was interrupted.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace koc_test {

inline std::uint64_t torture_number(std::string const& name, std::uint64_t otherwise) {
    auto const* const given = std::getenv(("KOC_TORTURE_" + name).c_str());
    return given == nullptr ? otherwise : std::stoull(given);
}
/// How much is tried, from KOC_TORTURE_<name>.
inline std::uint64_t torture_count(std::string const& name, std::uint64_t otherwise) {
    return torture_number(name, otherwise);
}
/// The first seed, from KOC_TORTURE_FROM.
inline std::uint64_t torture_first() { return torture_number("FROM", 0); }

/// Says after each so many where the next run may begin.
inline void torture_progress(
    std::uint64_t before, std::uint64_t now, std::uint64_t next, std::uint64_t step = 1'000) {
    if (before / step != now / step) {
        std::printf("progress: %llu done, next %llu\n", static_cast<unsigned long long>(now),
            static_cast<unsigned long long>(next));
        std::fflush(stdout);
    }
}
/// The last line.
inline void torture_result(
    std::uint64_t done, char const* what, std::uint64_t failed, std::uint64_t next) {
    std::printf("result: %llu %s, %llu failed, next %llu\n", static_cast<unsigned long long>(done),
        what, static_cast<unsigned long long>(failed), static_cast<unsigned long long>(next));
    std::fflush(stdout);
}

} // namespace koc_test
