// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/resources.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/calendars.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::berlin;
using koc_test::china;
using koc_test::cultivated_world;
using koc_test::unmoved;
using koc_test::utc;

namespace {

using ids = std::vector<member_id>;

constexpr resource_id car{1};
constexpr resource_id papers{2};
constexpr resource_id evening{3};

stock_resource three_cars() {
    stock_resource made;
    made.resource = car;
    made.name = "The new car, a month early";
    made.type = resource_type::early_access;
    made.details = "Hall 4, keys from the desk";
    made.seats = 3;
    return made;
}
stock_resource one_of(resource_id id, resource_type type) {
    auto made = three_cars();
    made.resource = id;
    made.type = type;
    made.details = "https://example.org/only/" + std::to_string(id.value());
    made.seats = 1;
    return made;
}
/// The members whose grant of a resource is at a stage, in the order of asking.
ids at_stage(cultivated_world const& w, resource_id which, grant_stage stage) {
    ids found;
    for (auto const& grant : w.ask(list_grants{which})) {
        if (grant.stage == stage) {
            found.push_back(grant.member);
        }
    }
    return found;
}
grant_id grant_of(cultivated_world const& w, resource_id which, member_id who) {
    for (auto const& grant : w.ask(list_grants{which})) {
        if (grant.member == who) {
            return grant.id;
        }
    }
    return {};
}
/// Work on a task of its own, judged.
void judged(cultivated_world& w, std::uint64_t n, member_id who, std::int64_t value) {
    w.listed(w.brief(task_id{n}));
    w.handed_in(task_id{n}, who, submission_id{n});
    w.given(w.rate(submission_id{n}, percent(value)));
}
result<std::string> read(cultivated_world const& w, resource_id which, member_id who) {
    return w.engine().ask(read_resource{which, who}, w.asked());
}

// B06

TEST_CASE("members from open platforms get the product early, information that others do not have "
          "and a place at internal events, and what they make of it is compared with their work "
          "before",
    "[task][B06]") {
    cultivated_world w;
    w.given(three_cars(), one_of(papers, resource_type::exclusive_information),
        one_of(evening, resource_type::internal_event));
    judged(w, 1, w.chen, 60);
    w.wait(days(1));
    // Three seats and five who are entitled: the first to ask have them, the others wait in line.
    for (auto who : {w.an, w.chen, w.dong, w.guo, w.jin}) {
        w.given(request_resource{car, who});
    }
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.an, w.chen, w.dong});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.guo, w.jin});
    w.refuses(request_resource{car, w.bao}, errc::not_qualified, "member 5", "source:open");

    // What is exclusive is read by who has a seat, by nobody else, and by nobody for another.
    w.given(request_resource{papers, w.guo}, request_resource{evening, w.jin});
    CHECK(w.ask(read_resource{car, w.an}) == "Hall 4, keys from the desk");
    CHECK(w.ask(read_resource{papers, w.guo}) == "https://example.org/only/2");
    CHECK(w.ask(read_resource{evening, w.jin}) == "https://example.org/only/3");
    CHECK_FALSE(read(w, car, w.guo).has_value());
    w.as(w.self(w.an));
    CHECK(read(w, car, w.an).has_value());
    CHECK_FALSE(read(w, car, w.chen).has_value());
    w.as({});

    // Two use it; the third seat comes back after 14 days and goes to the next in line.
    w.given(use_resource{grant_of(w, car, w.an), {}});
    w.wait(days(14) - duration{1}).time_passes();
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.chen, w.dong});
    w.given(use_resource{grant_of(w, car, w.chen), {}});
    w.wait(duration{1}).time_passes();
    CHECK(at_stage(w, car, grant_stage::lapsed) == ids{w.dong});
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.guo});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.jin});
    CHECK_FALSE(read(w, car, w.dong).has_value());
    CHECK(read(w, car, w.guo).has_value());

    // Work made with it, beside the work before it; other work of the time is left out.
    judged(w, 2, w.chen, 90);
    judged(w, 3, w.chen, 80);
    judged(w, 4, w.chen, 10);
    w.given(use_resource{grant_of(w, car, w.chen), submission_id{2}},
        use_resource{grant_of(w, car, w.chen), submission_id{3}});
    auto const compared = w.ask(compare_resource{car});
    REQUIRE(compared.size() == 2);
    CHECK(compared[0] == resource_effect{w.an, 0, std::nullopt, 0, std::nullopt});
    CHECK(compared[1] == resource_effect{w.chen, 1, percent(60), 2, percent(85)});

    // Of one who had made something before.
    w.wait(days(1)).given(request_resource{evening, w.chen}); // whose seat nobody used in time
    judged(w, 5, w.chen, 95);
    w.given(use_resource{grant_of(w, evening, w.chen), submission_id{5}});
    CHECK(w.ask(compare_resource{evening}) ==
        std::vector<resource_effect>{{w.chen, 4, percent(60), 1, percent(95)}});
    w.given(correct_review{submission_id{5}, w.rate({}, percent(75)).ratings, "seen again"});
    CHECK(w.ask(compare_resource{evening}).front().with == percent(75));

    // The plan of an active member from an open platform has a step for it.
    w.active(w.pan, {source::open});
    w.given(complete_step{w.pan, "talk about the direction", ""},
        skip_step{w.pan, "direction calibration", "there are none"});
    auto more = three_cars();
    more.resource = resource_id{4};
    w.given(more, request_resource{more.resource, w.pan});
    CHECK(w.next(w.pan) == std::vector<std::string>{"exclusive resource"});
    w.given(use_resource{grant_of(w, more.resource, w.pan), {}});
    CHECK(w.next(w.pan) == std::vector<std::string>{"deep piece"});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a resource that is nothing, for somebody who is not entitled or of somebody else is "
          "refused",
    "[task][B06][refusal]") {
    cultivated_world w;
    w.given(three_cars(), request_resource{car, w.an});
    judged(w, 1, w.chen, 60);
    w.wait(days(1)).given(request_resource{car, w.guo});
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.dong, submission_id{2});
    w.wait(days(1)).given(request_resource{car, w.dong});
    w.given(w.rate(submission_id{2}, percent(60)));
    auto const with = [](auto change) {
        auto made = one_of(papers, resource_type::exclusive_information);
        change(made);
        return made;
    };
    unmoved u{w};
    u.refuses(three_cars(), errc::already_exists, "resource 1", "new resource id");
    u.refuses(with([](auto& r) { r.name = ""; }), errc::invalid_text, "name of resource 2");
    u.refuses(with([](auto& r) { r.details = ""; }), errc::invalid_text, "details of resource 2");
    u.refuses(with([](auto& r) { r.seats = 0; }), errc::invalid_argument, "resource 2", "1 to");
    u.refuses(with([](auto& r) { r.hold = {}; }), errc::invalid_argument, "resource 2", "above 0");
    u.refuses(with([](auto& r) { r.lease = {}; }), errc::invalid_argument, "resource 2", "a lease");
    u.refuses(
        with([](auto& r) { r.hold_days = 0; }), errc::invalid_argument, "resource 2", "1 to 1,000");
    u.refuses(with([](auto& r) { r.lease_days = 1'001; }), errc::invalid_argument, "resource 2",
        "working days");
    u.refuses(
        with([](auto& r) { r.audience = has("source", "moon"); }), errc::unknown_id, "source:moon");
    u.refuses(request_resource{car, w.bao}, errc::not_qualified, "member 5", "source:open");
    u.refuses(request_resource{car, w.an}, errc::already_exists, "member 1", "neither has");
    u.refuses(request_resource{papers, w.an}, errc::unknown_id, "resource 2");
    u.refuses(request_resource{car, w.nobody}, errc::unknown_id, "member 999");
    u.refuses(use_resource{grant_id{9}, {}}, errc::unknown_id, "grant 9");
    u.refuses(use_resource{grant_id{1}, submission_id{1}}, errc::unknown_id, "submission 1",
        "work of member 1");
    // What was handed in before the seat was given was made without it, whenever it was reviewed.
    u.refuses(use_resource{grant_id{3}, submission_id{2}}, errc::wrong_state, "submission 2",
        "handed in since grant 3");
    u.refuses(request_resource{car, w.min}, errc::not_qualified, "member 11", "stage:");
    u.denies(read_resource{car, w.chen}, errc::not_qualified, "resource 1", "request one first");
    u.denies(read_resource{papers, w.chen}, errc::unknown_id, "resource 2", "");
    u.denies(list_grants{papers}, errc::unknown_id, "resource 2", "");
    u.denies(compare_resource{papers}, errc::unknown_id, "resource 2", "");
    w.as(w.self(w.chen));
    u.refuses(request_resource{car, w.dong}, errc::not_qualified, "member 3", "not member 2");
    u.refuses(use_resource{grant_id{1}, {}}, errc::not_qualified, "member 1", "not member 2");
    u.refuses(return_resource{grant_id{1}}, errc::not_qualified, "member 1", "not member 2");
    u.refuses(with([](auto&) {}), errc::not_qualified, "stock_resource", "not member 2");
    u.denies(read_resource{car, w.an}, errc::not_qualified, "resource 1", "for themselves");
}

// D22

TEST_CASE("something scarce has a stock, a quota for each person, a lease and a way to take it "
          "back, and goes in order to who is entitled",
    "[task][D22]") {
    cultivated_world w;
    for (auto which : {papers, evening, car}) {
        w.given(one_of(which, resource_type::internal_event));
    }
    auto const left = [&](resource_id which) { return w.at(which).seats.left(); };
    // Stock: one seat; the next in line waits.
    w.given(request_resource{papers, w.an}, request_resource{papers, w.chen},
        request_resource{papers, w.dong});
    CHECK(left(papers) == 0);
    CHECK(at_stage(w, papers, grant_stage::waiting) == ids{w.chen, w.dong});
    // Quota: two seats at a time, whatever of.
    w.given(request_resource{evening, w.an});
    w.refuses(request_resource{car, w.an}, errc::no_capacity, "member 1",
        "fewer than 2 seats of resources to be taken, but 2 are");
    w.given(adopt<resource_rules>{{3}}, request_resource{car, w.an});

    // Revocation: access ends at once, the seat goes on, and the person stays out of it.
    w.accepts(revoke_resource{grant_of(w, papers, w.an), "passed the papers on"});
    CHECK(w.recorded<resource_revoked>().front().reason.text == "passed the papers on");
    CHECK(w.recorded<resource_granted>().front().member == w.chen);
    CHECK_FALSE(read(w, papers, w.an).has_value());
    CHECK(read(w, papers, w.chen).has_value());
    w.as(w.self(w.an));
    w.refuses(request_resource{papers, w.an}, errc::not_qualified, "member 1", "taken away");
    w.as({});

    // Order among the entitled: who is no longer, or is at their quota, is passed over.
    auto mature = one_of(resource_id{5}, resource_type::early_access);
    mature.audience = has("stage", "active");
    w.given(mature, request_resource{resource_id{5}, w.fang},
        request_resource{resource_id{5}, w.guo}, request_resource{resource_id{5}, w.hua});
    w.given(record_waning{w.guo, waning_reason::life_change, {}});
    w.accepts(return_resource{grant_of(w, resource_id{5}, w.fang)});
    CHECK(w.recorded<resource_granted>().front().member == w.hua);
    CHECK(at_stage(w, resource_id{5}, grant_stage::waiting) == ids{w.guo});

    // Lease: what is used stays, what is not comes back, down the line to an empty one.
    w.given(use_resource{grant_of(w, evening, w.an), {}});
    w.wait(days(14)).time_passes();
    CHECK(at_stage(w, evening, grant_stage::used) == ids{w.an});
    CHECK(at_stage(w, papers, grant_stage::lapsed) == ids{w.chen});
    CHECK(at_stage(w, papers, grant_stage::held) == ids{w.dong});
    w.wait(days(14)).time_passes();
    CHECK(left(papers) == 1);
    CHECK(w.history_of<resource_lapsed>().size() == 4);
    w.given(request_resource{papers, w.chen}); // whose seat lapsed may ask again
    CHECK(at_stage(w, papers, grant_stage::held) == ids{w.chen});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "the use of a seat ends when it is given back, stays in the comparison and makes room for "
    "what its holder waits for elsewhere",
    "[task][D22]") {
    cultivated_world w;
    for (auto which : {papers, evening, car}) {
        w.given(one_of(which, resource_type::internal_event));
    }
    w.given(request_resource{papers, w.an}, request_resource{evening, w.an},
        request_resource{papers, w.chen});
    w.given(use_resource{grant_of(w, papers, w.an), {}});
    judged(w, 1, w.an, 80);
    w.given(use_resource{grant_of(w, papers, w.an), submission_id{1}});
    // A third, for which there is no room while two are held or used.
    w.refuses(request_resource{car, w.an}, errc::no_capacity, "member 1", "2 are");
    w.accepts(return_resource{grant_of(w, papers, w.an)});
    CHECK(at_stage(w, papers, grant_stage::finished) == ids{w.an});
    CHECK(at_stage(w, papers, grant_stage::held) == ids{w.chen});
    CHECK_FALSE(read(w, papers, w.an).has_value());
    CHECK(w.ask(compare_resource{papers}) ==
        std::vector<resource_effect>{{w.an, 0, std::nullopt, 1, percent(80)}});
    w.given(request_resource{car, w.an});
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.an});
    // What is ready later is still noted, and takes no seat.
    judged(w, 2, w.an, 60);
    w.given(use_resource{grant_of(w, papers, w.an), submission_id{2}});
    CHECK(w.ask(compare_resource{papers}).front().with == percent(70));
    CHECK(at_stage(w, papers, grant_stage::finished) == ids{w.an});
    CHECK(w.at<holder_record>(w.an).taken == 2);

    // Chen waits for the car, is at the quota when it comes back, and gets it when that frees.
    constexpr resource_id second_car{4};
    w.given(one_of(second_car, resource_type::early_access), request_resource{car, w.chen},
        request_resource{second_car, w.chen});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.chen});
    w.given(return_resource{grant_of(w, car, w.an)});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.chen});
    CHECK(w.at(car).seats.left() == 1);
    w.accepts(return_resource{grant_of(w, second_car, w.chen)});
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.chen});
    // The stock is raised, and who waits is served.
    w.given(request_resource{car, w.guo}, request_resource{car, w.dong});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.guo, w.dong});
    w.accepts(raise_stock{car, 2});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.dong});
    CHECK(w.at(car).seats.limit == 2);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a seat comes back as soon as it is no longer for who has it, with the reason, and goes "
          "to the next in line",
    "[task][B06][D22]") {
    cultivated_world w;
    w.given(three_cars());
    judged(w, 1, w.chen, 60);
    w.wait(days(1));
    for (auto who : {w.an, w.chen, w.dong, w.guo, w.jin}) {
        w.given(request_resource{car, who});
    }
    w.given(use_resource{grant_of(w, car, w.chen), {}});
    judged(w, 2, w.chen, 90);
    w.given(use_resource{grant_of(w, car, w.chen), submission_id{2}});
    // An's consent is over, and with it the seat that she held.
    w.accepts(record_waning{w.an, waning_reason::life_change, {}});
    REQUIRE(w.recorded<resource_withdrawn>().size() == 1);
    CHECK(w.recorded<resource_withdrawn>().front().grant == grant_of(w, car, w.an));
    CHECK(
        w.recorded<resource_withdrawn>().front().reason.find("stage:active") != std::string::npos);
    CHECK(w.recorded<resource_granted>().front().member == w.guo);
    CHECK(at_stage(w, car, grant_stage::withdrawn) == ids{w.an});
    CHECK_FALSE(read(w, car, w.an).has_value());
    CHECK(w.at<holder_record>(w.an).taken == 0);
    // Who waits and is no longer entitled is passed over; a used seat comes back as well, and what
    // was made with it stays in the comparison.
    w.given(record_waning{w.jin, waning_reason::life_change, {}});
    CHECK(w.recorded<resource_withdrawn>().empty());
    w.accepts(record_waning{w.chen, waning_reason::life_change, {}});
    CHECK(w.recorded<resource_granted>().empty());
    CHECK(at_stage(w, car, grant_stage::finished) == ids{w.chen});
    CHECK(w.ask(compare_resource{car}).front().with == percent(90));
    CHECK(w.at(car).seats.left() == 1);
    // Whose turn it was is served when it is for them again; the others may ask anew.
    w.accepts(confirm_willingness{w.jin});
    CHECK(w.recorded<resource_granted>().front().member == w.jin);
    w.given(confirm_willingness{w.an}, request_resource{car, w.an});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.an});
    CHECK(w.history_of<strike_given>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "tags, outcomes and a tier end a seat like the stage does, and what else changes is asked "
    "when a seat is read or used",
    "[task][D22]") {
    cultivated_world w;
    auto const for_whom = [&](resource_id which, requirement audience) {
        auto made = one_of(which, resource_type::internal_event);
        made.audience = std::move(audience);
        w.given(made, request_resource{which, w.an});
    };
    w.given(adopt<resource_rules>{{9}});
    for_whom(papers, has("region", "northeast"));
    w.accepts(retag{w.an, {}, {w.tag("region", "harbin")}});
    CHECK(w.recorded<resource_withdrawn>().front().reason == "no longer region:northeast");

    for_whom(evening, !(column("outcomes") >= 1));
    w.accepts(record_outcome{w.an, {}, percent(90), w.now()});
    REQUIRE(w.recorded<resource_withdrawn>().size() == 1);
    constexpr resource_id workshop{4};
    for_whom(workshop, column("quality") >= percent(60)); // for who makes good work
    w.accepts(correct_outcome{w.an, {}, percent(90), percent(10), w.now()});
    REQUIRE(w.recorded<resource_withdrawn>().size() == 1);

    for_whom(car, !(column("load") >= 1)); // for who has no work in hand
    w.listed(w.brief(task_id{1}));
    w.given(claim_task{task_id{1}, w.an});
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.an});
    CHECK_FALSE(read(w, car, w.an).has_value());
    {
        unmoved u{w};
        u.refuses(use_resource{grant_of(w, car, w.an), {}}, errc::not_qualified, "member 1",
            "somebody for whom resource 1 is");
        u.denies(read_resource{car, w.an}, errc::not_qualified, "member 1", "resource 1 is");
    }
    w.given(submit_work{submission_id{1}, task_id{1}, w.an, "https://example.org/w/1"});
    CHECK(read(w, car, w.an).has_value());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a used seat has a lease that only work made with it renews, and comes back at its end",
    "[task][D22]") {
    cultivated_world w;
    auto lent = one_of(car, resource_type::early_access);
    lent.lease = days(60);
    w.given(lent, one_of(evening, resource_type::internal_event), request_resource{car, w.an},
        request_resource{car, w.chen}, request_resource{evening, w.an},
        use_resource{grant_id{1}, {}}, use_resource{grant_id{3}, {}});
    w.wait(days(50)).time_passes();
    judged(w, 1, w.an, 80);
    w.accepts(use_resource{grant_id{1}, submission_id{1}});
    CHECK(w.recorded<resource_used>().front().until == w.now() + days(60));
    w.wait(days(40)).time_passes(); // which ends the other use, of the usual 90 days
    CHECK(at_stage(w, evening, grant_stage::finished) == ids{w.an});
    CHECK(at_stage(w, car, grant_stage::used) == ids{w.an});
    w.wait(days(20) - duration{1}).time_passes();
    CHECK(w.recorded<resource_lease_ended>().empty());
    w.wait(duration{1}).time_passes();
    REQUIRE(w.recorded<resource_lease_ended>().size() == 1);
    CHECK(w.recorded<resource_granted>().front().member == w.chen);
    CHECK(at_stage(w, car, grant_stage::finished) == ids{w.an});
    CHECK_FALSE(read(w, car, w.an).has_value());
    CHECK(w.ask(compare_resource{car}).front().with == percent(80));
    CHECK(w.history_of<strike_given>().empty()); // it was used
    // Work that is ready later is noted, and brings no seat back.
    judged(w, 2, w.an, 60);
    w.accepts(use_resource{grant_id{1}, submission_id{2}});
    CHECK_FALSE(w.recorded<resource_used>().front().until.has_value());
    CHECK(at_stage(w, car, grant_stage::finished) == ids{w.an});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "no member's bare word keeps a seat: an employee or the host records the use, or work shows it",
    "[task][B06][D22][E39]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    w.given(complete_step{w.pan, "talk about the direction", ""},
        skip_step{w.pan, "direction calibration", "there are none"});
    w.given(three_cars(), request_resource{car, w.pan}, request_resource{car, w.chen},
        request_resource{car, w.dong}, request_resource{car, w.guo});
    auto const held_until = w.now() + days(14);
    // Pan says so alone, which neither ends the step of the plan nor keeps the seat.
    w.as(w.self(w.pan));
    w.refuses(use_resource{grant_id{1}, {}}, errc::not_qualified, "grant 1", "to name work");
    w.as({});
    CHECK(w.next(w.pan) == std::vector<std::string>{"exclusive resource"});
    // An employee hands the car over to Chen.
    w.as(cultivated_world::trainer).accepts(use_resource{grant_id{2}, {}});
    CHECK(w.recorded<resource_used>().front().until == w.now() + days(90));
    // Dong hands work in and names it. Nobody has judged it, so the seat is kept no longer.
    w.as({}).wait(days(1));
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.dong, submission_id{1});
    w.as(w.self(w.dong)).accepts(use_resource{grant_id{3}, submission_id{1}});
    CHECK(w.recorded<resource_used>().front().until == held_until);
    CHECK(at_stage(w, car, grant_stage::used) == ids{w.chen, w.dong});
    w.as({}).wait(held_until - w.now()).time_passes();
    CHECK(at_stage(w, car, grant_stage::lapsed) == ids{w.pan});
    CHECK(at_stage(w, car, grant_stage::finished) == ids{w.dong});
    CHECK(at_stage(w, car, grant_stage::used) == ids{w.chen});
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.guo});
    REQUIRE(w.history_of<strike_given>().size() == 1);
    CHECK(w.history_of<strike_given>().front().member == w.pan);
    // Guo's work passes, also where he has said what it was made with only later.
    w.listed(w.brief(task_id{2}));
    w.handed_in(task_id{2}, w.guo, submission_id{2});
    auto const handed_in = w.now();
    w.given(w.rate(submission_id{2}, percent(90))).wait(days(3));
    w.as(w.self(w.guo)).accepts(use_resource{grant_id{4}, submission_id{2}});
    CHECK(w.recorded<resource_used>().front().until == handed_in + days(90));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a hand-over that is told after the holder named work begins the lease all the same",
    "[task][D22]") {
    cultivated_world w;
    w.given(three_cars(), request_resource{car, w.dong});
    w.listed(w.brief(task_id{1}));
    w.handed_in(task_id{1}, w.dong, submission_id{1});
    w.as(w.self(w.dong)).given(use_resource{grant_id{1}, submission_id{1}});
    w.as({}).wait(days(1));
    w.as(cultivated_world::trainer).accepts(use_resource{grant_id{1}, {}});
    CHECK(w.recorded<resource_used>().front().until == w.now() + days(90));
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "what its holder hands in renews the lease of a used seat only once it passed its review, "
    "and from when it was handed in",
    "[task][D22]") {
    cultivated_world w;
    auto lent = one_of(car, resource_type::early_access);
    lent.lease = days(60);
    w.given(lent, request_resource{car, w.an}, request_resource{car, w.chen},
        use_resource{grant_id{1}, {}});
    auto const begun = w.now();
    auto const until_day = [&](std::int64_t n) { w.as({}).wait(begun + days(n) - w.now()); };
    auto const hand_in = [&](std::uint64_t n) {
        w.listed(w.brief(task_id{n}));
        w.handed_in(task_id{n}, w.an, submission_id{n});
    };
    auto const noted = [&](std::uint64_t n) {
        w.as(w.self(w.an)).accepts(use_resource{grant_id{1}, submission_id{n}});
        w.as({});
        return *w.recorded<resource_used>().front().until - begun;
    };
    // Work that nobody has judged, or that fell short, is noted and keeps nothing.
    until_day(30);
    hand_in(1);
    CHECK(noted(1) == days(60));
    w.accepts(w.rate(submission_id{1}, percent(30)));
    CHECK(w.recorded<resource_used>().empty());
    // What passes keeps the seat for a lease from when it was handed in.
    until_day(40);
    hand_in(2);
    CHECK(noted(2) == days(60));
    until_day(45);
    w.accepts(w.rate(submission_id{2}, percent(90)));
    REQUIRE(w.recorded<resource_used>().size() == 1);
    CHECK(w.recorded<resource_used>().front().until == begun + days(100));
    CHECK_FALSE(w.recorded<resource_used>().front().work.has_value());
    // So does what passes by a correction; what was handed in before shortens nothing.
    until_day(50);
    hand_in(3);
    CHECK(noted(3) == days(100));
    w.given(w.rate(submission_id{3}, percent(30)));
    auto const better = w.rate({}, percent(90)).ratings;
    w.accepts(correct_review{submission_id{3}, better, "seen again"});
    CHECK(w.recorded<resource_used>().front().until == begun + days(110));
    w.accepts(correct_review{submission_id{1}, better, "seen again"});
    CHECK(w.recorded<resource_used>().empty());
    // Work that was kept back for later counts from when it was handed in.
    until_day(55);
    hand_in(4);
    w.given(w.rate(submission_id{4}, percent(90)));
    until_day(109);
    CHECK(noted(4) == days(115));
    // Other work of the holder's is not for this seat.
    hand_in(5);
    w.accepts(w.rate(submission_id{5}, percent(90)));
    CHECK(w.recorded<resource_used>().empty());
    w.wait(begun + days(115) - w.now() - duration{1}).time_passes();
    CHECK(w.recorded<resource_lease_ended>().empty());
    w.wait(duration{1}).time_passes();
    REQUIRE(w.recorded<resource_lease_ended>().size() == 1);
    CHECK(w.recorded<resource_granted>().front().member == w.chen);
    CHECK(w.ask(compare_resource{car}).front().works_with == 4);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a resource is taken away also from who gave their seat back first, with what they have or "
    "wait for of it by then, and only an employee or the host lets them have it again",
    "[task][D22]") {
    cultivated_world w;
    w.given(one_of(papers, resource_type::exclusive_information));
    for (auto who : {w.an, w.chen, w.dong, w.guo}) {
        w.given(request_resource{papers, who});
    }
    w.given(use_resource{grant_id{1}, {}});
    // An has seen the papers, gives them back and waits for them once more.
    w.as(w.self(w.an)).given(return_resource{grant_id{1}}, request_resource{papers, w.an});
    w.as({}).accepts(revoke_resource{grant_id{1}, "passed the papers on"});
    auto const revoked = w.recorded<resource_revoked>();
    REQUIRE(revoked.size() == 2);
    CHECK(revoked[0].grant == grant_id{1});
    CHECK(revoked[1].grant == grant_id{5});
    CHECK(revoked[1].reason.owner == w.an.value());
    CHECK(revoked[1].reason.text == "passed the papers on");
    CHECK(at_stage(w, papers, grant_stage::held) == ids{w.chen});
    CHECK(at_stage(w, papers, grant_stage::waiting) == ids{w.dong, w.guo});
    CHECK(w.at(papers).seats.taken == 1);
    CHECK(w.at<holder_record>(w.an).taken == 0);
    // That she used them is not forgotten.
    CHECK(w.ask(compare_resource{papers}) ==
        std::vector<resource_effect>{{w.an, 0, std::nullopt, 0, std::nullopt}});
    w.as(w.self(w.an));
    w.refuses(request_resource{papers, w.an}, errc::not_qualified, "member 1", "taken away");

    // From whose seat lapsed, from who waits, and from who has one, which is free after it.
    w.as({}).wait(days(14)).time_passes();
    CHECK(at_stage(w, papers, grant_stage::lapsed) == ids{w.chen});
    w.accepts(revoke_resource{grant_of(w, papers, w.chen), "showed them around"});
    CHECK(w.at(papers).seats.taken == 1); // Dong's
    w.accepts(revoke_resource{grant_of(w, papers, w.guo), "said they would"});
    CHECK(at_stage(w, papers, grant_stage::waiting).empty());
    w.accepts(revoke_resource{grant_of(w, papers, w.dong), "did as well"});
    CHECK(w.recorded<resource_granted>().empty());
    CHECK(at_stage(w, papers, grant_stage::revoked) == ids{w.an, w.chen, w.dong, w.guo, w.an});
    CHECK(w.at(papers).seats.left() == 1);
    CHECK(w.at<holder_record>(w.dong).taken == 0);

    // It was somebody else: an employee asks for An, and she has them until they come back.
    w.as(cultivated_world::trainer).accepts(request_resource{papers, w.an});
    CHECK(w.recorded<resource_granted>().front().member == w.an);
    w.as(w.self(w.an));
    CHECK(read(w, papers, w.an).has_value());
    w.given(return_resource{w.history_of<resource_granted>().back().grant});
    w.refuses(
        request_resource{papers, w.an}, errc::not_qualified, "member 1", "an employee or the host");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("who waits for a free seat is served as soon as the rules let one person have more",
    "[task][D22]") {
    cultivated_world w;
    for (auto which : {papers, evening, car}) {
        w.given(one_of(which, resource_type::internal_event));
    }
    w.given(request_resource{car, w.chen}, request_resource{papers, w.an},
        request_resource{car, w.an}, request_resource{evening, w.an});
    w.given(return_resource{grant_of(w, car, w.chen)});
    CHECK(at_stage(w, car, grant_stage::waiting) == ids{w.an}); // at the quota
    CHECK(w.at(car).seats.left() == 1);
    w.accepts(adopt<resource_rules>{{3}});
    REQUIRE(w.recorded<resource_granted>().size() == 1);
    CHECK(w.recorded<resource_granted>().front().member == w.an);
    CHECK(w.at<holder_record>(w.an).taken == 3);
    // What somebody has stays where they may have less from now on.
    w.accepts(adopt<resource_rules>{{1}});
    CHECK(w.at<holder_record>(w.an).taken == 3);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a seat that is held or lent for working days comes back at the end of the last of them, by "
    "the calendar and on its holder's clocks",
    "[task][D22][F21]") {
    cultivated_world w;
    // Off from Sunday to Monday week, with the Saturday before it worked.
    working_calendar festival{1, {{utc("2026-02-14"), day_kind::working, "make-up day"}}};
    for (auto day = utc("2026-02-15"); day <= utc("2026-02-23"); day = day + days(1)) {
        festival.listed.push_back({day, day_kind::holiday, "Spring Festival"});
    }
    w.given(adopt<calendar_rules>{{china, festival}}, set_own_time{w.chen, berlin, {}});
    auto const until = [&](char const* text) { w.wait(utc(text) - w.now()).time_passes(); };
    w.wait(utc("2026-02-13T02:00:00Z") - w.now());
    auto made = three_cars();
    made.hold = days(7);
    made.hold_days = 3;
    made.lease_days = 2;
    w.given(made, request_resource{car, w.an}, request_resource{car, w.chen},
        request_resource{car, w.dong});
    // Saturday, and Tuesday and Wednesday after the festival, to the end of the day at home.
    auto const granted = w.history_of<resource_granted>();
    REQUIRE(granted.size() == 3);
    CHECK(granted[0].until == utc("2026-02-25T16:00:00Z"));
    CHECK(granted[1].until == utc("2026-02-25T23:00:00Z"));
    // Two working days of use.
    w.accepts(use_resource{grant_id{3}, {}});
    CHECK(w.recorded<resource_used>().front().until == utc("2026-02-24T16:00:00Z"));
    until("2026-02-24T16:00:00Z");
    CHECK(at_stage(w, car, grant_stage::finished) == ids{w.dong});
    CHECK(at_stage(w, car, grant_stage::held) == ids{w.an, w.chen});
    CHECK(w.history_of<strike_given>().empty());
    until("2026-02-25T16:00:00Z");
    CHECK(at_stage(w, car, grant_stage::lapsed) == ids{w.an});
    until("2026-02-25T23:00:00Z");
    CHECK(at_stage(w, car, grant_stage::lapsed) == ids{w.an, w.chen});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("more than the quota, a seat that is not there and a revocation without a reason are "
          "refused",
    "[task][D22][refusal]") {
    cultivated_world w;
    w.given(one_of(papers, resource_type::exclusive_information),
        one_of(evening, resource_type::internal_event), one_of(car, resource_type::early_access));
    w.given(request_resource{papers, w.an}, request_resource{evening, w.an},
        request_resource{papers, w.chen}, request_resource{car, w.dong},
        use_resource{grant_id{2}, {}}, return_resource{grant_id{4}});
    w.given(
        request_resource{car, w.guo}, use_resource{grant_id{5}, {}}, return_resource{grant_id{5}});
    w.given(request_resource{car, w.jin}, revoke_resource{grant_id{6}, "lent it to a friend"});
    unmoved u{w};
    u.refuses(request_resource{car, w.an}, errc::no_capacity, "member 1", "wait until one comes");
    u.refuses(use_resource{grant_id{2}, {}}, errc::already_exists, "grant 2", "not used before");
    u.refuses(use_resource{grant_id{3}, {}}, errc::wrong_state, "grant 3", "waiting");
    u.refuses(use_resource{grant_id{4}, {}}, errc::wrong_state, "grant 4", "returned");
    u.refuses(return_resource{grant_id{5}}, errc::wrong_state, "grant 5", "finished");
    u.refuses(use_resource{grant_id{5}, {}}, errc::wrong_state, "grant 5", "finished");
    u.refuses(revoke_resource{grant_id{6}, "reason"}, errc::wrong_state, "grant 6", "revoked");
    u.refuses(use_resource{grant_id{6}, {}}, errc::wrong_state, "grant 6", "revoked");
    u.refuses(return_resource{grant_id{6}}, errc::wrong_state, "grant 6", "revoked");
    u.refuses(
        raise_stock{papers, 1}, errc::invalid_argument, "resource 2", "more seats than the 1");
    u.refuses(raise_stock{papers, 100'001}, errc::invalid_argument, "resource 2", "100,000 at");
    u.refuses(raise_stock{resource_id{9}, 2}, errc::unknown_id, "resource 9");
    u.refuses(return_resource{grant_id{4}}, errc::wrong_state, "grant 4", "returned");
    u.refuses(revoke_resource{grant_id{1}, ""}, errc::invalid_text, "reason to revoke grant 1");
    u.refuses(adopt<resource_rules>{{-1}}, errc::invalid_argument, "resource_rules.held_max");
    w.as(w.self(w.an));
    u.refuses(revoke_resource{grant_id{1}, "reason"}, errc::not_qualified, "revoke_resource",
        "not member 1");
    u.refuses(raise_stock{papers, 2}, errc::not_qualified, "raise_stock", "not member 1");
    // The bare word of who has a seat uses none, and who lost a resource does not ask again.
    u.refuses(use_resource{grant_id{1}, {}}, errc::not_qualified, "grant 1",
        "expected member 1 to name work that was made with it; hand some in and name it, or have "
        "an employee");
    w.as(w.self(w.jin));
    u.refuses(request_resource{car, w.jin}, errc::not_qualified, subject("member", w.jin),
        "have an employee or the host request it for them");
}

} // namespace
