// SPDX-License-Identifier: BSL-1.0
#pragma once

// Seats of resources: which grants take one, in which order they are served, who may ask for one
// and have it now, until when, what shows that one was used, and what that work was like.

#include <koc/core/civil.hpp>
#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/misfit.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/core/working_days.hpp>
#include <koc/describe/described_enum.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/detail/accounts.hpp>
#include <koc/member/detail/assessed.hpp>
#include <koc/member/member.hpp>
#include <koc/member/own_time.hpp>
#include <koc/member/roster.hpp>
#include <koc/number/score.hpp>
#include <koc/programme/messages/calendar.hpp>
#include <koc/state/table.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/task/messages/resources.hpp>
#include <koc/task/messages/review.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/task/review.hpp>
#include <koc/task/task.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

/// Whether a grant at this stage takes a seat.
inline bool takes_seat(grant_stage s) { return s == grant_stage::held || s == grant_stage::used; }

/// Whether who has a grant at this stage has a seat or waits for one.
inline bool is_open(grant_stage s) { return takes_seat(s) || s == grant_stage::waiting; }

/// Returns the grant; throws a misfit where no seat was ever given for it.
inline grant_record const& granted(grant_record const& grant) {
    if (!grant.granted_at) {
        throw_misfit("a seat of " + subject("grant", grant.id));
    }
    return grant;
}

/// Whether this work was noted for the use of this grant.
inline bool shows(grant_record const& grant, submission_id work) {
    return std::binary_search(grant.works.begin(), grant.works.end(), work);
}

/// Copies of grants in the order of asking.
inline std::vector<grant_record> in_order_of_asking(found_records<grant_record> const& all) {
    std::vector<grant_record> grants(all.begin(), all.end());
    std::sort(grants.begin(), grants.end(),
        [](grant_record const& a, grant_record const& b) { return a.id < b.id; });
    return grants;
}

/// Whether a resource is for a known member now: none, or the part of its audience that they are
/// not of. Refused where the audience cannot be told, as when a tag of it is sensitive by now.
inline result<std::optional<std::string>> missing_for(
    world_view const& in, resource_record const& known, member_id who) {
    auto const audience = tasks::compile(in, known.stocked.audience);
    if (!audience) {
        return audience.error();
    }
    auto const& people = in.aspect<roster>().people();
    auto const failed = audience->first_failure(people, people.searched_slot(who));
    return failed ? std::optional{to_string(*failed)} : std::nullopt;
}

/// The same as a refusal.
inline result<void> check_entitled(
    world_view const& in, resource_record const& known, member_id who) {
    auto const missing = missing_for(in, known, who);
    if (!missing) {
        return missing.error();
    }
    if (!*missing) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        "expected somebody for whom " + subject("resource", known.id) + " is: " + **missing};
}

/// When a seat ends that somebody has for so long from an instant on: after the span, or with a
/// working day on their clocks.
template <typename Context>
instant seat_end(Context const& in, member_id who, instant from, duration lasts,
    std::optional<std::int64_t> const& working_days) {
    if (!working_days) {
        return from + lasts;
    }
    calendar_rules const& programme = in.template rules<calendar_rules>();
    own_time const& clocks = in.template get<own_time>();
    return working_days_after(programme.working,
        clocks.clock_of(who, programme, in.template rules<own_time_rules>()).zone, from,
        *working_days);
}
/// When a seat comes back unused that is given now.
template <typename Context>
instant hold_end(Context const& in, stock_resource const& lent, member_id who) {
    return seat_end(in, who, in.now(), lent.hold, lent.hold_days);
}
/// When a seat comes back whose use an employee or the host records now.
template <typename Context>
instant lease_end(Context const& in, stock_resource const& lent, member_id who) {
    return seat_end(in, who, in.now(), lent.lease, lent.lease_days);
}
/// When a seat comes back for whose use work was noted: where that passed its review, not before a
/// lease from when it was handed in, and otherwise as before.
template <typename Context>
instant kept_until(
    Context const& in, stock_resource const& lent, submission_id work, instant before) {
    auto const* judged = in.template find_record<review_record>(work.value());
    return judged == nullptr || !judged->passed
        ? before
        : (std::max)(before, seat_end(in, judged->member, judged->at, lent.lease, lent.lease_days));
}

/// The refusal of what does not go with the stage of a grant.
inline error wrong_stage(grant_record const& grant, std::string const& expected) {
    return {errc::wrong_state, subject("grant", grant.id),
        "expected a seat that is " + expected + ", not one that is " +
            std::string{name_of(grant.stage)}};
}

/// Refuses a number of seats that is no more than there are, or more than there may be.
inline result<void> check_raised(resource_record const& known, std::int64_t seats) {
    if (seats > known.seats.limit && seats <= seats_max) {
        return {};
    }
    return error{errc::invalid_argument, subject("resource", known.id),
        "expected more seats than the " + std::to_string(known.seats.limit) +
            " that there are, and 100,000 at most; name how many there are in all"};
}

