// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of erasure: what is held about somebody, and that nothing is any more.

#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace koc {

/// Erases a person, and every account that was merged into theirs, for good: all their words,
/// names, handles and links. What they did stays, under a number that stands for nobody. It takes
/// two employees: ask for it by `request_approval`.
struct erase_member {
    static constexpr std::string_view called_by = "the approval of two employees";
    member_id member; ///< with nothing open; whoever something is held about, enrolled or not
};
BOOST_DESCRIBE_STRUCT(erase_member, (), (member))

/// An account stands for nobody any more.
struct member_erased {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(member_erased, (), (member))

/// An account that was erased. It is found by id alone, and has no words.
struct erasure_record {
    member_id id;
    instant at; ///< since when
};
BOOST_DESCRIBE_STRUCT(erasure_record, (), (id, at))

/// Asks who was erased, by id. By the desk: copies of the keys that are older are to be deleted.
struct list_erasures {
    using answer = std::vector<erasure_record>;
};
BOOST_DESCRIBE_STRUCT(list_erasures, (), ())

/// Asks for all that is held about a member, as JSON: for each of their accounts an object with a
/// list of records for each container that has some, and nothing of others. What was recorded
/// before, and is held no more, is in `person_export`. By the member or the desk.
struct export_member {
    member_id member;
    using answer = std::string;
};
BOOST_DESCRIBE_STRUCT(export_member, (), (member))

} // namespace koc
