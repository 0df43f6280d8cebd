// SPDX-License-Identifier: BSL-1.0
#pragma once

// A dry run on the present state: commands, adoptions of rules and the passing of time are tried
// one after another, each on what the ones before it left, and then everything is taken back. It
// costs what changes, not what exists; for a run from an earlier position see fork.hpp.

#include <koc/core/contract.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/fork.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/envelope.hpp>

#include <vector>

namespace koc {

/// While it lives, the engine shows the state as tried and takes commands only through it, and
/// nothing reaches the journal. Destroying it takes everything back. Not while a group is open.
class trial {
public:
    explicit trial(engine& of) : of_{&detail::fork_access::in(of)} { of_->open_group(); }
    trial(trial const&) = delete;
    trial& operator=(trial const&) = delete;
    ~trial() { of_->drop_group(); }

    /// As engine::handle; the receipt says where the events would stand.
    template <typename Command>
    result<receipt> handle(Command const& command, asked const& with) {
        return of_->handle(command_type_of<Command>, &command, with);
    }
    /// As engine::advance.
    [[nodiscard]] result<void> advance(asked const& with) { return of_->advance(with); }

    /// What would have been recorded so far: a batch for each command that became something, and
    /// for each entry that became due.
    [[nodiscard]] std::vector<batch> const& recorded() const { return of_->pending(); }

private:
    detail::engine_base* of_;
};

} // namespace koc
