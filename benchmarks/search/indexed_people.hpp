// SPDX-License-Identifier: BSL-1.0
#pragma once

// The shared workload as a host of koc would hold it: members in a table of its own, a search index
// beside them, filled in the order of their counties and by falling quality; queries as
// requirements and sums.

#include <koc/search/additive.hpp>
#include <koc/search/concepts.hpp>
#include <koc/tag/requirement.hpp>
#include <koc/tag/requirement_plan.hpp>
#include <koc/tag/search_index.hpp>

#include "workload.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc_people {

using member_id = koc::id<struct member_kind, std::uint32_t>;

/// The tags of the workload, one number after the other.
struct tags {
    static constexpr std::uint32_t province = 1;
    static constexpr std::uint32_t city = province + 40;
    static constexpr std::uint32_t county = city + 400;
    static constexpr std::uint32_t format = county + 3600;
    static constexpr std::uint32_t stage = format + 3;
    static constexpr std::uint32_t source = stage + 4;
    static constexpr std::uint32_t load = source + 2;
    static constexpr std::uint32_t interest = load + 4;
};
inline constexpr koc::column_id quality{1};
inline constexpr koc::column_id followers{2};
inline constexpr koc::column_id load{3};

/// A member's tags with the city and the province above their county, ascending.
inline void read_tags(wl::Member const& m, std::vector<koc::tag_id>& out) {
    out.clear();
    auto const add = [&](std::uint32_t tag) { out.push_back(koc::tag_id{tag}); };
    add(tags::province + m.province);
    add(tags::city + m.city);
    add(tags::county + m.county);
    for (std::uint32_t f = 0; f < 3; ++f) {
        if ((m.formats >> f & 1) != 0) {
            add(tags::format + f);
        }
    }
    add(tags::stage + m.stage);
    add(tags::source + m.source);
    add(tags::load + m.load);
    for (int i = 0; i < m.ntags; ++i) {
        add(tags::interest + m.tags[i]);
    }
}

/// A host's table of members with an index beside it. Models `koc::indexed_population`.
class people {
public:
    explicit people(std::vector<wl::Member> const& members)
        : members_{&members}, slots_(members.size()) {
        std::vector<std::uint64_t> order;
        order.reserve(members.size());
        for (auto const& m : members) {
            order.push_back((std::uint64_t{m.city} * 4096 + 4095 - m.quality_q) << 32 | m.id);
        }
        std::sort(order.begin(), order.end());
        ids_.reserve(members.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            // In the order of the index the table is read here and there.
            auto const ahead = std::min(i + 16, order.size() - 1);
            __builtin_prefetch(&members[static_cast<std::uint32_t>(order[ahead])]);
            auto const& m = members[static_cast<std::uint32_t>(order[i])];
            read_tags(m, held_);
            auto const s = index_.insert(held_);
            ids_.push_back(member_id{m.id + 1});
            slots_[m.id] = s;
            put_numbers(s, m);
        }
    }

    /// Follows a change of a member; returns their slot and leaves their tags in `now()`.
    koc::slot change(wl::Member const& before, wl::Member const& after) {
        auto const s = slots_[after.id];
        read_tags(before, held_);
        read_tags(after, now_);
        index_.retag(s, held_, now_);
        put_numbers(s, after);
        return s;
    }
    [[nodiscard]] std::vector<koc::tag_id> const& now() const { return now_; }

    [[nodiscard]] koc::search_index const& index() const { return index_; }
    [[nodiscard]] std::size_t slot_count() const { return index_.slot_count(); }
    [[nodiscard]] koc::bitmap::word live_word(std::size_t w) const { return index_.live_word(w); }
    [[nodiscard]] koc::bitmap::word tag_word(koc::tag_id tag, std::size_t w) const {
        return index_.tag_word(tag, w);
    }
    [[nodiscard]] std::int64_t value(koc::column_id column, koc::slot s) const {
        return index_.value(column, s);
    }
    [[nodiscard]] member_id id_at(koc::slot s) const { return ids_[s]; }
    [[nodiscard]] wl::Member const& operator[](koc::slot s) const {
        return (*members_)[ids_[s].value() - 1];
    }
    /// What searches need beside the host's table.
    [[nodiscard]] std::size_t bytes() const {
        return index_.bytes() + ids_.capacity() * sizeof(member_id);
    }

private:
    void put_numbers(koc::slot s, wl::Member const& m) {
        index_.put(quality, s, m.quality_q);
        index_.put(followers, s, m.followers);
        index_.put(load, s, m.load);
    }

