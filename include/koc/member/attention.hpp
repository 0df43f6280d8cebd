// SPDX-License-Identifier: BSL-1.0
#pragma once

// Limits how much is asked of a member: so many asks within a window, so much unfinished work, and
// quiet time after a refusal. Whoever asks calls this aspect's commands, so every ask is recorded.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/attention.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace koc {

/// Who has been asked how much. The column `load` is the unfinished work that a member holds.
class attention : public aspect<attention> {
public:
    using events =
        event_list<attention_asked, attention_refused, commitment_made, commitment_ended>;
    using commands = command_list<ask_attention, note_refusal, commit_to_work, end_commitment>;
    using rules = attention_rules;
    using columns = column_list<
        behind<detail::while_assessed, column_of<"load", &attention_record::commitments, 0>>>;

    [[nodiscard]] std::int64_t commitments(member_id who) const {
        auto const* person = people_.find(who);
        return person == nullptr ? 0 : person->commitments;
    }
    /// Whether this person may take on one more piece of work.
    [[nodiscard]] result<void> check_commit(member_id who, attention_rules const& limits) const {
        if (commitments(who) < limits.commitments_max) {
            return {};
        }
        return error{errc::no_capacity, subject("member", who),
            "expected at most " + std::to_string(limits.commitments_max) +
                " unfinished tasks at a time; hand one in first"};
    }
    /// Whether this person may be asked at an instant. O(asks within the window).
    [[nodiscard]] bool may_ask(member_id who, attention_rules const& limits, instant now) const {
        auto const* person = people_.find(who);
        return person == nullptr ||
            !(busy(*person, limits) || resting(*person, limits, now) ||
                asks_within(*person, limits, now) >= limits.asks_max);
    }
    /// The same, with the reason.
    [[nodiscard]] result<void> check_ask(
        member_id who, attention_rules const& limits, instant now) const {
        if (may_ask(who, limits, now)) {
            return {};
        }
        auto const* person = people_.find(who);
        auto const refused = [&](std::string expected) {
            return error{errc::over_budget, subject("member", who), std::move(expected)};
        };
        if (busy(*person, limits)) {
            return refused("holds " + std::to_string(person->commitments) + " of at most " +
                std::to_string(limits.commitments_max) + " unfinished tasks");
        }
        if (resting(*person, limits, now)) {
            return refused("declined lately and is left in peace until " +
                to_iso8601(*person->refused_at + limits.cool_down));
        }
        return refused("was asked " + std::to_string(asks_within(*person, limits, now)) +
            " times since " + to_iso8601(now - limits.window) + ", the most allowed");
    }

    static constexpr auto guards(ask_attention const*) {
        return require(by_desk<ask_attention>, known<&ask_attention::member>);
    }
    result<void> decide(ask_attention const& command, context& in) const {
        KOC_TRY(check_ask(command.member, in.rules<rules>(), in.now()));
        in.record(attention_asked{command.member});
        return {};
    }
    static constexpr auto guards(note_refusal const*) {
        return require(by_member<&note_refusal::member>, known<&note_refusal::member>);
    }
    result<void> decide(note_refusal const& command, context& in) const {
        in.record(attention_refused{command.member});
        return {};
    }
    static constexpr auto guards(commit_to_work const*) {
        return require(by_member<&commit_to_work::member>, known<&commit_to_work::member>);
    }
    result<void> decide(commit_to_work const& command, context& in) const {
        KOC_TRY(check_commit(command.member, in.rules<rules>()));
        in.record(commitment_made{command.member});
        return {};
    }
    static constexpr auto guards(end_commitment const*) { return require(by_desk<end_commitment>); }
    result<void> decide(end_commitment const& command, context& in) const {
        if (commitments(command.member) == 0) {
            return error{errc::wrong_state, subject("member", command.member),
                "expected somebody with unfinished work"};
        }
        in.record(commitment_ended{command.member});
        return {};
    }

    void apply(attention_asked const& event, world const& in) {
        people_.put(event.member, [&](attention_record& person) {
            std::erase_if(person.asked,
                [&](instant at) { return at + in.rules<rules>().window <= in.now(); });
            person.asked.push_back(in.now());
        });
    }
    void apply(attention_refused const& event, world const& in) {
        people_.put(event.member, [&](attention_record& person) { person.refused_at = in.now(); });
    }
    void apply(commitment_made const& event, world const&) {
        people_.put(event.member, [](attention_record& person) { ++person.commitments; });
    }
    void apply(commitment_ended const& event, world const&) {
        people_.put(event.member, [&](attention_record& person) {
            if (person.commitments < 1) {
                throw_misfit("unfinished work of " + subject("member", event.member));
            }
            --person.commitments;
        });
    }

private:
    static bool busy(attention_record const& person, attention_rules const& limits) {
        return person.commitments >= limits.commitments_max;
    }
    static bool resting(
        attention_record const& person, attention_rules const& limits, instant now) {
        return person.refused_at && *person.refused_at + limits.cool_down > now;
    }
    static std::int64_t asks_within(
        attention_record const& person, attention_rules const& limits, instant now) {
        auto const since = std::find_if(person.asked.begin(), person.asked.end(),
            [&](instant at) { return at + limits.window > now; });
        return person.asked.end() - since;
    }

    table<attention_record> people_;
    BOOST_DESCRIBE_CLASS(attention, (), (), (), (people_))
};

} // namespace koc
