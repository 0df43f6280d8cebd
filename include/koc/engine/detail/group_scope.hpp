// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group of commands that are tried together and recorded at once: what it has made so far, and
// what was known before it.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/detail/answers.hpp>
#include <koc/engine/detail/known_prefix.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/state/container.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

struct group_scope {
    /// A command of the group, to be decided again where another writer was first.
    struct kept_command {
        command_type const* type;
        std::unique_ptr<void, void (*)(void*)> command;
        asked with;
        instant known_last;
    };

    std::optional<undo_scope> scope;
    journal_head before;
    instant last_before;
    instant known_last; ///< the last event when the group was opened
    instant known_from_before;
    std::vector<batch> pending;
    std::vector<kept_command> commands;
    std::vector<result<receipt>> answers;
    /// The requests that were answered, and what was known of them before.
    std::vector<std::pair<std::string, std::optional<known_answers::answer>>> asked_before;

    /// Begins, or begins again, at what is known.
    void open(known_prefix& known) {
        scope.emplace(known.state->log);
        before = known.head;
        last_before = known.last;
        known_last = known.last;
        known_from_before = known.known_from;
        pending.clear();
    }
    /// Appends what was made, on what was known before. Refused: as `append` of the journal.
    result<journal_head> append(known_prefix& known) const {
        if (!pending.empty()) {
            return known.append(before, pending);
        }
        // Nothing to record: the answers count only if the journal holds nothing newer.
        auto newest = known.journal.head();
        if (newest && *newest != before) {
            return error{errc::conflict, "journal", "expected to be the only writer; try again"};
        }
        return newest;
    }
    /// Nothing where it is kept or taken back already.
    void take_back(known_prefix& known) noexcept {
        if (!scope) {
            return;
        }
        scope->take_back();
        scope.reset();
        known.head = before;
        known.last = last_before;
        known.known_from = known_from_before;
        known.begun = false;
        for (; !asked_before.empty(); asked_before.pop_back()) {
            auto& [request, answer] = asked_before.back();
            known.answers.put_back(request, std::move(answer));
        }
        pending.clear();
    }
};

} // namespace koc::detail
