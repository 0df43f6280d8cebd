// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about the relationship with a person, each whole, on
// the standard programme.

#include "standard/busy_world.hpp"
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

using busy::any_command;
using busy::busy_world;
using busy::every_command;
using busy::link;
using busy::other_operator;
using busy::pan;

using ids = std::vector<member_id>;

ids in_stage(winter_world const& w, char const* name) {
    return w.ask(find_members{has("stage", name)});
}

// B01

TEST_CASE("a relationship goes from unknown to budding, active, mature and evolving to an honorary "
          "role, each step by its own cause",
    "[standard][B01]") {
    winter_world w;
    w.refuses(record_contact{pan, {}}, errc::unknown_id, "member 70"); // still a stranger
    auto const people = w.ask(count_stages{});
    CHECK(people == std::vector<std::int64_t>{2, 7, 2, 1, 1});

    w.given(enrol{pan, {70, "Pan"}, {source::open}, {}});
    CHECK(in_stage(w, "budding") == ids{w.lan, w.min, pan});
    w.given(record_contact{pan, {70, "Met at the ice track"}});
    CHECK(w.stage(pan) == stage::budding);
    w.accepts(confirm_willingness{pan});
    CHECK(w.recorded<stage_changed>().front().rule == "willingness_confirmed/1");
    CHECK(w.ask(count_stages{}) == std::vector<std::int64_t>{2, 8, 2, 1, 1});

    // What makes mature is work that is judged excellent again and again, over time.
    for (std::uint64_t i = 1; i <= 3; ++i) {
        CHECK(w.stage(pan) == stage::active);
        w.listed(w.brief(task_id{i}));
        w.handed_in(task_id{i}, pan, submission_id{i});
        w.accepts(w.rate(submission_id{i}, percent(90)));
        if (i != 3) {
            CHECK(w.recorded<stage_changed>().empty());
            w.wait(days(15));
        }
    }
    auto const excelled = w.recorded<stage_changed>().front();
    CHECK(excelled.rule == "sustained-excellence/2");
    CHECK(excelled.outcomes == 3);
    CHECK(excelled.excellent == 3);
    CHECK(excelled.sustained == days(30));
    CHECK(in_stage(w, "mature") == ids{w.jin, w.kai, pan});

    w.accepts(record_waning{pan, waning_reason::life_change, {70, "A child is born"}});
    CHECK(w.recorded<member_waned>().front().reason == waning_reason::life_change);
    CHECK(in_stage(w, "evolving") == ids{w.ning, pan});
    w.role_offered(pan, alumni_role::honorary_adviser);
    w.accepts(accept_role{pan, alumni_role::honorary_adviser});
    CHECK(w.recorded<role_accepted>().front().role == alumni_role::honorary_adviser);
    CHECK(w.at<relationship_record>(pan).role == alumni_role::honorary_adviser);
    CHECK(w.ask(count_stages{}) == std::vector<std::int64_t>{2, 7, 2, 1, 2});

    // The whole way is in the journal, each step from where the one before it led.
    std::vector<std::pair<stage, stage_trigger>> way;
    auto at = stage::budding;
    for (auto const& moved : w.history_of<stage_changed>()) {
        if (moved.member == pan) {
            CHECK(moved.from == at);
            at = moved.to;
            way.emplace_back(moved.to, moved.because);
        }
    }
    CHECK(way ==
        std::vector{std::pair{stage::active, stage_trigger::willingness_confirmed},
            std::pair{stage::mature, stage_trigger::excelled},
            std::pair{stage::evolving, stage_trigger::waned},
            std::pair{stage::alumni, stage_trigger::role_accepted}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("in each stage the steps of that stage are possible, and no other", "[standard][B01]") {
    enum class step { willing, wane, role };
    struct row {
        member_id who;
        step what;
        char const* leads_to; // empty: refused
        char const* possible;
    };
    using w = winter_world;
    for (auto const& [who, what, leads_to, possible] : std::vector<row>{
             {w::lan, step::willing, "active", ""},
             {w::lan, step::wane, "", "willingness_confirmed in stage budding"},
             {w::lan, step::role, "", "willingness_confirmed in stage budding"},
             {w::an, step::willing, "", "excelled or waned in stage active"},
             {w::an, step::wane, "evolving", ""},
             {w::an, step::role, "", "excelled or waned in stage active"},
             {w::jin, step::willing, "", "waned in stage mature"},
             {w::jin, step::wane, "evolving", ""},
             {w::jin, step::role, "", "waned in stage mature"},
             {w::ning, step::willing, "active", ""},
             {w::ning, step::wane, "", "willingness_confirmed or role_accepted in stage evolving"},
             {w::ning, step::role, "alumni", ""},
             {w::ou, step::willing, "active", ""},
             {w::ou, step::wane, "", "willingness_confirmed in stage alumni"},
             {w::ou, step::role, "", "willingness_confirmed in stage alumni"},
         }) {
        INFO(subject("member", who) << ", step " << static_cast<int>(what));
        winter_world here;
        auto const from = here.stage(who);
        if (from == stage::evolving) {
            here.role_offered(who, alumni_role::friend_of_the_brand);
        }
        auto const before = here.digest();
        switch (what) {
        case step::willing:
            here.when(confirm_willingness{who});
            break;
        case step::wane:
            here.when(record_waning{who, waning_reason::other, {}});
            break;
        case step::role:
            here.when(accept_role{who, alumni_role::friend_of_the_brand});
            break;
        }
        if (std::string_view{leads_to}.empty()) {
            REQUIRE_FALSE(here.accepted());
            CHECK(here.refusal().code == errc::wrong_state);
            CHECK(here.refusal().expected.find(possible) != std::string::npos);
            CHECK(here.stage(who) == from);
            CHECK(here.digest() == before);
        } else {
            REQUIRE(here.accepted());
            CHECK(name_of(here.stage(who)) == std::string_view{leads_to});
            REQUIRE(here.recorded<stage_changed>().size() == 1);
            CHECK(here.recorded<stage_changed>().front().from == from);
        }
    }
}

TEST_CASE(
    "a step that the relationship does not have is refused, with the stage and what is possible",
    "[standard][B01][refusal]") {
    winter_world w;
    unmoved same{w};
    same.refuses(record_waning{w.lan, waning_reason::other, {}}, errc::wrong_state, "member 10",
        "willingness_confirmed in stage budding");
    same.refuses(accept_role{w.an, alumni_role::honorary_adviser}, errc::wrong_state, "member 1",
        "excelled or waned in stage active");
    same.refuses(confirm_willingness{w.jin}, errc::wrong_state, "member 8", "in stage mature");
    same.refuses(accept_role{w.ou, alumni_role::honorary_adviser}, errc::wrong_state, "member 13",
        "willingness_confirmed in stage alumni");
    same.refuses(
        accept_role{w.an, static_cast<alumni_role>(7)}, errc::invalid_argument, "accept_role.role");
    same.refuses(record_waning{w.an, static_cast<waning_reason>(7), {}}, errc::invalid_argument,
        "record_waning.reason");
    same.refuses(confirm_willingness{pan}, errc::unknown_id, "member 70", "known member");
    // Nobody writes a stage by hand.
    auto const mature = w.tag("stage", "mature");
    same.refuses(retag{w.an, {{mature}}, {}}, errc::invalid_argument, "tag stage:mature", "kept");
    same.refuses(retag{w.jin, {}, {mature}}, errc::invalid_argument, "tag stage:mature", "kept");
    same.refuses(enrol{pan, {70, "Pan"}, {source::open}, {{mature}}}, errc::invalid_argument,
        "tag stage:mature", "kept");
}

// B03

TEST_CASE("budding becomes active by a first contact and a confirmed will, in this order, and only "
          "then is given work",
    "[standard][B03]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    auto const no_work = [&] {
        w.refuses(claim_task{task_id{1}, w.min}, errc::not_qualified, "member 11",
            "stage:active or stage:mature");
        CHECK(w.stage(w.min) == stage::budding);
    };
    no_work();
    w.refuses(confirm_willingness{w.min}, errc::not_qualified, "member 11", "was contacted");
    // Being spoken to, once or twice, is no consent, nor is good work from before or a mentor.
    w.accepts(record_contact{w.min, {w.min.value(), "Met at the ice track"}});
    CHECK(w.recorded<member_contacted>().front().note.text == "Met at the ice track");
    CHECK(w.recorded<stage_changed>().empty());
    w.given(record_contact{w.min, {}}, pair_mentor{w.jin, w.min});
    for (auto before : {90, 50, 0}) {
        w.given(record_outcome{w.min, {}, whole(1), w.now() - days(before)});
    }
    no_work();
    w.accepts(confirm_willingness{w.min});
    auto const moved = w.recorded<stage_changed>();
    REQUIRE(moved.size() == 1);
    CHECK(moved.front().from == stage::budding);
    CHECK(moved.front().to == stage::active);
    CHECK(moved.front().because == stage_trigger::willingness_confirmed);
    w.accepts(claim_task{task_id{1}, w.min});
    CHECK(w.recorded<offer_accepted>().front().member == w.min);
    // Whom nobody asked stays as they are, however long it takes.
    w.wait(days(300)).time_passes();
    CHECK(in_stage(w, "budding") == ids{w.lan});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("willingness without a contact, or of somebody unknown, is refused",
    "[standard][B03][refusal]") {
    winter_world w;
    unmoved same{w};
    same.refuses(confirm_willingness{w.min}, errc::not_qualified, "member 11", "was contacted");
    same.refuses(confirm_willingness{w.nobody}, errc::unknown_id, "member 999", "known member");
    same.refuses(record_contact{w.nobody, {}}, errc::unknown_id, "member 999", "known member");
    same.refuses(record_contact{w.min, {w.an.value(), "a word"}}, errc::invalid_argument,
        "note on member 11", "belong to the member");
    same.refuses(record_contact{w.min, {w.min.value(), "\xff"}}, errc::invalid_text,
        "record_contact.note", "UTF-8");
    w.given(record_contact{w.min, {}}, confirm_willingness{w.min});
    CHECK(w.stage(w.min) == stage::active);
}

// B11

TEST_CASE("who is excellent again and again over time becomes mature, and nobody by time alone, by "
          "one great week, by what is long ago, or by a few strong pieces among many weak ones",
    "[standard][B11]") {
    winter_world w;
    auto const piece = [&](member_id who, std::int64_t quality, int days_ago = 0) {
        w.accepts(record_outcome{who, {}, percent(quality), w.now() - days(days_ago)});
    };
    w.wait(days(300)).given(record_contact{w.an, {}});
    CHECK(w.stage(w.an) == stage::active); // time alone
    for (auto ago : {6, 3, 0}) {
        piece(w.chen, 100, ago); // one great week
    }
    CHECK(w.stage(w.chen) == stage::active);
    for (auto ago : {80, 60, 40, 20}) {
        piece(w.dong, 30, ago);
    }
    for (auto ago : {70, 35, 0}) {
        piece(w.dong, 95, ago); // three strong ones of seven
    }
    CHECK(w.stage(w.dong) == stage::active);
    for (auto ago : {420, 400, 0}) {
        piece(w.guo, 100, ago); // two of them too long ago
    }
    CHECK(w.stage(w.guo) == stage::active);
    for (auto ago : {30, 15}) {
        piece(w.fang, 90, ago);
    }
    CHECK(w.stage(w.fang) == stage::active);
    piece(w.fang, 90);
    auto const risen = w.recorded<stage_changed>();
    REQUIRE(risen.size() == 1);
    CHECK(risen.front().to == stage::mature);
    CHECK(risen.front().excellent == 3);
    CHECK(risen.front().sustained == days(30));
    piece(w.dong, 95); // four of eight
    CHECK(w.stage(w.dong) == stage::mature);

    // Weak work afterwards moves nobody to and fro, however much of it.
    for (auto i = 0; i < 12; ++i) {
        w.wait(days(7));
        piece(w.fang, i % 2 == 0 ? 10 : 95);
        CHECK(w.recorded<stage_changed>().empty());
    }
    CHECK(w.stage(w.fang) == stage::mature);
    // Who returns has their record still, and becomes mature by what they do from then on.
    w.given(record_waning{w.fang, waning_reason::life_change, {}});
    w.wait(days(20)).given(confirm_willingness{w.fang});
    auto const before = w.at<track_record_entry>(w.fang).outcomes;
    CHECK(before == 15);
    piece(w.fang, 95);
    CHECK(w.stage(w.fang) == stage::active);
    w.wait(days(20));
    piece(w.fang, 95);
    CHECK(w.stage(w.fang) == stage::active);
    w.wait(days(20));
    piece(w.fang, 95);
    CHECK(w.stage(w.fang) == stage::mature);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("excellence that nobody can have, or rules by which anybody is excellent, are refused",
    "[standard][B11][refusal]") {
    winter_world w;
    unmoved same{w};
    w.as({actor_kind::member, w.an.value()}); // nobody judges their own work, nor another's
    same.refuses(record_outcome{w.an, {}, percent(90), w.now()}, errc::not_qualified,
        "record_outcome", "expected an employee or the host to send this, not member 1");
    w.as({});
    same.refuses(record_outcome{w.an, {}, percent(101), w.now()}, errc::invalid_argument,
        "record_outcome.quality", "from 0 to 1");
    same.refuses(record_outcome{w.an, {}, percent(90), w.now() + days(1)}, errc::invalid_argument,
        "", "expected");
    same.refuses(record_outcome{w.nobody, {}, percent(90), w.now()}, errc::unknown_id, "member 999",
        "known member");
    same.refuses(
        record_outcome{w.ou, {}, percent(90), w.now()}, errc::not_qualified, "member 13", "alumni");
    same.refuses(retag{w.an, {{w.tag("stage", "mature")}}, {}}, errc::invalid_argument,
        "tag stage:mature", "kept");
    same.refuses(adopt<relationship_rules>{{.excellent_needed = 0}}, errc::invalid_argument,
        "relationship_rules", "at least one");
    same.refuses(adopt<relationship_rules>{{.excellent_at = percent(120)}}, errc::invalid_argument,
        "relationship_rules", "from 0 to 1");
    same.refuses(adopt<relationship_rules>{{.sustained_needed = days(400)}}, errc::invalid_argument,
        "relationship_rules", "a window that is not shorter");
}

// B29

TEST_CASE("who can give less is not dropped: what they began stands, a role is theirs to choose, "
          "and the way back is open",
    "[standard][B29]") {
    winter_world w;
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.jin}, pair_mentor{w.jin, w.lan});
    w.accepts(record_waning{w.jin, waning_reason::interest_shift, {w.jin.value(), "A new job"}});
    CHECK(w.recorded<member_waned>().front().reason == waning_reason::interest_shift);
    CHECK(w.recorded<member_waned>().front().note.text == "A new job");
    CHECK(w.stage(w.jin) == stage::evolving);
    // The cooperation is not ended with it: the seat stands, and its work is judged and paid.
    CHECK(w.recorded<offer_withdrawn>().empty());
    CHECK(w.at(offer_id{1}).stage == offer_stage::held);
    w.given(submit_work{submission_id{1}, task_id{1}, w.jin, link});
    w.accepts(w.rate(submission_id{1}, percent(90)));
    CHECK(w.recorded<reward_granted>().front().member == w.jin);
    // Nobody asks for more, and nothing but a word of theirs moves them on.
    w.listed(w.brief(task_id{2}));
    w.refuses(claim_task{task_id{2}, w.jin}, errc::not_qualified, "member 8", "stage:active");
    auto const before_others = w.ask(rank_members{task_id{2}, 20});
    CHECK(std::none_of(before_others.begin(), before_others.end(),
        [&](ranked_member const& m) { return m.member == w.jin; }));
    w.wait(days(300)).time_passes();
    CHECK(w.stage(w.jin) == stage::evolving);

    auto const outcomes = w.at<track_record_entry>(w.jin).outcomes;
    CHECK(outcomes == 4);
    w.role_offered(w.jin, alumni_role::lifetime_honorary_member);
    w.accepts(accept_role{w.jin, alumni_role::lifetime_honorary_member});
    CHECK(w.stage(w.jin) == stage::alumni);
    CHECK(w.at<relationship_record>(w.jin).role == alumni_role::lifetime_honorary_member);
    CHECK(w.ask(find_members{has("stage", "alumni")}) == ids{w.jin, w.ou}); // still one of us
    w.wait(days(300)).accepts(confirm_willingness{w.jin});
    CHECK(w.stage(w.jin) == stage::active);
    CHECK(w.at<track_record_entry>(w.jin).outcomes == outcomes); // nothing is forgotten
    CHECK_FALSE(w.at<relationship_record>(w.jin).role);
    w.listed(w.brief(task_id{3}));
    w.accepts(claim_task{task_id{3}, w.jin});
    // Who wants to stay without any role returns from evolving itself.
    w.accepts(confirm_willingness{w.ning});
    CHECK(w.stage(w.ning) == stage::active);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("of all commands of the programme none makes a forbidden step or ends a relationship",
    "[standard][B29]") {
    busy_world w;
    std::set<std::string_view> accepted_types;
    std::set<std::string> moves;
    auto const try_all = [&](member_id who) {
        auto const try_as = [&](any_command const& command, actor by) {
            auto const events = command.preview(w.engine(), command.value, {w.now(), by});
            if (!events) {
                return;
            }
            accepted_types.insert(command.type);
            for (auto const& happened : *events) {
                if (auto const* moved = happened.get_if<stage_changed>()) {
                    moves.insert(std::string{name_of(moved->from)} + " > " +
                        std::string{command.type} + " > " + std::string{name_of(moved->to)});
                    CHECK(moved->member == (command.type == "review_work" ? w.chen : who));
                }
            }
        };
        every_command(w, who, [&](any_command const& command) {
            try_as(command, {});
            try_as(command, other_operator);
        });
    };
    for (auto who : {w.lan, w.an, w.chen, w.jin, w.ning, w.ou}) {
        try_all(who);
    }
    busy::tiers_reviewed_by_other_rules(w);
    try_all(w.an);
    // These are all the steps there are: none to budding, none past a stage, and none that leads
    // out of the programme.
    CHECK(moves ==
        std::set<std::string>{"budding > confirm_willingness > active",
            "active > record_outcome > mature", "active > review_work > mature",
            "active > record_waning > evolving", "mature > record_waning > evolving",
            "evolving > confirm_willingness > active", "evolving > accept_role > alumni",
            "alumni > confirm_willingness > active"});
    // Every command was accepted at least once, so none was left out for what it was about; some
    // are not sent, but part of what is.
    std::set<std::string_view> const called{"fulfil_offer", "fail_offer", "restore_offer",
        "end_assessment", "begin_assessment", "advance_plan", "note_act", "learn_tags",
        "erase_member"};
    for (auto const* type : w.engine().command_types()) {
        INFO(type->name);
        CHECK(accepted_types.count(type->name) == 1 - called.count(type->name));
    }
    // Nor does time: after a year without a word everybody is who they were.
    auto const people = w.ask(count_stages{});
    w.wait(days(300)).time_passes();
    CHECK(w.ask(count_stages{}) == people);
}

TEST_CASE(
    "an illegal jump is refused and told what is possible instead", "[standard][B29][refusal]") {
    winter_world w;
    unmoved same{w};
    auto const friend_role = alumni_role::friend_of_the_brand;
    auto const other = waning_reason::other;
    same.refuses(accept_role{w.an, friend_role}, errc::wrong_state, "member 1",
        "expected excelled or waned in stage active");
    same.refuses(accept_role{w.jin, friend_role}, errc::wrong_state, "member 8",
        "expected waned in stage mature");
    same.refuses(accept_role{w.lan, friend_role}, errc::wrong_state, "member 10",
        "expected willingness_confirmed in stage budding");
    same.refuses(accept_role{w.ou, friend_role}, errc::wrong_state, "member 13",
        "expected willingness_confirmed in stage alumni");
    same.refuses(record_waning{w.lan, other, {}}, errc::wrong_state, "member 10",
        "expected willingness_confirmed in stage budding");
    same.refuses(record_waning{w.ning, other, {}}, errc::wrong_state, "member 12",
        "expected willingness_confirmed or role_accepted in stage evolving");
    same.refuses(record_waning{w.ou, other, {}}, errc::wrong_state, "member 13",
        "expected willingness_confirmed in stage alumni");
    same.refuses(confirm_willingness{w.an}, errc::wrong_state, "member 1",
        "expected excelled or waned in stage active");
    same.refuses(confirm_willingness{w.jin}, errc::wrong_state, "member 8",
        "expected waned in stage mature");
}

} // namespace
