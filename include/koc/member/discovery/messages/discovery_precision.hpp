// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the precision of discovery: how far the people came whom a shortlist named, by where
// they were found and by the signals that brought them there, and the weights that follow from it.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// What counts as having brought somebody, when that is judged, and how far weights may move.
struct precision_rules {
    score share_min = percent(10); ///< of a fit, from which a signal brought the person; 0 to 1
    std::int64_t enough = 20;      ///< admitted people, below whom nothing is said; 1 or more
    duration settles_after = days(180); ///< from the first shortlist until a person is judged
    duration looks_back = days(730); ///< of which shortlists a tuning judges; above settles_after
    score weight_min = percent(50);  ///< of a signal, from 0.01 to 1
    score weight_max = whole(2);     ///< likewise, from 1 to 100
    score step_max = percent(25);    ///< that one tuning moves a weight by at most; above 0
};
BOOST_DESCRIBE_STRUCT(precision_rules, (),
    (share_min, enough, settles_after, looks_back, weight_min, weight_max, step_max))

inline result<void> check(precision_rules const& rules) {
    auto const refused = [](char const* expected) {
        return error{errc::invalid_argument, "precision_rules", expected};
    };
    if (rules.share_min < score{} || rules.share_min > whole(1) || rules.enough < 1 ||
        rules.enough > 1'000'000) {
        return refused("expected share_min from 0 to 1, and enough from 1 to 1,000,000");
    }
    if (rules.settles_after < duration{} || rules.looks_back <= rules.settles_after) {
        return refused("expected settles_after of 0 or more, and looks_back longer than that");
    }
    if (rules.weight_min < percent(1) || rules.weight_min > whole(1) ||
        rules.weight_max < whole(1) || rules.weight_max > whole(100) || rules.step_max <= score{} ||
        rules.step_max > whole(100)) {
        return refused("expected weight_min from 0.01 to 1, weight_max from 1 to 100, and step_max "
                       "above 0 and at most 100");
    }
    return {};
}

/// How many of some people came how far. Each number includes those of the next.
struct funnel {
    std::int64_t listed = 0;   ///< named by a recorded shortlist
    std::int64_t admitted = 0; ///< then enrolled
    std::int64_t active = 0;   ///< ever
    std::int64_t mature = 0;   ///< ever

    friend bool operator==(funnel const&, funnel const&) = default;
};
BOOST_DESCRIBE_STRUCT(funnel, (), (listed, admitted, active, mature))

/// The weight of a signal after a tuning. It moves, by `step_max` at most, towards the share of the
/// mature among whom the signal brought, divided by that share among all, within the bounds.
/// Without a mature person it does not rise. `all` has at least one mature person, `of` at least
/// one admitted.
[[nodiscard]] constexpr score tuned_weight(
    score was, funnel const& of, funnel const& all, precision_rules const& rules) {
    auto const target = clamp(ratio(of.mature * all.admitted, of.admitted * all.mature),
        rules.weight_min, rules.weight_max);
    auto const moved = clamp(was + clamp(target - was, -rules.step_max, rules.step_max),
        rules.weight_min, rules.weight_max);
    return of.mature == 0 && moved > was ? was : moved;
}

/// Gives the signals of discovery the weights that propose_weights shows. Where no weight changes
/// nothing is recorded. For an employee or the host.
struct tune_discovery {};
BOOST_DESCRIBE_STRUCT(tune_discovery, (), ())

/// What a tuning makes of one signal, and whom that rests on.
struct weight_change {
    std::string signal; ///< the scorer's name for it
    score was;
    score weight;
    funnel people; ///< whom it brought

    friend bool operator==(weight_change const&, weight_change const&) = default;
};
BOOST_DESCRIBE_STRUCT(weight_change, (), (signal, was, weight, people))

/// Signals of discovery have other weights from now on.
struct discovery_tuned {
    std::vector<weight_change> changes; ///< ascending by signal
    funnel all;                         ///< everybody who was judged
};
BOOST_DESCRIBE_STRUCT(discovery_tuned, (), (changes, all))

/// A signal that spoke for somebody, and how much of their fit it was.
struct signal_share {
    std::string signal;
    score share;
};
BOOST_DESCRIBE_STRUCT(signal_share, (), (signal, share))

/// How far somebody came whom a shortlist named.
struct listed_person {
    member_id id;
    instant listed_at;                ///< by the first shortlist
    std::vector<source> sources;      ///< on that shortlist, ascending
    std::vector<signal_share> shares; ///< of their fit there, ascending by signal
    std::optional<instant> admitted_at;
    bool active = false; ///< ever
    bool mature = false; ///< ever
};
BOOST_DESCRIBE_STRUCT(
    listed_person, (), (id, listed_at, sources, shares, admitted_at, active, mature))

struct discovery_weights_kind {
    static constexpr char const* noun = "weights of discovery";
    using record = struct discovery_weights;
};
/// The weights of discovery; there is one record, with the id 1, from the first tuning on.
using discovery_weights_id = id<discovery_weights_kind>;

/// The weight of one signal of discovery.
struct signal_weight {
    std::string signal;
    score weight = whole(1);
};
BOOST_DESCRIBE_STRUCT(signal_weight, (), (signal, weight))

/// What each part of a candidate's fit is multiplied by. Parts of one name have one weight.
struct discovery_weights {
    discovery_weights_id id;
    std::vector<signal_weight> weights; ///< ascending by signal; the others have 1

    [[nodiscard]] score of(std::string_view signal) const {
        auto const at = std::lower_bound(weights.begin(), weights.end(), signal,
            [](signal_weight const& known, std::string_view name) { return known.signal < name; });
        return at == weights.end() || at->signal != signal ? whole(1) : at->weight;
    }
    /// The weights in use, or null where discovery was never tuned. `in` finds records.
    template <typename World>
    [[nodiscard]] static discovery_weights const* in_use(World const& in) {
        return in.template find_record<discovery_weights>(1);
    }
};
BOOST_DESCRIBE_STRUCT(discovery_weights, (), (id, weights))

/// Whether a share may be told of so few.
enum class telling : std::uint8_t {
    too_few_to_say, ///< fewer admitted than precision_rules say
    measured,
};
BOOST_DESCRIBE_ENUM(telling, too_few_to_say, measured)

/// The people of some source and signal. Who was brought by several signals is in the row of each.
struct funnel_row {
    std::vector<source> sources; ///< exactly these; none in rows about all sources
    std::string signal;          ///< empty in rows about all signals
    funnel people;
    telling says{};
    std::optional<score> precision; ///< the mature among the admitted, where that may be told

    friend bool operator==(funnel_row const&, funnel_row const&) = default;
};
BOOST_DESCRIBE_STRUCT(funnel_row, (), (sources, signal, people, says, precision))

/// How far those have come by now whom a recorded shortlist first named at `from` or later and
/// before `until`: one row for everybody, one for each signal, each source, and each signal of a
/// source. By sources, then signals. O(people who were listed).
struct discovery_funnel {
    using answer = std::vector<funnel_row>;
    instant from;
    instant until;
};
BOOST_DESCRIBE_STRUCT(discovery_funnel, (), (from, until))

/// What tune_discovery would record now, unchanged weights included: a row for each signal that
/// brought enough of the people whose first shortlist is `settles_after` old or older, and less
/// than `looks_back`. Refused where these are too few, or nobody of them became mature.
struct propose_weights {
    using answer = std::vector<weight_change>;
};
BOOST_DESCRIBE_STRUCT(propose_weights, (), ())

} // namespace koc
