// SPDX-License-Identifier: BSL-1.0
#include "standard/own_programme.hpp"

#include <koc/engine/rules_page.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};

TEST_CASE("one line changes the taste of every aspect that asks for it", "[standard]") {
    winter_world w{&koc_test::own_engine};
    auto made = w.brief(one);
    made.wanted = {{w.tag("interest", "technology")}};
    made.needs = has("region", "northeast");
    w.given(open_task{made});
    w.accepts(dispatch{one, 3});
    auto const sent = w.recorded<offer_sent>();
    REQUIRE(sent.size() == 3);
    CHECK(sent[0].member == w.jin);
    CHECK(sent[1].member == w.bao);
    CHECK(sent[2].member == w.fang);
    for (auto const& offer : sent) {
        REQUIRE(offer.why.parts.size() == 1);
        CHECK(offer.why.parts.front().signal == "newest");
    }
    CHECK(w.ask(rank_members{one, 1}).front().member == w.dong); // the others were asked
    CHECK(w.ask(consider_member{one, w.an}).why.parts.front().signal == "newest");
}

// Priority

/// What a command of the outsider breaks, worst first; each cure leaves the next refusal.
struct broken_offer {
    bool form = true;
    bool asking = true;
    bool task = true;
    bool member = true;
    bool check = true;
    bool veto = true;
};

TEST_CASE(
    "of several refusals the one that stands first wins: form, asking, guards, checks, vetoes",
    "[standard][E37]") {
    winter_world w{&koc_test::own_engine};
    w.given(open_task{w.brief(one)});
    auto const before = w.digest();
    auto const made = [&](broken_offer const& broken) {
        send_offer offer{broken.task ? task_id{9} : one,
            broken.member ? w.nobody : koc_test::unwelcome, origin::push, broken.check ? 7 : 1,
            percent(50), explanation{}.add("by hand", percent(50)), w.now() + days(1)};
        if (!broken.veto) {
            offer.member = w.an;
        }
        if (broken.form) {
            offer.why.parts.front().signal = "bell\x07";
        }
        w.as(broken.asking ? koc_test::outsider : actor{});
        return offer;
    };
    broken_offer broken;
    w.refuses(made(broken), errc::invalid_text, "send_offer.why.parts[0].signal");
    broken.form = false;
    w.refuses(made(broken), errc::not_qualified, "employee 13", "to ask for send_offer");
    broken.asking = false;
    w.refuses(made(broken), errc::unknown_id, "task 9", "known task");
    broken.task = false;
    w.refuses(made(broken), errc::unknown_id, "member 999", "known member");
    broken.member = false;
    w.refuses(made(broken), errc::invalid_argument, "send_offer.wave", "the next push, 1");
    broken.check = false;
    // Both the embargo and the gallery object: the embargo stands before it in the programme.
    w.refuses(made(broken), errc::not_qualified, "embargo", "(embargo objects to offer_sent)");
    CHECK(w.digest() == before);
    auto shy = made(broken);
    shy.member = koc_test::camera_shy;
    w.refuses(shy, errc::not_qualified, "gallery", "(gallery objects to offer_sent)");
    broken.veto = false;
    w.accepts(made(broken));

    // The page states this order, and who stands where.
    auto const page = rules_page(w.engine());
    auto at = page.find("refused by the first of these that does not hold");
    for (auto const* part : {"its form", "its request id", "its instant",
             "an objection to the asking", "its conditions in their order",
             "the checks of its part", "a veto on what it would become",
             "Objections to the asking: merges, erasures, offices, committee, approvals, desk.\n",
             "1. sent by an employee or the host\n2. task is a known task\n"
             "3. member is a known member\n",
             "- offer_sent: embargo, gallery\n"}) {
        INFO(part);
        at = page.find(part, at);
        REQUIRE(at != std::string::npos);
    }
    auto const docs = koc_test::docs_page("docs/engine.md");
    at = docs.find("## Order of a decision");
    for (auto const* part : {"| 1 | form |", "| 2 | request id |", "| 3 | instant |",
             "| 4 | objections to the asking |", "| 5 | guards |", "| 6 | checks |",
             "| 7 | vetoes |"}) {
        INFO(part);
        REQUIRE(at != std::string::npos);
        at = docs.find(part, at);
    }
    CHECK(at != std::string::npos);
}

