// SPDX-License-Identifier: BSL-1.0
#pragma once

// Tags of one record while an index is brought up to date: plain lists, sorted where that is said.

#include <koc/tag/taxonomy.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace koc::detail {

using tag_list = std::vector<tag_id>;

/// Adds all that stands above the tags, and sorts them.
inline void close(tag_list& tags, taxonomy const& in) {
    for (std::size_t i = 0, direct = tags.size(); i < direct; ++i) {
        auto const above = in.ancestors_and_self(tags[i]);
        tags.insert(tags.end(), above.begin(), above.end());
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
}
/// Adds a tag to an ascending list, unless it is there.
inline void insert_once(tag_list& tags, tag_id tag) {
    auto const at = std::lower_bound(tags.begin(), tags.end(), tag);
    if (at == tags.end() || *at != tag) {
        tags.insert(at, tag);
    }
}

} // namespace koc::detail
