// SPDX-License-Identifier: BSL-1.0
#include <koc/member/depth/messages/panel.hpp>

#include "member/circle_world.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <vector>

using namespace koc;
using koc_test::circle_world;
using koc_test::unmoved;

namespace {

constexpr project_id suv{1};
constexpr project_id van{2};

personal_text words_of(member_id who, char const* text) { return {who.value(), text}; }

TEST_CASE(
    "a panel meets at the start of its project, and each sees only their own", "[member][B12]") {
    circle_world w;
    w.given(open_project{suv, "A small SUV", "For families"},
        open_project{van, "A van", "For firms"}, invite_to_panel{suv, {w.jin}},
        invite_to_panel{van, {w.kai}}, sign_confidentiality{suv, w.jin},
        sign_confidentiality{van, w.kai});
    w.as_member(w.jin);
    CHECK(w.ask(view_project{suv}).title == "A small SUV");
    unmoved same{w};
    same.denies(view_project{van}, errc::not_qualified, "member 8", "the panel of project 2");
    w.as_member(w.kai);
    same.denies(view_project{suv}, errc::not_qualified, "member 9", "the panel of project 1");
    w.as_employee();
    CHECK(w.ask(view_project{van}).brief == "For firms");

    // Who steps back later is still bound, and still sees what they helped with.
    w.as_host().given(record_advice{advice_id{1}, suv, w.jin, words_of(w.jin, "Heat the rear")},
        record_waning{w.jin, waning_reason::life_change, {}});
    w.as_member(w.jin);
    CHECK(w.ask(view_project{suv}).advice.size() == 1);
    w.as_host().wait(days(30));
    w.refuses(record_advice{advice_id{2}, suv, w.jin, words_of(w.jin, "And the front")},
        errc::wrong_state, "project 1", "its time ended at 2026-02-04T08:00:00Z");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who is not mature, not invited or has not signed takes no part, nor does anybody late",
    "[member][B12][refusal]") {
    circle_world w;
    auto const more = w.mature(2, source::open);
    w.given(open_project{suv, "A small SUV", "For families"},
        invite_to_panel{suv, {more[0], w.jin}}, sign_confidentiality{suv, w.jin},
        record_advice{advice_id{1}, suv, w.jin, words_of(w.jin, "Heat the rear")});
    unmoved same{w};
    same.refuses(invite_to_panel{suv, {more[1], w.an}}, errc::not_qualified, "member 1",
        "stage mature, whom panels are for");
    same.refuses(invite_to_panel{suv, {more[1], w.jin}}, errc::already_exists, "member 8",
        "not invited to the panel of project 1 yet");
    same.refuses(invite_to_panel{suv, {more[1], more[1]}}, errc::already_exists, "member 102");
    same.refuses(invite_to_panel{suv, {w.nobody}}, errc::unknown_id, "member 999");
    same.refuses(invite_to_panel{suv, {}}, errc::invalid_argument, "project 1", "at least one");
    same.refuses(invite_to_panel{van, {more[1]}}, errc::unknown_id, "project 2");
    same.refuses(sign_confidentiality{suv, more[1]}, errc::not_qualified, "member 102",
        "somebody who is invited");
    same.refuses(sign_confidentiality{suv, w.jin}, errc::already_exists, "member 8", "not signed");
    auto const advice = [&](std::uint64_t id, member_id who) {
        return record_advice{advice_id{id}, suv, who, words_of(who, "Heat the rear")};
    };
    same.refuses(advice(2, more[0]), errc::not_qualified, "member 101", "sign it first");
    same.refuses(
        advice(2, more[1]), errc::not_qualified, "member 102", "of the panel of project 1");
    same.refuses(advice(1, w.jin), errc::already_exists, "advice 1", "choose another");
    same.refuses(advice(0, w.jin), errc::invalid_argument, "advice 0", "above 0");
    same.refuses(record_advice{advice_id{2}, suv, w.jin, words_of(w.jin, "")}, errc::invalid_text,
        "advice of member 8", "blanks");
    same.refuses(record_advice{advice_id{2}, suv, w.jin, words_of(w.kai, "Heat")},
        errc::invalid_argument, "advice of member 8", "belong");
    same.refuses(open_project{suv, "X", "Y"}, errc::already_exists, "project 1", "no project has");
    same.refuses(open_project{{}, "X", "Y"}, errc::invalid_argument, "project 0", "above 0");
    same.refuses(open_project{van, "", "Y"}, errc::invalid_text, "title of project 2");
    same.refuses(open_project{van, "X", " "}, errc::invalid_text, "brief of project 2", "blanks");
    same.refuses(adopt<panel_rules>{{{}}}, errc::invalid_argument, "panel_rules.lasts");
    same.denies(view_project{van}, errc::unknown_id, "project 2", "known project");
    w.as_member(more[0]);
    same.denies(view_project{suv}, errc::not_qualified, "member 101", "sign it first");
    same.refuses(sign_confidentiality{suv, w.jin}, errc::not_qualified, "member 8", "themself");
    same.refuses(
        invite_to_panel{suv, {more[1]}}, errc::not_qualified, "invite_to_panel", "an employee");
    same.refuses(open_project{van, "X", "Y"}, errc::not_qualified, "open_project", "an employee");
    w.as_employee();
    same.refuses(advice(2, w.jin), errc::not_qualified, "member 8", "not employee 3");
    w.as_host().wait(days(30)).time_passes();
    unmoved late{w};
    late.refuses(invite_to_panel{suv, {more[1]}}, errc::wrong_state, "project 1",
        "a panel at the project's start");
}

} // namespace
