// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about alumni: what is never done to them, and their way
// back, on the standard programme.

#include <koc/standard/plans.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

constexpr task_id winter{1};
constexpr submission_id film{1};
constexpr std::uint64_t first_alumnus = 900'001;
constexpr std::uint64_t alumni_count = 50;

member_id alumnus(std::uint64_t n) { return member_id{first_alumnus + n}; }
actor himself(member_id who) { return {actor_kind::member, who.value()}; }

/// Fifty people with good work who took a role, every third as an adviser.
class alumni_world : public winter_world {
public:
    alumni_world() {
        for (std::uint64_t n = 0; n < alumni_count; ++n) {
            auto const who = alumnus(n);
            given(enrol{who, {who.value(), "Alumnus"}, {source::open},
                      {{tag("format", "video")}, {tag("interest", "technology")}}},
                record_contact{who, {}}, confirm_willingness{who});
            for (auto before : {90, 60, 30}) {
                given(record_outcome{
                    who, {tag("interest", "technology")}, percent(95), now() - days(before)});
            }
            given(record_waning{who, waning_reason::life_change, {}});
            auto const role =
                n % 3 == 0 ? alumni_role::honorary_adviser : alumni_role::friend_of_the_brand;
            role_offered(who, role);
            given(accept_role{who, role});
        }
    }
};

void stepped_back(winter_world& w, member_id who) {
    w.given(record_waning{who, waning_reason::life_change, {}});
    w.role_offered(who, alumni_role::friend_of_the_brand);
    w.given(accept_role{who, alumni_role::friend_of_the_brand});
}

/// The names of the events from a position on that say the id of one of these.
std::set<std::string> events_about(
    winter_world const& w, std::size_t from, std::vector<member_id> const& people) {
    std::set<std::string> names;
    for (auto at = from; at < w.journal().size(); ++at) {
        for (auto const& happened : w.journal()[at].events) {
            auto const text = happened.payload();
            for (auto who : people) {
                if (text.find(std::to_string(who.value())) != std::string::npos) {
                    names.insert(std::string{happened.type().name});
                }
            }
        }
    }
    return names;
}

// B22

