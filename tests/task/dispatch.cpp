// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/dispatch.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
using ids = std::vector<member_id>;

ids asked(scenario const& s) {
    ids found;
    for (auto const& sent : s.recorded<offer_sent>()) {
        found.push_back(sent.member);
    }
    return found;
}

/// The winter range test of the documents: in the Northeast, on video, about technology.
task_brief winter_test(winter_world const& w) {
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && has("format", "video");
    made.wanted = {{w.tag("region", "harbin")}, {w.tag("interest", "technology"), whole(2)}};
    return made;
}

TEST_CASE("the task goes to who matches it, best first, and nobody has to look through a list",
    "[task][C12]") {
    winter_world w;
    w.given(open_task{winter_test(w)});
    w.accepts(dispatch{one, 20});
    // Jin's track record, then by closeness to Harbin and to technology.
    CHECK(asked(w) == ids{w.jin, w.an, w.chen, w.dong, w.fang});
    auto const sent = w.recorded<offer_sent>();
    CHECK(std::is_sorted(
        sent.begin(), sent.end(), [](auto const& a, auto const& b) { return a.fit > b.fit; }));
    for (auto const& offer : sent) {
        CHECK(offer.from == origin::push);
        CHECK(offer.wave == 1);
        CHECK(offer.answer_by == w.now() + days(3));
    }
    CHECK(w.recorded<attention_asked>().size() == sent.size());
    CHECK(w.digest() == w.digest_of_replay());
    // Nobody has to look through a list: it is not on the board, and whom it does not suit hears
    // nothing of it.
    CHECK(w.engine().find_record<listing_record>(one.value()) == nullptr);
    w.engine().each<member_record>([&](member_record const& m) {
        auto const* heard = w.engine().find_record<attention_record>(m.id.value());
        auto const all = asked(w);
        CHECK((heard != nullptr && !heard->asked.empty()) ==
            (std::find(all.begin(), all.end(), m.id) != all.end()));
    });
}

TEST_CASE("another task goes to other people", "[task][C12]") {
    winter_world w;
    auto parent_child = w.brief(one);
    parent_child.needs = has("format", "text_image") && has("style", "warm");
    parent_child.wanted = {{w.tag("interest", "life")}};
    w.given(open_task{parent_child});
    w.accepts(dispatch{one, 20});
    CHECK(asked(w) == ids{w.hua});
}

TEST_CASE("home region, content form and interest each decide whom a task reaches",
    "[task][C07][C08][C09]") {
    winter_world w;
    std::uint64_t tasks_open = 0;
    auto const ranked = [&](task_brief made) {
        made.task = task_id{++tasks_open};
        w.given(open_task{made});
        ids who;
        for (auto const& found : w.ask(rank_members{made.task, 20})) {
            who.push_back(found.member);
        }
        return who;
    };
    auto made = w.brief(one);
    made.needs = has("region", "south");
    auto who = ranked(made);
    std::sort(who.begin(), who.end());
    CHECK(who == ids{w.guo, w.hua, w.kai});
    made.needs = has("region", "liaoning");
    CHECK(ranked(made) == ids{w.fang});
    made.needs = has("format", "text_image") && has("region", "northeast");
    CHECK(ranked(made) == ids{w.bao});
    // The stronger interest comes first; without interest one still qualifies, last.
    made.needs = has("region", "northeast") && has("format", "video") && has("stage", "active");
    made.wanted = {{w.tag("interest", "technology")}};
    CHECK(ranked(made) == ids{w.an, w.chen, w.dong, w.fang});
    made.wanted = {{w.tag("interest", "off_road")}};
    CHECK(ranked(made).front() == w.an);
}

