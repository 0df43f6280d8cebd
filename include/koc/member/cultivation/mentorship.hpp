// SPDX-License-Identifier: BSL-1.0
#pragma once

// Mentorship: one mature member leads a few budding or active ones. A mentee has one mentor, a
// mentor only so many mentees, and no chain of mentors leads back to its start. A pair ends when
// either leaves these stages.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/mentorship.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/links.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace koc {

class mentorship : public aspect<mentorship> {
public:
    using events = event_list<mentor_paired, mentor_released>;
    using commands = command_list<pair_mentor, release_mentor>;
    using follows = event_list<stage_changed, account_closing>;
    using rules = mentorship_rules;

    [[nodiscard]] links<member_id> const& pairs() const { return pairs_; }

    static constexpr auto guards(pair_mentor const*) {
        return require(by_desk<pair_mentor>, known<&pair_mentor::mentor>,
            known<&pair_mentor::mentee>,
            has_value<&pair_mentor::mentor, &relationship_record::stage, stage::mature>,
            has_value<&pair_mentor::mentee, &relationship_record::stage, stage::budding,
                stage::active>);
    }
    result<void> decide(pair_mentor const& command, context& in) const {
        auto const room = static_cast<std::size_t>(in.rules<rules>().mentees_max);
        KOC_TRY(pairs_.check(command.mentor, command.mentee,
            {.targets_max = room, .sources_max = 1, .acyclic = true}));
        in.record(mentor_paired{command.mentor, command.mentee});
        return {};
    }
    static constexpr auto guards(release_mentor const*) {
        return require(by_state<release_mentor>);
    }
    result<void> decide(release_mentor const& command, context& in) const {
        if (!world_view{in}.called() && !acts_for(in.by(), command.mentor) &&
            !acts_for(in.by(), command.mentee)) {
            return error{errc::not_qualified, subject("mentor", command.mentor),
                "expected " + std::string{release_mentor::sent_by} + " to send this, not " +
                    to_string(in.by()) + "; leave it to them"};
        }
        KOC_TRY(pairs_.check_linked(command.mentor, command.mentee));
        in.record(mentor_released{command.mentor, command.mentee});
        return {};
    }
    /// Who leads somebody, or is led, is no account to be merged.
    [[nodiscard]] result<void> review(account_closing const& event, world const&) const {
        auto const mentees = pairs_.targets(event.member);
        auto const mentors = pairs_.sources(event.member);
        if (mentees.empty() && mentors.empty()) {
            return {};
        }
        return detail::still_open(event.member,
            mentees.empty() ? subject("member", mentors.front()) + " leads them"
                            : "they lead " + subject("member", mentees.front()),
            "release the mentor first");
    }
    static constexpr auto consequences(stage_changed const*) {
        return in_order(
            consequence<differs<&stage_changed::to, stage::mature>, &mentorship::leave_mentees>(
                "who leads others leads them no more"),
            consequence<differs<&stage_changed::to, stage::budding, stage::active>,
                &mentorship::leave_mentor>("who is led is led no more"));
    }

    void apply(mentor_paired const& event, world const&) {
        pairs_.link(event.mentor, event.mentee);
    }
    void apply(mentor_released const& event, world const&) {
        pairs_.unlink(event.mentor, event.mentee);
    }

private:
    void leave_mentees(stage_changed const& event, context& in) const {
        for (auto mentee : pairs_.targets(event.member)) {
            in.record(mentor_released{event.member, mentee});
        }
    }
    void leave_mentor(stage_changed const& event, context& in) const {
        for (auto mentor : pairs_.sources(event.member)) {
            in.record(mentor_released{mentor, event.member});
        }
    }

    links<member_id> pairs_{"mentor", "mentee"};
    BOOST_DESCRIBE_CLASS(mentorship, (), (), (), (pairs_))
};

} // namespace koc
