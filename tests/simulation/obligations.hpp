// SPDX-License-Identifier: BSL-1.0
#pragma once

// What has to hold of any history of the standard programme, told a second time in plain maps and
// loops that know nothing of its aspects. It reads the events of the journal in their order and
// says which obligation an event breaks.

#include "support/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace simulated {

using namespace koc;

class obligations {
    struct task_known {
        std::int64_t seats = 0;
        std::int64_t taken = 0;
        task_stage stage = task_lifecycle::initial;
        money reward;
    };
    struct offer_known {
        task_id task;
        member_id member;
        offer_stage stage = offer_stage::sent;
    };
    struct resource_known {
        std::int64_t seats = 0;
        std::int64_t taken = 0;
    };
    struct grant_known {
        resource_id resource;
        member_id member;
        grant_stage stage = grant_stage::waiting;
    };
    struct office_known {
        std::int64_t seats = 0;
        std::set<member_id> kept_for; ///< invited or holding
    };
    struct decision_known {
        std::set<member_id> voters;
        std::set<member_id> spoken;
        bool vetoed = false;
        bool closed = false;
    };

public:
    std::optional<std::string> observe(envelope const& e) {
        broken_.reset();
        for (auto const& happened : e.events) {
            people(happened);
            work(happened);
            offers(happened);
            rewards(happened);
            resources(happened);
            votes(happened);
        }
        return broken_;
    }

    /// The same sums, as the state of an engine has them.
    [[nodiscard]] std::optional<std::string> compare(engine const& in) const {
        for (auto const& [id, known] : tasks_) {
            auto const* seats = in.find_record<seat_record>(id.value());
            if ((seats == nullptr ? 0 : seats->taken) != known.taken) {
                return "the seats that are taken add up for " + subject("task", id);
            }
            if (in.find(id) == nullptr || in.find(id)->stage != known.stage) {
                return "the state has the stage of " + subject("task", id);
            }
        }
        for (auto const& [id, known] : offers_) {
            if (in.find(id) == nullptr || in.find(id)->stage != known.stage) {
                return "the state has the stage of " + subject("offer", id);
            }
        }
        for (auto const& [id, spent] : spent_) {
            auto const* sum = in.find_record<spending_record>(id.value());
            if (sum == nullptr || sum->spent != spent) {
                return "what was spent adds up for " + subject("objective", id);
            }
        }
        for (auto const& [id, earned] : earned_) {
            auto const* sum = in.find_record<reward_record>(id.value());
            if (sum == nullptr || sum->base != earned.first || sum->surprise != earned.second) {
                return "what was earned adds up for " + subject("submission", id);
            }
        }
        for (auto const& [id, known] : resources_) {
            auto const* sum = in.find(id);
            if (sum == nullptr || sum->seats.taken != known.taken ||
                sum->seats.limit != known.seats) {
                return "the seats that are taken add up for " + subject("resource", id);
            }
        }
        for (auto const& [id, known] : stages_) {
            auto const* sum = in.find_record<relationship_record>(id.value());
            if (sum == nullptr || sum->stage != known) {
                return "the state has the stage of " + subject("member", id);
            }
        }
        return std::nullopt;
    }

private:
    void holds(bool it, std::string const& what) {
        if (!it && !broken_) {
            broken_ = what;
        }
    }

