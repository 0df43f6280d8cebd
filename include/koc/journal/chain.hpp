// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every event carries a digest of itself and of its predecessor's digest, so a changed, missing,
// swapped or invented event anywhere breaks the chain from there on. The digests are taken over
// the structs, not over the stored text, so they are the same in every store. The head after an
// append follows from the old head and the batches alone: whoever does not know whether an append
// happened can compute the chain it would have left, and look.

#include <koc/describe/digest.hpp>
#include <koc/journal/any_event.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/schema.hpp>

#include <cstdint>
#include <span>

namespace koc {

namespace detail {

struct content_reader {
    template <described_struct Event>
    digest operator()(Event const& event) const {
        return hasher{}.add(schema_name<Event>()).add(schema_version<Event>()).add(event).finish();
    }
};

} // namespace detail

/// The digest of one event struct: its schema name, its version and its members, personal text as
/// stored.
template <described_struct Event>
digest content_of(Event const& event) {
    return detail::content_reader{}(event);
}

/// The digest of whichever event it holds; the order of the list has no part in it.
template <typename... Events>
digest content_of(any_event<Events...> const& event) {
    return event.visit(detail::content_reader{});
}

/// The digest of an event with the digest `content`, chained to its predecessor's digest `before`.
inline digest chained(digest const& before, std::uint64_t position, std::uint64_t batch, instant at,
    request const& asked, digest const& content) {
    return hasher{}.add(before).add(position).add(batch).add(at).add(asked).add(content).finish();
}

/// The head that `batches`, appended at `head`, leave behind. Linear in their size.
template <typename Event>
journal_head head_after(journal_head head, std::span<batch<Event> const> batches) {
    for (auto const& group : batches) {
        auto const first = head.position;
        for (auto const& event : group.events) {
            head.chain =
                chained(head.chain, head.position, first, group.at, group.asked, content_of(event));
            ++head.position;
        }
    }
    return head;
}

} // namespace koc
