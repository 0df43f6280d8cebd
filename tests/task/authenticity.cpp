// SPDX-License-Identifier: BSL-1.0

// Doubts of who and what is authentic, on the standard programme: what they keep from counting, and
// that it counts again.

#include <koc/member/discovery/messages/authenticity.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

constexpr member_id pan{71};
constexpr member_id qi{72};
constexpr member_id ren{73};
constexpr actor desk_3{actor_kind::employee, 3};

actor themself(member_id who) { return {actor_kind::member, who.value()}; }

class doubt_world : public winter_world {
public:
    /// A doubt about a person; the detector is as sure as it says.
    [[nodiscard]] static report_authenticity about(
        std::uint64_t id, member_id who, score confidence = percent(50)) {
        return {doubt_id{id}, who, doubt_kind::bought_audience, confidence,
            {who.value(), "40,000 followers in a night"}};
    }
    /// A doubt about a piece of theirs.
    [[nodiscard]] static report_authenticity of_piece(
        std::uint64_t id, member_id who, std::uint64_t signal) {
        auto made = about(id, who);
        made.kind = doubt_kind::copied_content;
        made.signal = signal_id{signal};
        return made;
    }
    [[nodiscard]] static settle_authenticity settle(
        std::uint64_t id, member_id who, bool confirmed) {
        return {doubt_id{id}, confirmed, {who.value(), "Looked at it with the platform"}};
    }
    [[nodiscard]] static report_content piece(std::uint64_t signal, member_id who, score depth) {
        return {signal_id{signal}, who, depth, percent(60), percent(90), true, 900};
    }
    [[nodiscard]] static report_contribution help(
        std::uint64_t signal, member_id who, member_id helped) {
        return {signal_id{signal}, who, contribution_kind::helped_a_peer, 1, whole(1), helped};
    }
    [[nodiscard]] std::pair<score, explanation> fit(member_id who) const {
        auto const found = ask(assess_candidate{who});
        return {found.fit, found.why};
    }
    [[nodiscard]] std::vector<member_id> shortlist() const {
        std::vector<member_id> found;
        for (auto const& one : ask(list_shortlist{20})) {
            found.push_back(one.person);
        }
        return found;
    }
};

bool says(explanation const& why, std::string_view signal) {
    return std::any_of(why.parts.begin(), why.parts.end(),
        [&](reason const& part) { return part.signal == signal && part.amount == score{}; });
}