    void people(event const& happened) {
        if (auto const* it = happened.get_if<member_enrolled>()) {
            holds(stages_.emplace(it->member, stage::budding).second,
                subject("member", it->member) + " is enrolled once");
        }
        if (auto const* it = happened.get_if<stage_changed>()) {
            auto& now = stages_[it->member];
            holds(it->from == now, subject("member", it->member) + " moves from where they stand");
            holds(relationship_lifecycle::accepts(it->from, it->to) &&
                    relationship_lifecycle::allows(it->from, it->because),
                subject("member", it->member) + " moves as the lifecycle says");
            now = it->to;
        }
        if (auto const* it = happened.get_if<members_merged>()) {
            holds(merged_.insert(it->merged).second && !merged_.contains(it->kept),
                subject("member", it->merged) + " is merged once, into somebody who is not");
        }
        if (auto const* it = happened.get_if<merge_undone>()) {
            holds(merged_.erase(it->merged) == 1, "only a merge is undone");
        }
        if (auto const* it = happened.get_if<mentor_paired>()) {
            holds(mentors_.emplace(it->mentee, it->mentor).second,
                subject("member", it->mentee) + " has one mentor");
            auto const led = std::count_if(mentors_.begin(), mentors_.end(),
                [&](auto const& pair) { return pair.second == it->mentor; });
            holds(led <= mentorship_rules{}.mentees_max,
                subject("member", it->mentor) + " leads no more than there is room for");
        }
        if (auto const* it = happened.get_if<mentor_released>()) {
            holds(mentors_.erase(it->mentee) == 1, "only a pair is released");
        }
    }

    void work(event const& happened) {
        if (auto const* it = happened.get_if<objective_opened>()) {
            budgets_.emplace(it->plan.objective, it->plan.amplification_budget);
        }
        if (auto const* it = happened.get_if<task_opened>()) {
            auto const& brief = it->brief;
            holds(tasks_
                      .emplace(brief.task,
                          task_known{brief.seats, 0, task_lifecycle::initial, brief.base_reward})
                      .second,
                subject("task", brief.task) + " is opened once");
        }
        if (auto const* it = happened.get_if<task_moved>()) {
            if (auto const known = tasks_.find(it->task); known != tasks_.end()) {
                holds(it->from == known->second.stage &&
                        task_lifecycle::step(it->from, it->because) == it->to,
                    subject("task", it->task) + " moves as the lifecycle says");
                known->second.stage = it->to;
            }
        }
        if (auto const* it = happened.get_if<work_submitted>()) {
            auto const& offer = offers_[it->offer];
            holds(offer.stage == offer_stage::held && offer.member == it->member &&
                    offer.task == it->task,
                subject("submission", it->submission) + " comes from a seat that is held");
            works_.emplace(it->submission, it->task);
            holds(links_.insert(it->link.text).second, "a link is handed in once");
        }
        if (auto const* it = happened.get_if<amplified>()) {
            auto& spent = spent_[it->objective];
            spent = spent + it->cost;
            holds(it->cost >= money{} && spent <= budgets_[it->objective],
                subject("objective", it->objective) + " spends within its budget");
        }
    }

    void move(offer_id which, offer_trigger because) {
        auto& offer = offers_[which];
        auto const to = offer_lifecycle::step(offer.stage, because);
        holds(to.has_value(), subject("offer", which) + " moves as the lifecycle says");
        auto const seat = [](offer_stage s) {
            return s == offer_stage::held || s == offer_stage::fulfilled ? 1 : 0;
        };
        if (to) {
            tasks_[offer.task].taken += seat(*to) - seat(offer.stage);
            offer.stage = *to;
        }
    }
    void offers(event const& happened) {
        if (auto const* it = happened.get_if<offer_sent>()) {
            for (auto const& [id, other] : offers_) {
                holds(other.task != it->task || other.member != it->member ||
                        (other.stage != offer_stage::sent && other.stage != offer_stage::held &&
                            other.stage != offer_stage::fulfilled),
                    subject("member", it->member) + " has one seat, or one offer, of a task");
            }
            holds(offers_.emplace(it->offer, offer_known{it->task, it->member}).second,
                subject("offer", it->offer) + " is sent once");
        }
        if (auto const* it = happened.get_if<offer_accepted>()) {
            holds(tasks_[it->task].taken < tasks_[it->task].seats,
                subject("task", it->task) + " has no more holders than seats");
            move(it->offer, offer_trigger::accepted);
        }
        if (auto const* it = happened.get_if<offer_declined>()) {
            move(it->offer, offer_trigger::refused);
        }
        if (auto const* it = happened.get_if<offer_expired>()) {
            holds(offers_[it->offer].stage == offer_stage::sent, "what expires was not answered");
            move(it->offer, offer_trigger::timed_out);
        }
        if (auto const* it = happened.get_if<offer_lapsed>()) {
            holds(offers_[it->offer].stage == offer_stage::held, "what lapses was held");
            move(it->offer, offer_trigger::timed_out);
        }
        if (auto const* it = happened.get_if<offer_fulfilled>()) {
            move(it->offer, offer_trigger::handed_in);
        }
        if (auto const* it = happened.get_if<offer_failed>()) {
            move(it->offer, offer_trigger::fell_short);
        }
        if (auto const* it = happened.get_if<offer_restored>()) {
            move(it->offer, offer_trigger::restored);
        }
        if (auto const* it = happened.get_if<seat_returned>()) {
            move(it->offer, offer_trigger::given_back);
        }
        if (auto const* it = happened.get_if<offer_withdrawn>()) {
            move(it->offer, offer_trigger::called_off);
        }
    }

