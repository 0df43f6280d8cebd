// SPDX-License-Identifier: BSL-1.0
#pragma once

// A file of invented people, for trying the program with as many rows as one likes. The same number
// of rows always gives the same bytes.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/exchange/csv_writer.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace import_people {

/// Writes so many people, with ids from 1 on.
inline koc::result<void> write_sample(koc::text_sink to, std::uint64_t count) {
    constexpr std::array<char const*, 8> families{"李", "王", "张", "刘", "陈", "杨", "赵", "黄"};
    constexpr std::array<char const*, 8> given{"芳", "伟", "娜", "静", "敏", "强", "磊", "洋"};
    constexpr std::array<char const*, 6> cities{
        "harbin", "changchun", "shenyang", "guangzhou", "shenzhen", "chengdu"};
    constexpr std::array<char const*, 4> interests{"technology", "travel", "family", "off_road"};
    koc::csv_writer file{std::move(to)};
    std::vector<std::string> row{"member", "name", "sources", "tags", "contact"};
    KOC_TRY(file.write(row));
    for (std::uint64_t i = 1; i <= count; ++i) {
        auto const of = [i](auto const& words, std::uint64_t step) {
            return std::string{words[i * step / 7 % words.size()]};
        };
        row[0] = std::to_string(i);
        row[1] = of(families, 11) + of(given, 5) + of(given, 3);
        row[2] = i % 3 == 0 ? "open|owned" : i % 3 == 1 ? "open" : "owned";
        row[3] = "region:" + of(cities, 13) + "|interest:" + of(interests, 9) + "=0." +
            std::to_string(i % 9 + 1);
        row[4] = "p" + std::to_string(i) + "@example.org";
        KOC_TRY(file.write(row));
    }
    return file.finish();
}

} // namespace import_people
