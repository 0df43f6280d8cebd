// SPDX-License-Identifier: BSL-1.0
#pragma once

// Scarce resources: seats that few get, by the order of asking among those who are entitled. A seat
// that is not used comes back in time, one that is used when it is given back, and goes to the next
// in line. What is exclusive is read by holders alone, and work made with a resource is compared
// with the work before it.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/review.hpp>
#include <koc/task/task.hpp>
#include <koc/workflow/quota.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The resources in stock, and who has or waits for a seat.
class resources : public aspect<resources> {
public:
    using events = event_list<resource_stocked, stock_raised, resource_requested, resource_granted,
        resource_used, resource_returned, resource_lapsed, resource_revoked>;
    using commands = command_list<stock_resource, raise_stock, request_resource, use_resource,
        return_resource, revoke_resource>;
    using queries = query_list<read_resource, list_grants, compare_resource>;
    using follows = event_list<members_merged>;
    using reads = aspect_list<roster, tasks, reviews>;
    using rules = resource_rules;

    /// Copies of the grants of a resource in the order of asking.
    [[nodiscard]] std::vector<grant_record> grants_of(resource_id which) const {
        return in_order_of_asking(grants_.all<of_person>(which));
    }

    result<void> decide(stock_resource const& command, context& in) const {
        auto const name = subject("resource", command.resource);
        KOC_TRY(check_operator(name, in));
        if (!command.resource.valid() || stock_.contains(command.resource)) {
            return error{errc::already_exists, name, "expected a new resource id above 0"};
        }
        KOC_TRY(check_stock(command));
        if (auto compiled = tasks::compile(in, command.audience); !compiled) {
            return std::move(compiled).error();
        }
        in.record(resource_stocked{command});
        return {};
    }
    static constexpr auto guards(raise_stock const*) {
        return require(known<&raise_stock::resource>);
    }
    result<void> decide(raise_stock const& command, context& in) const {
        auto const name = subject("resource", command.resource);
        KOC_TRY(check_operator(name, in));
        auto const now = stock_[command.resource].seats.limit;
        if (command.seats <= now || command.seats > seats_max) {
            return error{errc::invalid_argument, name,
                "expected more seats than the " + std::to_string(now) +
                    " that there are, and 100,000 at most; name how many there are in all"};
        }
        in.record(stock_raised{command.resource, command.seats});
        pass_on(command.resource, in);
        return {};
    }
    static constexpr auto guards(request_resource const*) {
        return require(known<&request_resource::resource>, known<&request_resource::member>);
    }
    result<void> decide(request_resource const& command, context& in) const {
        auto const name = subject("member", command.member);
        if (in.by().kind == actor_kind::member && in.by().id != command.member.value()) {
            return error{errc::not_qualified, name,
                "expected the member or an operator to ask, not " + to_string(in.by())};
        }
        for (auto const& known : grants_.all<of_person>(command.resource, command.member)) {
            if (known.stage == grant_stage::revoked) {
                return error{errc::not_qualified, name,
                    "expected somebody from whom " + subject("resource", command.resource) +
                        " was not taken away"};
            }
            if (takes_seat(known.stage) || known.stage == grant_stage::waiting) {
                return error{errc::already_exists, name,
                    "expected somebody who neither has nor waits for " +
                        subject("resource", command.resource)};
            }
        }
        KOC_TRY(check_entitled(command.resource, command.member, in));
        KOC_TRY(check_room(command.member, in));
        in.record(resource_requested{
            grant_id{grants_.row_count() + 1}, command.resource, command.member});
        pass_on(command.resource, in);
        return {};
    }
    static constexpr auto guards(use_resource const*) {
        return require(known<&use_resource::grant>);
    }
    result<void> decide(use_resource const& command, context& in) const {
        auto const& grant = grants_[command.grant];
        auto const name = subject("grant", grant.id);
        KOC_TRY(check_holder(name, grant, in));
        if (!takes_seat(grant.stage) && !(grant.stage == grant_stage::finished && command.work)) {
            return error{errc::wrong_state, name,
                "expected a seat that is held, not one that is " +
                    std::string{name_of(grant.stage)}};
        }
        if (command.work) {
            auto const* work = in.find(*command.work);
            if (work == nullptr || work->member != grant.member) {
                return error{errc::unknown_id, subject("submission", *command.work),
                    "expected work of " + subject("member", grant.member)};
            }
            if (work->submitted_at < *grant.granted_at) {
                return error{errc::wrong_state, subject("submission", work->id),
                    "expected work that was handed in since " + name + " was given, on " +
                        to_iso8601(*grant.granted_at) + "; what came before was made without it"};
            }
            if (std::binary_search(grant.works.begin(), grant.works.end(), work->id)) {
                return error{errc::already_exists, subject("submission", work->id),
                    "expected work that was not noted for " + name + " before"};
            }
        } else if (grant.stage == grant_stage::used) {
            return error{errc::already_exists, name, "expected a seat that was not used before"};
        }
        in.record(resource_used{grant.id, command.work});
        return in.call(
            advance_plan{grant.member, "use_resource", stock_[grant.resource].stocked.name});
    }
    static constexpr auto guards(return_resource const*) {
        return require(known<&return_resource::grant>);
    }
    result<void> decide(return_resource const& command, context& in) const {
        auto const& grant = grants_[command.grant];
        auto const name = subject("grant", grant.id);
        KOC_TRY(check_holder(name, grant, in));
        if (!takes_seat(grant.stage) && grant.stage != grant_stage::waiting) {
            return error{errc::wrong_state, name,
                "expected a seat that is held, used or waited for, not one that is " +
                    std::string{name_of(grant.stage)}};
        }
        in.record(resource_returned{grant.id});
        free_seat(grants_[command.grant], in);
        return {};
    }
    static constexpr auto guards(revoke_resource const*) {
        return require(known<&revoke_resource::grant>);
    }
    result<void> decide(revoke_resource const& command, context& in) const {
        auto const& grant = grants_[command.grant];
        auto const name = subject("grant", grant.id);
        KOC_TRY(check_operator(name, in));
        if (!takes_seat(grant.stage)) {
            return error{errc::wrong_state, name,
                "expected a seat that is held or used, not one that is " +
                    std::string{name_of(grant.stage)}};
        }
        if (auto refused = check_name("reason to revoke " + name, command.reason)) {
            return *std::move(refused);
        }
        in.record(resource_revoked{grant.id, command.reason});
        free_seat(grants_[command.grant], in);
        return {};
    }
    void due(grant_id which, context& in) const {
        in.record(resource_lapsed{which});
        free_seat(grants_[which], in);
    }

