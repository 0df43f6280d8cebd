// SPDX-License-Identifier: BSL-1.0
#pragma once

// Potential: loyalty, familiarity with the product and the will to speak in public, each measured
// apart by their mentor or an operator and searched as a column of its own. Which cultivation plan
// fits a person may depend on them.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/mentorship.hpp>
#include <koc/member/messages/potential.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <utility>

namespace koc {

/// What people bring along. The columns `loyalty`, `familiarity` and `will_to_speak` are in
/// millionths; who was not measured meets no requirement on them.
class potential : public aspect<potential> {
public:
    using events = event_list<potential_measured>;
    using commands = command_list<measure_potential>;
    using reads = aspect_list<mentorship>;
    using columns = column_list<column_of<"loyalty", &potential_record::loyalty>,
        column_of<"familiarity", &potential_record::familiarity>,
        column_of<"will_to_speak", &potential_record::will_to_speak>>;

    static constexpr auto guards(measure_potential const*) {
        return require(known<&measure_potential::member>,
            within<&measure_potential::value, score{}, whole(1)>);
    }
    result<void> decide(measure_potential const& command, context& in) const {
        auto const who = subject("member", command.member);
        auto const by = in.by();
        if (by.kind == actor_kind::member &&
            !in.get<mentorship>().pairs().linked(member_id{by.id}, command.member)) {
            return error{errc::not_qualified, who,
                "expected their mentor or an operator to measure their potential, not " +
                    to_string(by) + "; have one of them do it"};
        }
        KOC_TRY(detail::check_assessed(in, command.member));
        if (auto refused = check_name("basis of a measure of " + who, command.basis)) {
            return *std::move(refused);
        }
        in.record(potential_measured{command.member, command.trait, command.value, command.basis});
        return {};
    }

    void apply(potential_measured const& event, world const&) {
        people_.put(event.member, [&](potential_record& person) {
            auto& kept = event.trait == trait::loyalty ? person.loyalty
                : event.trait == trait::familiarity    ? person.familiarity
                                                       : person.will_to_speak;
            kept = event.value;
        });
    }

private:
    table<potential_record> people_;
    BOOST_DESCRIBE_CLASS(potential, (), (), (), (people_))
};

} // namespace koc
