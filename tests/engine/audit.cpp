// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/audit.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace koc;
using koc_test::to_line;
using koc_test::winter_world;

namespace {

constexpr task_id one{1};
constexpr actor mei{actor_kind::employee, 7};
constexpr actor li{actor_kind::employee, 8};

std::vector<audit_entry> trail(winter_world& w, audit_filter const& wanted) {
    auto found = audit(w.engine(), wanted);
    if (!found) {
        throw koc_test::scenario_failure{to_line(found.error())};
    }
    return *std::move(found);
}
std::vector<std::string> types_of(std::vector<audit_entry> const& entries) {
    std::vector<std::string> names;
    for (auto const& e : entries) {
        names.push_back(e.type);
    }
    return names;
}
using names = std::vector<std::string>;

/// Two operators at work on a task, and a member who answers.
struct office_day : winter_world {
    instant morning;
    instant noon;

    office_day() {
        morning = wait(hours(1)).now();
        as(mei).accepts(open_task{brief(one)}, "open-1");
        accepts(dispatch{one, 2}, "push-1");
        noon = wait(hours(3)).now();
        as(li).accepts(list_task{one}, "list-1");
        as({actor_kind::member, at(offer_id{1}).member.value()}).given(accept_offer{offer_id{1}});
    }
};

// The trail

TEST_CASE("the trail answers who did what, for which request and when", "[engine][E11]") {
    office_day w;
    audit_filter by_mei;
    by_mei.by = mei;
    auto const found = trail(w, by_mei);
    CHECK(types_of(found) ==
        names{"task_opened", "task_moved", "attention_asked", "offer_sent", "attention_asked",
            "offer_sent"});
    for (auto const& e : found) {
        CHECK(e.by == mei);
        CHECK(e.at == w.morning);
    }
    // One decision of several events: they share their first position, and the request.
    audit_filter push;
    push.request = "push-1";
    auto const pushed = trail(w, push);
    REQUIRE(pushed.size() == 4);
    for (auto const& e : pushed) {
        CHECK(e.first == pushed.front().position);
        CHECK(e.request == "push-1");
    }
    // By type, with its payload as text.
    audit_filter offers;
    offers.type = "offer_sent";
    auto const sent = trail(w, offers);
    REQUIRE(sent.size() == 2);
    CHECK(sent.front().payload.find("\"offer\":1") != std::string::npos);
    CHECK(sent.front().payload.find("\"why\":") != std::string::npos);
    // By time: from inclusive, to exclusive.
    audit_filter afternoon;
    afternoon.from = w.noon;
    auto const later = trail(w, afternoon);
    REQUIRE_FALSE(later.empty());
    CHECK(later.front().type == "task_listed");
    CHECK(later.front().by == li);
    audit_filter before_noon;
    before_noon.from = w.morning;
    before_noon.to = w.noon;
    CHECK(trail(w, before_noon).size() == found.size());
    // All together, and a page at a time.
    audit_filter all;
    all.count_max = 100'000;
    CHECK(trail(w, all).size() == w.journal().size());
    before_noon.by = li;
    CHECK(trail(w, before_noon).empty());
    afternoon.by = actor{actor_kind::member, w.at(offer_id{1}).member.value()};
    CHECK(types_of(trail(w, afternoon)).front() == "offer_accepted");
    audit_filter page;
    page.count_max = 5;
    std::size_t read = 0;
    for (;;) {
        auto const part = trail(w, page);
        read += part.size();
        if (part.size() < 5) {
            break;
        }
        page.position = part.back().position + 1;
    }
    CHECK(read == w.journal().size());
    // What happens by itself is nobody's doing.
    w.wait(days(3)).time_passes();
    audit_filter by_time;
    by_time.by = actor{actor_kind::time, 0};
    CHECK(types_of(trail(w, by_time)).front() == "offer_expired");
}

TEST_CASE("no command changes what was recorded before it", "[engine][E11]") {
    office_day w;
    audit_filter all;
    all.count_max = 100'000;
    auto const entries = trail(w, all);
    auto const chains = w.journal();
    auto const who = w.at(offer_id{1}).member;
    // A correction, a cancelled task, a member who leaves: each only adds.
    w.as(li).given(submit_work{submission_id{1}, one, who, "https://example.org/1"},
        w.rate(submission_id{1}, percent(50)),
        correct_review{
            submission_id{1}, w.rate(submission_id{1}, percent(90)).ratings, "looked again"},
        record_waning{who, waning_reason::other, {}}, adopt<offer_rules>{{days(3)}});
    w.wait(days(5)).time_passes();
    auto const after = trail(w, all);
    REQUIRE(after.size() > entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        REQUIRE(after[i].payload == entries[i].payload);
        REQUIRE(after[i].type == entries[i].type);
        REQUIRE(after[i].by == entries[i].by);
        REQUIRE(after[i].at == entries[i].at);
        REQUIRE(w.journal()[i].chain == chains[i].chain);
    }
    // The review that was wrong is still there, beside its correction and the reason.
    audit_filter reviews;
    reviews.type = "work_reviewed";
    CHECK(trail(w, reviews).front().payload.find("\"quality\":500000") != std::string::npos);
    reviews.type = "review_corrected";
    CHECK(trail(w, reviews).front().payload.find("looked again") != std::string::npos);
    // A refused command adds nothing.
    w.refuses(dispatch{task_id{9}}, errc::unknown_id, "task 9");
    CHECK(trail(w, all).size() == after.size());
}

TEST_CASE(
    "a filter that nothing can meet, or names no type, is refused", "[engine][E11][refusal]") {
    office_day w;
    auto const before = w.digest();
    auto const refused = [&](audit_filter const& wanted, errc code, std::string const& about,
                             char const* word) {
        INFO(about);
        auto const found = audit(w.engine(), wanted);
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == code);
        CHECK(found.error().subject == about);
        CHECK(found.error().expected.find(word) != std::string::npos);
        CHECK(w.digest() == before);
    };
    audit_filter wanted;
    wanted.count_max = 0;
    refused(wanted, errc::invalid_argument, "audit_filter.count_max", "from 1 to 100,000");
    wanted.count_max = 100'001;
    refused(wanted, errc::invalid_argument, "audit_filter.count_max", "from 1 to 100,000");
    wanted = {};
    wanted.type = "offer_snet";
    refused(wanted, errc::unknown_id, "event type 'offer_snet'", "the name of a type of events");
    wanted.type = "line\nfeed";
    auto const quoted = audit(w.engine(), wanted);
    REQUIRE_FALSE(quoted.has_value());
    CHECK(quoted.error().subject.find('\n') == std::string::npos);
    wanted = {};
    wanted.from = w.noon;
    wanted.to = w.noon;
    refused(wanted, errc::invalid_argument, "audit_filter.to", "an instant after");
    wanted.to = w.morning;
    refused(wanted, errc::invalid_argument, "audit_filter.to", "an instant after");
}

