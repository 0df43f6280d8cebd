// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/potential.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
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

TEST_CASE("loyalty, familiarity and the will to speak are counted each from evidence of its own, "
          "which is shown, is recorded as the basis and chooses the first step",
    "[member][F06]") {
    cultivated_world w;
    w.given(adopt<potential_rules>{{4, 4, 2}});
    constexpr auto pan = w.pan;
    constexpr auto qi = w.qi;
    constexpr auto ru = w.ru;
    for (auto who : {pan, qi, ru}) {
        w.enrolled(who, {source::owned});
    }
    std::uint64_t next = 100;
    auto const reports = [&](member_id who) {
        w.given(report_contribution{
            signal_id{next++}, who, contribution_kind::gave_feedback, 1, whole(1)});
    };
    auto const publishes = [&](member_id who) {
        w.given(report_content{signal_id{next++}, who, whole(1), whole(1), whole(1)});
    };
    // Pan reports every week and says nothing in public, Qi publishes every week and reports
    // nothing, and Ru does both, in one week only.
    for (auto week = 0; week < 4; ++week) {
        reports(pan);
        publishes(qi);
        w.wait(days(7));
    }
    for (auto n = 0; n < 4; ++n) {
        reports(ru);
        publishes(ru);
    }
    CHECK(w.ask(show_potential{pan}) ==
        std::vector<trait_reading>{{trait::loyalty, percent(80), "weeks with a sign: 4 of 5"},
            {trait::familiarity, whole(1),
                "full reports: 4, features used: 0, questions answered: 0"},
            {trait::will_to_speak, score{}, "public or in sessions: 0 of 4"}});
    CHECK(w.ask(show_potential{qi})[1].value == score{});
    CHECK(w.ask(show_potential{qi})[2].value == whole(1));
    CHECK(w.ask(show_potential{ru})[0].value == percent(25));
    CHECK(w.ask(show_potential{ru})[2].value == percent(50));

    w.accepts(assess_potential{pan});
    auto const measured = w.recorded<potential_measured>();
    REQUIRE(measured.size() == 3);
    CHECK(measured[2].trait == trait::will_to_speak);
    CHECK(measured[2].source == potential_source::evidence);
    CHECK(measured[2].basis.text == "public or in sessions: 0 of 4");
    w.given(assess_potential{qi}, assess_potential{ru});
    for (auto who : {pan, qi, ru}) {
        w.given(record_contact{who, {}}, confirm_willingness{who});
    }
    CHECK(w.next(pan) == names{"talk about their own story"});
    CHECK(w.next(qi) == names{"product day"});
    CHECK(w.next(ru) == names{"evening with the team"});

    // A judgement is the other source; the newest measure counts, and each says what it is.
    w.accepts(measure_potential{qi, trait::familiarity, percent(80), "drives one at work"});
    CHECK(w.recorded<potential_measured>().front().source == potential_source::judgement);
    CHECK(w.next(qi) == names{"content training"});
    w.given(assess_potential{qi});
    CHECK(w.next(qi) == names{"product day"});

    // A feature is counted once however often it is used, and an answer as often as it was given.
    w.given(release_feature{feature_id{1}, "Winter mode", w.now()});
    w.wait(hours(1));
    for (auto n = 0; n < 2; ++n) {
        w.given(report_contribution{signal_id{next++}, qi, contribution_kind::tried, 1, score{},
            member_id{}, feature_id{1}});
    }
    CHECK(w.ask(show_potential{qi})[1].value == percent(25));
    w.given(report_contribution{
        signal_id{next++}, qi, contribution_kind::helped_a_peer, 2, whole(1), pan});
    CHECK(w.ask(show_potential{qi})[1] ==
        trait_reading{trait::familiarity, percent(75),
            "full reports: 0, features used: 1, questions answered: 2"});

    // Sessions are said aloud too. Of one contribution the will to speak is not measured.
    w.given(record_session{session_id{1}, w.jin, {w.lan}, {}, 60});
    CHECK(w.ask(show_potential{w.jin})[2] ==
        trait_reading{trait::will_to_speak, std::nullopt, "public or in sessions: 1 of 1"});
    w.accepts(assess_potential{w.jin});
    CHECK(w.recorded<potential_measured>().size() == 2);
    CHECK(w.at<potential_record>(w.jin).will_to_speak == std::nullopt);
    // The member reads what is counted of them.
    w.as(w.self(pan));
    CHECK(w.ask(show_potential{pan})[1].value == whole(1));
    w.as({});
    CHECK(w.digest() == w.digest_of_replay());
}

