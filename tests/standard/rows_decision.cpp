// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about how commands are decided, each whole, on the
// standard programme.

#include <koc/engine/rules_page.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr task_id two{2};

// D12

/// The line of the page about rules.
std::string values_of(winter_world const& w, std::string const& name) {
    auto const page = rules_page(w.engine());
    auto const at = page.find("- " + name + ": ");
    REQUIRE(at != std::string::npos);
    return page.substr(at, page.find('\n', at) - at);
}

TEST_CASE(
    "what the page asks of work for a stage and for a skill is what it takes", "[standard][D12]") {
    struct row {
        char const* story;
        score asked; ///< by the rules, for both
        score quality;
        duration over; ///< from the first piece to the third
        bool mature;
        bool skilled;
    };
    for (auto const& [story, asked, quality, over, mature, skilled] :
        std::vector<row>{
            {"just enough", percent(80), percent(80), days(30), true, true},
            {"a millionth too little", percent(80), percent(80) - score{1}, days(30), false, false},
            {"a millisecond too soon", percent(80), percent(80), days(30) - duration{1}, false,
                true},
            {"less is asked", percent(60), percent(60), days(30), true, true},
            {"more is asked", percent(90), percent(80), days(30), false, false},
        }) {
        INFO(story);
        winter_world w;
        relationship_rules growth;
        growth.excellent_at = asked;
        w.given(adopt<relationship_rules>{growth}, adopt<roster_rules>{{asked}});
        auto const number = std::to_string(asked.raw);
        auto const stages = values_of(w, "relationship_rules");
        CHECK(stages.find("\"excellent_at\":" + number) != std::string::npos);
        CHECK(stages.find("\"excellent_needed\":3") != std::string::npos);
        CHECK(stages.find("\"sustained_needed\":" + std::to_string(days(30).ms)) !=
            std::string::npos);
        CHECK(values_of(w, "roster_rules").find("\"proven_at\":" + number) != std::string::npos);
        auto const review = w.tag("skill", "deep_review");
        for (auto before : {over, days(1), duration{}}) {
            w.given(record_outcome{w.an, {review}, quality, w.now() - before});
        }
        CHECK((w.stage(w.an) == stage::mature) == mature);
        CHECK((w.at(w.an).tags.weight(review) == whole(1)) == skilled);
    }
}

/// What the page says follows from an event, line by line.
std::vector<std::string> consequences_of(winter_world const& w, std::string const& event) {
    auto const page = rules_page(w.engine());
    auto at = page.find("\n### " + event + "\n\n1. ");
    std::vector<std::string> lines;
    while (at != std::string::npos) {
        auto const number = std::to_string(lines.size() + 1) + ". ";
        at = page.find('\n' + number, at);
        if (at == std::string::npos || page.find("\n#", at) < at) {
            break;
        }
        auto const end = page.find('\n', at + 1);
        lines.push_back(page.substr(at + 1 + number.size(), end - at - 1 - number.size()));
        at = page.compare(end + 1, 1, "\n") == 0 ? std::string::npos : end;
    }
    return lines;
}

