// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sessions of sharing, credited to both sides: to who shared and to each who came. Who did not come
// is credited with nothing, and a session to which nobody came is credited to nobody.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/sessions.hpp>
#include <koc/member/newcomer_vote.hpp>
#include <koc/registry/contribution.hpp>
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
    using events = event_list<session_held>;
    using commands = command_list<record_session>;
    using columns = column_list<column_of<"shared", &session_credit::given, 0>,
        column_of<"learned", &session_credit::attended, 0>>;

    static constexpr auto guards(record_session const*) {
        return require(known<&record_session::giver>, within<&record_session::minutes, 1, 1440>);
    }
    result<void> decide(record_session const& command, context& in) const {
        auto const name = subject("session", command.session);
        if (in.by().kind == actor_kind::member && in.by() != acting(command.giver)) {
            return error{errc::not_qualified, name,
                "expected who gave it, an operator or the host to record it, not " +
                    to_string(in.by())};
        }
        if (!command.session.valid() || sessions_.contains(command.session)) {
            return error{errc::already_exists, name, "expected a new id above 0"};
        }
        auto const* giver = in.find_record<relationship_record>(command.giver.value());
        if (giver == nullptr || (giver->stage != stage::mature && !is_honorary_adviser(giver))) {
            return error{errc::not_qualified, subject("member", command.giver),
                "expected a mature member or an honorary adviser to share experience"};
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
            if (person->stage != stage::budding && person->stage != stage::active) {
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
        in.record(session_held{
            command.session, command.giver, command.attendees, command.no_shows, command.minutes});
        return {};
    }

    void apply(session_held const& event, world const& in) {
        sessions_.insert({event.session, event.giver, in.now(), event.attendees, event.minutes});
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
    static constexpr std::size_t people_max = 1000;

    table<session_record> sessions_;
    table<session_credit> credits_;
    BOOST_DESCRIBE_CLASS(sessions, (), (), (), (sessions_, credits_))
};

} // namespace koc
