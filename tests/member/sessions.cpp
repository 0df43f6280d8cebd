// SPDX-License-Identifier: BSL-1.0
#include <koc/member/messages/sessions.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

actor himself(member_id who) { return {actor_kind::member, who.value()}; }

// B17

TEST_CASE("a session of sharing is credited to who shared and to each newcomer who came",
    "[member][B17]") {
    winter_world w;
    w.as(himself(w.jin))
        .accepts(record_session{session_id{1}, w.jin, {w.lan, w.min, w.an}, {w.bao}, 45});
    w.as({}).given(record_session{session_id{2}, w.jin, {w.lan}, {}, 30},
        record_session{session_id{3}, w.kai, {}, {w.lan, w.min}, 60});
    auto const& jin = w.at<session_credit>(w.jin);
    CHECK(jin.given == 2);
    CHECK(jin.given_minutes == 75);
    CHECK(jin.attended == 0);
    CHECK(w.at<session_credit>(w.lan).attended == 2);
    CHECK(w.at<session_credit>(w.lan).attended_minutes == 75);
    CHECK(w.at<session_credit>(w.min).attended == 1);
    CHECK(w.at<session_credit>(w.an).attended_minutes == 45);
    // Who did not come has no credit, nor has Kai, to whom nobody came.
    CHECK(w.engine().find_record<session_credit>(w.bao.value()) == nullptr);
    CHECK(w.engine().find_record<session_credit>(w.kai.value()) == nullptr);
    CHECK(w.at(session_id{1}).attendees == std::vector{w.lan, w.min, w.an});
    // Both sides are found by it.
    CHECK(w.ask(find_members{column("shared") >= 2}) == std::vector{w.jin});
    CHECK(w.ask(find_members{column("learned") >= 1}) == std::vector{w.an, w.lan, w.min});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("sessions of who is not mature, to who is no newcomer, or told by others, are refused",
    "[member][B17][refusal]") {
    winter_world w;
    w.given(record_session{session_id{1}, w.jin, {w.lan}, {}, 30});
    unmoved same{w};
    session_id const next{2};
    same.refuses(record_session{session_id{1}, w.jin, {w.lan}, {}, 30}, errc::already_exists,
        "session 1", "new id");
    same.refuses(record_session{next, w.an, {w.lan}, {}, 30}, errc::not_qualified, "member 1",
        "mature member or an honorary adviser");
    same.refuses(record_session{next, w.ou, {w.lan}, {}, 30}, errc::not_qualified, "member 13",
        "mature member or an honorary adviser");
    same.refuses(record_session{next, w.jin, {w.kai}, {}, 30}, errc::not_qualified, "member 9",
        "expected newcomers");
    same.refuses(record_session{next, w.jin, {w.jin}, {}, 30}, errc::not_qualified, "member 8",
        "expected newcomers");
    same.refuses(record_session{next, w.jin, {w.lan}, {w.lan}, 30}, errc::invalid_argument,
        "member 10", "each person once");
    same.refuses(record_session{next, w.jin, {}, {}, 30}, errc::invalid_argument,
        "attendees of session 2", "from 1 to 1000");
    same.refuses(record_session{next, w.jin, {w.nobody}, {}, 30}, errc::unknown_id, "member 999");
    same.refuses(record_session{next, w.nobody, {w.lan}, {}, 30}, errc::unknown_id, "member 999");
    same.refuses(record_session{next, w.jin, {w.lan}, {}, 0}, errc::invalid_argument,
        "record_session.minutes", "from 1 to 1440");
    w.as(himself(w.kai));
    same.refuses(record_session{next, w.jin, {w.lan}, {}, 30}, errc::not_qualified, "session 2",
        "not member 9");
}

} // namespace
