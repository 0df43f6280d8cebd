// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a journal takes in and gives back. A command's events go in together, as one batch; they
// come out one by one, each in an envelope that says where it stands, when it happened and which
// command asked. Every envelope repeats its batch's instant and request, so a reader may start at
// any position.

#include <koc/core/instant.hpp>
#include <koc/describe/digest.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
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

/// Which command a batch answers, so that a repeated command can be told from a new one.
struct request {
    std::string id; ///< chosen by whoever sent the command; empty for none
    digest command; ///< the digest of the command's content

    friend bool operator==(request const&, request const&) = default;
};
BOOST_DESCRIBE_STRUCT(request, (), (id, command))

/// The events of one command, never none; they are recorded together or not at all.
template <typename Event>
struct batch {
    instant at;
    request asked;
    std::vector<Event> events;
};

/// One recorded event.
template <typename Event>
struct envelope {
    std::uint64_t position = 0; ///< 0 for the journal's first event; dense
    std::uint64_t batch = 0;    ///< the position of the first event of the same batch
    instant at;
    request asked; ///< the same in every envelope of a batch
    Event event;
    digest chain; ///< of this event and, through its predecessor's, of all before it
};

} // namespace koc
