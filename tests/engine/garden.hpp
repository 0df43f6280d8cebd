// SPDX-License-Identifier: BSL-1.0
#pragma once

// A small programme that uses all that the engine has: plants that are watered and dry up, a diary
// that reacts, an inspector who reviews what is forbidden, a helper whose commands call others. Its
// aspects are in garden_aspects.hpp.

#include <koc/core/id.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/personal_text.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/engine.hpp>
#include <koc/number/check_number.hpp>
#include <koc/tag/tag_set.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace garden {

struct plant_kind {
    static constexpr char const* noun = "plant";
    using record = struct plant;
};
using plant_id = koc::id<plant_kind>;

enum class growth : std::uint8_t { seed, grown, felled };
BOOST_DESCRIBE_ENUM(growth, seed, grown, felled)

// Records

struct plant {
    plant_id id;
    std::string name;
    koc::personal_text keeper;
    growth stage = growth::seed;
    std::int64_t litres = 0;
    koc::tag_set tags;
};
BOOST_DESCRIBE_STRUCT(plant, (), (id, name, keeper, stage, litres, tags))
struct prohibition {
    koc::id<struct prohibition_kind> id;
    std::string what;
};
BOOST_DESCRIBE_STRUCT(prohibition, (), (id, what))

// Rules

struct beds_rules {
    std::int64_t litres_max = 100; ///< at once
    koc::duration dry_after = koc::days(7);
};
BOOST_DESCRIBE_STRUCT(beds_rules, (), (litres_max, dry_after))
koc::result<void> check(beds_rules const& rules);
struct diary_rules {
    std::uint64_t lines_per_page = 3;
};
BOOST_DESCRIBE_STRUCT(diary_rules, (), (lines_per_page))

// Commands

