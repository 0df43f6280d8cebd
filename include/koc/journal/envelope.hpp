// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a journal takes in and gives back. A command's events go in together, as one batch; they
// come out one by one, each in an envelope that says where it stands, when it happened, who asked
// and which command it answers. Every envelope repeats what belongs to its batch, so a reader may
// start at any position.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>
#include <koc/journal/actor.hpp>
#include <koc/journal/event.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koc {

/// Where a journal ends: how many events it holds, and the digest that chains them all.
struct journal_head {
    std::uint64_t position = 0; ///< the number of events, so also the position of the next one
    digest chain;               ///< all zeros for an empty journal

    friend bool operator==(journal_head const&, journal_head const&) = default;
};
BOOST_DESCRIBE_STRUCT(journal_head, (), (position, chain))

/// An engine that writes to a journal, so that two that write the same can be told apart.
using writer_id = id<struct writer_kind>;

/// Which command a batch answers, so that a repeated command can be told from a new one.
struct request {
    std::string id; ///< chosen by whoever sent the command; empty for none
    digest command; ///< of the command's content without personal text

    friend bool operator==(request const&, request const&) = default;
};
BOOST_DESCRIBE_STRUCT(request, (), (id, command))

/// What all events of a batch have in common.
struct batch_context {
    instant at;                  ///< never before the last
    std::optional<instant> told; ///< what the host said the time was, where that is not `at`
    actor by;
    writer_id writer;
    request asked;

    friend bool operator==(batch_context const&, batch_context const&) = default;
};
BOOST_DESCRIBE_STRUCT(batch_context, (), (at, told, by, writer, asked))

/// The events of one command, never none; they are recorded together or not at all.
struct batch : batch_context {
    std::vector<event> events;
};

/// One recorded event.
struct envelope : batch_context {
    std::uint64_t position = 0; ///< 0 for the journal's first event; dense
    std::uint64_t first = 0;    ///< the position of the first event of the same batch
    digest chain;               ///< of this event and, through its predecessor's, of all before it
    /// What happened, in the newest version of its type: one event, or, of one that an older
    /// release wrote, none or many.
    std::vector<event> events;
};

} // namespace koc
