// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/representation.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

constexpr appearance_id auto_show{1};
constexpr appearance_id next_show{2};

TEST_CASE("annual advisers and ambassadors of honour speak for the brand at the auto show, as long "
          "as their term lasts, and then their seat is open again",
    "[member][B14]") {
    circle_world w;
    auto const open = w.mature(3, source::open);
    w.seat(w.adviser, {open[0], open[1]}); // two seats, a year
    w.seat(w.ambassador, {w.jin});
    w.refuses(
        invite_to_office{w.adviser, open[2], {}}, errc::no_capacity, "office 1", "all 2 are taken");
    w.given(plan_appearance{auto_show, "Auto show in April", w.now() + days(100)},
        plan_appearance{next_show, "Auto show a year later", w.now() + days(465)});

    w.accepts(name_speaker{auto_show, open[0]});
    w.given(name_speaker{auto_show, open[1]}, name_speaker{auto_show, w.jin});
    CHECK(w.at(auto_show).speakers == std::vector{open[0], open[1], w.jin});
    // Nobody else, however good, and the refusal names who may.
    w.refuses(name_speaker{auto_show, open[2]}, errc::not_qualified, "member 103",
        "expected a present holder of an office that speaks publicly: member 8 or member 101 or "
        "member 102; name one of them");
    // Nor with an office that does not speak.
    w.seat(w.committee, {w.kai});
    w.refuses(name_speaker{auto_show, w.kai}, errc::not_qualified, "member 9", "speaks publicly");
    // A present term that ends before the event is not enough, and a renewal cures it.
    w.refuses(name_speaker{next_show, open[0]}, errc::not_qualified, "member 101",
        "expected a term of office that lasts until the appearance");
    w.given(renew_office{w.adviser, open[0]});
    w.accepts(name_speaker{next_show, open[0]});

    // Who loses the office before the event does not speak there.
    w.accepts(record_waning{w.jin, waning_reason::life_change, {w.jin.value(), "A child"}});
    REQUIRE(w.recorded<speaker_released>().size() == 1);
    CHECK(w.recorded<speaker_released>().front().member == w.jin);
    CHECK(w.at(auto_show).speakers == std::vector{open[0], open[1]});

    // A year later one term has ended by itself; its seat is free for somebody else.
    w.wait(days(365)).time_passes();
    REQUIRE(w.recorded<office_ended>().size() >= 1);
    CHECK(w.at(auto_show).speakers.size() == 2); // the past stays as it was
    w.refuses(name_speaker{next_show, open[1]}, errc::not_qualified, "member 102",
        "speaks publicly: member 101; name one of them");
    w.accepts(invite_to_office{w.adviser, open[2], {}});
    w.given(take_office{w.adviser, open[2]}, name_speaker{next_show, open[2]});
    CHECK(w.at(next_show).speakers == std::vector{open[0], open[2]});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a speaker steps back or is released before the event, and is not missing there",
    "[member][B14][E39]") {
    circle_world w;
    auto const open = w.mature(2, source::open);
    w.seat(w.adviser, open);
    w.given(plan_appearance{auto_show, "Auto show", w.now() + days(30)},
        name_speaker{auto_show, open[0]}, name_speaker{auto_show, open[1]});
    w.as_member(open[0]).accepts(release_speaker{auto_show, open[0]});
    REQUIRE(w.recorded<speaker_released>().size() == 1);
    CHECK(w.recorded<speaker_released>().front().member == open[0]);
    w.as_employee().accepts(release_speaker{auto_show, open[1]});
    CHECK(w.at(auto_show).speakers.empty());
    w.given(name_speaker{auto_show, open[1]}); // who may change their mind again
    CHECK(w.at(auto_show).speakers == std::vector{open[1]});
    w.wait(days(31)).refuses(report_absence{auto_show, open[0]}, errc::not_qualified, "member 101",
        "who was to speak at appearance 1");
    w.given(report_absence{auto_show, open[1]});
    CHECK(w.ask(list_strikes{open[0]}).strikes.empty());
    CHECK(w.ask(list_strikes{open[1]}).strikes.size() == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a speaker without a present office, or at an event that cannot be, is refused",
    "[member][B14][refusal]") {
    circle_world w;
    auto const open = w.mature(2, source::open);
    auto const later = w.now() + days(30);
    w.given(plan_appearance{auto_show, "Auto show", later});
    unmoved nobody_yet{w};
    nobody_yet.refuses(name_speaker{auto_show, open[0]}, errc::not_qualified, "member 101",
        "there is none now; invite somebody to such an office first");
    w.given(invite_to_office{w.ambassador, open[1], {}});
    w.seat(w.adviser, {open[0]});
    w.given(name_speaker{auto_show, open[0]});
    unmoved same{w};
    same.refuses(name_speaker{auto_show, open[1]}, errc::not_qualified, "member 102",
        "a present holder"); // only invited
    same.refuses(
        report_absence{auto_show, open[0]}, errc::wrong_state, "appearance 1", "that has been");
    same.refuses(
        name_speaker{auto_show, open[0]}, errc::already_exists, "member 101", "does not speak");
    same.refuses(
        release_speaker{auto_show, open[1]}, errc::not_qualified, "member 102", "was to speak");
    same.refuses(release_speaker{next_show, open[0]}, errc::unknown_id, "appearance 2");
    same.refuses(release_speaker{auto_show, w.nobody}, errc::unknown_id, "member 999");
    same.refuses(name_speaker{next_show, open[0]}, errc::unknown_id, "appearance 2");
    same.refuses(name_speaker{auto_show, w.nobody}, errc::unknown_id, "member 999");
    same.refuses(plan_appearance{auto_show, "X", later}, errc::already_exists, "appearance 1");
    same.refuses(plan_appearance{{}, "X", later}, errc::invalid_argument, "appearance 0");
    same.refuses(plan_appearance{next_show, " ", later}, errc::invalid_text, "title of");
    same.refuses(plan_appearance{next_show, "X", w.now()}, errc::invalid_argument, "appearance 2",
        "to come");
    w.as_member(open[0]);
    same.refuses(
        name_speaker{auto_show, open[0]}, errc::not_qualified, "name_speaker", "an employee");
    same.refuses(plan_appearance{next_show, "X", later}, errc::not_qualified, "plan_appearance",
        "an employee");
    w.as_member(open[1]);
    same.refuses(release_speaker{auto_show, open[0]}, errc::not_qualified, "member 101",
        "the member themself, an employee or the host");
    w.as_host().wait(days(31)).time_passes();
    unmoved past{w};
    past.refuses(release_speaker{auto_show, open[0]}, errc::wrong_state, "appearance 1", "to come");
    past.refuses(name_speaker{auto_show, w.jin}, errc::wrong_state, "appearance 1", "to come");
    past.refuses(report_absence{auto_show, open[1]}, errc::not_qualified, "member 102",
        "who was to speak at appearance 1");
    past.refuses(report_absence{next_show, open[0]}, errc::unknown_id, "appearance 2");
    past.refuses(report_absence{auto_show, w.nobody}, errc::unknown_id, "member 999");
    w.as_member(open[0]);
    past.refuses(
        report_absence{auto_show, open[0]}, errc::not_qualified, "report_absence", "an employee");
    w.as_host().given(report_absence{auto_show, open[0]});
    CHECK(w.at(auto_show).absent == std::vector{open[0]});
    unmoved told{w};
    told.refuses(
        report_absence{auto_show, open[0]}, errc::already_exists, "member 101", "not told yet");
}

} // namespace
