// SPDX-License-Identifier: BSL-1.0
#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/number/decayed_sum.hpp>
#include <koc/number/score.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using task = koc::id<struct task_kind>;
using words = std::vector<std::string>;

enum class colour : signed char { red = -1, green = 4 };
BOOST_DESCRIBE_ENUM(colour, red, green)
enum class shade : unsigned char { green, red };
BOOST_DESCRIBE_ENUM(shade, green, red)

struct leaf {
    int number = 0;
    std::string word;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (number, word))

struct tree {
    task id;
    colour tint = colour::green;
    std::vector<leaf> leaves;
    std::optional<koc::instant> felled;
    std::pair<int, std::string> label;
    std::map<std::string, bool> facts;
    koc::personal_text planter;
    koc::score height;
};
BOOST_DESCRIBE_STRUCT(tree, (), (id, tint, leaves, felled, label, facts, planter, height))

tree sample() {
    return {task{7}, colour::red, {{1, "a"}, {-2, "b\xc3\xa9"}}, koc::instant{-5}, {1, "oak"},
        {{"old", true}, {"tall", false}}, {9, "Lin"}, koc::percent(150)};
}

template <typename T>
std::string hex_of(T const& value) {
    return koc::to_hex(koc::digest_of(value));
}

TEST_CASE("a digest is the same with every compiler, flag and platform", "[describe]") {
    CHECK(koc::to_hex(koc::hasher{}.finish()) == "99aa06d3014798d8f9abc9f747d4e257");
    CHECK(hex_of(0) == "2c0a8a99dc147d5471ce3f36df6ae306");
    CHECK(hex_of(std::string{}) == "2c0a8a99dc147d5471ce3f36df6ae306");
    CHECK(hex_of(words{"a", "b"}) == "57007e622138ba98c0829cbe44f9715f");
    CHECK(hex_of(std::string(5000, 'x')) == "7d922479b8bfa25fc5c2d46ab0c641fc");
    CHECK(hex_of(sample()) == "d32de5204b980f40cdd59550339e93d8");
}

TEST_CASE("values that differ only in where they are cut have different digests", "[describe]") {
    std::set<std::string> seen;
    std::size_t count = 0;
    auto const take = [&](auto const& value) {
        seen.insert(hex_of(value));
        ++count;
    };
    take(words{"a", "b"});
    take(words{"ab"});
    take(words{"", "ab"});
    take(words{"ab", ""});
    take(words{});
    take(words{""});
    take(std::vector<words>{{"a"}, {"b"}});
    take(std::vector<words>{{"a", "b"}});
    take(std::vector<words>{{"a", "b"}, {}});
    take(std::string("a\0", 2));
    take(std::string("a\0\0", 3));
    take(std::pair{1, 2});
    take(std::pair{2, 1});
    CHECK(seen.size() == count);
    CHECK(hex_of(std::optional<int>{}) != hex_of(std::optional<int>{0}));
}

TEST_CASE("equal values have equal digests, whatever they are stored in", "[describe]") {
    CHECK(koc::digest_of(std::int8_t{-1}) == koc::digest_of(std::int64_t{-1}));
    CHECK(koc::digest_of(7) == koc::digest_of(task{7}));
    CHECK(koc::digest_of("abc") == koc::digest_of(std::string{"abc"}));
    CHECK(koc::digest_of(std::string_view{"abc"}) == koc::digest_of(std::string{"abc"}));
    CHECK(koc::digest_of(words{"b", "c"}) == koc::digest_of(std::set<std::string>{"c", "b"}));
    CHECK(koc::digest_of(koc::seconds(1)) == koc::digest_of(koc::instant{1000}));
}

TEST_CASE("an enum has the digest of its value's name, wherever that stands", "[describe]") {
    CHECK(koc::digest_of(colour::red) == koc::digest_of(shade::red));
    CHECK(koc::digest_of(colour::red) == koc::digest_of("red"));
    CHECK(koc::digest_of(colour::red) != koc::digest_of(colour::green));
    CHECK(koc::digest_of(static_cast<colour>(2)) == koc::digest_of(2));
    CHECK(koc::digest_of(static_cast<colour>(2)) != koc::digest_of(static_cast<colour>(3)));
}

