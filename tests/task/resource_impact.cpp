// SPDX-License-Identifier: BSL-1.0
#include <koc/task/messages/resource_impact.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

constexpr resource_id car{1};

/// Work about one subject, judged by depth and by the same in the rest, and what it reached.
void made(cultivated_world& w, std::uint64_t n, member_id who, char const* subject,
    std::int64_t depth, std::int64_t reached) {
    auto brief = w.brief(task_id{n});
    brief.wanted = {{w.tag("interest", subject)}};
    w.listed(brief);
    w.handed_in(task_id{n}, who, submission_id{n});
    auto review = w.rate(submission_id{n}, percent(60));
    review.ratings.front().value = percent(depth);
    w.given(review, report_reach{submission_id{n}, reached});
    w.wait(days(1));
}
stock_resource two_cars() { return {car, "New model", resource_type::early_access, "Hall 4", 2}; }
resource_impact_rules at_least(std::int64_t people) { return {people, "depth"}; }

// F35

TEST_CASE("what a resource did is the depth, scarcity and reach of the work before and after it, "
          "against members who were entitled and had none",
    "[task][F35]") {
    cultivated_world w;
    w.given(two_cars(), adopt<resource_impact_rules>{at_least(2)});
    std::uint64_t n = 1;
    for (auto who : {w.an, w.chen, w.dong, w.guo, w.bao}) {
        made(w, n++, who, "technology", 50, 100);
    }
    // Jin, who made nothing, waits for a seat; bao is not entitled; two have it and use it.
    w.given(
        request_resource{car, w.an}, request_resource{car, w.chen}, request_resource{car, w.jin});
    w.given(use_resource{grant_id{1}, {}}, use_resource{grant_id{2}, {}});
    w.wait(days(1));
    auto weighed = w.ask(weigh_resource{car});
    REQUIRE(weighed.size() == 3);
    CHECK(weighed[0] == measure_comparison{}); // nobody has work after it yet

    made(w, n++, w.an, "off_road", 80, 300);
    made(w, n++, w.an, "off_road", 100, 500);
    made(w, n++, w.chen, "off_road", 90, 600);
    made(w, n++, w.dong, "technology", 60, 120);
    made(w, n++, w.guo, "technology", 60, 140);
    made(w, n++, w.bao, "technology", 100, 9'000);

    weighed = w.ask(weigh_resource{car});
    // Each person counts once, however much they made: an's 90 is the mean of 80 and 100.
    CHECK(weighed[0] ==
        measure_comparison{work_measure::depth, {2, percent(50), percent(90)},
            {2, percent(50), percent(60)}, false, percent(30)});
    // All five made something about technology, two of five about driving off the road.
    CHECK(weighed[1] ==
        measure_comparison{work_measure::scarcity, {2, percent(0), percent(60)},
            {2, percent(0), percent(0)}, false, percent(60)});
    CHECK(weighed[2] ==
        measure_comparison{work_measure::reach, {2, whole(100), whole(500)},
            {2, whole(100), whole(130)}, false, whole(370)});

    // What a piece reached grows, and a review is corrected: both count as they are now.
    w.given(report_reach{submission_id{9}, 160});
    CHECK(w.ask(weigh_resource{car})[2].without.after == whole(150));
    auto lower = w.rate(submission_id{8}, percent(60)).ratings;
    lower.front().value = percent(70);
    w.given(correct_review{submission_id{8}, lower, "mistyped"});
    CHECK(w.ask(weigh_resource{car})[0].effect == percent(20));

    // With more people asked for than there are, the counts are told and nothing else.
    w.given(adopt<resource_impact_rules>{at_least(3)});
    weighed = w.ask(weigh_resource{car});
    for (auto const& compared : weighed) {
        CHECK(compared.too_few);
        CHECK(compared.with == group_means{2, std::nullopt, std::nullopt});
        CHECK(compared.without == group_means{2, std::nullopt, std::nullopt});
        CHECK(compared.effect == std::nullopt);
    }
    // Who has left service is on no side any more.
    w.given(record_waning{w.guo, waning_reason::life_change, {}});
    w.role_offered(w.guo, alumni_role::friend_of_the_brand);
    w.given(accept_role{w.guo, alumni_role::friend_of_the_brand});
    CHECK(w.ask(weigh_resource{car})[0].without.people == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a reach of no work or beyond measure, of alumni or by a member, and a resource that is "
          "not there, are refused",
    "[task][F35][refusal]") {
    cultivated_world w;
    w.given(two_cars());
    made(w, 1, w.an, "technology", 50, 100);
    made(w, 2, w.chen, "technology", 50, 100);
    w.given(record_waning{w.chen, waning_reason::life_change, {}});
    w.role_offered(w.chen, alumni_role::friend_of_the_brand);
    w.given(accept_role{w.chen, alumni_role::friend_of_the_brand});
    unmoved u{w};
    u.refuses(report_reach{submission_id{9}, 1}, errc::unknown_id, "submission 9");
    u.refuses(report_reach{submission_id{1}, -1}, errc::invalid_argument, "report_reach.people",
        "from 0 to 100000000");
    u.refuses(report_reach{submission_id{1}, reach_max + 1}, errc::invalid_argument,
        "report_reach.people", "from 0");
    u.refuses(report_reach{submission_id{2}, 100}, errc::not_qualified, "member 2",
        "alumni are not assessed");
    u.denies(weigh_resource{resource_id{9}}, errc::unknown_id, "resource 9", "");
    u.refuses(adopt<resource_impact_rules>{at_least(0)}, errc::invalid_argument,
        "resource_impact_rules.people_min", "1 or more");
    u.refuses(adopt<resource_impact_rules>{{3, ""}}, errc::invalid_text,
        "resource_impact_rules.depth_dimension");
    w.as(w.self(w.an));
    u.refuses(
        report_reach{submission_id{1}, 5'000}, errc::not_qualified, "report_reach", "not member 1");
    u.denies(weigh_resource{car}, errc::not_qualified, "resource 1", "not member 1");
    u.denies(compare_resource{car}, errc::not_qualified, "resource 1", "not member 1");
}

TEST_CASE("the accounts of one person are on one side, and what all of them made is one person's",
    "[task][F35][E18]") {
    cultivated_world w;
    w.given(two_cars(), adopt<resource_impact_rules>{at_least(1)});
    made(w, 1, w.guo, "technology", 50, 100);
    made(w, 2, w.dong, "technology", 70, 300);
    made(w, 3, w.chen, "technology", 50, 100);
    w.given(request_resource{car, w.guo}, use_resource{grant_id{1}, {}});
    w.wait(days(100)).time_passes(); // guo has it no longer
    made(w, 4, w.dong, "life", 90, 500);
    made(w, 5, w.chen, "technology", 60, 100);
    // Of two people, one has no work with it, and the other is compared with them.
    CHECK(w.ask(weigh_resource{car})[0].without.people == 2);
    auto const apart = w.ask(weigh_resource{car});
    w.given(merge_members{w.dong, w.guo, {w.guo.value(), "One person"}});
    auto const weighed = w.ask(weigh_resource{car});
    CHECK(weighed[0] ==
        measure_comparison{work_measure::depth, {1, percent(60), percent(90)},
            {1, percent(50), percent(60)}, false, percent(20)});
    // One of two authors made nothing about life.
    CHECK(weighed[1].with.after == percent(50));
    CHECK(weighed[2].with == group_means{1, whole(200), whole(500)});
    CHECK(w.ask(compare_resource{car}) ==
        std::vector<resource_effect>{{w.dong, 2, percent(60), 0, std::nullopt}});
    w.given(undo_merge{w.guo});
    CHECK(w.ask(weigh_resource{car}) == apart);
    CHECK(w.ask(compare_resource{car}).front().member == w.guo);
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
