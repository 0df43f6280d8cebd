// SPDX-License-Identifier: BSL-1.0
#pragma once

// A struct with a member of each kind of cell, and a vocabulary of four tags.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/describe/digest.hpp>
#include <koc/number/score.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exchange_test {

enum class mood : std::int16_t { calm = -2, glad = 7 };
BOOST_DESCRIBE_ENUM(mood, calm, glad)

struct amount {
    std::int64_t minor = 0;

    friend bool operator==(amount const&, amount const&) = default;
};
BOOST_DESCRIBE_STRUCT(amount, (), (minor))

struct part {
    std::string name;
    koc::score weight = koc::percent(50);
    amount price = {};

    friend bool operator==(part const&, part const&) = default;
};
BOOST_DESCRIBE_STRUCT(part, (), (name, weight, price))

struct entry {
    koc::id<struct entry_kind, std::uint32_t> number;
    koc::personal_text name;
    std::string remark;
    bool flag = true;
    std::int8_t small = 0;
    mood felt = mood::calm;
    koc::instant at;
    koc::duration within;
    koc::score worth;
    koc::digest print;
    amount price;
    std::optional<koc::score> maybe;
    std::optional<std::string> title;
    std::vector<std::string> words;
    std::vector<mood> moods;
    std::vector<koc::weighted_tag> tags;
    std::vector<part> parts;
    std::optional<part> other;
    std::pair<std::string, koc::tag_id> both;
    koc::requirement needs;

    friend bool operator==(entry const&, entry const&) = default;
};
BOOST_DESCRIBE_STRUCT(entry, (),
    (number, name, remark, flag, small, felt, at, within, worth, print, price, maybe, title, words,
        moods, tags, parts, other, both, needs))

/// A struct of one member has the columns of that member.
struct put_entry {
    entry wrapped;
};
BOOST_DESCRIBE_STRUCT(put_entry, (), (wrapped))

inline koc::taxonomy vocabulary() {
    koc::taxonomy made;
    for (auto const* facet : {"region", "word"}) {
        static_cast<void>(made.add(koc::facet_definition{facet}));
    }
    for (auto const& tag : std::vector<koc::tag_definition>{{"region", "harbin", "", {}},
             {"region", "jilin", "", {}}, {"word", "a|b=c\\d", "", {}}, {"word", "x:y", "", {}}}) {
        static_cast<void>(made.add(tag));
    }
    return made;
}

/// One with something in each member.
inline entry example() {
    entry made;
    made.number = decltype(made.number){7};
    made.name = {7, "\xE6\x9D\x8E, \"Fang\""};
    made.remark = "=1|2\n'3";
    made.flag = false;
    made.small = -128;
    made.felt = mood::glad;
    made.at = koc::instant{1'767'600'000'250};
    made.within = koc::hours(2);
    made.worth = koc::score{-1'250'001};
    made.print = koc::digest{1, 2};
    made.price = {-5};
    made.maybe = koc::percent(1);
    made.title = "t";
    made.words = {"a|b", "", "\\", "c=d\n"};
    made.moods = {mood::glad, mood::calm};
    made.tags = {{koc::tag_id{1}, koc::percent(60)}, {koc::tag_id{3}, koc::whole(1)}};
    made.parts = {{"a=b|c", koc::whole(2), {3}}, {"", {}, {}}};
    made.other = part{"o", koc::whole(1), {1}};
    made.both = {"first", koc::tag_id{4}};
    made.needs = koc::has("region", "harbin");
    return made;
}

} // namespace exchange_test
