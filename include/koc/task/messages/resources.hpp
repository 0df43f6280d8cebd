// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of scarce resources: what the brand lends to few, to whom and until when.

#include <koc/core/error.hpp>
#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/describe/personal_words.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/task/messages/submission.hpp>
#include <koc/workflow/quota.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc {

struct resource_kind {
    static constexpr char const* noun = "resource";
    using record = struct resource_record;
};
using resource_id = id<resource_kind>;
struct grant_kind {
    static constexpr char const* noun = "grant";
    using record = struct grant_record;
};
/// One person's place with a resource, from the request on. Ids rise in the order of asking.
using grant_id = id<grant_kind>;

/// What a resource is.
enum class resource_type : std::uint8_t {
    early_access,          ///< the product, before others have it
    exclusive_information, ///< technical information that is not public
    internal_event,        ///< a place at an event of the brand
};
BOOST_DESCRIBE_ENUM(resource_type, early_access, exclusive_information, internal_event)

/// Where one person's place with a resource stands.
enum class grant_stage : std::uint8_t {
    waiting,   ///< for a seat
    held,      ///< a seat, until a time, unless it is used before
    used,      ///< the seat stays theirs for a time, which work that was made with it renews
    returned,  ///< given back without being used, or the request was taken back
    lapsed,    ///< held too long without being used
    revoked,   ///< taken away, for a reason
    finished,  ///< used, and come back after it
    withdrawn, ///< come back without being used, as it is no longer for who had it
};
BOOST_DESCRIBE_ENUM(
    grant_stage, waiting, held, used, returned, lapsed, revoked, finished, withdrawn)

/// How much one person may hold.
struct resource_rules {
    std::int64_t held_max = 2; ///< seats of all resources, held or used, at a time
};
BOOST_DESCRIBE_STRUCT(resource_rules, (), (held_max))

inline result<void> check(resource_rules const& rules) {
    if (rules.held_max < 0) {
        return error{
            errc::invalid_argument, "resource_rules.held_max", "expected a number of 0 or more"};
    }
    return {};
}

/// Puts a resource in stock.
struct stock_resource {
    resource_id resource;
    std::string name; ///< one line
    resource_type type{};
    std::string details;      ///< one line that only holders may read, such as where it is
    std::int64_t seats = 1;   ///< from 1 to 100,000
    duration hold = days(14); ///< above 0: an unused seat comes back after it
    /// Who may have it.
    requirement audience =
        has("source", "open") && (has("stage", "active") || has("stage", "mature"));
    /// Above 0: a used seat comes back so long after its use, or after the last work that shows it.
    duration lease = days(90);
    /// In place of `hold`, from 1 to 1,000 working days of the programme's calendar: an unused seat
    /// comes back at the end of the last of them on the member's own clocks.
    std::optional<std::int64_t> hold_days = {};
    std::optional<std::int64_t> lease_days = {}; ///< the same in place of `lease`
};
BOOST_DESCRIBE_STRUCT(stock_resource, (),
    (resource, name, type, details, seats, hold, audience, lease, hold_days, lease_days))

/// The most seats that a resource may have.
inline constexpr std::int64_t seats_max = 100'000;

