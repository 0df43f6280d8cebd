// SPDX-License-Identifier: BSL-1.0
#pragma once

// The standard programme as a simulation runs it: commands that a host might send next, some of
// them mistaken, and the obligations that any history has to meet.

#include "simulation/obligations.hpp"
#include "support/scenario.hpp"

#include <koc/testing/draws.hpp>
#include <koc/testing/simulation.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace simulated {

using koc::testing::draws;
using koc::testing::simulated_command;

class standard_world {
public:
    [[nodiscard]] engine start(any_journal journal, writer_id writer) const {
        return engine{std::move(journal), writer};
    }
    [[nodiscard]] duration pause(draws& lots) const {
        switch (lots.below(4)) {
        case 0:
            return minutes(lots.between(1, 90));
        case 1:
            return hours(lots.between(1, 30));
        default:
            return duration{lots.between(0, days(6).ms)};
        }
    }
    std::optional<std::string> observe(envelope const& e) { return obligations_.observe(e); }
    [[nodiscard]] std::optional<std::string> compare(engine const& in) const {
        return obligations_.compare(in);
    }
    /// What searches find, which no text of a state shows.
    [[nodiscard]] std::string picture(engine const& in) const {
        std::string all;
        for (auto const& needs : {has("region", "northeast"), has("stage", "active"),
                 has("source", "open") && !has("region", "harbin"),
                 requirement{column("load") >= std::int64_t{1}}}) {
            auto const found = in.ask(find_members{needs}, {in.last()});
            for (auto const who : found ? *found : std::vector{member_id{}}) {
                all += std::to_string(who.value()) + ' ';
            }
            all += '\n';
        }
        return all;
    }

    simulated_command next(draws& lots, engine const& in, instant now) {
        switch (lots.below(10)) {
        case 0:
            return about_people(lots, in);
        case 1:
            return about_stages(lots, in, now);
        case 2:
        case 3:
            return about_tasks(lots, in, now);
        case 4:
        case 5:
            return about_offers(lots, in, now);
        case 6:
            return about_work(lots, in);
        case 7:
            return about_resources(lots, in);
        case 8:
            return about_offices(lots, in);
        default:
            return about_growth(lots, in, now);
        }
    }

private:
    static constexpr auto reason = "looked again";

    /// An id that is used, that follows, or that nobody has.
    template <typename Id>
    static Id some(draws& lots, engine const& in) {
        std::vector<Id> all;
        in.each<typename Id::kind::record>([&](auto const& record) { all.push_back(record.id); });
        return all.empty() || lots.below(20) == 0 ? Id{990 + lots.below(3)} : lots.one_of(all);
    }
    /// The same of those records that are so; any where there are none.
    template <typename Id, typename Where>
    static Id some(draws& lots, engine const& in, Where&& where) {
        std::vector<Id> all;
        in.each<typename Id::kind::record>([&](auto const& record) {
            if (where(record)) {
                all.push_back(record.id);
            }
        });
        return all.empty() || lots.below(12) == 0 ? some<Id>(lots, in) : lots.one_of(all);
    }
    template <typename Id>
    static Id fresh(draws& lots, engine const& in) {
        std::uint64_t most = 0;
        in.each<typename Id::kind::record>([&](auto const& record) {
            most = record.id.value() < 900 ? std::max(most, record.id.value()) : most;
        });
        return Id{most + 1 - (lots.below(10) == 0 && most > 0 ? 1 : 0)};
    }
    static member_id member(draws& lots, engine const& in) { return some<member_id>(lots, in); }
    static member_id at_stage(draws& lots, engine const& in, stage wanted) {
        return some<member_id>(lots, in, [&](member_record const& who) {
            auto const* known = in.find_record<relationship_record>(who.id.value());
            return known != nullptr && known->stage == wanted;
        });
    }
    static actor desk(draws& lots) {
        return lots.below(3) == 0 ? actor{} : actor{actor_kind::employee, 1 + lots.below(3)};
    }
    /// Mostly the member themselves.
    static actor self(draws& lots, member_id who) {
        return lots.below(4) == 0 ? desk(lots) : actor{actor_kind::member, who.value()};
    }
    static personal_text words(member_id who) { return {who.value(), "some words"}; }

