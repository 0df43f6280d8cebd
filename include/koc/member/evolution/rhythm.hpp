// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rhythm of each member: the usual time between their outcomes, which is the median of the last
// few. Somebody is silent when they are quiet for much longer than that, so a yearly author is not
// taken for a lost monthly one. As that median grows with who gives a little less each time, it is
// compared with the shortest one that they had. Members in service who never delivered, and those
// who keep declining, are signs of their own.

#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/member/acting.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/evolution/messages/evolution.hpp>
#include <koc/member/evolution/messages/rhythm.hpp>
#include <koc/member/messages/attention.hpp>
#include <koc/member/messages/outcome.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

namespace koc {

/// When members deliver, and who has fallen out of their rhythm.
class rhythm : public aspect<rhythm> {
public:
    using queries = query_list<list_waning_signs>;
    using follows = event_list<stage_changed, outcome_recorded, attention_refused, commitment_made>;
    using rules = rhythm_rules;

    [[nodiscard]] result<std::vector<rhythm_sign>> answer(
        list_waning_signs const&, world const& in) const {
        KOC_TRY(check_desk(in.by(), "list_waning_signs", "look for who wanes"));
        auto const& limits = in.rules<rules>();
        std::vector<rhythm_sign> found;
        for (auto const& person : people_.all<by_serving>(true)) {
            signs_of(of_all_accounts(person, in), limits, in, found);
        }
        std::sort(found.begin(), found.end(), [](rhythm_sign const& a, rhythm_sign const& b) {
            return std::tuple{b.quiet, a.member, a.cause} < std::tuple{a.quiet, b.member, b.cause};
        });
        return found;
    }

    void apply(stage_changed const& event, world const& in) {
        auto const serving = event.to == stage::active || event.to == stage::mature;
        people_.put_if(serving, event.member, [&](rhythm_record& person) {
            if (serving && !person.serving) {
                person.since = in.now();
            }
            if (serving && (event.from == stage::evolving || event.from == stage::alumni)) {
                person.returned = in.now();
                person.best.reset();
            }
            // What somebody declined out of service does not count when they return.
            if (!serving || event.from == stage::evolving || event.from == stage::alumni) {
                person.refusals = 0;
            }
            person.serving = serving;
        });
    }
    /// Of each day (UTC) the last outcome is kept, so that the order in which they are told does
    /// not matter.
    void apply(outcome_recorded const& event, world const&) {
        people_.put(event.member, [&](rhythm_record& person) {
            person.refusals = 0;
            auto& known = person.outcomes;
            auto const at = std::find_if(known.begin(), known.end(),
                [&](instant one) { return day_of(one) >= day_of(event.at); });
            if (at != known.end() && day_of(*at) == day_of(event.at)) {
                *at = (std::max)(*at, event.at);
            } else {
                known.insert(at, event.at);
            }
            if (known.size() > outcomes_max) {
                known.erase(known.begin());
            }
            see_best(person);
        });
    }
    void apply(attention_refused const& event, world const&) {
        people_.put(event.member, [](rhythm_record& person) { ++person.refusals; });
    }
    void apply(commitment_made const& event, world const&) {
        people_.put(event.member, [](rhythm_record& person) { person.refusals = 0; });
    }

private:
    using by_serving = by<&rhythm_record::serving>;
    static constexpr std::size_t outcomes_max = 9;

    /// A record with the outcomes of all accounts of its member; the rest is the kept one's own.
    [[nodiscard]] rhythm_record of_all_accounts(rhythm_record person, world const& in) const {
        auto& known = person.outcomes;
        auto const own = known.size();
        detail::each_account(in, person.id, [&](member_id account) {
            if (auto const* more = account == person.id ? nullptr : people_.find(account)) {
                known.insert(known.end(), more->outcomes.begin(), more->outcomes.end());
            }
        });
        if (known.size() > own) {
            std::sort(known.begin(), known.end());
            auto const kept = (std::min)(outcomes_max, known.size());
            known.erase(known.begin(), known.end() - static_cast<std::ptrdiff_t>(kept));
        }
        return person;
    }
    static std::int64_t day_of(instant at) {
        auto const day = days(1).ms;
        return at.ms / day - (at.ms % day < 0 ? 1 : 0);
    }
    /// The median of the times between the outcomes that are known, the lower one of two. What
    /// follows another within a day belongs to it.
    static std::optional<duration> usual(rhythm_record const& person, duration shortest) {
        std::vector<instant> known;
        for (auto at : person.outcomes) {
            if (known.empty() || at - known.back() >= days(1)) {
                known.push_back(at);
            }
        }
        if (known.size() < 2) {
            return std::nullopt;
        }
        std::vector<duration> gaps;
        for (std::size_t i = 1; i < known.size(); ++i) {
            gaps.push_back(known[i] - known[i - 1]);
        }
        auto const middle = gaps.begin() + static_cast<std::ptrdiff_t>((gaps.size() - 1) / 2);
        std::nth_element(gaps.begin(), middle, gaps.end());
        return (std::max)(*middle, shortest);
    }
    /// Whoever came back is compared with nothing that was before.
    static void see_best(rhythm_record& person) {
        if (person.outcomes.size() < outcomes_max ||
            (person.returned && person.outcomes.front() < *person.returned)) {
            return;
        }
        auto const now = usual(person, {});
        if (now && (!person.best || *now < *person.best)) {
            person.best = now;
        }
    }
    static void signs_of(rhythm_record const& person, rhythm_rules const& limits, world const& in,
        std::vector<rhythm_sign>& found) {
        auto const from = person.outcomes.empty()
            ? person.since
            : (std::max)(person.since, person.outcomes.back());
        rhythm_sign sign{person.id, {}, in.now() - from, usual(person, limits.shortest),
            person.refusals, {}, {}};
        if (person.best) {
            sign.best = (std::max)(*person.best, limits.shortest);
        }
        auto const* talked = in.find_record<evolution_record>(person.id.value());
        if (talked != nullptr && talked->talk) {
            sign.reason = reason_of(talked->talk->finding);
        }
        auto const shows = [&](waning_cause cause) {
            sign.cause = cause;
            found.push_back(sign);
        };
        auto const allowed = sign.usual ? limits.silent_after * *sign.usual : limits.patience;
        if (sign.quiet > allowed) {
            shows(person.outcomes.empty() ? waning_cause::never_delivered : waning_cause::silent);
        } else if (sign.usual && sign.best && *sign.usual > limits.silent_after * *sign.best) {
            shows(waning_cause::slowing);
        }
        if (person.refusals >= limits.refusals_needed) {
            shows(waning_cause::repeated_refusals);
        }
    }

    table<rhythm_record, by_serving> people_;
    BOOST_DESCRIBE_CLASS(rhythm, (), (), (), (people_))
};

} // namespace koc
