// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of features: when a feature of the product was released, and who used it first.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

struct feature_kind {
    static constexpr char const* noun = "feature";
    using record = struct feature_record;
};
/// A feature of the product, by the id that the host knows it by.
using feature_id = id<feature_kind>;

/// When being early counts.
struct feature_rules {
    score detail_min = percent(30); ///< feedback with less detail does not count with a first use
    /// Being early counts half after each such part of those who tried; above 0, at most 1.
    score early_share = percent(10);
};
BOOST_DESCRIBE_STRUCT(feature_rules, (), (detail_min, early_share))

inline result<void> check(feature_rules const& rules) {
    if (rules.detail_min < score{} || rules.detail_min > whole(1) || rules.early_share <= score{} ||
        rules.early_share > whole(1)) {
        return error{errc::invalid_argument, "feature_rules",
            "expected a detail from 0 to 1 and a share above 0 and at most 1"};
    }
    return {};
}

/// A feature can be used from an instant on, which may still lie ahead. It is told once.
struct release_feature {
    feature_id feature;
    std::string name; ///< one line
    instant at;       ///< when it was, or will be, released
};
BOOST_DESCRIBE_STRUCT(release_feature, (), (feature, name, at))

/// A feature can be used from an instant on.
struct feature_released {
    feature_id feature;
    std::string name;
    instant at; ///< from when on it can be used
};
BOOST_DESCRIBE_STRUCT(feature_released, (), (feature, name, at))

/// A feature that was released.
struct feature_record {
    feature_id id;
    std::string name;
    instant released; ///< from when on it can be used
};
BOOST_DESCRIBE_STRUCT(feature_record, (), (id, name, released))

struct feature_use_kind {
    static constexpr char const* noun = "use of a feature";
    using record = struct feature_use_record;
};
/// What is known of one person and one feature, by the number of the signal that told it first.
using feature_use_id = id<feature_use_kind>;

/// One person and one feature.
struct feature_use_record {
    feature_use_id id;
    feature_id feature;
    member_id person;
    std::optional<instant> tried; ///< the earliest try that was told
    score detail;                 ///< of their most detailed feedback on it
};
BOOST_DESCRIBE_STRUCT(feature_use_record, (), (id, feature, person, tried, detail))

/// Somebody among those who tried a feature.
struct first_user {
    member_id person;
    instant tried;         ///< when they used it first
    std::int64_t rank = 0; ///< 1 and the number of people who tried earlier
    score detail;          ///< of their feedback on this feature
    score
        first_use; ///< what it counts for: how early, times the detail, 0 without detailed feedback

    friend bool operator==(first_user const&, first_user const&) = default;
};
BOOST_DESCRIBE_STRUCT(first_user, (), (person, tried, rank, detail, first_use))

/// The first `count` people who tried a feature by the instants of their tries, ties by id. Alumni
/// are left out, as if they had not tried it. O(people who tried it).
struct rank_first_users {
    using answer = std::vector<first_user>;
    feature_id feature;
    std::int64_t count = 20; ///< from 1 to 10,000
};
BOOST_DESCRIBE_STRUCT(rank_first_users, (), (feature, count))

} // namespace koc
