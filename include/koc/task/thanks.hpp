// SPDX-License-Identifier: BSL-1.0
#pragma once

// Thanks: they name works that the member has handed in, so that nobody is thanked for what is not
// on record. Nobody is offered a role before they were thanked as somebody who steps back.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/evolution/messages/evolution.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/messages/thanks.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string>

namespace koc {

/// Who was thanked, and for what.
class thanks : public aspect<thanks> {
public:
    using events = event_list<member_thanked>;
    using commands = command_list<thank_member>;
    using follows = event_list<work_submitted, stage_changed, may_offer_role>;

    static constexpr auto guards(thank_member const*) {
        return require(by_desk<thank_member>, known<&thank_member::member>);
    }
    result<void> decide(thank_member const& command, context& in) const {
        auto const name = subject("member", command.member);
        KOC_TRY(check_words_of(command.member, command.words));
        auto const* person = people_.find(command.member);
        if (command.works.empty() && person != nullptr && person->handed_in != 0) {
            return error{errc::not_qualified, name,
                "expected at least one of the " + std::to_string(person->handed_in) +
                    " works that they handed in; name what they are thanked for"};
        }
        for (auto work = command.works.begin(); work != command.works.end(); ++work) {
            auto const* known_work = in.find(*work);
            if (known_work == nullptr) {
                return unknown("submission", *work);
            }
            if (known_work->member != command.member) {
                return error{errc::not_qualified, subject("submission", *work),
                    "expected a work of " + name + ", not of " +
                        subject("member", known_work->member)};
            }
            if (std::find(command.works.begin(), work, *work) != work) {
                return error{errc::invalid_argument, subject("submission", *work),
                    "expected each work once"};
            }
        }
        in.record(member_thanked{command.member, command.works, command.words});
        return {};
    }
    [[nodiscard]] result<void> review(may_offer_role const& question, world const&) const {
        auto const* person = people_.find(question.member);
        if (person != nullptr && person->in_this_stage) {
            return {};
        }
        return error{errc::not_qualified, subject("member", question.member),
            "expected that they were thanked for what they gave before a role is offered; thank "
            "them first"};
    }

    void apply(member_thanked const& event, world const& in) {
        people_.put(event.member, [&](thanks_record& person) {
            person.in_this_stage = true;
            person.given.push_back({in.now(), event.works, event.words});
        });
    }
    void apply(work_submitted const& event, world const&) {
        people_.put(event.member, [](thanks_record& person) { ++person.handed_in; });
    }
    void apply(stage_changed const& event, world const&) {
        people_.update(event.member, [](thanks_record& person) { person.in_this_stage = false; });
    }

private:
    table<thanks_record> people_;
    BOOST_DESCRIBE_CLASS(thanks, (), (), (), (people_))
};

} // namespace koc