// Decisions

/// Sends a command, and holds its record to what a second engine, which knows the journal only up
/// to it, would decide.
template <typename Command>
decision_record reproduced(
    winter_world& w, Command const& command, std::string const& request = {}) {
    w.accepts(command, request);
    auto const recorded = decision_at(w.engine(), w.receipt().first);
    REQUIRE(recorded.has_value());
    CHECK(recorded->first == w.receipt().first);
    CHECK(recorded->events.size() == w.receipt().count);
    CHECK(recorded->request == request);
    CHECK(recorded->at == w.now());

    engine second{w.journal_file(), writer_id{2}};
    REQUIRE(second.catch_up_to(recorded->first).has_value());
    REQUIRE(second.head().position == recorded->first);
    auto const again = second.preview(command, {recorded->at, recorded->by, {}});
    REQUIRE(again.has_value());
    CHECK(again->size() == recorded->events.size());
    CHECK(decision_digest(*again) == recorded->decided);
    return *recorded;
}

TEST_CASE("a decision has a record, and the same command on the same history gives it again",
    "[engine][E12]") {
    winter_world w;
    w.given(adopt<exploration_rules>{{ratio(1, 3), 3}});
    auto made = w.brief(one);
    made.wanted = {{w.tag("interest", "technology")}};
    std::vector<digest> decided;
    w.as(mei).wait(hours(1));
    decided.push_back(reproduced(w, open_task{made}).decided);
    dispatch push{one, 3};
    push.seed = 2026;
    auto const record = reproduced(w, push, "push-1");
    decided.push_back(record.decided);
    CHECK(record.by == mei);
    CHECK(
        record.events.front().type == "lots_drawn"); // with the chances and the parts of each score
    CHECK(record.events[2].payload.find("\"why\":") != std::string::npos);
    auto const who = w.at(offer_id{1}).member;
    w.as({}).wait(hours(1));
    decided.push_back(reproduced(w, accept_offer{offer_id{1}}).decided);
    decided.push_back(reproduced(w, decline_offer{offer_id{2}, {}}).decided);
    decided.push_back(
        reproduced(w, submit_work{submission_id{1}, one, who, "https://example.org/1"}).decided);
    decided.push_back(reproduced(w, w.rate(submission_id{1}, percent(90))).decided);
    decided.push_back(reproduced(w, select_best{one}).decided);
    decided.push_back(reproduced(w, surprise_best{one, {100}, "winter pathfinder"}).decided);
    decided.push_back(reproduced(w, amplify{submission_id{1}, "site", {1000}}).decided);
    for (std::size_t i = 0; i < decided.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            CHECK(decided[i] != decided[j]);
        }
    }
}