    [[nodiscard]] result<std::string> answer(read_resource const& query, world const& in) const {
        auto const* known = stock_.find(query.resource);
        if (known == nullptr) {
            return unknown(resource_kind::noun, query.resource);
        }
        auto const grants = grants_.all<of_person>(query.resource, query.member);
        auto const own = in.by().kind != actor_kind::member || in.by().id == query.member.value();
        if (own && std::any_of(grants.begin(), grants.end(), [](grant_record const& grant) {
                return takes_seat(grant.stage);
            })) {
            return known->stocked.details;
        }
        return error{errc::not_qualified, subject("resource", query.resource),
            "expected a member who has a seat to ask for themselves; request one first"};
    }
    [[nodiscard]] result<std::vector<grant_record>> answer(
        list_grants const& query, world const&) const {
        if (!stock_.contains(query.resource)) {
            return unknown(resource_kind::noun, query.resource);
        }
        return grants_of(query.resource);
    }
    [[nodiscard]] result<std::vector<resource_effect>> answer(
        compare_resource const& query, world const& in) const {
        KOC_TRY(check_desk(in.by(), subject("resource", query.resource), "compare members' work"));
        if (!stock_.contains(query.resource)) {
            return unknown(resource_kind::noun, query.resource);
        }
        std::vector<resource_effect> found;
        for (auto const& grant : grants_of(query.resource)) {
            if (grant.stage == grant_stage::used || grant.stage == grant_stage::finished) {
                found.push_back(effect_of(grant, in));
            }
        }
        return found;
    }

    /// Who waits for a seat, or has one, is no account to be merged.
    [[nodiscard]] result<void> review(members_merged const& event, world const&) const {
        for (auto stage : {grant_stage::waiting, grant_stage::held, grant_stage::used}) {
            if (auto const* grant = grants_.last<of_holder>(event.merged, stage)) {
                return detail::still_open(event.merged,
                    subject("grant", grant->id) + " is " + std::string{name_of(stage)},
                    "have it given back first");
            }
        }
        return {};
    }
    void apply(resource_stocked const& event, world const&) {
        auto const& stocked = event.stocked;
        stock_.insert({stocked.resource, stocked, {stocked.seats, 0}});
    }
    void apply(stock_raised const& event, world const&) {
        stock_.update(event.resource, [&](resource_record& known) {
            known.stocked.seats = event.seats;
            known.seats.limit = event.seats;
        });
    }
    void apply(resource_requested const& event, world const&) {
        grants_.insert(
            {event.grant, event.resource, event.member, grant_stage::waiting, std::nullopt, {}});
    }
    void apply(resource_granted const& event, world const& in) {
        grants_.update(event.grant, [&](grant_record& grant) { grant.granted_at = in.now(); });
        move(event.grant, grant_stage::held);
        due_.put(event.grant, event.until);
    }
    void apply(resource_used const& event, world const&) {
        if (grants_[event.grant].stage != grant_stage::finished) {
            move(event.grant, grant_stage::used);
        }
        if (event.work) {
            grants_.update(event.grant, [&](grant_record& grant) {
                grant.works.insert(
                    std::lower_bound(grant.works.begin(), grant.works.end(), *event.work),
                    *event.work);
            });
        }
    }
    void apply(resource_returned const& event, world const&) {
        auto const used = grants_[event.grant].stage == grant_stage::used;
        move(event.grant, used ? grant_stage::finished : grant_stage::returned);
    }
    void apply(resource_lapsed const& event, world const&) {
        move(event.grant, grant_stage::lapsed);
    }
    void apply(resource_revoked const& event, world const&) {
        move(event.grant, grant_stage::revoked);
    }

private:
    using of_person = by<&grant_record::resource, &grant_record::member>;
    using in_line = by<&grant_record::resource, &grant_record::stage>;
    using of_holder = by<&grant_record::member, &grant_record::stage>;

