// SPDX-License-Identifier: BSL-1.0
#include <koc/member/potential.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <string>
#include <tuple>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

using names = std::vector<std::string>;

// F06

TEST_CASE("loyalty, familiarity and the will to speak are measured apart, and what is lacking "
          "chooses the first cultivation step",
    "[member][F06]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    constexpr auto qi = w.qi;
    w.enrolled(pan, {source::owned});
    w.enrolled(qi, {source::owned});
    auto const measure = [&](member_id who, trait what, std::int64_t value) {
        w.given(measure_potential{who, what, percent(value), "interview of January"});
    };
    // Both love the brand and know the product alike, and one of them is shy.
    for (auto who : {pan, qi}) {
        measure(who, trait::loyalty, 90);
        measure(who, trait::familiarity, 80);
    }
    measure(pan, trait::will_to_speak, 20);
    measure(qi, trait::will_to_speak, 75);
    auto const& shy = w.at<potential_record>(pan);
    CHECK(shy.loyalty == percent(90)); // a measure of one trait leaves the others
    CHECK(shy.familiarity == percent(80));
    CHECK(shy.will_to_speak == percent(20));

    for (auto who : {pan, qi}) {
        w.given(record_contact{who, {}}, confirm_willingness{who});
    }
    CHECK(w.next(pan) == names{"talk about their own story"});
    CHECK(w.next(qi) == names{"content training"});

    // Each trait decides for itself, with the same values of the others.
    std::uint64_t next = 80;
    for (auto const& [loyalty, familiarity, will, first] :
        {std::tuple{90, 80, 75, "content training"}, std::tuple{90, 30, 75, "product day"},
            std::tuple{30, 80, 75, "evening with the team"},
            std::tuple{90, 80, 49, "talk about their own story"},
            std::tuple{90, 80, 50, "content training"}}) {
        member_id const who{next++};
        w.enrolled(who, {source::owned});
        measure(who, trait::loyalty, loyalty);
        measure(who, trait::familiarity, familiarity);
        measure(who, trait::will_to_speak, will);
        w.given(record_contact{who, {}}, confirm_willingness{who});
        CHECK(w.next(who) == names{first});
    }
    // Somebody of whom nothing is known begins as those who lack nothing that is known.
    w.active(w.ru, {source::owned});
    CHECK(w.next(w.ru) == names{"content training"});

    // A better measure chooses anew until the first step has ended; then the plan stays.
    w.accepts(measure_potential{w.ru, trait::will_to_speak, percent(10), "second interview"});
    CHECK(w.recorded<plan_started>().size() == 1);
    CHECK(w.next(w.ru) == names{"talk about their own story"});
    w.given(complete_step{w.ru, "talk about their own story", ""});
    w.accepts(measure_potential{w.ru, trait::will_to_speak, percent(90), "third interview"});
    CHECK(w.recorded<plan_started>().empty());
    CHECK(w.next(w.ru) == names{"content training"});

    // The traits are searched apart.
    CHECK(w.ask(find_members{column("will_to_speak") >= percent(90)}) == std::vector{w.ru});
    CHECK(w.ask(find_members{column("loyalty") >= percent(90) &&
              column("will_to_speak") <= percent(49)}) == std::vector{pan, member_id{83}});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a measure out of its range, without a basis, of oneself or of nobody is refused",
    "[member][F06][refusal]") {
    cultivated_world w;
    w.enrolled(w.pan, {source::owned});
    unmoved u{w};
    u.refuses(measure_potential{w.nobody, trait::loyalty, percent(50), "interview"},
        errc::unknown_id, "member 999");
    u.refuses(measure_potential{w.pan, trait::loyalty, percent(101), "interview"},
        errc::invalid_argument, "value", "from 0 to 1");
    u.refuses(measure_potential{w.pan, trait::loyalty, percent(-1), "interview"},
        errc::invalid_argument, "value", "from 0 to 1");
    u.refuses(measure_potential{w.pan, trait::loyalty, percent(50), ""}, errc::invalid_text,
        "basis of a measure of member 70", "fill it in");
    u.refuses(measure_potential{w.ou, trait::loyalty, percent(50), "interview"},
        errc::not_qualified, "member 13", "alumni are not assessed");
    w.as(w.self(w.pan));
    u.refuses(measure_potential{w.pan, trait::will_to_speak, percent(90), "I say so"},
        errc::not_qualified, "member 70", "their mentor or an operator");
    w.as(w.self(w.jin)); // mature, but not their mentor
    u.refuses(measure_potential{w.pan, trait::will_to_speak, percent(90), "I know her"},
        errc::not_qualified, "member 70", "not member 8");
}

TEST_CASE("the mentor of a member measures their potential", "[member][F06]") {
    cultivated_world w;
    w.enrolled(w.pan, {source::owned});
    w.given(pair_mentor{w.jin, w.pan});
    w.as(w.self(w.jin))
        .accepts(measure_potential{w.pan, trait::loyalty, percent(90), "evening together"});
    CHECK(w.at<potential_record>(w.pan).loyalty == percent(90));
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
