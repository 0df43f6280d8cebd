// SPDX-License-Identifier: BSL-1.0
#pragma once

// What applying an event will look up: the records that its ids name. A replay waits for records
// that are not in the processor's caches; which ones the next few events need is known before, so
// they are prefetched together.

#include <koc/describe/shape.hpp>
#include <koc/state/container.hpp>

#include <cstddef>
#include <vector>

namespace koc::detail {

/// Prefetches the records that the ids in an event of one type name. A hint only: ids within
/// optionals, lists and pairs are not followed.
class lookups {
public:
    /// A container of one of those who apply the event; it is left out unless it keeps records.
    void add(shape const& of, container const& held) {
        if (held.holds().valid()) {
            add(of, held, 0);
        }
    }
    /// Finds the records that an event names and prefetches what they hold. O(ids of the event).
    void fetch(void const* event) const {
        for (auto const& l : all_) {
            auto const* const found = static_cast<char const*>(
                l.in->find_raw(read_natural(at_offset(event, l.offset), l.bytes)));
            for (std::size_t at = 0; found != nullptr && at < fetched_bytes; at += line) {
                __builtin_prefetch(found + at);
            }
        }
    }

private:
    struct lookup {
        std::size_t offset;
        std::size_t bytes; ///< of the id
        container const* in;
    };
    /// Of each record; most are no longer.
    static constexpr std::size_t fetched_bytes = 256;
    static constexpr std::size_t line = 64; ///< of the cache of most processors

    /// The ids of a struct that stands so many bytes from the beginning of the event.
    void add(shape const& of, container const& held, std::size_t offset) {
        for (std::size_t i = 0; i < of.count; ++i) {
            auto const& member = of.members()[i];
            if (member.of->kind == shape_kind::structure) {
                add(*member.of, held, offset + member.offset);
            } else if (auto const kind = member.of->id_type();
                       kind.valid() && kind == held.keyed_by()) {
                all_.push_back({offset + member.offset, member.of->bytes, &held});
            }
        }
    }

    std::vector<lookup> all_;
};

} // namespace koc::detail
