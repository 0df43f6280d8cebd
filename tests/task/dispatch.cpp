// SPDX-License-Identifier: BSL-1.0
#include <koc/task/dispatch.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
using ids = std::vector<member_id>;

ids asked(scenario const& s) {
    ids found;
    for (auto const& sent : s.emitted<offer_sent>()) {
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
    auto const sent = w.emitted<offer_sent>();
    CHECK(std::is_sorted(
        sent.begin(), sent.end(), [](auto const& a, auto const& b) { return a.fit > b.fit; }));
    for (auto const& offer : sent) {
        CHECK(offer.from == origin::push);
        CHECK(offer.wave == 1);
        CHECK(offer.answer_by == w.now() + days(3));
    }
    CHECK(w.emitted<attention_asked>().size() == sent.size());
    CHECK(w.digest() == w.digest_of_replay());
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
    auto const ranked = [&](task_brief made) {
        made.task = task_id{w.get<tasks>().all().size() + 1};
        w.given(open_task{made});
        auto const found = *w.get<dispatching>().rank(w.look(), made.task, 20, w.now());
        ids who;
        for (auto const& m : found) {
            who.push_back(m.id);
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
    auto const dong = *w.get<dispatching>().consider(w.look(), one, w.dong, w.now());
    CHECK(to_string(*dong.failed) == "skill:deep_review");
    auto const guo = *w.get<dispatching>().consider(w.look(), one, w.guo, w.now());
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
        RC_ASSERT(!w.emitted<offer_sent>().empty());
        for (auto const& sent : w.emitted<offer_sent>()) {
            RC_ASSERT(sent.why.total() == sent.fit);
            RC_ASSERT(w.get<offers>().find(sent.offer)->fit == sent.fit);
        }
    }));
}

