// SPDX-License-Identifier: BSL-1.0

// The assignment problems of J. E. Beasley's OR-Library, whose least costs are published.

#include <koc/assign/assignment.hpp>
#include <koc/assign/assignment_check.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"

#include <zlib.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

namespace {

using koc::score;
using test::job_id;
using test::worker_id;

std::string unpacked(std::string const& path) {
    std::string text;
    auto* const file = gzopen(path.c_str(), "rb");
    if (file == nullptr) {
        return text;
    }
    std::array<char, 16'384> some{};
    for (int got = 0; (got = gzread(file, some.data(), some.size())) > 0;) {
        text.append(some.data(), static_cast<std::size_t>(got));
    }
    gzclose(file);
    return text;
}

TEST_CASE("the published optima of the OR-Library are reached", "[match]") {
    auto const* const data = std::getenv("KOC_REAL_DATA");
    struct row {
        std::uint32_t size;
        std::int64_t least_cost;
    };
    for (auto const [size, least_cost] : {row{100, 305}, {200, 475}, {300, 626}, {400, 804}}) {
        auto const text = data == nullptr
            ? std::string{}
            : unpacked(std::string{data} + "/assignment/assign" + std::to_string(size) + ".txt.gz");
        if (text.empty()) {
            WARN("skipped: assignment/assign" << size << ".txt.gz is not in KOC_REAL_DATA");
            continue;
        }
        std::istringstream numbers{text};
        std::uint32_t said = 0;
        numbers >> said;
        REQUIRE(said == size);
        // Costs are negative fits, which only the minimum fills force to be taken.
        test::problem given;
        for (std::uint32_t i = 1; i <= size; ++i) {
            given.tasks.push_back({job_id{i}, 1, 1});
            given.people.push_back({worker_id{i}, 1});
            for (std::uint32_t j = 1; j <= size; ++j) {
                std::int64_t cost = 0;
                REQUIRE(numbers >> cost);
                given.pairs.push_back({job_id{i}, worker_id{j}, score{-cost}});
            }
        }
        auto const made = koc::assign(given).value();
        CHECK(made.total == score{-least_cost});
        CHECK(made.pairs.size() == size);
        CHECK(!koc::verify(given, made));
    }
}

} // namespace
