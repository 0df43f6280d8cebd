// SPDX-License-Identifier: BSL-1.0
#include <koc/store/sodium.hpp>
#include <koc/testing/sealer.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>
#include <vector>

using koc::sodium_sealer;
using koc_test::folder;

TEST_CASE("the sealer of libsodium keeps every law of a sealer", "[store][E16]") {
    folder const place;
    CHECK(koc::testing::check_sealer_laws(sodium_sealer::open(place / "plain.keys").value()) ==
        std::vector<std::string>{});
    koc::master_key master{};
    master.fill(7);
    CHECK(koc::testing::check_sealer_laws(
              sodium_sealer::open(place / "wrapped.keys", master).value()) ==
        std::vector<std::string>{});
}

TEST_CASE("what was sealed is opened by whoever opens the file of keys next", "[store][E16]") {
    folder const place;
    auto const path = place / "people.keys";
    std::string sealed;
    {
        auto sealer = sodium_sealer::open(path).value();
        sealed = sealer.seal(7, "event 1", "Hua").value();
        REQUIRE(sealer.keep().has_value());
    }
    auto sealer = sodium_sealer::open(path).value();
    CHECK(sealer.open(7, "event 1", sealed).value() == "Hua");
    CHECK(sealer.seal(7, "event 1", "Hua").value() == sealed);
}

TEST_CASE("no nonce serves two texts, and a length tells little", "[store][E16]") {
    folder const place;
    auto sealer = sodium_sealer::open(place / "people.keys").value();
    std::set<std::string> nonces;
    std::set<std::size_t> sizes;
    std::string text;
    for (int i = 0; i < 31; ++i) {
        text += 'x';
        for (auto const* context : {"event 1", "event 2"}) {
            auto const sealed = sealer.seal(7, context, text).value();
            nonces.insert(sealed.substr(0, 32)); // 24 bytes
            sizes.insert(sealed.size());
        }
    }
    CHECK(nonces.size() == 62);
    CHECK(sizes.size() == 1);
    CHECK(sealer.seal(7, "event 1", std::string(32, 'x')).value().size() > *sizes.begin());
}
