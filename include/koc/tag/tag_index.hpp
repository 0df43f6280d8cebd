// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who has a tag: one bitmap a tag. A record is entered under its tags and everything above them, so
// a question for Northeast is one bitmap, not a walk through a tree.

#include <koc/tag/bitmap.hpp>
#include <koc/tag/tag_set.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace koc {

/// The slots of each tag.
class tag_index {
public:
    /// Moves a slot from one closed set of tags to another, both ascending (see `closure`).
    /// O(tags).
    void update(slot s, std::span<tag_id const> before, std::span<tag_id const> after) {
        std::vector<tag_id> gone;
        std::vector<tag_id> come;
        std::set_difference(
            before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
        std::set_difference(
            after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
        for (auto tag : gone) {
            postings_[tag.value()].erase(s);
        }
        for (auto tag : come) {
            if (tag.value() >= postings_.size()) {
                postings_.resize(tag.value() + 1U);
            }
            postings_[tag.value()].insert(s);
        }
    }

    /// The slots with this tag or one that stands under it; empty for a tag that nobody has.
    [[nodiscard]] bitmap const& slots_of(tag_id tag) const {
        static bitmap const nobody;
        return tag.value() < postings_.size() ? postings_[tag.value()] : nobody;
    }

private:
    std::vector<bitmap> postings_; ///< by tag id
};

} // namespace koc
