// SPDX-License-Identifier: BSL-1.0
#include <koc/state/difference.hpp>

#include <koc/describe/canonical.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/links.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc::difference;
using koc::state_difference;

using tree_id = koc::id<struct tree_kind>;

struct branch {
    std::string name;
    std::int64_t leaves = 0;
};
BOOST_DESCRIBE_STRUCT(branch, (), (name, leaves))
struct tree {
    tree_id id;
    std::optional<std::int64_t> height;
    std::vector<branch> branches;
    std::optional<std::string> note;
    branch top;
};
BOOST_DESCRIBE_STRUCT(tree, (), (id, height, branches, note, top))

struct wood {
    koc::table<tree> trees;
    koc::single<branch> tallest;
    koc::single<std::vector<std::int64_t>> sums;
    koc::links<tree_id> shades{"tree", "tree"};
    koc::agenda<tree_id> felling;

    [[nodiscard]] std::string text() const {
        std::string out;
        auto const add = [&](char const* name, koc::container const& held) {
            out += name;
            out += ' ';
            held.write_into(out);
            out += '\n';
        };
        add("wood.trees_", trees), add("wood.tallest_", tallest), add("wood.sums_", sums);
        add("wood.shades_", shades), add("wood.felling_", felling);
        return out;
    }
};
std::vector<std::string> lines(wood const& before, wood const& after) {
    std::vector<std::string> all;
    for (auto const& it : difference(before.text(), after.text())) {
        all.push_back(to_string(it));
    }
    return all;
}
using list = std::vector<std::string>;

struct three_trees : wood {
    three_trees() {
        for (std::uint64_t id = 1; id <= 3; ++id) {
            trees.insert({tree_id{id}, 7, {{"low", 3}, {"high", 4}}, std::nullopt, {"top", 1}});
            felling.put(tree_id{id}, {86'400'000});
            shades.link(tree_id{1}, tree_id{id + 10});
        }
    }
};

TEST_CASE("equal states do not differ", "[state]") {
    CHECK(lines(wood{}, wood{}).empty());
    CHECK(lines(three_trees{}, three_trees{}).empty());
    CHECK(difference("", "").empty());
}

TEST_CASE("a changed record is told by its id, the path, and both values", "[state]") {
    three_trees const before;
    three_trees after;
    after.trees.update(tree_id{2}, [](tree& t) {
        t.height = 9;
        t.branches[1].leaves = 5;
        t.branches.push_back({"new", 0});
        t.note = "a \"note\", [with] {all}: \\";
        t.top.name = "crown";
    });
    after.trees.update(tree_id{3}, [](tree& t) {
        t.height.reset();
        t.branches.erase(t.branches.begin());
    });
    CHECK(lines(before, after) ==
        list{"wood.trees_ 2 .height: 7 -> 9", "wood.trees_ 2 .branches[1].leaves: 4 -> 5",
            R"(wood.trees_ 2 .branches[2]: nothing -> {"name":"new","leaves":0})",
            R"(wood.trees_ 2 .note: nothing -> "a \"note\", [with] {all}: \\")",
            R"(wood.trees_ 2 .top.name: "top" -> "crown")", "wood.trees_ 3 .height: 7 -> nothing",
            R"(wood.trees_ 3 .branches[0].name: "low" -> "high")",
            "wood.trees_ 3 .branches[0].leaves: 3 -> 4",
            R"(wood.trees_ 3 .branches[1]: {"name":"high","leaves":4} -> nothing)"});
    CHECK(difference(before.text(), after.text()).front() ==
        state_difference{"wood.trees_", "2", ".height", "7", "9"});
}

TEST_CASE("what only one state has is told whole", "[state]") {
    three_trees const before;
    three_trees after;
    after.trees.erase(tree_id{1});
    after.trees.put(tree_id{4}, [](tree& t) { t.height = 1; });
    after.shades.unlink(tree_id{1}, tree_id{12});
    after.shades.link(tree_id{1}, tree_id{9});
    after.felling.put(tree_id{3}, {0});
    after.felling.drop(tree_id{1});
    CHECK(lines(before, after) ==
        list{R"(wood.trees_ 1: {"id":1,"height":7,"branches":[{"name":"low","leaves":3},)"
             R"({"name":"high","leaves":4}],"top":{"name":"top","leaves":1}} -> nothing)",
            R"(wood.trees_ 4: nothing -> {"id":4,"height":1,"branches":[],)"
            R"("top":{"name":"","leaves":0}})",
            "wood.shades_ [1,12]: [1,12] -> nothing", "wood.shades_ [1,9]: nothing -> [1,9]",
            R"(wood.felling_ 1: ["1970-01-02T00:00:00Z",1] -> nothing)",
            R"(wood.felling_ 3 [0]: "1970-01-02T00:00:00Z" -> "1970-01-01T00:00:00Z")"});
}

