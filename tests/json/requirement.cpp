// SPDX-License-Identifier: BSL-1.0
#include <koc/json/from_json.hpp>
#include <koc/json/text.hpp>
#include <koc/json/to_json.hpp>
#include <koc/tag/requirement.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <string>
#include <string_view>
#include <utility>

namespace {

using koc::requirement;
using koc::requirement_kind;

koc::result<requirement> read(std::string_view text) {
    auto const json = koc::parse_json(text);
    if (!json) {
        return json.error();
    }
    return koc::from_json<requirement>(*json);
}

requirement listed(requirement_kind kind) {
    requirement made;
    made.kind = kind;
    return made;
}

rc::Gen<requirement> requirements(int depth) {
    auto const name = rc::gen::element<std::string>("region", "format", "阶段", "");
    auto const key = rc::gen::element<std::string>("harbin", "a:b", "", "\"");
    auto const bound = rc::gen::element<std::optional<std::int64_t>>(
        std::nullopt, 0, 600'000, std::numeric_limits<std::int64_t>::min());
    auto const leaf = rc::gen::oneOf(rc::gen::apply(koc::has, name, key),
        rc::gen::map(rc::gen::tuple(name, bound, bound), [](auto parts) {
            auto [column, low, high] = parts;
            return koc::between(koc::column{column}, low, high);
        }));
    if (depth == 0) {
        return leaf;
    }
    return rc::gen::oneOf(leaf,
        rc::gen::map(
            rc::gen::pair(rc::gen::element(
                              requirement_kind::all, requirement_kind::any, requirement_kind::none),
                rc::gen::resize(
                    3, rc::gen::container<std::vector<requirement>>(requirements(depth - 1)))),
            [](auto node) {
                auto made = listed(node.first);
                made.parts = std::move(node.second);
                return made;
            }));
}

} // namespace

TEST_CASE("requirements are written as people write them", "[json]") {
    using koc::column;
    using koc::has;
    struct row {
        requirement node;
        char const* text;
    };
    row const rows[] = {
        {koc::everybody(), R"({"all":[]})"},
        {has("region", "northeast"), R"({"tag":"region:northeast"})"},
        {has("link", "https://x"), R"({"tag":"link:https://x"})"},
        {!has("stage", "evolving"), R"({"none":[{"tag":"stage:evolving"}]})"},
        {has("a", "b") || has("c", "d"), R"({"any":[{"tag":"a:b"},{"tag":"c:d"}]})"},
        {column("quality") >= koc::percent(60), R"({"column":"quality","at_least":600000})"},
        {column("load") <= 2, R"({"column":"load","at_most":2})"},
        {koc::between(column("load"), -1, 2), R"({"column":"load","at_least":-1,"at_most":2})"},
        {koc::between(column("load"), {}, {}), R"({"column":"load"})"},
        {has("region", "northeast") && !has("stage", "evolving") && column("quality") >= 600'000,
            R"({"all":[{"tag":"region:northeast"},{"none":[{"tag":"stage:evolving"}]},)"
            R"({"column":"quality","at_least":600000}]})"},
    };
    for (auto const& [node, text] : rows) {
        INFO(text);
        CHECK(!koc::check_form(node));
        CHECK(koc::to_json_text(node) == text);
        auto const back = read(text);
        REQUIRE(back.has_value());
        CHECK((*back == node));
    }
}

TEST_CASE("the members of a node may come in any order", "[json]") {
    auto const got = read(R"({"at_least":1,"column":"load"})");
    REQUIRE(got.has_value());
    CHECK((*got == (koc::column("load") >= 1)));
}

TEST_CASE("a malformed requirement is refused with its path", "[json]") {
    struct row {
        char const* text;
        char const* path;
    };
    row const rows[] = {
        {R"({})", "."},
        {R"([])", "."},
        {R"("region:northeast")", "."},
        {R"({"all":[],"any":[]})", "."},
        {R"({"tag":"a:b","column":"c"})", "."},
        {R"({"at_least":1})", "."},
        {R"({"tag":"a:b","at_least":1})", "."},
        {R"({"all":[],"at_most":1})", "."},
        {R"({"ALL":[]})", ".ALL"},
        {R"({"all":{"tag":"a:b"}})", ".all"},
        {R"({"all":["a:b"]})", ".all[0]"},
        {R"({"tag":"northeast"})", ".tag"},
        {R"({"tag":7})", ".tag"},
        {R"({"tag":{"facet":"a","key":"b"}})", ".tag"},
        {R"({"column":7})", ".column"},
        {R"({"column":"c","at_least":0.6})", ".at_least"},
        {R"({"column":"c","at_most":9223372036854775808})", ".at_most"},
        {R"({"any":[{"tag":"a:b"},{"none":[{"any":[{}]}]}]})", ".any[1].none[0].any[0]"},
        {R"({"all":[],"all":[{"tag":"a:b"}]})", "JSON text"},
    };
    for (auto const& [text, path] : rows) {
        INFO(text);
        auto const got = read(text);
        REQUIRE(!got.has_value());
        CHECK(got.error().code == koc::errc::invalid_argument);
        CHECK(got.error().subject == path);
    }
}

TEST_CASE("a requirement nests as deep as check_form accepts", "[json]") {
    auto node = koc::everybody();
    for (int level = 1; level < 40; ++level) {
        INFO(level);
        auto const accepted = !koc::check_form(node);
        CHECK(accepted == (level <= 32));
        CHECK(read(koc::to_json_text(node)).has_value() == accepted);
        CHECK(koc::from_json<requirement>(koc::to_json(node)).has_value() == accepted);
        auto outer = koc::everybody();
        outer.parts.push_back(std::move(node));
        node = std::move(outer);
    }
}

TEST_CASE("a requirement that the form cannot say is told before writing", "[json]") {
    auto tag_with_column = koc::has("a", "b");
    tag_with_column.column = "c";
    auto tag_with_parts = koc::has("a", "b");
    tag_with_parts.parts.push_back(koc::everybody());
    auto list_with_tag = koc::everybody();
    list_with_tag.tag.key = "b";
    auto list_with_bound = koc::everybody();
    list_with_bound.at_most = 1;
    for (auto const& bad : {tag_with_column, tag_with_parts, list_with_tag, list_with_bound,
             koc::has("a:b", "c"), listed(static_cast<requirement_kind>(9))}) {
        CHECK(koc::check_form(bad).has_value());
        auto outer = koc::everybody() || koc::everybody() || koc::has("a", "b");
        outer.parts[1] = bad;
        REQUIRE(koc::check_form(outer).has_value());
        CHECK(koc::check_form(outer)->subject == ".any[1]");
    }
    CHECK(koc::check_form(koc::has("\xff", "b"))->code == koc::errc::invalid_text);
}

TEST_CASE("every requirement that can be said is read back equal", "[json]") {
    CHECK(rc::check([] {
        auto const node = *requirements(3);
        RC_ASSERT(!koc::check_form(node));
        auto const back = read(koc::to_json_text(node));
        RC_ASSERT(back.has_value());
        RC_ASSERT((*back == node));
    }));
}