struct sow {
    plant_id plant;
    std::string name;
    koc::personal_text keeper{};
};
BOOST_DESCRIBE_STRUCT(sow, (), (plant, name, keeper))
struct water {
    plant_id plant;
    std::int64_t litres = 1;
};
BOOST_DESCRIBE_STRUCT(water, (), (plant, litres))
/// Waters those that have none; nothing to do where all have some.
struct water_dry {};
BOOST_DESCRIBE_STRUCT(water_dry, (), ())
struct fell {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(fell, (), (plant))
/// Two events that are one fact.
struct replace {
    plant_id old;
    plant_id fresh;
};
BOOST_DESCRIBE_STRUCT(replace, (), (old, fresh))
struct forbid {
    std::string what; ///< the name of an event, a command, a question or a query
};
BOOST_DESCRIBE_STRUCT(forbid, (), (what))
struct permit {
    std::string what;
};
BOOST_DESCRIBE_STRUCT(permit, (), (what))
/// Sows and waters several by calling.
struct plant_row {
    plant_id first;
    std::uint64_t count = 1;
    std::int64_t litres = 1;
    bool pass_over = false; ///< go on where one cannot be sown
};
BOOST_DESCRIBE_STRUCT(plant_row, (), (first, count, litres, pass_over))
struct nest {
    std::uint32_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(nest, (), (depth))
/// Begins an endless conversation of reactions.
struct shout {};
BOOST_DESCRIBE_STRUCT(shout, (), ())
struct flood {
    std::uint64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(flood, (), (count))

enum class place : std::uint8_t { decide, apply, react, swallowed_call, swallowed_record, nowhere };
BOOST_DESCRIBE_ENUM(place, decide, apply, react, swallowed_call, swallowed_record, nowhere)
/// Sows a plant, then throws an exception there.
struct stumble {
    plant_id plant;
    place where{};
};
BOOST_DESCRIBE_STRUCT(stumble, (), (plant, where))

// Of a later release

struct frost_rules {
    std::int64_t degrees = -5;
};
BOOST_DESCRIBE_STRUCT(frost_rules, (), (degrees))
struct measure_frost {};
BOOST_DESCRIBE_STRUCT(measure_frost, (), ())
struct frost_measured {
    std::int64_t degrees = 0;
};
BOOST_DESCRIBE_STRUCT(frost_measured, (), (degrees))

// Plants that rest

struct visit_kind {
    static constexpr char const* noun = "visit";
    using record = struct visit;
};
using visit_id = koc::id<visit_kind>;
/// Somebody will look at a plant.
struct visit {
    visit_id id;
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(visit, (), (id, plant))
struct resting {
    plant_id id;
};
BOOST_DESCRIBE_STRUCT(resting, (), (id))
struct rest {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(rest, (), (plant))
struct wake {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(wake, (), (plant))
struct plan_visit {
    visit_id visit;
    plant_id plant;
    koc::instant at;
};
BOOST_DESCRIBE_STRUCT(plan_visit, (), (visit, plant, at))
struct rested {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(rested, (), (plant))
struct woken {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(woken, (), (plant))
struct visit_planned {
    visit_id visit;
    plant_id plant;
    koc::instant at;
};
BOOST_DESCRIBE_STRUCT(visit_planned, (), (visit, plant, at))
struct visited {
    visit_id visit;
};
BOOST_DESCRIBE_STRUCT(visited, (), (visit))

// Queries

struct wetness {
    std::int64_t litres = 0;
    bool thirsty = false;
};
BOOST_DESCRIBE_STRUCT(wetness, (), (litres, thirsty))
struct how_wet {
    using answer = wetness;
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(how_wet, (), (plant))
/// Everything that the search index holds, as text.
struct show_index {
    using answer = std::string;
};
BOOST_DESCRIBE_STRUCT(show_index, (), ())

// Events

struct sown {
    plant_id plant;
    std::string name;
    koc::personal_text keeper;
};
BOOST_DESCRIBE_STRUCT(sown, (), (plant, name, keeper))
struct watered {
    plant_id plant;
    std::int64_t litres = 0;
};
BOOST_DESCRIBE_STRUCT(watered, (), (plant, litres))
/// What `water` lets through.
inline koc::result<void> check(watered const& event) {
    return koc::check_between("watered.litres", event.litres, 1, 1000);
}
struct felled {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(felled, (), (plant))
struct dried {
    plant_id plant;
};
BOOST_DESCRIBE_STRUCT(dried, (), (plant))
struct noted {
    std::uint64_t line = 0;
    std::string about;
};
BOOST_DESCRIBE_STRUCT(noted, (), (line, about))
struct page_filled {
    std::uint64_t page = 0;
};
BOOST_DESCRIBE_STRUCT(page_filled, (), (page))
struct forbidden {
    std::string what;
};
BOOST_DESCRIBE_STRUCT(forbidden, (), (what))
struct permitted {
    std::string what;
};
BOOST_DESCRIBE_STRUCT(permitted, (), (what))
struct nested {
    std::uint32_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(nested, (), (depth))
struct echoed {};
BOOST_DESCRIBE_STRUCT(echoed, (), ())
struct stumbled {
    place where{};
};
BOOST_DESCRIBE_STRUCT(stumbled, (), (where))

// Questions

struct may_water {
    plant_id plant;
};

/// Rules that differ from their defaults, as a host's bag.
struct wet_rules {
    beds_rules beds{500, koc::days(2)};
};
BOOST_DESCRIBE_STRUCT(wet_rules, (), (beds))

/// The programme, which instantiate.cpp brings in.
struct programme;
/// The same journal, read by a release with one more kind of rules.
struct later_programme;
/// The same with an aspect that only reviews, and has no events.
struct watched_programme;
/// The same with an aspect that lets plants rest.
struct winter_programme;
/// The same with an aspect whose container cannot be taken back.
struct leaky_programme;
/// The same with an aspect that counts outside its state.
struct counting_programme;

inline koc::engine engine_of(koc::any_journal journal, koc::writer_id writer = koc::writer_id{1}) {
    return koc::engine::of<programme>(std::move(journal), writer);
}
inline koc::asked at(std::int64_t minute) { return {koc::instant{} + koc::minutes(minute)}; }

} // namespace garden

namespace koc {
extern template programme_parts include_instantiate_hpp<garden::programme>();
extern template programme_parts include_instantiate_hpp<garden::later_programme>();
extern template programme_parts include_instantiate_hpp<garden::watched_programme>();
extern template programme_parts include_instantiate_hpp<garden::winter_programme>();
extern template programme_parts include_instantiate_hpp<garden::leaky_programme>();
extern template programme_parts include_instantiate_hpp<garden::counting_programme>();
} // namespace koc
