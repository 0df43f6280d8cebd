// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/validate.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using task = koc::id<struct task_kind>;

enum class colour : unsigned char { red, green };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct leaf {
    std::string name;
    colour tint = colour::red;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (name, tint))

struct plant {
    task id;
    std::string name;
    std::vector<leaf> leaves;
    std::optional<std::string> note;
    koc::instant sown;
    koc::duration rest;
    koc::score height;
    koc::personal_text planter;
    std::vector<int> rings;
    std::map<std::string, leaf> by_name;
    std::pair<std::string, leaf> label;
    bool alive = true;
};
BOOST_DESCRIBE_STRUCT(
    plant, (), (id, name, leaves, note, sown, rest, height, planter, rings, by_name, label, alive))

struct nested {
    std::vector<nested> inside;
};
BOOST_DESCRIBE_STRUCT(nested, (), (inside))

nested nested_to(int depth) {
    nested value;
    for (int i = 0; i < depth; ++i) {
        nested outer;
        outer.inside.push_back(std::move(value));
        value = std::move(outer);
    }
    return value;
}

plant good() {
    plant p;
    p.name = "oak";
    p.leaves = {{"first", colour::red}, {"second", colour::green}};
    p.note = "by the \xe6\xb2\xb3";
    p.planter = {7, "Lin"};
    p.by_name = {{"a", {"b", colour::red}}};
    p.label = {"label", {"x", colour::red}};
    return p;
}

TEST_CASE("a well-formed value passes, at its limits too", "[describe]") {
    CHECK_FALSE(koc::check_form(plant{}));
    auto p = good();
    CHECK_FALSE(koc::check_form(p));
    p.sown = koc::instant_min;
    p.rest = koc::instant_min - koc::instant_max;
    p.height = koc::score_magnitude_max;
    p.name.assign(koc::note_length_max, 'x');
    CHECK_FALSE(koc::check_form(p));
    p.rest = koc::for_ever;
    CHECK_FALSE(koc::check_form(p));
    p.sown = koc::instant_max;
    p.rest = koc::instant_max - koc::instant_min;
    p.height = -koc::score_magnitude_max;
    CHECK_FALSE(koc::check_form(p));
}

TEST_CASE("a duration may last for ever", "[describe]") {
    auto p = good();
    p.rest = koc::for_ever;
    CHECK_FALSE(koc::check_form(p));
}

TEST_CASE("a malformed part is refused by its path", "[describe]") {
    struct expectation {
        void (*spoil)(plant&);
        koc::errc code;
        char const* path;
    };
    using koc::errc;
    for (auto const& c : {
             expectation{[](plant& p) { p.name = "\xff"; }, errc::invalid_text, ".name"},
             expectation{[](plant& p) { p.name.assign(koc::note_length_max + 1, 'x'); },
                 errc::invalid_text, ".name"},
             expectation{[](plant& p) { p.name = "a\x01"; }, errc::invalid_text, ".name"},
             expectation{[](plant& p) { p.leaves[1].name = "\xc0"; }, errc::invalid_text,
                 ".leaves[1].name"},
             expectation{[](plant& p) { p.leaves[0].tint = static_cast<colour>(2); },
                 errc::invalid_argument, ".leaves[0].tint"},
             expectation{[](plant& p) { p.note = "\x80"; }, errc::invalid_text, ".note"},
             expectation{[](plant& p) { p.sown = {koc::instant_min.ms - 1}; },
                 errc::invalid_argument, ".sown"},
             expectation{[](plant& p) { p.sown = {koc::instant_max.ms + 1}; },
                 errc::invalid_argument, ".sown"},
             expectation{[](plant& p) { p.rest = {INT64_MIN}; }, errc::invalid_argument, ".rest"},
             expectation{
                 [](plant& p) { p.rest = {INT64_MAX - 1}; }, errc::invalid_argument, ".rest"},
             expectation{[](plant& p) { p.height = koc::score_magnitude_max + koc::score{1}; },
                 errc::invalid_argument, ".height"},
             expectation{
                 [](plant& p) { p.height = {INT64_MIN}; }, errc::invalid_argument, ".height"},
             expectation{
                 [](plant& p) { p.planter.text = "\xed\xa0\x80"; }, errc::invalid_text, ".planter"},
             expectation{[](plant& p) { p.rings.resize(koc::list_length_max + 1); },
                 errc::too_large, ".rings"},
             expectation{
                 [](plant& p) { p.by_name["\xff"]; }, errc::invalid_text, ".by_name[1].first"},
             expectation{[](plant& p) { p.by_name["a"].name = "\xff"; }, errc::invalid_text,
                 ".by_name[0].second.name"},
             expectation{
                 [](plant& p) { p.label.first = "\xff"; }, errc::invalid_text, ".label.first"},
             expectation{[](plant& p) { p.label.second.name = "\xff"; }, errc::invalid_text,
                 ".label.second.name"},
         }) {
        CAPTURE(c.path);
        auto p = good();
        c.spoil(p);
        auto const refused = koc::check_form(p);
        REQUIRE(refused);
        CHECK(refused->code == c.code);
        CHECK(refused->subject == c.path);
        CHECK(refused->expected.starts_with("expected "));
    }
}

TEST_CASE("the first of several malformed parts is named", "[describe]") {
    auto p = good();
    p.leaves[1].name = "\xff";
    p.leaves[0].name = "\xff";
    p.height = {INT64_MAX};
    CHECK(koc::check_form(p)->subject == ".leaves[0].name");
}

TEST_CASE("nesting has a limit", "[describe]") {
    CHECK_FALSE(koc::check_form(nested_to(koc::nesting_max / 2 - 1)));
    auto const refused = koc::check_form(nested_to(koc::nesting_max / 2));
    REQUIRE(refused);
    CHECK(refused->code == koc::errc::too_large);
    CHECK(refused->subject.starts_with(".inside[0].inside[0]"));
}

} // namespace