TEST_CASE("what is reported to be copied, bought or coordinated counts nowhere until an employee "
          "settles it, and a dismissed doubt leaves no trace in what counts",
    "[task][E19]") {
    doubt_world w;
    w.given(adopt<territory_rules>{{.native_min = percent(1)}},
        declare_territory{territory_id{1}, "Cold", {{w.tag("region", "northeast")}}, 3},
        release_feature{feature_id{1}, "Winter mode", w.now() - days(9)}, join_circle{w.bao},
        vouch_for{w.bao, pan}, vouch_for{w.bao, qi});
    // Pan and Qi have published the same; one piece of Pan's more is the doubtful one.
    for (auto const& [signal, who, depth] : {std::tuple{1U, pan, percent(95)},
             std::tuple{2U, pan, percent(40)}, std::tuple{3U, qi, percent(40)}}) {
        auto made = w.piece(signal, who, depth);
        made.about = {w.tag("region", "harbin")};
        w.wait(days(1)).given(made);
    }
    auto const now = w.now();
    w.given(w.help(11, pan, w.an), w.help(12, pan, w.chen), w.help(13, w.chen, pan),
        report_contribution{
            signal_id{14}, pan, contribution_kind::tried, 1, {}, {}, feature_id{1}, now - days(2)},
        report_contribution{
            signal_id{15}, ren, contribution_kind::tried, 1, {}, {}, feature_id{1}, now - days(1)},
        report_contribution{
            signal_id{16}, ren, contribution_kind::gave_feedback, 1, whole(1), {}, feature_id{1}});
    auto const of_pan = w.fit(pan);
    auto const of_qi = w.fit(qi);
    auto const of_ren = w.fit(ren);
    auto const helped_by_chen = w.ask(assess_help{w.chen});
    auto const natives = w.ask(list_natives{territory_id{1}, 9});
    auto const list = w.shortlist();
    CHECK(list.front() == pan);
    CHECK(w.ask(rank_first_users{feature_id{1}, 9}).size() == 2);

    // One piece is in doubt: the others count on, and the list says why.
    w.as(desk_3).accepts(w.of_piece(1, pan, 1));
    auto const without = w.fit(pan);
    CHECK(without.first < of_pan.first);
    CHECK(says(without.second, "in doubt: copied_content"));
    CHECK(w.fit(qi) == of_qi);
    auto const left = w.ask(list_natives{territory_id{1}, 9});
    REQUIRE((natives.size() == 2 && left.size() == 2));
    CHECK(left.front().fit == left.back().fit); // Pan's other piece is as good as Qi's
    CHECK(left.front().fit < natives.front().fit);
    w.given(w.settle(1, pan, false));
    CHECK(w.fit(pan) == of_pan);
    CHECK(w.ask(list_natives{territory_id{1}, 9}) == natives);

    // The person is in doubt: nothing of theirs counts, nor what they give to others. How sure the
    // detector is makes no difference.
    for (auto confidence : {percent(1), percent(99)}) {
        auto const id = confidence == percent(1) ? 2U : 3U;
        w.accepts(w.about(id, pan, confidence));
        CHECK(w.fit(pan).first == score{});
        CHECK(w.fit(pan).second.parts == std::vector{reason{"in doubt: bought_audience", {}, {}}});
        CHECK(w.shortlist().back() == pan); // shown, with the reason, behind everybody
        CHECK(w.ask(assess_help{pan}) == help_given{});
        CHECK(w.ask(assess_trust{pan}) == trust_found{});
        CHECK(w.ask(assess_help{w.chen}).counted < helped_by_chen.counted);
        CHECK(w.ask(list_natives{territory_id{1}, 9}).size() < natives.size());
        CHECK(w.ask(rank_first_users{feature_id{1}, 9}).size() == 1);
        CHECK(w.fit(ren).first > of_ren.first); // who was first is not in their way
        w.refuses(enrol_candidate{pan, {pan.value(), "Pan"}, {}}, errc::not_qualified, "member 71",
            "is in doubt (bought_audience, doubt " + std::to_string(id) + ')');
        w.accepts(w.settle(id, pan, false));
        CHECK(w.fit(pan) == of_pan);
        CHECK(w.fit(ren) == of_ren);
        CHECK(w.ask(assess_help{w.chen}) == helped_by_chen);
        CHECK(w.ask(list_natives{territory_id{1}, 9}) == natives);
        CHECK(w.shortlist() == list);
    }
    // Who vouches is in doubt: their vouch passes nothing on.
    auto const trusted = w.ask(assess_trust{pan});
    CHECK(trusted.trust > score{});
    w.accepts(w.about(4, w.bao));
    CHECK(w.ask(assess_trust{pan}).trust < trusted.trust);
    CHECK(w.ask(assess_trust{qi}) == trust_found{});
    w.accepts(w.settle(4, w.bao, false));
    CHECK(w.ask(assess_trust{pan}) == trusted);
    CHECK(w.engine().find_record<held_back_record>(pan.value()) == nullptr);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a piece that does not count leaves exactly what the others are worth, whenever they "
          "were told",
    "[task][E19]") {
    doubt_world with;
    doubt_world bare;
    with.given(with.piece(1, pan, percent(70)));
    with.wait(days(10));
    bare.wait(days(10));
    with.given(with.piece(2, pan, percent(30)));
    bare.given(bare.piece(2, pan, percent(30)));
    with.given(with.of_piece(1, pan, 1));
    auto const same = [&] {
        auto const seen = with.fit(pan);
        CHECK(seen.first == bare.fit(pan).first);
        CHECK(says(seen.second, "in doubt: copied_content"));
    };
    same();
    with.wait(days(20)).given(with.piece(3, pan, percent(50)));
    bare.wait(days(20)).given(bare.piece(3, pan, percent(50)));
    same();
    // Confirmed, it never counts again, and the reason says so for good.
    with.given(with.settle(1, pan, true));
    with.wait(days(300)).time_passes();
    bare.wait(days(300)).time_passes();
    CHECK(with.fit(pan).first == bare.fit(pan).first);
    CHECK(says(with.fit(pan).second, "excluded: copied_content"));
    with.given(enrol_candidate{pan, {pan.value(), "Pan"}, {}}); // the person was not in doubt
    CHECK(with.digest() == with.digest_of_replay());
}

