// SPDX-License-Identifier: BSL-1.0
#include <koc/assign/global_assignment.hpp>

#include "assign/assignments.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using koc::errc;
using koc::score;
using koc::slot;
using test::job_id;
using test::worker_id;

/// Somebody who fits the i-th job as well as `fits[i]` says.
struct person {
    worker_id id;
    std::int32_t capacity = 1;
    bool live = true;
    bool trained = true; ///< has the only tag there is
    bool willing = true; ///< passes the gate
    std::vector<std::int64_t> fits;
};

/// A population in which a slot says nothing about the id.
struct town {
    std::vector<person> all;

    [[nodiscard]] std::size_t slot_count() const { return all.size(); }
    [[nodiscard]] koc::bitmap::word live_word(std::size_t w) const {
        return word(w, [](person const& each) { return each.live; });
    }
    [[nodiscard]] koc::bitmap::word tag_word(koc::tag_id, std::size_t w) const {
        return word(w, [](person const& each) { return each.trained; });
    }
    [[nodiscard]] std::int64_t value(koc::column_id, slot) const { return 0; }
    [[nodiscard]] worker_id id_at(slot s) const { return all[s].id; }
    person const& operator[](slot s) const { return all[s]; }

    [[nodiscard]] std::int32_t capacity(worker_id id) const {
        return std::find_if(all.begin(), all.end(), [&](auto const& each) {
            return each.id == id;
        })->capacity;
    }

    koc::bitmap::word word(std::size_t w, auto const& has) const {
        koc::bitmap::word bits = 0;
        for (auto s = w * 64; s < std::min(all.size(), w * 64 + 64); ++s) {
            bits |= koc::bitmap::word{has(all[s])} << (s % 64);
        }
        return bits;
    }

    static std::optional<koc::tag_id> find_tag(koc::tag_name const&) { return koc::tag_id{1}; }
    static std::optional<koc::column_id> find_column(std::string_view) { return std::nullopt; }
    static bool sensitive(koc::tag_id) { return false; }
};
static_assert(koc::population<town>);

/// A job is the number of its fit.
struct by_fit {
    [[nodiscard]] score rate(std::size_t job, person const& p) const { return {p.fits[job]}; }
    [[nodiscard]] koc::explanation explain(std::size_t job, person const& p) const {
        return koc::explanation{}.add("fit", rate(job, p));
    }
};
struct willing {
    static bool admits(std::size_t, person const& p) { return p.willing; }
    static std::string refusal(std::size_t, person const&) { return "unwilling"; }
};

using opening = koc::opening<job_id, std::size_t>;
using barred = koc::barred_pair<job_id, worker_id>;
using global = koc::global_plan<job_id, worker_id>;

struct situation {
    town people;
    std::vector<opening> openings;
    std::vector<barred> bars;

    [[nodiscard]] koc::result<global> solved(std::size_t spare) const {
        auto const capacity = [&](worker_id id) { return people.capacity(id); };
        return koc::assign_from(people, openings, by_fit{}, capacity, bars, willing{}, spare);
    }

    /// With every pair there is.
    [[nodiscard]] test::problem in_full() const {
        test::problem all;
        for (std::size_t t = 0; t < openings.size(); ++t) {
            auto const& it = openings[t];
            all.tasks.push_back({it.id, it.need, it.fill_min});
            for (slot s = 0; s < people.all.size(); ++s) {
                auto const& who = people.all[s];
                bool const is_barred =
                    std::find(bars.begin(), bars.end(), barred{it.id, who.id}) != bars.end();
                if (it.required.admits(people, s) && who.willing && !is_barred) {
                    all.pairs.push_back({it.id, who.id, score{who.fits[t]}});
                }
            }
        }
        for (auto const& who : people.all) {
            all.people.push_back({who.id, who.capacity});
        }
        return all;
    }
};

koc::requirement_plan trained_only() {
    return koc::requirement_plan::compile(koc::has("skill", "trained"), town{}).value();
}

