// SPDX-License-Identifier: BSL-1.0

// Honours on the standard programme, and the badges that are made of them.

#include <koc/json/open_badge.hpp>
#include <koc/json/text.hpp>
#include <koc/task/messages/honours.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"
#include "json/open_badge_schema.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::badge_schema;
using koc_test::unmoved;
using koc_test::verdict_on;
using koc_test::winter_world;

namespace {

constexpr honour_id pathfinder{1}; // a year, follows a surprise of its name
constexpr honour_id guide{2};      // for ever
constexpr honour_id friends{3};    // follows a role
constexpr honour_id councillor{4}; // follows an office
constexpr office_id council{1};
constexpr submission_id best{1};
constexpr submission_id other{2};
constexpr session_id shared{1};
constexpr actor desk_3{actor_kind::employee, 3};

actor themself(member_id who) { return {actor_kind::member, who.value()}; }

/// Chen's work is the best of a task, Dong's is reviewed too, Jin has shared what they know.
class honour_world : public winter_world {
public:
    honour_world() {
        as(desk_3);
        given(define_office{council, "Council", 2, days(365), source::open, {}},
            define_honour{pathfinder, "Winter pathfinder", "For who explores the cold",
                "The best test of a winter", "https://brand.example/winter.png", days(365), true},
            define_honour{
                guide, "Guide", "For who leads newcomers", "A session of sharing", "", for_ever},
            define_honour{friends, "Friend", "For years together", "An honorary role", "", for_ever,
                false, alumni_role::friend_of_the_brand},
            define_honour{councillor, "Councillor", "For counsel", "A seat of the council", "",
                days(365), false, {}, council});
        as({}).given(record_session{shared, jin, {lan}, {}, 30});
        listed(brief(task_id{1}));
        handed_in(task_id{1}, chen, best);
        handed_in(task_id{1}, dong, other);
        given(rate(best, percent(95)), rate(other, percent(70)), select_best{task_id{1}});
        as(desk_3);
    }

