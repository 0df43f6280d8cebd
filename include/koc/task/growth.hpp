// SPDX-License-Identifier: BSL-1.0
#pragma once

// Growth: the ratings of a member's reviewed work by turn and by dimension of the rubric, and how
// they differ before and after each support that the member was given.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/cultivation_plans.hpp>
#include <koc/member/cultivation/messages/first_voice.hpp>
#include <koc/member/cultivation/messages/mentorship.hpp>
#include <koc/member/cultivation/messages/onboarding.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/state/key.hpp>
#include <koc/state/table.hpp>
#include <koc/task/messages/growth.hpp>
#include <koc/task/review.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace koc {

/// The support that members were given, beside the steps of their plans, and what came after it.
class growth : public aspect<growth> {
public:
    using queries = query_list<show_growth>;
    using follows = event_list<onboarding_given, session_held, mentor_paired, topic_agreed>;
    using reads = aspect_list<reviews>;
    using rules = growth_rules;

    [[nodiscard]] result<growth_view> answer(show_growth const& query, world const& in) const {
        if (in.find(query.member) == nullptr) {
            return unknown("member", query.member);
        }
        KOC_TRY(check_sent_for(in, query.member, "look at their growth"));
        KOC_TRY(detail::check_assessed(in, query.member));
        auto const& limits = in.rules<rules>();
        auto const turn = static_cast<std::size_t>(limits.works_per_turn);
        std::vector<review_record const*> works;
        detail::each_account(in, query.member, [&](member_id account) {
            for (auto const& work : in.get<reviews>().of(account)) {
                if (work.assessed()) {
                    works.push_back(&work);
                }
            }
        });
        std::sort(works.begin(), works.end(), [](auto const* a, auto const* b) {
            return std::pair{a->at, a->id} < std::pair{b->at, b->id};
        });
        growth_view view;
        std::span const all{works};
        std::size_t done = 0;
        for (; done + turn <= all.size(); done += turn) {
            auto const now = all.subspan(done, turn);
            auto const last = done == 0 ? all.first(0) : all.subspan(done - turn, turn);
            growth_turn next{now.front()->at, now.back()->at, quality_of(now), {},
                changes(last, now, limits.rise_min, in)};
            if (!view.turns.empty()) {
                next.higher = next.quality > view.turns.back().quality;
            }
            view.turns.push_back(std::move(next));
        }
        view.works_left = static_cast<std::int64_t>(all.size() - done);
        for (auto const& given : supports_of(query.member, limits, in)) {
            auto const cut = static_cast<std::size_t>(std::count_if(all.begin(), all.end(),
                [&](review_record const* work) { return work->at < given.at; }));
            auto const before = all.first(cut).last((std::min)(cut, turn));
            auto const after = all.subspan(cut, (std::min)(all.size() - cut, turn));
            support_effect effect{given.type, given.by, given.at,
                static_cast<std::int64_t>(before.size()), static_cast<std::int64_t>(after.size()),
                before.size() < turn || after.size() < turn, {}};
            if (!effect.too_few) {
                effect.dimensions = changes(before, after, limits.rise_min, in);
            }
            view.supports.push_back(std::move(effect));
        }
        return view;
    }

    void apply(onboarding_given const& event, world const& in) {
        add(event.member, support_type::training, "step " + std::to_string(event.step), in);
    }
    void apply(session_held const& event, world const& in) {
        for (auto who : event.attendees) {
            add(who, support_type::session, subject("session", event.session), in);
        }
    }
    void apply(mentor_paired const& event, world const& in) {
        add(event.mentee, support_type::mentoring, subject("member", event.mentor), in);
    }
    void apply(topic_agreed const& event, world const& in) {
        add(in.at(event.piece).member, support_type::co_planning, subject("piece", event.piece),
            in);
    }

private:
    using by_member = by<&support_record::member, &support_record::at>;
    using works_span = std::span<review_record const* const>;

    /// A sum of ratings, and how many they are.
    struct ratings_sum {
        std::int64_t sum = 0;
        std::int64_t count = 0;

        [[nodiscard]] score mean() const { return {sum / count}; }
    };
    using dimension_sums = std::map<std::string, ratings_sum>;

    static dimension_sums sums_of(works_span works, world const& in) {
        dimension_sums sums;
        for (auto const* work : works) {
            auto const& rubric = reviews::rubric_of(*work, in);
            auto const rated = (std::min)(rubric.size(), work->ratings.size()); // none in old ones
            for (std::size_t i = 0; i < rated; ++i) {
                auto& dimension = sums[rubric[i].name];
                dimension.sum += work->ratings[i].raw;
                ++dimension.count;
            }
        }
        return sums;
    }
    static std::vector<dimension_change> changes(
        works_span before, works_span after, score rise_min, world const& in) {
        auto const was = sums_of(before, in);
        std::vector<dimension_change> found;
        for (auto const& [name, now] : sums_of(after, in)) {
            dimension_change change{name, std::nullopt, now.mean()};
            if (auto const known = was.find(name); known != was.end()) {
                change.before = known->second.mean();
                change.rose = change.after - *change.before >= rise_min;
                change.fell = *change.before - change.after >= rise_min;
            }
            found.push_back(std::move(change));
        }
        return found;
    }
    static score quality_of(works_span works) {
        ratings_sum all;
        for (auto const* work : works) {
            all.sum += work->quality.raw;
            ++all.count;
        }
        return all.mean();
    }
    /// Oldest first; at the same instant what was noted here comes before the steps of plans.
    [[nodiscard]] std::vector<support_record> supports_of(
        member_id who, growth_rules const& limits, world const& in) const {
        std::vector<support_record> found;
        detail::each_account(in, who, [&](member_id account) {
            auto const noted = supports_.all<by_member>(account);
            found.insert(found.end(), noted.begin(), noted.end());
        });
        if (auto const* plan = in.find_record<cultivation_record>(who.value())) {
            auto const& names = limits.training_steps;
            for (auto const& done : plan->completed) {
                auto const& step = in.at(done.plan).step_of(done.version, done.step).name;
                if (std::find(names.begin(), names.end(), step) != names.end()) {
                    found.push_back({{}, who, support_type::training, step, done.at});
                }
            }
        }
        // Notes have ids, in order; steps have none and stand as they were done.
        auto const noted_last = support_id{~std::uint64_t{0}};
        std::sort(
            found.begin(), found.end(), [&](support_record const& a, support_record const& b) {
                return std::tuple{a.at, a.id.valid() ? a.id : noted_last, a.by} <
                    std::tuple{b.at, b.id.valid() ? b.id : noted_last, b.by};
            });
        return found;
    }
    void add(member_id who, support_type type, std::string by, world const& in) {
        supports_.insert(
            {support_id{supports_.row_count() + 1}, who, type, std::move(by), in.now()});
    }

    table<support_record, by_member> supports_;
    BOOST_DESCRIBE_CLASS(growth, (), (), (), (supports_))
};

} // namespace koc