TEST_CASE("a condition joins a region with what somebody has proven", "[task][C14]") {
    winter_world w;
    auto const deep = w.tag("skill", "deep_review");
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && has("skill", "deep_review");
    w.given(open_task{made});
    w.refuses(dispatch{one, 20}, errc::not_qualified, "task 1", "relax the requirement");
    // Proven by good work, not by a word of their own.
    w.given(record_outcome{w.chen, {deep}, percent(85), w.now()},
        record_outcome{w.dong, {deep}, percent(40), w.now()},
        record_outcome{w.guo, {deep}, percent(95), w.now()});
    w.accepts(dispatch{one, 20});
    CHECK(asked(w) == ids{w.chen}); // Dong's work was too weak, Guo lives in the South
    auto const dong = w.ask(consider_member{one, w.dong});
    CHECK(to_string(*dong.failed) == "skill:deep_review");
    auto const guo = w.ask(consider_member{one, w.guo});
    CHECK(to_string(*guo.failed) == "region:northeast");
}

TEST_CASE("past quality can be required and ranks", "[task][C10]") {
    winter_world w;
    auto const technology = w.tag("interest", "technology");
    auto made = w.brief(one);
    made.needs = column("quality") >= percent(60);
    made.wanted = {{technology}};
    w.given(record_outcome{w.an, {technology}, percent(90), w.now()},
        record_outcome{w.chen, {technology}, percent(20), w.now()}, open_task{made});
    w.accepts(dispatch{one, 20});
    CHECK(asked(w) == ids{w.an, w.jin, w.kai});
}

TEST_CASE("the parts of an offer's explanation add up to its fit", "[task][E01]") {
    CHECK(rc::check([] {
        winter_world w;
        std::vector<weighted_tag> const pool{{w.tag("region", "harbin")},
            {w.tag("region", "south")}, {w.tag("format", "video")},
            {w.tag("interest", "technology")}, {w.tag("interest", "life")},
            {w.tag("skill", "deep_review")}};
        auto const people = ids{w.an, w.chen, w.dong, w.fang, w.bao, w.guo, w.hua};
        for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
            w.given(record_outcome{*rc::gen::elementOf(people), {(*rc::gen::elementOf(pool)).tag},
                score{*rc::gen::inRange<std::int64_t>(0, score::unit + 1)},
                w.now() - hours(*rc::gen::inRange(0, 2000))});
        }
        auto made = w.brief(one);
        for (auto const& tag : pool) {
            if (*rc::gen::arbitrary<bool>()) {
                made.wanted.push_back(
                    {tag.tag, score{*rc::gen::inRange<std::int64_t>(1, whole(100).raw + 1)}});
            }
        }
        w.given(open_task{made}, dispatch{one, 20});
        RC_ASSERT(!w.recorded<offer_sent>().empty());
        for (auto const& sent : w.recorded<offer_sent>()) {
            RC_ASSERT(sent.why.total() == sent.fit);
            RC_ASSERT(w.at(sent.offer).fit == sent.fit);
        }
    }));
}

TEST_CASE("an explanation names each signal and the tag it is about", "[task][E01]") {
    winter_world w;
    w.given(open_task{winter_test(w)});
    auto const why = w.ask(consider_member{one, w.jin}).why;
    auto const amount = [&](std::string const& signal, tag_id about) {
        auto const it = std::find_if(why.parts.begin(), why.parts.end(),
            [&](reason const& r) { return r.signal == signal && r.about == about; });
        return it == why.parts.end() ? score{} : it->amount;
    };
    CHECK(amount("affinity", w.tag("region", "harbin")) > score{});
    CHECK(amount("affinity", w.tag("interest", "technology")) > score{});
    CHECK(amount("specialism", w.tag("interest", "technology")) > score{});
    CHECK(amount("quality", w.tag("interest", "technology")) > score{});
    CHECK(amount("load", {}) == score{});
}

// Exclusions

/// Why somebody is not asked for the first task: a part of its requirement, or a sentence.
std::string reason(winter_world const& w, member_id who) {
    auto const found = w.ask(consider_member{one, who});
    if (found.failed) {
        CHECK_FALSE(found.stopped_by);
        return to_string(*found.failed);
    }
    return found.stopped_by.value_or("");
}

