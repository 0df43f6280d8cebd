// SPDX-License-Identifier: BSL-1.0

// Rows of the catalogue (docs/catalogue.md) about whom a task reaches and why, each whole, on the
// standard programme.

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

constexpr task_id one{1};

/// The usual world, in which many tasks are opened to see whom they reach.
class match_world : public winter_world {
public:
    /// Opens a task with the next id.
    task_id opened(requirement needs, std::vector<weighted_tag> wanted = {}) {
        auto made = brief(task_id{++tasks_});
        made.needs = std::move(needs);
        made.wanted = std::move(wanted);
        made.seats = 20;
        made.base_reward = {};
        given(open_task{made});
        return made.task;
    }
    /// Whom a task would be offered to, best first.
    [[nodiscard]] ids ranked(requirement needs, std::vector<weighted_tag> wanted = {}) {
        ids who;
        for (auto const& found :
            ask(rank_members{opened(std::move(needs), std::move(wanted)), 20})) {
            who.push_back(found.member);
        }
        return who;
    }
    /// The same by their ids, where nothing prefers one to another.
    [[nodiscard]] ids reached(requirement needs) {
        auto who = ranked(std::move(needs));
        std::sort(who.begin(), who.end());
        return who;
    }
    /// What a signal, and the tag it is about, adds to somebody's fit.
    [[nodiscard]] score part(
        task_id task, member_id who, std::string const& signal, tag_id about = {}) const {
        score sum;
        for (auto const& reason : ask(consider_member{task, who}).why.parts) {
            if (reason.signal == signal && reason.about == about) {
                sum += reason.amount;
            }
        }
        return sum;
    }
    [[nodiscard]] ids asked_by(dispatch const& push) {
        accepts(push);
        ids who;
        for (auto const& sent : recorded<offer_sent>()) {
            who.push_back(sent.member);
        }
        std::sort(who.begin(), who.end());
        return who;
    }

private:
    std::uint64_t tasks_ = 0;
};

// C07

TEST_CASE("a task reaches who is at home in its region: in the city, the province or the three "
          "provinces of the Northeast",
    "[standard][C07]") {
    match_world w;
    CHECK(w.reached(has("region", "harbin")) == ids{w.an, w.bao, w.jin});
    CHECK(w.reached(has("region", "heilongjiang")) == ids{w.an, w.chen, w.bao, w.jin});
    CHECK(w.reached(has("region", "jilin")) == ids{w.dong});
    CHECK(w.reached(has("region", "liaoning")) == ids{w.fang});
    CHECK(w.reached(has("region", "northeast")) == ids{w.an, w.chen, w.dong, w.fang, w.bao, w.jin});
    CHECK(w.reached(has("region", "guangdong") && !has("region", "shenzhen")) == ids{w.hua});
    // It is offered to them and to nobody else.
    auto const task = w.opened(has("region", "northeast"));
    CHECK(w.asked_by({task, 20}) == ids{w.an, w.chen, w.dong, w.fang, w.bao, w.jin});
    CHECK(to_string(*w.ask(consider_member{task, w.guo}).failed) == "region:northeast");
    // Who moves house is found where they live now, also in a town that is new to the library.
    w.given(define_tags{{{"region", "mohe", "", {"heilongjiang"}}}});
    w.given(retag{w.guo, {{w.tag("region", "mohe")}}, {w.tag("region", "shenzhen")}});
    CHECK(w.asked_by({task, 20}) == ids{w.guo});
    CHECK(w.reached(has("region", "heilongjiang")) == ids{w.an, w.chen, w.bao, w.guo, w.jin});
    CHECK(w.reached(has("region", "south")) == ids{w.hua, w.kai});
    // As a wish instead of a condition: home first, then the province, then the Northeast.
    w.given(retag{w.guo, {{w.tag("region", "shenzhen")}}, {w.tag("region", "mohe")}});
    auto const near_harbin = has("format", "video") && has("stage", "active");
    std::vector<weighted_tag> const harbin{{w.tag("region", "harbin")}};
    CHECK(w.ranked(near_harbin, harbin) == ids{w.an, w.chen, w.dong, w.fang, w.guo});
    auto const wish = w.opened(near_harbin, harbin);
    auto const home = w.tag("region", "harbin");
    CHECK(w.part(wish, w.an, "affinity", home) == whole(2));
    CHECK(w.part(wish, w.chen, "affinity", home) == ratio(2, 3) * whole(2));
    CHECK(w.part(wish, w.dong, "affinity", home) == ratio(1, 3) * whole(2));
    CHECK(w.part(wish, w.fang, "affinity", home) == ratio(1, 3) * whole(2));
    CHECK(w.part(wish, w.guo, "affinity", home) == score{});
    CHECK(w.digest() == w.digest_of_replay());
}