TEST_CASE("containers of the same name are told apart by their order", "[state]") {
    auto const found = difference("bed 1\nbed 2\nbed 3\n", "bed 4\nbed 5\nbed 3\n");
    CHECK(found ==
        std::vector<state_difference>{{"bed", "", "", "1", "4"}, {"bed#2", "", "", "2", "5"}});
}
TEST_CASE("single values differ by their members or elements", "[state]") {
    wood before;
    wood after;
    before.sums.set({1, 2, 3});
    after.sums.set({2, 1, 3, 4});
    after.tallest.set({"oak", 2});
    CHECK(lines(before, after) ==
        list{R"(wood.tallest_ .name: "" -> "oak")", "wood.tallest_ .leaves: 0 -> 2",
            "wood.sums_ [0]: 1 -> 2", "wood.sums_ [1]: 2 -> 1", "wood.sums_ [3]: nothing -> 4"});
}

TEST_CASE("a list of one number differs by its element, as longer ones do", "[state]") {
    wood before;
    wood after;
    before.sums.set({3});
    after.sums.set({4});
    CHECK(lines(before, after) == list{"wood.sums_ [0]: 3 -> 4"});
    after.sums.set({});
    CHECK(lines(before, after) == list{"wood.sums_ [0]: 3 -> nothing"});
}

TEST_CASE("a text that nests deeply is compared whole from some depth on", "[state]") {
    auto const nested = [](char innermost) {
        return "a.b " + std::string(100'000, '[') + innermost + std::string(100'000, ']') + '\n';
    };
    CHECK(koc::difference(nested('1'), nested('2')).size() == 1);
}

TEST_CASE("the same records in other rows are one difference", "[state]") {
    three_trees const before;
    three_trees after;
    auto first = after.trees[tree_id{1}];
    after.trees.erase(tree_id{1});
    after.trees.insert(std::move(first));
    CHECK(lines(before, after) == list{"wood.trees_ 1 row: 0 -> 3"});

    three_trees longer;
    longer.trees.put(tree_id{9}, [](tree&) {});
    longer.trees.erase(tree_id{9});
    CHECK(lines(before, longer) == list{"wood.trees_ rows: 3 -> 4"});
}

TEST_CASE("containers that only one state has are told whole", "[state]") {
    CHECK(difference("a.x 1\nb.y 2\n", "b.y 2\nc.z 3\n") ==
        std::vector<state_difference>{{"a.x", "", "", "1", ""}, {"c.z", "", "", "", "3"}});
}

TEST_CASE("each change of a table is told once, and nothing else", "[state]") {
    CHECK(rc::check("of any records", [] {
        auto const some_tree = [](std::uint64_t id) {
            tree made{tree_id{id}, std::nullopt, {}, std::nullopt, {"", 0}};
            if (*rc::gen::inRange(0, 2) == 0) {
                made.height = *rc::gen::inRange<std::int64_t>(0, 3);
            }
            made.top.name = *rc::gen::string<std::string>();
            made.branches.resize(*rc::gen::inRange<std::size_t>(0, 3));
            return made;
        };
        wood before;
        wood after;
        std::map<std::string, std::set<std::string>> wanted;
        for (auto id :
            *rc::gen::unique<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(1, 40))) {
            auto const key = std::to_string(id);
            auto const made = some_tree(id);
            switch (*rc::gen::inRange(0, 4)) {
            case 0:
                before.trees.insert(made);
                wanted[key].insert("");
                break;
            case 1:
                after.trees.insert(made);
                wanted[key].insert("");
                break;
            default: {
                auto const other = *rc::gen::inRange(0, 2) == 0 ? made : some_tree(id);
                before.trees.insert(made);
                after.trees.insert(other);
                if (made.height != other.height) {
                    wanted[key].insert(".height");
                }
                if (made.top.name != other.top.name) {
                    wanted[key].insert(".top.name");
                }
                auto const few = std::min(made.branches.size(), other.branches.size());
                for (auto i = few; i < std::max(made.branches.size(), other.branches.size()); ++i) {
                    wanted[key].insert(".branches[" + std::to_string(i) + ']');
                }
            }
            }
        }
        std::map<std::string, std::set<std::string>> told;
        for (auto const& it : difference(before.text(), after.text())) {
            RC_ASSERT(it.container == "wood.trees_");
            RC_ASSERT(it.before != it.after);
            RC_ASSERT(told[it.key].insert(it.path).second);
        }
        RC_ASSERT(told == wanted);
    }));
}

TEST_CASE("of any text the difference is nothing only where both are equal", "[state]") {
    CHECK(rc::check("of pieces of text", [] {
        auto const text = [] {
            std::string made = "a.b ";
            auto const pieces = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("[", "]", "{", "}", ",", ":", "\"", "\\", "1", "2",
                    "\"id\":", "{\"id\":1}", "[1,2]"));
            for (auto const& piece : pieces) {
                made += piece;
            }
            return made;
        };
        auto const one = text();
        auto const other = *rc::gen::arbitrary<bool>() ? text() : one;
        RC_ASSERT(difference(one, other).empty() == (one == other));
    }));
}

} // namespace
