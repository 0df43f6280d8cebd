// SPDX-License-Identifier: BSL-1.0
#include <koc/member/erasure.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/paper_sealer.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

request_approval erasing(member_id who) {
    request_approval request;
    request.erasure = erase_member{who};
    return request;
}
actor themself(member_id who) { return {actor_kind::member, who.value()}; }
bool has(std::string const& text, std::string const& word) {
    return text.find(word) != std::string::npos;
}

TEST_CASE(
    "who is erased has no words, stands in no list, and is named by nobody", "[member][E16][F23]") {
    winter_world w;
    w.given(link_handle{w.an, "weibo", {w.an.value(), "an_drives"}},
        record_contact{w.an, {w.an.value(), "asked about snow"}});
    auto const name = w.at(w.an).name.text;
    auto const people = w.ask(count_stages{});
    w.by_two(erasing(w.an));
    CHECK(w.recorded<member_erased>().size() == 1);
    CHECK(w.at(w.an).name.text.empty());
    for (auto const& word : {name, std::string{"an_drives"}, std::string{"asked about snow"}}) {
        CHECK_FALSE(has(w.engine().state_text(), word));
    }
    auto const left = w.ask(count_stages{});
    std::int64_t missing = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        missing += people[i] - left[i];
    }
    CHECK(missing == 1);
    CHECK(w.ask(list_erasures{}).size() == 1);
    CHECK(w.ask(list_erasures{}).front().at == w.now());
    w.accepts(link_handle{w.bao, "weibo", {w.bao.value(), "an_drives"}}); // nobody's any more
    unmoved same{w};
    same.refuses(
        record_contact{w.an, {w.an.value(), "x"}}, errc::wrong_state, "member 1", "was erased at");
    same.denies(list_handles{w.an}, errc::wrong_state, "member 1", "was erased at");
    w.as(themself(w.an));
    same.refuses(vouch_for{w.an, w.bao}, errc::wrong_state, "member 1", "was erased at");
}

