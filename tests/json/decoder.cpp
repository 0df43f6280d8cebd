// SPDX-License-Identifier: BSL-1.0
#include <koc/json/decoder.hpp>
#include <koc/json/to_json.hpp>

#include "json/random_notes.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <string>
#include <string_view>

using json_test::note;
using json_test::random_notes;
using json_test::remark;

static_assert(koc::decoder<koc::json_decoder>);

namespace {

template <typename T>
koc::result<T> decode(std::string_view payload) {
    T value;
    if (auto read = koc::json_decoder{}.read(koc::shape_of<T>, payload, &value); !read) {
        return read.error();
    }
    return value;
}

} // namespace

TEST_CASE("decoding the canonical text gives an equal value", "[json]") {
    CHECK(rc::check([](std::uint64_t seed) {
        auto const value = random_notes{seed}.one();
        auto const back = decode<note>(koc::canonical_text(value));
        RC_ASSERT(back.has_value());
        RC_ASSERT((*back == value));
        RC_ASSERT(koc::digest_of(*back) == koc::digest_of(value));
    }));
}

TEST_CASE("damaged text is refused or decodes to a value whose text is stable", "[json]") {
    std::size_t refused = 0;
    std::size_t accepted = 0;
    CHECK(rc::check([&](std::uint64_t seed) {
        random_notes random{seed};
        auto const text = koc::canonical_text(random.one(1));
        for (int i = 0; i < 100; ++i) {
            auto const got = decode<note>(random.damaged(text));
            if (!got) {
                ++refused;
                RC_ASSERT(!got.error().subject.empty());
                RC_ASSERT(got.error().expected.find("expected") == 0U);
                continue;
            }
            ++accepted;
            auto const stable = koc::canonical_text(*got);
            auto const again = decode<note>(stable);
            RC_ASSERT(again.has_value());
            RC_ASSERT(koc::canonical_text(*again) == stable);
            RC_ASSERT((*again == *got));
        }
    }));
    CHECK(refused > 1000);
    CHECK(accepted > 100);
}

TEST_CASE("a refusal of the decoder names the place", "[json]") {
    struct row {
        char const* payload;
        char const* subject;
    };
    row const rows[] = {
        {"", "JSON text at byte 0"},
        {R"({"words":"a","of":{"owner":1,"text":"b"}}})", "JSON text at byte 41"},
        {R"({"words":"a","words":"a","of":{"owner":1,"text":"b"}})", "JSON text"},
        {"[]", "."},
        {R"({"words":"a"})", ".of"},
        {R"({"words":"a","of":{"owner":-1,"text":"b"}})", ".of.owner"},
        {R"({"words":"a","of":{"owner":1,"sealed":"b"}})", ".of.text"},
        {R"({"words":"a","felt":"sad","of":{"owner":1,"text":"b"}})", ".felt"},
    };
    for (auto const& [payload, subject] : rows) {
        INFO(payload);
        auto const got = decode<remark>(payload);
        REQUIRE(!got.has_value());
        CHECK(got.error().code == koc::errc::invalid_argument);
        CHECK(got.error().subject == subject);
    }
}
