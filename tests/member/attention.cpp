// SPDX-License-Identifier: BSL-1.0
#include <koc/member/messages/attention.hpp>

#include "member/small_programme.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::just;
using koc_test::scenario;
using koc_test::people_programme;

namespace {

constexpr member_id an{1};
constexpr member_id bo{2};

engine limited(any_journal journal) {
    just<attention_rules> const bag{
        {.asks_max = 2, .window = days(7), .commitments_max = 1, .cool_down = hours(36)}};
    return engine::of<people_programme>(std::move(journal), bag);
}
engine once_for_all(any_journal journal) {
    just<attention_rules> const bag{
        {.asks_max = 1, .window = for_ever, .commitments_max = 2, .cool_down = for_ever}};
    return engine::of<people_programme>(std::move(journal), bag);
}

/// An and Bo, of whom only so much is asked.
struct two_people : scenario {
    explicit two_people(koc_test::engine_maker make = &limited) : scenario{make} {
        given(enrol{an, {1, "An"}, {source::open}, {}}, enrol{bo, {2, "Bo"}, {source::open}, {}});
    }
    [[nodiscard]] bool can(auto const& command) {
        return engine().preview(command, asked()).has_value();
    }
};

TEST_CASE("somebody who was never asked may be asked", "[member]") {
    two_people s;
    CHECK(s.can(ask_attention{an}));
    CHECK(s.can(commit_to_work{an}));
    CHECK(s.engine().find_record<attention_record>(an.value()) == nullptr);
}

TEST_CASE("an ask counts for exactly one window", "[member][C15]") {
    two_people s;
    auto const start = s.now();
    s.given(ask_attention{an}).wait(days(1)).given(ask_attention{an});
    s.refuses(ask_attention{an}, errc::over_budget, "member 1",
        "was asked 2 times since " + to_iso8601(s.now() - days(7)) + ", the most allowed");
    CHECK(s.can(ask_attention{bo}));
    s.wait(days(6) - duration{1})
        .refuses(ask_attention{an}, errc::over_budget, "member 1", "was asked");
    s.wait(duration{1});
    CHECK(s.now() == start + days(7));
    s.accepts(ask_attention{an}); // the first ask left the window, the second did not
    s.refuses(ask_attention{an}, errc::over_budget, "member 1", "was asked");
    CHECK(s.at<attention_record>(an).asked == std::vector{start + days(1), start + days(7)});
}

TEST_CASE("who declined is left in peace for a while", "[member][C15]") {
    two_people s;
    s.given(note_refusal{an});
    auto const until = to_iso8601(s.now() + hours(36));
    s.refuses(ask_attention{an}, errc::over_budget, "member 1",
        "declined lately and is left in peace until " + until);
    s.wait(hours(36) - duration{1})
        .refuses(ask_attention{an}, errc::over_budget, "member 1", until);
    CHECK(s.can(commit_to_work{an})); // they may still come by themselves
    s.wait(duration{1}).accepts(ask_attention{an});
}

TEST_CASE("unfinished work bounds what is asked and what is taken", "[member][C15]") {
    two_people s;
    s.given(commit_to_work{an});
    CHECK(s.at<attention_record>(an).commitments == 1);
    s.refuses(commit_to_work{an}, errc::no_capacity, "member 1", "at most 1 unfinished tasks");
    s.wait(days(100)).refuses(
        ask_attention{an}, errc::over_budget, "member 1", "holds 1 of at most 1 unfinished tasks");
    s.given(end_commitment{an}).accepts(ask_attention{an});
    s.refuses(end_commitment{an}, errc::wrong_state, "member 1", "unfinished work");
    s.refuses(end_commitment{bo}, errc::wrong_state, "member 2", "unfinished work");
}

TEST_CASE("nobody unknown is asked, refuses or takes on work", "[member]") {
    two_people s;
    member_id const nobody{999};
    s.refuses(ask_attention{nobody}, errc::unknown_id, "member 999", "known");
    s.refuses(note_refusal{nobody}, errc::unknown_id, "member 999", "known");
    s.refuses(commit_to_work{nobody}, errc::unknown_id, "member 999", "known");
    s.refuses(end_commitment{member_id{}}, errc::wrong_state, "member 0", "unfinished work");
}

TEST_CASE("a window and a quiet time without end never end", "[member][C15]") {
    two_people s{&once_for_all};
    s.given(ask_attention{an}, note_refusal{bo});
    for (int year = 0; year < 5; ++year) {
        s.refuses(ask_attention{an}, errc::over_budget, "member 1", "was asked 1 times");
        s.refuses(ask_attention{bo}, errc::over_budget, "member 2", "in peace until 9999-12-31");
        s.wait(days(365)).given(record_contact{an, {}}); // the clock moves with what happens
    }
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("rules of attention that cannot be are refused", "[member]") {
    two_people s;
    auto const of = [](auto change) {
        attention_rules rules;
        change(rules);
        return adopt<attention_rules>{rules};
    };
    for (auto const& odd : {of([](auto& r) { r.asks_max = -1; }),
             of([](auto& r) { r.commitments_max = -1; }), of([](auto& r) { r.window = days(-1); }),
             of([](auto& r) { r.cool_down = duration{-1}; })}) {
        CHECK_NOTHROW(s.refuses(odd, errc::invalid_argument, "attention_rules", "0 or more"));
    }
    s.given(ask_attention{an}, ask_attention{an})
        .refuses(ask_attention{an}, errc::over_budget, "member 1", "was asked");
    s.given(of([](auto& r) { r.asks_max = 3; })).accepts(ask_attention{an});
}

TEST_CASE(
    "whoever is asked only when it is allowed is never asked more than allowed within any window",
    "[member][C15]") {
    CHECK(rc::check([] {
        two_people s;
        std::vector<instant> asked;
        for (auto step : *rc::gen::container<std::vector<std::uint16_t>>(
                 rc::gen::inRange<std::uint16_t>(0, 4000))) {
            if (s.wait(minutes(step)).when(ask_attention{an}).accepted()) {
                asked.push_back(s.now());
            }
        }
        for (auto end : asked) {
            auto const within = std::count_if(asked.begin(), asked.end(),
                [&](instant at) { return at <= end && at > end - days(7); });
            RC_ASSERT(within <= 2);
        }
    }));
}

TEST_CASE("whatever is asked, declined or taken on is part of the state", "[member]") {
    two_people s;
    std::vector<std::string> seen{s.engine().state_text()};
    auto const differs = [&](auto const& command) {
        s.accepts(command);
        auto now = s.engine().state_text();
        CHECK(std::find(seen.begin(), seen.end(), now) == seen.end());
        seen.push_back(std::move(now));
    };
    differs(ask_attention{an});
    differs(note_refusal{an});
    differs(commit_to_work{an});
    differs(commit_to_work{bo});
    differs(end_commitment{bo});
    CHECK(s.digest() == s.digest_of_replay());
}

} // namespace
