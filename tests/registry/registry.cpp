// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/canonical_reader.hpp>
#include <koc/registry/registry.hpp>
#include <koc/registry/vocabulary.hpp>
#include <koc/search/additive.hpp>
#include <koc/search/concepts.hpp>
#include <koc/search/top_k.hpp>
#include <koc/tag/requirement_plan.hpp>

#include "support/catch.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc::errc;
using koc::slot;
using koc::tag_id;
using koc::tag_set;

enum class phase : std::uint8_t { budding, active, mature };
BOOST_DESCRIBE_ENUM(phase, budding, active, mature)
enum class mood : std::uint8_t { calm, cross };
BOOST_DESCRIBE_ENUM(mood, calm, cross)

using person_id = koc::id<struct person_kind>;

/// What is searched. Its mood is a kept tag of its own, its stars a column of its own.
struct person {
    person_id id;
    tag_set tags;
    mood now{};
    std::int64_t stars = 0;

    friend bool operator==(person const&, person const&) = default;
};
BOOST_DESCRIBE_STRUCT(person, (), (id, tags, now, stars))

/// The load in the index of who has no record of work.
constexpr std::int64_t idle = -3;

/// Another aspect's record: a column, and a tag that may be missing.
struct work {
    person_id id;
    std::int64_t load = 0;
    std::optional<phase> at;
};
BOOST_DESCRIBE_STRUCT(work, (), (id, load, at))

/// A number under a tag.
struct portion {
    tag_id about;
    std::uint32_t pieces = 0;
};
BOOST_DESCRIBE_STRUCT(portion, (), (about, pieces))
/// A third aspect's: tags of the same facet, a column that is computed, and a tally.
struct past {
    person_id id;
    std::vector<phase> phases;
    koc::score quality;
    std::vector<portion> portions;
};
BOOST_DESCRIBE_STRUCT(past, (), (id, phases, quality, portions))
koc::score doubled(past const& p) { return p.quality + p.quality; }

using by_stars = koc::by<&person::stars>;
using people_type = koc::registry<person, by_stars>;
static_assert(koc::indexed_population<people_type>);
static_assert(koc::vocabulary<people_type::names>);

/// Three tables as the containers of one state.
struct state {
    koc::undo_log log;
    koc::vocabulary_state words;
    people_type people;
    koc::table<work> works;
    koc::table<past> pasts;

    bool past_keeps;

    /// `past_keeps`: whether the third table keeps tags of the second one's facet.
    explicit state(bool past_keeps_too = true) : past_keeps{past_keeps_too} {
        people.use(words);
        people.contribute(
            koc::column_contribution<koc::column_of<"stars", &person::stars>>, people.records());
        people.contribute(
            koc::column_contribution<koc::column_of<"load", &work::load, idle>>, works);
        people.contribute(koc::column_contribution<koc::column_of<"twice", &doubled>>, pasts);
        people.contribute(
            koc::tally_contribution<
                koc::tally_of<"pieces", &past::portions, &portion::about, &portion::pieces>>,
            pasts);
        people.contribute(koc::kept_contribution<koc::kept_tag<&person::now>>, people.records());
        people.contribute(koc::kept_contribution<koc::kept_tag<&work::at>>, works);
        if (past_keeps) {
            people.contribute(koc::kept_contribution<koc::kept_tag<&past::phases>>, pasts);
        }
        words.attach(log);
        people.attach(log);
        works.attach(log);
        pasts.attach(log);
    }
    /// With the words that most tests need.
    static void define(koc::vocabulary_state& words) {
        for (auto const* facet : {"region", "phase", "mood"}) {
            words.add(koc::facet_definition{facet});
        }
        words.add(koc::facet_definition{"age", true});
        words.add(koc::tag_definition{"region", "north", "", {}});
        words.add(koc::tag_definition{"region", "harbin", "", {"north"}});
        words.add(koc::tag_definition{"region", "jilin", "", {"north"}});
        words.add(koc::tag_definition{"age", "young", "", {}});
        for (auto const* key : {"budding", "active", "mature"}) {
            words.add(koc::tag_definition{"phase", key, "", {}});
        }
        for (auto const* key : {"calm", "cross"}) {
            words.add(koc::tag_definition{"mood", key, "", {}});
        }
    }

    [[nodiscard]] tag_id tag(std::string_view facet, std::string_view key) const {
        return words->find(facet, key).value();
    }
    [[nodiscard]] koc::bitmap::word tagged(std::string_view facet, std::string_view key) const {
        return people.tag_word(tag(facet, key), 0);
    }
    [[nodiscard]] std::int64_t value(std::string_view column, slot s) const {
        return people.value(people.find_column(column).value(), s);
    }
};

constexpr auto absent = koc::number_column::absent;

person somebody(std::uint64_t id, tag_set tags = {}, std::int64_t stars = 0) {
    return {person_id{id}, std::move(tags), mood::calm, stars};
}

struct record_named_by_number {
    std::uint64_t id = 0;
    tag_set tags;
};
BOOST_DESCRIBE_STRUCT(record_named_by_number, (), (id, tags))
struct record_without_tags {
    person_id id;
};
BOOST_DESCRIBE_STRUCT(record_without_tags, (), (id))
struct record_not_described {
    person_id id;
    tag_set tags;
};

