// SPDX-License-Identifier: BSL-1.0
#include "messages.hpp"

#include <koc/engine/rules.hpp>
#include <koc/engine/rules_page.hpp>
#include <koc/json/messages.hpp>
#include <koc/json/text.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace koc;
using namespace own_axis;

engine own_engine(any_journal journal) { return engine::of<programme>(std::move(journal)); }

/// The usual people and their objective, in the programme with experts. An, Chen and Dong are
/// active; Jin and Kai have done excellent work before, which earned them points.
class expert_world : public koc_test::winter_world {
public:
    expert_world() : winter_world{&own_engine} {}

    [[nodiscard]] std::vector<member_id> who(requirement needs) const {
        return ask(find_members{std::move(needs)});
    }
    [[nodiscard]] expert_record const& expert(member_id of) const { return at<expert_record>(of); }
    void opens(task_id task, requirement needs = {}) {
        auto made = brief(task);
        made.needs = std::move(needs);
        listed(made);
    }
};

using ids = std::vector<member_id>;

TEST_CASE("good work and awards earn points, and points make a rank", "[own_axis]") {
    expert_world w;
    CHECK(w.expert(w.jin).points == 27); // three pieces of 0.9 at 10 points each
    CHECK(w.expert(w.jin).rank == expert_rank::bronze);
    w.accepts(award_points{w.jin, 3});
    auto const awarded = w.recorded<points_awarded>();
    REQUIRE(awarded.size() == 1);
    CHECK(awarded.front().rank == expert_rank::silver);
    CHECK(awarded.front().until == w.now() + days(180));
    w.accepts(record_outcome{w.an, {}, score{}, w.now()}); // worthless work earns nothing
    CHECK(w.recorded<points_awarded>().empty());
}

TEST_CASE("a requirement may use the rank as a tag and the points as a column", "[own_axis]") {
    expert_world w;
    w.given(award_points{w.an, 60}, award_points{w.chen, 9});
    CHECK(w.who(has("expert_rank", "gold")) == ids{w.an});
    CHECK(w.who(column("expertise") >= 10) == ids{w.an, w.jin, w.kai});
    CHECK(w.who(has("expert_rank", "none")) == ids{w.chen});
    w.opens(task_id{1}, has("expert_rank", "gold") && column("expertise") >= 10);
    w.accepts(dispatch{task_id{1}, 3});
    REQUIRE(w.recorded<offer_sent>().size() == 1);
    CHECK(w.recorded<offer_sent>().front().member == w.an);
    w.refuses(claim_task{task_id{1}, w.chen}, errc::not_qualified, "member 2", "expert_rank");
}

TEST_CASE("nobody gives the tag of a rank by hand", "[own_axis][refusal]") {
    expert_world w;
    w.refuses(
        retag{w.an, {{w.tag("expert_rank", "gold")}}, {}}, errc::invalid_argument, "expert_rank");
}

TEST_CASE("a rank lapses after its term, and new points renew it", "[own_axis]") {
    expert_world w;
    w.given(award_points{w.an, 60});
    auto const kept = w.now() + days(180);
    w.wait(days(100)).given(award_points{w.chen, 60});
    w.wait(days(79)).time_passes();
    CHECK(w.expert(w.an).until == kept);
    w.wait(days(1)).time_passes();
    CHECK(w.recorded<rank_lapsed>().size() == 3); // with Jin and Kai
    CHECK(w.who(has("expert_rank", "gold")) == ids{w.chen});
    CHECK(w.expert(w.an).points == 0);
    CHECK(w.expert(w.an).lapsed);
    w.given(award_points{w.chen, 1});
    w.wait(days(179)).time_passes();
    CHECK(w.who(has("expert_rank", "gold")) == ids{w.chen});
}

TEST_CASE(
    "whose rank has lapsed is offered nothing until they reach one again", "[own_axis][refusal]") {
    expert_world w;
    w.given(award_points{w.an, 60});
    w.wait(days(180)).time_passes();
    w.opens(task_id{1});
    w.refuses(claim_task{task_id{1}, w.an}, errc::not_qualified, "member 1",
        "award points until there is one");
    auto const why = w.ask(consider_member{task_id{1}, w.an});
    REQUIRE(why.stopped_by);
    CHECK(why.stopped_by->find("expected an expert rank that did not lapse") != std::string::npos);
    w.accepts(claim_task{task_id{1}, w.chen}); // who never had one
    w.accepts(dispatch{task_id{1}, 100});
    for (auto const& sent : w.recorded<offer_sent>()) {
        CHECK(sent.member != w.an);
    }
    w.given(award_points{w.an, 9});
    w.refuses(
        claim_task{task_id{1}, w.an}, errc::not_qualified, "member 1", "expected an expert rank");
    w.given(award_points{w.an, 1});
    w.accepts(claim_task{task_id{1}, w.an});
}