TEST_CASE("a member in doubt is given no tasks, reads what is held about them and answers, and who "
          "is found out is kept out for a time that was declared",
    "[task][E19]") {
    doubt_world w;
    constexpr task_id task{1};
    auto made = w.brief(task);
    made.needs = has("region", "northeast") && has("format", "video");
    w.listed(made);
    w.given(send_offer{task, w.an, origin::push, 1, {}, {}, w.now() + days(20)});
    auto const offered = w.recorded<offer_sent>().front().offer;
    auto const ranked = [&] {
        auto const found = w.ask(rank_members{task, 20});
        return std::any_of(
            found.begin(), found.end(), [&](ranked_member const& m) { return m.member == w.chen; });
    };
    CHECK(ranked());

    auto report = w.about(1, w.chen);
    report.at = w.now() - days(3);
    w.as(desk_3).given(report, w.about(2, w.an));
    CHECK(w.at(doubt_id{1}).at == w.now() - days(3));
    CHECK_FALSE(ranked());
    auto const why = std::string{"is in doubt (bought_audience, doubt 1); settle it first"};
    CHECK(w.ask(consider_member{task, w.chen}).stopped_by == why);
    w.as(themself(w.chen)).refuses(claim_task{task, w.chen}, errc::not_qualified, "member 2", why);
    w.as(themself(w.an)).refuses(accept_offer{offered}, errc::not_qualified, "member 1", "doubt 2");

    // They read what is held about them and by what evidence, and answer; nobody else's.
    w.as(themself(w.chen));
    auto const held = w.ask(list_doubts{w.chen});
    REQUIRE(held.size() == 1);
    CHECK(held.front().evidence.text == "40,000 followers in a night");
    CHECK(held.front().state == doubt_state::open);
    w.accepts(answer_doubt{doubt_id{1}, {w.chen.value(), "A newspaper wrote about me"}});
    w.as(desk_3);
    REQUIRE(w.ask(list_open_doubts{}).size() == 2);
    CHECK(w.ask(list_open_doubts{}).front().words.text == "A newspaper wrote about me");
    // Nothing ends by itself, however long nobody looks at it.
    w.wait(days(15)).time_passes();
    CHECK(w.ask(list_open_doubts{}).size() == 2);
    CHECK_FALSE(ranked());

    w.accepts(w.settle(1, w.chen, false));
    CHECK(ranked());
    w.as(themself(w.chen)).accepts(claim_task{task, w.chen});
    w.as(desk_3).accepts(w.settle(2, w.an, false));
    w.as(themself(w.an)).accepts(accept_offer{offered});
    w.as(themself(w.chen));
    CHECK(w.ask(list_doubts{w.chen}).front().reason.text == "Looked at it with the platform");

    // A confirmed doubt keeps a person out for as long as the rules say, and then no longer.
    w.as({}).given(adopt<authenticity_rules>{{days(30)}});
    constexpr task_id next{2};
    made.task = next;
    made.due_at = w.now() + days(90);
    w.listed(made);
    w.as(desk_3).given(w.about(3, w.dong));
    w.accepts(w.settle(3, w.dong, true));
    CHECK(w.recorded<doubt_settled>().front().until == w.now() + days(30));
    CHECK(w.ask(consider_member{next, w.dong}).stopped_by ==
        "is excluded (bought_audience, doubt 3); wait until that ends");
    w.wait(days(30) - duration{1}).time_passes();
    CHECK(w.ask(consider_member{next, w.dong}).stopped_by.has_value());
    w.wait(duration{1}).time_passes();
    CHECK(w.history_of<exclusion_ended>().size() == 1);
    CHECK_FALSE(w.ask(consider_member{next, w.dong}).stopped_by.has_value());
    CHECK(w.at(doubt_id{3}).state == doubt_state::confirmed); // on record it stays
    // One of two doubts is enough; the second goes on when the first is settled.
    w.given(w.about(4, w.dong), w.about(5, w.dong), w.settle(4, w.dong, false));
    CHECK(w.ask(consider_member{next, w.dong}).stopped_by.has_value());
    w.given(w.settle(5, w.dong, false));
    CHECK_FALSE(w.ask(consider_member{next, w.dong}).stopped_by.has_value());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "a doubt that was confirmed by mistake is dismissed after all, whenever that comes out, and "
    "leaves no trace in what counts",
    "[task][E19]") {
    doubt_world w;
    w.given(w.piece(1, pan, percent(95)), w.piece(2, pan, percent(40)));
    auto const of_pan = w.fit(pan);
    w.as(desk_3).given(w.of_piece(1, pan, 1), w.settle(1, pan, true), w.about(2, pan),
        w.settle(2, pan, true), w.about(3, w.dong), w.settle(3, w.dong, true));
    CHECK(w.fit(pan).first == score{});
    w.refuses(enrol_candidate{pan, {pan.value(), "Pan"}, {}}, errc::not_qualified, "member 71",
        "is excluded");

    // The person is cleared, and is not kept out any longer; the piece still does not count.
    w.accepts(settle_authenticity{doubt_id{2}, false, {pan.value(), "It was another account"}});
    CHECK(w.fit(pan).first > score{});
    CHECK(w.fit(pan).first < of_pan.first);
    CHECK(w.at(doubt_id{2}).state == doubt_state::dismissed);
    CHECK_FALSE(w.at(doubt_id{2}).until.has_value());
    w.as(themself(pan));
    CHECK(w.ask(list_doubts{pan}).back().reason.text == "It was another account");
    // So is the piece, which counts again as it did, and may be doubted anew.
    w.as(desk_3).accepts(w.settle(1, pan, false));
    CHECK(w.fit(pan) == of_pan);
    w.given(w.of_piece(4, pan, 1), w.settle(4, pan, false));
    CHECK(w.fit(pan) == of_pan);
    w.given(enrol_candidate{pan, {pan.value(), "Pan"}, {}});

    // Only the end of an exclusion that still stood is told, and what is on record is put right
    // even then.
    w.wait(days(181)).time_passes();
    REQUIRE(w.history_of<exclusion_ended>().size() == 1);
    CHECK(w.history_of<exclusion_ended>().front().person == w.dong);
    w.accepts(w.settle(3, w.dong, false));
    CHECK(w.at(doubt_id{3}).state == doubt_state::dismissed);
    w.wait(days(400)).time_passes();
    CHECK(w.history_of<exclusion_ended>().size() == 1);
    CHECK(w.digest() == w.digest_of_replay());
}

