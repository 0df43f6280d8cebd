// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of identities: under which names somebody is known on other platforms.

#include <koc/core/id.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/member/member.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace koc {

struct handle_kind {
    static constexpr char const* noun = "handle";
    using record = struct handle_record;
};
/// A link of a handle to a member, by a number of the programme's own; none is used twice.
using handle_id = id<handle_kind>;

/// Says that a handle of a platform is a member's. By the member, an operator or the host. Letters
/// from A to Z count as small ones in both; nothing else is changed.
struct link_handle {
    member_id member;
    std::string platform; ///< such as `weibo`
    personal_text handle; ///< the member's; without blanks and without an @ before it
};
BOOST_DESCRIBE_STRUCT(link_handle, (), (member, platform, handle))

/// Takes a handle away from its member, so that it may be linked again.
struct unlink_handle {
    handle_id handle;
};
BOOST_DESCRIBE_STRUCT(unlink_handle, (), (handle))

/// A handle is a member's. No digest of it is recorded, as one could be guessed and confirmed.
struct handle_linked {
    handle_id handle;
    member_id member;
    std::string platform; ///< in small letters
    personal_text name;   ///< the handle as it was written
};
BOOST_DESCRIBE_STRUCT(handle_linked, (), (handle, member, platform, name))

/// A handle is nobody's any more.
struct handle_unlinked {
    handle_id handle;
    member_id member;
};
BOOST_DESCRIBE_STRUCT(handle_unlinked, (), (handle, member))

/// A handle that is linked.
struct handle_record {
    handle_id id;
    member_id member;
    std::string platform;
    personal_text name;
    personal_text compared; ///< platform and handle in small letters, on a line each
};
BOOST_DESCRIBE_STRUCT(handle_record, (), (id, member, platform, name, compared))

/// Asks whose a handle is. Members may ask for their own alone.
struct find_by_handle {
    std::string platform; ///< as it was linked
    std::string handle;   ///< as it was linked; letters from A to Z count as small ones
    using answer = member_id;
};
BOOST_DESCRIBE_STRUCT(find_by_handle, (), (platform, handle))

/// Asks for the handles of a member, the earliest first. Members may ask for their own alone.
struct list_handles {
    member_id member;
    using answer = std::vector<handle_record>;
};
BOOST_DESCRIBE_STRUCT(list_handles, (), (member))

} // namespace koc
