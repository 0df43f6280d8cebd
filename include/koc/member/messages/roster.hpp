// SPDX-License-Identifier: BSL-1.0
#pragma once

// Messages of the roster: who is enrolled, and with which tags.

#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/enum_set.hpp>
#include <koc/member/member.hpp>
#include <koc/number/check_number.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace koc {

/// Enters a person, in stage budding. `sources` says where they were found and never changes.
struct enrol {
    member_id member;
    personal_text name;
    std::vector<source> sources;    ///< at least one, each once
    std::vector<weighted_tag> tags; ///< each once, weights above 0 and at most 1
};
BOOST_DESCRIBE_STRUCT(enrol, (), (member, name, sources, tags))

/// Changes what is known of a person: tags to set, with their weights, and tags to take away. A tag
/// that is only learned from content is not taken away by hand: contest the evidence.
struct retag {
    member_id member;
    std::vector<weighted_tag> put; ///< weights above 0 and at most 1; in place of those they have
    std::vector<tag_id> remove;    ///< taken away
};
BOOST_DESCRIBE_STRUCT(retag, (), (member, put, remove))

/// A tag that somebody's observed content speaks for.
struct learned_tag {
    tag_id tag;
    score confidence;        ///< above 0 and below 1
    std::int64_t pieces = 0; ///< that carry the tag and count, 1 or more

    friend bool operator==(learned_tag const&, learned_tag const&) = default;
};
BOOST_DESCRIBE_STRUCT(learned_tag, (), (tag, confidence, pieces))

/// What somebody's content says of them by now; called by whatever weighs it, never sent.
struct learn_tags {
    static constexpr std::string_view called_by = "report_content";
    member_id member;
    std::vector<learned_tag> learned; ///< those that are new, or of which anything changed
    std::vector<tag_id> fallen;       ///< those for which too little is left
};
BOOST_DESCRIBE_STRUCT(learn_tags, (), (member, learned, fallen))

/// A person is a member, in the first stage.
struct member_enrolled {
    member_id member;
    personal_text name;
    std::vector<source> sources; ///< ascending, each once
    std::vector<weighted_tag> tags;
};
BOOST_DESCRIBE_STRUCT(member_enrolled, (), (member, name, sources, tags))
/// Weights of tags are from 0 to 1, as those that commands let through and those that were learned.
inline result<void> check(member_enrolled const& event) {
    for (auto const& each : event.tags) {
        KOC_TRY(check_share("member_enrolled.tags", each.weight));
    }
    return {};
}

/// Tags were set and taken away, by hand or by work.
struct member_retagged {
    member_id member;
    std::vector<weighted_tag> put;
    std::vector<tag_id> remove;
};
BOOST_DESCRIBE_STRUCT(member_retagged, (), (member, put, remove))
/// As of `member_enrolled`.
inline result<void> check(member_retagged const& event) {
    for (auto const& each : event.put) {
        KOC_TRY(check_share("member_retagged.put", each.weight));
    }
    return {};
}

/// Tags of a member were learned from content, are more or less sure, or fell.
struct tags_learned {
    member_id member;
    std::vector<learned_tag> learned; ///< those that are new, or of which anything changed
    std::vector<tag_id> fallen;       ///< those for which too little is left
};
BOOST_DESCRIBE_STRUCT(tags_learned, (), (member, learned, fallen))
/// As of `member_enrolled`.
inline result<void> check(tags_learned const& event) {
    for (auto const& each : event.learned) {
        KOC_TRY(check_share("tags_learned.learned", each.confidence));
    }
    return {};
}

/// What the roster knows of one person; other aspects keep more under the same id.
struct member_record {
    member_id id;
    personal_text name;
    tag_set tags; ///< given, earned or learned; those that aspects keep are only in the index
    enum_set<source> sources;
    instant enrolled_at; ///< when they became a member
};
BOOST_DESCRIBE_STRUCT(member_record, (), (id, name, tags, sources, enrolled_at))

/// The tags that somebody's content speaks for; there is none before the first. Where a tag was
/// also given, by hand or for work, it has the weight that it was given; otherwise its confidence.
struct learned_tags_record {
    member_id id;
    std::vector<learned_tag> learned; ///< ascending by tag
    std::vector<tag_id> given_too;    ///< of these, ascending

    /// The tag as it was learned, or null.
    [[nodiscard]] learned_tag const* find(tag_id tag) const {
        auto const at = std::find_if(learned.begin(), learned.end(),
            [&](learned_tag const& known) { return known.tag == tag; });
        return at == learned.end() ? nullptr : &*at;
    }
    /// Whether the tag was also given, by hand or for work.
    [[nodiscard]] bool given(tag_id tag) const {
        return std::binary_search(given_too.begin(), given_too.end(), tag);
    }
    /// The tag where content alone speaks for it, or null.
    [[nodiscard]] learned_tag const* only_learned(tag_id tag) const {
        return given(tag) ? nullptr : find(tag);
    }
};
BOOST_DESCRIBE_STRUCT(learned_tags_record, (), (id, learned, given_too))

/// The members who meet a requirement, ascending. Tags of sensitive facets may be named where
/// tag_library_rules allow it. O(members / 64 + n log n), where n are found.
struct find_members {
    using answer = std::vector<member_id>;
    requirement needs;
};
BOOST_DESCRIBE_STRUCT(find_members, (), (needs))

/// When work earns tags.
struct roster_rules {
    score proven_at =
        percent(70); ///< the quality from which work earns its tags of facets marked `earned`
};
BOOST_DESCRIBE_STRUCT(roster_rules, (), (proven_at))

} // namespace koc