TEST_CASE("a command that another calls goes the same way, and its refusal refuses the whole",
    "[standard][E37]") {
    winter_world w{&koc_test::own_engine};
    auto made = w.brief(one);
    made.needs = has("region", "south");
    w.given(open_task{made}, list_task{one});
    // A dispatch asks the best of those who may be asked; the veto of one offer stops all of it.
    w.refuses(dispatch{one, 3}, errc::not_qualified, "embargo", "objects to offer_sent");
    w.refuses(claim_task{one, koc_test::unwelcome}, errc::not_qualified, "embargo");
    w.accepts(claim_task{one, w.kai});
}

TEST_CASE(
    "all guards that fail are told at once, in the order in which they refuse", "[standard][E37]") {
    winter_world w{&koc_test::own_engine};
    auto const words = [&](auto const& command) {
        std::vector<std::string> all;
        for (auto const& missing : w.engine().failing(command, w.asked())) {
            all.push_back(koc_test::to_line(missing));
        }
        w.when(command);
        if (!w.accepted() && !all.empty()) {
            CHECK(all.front() == koc_test::to_line(w.refusal()));
        }
        return all;
    };
    CHECK(words(pair_mentor{w.an, w.ning}).size() == 2); // neither stage is right
    CHECK(words(pair_mentor{w.jin, w.ning}).size() == 1);
    CHECK(words(pair_mentor{w.jin, w.an}).empty());
    CHECK(w.accepted());
    auto const all =
        words(report_content{signal_id{1}, w.an, percent(101), -score{1}, percent(200)});
    REQUIRE(all.size() == 3);
    CHECK(
        all[0] == "invalid_argument: report_content.depth: expected a value from 0 to 1, not 1.01");
    CHECK(all[1].find("report_content.originality") != std::string::npos);
    CHECK(all[2].find("report_content.relevance") != std::string::npos);
    // Checks and vetoes are no guards: they are told one at a time, when the guards hold.
    CHECK(words(send_offer{}).size() == 2);
}

TEST_CASE("a refusal that is overtaken by an earlier one leaves no trace of itself either",
    "[standard][E37][refusal]") {
    winter_world w{&koc_test::own_engine};
    w.given(open_task{w.brief(one)});
    auto const before = w.digest();
    auto const head = w.engine().head();
    auto const refused = [&](auto const& command, asked const& with, errc code, char const* about) {
        INFO(about);
        auto const given = w.engine().handle(command, with);
        REQUIRE_FALSE(given.has_value());
        CHECK(given.error().code == code);
        CHECK(given.error().subject.find(about) == 0);
        CHECK(given.error().expected.find("expected") == 0);
        CHECK(w.digest() == before);
        CHECK(w.engine().head() == head);
    };
    // Form before the request id, the request id before the instant, the instant before the asking.
    auto const long_ago = w.now() - days(9);
    refused(define_facet{{"\xff"}}, {long_ago, koc_test::outsider, "\xff"}, errc::invalid_text,
        "define_facet");
    refused(
        dispatch{one}, {long_ago, koc_test::outsider, "\xff"}, errc::invalid_text, "request id");
    refused(dispatch{one}, {long_ago, koc_test::outsider, {}}, errc::time_ran_backwards, "20");
    refused(dispatch{task_id{9}}, {w.now(), koc_test::outsider, {}}, errc::not_qualified,
        "employee 13");
    refused(dispatch{task_id{9}, 0}, {w.now(), {}, {}}, errc::unknown_id, "task 9");
    refused(dispatch{one, 0}, {w.now(), {}, {}}, errc::invalid_argument, "dispatch.count");
    w.accepts(dispatch{one, 1}, "push-1");
    auto const reused =
        w.engine().handle(dispatch{one, 2}, {long_ago, koc_test::outsider, "push-1"});
    REQUIRE_FALSE(reused.has_value());
    CHECK(reused.error().code == errc::request_reused);
}

} // namespace