// C08

TEST_CASE(
    "a task reaches who is good at its form: text and images, video or live", "[standard][C08]") {
    match_world w;
    w.given(record_contact{w.min, {}}, confirm_willingness{w.min});
    auto const text = has("format", "text_image");
    auto const video = has("format", "video");
    auto const live = has("format", "live");
    CHECK(w.reached(text) == ids{w.bao, w.hua, w.kai});
    CHECK(w.reached(video) == ids{w.an, w.chen, w.dong, w.fang, w.guo, w.jin});
    CHECK(w.reached(live) == ids{w.min});
    // Somebody may be good at several, and may learn another.
    w.given(retag{w.an, {{w.tag("format", "live"), percent(50)}}, {}});
    CHECK(w.reached(live) == ids{w.an, w.min});
    CHECK(w.reached(live && video) == ids{w.an});
    CHECK(w.reached(live || text) == ids{w.an, w.bao, w.hua, w.kai, w.min});
    CHECK(w.asked_by({w.opened(live), 20}) == ids{w.an, w.min});
    w.given(retag{w.an, {}, {w.tag("format", "live")}});
    CHECK(w.reached(live) == ids{w.min});
    // As a wish: who is better at it comes first, and who is not at all comes last.
    w.given(retag{w.an, {{w.tag("format", "live"), percent(50)}}, {}});
    std::vector<weighted_tag> const wanted{{w.tag("format", "live")}};
    auto const some = has("stage", "active") && !has("interest", "life");
    CHECK(w.ranked(some, wanted) == ids{w.min, w.an, w.chen, w.dong, w.guo});
    auto const wish = w.opened(some, wanted);
    CHECK(w.part(wish, w.min, "affinity", wanted[0].tag) == whole(2));
    CHECK(w.part(wish, w.an, "affinity", wanted[0].tag) == whole(1));
    CHECK(w.part(wish, w.chen, "affinity", wanted[0].tag) == score{});
    CHECK(w.digest() == w.digest_of_replay());
}

// C09

