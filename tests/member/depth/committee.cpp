// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/committee.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

constexpr product_decision_id charge_port{1};
constexpr product_decision_id heated_wheel{2};
constexpr product_decision_id third_row{3};
constexpr improvement_id older{1};
constexpr improvement_id urgent{2};

personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }

/// Seven members of the committee, whose terms began at 09:59.
class committee_world : public circle_world {
public:
    std::vector<member_id> seven;

    committee_world() {
        seven = mature(7, source::owned);
        wait(minutes(119)); // 09:59
        seat(committee, seven);
    }
    product_decision_stage stage_of(product_decision_id which) const { return at(which).stage; }
    /// So many of the committee have nothing against it.
    void supported(product_decision_id which, std::size_t from, std::size_t to) {
        for (auto i = from; i < to; ++i) {
            as_member(seven[i]).given(support_decision{which, seven[i]});
        }
        as_host();
    }
};

TEST_CASE(
    "the core user committee stops a product decision by one veto, whoever wants it, and what "
    "it proposes is answered first",
    "[member][B15]") {
    committee_world w;
    // Ten days and a quorum of five. Nothing is adopted over the heads of those who have not
    // spoken.
    w.accepts(propose_decision{charge_port, "The charge port moves to the rear"});
    auto const proposed = w.recorded<decision_proposed>().front();
    CHECK(proposed.quorum == 5);
    CHECK(proposed.closes == w.now() + days(10));
    w.supported(charge_port, 0, 5);
    w.refuses(adopt_decision{charge_port}, errc::wrong_state, "decision 1",
        "all holders of the right of veto, 7 at least, to have spoken, but 5 have");
    w.wait(days(10)).time_passes();
    REQUIRE(w.recorded<decision_closed>().size() == 1);
    CHECK(w.recorded<decision_closed>().front().outcome == product_decision_stage::cleared);
    CHECK(w.recorded<decision_closed>().front().voices == 5);
    CHECK(w.recorded<decision_closed>().front().holders == 7);
    w.accepts(adopt_decision{charge_port});
    CHECK(w.stage_of(charge_port) == product_decision_stage::adopted);

    // One veto against six who agree: refused to an employee and to the host, before the deadline
    // and after it, and the refusal names who vetoed.
    auto const objector = w.seven[6];
    w.given(propose_decision{heated_wheel, "The heated wheel is left out"});
    w.supported(heated_wheel, 0, 6);
    w.as_member(objector).accepts(
        veto_decision{heated_wheel, objector, words_of(objector, "Hands freeze in Harbin")});
    CHECK(w.recorded<decision_vetoed>().front().member == objector);
    w.as_host().refuses(adopt_decision{heated_wheel}, errc::not_qualified, "decision 2",
        "it was vetoed by member 107; change it and propose it as another");
    w.as_employee().refuses(
        adopt_decision{heated_wheel}, errc::not_qualified, "decision 2", "vetoed by member 107");
    w.as_host().wait(days(10)).time_passes();
    CHECK(w.stage_of(heated_wheel) == product_decision_stage::vetoed);
    w.refuses(adopt_decision{heated_wheel}, errc::not_qualified, "decision 2", "member 107");
    // Also when the one who vetoed is no longer of the committee.
    w.removed(w.committee, objector, "Has moved abroad");
    w.refuses(adopt_decision{heated_wheel}, errc::not_qualified, "decision 2", "member 107");

    // What holders propose with priority is answered before what was there already.
    w.as_member(w.an).given(
        propose_improvement{older, w.an, words_of(w.an, "A hook for the bag"), false});
    w.wait(days(1));
    w.as_member(w.seven[0])
        .given(propose_improvement{
            urgent, w.seven[0], words_of(w.seven[0], "The wipers freeze"), true});
    w.as_employee();
    CHECK(w.ask(list_improvements{}) == std::vector<improvement_id>{urgent, older});
    w.refuses(answer_improvement{older, false, "Hardly"}, errc::wrong_state, "improvement 1",
        "answer improvement 2 first");
    w.seven.pop_back();
    w.carried(third_row, w.seven, urgent);
    w.as_employee().accepts(
        answer_improvement{urgent, true, "With the next model year", third_row});
    CHECK(w.recorded<improvement_answered>().front().decision == third_row);
    w.accepts(answer_improvement{older, false, "There is one in the door"});
    CHECK(w.at(urgent).taken_up);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "who holds the right at the minute of the proposal has a voice on it, until the term ends",
    "[member][B15]") {
    committee_world w;
    // Six terms end at 09:59 a year later, the seventh is renewed.
    w.given(renew_office{w.committee, w.seven[6]});
    w.wait(days(364)).accepts(propose_decision{third_row, "A third row of seats"});
    CHECK(w.recorded<decision_proposed>().front().voters == w.seven);
    w.supported(third_row, 0, 4);
    w.wait(hours(24)).time_passes(); // 09:59
    CHECK(w.history_of<office_ended>().size() == 6);
    CHECK(w.recorded<voice_given_back>().size() == 2); // of two who had not spoken
    w.wait(minutes(1));                                // 10:00
    w.given(propose_decision{charge_port, "The charge port moves to the rear"});
    auto const late = w.seven[5];
    w.as_member(late).refuses(veto_decision{charge_port, late, words_of(late, "Too far")},
        errc::not_qualified, "member 106", "one of the 1 who may vote on decision 1 now");
    w.refuses(veto_decision{third_row, late, words_of(late, "Too far")}, errc::not_qualified,
        "member 106", "one of the 5 who may vote on decision 3 now");
    // What was said stays, and who comes later has no voice on it.
    w.as_host();
    auto const next = w.mature(2, source::owned)[0];
    w.seat(w.committee, {next});
    w.as_member(next).refuses(support_decision{third_row, next}, errc::not_qualified, "member 108",
        "one of the 5 who may vote on decision 3 now");
    w.supported(third_row, 6, 7);
    w.wait(days(9)).time_passes();
    CHECK(w.recorded<decision_closed>().front().voices == 5);
    CHECK(w.recorded<decision_closed>().front().holders == 5);
    CHECK(w.stage_of(third_row) == product_decision_stage::cleared);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("nobody's voice is taken while a decision is open, and who resigns gives it back",
    "[member][B15]") {
    committee_world w;
    auto const s = w.seven;
    auto const waned = [](member_id who) {
        return record_waning{who, waning_reason::other, words_of(who, "Has moved abroad")};
    };
    w.given(propose_decision{charge_port, "The charge port moves to the rear"});
    // Others do not report that somebody can give less, alone or with a second one.
    for (auto const by : {actor{}, actor{actor_kind::employee, 3}}) {
        w.as(by).refuses(waned(s[0]), errc::wrong_state, "member 101",
            "as they have a voice on decision 1; leave it to them, or wait until 2026-01-15T09:59");
    }
    request_approval asked{approval_id{9}, {}, {}, {}};
    asked.waning = waned(s[0]);
    w.as_employee().given(asked);
    w.as({actor_kind::employee, 4})
        .refuses(approve_request{approval_id{9}}, errc::wrong_state, "member 101", "wait until");
    // Two may end a term, and a member may say it of themself: both keep the voice.
    w.removed(w.committee, s[0], "Works for a competitor");
    w.as_member(s[1]).accepts(waned(s[1]));
    CHECK(w.recorded<office_ended>().front().because == office_end::no_longer_mature);
    w.accepts(support_decision{charge_port, s[1]});
    // No account with a vote is merged into another one.
    w.as_employee().refuses(merge_members{w.an, s[1], {s[1].value(), "The same person"}},
        errc::wrong_state, "member 102",
        "they have a voice on decision 1; wait until 2026-01-15T09:59");
    // Who resigns gives it back, but no word that was said, and none that another office gives.
    w.as_member(s[2]).accepts(end_office{w.committee, s[2], {}});
    REQUIRE(w.recorded<voice_given_back>().size() == 1);
    CHECK(w.recorded<voice_given_back>().front().member == s[2]);
    w.refuses(support_decision{charge_port, s[2]}, errc::not_qualified, "member 103",
        "one of the 6 who may vote");
    w.as_member(s[3]).given(support_decision{charge_port, s[3]});
    w.accepts(end_office{w.committee, s[3], {}});
    CHECK(w.recorded<voice_given_back>().empty());
    constexpr office_id council{9};
    w.as_host().given(
        define_office{council, "Council", 1, days(365), source::owned, {office_right::veto}});
    w.seat(council, {s[4]});
    w.as_member(s[4]).accepts(end_office{w.committee, s[4], {}});
    CHECK(w.recorded<voice_given_back>().empty());
    w.given(support_decision{charge_port, s[4]});
    w.as_host();
    w.supported(charge_port, 5, 7);
    w.as_host().refuses(adopt_decision{charge_port}, errc::wrong_state, "decision 1", "but 5 have");
    w.as_member(s[0]).accepts(veto_decision{charge_port, s[0], words_of(s[0], "It rattles")});
    w.as_host().refuses(
        adopt_decision{charge_port}, errc::not_qualified, "decision 1", "vetoed by member 101");
    // After the deadline two may report it of a holder, as they may end the term.
    w.wait(days(10)).time_passes();
    w.as_employee().refuses(
        waned(s[5]), errc::not_qualified, "member 106", "the approval of two people");
    asked.approval = approval_id{10};
    asked.waning = waned(s[5]);
    w.given(asked);
    w.as({actor_kind::employee, 4}).accepts(approve_request{approval_id{10}});
    CHECK(w.recorded<office_ended>().front().member == s[5]);
    w.as_employee().accepts(waned(s[0])); // who holds nothing any more
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "an improvement is taken up only when the committee has not stopped it", "[member][B15]") {
    committee_world w;
    w.given(propose_improvement{older, w.an, words_of(w.an, "A hook"), false},
        propose_improvement{urgent, w.jin, words_of(w.jin, "A shelf"), false},
        propose_decision{charge_port, "A hook at each seat", older},
        propose_decision{third_row, "A shelf behind the seats", urgent});
    auto const yes = [](improvement_id which) {
        return answer_improvement{which, true, "Yes", third_row};
    };
    w.refuses(yes(older), errc::wrong_state, "improvement 1", "decision 1 about it to be closed");
    w.refuses(propose_decision{heated_wheel, "A stronger hook", older}, errc::already_exists,
        "improvement 1", "but decision 1 is; wait until");
    w.as_member(w.seven[1])
        .given(veto_decision{charge_port, w.seven[1], words_of(w.seven[1], "It rattles")});
    w.as_host();
    w.supported(third_row, 0, 7);
    w.wait(days(11)).time_passes();
    w.refuses(answer_improvement{older, true, "Yes", charge_port}, errc::wrong_state, "decision 1",
        "adopted, not one that is vetoed");
    w.refuses(yes(older), errc::not_qualified, "decision 3", "a decision about improvement 1");
    // What was changed may be put to them again, and the answer is not put off a second time.
    auto const by = w.at(older).answer_by;
    w.carried(heated_wheel, w.seven, older);
    CHECK(w.at(older).answer_by == by);
    w.accepts(answer_improvement{older, true, "Yes, the stronger one", heated_wheel});
    CHECK(w.at(older).taken_up);
    w.refuses(yes(urgent), errc::wrong_state, "decision 3", "adopted, not one that is cleared");
    w.given(adopt_decision{third_row});
    w.refuses(answer_improvement{urgent, true, "Yes"}, errc::not_qualified, "improvement 2",
        "expected a decision about it that the committee carried");
    w.accepts(yes(urgent));
    CHECK(w.at(urgent).taken_up);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a decision on which all have spoken need not wait, and silence may be made to pass",
    "[member][B15]") {
    committee_world w;
    w.given(propose_decision{charge_port, "The charge port moves to the rear"});
    w.supported(charge_port, 0, 7);
    w.accepts(adopt_decision{charge_port});
    w.wait(days(11)).time_passes();
    CHECK(w.history_of<decision_closed>().empty());

    // A decision keeps the rules under which it was proposed.
    w.given(propose_decision{heated_wheel, "The heated wheel is left out"});
    w.committee_goes_by({5, days(5), silence::passes});
    w.given(propose_decision{third_row, "A third row of seats"});
    w.wait(days(5)).time_passes();
    w.accepts(adopt_decision{third_row});
    w.wait(days(5)).time_passes();
    w.refuses(adopt_decision{heated_wheel}, errc::wrong_state, "decision 2", "voices of 5");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a voice without the right, twice or too late, and a decision over a veto, are refused",
    "[member][B15][refusal]") {
    committee_world w;
    auto const a = w.seven[0];
    auto const b = w.seven[1];
    auto const why = words_of(b, "It rattles");
    w.given(propose_decision{charge_port, "The charge port moves to the rear"});
    w.wait(days(5)).given(propose_decision{heated_wheel, "The heated wheel is left out"},
        support_decision{charge_port, a}, veto_decision{heated_wheel, b, why},
        propose_improvement{older, a, words_of(a, "A hook"), true},
        propose_improvement{improvement_id{3}, w.an, words_of(w.an, "A shelf"), false});
    w.wait(days(5)).time_passes();
    unmoved same{w};
    // About a proposal that nobody made.
    same.refuses(propose_decision{third_row, "A third row", improvement_id{9}}, errc::unknown_id,
        "improvement 9");
    // After the deadline.
    same.refuses(support_decision{charge_port, b}, errc::wrong_state, "decision 1",
        "expected a vote before the deadline");
    same.refuses(veto_decision{charge_port, b, why}, errc::wrong_state, "decision 1", "too late");
    // Twice.
    same.refuses(support_decision{heated_wheel, b}, errc::already_exists, "member 102",
        "has not voted on decision 2 yet");
    same.refuses(veto_decision{heated_wheel, b, why}, errc::already_exists, "member 102", "stands");
    // Without the right: also who is mature, or holds another office.
    w.as_host();
    same.refuses(veto_decision{heated_wheel, w.kai, words_of(w.kai, "No")}, errc::not_qualified,
        "member 9", "one of the 7 who may vote");
    same.refuses(support_decision{heated_wheel, w.an}, errc::not_qualified, "member 1", "who may");
    // For somebody else.
    w.as_member(a);
    same.refuses(veto_decision{heated_wheel, w.seven[2], words_of(w.seven[2], "No")},
        errc::not_qualified, "member 103", "the member themself to send");
    w.as_employee();
    same.refuses(support_decision{heated_wheel, w.seven[2]}, errc::not_qualified, "member 103",
        "not employee 3");
    // Without a reason, or a member who adopts.
    w.as_member(w.seven[2]);
    same.refuses(veto_decision{heated_wheel, w.seven[2], {w.seven[2].value(), " "}},
        errc::invalid_text, "veto reason of member 103", "more than blanks");
    same.refuses(veto_decision{heated_wheel, w.seven[2], why}, errc::invalid_argument,
        "veto reason of member 103", "belong to the member");
    same.refuses(
        adopt_decision{heated_wheel}, errc::not_qualified, "adopt_decision", "an employee");
    same.refuses(propose_decision{third_row, "A third row"}, errc::not_qualified,
        "propose_decision", "employee");
    // Over a veto, without a quorum, and what is not there.
    w.as_host();
    same.refuses(adopt_decision{heated_wheel}, errc::not_qualified, "decision 2",
        "it was vetoed by member 102");
    same.refuses(adopt_decision{charge_port}, errc::wrong_state, "decision 1", "voices of 5");
    same.refuses(adopt_decision{third_row}, errc::unknown_id, "decision 3");
    same.refuses(support_decision{third_row, a}, errc::unknown_id, "decision 3");
    same.refuses(support_decision{heated_wheel, w.nobody}, errc::unknown_id, "member 999");
    same.refuses(propose_decision{charge_port, "Again"}, errc::already_exists, "decision 1");
    same.refuses(propose_decision{third_row, ""}, errc::invalid_text, "title of decision 3");
    same.refuses(propose_decision{{}, "Nothing"}, errc::invalid_argument, "decision 0");
    same.refuses(adopt<committee_rules>{{0, days(10), silence::stops}}, errc::invalid_argument,
        "committee_rules.quorum", "1 or more");
    same.refuses(adopt<committee_rules>{{5, days(3) - minutes(1), silence::stops}},
        errc::invalid_argument, "committee_rules.voting", "3 days or more");
    // Proposals: priority without the right, and an answer out of turn.
    same.refuses(propose_improvement{improvement_id{4}, w.an, words_of(w.an, "Now"), true},
        errc::not_qualified, "member 1", "the right of priority; make the proposal without it");
    same.refuses(answer_improvement{improvement_id{3}, true, "Yes"}, errc::wrong_state,
        "improvement 3", "answer improvement 1 first");
    // Nor does a right outlive its term.
    w.wait(days(356)).time_passes();
    w.given(propose_decision{third_row, "A third row"});
    unmoved later{w};
    later.refuses(propose_improvement{improvement_id{4}, a, words_of(a, "Now"), true},
        errc::not_qualified, "member 101", "present holder");
    later.refuses(veto_decision{third_row, a, words_of(a, "No")}, errc::not_qualified, "member 101",
        "one of the 0 who may vote");
    later.refuses(end_office{w.committee, a, words_of(a, "Gone")}, errc::wrong_state, "member 101",
        "present holder");
}

TEST_CASE(
    "a proposal is not taken up where the committee was not asked, was asked about another or "
    "did not carry it",
    "[member][B15][refusal]") {
    committee_world w;
    w.given(propose_improvement{older, w.an, words_of(w.an, "A hook"), false},
        propose_improvement{urgent, w.jin, words_of(w.jin, "A shelf"), false},
        propose_decision{third_row, "A shelf behind the seats", urgent});
    w.carried(charge_port, w.seven, older);
    w.wait(days(10)).time_passes();
    CHECK(w.stage_of(third_row) == product_decision_stage::lapsed);
    unmoved same{w};
    auto const answered = [&](std::optional<product_decision_id> by, bool taken_up = true) {
        return answer_improvement{urgent, taken_up, "Of course", by};
    };
    for (auto const by : {actor{}, actor{actor_kind::employee, 3}}) {
        w.as(by);
        same.refuses(answered({}), errc::not_qualified, "improvement 2",
            "that the committee carried; propose one, name it here once it is adopted, or answer");
        same.refuses(answered(third_row), errc::wrong_state, "decision 3",
            "adopted, not one that is lapsed");
        same.refuses(answered(charge_port), errc::not_qualified, "decision 1",
            "a decision about improvement 2");
        same.refuses(answered(heated_wheel), errc::unknown_id, "decision 2");
        same.refuses(
            answered(charge_port, false), errc::invalid_argument, "improvement 2", "leave it out");
    }
    w.accepts(answer_improvement{older, true, "Yes", charge_port});
    w.accepts(answered({}, false));
}

TEST_CASE("one person does not leave the committee less of a say, but two may, down to a floor",
    "[member][B15][F23][refusal]") {
    committee_world w;
    unmoved same{w};
    for (auto const by : {actor{}, actor{actor_kind::employee, 3}}) {
        w.as(by);
        for (auto const& looser : {committee_rules{4, days(10), silence::stops},
                 committee_rules{5, days(9), silence::stops},
                 committee_rules{9, days(20), silence::passes}}) {
            same.refuses(adopt<committee_rules>{looser}, errc::not_qualified, "committee_rules",
                "the approval of two people");
        }
        for (auto const& looser :
            {improvement_rules{days(30), days(8)}, improvement_rules{days(30), days(8), 2}}) {
            same.refuses(adopt<improvement_rules>{looser}, errc::not_qualified, "improvement_rules",
                "the approval of two people");
        }
        same.refuses(adopt<improvement_rules>{{days(30), days(7), 0}}, errc::invalid_argument,
            "improvement_rules.priority_max", "1 or more");
    }
    // One is enough to leave it more.
    w.as_employee().accepts(adopt<committee_rules>{{6, days(12), silence::stops}});
    w.accepts(adopt<improvement_rules>{{days(20), days(5), 2}});
    w.refuses(adopt<improvement_rules>{{days(20), days(5), 1}}, errc::not_qualified,
        "improvement_rules", "two people");
    // Two may leave it less, each knowing what they do, and not below the floor.
    w.committee_goes_by({1, days(3), silence::passes});
    request_approval asked{approval_id{1}, {}, {}, {}};
    asked.priority = improvement_rules{days(30), days(9)};
    w.by_two(asked);
    asked = {approval_id{1}, {}, {}, {}};
    asked.committee = committee_rules{1, days(2), silence::passes};
    w.as_employee().given(asked);
    w.as({actor_kind::employee, 4})
        .refuses(approve_request{approval_id{1}}, errc::invalid_argument, "committee_rules.voting",
            "3 days or more");
    w.as_host().given(propose_decision{charge_port, "The charge port moves to the rear"});
    w.wait(days(3)).time_passes();
    w.accepts(adopt_decision{charge_port});
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
