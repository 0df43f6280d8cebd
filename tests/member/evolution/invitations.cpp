// SPDX-License-Identifier: BSL-1.0
#include <koc/member/evolution/messages/invitations.hpp>

#include "standard/unmoved.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <string>
#include <vector>

using namespace koc;
using koc_test::unmoved;
using koc_test::winter_world;

namespace {

using ids = std::vector<member_id>;

constexpr yearly_event_id gala{1};
actor himself(member_id who) { return {actor_kind::member, who.value()}; }

ids invited(std::vector<member_invited> const& all) {
    ids found;
    for (auto const& one : all) {
        found.push_back(one.member);
    }
    return found;
}

// B23

TEST_CASE("alumni are invited to the yearly events like mature members, year after year, whether "
          "they come or not",
    "[member][B23]") {
    winter_world w;
    auto const first = *from_iso8601("2026-12-01T10:00:00Z");
    w.given(plan_yearly_event{gala, "Winter gala", first});
    w.wait(days(200)).time_passes();
    CHECK(w.history_of<member_invited>().empty()); // sixty days ahead, not before
    w.wait(first - days(60) - w.now()).time_passes();
    CHECK(invited(w.recorded<member_invited>()) == ids{w.jin, w.kai, w.ou});
    auto const sent = w.recorded<invitations_sent>().front();
    CHECK(sent.at == first);
    CHECK(sent.invited == 3);
    CHECK(sent.next == *from_iso8601("2027-12-01T10:00:00Z"));
    auto const to_ou = w.recorded<member_invited>().back();
    CHECK(to_ou.at == first);
    // Ou says yes, then no; Jin does not answer. Nothing follows from either.
    w.as(himself(w.ou)).accepts(answer_invitation{to_ou.invitation, true});
    CHECK(w.at(to_ou.invitation).comes == true);
    w.accepts(answer_invitation{to_ou.invitation, false});
    CHECK(w.at(to_ou.invitation).comes == false);
    w.as({});
    auto const before = w.history_of<invitation_answered>().size();
    // Ning becomes an alumna while this year's invitations are out, and has hers at once; Kai, who
    // was invited already, is not invited twice.
    w.role_offered(w.ning, alumni_role::lifetime_honorary_member);
    w.accepts(accept_role{w.ning, alumni_role::lifetime_honorary_member});
    CHECK(invited(w.recorded<member_invited>()) == ids{w.ning});
    CHECK(w.recorded<member_invited>().front().at == first);
    w.given(record_waning{w.kai, waning_reason::life_change, {}});
    w.role_offered(w.kai, alumni_role::friend_of_the_brand);
    w.accepts(accept_role{w.kai, alumni_role::friend_of_the_brand});
    CHECK(w.recorded<member_invited>().empty());
    // An becomes an alumna after the event: she is invited the next year.
    w.wait(days(70)).given(record_waning{w.an, waning_reason::life_change, {}});
    w.role_offered(w.an, alumni_role::friend_of_the_brand);
    w.accepts(accept_role{w.an, alumni_role::friend_of_the_brand});
    CHECK(w.recorded<member_invited>().empty());
    w.wait(days(130)).time_passes();
    CHECK(w.history_of<member_invited>().size() == 4);
    CHECK(w.history_of<invitation_answered>().size() == before);
    // The next year all of them are invited again, on the same date.
    w.wait(days(165)).time_passes();
    CHECK(invited(w.recorded<member_invited>()) == ids{w.an, w.jin, w.kai, w.ning, w.ou});
    CHECK(w.recorded<member_invited>().front().at == sent.next);
    w.wait(days(300)).time_passes();
    w.wait(days(66)).time_passes();
    CHECK(invited(w.recorded<member_invited>()) == ids{w.an, w.jin, w.kai, w.ning, w.ou});
    CHECK(w.at<guest_record>(w.ou).invited == 3);
    // A series that ends invites nobody more.
    w.given(end_yearly_event{gala});
    w.wait(days(380)).time_passes();
    CHECK(w.history_of<member_invited>().size() == 14);
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("an event that is planned late invites at once", "[member]") {
    winter_world w;
    w.given(plan_yearly_event{gala, "Winter gala", w.now() + days(10)});
    w.time_passes();
    CHECK(invited(w.recorded<member_invited>()) == ids{w.jin, w.kai, w.ou});
    w.given(adopt<invitation_rules>{{days(30)}});
    w.wait(days(300)).time_passes();
    CHECK(w.digest() == w.digest_of_replay());
}

TEST_CASE("events without a name or a future, and answers for others or after the event, are "
          "refused",
    "[member][B23][refusal]") {
    winter_world w;
    auto const at = w.now() + days(30);
    w.given(plan_yearly_event{gala, "Winter gala", at});
    w.time_passes();
    unmoved same{w};
    same.refuses(plan_yearly_event{gala, "Again", at}, errc::already_exists, "yearly event 1");
    same.refuses(plan_yearly_event{yearly_event_id{}, "None", at}, errc::already_exists,
        "yearly event 0", "new id above 0");
    same.refuses(plan_yearly_event{yearly_event_id{2}, "", at}, errc::invalid_text,
        "name of yearly event 2");
    same.refuses(plan_yearly_event{yearly_event_id{2}, "Past", w.now()}, errc::invalid_argument,
        "plan_yearly_event.at", "in the future");
    same.refuses(end_yearly_event{yearly_event_id{9}}, errc::unknown_id, "yearly event 9");
    same.refuses(answer_invitation{invitation_id{9}, true}, errc::unknown_id, "invitation 9");
    same.refuses(adopt<invitation_rules>{{days(301)}}, errc::invalid_argument,
        "invitation_rules.ahead", "at most 300 days");
    w.as(himself(w.an));
    same.refuses(answer_invitation{invitation_id{1}, true}, errc::not_qualified, "member 8",
        "the member themself");
    same.refuses(plan_yearly_event{yearly_event_id{2}, "Mine", at}, errc::not_qualified,
        "plan_yearly_event", "an employee or the host");
    same.refuses(end_yearly_event{gala}, errc::not_qualified, "end_yearly_event", "an employee");
    w.as({}).wait(days(31));
    w.refuses(answer_invitation{invitation_id{1}, true}, errc::wrong_state, "invitation 1",
        "before the event begins");
    w.given(end_yearly_event{gala});
    w.refuses(end_yearly_event{gala}, errc::wrong_state, "yearly event 1", "has not ended");
}

} // namespace