TEST_CASE("everybody who is left out has the first thing in the way for a reason, and the search "
          "acts on the same",
    "[task][E02]") {
    winter_world w;
    w.given(adopt<attention_rules>{{2, days(7), 2, days(2)}});
    auto const open = [&](std::uint64_t id, requirement needs) {
        auto made = w.brief(task_id{id});
        made.needs = std::move(needs);
        made.seats = 10;
        made.base_reward = {};
        w.given(open_task{made});
        return task_id{id};
    };
    auto made = winter_test(w);
    made.barred = {w.fang};
    made.seats = 10;
    w.given(open_task{made}, list_task{one});
    // Of the five who qualify Fang is barred, Dong came by himself, Chen is at work elsewhere, and
    // An and Jin declined something else and were asked twice.
    w.given(claim_task{one, w.dong});
    for (std::uint64_t id : {std::uint64_t{11}, std::uint64_t{12}}) {
        w.given(list_task{open(id, everybody())}, claim_task{task_id{id}, w.chen});
    }
    auto const off_road = has("region", "harbin") && has("interest", "off_road");
    w.given(dispatch{open(21, off_road)});
    auto const offer = w.recorded<offer_sent>().front();
    REQUIRE(offer.member == w.an);
    w.given(decline_offer{offer.offer, {}});
    auto const mature = has("stage", "mature") && has("region", "northeast");
    w.given(dispatch{open(22, mature)}, dispatch{open(23, mature)});

    auto const today = to_iso8601(w.now() - days(7));
    std::vector<std::pair<member_id, std::string>> const expected{
        {w.an, "declined lately and is left in peace until " + to_iso8601(w.now() + days(2))},
        {w.chen, "holds 2 of at most 2 unfinished tasks"},
        {w.dong, "expected somebody without a seat of task 1"},
        {w.fang, "is barred from this task"},
        {w.bao, "format:video"},
        {w.guo, "region:northeast"},
        {w.hua, "region:northeast"}, // though the form fails as well: the first part counts
        {w.jin, "was asked 2 times since " + today + ", the most allowed"},
        {w.kai, "region:northeast"},
        {w.lan, "stage:active or stage:mature"},
        {w.min, "stage:active or stage:mature"}, // the programme's requirement before the task's
        {w.ning, "stage:active or stage:mature"},
        {w.ou, "stage:active or stage:mature"},
    };
    std::size_t people = 0;
    w.engine().each<member_record>([&](member_record const&) { ++people; });
    REQUIRE(expected.size() == people);
    for (auto const& [who, why] : expected) {
        INFO(subject("member", who));
        CHECK(reason(w, who) == why);
        auto const found = w.ask(consider_member{one, who});
        CHECK_FALSE(found.admitted());
        CHECK(found.fit == score{});
        CHECK(found.why.parts.empty());
    }
    CHECK(w.ask(rank_members{one, 100}).empty());
    w.refuses(dispatch{one, 20}, errc::not_qualified, "task 1", "ask consider_member why");

    // As each reason falls away, the search and the answers change together.
    auto const agree = [&] {
        ids ranked;
        for (auto const& found : w.ask(rank_members{one, 100})) {
            ranked.push_back(found.member);
            auto const seen = w.ask(consider_member{one, found.member});
            CHECK(seen.fit == found.fit);
            CHECK(seen.why.total() == found.fit);
        }
        ids admitted;
        w.engine().each<member_record>([&](member_record const& m) {
            if (w.ask(consider_member{one, m.id}).admitted()) {
                admitted.push_back(m.id);
                CHECK(reason(w, m.id).empty());
            } else {
                CHECK_FALSE(reason(w, m.id).empty());
            }
        });
        auto sorted = ranked;
        std::sort(sorted.begin(), sorted.end());
        CHECK(sorted == admitted);
        return ranked;
    };
    CHECK(agree() == ids{});
    w.wait(days(2));
    CHECK(agree() == ids{w.an});
    w.wait(days(5));
    CHECK(agree() == ids{w.jin, w.an});
    w.wait(days(7)).time_passes(); // leases end
    CHECK(agree() == ids{w.jin, w.an, w.chen, w.dong});
    w.accepts(dispatch{one, 3});
    CHECK(asked(w) == ids{w.jin, w.an, w.chen});
    CHECK(reason(w, w.an).find("expected no open offer of this task") == 0);
    CHECK(agree() == ids{w.dong});
}

