// SPDX-License-Identifier: BSL-1.0
#include <koc/member/renewal/messages/squad.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

constexpr squad_id content{1};
constexpr squad_id community{2};
constexpr squad_id product_test{3};
constexpr squad_id offline{4};

/// Four squads, and nobody in them.
class squads_world : public winter_world {
public:
    squads_world() {
        given(define_facet{{"squad"}},
            define_tags{{{"squad", "content", "", {}}, {"squad", "community", "", {}},
                {"squad", "product_test", "", {}}, {"squad", "offline", "", {}}}});
        given(form_squad{content, "Content creation", tag("squad", "content"), 2},
            form_squad{community, "Community care", tag("squad", "community"), 10},
            form_squad{product_test, "Product tests", tag("squad", "product_test"), 10},
            form_squad{offline, "Offline events", tag("squad", "offline"), 10});
    }
    [[nodiscard]] ids in_squad(char const* key) const {
        return ask(find_members{has("squad", key)});
    }
};

TEST_CASE("members work in squads for content, community, product tests and offline events, in "
          "several if they like, and work of a squad goes to its members",
    "[member][D28]") {
    squads_world w;
    w.given(join_squad{content, w.an}, join_squad{product_test, w.an}, join_squad{content, w.jin},
        join_squad{community, w.bao}, join_squad{offline, w.guo}, join_squad{offline, w.bao},
        appoint_lead{content, w.jin});
    CHECK(w.in_squad("content") == ids{w.an, w.jin});
    CHECK(w.in_squad("offline") == ids{w.bao, w.guo});
    auto const all = w.ask(list_squads{});
    REQUIRE(all.size() == 4);
    CHECK(all[0].squad.name == "Content creation");
    CHECK(all[0].squad.lead == w.jin);
    CHECK(all[0].members == ids{w.an, w.jin});
    CHECK(all[2].members == ids{w.an});

    // A product test is work of the product testers: who is in another squad is not asked for it.
    auto test = w.brief(task_id{1});
    test.needs = has("squad", "product_test");
    w.listed(test);
    w.refuses(claim_task{task_id{1}, w.guo}, errc::not_qualified, "member 6", "product_test");
    w.accepts(claim_task{task_id{1}, w.an});
    auto event = w.brief(task_id{2});
    event.needs = has("squad", "offline");
    w.given(open_task{event}).accepts(dispatch{task_id{2}, 10});
    ids asked;
    for (auto const& offer : w.recorded<offer_sent>()) {
        asked.push_back(offer.member);
    }
    CHECK(ids{w.bao, w.guo} == (asked.front() < asked.back() ? asked : ids{asked[1], asked[0]}));

    // Who leaves a squad is not found in it, keeps the others, and leads it no more.
    w.accepts(leave_squad{content, w.jin});
    CHECK(w.in_squad("content") == ids{w.an});
    CHECK_FALSE(w.ask(list_squads{})[0].squad.lead);
    w.given(leave_squad{product_test, w.an});
    CHECK(w.in_squad("content") == ids{w.an});
    CHECK(w.in_squad("product_test").empty());
    // Who leaves service leaves all of them in the same batch.
    w.accepts(record_waning{w.bao, waning_reason::life_change, {}});
    CHECK(w.recorded<squad_left>().size() == 2);
    CHECK(w.in_squad("offline") == ids{w.guo});
    CHECK(w.in_squad("community").empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who is in a squad may have tags below its own, and leaves with none of them",
    "[member][D28]") {
    squads_world w;
    w.given(define_tags{
        {{"squad", "content_video", "", {"content"}}, {"squad", "content_live", "", {"content"}}}});
    auto const video = w.tag("squad", "content_video");
    auto const live = w.tag("squad", "content_live");
    w.given(join_squad{content, w.an}).accepts(retag{w.an, {{video}, {live}}, {}});
    w.accepts(retag{w.an, {}, {live}});
    CHECK(w.in_squad("content_video") == ids{w.an});
    CHECK(w.in_squad("content") == ids{w.an});
    w.accepts(leave_squad{content, w.an});
    CHECK(w.in_squad("content").empty());
    CHECK(w.in_squad("content_video").empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a squad that is full, a member out of service, and a squad's tag given by hand are "
          "refused",
    "[member][D28][refusal]") {
    squads_world w;
    w.given(join_squad{content, w.an}, join_squad{content, w.chen},
        define_tags{{{"squad", "content_video", "", {"content"}}, {"squad", "film", "", {}},
            {"squad", "short_film", "", {"film"}}}});
    w.given(form_squad{squad_id{7}, "Short films", w.tag("squad", "short_film"), 5});
    unmoved same{w};
    same.refuses(join_squad{content, w.dong}, errc::no_capacity, "squad 1", "all 2 are taken");
    same.refuses(join_squad{content, w.an}, errc::already_exists, "squad 1", "already");
    same.refuses(join_squad{offline, w.lan}, errc::not_qualified, "member 10", "active or mature");
    same.refuses(join_squad{offline, w.ou}, errc::not_qualified, "member 13", "active or mature");
    same.refuses(join_squad{squad_id{9}, w.an}, errc::unknown_id, "squad 9", "known squad");
    same.refuses(join_squad{offline, w.nobody}, errc::unknown_id, "member 999", "known member");
    same.refuses(leave_squad{offline, w.an}, errc::unknown_id, "squad 4", "there is none");
    same.refuses(appoint_lead{offline, w.an}, errc::unknown_id, "squad 4", "there is none");
    auto const tag = w.tag("squad", "content");
    same.refuses(
        retag{w.guo, {{tag}}, {}}, errc::wrong_state, "member 6", "send join_squad instead");
    same.refuses(retag{w.an, {}, {tag}}, errc::wrong_state, "member 1", "send leave_squad instead");
    same.refuses(enrol{member_id{70}, {70, "Pan"}, {source::open}, {{tag}}}, errc::wrong_state,
        "member 70", "send join_squad instead");
    // Nor is a tag below it, by which they would be found as well.
    auto const below = w.tag("squad", "content_video");
    same.refuses(
        retag{w.guo, {{below}}, {}}, errc::wrong_state, "member 6", "send join_squad instead");
    same.refuses(enrol{member_id{70}, {70, "Pan"}, {source::open}, {{below}}}, errc::wrong_state,
        "member 70", "send join_squad instead");
    auto const form = [&](squad_id id, std::string name, tag_id of, std::int64_t seats) {
        return form_squad{id, std::move(name), of, seats};
    };
    auto const warm = w.tag("style", "warm");
    same.refuses(form(squad_id{5}, "Again", tag, 5), errc::already_exists, "squad 5",
        "squad 1 has this one");
    same.refuses(form(content, "Again", warm, 5), errc::already_exists, "squad 1", "no squad has");
    same.refuses(form(squad_id{}, "Again", warm, 5), errc::invalid_argument, "squad 0", "above 0");
    same.refuses(
        form(squad_id{5}, "Warm", warm, 5), errc::wrong_state, "squad 5", "take it from member 7");
    same.refuses(form(squad_id{5}, "North", w.tag("region", "northeast"), 5), errc::wrong_state,
        "squad 5", "nor one below it; take it from member 1");
    same.refuses(form(squad_id{5}, "Video", below, 5), errc::already_exists, "squad 5",
        "neither above nor below that of squad 1");
    same.refuses(form(squad_id{5}, "Films", w.tag("squad", "film"), 5), errc::already_exists,
        "squad 5", "neither above nor below that of squad 7");
    same.refuses(form(squad_id{5}, "Skilled", w.tag("skill", "deep_review"), 5),
        errc::invalid_argument, "squad 5", "not earned by work");
    same.refuses(form(squad_id{5}, "", warm, 5), errc::invalid_text, "name of squad 5");
    same.refuses(form(squad_id{5}, "None", warm, 0), errc::invalid_argument, "form_squad.seats",
        "from 1 to 100000");
    w.as({actor_kind::member, w.guo.value()});
    same.refuses(join_squad{offline, w.an}, errc::not_qualified, "member 1", "themself");
    same.refuses(leave_squad{content, w.an}, errc::not_qualified, "member 1", "themself");
    same.refuses(appoint_lead{content, w.an}, errc::not_qualified, "appoint_lead", "an employee");
    same.refuses(
        form(squad_id{5}, "Mine", warm, 5), errc::not_qualified, "form_squad", "an employee");
    w.accepts(join_squad{offline, w.guo}).accepts(leave_squad{offline, w.guo}); // themself
}

} // namespace
