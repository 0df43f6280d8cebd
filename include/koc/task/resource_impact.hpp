// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a resource did: depth, scarcity and reach of the work of those who used it, before and after
// they had it, against those who were entitled to it and had none. The difference of the two
// changes leaves out what changed for everybody.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/roster.hpp>
#include <koc/state/table.hpp>
#include <koc/task/detail/seats.hpp>
#include <koc/task/messages/objective.hpp>
#include <koc/task/messages/resource_impact.hpp>
#include <koc/task/resources.hpp>
#include <koc/task/review.hpp>
#include <koc/task/task.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// How far work reached, and what came of resources.
class resource_impact : public aspect<resource_impact> {
public:
    using events = event_list<reach_reported>;
    using commands = command_list<report_reach>;
    using queries = query_list<weigh_resource>;
    using reads = aspect_list<roster, tasks, reviews, resources>;
    using rules = resource_impact_rules;

    static constexpr auto guards(report_reach const*) {
        return require(by_desk<report_reach>, known<&report_reach::submission>,
            within<&report_reach::people, 0, reach_max>);
    }
    result<void> decide(report_reach const& command, context& in) const {
        KOC_TRY(detail::check_assessed(in, in.at(command.submission).member));
        in.record(reach_reported{command.submission, command.people});
        return {};
    }

    [[nodiscard]] result<std::vector<measure_comparison>> answer(
        weigh_resource const& query, world const& in) const {
        KOC_TRY(check_desk(in.by(), subject("resource", query.resource), "weigh what it did"));
        auto const* known = in.find(query.resource);
        if (known == nullptr) {
            return unknown(resource_kind::noun, query.resource);
        }
        auto const audience = tasks::compile(in, known->stocked.audience);
        if (!audience) {
            return audience.error();
        }
        std::set<member_id> had;
        cuts with;
        std::vector<instant> given;
        for (auto const& grant : in.get<resources>().grants_of(query.resource)) {
            if (!grant.granted_at) {
                continue;
            }
            auto const who = detail::kept_for(in, grant.member);
            had.insert(who);
            if (grant.was_used && !detail::is_alumnus(in, who)) {
                auto& cut = with.emplace(who, *grant.granted_at).first->second;
                cut = (std::min)(cut, *grant.granted_at);
            }
        }
        for (auto const& each : with) {
            given.push_back(each.second);
        }
        cuts without;
        if (!given.empty()) {
            std::sort(given.begin(), given.end());
            auto const median = given[(given.size() - 1) / 2];
            auto const& people = in.get<roster>().people();
            people.for_each([&](member_record const& person) {
                if (!had.contains(person.id) && !detail::is_alumnus(in, person.id) &&
                    !audience->first_failure(people, people.searched_slot(person.id))) {
                    without.emplace(person.id, median);
                }
            });
        }
        auto const& limits = in.rules<rules>();
        auto const made = authors_of(in);
        std::vector<measure_comparison> found;
        for (auto which : {work_measure::depth, work_measure::scarcity, work_measure::reach}) {
            auto const value = [&](review_record const& work) {
                return which == work_measure::depth   ? depth_of(work, limits.depth_dimension, in)
                    : which == work_measure::scarcity ? scarcity_of(work, made, in)
                                                      : reach_of(work);
            };
            measure_comparison compared{which, means_of(with, value, in),
                means_of(without, value, in), false, std::nullopt};
            auto& a = compared.with;
            auto& b = compared.without;
            if ((std::min)(a.people, b.people) < limits.people_min) {
                compared.too_few = true;
                a = {a.people, std::nullopt, std::nullopt};
                b = {b.people, std::nullopt, std::nullopt};
            } else {
                compared.effect = (*a.after - *a.before) - (*b.after - *b.before);
            }
            found.push_back(std::move(compared));
        }
        return found;
    }

    void apply(reach_reported const& event, world const&) {
        reach_.put(event.submission, [&](reach_record& reached) { reached.people = event.people; });
    }

private:
    /// Members, each with the instant that parts the work of all their accounts.
    using cuts = std::map<member_id, instant>;

    /// Who made work at all, and who made work about a subject, but for alumni.
    struct authors {
        std::set<member_id> all;
        std::map<tag_id, std::set<member_id>> about;
    };
    static authors authors_of(world const& in) {
        authors made;
        in.get<reviews>().each([&](review_record const& work) {
            auto const who = detail::kept_for(in, work.member);
            if (work.assessed() && !detail::is_alumnus(in, who)) {
                made.all.insert(who);
                for (auto const& wanted : in.at(in.at(work.id).task).brief.wanted) {
                    made.about[wanted.tag].insert(who);
                }
            }
        });
        return made;
    }
    static std::optional<score> depth_of(
        review_record const& work, std::string const& dimension, world const& in) {
        auto const& rubric = reviews::rubric_of(work, in);
        for (std::size_t i = 0; i < (std::min)(rubric.size(), work.ratings.size()); ++i) {
            if (rubric[i].name == dimension) {
                return work.ratings[i];
            }
        }
        return std::nullopt;
    }
    /// The mean over the subjects of its task; none where the task has no subjects.
    static std::optional<score> scarcity_of(
        review_record const& work, authors const& made, world const& in) {
        auto const& wanted = in.at(in.at(work.id).task).brief.wanted;
        if (wanted.empty()) {
            return std::nullopt;
        }
        auto const all = static_cast<std::int64_t>(made.all.size());
        std::int64_t others = 0;
        for (auto const& each : wanted) {
            others += all - static_cast<std::int64_t>(made.about.at(each.tag).size());
        }
        return ratio(others, all * static_cast<std::int64_t>(wanted.size()));
    }
    [[nodiscard]] std::optional<score> reach_of(review_record const& work) const {
        auto const* reached = reach_.find(work.id);
        return reached == nullptr ? std::nullopt : std::optional{whole(reached->people)};
    }
    template <typename Value>
    static group_means means_of(cuts const& people, Value const& value, world const& in) {
        std::int64_t counted = 0;
        score before;
        score after;
        for (auto const& [who, cut] : people) {
            score sums[2] = {};
            std::int64_t counts[2] = {};
            detail::each_account(in, who, [&, parted_at = cut](member_id account) {
                for (auto const& work : in.get<reviews>().of(account)) {
                    auto const measured = work.assessed() ? value(work) : std::nullopt;
                    if (measured) {
                        auto const side = work.at < parted_at ? 0U : 1U;
                        sums[side] += *measured;
                        ++counts[side];
                    }
                }
            });
            if (counts[0] != 0 && counts[1] != 0) {
                ++counted;
                before += score{sums[0].raw / counts[0]};
                after += score{sums[1].raw / counts[1]};
            }
        }
        if (counted == 0) {
            return {};
        }
        return {counted, score{before.raw / counted}, score{after.raw / counted}};
    }

    table<reach_record> reach_;
    BOOST_DESCRIBE_CLASS(resource_impact, (), (), (), (reach_))
};

} // namespace koc
