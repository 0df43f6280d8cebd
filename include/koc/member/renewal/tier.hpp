// SPDX-License-Identifier: BSL-1.0
#pragma once

// Tiers: each member belongs to an operating layer by closeness, which is their stage, and by
// contribution, a level that rises and falls only with several periods running. Who is evolving or
// of the alumni is not assessed; who comes back begins at the lowest level. What was done in each
// period is kept, so that levels can be computed anew when the rules change.

#include <koc/core/error.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/renewal/messages/tier.hpp>
#include <koc/member/renewal/tier_history.hpp>
#include <koc/member/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Who belongs to which tier, from the first `begin_tier_reviews` on.
class tiers : public aspect<tiers> {
public:
    using events = event_list<tier_reviews_begun, tiers_reviewed, tier_changed, tier_recomputed>;
    using commands = command_list<begin_tier_reviews, recompute_tiers>;
    using queries = query_list<show_tier>;
    using follows = event_list<member_enrolled, session_held, outcome_recorded, outcome_corrected,
        stage_changed>;
    using reads = aspect_list<roster>;
    using rules = tier_rules;
    using kept = kept_list<kept_tag<&tier_record::tier>>;

    static constexpr auto guards(begin_tier_reviews const*) {
        return require(by_desk<begin_tier_reviews>);
    }
    result<void> decide(begin_tier_reviews const&, context& in) const {
        static_cast<void>(in.rules<rules>()); // refuses where they were never adopted
        if (reviews_.contains(only)) {
            return error{errc::already_exists, subject("tier review", only),
                "expected that reviews had not begun; they go on by themselves"};
        }
        in.record(tier_reviews_begun{});
        return {};
    }