    simulated_command about_people(draws& lots, engine const& in) {
        auto const who = member(lots, in);
        switch (lots.below(7)) {
        case 0:
        case 1: {
            auto const added = fresh<member_id>(lots, in);
            auto const from = lots.below(2) == 0 ? source::open : source::owned;
            return {enrol{added, words(added), {from}, {}}, desk(lots)};
        }
        case 2:
            return {record_contact{who, {}}, desk(lots)};
        case 3: {
            auto const video = in.tags().find("format", "video");
            return lots.below(2) == 0 ? simulated_command{retag{who, {{*video}}, {}}, desk(lots)}
                                      : simulated_command{retag{who, {}, {*video}}, desk(lots)};
        }
        case 4:
            return {merge_members{who, member(lots, in), words(who)}, desk(lots)};
        case 5: {
            auto const merged = at_stage(lots, in, stage::budding);
            return {merge_members{who, merged, words(merged)}, desk(lots)};
        }
        default: {
            std::vector<member_id> merged;
            for (std::uint64_t id = 1; id < 40; ++id) {
                if (in.find_record<merge_record>(id) != nullptr) {
                    merged.push_back(member_id{id});
                }
            }
            return {undo_merge{merged.empty() ? who : lots.one_of(merged)}, desk(lots)};
        }
        }
    }
    simulated_command about_stages(draws& lots, engine const& in, instant now) {
        switch (lots.below(8)) {
        case 0: {
            auto const who = at_stage(lots, in, stage::budding);
            return {confirm_willingness{who}, self(lots, who)};
        }
        case 1: {
            auto const who = member(lots, in);
            return {confirm_willingness{who}, self(lots, who)};
        }
        case 2:
            return {record_waning{member(lots, in), waning_reason::other, {}}, desk(lots)};
        case 3:
            return {record_talk{at_stage(lots, in, stage::evolving), talk_finding::no_time, {}},
                desk(lots)};
        case 4:
            return {thank_member{at_stage(lots, in, stage::evolving), {}, {}}, desk(lots)};
        case 5:
            return {offer_role{
                        at_stage(lots, in, stage::evolving), alumni_role::friend_of_the_brand, {}},
                desk(lots)};
        case 6: {
            auto const who = at_stage(lots, in, stage::evolving);
            return {accept_role{who, alumni_role::friend_of_the_brand}, self(lots, who)};
        }
        default:
            return {record_outcome{at_stage(lots, in, stage::active), {},
                        percent(lots.between(40, 100)), now - days(lots.between(0, 90))},
                desk(lots)};
        }
    }
    simulated_command about_tasks(draws& lots, engine const& in, instant now) {
        auto const which = some<task_id>(lots, in);
        switch (lots.below(9)) {
        case 0:
        case 1:
        case 2: {
            task_brief made;
            made.task = fresh<task_id>(lots, in);
            made.topic = koc_test::winter_world::test_drive;
            made.title = "Drive below zero";
            made.seats = lots.between(1, 2);
            made.due_at = now + days(lots.between(1, 30));
            made.base_reward = money{lots.between(0, 2) * 50'000};
            return {open_task{made}, desk(lots)};
        }
        case 3:
        case 4:
            return {list_task{which}, desk(lots)};
        case 5:
        case 6:
            return {dispatch{which, lots.between(1, 3)}, desk(lots)};
        case 7:
            return {close_task{which}, desk(lots)};
        default:
            return {cancel_task{which}, desk(lots)};
        }
    }
    simulated_command about_offers(draws& lots, engine const& in, instant now) {
        auto const at = [&](offer_stage wanted) {
            return some<offer_id>(
                lots, in, [&](offer_record const& offer) { return offer.stage == wanted; });
        };
        auto const owner = [&](offer_id which) {
            auto const* offer = in.find(which);
            return self(lots, offer == nullptr ? member_id{1} : offer->member);
        };
        auto const sent = at(offer_stage::sent);
        auto const held = at(offer_stage::held);
        switch (lots.below(8)) {
        case 0:
        case 1:
            return {accept_offer{sent}, owner(sent)};
        case 2:
            return {decline_offer{sent, {}}, owner(sent)};
        case 3:
            return {return_seat{held, {}}, owner(held)};
        case 4:
            return {extend_lease{held, now + days(lots.between(1, 30)), {}}, desk(lots)};
        default: {
            auto const who = at_stage(lots, in, stage::active);
            return {claim_task{some<task_id>(lots, in), who}, self(lots, who)};
        }
        }
    }
    simulated_command about_work(draws& lots, engine const& in) {
        auto const work = some<submission_id>(lots, in);
        auto const all = [](score value) {
            return std::vector<rating>{
                {"depth", value}, {"creativity", value}, {"visual", value}, {"interaction", value}};
        };
        auto const task = in.find(work) != nullptr ? in.find(work)->task : some<task_id>(lots, in);
        switch (lots.below(10)) {
        case 0:
        case 1:
        case 2: {
            auto const held = some<offer_id>(lots, in,
                [](offer_record const& offer) { return offer.stage == offer_stage::held; });
            auto const* offer = in.find(held);
            auto const who = offer == nullptr ? member(lots, in) : offer->member;
            auto const made = fresh<submission_id>(lots, in);
            return {submit_work{made, offer == nullptr ? task : offer->task, who,
                        "https://example.org/w/" + std::to_string(lots.below(60))},
                self(lots, who)};
        }
        case 3:
        case 4:
            return {review_work{work, all(percent(lots.between(20, 100)))}, desk(lots)};
        case 5:
            return {correct_review{work, all(percent(lots.between(20, 100))), reason}, desk(lots)};
        case 6:
        case 7:
            return {select_best{task, lots.between(1, 2), percent(60)}, desk(lots)};
        case 8:
            return {surprise_best{task, money{lots.between(1, 9) * 1'000}, {}}, desk(lots)};
        default:
            return {amplify{work, "channel " + std::to_string(lots.below(4)),
                        money{lots.between(0, 8) * 100'000}},
                desk(lots)};
        }
    }
    simulated_command about_resources(draws& lots, engine const& in) {
        auto const which = some<resource_id>(lots, in);
        auto const grant = some<grant_id>(lots, in, [](grant_record const& g) {
            return g.stage == grant_stage::held || g.stage == grant_stage::used;
        });
        auto const* known = in.find(grant);
        auto const holder = known == nullptr ? member(lots, in) : known->member;
        switch (lots.below(9)) {
        case 0: {
            stock_resource made{fresh<resource_id>(lots, in), "Test car",
                resource_type::early_access, "Hall 4", lots.between(1, 2),
                days(lots.between(2, 14)), has("source", "open") && has("stage", "active")};
            made.lease = days(lots.between(5, 30));
            return {made, desk(lots)};
        }
        case 1:
            return {raise_stock{which, lots.between(1, 4)}, desk(lots)};
        case 2:
            if (lots.below(2) == 0) {
                auto const work = some<submission_id>(
                    lots, in, [&](submission_record const& s) { return s.member == holder; });
                return {use_resource{grant, work}, self(lots, holder)};
            }
            return {use_resource{grant, {}}, desk(lots)};
        case 3:
            return {return_resource{grant}, self(lots, holder)};
        case 4:
            return {revoke_resource{lots.below(2) == 0 ? some<grant_id>(lots, in) : grant, reason},
                desk(lots)};
        default: {
            auto const who = at_stage(lots, in, stage::active);
            return {request_resource{which, who}, self(lots, who)};
        }
        }
    }
    simulated_command about_offices(draws& lots, engine const& in) {
        auto const which = some<office_id>(lots, in);
        auto const decision = some<product_decision_id>(lots, in);
        auto const who = at_stage(lots, in, stage::mature);
        switch (lots.below(10)) {
        case 0:
            return {define_office{fresh<office_id>(lots, in), "Council", lots.between(1, 2),
                        days(lots.between(20, 365)), source::owned, {office_right::veto}},
                desk(lots)};
        case 1:
        case 2:
            return {invite_to_office{which, who, lots.below(2) == 0 ? personal_text{} : words(who)},
                desk(lots)};
        case 3:
            return {take_office{which, who}, self(lots, who)};
        case 4:
            return {decline_office{which, who}, self(lots, who)};
        case 5:
            return {end_office{which, who, words(who)}, self(lots, who)};
        case 6:
            return {
                propose_decision{fresh<product_decision_id>(lots, in), "A decision"}, desk(lots)};
        case 7:
            return {support_decision{decision, who}, self(lots, who)};
        case 8:
            return {veto_decision{decision, who, words(who)}, self(lots, who)};
        default:
            return {adopt_decision{decision}, desk(lots)};
        }
    }
    simulated_command about_growth(draws& lots, engine const& in, instant now) {
        auto const mentor = at_stage(lots, in, stage::mature);
        auto const newer = lots.below(2) == 0 ? at_stage(lots, in, stage::active)
                                              : at_stage(lots, in, stage::budding);
        switch (lots.below(8)) {
        case 0:
        case 1:
            return {pair_mentor{mentor, newer}, desk(lots)};
        case 2:
            return {release_mentor{mentor, newer}, desk(lots)};
        case 3:
            return {define_plan{{plan_id{1 + lots.below(2)}, "talks", everybody(), 0, "desk",
                        days(30), {{"talk", "desk", "", days(7), false, false, {}}}}},
                desk(lots)};
        case 4:
            return {choose_plan{newer}, desk(lots)};
        case 5:
            return {complete_step{newer, "talk", ""}, desk(lots)};
        case 6:
            return {open_newcomer_vote{newcomer_vote_id{1 + lots.below(3)}, {newer}, 1,
                        now + days(lots.between(1, 20))},
                desk(lots)};
        default: {
            auto const voter = at_stage(lots, in, stage::alumni);
            return {vote_for_newcomer{newcomer_vote_id{1 + lots.below(3)}, voter, newer},
                self(lots, voter)};
        }
        }
    }

    obligations obligations_;
};
static_assert(koc::testing::simulated_world<standard_world>);

/// Every other seed has a rougher journal, of which more outcomes stay unknown.
inline koc::testing::simulation_plan plan_of(std::uint64_t seed) {
    koc::testing::simulation_plan plan;
    plan.seed = seed;
    if (seed % 2 == 0) {
        plan.faults.unknown_written = 150;
        plan.faults.unknown_lost = 100;
        plan.faults.unknown_late = 150;
        plan.faults.unreadable = 250;
        plan.faults.torn = 100;
    }
    return plan;
}

} // namespace simulated