TEST_CASE("fields of interest have weights, of the person and of the task, and the stronger comes "
          "first",
    "[standard][C09]") {
    match_world w;
    auto const technology = w.tag("interest", "technology");
    auto const life = w.tag("interest", "life");
    auto const off_road = w.tag("interest", "off_road");
    w.given(record_contact{w.min, {}}, confirm_willingness{w.min});
    // Each field reaches its own people.
    CHECK(w.reached(has("interest", "technology")) == ids{w.an, w.chen, w.dong, w.guo, w.jin});
    CHECK(w.reached(has("interest", "life")) == ids{w.fang, w.bao, w.hua, w.kai});
    CHECK(w.reached(has("interest", "off_road")) == ids{w.an, w.min});
    // Of two who care for off-road driving, the one who cares more; it is what the score says.
    CHECK(w.ranked(has("interest", "off_road"), {{off_road}}) == ids{w.min, w.an});
    auto const drive = w.opened(has("interest", "off_road"), {{off_road}});
    CHECK(w.part(drive, w.min, "affinity", off_road) == whole(2));
    CHECK(w.part(drive, w.an, "affinity", off_road) == percent(80)); // a weight of 0.4
    // The last word on somebody's interest counts, and the next push asks by it.
    w.given(
        retag{w.an, {{off_road, percent(75)}}, {}}, retag{w.min, {{off_road, percent(50)}}, {}});
    CHECK(w.part(drive, w.an, "affinity", off_road) == percent(150));
    CHECK(w.asked_by({drive, 1}) == ids{w.an});
    w.given(retag{w.min, {}, {off_road}});
    CHECK(w.reached(has("interest", "off_road")) == ids{w.an});
    // What the task wants has weights too, and they turn the order around.
    auto const north =
        has("region", "northeast") && has("format", "video") && has("stage", "active");
    CHECK(w.ranked(north, {{technology, whole(3)}, {life, whole(1)}}) ==
        ids{w.an, w.chen, w.dong, w.fang});
    CHECK(w.ranked(north, {{technology, whole(1)}, {life, whole(3)}}) ==
        ids{w.fang, w.an, w.chen, w.dong});
    auto const mixed = w.opened(north, {{technology, whole(3)}, {life, whole(1)}});
    CHECK(w.part(mixed, w.an, "affinity", technology) == percent(150));
    CHECK(w.part(mixed, w.dong, "affinity", technology) == percent(75)); // a weight of 0.5
    CHECK(w.part(mixed, w.fang, "affinity", life) == percent(50));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a region, form or interest that is not in the library, or has no fit weight, is refused",
    "[standard][C07][C08][C09][refusal]") {
    winter_world w;
    unmoved same{w};
    auto const needs = [&](requirement what) {
        auto made = w.brief(one);
        made.needs = std::move(what);
        return open_task{made};
    };
    same.refuses(needs(has("region", "moon")), errc::unknown_id, "region:moon");
    same.refuses(needs(has("format", "hologram")), errc::unknown_id, "format:hologram");
    same.refuses(needs(has("interest", "chess")), errc::unknown_id, "interest:chess");
    same.refuses(needs(has("hobby", "chess")), errc::unknown_id, "hobby");
    same.refuses(define_tags{{{"region", "mohe", "", {"moon"}}}}, errc::unknown_id,
        "tag region:mohe", "its parent 'moon'");
    same.refuses(
        define_tags{{{"region", "harbin", "", {}}}}, errc::already_exists, "region:harbin");
    auto const technology = w.tag("interest", "technology");
    same.refuses(retag{w.an, {{technology, percent(101)}}, {}}, errc::invalid_argument,
        "tag interest:technology", "a weight above 0 and at most 1");
    same.refuses(retag{w.an, {{technology, score{}}}, {}}, errc::invalid_argument,
        "tag interest:technology", "a weight above 0 and at most 1");
    same.refuses(retag{w.an, {{tag_id{9999}}}, {}}, errc::unknown_id, "9999");
    same.refuses(
        retag{w.nobody, {{technology}}, {}}, errc::unknown_id, "member 999", "known member");
    auto made = w.brief(one);
    made.wanted = {{technology, score{}}};
    same.refuses(open_task{made}, errc::invalid_argument, "task 1", "an importance above 0");
    made.wanted = {{technology, whole(101)}};
    same.refuses(open_task{made}, errc::invalid_argument, "task 1", "at most 100");
    made.wanted = {{technology}, {technology}};
    same.refuses(open_task{made}, errc::invalid_argument, "task 1");
}

// C10

