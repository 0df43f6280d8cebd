// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of feeds: the platforms that are watched, how far each was read, and which of them fell
// silent or runs late. What is older than the newest signal that is known of a platform (a
// backfill, or a straggler) is kept as any signal is, and says nothing about either.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/number/check_number.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// Declares a platform that is watched from now on, or watches a retired one again, from where it
/// was read last.
struct declare_platform {
    platform_id platform;
    std::string name;                ///< one line
    duration silent_after = days(2); ///< an alarm where nothing new comes for so long; above 0
    duration late_after = days(7);   ///< late where what is newest comes at this age; above 0
};
BOOST_DESCRIBE_STRUCT(declare_platform, (), (platform, name, silent_after, late_after))

/// Changes when a platform that is watched is silent or late. It holds for what came already: an
/// alarm ends that the new spans would not have raised, and one is raised that they would have. By
/// an employee or the host; the spans as they are record nothing.
struct change_platform {
    platform_id platform;
    duration silent_after = {}; ///< above 0
    duration late_after = {};   ///< above 0
};
BOOST_DESCRIBE_STRUCT(change_platform, (), (platform, silent_after, late_after))

/// Ends the watch over a platform: its alarms end, none is raised, and no signals are taken until
/// it is declared again. What it told stays. By an employee or the host.
struct retire_platform {
    platform_id platform;
};
BOOST_DESCRIBE_STRUCT(retire_platform, (), (platform))

/// What was read of a platform in one go. All of it is told, or nothing. Signals that were told
/// before are left out, so the same batch again is accepted and records nothing; one that was told
/// of another person is refused.
struct report_signals {
    platform_id platform;
    std::int64_t cursor = 0; ///< up to where it was read, by the platform's own count; 0 or more
    std::vector<report_content> contents; ///< what is new up to the cursor, in any order
};
BOOST_DESCRIBE_STRUCT(report_signals, (), (platform, cursor, contents))

/// A platform is watched from now on.
struct platform_declared {
    platform_id platform;
    std::string name;
    duration silent_after; ///< without anything new
    duration late_after;   ///< the age of the newest signal from which it is late
};
BOOST_DESCRIBE_STRUCT(platform_declared, (), (platform, name, silent_after, late_after))

/// A platform is watched by other spans.
struct platform_changed {
    platform_id platform;
    duration silent_after;
    duration late_after;
};
BOOST_DESCRIBE_STRUCT(platform_changed, (), (platform, silent_after, late_after))

/// A platform is not watched any more.
struct platform_retired {
    platform_id platform;
};
BOOST_DESCRIBE_STRUCT(platform_retired, (), (platform))

/// A platform was read: its cursor moved, or new signals came.
struct platform_read {
    platform_id platform;
    std::int64_t cursor = 0; ///< as it stands now; it never moves back
    std::int64_t added = 0;  ///< signals that were new
    bool late = false;       ///< whether it runs late now; as before where nothing newer came
};
BOOST_DESCRIBE_STRUCT(platform_read, (), (platform, cursor, added, late))
/// What `report_signals` counts.
inline result<void> check(platform_read const& event) {
    return check_between("platform_read.added", event.added, 0, 1'000'000);
}

/// The alarm: nothing new came from a platform for too long.
struct feed_fell_silent {
    platform_id platform;
    instant heard; ///< when something new came last
};
BOOST_DESCRIBE_STRUCT(feed_fell_silent, (), (platform, heard))

/// Something new came again, or the span was changed to one that is not over yet.
struct feed_resumed {
    platform_id platform;
};
BOOST_DESCRIBE_STRUCT(feed_resumed, (), (platform))

/// The alarm: what is newest of a platform was old when it came. Once, until a batch or a signal
/// that comes by itself is newer and in time.
struct feed_ran_late {
    platform_id platform;
    instant newest; ///< of all that came
};
BOOST_DESCRIBE_STRUCT(feed_ran_late, (), (platform, newest))

/// A signal that came by itself is in time again, or the newest one is by a span that was changed.
struct feed_caught_up {
    platform_id platform;
};
BOOST_DESCRIBE_STRUCT(feed_caught_up, (), (platform))

/// A platform that is watched, and how far it was read.
struct platform_record {
    platform_id id;
    std::string name;
    duration silent_after;         ///< without anything new
    duration late_after;           ///< the age of the newest signal from which it is late
    std::int64_t cursor = 0;       ///< up to where it was read
    std::int64_t received = 0;     ///< how many signals were told of it
    std::optional<instant> newest; ///< the latest instant of its signals
    instant told;                  ///< when that one came, if one did
    instant heard;                 ///< when something new came last, or it was declared
    bool silent = false;           ///< whether `feed_fell_silent` stands
    bool late = false;             ///< whether `feed_ran_late` stands
    std::int64_t batch_left = 0;   ///< signals of a batch that are to come yet; 0 between commands
    bool streamed = false;         ///< the last signal came by itself, in no batch
    bool retired = false;          ///< it is not watched
};
BOOST_DESCRIBE_STRUCT(platform_record, (),
    (id, name, silent_after, late_after, cursor, received, newest, told, heard, silent, late,
        batch_left, streamed, retired))

/// The platforms in the order in which they were declared, with cursor, newest signal and alarms.
struct list_feeds {
    using answer = std::vector<platform_record>;
    bool alarms_only = false; ///< those alone that are silent or late
};
BOOST_DESCRIBE_STRUCT(list_feeds, (), (alarms_only))

} // namespace koc
