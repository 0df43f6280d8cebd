// SPDX-License-Identifier: BSL-1.0
#include <koc/core/arrival_map.hpp>

#include "support/catch.hpp"
#include <rapidcheck.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using task = koc::id<struct task_kind>;
using by_task = koc::arrival_map<task, std::string>;

TEST_CASE("an entry is found under its key and no other", "[core]") {
    by_task map;
    CHECK(map.empty());
    CHECK(map.find(task{1}) == map.end());
    CHECK(map.try_emplace(task{7}, "seven").second);
    CHECK(map.try_emplace(task{0}, "none").second);
    CHECK(map.size() == 2);
    CHECK(map.contains(task{7}));
    CHECK(map.at(task{7}) == "seven");
    CHECK(map.find(task{0})->second == "none");
    CHECK_FALSE(map.contains(task{8}));
    CHECK(std::as_const(map).find(task{8}) == std::as_const(map).end());
}

TEST_CASE("a key that is there keeps its value unless it is assigned", "[core]") {
    by_task map;
    map[task{1}] = "one";
    auto const [at, fresh] = map.try_emplace(task{1}, "other");
    CHECK_FALSE(fresh);
    CHECK(at->second == "one");
    map.insert_or_assign(task{1}, "changed");
    map.insert_or_assign(task{2}, "two");
    CHECK(map.at(task{1}) == "changed");
    CHECK(map.at(task{2}) == "two");
    CHECK(map[task{3}].empty());
    CHECK(map.size() == 3);
}

TEST_CASE("what was moved from is empty and can be used again", "[core]") {
    koc::arrival_map<task, int> map;
    for (std::uint64_t i = 1; i <= 20; ++i) {
        map[task{i}] = 1;
    }
    auto const moved = std::move(map);
    CHECK(moved.size() == 20);
    CHECK(map.empty()); // NOLINT: that is what is tested
    map[task{7}] = 7;
    CHECK(map.at(task{7}) == 7);
    CHECK_FALSE(map.contains(task{8}));
}

TEST_CASE("a row in place of one that is gone costs no further look", "[core]") {
    koc::detail::row_finder finder;
    for (std::uint32_t row = 0; row < 1000; ++row) {
        finder.make_room(row + std::size_t{1});
        auto const replaced = finder.replace(7, row, [&](std::uint32_t r) { return r < row; });
        CHECK(replaced == (row > 0));
        if (!replaced) {
            finder.add(7, row);
        }
    }
    int looks = 0;
    auto const found = finder.find(7, [&](std::uint32_t row) { return ++looks, row == 999; });
    CHECK(found == 999);
    CHECK(looks == 1);
    CHECK_FALSE(finder.replace(8, 0, [](std::uint32_t) { return true; }));
}

TEST_CASE("a walk is in order of arrival", "[core]") {
    koc::arrival_map<task, int> map;
    std::vector<std::uint64_t> const keys{9, 2, 700, 1, 18'446'744'073'709'551'615U, 3};
    for (auto key : keys) {
        map[task{key}] = 1;
    }
    map[task{700}] = 2; // an old key keeps its place
    std::vector<std::uint64_t> walked;
    for (auto const& [key, value] : map) {
        walked.push_back(key.value());
    }
    CHECK(walked == keys);
}

TEST_CASE("text is found without making a string of it", "[core]") {
    koc::arrival_map<std::string, int> map;
    map["range"] = 4;
    map[""] = 5;
    CHECK(map.find(std::string_view{"range and more"}.substr(0, 5))->second == 4);
    CHECK(map.at(std::string_view{}) == 5);
    CHECK_FALSE(map.contains(std::string_view{"Range"}));
}

TEST_CASE("after clearing nothing is found, and it can be filled again", "[core]") {
    by_task map;
    map[task{1}] = "one";
    map.clear();
    CHECK(map.empty());
    CHECK_FALSE(map.contains(task{1}));
    map[task{2}] = "two";
    CHECK(map.at(task{2}) == "two");
}

TEST_CASE("a copied map is independent of its original", "[core]") {
    by_task map;
    map[task{1}] = "one";
    auto copy = map;
    copy[task{1}] = "changed";
    copy[task{2}] = "two";
    CHECK(map.at(task{1}) == "one");
    CHECK_FALSE(map.contains(task{2}));
    CHECK(copy.at(task{2}) == "two");
}

TEST_CASE("it holds what a std::map holds", "[core]") {
    CHECK(rc::check([](std::vector<std::pair<std::uint8_t, int>> const& changes) {
        koc::arrival_map<task, int> tested;
        std::map<std::uint64_t, int> model;
        for (auto const& [key, value] : changes) {
            // Multiples, as ids often are, and all bits of the key.
            auto const spread = key * 0x0001'0000'0001'0000U;
            tested.insert_or_assign(task{spread}, value);
            model[spread] = value;
        }
        RC_ASSERT(tested.size() == model.size());
        for (std::uint64_t key = 0; key < 256; ++key) {
            auto const spread = key * 0x0001'0000'0001'0000U;
            auto const wanted = model.find(spread);
            auto const found = tested.find(task{spread});
            auto const both = (found != tested.end()) == (wanted != model.end());
            RC_ASSERT(both);
            if (wanted != model.end()) {
                RC_ASSERT(found->second == wanted->second);
            }
        }
    }));
}

} // namespace
