// SPDX-License-Identifier: BSL-1.0
#include <koc/exchange/cell.hpp>

#include "exchange/table_example.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace exchange_test;

koc::taxonomy const tags = vocabulary();

template <typename T>
std::string cell_of(T const& value) {
    std::string text;
    koc::append_cell(text, koc::shape_of<T>, &value, tags);
    return text;
}
/// What a cell says, written again; or why it says nothing.
template <typename T>
std::string read(std::string_view text) {
    T value{};
    auto const refused = koc::read_cell(koc::shape_of<T>, text, &value, tags);
    return refused ? refused->expected : cell_of(value);
}

TEST_CASE("each kind of value has a form that people write", "[exchange]") {
    auto const all = example();
    CHECK(cell_of(all.number) == "7");
    CHECK(cell_of(all.name) == "\xE6\x9D\x8E, \"Fang\"");
    CHECK(cell_of(all.flag) == "false");
    CHECK(cell_of(all.small) == "-128");
    CHECK(cell_of(all.felt) == "glad");
    CHECK(cell_of(all.at) == "2026-01-05T08:00:00.250Z");
    CHECK(cell_of(all.within) == "7200000");
    CHECK(cell_of(all.worth) == "-1.250001");
    CHECK(cell_of(koc::percent(75)) == "0.75");
    CHECK(cell_of(koc::whole(3)) == "3");
    CHECK(cell_of(all.price) == "-5");
    CHECK(cell_of(all.maybe) == "0.01");
    CHECK(cell_of(std::optional<koc::score>{}).empty());
    CHECK(cell_of(all.words) == "a\\|b|\\e|\\\\|c\\=d\n");
    CHECK(cell_of(std::vector<std::string>{}).empty());
    CHECK(cell_of(std::vector<std::string>{""}) == "\\e");
    CHECK(cell_of(all.moods) == "glad|calm");
    CHECK(cell_of(all.tags) == "region:harbin=0.6|word:a\\|b\\=c\\\\d=1");
    CHECK(cell_of(all.parts) == "a\\=b\\|c=2=3|\\e=0=0");
    CHECK(cell_of(all.other) == R"({"name":"o","weight":1000000,"price":{"minor":1}})");
    CHECK(cell_of(all.both) == R"(["first","word:x:y"])");
    CHECK(cell_of(all.needs) == R"({"tag":"region:harbin"})");
}

TEST_CASE("cells are read as they are written, and as people write them", "[exchange]") {
    CHECK(read<std::vector<koc::weighted_tag>>("region:harbin|region:jilin=0.5") ==
        "region:harbin=1|region:jilin=0.5");
    CHECK(read<std::vector<part>>("a|b=1") == "a=0.5=0|b=1=0");
    CHECK(read<koc::score>("0.500000") == "0.5");
    CHECK(read<koc::score>("-0.5") == "-0.5");
    CHECK(read<koc::instant>("2026-01-31") == "2026-01-31T00:00:00Z");
    CHECK(read<koc::instant>("2026-01-31T08:00:00+08:00") == "2026-01-31T00:00:00Z");
    CHECK(read<std::string>("a\r\nb\rc\n") == "a\nb\nc\n");

    auto const all = example();
    entry again;
    auto const& of = koc::shape_of<entry>;
    for (std::size_t i = 0; i < of.count; ++i) {
        auto const& member = of.members()[i];
        std::string text;
        koc::append_cell(text, *member.of, koc::detail::at_offset(&all, member.offset), tags);
        CAPTURE(member.name, text);
        CHECK_FALSE(
            koc::read_cell(*member.of, text, koc::detail::at_offset(&again, member.offset), tags));
    }
    again.name.owner = 7;
    CHECK(again == all);
}

TEST_CASE("a cell that says nothing is refused with what was expected", "[exchange]") {
    CHECK(read<bool>("TRUE") == "true"); // as spreadsheet programs write it
    CHECK(read<bool>("FALSE") == "false");
    CHECK(read<bool>("yes") == "expected true or false, not 'yes'");
    CHECK(read<std::uint8_t>("256") == "expected a whole number between 0 and 255, not '256'");
    CHECK(read<std::uint8_t>("") == "expected a whole number between 0 and 255, not ''");
    CHECK(read<std::uint64_t>("-1").substr(0, 30) == "expected a whole number betwee");
    CHECK(read<std::int8_t>("-129") == "expected a whole number between -128 and 127, not '-129'");
    CHECK(read<std::int64_t>("1.0").substr(0, 30) == "expected a whole number betwee");
    CHECK(read<mood>("sad") == "expected one of: calm, glad, not 'sad'");
    for (auto const* text : {"", ".5", "1.", "1e3", "+1", "0.1234567", "1,5", "1234567890123"}) {
        CHECK(read<koc::score>(text).substr(0, 26) == "expected a decimal number ");
    }
    CHECK(read<koc::instant>("2026-01-31T08:30:00").substr(0, 8) == "expected");
    CHECK(read<koc::instant>("31.1.2026").substr(0, 8) == "expected");
    CHECK(read<koc::digest>("12") == "expected 32 lower-case hexadecimal digits");
    CHECK(read<std::vector<koc::weighted_tag>>("region:harbn") ==
        "expected a known tag, such as region:harbin, not 'region:harbn'; define it first or "
        "correct it");
    CHECK(read<std::vector<koc::weighted_tag>>("region:harbin=1=2") ==
        "expected at most 2 parts with = between them, not 'region:harbin=1=2'; put a backslash "
        "before = where it is part of a word");
    CHECK(read<koc::requirement>("{").substr(0, 20) == "JSON text at byte 1:");
    CHECK(read<std::pair<std::string, koc::tag_id>>(R"(["a","b:c"])").substr(0, 20) ==
        "expected a known tag");
}

TEST_CASE("any list of words is read as it was written", "[exchange]") {
    auto const okay = rc::check("words with separators and escapes", [] {
        auto const letter = rc::gen::element('a', 'e', '|', '=', '\\', '\n');
        auto const words =
            *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(letter));
        std::vector<std::string> again;
        auto const refused =
            koc::read_cell(koc::shape_of<decltype(again)>, cell_of(words), &again, tags);
        RC_ASSERT(!refused);
        RC_ASSERT(again == words);

        auto const parts = std::vector<part>{{words.empty() ? "" : words[0],
            koc::score{*rc::gen::arbitrary<std::int32_t>()}, {*rc::gen::arbitrary<int>()}}};
        std::vector<part> others;
        RC_ASSERT(!koc::read_cell(koc::shape_of<decltype(others)>, cell_of(parts), &others, tags));
        RC_ASSERT(others == parts);
    });
    CHECK(okay);
}

} // namespace