situation any_situation(test::draws& draw, std::int64_t tasks_max, std::int64_t people_max) {
    situation it;
    auto const tasks = static_cast<std::size_t>(draw(tasks_max + 1));
    auto const people = draw(people_max + 1);
    auto const fits = draw(2) == 0 ? 4 : 1000;
    auto const low = draw(3) == 0 ? fits / 2 : 0;
    auto const floors = draw(3) == 0;
    auto const alike = draw(4) == 0; // everybody would be chosen in the same order
    for (std::int64_t p = 0; p < people; ++p) {
        person who;
        who.id = worker_id{static_cast<std::uint32_t>(1 + (p * 7) % 101)};
        who.capacity = static_cast<std::int32_t>(1 + draw(2));
        who.live = draw(8) != 0;
        who.trained = draw(2) == 0;
        who.willing = draw(8) != 0;
        auto const same = draw(fits) - low;
        for (std::size_t t = 0; t < tasks; ++t) {
            who.fits.push_back(alike ? same : draw(fits) - low);
        }
        it.people.all.push_back(std::move(who));
    }
    for (std::size_t t = 0; t < tasks; ++t) {
        opening made{job_id{static_cast<std::uint32_t>(t + 1)}, t, {}};
        made.need = static_cast<std::int32_t>(1 + draw(3));
        made.fill_min = floors ? static_cast<std::int32_t>(draw(made.need + 1)) : 0;
        if (draw(3) == 0) {
            made.required = trained_only();
        }
        for (auto const& who : it.people.all) {
            if (who.live && draw(10) == 0) {
                it.bars.push_back({made.id, who.id});
            }
        }
        it.openings.push_back(std::move(made));
    }
    return it;
}

