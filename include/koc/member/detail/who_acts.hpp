// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who may act for a member, and who for the programme. The host, which vouches for others, may act
// for both.

#include <koc/core/error.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/actor.hpp>
#include <koc/member/member.hpp>

#include <string>
#include <utility>

namespace koc::detail {

/// Whether the member themself acts, or the host for them.
inline result<void> check_themself(actor const& by, member_id who, char const* what) {
    if (by.kind == actor_kind::host || (by.kind == actor_kind::member && by.id == who.value())) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        std::string{"expected the member themself to "} + what + ", not " + to_string(by) +
            "; leave it to them"};
}

/// Whether somebody acts for the programme: an employee or the host, not a member.
inline result<void> check_programme_acts(actor const& by, std::string about, char const* what) {
    if (by.kind != actor_kind::member) {
        return {};
    }
    return error{errc::not_qualified, std::move(about),
        std::string{"expected an employee or the host to "} + what + ", not " + to_string(by) +
            "; ask one of them"};
}

/// Whether somebody acts for the programme, or the member themself for themself.
inline bool concerns(actor const& by, member_id who) {
    return by.kind != actor_kind::member || by.id == who.value();
}

/// The same, with the reason.
inline result<void> check_concerns(actor const& by, member_id who, char const* what) {
    if (concerns(by, who)) {
        return {};
    }
    return error{errc::not_qualified, subject("member", who),
        std::string{"expected the member themself, an employee or the host to "} + what + ", not " +
            to_string(by) + "; leave it to them"};
}

/// Whether a command was sent for the member by one of those; what calls it has checked who acts.
inline result<void> check_sent_for(world_view const& in, member_id who, char const* what) {
    return in.called() ? result<void>{} : check_concerns(in.by(), who, what);
}
/// Whether a command was sent for the programme, or called.
inline result<void> check_sent_by_desk(world_view const& in, std::string about, char const* what) {
    return in.called() ? result<void>{} : check_programme_acts(in.by(), std::move(about), what);
}

/// Whether a text says something. Its length was checked with the form of the command.
inline result<void> check_filled(std::string about, std::string const& text) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) {
        return error{errc::invalid_text, std::move(about),
            "expected a text of more than blanks; fill it in"};
    }
    return {};
}

/// Whether words of or about a member are theirs and say something. `about` says what they are.
inline result<void> check_words(char const* about, member_id who, personal_text const& words) {
    auto const name = subject(about, who);
    if (words.owner != who.value()) {
        return error{errc::invalid_argument, name,
            "expected words that belong to the member; set their owner to the member's id"};
    }
    return check_filled(name, words.text);
}

} // namespace koc::detail
