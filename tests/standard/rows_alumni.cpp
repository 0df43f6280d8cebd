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
    w.listed(w.brief(task_id{99}));
    w.given(claim_task{task_id{99}, once_more});
    w.wait(days(31)).time_passes();
    CHECK(w.history_of<strike_given>().size() == 1);
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
    CHECK(found(has("stage", "alumni")) == static_cast<std::ptrdiff_t>(alumni_count));
    // Who returns is read with all that they did.
    w.given(confirm_willingness{who});
    CHECK(w.ask(assess_work{who, technology}).quality > percent(70));
    CHECK(found(column("outcomes") >= 3) == 1);
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
    // The film goes on: its reach is on record, its author's past is what it was.
    auto const past = w.at<track_record_entry>(w.jin);
    w.accepts(amplify{film, "site", money{1'000}});
    CHECK(w.at<echo_record>(film).channels == std::vector<std::string>{"site"});
    CHECK(w.at<track_record_entry>(w.jin).quality_sum == past.quality_sum);
    CHECK(w.at<track_record_entry>(w.jin).outcomes == past.outcomes);
    CHECK(w.recorded<outcome_recorded>().empty()); // and nothing of theirs follows from it
    CHECK(w.recorded<outcome_corrected>().empty());
    // Nor does another judgement of it reach them.
    auto const records = w.history_of<outcome_corrected>().size();
    w.accepts(correct_review{film, w.rate(film, percent(90)).ratings, "seen again"});
    CHECK(w.history_of<outcome_corrected>().size() == records);
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
}

} // namespace