TEST_CASE("considering or ranking somebody or something unknown is refused",
    "[task][E01][E02][C12][refusal]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    auto const before = w.digest();
    auto const refused = [&](auto const& query, errc code, std::string const& about,
                             char const* word) {
        INFO(about);
        auto const answer = w.engine().ask(query, w.asked());
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == code);
        CHECK(answer.error().subject == about);
        CHECK(answer.error().expected.find(word) != std::string::npos);
        CHECK(w.digest() == before);
    };
    refused(consider_member{task_id{9}, w.an}, errc::unknown_id, "task 9", "known task");
    refused(consider_member{one, w.nobody}, errc::unknown_id, "member 999", "known member");
    refused(consider_member{one, {}}, errc::unknown_id, "member 0", "known member");
    refused(rank_members{{}, 3}, errc::unknown_id, "task 0", "known task");
    refused(rank_members{one, 0}, errc::invalid_argument, "count", "from 1 to 100,000");
    refused(rank_members{one, 100'001}, errc::invalid_argument, "count", "from 1 to 100,000");
    // Whom nothing suits is offered nothing, with the words what to do.
    auto made = w.brief(task_id{2});
    made.needs = has("region", "south") && has("format", "live");
    w.given(open_task{made});
    w.refuses(
        dispatch{task_id{2}, 3}, errc::not_qualified, "task 2", "relax the requirement, or wait");
    w.refuses(dispatch{task_id{9}, 3}, errc::unknown_id, "task 9", "known task");
}

TEST_CASE("an offer whose parts do not add up to its score is refused", "[task][E01][refusal]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    send_offer made{one, w.an, origin::push, 1, percent(80),
        explanation{}.add("by hand", percent(50)), w.now() + days(2)};
    w.refuses(made, errc::invalid_argument, "send_offer.fit", "the sum of the parts of why");
    made.why.add("by heart", percent(30));
    w.accepts(made);
    CHECK(w.recorded<offer_sent>().front().why.parts.size() == 2);
}

// Waves

TEST_CASE("the best are asked first, and the next wave goes to the next best", "[task][C13]") {
    winter_world w;
    w.given(open_task{winter_test(w)});
    w.accepts(dispatch{one, 2});
    CHECK(asked(w) == ids{w.jin, w.an});
    CHECK(w.recorded<offer_sent>().front().wave == 1);
    // The first wave still has its time, so the second goes to who comes next, and the third.
    w.wait(hours(12)).accepts(dispatch{one, 2});
    CHECK(asked(w) == ids{w.chen, w.dong});
    for (auto const& sent : w.recorded<offer_sent>()) {
        CHECK(sent.wave == 2);
    }
    w.given(decline_offer{offer_id{2}, {}});
    w.wait(hours(12)).accepts(dispatch{one, 20});
    CHECK(asked(w) == ids{w.fang});
    CHECK(w.recorded<offer_sent>().front().wave == 3);
    CHECK(w.at<seat_record>(one).wave == 3);
    // When the first wave's time is over, whoever did not answer comes first again; a no stays a
    // no.
    w.wait(days(3)).accepts(dispatch{one, 20});
    CHECK(asked(w) == ids{w.jin, w.chen, w.dong, w.fang});
    CHECK(w.recorded<offer_sent>().front().wave == 4);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a wave for which nobody is left is refused, as is one out of its order",
    "[task][C13][refusal]") {
    winter_world w;
    w.given(open_task{winter_test(w)}, dispatch{one, 20});
    REQUIRE(asked(w).size() == 5);
    w.refuses(dispatch{one, 1}, errc::not_qualified, "task 1", "relax the requirement, or wait");
    auto made = winter_test(w);
    made.task = task_id{2};
    w.given(open_task{made});
    auto const push = [&](std::int64_t wave) {
        return send_offer{task_id{2}, w.an, origin::push, wave, {}, {}, w.now() + days(1)};
    };
    w.refuses(push(0), errc::invalid_argument, "send_offer.wave", "the next push, 1");
    w.refuses(push(2), errc::invalid_argument, "send_offer.wave", "the next push, 1");
    w.given(push(1));
    w.refuses(push(3), errc::invalid_argument, "send_offer.wave", "the next push, 2");
}

