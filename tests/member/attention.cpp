// SPDX-License-Identifier: BSL-1.0
#include <koc/member/attention.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace koc;

namespace {

struct bag {
    attention_rules attention{
        .asks_max = 2, .window = days(7), .commitments_max = 1, .cool_down = hours(36)};
};
using limits = koc::attention<bag>;

constexpr member_id an{1};
constexpr instant start = instant{0} + days(1000);

TEST_CASE("somebody who was never asked may be asked", "[member]") {
    limits const free{bag{}};
    CHECK(free.can_ask(an, start));
    CHECK(free.can_commit(an));
    CHECK(free.asks(an, start) == 0);
    CHECK(free.refusal(an, start).empty());
}

TEST_CASE("an ask counts for exactly one window", "[member][C15]") {
    limits some{bag{}};
    some.apply(attention_asked{an}, start);
    some.apply(attention_asked{an}, start + days(1));
    CHECK_FALSE(some.can_ask(an, start + days(1)));
    CHECK(some.refusal(an, start + days(2)) ==
        "was asked 2 times since 1972-09-22T00:00:00Z, the most allowed");
    CHECK_FALSE(some.can_ask(an, start + days(7) - duration{1}));
    CHECK(some.can_ask(an, start + days(7)));
    CHECK(some.asks(an, start + days(8)) == 0);
    CHECK(some.can_ask(member_id{2}, start + days(1)));
}

TEST_CASE("who declined is left in peace for a while", "[member][C15]") {
    limits some{bag{}};
    some.apply(attention_refused{an}, start);
    CHECK_FALSE(some.can_ask(an, start));
    CHECK_FALSE(some.can_ask(an, start + hours(36) - duration{1}));
    CHECK(some.refusal(an, start) ==
        "declined lately and is left in peace until 1972-09-28T12:00:00Z");
    CHECK(some.can_ask(an, start + hours(36)));
    CHECK(some.can_commit(an)); // they may still come by themselves
}

TEST_CASE("unfinished work bounds what is asked and what is taken", "[member][C15]") {
    limits some{bag{}};
    some.apply(commitment_made{an}, start);
    CHECK(some.commitments(an) == 1);
    CHECK_FALSE(some.can_commit(an));
    CHECK_FALSE(some.can_ask(an, start + days(100)));
    CHECK(some.refusal(an, start) == "holds 1 of at most 1 unfinished tasks");
    some.apply(commitment_ended{an}, start);
    CHECK(some.can_ask(an, start));
}

TEST_CASE("whoever is asked only when it is allowed is never asked more than allowed within any "
          "window",
    "[member][C15]") {
    CHECK(rc::check([] {
        limits some{bag{}};
        auto now = start;
        std::vector<instant> asked;
        for (auto step : *rc::gen::container<std::vector<std::uint16_t>>(
                 rc::gen::inRange<std::uint16_t>(0, 4000))) {
            now = now + minutes(step);
            if (some.can_ask(an, now)) {
                some.apply(attention_asked{an}, now);
                asked.push_back(now);
            }
        }
        for (auto end : asked) {
            auto const within = std::count_if(asked.begin(), asked.end(),
                [&](instant at) { return at <= end && at > end - days(7); });
            RC_ASSERT(within <= 2);
        }
    }));
}

TEST_CASE("the digest does not depend on the order of people", "[member]") {
    limits a{bag{}};
    limits b{bag{}};
    for (std::uint64_t i = 1; i <= 100; ++i) {
        a.apply(commitment_made{member_id{i}}, start);
        b.apply(commitment_made{member_id{101 - i}}, start);
    }
    auto const of = [](limits const& some) {
        hasher into;
        some.digest_into(into);
        return into.finish();
    };
    CHECK(of(a) == of(b));
    b.apply(attention_asked{an}, start);
    CHECK(of(a) != of(b));
}

} // namespace
