// SPDX-License-Identifier: BSL-1.0
#pragma once

// The life of a relationship, as a table. It has no end: who steps back becomes a friend of the
// house and may return, and nobody becomes active by any other door than their own confirmed will.

#include <koc/core/instant.hpp>
#include <koc/lifecycle/transition_table.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace koc {

/// Where the relationship with a member stands.
enum class stage : std::uint8_t {
    budding,  ///< shows signs, has agreed to nothing
    active,   ///< wants to contribute
    mature,   ///< trusted partner, by sustained excellence
    evolving, ///< can give less; the change is being talked through
    alumni,   ///< holds an honorary role, is never assessed
};
BOOST_DESCRIBE_ENUM(stage, budding, active, mature, evolving, alumni)

/// What moves a relationship.
enum class moment : std::uint8_t {
    willingness_confirmed,
    excelled,
    waned,
    role_accepted,
};
BOOST_DESCRIBE_ENUM(moment, willingness_confirmed, excelled, waned, role_accepted)

/// What is known of a relationship when it might move.
struct standing {
    bool contacted = false;
    std::int64_t excellent = 0; ///< outcomes that were excellent
    std::int64_t excellent_needed = 1;
    duration sustained{}; ///< from the first excellent outcome to the newest
    duration sustained_needed{};
};

struct was_contacted {
    static constexpr std::string_view name = "was contacted";
    constexpr bool operator()(standing const& s) const { return s.contacted; }
};

/// Excellence more than once and over time; neither time nor a lucky day is enough.
struct sustained_excellence {
    static constexpr std::string_view name = "sustained excellence";
    constexpr bool operator()(standing const& s) const {
        return s.excellent >= s.excellent_needed && s.sustained >= s.sustained_needed;
    }
};

using relationship_lifecycle = transition_table<initial<stage::budding>,
    row<stage::budding, moment::willingness_confirmed, stage::active, was_contacted>,
    row<stage::active, moment::excelled, stage::mature, sustained_excellence>,
    row<stage::active, moment::waned, stage::evolving>,
    row<stage::mature, moment::waned, stage::evolving>,
    row<stage::evolving, moment::role_accepted, stage::alumni>,
    row<stage::evolving, moment::willingness_confirmed, stage::active>,
    row<stage::alumni, moment::willingness_confirmed, stage::active>,
    door<stage::active, moment::willingness_confirmed>>;

/// A relationship moved. `rule` names what let it, with its version; `excellent` and `sustained`
/// are the evidence that a rule about excellence looked at.
struct stage_changed {
    member_id member;
    stage from{};
    stage to{};
    moment because{};
    std::string rule;
    std::int64_t excellent = 0;
    duration sustained{};
};
BOOST_DESCRIBE_STRUCT(stage_changed, (), (member, from, to, because, rule, excellent, sustained))

} // namespace koc
