// SPDX-License-Identifier: BSL-1.0
#pragma once

// Proposals of members to improve a product. Everybody may make them. Holders of an office with the
// right of priority may have so many at a time that go before all others: they are put to the
// committee and answered first. Each has a day by which it is answered, and an event says when that
// day passed; a decision about it moves that day behind its deadline.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/messages/committee.hpp>
#include <koc/member/depth/messages/improvement.hpp>
#include <koc/member/depth/office.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The proposals, open and answered.
class improvements : public aspect<improvements> {
public:
    using events = event_list<improvement_proposed, improvement_answered, answer_overdue>;
    using commands = command_list<propose_improvement, answer_improvement>;
    using queries = query_list<list_improvements>;
    using follows = event_list<decision_proposed>;
    using reads = aspect_list<offices>;
    using rules = improvement_rules;

    static constexpr auto guards(propose_improvement const*) {
        return require(
            in_person<&propose_improvement::member>, known<&propose_improvement::member>);
    }
    result<void> decide(propose_improvement const& command, context& in) const {
        auto const name = subject("improvement", command.improvement);
        if (!command.improvement.valid()) {
            return error{errc::invalid_argument, name, "expected an id above 0"};
        }
        if (proposals_.contains(command.improvement)) {
            return error{
                errc::already_exists, name, "expected an id that no proposal has; choose another"};
        }
        KOC_TRY(check_words("proposal of member", command.member, command.text));
        if (command.priority &&
            !in.get<offices>().has_right(
                command.member, office_right::priority_proposal, in.now())) {
            return error{errc::not_qualified, subject("member", command.member),
                "expected a present holder of an office with the right of priority; make the "
                "proposal without it"};
        }
        if (command.priority) {
            KOC_TRY(check_room(command.member, in.rules<rules>().priority_max));
        }
        in.record(improvement_proposed{command.improvement, command.member, command.text,
            command.priority, in.now() + span_of(command.priority, in.rules<rules>())});
        return {};
    }
    static constexpr auto guards(answer_improvement const*) {
        return require(by_desk<answer_improvement>, known<&answer_improvement::improvement>);
    }
    result<void> decide(answer_improvement const& command, context& in) const {
        auto const& it = proposals_[command.improvement];
        auto const name = subject("improvement", it.id);
        if (it.answered) {
            return error{errc::wrong_state, name, "expected a proposal that is not answered yet"};
        }
        KOC_TRY(check_filled("answer to " + name, command.answer.text));
        if (command.decision && !command.taken_up) {
            return error{errc::invalid_argument, name,
                "expected a decision only where the proposal is taken up by it; leave it out"};
        }
        auto const before = proposals_.all<by_turn>(false, true);
        if (!it.priority && !before.empty()) {
            return error{errc::wrong_state, name,
                "expected proposals with priority to be answered first, also before older ones; "
                "answer " +
                    subject("improvement", before.begin()->id) + " first"};
        }
        in.record(improvement_answered{it.id, it.member, command.taken_up,
            command.answer.of(it.member.value()), command.decision});
        return {};
    }
    /// What changes the product goes in the same order: first what was proposed with priority.
    [[nodiscard]] result<void> review(decision_proposed const& event, world const&) const {
        if (!event.improvement || proposals_[*event.improvement].priority) {
            return {};
        }
        for (auto const& first : proposals_.all<by_turn>(false, true)) {
            if (!first.decision) {
                return error{errc::wrong_state, subject("improvement", *event.improvement),
                    "expected proposals with priority to be put to the committee first, also "
                    "before older ones; propose a decision about " +
                        subject("improvement", first.id) + " first, or answer it"};
            }
        }
        return {};
    }
    void due(improvement_id which, context& in) const {
        in.record(answer_overdue{which, proposals_[which].member});
    }

    [[nodiscard]] result<std::vector<improvement_id>> answer(
        list_improvements const&, world const&) const {
        std::vector<improvement_id> open;
        for (auto priority : {true, false}) {
            for (auto const& it : proposals_.all<by_turn>(false, priority)) {
                open.push_back(it.id);
            }
        }
        return open;
    }

    void apply(improvement_proposed const& event, world const&) {
        improvement_record made;
        made.id = event.improvement;
        made.member = event.member;
        made.text = event.text;
        made.priority = event.priority;
        made.answer_by = event.answer_by;
        proposals_.insert(std::move(made));
        due_.put(event.improvement, event.answer_by);
    }
    void apply(improvement_answered const& event, world const&) {
        proposals_.update(event.improvement, [&](improvement_record& it) {
            it.answered = true;
            it.taken_up = event.taken_up;
            it.answer = event.answer;
            it.decision = event.decision ? event.decision : it.decision;
        });
        due_.drop(event.improvement);
    }
    /// The answer waits for the committee, once, so that nobody puts it off by asking again; an
    /// answer that is overdue stays so.
    void apply(decision_proposed const& event, world const& in) {
        if (!event.improvement) {
            return;
        }
        proposals_.update(*event.improvement, [&](improvement_record& it) {
            auto const first = !it.decision;
            it.decision = event.decision;
            if (first && !it.overdue) {
                it.answer_by = (std::max)(
                    it.answer_by, event.closes + span_of(it.priority, in.rules<rules>()));
            }
        });
        if (auto const& it = proposals_[*event.improvement]; !it.overdue) {
            due_.put(it.id, it.answer_by);
        }
    }
    void apply(answer_overdue const& event, world const&) {
        proposals_.update(event.improvement, [](improvement_record& it) { it.overdue = true; });
        due_.drop(event.improvement);
    }

private:
    using by_turn = by<&improvement_record::answered, &improvement_record::priority>;

    static duration span_of(bool priority, rules const& spans) {
        return priority ? spans.priority_within : spans.answer_within;
    }
    /// One holder does not fill the line before everybody else.
    [[nodiscard]] result<void> check_room(member_id who, std::int64_t most) const {
        std::int64_t open = 0;
        auto newest = improvement_id{};
        for (auto const& it : proposals_.all<by_turn>(false, true)) {
            if (it.member == who) {
                ++open;
                newest = it.id;
            }
        }
        if (open < most) {
            return {};
        }
        return error{errc::no_capacity, subject("member", who),
            "expected fewer than " + std::to_string(most) +
                " open proposals with priority of theirs; wait for the answer to " +
                subject("improvement", newest) + " or make the proposal without priority"};
    }

    table<improvement_record, by_turn> proposals_;
    agenda<improvement_id> due_;
    BOOST_DESCRIBE_CLASS(improvements, (), (), (), (proposals_, due_))
};

} // namespace koc
