// SPDX-License-Identifier: BSL-1.0
#include <koc/json/described.hpp>
#include <koc/json/text.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

enum class colour : unsigned char { red, green };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct leaf {
    std::string name;
    std::optional<int> size;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (name, size))

struct tree {
    leaf top;
    std::vector<tree> below;
};
BOOST_DESCRIBE_STRUCT(tree, (), (top, below))

struct base {
    int inherited = 0;
};
BOOST_DESCRIBE_STRUCT(base, (), (inherited))
struct derived : base {
    int own = 0;
};
BOOST_DESCRIBE_STRUCT(derived, (base), (own))

struct everything {
    bool flag = false;
    std::int8_t tiny = 0;
    std::uint64_t large = 0;
    koc::id<struct thing_tag, std::uint16_t> thing;
    colour tint{};
    koc::instant at;
    koc::duration within;
    koc::score worth;
    koc::digest print;
    koc::personal_text note;
    std::optional<std::string> remark;
    std::vector<leaf> tags;
    std::vector<std::optional<bool>> answers;
    std::pair<std::string, std::int64_t> part;
    std::variant<leaf, base> either;
};
BOOST_DESCRIBE_STRUCT(everything, (),
    (flag, tiny, large, thing, tint, at, within, worth, print, note, remark, tags, answers, part,
        either))

template <typename T>
std::string text_of(T const& value) {
    return koc::json_text(koc::to_json(value));
}
template <typename T>
koc::result<T> read(std::string_view text) {
    auto const json = koc::parse_json(text);
    if (!json) {
        return json.error();
    }
    return koc::from_json<T>(*json);
}
/// The path that a refusal names, "" when there is none.
template <typename T>
std::string trouble(std::string_view text) {
    auto const got = read<T>(text);
    if (got) {
        return {};
    }
    CHECK(got.error().code == koc::errc::invalid_argument);
    CHECK(got.error().expected.find("expected") == 0);
    return got.error().subject;
}

char const* const everything_text =
    R"({"flag":true,"tiny":-128,"large":18446744073709551615,"thing":65535,"tint":"green",)"
    R"("at":"2026-01-31T08:30:00.250Z","within":-1,"worth":750000,)"
    R"("print":"000000000000000a000000000000000b","note":{"owner":7,"text":"王 \"w\""},)"
    R"("remark":"","tags":[{"name":"a","size":1},{"name":"b"}],"answers":[true,null],)"
    R"("part":["x",-9223372036854775808],"either":{"type":"base","inherited":3}})";

everything const everything_value = {true, -128, std::numeric_limits<std::uint64_t>::max(),
    decltype(everything::thing){65535}, colour::green,
    *koc::from_iso8601("2026-01-31T08:30:00.250Z"), {-1}, koc::percent(75), {10, 11},
    {7, "王 \"w\""}, "", {{"a", 1}, {"b", {}}}, {true, std::nullopt},
    {"x", std::numeric_limits<std::int64_t>::min()}, base{3}};

} // namespace

TEST_CASE("each sort of value has its form", "[json]") {
    CHECK(text_of(everything_value) == everything_text);
    auto const back = read<everything>(everything_text);
    REQUIRE(back.has_value());
    CHECK(koc::digest_of(*back) == koc::digest_of(everything_value));
    CHECK(text_of(*back) == everything_text);
}

TEST_CASE("recursive structs and members of a base have their form", "[json]") {
    tree const grown{{"a", 1}, {{{"b", {}}, {{{"c", {}}, {}}}}, {{"d", {}}, {}}}};
    auto const text = R"({"top":{"name":"a","size":1},"below":[{"top":{"name":"b"},"below":[)"
                      R"({"top":{"name":"c"},"below":[]}]},{"top":{"name":"d"},"below":[]}]})";
    CHECK(text_of(grown) == text);
    CHECK(text_of(*read<tree>(text)) == text);
    derived const both{{1}, 2};
    CHECK(text_of(both) == R"({"inherited":1,"own":2})");
    CHECK(read<derived>(R"({"own":2,"inherited":1})")->inherited == 1);
}

TEST_CASE("an absent optional may be left out or null", "[json]") {
    CHECK(!read<leaf>(R"({"name":"a"})")->size);
    CHECK(!read<leaf>(R"({"name":"a","size":null})")->size);
    CHECK(read<leaf>(R"({"size":2,"name":"a"})")->size == 2);
}