TEST_CASE(
    "past quality can be required and ranks, and one lucky piece is no record", "[standard][C10]") {
    match_world w;
    auto const technology = w.tag("interest", "technology");
    // What was handed in before and judged: three good pieces by Chen, one perfect one by Dong,
    // three poor ones by Guo, and none by An and Fang.
    std::uint64_t work = 0;
    auto const did = [&](member_id who, std::vector<score> const& qualities) {
        for (auto quality : qualities) {
            auto made = w.brief(task_id{100 + ++work});
            made.wanted = {{technology}};
            made.base_reward = {};
            w.listed(made);
            w.handed_in(made.task, who, submission_id{work});
            w.accepts(w.rate(submission_id{work}, quality));
            CHECK(w.recorded<outcome_recorded>().front().quality == quality);
        }
    };
    did(w.chen, {percent(80), percent(80), percent(80)});
    did(w.dong, {whole(1)});
    did(w.guo, {percent(30), percent(30), percent(30)});
    // As a condition: with two imagined pieces of one half, (2.4 + 1) / 5, (1 + 1) / 3 and
    // (0.9 + 1) / 5; who has done nothing yet counts as one half.
    auto const at_least = [&](std::int64_t least) {
        return w.reached(has("stage", "active") && has("format", "video") &&
            column("quality") >= percent(least));
    };
    CHECK(at_least(38) == ids{w.an, w.chen, w.dong, w.fang, w.guo});
    CHECK(at_least(39) == ids{w.an, w.chen, w.dong, w.fang});
    CHECK(at_least(50) == ids{w.an, w.chen, w.dong, w.fang});
    CHECK(at_least(51) == ids{w.chen, w.dong});
    CHECK(at_least(67) == ids{w.chen}); // Dong's one piece was perfect
    CHECK(at_least(68) == ids{w.chen});
    CHECK(at_least(69) == ids{});
    auto const proven = has("format", "video") && column("outcomes") >= 3;
    CHECK(w.reached(proven) == ids{w.chen, w.guo, w.jin});
    // The belief behind it is the less sure, the less there is.
    auto const chen = w.ask(assess_work{w.chen, technology});
    auto const dong = w.ask(assess_work{w.dong, technology});
    CHECK(chen.pieces == whole(3));
    CHECK(dong.pieces == whole(1));
    CHECK(chen.error < dong.error);
    CHECK(dong.quality < percent(80));
    // It ranks: between two who differ in nothing but how good their work was.
    auto const task =
        w.opened(has("stage", "active") && has("interest", "technology") && column("outcomes") >= 3,
            {{technology}});
    CHECK(w.ask(rank_members{task, 9}).front().member == w.chen);
    auto const better = w.part(task, w.chen, "quality", technology);
    auto const poorer = w.part(task, w.guo, "quality", technology);
    CHECK(better > poorer);
    CHECK(w.ask(consider_member{task, w.chen}).fit - w.ask(consider_member{task, w.guo}).fit ==
        better - poorer);
    CHECK(w.asked_by({task, 1}) == ids{w.chen});
    // Better work turns it around.
    did(w.guo, std::vector<score>(6, whole(1)));
    did(w.chen, std::vector<score>(6, percent(10)));
    CHECK(w.ask(consider_member{w.opened(has("stage", "active"), {{technology}}), w.guo}).fit >
        w.ask(consider_member{w.opened(has("stage", "active"), {{technology}}), w.chen}).fit);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a quality that nobody can have, or of work to come, is refused", "[standard][C10][refusal]") {
    winter_world w;
    unmoved same{w};
    auto const technology = w.tag("interest", "technology");
    same.refuses(record_outcome{w.an, {technology}, percent(101), w.now()}, errc::invalid_argument,
        "record_outcome.quality", "from 0 to 1");
    same.refuses(record_outcome{w.an, {technology}, percent(90), w.now() + duration{1}},
        errc::invalid_argument, "outcome of member 1", "not in the future");
    same.refuses(record_outcome{w.an, {technology, technology}, percent(90), w.now()},
        errc::invalid_argument, "outcome of member 1");
    same.refuses(record_outcome{w.nobody, {technology}, percent(90), w.now()}, errc::unknown_id,
        "member 999");
    same.refuses(record_outcome{w.ou, {technology}, percent(90), w.now()}, errc::not_qualified,
        "member 13", "alumni are not");
    same.refuses(correct_outcome{w.an, {technology}, percent(90), percent(20), w.now()},
        errc::unknown_id, "outcome of member 1", "an outcome that was recorded");
    auto made = w.brief(one);
    made.needs = column("qualty") >= percent(60);
    same.refuses(open_task{made}, errc::unknown_id, "qualty");
}

