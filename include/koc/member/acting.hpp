// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who may say what about a member: their own word is theirs, and what the programme offers or
// judges is not decided by whom it is about.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/member.hpp>

#include <string>

namespace koc {

/// The actor that is this member.
[[nodiscard]] inline actor acting(member_id who) { return {actor_kind::member, who.value()}; }

/// Refuses everybody but the member and the host, who vouches for them.
[[nodiscard]] inline result<void> check_own_word(actor const& by, member_id who) {
    if (by.kind == actor_kind::host || by == acting(who)) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        "expected the member themself or the host to say this, not " + to_string(by) +
            "; ask them"};
}

/// Refuses a member who acts for another one; operators and the host act for everybody. A command
/// that is part of another one was asked of its sender already.
[[nodiscard]] inline result<void> check_acts_for(world_view const& in, member_id who) {
    auto const by = in.by();
    if (in.called() || by.kind != actor_kind::member || by == acting(who)) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        "expected the member themself, or an operator for them, not " + to_string(by) +
            "; members act for themselves"};
}

/// Refuses members: an operator or the host decides this.
[[nodiscard]] inline result<void> check_desk(actor const& by, std::string const& about) {
    if (by.kind != actor_kind::member) {
        return {};
    }
    return error{errc::not_qualified, about,
        "expected an operator or the host to record this, not " + to_string(by)};
}

/// Refuses words about a member that are not marked as theirs.
[[nodiscard]] inline result<void> check_words_of(member_id who, personal_text const& words) {
    if (words.text.empty() || words.owner == who.value()) {
        return {};
    }
    return error{errc::invalid_argument, "words on " + subject("member", who),
        "expected the words to belong to the member; set their owner to the member's id"};
}

} // namespace koc