TEST_CASE("what is missing, unknown or of the wrong type is refused with its path", "[json]") {
    struct row {
        char const* text;
        char const* path;
    };
    row const rows[] = {
        {R"({"top":{"name":"a"},"below":[]})", ""},
        {R"([])", "."},
        {R"(null)", "."},
        {R"({"below":[]})", ".top"},
        {R"({"top":{"name":"a"}})", ".below"},
        {R"({"top":null,"below":[]})", ".top"},
        {R"({"top":{},"below":[]})", ".top.name"},
        {R"({"top":{"name":1},"below":[]})", ".top.name"},
        {R"({"top":{"name":null},"below":[]})", ".top.name"},
        {R"({"top":{"name":"a","size":"1"},"below":[]})", ".top.size"},
        {R"({"top":{"name":"a","size":1.5},"below":[]})", ".top.size"},
        {R"({"top":{"name":"a","size":1e0},"below":[]})", ".top.size"},
        {R"({"top":{"name":"a","size":2147483648},"below":[]})", ".top.size"},
        {R"({"top":{"name":"a","Size":1},"below":[]})", ".top.Size"},
        {R"({"top":{"name":"a"},"below":{}})", ".below"},
        {R"({"top":{"name":"a"},"below":[1]})", ".below[0]"},
        {R"({"top":{"name":"a"},"below":[],"more":1})", ".more"},
        {R"({"top":{"name":"a"},"below":[{"top":{"name":"b"},"below":[{}]}]})",
            ".below[0].below[0].top"},
    };
    for (auto const& [text, path] : rows) {
        INFO(text);
        CHECK(trouble<tree>(text) == path);
    }
}

TEST_CASE("values out of their range or form are refused", "[json]") {
    CHECK(trouble<bool>("1") == ".");
    CHECK(trouble<std::int8_t>("127") == "");
    CHECK(trouble<std::int8_t>("128") == ".");
    CHECK(trouble<std::int8_t>("-129") == ".");
    CHECK(trouble<std::uint64_t>("18446744073709551615") == "");
    CHECK(trouble<std::uint64_t>("18446744073709551616") == ".");
    CHECK(trouble<std::uint64_t>("-1") == ".");
    CHECK(trouble<std::int64_t>("9223372036854775807") == "");
    CHECK(trouble<std::int64_t>("9223372036854775808") == ".");
    CHECK(trouble<koc::id<int, std::uint16_t>>("65535") == "");
    CHECK(trouble<koc::id<int, std::uint16_t>>("65536") == ".");
    CHECK(trouble<koc::id<int>>("\"7\"") == ".");
    CHECK(trouble<colour>("\"red\"") == "");
    CHECK(trouble<colour>("\"Red\"") == ".");
    CHECK(trouble<colour>("\"red\\u0000\"") == ".");
    CHECK(trouble<colour>("0") == ".");
    CHECK(trouble<koc::instant>("\"2026-01-31\"") == "");
    CHECK(trouble<koc::instant>("\"2026-01-31T08:30:00+08:00\"") == "");
    CHECK(trouble<koc::instant>("\"2026-01-31T08:30:00\"") == ".");
    CHECK(trouble<koc::instant>("\"2026-02-30T00:00:00Z\"") == ".");
    CHECK(trouble<koc::instant>("1767225600000") == ".");
    CHECK(trouble<koc::digest>("\"000000000000000a000000000000000b\"") == "");
    CHECK(trouble<koc::digest>("\"000000000000000A000000000000000b\"") == ".");
    CHECK(trouble<koc::digest>("\"0b\"") == ".");
    CHECK(trouble<koc::personal_text>(R"({"owner":1,"text":"a"})") == "");
    CHECK(trouble<koc::personal_text>(R"("a")") == ".");
    CHECK(trouble<koc::personal_text>(R"({"text":"a"})") == ".owner");
}

TEST_CASE("a time without its zone is refused in words, and one with any zone is read", "[json]") {
    auto const refused = read<koc::instant>("\"2026-11-02T09:00:00\"");
    REQUIRE(refused.has_error());
    CHECK(refused.error().expected ==
        "expected a time with its zone, and the zone is missing; append Z for UTC or the distance "
        "from it, such as +08:00");
    auto const nine = koc::from_iso8601("2026-11-02T09:00:00Z");
    CHECK(read<koc::instant>("\"2026-11-02T17:00:00+08:00\"") == nine);
    CHECK(read<koc::instant>("\"2026-11-02T05:30:00-03:30\"") == nine);
    // However it was written, it is written back in UTC.
    CHECK(text_of(*nine) == "\"2026-11-02T09:00:00Z\"");
    auto const longest = read<koc::duration>(text_of(koc::for_ever));
    REQUIRE(longest.has_value());
    CHECK(*longest == koc::for_ever);
}