    void rewards(event const& happened) {
        if (auto const* it = happened.get_if<reward_granted>()) {
            auto& [base, surprise] = earned_[it->submission];
            if (it->kind == reward_kind::base) {
                holds(base == money{} && it->amount == tasks_[works_[it->submission]].reward,
                    subject("submission", it->submission) + " earns once what was promised");
                base = base + it->amount;
            } else {
                holds(surprise == money{},
                    subject("submission", it->submission) + " is surprised once");
                surprise = surprise + it->amount;
            }
        }
        if (auto const* it = happened.get_if<reward_corrected>()) {
            auto& base = earned_[it->submission].first;
            holds(base == it->was, "a reward is corrected from what it was");
            base = it->base;
        }
    }

    static bool takes(grant_stage s) { return s == grant_stage::held || s == grant_stage::used; }
    void move(grant_id which, grant_stage to) {
        auto& grant = grants_[which];
        resources_[grant.resource].taken += (takes(to) ? 1 : 0) - (takes(grant.stage) ? 1 : 0);
        grant.stage = to;
    }
    void come_back(grant_id which, grant_stage unused) {
        auto const was = grants_[which].stage;
        holds(takes(was) || (was == grant_stage::waiting && unused == grant_stage::returned),
            subject("grant", which) + " comes back from who has it");
        move(which, was == grant_stage::used ? grant_stage::finished : unused);
    }
    void resources(event const& happened) {
        if (auto const* it = happened.get_if<resource_stocked>()) {
            resources_.emplace(it->stocked.resource, resource_known{it->stocked.seats, 0});
        }
        if (auto const* it = happened.get_if<stock_raised>()) {
            holds(it->seats > resources_[it->resource].seats, "stock only grows");
            resources_[it->resource].seats = it->seats;
        }
        if (auto const* it = happened.get_if<resource_requested>()) {
            holds(grants_.emplace(it->grant, grant_known{it->resource, it->member}).second,
                subject("grant", it->grant) + " is asked for once");
        }
        if (auto const* it = happened.get_if<resource_granted>()) {
            granted(*it);
        }
        if (auto const* it = happened.get_if<resource_used>(); it != nullptr && it->until) {
            holds(takes(grants_[it->grant].stage), "only a seat is used");
            move(it->grant, grant_stage::used);
        }
        if (auto const* it = happened.get_if<resource_returned>()) {
            come_back(it->grant, grant_stage::returned);
        }
        if (auto const* it = happened.get_if<resource_withdrawn>()) {
            come_back(it->grant, grant_stage::withdrawn);
        }
        if (auto const* it = happened.get_if<resource_lapsed>()) {
            holds(grants_[it->grant].stage == grant_stage::held, "what lapses was held");
            move(it->grant, grant_stage::lapsed);
        }
        if (auto const* it = happened.get_if<resource_lease_ended>()) {
            holds(grants_[it->grant].stage == grant_stage::used, "a lease ends of what was used");
            move(it->grant, grant_stage::finished);
        }
        if (auto const* it = happened.get_if<resource_revoked>()) {
            holds(grants_[it->grant].stage != grant_stage::revoked,
                "what is taken away was not taken away before");
            move(it->grant, grant_stage::revoked);
        }
    }
    void granted(resource_granted const& it) {
        holds(grants_[it.grant].stage == grant_stage::waiting, "who waits gets a seat");
        std::int64_t held = 0;
        for (auto const& [id, other] : grants_) {
            auto const theirs = other.member == it.member && takes(other.stage);
            held += theirs ? 1 : 0;
            holds(!theirs || other.resource != it.resource,
                subject("member", it.member) + " has one seat of a resource");
        }
        holds(held < resource_rules{}.held_max,
            subject("member", it.member) + " holds no more than the rules allow");
        move(it.grant, grant_stage::held);
        holds(resources_[it.resource].taken <= resources_[it.resource].seats,
            subject("resource", it.resource) + " has no more holders than seats");
    }

