// SPDX-License-Identifier: BSL-1.0
#pragma once

// Renewal: whether senior, middle and young members are all there, how many newcomers the programme
// has to find by when so that they will be, and the hours of its desks, which go to sourcing while
// too few are found. Reviewed at regular intervals once it was planned, and when it is planned
// anew.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/member/renewal/messages/renewal.hpp>
#include <koc/member/renewal/renewal_need.hpp>
#include <koc/member/roster.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>
#include <koc/workflow/band.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

class renewal : public aspect<renewal> {
public:
    using events = event_list<renewal_planned, pyramid_reviewed, cohort_alarmed, cohort_recovered,
        effort_shifted, hours_booked>;
    using commands = command_list<plan_renewal, book_hours>;
    using queries = query_list<show_pyramid, show_effort>;
    using follows = event_list<stage_changed>;
    using reads = aspect_list<roster>;
    using rules = renewal_rules;

    static constexpr auto guards(plan_renewal const*) {
        return require(by_desk<plan_renewal>, within<&plan_renewal::size, 1, members_most>);
    }
    result<void> decide(plan_renewal const& command, context& in) const {
        KOC_TRY(check_hours("plan_renewal.hours", command.hours, desk_hours_most));
        auto const& limits = in.rules<rules>(); // refuses where they were never adopted
        auto const before = current();
        in.record(renewal_planned{command.size, command.hours});
        if (!before) {
            return {}; // what finding a newcomer takes is not known before a review
        }
        auto const [found, lately] = count(command.size, limits, in);
        auto const hours =
            hours_anew(found, command.hours, before->now, lately, newcomer_span, in.now(), limits);
        if (hours != command.hours) {
            in.record(effort_shifted{command.hours, hours, found.budding_needed, found.by});
        }
        return {};
    }
    static constexpr auto guards(book_hours const*) {
        return require(by_desk<book_hours>, within<&book_hours::hours, 1, booked_hours_most>);
    }
    result<void> decide(book_hours const& command, context& in) const {
        auto const plan = current();
        if (!plan) {
            return std::move(plan).error();
        }
        auto const at = static_cast<std::size_t>(command.desk);
        auto const left = detail::as_list(plan->now)[at] - detail::as_list(plan->booked)[at];
        if (command.hours > left) {
            auto const shifted =
                detail::as_list(plan->planned)[at] - detail::as_list(plan->now)[at];
            return error{errc::no_capacity, "desk " + std::string{name_of(command.desk)},
                "expected at most " + std::to_string((std::max)(left, std::int64_t{0})) +
                    " hours, which are left of this week's " +
                    std::to_string(detail::as_list(plan->now)[at]) +
                    (shifted > 0 ? "; book fewer, as " + std::to_string(shifted) +
                                " went to sourcing and come back when enough newcomers are found"
                                 : std::string{"; book fewer, or plan more for this desk"})};
        }
        in.record(hours_booked{command.desk, command.hours});
        return {};
    }

    void due(renewal_id which, context& in) const {
        auto const& limits = in.rules<rules>();
        auto const plan = plans_[which];
        auto const [found, lately] = count(plan.size, limits, in);
        in.record(pyramid_reviewed{which, found});
        report(found.counts, plan.alarmed, limits, in);
        auto const hours =
            hours_for(found, plan.planned, plan.now, lately, newcomer_span, in.now(), limits);
        if (hours != plan.now) {
            in.record(effort_shifted{plan.now, hours, found.budding_needed, found.by});
        }
    }

    [[nodiscard]] result<pyramid> answer(show_pyramid const&, world const& in) const {
        auto const plan = current();
        if (!plan) {
            return std::move(plan).error();
        }
        return count(plan->size, in.rules<rules>(), in).first;
    }
    [[nodiscard]] result<renewal_record> answer(show_effort const&, world const&) const {
        return current();
    }

    void apply(renewal_planned const& event, world const& in) {
        plans_.put(only, [&](renewal_record& plan) {
            plan.size = event.size;
            plan.planned = plan.now = event.hours;
        });
        if (!reviews_.when(only)) {
            reviews_.put(only, in.now() + in.rules<rules>().review_every);
        }
    }
    void apply(pyramid_reviewed const& event, world const& in) {
        plans_.update(event.plan, [](renewal_record& plan) { plan.booked = {}; });
        reviews_.put(event.plan, in.now() + in.rules<rules>().review_every);
    }
    void apply(cohort_alarmed const& event, world const&) {
        plans_.update(only, [&](renewal_record& plan) {
            plan.alarmed.insert(
                std::upper_bound(plan.alarmed.begin(), plan.alarmed.end(), event.cohort),
                event.cohort);
        });
    }
    void apply(cohort_recovered const& event, world const&) {
        plans_.update(only, [&](renewal_record& plan) { std::erase(plan.alarmed, event.cohort); });
    }
    void apply(effort_shifted const& event, world const&) {
        plans_.update(only, [&](renewal_record& plan) { plan.now = event.to; });
    }
    void apply(hours_booked const& event, world const&) {
        plans_.update(only, [&](renewal_record& plan) {
            auto booked = detail::as_list(plan.booked);
            booked[static_cast<std::size_t>(event.desk)] += event.hours;
            plan.booked = {booked[0], booked[1], booked[2], booked[3]};
        });
    }
    void apply(stage_changed const& event, world const& in) {
        if (event.to == stage::mature) {
            if (!maturities_.update(
                    event.member, [&](maturity_record& known) { known.since = in.now(); })) {
                maturities_.insert({event.member, in.now(), in.now()});
            }
        } else if (event.from == stage::mature) {
            maturities_.update(event.member, [](maturity_record& known) { known.since.reset(); });
            departures_.update(
                [&](std::vector<month_of_departures>& months) { add_departure(months, in.now()); });
        }
    }

private:
    static constexpr renewal_id only{1};
    static constexpr duration month = days(30);
    static constexpr duration newcomer_span = days(90); ///< over which newcomers are counted

