// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sessions of sharing, credited to both sides: to who shared and to each who came. Who did not come
// is credited with nothing, and a session to which nobody came is credited to nobody. What it
// taught ends a step of training of those who came, and sharing is a step of the plan of who
// shares. A session that was planned is held by who promised it and for who was a newcomer when it
// began, whatever has become of them until it is recorded; what is to come of a giver who leaves is
// called off.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/evolution/newcomer_vote.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace koc {

/// The sessions and what they are credited with. The column `shared` is how many sessions somebody
/// has given, `learned` how many they attended.
class sessions : public aspect<sessions> {
public:
    using events = event_list<session_planned, session_called_off, session_missed, session_held>;
    using commands = command_list<plan_session, call_off_session, record_session>;
    using follows = event_list<stage_changed>;
    using columns =
        column_list<behind<detail::while_assessed, column_of<"shared", &session_credit::given, 0>>,
            behind<detail::while_assessed, column_of<"learned", &session_credit::attended, 0>>>;

    static constexpr auto guards(plan_session const*) {
        return require(by_member<&plan_session::giver>, known<&plan_session::giver>);
    }
    result<void> decide(plan_session const& command, context& in) const {
        auto const name = subject("session", command.session);
        if (!command.session.valid() || sessions_.contains(command.session)) {
            return error{errc::already_exists, name, "expected a new id above 0"};
        }
        KOC_TRY(check_giver(command.giver, in));
        if (command.at <= in.now() || command.record_within <= duration{}) {
            return error{errc::invalid_argument, name,
                "expected an instant to come, and a span above 0 in which it is recorded"};
        }
        in.record(session_planned{
            command.session, command.giver, command.at, command.at + command.record_within});
        return {};
    }
    static constexpr auto guards(call_off_session const*) {
        return require(by_member<&call_off_session::session, &session_record::giver>,
            known<&call_off_session::session>);
    }
    result<void> decide(call_off_session const& command, context& in) const {
        auto const& planned = sessions_[command.session];
        if (planned.stage != session_stage::planned || planned.at <= in.now()) {
            return error{errc::wrong_state, subject("session", planned.id),
                "expected a planned session that has not begun, but it was " +
                    (planned.stage == session_stage::planned
                            ? "for " + to_iso8601(planned.at)
                            : std::string{name_of(planned.stage)})};
        }
        in.record(session_called_off{planned.id});
        return {};
    }
    static constexpr auto guards(record_session const*) {
        return require(by_member<&record_session::giver>, known<&record_session::giver>,
            within<&record_session::minutes, 1, session_minutes_most>);
    }
    result<void> decide(record_session const& command, context& in) const {
        auto const name = subject("session", command.session);
        auto const* planned = sessions_.find(command.session);
        if (!command.session.valid() ||
            (planned != nullptr && planned->stage != session_stage::planned)) {
            return error{errc::already_exists, name, "expected a new id above 0"};
        }
        if (planned != nullptr && (planned->giver != command.giver || planned->at > in.now())) {
            return error{errc::wrong_state, name,
                "expected it to be held by " + subject("member", planned->giver) + ", from " +
                    to_iso8601(planned->at) + " on, as it was planned"};
        }
        if (planned == nullptr) {
            KOC_TRY(check_giver(command.giver, in));
        }
        auto all = command.attendees;
        all.insert(all.end(), command.no_shows.begin(), command.no_shows.end());
        if (all.empty() || all.size() > people_max) {
            return error{errc::invalid_argument, "attendees of " + name,
                "expected from 1 to " + std::to_string(people_max) + " people"};
        }
        for (auto who : all) {
            auto const* person = in.find_record<relationship_record>(who.value());
            if (person == nullptr) {
                return unknown("member", who);
            }
            if (!is_newcomer(person->stage) && !came_as_newcomer(who, planned)) {
                return error{errc::not_qualified, subject("member", who),
                    "expected newcomers, in stage budding or active, not " +
                        std::string{name_of(person->stage)}};
            }
        }
        std::sort(all.begin(), all.end());
        if (auto const twice = std::adjacent_find(all.begin(), all.end()); twice != all.end()) {
            return error{errc::invalid_argument, subject("member", *twice),
                "expected each person once, as having come or not"};
        }
        if (!command.teaches.empty()) { // who gives a session does not certify what it taught
            KOC_TRY(check_desk(in.by(), name, "say what step of training a session gave"));
        }
        in.record(session_held{command.session, command.giver, command.attendees, command.no_shows,
            command.minutes, command.teaches});
        if (!command.attendees.empty()) {
            // A session that comes before its turn in the plan of who shares is no less welcome.
            static_cast<void>(in.call(advance_plan{command.giver, "record_session", name}));
        }
        return command.teaches.empty() ? result<void>{} : teach(command, in);
    }