TEST_CASE("pairs and lists name the element that is wrong", "[json]") {
    using pairs = std::vector<std::pair<std::string, int>>;
    CHECK(trouble<pairs>(R"([["a",1],["b",2]])") == "");
    CHECK(trouble<pairs>(R"([["a",1],["b"]])") == "[1]");
    CHECK(trouble<pairs>(R"([["a",1],["b",2,3]])") == "[1]");
    CHECK(trouble<pairs>(R"([["a",1],[2,2]])") == "[1][0]");
    CHECK(trouble<pairs>(R"([["a",1],["b",null]])") == "[1][1]");
    CHECK(text_of(*read<std::vector<bool>>("[true,false]")) == "[true,false]");
}

TEST_CASE("a variant is told by its type, which must be one of the alternatives", "[json]") {
    using either = std::variant<leaf, base>;
    CHECK(trouble<either>(R"({"type":"leaf","name":"a"})") == "");
    CHECK(trouble<either>(R"({"inherited":1,"type":"base"})") == "");
    CHECK(trouble<either>(R"({"inherited":1})") == ".type");
    CHECK(trouble<either>(R"({"type":"tree","inherited":1})") == ".type");
    CHECK(trouble<either>(R"({"type":0,"inherited":1})") == ".type");
    CHECK(trouble<either>(R"({"type":"base"})") == ".inherited");
    CHECK(trouble<either>(R"({"type":"base","inherited":1,"name":"a"})") == ".name");
    CHECK(trouble<either>(R"("base")") == ".");
}

TEST_CASE("a refusal says what was expected", "[json]") {
    CHECK(read<colour>("\"blue\"").error().expected == "expected one of: red, green");
    CHECK(read<leaf>(R"({"name":"a","sise":1})").error().expected ==
        "expected only the members name, size; remove it or correct its name");
    CHECK(read<std::int8_t>("200").error().expected ==
        "expected a whole number between -128 and 127");
}

TEST_CASE("what reading would refuse is told before writing, with its path", "[json]") {
    tree deep;
    for (int level = 0; level < koc::nesting_max; ++level) {
        tree outer;
        outer.below.push_back(std::move(deep));
        deep = std::move(outer);
    }
    auto bad_text = everything_value;
    bad_text.tags[1].name = "\xc0\x80";
    auto bad_note = everything_value;
    bad_note.note.text = "\xed\xa0\x80";
    auto bad_enum = everything_value;
    bad_enum.tint = static_cast<colour>(2);
    auto bad_instant = everything_value;
    bad_instant.at = koc::instant{koc::instant_max.ms + 1};
    auto bad_variant = everything_value;
    bad_variant.either = leaf{"\x80", {}};
    CHECK(!koc::check_json(everything_value));
    CHECK(koc::check_json(bad_text)->subject == ".tags[1].name");
    CHECK(koc::check_json(bad_text)->code == koc::errc::invalid_text);
    CHECK(koc::check_json(bad_note)->subject == ".note.text");
    CHECK(koc::check_json(bad_enum)->subject == ".tint");
    CHECK(koc::check_json(bad_instant)->subject == ".at");
    CHECK(koc::check_json(bad_variant)->subject == ".either.name");
    CHECK(koc::check_json(deep).has_value());
    CHECK(!koc::from_json<tree>(koc::to_json(deep)).has_value());
    for (auto const& bad : {bad_enum, bad_instant}) {
        CHECK(!koc::from_json<everything>(koc::to_json(bad)).has_value());
    }
}

TEST_CASE("reading what was written gives the same value, and the same bytes again", "[json]") {
    CHECK(rc::check([](std::uint64_t seed) {
        koc::testing::sample_batches random{seed};
        for (auto const& event : random.one().events) {
            RC_ASSERT(!koc::check_json(event));
            auto const text = text_of(event);
            auto const back = read<koc::testing::sample_event>(text);
            RC_ASSERT(back.has_value());
            RC_ASSERT(koc::content_of(*back) == koc::content_of(event));
            RC_ASSERT(text_of(*back) == text);
        }
    }));
}

TEST_CASE("a text with one byte changed is refused or reads as another value of the same form",
    "[json]") {
    std::string const good = everything_text;
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (unsigned flip : {1U, 4U, 0x20U, 0x80U}) {
            auto bad = good;
            bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ flip);
            auto const got = read<everything>(bad);
            if (got) {
                CHECK(!koc::check_json(*got));
            }
        }
    }
}
