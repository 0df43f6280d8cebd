// SPDX-License-Identifier: BSL-1.0
#pragma once

// A population so small that a decision can be made a million times over: up to 64 people with tags
// of a fixed taxonomy and two columns, and a scorer over both. Drawn from a seed, without
// RapidCheck.

#include <koc/explain/record_editor.hpp>
#include <koc/search/concepts.hpp>

#include "tag/crowd.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace test {

/// SplitMix64.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next() {
        auto z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// From `low` to `high`, both included.
    std::int64_t from(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool one_in(std::int64_t n) { return from(1, n) == 1; }

private:
    std::uint64_t state_;
};

inline koc::taxonomy const& village_tags() {
    static koc::taxonomy const tags = vocabulary();
    return tags;
}

inline auto const& village_editor() {
    static koc::record_editor<person, 2> const editor{village_tags(),
        {{{[](person const& p) { return p.depth; },
              [](person& p, std::int64_t value) { p.depth = value; }},
            {[](person const& p) { return p.load; },
                [](person& p, std::int64_t value) { p.load = value; }}}}};
    return editor;
}

/// Up to 64 people; a slot may be empty.
class village {
public:
    void add(person who, bool live = true) {
        auto const bit = koc::bitmap::word{1} << people_.size();
        live_ |= live ? bit : 0;
        people_.push_back(std::move(who));
        with_.push_back(0);
        renew(people_.size() - 1);
    }
    /// The same people, one of them changed.
    [[nodiscard]] village with(koc::slot s, std::vector<koc::change> const& changes) const {
        auto other = *this;
        for (auto const& c : changes) {
            village_editor().apply(other.people_[s], c);
        }
        other.renew(s);
        return other;
    }

    [[nodiscard]] std::size_t slot_count() const { return people_.size(); }
    [[nodiscard]] koc::bitmap::word live_word(std::size_t) const { return live_; }
    [[nodiscard]] koc::bitmap::word tag_word(koc::tag_id tag, std::size_t) const {
        koc::bitmap::word found = 0;
        for (std::size_t s = 0; s < with_.size(); ++s) {
            found |= (with_[s] >> tag.value() & 1U) << s;
        }
        return found & live_;
    }
    [[nodiscard]] std::int64_t value(koc::column_id column, koc::slot s) const {
        return village_editor().value(people_[s], column);
    }
    [[nodiscard]] person_id id_at(koc::slot s) const { return people_[s].id; }
    [[nodiscard]] person const& operator[](koc::slot s) const { return people_[s]; }

    // The vocabulary

    [[nodiscard]] static std::optional<koc::tag_id> find_tag(koc::tag_name const& name) {
        return village_tags().find(name);
    }
    [[nodiscard]] static std::optional<koc::column_id> find_column(std::string_view name) {
        return name == "depth" ? std::optional{koc::column_id{1}}
            : name == "load"   ? std::optional{koc::column_id{2}}
                               : std::nullopt;
    }
    [[nodiscard]] static bool sensitive(koc::tag_id) { return false; }

private:
    void renew(std::size_t s) {
        with_[s] = 0;
        for (auto tag : ancestors_and_self(village_tags(), people_[s].tags)) {
            with_[s] |= std::uint64_t{1} << tag.value();
        }
    }

    std::vector<person> people_;
    std::vector<std::uint64_t> with_; ///< by slot: a bit for each tag
    koc::bitmap::word live_ = 0;
};
static_assert(koc::population<village>);

/// What a task of the village wants: so much for each tag and for each unit of the columns.
struct wishes {
    std::array<koc::score, 13> per_tag{}; ///< by tag id
    koc::score per_depth;
    koc::score per_load;
};

struct wish_scorer {
    [[nodiscard]] koc::score rate(wishes const& task, person const& p) const {
        return explain(task, p).total();
    }
    [[nodiscard]] koc::explanation explain(wishes const& task, person const& p) const {
        koc::explanation why;
        for (auto const& held : p.tags) {
            why.add("affinity", task.per_tag[held.tag.value()] * held.weight, held.tag);
        }
        why.add("depth", {task.per_depth.raw * p.depth});
        why.add("load", {task.per_load.raw * p.load});
        return why;
    }
};

/// Stops who has a load of five and more.
struct light_load {
    [[nodiscard]] bool admits(wishes const&, person const& p) const { return p.load < 5; }
    [[nodiscard]] std::string refusal(wishes const&, person const& p) const {
        return "has a load of " + std::to_string(p.load);
    }
};

inline person any_villager(dice& draw, std::uint64_t id) {
    person who{person_id{id}, {}, draw.from(0, 4), draw.from(0, 6)};
    for (auto n = draw.from(0, 4); n > 0; --n) {
        who.tags.put({koc::tag_id{static_cast<std::uint32_t>(draw.from(1, 12))},
            koc::percent(draw.from(1, 4) * 25)});
    }
    return who;
}

inline village any_village(dice& draw) {
    village people;
    auto const count = draw.from(1, 10);
    auto const first = static_cast<std::uint64_t>(draw.from(0, 20));
    for (std::int64_t i = 0; i < count; ++i) { // ids in no order
        people.add(any_villager(draw, (first + static_cast<std::uint64_t>(i) * 7) % 23 + 1),
            i == 0 || !draw.one_in(8));
    }
    return people;
}

inline koc::requirement any_needs(dice& draw, int depth) {
    koc::requirement made;
    made.kind = static_cast<koc::requirement_kind>(draw.from(depth > 0 ? 0 : 3, 4));
    if (made.kind == koc::requirement_kind::tag) {
        made.tag = village_tags().name(koc::tag_id{static_cast<std::uint32_t>(draw.from(1, 12))});
    } else if (made.kind == koc::requirement_kind::column) {
        made.column = draw.one_in(2) ? "depth" : "load";
        auto const low = draw.from(0, 4);
        auto const ends = draw.from(0, 2);
        made.at_least = ends != 1 ? std::optional{low} : std::nullopt;
        made.at_most = ends != 0 ? std::optional{draw.from(low, 6)} : std::nullopt;
    } else {
        for (auto n = draw.from(made.kind == koc::requirement_kind::any ? 1 : 0, 3); n > 0; --n) {
            made.parts.push_back(any_needs(draw, depth - 1));
        }
    }
    return made;
}

inline wishes any_wishes(dice& draw) {
    wishes task;
    for (auto& wish : task.per_tag) {
        wish = draw.one_in(3) ? koc::percent(draw.from(-1, 3) * 20) : koc::score{};
    }
    task.per_depth = koc::percent(draw.from(0, 2) * 10);
    task.per_load = koc::percent(draw.from(-2, 0) * 10);
    return task;
}

} // namespace test
