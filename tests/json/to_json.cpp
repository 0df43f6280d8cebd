// SPDX-License-Identifier: BSL-1.0
#include <koc/json/text.hpp>
#include <koc/json/to_json.hpp>

#include "json/random_notes.hpp"
#include "support/catch.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <rapidcheck.h>

#include <string>

using json_test::note;
using json_test::random_notes;

TEST_CASE("a serialised tree has the bytes of the text", "[json]") {
    CHECK(rc::check([](std::uint64_t seed) {
        auto const value = random_notes{seed}.one();
        auto const text = koc::to_json_text(value);
        RC_ASSERT(koc::json_text(koc::to_json(value)) == text);
        RC_ASSERT(koc::canonical_text(value) == text);
    }));
}

TEST_CASE("what reading refuses has a tree and a text, and they are the same", "[json]") {
    note bad;
    bad.felt = static_cast<json_test::mood>(-1);
    bad.at = {koc::instant_max.ms + 1};
    CHECK(koc::json_text(koc::to_json(bad)) == koc::to_json_text(bad));
    CHECK(koc::to_json(bad).at("felt") == 65535);
}

TEST_CASE("a requirement nested deeper than a parser goes has a tree", "[json]") {
    auto deep = koc::everybody();
    for (int level = 0; level < 500; ++level) {
        koc::requirement outer;
        outer.parts.push_back(std::move(deep));
        deep = std::move(outer);
    }
    CHECK(koc::json_text(koc::to_json(deep)) == koc::to_json_text(deep));
}

TEST_CASE("a tree lives in the memory that it is given", "[json]") {
    auto const storage = boost::json::make_shared_resource<boost::json::monotonic_resource>();
    auto const tree = koc::to_json(random_notes{1}.one(), storage);
    CHECK(tree.storage() == storage);
    CHECK(tree.at("both").at(1).storage() == storage);
    CHECK(tree.at("who").storage() == storage);
}
