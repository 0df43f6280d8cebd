// SPDX-License-Identifier: BSL-1.0
#pragma once

// A change of one fact about somebody: a tag comes or goes, a number in a column becomes another.
// What may change at all is the host's to say; here is the list of what could matter for one
// decision, read from its requirement and from the parts of two scores.

#include <koc/number/score.hpp>
#include <koc/search/explanation.hpp>
#include <koc/tag/concepts.hpp>
#include <koc/tag/number_column.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <vector>

namespace koc {

enum class change_kind : unsigned char {
    gain, ///< the tag is put, with `weight`
    lose, ///< the tag is removed
    set,  ///< the column becomes `value`
};
BOOST_DESCRIBE_ENUM(change_kind, gain, lose, set)

/// A change of one fact; which members count depends on `kind`.
struct change {
    change_kind kind{};
    tag_id tag;             ///< gain, lose: the tag itself, not what stands above it
    score weight;           ///< gain
    column_id column;       ///< set
    std::int64_t value = 0; ///< set

    static change gaining(tag_id tag, score weight = whole(1)) {
        return {change_kind::gain, tag, weight, {}, 0};
    }
    static change losing(tag_id tag) { return {change_kind::lose, tag, {}, {}, 0}; }
    static change setting(column_id column, std::int64_t value) {
        return {change_kind::set, {}, {}, column, value};
    }

    /// Whether both speak of the same fact, so that they cannot both be made.
    [[nodiscard]] bool collides(change const& other) const {
        return tag == other.tag && column == other.column;
    }
    friend bool operator==(change const&, change const&) = default;
};
BOOST_DESCRIBE_STRUCT(change, (), (kind, tag, weight, column, value))

/// Knows how the facts of a record are read and changed.
///
/// Requirements, where `e` is const, `r` a record, `c` a change, and a copy of `r` is a record:
///   1. `e.tags(r)` is the record's `tag_set`, without what stands above its tags.
///   2. `e.value(r, column)` is the number in a column.
///   3. `e.apply(r, c)` makes a change: afterwards 1 and 2 say so, and all else is as it was.
///   4. `e.covers(above, tag)` tells whether `tag` is `above` or stands under it.
template <typename E, typename Record>
concept fact_editor_for = std::copyable<Record> && requires(
    E const& e, Record& r, Record const& was, change const& c, tag_id tag, column_id column) {
    { e.tags(was) } -> std::convertible_to<tag_set const&>;
    { e.value(was, column) } -> std::convertible_to<std::int64_t>;
    e.apply(r, c);
    { e.covers(tag, tag) } -> std::same_as<bool>;
};

/// A list of changes, each once, and none that changes nothing.
template <typename Record, fact_editor_for<Record> Editor>
class change_list {
public:
    change_list(Record const& who, Editor const& editor) : who_{who}, editor_{editor} {}

    void add(change const& c) {
        auto const& tags = editor_.tags(who_);
        bool const idle = c.kind == change_kind::gain ? tags.contains(c.tag)
            : c.kind == change_kind::lose             ? !tags.contains(c.tag)
                                                      : editor_.value(who_, c.column) == c.value;
        if (!idle && std::find(all_.begin(), all_.end(), c) == all_.end()) {
            all_.push_back(c);
        }
    }

    /// What could turn a leaf of a requirement: a tag that is missing is gained, or one that stands
    /// under it is lost; a number goes to the nearest end of the range, or just beyond both. Names
    /// that the vocabulary does not know are passed over.
    template <vocabulary V>
    void add_from(requirement const& needs, V const& names) {
        for (auto const& part : needs.parts) {
            add_from(part, names);
        }
        if (needs.kind == requirement_kind::tag) {
            if (auto const wanted = names.find_tag(needs.tag)) {
                add_turning(*wanted);
            }
        } else if (needs.kind == requirement_kind::column) {
            if (auto const column = names.find_column(needs.column)) {
                add_turning(*column, needs);
            }
        }
    }

    /// The tags that a score was made of: the record's own are lost, others are gained.
    void add_from(explanation const& why) {
        for (auto const& part : why.parts) {
            if (part.about.valid()) {
                add(change::losing(part.about));
                add(change::gaining(part.about));
            }
        }
    }

    [[nodiscard]] std::vector<change> const& all() const { return all_; }

private:
    void add_turning(tag_id wanted) {
        bool held = false;
        for (auto const& entry : editor_.tags(who_)) {
            if (editor_.covers(wanted, entry.tag)) {
                held = true;
                add(change::losing(entry.tag));
            }
        }
        if (!held) {
            add(change::gaining(wanted));
        }
    }

    void add_turning(column_id column, requirement const& range) {
        std::int64_t const now = editor_.value(who_, column);
        if (range.at_least && now < *range.at_least) {
            add(change::setting(column, *range.at_least));
        } else if (range.at_most && (now > *range.at_most || now == number_column::absent)) {
            add(change::setting(column, *range.at_most));
        } else {
            if (range.at_least && *range.at_least != (std::numeric_limits<std::int64_t>::min)()) {
                add(change::setting(column, *range.at_least - 1));
            }
            if (range.at_most && *range.at_most != (std::numeric_limits<std::int64_t>::max)()) {
                add(change::setting(column, *range.at_most + 1));
            }
        }
    }

    Record const& who_;
    Editor const& editor_;
    std::vector<change> all_;
};

} // namespace koc
