// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/rule_versions.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>

using namespace koc;
using koc_test::winter_world;

namespace {

constexpr actor mei{actor_kind::employee, 7};

/// Tier rules as they began, and two versions after that.
struct three_versions : winter_world {
    instant second;
    instant third;

    three_versions() {
        second = wait(days(2)).now();
        as(mei).given(adopt<tier_rules>{lasting(20)});
        third = wait(days(3)).now();
        given(adopt<tier_rules>{lasting(10)});
    }
    static tier_rules lasting(std::int64_t length) {
        tier_rules made;
        made.period = days(length);
        return made;
    }
};

TEST_CASE(
    "each version of rules is known with when and by whom, and an earlier one comes back as a "
    "new one",
    "[engine][E32]") {
    three_versions w;
    auto const all = versions_of<tier_rules>(w.engine()).value();
    REQUIRE(all.size() == 3);
    CHECK(all[0].number == 1);
    CHECK(all[0].at == w.journal().front().at);
    CHECK(all[0].rules.period == tier_rules{}.period);
    CHECK(all[1].at == w.second);
    CHECK(all[1].by == mei);
    CHECK(all[1].rules.period == days(20));
    CHECK(all[2].at == w.third);
    CHECK(w.journal().at(all[2].position).events.at(0).get_if<adopted<tier_rules>>() != nullptr);

    // Back to the second: rules as then, and the history tells both changes.
    auto const before = w.digest();
    w.given(*earlier_rules<tier_rules>(w.engine(), 2));
    CHECK(w.engine().rules<tier_rules>()->period == days(20));
    CHECK(versions_of<tier_rules>(w.engine())->size() == 4);
    CHECK(versions_of<tier_rules>(w.engine())->back().number == 4);
    // And forward again: but for where the journal stands, the state is what it was.
    auto const text = w.engine().state_text();
    w.given(*earlier_rules<tier_rules>(w.engine(), 3));
    CHECK(w.engine().state_text() != text);
    w.given(*earlier_rules<tier_rules>(w.engine(), 4));
    CHECK(w.engine().state_text() == text);
    CHECK(w.digest() != before);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a version that never was, or is in force, cannot be brought back, nor by a member",
    "[engine][E32][refusal]") {
    three_versions w;
    auto const before = w.digest();
    for (auto number : {std::uint64_t{0}, std::uint64_t{4}}) {
        auto const refused = earlier_rules<tier_rules>(w.engine(), number);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::unknown_id);
        CHECK(refused.error().subject == "tier_rules version " + std::to_string(number));
        CHECK(refused.error().expected.find("from 1 to 3") != std::string::npos);
    }
    auto const present = earlier_rules<tier_rules>(w.engine(), 3);
    REQUIRE_FALSE(present.has_value());
    CHECK(present.error().code == errc::wrong_state);
    w.as({actor_kind::member, w.an.value()})
        .refuses(*earlier_rules<tier_rules>(w.engine(), 1), errc::not_qualified, "adopt_tier_rules",
            "an employee");
    CHECK(w.digest() == before);
}

} // namespace
