// SPDX-License-Identifier: BSL-1.0
#pragma once

// A crowd made of tag's own parts, without the registry: people with tags and two columns, some of
// whom have left, and a vocabulary of a region tree, a flat facet and a sensitive one.

#include <koc/tag/requirement.hpp>
#include <koc/tag/search_index.hpp>
#include <koc/tag/tag_set.hpp>
#include <koc/tag/taxonomy.hpp>

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

using person_id = koc::id<struct person_kind>;

struct person {
    person_id id;
    koc::tag_set tags;
    std::int64_t depth = 0;
    std::int64_t load = 0;
};

/// Region: northeast > heilongjiang > harbin, qiqihar; northeast > jilin; south > hainan; border >
/// harbin.
inline koc::taxonomy vocabulary() {
    koc::taxonomy tags;
    for (auto const* facet : {"region", "format"}) {
        (void)tags.add(koc::facet_definition{facet});
    }
    (void)tags.add(koc::facet_definition{"age", true});
    (void)tags.add(koc::tag_definition{"region", "northeast", "", {}});
    (void)tags.add(koc::tag_definition{"region", "border", "", {}});
    (void)tags.add(koc::tag_definition{"region", "south", "", {}});
    (void)tags.add(koc::tag_definition{"region", "heilongjiang", "", {"northeast"}});
    (void)tags.add(koc::tag_definition{"region", "jilin", "", {"northeast"}});
    (void)tags.add(koc::tag_definition{"region", "harbin", "", {"heilongjiang", "border"}});
    (void)tags.add(koc::tag_definition{"region", "qiqihar", "", {"heilongjiang"}});
    (void)tags.add(koc::tag_definition{"region", "hainan", "", {"south"}});
    (void)tags.add(koc::tag_definition{"format", "video", "", {}});
    (void)tags.add(koc::tag_definition{"format", "live", "", {"video"}});
    (void)tags.add(koc::tag_definition{"format", "text", "", {}});
    (void)tags.add(koc::tag_definition{"age", "young", "", {}});
    return tags;
}

class crowd {
public:
    explicit crowd(koc::taxonomy tags = vocabulary()) : tags_{std::move(tags)} {}

    koc::slot add(person who) {
        auto const place = index_.insert(ancestors_and_self(tags_, who.tags));
        people_.push_back(std::move(who));
        put_numbers(place);
        return place;
    }
    void change(koc::slot place, person who) {
        index_.retag(place, ancestors_and_self(tags_, people_[place].tags),
            ancestors_and_self(tags_, who.tags));
        people_[place] = std::move(who);
        put_numbers(place);
    }
    void remove(koc::slot place) {
        index_.erase(place, ancestors_and_self(tags_, people_[place].tags));
    }

    [[nodiscard]] koc::taxonomy const& tags() const { return tags_; }
    [[nodiscard]] koc::tag_id tag(std::string_view facet, std::string_view key) const {
        return tags_.find(facet, key).value();
    }
    [[nodiscard]] koc::search_index const& index() const { return index_; }
    [[nodiscard]] bool live(koc::slot place) const { return index_.live().contains(place); }

    [[nodiscard]] std::size_t slot_count() const { return people_.size(); }
    [[nodiscard]] koc::bitmap::word live_word(std::size_t w) const { return index_.live_word(w); }
    [[nodiscard]] koc::bitmap::word tag_word(koc::tag_id tag, std::size_t w) const {
        return index_.tag_word(tag, w);
    }
    [[nodiscard]] std::int64_t value(koc::column_id column, koc::slot place) const {
        return column.value() == 1 ? people_[place].depth : people_[place].load;
    }
    [[nodiscard]] person_id id_at(koc::slot place) const { return people_[place].id; }
    [[nodiscard]] person const& operator[](koc::slot place) const { return people_[place]; }

    [[nodiscard]] std::optional<koc::tag_id> find_tag(koc::tag_name const& name) const {
        return tags_.find(name);
    }
    [[nodiscard]] std::optional<koc::column_id> find_column(std::string_view name) const {
        return name == "depth" ? std::optional{koc::column_id{1}}
            : name == "load"   ? std::optional{koc::column_id{2}}
                               : std::nullopt;
    }
    [[nodiscard]] bool sensitive(koc::tag_id tag) const {
        return tags_.facet(tags_.facet_of(tag)).sensitive;
    }

private:
    void put_numbers(koc::slot place) {
        index_.put(koc::column_id{1}, place, people_[place].depth);
        index_.put(koc::column_id{2}, place, people_[place].load);
    }