TEST_CASE("in a year of the programme nothing comes to alumni but invitations, their votes and "
          "their own return",
    "[standard][B22]") {
    alumni_world w;
    // One came back and left again, with a squad behind them and a strike.
    auto const once_more = alumnus(2);
    w.given(define_facet{{"squad"}}, define_tags{{{"squad", "content", "", {}}}});
    w.given(form_squad{squad_id{1}, "Content", w.tag("squad", "content"), 5},
        confirm_willingness{once_more}, join_squad{squad_id{1}, once_more});
    // One strike is enough for the report of who is at risk, and counts beyond the year.
    w.given(adopt<strike_rules>{{3, 1, days(500)}});
    w.listed(w.brief(task_id{99}));
    w.given(claim_task{task_id{99}, once_more});
    w.wait(days(31)).time_passes();
    CHECK(w.history_of<strike_given>().size() == 1);
    REQUIRE(w.ask(list_at_risk{}).size() == 1);
    CHECK(w.ask(list_at_risk{}).front().member == once_more);
    CHECK(w.ask(list_strikes{once_more}).strikes.size() == 1);
    w.given(record_waning{once_more, waning_reason::life_change, {}});
    w.role_offered(once_more, alumni_role::friend_of_the_brand);
    w.given(accept_role{once_more, alumni_role::friend_of_the_brand});
    CHECK(w.ask(find_members{has("squad", "content")}).empty());
    for (auto const& plan : standard::plans()) {
        w.given(define_plan{plan});
    }
    w.given(begin_tier_reviews{}, plan_renewal{12, {10, 10, 10, 10}});
    auto const from = w.journal().size();
    w.given(plan_yearly_event{yearly_event_id{1}, "Winter gala", w.now() + days(100)});
    // A busy year: each month a task that would fit them, a push, work, reviews, a boost.
    std::uint64_t work = 100;
    for (std::uint64_t month = 1; month <= 12; ++month) {
        auto made = w.brief(task_id{month});
        made.due_at = w.now() + days(25);
        made.wanted = {{w.tag("interest", "technology")}};
        w.listed(made);
        w.given(dispatch{made.task, 100});
        for (auto who : {w.an, w.chen}) {
            auto const handed = submission_id{++work};
            for (auto const& offer : w.history_of<offer_sent>()) {
                if (offer.task == made.task && offer.member == who) {
                    w.given(accept_offer{offer.offer});
                }
            }
            if (w.at(made.task).stage == task_stage::open) {
                w.when(claim_task{made.task, who});
            }
            w.when(
                submit_work{handed, made.task, who, "https://example.org/" + std::to_string(work)});
            if (w.accepted()) {
                w.given(w.rate(handed, percent(70)));
            }
        }
        if (month == 6) {
            w.given(open_newcomer_vote{newcomer_vote_id{1}, {w.lan, w.min}, 1, w.now() + days(7)});
            w.given(vote_for_newcomer{newcomer_vote_id{1}, alumnus(0), w.min});
        }
        if (month == 9) {
            w.given(confirm_willingness{alumnus(1)});
        }
        // Nobody who looks for people to move, to remind or to rank finds one of them.
        for (auto const& sign : w.ask(list_waning{whole(1), days(30)})) {
            CHECK((sign.member.value() < first_alumnus || sign.member == alumnus(1)));
        }
        for (auto const& sign : w.ask(list_waning_signs{})) {
            CHECK((sign.member.value() < first_alumnus || sign.member == alumnus(1)));
        }
        for (auto const& risk : w.ask(list_at_risk{})) {
            CHECK(risk.member.value() < first_alumnus);
        }
        for (auto const& ranked : w.ask(rank_members{made.task, 100})) {
            CHECK((ranked.member.value() < first_alumnus || ranked.member == alumnus(1)));
        }
        w.wait(days(31)).time_passes();
    }
    CHECK(w.history_of<work_reviewed>().size() >= 12);
    ids stayed;
    for (std::uint64_t n = 0; n < alumni_count; ++n) {
        if (n != 1) {
            stayed.push_back(alumnus(n));
        }
    }
    CHECK(events_about(w, from, stayed) ==
        std::set<std::string>{"member_invited", "newcomer_voted_for"});
    auto const returned = events_about(w, from, {alumnus(1)});
    CHECK(returned.contains("stage_changed"));
    CHECK(returned.contains("assessment_begun"));
    for (auto const& offer : w.history_of<offer_sent>()) {
        CHECK((offer.member.value() < first_alumnus || offer.member == alumnus(1) ||
            offer.task == task_id{99})); // from before the year
    }
    for (auto const& moved : w.history_of<stage_changed>()) {
        if (moved.because == stage_trigger::willingness_confirmed && moved.from == stage::alumni) {
            CHECK((moved.member == alumnus(1) || moved.member == once_more)); // before the year
        }
    }
    for (std::uint64_t n = 0; n < alumni_count; ++n) {
        CHECK(w.stage(alumnus(n)) == (n == 1 ? stage::active : stage::alumni));
    }
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("what is read about alumni says that they are not assessed, and is never a zero",
    "[standard][B22]") {
    alumni_world w;
    auto const technology = w.tag("interest", "technology");
    auto const who = alumnus(0);
    auto const asked = w.engine().ask(assess_work{who, technology}, w.asked());
    REQUIRE_FALSE(asked.has_value());
    CHECK(asked.error().expected.find("not assessed") != std::string::npos);
    // Searches by quality or by the number of works do not find them, neither high nor low.
    auto const found = [&](requirement needs) {
        auto const all = w.ask(find_members{std::move(needs)});
        return std::count_if(
            all.begin(), all.end(), [](member_id m) { return m.value() >= first_alumnus; });
    };
    CHECK(found(column("quality") >= percent(70)) == 0);
    CHECK(found(column("quality") <= percent(70)) == 0);
    CHECK(found(column("outcomes") >= 1) == 0);
    CHECK(found(column("outcomes") <= 0) == 0);
    for (auto const* name : {"shared", "learned", "impact", "load", "now_level", "lately_level",
             "loyalty", "familiarity", "will_to_speak"}) {
        INFO(name);
        CHECK(found(column(name) <= 1'000'000'000'000) == 0);
        CHECK(found(column(name) >= -1'000'000'000'000) == 0);
    }
    CHECK(found(has("stage", "alumni")) == static_cast<std::ptrdiff_t>(alumni_count));
    // Who returns is read with all that they did.
    w.given(confirm_willingness{who});
    CHECK(w.ask(assess_work{who, technology}).quality > percent(70));
    CHECK(found(column("outcomes") >= 3) == 1);
    CHECK(found(column("shared") <= 5) == 1);
    CHECK(found(column("load") <= 0) == 1);
}

TEST_CASE("work that waits for its review when its author becomes an alumnus is taken as it is: "
          "what was promised is paid once, and nobody judges it, also when they are back",
    "[standard][B22]") {
    winter_world w;
    constexpr submission_id hers{2};
    constexpr submission_id late{3};
    constexpr submission_id anew{4};
    w.listed(w.brief(winter));
    w.listed(w.brief(task_id{2}));
    w.handed_in(winter, w.jin, film);
    w.handed_in(winter, w.an, hers);
    w.given(claim_task{task_id{2}, w.jin});
    auto const paid_to = [&](member_id who) {
        std::vector<std::pair<submission_id, money>> all;
        for (auto const& granted : w.history_of<reward_granted>()) {
            if (granted.member == who) {
                all.emplace_back(granted.submission, granted.amount);
            }
        }
        return all;
    };
    using payments = std::vector<std::pair<submission_id, money>>;
    auto const promised = w.brief(winter).base_reward;
    REQUIRE(promised > money{});
    stepped_back(w, w.jin);
    CHECK(w.recorded<reward_granted>().size() == 1);
    CHECK(paid_to(w.jin) == payments{{film, promised}});
    // What they promised they may still hand in, and it is taken in the same way.
    w.accepts(submit_work{late, task_id{2}, w.jin, "https://example.org/late"});
    CHECK(paid_to(w.jin) == payments{{film, promised}, {late, promised}});
    w.refuses(w.rate(film, percent(10)), errc::not_qualified, "member 8", "not assessed");
    // The best are selected from the others' work, and the task of theirs comes to its end.
    w.given(w.rate(hers, percent(85)));
    w.accepts(select_best{winter});
    CHECK(w.recorded<best_selected>().front().chosen == std::vector{hers});
    w.accepts(close_task{task_id{2}});
    CHECK(w.history_of<work_reviewed>().size() == 1);
    // Who returns is judged by what they do from then on.
    w.accepts(confirm_willingness{w.jin});
    CHECK(paid_to(w.jin).size() == 2);
    w.refuses(w.rate(film, percent(90)), errc::wrong_state, "submission 1", "taken as it is");
    w.listed(w.brief(task_id{3}));
    w.handed_in(task_id{3}, w.jin, anew);
    w.accepts(w.rate(anew, percent(90)));
    CHECK(w.recorded<outcome_recorded>().size() == 1);
    CHECK(paid_to(w.jin).size() == 3);
    // Stepping back again pays nothing a second time.
    stepped_back(w, w.jin);
    CHECK(paid_to(w.jin).size() == 3);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("work of alumni that was judged before is not selected, and what was selected stays",
    "[standard][B22]") {
    winter_world w;
    constexpr submission_id hers{2};
    w.listed(w.brief(winter));
    w.handed_in(winter, w.jin, film);
    w.handed_in(winter, w.an, hers);
    w.given(w.rate(film, percent(95)), w.rate(hers, percent(85)));
    stepped_back(w, w.jin);
    w.accepts(select_best{winter});
    CHECK(w.recorded<best_selected>().front().chosen == std::vector{hers});
    // The selection was made without his, so hers may become the lesser of the two.
    w.accepts(confirm_willingness{w.jin});
    w.accepts(correct_review{film, w.rate(film, percent(96)).ratings, "seen again"});
    w.accepts(correct_review{hers, w.rate(hers, percent(81)).ratings, "seen again"});
    CHECK(w.at<review_record>(hers).chosen);
    // And of a selection in which they were, they stay a part.
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.an, submission_id{3});
    w.handed_in(task_id{2}, w.chen, submission_id{4});
    w.given(w.rate(submission_id{3}, percent(90)), w.rate(submission_id{4}, percent(85)));
    w.given(select_best{task_id{2}});
    stepped_back(w, w.an);
    CHECK(w.at<review_record>(submission_id{3}).chosen);
    w.refuses(correct_review{submission_id{4}, w.rate({}, percent(95)).ratings, "seen again"},
        errc::wrong_state, "submission 4", "submission 4 would now be selected");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "whoever ranks or compares people leaves alumni out, until they return", "[standard][B22]") {
    winter_world w;
    constexpr feature_id mode{1};
    constexpr territory_id cold{1};
    constexpr resource_id car{1};
    w.given(release_feature{mode, "Winter mode", w.now()},
        declare_territory{cold, "Driving in the cold", {{w.tag("region", "harbin")}}, 3},
        stock_resource{car, "New model", resource_type::early_access, "Hall 4", 3});
    w.wait(days(1));
    std::uint64_t signal = 0;
    auto const tries = [&](member_id who) {
        w.given(report_contribution{
            signal_id{++signal}, who, contribution_kind::tried, 1, {}, {}, mode, w.now()});
        w.wait(hours(1));
    };
    for (auto who : {w.jin, w.an}) {
        tries(who);
        for (int n = 0; n < 10; ++n) {
            w.given(report_content{signal_id{++signal}, who, whole(1), whole(1), whole(1), true, 0,
                {}, {w.tag("region", "harbin")}, w.now()});
        }
    }
    w.given(request_resource{car, w.jin}, request_resource{car, w.an});
    w.given(use_resource{grant_id{1}, {}}, use_resource{grant_id{2}, {}});
    auto const firsts = [&] {
        ids found;
        for (auto const& user : w.ask(rank_first_users{mode, 10})) {
            CHECK(user.rank == static_cast<std::int64_t>(found.size()) + 1);
            found.push_back(user.person);
        }
        return found;
    };
    auto const natives = [&] {
        ids found;
        for (auto const& one : w.ask(list_natives{cold, 10})) {
            found.push_back(one.person);
        }
        return found;
    };
    auto const compared = [&] {
        ids found;
        for (auto const& effect : w.ask(compare_resource{car})) {
            found.push_back(effect.member);
        }
        return found;
    };
    CHECK(firsts() == ids{w.jin, w.an});
    CHECK(natives() == ids{w.an, w.jin});
    CHECK(compared() == ids{w.jin, w.an});
    stepped_back(w, w.jin);
    CHECK(firsts() == ids{w.an});
    CHECK(natives() == ids{w.an});
    CHECK(compared() == ids{w.an});
    w.given(confirm_willingness{w.jin});
    CHECK(firsts() == ids{w.jin, w.an});
    CHECK(natives() == ids{w.an, w.jin});
    CHECK(compared() == ids{w.jin, w.an});
}

TEST_CASE("what follows from a return finds what was measured before", "[standard][B22]") {
    winter_world w;
    constexpr plan_id closer{1};
    w.given(
        define_plan{{closer, "closer", has("stage", "active") && column("loyalty") <= percent(50),
            1, "desk", days(14), {{"evening", "desk", "", days(7), false, false, {}}}}});
    w.given(measure_potential{w.jin, trait::loyalty, percent(30), "interview"});
    stepped_back(w, w.jin);
    CHECK(w.ask(find_members{column("loyalty") <= percent(50)}).empty());
    w.accepts(confirm_willingness{w.jin});
    CHECK(w.ask(find_members{column("loyalty") <= percent(50)}) == ids{w.jin});
    CHECK(w.at<cultivation_record>(w.jin).plan == closer);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "where a policy lets alumni be asked, nobody ranks them all the same", "[standard][B22]") {
    winter_world w;
    w.given(adopt<task_rules>{{requirement{}, requirement{}}});
    w.listed(w.brief(winter));
    auto const ranks = [&](member_id who) {
        auto const all = w.ask(rank_members{winter, 100});
        return std::any_of(all.begin(), all.end(), [&](auto const& r) { return r.member == who; });
    };
    CHECK(ranks(w.jin));
    CHECK_FALSE(ranks(w.ou));
    auto const considered = w.ask(consider_member{winter, w.ou});
    CHECK(considered.stopped_by.value_or("").find("not assessed") != std::string::npos);
    CHECK(considered.why.parts.empty());
    stepped_back(w, w.jin);
    CHECK_FALSE(ranks(w.jin));
    w.given(confirm_willingness{w.jin});
    CHECK(ranks(w.jin));
}

TEST_CASE("a lease that alumni leave ends without a strike, and an old video that is boosted "
          "leaves their quality as it is",
    "[standard][B22]") {
    winter_world w;
    w.listed(w.brief(winter));
    w.handed_in(winter, w.jin, film);
    w.given(w.rate(film, percent(95)), select_best{winter});
    w.listed(w.brief(task_id{2}));
    w.given(claim_task{task_id{2}, w.jin}, claim_task{task_id{2}, w.an});
    w.given(record_waning{w.jin, waning_reason::life_change, {}});
    w.role_offered(w.jin, alumni_role::friend_of_the_brand);
    w.given(accept_role{w.jin, alumni_role::friend_of_the_brand});
    // What he promised he may still hand in; when the lease ends it is taken back, and An's lapses.
    w.wait(days(15)).time_passes();
    CHECK(w.at(offer_id{2}).member == w.jin);
    CHECK(w.at(offer_id{2}).stage == offer_stage::withdrawn);
    CHECK(w.at(offer_id{3}).stage == offer_stage::lapsed);
    CHECK(w.recorded<offer_withdrawn>().size() == 1);
    CHECK(w.at<attention_record>(w.jin).commitments == 0);
    // The film goes on: where it was shown is on record, its author's past is what it was.
    auto const past = w.at<track_record_entry>(w.jin);
    w.accepts(amplify{film, "site", money{1'000}});
    CHECK(w.at<echo_record>(film).channels == std::vector<std::string>{"site"});
    CHECK(w.at<track_record_entry>(w.jin).quality_sum == past.quality_sum);
    CHECK(w.at<track_record_entry>(w.jin).outcomes == past.outcomes);
    CHECK(w.recorded<outcome_recorded>().empty()); // and nothing of theirs follows from it
    CHECK(w.recorded<outcome_corrected>().empty());
    // Nor is it judged once more.
    w.refuses(correct_review{film, w.rate(film, percent(90)).ratings, "seen again"},
        errc::not_qualified, "member 8", "not assessed");
    CHECK(w.at<track_record_entry>(w.jin).quality_sum == past.quality_sum);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("assessing an alumnus is refused, by whatever command or question",
    "[standard][B22][refusal]") {
    winter_world w;
    auto const life = w.tag("interest", "life");
    unmoved same{w};
    same.refuses(record_outcome{w.ou, {life}, percent(90), w.now()}, errc::not_qualified,
        "member 13", "alumni are not");
    same.refuses(record_outcome{w.ou, {}, {}, w.now() - days(300)}, errc::not_qualified,
        "member 13", "leave the outcome out");
    same.refuses(correct_outcome{w.ou, {}, percent(90), percent(10), w.now()}, errc::not_qualified,
        "member 13", "not assessed");
    same.denies(assess_work{w.ou, life}, errc::not_qualified, "member 13", "not assessed");
    same.denies(assess_candidate{w.ou}, errc::not_qualified, "member 13", "not assessed");
    same.denies(assess_trust{w.ou}, errc::not_qualified, "member 13", "not assessed");
    same.denies(assess_help{w.ou}, errc::not_qualified, "member 13", "not assessed");
    same.denies(list_strikes{w.ou}, errc::not_qualified, "member 13", "not assessed");
    same.refuses(measure_potential{w.ou, trait::loyalty, percent(50), "interview"},
        errc::not_qualified, "member 13", "not assessed");
    same.refuses(end_assessment{w.an}, errc::not_qualified, "end_assessment", "accept_role");
    same.refuses(
        begin_assessment{w.ou}, errc::not_qualified, "begin_assessment", "confirm_willingness");
    same.refuses(pair_mentor{w.ou, w.lan}, errc::not_qualified, "member 13", "stage mature");
    w.listed(w.brief(winter));
    unmoved listed{w};
    listed.refuses(claim_task{winter, w.ou}, errc::not_qualified, "member 13", "stage:active");
    listed.refuses(record_waning{w.ou, waning_reason::other, {}}, errc::wrong_state, "member 13",
        "willingness_confirmed in stage alumni");
    // Why they are not asked is told, and no score of theirs.
    CHECK(w.ask(consider_member{winter, w.ou}).failed.has_value());
    CHECK(w.ask(consider_member{winter, w.ou}).why.parts.empty());
}

TEST_CASE("work of alumni is neither reviewed, nor reviewed again, nor selected, nor called off",
    "[standard][B22][refusal]") {
    winter_world w;
    w.listed(w.brief(winter));
    w.listed(w.brief(task_id{2}));
    w.handed_in(winter, w.jin, film);
    w.handed_in(task_id{2}, w.jin, submission_id{2});
    w.given(w.rate(submission_id{2}, percent(95)));
    stepped_back(w, w.jin);
    unmoved same{w};
    same.refuses(w.rate(film, percent(90)), errc::not_qualified, "member 8", "not assessed");
    same.refuses(correct_review{submission_id{2}, w.rate({}, percent(10)).ratings, "seen again"},
        errc::not_qualified, "member 8", "not assessed");
    same.refuses(correct_review{film, w.rate({}, percent(10)).ratings, "seen again"},
        errc::not_qualified, "member 8", "not assessed");
    same.refuses(select_best{winter}, errc::not_qualified, "member 8", "close the task");
    same.refuses(select_best{task_id{2}}, errc::not_qualified, "member 8", "close the task");
    same.refuses(cancel_task{winter}, errc::wrong_state, "task 1", "submission 1");
}

// B25

TEST_CASE("who returns keeps all that they did and held, and is assessed anew from then on",
    "[standard][B25]") {
    winter_world w;
    w.listed(w.brief(winter));
    w.handed_in(winter, w.jin, film);
    w.given(w.rate(film, percent(95)));
    w.given(record_waning{w.jin, waning_reason::life_change, {}});
    w.role_offered(w.jin, alumni_role::lifetime_honorary_member);
    w.given(accept_role{w.jin, alumni_role::lifetime_honorary_member});
    auto const from = w.now();
    auto const past = w.at<track_record_entry>(w.jin);
    w.wait(days(120));
    // A word of theirs is enough, without another contact or an examination.
    w.as(himself(w.jin)).accepts(confirm_willingness{w.jin});
    w.as({});
    CHECK(w.stage(w.jin) == stage::active);
    CHECK(w.at<track_record_entry>(w.jin).outcomes == past.outcomes);
    CHECK(w.at<track_record_entry>(w.jin).quality_sum == past.quality_sum);
    CHECK(w.at<thanks_record>(w.jin).given.size() == 1);
    CHECK(w.at<evolution_record>(w.jin).roles ==
        std::vector{role_term{alumni_role::lifetime_honorary_member, from, w.now()}});
    CHECK(w.ask(assess_work{w.jin, w.tag("interest", "technology")}).quality > percent(50));
    w.listed(w.brief(task_id{2}));
    w.accepts(claim_task{task_id{2}, w.jin}); // as anybody in service
    // Mature again only by what is excellent from now on: four excellent works of before, one now.
    w.accepts(record_outcome{w.jin, {}, percent(95), w.now()});
    CHECK(w.stage(w.jin) == stage::active);
    w.accepts(record_outcome{w.jin, {}, percent(95), w.now() - days(200)}); // told late, of before
    w.wait(days(20)).accepts(record_outcome{w.jin, {}, percent(95), w.now()});
    CHECK(w.stage(w.jin) == stage::active);
    w.wait(days(20)).accepts(record_outcome{w.jin, {}, percent(95), w.now()});
    CHECK(w.stage(w.jin) == stage::mature);
    CHECK(w.recorded<stage_changed>().front().excellent == 3);
    // Who had only stepped back returns in the same way.
    w.accepts(confirm_willingness{w.ning});
    CHECK(w.stage(w.ning) == stage::active);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a return of somebody who never left, is not known, or of whom another says it, is refused",
    "[standard][B25][refusal]") {
    winter_world w;
    unmoved same{w};
    same.refuses(confirm_willingness{w.an}, errc::wrong_state, "member 1", "in stage active");
    same.refuses(confirm_willingness{w.jin}, errc::wrong_state, "member 8", "in stage mature");
    same.refuses(confirm_willingness{w.nobody}, errc::unknown_id, "member 999", "known member");
    w.as(himself(w.an)); // nobody brings back somebody else
    same.refuses(confirm_willingness{w.ou}, errc::not_qualified, "member 13",
        "expected the member themself, an employee or the host to send this");
    same.refuses(record_contact{w.ou, {}}, errc::not_qualified, "record_contact", "an employee");
    w.as({actor_kind::employee, 3});
    same.refuses(confirm_willingness{w.ou}, errc::not_qualified, "member 13",
        "expected the member themself to come back, not employee 3");
}

} // namespace
