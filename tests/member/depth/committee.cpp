// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/committee.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstddef>
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
    w.refuses(answer_improvement{older, true, "Gladly"}, errc::wrong_state, "improvement 1",
        "answer improvement 2 first");
    w.accepts(answer_improvement{urgent, true, "With the next model year"});
    w.accepts(answer_improvement{older, false, "There is one in the door"});
    CHECK(w.at(urgent).taken_up);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a voice counts for who holds the right at that minute", "[member][B15]") {
    committee_world w;
    // Six terms end at 09:59 a year later, the seventh is renewed.
    w.given(renew_office{w.committee, w.seven[6]});
    w.wait(days(364)).given(propose_decision{third_row, "A third row of seats"});
    w.supported(third_row, 0, 5);
    w.wait(hours(24)).wait(minutes(1)); // 10:00
    auto const late = w.seven[5];
    w.as_member(late).refuses(veto_decision{third_row, late, words_of(late, "Too heavy")},
        errc::not_qualified, "member 106", "one of the 1 who may vote on decision 3 now");
    CHECK(w.history_of<office_ended>().size() == 6);
    // The voices of the five no longer make a quorum, and their seats can be filled.
    w.as_host().seat(w.committee, w.mature(2, source::owned));
    w.as_member(member_id{108}).given(support_decision{third_row, member_id{108}});
    w.as_member(w.seven[6]).given(support_decision{third_row, w.seven[6]});
    w.as_host().wait(days(9)).time_passes();
    CHECK(w.stage_of(third_row) == product_decision_stage::lapsed);
    w.refuses(adopt_decision{third_row}, errc::wrong_state, "decision 3",
        "expected the voices of 5 by the deadline");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "an improvement is taken up only when the committee has not stopped it", "[member][B15]") {
    committee_world w;
    w.given(propose_improvement{older, w.an, words_of(w.an, "A hook"), false},
        propose_improvement{urgent, w.jin, words_of(w.jin, "A shelf"), false},
        propose_decision{charge_port, "A hook at each seat", older},
        propose_decision{third_row, "A shelf behind the seats", urgent});
    auto const yes = [](improvement_id which) { return answer_improvement{which, true, "Yes"}; };
    w.refuses(yes(older), errc::wrong_state, "improvement 1", "decision 1 about it to be closed");
    w.as_member(w.seven[1])
        .given(veto_decision{charge_port, w.seven[1], words_of(w.seven[1], "It rattles")});
    w.as_host();
    w.supported(third_row, 0, 7);
    for (auto wait : {days(0), days(11)}) { // while it is open, and for good
        w.wait(wait).time_passes();
        w.refuses(yes(older), errc::not_qualified, "improvement 1",
            "decision 1 about it was vetoed by member 102");
    }
    w.accepts(answer_improvement{older, false, "The committee is against it"});
    w.accepts(yes(urgent));
    CHECK(w.at(urgent).taken_up);
    CHECK_FALSE(w.at(older).taken_up);
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
    w.given(propose_decision{heated_wheel, "The heated wheel is left out"},
        adopt<committee_rules>{{5, days(5), silence::passes}},
        propose_decision{third_row, "A third row of seats"});
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
    same.refuses(adopt<committee_rules>{{-1, days(1), silence::stops}}, errc::invalid_argument,
        "committee_rules", "quorum of 0 or more");
    // Proposals: priority without the right, and an answer out of turn.
    same.refuses(propose_improvement{improvement_id{4}, w.an, words_of(w.an, "Now"), true},
        errc::not_qualified, "member 1", "the right of priority; make the proposal without it");
    same.refuses(answer_improvement{improvement_id{3}, true, "Yes"}, errc::wrong_state,
        "improvement 3", "answer improvement 1 first");
    // Nor does a right outlive its term.
    w.wait(days(356)).time_passes();
    unmoved later{w};
    later.refuses(propose_improvement{improvement_id{4}, a, words_of(a, "Now"), true},
        errc::not_qualified, "member 101", "present holder");
    later.refuses(veto_decision{heated_wheel, a, words_of(a, "No")}, errc::not_qualified,
        "member 101", "one of the 0 who may vote");
    later.refuses(end_office{w.committee, a, words_of(a, "Gone")}, errc::wrong_state, "member 101",
        "present holder");
}

} // namespace