TEST_CASE(
    "another history, another seed or another command gives another decision", "[engine][E12]") {
    auto const record_after = [](auto&& history, std::uint64_t seed, std::int64_t count) {
        winter_world w;
        w.given(adopt<exploration_rules>{{ratio(1, 3), 3}}, open_task{w.brief(one)});
        history(w);
        dispatch push{one, count};
        push.seed = seed;
        w.accepts(push);
        return decision_at(w.engine(), w.receipt().first)->decided;
    };
    auto const nothing = [](winter_world&) {};
    auto const usual = record_after(nothing, 1, 3);
    CHECK(record_after(nothing, 1, 3) == usual);
    // What has no part in the decision leaves its digest alone, though every position moves.
    CHECK(record_after([](winter_world& w) { w.given(define_facet{{"mood"}}); }, 1, 3) == usual);
    CHECK(record_after(nothing, 1, 2) != usual);
    CHECK(record_after(nothing, 2, 3) != usual);
    CHECK(record_after(
              [](winter_world& w) {
                  w.given(record_outcome{w.an, {}, percent(90), w.now()});
              },
              1, 3) != usual);
}

TEST_CASE("where no decision begins there is no record", "[engine][E12][refusal]") {
    office_day w;
    auto const before = w.digest();
    w.as(mei).accepts(open_task{w.brief(task_id{2})});
    auto const after = w.digest();
    auto const first = w.receipt().first;
    REQUIRE(w.receipt().count == 2);
    for (auto position : {first + 1, first + 2, first + 1000, ~std::uint64_t{0}}) {
        INFO(position);
        auto const found = decision_at(w.engine(), position);
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == errc::unknown_id);
        CHECK(found.error().subject == "event " + std::to_string(position));
        CHECK(found.error().expected ==
            "expected the position at which a decision begins, as its receipt names it");
    }
    CHECK(w.digest() == after);
    CHECK(before != after); // there is one more task
    // An engine that knows another history decides otherwise, or refuses.
    engine early{w.journal_file(), writer_id{2}};
    REQUIRE(early.catch_up_to(first).has_value());
    auto const unknown = early.preview(list_task{task_id{2}}, w.asked());
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().subject == "task 2");
}

} // namespace
