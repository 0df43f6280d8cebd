// SPDX-License-Identifier: BSL-1.0
#pragma once

// An offer ties one person to one task: sent, accepted or declined, and either fulfilled or lapsed,
// unless the task ends first. It is the same thing whether the programme asked (a push) or the
// person came (a claim from the board), so there is one life, one lease and one count of seats.

#include <koc/core/arrival_map.hpp>
#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/lifecycle/transition_table.hpp>
#include <koc/member/attention.hpp>
#include <koc/member/member.hpp>
#include <koc/registry/table.hpp>
#include <koc/search/explanation.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace koc {

using offer_id = id<struct offer_kind>;

enum class offer_stage : std::uint8_t {
    sent,
    held,
    fulfilled,
    declined,
    expired,
    lapsed,
    withdrawn
};
BOOST_DESCRIBE_ENUM(offer_stage, sent, held, fulfilled, declined, expired, lapsed, withdrawn)

enum class offer_moment : std::uint8_t { accepted, refused, handed_in, timed_out, called_off };
BOOST_DESCRIBE_ENUM(offer_moment, accepted, refused, handed_in, timed_out, called_off)

using offer_lifecycle = transition_table<initial<offer_stage::sent>,
    row<offer_stage::sent, offer_moment::accepted, offer_stage::held>,
    row<offer_stage::sent, offer_moment::refused, offer_stage::declined>,
    row<offer_stage::sent, offer_moment::timed_out, offer_stage::expired>,
    row<offer_stage::sent, offer_moment::called_off, offer_stage::withdrawn>,
    row<offer_stage::held, offer_moment::handed_in, offer_stage::fulfilled>,
    row<offer_stage::held, offer_moment::timed_out, offer_stage::lapsed>,
    row<offer_stage::held, offer_moment::called_off, offer_stage::withdrawn>,
    resting<offer_stage::fulfilled>, resting<offer_stage::declined>, resting<offer_stage::expired>,
    resting<offer_stage::lapsed>, resting<offer_stage::withdrawn>>;

/// Who made the first step.
enum class origin : std::uint8_t { push, board };
BOOST_DESCRIBE_ENUM(origin, push, board)

struct accept_offer {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(accept_offer, (), (offer))

struct decline_offer {
    offer_id offer;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(decline_offer, (), (offer, reason))

/// Ends every offer and lease whose time is over; run it as often as seats should become free
/// again.
struct expire_offers {
    std::int64_t count_max = 100'000; ///< at most so many in one go
};
BOOST_DESCRIBE_STRUCT(expire_offers, (), (count_max))

/// A person was offered a task, with the score of the match and what it is made of.
struct offer_sent {
    offer_id offer;
    task_id task;
    member_id member;
    origin from{};
    std::int64_t wave = 1; ///< the how-manieth push of this task; 0 for a claim
    score fit;
    explanation why;
    instant answer_by;
};
BOOST_DESCRIBE_STRUCT(offer_sent, (), (offer, task, member, from, wave, fit, why, answer_by))

struct offer_accepted {
    offer_id offer;
    task_id task;
    member_id member;
    instant lease_until; ///< hand in before this, or the seat is free again
};
BOOST_DESCRIBE_STRUCT(offer_accepted, (), (offer, task, member, lease_until))

struct offer_declined {
    offer_id offer;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(offer_declined, (), (offer, reason))

/// Nobody answered in time.
struct offer_expired {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_expired, (), (offer))

/// It was accepted, but nothing was handed in before the lease ended.
struct offer_lapsed {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_lapsed, (), (offer))

struct offer_fulfilled {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_fulfilled, (), (offer))

/// The task was closed or called off before this offer came to anything; it counts against nobody.
struct offer_withdrawn {
    offer_id offer;
};
BOOST_DESCRIBE_STRUCT(offer_withdrawn, (), (offer))

/// An offer as it stands.
struct offer_record {
    offer_id id;
    task_id task;
    member_id member;
    origin from{};
    std::int64_t wave = 1;
    score fit;
    offer_stage standing = offer_lifecycle::initial;
    instant until; ///< answer by, then the end of the lease
};

/// The offers and the seats they take. `Programme::lease` is how long accepted work may take at
/// most.
template <typename Programme>
class offers {
public:
    using events = event_list<offer_sent, offer_accepted, offer_declined, offer_expired,
        offer_lapsed, offer_fulfilled, offer_withdrawn>;
    using commands = command_list<accept_offer, decline_offer, expire_offers>;

