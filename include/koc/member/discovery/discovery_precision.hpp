// SPDX-License-Identifier: BSL-1.0
#pragma once

// The precision of discovery. Whoever a recorded shortlist names is followed: were they admitted,
// did they become active, and mature. By where they were found and which signals brought them onto
// the list this tells how precise each is; a tuning gives the signals weights from it, by a rule
// that anybody can recompute, and discovery ranks by these from then on.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/discovery/messages/discovery_precision.hpp>
#include <koc/member/messages/roster.hpp>
#include <koc/member/messages/stage.hpp>
#include <koc/state/table.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// Follows whom shortlists named, and tunes the weights of discovery.
class discovery_precision : public aspect<discovery_precision> {
public:
    using events = event_list<discovery_tuned>;
    using commands = command_list<tune_discovery>;
    using queries = query_list<discovery_funnel, propose_weights>;
    using follows = event_list<shortlist_drawn, member_enrolled, stage_changed>;
    using rules = precision_rules;

    static constexpr auto guards(tune_discovery const*) { return require(by_desk<tune_discovery>); }
    result<void> decide(tune_discovery const&, context& in) const {
        auto const all = judged(in);
        KOC_TRY(check_judged(all, in));
        auto changes = changes_by(all, in);
        std::erase_if(changes, [](weight_change const& one) { return one.was == one.weight; });
        if (!changes.empty()) {
            in.record(discovery_tuned{std::move(changes), all.at({}).people});
        }
        return {};
    }

    [[nodiscard]] result<std::vector<funnel_row>> answer(
        discovery_funnel const& query, world const& in) const {
        if (query.until <= query.from) {
            return error{
                errc::invalid_argument, "discovery_funnel.until", "expected an instant after from"};
        }
        std::vector<funnel_row> rows;
        for (auto& [key, row] : rows_of(query.from, query.until, in)) {
            rows.push_back(row);
        }
        return rows;
    }
    [[nodiscard]] result<std::vector<weight_change>> answer(
        propose_weights const&, world const& in) const {
        auto const all = judged(in);
        KOC_TRY(check_judged(all, in));
        return changes_by(all, in);
    }

    void apply(shortlist_drawn const& event, world const& in) {
        for (auto const& one : event.candidates) {
            if (!people_.contains(one.person)) {
                auto sources = one.sources;
                std::sort(sources.begin(), sources.end());
                people_.insert(
                    {one.person, in.now(), std::move(sources), shares_of(one), {}, false, false});
            }
        }
    }
    void apply(member_enrolled const& event, world const& in) {
        people_.update(event.member, [&](listed_person& one) { one.admitted_at = in.now(); });
    }
    void apply(stage_changed const& event, world const&) {
        if (event.to == stage::active || event.to == stage::mature) {
            people_.update(event.member, [&](listed_person& one) {
                (event.to == stage::active ? one.active : one.mature) = true;
            });
        }
    }
    void apply(discovery_tuned const& event, world const&) {
        weights_.put(discovery_weights_id{1}, [&](discovery_weights& all) {
            for (auto const& change : event.changes) {
                auto const at = std::lower_bound(all.weights.begin(), all.weights.end(), change,
                    [](signal_weight const& known, weight_change const& wanted) {
                        return known.signal < wanted.signal;
                    });
                if (at != all.weights.end() && at->signal == change.signal) {
                    at->weight = change.weight;
                } else {
                    all.weights.insert(at, {change.signal, change.weight});
                }
            }
        });
    }

private:
    using row_key = std::pair<std::vector<source>, std::string>;
    using row_map = std::map<row_key, funnel_row>;

    /// What spoke for a candidate, and how much of the fit that was.
    [[nodiscard]] static std::vector<signal_share> shares_of(candidate const& one) {
        std::map<std::string, score> amounts;
        for (auto const& part : one.why.parts) {
            amounts[part.signal] += part.amount;
        }
        std::vector<signal_share> found;
        for (auto const& [signal, amount] : amounts) {
            if (amount > score{}) {
                auto const whole_fit = (std::max)(one.fit, amount);
                found.push_back({signal, ratio(amount.raw, whole_fit.raw)});
            }
        }
        return found;
    }
    [[nodiscard]] row_map rows_of(instant from, instant until, world const& in) const {
        auto const& limits = in.rules<rules>();
        row_map rows;
        auto const count = [&](listed_person const& one, std::vector<source> const& sources,
                               std::string const& signal) {
            auto& people = rows[{sources, signal}].people;
            ++people.listed;
            people.admitted += one.admitted_at ? 1 : 0;
            people.active += one.active ? 1 : 0;
            people.mature += one.mature ? 1 : 0;
        };
        people_.for_each([&](listed_person const& one) {
            if (one.listed_at < from || one.listed_at >= until) {
                return;
            }
            for (auto const& sources : {std::vector<source>{}, one.sources}) {
                count(one, sources, {});
                for (auto const& part : one.shares) {
                    if (part.share >= limits.share_min) {
                        count(one, sources, part.signal);
                    }
                }
            }
        });
        for (auto& [key, row] : rows) {
            row.sources = key.first;
            row.signal = key.second;
            if (row.people.admitted >= limits.enough) {
                row.says = telling::measured;
                row.precision = ratio(row.people.mature, row.people.admitted);
            }
        }
        return rows;
    }
    /// The rows of the people who are judged now.
    [[nodiscard]] row_map judged(world const& in) const {
        auto const& limits = in.rules<rules>();
        // Who was listed exactly settles_after ago is judged; instants are whole milliseconds.
        return rows_of(in.now() - limits.looks_back + duration{1},
            in.now() - limits.settles_after + duration{1}, in);
    }
    [[nodiscard]] static result<void> check_judged(row_map const& rows, world const& in) {
        auto const all = rows.find({});
        auto const people = all == rows.end() ? funnel{} : all->second.people;
        auto const enough = in.rules<rules>().enough;
        if (people.admitted < enough) {
            return error{errc::not_qualified, "weights of discovery",
                "expected at least " + std::to_string(enough) +
                    " admitted people whose first shortlist is old enough, but there are " +
                    std::to_string(people.admitted) + ": too few to say; wait"};
        }
        if (people.mature == 0) {
            return error{errc::not_qualified, "weights of discovery",
                "expected that somebody of those who were admitted became mature, as there is "
                "nothing to compare with otherwise; wait"};
        }
        return {};
    }
    [[nodiscard]] static std::vector<weight_change> changes_by(
        row_map const& rows, world const& in) {
        auto const& limits = in.rules<rules>();
        auto const* known = discovery_weights::in_use(in);
        auto const& all = rows.at({}).people;
        std::vector<weight_change> changes;
        for (auto const& [key, row] : rows) {
            if (row.sources.empty() && !row.signal.empty() && row.says == telling::measured) {
                auto const was = known == nullptr ? whole(1) : known->of(row.signal);
                changes.push_back(
                    {row.signal, was, tuned_weight(was, row.people, all, limits), row.people});
            }
        }
        return changes;
    }

    table<listed_person> people_;
    table<discovery_weights> weights_;
    BOOST_DESCRIBE_CLASS(discovery_precision, (), (), (), (people_, weights_))
};

} // namespace koc
