// SPDX-License-Identifier: BSL-1.0
#include <koc/json/messages.hpp>
#include <koc/json/text.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct enrol {
    koc::id<struct member_tag> member;
    std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(enrol, (), (member, tags))
struct assign {
    koc::id<struct member_tag> member;
};
BOOST_DESCRIBE_STRUCT(assign, (), (member))
struct close_all {};
BOOST_DESCRIBE_STRUCT(close_all, (), ())
struct sort_by {
    std::string type;
};
BOOST_DESCRIBE_STRUCT(sort_by, (), (type))

/// As an engine would have it: more is known of a command than its messages need.
struct command_type : koc::message_type {
    int handler = 0;
};
command_type const enrolling{koc::message_type_of<enrol>, 1};

koc::message_type const* const known[] = {&enrolling, &koc::message_type_of<assign>,
    &koc::message_type_of<close_all>, &koc::message_type_of<sort_by>};

koc::result<koc::message> read(std::string_view text) {
    return koc::read_message(known, *koc::parse_json(text));
}
koc::result<koc::message> read(std::string_view name, std::string_view members) {
    return koc::read_message(known, name, *koc::parse_json(members));
}

} // namespace

TEST_CASE("a message is read by its name, inside the object or beside it", "[json]") {
    for (auto const& got : {read(R"({"type":"enrol","member":7,"tags":["a"]})"),
             read(R"({"tags":["a"],"member":7,"type":"enrol"})"),
             read("enrol", R"({"member":7,"tags":["a"]})")}) {
        REQUIRE(got.has_value());
        CHECK(static_cast<command_type const&>(got->type()).handler == 1);
        CHECK(got->get_if<assign>() == nullptr);
        CHECK(got->get<enrol>().member.value() == 7);
        CHECK(got->get<enrol>().tags == std::vector<std::string>{"a"});
        CHECK(koc::message_text(*got) == R"({"type":"enrol","member":7,"tags":["a"]})");
    }
    CHECK(read("sort_by", R"({"type":"name"})")->get<sort_by>().type == "name");
    CHECK(koc::message_text(*read(R"({"type":"close_all"})")) == R"({"type":"close_all"})");
}

TEST_CASE("an unknown name is refused with the nearest known names", "[json]") {
    auto const refused = read(R"({"type":"enroll","member":7,"tags":[]})");
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == koc::errc::invalid_argument);
    CHECK(refused.error().subject == ".type");
    CHECK(refused.error().expected ==
        "expected the name of a known type; the nearest are: enrol, assign, sort_by");
    CHECK(read("asign", "{}").error().subject == "message name");
    CHECK(read("asign", "{}").error().expected.find("are: assign") != std::string::npos);
    CHECK(!read(std::string(100'000, 'x'), "{}").has_value());
    CHECK(koc::read_message({}, "enrol", boost::json::object{}).error().expected ==
        "expected the name of a known type; none is known");
}

TEST_CASE("what does not belong to the message is refused with its path", "[json]") {
    struct row {
        char const* text;
        char const* path;
    };
    row const rows[] = {
        {"[]", "."},
        {"{}", ".type"},
        {R"({"type":7})", ".type"},
        {R"({"type":"Enrol","member":7,"tags":[]})", ".type"},
        {R"({"type":"enrol","member":7})", ".tags"},
        {R"({"type":"enrol","member":7,"tags":[0]})", ".tags[0]"},
        {R"({"type":"enrol","member":7,"tags":[],"more":1})", ".more"},
        {R"({"type":"close_all","type ":1})", ".type "},
        {R"({"type":"sort_by"})", ".type"},
    };
    for (auto const& [text, path] : rows) {
        INFO(text);
        auto const got = read(text);
        REQUIRE(!got.has_value());
        CHECK(got.error().code == koc::errc::invalid_argument);
        CHECK(got.error().subject == path);
    }
    CHECK(read("enrol", R"({"type":"enrol","member":7,"tags":[]})").error().subject == ".type");
    CHECK(read("enrol", "7").error().subject == ".");
}
