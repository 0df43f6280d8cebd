// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of participation: who is a user of the brand, and who contributes value.

#include <koc/core/instant.hpp>
#include <koc/member/member.hpp>
#include <koc/task/messages/submission.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>

namespace koc {

/// What a member is to the brand. Kept as a tag, so `has("involvement", "contributor")` works;
/// whoever has no record yet is a user, and has neither tag.
enum class involvement : std::uint8_t {
    user,        ///< uses the product
    contributor, ///< has made something of value for others
};
BOOST_DESCRIBE_ENUM(involvement, user, contributor)

/// A user became a contributor: by `work` that met its objective, or without one by the first plan
/// that they completed while active, with no step skipped and its last ones shown by more than
/// their own word.
struct contributor_recognised {
    member_id member;
    std::optional<submission_id> work; ///< none where a completed plan made them one
};
BOOST_DESCRIBE_STRUCT(contributor_recognised, (), (member, work))

/// A contributor has nothing left that made them one, after a review was corrected.
struct contributor_withdrawn {
    member_id member;
};
BOOST_DESCRIBE_STRUCT(contributor_withdrawn, (), (member))

/// What a member has contributed; there is none before their first judged work or completed plan.
struct participation_record {
    member_id id;
    involvement participation = involvement::user;
    std::int64_t passed = 0;      ///< pieces of work that met their objective
    bool plan_completed = false;  ///< a plan, while active and with its end shown
    std::optional<instant> since; ///< of a contributor
};
BOOST_DESCRIBE_STRUCT(participation_record, (), (id, participation, passed, plan_completed, since))

/// What a member has contributed under their own id, while others are merged into them and their
/// participation is that of all accounts.
struct own_participation {
    member_id id;
    bool known = false; ///< whether they have a record of their own
    participation_record own;
};
BOOST_DESCRIBE_STRUCT(own_participation, (), (id, known, own))

} // namespace koc
