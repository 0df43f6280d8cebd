// SPDX-License-Identifier: BSL-1.0
#include <koc/member/messages/relationship.hpp>

#include "member/small_programme.hpp"
#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::small_world;

namespace {

TEST_CASE(
    "budding becomes active by contact and a confirmed will, in this order", "[member][B03]") {
    small_world w;
    w.given(record_contact{w.min, {w.min.value(), "Met at the ice track"}});
    CHECK(w.stage(w.min) == stage::budding); // being spoken to is no consent
    w.accepts(confirm_willingness{w.min});
    auto const moved = w.recorded<stage_changed>();
    REQUIRE(moved.size() == 1);
    CHECK(moved.front().from == stage::budding);
    CHECK(moved.front().to == stage::active);
    CHECK(moved.front().because == stage_trigger::willingness_confirmed);
    CHECK(moved.front().rule == "willingness_confirmed/1");
    CHECK(w.stage(w.min) == stage::active);
}

TEST_CASE("nobody becomes active before they were spoken to", "[member][B03][refusal]") {
    small_world w;
    auto const before = w.digest();
    w.refuses(confirm_willingness{w.min}, errc::not_qualified, "member 11", "\"was contacted\"");
    w.refuses(confirm_willingness{w.nobody}, errc::unknown_id, "member 999",
        "expected the id of a known member; create it first or correct the id");
    CHECK(w.stage(w.min) == stage::budding);
    CHECK(w.digest() == before);
}

TEST_CASE("no outcome, mentor or word makes anybody active", "[member][B03]") {
    small_world w;
    auto const life = w.tag("interest", "life");
    w.given(record_outcome{w.lan, {life}, whole(1), w.now() - days(90)},
        record_outcome{w.lan, {life}, whole(1), w.now() - days(50)},
        record_outcome{w.lan, {life}, whole(1), w.now()}, pair_mentor{w.jin, w.lan},
        record_contact{w.lan, {}});
    CHECK(w.stage(w.lan) == stage::budding);
}

TEST_CASE("excellence on one lucky day makes nobody mature", "[member][B11]") {
    small_world w;
    for (int i = 0; i < 50; ++i) {
        w.outcome(w.an, whole(1));
        CHECK(w.recorded<stage_changed>().empty());
    }
    CHECK(w.stage(w.an) == stage::active);
}

TEST_CASE("who may have fallen silent is shown early, the likeliest first, and nobody is moved",
    "[member][B19]") {
    small_world w;
    auto const life = w.tag("interest", "life");
    for (int i = 1; i <= 10; ++i) { // An works all the time, Bao did for some months
        w.given(record_outcome{w.an, {life}, percent(70), w.now() - days(14 * i)});
        w.given(record_outcome{w.bao, {life}, percent(70), w.now() - days(80 + 14 * i)});
    }
    w.given(record_outcome{w.ning, {life}, percent(70), w.now() - days(300)}); // evolving already
    w.given(record_outcome{w.chen, {life}, percent(70), w.now() - days(200)});
    auto const signs = w.ask(list_waning{percent(80), days(90)});
    REQUIRE(signs.size() >= 2);
    CHECK(signs.front().member == w.chen);
    CHECK(signs.front().quiet == days(200));
    auto const shown = [&](member_id asked) {
        return std::count_if(
            signs.begin(), signs.end(), [&](auto const& s) { return s.member == asked; });
    };
    CHECK(shown(w.bao) == 1);
    CHECK(shown(w.an) == 0);   // not silent
    CHECK(shown(w.ning) == 0); // nobody's news any more
    CHECK(shown(w.dong) == 0); // has not begun yet
    for (std::size_t i = 1; i < signs.size(); ++i) {
        CHECK(signs[i - 1].chance <= signs[i].chance);
    }
    CHECK(w.ask(list_waning{{}, days(90)}).empty());
    CHECK(w.stage(w.chen) == stage::active);
    // What is seen is followed by a word, and the word by a reason.
    w.accepts(record_waning{w.chen, waning_reason::life_change, {}});
    CHECK(w.ask(list_waning{percent(80), days(90)}).front().member != w.chen);
    auto const refused = w.engine().ask(list_waning{percent(80), days(-1)}, w.asked());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().subject == "list_waning.within");
}