// C11

/// The usual world, where it is known who is a woman.
class told_world : public match_world {
public:
    told_world() {
        given(define_facet{{"gender", true}}, define_tags{{{"gender", "female", "", {}}}});
        given(retag{hua, {{tag("gender", "female")}}, {}},
            retag{an, {{tag("gender", "female")}}, {}}, retag{kai, {{tag("style", "warm")}}, {}});
    }
};

TEST_CASE("style decides freely, and who somebody is only where the programme's policy lets it",
    "[standard][C11]") {
    told_world w;
    auto const warm = has("style", "warm");
    auto const woman = has("gender", "female");
    // A parent-child task for somebody who writes warmly.
    CHECK(w.reached(warm) == ids{w.hua, w.kai});
    CHECK(w.ranked(has("format", "text_image") && has("stage", "active"),
              {{w.tag("style", "warm")}}) == ids{w.hua, w.bao});
    // For a woman who does: not by the standard policy, though it is known.
    auto made = w.brief(task_id{50});
    made.needs = warm && woman;
    w.refuses(open_task{made}, errc::not_qualified, "gender:female", "sensitive");
    w.given(adopt<tag_library_rules>{{sensitive_tags::allowed}});
    w.accepts(open_task{made});
    CHECK(w.asked_by({made.task, 9}) == ids{w.hua}); // not Kai, who writes warmly; not An
    CHECK(w.reached(woman) == ids{w.an, w.hua});
    CHECK(w.ranked(has("format", "video") && has("stage", "active"), {{w.tag("gender", "female")}})
              .front() == w.an);
    // The policy is withdrawn, and decides nothing from then on.
    w.given(adopt<tag_library_rules>{{sensitive_tags::refused}});
    made.task = task_id{51};
    w.refuses(open_task{made}, errc::not_qualified, "gender:female", "sensitive");
    CHECK(w.reached(warm) == ids{w.hua, w.kai});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a task that is open goes by no sensitive tag any more once the policy is withdrawn",
    "[standard][C11]") {
    told_world w;
    w.given(adopt<tag_library_rules>{{sensitive_tags::allowed}});
    auto const wish = w.opened(has("format", "video"), {{w.tag("gender", "female")}});
    auto const condition = w.opened(has("gender", "female"));
    w.given(list_task{condition});
    CHECK(w.ask(rank_members{wish, 1}).front().member == w.an);
    w.given(adopt<tag_library_rules>{{sensitive_tags::refused}});
    unmoved same{w};
    auto const unfit = "does not let this facet decide";
    same.refuses(dispatch{wish, 3}, errc::not_qualified, "tag gender:female", unfit);
    same.denies(rank_members{wish, 3}, errc::not_qualified, "tag gender:female", unfit);
    same.denies(consider_member{wish, w.an}, errc::not_qualified, "tag gender:female", unfit);
    same.refuses(dispatch{condition, 3}, errc::not_qualified, "gender:female", "sensitive");
    same.refuses(claim_task{condition, w.an}, errc::not_qualified, "gender:female", "sensitive");
}

TEST_CASE("a sensitive tag is refused wherever it would decide", "[standard][C11][refusal]") {
    told_world w;
    unmoved same{w};
    auto made = w.brief(one);
    made.needs = has("region", "northeast") && !has("age", "over_sixty");
    same.refuses(open_task{made}, errc::not_qualified, "age:over_sixty", "sensitive");
    made.needs = has("style", "warm") || has("gender", "female");
    same.refuses(open_task{made}, errc::not_qualified, "gender:female", "sensitive");
    made.needs = everybody();
    made.wanted = {{w.tag("age", "over_sixty")}};
    same.refuses(open_task{made}, errc::not_qualified, "tag age:over_sixty",
        "does not let this facet decide");
    made.wanted = {{w.tag("gender", "female")}};
    same.refuses(open_task{made}, errc::not_qualified, "tag gender:female",
        "does not let this facet decide");
    same.refuses(adopt<task_rules>{{everybody(), has("age", "over_sixty")}}, errc::not_qualified,
        "age:over_sixty");
    same.denies(find_members{has("gender", "female")}, errc::not_qualified, "tag gender:female",
        "sensitive");
    same.refuses(adopt<tag_library_rules>{{static_cast<sensitive_tags>(7)}}, errc::invalid_argument,
        "sensitive");
}

