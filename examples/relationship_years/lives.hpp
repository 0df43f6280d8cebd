// SPDX-License-Identifier: BSL-1.0
#pragma once

// Three people whose lives are written down, among all those that are drawn. Words in two languages
// are recorded as `Chinese | English`.

#include "community.hpp"
#include "desk.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace years {

/// Answers others with patience, and is shy.
inline constexpr koc::member_id helper{1};
/// Blames in public, and is right.
inline constexpr koc::member_id critic{2};
/// Has given much for years.
inline constexpr koc::member_id star{3};

class lives {
public:
    static constexpr std::int64_t weeks = 104; ///< from week 0, within which they are told

    lives(desk& at, community& among) : desk_{&at}, among_{&among} {}

    /// Sends what is written down for a week.
    void live(std::int64_t week);
    /// Sends proposals that nobody has answered when the story ends.
    void propose_something();

private:
    void live_star(std::int64_t week);
    void live_star_after_service(std::int64_t week);
    void live_helper(std::int64_t week);
    void live_helper_mature(std::int64_t week);
    void live_critic(std::int64_t week);
    void live_committee(std::int64_t week);
    void first_piece();
    void enrol_from_evidence(
        koc::member_id who, char const* name, std::vector<koc::weighted_tag> tags);
    void work(koc::member_id who, char const* title, std::int64_t quality);
    void step(koc::member_id who, char const* name, char const* evidence, koc::actor by);
    void honour(koc::member_id who, koc::alumni_role role, char const* thanks);
    [[nodiscard]] std::vector<koc::submission_id> works_of(koc::member_id who) const;

    desk* desk_;
    community* among_;
    std::uint64_t works_ = 0;
    std::uint64_t signals_ = 0;
    std::vector<koc::member_id> committee_;
    std::vector<koc::member_id> newcomers_;
};

} // namespace years