TEST_CASE("what work brings is on the page, and work brings just that", "[standard][D12]") {
    winter_world w;
    using lines = std::vector<std::string>;
    auto const stage_row = std::string{
        "quality of at least relationship_rules.excellent_at: the stage may rise, active to mature "
        "on sustained excellence (relationship)"};
    auto const skill_row = std::string{"quality of at least roster_rules.proven_at: its subjects "
                                       "of earned facets are proven, and stay so (roster)"};
    auto const seat_row = std::string{
        "always: a seat comes back whose resource is no longer for who has it, and who waits for "
        "one that is for them now is served (resources)"};
    auto const use_row = std::string{"passed: a seat for whose use the work was noted stays for a "
                                     "lease from when it was handed in (resources)"};
    CHECK(consequences_of(w, "work_reviewed") ==
        lines{"always: its quality is an outcome in the member's track record (reviews)",
            "not passed: its seat is free again (reviews)",
            "passed: the base reward that the task promised is granted (rewards)", use_row,
            "passed: who was a user becomes a contributor (participation)"});
    CHECK(consequences_of(w, "review_corrected") ==
        lines{"always: the outcome in the member's track record is corrected, where the work has "
              "one of another quality (reviews)",
            "not passed: its seat is free again, where the work passed before (reviews)",
            "passed: it takes its seat again, where the work did not pass before (reviews)",
            "passed: the base reward that the task promised is granted, unless it was (rewards)",
            "not passed: the base reward is withdrawn (rewards)", use_row,
            "passed: who was a user becomes a contributor (participation)",
            "not passed: who has contributed nothing else is a user again (participation)"});
    CHECK(consequences_of(w, "assessment_ended") ==
        lines{"always: work of theirs that waits for its review is taken as it is (reviews)"});
    CHECK(consequences_of(w, "work_submitted") ==
        lines{"always: work that an alumnus hands in is taken as it is (reviews)",
            "further steps that are not listed (task_loop)"});
    CHECK(consequences_of(w, "review_waived") ==
        lines{"always: the base reward that the task promised is granted (rewards)"});
    CHECK(consequences_of(w, "task_surprised") ==
        lines{"always: each selected piece of work of the task that has had no surprise gets this "
              "one, but for those of people in doubt or erased (rewards)",
            "further steps that are not listed (task_loop)"});
    CHECK(consequences_of(w, "stage_changed") ==
        lines{
            "to not budding not active not mature not evolving: who becomes an alumnus is invited "
            "to the events whose invitations are out (invitations)",
            "to not mature: what is to come of a giver who may share no more is called off "
            "(sessions)",
            "to not mature: who leads others leads them no more (mentorship)",
            "to not budding not active: who is led is led no more (mentorship)",
            "to not mature: drawn pairs of a mentor who leaves are drawn again, and the fewest "
            "change (mentor_pairing)",
            "always: the plan that fits the new stage begins, and the old one is closed "
            "(cultivation)",
            "to not mature: terms of office and invitations to one end (offices)",
            "to not active not mature: who leaves service leaves their squads (squads)",
            "always: who has to agree from now on is asked to by a time of their own "
            "(alignment)",
            seat_row});
    CHECK(consequences_of(w, "outcome_recorded") == lines{skill_row, stage_row, seat_row});
    CHECK(consequences_of(w, "outcome_corrected") == lines{skill_row, stage_row, seat_row});

    // Nobody goes on from an event without being named there; the page names it as it is recorded.
    auto const name_of = [&](auto const& handler) {
        for (auto const* type : w.engine().is().types.all()) {
            if (type->of == handler.of) {
                return std::string{type->name};
            }
        }
        return std::string{handler.name};
    };
    for (auto const& part : w.engine().is().parts) {
        for (auto const& h : part.handlers) {
            INFO(part.name << " on " << h.name);
            auto const named = consequences_of(w, name_of(h));
            CHECK((h.react != nullptr) ==
                std::any_of(named.begin(), named.end(), [&](std::string const& line) {
                    return line.find(" (" + std::string{part.name} + ')') != std::string::npos;
                }));
        }
    }

    // The same, done: what a piece of work brings at a quality.
    auto const deep = w.tag("skill", "deep_review");
    auto made = w.brief(one);
    made.wanted = {{deep}};
    w.listed(made);
    using names = std::vector<std::string>;
    auto const brings = [&](names const& events) {
        names told;
        for (auto const& recorded : w.events()) {
            for (auto const& happened : recorded.events) {
                told.emplace_back(happened.type().name);
            }
        }
        CHECK(told == events);
    };
    auto const by = [&](member_id who, std::uint64_t which, score quality) {
        w.handed_in(one, who, submission_id{which});
        w.accepts(w.rate(submission_id{which}, quality));
    };
    auto const just = w.plan(objective_id{1}).pass_at; // below what proves a skill, 0.7
    by(w.an, 1, just - score{1});
    brings({"work_reviewed", "outcome_recorded", "offer_failed"});
    by(w.chen, 2, just);
    brings({"work_reviewed", "outcome_recorded", "reward_granted", "contributor_recognised"});
    CHECK(w.recorded<reward_granted>().front().amount == made.base_reward);
    by(w.dong, 3, percent(70));
    brings({"work_reviewed", "outcome_recorded", "member_retagged", "reward_granted",
        "contributor_recognised"});

    // A corrected review brings what the other would have brought, and no more.
    auto const corrected = [&](std::uint64_t which, score quality, names const& events) {
        w.accepts(correct_review{
            submission_id{which}, w.rate(submission_id{which}, quality).ratings, "looked again"});
        brings(events);
    };
    corrected(3, percent(10),
        {"review_corrected", "outcome_corrected", "offer_failed", "reward_corrected",
            "contributor_withdrawn"});
    corrected(3, percent(11), {"review_corrected", "outcome_corrected"});
    corrected(3, percent(11), {"review_corrected"});
    corrected(3, percent(70),
        {"review_corrected", "outcome_corrected", "offer_restored", "reward_granted",
            "contributor_recognised"});
    corrected(3, percent(90), {"review_corrected", "outcome_corrected"});
}

