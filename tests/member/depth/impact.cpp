// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/impact.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

constexpr project_id suv{1};
constexpr project_id van{2};
constexpr product_decision_id rear_heating{1};
constexpr product_decision_id third_row{2};

personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }

/// An has become mature, and advises with Jin and Kai on a small SUV, with Kai alone on a van.
class advised_world : public circle_world {
public:
    advised_world() {
        for (auto before : {100, 80, 60}) {
            given(record_outcome{an, {}, percent(90), now() - days(before)});
        }
        given(open_project{suv, "A small SUV", "For families"},
            open_project{van, "A van", "For firms"}, invite_to_panel{suv, {an, jin, kai}},
            invite_to_panel{van, {kai}});
        for (auto who : {an, jin, kai}) {
            given(sign_confidentiality{suv, who});
        }
        given(sign_confidentiality{van, kai});
        seat(committee, {kai});
        committee_goes_by({1, days(10), silence::stops});
        advise(1, suv, an, "The rear seats are cold for half an hour");
        advise(2, suv, jin, "Heat what the passengers touch");
        advise(3, suv, kai, "Nobody I know needs a third row");
        advise(4, van, kai, "A lower sill");
        advise(5, suv, an, "And the pedals");
    }
    void advise(std::uint64_t id, project_id project, member_id who, char const* text) {
        given(record_advice{advice_id{id}, project, who, words_of(who, text)});
    }
    void decided(product_decision_id which, char const* title) {
        given(propose_decision{which, title}, support_decision{which, kai}, adopt_decision{which});
    }
};

TEST_CASE(
    "advice is traced to the product decision that it changed, with before and after, and its "
    "author sees it",
    "[member][B13]") {
    advised_world w;
    w.wait(days(20));
    w.decided(rear_heating, "The rear seats are heated");
    w.as_employee().accepts(trace_decision{rear_heating, suv, "Heating in front only",
        "Heating on all five seats", {advice_id{2}, advice_id{1}, advice_id{5}}});
    CHECK(w.recorded<impact_thanked>().size() == 2);
    w.as_host();
    w.decided(third_row, "No third row");
    w.given(trace_decision{third_row, suv, "Seven seats", "Five seats", {advice_id{3}}});

    // An sees what hers changed, with her own words.
    w.as_member(w.an);
    auto const seen = w.ask(list_impact{w.an});
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].title == "The rear seats are heated");
    CHECK(seen[0].before == "Heating in front only");
    CHECK(seen[0].after == "Heating on all five seats");
    REQUIRE(seen[0].advice.size() == 2);
    CHECK(seen[0].advice[0].id == advice_id{1});
    CHECK(seen[0].advice[0].text.text == "The rear seats are cold for half an hour");
    CHECK(seen[0].advice[1].text.text == "And the pedals");
    // Nobody else does, but those who run the programme.
    w.as_member(w.jin);
    CHECK_FALSE(w.engine().ask(list_impact{w.an}, w.asked()).has_value());
    CHECK(w.ask(list_impact{w.jin})[0].advice.size() == 1);
    w.as_employee();
    CHECK(w.ask(list_impact{w.an}).size() == 1);
    CHECK(w.ask(list_impact{w.kai})[0].title == "No third row"); // the van changed nothing
    CHECK(w.ask(list_impact{w.chen}).empty());

    // The thanks are in their record, and they can be found by it.
    CHECK(w.at<member_impact_record>(w.an).advice == 2);
    CHECK(w.at<member_impact_record>(w.an).changed == 1);
    CHECK(w.ask(find_members{column("impact") >= 1}) == std::vector{w.an, w.jin, w.kai});
    w.as_host().wait(days(5));
    w.advise(6, suv, w.kai, "The sill is too high");
    w.decided(product_decision_id{3}, "A lower sill");
    w.given(trace_decision{product_decision_id{3}, suv, "70 cm", "62 cm", {advice_id{6}}});
    CHECK(w.ask(find_members{column("impact") >= 2}) == std::vector{w.kai});
    // Also in another role: what somebody changed stays theirs.
    w.given(record_waning{w.an, waning_reason::life_change, {}});
    w.role_offered(w.an, alumni_role::honorary_adviser);
    w.given(accept_role{w.an, alumni_role::honorary_adviser});
    w.as_member(w.an);
    CHECK(w.ask(list_impact{w.an}).size() == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("advice that was not given, or not to this project, or too late, is not cited",
    "[member][B13][refusal]") {
    advised_world w;
    w.given(propose_decision{third_row, "No third row"});
    w.decided(rear_heating, "The rear seats are heated");
    w.wait(days(1));
    w.advise(7, suv, w.jin, "As I always said");
    auto const trace = [](std::vector<advice_id> cites) {
        return trace_decision{rear_heating, suv, "Before", "After", std::move(cites)};
    };
    unmoved same{w};
    same.refuses(trace({advice_id{1}, advice_id{9}}), errc::unknown_id, "advice 9", "was given");
    same.refuses(trace({advice_id{4}}), errc::not_qualified, "advice 4",
        "expected advice to project 1, but it was given to project 2");
    same.refuses(trace({advice_id{7}}), errc::not_qualified, "advice 7",
        "from before decision 1 was proposed");
    same.refuses(trace({}), errc::invalid_argument, "decision 1", "at least one piece of advice");
    auto bad = trace({advice_id{1}});
    bad.after = bad.before;
    same.refuses(bad, errc::invalid_argument, "decision 1", "before and after differ");
    bad.after = " ";
    same.refuses(bad, errc::invalid_text, "after of decision 1", "blanks");
    bad.before = "";
    same.refuses(bad, errc::invalid_text, "before of decision 1", "blanks");
    bad = trace({advice_id{1}});
    bad.project = project_id{9};
    same.refuses(bad, errc::unknown_id, "project 9");
    bad = trace({advice_id{1}});
    bad.decision = product_decision_id{9};
    same.refuses(bad, errc::unknown_id, "decision 9");
    bad.decision = third_row; // not adopted
    same.refuses(bad, errc::not_qualified, "decision 2", "stage adopted, not open");
    same.denies(list_impact{w.nobody}, errc::unknown_id, "member 999", "known member");
    w.as_member(w.an);
    same.refuses(trace({advice_id{1}}), errc::not_qualified, "trace_decision", "an employee");
    same.denies(list_impact{w.jin}, errc::not_qualified, "member 8", "themself to look");
    w.as_host().given(trace({advice_id{1}}));
    unmoved once{w};
    once.refuses(
        trace({advice_id{2}}), errc::already_exists, "decision 1", "said yet what changed");
}

TEST_CASE("who has two accounts is honoured for a decision that the advice of either changed",
    "[member][E41][E18]") {
    constexpr honour_id heard{1};
    advised_world w;
    w.decided(rear_heating, "The rear seats are heated");
    w.given(trace_decision{rear_heating, suv, "In front", "On all seats", {advice_id{1}}},
        define_honour{heard, "Heard", "For advice", "A decision that it changed", "", for_ever});
    w.wait(panel_rules{}.lasts + days(1));
    w.given(merge_members{w.dong, w.an, {w.an.value(), "One person"}});
    std::vector<honour_evidence> const decision{{evidence_kind::decision, rear_heating.value()}};
    w.refuses(award_honour{heard, w.jin, decision}, errc::not_qualified, "decision 1", "own");
    w.accepts(award_honour{heard, w.dong, decision});
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
