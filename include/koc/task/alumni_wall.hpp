// SPDX-License-Identifier: BSL-1.0
#pragma once

// The alumni wall: members in service see which roles alumni hold, what they were thanked for and
// that they are still invited. It is made of events alone, holds nothing private, and an alumnus
// may choose not to be on it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/evolution/messages/evolution.hpp>
#include <koc/member/evolution/messages/invitations.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/alumni_wall.hpp>
#include <koc/task/messages/thanks.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Who is on the wall.
class alumni_walls : public aspect<alumni_walls> {
public:
    using events = event_list<wall_chosen>;
    using commands = command_list<choose_wall>;
    using queries = query_list<alumni_wall>;
    using follows = event_list<stage_changed>;

    static constexpr auto guards(choose_wall const*) {
        return require(in_person<&choose_wall::member>, known<&choose_wall::member>);
    }
    result<void> decide(choose_wall const& command, context& in) const {
        auto const* person = people_.find(command.member);
        if (command.shown == (person != nullptr && person->hidden)) {
            in.record(wall_chosen{command.member, command.shown});
        }
        return {};
    }
    [[nodiscard]] result<std::vector<alumni_entry>> answer(
        alumni_wall const&, world const& in) const {
        KOC_TRY(check_reader(in));
        std::vector<alumni_entry> wall;
        for (auto const& person : people_.all<by_alumnus>(true)) {
            if (person.hidden) {
                continue;
            }
            alumni_entry entry;
            entry.member = person.id;
            if (auto const* roles = in.find_record<evolution_record>(person.id.value())) {
                entry.roles = roles->roles;
            }
            if (auto const* thanked = in.find_record<thanks_record>(person.id.value())) {
                entry.thanks = thanked->given;
            }
            if (auto const* guest = in.find_record<guest_record>(person.id.value())) {
                entry.invited = guest->as_alumnus;
                entry.invited_to = guest->as_alumnus != 0 ? guest->newest : std::nullopt;
            }
            wall.push_back(std::move(entry));
        }
        std::sort(wall.begin(), wall.end(),
            [](alumni_entry const& a, alumni_entry const& b) { return a.member < b.member; });
        return wall;
    }

    void apply(wall_chosen const& event, world const&) {
        people_.put(event.member, [&](wall_record& person) { person.hidden = !event.shown; });
    }
    void apply(stage_changed const& event, world const&) {
        auto const alumnus = event.to == stage::alumni;
        people_.put_if(
            alumnus, event.member, [&](wall_record& person) { person.alumnus = alumnus; });
    }

private:
    using by_alumnus = by<&wall_record::alumnus>;

    static result<void> check_reader(world const& in) {
        if (in.by().kind != actor_kind::member) {
            return {};
        }
        auto const* reader = in.find_record<relationship_record>(in.by().id);
        if (reader != nullptr &&
            (reader->stage == stage::active || reader->stage == stage::mature ||
                reader->stage == stage::alumni)) {
            return {};
        }
        return error{errc::not_qualified, to_string(in.by()),
            "expected a member in service or an alumnus to look at the wall"};
    }

    table<wall_record, by_alumnus> people_;
    BOOST_DESCRIBE_CLASS(alumni_walls, (), (), (), (people_))
};

} // namespace koc
