// SPDX-License-Identifier: BSL-1.0
#include <koc/member/discovery/messages/territory.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

constexpr territory_id cold{1};
constexpr territory_id home{2};
constexpr member_id pan{71};
constexpr member_id qi{72};
constexpr member_id ren{73};
constexpr member_id su{74};

/// A world with two territories: driving in the cold Northeast, and life at home.
class mapped_world : public winter_world {
public:
    mapped_world() {
        given(declare_territory{cold, "Driving in the cold",
                  {{tag("region", "northeast")}, {tag("interest", "off_road"), percent(50)}}, 3},
            declare_territory{home, "Life at home", {{tag("interest", "life")}}, 1});
    }
    report_content piece(member_id who, std::vector<tag_id> about, score depth = percent(90)) {
        report_content made{signal_id{++last_}, who, depth, percent(50), percent(90), true, 100};
        made.about = std::move(about);
        return made;
    }
    void pieces(member_id who, std::vector<tag_id> const& about, int count) {
        for (int i = 0; i < count; ++i) {
            given(piece(who, about));
        }
    }
    [[nodiscard]] std::vector<native> natives(territory_id of = cold) const {
        return ask(list_natives{of, 10});
    }
    [[nodiscard]] ids who(territory_id of = cold) const {
        ids found;
        for (auto const& one : natives(of)) {
            found.push_back(one.person);
        }
        return found;
    }

private:
    std::uint64_t last_ = 0;
};

TEST_CASE("content territories are declared first, and the map shows where natives are missing "
          "until they are enrolled",
    "[member][D16]") {
    mapped_world w;
    using states = std::vector<territory_state>;
    CHECK(w.at(cold).tags.size() == 2);
    CHECK(w.ask(map_territories{}) ==
        states{{cold, "Driving in the cold", 3, 0, 0, 3}, {home, "Life at home", 1, 0, 0, 1}});
    // The map decides what a piece is worth: the same one counts in its territory and nowhere else.
    w.pieces(pan, {w.tag("region", "harbin")}, 10);
    w.pieces(qi, {w.tag("interest", "life")}, 10);
    CHECK(w.ask(map_territories{}) ==
        states{{cold, "Driving in the cold", 3, 0, 1, 3}, {home, "Life at home", 1, 0, 1, 1}});
    // A territory that is planned later finds who is in it already.
    w.given(
        declare_territory{territory_id{3}, "Heilongjiang", {{w.tag("region", "heilongjiang")}}, 1});
    CHECK(w.who(territory_id{3}) == ids{pan});
    // A native who was found is to be approached; who is enrolled is in service and closes a gap.
    auto const entered = [&](member_id who) {
        w.given(enrol_candidate{who, {who.value(), "Somebody"}, {}});
    };
    CHECK_FALSE(w.natives(home)[0].in_service);
    entered(qi);
    CHECK(w.natives(home)[0].in_service);
    CHECK(w.ask(map_territories{}) ==
        states{{cold, "Driving in the cold", 3, 0, 1, 3}, {home, "Life at home", 1, 1, 0, 0},
            {territory_id{3}, "Heilongjiang", 1, 0, 1, 1}});
    // More natives than wanted are no gap of less than nobody; somebody who is enrolled and native
    // nowhere closes none.
    w.pieces(ren, {w.tag("interest", "life")}, 10);
    CHECK(w.ask(map_territories{})[1] == territory_state{home, "Life at home", 1, 1, 1, 0});
    entered(ren);
    CHECK(w.ask(map_territories{})[1] == territory_state{home, "Life at home", 1, 2, 0, 0});
    entered(pan);
    CHECK(w.ask(map_territories{})[0] == territory_state{cold, "Driving in the cold", 3, 1, 0, 2});
    // Whoever is of the alumni is neither asked to serve nor approached, nor ranked.
    w.pieces(w.ou, {w.tag("region", "harbin")}, 10);
    CHECK(w.who() == ids{pan});
    CHECK(w.ask(map_territories{})[0] == territory_state{cold, "Driving in the cold", 3, 1, 0, 2});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a territory without tags of the library, or declared twice, is refused",
    "[member][D16][refusal]") {
    mapped_world w;
    auto const life = w.tag("interest", "life");
    unmoved same{w};
    auto const third = territory_id{3};
    same.refuses(declare_territory{cold, "Again", {{life}}, 1}, errc::already_exists, "territory 1",
        "not declared yet");
    same.refuses(declare_territory{third, "Nothing", {}, 1}, errc::invalid_argument, "territory 3",
        "at least one tag");
    same.refuses(declare_territory{third, "Odd", {{tag_id{999}}}, 1}, errc::unknown_id, "tag 999",
        "known tag");
    same.refuses(declare_territory{third, "Odd", {{life, whole(2)}}, 1}, errc::invalid_argument,
        "tag interest:life", "a weight above 0 and at most 1");
    same.refuses(declare_territory{third, "Odd", {{life}, {life, percent(50)}}, 1},
        errc::invalid_argument, "territory 3", "each tag once");
    same.refuses(declare_territory{third, "", {{life}}, 1}, errc::invalid_text,
        "name of territory 3", "non-empty");
    same.refuses(declare_territory{third, "None", {{life}}, 0}, errc::invalid_argument,
        "declare_territory.natives_wanted", "from 1 to 1000000");
    same.refuses(adopt<territory_rules>{{0, percent(25)}}, errc::invalid_argument,
        "territory_rules", "imagined pieces");
}

