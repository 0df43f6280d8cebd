// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/learned_tags.hpp>

#include <koc/describe/digest.hpp>
#include <koc/engine/rule_versions.hpp>
#include <koc/engine/trial.hpp>
#include <koc/state/difference.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;
using tags = std::vector<tag_id>;

constexpr member_id bai{80};
constexpr member_id qi{81};
constexpr task_id northern{1};
constexpr platform_id videos{1};

/// A world in which reviews and road trips can be learned, and pieces never stop counting.
class watched_world : public winter_world {
public:
    watched_world() {
        given(define_facet{{"topic", false, true}},
            define_tags{
                {{"topic", "road_trips", "", {}}, {"topic", "winter_trips", "", {"road_trips"}},
                    {"topic", "family_trips", "", {"road_trips"}}}},
            declare_platform{videos, "Video site", days(4000), days(4000)},
            adopt<learning_rules>{{.counts_for = for_ever}});
    }
    [[nodiscard]] tag_id deep() const { return tag("skill", "deep_review"); }
    [[nodiscard]] tag_id topic(char const* key) const { return tag("topic", key); }

    /// A thorough piece of today, each under an id of its own.
    report_content piece(member_id who, tags about, score depth = percent(80)) {
        report_content made{signal_id{++last_}, who, depth, percent(50), percent(90), true, 100};
        made.about = std::move(about);
        return made;
    }
    /// Pieces of as many days, up to now.
    void pieces(member_id who, tags const& about, int count) {
        for (int i = 0; i < count; ++i) {
            wait(days(1));
            given(piece(who, about));
        }
    }
    [[nodiscard]] signal_id last() const { return signal_id{last_}; }
    /// Somebody of Harbin who is active, with tags of their own.
    void joins(member_id who) {
        given(enrol{who, {who.value(), "Bai Ruixue"}, {source::open}, {{tag("region", "harbin")}}},
            record_contact{who, {}}, confirm_willingness{who});
    }
    [[nodiscard]] ids who(requirement needs) const { return ask(find_members{std::move(needs)}); }
    [[nodiscard]] learned_tag_view view(member_id of, tag_id tag) const {
        for (auto& seen : ask(list_learned_tags{of})) {
            if (seen.tag == tag) {
                return seen;
            }
        }
        return {};
    }
    [[nodiscard]] contest_evidence contest(member_id who, signal_id which) const {
        return {who, which, {who.value(), "My brother filmed this"}};
    }
    /// The part of a reason that says from where a tag is known; empty where none does.
    [[nodiscard]] static std::string source_of(explanation const& why, tag_id tag) {
        for (auto const& part : why.parts) {
            if (part.about == tag && part.amount == score{}) {
                return part.signal;
            }
        }
        return {};
    }

private:
    std::uint64_t last_ = 0;
};