TEST_CASE("a record of a registry is described and has an id and tags", "[registry]") {
    STATIC_REQUIRE(koc::tagged_record<person>);
    STATIC_REQUIRE_FALSE(koc::tagged_record<record_named_by_number>);
    STATIC_REQUIRE_FALSE(koc::tagged_record<record_without_tags>);
    STATIC_REQUIRE_FALSE(koc::tagged_record<record_not_described>);
}

TEST_CASE("records are found by id, by slot, by key, by tag and by number", "[registry]") {
    state s;
    state::define(s.words);
    CHECK(s.people.insert(somebody(30, {{s.tag("region", "harbin")}}, 5)));
    CHECK(s.people.insert(somebody(10, {{s.tag("region", "jilin")}}, 3)));
    CHECK_FALSE(s.people.insert(somebody(30, {}, 9)));
    CHECK(s.people.size() == 2);
    CHECK(s.people.slot_count() == 2);
    CHECK(s.people.find(person_id{10})->stars == 3);
    CHECK(s.people.find(person_id{11}) == nullptr);
    CHECK(s.people.slot_of(person_id{10}) == slot{1});
    CHECK_FALSE(s.people.slot_of(person_id{}));
    CHECK(s.people[0].stars == 5);
    CHECK(s.people.id_at(1) == person_id{10});
    CHECK(s.people.all<by_stars>(std::int64_t{5}).begin()->id == person_id{30});
    CHECK(s.people.last<by_stars>(std::int64_t{3})->id == person_id{10});
    CHECK(s.people.count<by_stars>(std::int64_t{4}) == 0);
    CHECK(s.tagged("region", "north") == 0b11);
    CHECK(s.tagged("region", "harbin") == 0b01);
    CHECK(s.tagged("mood", "calm") == 0b11);
    CHECK(s.people.tag_word(s.tag("region", "north"), 99) == 0);
    CHECK(s.value("stars", 0) == 5);
    CHECK(s.people.max_of(*s.people.find_column("stars"), 0) == 5);
    CHECK_FALSE(s.people.find_column("height"));
    CHECK_FALSE(s.people.find_column(""));
}

