// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of alignment: the brand's goal and themes in versions, and who agreed to which.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>
#include <koc/task/messages/offer.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// Which tasks the agreed themes keep from those whose agreement is needed.
enum class theme_scope : std::uint8_t {
    ignored,  ///< none
    named,    ///< those whose topic names themes, none of which they agreed to
    required, ///< those, and those whose topic names no theme
};
BOOST_DESCRIBE_ENUM(theme_scope, ignored, named, required)

/// What follows from the themes that both sides agreed to.
struct alignment_rules {
    theme_scope scope = theme_scope::named; ///< which tasks they keep from whom
};
BOOST_DESCRIBE_STRUCT(alignment_rules, (), (scope))

/// The brand proposes its next version of goal and themes. Who had agreed to one before is asked to
/// agree anew.
struct propose_themes {
    std::string goal;                ///< one line: the market goal of the time
    std::vector<std::string> themes; ///< from 1 to 100 lines: what content is about
    duration agree_within;           ///< above 0, for all whose agreement is needed
};
BOOST_DESCRIBE_STRUCT(propose_themes, (), (goal, themes, agree_within))

/// A member agrees to the newest version, by themselves or through the host, and says which of its
/// themes are theirs. They may come again with others.
struct agree_to_themes {
    member_id member;
    std::int64_t version = 1;             ///< the newest
    std::vector<std::string> themes = {}; ///< those of it that are theirs; all where none is named
};
BOOST_DESCRIBE_STRUCT(agree_to_themes, (), (member, version, themes))

/// A version of goal and themes is the newest.
struct themes_proposed {
    std::int64_t version = 1; ///< from 1 on
    std::string goal;
    std::vector<std::string> themes; ///< ascending, each once
    std::vector<member_id> anew; ///< who agreed to an earlier version and is asked to agree anew
    instant agree_by;            ///< the time of all
};
BOOST_DESCRIBE_STRUCT(themes_proposed, (), (version, goal, themes, anew, agree_by))

/// A member agreed to a version.
struct themes_agreed {
    member_id member;
    std::int64_t version = 1;        ///< the newest at that instant
    std::vector<std::string> themes; ///< those of it that are theirs, ascending, at least one
};
BOOST_DESCRIBE_STRUCT(themes_agreed, (), (member, version, themes))

struct themes_kind {
    static constexpr char const* noun = "themes";
    using record = struct themes_record;
};
/// A version of the themes.
using themes_id = id<themes_kind>;

/// Somebody whose agreement is needed since they became active has a time of their own;
/// without one, the time of all is theirs.
struct agreement_asked {
    member_id member;
    std::int64_t version = 1;
    std::optional<instant> agree_by; ///< none for the time of all
};
BOOST_DESCRIBE_STRUCT(agreement_asked, (), (member, version, agree_by))

/// The time of all to agree to a version has ended.
struct agreement_ended {
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(agreement_ended, (), (version))

/// Somebody whose agreement is needed has not agreed to this version in time.
struct alignment_overdue {
    member_id member;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(alignment_overdue, (), (member, version))

/// A version of goal and themes; it stays readable when a newer one is proposed.
struct themes_record {
    themes_id id;                    ///< the version
    std::string goal;                ///< one line
    std::vector<std::string> themes; ///< ascending, each once
    duration agree_within{};         ///< for who becomes active while it is the newest
};
BOOST_DESCRIBE_STRUCT(themes_record, (), (id, goal, themes, agree_within))

/// A version of goal and themes as it is read; version 0 before the first.
struct themes_in_force {
    std::int64_t version = 0;
    std::string goal;                ///< one line
    std::vector<std::string> themes; ///< ascending, each once
    duration agree_within{};         ///< for who becomes active later, from then on
    bool newest = true;              ///< whether it is in force
};
BOOST_DESCRIBE_STRUCT(themes_in_force, (), (version, goal, themes, agree_within, newest))

/// To which version a member agreed last, and to which they were asked to by a time of their own.
struct alignment_record {
    member_id id;
    std::int64_t version = 0;        ///< 0 for none
    instant agreed_at;               ///< when they agreed to it
    bool overdue = false;            ///< a later version was not agreed to in time
    std::int64_t asked = 0;          ///< the version of their own time; 0 for none
    std::vector<std::string> themes; ///< those of it that are theirs, ascending
};
BOOST_DESCRIBE_STRUCT(alignment_record, (), (id, version, agreed_at, overdue, asked, themes))

/// The version of the themes under which an offer was accepted. It stays that of the work.
struct direction_record {
    offer_id id;
    std::int64_t version = 0; ///< 0 where none was needed
};
BOOST_DESCRIBE_STRUCT(direction_record, (), (id, version))

/// Goal and themes of a version, such as that under which an offer was accepted.
struct read_themes {
    using answer = themes_in_force;
    std::int64_t version = 0; ///< 0 for the newest
};
BOOST_DESCRIBE_STRUCT(read_themes, (), (version))

/// The active members from open platforms who have not agreed to the newest themes, ascending;
/// nobody before there are any. O(members / 64 + active ones).
struct list_unaligned {
    using answer = std::vector<member_id>;
};
BOOST_DESCRIBE_STRUCT(list_unaligned, (), ())

} // namespace koc