TEST_CASE("what the page does not grant is not granted", "[standard][D12][refusal]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 2;
    w.listed(made);
    w.handed_in(one, w.an, submission_id{1});
    w.handed_in(one, w.chen, submission_id{2});
    w.given(w.rate(submission_id{1}, percent(90)), w.rate(submission_id{2}, percent(70)),
        select_best{one, 1, percent(80)});
    auto const page = rules_page(w.engine());
    CHECK(page.find("### amplify\n\n1. sent by an employee or the host\n"
                    "2. submission is a known submission\n3. submission is chosen\n") !=
        std::string::npos);
    CHECK(page.find("### surprise_best\n\n1. sent by an employee or the host\n"
                    "2. task is a known task\n3. task is in stage evaluated or echoed\n") !=
        std::string::npos);
    auto const before = w.digest();
    w.refuses(amplify{submission_id{2}, "site", {}}, errc::not_qualified, "submission 2",
        "expected that submission is chosen; name another or see to it first");
    CHECK(w.digest() == before);
    w.accepts(amplify{submission_id{1}, "site", {}});
    w.accepts(surprise_best{one, {5'000}, {}});
    REQUIRE(w.recorded<reward_granted>().size() == 1);
    CHECK(w.recorded<reward_granted>().front().submission == submission_id{1});
    auto const after = w.digest();
    w.refuses(surprise_best{one, {5'000}, {}}, errc::already_exists, "task 1",
        "expected selected work that has had no surprise yet");
    CHECK(w.digest() == after);
    CHECK(rules_page(w.engine()) == page);
}

// E26

/// Sends each command of a story with an id of its own, at once again, and keeps them to be sent
/// later.
class repeated_story {
public:
    explicit repeated_story(winter_world& in) : in_{in} {}

    template <typename Command>
    void tell(Command const& command) {
        auto const id = "request-" + std::to_string(++told_);
        INFO(id << ": " << command_type_of<Command>.name);
        in_.accepts(command, id);
        auto const first = in_.receipt();
        CHECK_FALSE(first.repeated);
        CHECK(first.count > 0);
        auto const before = in_.digest();
        for (int again = 0; again < 2; ++again) {
            in_.accepts(command, id);
            CHECK(in_.events().empty());
            CHECK(in_.receipt().repeated);
            CHECK(in_.receipt().first == first.first);
            CHECK(in_.receipt().count == first.count);
            CHECK(in_.digest() == before);
        }
    }

private:
    winter_world& in_;
    int told_ = 0;
};

TEST_CASE(
    "every step from a signal to its echo may be sent again, and counts once", "[standard][E26]") {
    winter_world w;
    repeated_story story{w};
    member_id const pan{70};
    story.tell(report_content{signal_id{1}, pan, whole(1), whole(1), whole(1), true, 0});
    story.tell(draw_shortlist{5});
    story.tell(enrol_candidate{pan, {70, "Pan"}, {}});
    story.tell(record_contact{pan, {}});
    story.tell(confirm_willingness{pan});
    story.tell(retag{pan, {{w.tag("interest", "technology")}}, {}});
    story.tell(record_outcome{pan, {}, percent(70), w.now()});
    story.tell(pair_mentor{w.jin, pan});
    story.tell(
        report_insight{insight_id{1}, "Does it last?", percent(43), 500, w.plan(objective_id{2})});
    story.tell(design_topic{topic_id{2}, objective_id{2}, "Topic"});
    auto made = w.brief(one);
    made.topic = topic_id{2};
    story.tell(open_task{made});
    story.tell(list_task{one});
    story.tell(dispatch{one, 2});
    story.tell(accept_offer{offer_id{1}});
    story.tell(decline_offer{offer_id{2}, {}});
    story.tell(claim_task{one, w.hua});
    story.tell(return_seat{offer_id{3}, {}});
    REQUIRE(w.at(offer_id{1}).member == pan);
    story.tell(submit_work{submission_id{1}, one, pan, "https://example.org/1"});
    story.tell(w.rate(submission_id{1}, percent(85)));
    story.tell(correct_review{
        submission_id{1}, w.rate(submission_id{1}, percent(90)).ratings, "looked again"});
    story.tell(select_best{one});
    story.tell(surprise_best{one, money{80'000}, ""});
    story.tell(amplify{submission_id{1}, "site", money{1'000}});
    story.tell(close_task{one});
    story.tell(adopt<offer_rules>{{days(3)}});
    story.tell(record_waning{pan, waning_reason::other, {}});
    story.tell(record_talk{pan, talk_finding::guides_others, {}});
    story.tell(thank_member{pan, {submission_id{1}}, {}});
    story.tell(offer_role{pan, alumni_role::honorary_adviser, {}});
    story.tell(decline_role{pan, {}});
    story.tell(offer_role{pan, alumni_role::honorary_adviser, {}});
    story.tell(accept_role{pan, alumni_role::honorary_adviser});
    // Nothing came twice of it.
    CHECK(w.at<track_record_entry>(pan).outcomes == 2); // one from before, one judged here
    CHECK(w.at<reward_record>(submission_id{1}).base == money{50'000});
    CHECK(w.at<reward_record>(submission_id{1}).surprise == money{80'000});
    CHECK(w.at<spending_record>(objective_id{2}).spent == money{1'000});
    CHECK(w.at<seat_record>(one).taken == 1);
    // Nor later, when what it was about has moved on, nor by another engine after a restart.
    w.wait(days(9));
    auto const before = w.digest();
    w.accepts(dispatch{one, 2}, "request-13");
    CHECK(w.receipt().repeated);
    CHECK(w.digest() == before);
    engine other{w.journal_file(), writer_id{2}};
    auto const again = other.handle(claim_task{one, w.hua}, w.asked("request-16"));
    REQUIRE(again.has_value());
    CHECK(again->repeated);
    CHECK(other.state_digest() == before);
    // A request that was refused was not done, so it counts when it comes again.
    w.refuses(dispatch{two, 2}, errc::unknown_id, "task 2");
    w.when(dispatch{two, 2}, "push-2");
    CHECK_FALSE(w.accepted());
    auto next = w.brief(two);
    w.given(open_task{next});
    w.accepts(dispatch{two, 2}, "push-2");
    CHECK_FALSE(w.receipt().repeated);
    CHECK(w.recorded<offer_sent>().size() == 2);
}

// E37

TEST_CASE("of all that is wrong with a command the first in a fixed order is told, each cure leads "
          "to the next",
    "[standard][E37]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    w.accepts(dispatch{one, 1}, "push-1");
    auto const before = w.digest();
    auto const technology = w.tag("interest", "technology");
    // By a member about somebody unknown, a quality that cannot be, a subject twice, told before
    // the last event, under a request id that was another command's; and an instant that is no
    // date.
    record_outcome told{w.nobody, {technology, technology}, percent(101),
        {std::numeric_limits<std::int64_t>::max()}};
    asked with{w.now() - days(1), {actor_kind::member, w.an.value()}, "push-1"};
    auto const refused = [&](errc code, char const* about, char const* word) {
        INFO(about << " / " << word);
        auto const answer = w.engine().handle(told, with);
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == code);
        CHECK(answer.error().subject.find(about) != std::string::npos);
        CHECK(answer.error().expected.find(word) != std::string::npos);
        CHECK(w.digest() == before);
    };
    refused(errc::invalid_argument, "record_outcome.at", "expected"); // its form
    told.at = w.now();
    refused(errc::request_reused, "request push-1", "a new request id"); // its request id
    with.request = "outcome-1";
    refused(errc::time_ran_backwards, "20", "expected"); // its instant
    with.now = w.now();
    refused(errc::not_qualified, "record_outcome", "an employee or the host"); // who sends it
    with.by = {};
    refused(errc::unknown_id, "member 999", "known member"); // its conditions, in their order
    told.member = w.ou;
    refused(errc::invalid_argument, "record_outcome.quality", "from 0 to 1");
    told.quality = percent(90);
    refused(errc::invalid_argument, "outcome of member 13", "each tag once"); // its own checks
    told.tags = {technology};
    refused(errc::not_qualified, "member 13", "(relationship objects to outcome_recorded)");
    told.member = w.an;
    REQUIRE(w.engine().handle(told, with).has_value());
    CHECK(w.at<track_record_entry>(w.an).outcomes == 1);
}

TEST_CASE("of several conditions that fail the first refuses, and none of them leaves a trace",
    "[standard][E37][refusal]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    unmoved same{w};
    auto const head = w.engine().head();
    // Neither stage is right; the first condition is told, and on request both are.
    pair_mentor const pair{w.an, w.ning};
    same.refuses(pair, errc::not_qualified, "member 1", "stage mature");
    auto const failing = w.engine().failing(pair, w.asked());
    REQUIRE(failing.size() == 2);
    CHECK(failing[0] == w.refusal());
    CHECK(failing[1].subject == "member 12");
    same.refuses(pair_mentor{w.jin, w.ning}, errc::not_qualified, "member 12", "stage budding");
    // What comes later in the order does not show through what comes earlier.
    same.refuses(dispatch{task_id{9}, 0}, errc::unknown_id, "task 9", "known task");
    same.refuses(dispatch{one, 0}, errc::invalid_argument, "dispatch.count", "from 1 to 100000");
    same.refuses(dispatch{one, 1, {}}, errc::invalid_argument, "dispatch of task 1", "time");
    // A veto comes last.
    same.refuses(adopt<task_rules>{{everybody(), has("age", "over_sixty")}}, errc::not_qualified,
        "age:over_sixty", "(tasks objects to task_rules_adopted)");
    CHECK(w.engine().head() == head);
    // Nor is the request used up by it.
    w.when(dispatch{one, 0}, "push-1");
    CHECK(w.refusal().code == errc::invalid_argument);
    w.accepts(dispatch{one, 1}, "push-1");
    CHECK_FALSE(w.receipt().repeated);
}

} // namespace