    static constexpr auto guards(recompute_tiers const*) {
        return require(by_desk<recompute_tiers>, within<&recompute_tiers::from, 1, 1'000'000'000>);
    }
    result<void> decide(recompute_tiers const& command, context& in) const {
        if (auto refused = check_name("recompute_tiers.reason", command.reason)) {
            return *std::move(refused);
        }
        auto const* review = reviews_.find(only);
        if (review == nullptr) {
            return error{errc::wrong_state, subject("tier review", only),
                "expected that reviews had begun; send begin_tier_reviews first"};
        }
        auto const last = (std::max)(review->period, std::int64_t{1});
        if (command.from > last) {
            return error{errc::invalid_argument, "recompute_tiers.from",
                "expected a period that has ended, from 1 to " + std::to_string(last)};
        }
        auto const& today = in.rules<rules>();
        std::vector<tier_recomputed> changes; // as recording changes what is walked
        std::int64_t locked = 0;
        people_.for_each([&](tier_record const& person) {
            auto const computed = computed_anew(person.id, command.from, *review, today);
            auto const keeps =
                review->period < person.promise.until && computed.level < person.promise.level;
            locked += keeps ? 1 : 0;
            auto const now = keeps ? person.contribution : computed;
            auto const to = tier_at(person.stage, now.level, today);
            if (now != person.contribution || to != person.tier) {
                changes.push_back({person.id, person.tier, to, person.contribution, now,
                    command.from, command.reason});
            }
        });
        if (changes.empty()) {
            return error{errc::wrong_state, subject("tier review", only),
                "expected levels or tiers that are not as the rules of today make them from "
                "period " +
                    std::to_string(command.from) + " on; nothing would change" +
                    (locked == 0 ? ", adopt other rules first or name an earlier period"
                                 : ", as what would fall (" + std::to_string(locked) +
                                ") is still locked; wait for the next reviews")};
        }
        for (auto& change : changes) {
            in.record(std::move(change));
        }
        return {};
    }

    void due(tier_review_id which, context& in) const {
        auto const period = reviews_[which].period + 1;
        auto const& limits = in.rules<rules>();
        std::vector<tier_record> before; // as recording changes what is walked
        people_.for_each([&](tier_record const& person) { before.push_back(person); });
        in.record(tiers_reviewed{which, period});
        for (auto const& was : before) {
            auto const level = people_[was.id].contribution.level;
            auto const to = tier_at(stage_of(was.id, in), level, limits);
            if (to != was.tier || level != was.contribution.level) {
                in.record(
                    tier_changed{was.id, was.tier, to, level, contributed_by(was.done, limits)});
            }
        }
    }

    [[nodiscard]] result<tier_view> answer(show_tier const& query, world const& in) const {
        if (auto const* known = people_.find(query.member)) {
            auto const& today = in.rules<rules>();
            auto const* anew = recomputed_.find(query.member);
            return tier_view{known->id, known->tier, known->contribution,
                contributed_by(known->done, today), shared_by(known->done, today),
                anew == nullptr ? std::nullopt : std::optional{*anew}};
        }
        return error{errc::not_qualified, subject("member", query.member),
            reviews_.contains(only)
                ? "expected somebody budding, active or mature; others are not assessed"
                : "expected that reviews of tiers had begun; send begin_tier_reviews first"};
    }

    void apply(tier_reviews_begun const&, world const& in) {
        reviews_.insert({only, 0, in.now(), {}});
        due_.put(only, in.now() + in.rules<rules>().period);
        in.get<roster>().people().for_each(
            [&](member_record const& person) { place(person.id, stage_of(person.id, in), in); });
    }
    void apply(tiers_reviewed const& event, world const& in) {
        if (event.period != reviews_[event.review].period + 1) {
            throw_misfit("the period before " + std::to_string(event.period));
        }
        auto const& limits = in.rules<rules>();
        std::vector<member_id> all;
        people_.for_each([&](tier_record const& person) { all.push_back(person.id); });
        for (auto who : all) {
            history_.put(who, [&](tier_history& history) {
                add_period(history.past, event.period, people_[who].done);
            });
            people_.update(who, [&](tier_record& person) {
                auto const before = person.contribution.level;
                person.contribution = after_period(
                    person.contribution, contributed_by(person.done, limits), limits.contribution);
                auto const level = person.contribution.level;
                if (level > before) {
                    person.promise = {
                        level, detail::saturating_add(event.period, person.contribution.locked)};
                }
                person.promise.level = (std::min)(person.promise.level, level);
                person.stage = stage_of(who, in);
                person.done = {};
            });
        }
        reviews_.update(event.review, [&](tier_review_record& review) {
            review.period = event.period;
            review.since = in.now();
            if (review.rules.empty() || digest_of(review.rules.back().rules) != digest_of(limits)) {
                review.rules.push_back({event.period, limits});
            }
        });
        due_.put(event.review, in.now() + limits.period);
    }
    void apply(tier_changed const& event, world const&) {
        people_.update(event.member, [&](tier_record& person) { person.tier = event.to; });
    }
    void apply(tier_recomputed const& event, world const& in) {
        people_.update(event.member, [&](tier_record& person) {
            person.tier = event.to;
            person.contribution = event.now;
        });
        recomputed_.put(event.member, [&](tier_recomputation& last) {
            last = {event.member, in.now(), event.from, event.to, event.was.level, event.now.level,
                event.reason};
        });
    }
    void apply(outcome_recorded const& event, world const& in) {
        count(event.member, event.at, event.quality, in);
    }
    void apply(outcome_corrected const& event, world const& in) {
        count(event.member, event.at, event.quality - event.was, in);
    }
    /// A session to which somebody came counts by its length, up to the most of a period.
    void apply(session_held const& event, world const&) {
        if (!event.attendees.empty()) {
            people_.update(
                event.giver, [&](tier_record& person) { person.done.minutes += event.minutes; });
        }
    }
    void apply(member_enrolled const& event, world const& in) {
        if (reviews_.contains(only)) {
            place(event.member, stage::budding, in);
        }
    }
    /// Whose stage rises is looked at again when the period ends.
    void apply(stage_changed const& event, world const& in) {
        if (!reviews_.contains(only)) {
            return;
        }
        if (assessed(event.to)) {
            place(event.member, event.to, in);
        } else {
            people_.erase(event.member);
            history_.erase(event.member);
            recomputed_.erase(event.member);
        }
    }

private:
    static constexpr tier_review_id only{1};

    template <typename World>
    [[nodiscard]] static stage stage_of(member_id who, World const& in) {
        auto const* relation = in.template find_record<relationship_record>(who.value());
        return relation == nullptr ? stage::budding : relation->stage;
    }
    /// The state that the periods of a member lead to: by the rules of today from one on, and
    /// before it by those of their reviews.
    [[nodiscard]] ladder_state computed_anew(member_id who, std::int64_t from,
        tier_review_record const& review, tier_rules const& today) const {
        auto const* history = history_.find(who);
        return history == nullptr
            ? ladder_state{}
            : level_after(history->past, [&](std::int64_t period) -> tier_rules const& {
                  return period < from ? rules_of_period(review.rules, period, today) : today;
              });
    }
    static bool assessed(stage at) { return at != stage::evolving && !detail::is_alumnus(at); }
    /// Somebody who is not yet placed begins at the lowest level.
    void place(member_id who, stage at, world const& in) {
        if (assessed(at) && !people_.contains(who)) {
            people_.insert({who, tier_at(at, 0, in.rules<rules>()), {}, at, {}, {}});
        }
    }
    /// Work counts in the period in which it is told, if it is at most one period old; what is
    /// older was reviewed then.
    void count(member_id who, instant at, score more, world const& in) {
        auto const* review = reviews_.find(only);
        if (review != nullptr && at >= review->since - in.rules<rules>().period) {
            people_.update(who, [&](tier_record& person) {
                person.done.work = (std::max)(person.done.work + more, score{});
            });
        }
    }

    table<tier_record> people_;
    table<tier_history> history_;
    table<tier_recomputation> recomputed_;
    table<tier_review_record> reviews_;
    agenda<tier_review_id> due_;
    BOOST_DESCRIBE_CLASS(tiers, (), (), (), (people_, history_, recomputed_, reviews_, due_))
};

} // namespace koc
