// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/improvement.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

using ids = std::vector<improvement_id>;

propose_improvement proposal(std::uint64_t id, member_id who, bool priority = false) {
    return {improvement_id{id}, who, {who.value(), "A hook"}, priority};
}

TEST_CASE("proposals are answered with priority first, and who waits too long is told of",
    "[member][B15]") {
    circle_world w;
    auto const two = w.mature(2, source::owned);
    w.seat(w.committee, two);
    w.committee_goes_by({2, days(10), silence::stops});
    w.given(proposal(1, w.an), proposal(2, two[0]), proposal(3, two[0], true));
    w.wait(days(1)).given(proposal(4, two[1], true));
    CHECK(w.ask(list_improvements{}) ==
        ids{improvement_id{3}, improvement_id{4}, improvement_id{1}, improvement_id{2}});
    // A week for those with priority, thirty days for the others.
    w.wait(days(6)).time_passes();
    REQUIRE(w.recorded<answer_overdue>().size() == 1);
    CHECK(w.recorded<answer_overdue>().front().improvement == improvement_id{3});
    CHECK(w.at(improvement_id{3}).overdue);
    w.carried(product_decision_id{1}, two, improvement_id{4});
    w.carried(product_decision_id{2}, two, improvement_id{3});
    w.accepts(answer_improvement{improvement_id{4}, true, "Yes", product_decision_id{1}});
    w.accepts(
        answer_improvement{improvement_id{3}, true, "Yes, and sorry", product_decision_id{2}});
    CHECK(w.at(improvement_id{3}).overdue);
    CHECK_FALSE(w.at(improvement_id{4}).overdue);
    w.wait(days(30)).time_passes();
    CHECK(w.history_of<answer_overdue>().size() == 3);
    // An overdue proposal stays open, and ordinary ones have no order among them.
    w.accepts(answer_improvement{improvement_id{2}, false, "No room for it"});
    CHECK(w.ask(list_improvements{}) == ids{improvement_id{1}});
    CHECK(w.recorded<improvement_answered>().front().member == two[0]);
    // A proposal keeps the priority that it had when it was made.
    w.given(proposal(5, two[0], true));
    w.removed(w.committee, two[0], "Moved");
    CHECK(w.ask(list_improvements{}) == ids{improvement_id{5}, improvement_id{1}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("proposals are put to the committee with priority first, and their answer waits for it",
    "[member][B15]") {
    circle_world w;
    auto const two = w.mature(2, source::owned);
    w.seat(w.committee, two);
    w.given(proposal(1, w.an), proposal(2, two[0], true));
    propose_decision const about_hook{product_decision_id{1}, "A hook", improvement_id{1}};
    w.refuses(about_hook, errc::wrong_state, "improvement 1",
        "propose a decision about improvement 2 first, or answer it");
    w.wait(days(6)).given(
        propose_decision{product_decision_id{2}, "Another hook", improvement_id{2}});
    w.accepts(about_hook);
    // A week from the deadline of the decision on, a month for those without priority.
    CHECK(w.at(improvement_id{2}).answer_by == w.now() + days(10 + 7));
    CHECK(w.at(improvement_id{1}).answer_by == w.now() + days(10 + 30));
    w.wait(days(17) - minutes(1)).time_passes();
    CHECK(w.history_of<answer_overdue>().empty());
    w.wait(minutes(1)).time_passes();
    REQUIRE(w.recorded<answer_overdue>().size() == 1);
    CHECK(w.recorded<answer_overdue>().front().improvement == improvement_id{2});
    // Another decision does not make the answer timely.
    w.given(propose_decision{product_decision_id{3}, "Another hook", improvement_id{2}});
    CHECK(w.at(improvement_id{2}).overdue);
    w.wait(days(60)).time_passes();
    CHECK(w.history_of<answer_overdue>().size() == 2);
    // How many proposals with priority somebody may have open is a rule.
    w.refuses(proposal(3, two[0], true), errc::no_capacity, "member 101",
        "wait for the answer to improvement 2");
    w.accepts(adopt<improvement_rules>{{days(30), days(7), 2}});
    w.accepts(proposal(3, two[0], true));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a proposal that cannot be, or an answer to none, is refused", "[member][B15][refusal]") {
    circle_world w;
    auto const holder = w.mature(1, source::owned);
    w.seat(w.committee, holder);
    w.given(proposal(1, w.an), proposal(2, w.an),
        answer_improvement{improvement_id{2}, false, "There is one"}, proposal(4, holder[0], true));
    unmoved same{w};
    same.refuses(proposal(5, holder[0], true), errc::no_capacity, "member 101",
        "fewer than 1 open proposals with priority of theirs; wait for the answer to improvement 4 "
        "or make the proposal without priority");
    same.refuses(proposal(0, w.an), errc::invalid_argument, "improvement 0", "above 0");
    same.refuses(proposal(1, w.an), errc::already_exists, "improvement 1", "choose another");
    same.refuses(proposal(3, w.nobody), errc::unknown_id, "member 999");
    same.refuses(propose_improvement{improvement_id{3}, w.an, {1, " "}, false}, errc::invalid_text,
        "proposal of member 1", "blanks");
    same.refuses(propose_improvement{improvement_id{3}, w.an, {2, "A hook"}, false},
        errc::invalid_argument, "proposal of member 1", "belong");
    same.refuses(
        answer_improvement{improvement_id{3}, true, "Yes"}, errc::unknown_id, "improvement 3");
    same.refuses(answer_improvement{improvement_id{2}, false, "No"}, errc::wrong_state,
        "improvement 2", "not answered yet");
    same.refuses(answer_improvement{improvement_id{4}, false, "No", product_decision_id{1}},
        errc::invalid_argument, "improvement 4", "leave it out");
    same.refuses(propose_decision{product_decision_id{1}, "A hook", improvement_id{1}},
        errc::wrong_state, "improvement 1", "put to the committee first, also before older ones");
    same.refuses(answer_improvement{improvement_id{1}, true, ""}, errc::invalid_text,
        "answer to improvement 1", "blanks");
    same.refuses(adopt<improvement_rules>{{days(1), days(2)}}, errc::invalid_argument,
        "improvement_rules", "not the longer one");
    w.as_member(w.an);
    same.refuses(answer_improvement{improvement_id{1}, true, "Yes"}, errc::not_qualified,
        "answer_improvement", "an employee");
    same.refuses(proposal(3, w.chen), errc::not_qualified, "member 2", "themself");
}

} // namespace
