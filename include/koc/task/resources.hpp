// SPDX-License-Identifier: BSL-1.0
#pragma once

// Scarce resources: seats that few get, by the order of asking among those who are entitled. A seat
// that is not used comes back in time, one that is used when it is given back or its lease ends,
// and any as soon as the stage, the tags or the tier of who has it say that it is no longer for
// them; it goes to the next in line. What is exclusive is read by holders alone, and work made with
// a resource is compared with the work before it.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/consequence_kinds.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/merging.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/renewal/messages/tier.hpp>
#include <koc/member/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>
#include <koc/task/detail/seats.hpp>
#include <koc/task/messages/participation.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/review.hpp>
#include <koc/task/task.hpp>
#include <koc/workflow/quota.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc {

/// The resources in stock, and who has or waits for a seat.
class resources : public aspect<resources> {
public:
    using events = event_list<resource_stocked, stock_raised, resource_requested, resource_granted,
        resource_used, resource_returned, resource_lapsed, resource_lease_ended, resource_withdrawn,
        resource_revoked>;
    using commands = command_list<stock_resource, raise_stock, request_resource, use_resource,
        return_resource, revoke_resource>;
    using queries = query_list<read_resource, list_grants, compare_resource>;
    using follows = event_list<stage_changed, member_retagged, tags_learned, outcome_recorded,
        outcome_corrected, tier_changed, tier_recomputed, contributor_recognised,
        contributor_withdrawn, account_closing>;
    using reads = aspect_list<roster, tasks, reviews>;
    using rules = resource_rules;

    /// Copies of the grants of a resource in the order of asking.
    [[nodiscard]] std::vector<grant_record> grants_of(resource_id which) const {
        return detail::in_order_of_asking(grants_.all<of_person>(which));
    }

    static constexpr auto guards(stock_resource const*) { return require(by_desk<stock_resource>); }
    result<void> decide(stock_resource const& command, context& in) const {
        auto const name = subject("resource", command.resource);
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
        return require(by_desk<raise_stock>, known<&raise_stock::resource>);
    }
    result<void> decide(raise_stock const& command, context& in) const {
        auto const name = subject("resource", command.resource);
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
        return require(by_member<&request_resource::member>, known<&request_resource::resource>,
            known<&request_resource::member>);
    }
    result<void> decide(request_resource const& command, context& in) const {
        auto const name = subject("member", command.member);
        auto barred = false;
        detail::each_account(in, command.member, [&](member_id account) {
            barred =
                barred || detail::any_revoked(grants_.all<of_person>(command.resource, account));
        });
        if (barred) {
            return error{errc::not_qualified, name,
                "expected somebody from whom " + subject("resource", command.resource) +
                    " was not taken away"};
        }
        for (auto const& known : grants_.all<of_person>(command.resource, command.member)) {
            if (detail::takes_seat(known.stage) || known.stage == grant_stage::waiting) {
                return error{errc::already_exists, name,
                    "expected somebody who neither has nor waits for " +
                        subject("resource", command.resource)};
            }
        }
        KOC_TRY(detail::check_entitled(in, stock_[command.resource], command.member));
        KOC_TRY(check_room(command.member, in));
        in.record(resource_requested{
            grant_id{grants_.row_count() + 1}, command.resource, command.member});
        pass_on(command.resource, in);
        return {};
    }
    static constexpr auto guards(use_resource const*) {
        return require(
            by_member<&use_resource::grant, &grant_record::member>, known<&use_resource::grant>);
    }
    result<void> decide(use_resource const& command, context& in) const {
        auto const& grant = grants_[command.grant];
        auto const name = subject("grant", grant.id);
        auto const has_seat = detail::takes_seat(grant.stage);
        if (!has_seat && !(grant.stage == grant_stage::finished && command.work)) {
            return error{errc::wrong_state, name,
                "expected a seat that is held, not one that is " +
                    std::string{name_of(grant.stage)}};
        }
        if (has_seat) {
            KOC_TRY(detail::check_entitled(in, stock_[grant.resource], grant.member));
        }
        if (command.work) {
            KOC_TRY(detail::check_shows_use(in, grant, *command.work));
        } else if (grant.stage == grant_stage::used) {
            return error{errc::already_exists, name, "expected a seat that was not used before"};
        }
        in.record(resource_used{grant.id, command.work,
            has_seat ? std::optional{in.now() + stock_[grant.resource].stocked.lease}
                     : std::nullopt});
        return in.call(
            advance_plan{grant.member, "use_resource", stock_[grant.resource].stocked.name});
    }
    static constexpr auto guards(return_resource const*) {
        return require(by_member<&return_resource::grant, &grant_record::member>,
            known<&return_resource::grant>);
    }
    result<void> decide(return_resource const& command, context& in) const {
        auto const& grant = grants_[command.grant];
        auto const name = subject("grant", grant.id);
        if (!detail::takes_seat(grant.stage) && grant.stage != grant_stage::waiting) {
            return error{errc::wrong_state, name,
                "expected a seat that is held, used or waited for, not one that is " +
                    std::string{name_of(grant.stage)}};
        }
        in.record(resource_returned{grant.id});
        free_seat(grants_[command.grant], in);
        return {};
    }
    static constexpr auto guards(revoke_resource const*) {
        return require(by_desk<revoke_resource>, known<&revoke_resource::grant>);
    }
    result<void> decide(revoke_resource const& command, context& in) const {
        auto const& grant = grants_[command.grant];
        auto const name = subject("grant", grant.id);
        if (!detail::takes_seat(grant.stage)) {
            return error{errc::wrong_state, name,
                "expected a seat that is held or used, not one that is " +
                    std::string{name_of(grant.stage)}};
        }
        if (auto refused = check_name("reason to revoke " + name, command.reason.text)) {
            return *std::move(refused);
        }
        in.record(resource_revoked{grant.id, command.reason.of(grant.member.value())});
        free_seat(grants_[command.grant], in);
        return {};
    }
    void due(grant_id which, context& in) const {
        if (grants_[which].stage == grant_stage::used) {
            in.record(resource_lease_ended{which});
        } else {
            in.record(resource_lapsed{which});
        }
        free_seat(grants_[which], in);
    }

