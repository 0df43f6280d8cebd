// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is to be done for members, as those who look after them see it: the steps and contacts that
// are due, with the channel and the talking points of the plan, and who has fallen between the
// plans.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/cultivation.hpp>
#include <koc/member/cultivation/cultivation_plans.hpp>
#include <koc/member/cultivation/messages/cultivation_desk.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/roster.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace koc {

/// The lists of who looks after members. It keeps nothing.
class cultivation_desk : public aspect<cultivation_desk> {
public:
    using queries = query_list<next_steps, list_due_steps, list_due_contacts, list_unplanned,
        list_completed_steps>;
    using reads = aspect_list<roster, cultivation_plans, cultivation>;

    [[nodiscard]] result<std::vector<step_to_do>> answer(
        next_steps const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown(member_kind::noun, query.member);
        }
        std::vector<step_to_do> open;
        if (auto const* person = in.get<cultivation>().people().find(query.member)) {
            cultivation::for_each_open(
                *person, in, [&](cultivation_plan const& plan, std::size_t at) {
                    open.push_back(to_do(*person, plan, at));
                });
        }
        return open;
    }
    [[nodiscard]] result<std::vector<step_to_do>> answer(
        list_due_steps const& query, world const& in) const {
        KOC_TRY(check_span("list_due_steps.within", query.within));
        std::vector<step_to_do> found;
        in.get<cultivation>().people().for_each([&](cultivation_record const& person) {
            cultivation::for_each_open(
                person, in, [&](cultivation_plan const& plan, std::size_t at) {
                    auto const due = person.running.steps[at].due;
                    if (due && *due <= in.now() + query.within &&
                        person.running.owner_of(plan.steps, at) == query.owner) {
                        found.push_back(to_do(person, plan, at));
                    }
                });
        });
        std::sort(found.begin(), found.end(), [](step_to_do const& a, step_to_do const& b) {
            return std::tie(*a.due, a.member, a.step) < std::tie(*b.due, b.member, b.step);
        });
        return found;
    }
    [[nodiscard]] result<std::vector<contact_to_make>> answer(
        list_due_contacts const& query, world const& in) const {
        KOC_TRY(check_span("list_due_contacts.within", query.within));
        std::vector<contact_to_make> found;
        in.get<cultivation>().people().for_each([&](cultivation_record const& person) {
            if (!person.plan || !person.next_contact ||
                *person.next_contact > in.now() + query.within) {
                return;
            }
            auto const& plan = cultivation::plan_of(person, in);
            if (plan.owner == query.owner) {
                found.push_back(
                    {person.id, *person.next_contact, person.contact_overdue, plan.contact});
            }
        });
        std::sort(
            found.begin(), found.end(), [](contact_to_make const& a, contact_to_make const& b) {
                return std::tie(a.due, a.member) < std::tie(b.due, b.member);
            });
        return found;
    }
    [[nodiscard]] result<std::vector<unplanned_member>> answer(
        list_unplanned const&, world const& in) const {
        KOC_TRY(check_desk(in.by(), "list_unplanned", "look for who is on no plan"));
        std::vector<unplanned_member> found;
        in.get<roster>().people().for_each([&](member_record const& person) {
            auto const* relation = in.find_record<relationship_record>(person.id.value());
            auto const* known = in.get<cultivation>().people().find(person.id);
            if (relation == nullptr || detail::is_alumnus(relation->stage) ||
                (known != nullptr && known->plan)) {
                return;
            }
            auto const* fits = in.get<cultivation_plans>().best_for(person.id, in);
            found.push_back({person.id, relation->stage,
                fits == nullptr ? std::nullopt : std::optional{fits->id}});
        });
        std::sort(
            found.begin(), found.end(), [](unplanned_member const& a, unplanned_member const& b) {
                return a.member < b.member;
            });
        return found;
    }
    [[nodiscard]] result<std::vector<completed_step>> answer(
        list_completed_steps const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown(member_kind::noun, query.member);
        }
        KOC_TRY(check_sent_for(in, query.member, "list what they completed"));
        std::vector<completed_step> found;
        if (auto const* person = in.get<cultivation>().people().find(query.member)) {
            for (auto const& done : person->completed) {
                found.push_back({done.plan, in.at(done.plan).step_of(done.version, done.step).name,
                    done.evidence, done.by, done.at});
            }
        }
        return found;
    }

private:
    static step_to_do to_do(
        cultivation_record const& person, cultivation_plan const& plan, std::size_t at) {
        auto const& step = person.running.steps[at];
        return {person.id, plan.steps[at].name, person.running.owner_of(plan.steps, at),
            plan.steps[at].act, step.due, step.overdue, plan.contact};
    }
    static result<void> check_span(char const* name, duration span) {
        if (span < duration{}) {
            return error{errc::invalid_argument, name, "expected a span of 0 or more"};
        }
        return {};
    }

    BOOST_DESCRIBE_CLASS(cultivation_desk, (), (), (), ())
};

} // namespace koc