/// Refuses a request of a resource by these grants of it that the person has or had: for who has or
/// waits for one, and by a member from whom it was taken away.
inline result<void> check_may_ask(
    actor by, request_resource const& asked, std::vector<grant_record> const& theirs) {
    auto const name = subject("member", asked.member);
    for (auto const& known : theirs) {
        if (known.stage == grant_stage::revoked && by.kind == actor_kind::member) {
            return error{errc::not_qualified, name,
                "expected somebody from whom " + subject("resource", asked.resource) +
                    " was not taken away; have an employee or the host request it for them"};
        }
    }
    for (auto const& known : theirs) {
        if (is_open(known.stage)) {
            return error{errc::already_exists, name,
                "expected somebody who neither has nor waits for " +
                    subject("resource", asked.resource)};
        }
    }
    return {};
}

/// Which of the grants of a person are taken away with one of them: it, and those that are open.
inline std::vector<grant_record> taken_with(grant_id one, std::vector<grant_record> theirs) {
    std::erase_if(theirs,
        [&](grant_record const& grant) { return grant.id != one && !is_open(grant.stage); });
    return theirs;
}

/// Refuses work that does not show the use of a seat: of somebody else, from before it, or noted
/// for it already.
inline result<void> check_shows_use(
    world_view const& in, grant_record const& grant, submission_id which) {
    auto const name = subject("grant", grant.id);
    auto const* work = in.find(which);
    if (work == nullptr || work->member != grant.member) {
        return error{errc::unknown_id, subject("submission", which),
            "expected work of " + subject("member", grant.member)};
    }
    if (work->submitted_at < *grant.granted_at) {
        return error{errc::wrong_state, subject("submission", which),
            "expected work that was handed in since " + name + " was given, on " +
                to_iso8601(*grant.granted_at) + "; what came before was made without it"};
    }
    if (shows(grant, which)) {
        return error{errc::already_exists, subject("submission", which),
            "expected work that was not noted for " + name + " before"};
    }
    return {};
}

/// Refuses a use of a seat: of one that is not held or used, by a member's bare word, of somebody
/// for whom the resource is no longer, with work that does not show it, or once more without any. A
/// use that only work of the member shows may still be recorded, as when the hand-over is told
/// later. Work that was ready later is noted also for a use that has ended.
inline result<void> check_use(world_view const& in, resource_record const& known,
    grant_record const& grant, std::optional<submission_id> const& work) {
    auto const name = subject("grant", grant.id);
    auto const has_seat = takes_seat(grant.stage);
    if (!has_seat && !(grant.stage == grant_stage::finished && work)) {
        return wrong_stage(grant, "held");
    }
    if (!work && in.by().kind == actor_kind::member) {
        return error{errc::not_qualified, name,
            "expected " + to_string(in.by()) +
                " to name work that was made with it; hand some in and name it, or have an "
                "employee or the host record the use"};
    }
    KOC_TRY(has_seat ? check_entitled(in, known, grant.member) : result<void>{});
    if (work) {
        return check_shows_use(in, grant, *work);
    }
    if (grant.stage == grant_stage::used && grant.works.empty()) {
        return error{errc::already_exists, name, "expected a seat that was not used before"};
    }
    return {};
}

/// The work of who used a seat, by all their accounts, before it was given and with it.
inline resource_effect effect_of(
    world_view const& in, grant_record const& grant, koc::reviews const& judged) {
    resource_effect effect{kept_for(in, grant.member), 0, std::nullopt, 0, std::nullopt};
    std::int64_t before = 0;
    std::int64_t with = 0;
    each_account(in, effect.member, [&](member_id account) {
        for (auto const& work : judged.of(account)) {
            if (!work.assessed()) {
                continue;
            }
            if (shows(grant, work.id)) {
                ++effect.works_with;
                with += work.quality.raw;
            } else if (work.at < *grant.granted_at) {
                ++effect.works_before;
                before += work.quality.raw;
            }
        }
    });
    if (effect.works_before != 0) {
        effect.before = score{before / effect.works_before};
    }
    if (effect.works_with != 0) {
        effect.with = score{with / effect.works_with};
    }
    return effect;
}
/// The effect of each of these grants that was used, except those of alumni.
template <typename World>
std::vector<resource_effect> effects_of(std::vector<grant_record> const& grants, World const& in) {
    std::vector<resource_effect> found;
    for (auto const& grant : grants) {
        if (grant.was_used && !is_alumnus(in, kept_for(in, grant.member))) {
            found.push_back(effect_of(in, grant, in.template get<koc::reviews>()));
        }
    }
    return found;
}

} // namespace koc::detail
