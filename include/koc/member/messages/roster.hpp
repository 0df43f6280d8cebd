// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the roster: who is enrolled, and with which tags.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/enum_set.hpp>
#include <koc/member/member.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <vector>

namespace koc {

/// Enters a person, in stage budding. `sources` says where they were found and never changes.
struct enrol {
    member_id member;
    personal_text name;
    std::vector<source> sources;    ///< at least one, each once
    std::vector<weighted_tag> tags; ///< each once, weights above 0 and at most 1
};
BOOST_DESCRIBE_STRUCT(enrol, (), (member, name, sources, tags))

/// Changes what is known of a person: tags to set, with their weights, and tags to take away.
struct retag {
    member_id member;
    std::vector<weighted_tag> put; ///< weights above 0 and at most 1; in place of those they have
    std::vector<tag_id> remove;    ///< taken away
};
BOOST_DESCRIBE_STRUCT(retag, (), (member, put, remove))

/// A person is a member, in the first stage.
struct member_enrolled {
    member_id member;
    personal_text name;
    std::vector<source> sources; ///< ascending, each once
    std::vector<weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(member_enrolled, (), (member, name, sources, tags))

/// Tags were set and taken away, by hand or by work.
struct member_retagged {
    member_id member;
    std::vector<weighted_tag> put;
    std::vector<tag_id> remove;
};
BOOST_DESCRIBE_STRUCT(member_retagged, (), (member, put, remove))

/// What the roster knows of one person; other aspects keep more under the same id.
struct member_record {
    member_id id;
    personal_text name;
    tag_set tags; ///< given by hand, or earned; those that aspects keep are only in the index
    enum_set<source> sources;
    instant enrolled_at; ///< when they became a member
};
BOOST_DESCRIBE_STRUCT(member_record, (), (id, name, tags, sources, enrolled_at))

/// The members who meet a requirement, ascending. Tags of sensitive facets may be named where
/// tag_library_rules allow it. O(members / 64 + n log n), where n are found.
struct find_members {
    using answer = std::vector<member_id>;
    requirement needs;
};
BOOST_DESCRIBE_STRUCT(find_members, (), (needs))

/// When work earns tags.
struct roster_rules {
    score proven_at =
        percent(70); ///< the quality from which work earns its tags of facets marked `earned`
};
BOOST_DESCRIBE_STRUCT(roster_rules, (), (proven_at))

} // namespace koc