TEST_CASE("however many dispatches over however long, nobody is asked or laden beyond the rules",
    "[task][C15]") {
    CHECK(rc::check([] {
        attention_rules rules;
        rules.asks_max = *rc::gen::inRange(1, 4);
        rules.window = hours(*rc::gen::inRange(1, 400));
        rules.commitments_max = *rc::gen::inRange(1, 3);
        rules.cool_down = hours(*rc::gen::inRange(0, 100));
        winter_world w;
        w.given(adopt<attention_rules>{rules});
        std::uint64_t tasks_open = 0;
        std::uint64_t offers = 0;
        std::map<member_id, std::vector<instant>> asks;
        std::map<member_id, instant> refused;
        for (int step = *rc::gen::inRange(1, 60); step > 0; --step) {
            w.wait(hours(*rc::gen::inRange(0, 72)));
            auto const any_task = task_id{*rc::gen::inRange<std::uint64_t>(1, tasks_open + 2)};
            auto const any_offer = offer_id{*rc::gen::inRange<std::uint64_t>(1, offers + 2)};
            switch (*rc::gen::inRange(0, 8)) {
            case 0:
            case 1: {
                auto made = w.brief(task_id{++tasks_open});
                made.seats = 5;
                made.base_reward = {};
                w.listed(made);
                break;
            }
            case 2:
            case 3:
                w.when(dispatch{any_task, *rc::gen::inRange(1, 20)});
                break;
            case 4:
                w.when(accept_offer{any_offer});
                break;
            case 5:
                w.when(decline_offer{any_offer, {}});
                if (w.accepted()) {
                    refused[w.at(any_offer).member] = w.now();
                }
                break;
            case 6:
                w.when(claim_task{any_task, member_id{*rc::gen::inRange<std::uint64_t>(1, 10)}});
                break;
            default:
                w.time_passes();
                continue;
            }
            if (!w.accepted()) {
                continue;
            }
            for (auto const& sent : w.recorded<offer_sent>()) {
                ++offers;
                if (sent.from == origin::push) {
                    asks[sent.member].push_back(w.now());
                    // No `||` inside RC_ASSERT: RapidCheck's own would look at both sides.
                    auto const it = refused.find(sent.member);
                    auto const in_peace =
                        it != refused.end() && it->second + rules.cool_down > w.now();
                    RC_ASSERT_FALSE(in_peace);
                }
            }
            for (auto const& [who, times] : asks) {
                auto const within = std::count_if(times.begin(), times.end(),
                    [&](instant at) { return at > w.now() - rules.window; });
                RC_ASSERT(within <= rules.asks_max);
            }
            std::map<member_id, std::int64_t> held;
            w.engine().each<offer_record>([&](offer_record const& o) {
                held[o.member] += o.stage == offer_stage::held ? 1 : 0;
            });
            w.engine().each<attention_record>([&](attention_record const& who) {
                RC_ASSERT(who.commitments <= rules.commitments_max);
                RC_ASSERT(who.commitments == held[who.id]);
            });
            w.engine().each<task_record>([&](task_record const& t) {
                auto const* seats = w.engine().find_record<seat_record>(t.id.value());
                RC_ASSERT((seats == nullptr ? 0 : seats->taken) <= t.brief.seats);
            });
        }
        RC_ASSERT(w.digest() == w.digest_of_replay());
    }));
}

