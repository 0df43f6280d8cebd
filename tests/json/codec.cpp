// SPDX-License-Identifier: BSL-1.0
#include <koc/json/codec.hpp>
#include <koc/testing/journal.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <string>
#include <utility>

namespace json_codec_test {

struct topic_designed_1 {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(topic_designed_1, (), (title))
struct topic_designed_2 {
    std::string title;
    int places = 0;
};
BOOST_DESCRIBE_STRUCT(topic_designed_2, (), (title, places))
struct topic_designed {
    std::string title;
    std::vector<int> places;
};
BOOST_DESCRIBE_STRUCT(topic_designed, (), (title, places))
struct topic_closed {};
BOOST_DESCRIBE_STRUCT(topic_closed, (), ())
struct topic_restricted {
    koc::requirement who;
};
BOOST_DESCRIBE_STRUCT(topic_restricted, (), (who))

using event = koc::any_event<topic_designed, topic_closed, topic_restricted>;

} // namespace json_codec_test

using namespace json_codec_test;

template <>
struct koc::schema<topic_designed_1> {
    static constexpr std::string_view name = "topic_designed";
};
template <>
struct koc::schema<topic_designed_2> {
    static constexpr std::string_view name = "topic_designed";
    using previous = topic_designed_1;
    static topic_designed_2 upcast(topic_designed_1 old) { return {std::move(old.title), 3}; }
};
template <>
struct koc::schema<topic_designed> {
    using previous = topic_designed_2;
    static topic_designed upcast(topic_designed_2 old) {
        return {std::move(old.title), {old.places}};
    }
};

static_assert(koc::codec_for<koc::json_codec, event>);
static_assert(koc::codec_for<koc::json_codec, koc::testing::sample_event>);
static_assert(!koc::codec_for<koc::json_codec, int>);

namespace {

koc::json_codec const codec;

koc::result<koc::decoded<event>> decode(
    std::string_view type, unsigned version, std::string_view payload) {
    return codec.decode<event>(type, version, payload);
}

} // namespace

TEST_CASE("the form of each sort of event is the one that every release has written", "[json]") {
    using koc::testing::sample_closed;
    using koc::testing::sample_kind;
    using koc::testing::sample_recorded;
    struct row {
        koc::testing::sample_event event;
        char const* type;
        char const* payload;
        char const* content;
    };
    row const rows[] = {
        {sample_closed{}, "sample_closed", "{}", "34e5465aa8d8e6bb0692869494d67cfd"},
        {sample_recorded{}, "sample_recorded",
            R"({"subject":0,"kind":"first","flag":false,"delta":0,"large":0,"worth":0,)"
            R"("due_at":"1970-01-01T00:00:00Z","within":0,"note":{"owner":0,"text":""},)"
            R"("parts":[]})",
            "fb83032e5d58bea26e98d103208baf7a"},
        {sample_recorded{decltype(sample_recorded::subject){7}, sample_kind::third, true, -5, 6,
             koc::percent(50), {1'000}, koc::days(1), "\"续航\"\n", {7, "李"}, {{"depth", -1}}},
            "sample_recorded",
            R"({"subject":7,"kind":"third","flag":true,"delta":-5,"large":6,"worth":500000,)"
            R"("due_at":"1970-01-01T00:00:01Z","within":86400000,"remark":"\"续航\"\n",)"
            R"("note":{"owner":7,"text":"李"},"parts":[["depth",-1]]})",
            "2eb600c4b6d9f5cc6370334fcc9abcd6"},
    };
    for (auto const& [event, type, payload, content] : rows) {
        auto const coded = codec.encode(event);
        REQUIRE(coded.has_value());
        CHECK(coded->type == type);
        CHECK(coded->version == 1);
        CHECK(coded->payload == payload);
        CHECK(to_hex(koc::content_of(event)) == content);
        auto const back = codec.decode<koc::testing::sample_event>(type, 1, payload);
        REQUIRE(back.has_value());
        CHECK(to_hex(back->content) == content);
        CHECK(koc::content_of(back->event) == back->content);
    }
}

TEST_CASE("decoding what was encoded gives an equal event", "[json]") {
    CHECK(rc::check([](std::uint64_t seed) {
        for (auto const& event : koc::testing::sample_batches{seed}.one().events) {
            auto const coded = codec.encode(event);
            RC_ASSERT(coded.has_value());
            auto const back = codec.decode<koc::testing::sample_event>(
                coded->type, coded->version, coded->payload);
            RC_ASSERT(back.has_value());
            RC_ASSERT(back->content == koc::content_of(event));
            RC_ASSERT(koc::content_of(back->event) == koc::content_of(event));
        }
    }));
}

TEST_CASE("an event is written at its schema's version, under its schema's name", "[json]") {
    auto const coded = codec.encode(event{topic_designed{"range", {1, 2}}});
    REQUIRE(coded.has_value());
    CHECK(coded->type == "topic_designed");
    CHECK(coded->version == 3);
    CHECK(coded->payload == R"({"title":"range","places":[1,2]})");
}

TEST_CASE(
    "events of former versions are brought up to date and keep the digest they had", "[json]") {
    struct row {
        unsigned version;
        char const* payload;
        int places;
        koc::digest content;
    };
    row const rows[] = {
        {1, R"({"title":"range"})", 3, koc::content_of(topic_designed_1{"range"})},
        {2, R"({"title":"range","places":5})", 5, koc::content_of(topic_designed_2{"range", 5})},
        {3, R"({"title":"range","places":[7]})", 7, koc::content_of(topic_designed{"range", {7}})},
    };
    for (auto const& [version, payload, places, content] : rows) {
        auto const got = decode("topic_designed", version, payload);
        REQUIRE(got.has_value());
        CHECK(got->event.get<topic_designed>().title == "range");
        CHECK(got->event.get<topic_designed>().places == std::vector{places});
        CHECK(got->content == content);
    }
}

TEST_CASE("a requirement in an event has the form that people write", "[json]") {
    auto const coded = codec.encode(event{topic_restricted{koc::has("region", "northeast")}});
    REQUIRE(coded.has_value());
    CHECK(coded->payload == R"({"who":{"tag":"region:northeast"}})");
}

TEST_CASE(
    "what cannot be decoded is corrupt, and the refusal names the type and the path", "[json]") {
    struct row {
        char const* type;
        unsigned version;
        char const* payload;
        char const* subject;
    };
    row const rows[] = {
        {"topic_opened", 1, "{}", "topic_opened"},
        {"", 1, "{}", ""},
        {"topic_closed", 0, "{}", "topic_closed version 0"},
        {"topic_closed", 2, "{}", "topic_closed version 2"},
        {"topic_closed", 1, "", "topic_closed JSON text at byte 0"},
        {"topic_closed", 1, "{}{}", "topic_closed JSON text at byte 2"},
        {"topic_closed", 1, "[]", "topic_closed."},
        {"topic_closed", 1, R"({"a":1})", "topic_closed.a"},
        {"topic_designed", 4, R"({"title":"a","places":[]})", "topic_designed version 4"},
        {"topic_designed", 3, R"({"title":"a","places":[""]})", "topic_designed.places[0]"},
        {"topic_designed", 2, R"({"title":"a","places":[]})", "topic_designed.places"},
        {"topic_designed", 1, R"({"title":"a","places":[]})", "topic_designed.places"},
        {"topic_designed", 0, R"({"title":"a"})", "topic_designed version 0"},
    };
    for (auto const& [type, version, payload, subject] : rows) {
        INFO(type << ' ' << version << ' ' << payload);
        auto const got = decode(type, version, payload);
        REQUIRE(!got.has_value());
        CHECK(got.error().code == koc::errc::corrupt);
        CHECK(got.error().subject == subject);
        CHECK(got.error().expected.find("expected") == 0);
    }
}

TEST_CASE("an event without a form is refused when it is encoded", "[json]") {
    auto const refused = codec.encode(event{topic_designed{"\xff", {}}});
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == koc::errc::invalid_text);
    CHECK(refused.error().subject == "topic_designed.title");
}