    explicit offers(Programme const& programme) : lease_{programme.lease} {}

    [[nodiscard]] table<offer_record> const& all() const { return offers_; }
    [[nodiscard]] offer_record const* find(offer_id which) const { return offers_.find(which); }

    /// The newest offer of a task to a person, or null. O(1).
    [[nodiscard]] offer_record const* find(task_id task, member_id who) const {
        auto const* of_task = find_task(task);
        if (of_task == nullptr) {
            return nullptr;
        }
        auto const it = of_task->newest.find(who);
        return it == of_task->newest.end() ? nullptr : offers_.find(it->second);
    }
    /// The offers of a task, oldest first.
    [[nodiscard]] std::vector<offer_id> of(task_id task) const {
        auto const* of_task = find_task(task);
        return of_task == nullptr ? std::vector<offer_id>{} : of_task->all;
    }
    /// Seats that are held or fulfilled.
    [[nodiscard]] std::int64_t seats_taken(task_id task) const {
        auto const* of_task = find_task(task);
        return of_task == nullptr ? 0 : of_task->taken;
    }
    /// The number of the last push of a task, 0 before the first.
    [[nodiscard]] std::int64_t last_wave(task_id task) const {
        auto const* of_task = find_task(task);
        return of_task == nullptr ? 0 : of_task->wave;
    }
    /// The id that the next offer will have.
    [[nodiscard]] offer_id next_id(std::size_t ahead = 0) const {
        return offer_id{offers_.size() + ahead + 1};
    }

    /// Why nobody can take a seat of this task at `now`, if so.
    [[nodiscard]] std::optional<error> check_free_seat(task_record const& task, instant now) const {
        if (auto refused = task.check(task_moment::taken)) {
            return refused;
        }
        if (now >= task.brief.due_at) {
            return error{errc::wrong_state, subject("task", task.id),
                "expected a task that is not due yet, but it was due at " +
                    to_iso8601(task.brief.due_at) + "; open a new one"};
        }
        if (seats_taken(task.id) >= task.brief.seats) {
            return error{errc::no_capacity, subject("task", task.id),
                "expected a free seat; all " + std::to_string(task.brief.seats) + " are taken"};
        }
        return std::nullopt;
    }
    /// Why this person cannot take a seat of this task at `now`, if so.
    [[nodiscard]] std::optional<error> check_seat(
        auto const& world, task_record const& task, member_id who, instant now) const {
        if (auto refused = check_free_seat(task, now)) {
            return refused;
        }
        auto const& limits = world.template get<attention>();
        if (!limits.can_commit(who)) {
            return error{errc::no_capacity, subject("member", who),
                "expected at most " + std::to_string(limits.rules().commitments_max) +
                    " unfinished tasks at a time; hand one in first"};
        }
        return std::nullopt;
    }
    /// The end of a lease that begins at `now`.
    [[nodiscard]] instant lease_end(task_record const& task, instant now) const {
        return std::min(now + lease_, task.brief.due_at);
    }

    result<void> decide(auto const& world, accept_offer const& command, auto& out) const {
        auto const* offer = find(command.offer);
        if (offer == nullptr) {
            return unknown("offer", command.offer);
        }
        if (auto refused = check_step(*offer, offer_moment::accepted)) {
            return *std::move(refused);
        }
        if (offer->until <= out.now()) {
            return error{errc::wrong_state, subject("offer", command.offer),
                "expected an answer before " + to_iso8601(offer->until)};
        }
        auto const& task = *world.template get<tasks>().find(offer->task);
        if (auto refused = check_seat(world, task, offer->member, out.now())) {
            return *std::move(refused);
        }
        out.emit(offer_accepted{offer->id, offer->task, offer->member, lease_end(task, out.now())});
        out.emit(commitment_made{offer->member});
        return {};
    }
    result<void> decide(auto const&, decline_offer const& command, auto& out) const {
        auto const* offer = find(command.offer);
        if (offer == nullptr) {
            return unknown("offer", command.offer);
        }
        if (auto refused = check_step(*offer, offer_moment::refused)) {
            return *std::move(refused);
        }
        if (!command.reason.text.empty() && command.reason.owner != offer->member.value()) {
            return error{errc::invalid_argument, "reason of " + subject("offer", command.offer),
                "expected the reason to belong to the member; set its owner to their id"};
        }
        out.emit(offer_declined{offer->id, command.reason});
        out.emit(attention_refused{offer->member});
        return {};
    }
    result<void> decide(auto const&, expire_offers const& command, auto& out) const {
        if (command.count_max < 1) {
            return error{errc::invalid_argument, "expire_offers", "expected a count of 1 or more"};
        }
        std::int64_t ended = 0;
        for (auto const& [until, which] : clock_) {
            if (until > out.now() || ended++ == command.count_max) {
                break;
            }
            auto const& offer = offers_[which];
            if (offer.standing == offer_stage::sent) {
                out.emit(offer_expired{which});
            } else {
                out.emit(offer_lapsed{which});
                out.emit(commitment_ended{offer.member});
            }
        }
        return {};
    }

