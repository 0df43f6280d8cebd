// SPDX-License-Identifier: BSL-1.0
#include <koc/member/cultivation/messages/cultivation.hpp>

#include "member/cultivated.hpp"
#include "standard/unmoved.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace koc;
using koc_test::cultivated_world;
using koc_test::unmoved;

namespace {

using names = std::vector<std::string>;

constexpr auto course = "https://example.org/course/7";

/// That a member is looked after in this way since the last command, which was one batch.
void is_managed(cultivated_world const& w, member_id who, char const* owner, duration rhythm,
    contact_channel channel, char const* to_say, names next) {
    INFO(owner);
    for (auto const& recorded : w.events()) {
        CHECK(recorded.first == w.events().front().position);
    }
    CHECK(w.recorded<stage_changed>().size() == 1);
    CHECK(w.recorded<plan_closed>().size() == 1);
    CHECK(w.recorded<plan_started>().size() == 1);
    CHECK(w.plan_of(who).contact_every == rhythm);
    CHECK(w.record(who).next_contact == w.now() + rhythm);
    CHECK(w.next(who) == next);
    // They are on the list of this owner, who reads there by what channel and about what to speak,
    // and on that of no other.
    std::set<std::string> owners;
    for (auto const& plan : standard::plans()) {
        for (auto const& contact : w.ask(list_due_contacts{plan.owner, rhythm})) {
            if (contact.member == who) {
                owners.insert(plan.owner);
                CHECK(contact.due == w.now() + rhythm);
                CHECK(contact.contact.channel == channel);
                CHECK(contact.contact.guide.front() == to_say);
            }
        }
    }
    CHECK(owners == std::set<std::string>{owner});
    for (auto const& step : w.ask(next_steps{who})) {
        CHECK(step.contact.channel == channel);
        CHECK(step.contact.guide.front() == to_say);
    }
}
/// Whether somebody is on the list of contacts of an owner.
bool is_listed(cultivated_world const& w, char const* owner, member_id who) {
    auto const all = w.ask(list_due_contacts{owner, days(60)});
    return std::any_of(
        all.begin(), all.end(), [&](contact_to_make const& one) { return one.member == who; });
}
/// The reminders since the last command: of whom, and which step, or "contact".
names reminders(cultivated_world const& w, member_id who) {
    names found;
    for (auto const& late : w.recorded<step_overdue>()) {
        if (late.member == who) {
            found.push_back(late.step + " / " + late.owner);
        }
    }
    for (auto const& contact : w.recorded<contact_due>()) {
        if (contact.member == who) {
            found.push_back("contact / " + contact.owner);
        }
    }
    return found;
}

// B02

TEST_CASE(
    "with each stage the owner, the rhythm, the channel, what to say and the next step change "
    "at once, and nothing of the old stage is due any more",
    "[member][B02]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    constexpr auto qi = w.qi; // stays where they begin, for comparison
    w.enrolled(pan, {source::open});
    w.enrolled(qi, {source::open});
    CHECK(w.plan_of(pan).owner == "scout");
    CHECK(w.next(pan) == names{"first talk"});
    CHECK(is_listed(w, "scout", pan));
    CHECK(w.ask(list_due_contacts{"scout", days(14)}).front().contact.channel ==
        contact_channel::chat);
    CHECK(w.ask(list_due_contacts{"scout", days(13)}).empty()); // in their rhythm, not before

    w.wait(days(3)).given(record_contact{pan, {}}).accepts(confirm_willingness{pan});
    is_managed(w, pan, "content lead", days(14), contact_channel::phone,
        "Tell the market goals of the season, and ask which themes are theirs",
        {"talk about the direction"});
    // On the eighth day the first talk is overdue for who stayed budding, and for nobody else.
    w.wait(days(5)).time_passes();
    CHECK(reminders(w, qi) == names{"first talk / scout"});
    CHECK(reminders(w, pan).empty());
    // Each of them is reminded of once, of what their own stage asks.
    w.wait(days(3)).time_passes();
    CHECK(reminders(w, pan) == names{"talk about the direction / content lead"});
    CHECK(reminders(w, qi).empty());
    w.wait(days(4)).time_passes();
    CHECK(reminders(w, qi) == names{"contact / scout"});
    CHECK(w.recorded<contact_due>().front().channel == contact_channel::chat);
    CHECK(w.ask(list_due_contacts{"scout", {}}).front().overdue);
    w.wait(days(40)).time_passes();
    CHECK(reminders(w, qi).empty()); // told once, until somebody speaks to them
    CHECK(w.ask(list_due_contacts{"scout", {}}).front().member == qi); // and stays on the list
    w.given(record_contact{qi, {}}); // which is the first talk, too
    CHECK(w.ask(list_due_contacts{"scout", {}}).empty());
    CHECK(w.next(qi).empty());
    w.wait(days(14)).time_passes();
    CHECK(reminders(w, qi) == names{"contact / scout"});

    for (auto before : {60, 30}) {
        w.given(record_outcome{pan, {}, percent(90), w.now() - days(before)});
    }
    w.accepts(record_outcome{pan, {}, percent(90), w.now()});
    is_managed(w, pan, "co-creation lead", days(30), contact_channel::visit,
        "Show which of their advice changed a decision", {"co-creation talk"});
    w.wait(days(10)).accepts(record_waning{pan, waning_reason::life_change, {}});
    is_managed(w, pan, "relationship lead", days(30), contact_channel::phone,
        "Thank them for works by name", {"talk about what changed"});
    // The talk is recorded once: it is the step, and the contact of the month.
    w.wait(days(5)).accepts(record_talk{pan, talk_finding::no_time, {}});
    CHECK(w.recorded<step_completed>().front().step == "talk about what changed");
    CHECK(w.next(pan).empty());
    CHECK(w.record(pan).next_contact == w.now() + days(30));
    w.wait(days(1));
    w.role_offered(pan, alumni_role::friend_of_the_brand);
    w.accepts(accept_role{pan, alumni_role::friend_of_the_brand});
    CHECK(w.recorded<plan_closed>().size() == 1);
    CHECK(w.recorded<plan_started>().empty());
    // Nothing is asked of a friend of the brand, and nobody is reminded of them.
    CHECK(w.next(pan).empty());
    CHECK_FALSE(is_listed(w, "relationship lead", pan));
    w.wait(days(300)).time_passes();
    CHECK(reminders(w, pan).empty());
    w.accepts(confirm_willingness{pan});
    CHECK(w.recorded<plan_started>().size() == 1);
    CHECK(is_listed(w, "content lead", pan));
    CHECK(w.next(pan) == names{"talk about the direction"});
    CHECK(w.digest() == w.digest_of_replay());
}

// A10

TEST_CASE("who comes from the brand's own communities is looked after in their own way at each "
          "stage, and who is shy begins elsewhere",
    "[member][A10][B02]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    constexpr auto shy = w.qi;
    for (auto who : {pan, shy}) {
        w.enrolled(who, {source::owned});
        CHECK(w.plan_of(who).owner == "scout");
    }
    w.given(measure_potential{shy, trait::will_to_speak, percent(20), "Answers, but never posts"});
    constexpr auto praise = "Ask how the last step went and what was hard";
    w.given(record_contact{pan, {}}).accepts(confirm_willingness{pan});
    is_managed(w, pan, "mentor desk", days(7), contact_channel::chat, praise, {"content training"});
    w.given(record_contact{shy, {}}).accepts(confirm_willingness{shy});
    is_managed(w, shy, "mentor desk", days(7), contact_channel::chat, praise,
        {"talk about their own story"});

    // Each is reminded of what their own plan asks.
    w.wait(days(14)).time_passes();
    CHECK(
        reminders(w, shy) == names{"talk about their own story / mentor", "contact / mentor desk"});
    CHECK(reminders(w, pan) == names{"contact / mentor desk"});
    for (auto before : {60, 30}) {
        w.given(record_outcome{pan, {}, percent(90), w.now() - days(before)});
    }
    w.accepts(record_outcome{pan, {}, percent(90), w.now()});
    is_managed(w, pan, "co-creation lead", days(30), contact_channel::visit,
        "Show which of their advice changed a decision", {"co-creation talk"});
    // The training would be overdue by now; of a mature member nobody asks for it.
    w.wait(days(13)).time_passes();
    CHECK(reminders(w, pan).empty());
    w.wait(days(1)).time_passes();
    CHECK(reminders(w, pan) == names{"co-creation talk / co-creation lead"});
    w.accepts(record_waning{pan, waning_reason::life_change, {}});
    is_managed(w, pan, "relationship lead", days(30), contact_channel::phone,
        "Thank them for works by name", {"talk about what changed"});
    w.given(record_talk{pan, talk_finding::no_time, {}});
    w.role_offered(pan, alumni_role::friend_of_the_brand);
    w.accepts(accept_role{pan, alumni_role::friend_of_the_brand});
    CHECK(w.next(pan).empty());
    CHECK_FALSE(is_listed(w, "relationship lead", pan));
    w.wait(days(300)).time_passes();
    CHECK(reminders(w, pan).empty());
    w.accepts(confirm_willingness{pan});
    CHECK(w.plan_of(pan).owner == "mentor desk");
    CHECK(w.next(pan) == names{"content training"});
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("a stage that does not change leaves the plan, and plans are not changed by who is on "
          "them",
    "[member][B02][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    unmoved u{w};
    u.refuses(confirm_willingness{w.pan}, errc::wrong_state, "member 70");
    CHECK(w.next(w.pan) == names{"talk about the direction"});
    u.refuses(complete_step{w.pan, "first talk", ""}, errc::unknown_id,
        "step 'first talk' of member 70", "'talk about the direction'");
    u.refuses(skip_step{w.pan, "talk about the direction", ""}, errc::invalid_text,
        "reason to skip step 'talk about the direction' of member 70");
    u.refuses(assign_step{w.pan, "first talk", "employee 3"}, errc::unknown_id,
        "step 'first talk' of member 70");
    u.refuses(complete_step{w.nobody, "first talk", ""}, errc::unknown_id, "member 999");
    w.as(w.self(w.pan));
    u.refuses(skip_step{w.pan, "talk about the direction", "no time"}, errc::not_qualified,
        "skip_step", "an employee");
    u.refuses(assign_step{w.pan, "talk about the direction", "member 70"}, errc::not_qualified,
        "assign_step", "an employee");
    u.denies(next_steps{w.nobody}, errc::unknown_id, "member 999", "");
    u.denies(list_due_steps{"scout", days(-1)}, errc::invalid_argument, "list_due_steps.within",
        "0 or more");
    u.denies(list_due_contacts{"scout", days(-1)}, errc::invalid_argument,
        "list_due_contacts.within", "0 or more");
}

// B07

TEST_CASE("who comes from the brand's own communities is trained, and a record says what, when "
          "and by whom",
    "[member][B07]") {
    cultivated_world w;
    constexpr auto pan = w.pan;
    w.active(pan, {source::owned});
    w.active(w.qi, {source::open});
    CHECK(w.next(pan) == names{"content training"});
    CHECK_FALSE(w.state_of(w.qi, "content training").has_value()); // they can make content
    // Until then nothing else of the ladder is open.
    w.refuses(complete_step{pan, "community sharing", "https://example.org/post/1"},
        errc::wrong_state, "step 'community sharing' of member 70", "'content training' first");

    // The trainer sees what is due, is told once when it is overdue, and hands it to a colleague.
    auto const due = w.ask(list_due_steps{"trainer", days(21)});
    REQUIRE(due.size() == 1);
    CHECK(due.front().member == pan);
    CHECK(due.front().due == w.now() + days(21));
    CHECK(w.ask(list_due_steps{"trainer", days(20)}).empty());
    w.wait(days(22)).time_passes();
    CHECK(reminders(w, pan).front() == "content training / trainer");
    w.wait(days(2)).time_passes();
    CHECK(reminders(w, pan).empty());
    CHECK(w.ask(list_due_steps{"trainer", {}}).front().overdue);
    w.given(assign_step{pan, "content training", "employee 3"});
    CHECK(w.ask(list_due_steps{"trainer", days(30)}).empty());
    CHECK(w.ask(list_due_steps{"employee 3", {}}).front().member == pan);

    w.as(w.trainer).accepts(complete_step{pan, "content training", course});
    CHECK(w.recorded<step_completed>().front().by == "employee 3");
    auto const trained_at = w.now();
    CHECK(w.next(pan) == names{"community sharing"}); // the ability opens the next step
    CHECK(w.ask(list_due_steps{"employee 3", days(30)}).empty());

    // The record outlives the plan.
    w.as({}).wait(days(5));
    w.given(record_waning{pan, waning_reason::life_change, {}});
    auto const kept = w.as(w.self(pan)).ask(list_completed_steps{pan});
    w.as({});
    REQUIRE(kept.size() == 2);
    CHECK(kept.front().step == "first talk"); // by which they came
    CHECK(kept.back().step == "content training");
    CHECK(kept.back().plan == plan_id{3});
    CHECK(kept.back().evidence.text == course);
    CHECK(kept.back().by == "employee 3");
    CHECK(kept.back().at == trained_at);

    // A mature member who leads somebody may certify them.
    w.active(w.ru, {source::owned});
    w.given(pair_mentor{w.jin, w.ru});
    w.as(w.self(w.jin)).accepts(complete_step{w.ru, "content training", course});
    CHECK(w.recorded<step_completed>().front().by == "member 8");
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("training that nobody certifies, or that shows nothing, is not completed",
    "[member][B07][refusal]") {
    cultivated_world w;
    w.active(w.pan, {source::owned});
    w.active(w.qi, {source::owned});
    w.given(complete_step{w.qi, "content training", course});
    unmoved u{w};
    constexpr auto about = "step 'content training' of member 70";
    u.refuses(complete_step{w.pan, "content training", ""}, errc::invalid_text,
        "evidence of step 'content training' of member 70", "fill it in");
    u.refuses(complete_step{w.qi, "content training", course}, errc::already_exists,
        "step 'content training' of member 71", "it was done");
    w.as(w.self(w.pan));
    u.refuses(complete_step{w.pan, "content training", course}, errc::not_qualified, about,
        "nobody certifies themselves");
    w.as(w.self(w.jin)); // mature, but not their mentor
    u.refuses(complete_step{w.pan, "content training", course}, errc::not_qualified, about,
        "not member 8");
    CHECK(w.next(w.pan) == names{"content training"});
}

TEST_CASE(
    "a skipped step opens what waited for it, and a plan ends with its last step", "[member]") {
    cultivated_world w;
    w.active(w.pan, {source::open});
    w.given(skip_step{w.pan, "talk about the direction", "wrote the themes herself"});
    CHECK(w.next(w.pan) == names{"direction calibration"});
    w.given(skip_step{w.pan, "direction calibration", "there are none this season"},
        skip_step{w.pan, "exclusive resource", "none is left"});
    w.accepts(complete_step{w.pan, "deep piece", "https://example.org/deep"});
    CHECK(w.recorded<plan_completed>().size() == 1);
    CHECK(w.next(w.pan).empty());
    CHECK(w.record(w.pan).plan == plan_id{2});
    CHECK(w.record(w.pan).completed.size() == 2); // with the first talk
    CHECK(w.digest() == w.digest_of_replay());
}

} // namespace