    [[nodiscard]] static badge_issuer brand() {
        return {"https://brand.example", "The Brand", "https://brand.example",
            "https://brand.example/koc/", false};
    }
    /// What the host makes of an award now, for somebody whose account name is known to verifiers.
    [[nodiscard]] boost::json::value badge(award_id which) const {
        auto made = open_badge(ask(read_award{which}), brand(),
            {"", "account-5", badge_identity::account_id, "drawn-for-5-only"});
        REQUIRE(made.has_value());
        REQUIRE(badge_schema::faults_of(*made).empty());
        return *std::move(made);
    }
    [[nodiscard]] boost::json::value revocations() const {
        auto made = badge_revocations(brand(), ask(list_revoked_awards{}));
        REQUIRE(made.has_value());
        return *std::move(made);
    }
    [[nodiscard]] std::vector<std::pair<honour_id, award_state>> honours_of(member_id who) const {
        std::vector<std::pair<honour_id, award_state>> found;
        for (auto const& seen : ask(list_honours{who})) {
            found.emplace_back(seen.honour, seen.state);
        }
        return found;
    }
};

using seen = std::vector<std::pair<honour_id, award_state>>;

TEST_CASE("honours say since when, until when and for what on record, are carried elsewhere as "
          "badges, and are over, revoked or given back there too",
    "[task][E41]") {
    honour_world w;
    // What the desk awards cites what is on record, and what the programme does may bring it too.
    w.accepts(surprise_best{task_id{1}, {}, "Winter pathfinder"});
    REQUIRE(w.recorded<honour_awarded>().size() == 1);
    auto const of_chen = w.recorded<honour_awarded>().front();
    CHECK(of_chen.member == w.chen);
    CHECK(of_chen.evidence == std::vector{honour_evidence{evidence_kind::review, best.value()}});
    CHECK(of_chen.until == w.now() + days(365));
    w.accepts(award_honour{pathfinder, w.dong, {{evidence_kind::review, other.value()}}});
    auto const of_dong = w.recorded<honour_awarded>().front().award;
    w.accepts(award_honour{guide, w.jin, {{evidence_kind::session, shared.value()}}});
    auto const of_jin = w.recorded<honour_awarded>().front().award;
    CHECK_FALSE(w.at(of_jin).until);
    w.given(invite_to_office{council, w.jin, {}}).as(themself(w.jin));
    w.accepts(take_office{council, w.jin});
    CHECK(
        w.honours_of(w.jin) == seen{{guide, award_state::valid}, {councillor, award_state::valid}});
    CHECK(w.ask(list_honours{w.jin}).back().evidence == std::vector<award_evidence>{{"office", 1}});

    // Each is a badge that any verifier can read: valid, by whom, for what, and of whom only a
    // hash.
    w.as(desk_3);
    auto const chens = w.badge(of_chen.award);
    auto const dongs = w.badge(of_dong);
    auto const jins = w.badge(of_jin);
    auto const given_at = w.now();
    CHECK(chens.at("validFrom").as_string() == to_iso8601(given_at));
    CHECK(chens.at("validUntil").as_string() == to_iso8601(given_at + days(365)));
    CHECK_FALSE(jins.as_object().contains("validUntil"));
    CHECK(chens.at("evidence").at(0).at("name").as_string() == "review 1");
    CHECK(chens.at("credentialSubject").at("achievement").at("criteria").at("narrative") ==
        boost::json::value("The best test of a winter"));
    CHECK(json_text(chens).find("account-5") == std::string::npos);
    for (auto const* one : {&chens, &dongs, &jins}) {
        CHECK(verdict_on(*one, w.revocations(), w.now()) == "valid");
    }

    // One is taken back, and one given back. Why is for the member, and for nobody outside.
    w.wait(days(30)).accepts(revoke_honour{of_dong, {w.dong.value(), "Dong's test was another's"}});
    auto const list = json_text(w.revocations());
    CHECK(list.find("Dong") == std::string::npos);
    CHECK(list.find("another") == std::string::npos);
    CHECK(w.at(of_dong).reason.text == "Dong's test was another's");
    CHECK(verdict_on(dongs, w.revocations(), w.now()) == "revoked");
    CHECK(verdict_on(chens, w.revocations(), w.now()) == "valid");
    CHECK(w.honours_of(w.dong) == seen{{pathfinder, award_state::revoked}});
    CHECK_FALSE(open_badge(w.ask(read_award{of_dong}), w.brand(), {"did:key:z6", "", {}, ""}));
    w.as(themself(w.jin)).accepts(decline_honour{of_jin});
    w.as(desk_3);
    CHECK(verdict_on(jins, w.revocations(), w.now()) == "revoked");
    CHECK(w.ask(list_revoked_awards{}) == std::vector{of_dong, of_jin});

    // What the holder hides others do not see and nobody takes out, but it stays theirs.
    w.as(themself(w.chen)).accepts(show_award{of_chen.award, false});
    CHECK(w.honours_of(w.chen) == seen{{pathfinder, award_state::valid}});
    w.as(themself(w.bao));
    CHECK(w.honours_of(w.chen).empty());
    CHECK(w.honours_of(w.dong).empty()); // a revoked one is between Dong and the programme
    CHECK(w.honours_of(w.jin) == seen{{councillor, award_state::valid}});
    w.as(desk_3);
    CHECK_FALSE(open_badge(w.ask(read_award{of_chen.award}), w.brand(), {"did:a:b", "", {}, ""}));
    w.as(themself(w.chen)).accepts(show_award{of_chen.award, true});
    w.as(themself(w.bao));
    CHECK(w.honours_of(w.chen) == seen{{pathfinder, award_state::valid}});

    // A year is over at its last instant, and the badge that is out says so by itself.
    w.as({}).wait(given_at + days(365) - w.now() - duration{1}).time_passes();
    CHECK(w.honours_of(w.chen) == seen{{pathfinder, award_state::valid}});
    CHECK(verdict_on(chens, w.revocations(), w.now()) == "valid");
    w.wait(duration{1});
    CHECK(w.honours_of(w.chen) == seen{{pathfinder, award_state::expired}}); // before it is noted
    w.time_passes();
    CHECK(w.history_of<honour_expired>().front().award == of_chen.award);
    CHECK(verdict_on(chens, w.revocations(), w.now()) == "expired");
    CHECK(w.badge(of_chen.award) == chens);
    // Then they may be honoured so again, as a new award.
    w.accepts(award_honour{pathfinder, w.chen, {{evidence_kind::review, best.value()}}});
    CHECK(w.honours_of(w.chen) ==
        seen{{pathfinder, award_state::expired}, {pathfinder, award_state::valid}});
    CHECK(w.recorded<honour_awarded>().front().award != of_chen.award);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("alumni keep their honours and may receive more, and nothing is measured for it",
    "[task][E41]") {
    honour_world w;
    w.given(award_honour{guide, w.jin, {{evidence_kind::session, shared.value()}}});
    w.as({}).given(record_waning{w.jin, waning_reason::other, {}});
    w.role_offered(w.jin, alumni_role::friend_of_the_brand);
    w.accepts(accept_role{w.jin, alumni_role::friend_of_the_brand});
    CHECK(w.stage(w.jin) == stage::alumni);
    CHECK(w.honours_of(w.jin) == seen{{guide, award_state::valid}, {friends, award_state::valid}});
    auto const before = w.engine().find_record<track_record_entry>(w.jin.value());
    CHECK((before == nullptr || !before->assessed));
    w.wait(days(300)).time_passes();
    CHECK(w.honours_of(w.jin) == seen{{guide, award_state::valid}, {friends, award_state::valid}});
    // A role of another kind brings nothing, nor does the same one when they have the honour.
    w.given(confirm_willingness{w.jin}, record_waning{w.jin, waning_reason::other, {}});
    w.role_offered(w.jin, alumni_role::friend_of_the_brand);
    w.accepts(accept_role{w.jin, alumni_role::friend_of_the_brand});
    CHECK(w.recorded<honour_awarded>().empty());
    w.role_offered(w.ning, alumni_role::honorary_adviser);
    w.accepts(accept_role{w.ning, alumni_role::honorary_adviser});
    CHECK(w.recorded<honour_awarded>().empty());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("an honour for nothing, of another, twice or by who may not, and an end that cannot be, "
          "are refused",
    "[task][E41][refusal]") {
    honour_world w;
    w.given(award_honour{pathfinder, w.dong, {{evidence_kind::review, other.value()}}},
        award_honour{guide, w.jin, {{evidence_kind::session, shared.value()}}},
        invite_to_office{council, w.jin, {}}, propose_decision{product_decision_id{1}, "Roof"});
    award_id const dongs{1};
    award_id const jins{2};
    w.given(revoke_honour{jins, {w.jin.value(), "By mistake"}});
    unmoved same{w};

    auto const defined = [&](auto const& change, errc code, std::string_view about,
                             std::string_view word) {
        define_honour made{honour_id{9}, "Snow", "For snow", "Much of it", "", days(9)};
        change(made);
        same.refuses(made, code, about, word);
    };
    defined([](define_honour& d) { d.honour = {}; }, errc::invalid_argument, "honour 0", "above 0");
    defined([](define_honour& d) { d.honour = guide; }, errc::already_exists, "honour 2",
        "choose another");
    defined([](define_honour& d) { d.name = " "; }, errc::invalid_text, "name of honour 9",
        "more than blanks");
    defined([](define_honour& d) { d.name = "Guide"; }, errc::already_exists, "name of honour 9",
        "honour 2 has it");
    defined([](define_honour& d) { d.description = "\n"; }, errc::invalid_text,
        "description of honour 9", "fill it in");
    defined([](define_honour& d) { d.criteria = ""; }, errc::invalid_text, "criteria of honour 9",
        "fill it in");
    defined([](define_honour& d) { d.image = "snow.png"; }, errc::invalid_text, "image of honour 9",
        "https://");
    defined(
        [](define_honour& d) { d.valid_for = {}; }, errc::invalid_argument, "honour 9", "for ever");
    defined([](define_honour& d) { d.with_office = office_id{9}; }, errc::unknown_id, "office 9",
        "known");

    using cited = std::vector<honour_evidence>;
    auto const awarded = [&](honour_id honour, member_id who, cited const& why, errc code,
                             std::string_view about, std::string_view word) {
        same.refuses(award_honour{honour, who, why}, code, about, word);
    };
    cited const work{{evidence_kind::review, other.value()}};
    awarded(honour_id{9}, w.dong, work, errc::unknown_id, "honour 9", "known");
    awarded(guide, w.nobody, work, errc::unknown_id, "member 999", "known");
    awarded(pathfinder, w.dong, work, errc::already_exists, "member 3", "theirs by award 1");
    awarded(guide, w.dong, {}, errc::invalid_argument, "member 3", "shows why");
    awarded(
        guide, w.dong, {work.front(), work.front()}, errc::invalid_argument, "review 2", "once");
    awarded(guide, w.dong, {{evidence_kind::review, 9}}, errc::unknown_id, "review 9", "on record");
    awarded(guide, w.dong, {{evidence_kind::review, best.value()}}, errc::not_qualified, "review 1",
        "member 3's own");
    awarded(guide, w.lan, {{evidence_kind::session, shared.value()}}, errc::not_qualified,
        "session 1", "own");
    awarded(
        guide, w.jin, {{evidence_kind::session, 9}}, errc::unknown_id, "session 9", "on record");
    awarded(guide, w.jin, {{evidence_kind::decision, 1}}, errc::unknown_id, "decision 1", "traced");
    awarded(guide, w.jin, {{evidence_kind::office, 1}}, errc::unknown_id, "office 1", "was taken");
    awarded(guide, w.jin, {{evidence_kind::office, 9}}, errc::unknown_id, "office 9", "was taken");

    same.refuses(revoke_honour{award_id{9}, {3, "Why"}}, errc::unknown_id, "award 9", "known");
    same.refuses(
        revoke_honour{dongs, {3, " "}}, errc::invalid_text, "reason for member 3", "fill it in");
    same.refuses(
        revoke_honour{dongs, {4, "Why"}}, errc::invalid_argument, "reason for member 3", "owner");
    same.refuses(revoke_honour{jins, {8, "Why"}}, errc::wrong_state, "award 2", "revoked");
    same.refuses(show_award{dongs, true}, errc::not_qualified, "member 3", "themself");

    // The member speaks for themself, and for nobody else; the desk decides, and not for them.
    same.refuses(decline_honour{dongs}, errc::not_qualified, "member 3", "themself");
    w.as(themself(w.dong));
    same.refuses(decline_honour{jins}, errc::not_qualified, "member 8", "themself");
    same.refuses(show_award{jins, false}, errc::not_qualified, "member 8", "themself");
    same.refuses(show_award{dongs, true}, errc::wrong_state, "award 1", "shown");
    same.refuses(
        award_honour{guide, w.dong, work}, errc::not_qualified, "award_honour", "employee");
    same.refuses(
        revoke_honour{dongs, {3, "Why"}}, errc::not_qualified, "revoke_honour", "employee");
    same.refuses(define_honour{honour_id{9}, "Me", "Me", "Me", "", for_ever}, errc::not_qualified,
        "define_honour", "employee");
    same.denies(read_award{jins}, errc::not_qualified, "award 2", "ask list_honours");
    same.denies(read_award{award_id{9}}, errc::unknown_id, "award 9", "known");
    same.denies(list_honours{w.nobody}, errc::unknown_id, "member 999", "known");
    w.as(themself(w.jin));
    same.refuses(decline_honour{jins}, errc::wrong_state, "award 2", "revoked");
}

TEST_CASE("who has two accounts is honoured for what either is on record for", "[task][E41][E18]") {
    honour_world w;
    w.given(invite_to_office{council, w.jin, {}}).as(themself(w.jin));
    w.given(take_office{council, w.jin}, end_office{council, w.jin, {}});
    w.as(desk_3);
    for (auto account : {w.chen, w.jin}) {
        w.given(merge_members{w.dong, account, {account.value(), "One person"}});
    }
    std::vector<honour_evidence> const all{{evidence_kind::review, best.value()},
        {evidence_kind::review, other.value()}, {evidence_kind::session, shared.value()},
        {evidence_kind::office, 1}};
    w.refuses(award_honour{guide, w.an, {all.front()}}, errc::not_qualified, "review 1",
        "member 1's own");
    w.accepts(award_honour{guide, w.dong, all});
    CHECK(w.recorded<honour_awarded>().front().evidence.size() == 4);
    // As three people again, each is honoured for their own.
    w.given(undo_merge{w.chen}, undo_merge{w.jin});
    w.refuses(award_honour{pathfinder, w.dong, {all.front()}}, errc::not_qualified, "review 1",
        "member 3's own");
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