    [[nodiscard]] result<renewal_record> current() const {
        auto const* plan = plans_.find(only);
        if (plan == nullptr) {
            return error{errc::wrong_state, subject("renewal plan", only),
                "expected a plan; send plan_renewal first"};
        }
        return *plan;
    }

    /// The pyramid, and how many were enrolled within `newcomer_span`.
    template <typename World>
    [[nodiscard]] std::pair<pyramid, std::int64_t> count(
        std::int64_t size, renewal_rules const& limits, World const& in) const {
        pyramid found;
        std::int64_t unripe = 0;
        std::int64_t lately = 0;
        auto const now = in.now();
        in.template get<roster>().people().for_each([&](member_record const& person) {
            auto const* relation = in.template find_record<relationship_record>(person.id.value());
            auto const at = relation == nullptr ? stage::budding : relation->stage;
            auto const* past = maturities_.find(person.id);
            auto const tenure = now - person.enrolled_at;
            auto const where = cohort_of(
                at, person.enrolled_at, past == nullptr ? std::nullopt : past->since, now, limits);
            if (where) {
                ++(*where == cohort::senior        ? found.counts.senior
                        : *where == cohort::middle ? found.counts.middle
                                                   : found.counts.young);
            }
            found.waiting += at == stage::budding && !where ? 1 : 0;
            found.mature += at == stage::mature ? 1 : 0;
            lately += tenure < newcomer_span ? 1 : 0;
            if (tenure < limits.ripening) {
                unripe += at == stage::budding || at == stage::active ? 1 : 0;
            } else if (tenure < limits.ripening + limits.lookback) {
                ++found.tried;
                found.ripened +=
                    past != nullptr && past->first - person.enrolled_at <= limits.ripening ? 1 : 0;
            }
        });
        found.leaving = expected_departures(months_until(now, limits), limits.restore_within);
        complete(found, size, unripe, now, limits);
        return {found, lately};
    }
    /// Departures of each month of the lookback.
    [[nodiscard]] std::vector<std::int64_t> months_until(
        instant now, renewal_rules const& limits) const {
        std::vector<std::int64_t> months(
            static_cast<std::size_t>(limits.lookback.ms / month.ms), 0);
        auto const newest = month_of(now);
        for (auto const& m : *departures_) {
            if (auto const ago = newest - m.month;
                ago >= 0 && ago < static_cast<std::int64_t>(months.size())) {
                months[static_cast<std::size_t>(ago)] = m.left;
            }
        }
        return months;
    }
    static std::int64_t month_of(instant at) {
        return at.ms / month.ms - (at.ms % month.ms < 0 ? 1 : 0);
    }
    static void add_departure(std::vector<month_of_departures>& months, instant at) {
        if (months.empty() || months.back().month != month_of(at)) {
            months.push_back({month_of(at), 0});
        }
        ++months.back().left;
    }

    /// Raises and clears the alarms.
    static void report(cohort_counts const& counts, std::vector<cohort> const& alarms,
        renewal_rules const& limits, context& in) {
        struct line {
            cohort which;
            std::int64_t count;
            score least;
        };
        for (auto const& [which, number, least] :
            {line{cohort::senior, counts.senior, limits.senior_least},
                line{cohort::middle, counts.middle, limits.middle_least},
                line{cohort::young, counts.young, limits.young_least}}) {
            auto const share = share_of(number, counts);
            auto const before = std::find(alarms.begin(), alarms.end(), which) != alarms.end();
            auto const now = koc::alarmed({least, least + limits.clear_margin}, share, before);
            if (now && !before) {
                in.record(cohort_alarmed{which, share, least});
            } else if (!now && before) {
                in.record(cohort_recovered{which, share});
            }
        }
    }

    table<renewal_record> plans_;
    table<maturity_record> maturities_;
    single<std::vector<month_of_departures>> departures_; ///< ascending
    agenda<renewal_id> reviews_;
    BOOST_DESCRIBE_CLASS(renewal, (), (), (), (plans_, maturities_, departures_, reviews_))
};

} // namespace koc