TEST_CASE("a rank counts in the match, and the explanation says so", "[own_axis]") {
    expert_world w;
    w.opens(task_id{1});
    auto const before = w.ask(consider_member{task_id{1}, w.an});
    w.given(award_points{w.an, 60});
    auto const after = w.ask(consider_member{task_id{1}, w.an});
    CHECK(after.fit == before.fit + percent(150));
    CHECK(after.why.total() == after.fit);
    CHECK(after.why.parts.back().signal == "expert rank");
}

TEST_CASE("awards are checked", "[own_axis][refusal]") {
    expert_world w;
    w.refuses(award_points{w.nobody, 5}, errc::unknown_id, "member 999");
    w.refuses(award_points{w.an, 0}, errc::invalid_argument, "award_points.points",
        "from 1 to 1000, not 0");
    w.refuses(award_points{w.an, 1'001}, errc::invalid_argument, "award_points.points");
    w.as({actor_kind::member, w.an.value()});
    w.refuses(
        award_points{w.an, 5}, errc::not_qualified, "award_points", "an employee or the host");
}

TEST_CASE("the values of ranks are rules, and those that make no sense are refused",
    "[own_axis][refusal]") {
    expert_world w;
    auto rules = expert_rules{};
    rules.silver_at = rules.gold_at;
    w.refuses(adopt<expert_rules>{rules}, errc::invalid_argument, "expert_rules",
        "rise from bronze to gold");
    rules = {};
    rules.bronze_at = 1;
    w.given(adopt<expert_rules>{rules}, award_points{w.an, 1});
    CHECK(w.expert(w.an).rank == expert_rank::bronze);
    auto const page = rules_page(w.engine());
    CHECK(page.find("1. sent by an employee or the host\n2. member is a known member\n"
                    "3. points from 1 to 1000") != std::string::npos);
    CHECK(page.find("expert_rules: {\"bronze_at\":1,") != std::string::npos);
    auto const question = page.substr(page.find("- may_offer: "));
    CHECK(question.substr(0, question.find('\n')).find("expertise") != std::string::npos);
}

TEST_CASE("the axis has its JSON for nothing", "[own_axis]") {
    expert_world w;
    auto const read = [&](char const* text) {
        return read_message(w.engine().command_types(), *parse_json(text));
    };
    auto const command = read(R"({"type": "award_points", "member": 1, "points": 60})");
    REQUIRE(command);
    REQUIRE(w.engine().handle(*command, w.asked()));
    auto const query = read_message(
        w.engine().query_types(), *parse_json(R"({"type": "list_experts", "rank": "gold"})"));
    REQUIRE(query);
    auto const answer = w.engine().ask_text(*query, w.asked());
    REQUIRE(answer);
    CHECK(*answer ==
        R"([{"id":1,"rank":"gold","points":60,"until":")" + to_iso8601(w.now() + days(180)) +
            R"(","lapsed":false}])");
    CHECK(read(R"({"type": "award_point"})").error().expected.find("award_points") !=
        std::string::npos);
    CHECK(read(R"({"type": "award_points", "member": 1, "points": "x"})").error().subject ==
        ".points");
    auto const rules = read(
        R"({"type": "adopt_expert_rules", "rules": {"bronze_at": 1, "silver_at": 2, "gold_at": 3,
        "work_points": 1, "term": 86400000}})");
    REQUIRE(rules);
    REQUIRE(w.engine().handle(*rules, w.asked()));
    CHECK(w.engine().rules<expert_rules>()->gold_at == 3);
}

TEST_CASE("a replay of the journal gives the same state", "[own_axis]") {
    expert_world w;
    w.given(award_points{w.an, 60});
    w.wait(days(200)).given(award_points{w.chen, 5});
    CHECK(w.digest_of_replay() == w.digest());
}

TEST_CASE("a journal of the standard programme goes on with the axis", "[own_axis]") {
    koc_test::shared_journal journal;
    instant const now{1'800'000'000'000};
    {
        engine before{journal};
        REQUIRE(before.handle(enrol{member_id{1}, {1, "An"}, {source::open}, {}}, {now}));
        REQUIRE(before.handle(record_outcome{member_id{1}, {}, whole(1), now}, {now}));
    }
    auto after = own_engine(journal);
    REQUIRE(after.catch_up());
    auto const refused = after.handle(award_points{member_id{1}, 60}, {now});
    REQUIRE(!refused);
    CHECK(refused.error().expected.find("adopt<expert_rules>") != std::string::npos);
    REQUIRE(after.differing().size() == 1);
    CHECK(after.differing().front().name == "expert_rules");
    CHECK(!after.handle(
        record_outcome{member_id{1}, {}, whole(1), now}, {now})); // as the aspect follows it
    REQUIRE(after.handle(adopt<expert_rules>{}, {now}));
    CHECK(after.find_record<expert_record>(1) == nullptr); // no reaction to what was before
    REQUIRE(after.handle(award_points{member_id{1}, 60}, {now}));
    auto const gold = after.ask(find_members{has("expert_rank", "gold")}, {now});
    REQUIRE(gold);
    CHECK(*gold == ids{member_id{1}});
}

} // namespace