    /// Who was asked, or at work, is free again when the task ends.
    void react(auto const&, task_moved const& event, auto& out) const {
        if (!task_lifecycle::rests(event.to)) {
            return;
        }
        for (auto which : of(event.task)) {
            auto const& offer = offers_[which];
            if (offer_lifecycle::allows(offer.standing, offer_moment::called_off)) {
                out.emit(offer_withdrawn{which});
                if (offer.standing == offer_stage::held) {
                    out.emit(commitment_ended{offer.member});
                }
            }
        }
    }

    void apply(offer_sent const& event, instant) {
        offers_.insert({event.offer, event.task, event.member, event.from, event.wave, event.fit,
            offer_lifecycle::initial, event.answer_by});
        auto& of_task = by_task_[event.task];
        of_task.all.push_back(event.offer);
        of_task.newest.insert_or_assign(event.member, event.offer);
        of_task.wave = std::max(of_task.wave, event.wave);
        clock_.emplace(event.answer_by, event.offer);
    }
    void apply(offer_accepted const& event, instant) {
        move(event.offer, offer_moment::accepted, event.lease_until);
        ++by_task_[event.task].taken;
    }
    void apply(offer_declined const& event, instant) {
        move(event.offer, offer_moment::refused, {});
    }
    void apply(offer_expired const& event, instant) {
        move(event.offer, offer_moment::timed_out, {});
    }
    void apply(offer_lapsed const& event, instant) {
        move(event.offer, offer_moment::timed_out, {});
        --by_task_[offers_[event.offer].task].taken;
    }
    void apply(offer_withdrawn const& event, instant) {
        auto const& offer = offers_[event.offer];
        if (offer.standing == offer_stage::held) {
            --by_task_[offer.task].taken;
        }
        move(event.offer, offer_moment::called_off, {});
    }
    void apply(offer_fulfilled const& event, instant) {
        move(event.offer, offer_moment::handed_in, {});
    }

    void digest_into(hasher& into) const {
        for (auto const& o : offers_) {
            into.add(o.id).add(o.task).add(o.member).add(o.from).add(o.wave).add(o.fit);
            into.add(o.standing).add(o.until);
        }
    }

private:
    struct task_offers {
        std::vector<offer_id> all;
        arrival_map<member_id, offer_id> newest;
        std::int64_t taken = 0;
        std::int64_t wave = 0;
    };

    [[nodiscard]] task_offers const* find_task(task_id task) const {
        auto const it = by_task_.find(task);
        return it == by_task_.end() ? nullptr : &it->second;
    }

    static std::optional<error> check_step(offer_record const& offer, offer_moment because) {
        auto const refused = offer_lifecycle::refusal(offer.standing, because, no_context{});
        return refused ? std::optional{refused->as_error(subject("offer", offer.id))}
                       : std::nullopt;
    }

    void move(offer_id which, offer_moment because, instant until) {
        auto const& offer = offers_[which];
        clock_.erase({offer.until, which});
        auto const to = offer_lifecycle::step(offer.standing, because, no_context{});
        KOC_INVARIANT(to);
        offers_.update(which, [&](offer_record& o) {
            o.standing = *to;
            o.until = until;
        });
        if (*to == offer_stage::held) {
            clock_.emplace(until, which);
        }
    }

    duration lease_;
    table<offer_record> offers_;
    arrival_map<task_id, task_offers> by_task_;
    std::set<std::pair<instant, offer_id>> clock_; ///< what is waiting, earliest end first
};

} // namespace koc