TEST_CASE("nobody is asked for a seat that is not there", "[task][C15]") {
    winter_world w;
    auto made = w.brief(one);
    made.seats = 1;
    w.listed(made);
    w.given(claim_task{one, w.an});
    w.refuses(dispatch{one, 5}, errc::no_capacity, "task 1", "all 1 are taken");
    auto due = w.brief(task_id{2});
    due.due_at = w.now() + days(1);
    w.given(open_task{due});
    w.wait(days(1)).refuses(dispatch{task_id{2}, 5}, errc::wrong_state, "task 2", "was due at");
}

TEST_CASE("a dispatch that cannot be is refused", "[task]") {
    winter_world w;
    w.given(open_task{w.brief(one)}, open_task{w.brief(task_id{2})}, cancel_task{task_id{2}});
    struct row {
        dispatch asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {{task_id{}, 1}, errc::unknown_id, "task 0", "known"},
             {{task_id{99}, 1}, errc::unknown_id, "task 99", "known"},
             {{one, 0}, errc::invalid_argument, "dispatch.count", "from 1 to 100000"},
             {{one, -1}, errc::invalid_argument, "dispatch.count", "from 1 to 100000"},
             {{one, 100'001}, errc::invalid_argument, "dispatch.count", "from 1 to 100000"},
             {{one, 1, {}}, errc::invalid_argument, "dispatch of task 1", "time to answer"},
             {{one, 1, days(-1)}, errc::invalid_argument, "dispatch of task 1", "time to answer"},
             {{one, 1, days(4'000'000)}, errc::invalid_argument, "dispatch.answer_within", "years"},
             {{task_id{2}, 1}, errc::wrong_state, "task 2", "no further event"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
    scenario empty;
    empty.refuses(dispatch{one}, errc::unknown_id, "task 1");
}

// Exploration

/// Adopts a share of the places that goes by lot.
void explores(winter_world& w, score share) { w.given(adopt<exploration_rules>{{share, 3}}); }
dispatch by_lot(std::uint64_t seed, std::int64_t count = 3) {
    dispatch made{one, count};
    made.seed = seed;
    return made;
}

TEST_CASE("a programme that explores gives a share of each push to the unknown, by a recorded lot",
    "[task][E05][E06]") {
    winter_world w;
    explores(w, ratio(1, 3));
    w.given(open_task{w.brief(one)});
    w.accepts(by_lot(2026));
    auto const drawn = w.recorded<lots_drawn>();
    REQUIRE(drawn.size() == 1);
    CHECK(drawn.front().task == one);
    CHECK(drawn.front().wave == 1);
    CHECK(drawn.front().seed == 2026);
    CHECK(drawn.front().share == ratio(1, 3));
    auto const sent = w.recorded<offer_sent>();
    REQUIRE(sent.size() == 3);
    REQUIRE(drawn.front().asked.size() == 3);
    std::int64_t lots = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        auto const& by = drawn.front().asked[i];
        CHECK(by.member == sent[i].member);
        CHECK(by.chance > score{});
        CHECK(by.chance <= whole(1));
        CHECK(sent[i].why.total() == sent[i].fit); // a lot is no score
        if (by.by_lot) {
            ++lots;
            auto const* past = w.engine().find_record<track_record_entry>(by.member.value());
            CHECK((past == nullptr || past->outcomes < 3));
        }
    }
    CHECK(lots == 1);
    CHECK(w.digest() == w.digest_of_replay());
    // The same seed asks the same people, another one other people.
    auto const again = [](std::uint64_t seed) {
        winter_world other;
        explores(other, ratio(1, 3));
        other.given(open_task{other.brief(one)});
        other.accepts(by_lot(seed));
        return asked(other);
    };
    CHECK(again(2026) == asked(w));
    bool differs = false;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        differs = differs || again(seed) != asked(w);
    }
    CHECK(differs);
}

TEST_CASE(
    "the recorded chances are the frequencies over many seeds, and add up to the number of offers",
    "[task][E05][E08]") {
    winter_world w;
    explores(w, ratio(1, 3));
    w.given(open_task{w.brief(one)});
    constexpr int draws = 4000;
    for (auto count : {2, 3, 5}) {
        INFO("offers: " << count);
        std::map<member_id, score> chance;
        std::map<member_id, int> times;
        for (std::uint64_t seed = 0; seed < draws; ++seed) {
            auto const events = w.engine().preview(by_lot(seed, count), w.asked());
            REQUIRE(events.has_value());
            auto const& drawn = *events->front().get_if<lots_drawn>();
            REQUIRE(drawn.asked.size() == static_cast<std::size_t>(count));
            for (auto const& one_asked : drawn.asked) {
                // A chance is of the push, so it is the same whichever lot is drawn.
                auto const [known, fresh] = chance.emplace(one_asked.member, one_asked.chance);
                REQUIRE((fresh || known->second == one_asked.chance));
                ++times[one_asked.member];
            }
        }
        score sum;
        for (auto const& [who, c] : chance) {
            sum += c;
            auto const p = static_cast<double>(c.raw) / static_cast<double>(score::unit);
            auto const error = std::sqrt(p * (1 - p) / draws);
            INFO(subject("member", who) << " has a chance of " << p);
            CHECK(std::abs(static_cast<double>(times[who]) / draws - p) <= 4.5 * error + 1e-5);
        }
        CHECK(chance.size() > static_cast<std::size_t>(count));
        // Each chance is at most two millionths too low.
        CHECK(sum <= whole(count));
        CHECK(sum >= whole(count) - score{2 * static_cast<std::int64_t>(chance.size())});
    }
}

TEST_CASE("an exploring push needs a seed, and no other does", "[task][E05][E06][refusal]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    w.refuses(adopt<exploration_rules>{{percent(101), 3}}, errc::invalid_argument,
        "exploration_rules", "a share from 0 to 1");
    w.refuses(adopt<exploration_rules>{{-score{1}, 3}}, errc::invalid_argument, "exploration_rules",
        "a share from 0 to 1");
    w.refuses(adopt<exploration_rules>{{percent(10), -1}}, errc::invalid_argument,
        "exploration_rules", "0 or more");
    w.accepts(by_lot(5));
    CHECK(w.recorded<lots_drawn>().empty());
    explores(w, ratio(1, 3));
    w.refuses(dispatch{one, 3}, errc::invalid_argument, "dispatch of task 1", "a seed");
    w.refuses(by_lot(5, 0), errc::invalid_argument, "dispatch.count", "from 1 to 100000");
}

TEST_CASE("who is barred, was asked or has no attention left has no lot", "[task][E06]") {
    winter_world w;
    explores(w, whole(1));
    auto made = w.brief(one);
    made.barred = {w.an, w.chen};
    w.given(open_task{made});
    w.accepts(by_lot(9));
    auto const first = asked(w);
    w.accepts(by_lot(9));
    auto const second = asked(w);
    CHECK(first.size() == 3);
    CHECK(second.size() == 3);
    for (auto who : second) {
        CHECK(std::find(first.begin(), first.end(), who) == first.end());
    }
    for (auto const& all : {first, second}) {
        CHECK(std::find(all.begin(), all.end(), w.an) == all.end());
        CHECK(std::find(all.begin(), all.end(), w.chen) == all.end());
        CHECK(std::find(all.begin(), all.end(), w.min) == all.end()); // not active
    }
}

} // namespace
