// SPDX-License-Identifier: BSL-1.0
#pragma once

// The folder that the story is told from, as plain rows. What a row means is for the engine to
// judge: here it only has the right form. Each row remembers where it stands, so a refusal can say
// so.

#include "csv.hpp"

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/member/discovery/messages/discovery.hpp>
#include <koc/member/member.hpp>
#include <koc/member/messages/relationship.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/taxonomy.hpp>

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace winter_range {

/// A name or a sentence in both languages.
struct bilingual {
    std::string zh;
    std::string en;
};

/// A tag of any facet, regions included.
struct tag_row {
    place where;
    std::string facet;
    std::string key;
    std::string parent; ///< may be empty
    bilingual name;
};

using weighted_keys = std::vector<std::pair<std::string, koc::score>>;

/// What is known of a relationship before the story begins; nothing for somebody nobody has asked
/// yet.
enum class known_as : std::uint8_t {
    willing,
    waning,
    honorary_adviser,
    friend_of_the_brand,
    lifetime_honorary_member
};
BOOST_DESCRIBE_ENUM(
    known_as, willing, waning, honorary_adviser, friend_of_the_brand, lifetime_honorary_member)

/// A member, or somebody who may become one.
struct person_row {
    place where;
    koc::member_id id;
    bilingual name;
    std::string home; ///< a key of regions.csv
    std::vector<std::string> formats;
    weighted_keys interests;
    weighted_keys styles;
    std::vector<koc::source> sources; ///< of a member; a prospect's come from the signals
    std::optional<known_as> relationship;
};

/// A piece of past work.
struct work_row {
    place where;
    koc::member_id member;
    koc::instant at;
    std::vector<koc::tag_name> subjects;
    koc::score quality;
};

/// Something that a person who is not enrolled yet made or did.
struct signal_row {
    place where;
    koc::signal_id signal;
    koc::member_id person;
    /// In an owned community; nothing for a content on an open platform.
    std::optional<koc::contribution_kind> did;
    koc::score depth;
    koc::score originality;
    koc::score relevance;
    bool self_initiated = false;
    std::int64_t followers = 0;
    std::int64_t times = 0;
    koc::score detail;
    bilingual about;
};

enum class answer : std::uint8_t { accepts, declines, is_silent, claims };
BOOST_DESCRIBE_ENUM(answer, accepts, declines, is_silent, claims)

/// What somebody says to a task, and how their work is rated when they hand it in.
struct answer_row {
    place where;
    std::string task;
    koc::member_id member;
    answer says{};
    std::optional<koc::waning_reason> waning; ///< why they can give less from now on
    bilingual words;
    bool hands_in = true;
    std::vector<koc::score> ratings; ///< depth, creativity, visual, interaction
};

/// Everything in the folder that could be used, and what could not.
struct folder {
    std::vector<tag_row> regions;
    std::vector<tag_row> tags;
    std::vector<person_row> members;
    std::vector<work_row> history;
    std::vector<person_row> prospects;
    std::vector<signal_row> signals;
    std::vector<answer_row> answers;
    std::vector<problem> problems;
};

/// Reads the folder. Refused: a file that is missing, unreadable or without its columns.
koc::result<folder> read_folder(std::filesystem::path const& path);

} // namespace winter_range