TEST_CASE("the natives of a theme are those whose own work lies in it, deeply and not by chance",
    "[member][D17]") {
    mapped_world w;
    auto const harbin = w.tag("region", "harbin");
    auto const technology = w.tag("interest", "technology");
    w.pieces(pan, {harbin}, 10); // nothing but that
    w.pieces(qi, {harbin}, 1);   // one lucky piece
    w.pieces(ren, {harbin}, 10); // and forty about other things
    w.pieces(ren, {technology}, 40);
    for (int i = 0; i < 10; ++i) {
        w.given(w.piece(su, {harbin}, percent(20)));  // there, and never deep
        auto paid = w.piece(member_id{75}, {harbin}); // there, and only when asked
        paid.self_initiated = false;
        w.given(paid);
        w.given(w.piece(member_id{76}, {w.tag("interest", "off_road")})); // at its border
        w.given(w.piece(member_id{77}, {harbin, w.tag("interest", "off_road"), technology}));
    }
    auto const found = w.natives();
    // A piece with several tags counts once; who is at the border belongs half as much.
    REQUIRE(w.who() == ids{pan, member_id{77}, member_id{76}});
    // Ten of ten pieces beside two imagined elsewhere, and nine of depth beside these two.
    CHECK(found[0].share == ratio(10, 12));
    CHECK(found[0].depth == ratio(9, 12));
    CHECK(found[0].fit == found[0].share * found[0].depth);
    CHECK(found[0].pieces == 10);
    CHECK(found[1].fit == found[0].fit);
    CHECK(found[2].share == ratio(5, 12));
    CHECK(found[2].fit < found[0].fit * percent(50));
    // The others are behind them in this order; with more of it the one lucky piece is no luck.
    w.given(adopt<territory_rules>{{2, percent(5)}});
    CHECK(w.who() == ids{pan, member_id{77}, member_id{76}, ren, su, qi});
    w.pieces(qi, {harbin}, 20);
    CHECK(w.who().front() == qi);
    // Somebody who is enrolled by now is a native like the others, and it says so.
    w.pieces(w.an, {harbin}, 40);
    CHECK(w.who().front() == w.an);
    auto const with_an = w.natives();
    CHECK(std::count_if(with_an.begin(), with_an.end(),
              [](native const& one) { return one.in_service; }) == 1);
    CHECK(with_an.front().in_service);
    CHECK(with_an.front().share == ratio(40, 42));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("natives of a territory that nobody declared, or by tags that nobody knows, are refused",
    "[member][D17][refusal]") {
    mapped_world w;
    auto const harbin = w.tag("region", "harbin");
    w.pieces(pan, {harbin}, 10);
    auto const unknown_tag = w.piece(qi, {tag_id{999}});
    auto const twice = w.piece(qi, {harbin, harbin});
    unmoved same{w};
    same.denies(
        list_natives{territory_id{9}, 3}, errc::unknown_id, "territory 9", "known territory");
    same.denies(
        list_natives{cold, 0}, errc::invalid_argument, "list_natives.count", "from 1 to 10000");
    same.refuses(unknown_tag, errc::unknown_id, "tag 999", "known tag");
    same.refuses(twice, errc::invalid_argument, "signal 12", "expected each tag once");
    CHECK(w.who() == ids{pan});
}

TEST_CASE("fit outranks influence: the number of followers reorders nobody", "[member][D18]") {
    mapped_world w;
    auto const harbin = w.tag("region", "harbin");
    // Ten pieces by somebody whom twelve people follow, and by somebody with five million for whom
    // the theme is one of many.
    for (int i = 0; i < 10; ++i) {
        auto modest = w.piece(pan, {harbin});
        modest.followers = 12;
        auto famous = w.piece(qi, {harbin});
        famous.followers = 5'000'000;
        auto elsewhere = w.piece(qi, {w.tag("interest", "technology")});
        elsewhere.followers = 5'000'000;
        w.given(modest, famous, elsewhere);
    }
    w.pieces(ren, {w.tag("region", "jilin")}, 5);
    CHECK(w.who() == ids{pan, ren, qi});
    CHECK(w.natives()[0].fit > w.natives()[2].fit * whole(2) * percent(80));
    // Whoever becomes famous with what they do elsewhere stands where they stood.
    auto star = w.piece(qi, {w.tag("interest", "technology")});
    star.followers = 900'000'000;
    w.given(star);
    CHECK(w.who() == ids{pan, ren, qi});
    CHECK(w.digest() == w.digest_of_replay());

    CHECK(rc::check([] {
        mapped_world known;
        mapped_world famous;
        std::vector<tag_id> const tags{known.tag("region", "harbin"), known.tag("region", "jilin"),
            known.tag("interest", "technology"), known.tag("interest", "off_road")};
        auto const count = *rc::gen::inRange(1, 15);
        for (int i = 0; i < count; ++i) {
            auto made = known.piece(member_id{71 + *rc::gen::inRange<std::uint64_t>(0, 4)},
                {tags[*rc::gen::inRange<std::size_t>(0, tags.size())]},
                percent(*rc::gen::inRange(0, 101)));
            made.followers = *rc::gen::inRange<std::int64_t>(0, 1000);
            known.given(made);
            made.followers =
                *rc::gen::inRange<std::int64_t>(0, (std::numeric_limits<std::int64_t>::max)());
            famous.given(made);
        }
        RC_ASSERT(known.natives() == famous.natives());
        RC_ASSERT(known.ask(map_territories{}) == famous.ask(map_territories{}));
    }));
}

TEST_CASE("more followers for a piece that was told, or a number that cannot be, are refused",
    "[member][D18][refusal]") {
    mapped_world w;
    auto const harbin = w.tag("region", "harbin");
    w.given(declare_platform{platform_id{1}, "Video site"});
    w.pieces(pan, {harbin}, 10);
    auto once = w.piece(qi, {harbin}, percent(80));
    once.platform = platform_id{1};
    w.given(once);
    w.pieces(qi, {harbin}, 9);
    auto bought = w.piece(qi, {harbin});
    bought.followers = -1;
    REQUIRE(w.who() == ids{pan, qi});
    auto const natives = w.natives();
    unmoved same{w};
    // The piece told again, now with five million followers, by itself and in a batch.
    once.followers = 5'000'000;
    same.refuses(once, errc::already_exists, "signal 11", "skip it");
    w.accepts(report_signals{platform_id{1}, 0, {once}}); // what is known is left out
    CHECK(w.events().empty());
    CHECK(w.natives() == natives);
    auto const told = w.history_of<content_reported>();
    CHECK(std::all_of(
        told.begin(), told.end(), [](content_reported const& e) { return e.followers == 100; }));
    same.refuses(bought, errc::invalid_argument, "signal 21", "followers of 0 or more");
    same.refuses(adopt<territory_rules>{{2, {}}}, errc::invalid_argument, "territory_rules",
        "a fit above 0"); // by which everybody would be a native
    same.refuses(adopt<territory_rules>{{2, percent(101)}}, errc::invalid_argument,
        "territory_rules", "at most 1");
    CHECK(w.natives() == natives);
}

TEST_CASE("the accounts of one person are one native, held back by a doubt of either, and who was "
          "erased is none",
    "[member][D16][D17][E18]") {
    mapped_world w;
    auto const harbin = w.tag("region", "harbin");
    w.pieces(w.dong, {harbin}, 5);
    w.pieces(w.hua, {harbin}, 5);
    w.pieces(pan, {harbin}, 4);
    CHECK(w.who() == ids{w.dong, w.hua, pan});
    CHECK(w.ask(map_territories{})[0] == territory_state{cold, "Driving in the cold", 3, 2, 1, 1});
    auto const apart = w.natives();
    w.given(merge_members{w.dong, w.hua, {w.hua.value(), "One person"}});
    CHECK(w.who() == ids{w.dong, pan});
    CHECK(w.natives()[0].pieces == 10);
    CHECK(w.natives()[0].share == ratio(10, 12));
    CHECK(w.ask(map_territories{})[0] == territory_state{cold, "Driving in the cold", 3, 1, 1, 2});
    // A doubt of the account that is kept holds back what the other one published.
    w.given(report_authenticity{doubt_id{1}, w.dong, doubt_kind::bought_audience, percent(80),
        {w.dong.value(), "In a night"}});
    CHECK(w.who() == ids{pan});
    w.given(settle_authenticity{doubt_id{1}, false, {w.dong.value(), "They are real"}});
    CHECK(w.who() == ids{w.dong, pan});
    w.given(undo_merge{w.hua});
    CHECK(w.natives() == apart);
    // Nobody is approached, or counted, under a number that stands for nobody.
    for (auto who : {w.hua, pan}) {
        request_approval erasing;
        erasing.erasure = erase_member{who};
        w.by_two(erasing);
    }
    CHECK(w.who() == ids{w.dong});
    CHECK(w.ask(map_territories{})[0] == territory_state{cold, "Driving in the cold", 3, 1, 0, 2});
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
