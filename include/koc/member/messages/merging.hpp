// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of merging: two accounts of one person become one, and may become two again.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <vector>

namespace koc {

/// Asked of every aspect before an account is merged into another or erased: is anything of it
/// still open? What is on an agenda is asked for apart. Before an erasure, only what somebody can
/// end, or what ends soon by itself, is an objection; aspects drop the account from all other open
/// lists with `member_erased`.
struct account_closing {
    member_id member;
    bool erased = false; ///< otherwise it is merged
};

/// Says that two members are one person: `merged` is `kept` from now on. By the desk.
struct merge_members {
    member_id kept;       ///< whose stage, source, tags and name stay
    member_id merged;     ///< with nothing open, and into whom nobody was merged
    personal_text reason; ///< as a text of the merged one; not empty
};
BOOST_DESCRIBE_STRUCT(merge_members, (), (kept, merged, reason))

/// Makes somebody a member of their own again, as they were. By the desk, while the rules allow it.
struct undo_merge {
    member_id merged;
};
BOOST_DESCRIBE_STRUCT(undo_merge, (), (merged))

/// `merged` is `kept` from now on.
struct members_merged {
    member_id kept;
    member_id merged;
    personal_text reason;
    instant undo_until; ///< until when it may be undone
};
BOOST_DESCRIBE_STRUCT(members_merged, (), (kept, merged, reason, undo_until))

/// `merged` is a member of their own again.
struct merge_undone {
    member_id kept;
    member_id merged;
};
BOOST_DESCRIBE_STRUCT(merge_undone, (), (kept, merged))

/// A member who is another one. As long as there is this record, they are found by id alone.
struct merge_record {
    member_id id;   ///< the merged one
    member_id kept; ///< who they are
    instant at;     ///< since when
    instant undo_until;
    personal_text reason;
};
BOOST_DESCRIBE_STRUCT(merge_record, (), (id, kept, at, undo_until, reason))

/// Who else a member is; there is none for who is nobody else.
struct merged_accounts {
    member_id id;
    std::vector<member_id> merged; ///< ascending
};
BOOST_DESCRIBE_STRUCT(merged_accounts, (), (id, merged))

/// Asks for the merges that stand, by the merged one's id. By the desk.
struct list_merges {
    using answer = std::vector<merge_record>;
};
BOOST_DESCRIBE_STRUCT(list_merges, (), ())

/// How long a merge may be undone.
struct merging_rules {
    duration undo_within = days(30); ///< 0 or more
};
BOOST_DESCRIBE_STRUCT(merging_rules, (), (undo_within))

} // namespace koc