// E01

TEST_CASE("each fact about a person is a part of their score under its own name, and changes no "
          "other part",
    "[standard][E01]") {
    match_world w;
    auto const harbin = w.tag("region", "harbin");
    auto const technology = w.tag("interest", "technology");
    auto const task = w.opened(has("region", "northeast"), {{harbin}, {technology, whole(3)}});
    auto const why = [&] {
        auto const found = w.ask(consider_member{task, w.dong});
        CHECK(found.why.total() == found.fit);
        return found.why.parts;
    };
    using parts = std::vector<std::pair<std::string, tag_id>>;
    /// What differs between two explanations, by signal and tag.
    auto const changed = [](std::vector<reason> const& a, std::vector<reason> const& b) {
        parts found;
        auto const missing = [&](std::vector<reason> const& from, std::vector<reason> const& in) {
            for (auto const& part : from) {
                std::pair const named{part.signal, part.about};
                if (std::find(in.begin(), in.end(), part) == in.end() &&
                    std::find(found.begin(), found.end(), named) == found.end()) {
                    found.push_back(named);
                }
            }
        };
        missing(a, b);
        missing(b, a);
        return found;
    };
    // Dong lives in another province (a third of the way) and cares half for technology.
    auto before = why();
    CHECK(w.part(task, w.dong, "affinity", harbin) ==
        score{ratio(1, 3).raw * score::unit / whole(4).raw} * whole(2));
    CHECK(w.part(task, w.dong, "affinity", technology) == percent(75));
    auto const step = [&] {
        auto const now = why();
        auto const what = changed(before, now);
        before = now;
        return what;
    };
    w.given(retag{w.dong, {{technology, percent(90)}}, {}});
    CHECK(step() == parts{{"affinity", technology}});
    w.given(retag{w.dong, {{harbin}}, {w.tag("region", "changchun")}});
    CHECK(step() == parts{{"affinity", harbin}});
    // Unfinished work.
    w.listed(w.brief(task_id{50}));
    w.given(claim_task{task_id{50}, w.dong});
    CHECK(step() == parts{{"load", {}}});
    CHECK(w.part(task, w.dong, "load") == -percent(50));
    w.given(submit_work{submission_id{1}, task_id{50}, w.dong, "https://example.org/1"});
    CHECK(step() == parts{{"load", {}}});
    // An outcome corrected: how good, not how much.
    w.given(record_outcome{w.dong, {technology}, percent(90), w.now()});
    before = why();
    w.given(correct_outcome{w.dong, {technology}, percent(90), percent(40), w.now()});
    CHECK(step() == parts{{"quality", harbin}, {"quality", technology}});
    // A day passes: what somebody does at the moment fades, what they are does not.
    w.wait(days(1));
    auto const faded = step();
    CHECK(std::find(faded.begin(), faded.end(), std::pair<std::string, tag_id>{"active now", {}}) !=
        faded.end());
    CHECK(std::none_of(faded.begin(), faded.end(), [](auto const& part) {
        return part.first == "affinity" || part.first == "load" || part.first == "specialism";
    }));
    // And this is what the offer says.
    w.accepts(dispatch{task, 9});
    auto const sent = w.recorded<offer_sent>();
    auto const offer = std::find_if(
        sent.begin(), sent.end(), [&](offer_sent const& e) { return e.member == w.dong; });
    REQUIRE(offer != sent.end());
    CHECK(offer->why.parts == before);
    CHECK(offer->fit == offer->why.total());
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