// E19

TEST_CASE("what is in doubt is no evidence of potential and chooses no plan, and counts again when "
          "the doubt is dismissed",
    "[member][E19]") {
    cultivated_world w;
    w.given(adopt<potential_rules>{{4, 4, 2}});
    constexpr auto pan = w.pan;
    w.active(pan, {source::owned});
    for (std::uint64_t week = 1; week <= 4; ++week) {
        if (week <= 2) {
            w.given(report_contribution{
                signal_id{week}, pan, contribution_kind::gave_feedback, 1, whole(1)});
        } else {
            w.given(report_content{signal_id{week}, pan, whole(1), whole(1), whole(1)});
        }
        w.wait(days(7));
    }
    auto const shown = w.ask(show_potential{pan});
    CHECK(shown[0].basis == "weeks with a sign: 4 of 5");
    CHECK(shown[2].basis == "public or in sessions: 2 of 4");
    report_authenticity const copied{doubt_id{1}, pan, doubt_kind::copied_content, percent(50),
        {pan.value(), "Seen elsewhere"}, signal_id{4}};
    w.given(copied);
    CHECK(w.ask(show_potential{pan}) ==
        std::vector<trait_reading>{{trait::loyalty, percent(60), "weeks with a sign: 3 of 5"},
            shown[1], {trait::will_to_speak, ratio(1, 3), "public or in sessions: 1 of 3"}});
    w.given(assess_potential{pan});
    CHECK(w.next(pan) == names{"talk about their own story"});
    w.given(settle_authenticity{doubt_id{1}, false, {pan.value(), "It is theirs"}});
    CHECK(w.ask(show_potential{pan}) == shown);
    w.given(assess_potential{pan});
    CHECK(w.next(pan) == names{"content training"});

    // Of somebody who is in doubt as a whole nothing is measured.
    w.given(report_authenticity{
        doubt_id{2}, pan, doubt_kind::bought_audience, percent(50), {pan.value(), "In a night"}});
    auto const in_doubt = w.ask(show_potential{pan});
    REQUIRE(in_doubt.size() == 3);
    for (auto const& read : in_doubt) {
        CHECK_FALSE(read.value.has_value());
        CHECK(read.basis == "in doubt");
    }
    w.refuses(assess_potential{pan}, errc::not_qualified, "member 70", "settle it first");
    w.given(settle_authenticity{doubt_id{2}, false, {pan.value(), "A newspaper wrote"}});
    CHECK(w.ask(show_potential{pan}) == shown);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a measure from no evidence, of oneself, of alumni or of nobody is refused, as is a look "
          "at another's evidence",
    "[member][F06][refusal]") {
    cultivated_world w;
    w.given(
        report_contribution{signal_id{1}, w.chen, contribution_kind::gave_feedback, 1, whole(1)},
        report_authenticity{
            doubt_id{1}, w.chen, doubt_kind::other, percent(50), {w.chen.value(), "Two accounts"}});
    unmoved u{w};
    u.refuses(assess_potential{w.chen}, errc::not_qualified, "member 2", "is in doubt");
    u.refuses(assess_potential{w.nobody}, errc::unknown_id, "member 999");
    u.refuses(assess_potential{w.ou}, errc::not_qualified, "member 13", "alumni are not assessed");
    u.refuses(assess_potential{w.an}, errc::not_qualified, "member 1", "measure them by judgement");
    u.denies(show_potential{w.nobody}, errc::unknown_id, "member 999", "");
    u.denies(show_potential{w.ou}, errc::not_qualified, "member 13", "alumni are not assessed");
    u.refuses(
        adopt<potential_rules>{{0, 4, 2}}, errc::invalid_argument, "potential_rules", "1 or more");
    w.as(w.self(w.an));
    u.refuses(assess_potential{w.an}, errc::not_qualified, "member 1", "their mentor or");
    u.denies(show_potential{w.chen}, errc::not_qualified, "member 2", "not member 1");
}

} // namespace