    koc::taxonomy tags_;
    std::vector<person> people_;
    koc::search_index index_{2};
};

// What follows draws from RapidCheck and is called within a property.

/// A facet of up to 12 tags, each under any number of the earlier ones.
inline koc::taxonomy any_taxonomy() {
    koc::taxonomy tags;
    (void)tags.add(koc::facet_definition{"any"});
    auto const count = *rc::gen::inRange(1, 13);
    for (int i = 0; i < count; ++i) {
        koc::tag_definition made{"any", std::to_string(i), "", {}};
        for (int above = 0; above < i; ++above) {
            if (*rc::gen::weightedElement<bool>({{3, false}, {1, true}})) {
                made.parents.push_back(std::to_string(above));
            }
        }
        (void)tags.add(std::move(made));
    }
    return tags;
}

/// Up to three words of people with small numbers, so that ties are common; some have left. Their
/// ids are in no order.
inline crowd any_crowd(koc::taxonomy tags) {
    auto const tag_count = tags.size();
    crowd people{std::move(tags)};
    auto const count = *rc::gen::inRange<std::uint64_t>(1, 150);
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const mixed = *rc::gen::inRange<std::uint64_t>(0, 1U << 20U);
        person who;
        who.id = person_id{i * 7919 % 1000 + 1};
        for (std::uint64_t tag = 0; tag < std::min<std::size_t>(tag_count, 12); ++tag) {
            if ((mixed >> tag & 1U) != 0 && (mixed >> 12U & 1U) != 0) {
                who.tags.put({koc::tag_id{static_cast<std::uint32_t>(tag + 1)}});
            }
        }
        who.depth = static_cast<std::int64_t>(mixed >> 13U & 3U);
        who.load = static_cast<std::int64_t>(mixed >> 15U & 3U);
        auto const place = people.add(std::move(who));
        if ((mixed >> 17U & 7U) == 0) {
            people.remove(place);
        }
    }
    return people;
}

/// A tree over the tags of `any_taxonomy` and the two columns.
inline koc::requirement any_requirement(koc::taxonomy const& tags, int depth) {
    auto const kind = *rc::gen::inRange(depth > 0 ? 0 : 3, 5);
    koc::requirement made;
    made.kind = static_cast<koc::requirement_kind>(kind);
    if (made.kind == koc::requirement_kind::tag) {
        made.tag = {"any", std::to_string(*rc::gen::inRange<std::size_t>(0, tags.size()))};
    } else if (made.kind == koc::requirement_kind::column) {
        made.column = *rc::gen::element<std::string>("depth", "load");
        auto const low = *rc::gen::inRange<std::int64_t>(0, 4);
        switch (*rc::gen::inRange(0, 3)) {
        case 0:
            made.at_least = low;
            break;
        case 1:
            made.at_most = low;
            break;
        default:
            made.at_least = low;
            made.at_most = *rc::gen::inRange<std::int64_t>(low, 4);
        }
    } else {
        auto const count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < count; ++i) {
            made.parts.push_back(any_requirement(tags, depth - 1));
        }
    }
    return made;
}

/// What a requirement means, said as plainly as can be.
inline bool meets(crowd const& people, koc::requirement const& r, koc::slot place) {
    auto const met = [&](koc::requirement const& part) { return meets(people, part, place); };
    switch (r.kind) {
    case koc::requirement_kind::all:
        return std::all_of(r.parts.begin(), r.parts.end(), met);
    case koc::requirement_kind::any:
        return std::any_of(r.parts.begin(), r.parts.end(), met);
    case koc::requirement_kind::none:
        return std::none_of(r.parts.begin(), r.parts.end(), met);
    case koc::requirement_kind::tag: {
        auto const wanted = *people.find_tag(r.tag);
        auto const& held = people[place].tags;
        return std::any_of(held.begin(), held.end(), [&](koc::weighted_tag const& entry) {
            return people.tags().covers(wanted, entry.tag);
        });
    }
    case koc::requirement_kind::column:
        break;
    }
    auto const number = people.value(*people.find_column(r.column), place);
    return number >= r.at_least.value_or(number) && number <= r.at_most.value_or(number);
}

} // namespace test