TEST_CASE("a condition joins a region with deep reviews that were observed: three qualify her, one "
          "does not, and contesting one takes that away",
    "[member][C14]") {
    watched_world w;
    w.joins(bai);
    auto made = w.brief(northern);
    made.needs = has("region", "northeast") && has("skill", "deep_review");
    w.given(open_task{made});
    auto const missing = [&](member_id of) {
        auto const found = w.ask(consider_member{northern, of});
        return found.failed ? to_string(*found.failed) : std::string{};
    };
    w.refuses(dispatch{northern, 9}, errc::not_qualified, "task 1", "meets the requirement");

    w.pieces(bai, {w.deep()}, 1);
    w.pieces(w.guo, {w.deep()}, 3); // in the South
    CHECK(missing(bai) == "skill:deep_review");
    w.refuses(dispatch{northern, 9}, errc::not_qualified, "task 1", "meets the requirement");
    w.pieces(bai, {w.deep()}, 1);
    CHECK(missing(bai) == "skill:deep_review");
    w.pieces(bai, {w.deep()}, 1);
    CHECK(w.recorded<tags_learned>().size() == 1);
    CHECK(missing(bai).empty());
    CHECK(missing(w.guo) == "region:northeast");
    CHECK(w.view(bai, w.deep()).confidence == ratio(24, 34)); // 3 x 0.8, and as much doubt as one

    w.accepts(dispatch{northern, 9});
    auto const sent = w.recorded<offer_sent>();
    REQUIRE(sent.size() == 1);
    CHECK(sent.front().member == bai);
    CHECK(w.source_of(sent.front().why, w.deep()) == "learned from 3 pieces");
    CHECK(sent.front().why.total() == sent.front().fit);

    // One of them is not hers.
    w.as({actor_kind::member, bai.value()}).accepts(w.contest(bai, w.last()));
    CHECK(w.recorded<tags_learned>().front().fallen == tags{w.deep()});
    w.as({});
    CHECK(missing(bai) == "skill:deep_review");
    made.task = task_id{2};
    w.given(open_task{made});
    w.refuses(dispatch{task_id{2}, 9}, errc::not_qualified, "task 2", "meets the requirement");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("content that speaks for no tag that can be learned qualifies nobody, and is not "
          "contested",
    "[member][C14][refusal]") {
    watched_world w;
    w.joins(bai);
    w.pieces(bai, {w.tag("interest", "technology"), w.tag("age", "over_sixty")}, 5);
    auto made = w.brief(northern);
    made.needs = has("region", "northeast") && has("skill", "deep_review");
    w.given(open_task{made});
    unmoved same{w};
    same.refuses(dispatch{northern, 9}, errc::not_qualified, "task 1", "meets the requirement");
    same.refuses(send_offer{northern, bai, origin::push, 1, {}, {}, w.now() + days(1)},
        errc::not_qualified, "member 80", "skill:deep_review");
    same.refuses(w.contest(bai, w.last()), errc::unknown_id, "signal 5",
        "expected a piece of member 80 that carries a tag which can be learned");
}

TEST_CASE("whoever often publishes on something is found by it, with the evidence and a confidence "
          "that grows, until they contest it",
    "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    auto const found = [&] { return w.who(has("topic", "road_trips")); };
    // Three pieces of one day are one occasion; pieces that are not thorough are none.
    for (int i = 0; i < 3; ++i) {
        w.given(w.piece(bai, {trips}));
    }
    w.wait(days(1));
    w.given(w.piece(bai, {trips}, percent(59)));
    CHECK(found().empty());
    CHECK_FALSE(w.view(bai, trips).learned);
    CHECK(w.view(bai, trips).pieces == 3);
    CHECK(w.view(bai, trips).days == 1);
    // A piece told in a batch, of an earlier day, and paid for: it speaks for her, but half as
    // much.
    auto asked_for = w.piece(bai, {trips});
    asked_for.self_initiated = false;
    asked_for.at = w.now() - days(30);
    w.accepts(report_signals{videos, 1, {asked_for}});
    CHECK(found() == ids{bai});
    auto const first = w.view(bai, trips);
    CHECK(first.learned);
    CHECK_FALSE(first.given);
    CHECK(first.pieces == 4);
    CHECK(first.days == 2);
    CHECK(first.confidence == ratio(28, 38)); // 3 x 0.8 + 0.4
    REQUIRE(first.evidence.size() == 5);
    CHECK(first.evidence[3] ==
        evidence_view{{}, signal_id{4}, w.now(), percent(59), {}, false}); // shallow
    CHECK(first.evidence[4] ==
        evidence_view{videos, signal_id{5}, w.now() - days(30), percent(80), percent(40), false});
    CHECK(w.at(bai).tags.weight(trips) == first.confidence);
    // More of it is more sure, and what is sure comes first.
    w.joins(qi);
    w.pieces(qi, {trips}, 9);
    w.pieces(bai, {trips}, 1);
    CHECK(w.view(bai, trips).confidence > first.confidence);
    CHECK(w.view(qi, trips).confidence > w.view(bai, trips).confidence);
    CHECK(w.view(qi, trips).confidence < whole(1));
    auto made = w.brief(northern);
    made.wanted = {{trips}};
    made.needs = has("topic", "road_trips");
    w.given(open_task{made}, dispatch{northern, 9});
    auto const sent = w.recorded<offer_sent>();
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].member == qi);
    CHECK(w.source_of(sent[0].why, trips) == "learned from 9 pieces");
    CHECK(w.source_of(sent[1].why, trips) == "learned from 5 pieces");
    CHECK(w.source_of(w.ask(consider_member{northern, w.jin}).why, trips).empty());
    // Without two of her pieces there is one day left, and she is not found by it any more.
    w.as({actor_kind::member, bai.value()});
    auto batched = w.contest(bai, asked_for.signal);
    batched.platform = videos;
    w.given(batched);
    CHECK(w.view(bai, trips).learned);
    w.given(w.contest(bai, w.last()));
    w.as({});
    CHECK(w.view(bai, trips).days == 1);
    CHECK(found() == ids{qi});
    CHECK(to_string(*w.ask(consider_member{northern, bai}).failed) == "topic:road_trips");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("pieces on different things speak for what stands above them", "[member][F04]") {
    watched_world w;
    w.joins(bai);
    w.pieces(bai, {w.topic("winter_trips")}, 2);
    w.pieces(bai, {w.topic("family_trips")}, 1);
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    CHECK(w.who(has("topic", "winter_trips")).empty());
    w.pieces(bai, {w.topic("winter_trips")}, 1);
    CHECK(w.who(has("topic", "winter_trips")) == ids{bai});
    CHECK(w.view(bai, w.topic("road_trips")).pieces == 4);
    CHECK(w.view(bai, w.topic("family_trips")).pieces == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "what was observed before somebody is enrolled is learned when they are", "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.pieces(bai, {trips}, 3);
    w.pieces(qi, {trips}, 2);
    CHECK(w.history_of<tags_learned>().empty());
    auto const before = w.view(bai, trips);
    CHECK_FALSE(before.learned);
    CHECK(before.confidence == ratio(24, 34));
    w.accepts(enrol_candidate{bai, {bai.value(), "Bai Ruixue"}, {}});
    CHECK(w.recorded<tags_learned>().front().learned ==
        std::vector<learned_tag>{{trips, ratio(24, 34), 3}});
    w.accepts(enrol_candidate{qi, {qi.value(), "Qi"}, {}});
    CHECK(w.recorded<tags_learned>().empty());
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    w.pieces(qi, {trips}, 1);
    CHECK(w.who(has("topic", "road_trips")) == ids{bai, qi});
    // A piece of a candidate may be contested as well.
    w.pieces(member_id{90}, {trips}, 3);
    w.given(w.contest(member_id{90}, w.last()));
    w.given(enrol_candidate{member_id{90}, {90, "Ren"}, {}});
    CHECK(w.who(has("topic", "road_trips")) == ids{bai, qi});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a contested piece counts for nothing any more, and the tag comes back from other pieces "
          "alone",
    "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    w.pieces(bai, {trips, w.deep()}, 1);
    auto const contested = w.last();
    w.pieces(bai, {trips, w.deep()}, 3);
    auto const sure = w.view(bai, trips).confidence;
    CHECK(w.at(bai).tags.weight(trips) == sure);
    // With four pieces one may fall: the tags stay, and are less sure.
    w.as({actor_kind::member, bai.value()}).accepts(w.contest(bai, contested));
    CHECK(w.at<learned_tags_record>(bai).only_learned(trips)->pieces == 3);
    CHECK(w.view(bai, trips).confidence < sure);
    CHECK(w.at(bai).tags.weight(trips) == w.view(bai, trips).confidence);
    CHECK(w.view(bai, trips).evidence.front().contested);
    // With the next both fall.
    w.as({actor_kind::employee, 3}).accepts(w.contest(bai, w.last()));
    CHECK(w.recorded<tags_learned>().front().fallen == tags{w.deep(), trips});
    CHECK(w.who(has("topic", "road_trips")).empty());
    CHECK_FALSE(w.at(bai).tags.contains(w.deep()));
    CHECK(w.engine().find_record<learned_tags_record>(bai.value()) == nullptr);
    // The same evidence is not told anew.
    w.as({});
    auto again = w.piece(bai, {trips});
    again.signal = contested;
    w.refuses(again, errc::already_exists, "signal 1", "skip it");
    CHECK(w.who(has("topic", "road_trips")).empty());
    // Another piece is.
    w.pieces(bai, {trips}, 1);
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    CHECK(w.view(bai, trips).pieces == 3);
    CHECK(w.view(bai, trips).evidence.size() == 5);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a tag that was given, by hand or for work, is neither weakened nor taken by what content "
    "says",
    "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    // Given first, and learned as well.
    w.given(retag{bai, {{trips, percent(90)}}, {}});
    w.pieces(bai, {trips, w.deep()}, 3);
    CHECK(w.view(bai, trips).learned);
    CHECK(w.view(bai, trips).given);
    CHECK(w.at(bai).tags.weight(trips) == percent(90));
    // Learned first, and proven by work afterwards.
    CHECK(w.at(bai).tags.weight(w.deep()) < whole(1));
    w.given(record_outcome{bai, {w.deep()}, percent(90), w.now()});
    CHECK(w.at(bai).tags.weight(w.deep()) == whole(1));
    auto made = w.brief(northern);
    made.needs = has("skill", "deep_review") && has("topic", "road_trips");
    w.given(open_task{made});
    CHECK(w.source_of(w.ask(consider_member{northern, bai}).why, w.deep()).empty());
    // What is learned falls, what was given stays.
    w.given(w.contest(bai, w.last()));
    CHECK_FALSE(w.view(bai, trips).learned);
    CHECK(w.view(bai, trips).given);
    CHECK(w.at(bai).tags.weight(trips) == percent(90));
    CHECK(w.at(bai).tags.weight(w.deep()) == whole(1));
    // Where the gift is taken back, what content says remains.
    w.pieces(bai, {trips}, 1);
    CHECK(w.view(bai, trips).learned);
    w.given(retag{bai, {}, {trips}});
    CHECK_FALSE(w.view(bai, trips).given);
    CHECK(w.at(bai).tags.weight(trips) == ratio(24, 34));
    w.given(retag{bai, {{trips, percent(70)}}, {}});
    CHECK(w.view(bai, trips).given);
    w.given(w.contest(bai, w.last()));
    CHECK(w.at(bai).tags.weight(trips) == percent(70));
    w.given(retag{bai, {}, {trips}});
    CHECK_FALSE(w.at(bai).tags.contains(trips));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("evidence ages where the rules say so, and a tag falls by itself when too little is left",
    "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    w.pieces(bai, {trips}, 3);
    auto const newest = w.now();
    w.wait(days(300));
    CHECK(w.view(bai, trips).confidence == ratio(24, 34)); // by the rules of this world not at all
    w.given(adopt<learning_rules>{{.counts_for = days(400)}});
    w.time_passes();
    CHECK(w.view(bai, trips).learned);
    auto const aged = w.view(bai, trips).confidence;
    CHECK(aged < ratio(1, 2));
    w.wait(days(50));
    CHECK(w.view(bai, trips).confidence < aged);
    w.wait(days(47)).time_passes();
    CHECK(w.now() < newest - days(2) + days(400));
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    w.wait(days(1)).time_passes();
    CHECK(w.history_of<tags_learned>().back().fallen == tags{trips});
    CHECK(w.who(has("topic", "road_trips")).empty());
    CHECK(w.view(bai, trips).pieces == 2);
    // Stricter rules are applied to what is known already, before the next command.
    w.joins(qi);
    w.pieces(qi, {trips}, 3);
    CHECK(w.who(has("topic", "road_trips")) == ids{qi});
    w.given(adopt<learning_rules>{{.pieces_needed = 4}});
    w.time_passes();
    CHECK(w.who(has("topic", "road_trips")).empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("new rules bring the weight that searches read to what they say before the next command, "
          "previewed, and the earlier rules bring it back",
    "[member][F04][E13]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    w.joins(qi);
    w.pieces(bai, {trips}, 3);
    w.pieces(qi, {trips}, 6);
    w.pieces(w.jin, {w.deep()}, 3);
    auto const weight = [&](member_id who, tag_id tag) { return w.at(who).tags.weight(tag); };
    auto const before = w.engine().state_text();
    REQUIRE(weight(bai, trips) == ratio(24, 34));
    REQUIRE(weight(qi, trips) == ratio(48, 58));
    auto const learned = [](std::vector<batch> const& all) {
        std::map<member_id, std::vector<learned_tag>> found;
        for (auto const& each : all) {
            for (auto const& happened : each.events) {
                if (auto const* e = happened.get_if<tags_learned>()) {
                    found[e->member] = e->learned;
                }
            }
        }
        return found;
    };
    // As many pieces speak for it as before, and each makes less sure.
    adopt<learning_rules> const doubtful{{.doubt = whole(3), .counts_for = for_ever}};
    std::map<member_id, std::vector<learned_tag>> preview;
    {
        trial dry{w.engine()};
        REQUIRE(dry.handle(doubtful, w.asked()).has_value());
        REQUIRE(dry.advance(w.asked()).has_value());
        preview = learned(dry.recorded());
    }
    CHECK(w.engine().state_text() == before);
    CHECK(preview ==
        std::map<member_id, std::vector<learned_tag>>{{w.jin, {{w.deep(), ratio(24, 54), 3}}},
            {bai, {{trips, ratio(24, 54), 3}}}, {qi, {{trips, ratio(48, 78), 6}}}});
    w.given(doubtful).time_passes();
    for (auto const& [who, all] : preview) {
        for (auto const& one : all) {
            CHECK(weight(who, one.tag) == one.confidence);
            CHECK(w.view(who, one.tag).confidence == one.confidence);
        }
    }
    w.given(*earlier_rules<learning_rules>(w.engine(), 2)).time_passes();
    CHECK(w.engine().state_text() == before);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "rules take no learned tag from alumni, of whom nothing is measured", "[member][F04][E13]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.pieces(w.ning, {trips}, 3);
    w.pieces(w.jin, {trips}, 3);
    w.role_offered(w.ning, alumni_role::friend_of_the_brand);
    w.as({actor_kind::member, w.ning.value()})
        .given(accept_role{w.ning, alumni_role::friend_of_the_brand});
    w.as({});
    adopt<learning_rules> const strict{{.pieces_needed = 4, .counts_for = for_ever}};
    w.given(strict).time_passes();
    CHECK(w.at(w.ning).tags.contains(trips));
    CHECK_FALSE(w.at(w.jin).tags.contains(trips));
    // When they return they are measured by the rules of then.
    w.as({actor_kind::member, w.ning.value()}).given(confirm_willingness{w.ning});
    CHECK_FALSE(w.at(w.ning).tags.contains(trips));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("evidence in doubt counts for no tag as long as it is held, and again when that ends",
    "[member][E19][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    auto const about = [](std::uint64_t id, member_id of, signal_id piece, platform_id where = {}) {
        return report_authenticity{doubt_id{id}, of, doubt_kind::copied_content, percent(50),
            {of.value(), "The same film is on another channel"}, piece, where};
    };
    auto const settle = [](std::uint64_t id, member_id of, bool confirmed) {
        return settle_authenticity{doubt_id{id}, confirmed, {of.value(), "Compared both"}};
    };
    w.joins(bai);
    w.pieces(bai, {trips}, 2);
    auto filmed = w.piece(bai, {trips}); // the platform has an id of its own for it
    filmed.signal = signal_id{1};
    filmed.platform = videos;
    w.given(filmed);
    auto const before = w.view(bai, trips);
    CHECK(before.learned);
    // One piece is in doubt: two are too few, and it says why.
    w.accepts(about(1, bai, signal_id{1}, videos));
    REQUIRE(w.recorded<tags_learned>().size() == 1);
    CHECK(w.recorded<tags_learned>().front().fallen == tags{trips});
    CHECK(w.who(has("topic", "road_trips")).empty());
    auto const without = w.view(bai, trips);
    CHECK_FALSE(without.learned);
    CHECK(without.pieces == 2);
    CHECK(without.confidence == ratio(16, 26));
    REQUIRE(without.evidence.size() == 3);
    CHECK(without.evidence.back().held);
    CHECK(without.evidence.back().amount == score{});
    CHECK_FALSE(without.evidence.front().held);
    w.accepts(settle(1, bai, false));
    CHECK(w.recorded<tags_learned>().front().learned ==
        std::vector<learned_tag>{{trips, ratio(24, 34), 3}});
    CHECK(digest_of(w.view(bai, trips)) == digest_of(before));
    CHECK(w.at(bai).tags.weight(trips) == before.confidence);
    // The person is: nothing of theirs counts.
    w.accepts(about(2, bai, {}));
    CHECK(w.who(has("topic", "road_trips")).empty());
    CHECK(w.view(bai, trips).pieces == 0);
    CHECK(w.view(bai, trips).evidence.front().held);
    w.pieces(bai, {trips}, 1);
    CHECK(w.who(has("topic", "road_trips")).empty());
    w.accepts(settle(2, bai, false));
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    CHECK(w.view(bai, trips).pieces == 4);
    // A piece of which a doubt is confirmed never counts again; three others do.
    w.accepts(about(3, bai, signal_id{1}));
    CHECK(w.at(bai).tags.weight(trips) == ratio(24, 34));
    w.accepts(settle(3, bai, true));
    CHECK(w.recorded<tags_learned>().empty());
    CHECK(w.view(bai, trips).pieces == 3);
    // A person of whom it is, until their exclusion ends.
    w.given(about(4, bai, {}), settle(4, bai, true));
    CHECK(w.who(has("topic", "road_trips")).empty());
    w.wait(days(180)).time_passes();
    REQUIRE(w.recorded<exclusion_ended>().size() == 1);
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    // What is in doubt when somebody is enrolled is learned when it is dismissed. What was given by
    // hand stays in any case.
    w.pieces(qi, {trips}, 3);
    w.given(about(5, qi, w.last()), enrol_candidate{qi, {qi.value(), "Qi"}, {}});
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    w.given(settle(5, qi, false));
    CHECK(w.who(has("topic", "road_trips")) == ids{bai, qi});
    w.given(retag{qi, {{trips, percent(90)}}, {}}, about(6, qi, w.last()));
    CHECK_FALSE(w.view(qi, trips).learned);
    CHECK(w.at(qi).tags.weight(trips) == percent(90));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("of alumni nothing is learned until they return", "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.pieces(w.ou, {trips}, 4);
    CHECK(w.who(has("topic", "road_trips")).empty());
    w.as({actor_kind::member, w.ou.value()}).given(confirm_willingness{w.ou});
    CHECK(w.recorded<tags_learned>().size() == 1);
    CHECK(w.who(has("topic", "road_trips")) == ids{w.ou});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("in whatever order pieces are told and contested, the tags are those of the pieces that "
          "are left",
    "[member][F04]") {
    CHECK(rc::check([] {
        watched_world w;
        tags const pool{
            w.topic("road_trips"), w.topic("winter_trips"), w.topic("family_trips"), w.deep()};
        w.joins(bai);
        struct told {
            report_content piece;
            bool contested = false;
        };
        std::vector<told> all;
        tags given;
        for (int i = *rc::gen::inRange(0, 14); i > 0; --i) {
            switch (*rc::gen::inRange(0, 4)) {
            case 0:
                if (!all.empty()) {
                    auto& one = *(all.begin() +
                        *rc::gen::inRange<std::ptrdiff_t>(
                            0, static_cast<std::ptrdiff_t>(all.size())));
                    if (!one.contested) {
                        one.contested = true;
                        w.given(w.contest(bai, one.piece.signal));
                    }
                }
                break;
            case 1:
                given.push_back(*rc::gen::elementOf(pool));
                w.given(retag{bai, {{given.back(), percent(30)}}, {}});
                break;
            default:
                auto made =
                    w.piece(bai, {*rc::gen::elementOf(pool)}, percent(*rc::gen::inRange(50, 101)));
                made.at = w.now() - days(*rc::gen::inRange(0, 3));
                all.push_back({made});
                w.given(made);
            }
        }
        auto const& vocabulary = w.engine().tags();
        for (auto tag : pool) {
            std::int64_t count = 0;
            std::set<std::int64_t> dates;
            for (auto const& one : all) {
                if (!one.contested && one.piece.depth >= percent(60) &&
                    vocabulary.covers(tag, one.piece.about.front())) {
                    ++count;
                    dates.insert(one.piece.at->ms / days(1).ms);
                }
            }
            auto const learned = count >= 3 && dates.size() >= 2;
            auto const by_hand = std::find(given.begin(), given.end(), tag) != given.end();
            RC_ASSERT(w.at(bai).tags.contains(tag) == (learned || by_hand));
            RC_ASSERT(!by_hand || w.at(bai).tags.weight(tag) == percent(30));
            auto const seen = w.view(bai, tag);
            RC_ASSERT(seen.learned == learned);
            RC_ASSERT(seen.pieces == count);
        }
        RC_ASSERT(w.digest() == w.digest_of_replay());
    }));
}

TEST_CASE("the tags of who has two accounts come back when the doubt of either ends",
    "[member][E18][E19][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    w.joins(qi);
    w.pieces(bai, {trips}, 3);
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    w.given(report_authenticity{doubt_id{1}, qi, doubt_kind::other, percent(50),
                {qi.value(), "Seen before"}},
        settle_authenticity{doubt_id{1}, true, {qi.value(), "It is so"}},
        merge_members{bai, qi, {qi.value(), "The same telephone number"}});
    w.pieces(bai, {trips}, 1);
    CHECK(w.who(has("topic", "road_trips")).empty());

    w.wait(days(181)).time_passes();

    CHECK(w.history_of<exclusion_ended>().size() == 1);
    CHECK(w.who(has("topic", "road_trips")) == ids{bai});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a contest is withdrawn by the member, and by the desk where it was the desk that sent it, and "
    "the piece counts again as it did",
    "[member][F04]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    w.joins(bai);
    w.pieces(bai, {trips}, 3);
    auto const before = digest_of(w.view(bai, trips));
    actor const desk{actor_kind::employee, 3};
    actor const herself{actor_kind::member, bai.value()};
    for (auto const& [contests, withdraws] :
        {std::pair{desk, herself}, {desk, desk}, {herself, herself}, {herself, actor{}}}) {
        w.as(contests).given(w.contest(bai, signal_id{2}));
        CHECK(w.who(has("topic", "road_trips")).empty());
        w.as(withdraws).accepts(withdraw_contest{bai, signal_id{2}});
        CHECK(w.recorded<tags_learned>().size() == 1);
        w.as({});
        CHECK(w.who(has("topic", "road_trips")) == ids{bai});
        CHECK(digest_of(w.view(bai, trips)) == before);
    }
    // It is no employee's to take back what she contested herself.
    w.as(herself).given(w.contest(bai, signal_id{2}));
    w.as(desk).refuses(withdraw_contest{bai, signal_id{2}}, errc::not_qualified, "member 80",
        "the member themself to withdraw what they contested, not employee 3");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("evidence of another, contested twice, or contested by others, is refused",
    "[member][F04][refusal]") {
    watched_world w;
    auto const trips = w.topic("road_trips");
    auto const bound = errc::invalid_argument;
    w.joins(bai);
    w.pieces(bai, {trips}, 3);
    w.given(w.contest(bai, signal_id{1}));
    w.pieces(bai, {trips}, 1);
    w.pieces(w.ou, {trips}, 1);
    unmoved same{w};
    // Who may, and about what.
    w.as({actor_kind::member, w.an.value()});
    same.refuses(w.contest(bai, signal_id{2}), errc::not_qualified, "member 80",
        "expected the member themself, an employee or the host to send this");
    same.refuses(withdraw_contest{bai, signal_id{1}}, errc::not_qualified, "member 80",
        "expected the member themself, an employee or the host to send this");
    same.denies(list_learned_tags{bai}, errc::not_qualified, "member 80",
        "expected the member themself to look at what their content says");
    w.as({});
    same.refuses(w.contest(bai, signal_id{1}), errc::already_exists, "signal 1", "not contested");
    same.refuses(
        w.contest(w.an, signal_id{2}), errc::unknown_id, "signal 2", "a piece of member 1");
    same.refuses(w.contest(bai, signal_id{99}), errc::unknown_id, "signal 99", "list_learned_tags");
    same.refuses(withdraw_contest{bai, signal_id{2}}, errc::wrong_state, "signal 2",
        "a piece that is contested");
    same.refuses(
        withdraw_contest{w.an, signal_id{1}}, errc::unknown_id, "signal 1", "a piece of member 1");
    auto elsewhere = w.contest(bai, signal_id{2});
    elsewhere.platform = videos;
    same.refuses(elsewhere, errc::unknown_id, "signal 2", "a piece of member 80");
    auto silent = w.contest(bai, signal_id{2});
    silent.reason.text = " ";
    same.refuses(silent, errc::invalid_text, "reason of member 80", "more than blanks");
    silent.reason = {w.an.value(), "Not hers"};
    same.refuses(silent, bound, "reason of member 80", "set their owner");
    // What is learned is changed by evidence alone.
    same.refuses(learn_tags{bai, {{w.deep(), percent(90), 3}}, {}}, errc::not_qualified,
        "learn_tags", "report_content");
    same.refuses(retag{bai, {}, {trips}}, errc::wrong_state, "tag topic:road_trips",
        "contest the evidence instead");
    same.denies(list_learned_tags{member_id{999}}, errc::unknown_id, "member 999", "expected");
    same.denies(list_learned_tags{w.ou}, errc::not_qualified, "member 13", "not assessed");
    // Rules by which nothing or everything would be learned.
    same.refuses(
        adopt<learning_rules>{{.pieces_needed = 0}}, bound, "learning_rules", "1 to 1,000");
    same.refuses(adopt<learning_rules>{{.pieces_needed = 2, .days_needed = 3}}, bound,
        "learning_rules", "from 1 to as many days");
    same.refuses(
        adopt<learning_rules>{{.depth_min = {}}}, bound, "learning_rules.depth_min", "above 0");
    same.refuses(adopt<learning_rules>{{.doubt = {}}}, bound, "learning_rules.doubt", "0.1");
    same.refuses(adopt<learning_rules>{{.counts_for = hours(9)}}, bound,
        "learning_rules.counts_for", "a day");
}

} // namespace