    static constexpr auto consequences(stage_changed const*) {
        return in_order(
            consequence<differs<&stage_changed::to, stage::mature>, &sessions::call_off_of_leaver>(
                "what is to come of a giver who may share no more is called off"));
    }
    void due(session_id which, context& in) const {
        in.record(session_missed{which, sessions_[which].giver});
    }

    void apply(stage_changed const& event, world const& in) {
        if (is_newcomer(event.from) && !is_newcomer(event.to)) {
            past_.put(event.member, [&](newcomer_past& person) { person.until = in.now(); });
        }
    }
    void apply(session_planned const& event, world const&) {
        sessions_.insert({event.session, event.giver, event.at, {}, 0, session_stage::planned});
        due_.put(event.session, event.record_by);
    }
    void apply(session_called_off const& event, world const&) {
        end(event.session, session_stage::called_off);
    }
    void apply(session_missed const& event, world const&) {
        end(event.session, session_stage::missed);
    }
    void apply(session_held const& event, world const& in) {
        sessions_.put(event.session, [&](session_record& session) {
            session = {event.session, event.giver, in.now(), event.attendees, event.minutes,
                session_stage::held};
        });
        due_.drop(event.session);
        for (auto who : event.attendees) {
            credits_.put(who, [&](session_credit& credit) {
                ++credit.attended;
                credit.attended_minutes += event.minutes;
            });
        }
        if (!event.attendees.empty()) {
            credits_.put(event.giver, [&](session_credit& credit) {
                ++credit.given;
                credit.given_minutes += event.minutes;
            });
        }
    }

private:
    using by_giver = by<&session_record::giver, &session_record::stage>;

    /// Whether somebody was a newcomer still when a planned session began.
    [[nodiscard]] bool came_as_newcomer(member_id who, session_record const* planned) const {
        auto const* past = past_.find(who);
        return planned != nullptr && past != nullptr && past->until > planned->at;
    }
    void call_off_of_leaver(stage_changed const& event, context& in) const {
        if (check_giver(event.member, in)) {
            return;
        }
        std::vector<session_id> to_come;
        for (auto const& session : sessions_.all<by_giver>(event.member, session_stage::planned)) {
            if (session.at > in.now()) {
                to_come.push_back(session.id);
            }
        }
        for (auto which : to_come) {
            in.record(session_called_off{which});
        }
    }
    static result<void> check_giver(member_id who, world const& in) {
        auto const* giver = in.find_record<relationship_record>(who.value());
        if (giver == nullptr || (giver->stage != stage::mature && !is_honorary_adviser(giver))) {
            return error{errc::not_qualified, subject("member", who),
                "expected a mature member or an honorary adviser to share experience"};
        }
        return {};
    }
    void end(session_id which, session_stage how) {
        sessions_.update(which, [&](session_record& session) { session.stage = how; });
        due_.drop(which);
    }
    /// Ends the step for those who have it to do; where nobody has, the reason is that of the last.
    static result<void> teach(record_session const& command, context& in) {
        result<void> taught = error{errc::invalid_argument, subject("session", command.session),
            "expected somebody who came where it gave a step of training"};
        for (auto who : command.attendees) {
            auto const done =
                in.call(complete_step{who, command.teaches, subject("session", command.session)});
            taught = taught || done ? result<void>{} : done;
        }
        return taught;
    }

    static constexpr std::size_t people_max = 1000;

    table<session_record, by_giver> sessions_;
    table<session_credit> credits_;
    table<newcomer_past> past_;
    agenda<session_id> due_;
    BOOST_DESCRIBE_CLASS(sessions, (), (), (), (sessions_, credits_, past_, due_))
};

} // namespace koc