TEST_CASE("the best of a population is what trying every pair finds", "[match]") {
    std::size_t searches = 0;
    std::size_t tasks = 0;
    for (std::uint64_t seed = 0; seed < koc_test::rounds(100'000); ++seed) {
        test::draws draw{seed};
        auto const it = any_situation(draw, 4, 6);
        auto const made = it.solved(0);
        auto const misfit = made ? verify(*made) : made.error();
        if (misfit || test::of(made->plan) != test::by_trying(it.in_full())) {
            CAPTURE(seed, misfit.has_value());
            FAIL((misfit ? misfit->subject + ": " + misfit->expected : "not the optimum"));
        }
        searches += made->searches;
        tasks += it.openings.size();
    }
    CHECK(searches > tasks + tasks / 10); // many had to look further
}

TEST_CASE("prices over a population are those of every pair listed", "[match]") {
    std::size_t left_out = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        test::draws draw{seed};
        auto const it = any_situation(draw, 12, 90);
        auto const made = it.solved(2).value();
        auto const full = it.in_full();
        auto const best = koc::assign(full).value();
        left_out += full.pairs.size() - made.listed.pairs.size();
        REQUIRE(made.plan.total == best.total);
        REQUIRE(!verify(made));
        if (best.blocked) {
            REQUIRE(made.plan.blocked);
            continue; // what a missing place weighs depends on the pairs that are listed
        }
        for (std::size_t t = 0; t < best.tasks.size(); ++t) {
            REQUIRE(made.plan.tasks[t].threshold == best.tasks[t].threshold);
        }
        for (auto const& who : best.people) {
            auto const listed = std::find_if(made.plan.people.begin(), made.plan.people.end(),
                [&](auto const& each) { return each.id == who.id; });
            auto const price = listed == made.plan.people.end() ? score{} : listed->price;
            REQUIRE(price == who.price);
        }
    }
    CHECK(left_out > 30'000);
}

TEST_CASE("a task that nobody contests is searched once", "[match]") {
    situation it;
    for (std::uint32_t p = 0; p < 500; ++p) {
        it.people.all.push_back({worker_id{500 - p}, 1, true, true, true, {p, 500 - p}});
    }
    it.openings = {{job_id{1}, 0, {}, 3}, {job_id{2}, 1, {}, 2}};
    auto const made = it.solved(8).value();
    CHECK(made.searches == 2);
    CHECK(made.listed.pairs.size() == 3 + 8 + 2 + 8);
    CHECK(made.plan.total == score{499 + 498 + 497 + 500 + 499});
}

TEST_CASE("nobody there is a plan without people", "[match]") {
    situation it;
    it.openings = {{job_id{1}, 0, {}, 3, 2}};
    auto const made = it.solved(8).value();
    CHECK(made.plan.pairs.empty());
    REQUIRE(made.plan.blocked);
    CHECK(made.plan.blocked->sentence() == "this task asks for 2 people; nobody qualifies");
    CHECK(!verify(made));
    it.openings.clear();
    CHECK(it.solved(8).value().searches == 0);
}

TEST_CASE("a minimum that the population cannot meet says who stands in the way", "[match]") {
    situation it;
    for (std::uint32_t p = 0; p < 300; ++p) {
        it.people.all.push_back({worker_id{p + 1}, 2, true, p < 3, true, {p, p, 7}});
    }
    it.openings = {{job_id{1}, 0, trained_only(), 5, 3}, {job_id{2}, 1, trained_only(), 4, 3},
        {job_id{3}, 2, trained_only(), 2, 1}};
    auto const made = it.solved(0).value();
    REQUIRE(made.plan.blocked);
    CHECK(made.plan.blocked->sentence() ==
        "these 3 tasks ask for 7 people; the 3 people who qualify can give 6");
    CHECK(made.plan.pairs.size() == 6);
}

TEST_CASE("a wrong opening, bar or capacity is refused by name", "[match]") {
    struct row {
        char const* what;
        void (*spoil)(situation&);
        errc code;
        char const* subject;
    };
    auto const table = std::vector<row>{
        {"need 0", [](auto& it) { it.openings[1].need = 0; }, errc::invalid_argument, "task 2"},
        {"minimum", [](auto& it) { it.openings[1].fill_min = 3; }, errc::invalid_argument,
            "task 2"},
        {"twice", [](auto& it) { it.openings[1].id = job_id{1}; }, errc::already_exists, "task 1"},
        {"task 0", [](auto& it) { it.openings[0].id = {}; }, errc::invalid_argument, "task 0"},
        {"capacity", [](auto& it) { it.people.all[1].capacity = 0; }, errc::invalid_argument,
            "person 2"},
        {"bar of nothing",
            [](auto& it) {
                it.bars = {{job_id{9}, worker_id{1}}};
            },
            errc::unknown_id, "task 9"},
        {"bar of nobody",
            [](auto& it) {
                it.bars = {{job_id{1}, worker_id{9}}};
            },
            errc::unknown_id, "person 9"},
        {"bar twice",
            [](auto& it) {
                it.bars = {{job_id{2}, worker_id{1}}, {job_id{2}, worker_id{1}}};
            },
            errc::already_exists, "task 2 and person 1"},
        {"huge fit",
            [](auto& it) { it.people.all[0].fits[1] = std::numeric_limits<std::int64_t>::max(); },
            errc::too_large, "pair of task 2 and person 1"},
    };
    for (auto const& [what, spoil, code, subject] : table) {
        CAPTURE(what);
        situation it;
        it.people.all = {{worker_id{1}, 1, true, true, true, {3, 4}},
            {worker_id{2}, 1, true, true, true, {3, 4}}};
        it.openings = {{job_id{1}, 0, {}, 1}, {job_id{2}, 1, {}, 2}};
        REQUIRE(it.solved(0).has_value());
        spoil(it);
        auto const made = it.solved(0);
        REQUIRE(!made.has_value());
        CHECK(made.error().code == code);
        CHECK(made.error().subject == subject);
    }
}

} // namespace