TEST_CASE("time alone makes nobody mature", "[member][B11]") {
    small_world w;
    for (int year = 0; year < 20; ++year) {
        w.wait(days(365));
        w.outcome(w.an, percent(79));
        CHECK(w.recorded<stage_changed>().empty());
    }
    CHECK(w.stage(w.an) == stage::active);
}

TEST_CASE(
    "sustained excellence makes mature, and the event says on what evidence", "[member][B11]") {
    small_world w;
    w.outcome(w.an, percent(80));
    w.wait(days(20));
    w.outcome(w.an, percent(85));
    CHECK(w.stage(w.an) == stage::active);
    w.wait(days(10));
    w.outcome(w.an, percent(95));
    auto const moved = w.recorded<stage_changed>();
    REQUIRE(moved.size() == 1);
    CHECK(moved.front().to == stage::mature);
    CHECK(moved.front().rule == "sustained-excellence/2");
    CHECK(moved.front().excellent == 3);
    CHECK(moved.front().outcomes == 3);
    CHECK(moved.front().sustained == days(30));
    CHECK(w.stage(w.an) == stage::mature);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("three excellent pieces among much weak work make nobody mature", "[member][B11]") {
    small_world w;
    w.outcome(w.an, whole(1)).outcome(w.an, whole(1)).outcome(w.an, whole(1));
    for (int i = 0; i < 37; ++i) {
        w.wait(days(1));
        w.outcome(w.an, percent(5));
        CHECK(w.stage(w.an) == stage::active);
    }
    w.outcome(w.an, whole(1)); // sustained for 37 days, but 4 of 41
    CHECK(w.stage(w.an) == stage::active);
    // Nobody is stuck: the weak work leaves the window, and then what is excellent counts.
    w.wait(days(396));
    w.outcome(w.an, whole(1)).wait(days(20));
    w.outcome(w.an, whole(1)).wait(days(10));
    CHECK(w.stage(w.an) == stage::active);
    w.outcome(w.an, whole(1));
    CHECK(w.stage(w.an) == stage::mature);
}

TEST_CASE("a poor piece never moves anybody up, however good their past is", "[member][B11]") {
    small_world w;
    // By rules that ask for less the evidence of An is complete, but the next piece is poor.
    w.outcome(w.an, percent(90), days(40)).outcome(w.an, percent(90), days(5));
    w.given(adopt<relationship_rules>{{.excellent_needed = 2}});
    CHECK(w.stage(w.an) == stage::active);
    w.outcome(w.an, percent(10));
    CHECK(w.stage(w.an) == stage::active);
    w.outcome(w.an, percent(80)); // this one excels
    CHECK(w.stage(w.an) == stage::mature);
}

TEST_CASE("a corrected outcome counts as what it is", "[member][B11]") {
    small_world w;
    auto const first = w.now();
    w.outcome(w.an, percent(80)).wait(days(20));
    w.outcome(w.an, percent(20)).wait(days(10)); // mistyped
    w.outcome(w.an, percent(85));
    CHECK(w.stage(w.an) == stage::active);
    w.accepts(correct_outcome{w.an, {}, percent(20), percent(90), first + days(20)});
    CHECK(w.stage(w.an) == stage::mature);
    REQUIRE(w.recorded<stage_changed>().size() == 1);
    CHECK(w.recorded<stage_changed>().front().excellent == 3);
    // What was not excellent after all counts no more.
    auto const begun = w.now();
    w.outcome(w.bao, percent(80)).wait(days(40));
    w.outcome(w.bao, percent(80));
    w.accepts(correct_outcome{w.bao, {}, percent(80), percent(30), begun});
    w.outcome(w.bao, percent(80));
    CHECK(w.stage(w.bao) == stage::active); // two excellent ones on one day
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "whatever the history, who is mature has excelled often enough, long enough and among enough",
    "[member][B11]") {
    CHECK(rc::check([] {
        scenario s{&koc_test::people_engine};
        member_id const who{1};
        s.given(enrol{who, {1, "An"}, {source::open}, {}}, record_contact{who, {}},
            confirm_willingness{who});
        std::vector<std::pair<instant, std::int64_t>> all;
        bool mature = false;
        auto const month = [](instant at) { return at.ms / days(30).ms; };
        for (auto const& [wait, quality] :
            *rc::gen::container<std::vector<std::pair<int, std::int64_t>>>(
                rc::gen::pair(rc::gen::inRange(0, 25), rc::gen::inRange<std::int64_t>(60, 101)))) {
            s.wait(days(wait)).given(record_outcome{who, {}, percent(quality), s.now()});
            all.emplace_back(s.now(), quality);
            std::vector<instant> excellent;
            std::size_t counted = 0;
            for (auto const& [at, value] : all) {
                if (month(at) >= month(s.now()) - 12) { // 365 days in months of 30
                    ++counted;
                    if (value >= 80) {
                        excellent.push_back(at);
                    }
                }
            }
            mature = mature ||
                (quality >= 80 && excellent.size() >= 3 &&
                    excellent.back() - excellent.front() >= days(30) &&
                    2 * excellent.size() >= counted);
            RC_ASSERT((s.at<relationship_record>(who).stage == stage::mature) == mature);
        }
    }));
}

TEST_CASE("the relationship goes from budding to active, mature, evolving and an honorary role",
    "[member][B01]") {
    scenario s{&koc_test::people_engine};
    member_id const who{1};
    auto const now = [&] { return s.at<relationship_record>(who).stage; };
    s.given(enrol{who, {1, "An"}, {source::open}, {}});
    CHECK(now() == stage::budding);
    s.given(record_contact{who, {}}, confirm_willingness{who});
    CHECK(now() == stage::active);
    for (int i = 0; i < 3; ++i) {
        s.given(record_outcome{who, {}, percent(90), s.now()}).wait(days(15));
    }
    CHECK(now() == stage::mature);
    s.given(record_waning{who, waning_reason::life_change, {}});
    CHECK(now() == stage::evolving);
    s.given(accept_role{who, alumni_role::friend_of_the_brand});
    CHECK(now() == stage::alumni);
    std::vector<stage> path;
    for (auto const& moved : s.history_of<stage_changed>()) {
        CHECK(moved.from == (path.empty() ? stage::budding : path.back()));
        path.push_back(moved.to);
    }
    CHECK(path == std::vector{stage::active, stage::mature, stage::evolving, stage::alumni});
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE(
    "a step that the stage does not have is refused with those it has", "[member][B01][refusal]") {
    small_world w;
    auto const before = w.digest();
    w.refuses(confirm_willingness{w.jin}, errc::wrong_state, "member 8",
        "expected waned in stage mature");
    w.refuses(accept_role{w.an, alumni_role::honorary_adviser}, errc::wrong_state, "member 1",
        "expected excelled or waned in stage active");
    w.refuses(record_waning{w.lan, waning_reason::other, {}}, errc::wrong_state, "member 10",
        "expected willingness_confirmed in stage budding");
    CHECK(w.digest() == before);
}

TEST_CASE("who can give less is never dropped: a talk, a role of their choice, a way back",
    "[member][B29]") {
    small_world w;
    w.accepts(record_waning{w.kai, waning_reason::interest_shift, {w.kai.value(), "A new job"}});
    CHECK(w.recorded<member_waned>().front().reason == waning_reason::interest_shift);
    CHECK(w.stage(w.kai) == stage::evolving);
    w.accepts(accept_role{w.kai, alumni_role::lifetime_honorary_member});
    CHECK(w.stage(w.kai) == stage::alumni);
    CHECK(w.at<relationship_record>(w.kai).role == alumni_role::lifetime_honorary_member);
    auto const outcomes = w.at<track_record_entry>(w.kai).outcomes;
    CHECK(outcomes == 3);
    w.accepts(confirm_willingness{w.kai});
    CHECK(w.stage(w.kai) == stage::active);
    CHECK(w.at<track_record_entry>(w.kai).outcomes == outcomes); // nothing is forgotten
    CHECK_FALSE(w.at<relationship_record>(w.kai).role);
}

TEST_CASE("alumni are never assessed, and keep what they have", "[member][B22]") {
    small_world w;
    auto const outcomes_of_ou = [&] {
        auto const* past = w.engine().find_record<track_record_entry>(w.ou.value());
        return past == nullptr ? 0 : past->outcomes;
    };
    auto const before = outcomes_of_ou();
    w.refuses(record_outcome{w.ou, {}, whole(1), w.now()}, errc::not_qualified, "member 13",
        "expected somebody whose work is assessed, but alumni are not");
    w.refuses(record_outcome{w.ou, {}, {}, w.now() - days(300)}, errc::not_qualified, "member 13",
        "leave the outcome out");
    CHECK(outcomes_of_ou() == before);
    w.given(confirm_willingness{w.ou});
    w.outcome(w.ou, whole(1)); // back in service
    CHECK(outcomes_of_ou() == before + 1);
}

TEST_CASE(
    "an illegal jump is refused and told what is possible instead", "[member][B29][refusal]") {
    small_world w;
    auto const before = w.digest();
    auto const refused = [&](auto const& asked, std::string const& about,
                             std::string const& accepted) {
        INFO(about << " / " << accepted);
        CHECK_NOTHROW(w.refuses(asked, errc::wrong_state, about, accepted));
    };
    refused(accept_role{w.an, alumni_role::friend_of_the_brand}, "member 1",
        "expected excelled or waned in stage active");
    refused(accept_role{w.jin, alumni_role::friend_of_the_brand}, "member 8",
        "expected waned in stage mature");
    refused(accept_role{w.lan, alumni_role::friend_of_the_brand}, "member 10",
        "expected willingness_confirmed in stage budding");
    refused(accept_role{w.ou, alumni_role::honorary_adviser}, "member 13",
        "expected willingness_confirmed in stage alumni");
    refused(record_waning{w.lan, waning_reason::other, {}}, "member 10",
        "expected willingness_confirmed in stage budding");
    refused(record_waning{w.ning, waning_reason::other, {}}, "member 12",
        "expected willingness_confirmed or role_accepted in stage evolving");
    refused(record_waning{w.ou, waning_reason::other, {}}, "member 13",
        "expected willingness_confirmed in stage alumni");
    refused(confirm_willingness{w.an}, "member 1", "expected excelled or waned in stage active");
    refused(confirm_willingness{w.jin}, "member 8", "expected waned in stage mature");
    CHECK(w.digest() == before);
}

/// Every command of the programme, about one person.
auto every_command(small_world const& w, member_id who) {
    auto const video = w.tag("format", "video");
    auto const owner = who.value();
    return std::tuple{define_facet{{"car"}}, define_tags{{{"format", "podcast", "", {}}}},
        adopt<tag_library_rules>{}, ask_attention{who}, note_refusal{who}, commit_to_work{who},
        end_commitment{who}, adopt<attention_rules>{{.asks_max = 9}},
        enrol{who, {owner, "Again"}, {source::open}, {}}, retag{who, {{video}}, {}},
        learn_tags{who, {{video, percent(50), 3}}, {}}, adopt<roster_rules>{{percent(10)}},
        merge_members{w.kai, who, {owner, "One person"}}, undo_merge{who}, adopt<merging_rules>{},
        record_outcome{who, {video}, whole(1), w.now() - days(1)},
        correct_outcome{who, {}, percent(90), whole(1), w.now() - days(100)},
        adopt<track_record_rules>{{.quality_prior = 9}}, record_contact{who, {owner, "Hello"}},
        confirm_willingness{who}, record_waning{who, waning_reason::other, {}},
        accept_role{who, alumni_role::honorary_adviser}, end_assessment{who}, begin_assessment{who},
        adopt<relationship_rules>{{.excellent_needed = 1}},
        report_content{signal_id{1}, who, whole(1), whole(1), whole(1), true, 9},
        report_contribution{signal_id{2}, who, contribution_kind::helped_a_peer, 9, whole(1), w.an},
        draw_shortlist{9}, enrol_candidate{who, {owner, "Again"}, {}},
        release_feature{feature_id{1}, "Winter mode", w.now()}, register_owner{who, w.now()},
        join_circle{who}, leave_circle{who}, vouch_for{who, w.kai}, withdraw_vouch{w.kai, who},
        adopt<feature_rules>{{percent(10)}}, adopt<peer_help_rules>{{days(9)}},
        adopt<trust_rules>{{9}}, adopt<discovery_rules>{{days(9)}}, pair_mentor{w.kai, who},
        pair_mentor{who, w.lan}, release_mentor{w.kai, who}, adopt<mentorship_rules>{{9}},
        adopt<clock_rules>{{.behind_max = hours(9)}}};
}

TEST_CASE(
    "no command of the programme makes a forbidden step or ends a relationship", "[member][B29]") {
    std::vector<type_key> tried;
    std::set<std::string> moves;
    for (auto who :
        {small_world::lan, small_world::an, small_world::jin, small_world::ning, small_world::ou}) {
        std::size_t const count = std::tuple_size_v<decltype(every_command(small_world{}, who))>;
        for (std::size_t i = 0; i < count; ++i) {
            small_world w; // a new one for each, so that no command stands in another's way
            std::size_t at = 0;
            std::apply(
                [&](auto const&... command) {
                    auto const try_one = [&](auto const& one) {
                        if (at++ != i) {
                            return;
                        }
                        auto const from = w.stage(who);
                        auto const people = w.ask(count_stages{});
                        tried.push_back(command_type_of<std::remove_cvref_t<decltype(one)>>.of);
                        w.when(one);
                        auto const to = w.stage(who);
                        CHECK_FALSE(relationship_lifecycle::accepted(to)
                                        .empty()); // there is always a way on
                        auto const after = w.ask(count_stages{});
                        auto const merged = // is another one from then on
                            static_cast<std::int64_t>(w.recorded<members_merged>().size());
                        CHECK(std::accumulate(after.begin(), after.end(), merged) ==
                            std::accumulate(people.begin(), people.end(), std::int64_t{0}));
                        if (from != to) {
                            moves.insert(std::string{name_of(from)} + " > " +
                                std::string{
                                    command_type_of<std::remove_cvref_t<decltype(one)>>.name} +
                                " > " + std::string{name_of(to)});
                        }
                    };
                    (try_one(command), ...);
                },
                every_command(w, who));
        }
    }
    // All of them were tried, and these are all the steps there are.
    small_world const w;
    for (auto const& part : w.engine().is().parts) {
        for (auto const& accepted : part.commands) {
            INFO(part.name << " accepts " << accepted.type->name);
            CHECK(std::count(tried.begin(), tried.end(), accepted.type->of) >= 5);
        }
    }
    CHECK(moves ==
        std::set<std::string>{"budding > confirm_willingness > active",
            "active > record_waning > evolving", "mature > record_waning > evolving",
            "evolving > confirm_willingness > active", "evolving > accept_role > alumni",
            "alumni > confirm_willingness > active"});
}

TEST_CASE("what is said about nobody, or in another's name, is refused", "[member]") {
    small_world w;
    std::string const too_long(note_length_max + 1, 'x');
    auto const refused = [&](auto const& asked, errc code, std::string const& about,
                             std::string const& word) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    };
    refused(record_contact{w.nobody, {}}, errc::unknown_id, "member 999", "known");
    refused(record_contact{member_id{}, {}}, errc::unknown_id, "member 0", "known");
    refused(
        record_contact{w.an, {2, "hello"}}, errc::invalid_argument, "note on member 1", "owner");
    refused(record_contact{w.an, {1, "\xff"}}, errc::invalid_text, "record_contact.note", "UTF-8");
    refused(
        record_contact{w.an, {1, too_long}}, errc::invalid_text, "record_contact.note", "shorten");
    refused(confirm_willingness{w.nobody}, errc::unknown_id, "member 999", "known");
    refused(confirm_willingness{member_id{}}, errc::unknown_id, "member 0", "known");
    refused(
        record_waning{w.nobody, waning_reason::other, {}}, errc::unknown_id, "member 999", "known");
    refused(record_waning{w.an, waning_reason::other, {2, "tired"}}, errc::invalid_argument,
        "note on member 1", "owner");
    refused(record_waning{w.an, static_cast<waning_reason>(7), {}}, errc::invalid_argument,
        "record_waning.reason", "named");
    refused(record_waning{w.an, waning_reason::other, {1, too_long}}, errc::invalid_text,
        "record_waning.note", "shorten");
    refused(accept_role{w.nobody, alumni_role::honorary_adviser}, errc::unknown_id, "member 999",
        "known");
    refused(accept_role{w.ning, static_cast<alumni_role>(7)}, errc::invalid_argument,
        "accept_role.role", "named");
    refused(adopt<relationship_rules>{{.excellent_needed = 0}}, errc::invalid_argument,
        "relationship_rules", "at least one");
    refused(adopt<relationship_rules>{{.excellent_share = percent(101)}}, errc::invalid_argument,
        "relationship_rules", "0 to 1");
    refused(adopt<relationship_rules>{{.window = days(1)}}, errc::invalid_argument,
        "relationship_rules", "window");
}

} // namespace