TEST_CASE("every member of a described struct has a part in its digest", "[describe]") {
    auto const original = koc::digest_of(sample());
    CHECK(koc::digest_of(sample()) == original);
    auto const changed = [&](auto&& change) {
        auto copy = sample();
        change(copy);
        return koc::digest_of(copy) != original;
    };
    CHECK(changed([](tree& t) { t.id = task{8}; }));
    CHECK(changed([](tree& t) { t.tint = colour::green; }));
    CHECK(changed([](tree& t) { t.leaves[1].word = "b"; }));
    CHECK(changed([](tree& t) { std::swap(t.leaves[0], t.leaves[1]); }));
    CHECK(changed([](tree& t) { t.felled.reset(); }));
    CHECK(changed([](tree& t) { t.label.first = 3; }));
    CHECK(changed([](tree& t) { t.facts["tall"] = true; }));
    CHECK(changed([](tree& t) { t.planter.text = "Lina"; }));
    CHECK(changed([](tree& t) { t.planter.owner = 10; }));
    CHECK(changed([](tree& t) { t.height += koc::score{1}; }));
}

TEST_CASE("the private members of a described class have a part in its digest too", "[describe]") {
    koc::half_life const month{koc::days(30)};
    koc::decayed_sum sum;
    auto const empty = koc::digest_of(sum);
    sum.add(month, koc::instant{}, koc::whole(1));
    CHECK(koc::digest_of(sum) != empty);
}

TEST_CASE("a digest that leaves out personal text still knows whose it was", "[describe]") {
    auto const left_out = [](tree const& t) {
        return koc::hasher{koc::personal::left_out}.add(t).finish();
    };
    auto forgotten = sample();
    forgotten.planter.text.clear();
    CHECK(left_out(forgotten) == left_out(sample()));
    CHECK(koc::digest_of(forgotten) != koc::digest_of(sample()));
    forgotten.planter.owner = 10;
    CHECK(left_out(forgotten) != left_out(sample()));
}

TEST_CASE("long input is the same in one piece and value by value", "[describe]") {
    CHECK(rc::check("adding a list is adding its length and then its elements", [] {
        auto const list = *rc::gen::arbitrary<std::vector<std::string>>();
        auto const repeated = *rc::gen::inRange(1, 40);
        koc::hasher whole;
        koc::hasher pieces;
        for (int i = 0; i < repeated; ++i) {
            whole.add(list);
            pieces.add(list.size());
            for (auto const& word : list) {
                pieces.add(word);
            }
        }
        RC_ASSERT(whole.finish() == pieces.finish());
    }));
}

TEST_CASE("different input has different digests", "[describe]") {
    CHECK(rc::check("one changed byte anywhere is seen", [] {
        auto text = *rc::gen::nonEmpty(rc::gen::arbitrary<std::string>());
        text.resize(text.size() * static_cast<std::size_t>(*rc::gen::inRange(1, 40)), 'x');
        auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
        auto other = text;
        other[at] = static_cast<char>(other[at] ^ 1 << *rc::gen::inRange(0, 8));
        RC_ASSERT(koc::digest_of(text) != koc::digest_of(other));
    }));
}

TEST_CASE("a copy of a hasher goes its own way", "[describe]") {
    koc::hasher common;
    common.add("shared");
    auto branch = common;
    branch.add(1);
    common.add(2);
    CHECK(branch.finish() == koc::hasher{}.add("shared").add(1).finish());
    CHECK(common.finish() == koc::hasher{}.add("shared").add(2).finish());
}

TEST_CASE("a digest survives being written and read", "[describe]") {
    CHECK(koc::to_hex({0x0123456789abcdefU, 0xfU}) == "0123456789abcdef000000000000000f");
    CHECK(rc::check("digest_from_hex reads what to_hex writes", [] {
        koc::digest const any{
            *rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>()};
        RC_ASSERT(koc::digest_from_hex(koc::to_hex(any)) == any);
    }));
}

TEST_CASE("what is not 32 lower-case hexadecimal digits is no digest", "[describe]") {
    std::string const good(32, 'a');
    CHECK(koc::digest_from_hex(good));
    for (std::string const& bad : {std::string{}, std::string(31, 'a'), std::string(33, 'a'),
             std::string(32, 'A'), std::string(32, 'g'), std::string(32, ' '),
             std::string(31, 'a') + '\0', "0x" + std::string(30, 'a')}) {
        CAPTURE(bad);
        CHECK_FALSE(koc::digest_from_hex(bad));
    }
}

} // namespace
