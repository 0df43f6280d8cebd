// SPDX-License-Identifier: BSL-1.0
#include <koc/json/from_json.hpp>
#include <koc/json/text.hpp>
#include <koc/json/to_json.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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
};
BOOST_DESCRIBE_STRUCT(everything, (),
    (flag, tiny, large, thing, tint, at, within, worth, print, note, remark, tags, answers, part))

struct with_set {
    std::set<int> numbers;
};
BOOST_DESCRIBE_STRUCT(with_set, (), (numbers))

/// A host's type with a form of its own: "title/page".
struct bookmark {
    std::string title;
    int page = 0;
};
koc::custom_form const bookmark_form{"bookmark",
    [](koc::hasher& into, void const* value) {
        auto const& mark = *static_cast<bookmark const*>(value);
        into.add(mark.title).add(mark.page);
    },
    [](std::string& out, void const* value) {
        auto const& mark = *static_cast<bookmark const*>(value);
        koc::append_quoted(out, mark.title + '/' + std::to_string(mark.page));
    },
    [](void const*, int) -> std::optional<koc::error> { return std::nullopt; },
    [](koc::form_source const& from, void* value) -> std::optional<koc::error> {
        std::string text;
        if (auto refused = from.read_as(text)) {
            return refused;
        }
        auto const slash = text.find('/');
        if (slash == std::string::npos) {
            return koc::error{
                koc::errc::invalid_argument, {}, "expected a title, a slash and a page"};
        }
        *static_cast<bookmark*>(value) = {text.substr(0, slash), text[slash + 1] - '0'};
        return std::nullopt;
    }};
struct written_only {};
koc::custom_form const written_only_form{"written_only", [](koc::hasher&, void const*) {},
    [](std::string& out, void const*) { out += '1'; },
    [](void const*, int) -> std::optional<koc::error> { return std::nullopt; }};

} // namespace

template <>
inline constexpr koc::custom_form const* koc::custom_form_of<bookmark> = &bookmark_form;
template <>
inline constexpr koc::custom_form const* koc::custom_form_of<written_only> = &written_only_form;

namespace {

struct shelf {
    std::vector<bookmark> books;
};
BOOST_DESCRIBE_STRUCT(shelf, (), (books))

template <typename T>
std::string text_of(T const& value) {
    return koc::to_json_text(value);
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
    R"("part":["x",-9223372036854775808]})";

everything const everything_value = {true, -128, std::numeric_limits<std::uint64_t>::max(),
    decltype(everything::thing){65535}, colour::green,
    *koc::from_iso8601("2026-01-31T08:30:00.250Z"), {-1}, koc::percent(75), {10, 11},
    {7, "王 \"w\""}, "", {{"a", 1}, {"b", {}}}, {true, std::nullopt},
    {"x", std::numeric_limits<std::int64_t>::min()}};

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
    CHECK(trouble<koc::instant>("\"2026-02-30T00:00:00Z\"") == ".");
    CHECK(trouble<koc::instant>("1767225600000") == ".");
    CHECK(trouble<koc::digest>("\"000000000000000a000000000000000b\"") == "");
    CHECK(trouble<koc::digest>("\"000000000000000A000000000000000b\"") == ".");
    CHECK(trouble<koc::digest>("\"0b\"") == ".");
    CHECK(trouble<koc::personal_text>(R"({"owner":1,"text":"a"})") == "");
    CHECK(trouble<koc::personal_text>(R"("a")") == ".");
    CHECK(trouble<koc::personal_text>(R"({"text":"a"})") == ".owner");
}

TEST_CASE("pairs and lists name the element that is wrong", "[json]") {
    using pairs = std::vector<std::pair<std::string, int>>;
    CHECK(trouble<pairs>(R"([["a",1],["b",2]])") == "");
    CHECK(trouble<pairs>(R"([["a",1],["b"]])") == "[1]");
    CHECK(trouble<pairs>(R"([["a",1],["b",2,3]])") == "[1]");
    CHECK(trouble<pairs>(R"([["a",1],[2,2]])") == "[1][0]");
    CHECK(trouble<pairs>(R"([["a",1],["b",null]])") == "[1][1]");
}

TEST_CASE("a refusal says what was expected", "[json]") {
    CHECK(read<colour>("\"blue\"").error().expected == "expected one of: red, green");
    CHECK(read<leaf>(R"({"name":"a","sise":1})").error().expected ==
        "expected only the members name, size; remove it or correct its name");
    CHECK(read<std::int8_t>("200").error().expected ==
        "expected a whole number between -128 and 127");
}

TEST_CASE("what check_form refuses is refused when it is read", "[json]") {
    auto bad_enum = everything_value;
    bad_enum.tint = static_cast<colour>(2);
    auto bad_instant = everything_value;
    bad_instant.at = {koc::instant_max.ms + 1};
    CHECK(trouble<everything>(text_of(bad_enum)) == ".tint");
    CHECK(trouble<everything>(text_of(bad_instant)) == ".at");
}

TEST_CASE("as deep as a form may nest it is read, and no deeper", "[json]") {
    // Each tree adds two levels: its struct and its list of trees.
    for (int trees = 1; trees < 40; ++trees) {
        tree deep;
        for (int level = 1; level < trees; ++level) {
            tree outer;
            outer.below.push_back(std::move(deep));
            deep = std::move(outer);
        }
        INFO(trees);
        auto const accepted = !koc::check_form(deep);
        CHECK(accepted == (trees <= 32));
        CHECK(read<tree>(text_of(deep)).has_value() == accepted);
        CHECK(koc::from_json<tree>(koc::to_json(deep)).has_value() == accepted);
    }
}

TEST_CASE("a list that cannot grow is refused", "[json]") {
    CHECK(text_of(with_set{{3, 1}}) == R"({"numbers":[1,3]})");
    CHECK(trouble<with_set>(R"({"numbers":[1,3]})") == ".numbers");
    CHECK(trouble<with_set>(R"({"numbers":[]})") == "");
}

TEST_CASE("a custom form is read through the shape that its host converts from", "[json]") {
    CHECK(text_of(shelf{{{"a", 3}}}) == R"({"books":["a/3"]})");
    CHECK(read<shelf>(R"({"books":["a/3"]})")->books.front().page == 3);
    CHECK(trouble<shelf>(R"({"books":["a/3","b"]})") == ".books[1]");
    CHECK(trouble<shelf>(R"({"books":[3]})") == ".books[0]");
    CHECK(trouble<written_only>("1") == ".");
}

TEST_CASE("an instant without a zone is refused, and the refusal says so", "[json]") {
    // Whether the zone may be left out is for from_iso8601 to say.
    if (!koc::from_iso8601("2026-01-31T08:30:00")) {
        auto const refused = read<koc::instant>("\"2026-01-31T08:30:00\"");
        CHECK(refused.error().expected.find("zone is missing") != std::string::npos);
    }
    CHECK(read<koc::instant>("\"2026-13-31T08:30:00Z\"").error().expected ==
        "expected a date and time with its zone, such as \"2026-01-31T08:30:00Z\"");
}

TEST_CASE(
    "a text with one byte changed is refused or reads as a value with a stable text", "[json]") {
    std::string const good = everything_text;
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (unsigned flip : {1U, 4U, 0x20U, 0x80U}) {
            auto bad = good;
            bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ flip);
            if (auto const got = read<everything>(bad)) {
                auto const again = read<everything>(text_of(*got));
                REQUIRE(again.has_value());
                CHECK(text_of(*again) == text_of(*got));
            }
        }
    }
}
