// SPDX-License-Identifier: BSL-1.0
#include <koc/task/offer.hpp>

#include <koc/lifecycle/diagram.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::scenario;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr offer_id first{1};

offer_record const& offer(winter_world const& w, offer_id which) {
    return *w.get<offers>().find(which);
}

/// A task for one person in the Northeast, offered to the best.
void push_one(winter_world& w, std::int64_t seats = 1, std::int64_t count = 1) {
    auto made = w.brief(one);
    made.seats = seats;
    made.needs = has("region", "northeast");
    made.wanted = {{w.tag("interest", "technology")}};
    w.given(open_task{made}, dispatch{one, count});
}

TEST_CASE("an accepted offer holds a seat for the time of a lease", "[task]") {
    winter_world w;
    push_one(w);
    auto const who = offer(w, first).member;
    w.wait(days(1)).accepts(accept_offer{first});
    CHECK(offer(w, first).standing == offer_stage::held);
    CHECK(w.emitted<offer_accepted>().front().lease_until == w.now() + days(14));
    CHECK(w.get<offers>().seats_taken(one) == 1);
    CHECK(w.get<attention>().commitments(who) == 1);
    CHECK(w.standing(one) == task_stage::under_way);
}

TEST_CASE("a lease never outlasts the task", "[task]") {
    winter_world w;
    auto made = w.brief(one);
    made.due_at = w.now() + days(5);
    w.given(open_task{made}, dispatch{one});
    CHECK(offer(w, first).until == w.now() + days(3));
    w.wait(days(2)).accepts(accept_offer{first});
    CHECK(w.emitted<offer_accepted>().front().lease_until == made.due_at);
}

TEST_CASE("the answer comes in time or not at all", "[task][E38]") {
    winter_world w;
    push_one(w);
    w.wait(days(3)).refuses(accept_offer{first}, errc::wrong_state, "offer 1", "before 2026-01-08");
    w.accepts(expire_offers{});
    CHECK(w.emitted<offer_expired>().size() == 1);
    CHECK(offer(w, first).standing == offer_stage::expired);
    w.refuses(accept_offer{first}, errc::wrong_state, "offer 1", "no further event");
    w.accepts(expire_offers{}); // nothing is left to do
    CHECK(w.receipt().count == 0);
}

TEST_CASE("a no is recorded and buys peace", "[task][C15]") {
    winter_world w;
    push_one(w);
    auto const who = offer(w, first).member;
    w.accepts(decline_offer{first, {who.value(), "No time before spring"}});
    CHECK(offer(w, first).standing == offer_stage::declined);
    CHECK_FALSE(w.get<attention>().can_ask(who, w.now()));
    w.refuses(accept_offer{first}, errc::wrong_state, "offer 1");
    w.refuses(decline_offer{first, {}}, errc::wrong_state, "offer 1");
}

