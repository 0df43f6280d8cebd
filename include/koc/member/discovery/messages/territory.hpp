// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of territories: the fields of content that the programme wants to be known for, and the
// people whose own content lies in them.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace koc {

struct territory_kind {
    static constexpr char const* noun = "territory";
    using record = struct territory_record;
};
/// A field of content.
using territory_id = id<territory_kind>;

/// The most natives that can be wanted.
inline constexpr std::int64_t natives_most = 1'000'000;

/// Who counts as a native. Read when it is asked for, so it may change at any time.
struct territory_rules {
    std::int64_t imagined = 2;      ///< pieces elsewhere and of no depth that everybody begins with
    score native_min = percent(25); ///< the fit from which somebody is a native
};
BOOST_DESCRIBE_STRUCT(territory_rules, (), (imagined, native_min))

inline result<void> check(territory_rules const& rules) {
    if (rules.imagined < 1 || rules.imagined > 1000 || rules.native_min <= score{} ||
        rules.native_min > whole(1)) {
        return error{errc::invalid_argument, "territory_rules",
            "expected from 1 to 1000 imagined pieces and a fit above 0 and at most 1"};
    }
    return {};
}

/// Declares a territory by the tags that make it, each with how much it belongs to it. A tag stands
/// for all below it.
struct declare_territory {
    territory_id territory;
    std::string name;                ///< one line
    std::vector<weighted_tag> tags;  ///< at least one; each once, weights above 0 and at most 1
    std::int64_t natives_wanted = 1; ///< from 1 to `natives_most`
};
BOOST_DESCRIBE_STRUCT(declare_territory, (), (territory, name, tags, natives_wanted))

/// A field of content has a map from now on.
struct territory_declared {
    territory_id territory;
    std::string name;
    tag_set tags;
    std::int64_t natives_wanted = 1;
};
BOOST_DESCRIBE_STRUCT(territory_declared, (), (territory, name, tags, natives_wanted))
/// What `declare_territory` lets through.
inline result<void> check(territory_declared const& event) {
    KOC_TRY(
        check_between("territory_declared.natives_wanted", event.natives_wanted, 1, natives_most));
    for (auto const& each : event.tags) {
        KOC_TRY(check_share("territory_declared.tags", each.weight));
    }
    return {};
}

/// A field of content.
struct territory_record {
    territory_id id;
    std::string name;
    tag_set tags;
    std::int64_t natives_wanted = 1;
};
BOOST_DESCRIBE_STRUCT(territory_record, (), (id, name, tags, natives_wanted))

/// A piece that somebody published without being asked, by the number of its signal.
struct own_piece_kind {
    static constexpr char const* noun = "piece";
    using record = struct own_piece;
};
using own_piece_id = id<own_piece_kind>;
/// What of a piece is needed to place it.
struct own_piece {
    own_piece_id id;
    member_id person;
    score depth;               ///< from 0 to 1
    std::vector<tag_id> about; ///< its tags, each once
};
BOOST_DESCRIBE_STRUCT(own_piece, (), (id, person, depth, about))

/// How much somebody's own content lies in a territory. Ratios from 0 to 1; followers have no part
/// in it.
struct native {
    member_id person;
    score fit;               ///< share x depth
    score share;             ///< the part of their own pieces that lies in it, shrunk towards 0
    score depth;             ///< how thorough these are on average, shrunk towards 0
    std::int64_t pieces = 0; ///< those of their own pieces that lie in it at all
    bool in_service = false; ///< enrolled

    friend bool operator==(native const&, native const&) = default;
};
BOOST_DESCRIBE_STRUCT(native, (), (person, fit, share, depth, pieces, in_service))

/// The natives of a territory, enrolled or not, the best fit first, ties by id. Alumni are left
/// out. O(all own pieces).
struct list_natives {
    using answer = std::vector<native>;
    territory_id territory;
    std::int64_t count = 20; ///< from 1 to 10,000
};
BOOST_DESCRIBE_STRUCT(list_natives, (), (territory, count))

/// One territory on the map.
struct territory_state {
    territory_id territory;
    std::string name;
    std::int64_t wanted = 0;      ///< natives in service
    std::int64_t in_service = 0;  ///< natives who are enrolled and not of the alumni
    std::int64_t to_approach = 0; ///< natives who are not enrolled
    std::int64_t missing = 0;     ///< how many natives in service there are too few

    friend bool operator==(territory_state const&, territory_state const&) = default;
};
BOOST_DESCRIBE_STRUCT(
    territory_state, (), (territory, name, wanted, in_service, to_approach, missing))

/// All territories in the order in which they were declared, with the gaps. O(territories x own
/// pieces).
struct map_territories {
    using answer = std::vector<territory_state>;
};
BOOST_DESCRIBE_STRUCT(map_territories, (), ())

} // namespace koc
