// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of representation: market events and the members who speak at them for the brand.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace koc {

struct appearance_kind {
    static constexpr char const* noun = "appearance";
    using record = struct appearance_record;
};
/// A public appearance of the brand, such as its day at an auto show, by an id of the host's.
using appearance_id = id<appearance_kind>;

/// Plans a market event.
struct plan_appearance {
    appearance_id appearance;
    std::string title; ///< one line
    instant at;        ///< when it is; after now
};
BOOST_DESCRIBE_STRUCT(plan_appearance, (), (appearance, title, at))

/// Names a member who speaks for the brand there: a present holder of an office with the right,
/// whose term lasts beyond the event.
struct name_speaker {
    appearance_id appearance;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(name_speaker, (), (appearance, member))

/// A speaker does not speak at an appearance to come after all: they step back, or are released. It
/// is no absence.
struct release_speaker {
    appearance_id appearance;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(release_speaker, (), (appearance, member))

/// Records that a speaker did not come to an appearance that has been.
struct report_absence {
    appearance_id appearance;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(report_absence, (), (appearance, member))

/// Members may be named to speak at a market event.
struct appearance_planned {
    appearance_id appearance;
    std::string title;
    instant at; ///< when it is
};
BOOST_DESCRIBE_STRUCT(appearance_planned, (), (appearance, title, at))

/// A holder of an office speaks at an appearance.
struct speaker_named {
    appearance_id appearance;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(speaker_named, (), (appearance, member))

/// Somebody does not speak at an event to come any more: by `release_speaker`, or as they no longer
/// hold an office with which they could.
struct speaker_released {
    appearance_id appearance;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(speaker_released, (), (appearance, member))

/// A speaker did not come to an appearance that has been.
struct speaker_absent {
    appearance_id appearance;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(speaker_absent, (), (appearance, member))

/// A market event, who speaks there and who did not come.
struct appearance_record {
    appearance_id id;
    std::string title;
    instant at;                      ///< when it is
    std::vector<member_id> speakers; ///< in the order in which they were named
    std::vector<member_id> absent;   ///< of them, who did not come
};
BOOST_DESCRIBE_STRUCT(appearance_record, (), (id, title, at, speakers, absent))

} // namespace koc
