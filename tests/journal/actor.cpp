// SPDX-License-Identifier: BSL-1.0
#include <koc/journal/actor.hpp>

#include "support/catch.hpp"

TEST_CASE("who acts is named by kind and id", "[journal]") {
    using koc::actor_kind;
    CHECK(koc::to_string({}) == "host");
    CHECK(koc::to_string({actor_kind::host, 9}) == "host");
    CHECK(koc::to_string({actor_kind::member, 7}) == "member 7");
    CHECK(koc::to_string({actor_kind::employee, 3}) == "employee 3");
    CHECK(koc::to_string({actor_kind::time, 0}) == "time");
}

TEST_CASE("a member and an employee with one id are two", "[journal]") {
    using koc::actor;
    using koc::actor_kind;
    CHECK(actor{actor_kind::member, 7} != actor{actor_kind::employee, 7});
    CHECK(actor{actor_kind::member, 7} == actor{actor_kind::member, 7});
}