TEST_CASE("an explanation names each signal and the tag it is about", "[task][E01]") {
    winter_world w;
    w.given(open_task{winter_test(w)});
    auto const why = (*w.get<dispatching>().consider(w.look(), one, w.jin, w.now())).why;
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

TEST_CASE("whoever is left out hears the first thing in the way", "[task][E02]") {
    koc::standard::programme rules;
    rules.attention.asks_max = 2;
    winter_world w{rules};
    auto const only = [&](std::uint64_t id, requirement needs) {
        auto made = w.brief(task_id{id});
        made.needs = std::move(needs);
        made.seats = 10;
        w.given(open_task{made});
        return task_id{id};
    };
    auto made = winter_test(w);
    made.barred = {w.fang};
    made.seats = 10;
    w.given(open_task{made}, list_task{one});

    auto const consider = [&](member_id who) {
        return *w.get<dispatching>().consider(w.look(), one, who, w.now());
    };
    auto const failed = [&](member_id who) { return to_string(consider(who).failed.value()); };
    auto const stopped = [&](member_id who) {
        auto const v = consider(who);
        CHECK_FALSE(v.failed);
        CHECK_FALSE(v.admitted());
        CHECK(v.fit == score{});
        return v.stopped_by.value();
    };

    // Nothing is in the way.
    CHECK(consider(w.an).admitted());
    CHECK(consider(w.an).why.total() == consider(w.an).fit);
    // The programme's requirement, the task's, in the order in which they are written.
    CHECK(failed(w.lan) == "stage:active or stage:mature");
    CHECK(failed(w.min) == "stage:active or stage:mature"); // though the region fails as well
    CHECK(failed(w.guo) == "region:northeast");
    CHECK(failed(w.hua) == "region:northeast"); // though the form fails as well
    CHECK(failed(w.bao) == "format:video");
    // Barred.
    CHECK(stopped(w.fang) == "is barred from this task");
    // Asked before: here a claim, given back by time.
    w.given(claim_task{one, w.dong});
    CHECK(stopped(w.dong) == "has had this task offered: held");
    // Too much unfinished work.
    for (std::uint64_t id : {std::uint64_t{11}, std::uint64_t{12}}) {
        w.given(list_task{only(id, everybody())}, claim_task{task_id{id}, w.chen});
    }
    CHECK(stopped(w.chen) == "holds 2 of at most 2 unfinished tasks");
    // A refusal lately.
    auto const an_only = has("region", "harbin") && has("interest", "off_road");
    w.given(dispatch{only(21, an_only)});
    auto const offer = w.emitted<offer_sent>().front();
    CHECK(offer.member == w.an);
    w.given(decline_offer{offer.offer, {}});
    CHECK(stopped(w.an).find("declined lately and is left in peace until 2026-01-07") == 0);
    // Asked often enough within the window.
    w.wait(days(2)).given(dispatch{only(22, an_only)});
    CHECK(stopped(w.an).find("was asked 2 times") == 0);
    w.wait(days(6));
    CHECK(consider(w.an).admitted());

    // The search acts on the same answers.
    auto const chosen = *w.get<dispatching>().rank(w.look(), one, 100, w.now());
    for (auto const& person : w.get<roster>().people().by<member_rows::by_stage>()) {
        auto const ranked = std::any_of(
            chosen.begin(), chosen.end(), [&](auto const& m) { return m.id == person.id; });
        CHECK(ranked == consider(person.id).admitted());
    }
}

TEST_CASE("considering somebody or something unknown is refused", "[task][E02]") {
    winter_world w;
    w.given(open_task{w.brief(one)});
    auto const& push = w.get<dispatching>();
    CHECK(push.consider(w.look(), task_id{9}, w.an, w.now()).error().subject == "task 9");
    CHECK(push.consider(w.look(), one, w.nobody, w.now()).error().subject == "member 999");
    CHECK(push.rank(w.look(), task_id{}, 3, w.now()).error().code == errc::unknown_id);
    CHECK(push.rank(w.look(), one, 0, w.now())->empty());
}

TEST_CASE("nobody is asked for the same task twice, wave after wave", "[task][C13]") {
    winter_world w;
    w.given(open_task{winter_test(w)});
    w.accepts(dispatch{one, 2});
    auto const best = asked(w);
    CHECK(best == ids{w.jin, w.an});
    w.wait(days(3)).given(expire_offers{}).accepts(dispatch{one, 2});
    CHECK(asked(w) == ids{w.chen, w.dong});
    CHECK(w.emitted<offer_sent>().front().wave == 2);
    w.wait(days(30) - days(3) - hours(1)).accepts(dispatch{one, 20});
    CHECK(asked(w) == ids{w.fang});
    w.refuses(dispatch{one, 20}, errc::not_qualified, "task 1", "relax the requirement or wait");
}

TEST_CASE("however many dispatches over however long, nobody is asked or laden beyond the rules",
    "[task][C15]") {
    CHECK(rc::check([] {
        koc::standard::programme rules;
        rules.attention.asks_max = *rc::gen::inRange(1, 4);
        rules.attention.window = hours(*rc::gen::inRange(1, 400));
        rules.attention.commitments_max = *rc::gen::inRange(1, 3);
        rules.attention.cool_down = hours(*rc::gen::inRange(0, 100));
        winter_world w{rules};
        std::uint64_t tasks_open = 0;
        std::map<member_id, std::vector<instant>> asks;
        std::map<member_id, instant> refused;
        for (int step = *rc::gen::inRange(1, 60); step > 0; --step) {
            w.wait(hours(*rc::gen::inRange(0, 72)));
            auto const any_task = task_id{*rc::gen::inRange<std::uint64_t>(1, tasks_open + 2)};
            auto const any_offer =
                offer_id{*rc::gen::inRange<std::uint64_t>(1, w.get<offers>().all().size() + 2)};
            switch (*rc::gen::inRange(0, 8)) {
            case 0:
            case 1: {
                auto made = w.brief(task_id{++tasks_open});
                made.seats = 5;
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
            case 5: {
                auto const* offer = w.get<offers>().find(any_offer);
                w.when(decline_offer{any_offer, {}});
                if (w.accepted()) {
                    refused[offer->member] = w.now();
                }
                break;
            }
            case 6:
                w.when(claim_task{any_task, member_id{*rc::gen::inRange<std::uint64_t>(1, 10)}});
                break;
            default:
                w.when(expire_offers{});
                break;
            }
            if (!w.accepted()) {
                continue;
            }
            for (auto const& sent : w.emitted<offer_sent>()) {
                if (sent.from == origin::push) {
                    asks[sent.member].push_back(w.now());
                    // No `||` inside RC_ASSERT: RapidCheck's own would look at both sides.
                    auto const it = refused.find(sent.member);
                    auto const in_peace =
                        it != refused.end() && it->second + rules.attention.cool_down > w.now();
                    RC_ASSERT_FALSE(in_peace);
                }
            }
            for (auto const& [who, times] : asks) {
                auto const within = std::count_if(times.begin(), times.end(),
                    [&](instant at) { return at > w.now() - rules.attention.window; });
                RC_ASSERT(within <= rules.attention.asks_max);
            }
            w.get<roster>().people().for_each([&](member_record const& m) {
                RC_ASSERT(m.commitments <= rules.attention.commitments_max);
                RC_ASSERT(m.commitments >= 0);
                RC_ASSERT(m.commitments == w.get<attention>().commitments(m.id));
            });
            for (auto const& t : w.get<tasks>().all()) {
                RC_ASSERT(w.get<offers>().seats_taken(t.id) <= t.brief.seats);
            }
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
             {{one, 0}, errc::invalid_argument, "dispatch of task 1", "100,000"},
             {{one, -1}, errc::invalid_argument, "dispatch of task 1", "100,000"},
             {{one, 100'001}, errc::invalid_argument, "dispatch of task 1", "100,000"},
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

/// A third of the places, by lot.
koc::standard::programme exploring() {
    koc::standard::programme rules;
    rules.exploration.share = ratio(1, 3);
    return rules;
}

TEST_CASE("a programme that explores gives a share of each push to the unknown, by a recorded lot",
    "[task][E05][E06]") {
    winter_world w{exploring()};
    w.given(open_task{w.brief(one)});
    dispatch asked_with{one, 3};
    asked_with.seed = 2026;
    w.accepts(asked_with);
    auto const drawn = w.emitted<lots_drawn>();
    REQUIRE(drawn.size() == 1);
    CHECK(drawn.front().task == one);
    CHECK(drawn.front().wave == 1);
    CHECK(drawn.front().seed == 2026);
    CHECK(drawn.front().share == ratio(1, 3));
    auto const sent = w.emitted<offer_sent>();
    REQUIRE(sent.size() == drawn.front().asked.size());
    score sum;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        auto const& by = drawn.front().asked[i];
        CHECK(by.member == sent[i].member);
        CHECK(by.chance > score{});
        CHECK(by.chance <= whole(1));
        CHECK(sent[i].why.total() == sent[i].fit); // a lot is no score
        if (by.by_lot) {
            CHECK(w.person(by.member).outcomes < 3);
        }
        sum += by.chance;
    }
    CHECK(w.digest() == w.digest_of_replay());
    // The same seed asks the same people, another one other people.
    auto const again = [](std::uint64_t seed) {
        winter_world other{exploring()};
        other.given(open_task{other.brief(one)});
        dispatch with{one, 3};
        with.seed = seed;
        other.accepts(with);
        return asked(other);
    };
    CHECK(again(2026) == asked(w));
    bool differs = false;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        differs = differs || again(seed) != asked(w);
    }
    CHECK(differs);
}

TEST_CASE("what came of an exploring push, weighed by its chances, stands for all who had one",
    "[task][E05][E08]") {
    std::map<member_id, score> chance_of;
    std::map<member_id, double> estimate;
    constexpr int draws = 300;
    auto const asked_with = [](std::uint64_t seed) {
        winter_world other{exploring()};
        other.given(open_task{other.brief(one)});
        dispatch with{one, 2};
        with.seed = seed;
        other.accepts(with);
        return other.emitted<lots_drawn>().front().asked;
    };
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        for (auto const& a : asked_with(seed)) {
            chance_of[a.member] = a.chance;
            estimate[a.member] +=
                static_cast<double>(score::unit) / static_cast<double>(a.chance.raw) / draws;
        }
    }
    CHECK(chance_of.size() > 2);
    double people = 0;
    for (auto const& [who, share] : estimate) {
        people += share;
    }
    auto const truth = static_cast<double>(chance_of.size());
    CHECK(people > truth * 0.8);
    CHECK(people < truth * 1.2);
}

TEST_CASE("an exploring push needs a seed, and no other does", "[task][E06]") {
    winter_world w{exploring()};
    w.given(open_task{w.brief(one)});
    w.refuses(dispatch{one, 3}, errc::invalid_argument, "dispatch of task 1", "a seed");
    winter_world plain;
    plain.given(open_task{plain.brief(one)});
    dispatch with{one, 3};
    with.seed = 5;
    plain.accepts(with);
    CHECK(plain.emitted<lots_drawn>().empty());
}

TEST_CASE("who is barred, was asked or has no attention left has no lot", "[task][E06]") {
    koc::standard::programme rules;
    rules.exploration.share = whole(1);
    winter_world w{rules};
    auto made = w.brief(one);
    made.barred = {w.an, w.chen};
    w.given(open_task{made});
    dispatch with{one, 3};
    with.seed = 9;
    w.accepts(with);
    auto const first = asked(w);
    w.accepts(with);
    auto const second = asked(w);
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
