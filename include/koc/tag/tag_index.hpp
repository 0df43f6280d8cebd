// SPDX-License-Identifier: BSL-1.0
#pragma once

// The inverted index of tags: one set of slots a tag. A record is entered under its tags and
// everything above them, so a query for Northeast reads one set.

#include <koc/tag/postings.hpp>
#include <koc/tag/tag_set.hpp>

#include <span>
#include <vector>

namespace koc {

/// The slots of each tag.
class tag_index {
public:
    /// Moves a slot from one set of tags to another, both with their ancestors and ascending (see
    /// `ancestors_and_self`).
    /// O(tags), each at the price of `postings::insert`.
    void update(slot s, std::span<tag_id const> before, std::span<tag_id const> after) {
        auto gone = before.begin();
        auto come = after.begin();
        while (gone != before.end() || come != after.end()) {
            if (come == after.end() || (gone != before.end() && *gone < *come)) {
                postings_[gone++->value()].erase(s);
            } else if (gone == before.end() || *come < *gone) {
                insert(*come++, s);
            } else {
                ++gone;
                ++come;
            }
        }
    }

    /// The slots with this tag or one that stands under it; empty for a tag that nobody has.
    [[nodiscard]] postings const& slots_of(tag_id tag) const {
        return postings_[tag.value() < postings_.size() ? tag.value() : 0];
    }

    /// Bytes held beside the object itself. O(tags).
    [[nodiscard]] std::size_t bytes() const {
        auto sum = postings_.capacity() * sizeof(postings);
        for (auto const& p : postings_) {
            sum += p.bytes();
        }
        return sum;
    }

private:
    void insert(tag_id tag, slot s) {
        if (tag.value() >= postings_.size()) {
            postings_.resize(tag.value() + 1U);
        }
        postings_[tag.value()].insert(s);
    }

    std::vector<postings> postings_{1}; ///< by tag id; nobody has tag 0
};

} // namespace koc