TEST_CASE(
    "tables of other aspects contribute columns and kept tags, whoever comes first", "[registry]") {
    state s;
    state::define(s.words);
    s.works.insert({person_id{1}, 4, phase::active}); // before the member
    s.people.insert(somebody(1));
    s.people.insert(somebody(2));
    s.works.insert({person_id{2}, 7, std::nullopt});  // after the member
    s.works.insert({person_id{3}, 9, phase::mature}); // of nobody
    s.pasts.insert({person_id{2}, {phase::budding, phase::mature}, koc::percent(20), {}});
    CHECK(s.value("load", 0) == 4);
    CHECK(s.value("load", 1) == 7);
    CHECK(s.value("twice", 0) == absent);
    CHECK(s.value("twice", 1) == 400'000);
    CHECK(s.tagged("phase", "active") == 0b01);
    CHECK(s.tagged("phase", "budding") == 0b10);
    CHECK(s.tagged("phase", "mature") == 0b10);

    s.works.update(person_id{1}, [](work& w) { w = {w.id, -1, phase::mature}; });
    CHECK(s.value("load", 0) == -1);
    CHECK(s.tagged("phase", "active") == 0);
    CHECK(s.tagged("phase", "mature") == 0b11);
    s.works.erase(person_id{1});
    CHECK(s.value("load", 0) == idle); // as for somebody who never had one
    s.people.insert(somebody(9));
    CHECK(s.value("load", 2) == idle);
    CHECK(s.value("twice", 2) == absent);
    CHECK(s.tagged("phase", "mature") == 0b10);
}

TEST_CASE("a tag that two tables keep stays until neither has it", "[registry]") {
    state s;
    state::define(s.words);
    auto const active = s.tag("phase", "active");
    s.people.insert(somebody(1, {{active}})); // the record itself may have it besides
    s.works.insert({person_id{1}, 0, phase::active});
    s.pasts.insert({person_id{1}, {phase::active, phase::active}, {}, {}});
    s.works.update(person_id{1}, [](work& w) { w.at = phase::mature; });
    CHECK(s.tagged("phase", "active") == 1);
    s.pasts.erase(person_id{1});
    CHECK(s.tagged("phase", "active") == 1);
    s.people.update(person_id{1}, [&](person& p) { p.tags.remove(active); });
    CHECK(s.tagged("phase", "active") == 0);
    CHECK(s.tagged("phase", "mature") == 1);
    s.people.erase(person_id{1});
    CHECK(s.tagged("phase", "mature") == 0);
}

/// A record of another table yet, which says whether what the others tell is found.
struct consent {
    person_id id;
    bool given = true;
};
BOOST_DESCRIBE_STRUCT(consent, (), (id, given))

using consented_to = koc::gate_of<"consent", &consent::given>;
template <typename Contribution>
using consented = koc::behind<consented_to, Contribution>;

/// As `state`, with all but the stars and the moods behind a gate.
struct gated_state {
    koc::undo_log log;
    koc::vocabulary_state words;
    people_type people;
    koc::table<work> works;
    koc::table<past> pasts;
    koc::table<consent> consents;

    /// `gate_first`: whether the gate is contributed before what is behind it.
    explicit gated_state(bool gate_first = false) {
        auto const add_gate = [&] {
            people.contribute(koc::gate_contribution<consented_to>, consents);
        };
        people.use(words);
        if (gate_first) {
            add_gate();
        }
        people.contribute(
            koc::column_contribution<koc::column_of<"stars", &person::stars>>, people.records());
        people.contribute(
            koc::column_contribution<consented<koc::column_of<"load", &work::load, idle>>>, works);
        people.contribute(
            koc::column_contribution<consented<koc::column_of<"twice", &doubled>>>, pasts);
        people.contribute(
            koc::tally_contribution<consented<
                koc::tally_of<"pieces", &past::portions, &portion::about, &portion::pieces>>>,
            pasts);
        people.contribute(koc::kept_contribution<koc::kept_tag<&person::now>>, people.records());
        people.contribute(koc::kept_contribution<consented<koc::kept_tag<&work::at>>>, works);
        if (!gate_first) {
            add_gate();
        }
        state::define(words);
        for (auto* one :
            std::initializer_list<koc::container*>{&words, &people, &works, &pasts, &consents}) {
            one->attach(log);
        }
    }

    /// All that a search can see of a slot.
    struct seen {
        std::int64_t stars = 0;
        std::int64_t load = 0;
        std::int64_t twice = 0;
        bool counted = false; ///< has pieces about Harbin
        bool calm = false;
        bool active = false;
        bool mature = false;

        friend bool operator==(seen const&, seen const&) = default;
    };
    [[nodiscard]] seen at(slot s) const {
        auto const value = [&](std::string_view column) {
            return people.value(people.find_column(column).value(), s);
        };
        auto const tagged = [&](std::string_view facet, std::string_view key) {
            auto const tag = words->find(facet, key).value();
            return (people.tag_word(tag, s / 64) >> (s % 64) & 1U) != 0;
        };
        auto const& counts = people.index().counts(people.find_tally("pieces").value());
        return {value("stars"), value("load"), value("twice"),
            counts.on(harbin()).holders().contains(s), tagged("mood", "calm"),
            tagged("phase", "active"), tagged("phase", "mature")};
    }
    [[nodiscard]] tag_id harbin() const { return words->find("region", "harbin").value(); }
};

TEST_CASE("while a gate is closed nothing behind it is found, and all of it again when it opens",
    "[registry][B22]") {
    auto const gate_first = GENERATE(false, true);
    gated_state s{gate_first};
    person_id const one{1};
    s.people.insert(somebody(1, {}, 5));
    gated_state::seen const nothing{5, absent, absent, false, true, false, false};
    CHECK(s.at(0) == gated_state::seen{5, idle, absent, false, true, false, false});
    s.works.insert({one, 4, phase::active});
    s.pasts.insert({one, {}, koc::percent(20), {{s.harbin(), 7}}});
    gated_state::seen const all{5, 4, 400'000, true, true, true, false};
    CHECK(s.at(0) == all); // nobody said no
    s.consents.insert({one, true});
    CHECK(s.at(0) == all);
    s.consents.update(one, [](consent& c) { c.given = false; });
    CHECK(s.at(0) == nothing);
    // What changes meanwhile is not found, also where a record comes or goes.
    s.works.update(one, [](work& w) { w = {w.id, 9, phase::mature}; });
    s.people.update(one, [](person& p) { p.stars = 6; });
    CHECK(s.at(0) == gated_state::seen{6, absent, absent, false, true, false, false});
    s.pasts.erase(one);
    s.pasts.insert({one, {}, koc::percent(30), {{s.harbin(), 8}}});
    CHECK(s.at(0) == gated_state::seen{6, absent, absent, false, true, false, false});
    // As it has become.
    s.consents.erase(one);
    CHECK(s.at(0) == gated_state::seen{6, 9, 600'000, true, true, false, true});
    s.consents.insert({one, false});
    CHECK(s.at(0).load == absent);
    s.works.erase(one);
    s.consents.update(one, [](consent& c) { c.given = true; });
    CHECK(s.at(0) == gated_state::seen{6, idle, 600'000, true, true, false, false});
}

TEST_CASE("a gate that is closed before there is anything to find stays closed, and what closes it "
          "is taken back with it",
    "[registry][B22]") {
    gated_state s;
    person_id const one{1};
    s.consents.insert({one, false});
    s.works.insert({one, 4, phase::active});
    s.pasts.insert({one, {}, koc::percent(20), {{s.harbin(), 7}}});
    s.people.insert(somebody(1));
    gated_state::seen const nothing{0, absent, absent, false, true, false, false};
    gated_state::seen const all{0, 4, 400'000, true, true, true, false};
    CHECK(s.at(0) == nothing);
    {
        koc::undo_scope const scope{s.log};
        s.consents.update(one, [](consent& c) { c.given = true; });
        CHECK(s.at(0) == all);
    }
    CHECK(s.at(0) == nothing);
    s.people.erase(one);
    s.people.insert(somebody(1));
    CHECK(s.at(1) == nothing);
    s.consents.erase(one);
    CHECK(s.at(1) == all);
    // A requirement matches nobody behind a closed gate, whichever way it asks.
    auto const matches = [&](koc::requirement const& needs) {
        auto const plan = koc::requirement_plan::compile(needs, s.people.vocabulary(*s.words));
        return plan->filter(s.people, 0, s.people.live_word(0)) != 0;
    };
    CHECK(matches(koc::column("load") <= 5));
    s.consents.insert({one, false});
    for (auto const& needs : {koc::column("load") <= 5, koc::column("load") >= -5,
             koc::column("twice") <= 1'000'000, koc::has("phase", "active")}) {
        CHECK_FALSE(matches(needs));
    }
    CHECK(matches(koc::column("stars") <= 5));
}

TEST_CASE("an erased record leaves a slot empty, and comes back to a new one", "[registry]") {
    state s;
    state::define(s.words);
    auto const north = s.tag("region", "north");
    s.works.insert({person_id{1}, 4, phase::active});
    s.people.insert(somebody(1, {{north}}, 5));
    s.people.insert(somebody(2, {{north}}, 3));
    CHECK(s.people.erase(person_id{1}));
    CHECK_FALSE(s.people.erase(person_id{1}));
    CHECK(s.people.live_word(0) == 0b10);
    CHECK(s.people.tag_word(north, 0) == 0b10);
    CHECK(s.value("load", 0) == absent);
    CHECK(s.people.max_of(*s.people.find_column("stars"), 0) == 3);
    s.works.update(person_id{1}, [](work& w) { w.load = 5; }); // nobody's now
    CHECK(s.value("load", 0) == absent);
    CHECK(s.people.insert(somebody(1)));
    CHECK(s.people.slot_of(person_id{1}) == slot{2});
    CHECK(s.value("load", 2) == 5);
    CHECK(s.tagged("phase", "active") == 0b100);
    std::vector<person_id> walked;
    s.people.for_each([&](person const& p) { walked.push_back(p.id); });
    CHECK(walked == std::vector{person_id{2}, person_id{1}});
}

TEST_CASE("who is set aside is in no search, and comes back as they are by then", "[registry]") {
    state s;
    state::define(s.words);
    s.people.insert(somebody(1, tag_set{{s.tag("region", "harbin")}}, 5));
    s.people.insert(somebody(2, tag_set{{s.tag("region", "jilin")}}, 7));
    s.works.put(person_id{2}, [](work& w) { w.load = 3; });
    s.pasts.put(person_id{2}, [&](past& p) {
        p.phases = {phase::mature};
        p.portions = {{s.tag("region", "jilin"), 4}};
    });
    auto const pieces = s.people.find_tally("pieces").value();
    auto const counts = [&](tag_id about) {
        return s.people.index().counts(pieces).on(about).holders().contains(slot{1});
    };
    s.people.set_aside(2);
    CHECK(s.people.live_word(0) == 0b01);
    CHECK(s.tagged("region", "north") == 0b01);
    CHECK(s.tagged("phase", "mature") == 0);
    CHECK_FALSE(counts(s.tag("region", "jilin")));
    CHECK(s.people.find(person_id{2})->stars == 7);
    // What changes meanwhile, also of records and words elsewhere, is seen once they are back.
    s.people.update(person_id{2}, [&](person& p) {
        p.stars = 8;
        p.tags.put({s.tag("region", "harbin")});
    });
    s.works.put(person_id{2}, [](work& w) { w.at = phase::active; });
    s.pasts.put(person_id{2}, [&](past& p) { p.portions.front().pieces = 6U; });
    s.words.add(koc::tag_definition{"region", "heihe", "", {"north"}});
    CHECK(s.people.live_word(0) == 0b01);
    s.people.bring_back(2);
    CHECK(s.people.live_word(0) == 0b11);
    CHECK(s.tagged("region", "harbin") == 0b11);
    CHECK(s.tagged("phase", "mature") == 0b10);
    CHECK(s.tagged("phase", "active") == 0b10);
    CHECK(s.value("stars", 1) == 8);
    CHECK(s.value("load", 1) == 3);
    CHECK(counts(s.tag("region", "jilin")));
}

TEST_CASE(
    "who is set aside before they are there, or goes meanwhile, is in no search", "[registry]") {
    state s;
    state::define(s.words);
    s.people.set_aside(1);
    s.people.insert(somebody(1, tag_set{{s.tag("region", "harbin")}}, 5));
    s.people.insert(somebody(2));
    CHECK(s.people.live_word(0) == 0b10);
    s.people.bring_back(1);
    CHECK(s.people.live_word(0) == 0b11);
    CHECK(s.tagged("region", "north") == 0b01);
    s.people.set_aside(1);
    {
        koc::undo_scope const scope{s.log};
        s.people.erase(person_id{1});
        CHECK(s.people.live_word(0) == 0b10);
    }
    CHECK(s.people.live_word(0) == 0b10);
    s.people.bring_back(1);
    CHECK(s.tagged("region", "north") == 0b01);
    CHECK(s.people.is_aside(1) == false);
}

TEST_CASE("a record that is erased and taken back stands where it stood", "[registry]") {
    state s;
    state::define(s.words);
    s.works.insert({person_id{1}, 4, phase::active});
    s.people.insert(somebody(1, {{s.tag("region", "harbin")}}, 5));
    {
        koc::undo_scope const scope{s.log};
        s.people.erase(person_id{1});
        s.works.update(person_id{1}, [](work& w) { w = {w.id, 8, phase::mature}; });
        CHECK(s.people.slot_count() == 0);
        s.people.insert(somebody(1));
        CHECK(s.people.slot_of(person_id{1}) == slot{1});
        CHECK(s.value("load", 1) == 8);
    }
    CHECK(s.people.slot_of(person_id{1}) == slot{0});
    CHECK(s.people.slot_count() == 1);
    CHECK(s.value("load", 0) == 4);
    CHECK(s.tagged("region", "north") == 1);
    CHECK(s.tagged("phase", "active") == 1);
    CHECK(s.tagged("phase", "mature") == 0);
}

TEST_CASE("what is taken back leaves the number of slots as it was", "[registry]") {
    state s;
    for (std::uint64_t i = 1; i <= 5; ++i) {
        s.people.insert(somebody(i));
    }
    s.people.erase(person_id{4});
    s.people.erase(person_id{5});
    CHECK(s.people.slot_count() == 3);
    {
        koc::undo_scope const scope{s.log};
        s.people.insert(somebody(6));
        CHECK(s.people.slot_count() == 6);
    }
    CHECK(s.people.slot_count() == 3);
}

TEST_CASE("tags that are defined after a record has them are found from then on", "[registry]") {
    state s;
    s.words.add(koc::facet_definition{"region"});
    s.words.add(koc::tag_definition{"region", "north", "", {}});
    s.works.insert({person_id{1}, 4, phase::active});
    s.people.insert(somebody(1, {{tag_id{3}}}));
    s.people.insert(somebody(2));
    {
        koc::undo_scope const scope{s.log};
        s.words.add(koc::facet_definition{"phase"});
        s.words.add(koc::tag_definition{"phase", "active", "", {}});
        s.words.add(koc::tag_definition{"region", "harbin", "", {"north"}});
        CHECK(s.tagged("phase", "active") == 0b01);
        CHECK(s.tagged("region", "harbin") == 0b01);
        CHECK(s.tagged("region", "north") == 0b01);
        s.works.update(person_id{1}, [](work& w) { w.at.reset(); });
        CHECK(s.tagged("phase", "active") == 0);
    }
    CHECK(s.people.tag_word(tag_id{2}, 0) == 0);
    CHECK(s.people.tag_word(tag_id{3}, 0) == 0);
    CHECK(s.tagged("region", "north") == 0);
    {
        koc::undo_scope const scope{s.log}; // member, tag and all
        s.people.insert(somebody(3, {{tag_id{2}}}));
        s.words.add(koc::tag_definition{"region", "jilin", "", {"north"}});
        CHECK(s.tagged("region", "jilin") == 0b100);
        CHECK(s.tagged("region", "north") == 0b100);
    }
    CHECK(s.people.tag_word(tag_id{2}, 0) == 0);
    CHECK(s.tagged("region", "north") == 0);
    CHECK(s.people.slot_count() == 2);
}

TEST_CASE("kept tags stand under what their facet says", "[registry]") {
    state s;
    s.words.add(koc::facet_definition{"phase"});
    s.words.add(koc::tag_definition{"phase", "here", "", {}});
    s.words.add(koc::tag_definition{"phase", "active", "", {"here"}});
    s.people.insert(somebody(1));
    s.works.insert({person_id{1}, 0, phase::active});
    CHECK(s.tagged("phase", "here") == 1);
    s.works.erase(person_id{1});
    CHECK(s.tagged("phase", "here") == 0);
}

TEST_CASE("a registry without a vocabulary, columns or further keys is a registry", "[registry]") {
    koc::registry<person> people;
    CHECK(people.insert(somebody(0xffffffffffffffffU, {{tag_id{1}}})));
    CHECK(people.insert(somebody(0)));
    CHECK(people.contains(person_id{0xffffffffffffffffU}));
    CHECK(people.contains(person_id{}));
    CHECK_FALSE(people.contains(person_id{1}));
    CHECK(people.update(person_id{}, [](person& p) { p.stars = 7; }));
    people.put(person_id{1}, [](person& p) { p.stars = 8; });
    CHECK(people[2].stars == 8);
    CHECK(people.tag_word(tag_id{1}, 0) == 0);
    CHECK(people.live_word(0) == 0b111);
    CHECK_FALSE(people.find_column("stars"));
    CHECK(people.erase(person_id{}));
}

TEST_CASE("the index is no part of the state", "[registry]") {
    state a;
    state::define(a.words);
    koc::registry<person> b;
    a.people.insert(somebody(1, {{tag_id{1}}}, 3));
    b.insert(somebody(1, {{tag_id{1}}}, 3));
    koc::hasher of_a;
    koc::hasher of_b;
    a.people.digest_into(of_a);
    b.digest_into(of_b);
    CHECK(of_a.finish() == of_b.finish());
    std::string text;
    a.people.write_into(text);
    CHECK(text == R"([{"id":1,"tags":[{"tag":1,"weight":1000000}],"now":"calm","stars":3}])");
    CHECK(a.people.holds() == koc::key_of<person>);
    CHECK(a.people.find_raw(1) == a.people.row_raw(0));
    CHECK(a.people.row_count() == 1);
    CHECK(people_type::searched() == koc::key_of<person_id>);
}

TEST_CASE("a requirement in the registry's names finds its people", "[registry]") {
    state s;
    state::define(s.words);
    auto const harbin = s.tag("region", "harbin");
    s.people.insert(somebody(1, {{harbin}}, 5));
    s.people.insert(somebody(2, {{harbin}}, 1));
    s.people.insert(somebody(3, {{harbin}}, 9));
    s.works.insert({person_id{1}, 1, phase::active});
    s.works.insert({person_id{2}, 1, phase::active});
    s.works.insert({person_id{3}, 8, phase::active});
    auto const names = s.people.vocabulary(*s.words);
    auto const needs = koc::has("region", "north") && koc::has("phase", "active") &&
        koc::column("stars") >= 2 && koc::column("load") <= 3;
    auto const plan = koc::requirement_plan::compile(needs, names);
    REQUIRE(plan.has_value());
    CHECK(plan->filter(s.people, 0, s.people.live_word(0)) == 0b001);
    s.works.update(person_id{3}, [](work& w) { w.load = 0; });
    CHECK(plan->filter(s.people, 0, s.people.live_word(0)) == 0b101);

    auto const unknown = koc::requirement_plan::compile(koc::column("height") >= 2, names);
    REQUIRE(!unknown);
    CHECK(unknown.error().code == errc::unknown_id);
    auto const young = koc::has("age", "young");
    auto const refused = koc::requirement_plan::compile(young, names);
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::not_qualified);
    CHECK(koc::requirement_plan::compile(young, s.people.vocabulary(*s.words, true)).has_value());
}

/// Stars, and less for work in hand; 3 for the active.
struct stars_less_load {
    koc::score_terms terms_;

    [[nodiscard]] koc::score_terms terms(int) const { return terms_; }
    [[nodiscard]] koc::score rate(int, person const& p) const { return koc::score{p.stars}; }
    [[nodiscard]] koc::explanation explain(int, person const&) const { return {}; }
};

TEST_CASE("the best are searched over tags and columns of all tables", "[registry]") {
    state s;
    state::define(s.words);
    for (std::uint64_t i = 0; i < 700; ++i) {
        s.people.insert(somebody(i + 1, {}, static_cast<std::int64_t>(i % 7)));
        s.works.insert({person_id{i + 1}, static_cast<std::int64_t>(i % 11),
            i % 3 == 0 ? std::optional{phase::active} : std::nullopt});
    }
    stars_less_load const scorer{{koc::score{}, {{s.tag("phase", "active"), koc::score{3}}},
        {{*s.people.find_column("stars"), koc::score{1}},
            {*s.people.find_column("load"), koc::score{-1}}}}};
    auto const plan =
        koc::requirement_plan::compile(koc::has("mood", "calm"), s.people.vocabulary(*s.words));
    auto const best = koc::top_k(s.people, *plan, 0, scorer, 5);
    REQUIRE(best.has_value());
    std::vector<std::pair<std::int64_t, std::uint64_t>> wanted; // the score, negated, and the id
    for (std::uint64_t i = 0; i < 700; ++i) {
        wanted.push_back({static_cast<std::int64_t>(i % 11) - static_cast<std::int64_t>(i % 7) -
                (i % 3 == 0 ? 3 : 0),
            i + 1});
    }
    std::sort(wanted.begin(), wanted.end());
    REQUIRE(best->size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK((*best)[i].id == person_id{wanted[i].second});
        CHECK((*best)[i].fit.raw == -wanted[i].first);
    }
}

// Random programs against a model that is walked.

struct definition {
    char const* facet;
    char const* key; ///< null for the facet itself
    char const* parent;
};
/// In the order in which a program may define them.
constexpr definition definitions[] = {{"region", nullptr, nullptr}, {"region", "north", nullptr},
    {"region", "harbin", "north"}, {"mood", nullptr, nullptr}, {"mood", "cross", nullptr},
    {"region", "jilin", "north"}, {"phase", nullptr, nullptr}, {"phase", "known", nullptr},
    {"phase", "active", "known"}, {"mood", "calm", nullptr}, {"phase", "budding", nullptr},
    {"region", "west", "harbin"}, {"phase", "mature", "known"}};
constexpr std::uint32_t tags_in_all = 10;

struct model {
    std::size_t defined = 0;
    std::vector<std::optional<person>> rows;
    std::map<person_id, work> works;
    std::map<person_id, past> pasts;

    [[nodiscard]] std::optional<slot> slot_of(person_id who) const {
        for (std::size_t s = 0; s < rows.size(); ++s) {
            if (rows[s] && rows[s]->id == who) {
                return static_cast<slot>(s);
            }
        }
        return std::nullopt;
    }
};

struct program {
    state tested{*rc::gen::arbitrary<bool>()};
    model now;
    std::vector<std::pair<koc::undo_log::mark, model>> open;

    void define() {
        if (now.defined == std::size(definitions)) {
            return;
        }
        auto const& [facet, key, parent] = definitions[now.defined++];
        if (key == nullptr) {
            tested.words.add(koc::facet_definition{facet});
        } else {
            tested.words.add(koc::tag_definition{facet, key, "",
                parent == nullptr ? std::vector<std::string>{} : std::vector<std::string>{parent}});
        }
    }
    static tag_set any_tags() {
        tag_set tags;
        // At times only of the facet that nobody keeps, whose first two tags come first.
        auto const last = *rc::gen::element(2U, tags_in_all);
        for (auto left = *rc::gen::inRange(0, 4); left > 0; --left) {
            tags.put({tag_id{*rc::gen::inRange<std::uint32_t>(1, last + 1)}});
        }
        return tags;
    }
    static person any_person(person_id who) {
        return {who, any_tags(), *rc::gen::element(mood::calm, mood::cross),
            *rc::gen::element<std::int64_t>(-3, 0, 2, 200, -70'000, std::int64_t{1} << 40)};
    }
    static phase any_phase() {
        return *rc::gen::element(phase::budding, phase::active, phase::mature);
    }

    void change_person(person_id who) {
        auto const at = now.slot_of(who);
        auto const fresh = any_person(who);
        switch (*rc::gen::inRange(0, 4)) {
        case 0:
            RC_ASSERT(tested.people.erase(who) == at.has_value());
            if (at) {
                now.rows[*at].reset();
            }
            break;
        case 1:
            RC_ASSERT(tested.people.update(who, [&](person& p) { p = fresh; }) == at.has_value());
            if (at) {
                now.rows[*at] = fresh;
            }
            break;
        default:
            RC_ASSERT(tested.people.insert(fresh) == !at.has_value());
            if (!at) {
                now.rows.push_back(fresh);
            }
        }
    }
    void change_work(person_id who) {
        if (*rc::gen::inRange(0, 4) == 0) {
            RC_ASSERT(tested.works.erase(who) == (now.works.erase(who) == 1));
            return;
        }
        auto const load = *rc::gen::inRange<std::int64_t>(-2, 3);
        auto const at = *rc::gen::arbitrary<bool>() ? std::optional{any_phase()} : std::nullopt;
        tested.works.put(who, [&](work& w) { w = {who, load, at}; });
        now.works[who] = {who, load, at};
    }
    void change_past(person_id who) {
        if (*rc::gen::inRange(0, 4) == 0) {
            RC_ASSERT(tested.pasts.erase(who) == (now.pasts.erase(who) == 1));
            return;
        }
        past made{who, {}, koc::percent(*rc::gen::inRange(0, 100)), {}};
        for (std::uint32_t tag = 1; tag <= 3; ++tag) {
            if (*rc::gen::arbitrary<bool>()) {
                made.portions.push_back({tag_id{tag}, *rc::gen::inRange<std::uint32_t>(0, 5)});
            }
        }
        for (auto left = *rc::gen::inRange(0, 3); left > 0; --left) {
            made.phases.push_back(any_phase());
        }
        tested.pasts.put(who, [&](past& p) { p = made; });
        now.pasts[who] = made;
    }
    void crowd() {
        for (std::uint64_t i = 0; i < 150; ++i) {
            person_id const who{1000 + now.rows.size()};
            auto const made = somebody(who.value(), {{tag_id{2}}}, 1);
            tested.people.insert(made);
            now.rows.push_back(made);
        }
    }
    /// Changes between which nobody searches.
    void many() {
        tested.people.expect_many();
        for (auto left = *rc::gen::inRange(0, 6); left > 0; --left) {
            change();
        }
        agrees(tested);
    }
    void take_back() {
        tested.log.take_back(open.back().first);
        now = std::move(open.back().second);
        open.pop_back();
        agrees(tested);
    }

    void change() {
        person_id const who{*rc::gen::inRange<std::uint64_t>(0, 8)};
        switch (*rc::gen::weightedElement<int>({{6, 0}, {4, 1}, {3, 2}, {3, 3}})) {
        case 0:
            change_person(who);
            break;
        case 1:
            change_work(who);
            break;
        case 2:
            change_past(who);
            break;
        default:
            define();
        }
    }
    void step() {
        switch (*rc::gen::weightedElement<int>({{16, 0}, {2, 3}, {2, 4}, {1, 5}, {2, 6}, {1, 7}})) {
        case 0:
            change();
            break;
        case 3:
            many();
            break;
        case 4:
            open.push_back({tested.log.open(), now});
            break;
        case 5:
            if (!open.empty()) {
                tested.log.keep();
                open.pop_back();
            }
            break;
        case 6:
            if (!open.empty()) {
                take_back();
            }
            break;
        default:
            crowd();
        }
    }

    /// Everything that the registry answers.
    void agrees(state const& held_by) const {
        auto const& people = held_by.people;
        auto const& words = *held_by.words;
        std::size_t live = 0;
        std::size_t end = 0;
        auto const count = now.rows.size() / 64 + 2;
        std::vector<koc::bitmap::word> here(count);
        std::vector<std::vector<koc::bitmap::word>> tagged(
            tags_in_all + 2, std::vector<koc::bitmap::word>(count));
        std::vector<std::array<std::int64_t, 3>> most(count, {absent, absent, absent});
        auto const& pieces = people.index().counts(people.find_tally("pieces").value());
        std::array<std::size_t, 4> counted{};
        for (std::size_t at = 0; at < now.rows.size(); ++at) {
            auto const s = static_cast<slot>(at);
            auto const& row = now.rows[at];
            if (!row) {
                for (std::uint16_t c = 1; c <= 3; ++c) {
                    RC_ASSERT(people.value(koc::column_id{c}, s) == absent);
                }
                continue;
            }
            ++live;
            end = at + 1;
            RC_ASSERT(people[s] == *row);
            RC_ASSERT(people.slot_of(row->id) == s);
            RC_ASSERT(people.least_id(at / koc::block_bits) <= row->id);
            auto const bit = koc::bitmap::word{1} << at % 64;
            here[at / 64] |= bit;
            std::array<std::int64_t, 3> numbers{row->stars, idle, absent};
            std::set<tag_id> held;
            auto const hold = [&](std::optional<tag_id> tag) {
                for (std::uint32_t t = 1; tag && t <= words.size(); ++t) {
                    if (words.covers(tag_id{t}, *tag)) {
                        held.insert(tag_id{t});
                    }
                }
            };
            for (auto const& entry : row->tags) {
                if (words.contains(entry.tag)) {
                    hold(entry.tag);
                }
            }
            hold(words.find("mood", row->now == mood::calm ? "calm" : "cross"));
            if (auto const w = now.works.find(row->id); w != now.works.end()) {
                numbers[1] = w->second.load;
                if (w->second.at) {
                    hold(words.find("phase", koc::name_of(*w->second.at)));
                }
            }
            if (auto const p = now.pasts.find(row->id); p != now.pasts.end()) {
                numbers[2] = doubled(p->second).raw;
                for (auto const& [about, number] : p->second.portions) {
                    counted[about.value()] += number == 0 ? 0 : 1;
                    RC_ASSERT(pieces.on(about).holders().contains(s) == (number != 0));
                    RC_ASSERT(pieces.on(about).highest(at / koc::block_bits) >= number);
                }
                for (auto one : held_by.past_keeps ? p->second.phases : std::vector<phase>{}) {
                    hold(words.find("phase", koc::name_of(one)));
                }
            }
            for (auto tag : held) {
                tagged[tag.value()][at / 64] |= bit;
            }
            for (std::uint16_t c = 0; c < 3; ++c) {
                RC_ASSERT(people.value(koc::column_id{static_cast<std::uint16_t>(c + 1)}, s) ==
                    numbers[c]);
                most[at / 64][c] = std::max(most[at / 64][c], numbers[c]);
            }
        }
        RC_ASSERT(people.size() == live);
        RC_ASSERT(people.slot_count() == end);
        for (std::uint32_t t = 1; t <= 3; ++t) {
            RC_ASSERT(pieces.on(tag_id{t}).holders().count() == counted[t]);
        }
        for (std::size_t w = 0; w < count; ++w) {
            RC_ASSERT(people.live_word(w) == here[w]);
            for (std::uint32_t t = 1; t <= tags_in_all + 1; ++t) {
                RC_ASSERT(people.tag_word(tag_id{t}, w) == tagged[t][w]);
            }
            for (std::uint16_t c = 0; c < 3; ++c) {
                RC_ASSERT(people.max_of(koc::column_id{static_cast<std::uint16_t>(c + 1)}, w) ==
                    most[w][c]);
            }
        }
    }
    /// The same of a state that is read from the text of this one, in any order.
    void agrees_when_read() {
        state fresh{tested.past_keeps};
        std::vector<std::pair<koc::container const*, koc::container*>> parts{
            {&tested.words, &fresh.words}, {&tested.people, &fresh.people},
            {&tested.works, &fresh.works}, {&tested.pasts, &fresh.pasts}};
        while (!parts.empty()) {
            auto const at = parts.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(parts));
            std::string written;
            at->first->write_into(written);
            koc::canonical_reader in{written};
            RC_ASSERT(at->second->read_from(in).has_value());
            std::string again;
            at->second->write_into(again);
            RC_ASSERT(again == written);
            parts.erase(at);
        }
        agrees(fresh);
    }
};

TEST_CASE("the index is that of the records, after any program and whatever was taken back",
    "[registry]") {
    CHECK(rc::check("tables, definitions and nested scopes, in any order", [] {
        program it;
        for (auto left = *rc::gen::inRange(0, 10); left > 0; --left) {
            it.define();
        }
        for (auto steps = *rc::gen::inRange(0, 100); steps > 0; --steps) {
            it.step();
        }
        it.agrees(it.tested);
        if (it.open.empty()) {
            it.agrees_when_read();
        }
        while (!it.open.empty()) {
            it.take_back();
        }
    }));
}

} // namespace
