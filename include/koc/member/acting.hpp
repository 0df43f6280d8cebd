// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who may act for a member, and who for the programme. A member's own word is theirs, and what the
// programme offers or judges is not decided by whom it is about. The host, which vouches for
// others, may act for both. Who may send a command is a guard (engine/guard_kinds.hpp); these are
// for queries, and for what depends on the state. `what` completes "expected ... to".

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/member.hpp>

#include <string>
#include <utility>

namespace koc {

/// The actor that is this member.
[[nodiscard]] inline actor acting(member_id who) { return {actor_kind::member, who.value()}; }

/// Refuses everybody but the member and the host, who vouches for them.
[[nodiscard]] inline result<void> check_own_word(
    actor const& by, member_id who, char const* what = "say this") {
    if (by.kind == actor_kind::host || by == acting(who)) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        std::string{"expected the member themself to "} + what + ", not " + to_string(by) +
            "; leave it to them"};
}

/// Refuses members: an employee or the host decides this.
[[nodiscard]] inline result<void> check_desk(
    actor const& by, std::string about, char const* what = "record this") {
    if (by.kind != actor_kind::member) {
        return {};
    }
    return error{errc::not_qualified, std::move(about),
        std::string{"expected an employee or the host to "} + what + ", not " + to_string(by) +
            "; ask one of them"};
}

/// Whether somebody acts for the programme, or the member themself for themself.
[[nodiscard]] inline bool acts_for(actor const& by, member_id who) {
    return by.kind != actor_kind::member || by.id == who.value();
}

/// Refuses what a command was sent for by another member. Where it was called, what calls it has
/// checked who acts.
[[nodiscard]] inline result<void> check_sent_for(
    world_view const& in, member_id who, char const* what) {
    if (in.called() || acts_for(in.by(), who)) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        std::string{"expected the member themself, an employee or the host to "} + what + ", not " +
            to_string(in.by()) + "; leave it to them"};
}

/// Refuses a text that says nothing. Its length was checked with the form of the command.
[[nodiscard]] inline result<void> check_filled(std::string about, std::string const& text) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) {
        return error{errc::invalid_text, std::move(about),
            "expected a text of more than blanks; fill it in"};
    }
    return {};
}

/// Refuses words about a member that are not marked as theirs. `about` says what they are.
[[nodiscard]] inline result<void> check_theirs(
    char const* about, member_id who, personal_text const& words) {
    if (words.owner == who.value()) {
        return {};
    }
    return error{errc::invalid_argument, subject(about, who),
        "expected words that belong to the member; set their owner to the member's id"};
}

/// The same of words that must say something.
[[nodiscard]] inline result<void> check_words(
    char const* about, member_id who, personal_text const& words) {
    KOC_TRY(check_theirs(about, who, words));
    return check_filled(subject(about, who), words.text);
}

/// The same of words that need not be there.
[[nodiscard]] inline result<void> check_words_of(member_id who, personal_text const& words) {
    return words.text.empty() ? result<void>{} : check_theirs("words on member", who, words);
}

} // namespace koc
