// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of growth: how a member's reviewed work rises from turn to turn, dimension by dimension,
// and after which support.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

struct support_kind {
    static constexpr char const* noun = "support";
    using record = struct support_record;
};
/// Support that somebody was given. Ids rise in the order in which it was told.
using support_id = id<support_kind>;

/// What somebody was helped by.
enum class support_type : std::uint8_t {
    training,    ///< a step of training, of a plan or of the onboarding
    session,     ///< a session of sharing that they attended
    mentoring,   ///< a mentor began to lead them
    co_planning, ///< a topic that both sides agreed to
};
BOOST_DESCRIBE_ENUM(support_type, training, session, mentoring, co_planning)

/// How growth is read.
struct growth_rules {
    std::int64_t works_per_turn = 3; ///< from 1 to 1,000; as many before and after a support
    score rise_min = percent(3);     ///< from here on a dimension rose; above 0, up to 1
    /// Steps of cultivation plans that are training, by name.
    std::vector<std::string> training_steps{
        "direction calibration", "content training", "product day"};
};
BOOST_DESCRIBE_STRUCT(growth_rules, (), (works_per_turn, rise_min, training_steps))

inline result<void> check(growth_rules const& rules) {
    if (rules.works_per_turn < 1 || rules.works_per_turn > 1000) {
        return error{errc::invalid_argument, "growth_rules.works_per_turn",
            "expected from 1 to 1,000 pieces of work"};
    }
    if (rules.rise_min <= score{} || rules.rise_min > whole(1)) {
        return error{errc::invalid_argument, "growth_rules.rise_min",
            "expected a difference above 0 and up to 1"};
    }
    for (auto const& step : rules.training_steps) {
        if (auto refused = check_name("growth_rules.training_steps", step)) {
            return *std::move(refused);
        }
    }
    return {};
}

/// Support as it was given.
struct support_record {
    support_id id;
    member_id member;
    support_type type{};
    std::string by; ///< what it was, such as `step 2`, `session 4` or `member 7`
    instant at;
};
BOOST_DESCRIBE_STRUCT(support_record, (), (id, member, type, by, at))

/// How one dimension of the rubric changed: the mean ratings of the work before and after.
struct dimension_change {
    std::string dimension;
    std::optional<score> before; ///< none where no work before was rated in it
    score after;
    bool rose = false; ///< by growth_rules::rise_min or more
    bool fell = false; ///< likewise

    friend bool operator==(dimension_change const&, dimension_change const&) = default;
};
BOOST_DESCRIBE_STRUCT(dimension_change, (), (dimension, before, after, rose, fell))

/// A turn of the spiral: so many pieces of work in the order in which they were handed in.
struct growth_turn {
    instant from; ///< the first was handed in
    instant to;   ///< the last was handed in
    score quality;
    std::optional<bool> higher;               ///< than the turn before; none of the first
    std::vector<dimension_change> dimensions; ///< against the turn before, ascending by name
};
BOOST_DESCRIBE_STRUCT(growth_turn, (), (from, to, quality, higher, dimensions))

/// What came after a support: the nearest pieces of work before it and after it, at most a turn's
/// on each side. It says what followed, not what caused it.
struct support_effect {
    support_type type{};
    std::string by;
    instant at;
    std::int64_t works_before = 0;
    std::int64_t works_after = 0;
    bool too_few = true; ///< a side has less than a turn's work, so that nothing is said yet
    std::vector<dimension_change> dimensions; ///< ascending by name
};
BOOST_DESCRIBE_STRUCT(
    support_effect, (), (type, by, at, works_before, works_after, too_few, dimensions))

/// A member's growth.
struct growth_view {
    std::vector<growth_turn> turns;       ///< the full ones, oldest first
    std::int64_t works_left = 0;          ///< since the last full turn
    std::vector<support_effect> supports; ///< oldest first
};
BOOST_DESCRIBE_STRUCT(growth_view, (), (turns, works_left, supports))

/// How a member's reviewed work rose. Asked by the member, an employee or the host; nothing is said
/// of alumni. O(their work * their support).
struct show_growth {
    using answer = growth_view;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(show_growth, (), (member))

} // namespace koc
