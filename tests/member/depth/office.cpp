// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/office.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }

std::vector<member_id> holders(circle_world const& w, office_id which) {
    std::vector<member_id> who;
    for (auto const& each : w.ask(list_office_holders{which})) {
        who.push_back(each.member);
    }
    return who;
}

TEST_CASE(
    "the office that a mature member is invited to follows from where they were found, and an "
    "exception states its reason",
    "[member][F07]") {
    circle_world w;
    // Jin was found on open platforms, Kai in the brand's own community.
    using options = std::vector<office_option>;
    CHECK(w.ask(list_office_options{w.jin}) ==
        options{{w.adviser, true, 2}, {w.ambassador, true, 1}, {w.committee, false, 7}});
    CHECK(w.ask(list_office_options{w.kai}) ==
        options{{w.committee, true, 7}, {w.adviser, false, 2}, {w.ambassador, false, 1}});

    w.accepts(invite_to_office{w.adviser, w.jin, {}});
    CHECK(w.recorded<office_offered>().front().follows_source);
    w.refuses(invite_to_office{w.committee, w.jin, {}}, errc::not_qualified, "member 8",
        "expected a member found at source owned, whom office 3 (Core user committee) is for, or a "
        "reason for the exception");
    w.accepts(invite_to_office{
        w.committee, w.jin, words_of(w.jin, "Has answered in the owners' group for years")});
    auto const exception = w.recorded<office_offered>().front();
    CHECK_FALSE(exception.follows_source);
    CHECK(exception.override_reason.text == "Has answered in the owners' group for years");
    w.as_member(w.jin).given(take_office{w.committee, w.jin}, take_office{w.adviser, w.jin});
    w.as_host();
    // The exception can be told from the rule afterwards.
    CHECK_FALSE(w.ask(list_office_holders{w.committee}).front().follows_source);
    CHECK(w.ask(list_office_holders{w.adviser}).front().follows_source);

    w.accepts(invite_to_office{w.committee, w.kai, {}});
    w.refuses(invite_to_office{w.ambassador, w.kai, {}}, errc::not_qualified, "member 9", "open");
    // Who was found at both follows either.
    auto const both = member_id{150};
    w.given(enrol{both, {150, "Qi"}, {source::open, source::owned}, {}}, record_contact{both, {}},
        confirm_willingness{both});
    for (auto before : {100, 80, 60}) {
        w.given(record_outcome{both, {}, percent(90), w.now() - days(before)});
    }
    w.accepts(invite_to_office{w.committee, both, {}});
    w.accepts(invite_to_office{w.ambassador, both, {}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a right belongs to the members of a source, whomever an office with it is for",
    "[member][F07]") {
    constexpr office_id council{4};
    constexpr office_id stage_office{5};
    circle_world w;
    w.given(define_office{council, "Council", 2, days(365), source::open, {office_right::veto}},
        define_office{stage_office, "Voice", 2, days(365), source::owned,
            {office_right::priority_proposal, office_right::speak_publicly}});
    unmoved same{w};
    same.refuses(invite_to_office{council, w.jin, {}}, errc::not_qualified, "member 8",
        "expected a member found at source owned, to whom the right veto of office 4 (Council) "
        "belongs, or a reason for the exception; give one");
    same.refuses(invite_to_office{council, w.kai, {}}, errc::not_qualified, "member 9",
        "found at source open, whom office 4 (Council) is for");
    same.refuses(invite_to_office{stage_office, w.kai, {}}, errc::not_qualified, "member 9",
        "found at source open, to whom the right speak_publicly of office 5 (Voice) belongs");
    // The same is told before somebody is invited.
    auto const told = w.ask(list_office_options{w.jin});
    REQUIRE(told.size() == 5);
    for (auto const& option : told) {
        CHECK(
            option.follows_source == (option.office == w.adviser || option.office == w.ambassador));
    }
    w.accepts(invite_to_office{council, w.jin, words_of(w.jin, "Asks what owners ask")});
    CHECK_FALSE(w.recorded<office_offered>().front().follows_source);
    w.accepts(invite_to_office{stage_office, w.kai, words_of(w.kai, "Speaks well")});
    // Who was found at both has a reason for neither.
    auto const both = member_id{150};
    w.given(enrol{both, {150, "Qi"}, {source::open, source::owned}, {}}, record_contact{both, {}},
        confirm_willingness{both});
    for (auto before : {100, 80, 60}) {
        w.given(record_outcome{both, {}, percent(90), w.now() - days(before)});
    }
    w.given(invite_to_office{council, both, {}}, invite_to_office{stage_office, both, {}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("an exception without a reason, or a reason without an exception, is refused",
    "[member][F07][refusal]") {
    circle_world w;
    unmoved same{w};
    same.refuses(invite_to_office{w.committee, w.jin, {}}, errc::not_qualified, "member 8",
        "or a reason for the exception; give one");
    same.refuses(invite_to_office{w.committee, w.jin, words_of(w.jin, " \n")}, errc::not_qualified,
        "member 8", "source owned");
    same.refuses(invite_to_office{w.committee, w.jin, words_of(w.kai, "A friend")},
        errc::not_qualified, "member 8", "as a text of the member's");
    same.refuses(invite_to_office{w.adviser, w.kai, {}}, errc::not_qualified, "member 9",
        "source open, whom office 1 (Annual adviser) is for");
    same.refuses(invite_to_office{w.adviser, w.jin, words_of(w.jin, "Is nice")},
        errc::invalid_argument, "override reason of member 8", "follows from the member's source");
    // A reason does not make up for what else is missing.
    same.refuses(invite_to_office{w.committee, w.an, words_of(w.an, "Is nice")},
        errc::not_qualified, "member 1", "stage mature");
    same.denies(
        list_office_options{w.an}, errc::not_qualified, "member 1", "a member in stage mature");
    same.denies(list_office_options{w.nobody}, errc::unknown_id, "member 999", "known member");
}

TEST_CASE("a seat is kept for who is invited, and free again after a no, silence, removal or when "
          "the holder steps back",
    "[member][B14]") {
    circle_world w;
    auto const open = w.mature(4, source::open);
    w.given(invite_to_office{w.ambassador, open[0], {}});
    w.refuses(invite_to_office{w.ambassador, open[1], {}}, errc::no_capacity, "office 2",
        "all 1 are taken");
    w.as_member(open[0]).given(decline_office{w.ambassador, open[0]});
    w.as_host().given(invite_to_office{w.ambassador, open[1], {}});
    w.wait(days(14)).time_passes(); // no answer
    CHECK(w.recorded<office_offer_lapsed>().front().member == open[1]);
    w.refuses(take_office{w.ambassador, open[1]}, errc::wrong_state, "member 102", "is invited");

    w.given(invite_to_office{w.ambassador, open[2], {}}, take_office{w.ambassador, open[2]});
    w.as_employee().accepts(
        end_office{w.ambassador, open[2], words_of(open[2], "Works for a competitor now")});
    CHECK(w.recorded<office_ended>().front().because == office_end::removed);
    w.given(invite_to_office{w.ambassador, open[3], {}});
    w.as_member(open[3]).given(take_office{w.ambassador, open[3]});
    w.accepts(end_office{w.ambassador, open[3], {}});
    CHECK(w.recorded<office_ended>().front().because == office_end::resigned);

    w.as_host().given(invite_to_office{w.ambassador, open[0], {}},
        take_office{w.ambassador, open[0]}, invite_to_office{w.adviser, open[0], {}});
    w.as_member(open[0]).accepts(record_waning{open[0], waning_reason::life_change, {}});
    REQUIRE(w.recorded<office_ended>().size() == 2); // the term, and the invitation
    CHECK(w.recorded<office_ended>().front().because == office_end::no_longer_mature);
    CHECK(holders(w, w.ambassador).empty());
    CHECK(w.ask(list_office_options{open[1]}) ==
        std::vector<office_option>{
            {w.adviser, true, 2}, {w.ambassador, true, 1}, {w.committee, false, 7}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "whoever else reports that a holder of an office can give less says why", "[member][B14]") {
    circle_world w;
    w.seat(w.adviser, {w.jin});
    w.seat(w.committee, {w.kai});
    auto const waned = [](member_id who, char const* why) {
        return record_waning{who, waning_reason::other, words_of(who, why)};
    };
    for (auto const& by : {actor{}, actor{actor_kind::employee, 3}}) {
        w.as(by);
        for (auto const* nothing : {"", " "}) {
            w.refuses(waned(w.jin, nothing), errc::invalid_text, "note on member 8",
                "as their term in office 1 (Annual adviser) ends with this; give one");
        }
    }
    w.accepts(waned(w.jin, "Works for a competitor now"));
    REQUIRE(w.recorded<office_ended>().size() == 1);
    CHECK(w.recorded<member_waned>().front().note.text == "Works for a competitor now");
    // So do two who report it of the committee.
    request_approval asked{approval_id{9}, {}, {}, {}};
    asked.waning = waned(w.kai, "");
    w.as_employee().refuses(asked, errc::invalid_text, "note on member 9");
    // A member says it without, as does anybody of who holds nothing.
    w.as_member(w.kai).accepts(waned(w.kai, ""));
    CHECK(w.recorded<office_ended>().size() == 1);
    auto const open = w.as_host().mature(1, source::open);
    w.given(invite_to_office{w.adviser, open[0], {}});
    w.as_employee().accepts(record_waning{open[0], waning_reason::other, {}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a renewed term goes on, and others end at their minute", "[member][B14]") {
    circle_world w;
    auto const open = w.mature(2, source::open);
    w.seat(w.adviser, open);
    auto const began = w.now();
    w.wait(days(300)).accepts(renew_office{w.adviser, open[0]});
    CHECK(w.recorded<office_renewed>().front().until == began + days(730));
    w.wait(days(65) - minutes(1)).time_passes();
    CHECK(holders(w, w.adviser) == open);
    w.wait(minutes(1));
    // Also before anything has happened since.
    CHECK(holders(w, w.adviser) == std::vector{open[0]});
    w.time_passes();
    CHECK(w.recorded<office_ended>().front().because == office_end::expired);
    w.refuses(renew_office{w.adviser, open[1]}, errc::wrong_state, "member 102", "present holder");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("an office that cannot be, and a step that is not somebody's to take, are refused",
    "[member][B14][refusal]") {
    circle_world w;
    w.given(invite_to_office{w.adviser, w.jin, {}}, invite_to_office{w.committee, w.kai, {}},
        take_office{w.committee, w.kai}, invite_to_office{w.ambassador, w.jin, {}},
        take_office{w.ambassador, w.jin});
    unmoved same{w};
    auto const office = [](std::uint64_t id, char const* name, std::int64_t seats, duration term) {
        return define_office{office_id{id}, name, seats, term, source::open, {}};
    };
    same.refuses(office(0, "X", 1, days(1)), errc::invalid_argument, "office 0", "above 0");
    same.refuses(office(1, "X", 1, days(1)), errc::already_exists, "office 1", "no office has");
    same.refuses(office(4, "", 1, days(1)), errc::invalid_text, "name of office 4");
    same.refuses(office(4, "X", 0, days(1)), errc::invalid_argument, "office 4", "one seat");
    same.refuses(office(4, "X", 1, {}), errc::invalid_argument, "office 4", "more than 0");
    same.refuses(adopt<office_rules>{{{}}}, errc::invalid_argument, "office_rules", "more than 0");
    same.refuses(invite_to_office{office_id{4}, w.jin, {}}, errc::unknown_id, "office 4");
    same.refuses(invite_to_office{w.adviser, w.nobody, {}}, errc::unknown_id, "member 999");
    same.refuses(invite_to_office{w.adviser, w.guo, {}}, errc::not_qualified, "member 6",
        "stage mature, not active");
    same.refuses(invite_to_office{w.adviser, w.jin, {}}, errc::already_exists, "member 8",
        "not one who is invited");
    same.refuses(invite_to_office{w.committee, w.kai, {}}, errc::already_exists, "member 9",
        "not one who is held");
    same.refuses(take_office{w.committee, w.kai}, errc::wrong_state, "member 9",
        "is invited to office 3 (Core user committee)");
    same.refuses(decline_office{w.ambassador, w.jin}, errc::wrong_state, "member 8", "is invited");
    same.refuses(renew_office{w.adviser, w.jin}, errc::wrong_state, "member 8", "present holder");
    same.refuses(end_office{w.ambassador, w.jin, {}}, errc::invalid_argument, "reason for member 8",
        "belong to the member");
    same.refuses(end_office{w.ambassador, w.jin, words_of(w.jin, "")}, errc::invalid_text, "reason",
        "blanks");
    same.refuses(record_waning{w.jin, waning_reason::other, {}}, errc::invalid_text,
        "note on member 8", "in office 2 (Ambassador of honour) ends with this; give one");
    same.denies(list_office_holders{office_id{4}}, errc::unknown_id, "office 4", "known office");
    // Nobody gives themself an office, or answers for another.
    w.as_member(w.kai);
    same.refuses(office(4, "X", 1, days(1)), errc::not_qualified, "define_office", "an employee");
    same.refuses(invite_to_office{w.adviser, w.kai, words_of(w.kai, "I would")},
        errc::not_qualified, "invite_to_office", "an employee or the host");
    same.refuses(
        renew_office{w.committee, w.kai}, errc::not_qualified, "renew_office", "an employee");
    same.refuses(take_office{w.adviser, w.jin}, errc::not_qualified, "member 8", "themself");
    w.as_member(w.jin);
    same.refuses(end_office{w.committee, w.kai, words_of(w.kai, "Out")}, errc::not_qualified,
        "member 9", "the member themself, an employee or the host");
    w.as_employee();
    same.refuses(take_office{w.adviser, w.jin}, errc::not_qualified, "member 8", "not employee 3");
}

} // namespace