TEST_CASE("who was erased comes back as somebody new, and nothing leads to who they were",
    "[member][E16]") {
    constexpr member_id anew{71};
    winter_world w;
    w.given(link_handle{w.an, "weibo", {w.an.value(), "an_drives"}});
    w.by_two(erasing(w.an));
    unmoved same{w};
    same.refuses(enrol{w.an, {w.an.value(), "An"}, {source::open}, {}}, errc::wrong_state,
        "member 1", "enrol them anew under another id");
    w.given(enrol{anew, {71, "An"}, {source::open}, {}},
        link_handle{anew, "weibo", {71, "an_drives"}}, record_contact{anew, {71, "is back"}},
        confirm_willingness{anew});
    CHECK(w.ask(find_by_handle{"weibo", "an_drives"}) == anew);
    CHECK(w.stage(anew) == stage::active);
    CHECK(w.at(w.an).name.text.empty());
    CHECK(w.ask(list_handles{anew}).size() == 1);
    w.refuses(merge_members{anew, w.an, {w.an.value(), "The same"}}, errc::wrong_state, "member 1",
        "was erased at");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("nothing more is said of who was erased, and a group is told so at once",
    "[member][E16][refusal]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.an, submission_id{1});
    w.given(w.rate(submission_id{1}, percent(80)));
    w.wait(days(40)).time_passes();
    w.by_two(erasing(w.an));
    correct_review const more{
        submission_id{1}, w.rate(submission_id{1}, percent(90)).ratings, "An copied it"};
    unmoved{w}.refuses(more, errc::wrong_state, "words of 1", "was erased");
    auto group = w.engine().open_group();
    CHECK_FALSE(group.handle(more, w.asked()).has_value());
    CHECK(group.handle(record_contact{w.bao, {w.bao.value(), "called"}}, w.asked()).has_value());
    CHECK(group.commit().has_value());
    CHECK(w.history_of<member_contacted>().back().note.text == "called");
    CHECK_FALSE(has(w.engine().state_text(), "An copied it"));
}

TEST_CASE("all accounts of a person are erased together", "[member][E16]") {
    constexpr member_id second{71};
    winter_world w;
    w.given(enrol{second, {71, "An again"}, {source::open}, {}},
        merge_members{w.an, second, {71, "One person"}});
    w.by_two(erasing(w.an));
    CHECK(w.recorded<member_erased>().size() == 2);
    CHECK(w.at(second).name.text.empty());
    w.refuses(undo_merge{second}, errc::wrong_state, "member 71", "");
}

TEST_CASE("a vote, a panel or an exclusion that nobody can end keeps nobody from being erased, and "
          "goes on without them",
    "[member][E16]") {
    constexpr project_id suv{1};
    constexpr preference_vote_id front{1};
    constexpr newcomer_vote_id spring{1};
    koc_test::circle_world w;
    auto const panel = w.mature(4, source::owned);
    auto const gone = panel[1];
    w.given(record_waning{w.hua, waning_reason::other, {}});
    for (auto who : {w.ning, w.hua}) {
        w.role_offered(who, alumni_role::honorary_adviser);
        w.given(accept_role{who, alumni_role::honorary_adviser});
    }
    w.given(open_project{suv, "A small SUV", "For families"}, invite_to_panel{suv, panel});
    for (auto who : panel) {
        w.given(sign_confidentiality{suv, who});
    }
    w.given(open_preference_vote{front, suv, {"A", "B"}, w.now() + days(300), 2, 1},
        cast_preference{front, panel[0], 0}, record_waning{gone, waning_reason::other, {}},
        confirm_willingness{gone},
        open_newcomer_vote{spring, {w.lan, gone, w.min}, 1, w.now() + days(300)},
        vote_for_newcomer{spring, w.ning, gone},
        report_authenticity{
            doubt_id{1}, gone, doubt_kind::other, percent(50), {gone.value(), "Seen before"}},
        settle_authenticity{doubt_id{1}, true, {gone.value(), "It is so"}},
        report_authenticity{
            doubt_id{2}, gone, doubt_kind::other, percent(50), {gone.value(), "Once more"}});
    CHECK(w.ask(list_open_doubts{}).size() == 1);
    // They stand in the way of a merge, and not of an erasure.
    w.refuses(merge_members{w.dong, gone, {gone.value(), "One person"}}, errc::wrong_state,
        "member 102", "they take part in newcomer vote 1");
    w.by_two(erasing(gone));
    CHECK(w.recorded<member_erased>().size() == 1);
    CHECK(w.ask(list_open_doubts{}).empty());
    CHECK(w.at(spring).votes == std::vector<candidate_votes>{{w.lan, 0, false}, {w.min, 0, false}});
    CHECK(w.at(front).voters == std::vector<std::uint64_t>{101, 103, 104});
    CHECK(w.at(suv).invited == std::vector{panel[0], panel[2], panel[3]});
    CHECK(w.at(suv).bound == w.at(suv).invited);
    w.refuses(
        vote_for_newcomer{spring, w.hua, gone}, errc::wrong_state, "member 102", "was erased");
    w.given(vote_for_newcomer{spring, w.hua, w.lan});
    // What somebody voted before they were erased counts.
    w.by_two(erasing(panel[0]));
    w.given(cast_preference{front, panel[2], 1});

    w.wait(days(300)).time_passes();
    REQUIRE(w.history_of<newcomer_vote_closed>().size() == 1);
    CHECK(w.history_of<newcomer_vote_closed>().front().votes ==
        std::vector<candidate_votes>{{w.lan, 1, true}, {w.min, 0, false}});
    ballot_count const outcome{{1, 1}, 2, 3, true};
    REQUIRE(w.history_of<preference_vote_closed>().size() == 1);
    CHECK(w.history_of<preference_vote_closed>().front().count == outcome);
    REQUIRE(w.history_of<exclusion_ended>().size() == 1);
    CHECK(w.history_of<exclusion_ended>().front().person == gone);
    // Votes that are closed stay as they are, and a later one waits for nobody who was erased.
    w.by_two(erasing(panel[2]));
    CHECK(w.ask(count_preferences{front}) == outcome);
    w.accepts(open_preference_vote{
        preference_vote_id{2}, suv, {"A", "B"}, w.now() + preference_voting_min, 1, 1});
    CHECK(w.recorded<preference_vote_opened>().front().voters == std::vector{panel[3]});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a member or the desk is given all that is held about them, and nothing of others",
    "[member][E16]") {
    winter_world w;
    w.given(link_handle{w.an, "weibo", {w.an.value(), "an_drives"}},
        link_handle{w.bao, "weibo", {w.bao.value(), "bao_walks"}},
        record_contact{w.an, {w.an.value(), "asked about snow"}});
    for (auto const& by : {actor{}, actor{actor_kind::employee, 3}, themself(w.an)}) {
        auto const all = w.as(by).ask(export_member{w.an});
        for (auto const* word : {"\"roster.people_\":[{\"id\":1,", "an_drives"}) {
            INFO(word);
            CHECK(has(all, word));
        }
        CHECK(has(all, w.at(w.an).name.text));
        CHECK_FALSE(has(all, "bao_walks"));
        CHECK_FALSE(has(all, w.at(w.bao).name.text));
    }
}

TEST_CASE("an erasure by one person, of nobody, twice, or while something is open is refused",
    "[member][E16][F23][refusal]") {
    winter_world w;
    unmoved same{w};
    for (auto const& by : {actor{}, actor{actor_kind::employee, 3}}) {
        w.as(by);
        same.refuses(erase_member{w.an}, errc::not_qualified, "member 1", "two people to erase");
    }
    w.as(themself(w.an));
    same.refuses(erase_member{w.an}, errc::not_qualified, "member 1", "two people to erase");
    same.denies(export_member{w.bao}, errc::not_qualified, "member 1", "member themself");
    same.denies(list_erasures{}, errc::not_qualified, "list_erasures", "look at erasures");
    w.as({});
    same.denies(export_member{w.nobody}, errc::unknown_id, "member 999", "expected");

    // The approval is refused with what stands in the way; what is ended is not.
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.an});
    auto const asked = [&](std::uint64_t approval, member_id who) {
        auto request = erasing(who);
        request.approval = approval_id{approval};
        w.as({actor_kind::employee, 3}).given(request);
        w.as({actor_kind::employee, 4});
        return approve_request{request.approval};
    };
    auto const open = asked(1, w.an);
    unmoved then{w};
    then.refuses(open, errc::wrong_state, "member 1", "nothing open, but offer 1 is, until");
    auto const nobody = asked(2, w.nobody);
    w.refuses(nobody, errc::unknown_id, "member 999", "known");
    w.as({actor_kind::employee, 3});
    w.refuses(open, errc::not_qualified, "employee 3", "nobody approves their own");
    w.as({}).given(return_seat{offer_id{1}, {}});
    w.as({actor_kind::employee, 4}).given(open);
    auto again = erasing(w.an);
    again.approval = approval_id{3};
    w.as({actor_kind::employee, 3});
    w.refuses(again, errc::wrong_state, "member 1", "was erased at");
}

} // namespace