/// Whether what is put in stock says what it is and how long it is lent.
inline result<void> check_stock(stock_resource const& stocked) {
    auto const name = subject("resource", stocked.resource);
    if (auto refused = check_name("name of " + name, stocked.name)) {
        return *std::move(refused);
    }
    if (auto refused = check_name("details of " + name, stocked.details)) {
        return *std::move(refused);
    }
    if (stocked.seats < 1 || stocked.seats > seats_max) {
        return error{errc::invalid_argument, name, "expected from 1 to 100,000 seats"};
    }
    if (stocked.hold <= duration{}) {
        return error{errc::invalid_argument, name,
            "expected a span above 0 after which an unused seat comes back"};
    }
    if (stocked.lease <= duration{}) {
        return error{errc::invalid_argument, name,
            "expected a lease above 0 after which a used seat comes back"};
    }
    for (auto const& working : {stocked.hold_days, stocked.lease_days}) {
        if (working && (*working < 1 || *working > 1'000)) {
            return error{errc::invalid_argument, name,
                "expected from 1 to 1,000 working days after which a seat comes back, or none so "
                "that the span counts"};
        }
    }
    return {};
}

/// Raises the stock of a resource; the new seats go to those who wait.
struct raise_stock {
    resource_id resource;
    std::int64_t seats = 1; ///< in all: more than there were, up to 100,000
};
BOOST_DESCRIBE_STRUCT(raise_stock, (), (resource, seats))

/// Asks for a seat for a member. They get it at once where one is free, otherwise when their turn
/// comes: seats go by the order of asking among those who may have them then. From whom the
/// resource was taken away does not ask themself: an employee or the host, who may let them have it
/// again, asks for them.
struct request_resource {
    resource_id resource;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(request_resource, (), (resource, member))

/// Records that a member used their seat, and a piece of their work that was made with it, if any:
/// work that was handed in since they had the seat. The member names work; without any, an employee
/// or the host records the use, such as that the car was handed over. It may come again with other
/// work, also after the seat came back.
///
/// The lease begins anew with the word of an employee or the host. Work that the member names is
/// noted, and keeps the seat for a lease from when it was handed in as soon as it passed its
/// review; until then the seat comes back when it would have.
struct use_resource {
    grant_id grant;
    std::optional<submission_id> work; ///< theirs, handed in since they had the seat
};
BOOST_DESCRIBE_STRUCT(use_resource, (), (grant, work))

/// Gives a seat back that is held or used, or takes a request back. What was made with a used one
/// stays in the comparison.
struct return_resource {
    grant_id grant;
};
BOOST_DESCRIBE_STRUCT(return_resource, (), (grant))

/// Takes a resource away from a member, whether they have a seat, wait for one or had one; whatever
/// seat of it they have, or wait for, goes with it. They do not ask for it again themselves; see
/// request_resource.
struct revoke_resource {
    grant_id grant;
    personal_words reason; ///< one line
};
BOOST_DESCRIBE_STRUCT(revoke_resource, (), (grant, reason))

/// A resource is in stock.
struct resource_stocked {
    stock_resource stocked;
};
BOOST_DESCRIBE_STRUCT(resource_stocked, (), (stocked))

/// A resource has more seats.
struct stock_raised {
    resource_id resource;
    std::int64_t seats = 1; ///< in all
};
BOOST_DESCRIBE_STRUCT(stock_raised, (), (resource, seats))

/// A member waits for a seat.
struct resource_requested {
    grant_id grant;
    resource_id resource;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(resource_requested, (), (grant, resource, member))

/// A member has a seat.
struct resource_granted {
    grant_id grant;
    resource_id resource;
    member_id member;
    instant until; ///< use it before
};
BOOST_DESCRIBE_STRUCT(resource_granted, (), (grant, resource, member, until))

/// A member used their seat, with a piece of work if there was one, or work that was noted for it
/// passed its review, which keeps the seat for longer.
struct resource_used {
    grant_id grant;
    std::optional<submission_id> work;
    std::optional<instant> until; ///< when the seat comes back; none where it came back before
};
BOOST_DESCRIBE_STRUCT(resource_used, (), (grant, work, until))

/// A seat, or a place in line, was given back.
struct resource_returned {
    grant_id grant;
};
BOOST_DESCRIBE_STRUCT(resource_returned, (), (grant))

/// A seat was not used in time and comes back.
struct resource_lapsed {
    grant_id grant;
};
BOOST_DESCRIBE_STRUCT(resource_lapsed, (), (grant))

/// The lease of a used seat has ended without further work that shows its use: it comes back.
struct resource_lease_ended {
    grant_id grant;
};
BOOST_DESCRIBE_STRUCT(resource_lease_ended, (), (grant))

/// A seat comes back, as the resource is no longer for who had it. They may ask again when it is.
struct resource_withdrawn {
    grant_id grant;
    std::string reason; ///< the part of the audience that they are not of any more
};
BOOST_DESCRIBE_STRUCT(resource_withdrawn, (), (grant, reason))

/// A seat, held or used, was taken away, or one that came back or was waited for is not given
/// again.
struct resource_revoked {
    grant_id grant;
    personal_text reason; ///< the holder's
};
BOOST_DESCRIBE_STRUCT(resource_revoked, (), (grant, reason))

/// A resource, and how many of its seats are taken.
struct resource_record {
    resource_id id;
    stock_resource stocked;
    quota seats; ///< how many there are and are taken
};
BOOST_DESCRIBE_STRUCT(resource_record, (), (id, stocked, seats))

/// One person's seat, or place in line.
struct grant_record {
    grant_id id;
    resource_id resource;
    member_id member;
    grant_stage stage = grant_stage::waiting;
    std::optional<instant> granted_at; ///< none while they wait
    std::vector<submission_id> works;  ///< made with it, ascending
    bool was_used = false;             ///< at some time, whatever became of it
};
BOOST_DESCRIBE_STRUCT(grant_record, (), (id, resource, member, stage, granted_at, works, was_used))

/// How many seats of all resources a member has.
struct holder_record {
    member_id id;
    std::int64_t taken = 0; ///< seats of all resources, held or used
};
BOOST_DESCRIBE_STRUCT(holder_record, (), (id, taken))

/// A member's work that was handed in before they had a resource, and their work that was made with
/// it.
struct resource_effect {
    member_id member;
    std::int64_t works_before = 0; ///< how many were judged
    std::optional<score> before;   ///< mean quality; none without work
    std::int64_t works_with = 0;   ///< how many were judged
    std::optional<score> with;     ///< their mean quality, from 0 to 1; none without work

    friend bool operator==(resource_effect const&, resource_effect const&) = default;
};
BOOST_DESCRIBE_STRUCT(resource_effect, (), (member, works_before, before, works_with, with))

/// What a resource is about, for a member who has a seat and for whom it still is. A member asks
/// for themselves.
struct read_resource {
    using answer = std::string;
    resource_id resource;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(read_resource, (), (resource, member))

/// The grants of a resource in the order of asking.
struct list_grants {
    using answer = std::vector<grant_record>;
    resource_id resource;
};
BOOST_DESCRIBE_STRUCT(list_grants, (), (resource))

/// For each member who used a resource: their judged work before and with it, in the order of
/// asking. O(their work).
struct compare_resource {
    using answer = std::vector<resource_effect>;
    resource_id resource;
};
BOOST_DESCRIBE_STRUCT(compare_resource, (), (resource))

} // namespace koc
