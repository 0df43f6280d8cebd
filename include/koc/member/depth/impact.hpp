// SPDX-License-Identifier: BSL-1.0
#pragma once

// Impact: each adopted product decision may say what was before it, what is after it and which
// advice changed it. Whose advice is cited sees that, is thanked, and can be found by it in
// searches.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/depth/messages/impact.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// What decisions changed, and by whose advice. The column `impact` is how many decisions a
/// member's advice has changed.
class impacts : public aspect<impacts> {
public:
    using events = event_list<decision_traced, impact_thanked>;
    using commands = command_list<trace_decision>;
    using queries = query_list<list_impact>;
    using columns = column_list<
        behind<detail::while_assessed, column_of<"impact", &member_impact_record::changed, 0>>>;

    static constexpr auto guards(trace_decision const*) {
        return require(by_desk<trace_decision>, known<&trace_decision::decision>,
            known<&trace_decision::project>,
            has_value<&trace_decision::decision, &product_decision_record::stage,
                product_decision_stage::adopted>);
    }
    result<void> decide(trace_decision const& command, context& in) const {
        auto const name = subject("decision", command.decision);
        if (traces_.contains(command.decision)) {
            return error{errc::already_exists, name,
                "expected a decision of which nobody has said yet what changed it"};
        }
        KOC_TRY(check_filled("before of " + name, command.before));
        KOC_TRY(check_filled("after of " + name, command.after));
        if (command.before == command.after) {
            return error{errc::invalid_argument, name,
                "expected that before and after differ, so that something changed"};
        }
        auto cites = command.cites;
        std::sort(cites.begin(), cites.end());
        cites.erase(std::unique(cites.begin(), cites.end()), cites.end());
        if (cites.empty()) {
            return error{errc::invalid_argument, name,
                "expected at least one piece of advice that changed it; cite it"};
        }
        std::map<member_id, std::int64_t> authors;
        for (auto each : cites) {
            KOC_TRY(check_cited(command, each, in));
            ++authors[in.at(each).member];
        }
        in.record(decision_traced{
            command.decision, command.project, command.before, command.after, std::move(cites)});
        for (auto const& [who, advice] : authors) {
            in.record(impact_thanked{who, command.decision, advice});
        }
        return {};
    }

    [[nodiscard]] result<std::vector<impact_view>> answer(
        list_impact const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        if (in.by().kind == actor_kind::member) {
            KOC_TRY(check_own_word(in.by(), query.member, "look at what they changed"));
        }
        std::vector<impact_view> seen;
        auto const* theirs = people_.find(query.member);
        if (theirs == nullptr) {
            return seen;
        }
        for (auto which : theirs->decisions) {
            auto const& it = traces_[which];
            impact_view view{which, in.at(which).title, it.before, it.after, {}, it.at};
            for (auto each : it.cites) {
                if (in.at(each).member == query.member) {
                    view.advice.push_back(in.at(each));
                }
            }
            seen.push_back(std::move(view));
        }
        return seen;
    }

    void apply(decision_traced const& event, world const& in) {
        traces_.insert(
            {event.decision, event.project, event.before, event.after, event.cites, in.now()});
    }
    void apply(impact_thanked const& event, world const&) {
        people_.put(event.member, [&](member_impact_record& person) {
            person.advice += event.advice;
            ++person.changed;
            person.decisions.push_back(event.decision);
        });
    }

private:
    /// Only advice that was given to the project, and before the decision was proposed, can have
    /// changed it.
    [[nodiscard]] static result<void> check_cited(
        trace_decision const& command, advice_id which, world const& in) {
        auto const* advice = in.find(which);
        if (advice == nullptr) {
            return error{errc::unknown_id, subject("advice", which),
                "expected advice that was given; cite what is on record"};
        }
        if (advice->project != command.project) {
            return error{errc::not_qualified, subject("advice", which),
                "expected advice to " + subject("project", command.project) +
                    ", but it was given "
                    "to " +
                    subject("project", advice->project) + "; leave it out"};
        }
        if (advice->at > in.at(command.decision).voices.opens) {
            return error{errc::not_qualified, subject("advice", which),
                "expected advice from before " + subject("decision", command.decision) +
                    " was proposed, which alone can have changed it; leave it out"};
        }
        return {};
    }

    table<impact_record> traces_;
    table<member_impact_record> people_;
    BOOST_DESCRIBE_CLASS(impacts, (), (), (), (traces_, people_))
};

} // namespace koc