    std::vector<wl::Member> const* members_;
    koc::search_index index_{3};
    std::vector<member_id> ids_;    ///< by slot
    std::vector<koc::slot> slots_;  ///< by member: the host's own way back
    std::vector<koc::tag_id> held_; ///< scratch
    std::vector<koc::tag_id> now_;
};

/// The score of the workload in its own units.
struct by_units {
    static koc::score rate(wl::Query const& q, wl::Member const& m) {
        return {wl::score_units(m, q)};
    }
    static koc::explanation explain(wl::Query const& q, wl::Member const& m) {
        return koc::explanation{}.add("units", rate(q, m));
    }
    static koc::score_terms terms(wl::Query const& q) {
        koc::score_terms made;
        for (int i = 0; i < q.n_tags; ++i) {
            made.tags.push_back({koc::tag_id{tags::interest + q.tag[i]}, {q.tag_w[i] << 12}});
        }
        // Home is a quarter for the province, another for the city, and half for the county.
        for (auto const& [tag, share] : {std::pair{tags::province + q.home_province, 10},
                 std::pair{tags::city + q.home_city, 10},
                 std::pair{tags::county + q.home_county, 11}}) {
            if (q.w_region != 0) {
                made.tags.push_back({koc::tag_id{tag}, {q.w_region << share}});
            }
        }
        made.columns.push_back({quality, {q.w_quality}});
        if (q.w_load != 0) {
            made.columns.push_back({load, {-(q.w_load << 12)}});
        }
        return made;
    }
};

/// Names of the workload's tags are their numbers.
struct vocabulary {
    static std::optional<koc::tag_id> find_tag(koc::tag_name const& name) {
        return koc::tag_id{static_cast<std::uint32_t>(std::stoul(name.key))};
    }
    static std::optional<koc::column_id> find_column(std::string_view) { return followers; }
    static bool sensitive(koc::tag_id) { return false; }
};

/// The hard constraint of a query, as a host compiles it when a task is opened.
inline koc::requirement_plan plan_of(wl::Query const& q) {
    auto const tag = [](std::uint32_t t) { return koc::has("", std::to_string(t)); };
    koc::requirement whole;
    auto const any_of = [&](std::uint32_t first, auto const& chosen) {
        koc::requirement made;
        made.kind = koc::requirement_kind::any;
        for (auto const each : chosen) {
            made.parts.push_back(tag(first + each));
        }
        whole.parts.push_back(made.parts.size() == 1 ? made.parts.front() : made);
    };
    auto const bits = [](unsigned mask, unsigned count) {
        std::vector<std::uint32_t> set;
        for (std::uint32_t b = 0; b < count; ++b) {
            if ((mask >> b & 1) != 0) {
                set.push_back(b);
            }
        }
        return set;
    };
    if (q.must_tag >= 0) {
        whole.parts.push_back(tag(tags::interest + static_cast<std::uint32_t>(q.must_tag)));
    }
    if (q.region_level != 0) {
        auto const first = q.region_level == 1 ? tags::province
            : q.region_level == 2              ? tags::city
                                               : tags::county;
        any_of(first, std::vector<std::uint32_t>(q.region, q.region + q.n_regions));
    }
    for (auto const f : bits(q.format_all, 3)) {
        whole.parts.push_back(tag(tags::format + f));
    }
    if (q.stage_mask != 15) {
        any_of(tags::stage, bits(q.stage_mask, 4));
    }
    if (q.source_mask != 3) {
        any_of(tags::source, bits(q.source_mask, 2));
    }
    if (q.load_below < 4) {
        any_of(tags::load, bits((1U << q.load_below) - 1U, 4));
    }
    if (q.min_followers != 0) {
        whole.parts.push_back(koc::column("followers") >= std::int64_t{q.min_followers});
    }
    return koc::requirement_plan::compile(whole, vocabulary{}).value();
}

} // namespace koc_people