    void votes(event const& happened) {
        if (auto const* it = happened.get_if<office_defined>()) {
            offices_[it->office].seats = it->seats;
        }
        if (auto const* it = happened.get_if<office_offered>()) {
            auto& office = offices_[it->office];
            holds(office.kept_for.insert(it->member).second &&
                    static_cast<std::int64_t>(office.kept_for.size()) <= office.seats,
                subject("office", it->office) + " has a seat for each who is invited");
        }
        for (auto const& [office, member] : {left<office_declined>(happened),
                 left<office_offer_lapsed>(happened), left<office_ended>(happened)}) {
            if (office.valid()) {
                holds(offices_[office].kept_for.erase(member) == 1, "who leaves an office had it");
            }
        }
        if (auto const* it = happened.get_if<decision_proposed>()) {
            decisions_[it->decision].voters = {it->voters.begin(), it->voters.end()};
        }
        if (auto const* it = happened.get_if<decision_supported>()) {
            speaks(it->decision, it->member);
        }
        if (auto const* it = happened.get_if<decision_vetoed>()) {
            speaks(it->decision, it->member);
            decisions_[it->decision].vetoed = true;
        }
        if (auto const* it = happened.get_if<voice_given_back>()) {
            decisions_[it->decision].voters.erase(it->member);
        }
        if (auto const* it = happened.get_if<decision_closed>()) {
            decisions_[it->decision].closed = true;
        }
        if (auto const* it = happened.get_if<decision_adopted>()) {
            holds(!decisions_[it->decision].vetoed, "what was vetoed is not adopted");
        }
        if (auto const* it = happened.get_if<newcomer_voted_for>()) {
            holds(ballots_.emplace(it->vote, it->voter).second, "a newcomer vote is cast once");
        }
    }
    template <typename E>
    static std::pair<office_id, member_id> left(event const& happened) {
        auto const* it = happened.get_if<E>();
        return it == nullptr ? std::pair<office_id, member_id>{}
                             : std::pair{it->office, it->member};
    }
    void speaks(product_decision_id which, member_id who) {
        auto& decision = decisions_[which];
        holds(
            decision.voters.contains(who) && !decision.closed && decision.spoken.insert(who).second,
            subject("decision", which) + " is spoken on once, by who has a voice");
    }

    std::optional<std::string> broken_;
    std::map<member_id, stage> stages_;
    std::set<member_id> merged_;
    std::map<member_id, member_id> mentors_;
    std::map<objective_id, money> budgets_;
    std::map<objective_id, money> spent_;
    std::map<task_id, task_known> tasks_;
    std::map<offer_id, offer_known> offers_;
    std::map<submission_id, task_id> works_;
    std::set<std::string> links_;
    std::map<submission_id, std::pair<money, money>> earned_;
    std::map<resource_id, resource_known> resources_;
    std::map<grant_id, grant_known> grants_;
    std::map<office_id, office_known> offices_;
    std::map<product_decision_id, decision_known> decisions_;
    std::set<std::pair<newcomer_vote_id, member_id>> ballots_;
};

} // namespace simulated
