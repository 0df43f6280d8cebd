// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every event carries a digest of itself and of its predecessor's digest, so a changed, missing,
// swapped or invented event anywhere breaks the chain from there on. The digests are taken over
// what is stored: names and the canonical text, in which enumerators have names and personal text
// stands as the store sealed it. So a journal can be checked without knowing its types, a schema
// that changed is told apart from damage, and deleting a person's key leaves the chain whole.

#include <koc/describe/digest.hpp>
#include <koc/describe/shape.hpp>
#include <koc/journal/envelope.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace koc {

/// The chain of an event with this stored form, behind one with the chain `before`.
inline digest chained(digest const& before, std::uint64_t position, std::uint64_t first,
    batch_context const& with, std::string_view type, unsigned version, std::string_view payload) {
    return hasher{}
        .add(before)
        .add(position)
        .add(first)
        .add(with)
        .add(type)
        .add(version)
        .add(payload)
        .finish();
}

/// The head that `batches`, appended at `head`, leave behind. Linear in their size.
inline journal_head head_after(journal_head head, std::span<batch const> batches) {
    std::string payload;
    for (auto const& group : batches) {
        auto const first = head.position;
        for (auto const& made : group.events) {
            payload.clear();
            append_canonical(payload, *made.type().form, made.raw());
            head.chain = chained(head.chain, head.position, first, group, made.type().name,
                made.type().version, payload);
            ++head.position;
        }
    }
    return head;
}

} // namespace koc
