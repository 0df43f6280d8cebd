// SPDX-License-Identifier: BSL-1.0
#pragma once

// Tiers: each member belongs to an operating layer by closeness, which is their stage, and by
// contribution, a level that rises and falls only with several periods running. Who is evolving or
// of the alumni is not assessed; who comes back begins at the lowest level.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/renewal/messages/tier.hpp>
#include <koc/member/roster.hpp>
#include <koc/registry/contribution.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace koc {

/// Who belongs to which tier, from the first `begin_tier_reviews` on.
class tiers : public aspect<tiers> {
public:
    using events = event_list<tier_reviews_begun, tiers_reviewed, tier_changed>;
    using commands = command_list<begin_tier_reviews>;
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

    void due(tier_review_id which, context& in) const {
        auto const period = reviews_[which].period + 1;
        std::vector<tier_record> before; // as recording changes what is walked
        people_.for_each([&](tier_record const& person) { before.push_back(person); });
        in.record(tiers_reviewed{which, period});
        for (auto const& was : before) {
            auto const level = people_[was.id].contribution.level;
            auto const to = tier_at(stage_of(was.id, in), level, in.rules<rules>());
            if (to != was.tier || level != was.contribution.level) {
                in.record(tier_changed{was.id, was.tier, to, level, was.contributed});
            }
        }
    }

    [[nodiscard]] result<tier_record> answer(show_tier const& query, world const&) const {
        if (auto const* known = people_.find(query.member)) {
            return *known;
        }
        return error{errc::not_qualified, subject("member", query.member),
            reviews_.contains(only)
                ? "expected somebody budding, active or mature; others are not assessed"
                : "expected that reviews of tiers had begun; send begin_tier_reviews first"};
    }

    void apply(tier_reviews_begun const&, world const& in) {
        reviews_.insert({only, 0, in.now()});
        due_.put(only, in.now() + in.rules<rules>().period);
        in.get<roster>().people().for_each(
            [&](member_record const& person) { place(person.id, stage_of(person.id, in), in); });
    }
    void apply(tiers_reviewed const& event, world const& in) {
        auto const& limits = in.rules<rules>();
        std::vector<member_id> all;
        people_.for_each([&](tier_record const& person) { all.push_back(person.id); });
        for (auto who : all) {
            people_.update(who, [&](tier_record& person) {
                person.contribution =
                    after_period(person.contribution, person.contributed, limits.contribution);
                person.contributed = {};
                person.shared = {};
            });
        }
        reviews_.update(event.review, [&](tier_review_record& review) {
            review.period = event.period;
            review.since = in.now();
        });
        due_.put(event.review, in.now() + limits.period);
    }
    void apply(tier_changed const& event, world const&) {
        people_.update(event.member, [&](tier_record& person) { person.tier = event.to; });
    }
    void apply(outcome_recorded const& event, world const& in) {
        count(event.member, event.at, event.quality, in);
    }
    void apply(outcome_corrected const& event, world const& in) {
        count(event.member, event.at, event.quality - event.was, in);
    }
    /// A session to which somebody came counts by its length, up to the most of a period.
    void apply(session_held const& event, world const& in) {
        auto const& limits = in.rules<rules>();
        auto const worth = score{limits.shared_hour.raw * event.minutes / 60};
        if (!event.attendees.empty()) {
            people_.update(event.giver, [&](tier_record& person) {
                auto const more =
                    (std::min)(worth, (std::max)(limits.shared_max - person.shared, score{}));
                person.shared = person.shared + more;
                person.contributed = person.contributed + more;
            });
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
        }
    }

private:
    static constexpr tier_review_id only{1};

    template <typename World>
    [[nodiscard]] static stage stage_of(member_id who, World const& in) {
        auto const* relation = in.template find_record<relationship_record>(who.value());
        return relation == nullptr ? stage::budding : relation->stage;
    }
    [[nodiscard]] static tier tier_at(stage at, std::int64_t level, tier_rules const& limits) {
        if (at == stage::budding) {
            return tier::base;
        }
        auto const& by_level = at == stage::mature ? limits.mature : limits.active;
        return by_level[static_cast<std::size_t>(level)];
    }
    static bool assessed(stage at) { return at != stage::evolving && !detail::is_alumnus(at); }
    /// Somebody who is not yet placed begins at the lowest level.
    void place(member_id who, stage at, world const& in) {
        if (assessed(at) && !people_.contains(who)) {
            people_.insert({who, tier_at(at, 0, in.rules<rules>()), {}, {}, {}});
        }
    }
    /// Work counts in the period in which it is told, if it is at most one period old; what is
    /// older was reviewed then.
    void count(member_id who, instant at, score more, world const& in) {
        auto const* review = reviews_.find(only);
        if (review != nullptr && at >= review->since - in.rules<rules>().period) {
            people_.update(who, [&](tier_record& person) {
                person.contributed = (std::max)(person.contributed + more, score{});
            });
        }
    }

    table<tier_record> people_;
    table<tier_review_record> reviews_;
    agenda<tier_review_id> due_;
    BOOST_DESCRIBE_CLASS(tiers, (), (), (), (people_, reviews_, due_))
};

} // namespace koc