    /// Whatever is followed may change whom a resource is for.
    template <typename E>
        requires(detail::lists<follows, E> && !std::is_same_v<E, account_closing>)
    static constexpr auto consequences(E const*) {
        return in_order(consequence<always<E>, &resources::review_seats<E>>(
            "a seat comes back whose resource is no longer for who has it, and who waits for one "
            "that is for them now is served"));
    }

    [[nodiscard]] result<std::string> answer(read_resource const& query, world const& in) const {
        auto const* known = stock_.find(query.resource);
        if (known == nullptr) {
            return unknown(resource_kind::noun, query.resource);
        }
        auto const grants = grants_.all<of_person>(query.resource, query.member);
        auto const own = in.by().kind != actor_kind::member || in.by().id == query.member.value();
        if (own && std::any_of(grants.begin(), grants.end(), [](grant_record const& grant) {
                return detail::takes_seat(grant.stage);
            })) {
            KOC_TRY(detail::check_entitled(in, *known, query.member));
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
            auto const who = detail::kept_for(in, grant.member);
            if (detail::was_used(grant) && !detail::is_alumnus(in, who)) {
                found.push_back(detail::effect_of(in, grant, in.get<reviews>()));
            }
        }
        return found;
    }

    /// Who waits for a seat is no account to be merged, and who has one neither, as it ends in
    /// time.
    [[nodiscard]] result<void> review(account_closing const& event, world const&) const {
        if (auto const* grant = grants_.last<of_holder>(event.member, grant_stage::waiting)) {
            return detail::still_open(event.member, subject("grant", grant->id) + " is waiting",
                "have it given back first");
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
            due_.put(event.grant, event.until);
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
        come_back(event.grant, grant_stage::returned);
    }
    void apply(resource_withdrawn const& event, world const&) {
        come_back(event.grant, grant_stage::withdrawn);
    }
    void apply(resource_lease_ended const& event, world const&) {
        move(event.grant, grant_stage::finished);
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
            detail::in_order_of_asking(grants_.all<in_line>(which, grant_stage::waiting))) {
            if (known.seats.left() == 0) {
                break;
            }
            if (detail::check_entitled(in, known, grant.member) && check_room(grant.member, in)) {
                in.record(
                    resource_granted{grant.id, which, grant.member, in.now() + known.stocked.hold});
            }
        }
    }
    /// A seat that came back goes on, and who gave it up has room for what they wait for elsewhere.
    void free_seat(grant_record const& grant, context& in) const {
        auto const who = grant.member;
        pass_on(grant.resource, in);
        serve(who, in);
    }
    /// Gives free seats of what somebody waits for to those whose turn it is.
    void serve(member_id who, context& in) const {
        for (auto const& other :
            detail::in_order_of_asking(grants_.all<of_holder>(who, grant_stage::waiting))) {
            pass_on(other.resource, in);
        }
    }
    /// After a change of a member: what they may not have any more comes back, and what they may
    /// have now is not passed over. O(log grants) for who has nothing and waits for nothing.
    template <typename E>
    void review_seats(E const& event, context& in) const {
        auto const who = event.member;
        for (auto stage : {grant_stage::held, grant_stage::used}) {
            for (auto const& grant :
                detail::in_order_of_asking(grants_.all<of_holder>(who, stage))) {
                auto const missing = detail::missing_for(in, stock_[grant.resource], who);
                if (missing && *missing) {
                    in.record(resource_withdrawn{grant.id, "no longer " + **missing});
                    pass_on(grant.resource, in);
                }
            }
        }
        serve(who, in);
    }
    void come_back(grant_id which, grant_stage unused) {
        auto const used = grants_[which].stage == grant_stage::used;
        move(which, used ? grant_stage::finished : unused);
    }
    /// Brings a grant to a stage, and the seats that are taken with it.
    void move(grant_id which, grant_stage to) {
        auto const takes = detail::takes_seat(to);
        if (detail::takes_seat(grants_[which].stage) != takes) {
            stock_.update(grants_[which].resource, [&](resource_record& known) {
                takes ? known.seats.take() : known.seats.give_back();
            });
            holders_.put(grants_[which].member,
                [&](holder_record& holder) { holder.taken += takes ? 1 : -1; });
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
