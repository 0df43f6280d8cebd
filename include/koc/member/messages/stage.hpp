// SPDX-License-Identifier: BSL-1.0
#pragma once

// The stages of a relationship and the table of its steps. It has no end: who steps back becomes an
// alumnus and may return, and nobody becomes active but by their own confirmed will.

#include <koc/core/instant.hpp>
#include <koc/lifecycle/transition_table.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>

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
/// Whether a member at this stage is a newcomer: budding or active.
constexpr bool is_newcomer(stage at) { return at == stage::budding || at == stage::active; }

/// What moves a relationship.
enum class stage_trigger : std::uint8_t {
    willingness_confirmed, ///< they want to take part
    excelled,              ///< an outcome was excellent
    waned,                 ///< they can give less
    role_accepted,         ///< they took an honorary role
};
BOOST_DESCRIBE_ENUM(stage_trigger, willingness_confirmed, excelled, waned, role_accepted)

/// What is known of a relationship when it might move. Outcomes are those of a window.
struct stage_evidence {
    bool contacted = false;            ///< whether anybody ever spoke to them
    std::int64_t outcomes = 0;         ///< within the window
    std::int64_t excellent = 0;        ///< of them
    duration sustained{};              ///< from the first excellent one to the newest
    std::int64_t excellent_needed = 1; ///< as the rules ask
    score share_needed{};              ///< of excellent ones among all
    duration sustained_needed{};       ///< as the rules ask
};

/// Holds for who was spoken to.
struct was_contacted {
    static constexpr std::string_view name = "was contacted";
    constexpr bool operator()(stage_evidence const& s) const { return s.contacted; }
};

/// Excellence more than once, over time, and not among much weak work.
struct sustained_excellence {
    static constexpr std::string_view name = "sustained excellence";
    constexpr bool operator()(stage_evidence const& s) const {
        return s.excellent >= s.excellent_needed && s.sustained >= s.sustained_needed &&
            whole(s.excellent) >= s.share_needed * whole(s.outcomes);
    }
};

/// The standard lifecycle: active only by a confirmed will, mature by sustained excellence.
using relationship_lifecycle = transition_table<initial<stage::budding>,
    row<stage::budding, stage_trigger::willingness_confirmed, stage::active, was_contacted>,
    row<stage::active, stage_trigger::excelled, stage::mature, sustained_excellence>,
    row<stage::active, stage_trigger::waned, stage::evolving>,
    row<stage::mature, stage_trigger::waned, stage::evolving>,
    row<stage::evolving, stage_trigger::role_accepted, stage::alumni>,
    row<stage::evolving, stage_trigger::willingness_confirmed, stage::active>,
    row<stage::alumni, stage_trigger::willingness_confirmed, stage::active>,
    only_entry<stage::active, stage_trigger::willingness_confirmed>>;

/// A relationship moved. `rule` names what let it, with its version; the numbers are the evidence
/// of the window that a rule about excellence looked at.
struct stage_changed {
    member_id member;
    stage from{};
    stage to{};
    stage_trigger because{};
    std::string rule;
    std::int64_t outcomes = 0;  ///< within the window
    std::int64_t excellent = 0; ///< how many of them were excellent
    duration sustained{};       ///< from the first excellent one to the newest
};
BOOST_DESCRIBE_STRUCT(
    stage_changed, (), (member, from, to, because, rule, outcomes, excellent, sustained))

} // namespace koc
