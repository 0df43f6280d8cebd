// SPDX-License-Identifier: BSL-1.0
#pragma once

// Whether somebody may speak in public yet: the step of their plan has come, and who was not found
// on an open platform has shared in the brand's own communities. Both are read from records, so
// they hold in every stage, on every plan and on none.

#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/cultivation/messages/cultivation.hpp>
#include <koc/member/cultivation/messages/first_voice.hpp>
#include <koc/member/cultivation/messages/sessions.hpp>
#include <koc/member/messages/roster.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace koc::detail {

/// Whether somebody was found in the brand's own communities alone.
inline bool is_from_community(world_view const& in, member_id who) {
    return !in.at(who).sources.contains(source::open);
}

/// The step of plans by which members share in the brand's own communities.
inline std::string community_step_of(world_view const& in) {
    auto const* held = in.adopted_rules<first_voice_rules>();
    return held == nullptr ? first_voice_rules{}.community_step : held->community_step;
}

/// Whether somebody has shared in the brand's own communities: by that step of any plan, as
/// somebody else reported it, in a session of theirs, or as it was recorded. O(completed steps).
inline bool has_shared(world_view const& in, member_id who) {
    if (in.find_record<sharing_record>(who.value()) != nullptr) {
        return true;
    }
    auto const* given = in.find_record<session_credit>(who.value());
    if (given != nullptr && given->given > 0) {
        return true;
    }
    auto const* person = in.find_record<cultivation_record>(who.value());
    auto const step = community_step_of(in);
    auto const self = to_string(actor{actor_kind::member, who.value()});
    return person != nullptr &&
        std::any_of(
            person->completed.begin(), person->completed.end(), [&](step_completion const& done) {
                return done.by != self &&
                    in.at(done.plan).step_of(done.version, done.step).name == step;
            });
}

/// Whether the plan that somebody is on still has the step of sharing before them.
inline bool has_sharing_ahead(world_view const& in, member_id who) {
    auto const* person = in.find_record<cultivation_record>(who.value());
    if (person == nullptr || !person->plan) {
        return false;
    }
    auto const& steps = in.at(*person->plan).of_version(person->version).steps;
    auto const place = person->running.find(steps, community_step_of(in));
    return place &&
        (person->running.steps[*place].state == step_state::waiting ||
            person->running.steps[*place].state == step_state::open);
}

/// Refuses who was found in the brand's own communities and has not shared there.
inline result<void> check_shared(world_view const& in, member_id who) {
    if (!is_from_community(in, who) || has_shared(in, who)) {
        return {};
    }
    auto const step = koc::quoted(community_step_of(in));
    return error{errc::wrong_state, subject("member", who),
        "expected " + step +
            " first: who was found in the brand's own communities shares there before they speak "
            "in public; " +
            (has_sharing_ahead(in, who) ? "complete that step of their plan"
                                        : "have it recorded by record_sharing")};
}

/// Refuses who has steps to a first public piece on their plan, the first of which still waits.
/// What stands in its way is named.
inline result<void> check_voice_reached(world_view const& in, member_id who) {
    auto const* person = in.find_record<cultivation_record>(who.value());
    if (person == nullptr || !person->plan) {
        return {};
    }
    auto const& steps = in.at(*person->plan).of_version(person->version).steps;
    auto const step = std::find_if(steps.begin(), steps.end(),
        [](plan_step const& s) { return s.act == "agree_topic" || s.act == "publish_piece"; });
    auto const place = static_cast<std::size_t>(step - steps.begin());
    if (step == steps.end() || person->running.steps[place].state != step_state::waiting) {
        return {};
    }
    return person->running.check_end(steps, subject("member", who), step->name);
}

} // namespace koc::detail
