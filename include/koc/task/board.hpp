// SPDX-License-Identifier: BSL-1.0
#pragma once

// The task board, from which members claim work themselves. A claim is an offer that is sent and
// accepted at once: the requirement and the limit of unfinished work hold, but as nobody was asked,
// no ask is counted.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/board.hpp>
#include <koc/task/offer.hpp>

#include <boost/describe/class.hpp>

namespace koc {

class board : public aspect<board> {
public:
    using events = event_list<task_listed>;
    using commands = command_list<list_task, claim_task>;
    using reads = aspect_list<offers>;

    static constexpr auto guards(list_task const*) {
        return require(by_desk<list_task>, known<&list_task::task>,
            may_step<&list_task::task, task_lifecycle, task_trigger::taken>);
    }
    result<void> decide(list_task const& command, context& in) const {
        if (listed_.contains(command.task)) {
            return error{errc::already_exists, subject("task", command.task),
                "expected a task that is not on the board yet"};
        }
        in.record(task_listed{command.task});
        return {};
    }
    static constexpr auto guards(claim_task const*) {
        return require(
            by_member<&claim_task::member>, known<&claim_task::task>, known<&claim_task::member>);
    }
    result<void> decide(claim_task const& command, context& in) const {
        if (!listed_.contains(command.task)) {
            return error{errc::wrong_state, subject("task", command.task),
                "expected a task that is on the board"};
        }
        auto const claim = in.get<offers>().next_id();
        auto const due_at = in.at(command.task).brief.due_at;
        KOC_TRY(
            in.call(send_offer{command.task, command.member, origin::board, 0, {}, {}, due_at}));
        return in.call(accept_offer{claim});
    }

    void apply(task_listed const& event, world const&) { listed_.insert({event.task}); }

private:
    table<listing_record> listed_;
    BOOST_DESCRIBE_CLASS(board, (), (), (), (listed_))
};

} // namespace koc