/// Work of Chen and of Dong that was selected, Chen and Pan in doubt, and what the brand has to
/// give.
class giving_world : public doubt_world {
public:
    giving_world() {
        given(piece(1, pan, percent(95)));
        listed(brief(task));
        handed_in(task, chen, of_chen);
        handed_in(task, dong, of_dong);
        given(rate(of_chen, percent(95)), rate(of_dong, percent(95)), select_best{task, 2},
            define_honour{honour, "Guide", "Leads", "A session", "", for_ever},
            stock_resource{car, "Test car", resource_type::early_access, "Hall 4", 9, days(14),
                koc::everybody()});
        as(desk_3).given(about(1, chen), about(2, pan));
    }
    static constexpr task_id task{1};
    static constexpr submission_id of_chen{1};
    static constexpr submission_id of_dong{2};
    static constexpr honour_id honour{1};
    static constexpr resource_id car{1};

    [[nodiscard]] static award_honour awarded() {
        return {honour, chen, {{evidence_kind::review, of_chen.value()}}};
    }
    [[nodiscard]] static enrol enrolled() {
        return {pan, {pan.value(), "Pan"}, {source::open}, {}};
    }
};

TEST_CASE("a surprise passes over who is in doubt, and all that the brand gives is theirs when the "
          "doubt is dismissed",
    "[task][E19]") {
    giving_world w;
    // One employee may spend 1,000,000 a day, and what is passed over is not spent.
    w.as(desk_3).accepts(surprise_best{w.task, money{600'000}, {}});
    w.as({});
    REQUIRE(w.recorded<reward_granted>().size() == 1);
    CHECK(w.recorded<reward_granted>().front().member == w.dong);
    w.given(amplify{w.of_dong, "site", {}}, request_resource{w.car, w.dong});
    w.given(w.settle(1, w.chen, false), w.settle(2, pan, false));
    w.accepts(surprise_best{w.task, money{9'000}, {}});
    REQUIRE(w.recorded<reward_granted>().size() == 1);
    CHECK(w.recorded<reward_granted>().front().member == w.chen);
    w.accepts(amplify{w.of_chen, "site", {}});
    w.accepts(request_resource{w.car, w.chen});
    w.accepts(w.awarded());
    w.accepts(w.enrolled());
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE(
    "who is in doubt is not enrolled by hand, has no resource, honour or surprise, and is not "
    "carried further",
    "[task][E19][refusal]") {
    giving_world w;
    w.given(surprise_best{w.task, money{9'000}, {}}, amplify{w.of_dong, "site", {}});
    unmoved same{w};
    auto const why = "is in doubt (bought_audience, doubt 1); settle it first";
    same.refuses(w.enrolled(), errc::not_qualified, "member 71", "is in doubt");
    same.refuses(enrol_candidate{pan, {pan.value(), "Pan"}, {}}, errc::not_qualified, "member 71",
        "is in doubt");
    same.refuses(surprise_best{w.task, money{9'000}, {}}, errc::not_qualified, "member 2", why);
    same.refuses(amplify{w.of_chen, "site", {}}, errc::not_qualified, "member 2", why);
    same.refuses(request_resource{w.car, w.chen}, errc::not_qualified, "member 2", why);
    same.refuses(w.awarded(), errc::not_qualified, "member 2", why);
    w.as(themself(w.chen));
    same.refuses(request_resource{w.car, w.chen}, errc::not_qualified, "member 2", why);
}

TEST_CASE("a doubt about nobody and nothing, without evidence, from the future or by who may not, "
          "and a settlement of one's own or twice, are refused",
    "[task][E19][refusal]") {
    doubt_world w;
    w.given(w.piece(1, pan, percent(50)), w.piece(2, qi, percent(50)), w.help(3, pan, w.an),
        declare_platform{platform_id{1}, "Video site", days(2), days(7)});
    auto there = w.piece(4, pan, percent(50));
    there.platform = platform_id{1};
    auto copied = w.of_piece(4, pan, 4);
    copied.platform = platform_id{1};
    w.given(there, w.about(1, w.chen), w.of_piece(2, pan, 1), w.about(3, w.dong),
        w.settle(3, w.dong, false), copied, w.settle(4, pan, true));
    unmoved same{w};

    auto const reported = [&](report_authenticity made, auto const& change, errc code,
                              std::string_view about, std::string_view word) {
        change(made);
        same.refuses(made, code, about, word);
    };
    using report = report_authenticity;
    auto const fine = [](report&) {};
    reported(w.about(0, w.an), fine, errc::invalid_argument, "doubt 0", "above 0");
    reported(w.about(1, w.an), fine, errc::already_exists, "doubt 1", "skip it");
    reported(w.about(9, w.nobody), fine, errc::unknown_id, "person 999", "signals were told");
    reported(w.about(9, w.an, percent(101)), fine, errc::invalid_argument,
        "report_authenticity.confidence", "from 0 to 1");
    reported(
        w.about(9, w.an), [&](report& r) { r.at = w.now() + duration{1}; }, errc::invalid_argument,
        "doubt 9", "not in the future");
    reported(
        w.about(9, w.an), [](report& r) { r.evidence.text = " \n"; }, errc::invalid_text,
        "evidence on member 1", "fill it in");
    reported(
        w.about(9, w.an), [](report& r) { r.evidence.owner = 2; }, errc::invalid_argument,
        "evidence on member 1", "owner");
    reported(
        w.about(9, w.an), [](report& r) { r.platform = platform_id{1}; }, errc::invalid_argument,
        "doubt 9", "only with the signal");
    reported(w.of_piece(9, pan, 99), fine, errc::unknown_id, "signal 99", "report it first");
    reported(w.of_piece(9, pan, 4), fine, errc::unknown_id, "signal 4", "platform");
    reported(w.of_piece(9, pan, 3), fine, errc::unknown_id, "signal 3", "a piece of content");
    reported(w.of_piece(9, pan, 2), fine, errc::invalid_argument, "signal 2", "person 72");
    reported(w.of_piece(9, pan, 1), fine, errc::already_exists, "signal 1", "doubt 2 holds");
    reported(
        w.of_piece(9, pan, 4), [](report& r) { r.platform = platform_id{1}; }, errc::already_exists,
        "signal 4", "doubt 4 holds");

    same.refuses(w.settle(9, w.an, true), errc::unknown_id, "doubt 9", "known");
    same.refuses(answer_doubt{doubt_id{9}, {1, "No"}}, errc::unknown_id, "doubt 9", "known");
    for (auto confirmed : {true, false}) {
        same.refuses(w.settle(3, w.dong, confirmed), errc::wrong_state, "doubt 3", "dismissed");
    }
    same.refuses(w.settle(4, pan, true), errc::wrong_state, "doubt 4", "confirmed");
    same.refuses(settle_authenticity{doubt_id{4}, false, {pan.value(), " "}}, errc::invalid_text,
        "reason for member 71", "fill it in");
    same.refuses(settle_authenticity{doubt_id{1}, true, {2, ""}}, errc::invalid_text,
        "reason for member 2", "fill it in");
    same.refuses(settle_authenticity{doubt_id{1}, true, {3, "So it is"}}, errc::invalid_argument,
        "reason for member 2", "owner");
    same.refuses(answer_doubt{doubt_id{1}, {2, " "}}, errc::invalid_text, "answer of member 2",
        "fill it in");
    same.refuses(answer_doubt{doubt_id{3}, {3, "No"}}, errc::wrong_state, "doubt 3", "dismissed");
    same.refuses(adopt<authenticity_rules>{{duration{}}}, errc::invalid_argument,
        "authenticity_rules.excluded_for", "more than 0");

    w.as(themself(w.chen));
    same.refuses(
        w.settle(1, w.chen, false), errc::not_qualified, "settle_authenticity", "employee");
    same.refuses(w.about(9, w.an), errc::not_qualified, "report_authenticity", "employee");
    same.denies(list_open_doubts{}, errc::not_qualified, "open doubts", "employee");
    same.denies(list_doubts{w.an}, errc::not_qualified, "person 1", "themself");
    w.as(themself(w.an));
    same.refuses(
        w.settle(1, w.chen, false), errc::not_qualified, "settle_authenticity", "employee");
    same.refuses(answer_doubt{doubt_id{1}, {2, "No"}}, errc::not_qualified, "member 2", "themself");
    w.as(desk_3);
    same.refuses(answer_doubt{doubt_id{1}, {2, "No"}}, errc::not_qualified, "member 2", "themself");
}

} // namespace