    static bool takes_seat(grant_stage s) {
        return s == grant_stage::held || s == grant_stage::used;
    }
    static result<void> check_operator(std::string const& about, world const& in) {
        if (in.by().kind != actor_kind::member) {
            return {};
        }
        return error{errc::not_qualified, about,
            "expected an operator of the programme, not " + to_string(in.by())};
    }
    static result<void> check_holder(
        std::string const& about, grant_record const& grant, world const& in) {
        if (in.by().kind != actor_kind::member || in.by().id == grant.member.value()) {
            return {};
        }
        return error{errc::not_qualified, about,
            "expected " + subject("member", grant.member) + " or an operator, not " +
                to_string(in.by())};
    }
    [[nodiscard]] result<void> check_entitled(
        resource_id which, member_id who, world const& in) const {
        auto const audience = tasks::compile(in, stock_[which].stocked.audience);
        if (!audience) {
            return audience.error();
        }
        auto const& people = in.get<roster>().people();
        if (auto const failed = audience->first_failure(people, *people.slot_of(who))) {
            return error{errc::not_qualified, subject("member", who),
                "expected somebody for whom " + subject("resource", which) +
                    " is: " + to_string(*failed)};
        }
        return {};
    }
    [[nodiscard]] result<void> check_room(member_id who, context const& in) const {
        auto const* holder = holders_.find(who);
        return quota{in.rules<rules>().held_max, holder == nullptr ? 0 : holder->taken}.check_take(
            subject("member", who), "seats of resources");
    }
    /// Gives free seats to those who wait, in the order of asking. Who may not have one now is
    /// passed over and goes on waiting.
    void pass_on(resource_id which, context& in) const {
        auto const& known = stock_[which];
        if (known.seats.left() == 0) {
            return;
        }
        for (auto const& grant :
            in_order_of_asking(grants_.all<in_line>(which, grant_stage::waiting))) {
            if (known.seats.left() == 0) {
                break;
            }
            if (check_entitled(which, grant.member, in) && check_room(grant.member, in)) {
                in.record(
                    resource_granted{grant.id, which, grant.member, in.now() + known.stocked.hold});
            }
        }
    }
    /// A seat that came back goes on, and who gave it up has room for what they wait for elsewhere.
    void free_seat(grant_record const& grant, context& in) const {
        auto const who = grant.member;
        pass_on(grant.resource, in);
        for (auto const& other :
            in_order_of_asking(grants_.all<of_holder>(who, grant_stage::waiting))) {
            pass_on(other.resource, in);
        }
    }
    static std::vector<grant_record> in_order_of_asking(found_records<grant_record> const& all) {
        std::vector<grant_record> grants(all.begin(), all.end());
        std::sort(grants.begin(), grants.end(),
            [](grant_record const& a, grant_record const& b) { return a.id < b.id; });
        return grants;
    }
    [[nodiscard]] resource_effect effect_of(grant_record const& grant, world const& in) const {
        resource_effect effect{grant.member, 0, std::nullopt, 0, std::nullopt};
        std::int64_t before = 0;
        std::int64_t with = 0;
        for (auto const& work : in.get<reviews>().of(grant.member)) {
            if (!work.assessed()) {
                continue;
            }
            if (std::binary_search(grant.works.begin(), grant.works.end(), work.id)) {
                ++effect.works_with;
                with += work.quality.raw;
            } else if (work.at < *grant.granted_at) {
                ++effect.works_before;
                before += work.quality.raw;
            }
        }
        if (effect.works_before != 0) {
            effect.before = score{before / effect.works_before};
        }
        if (effect.works_with != 0) {
            effect.with = score{with / effect.works_with};
        }
        return effect;
    }
    /// Brings a grant to a stage, and the seats that are taken with it.
    void move(grant_id which, grant_stage to) {
        auto const was = grants_[which].stage;
        if (takes_seat(was) != takes_seat(to)) {
            stock_.update(grants_[which].resource, [&](resource_record& known) {
                takes_seat(to) ? known.seats.take() : known.seats.give_back();
            });
            holders_.put(grants_[which].member,
                [&](holder_record& holder) { holder.taken += takes_seat(to) ? 1 : -1; });
        }
        grants_.update(which, [&](grant_record& grant) { grant.stage = to; });
        due_.drop(which);
    }

    table<resource_record> stock_;
    table<grant_record, of_person, in_line, of_holder> grants_;
    table<holder_record> holders_;
    agenda<grant_id> due_;
    BOOST_DESCRIBE_CLASS(resources, (), (), (), (stock_, grants_, holders_, due_))
};

} // namespace koc