TEST_CASE(
    "a lease that ends without work frees the seat, and it is offered to the next", "[task][E38]") {
    winter_world w;
    push_one(w);
    auto const who = offer(w, first).member;
    w.given(accept_offer{first});
    w.refuses(dispatch{one}, errc::no_capacity, "task 1", "1 are taken");
    w.wait(days(14)).accepts(expire_offers{});
    CHECK(w.emitted<offer_lapsed>().size() == 1);
    CHECK(w.emitted<commitment_ended>().size() == 1);
    CHECK(w.get<offers>().seats_taken(one) == 0);
    CHECK(w.get<attention>().commitments(who) == 0);
    w.accepts(dispatch{one});
    REQUIRE(w.emitted<offer_sent>().size() == 1);
    CHECK(w.emitted<offer_sent>().front().member != who);
    CHECK(w.emitted<offer_sent>().front().wave == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("offers end in the order of their time, only so many in one go", "[task]") {
    winter_world w;
    push_one(w, 5, 4);
    w.wait(days(3)).accepts(expire_offers{3});
    CHECK(w.emitted<offer_expired>().size() == 3);
    w.accepts(expire_offers{3});
    CHECK(w.emitted<offer_expired>().size() == 1);
}

TEST_CASE("seats are first come, first served", "[task]") {
    winter_world w;
    push_one(w, 1, 2);
    w.given(accept_offer{first});
    w.refuses(accept_offer{offer_id{2}}, errc::no_capacity, "task 1", "all 1 are taken");
}

TEST_CASE("nobody holds more unfinished work than the programme says", "[task][C15]") {
    winter_world w;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        auto made = w.brief(task_id{i});
        made.needs = has("region", "harbin") && has("format", "text_image"); // Bao alone
        w.given(open_task{made}, dispatch{task_id{i}});
    }
    w.given(accept_offer{offer_id{1}}, accept_offer{offer_id{2}});
    w.refuses(accept_offer{offer_id{3}}, errc::no_capacity, "member 5", "hand one in first");
    w.given(submit_work{submission_id{1}, task_id{1}, w.bao, "https://example.org/w"});
    w.accepts(accept_offer{offer_id{3}});
}

TEST_CASE(
    "when a task is called off, who was asked or at work is free and nobody is blamed", "[task]") {
    winter_world w;
    push_one(w, 3, 3);
    w.given(accept_offer{first}, decline_offer{offer_id{2}, {}});
    w.accepts(cancel_task{one});
    CHECK(w.emitted<offer_withdrawn>().size() == 2);
    CHECK(w.emitted<commitment_ended>().size() == 1);
    CHECK(offer(w, first).standing == offer_stage::withdrawn);
    CHECK(offer(w, offer_id{2}).standing == offer_stage::declined);
    CHECK(offer(w, offer_id{3}).standing == offer_stage::withdrawn);
    CHECK(w.get<offers>().seats_taken(one) == 0);
    CHECK(w.get<attention>().commitments(offer(w, first).member) == 0);
    CHECK(w.person(offer(w, first).member).commitments == 0);
    w.refuses(accept_offer{offer_id{3}}, errc::wrong_state, "offer 3");
    w.wait(days(60)).accepts(expire_offers{});
    CHECK(w.receipt().count == 0);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("an offer that is not there, or a reason in another's name, is refused", "[task]") {
    winter_world w;
    push_one(w);
    auto const other = offer(w, first).member.value() + 1;
    struct row {
        scenario::command asked;
        errc code;
        std::string subject;
        std::string word;
    };
    for (auto const& [asked, code, about, word] : std::vector<row>{
             {accept_offer{offer_id{}}, errc::unknown_id, "offer 0", "known"},
             {accept_offer{offer_id{2}}, errc::unknown_id, "offer 2", "known"},
             {decline_offer{offer_id{}, {}}, errc::unknown_id, "offer 0", "known"},
             {decline_offer{offer_id{2}, {}}, errc::unknown_id, "offer 2", "known"},
             {decline_offer{first, {other, "no"}}, errc::invalid_argument, "reason of offer 1",
                 "owner"},
             {decline_offer{first, {other, "\xff"}}, errc::invalid_text, "decline_offer.reason",
                 "UTF-8"},
             {decline_offer{first, {other, std::string(note_length_max + 1, 'x')}},
                 errc::invalid_text, "decline_offer.reason", "shorten"},
             {expire_offers{0}, errc::invalid_argument, "expire_offers", "1 or more"},
             {expire_offers{-1}, errc::invalid_argument, "expire_offers", "1 or more"},
         }) {
        INFO(about << " / " << word);
        CHECK_NOTHROW(w.refuses(asked, code, about, word));
    }
}

TEST_CASE("an offer is answered once: its table has no way back", "[task]") {
    STATIC_REQUIRE(offer_lifecycle::initial == offer_stage::sent);
    for (auto end : {offer_stage::fulfilled, offer_stage::declined, offer_stage::expired,
             offer_stage::lapsed, offer_stage::withdrawn}) {
        CHECK(offer_lifecycle::rests(end));
        CHECK(offer_lifecycle::accepted(end).empty());
    }
}

TEST_CASE("the page shows the table of an offer's life as it is", "[task]") {
    CHECK(koc_test::docs_page("docs/task.md")
              .find("```mermaid\n" + mermaid<offer_lifecycle>() + "```") != std::string::npos);
}

} // namespace
