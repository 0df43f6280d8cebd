// SPDX-License-Identifier: BSL-1.0
#include <koc/search/ceiling.hpp>

#include <koc/search/combinators.hpp>
#include <koc/search/top_k.hpp>
#include <koc/testing/scorer.hpp>

#include "support/catch.hpp"
#include "tag/crowd.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using koc::column_id;
using koc::errc;
using koc::score;
using koc::score_ceiling;
using koc::slot;
using koc::tag_id;
using koc::tally_id;
using koc::whole;

struct errand {};

constexpr column_id depth{1};
constexpr column_id load{2};
constexpr tally_id work{1};
constexpr auto absent = koc::number_column::absent;

/// Somebody with two numbers, perhaps absent, and counts of their work by tag.
struct worker {
    koc::id<struct worker_kind> id;
    slot place = 0;
    std::array<std::int64_t, 2> numbers{absent, absent};
    std::map<std::uint32_t, std::int64_t> counts;
};
using worker_id = decltype(worker::id);

/// Models `indexed_population`, also with ids that are in no order.
class workers {
public:
    explicit workers(bool tells_least_id = true) : tells_{tells_least_id} { index_.add_tally(); }

    void add(worker who, std::vector<tag_id> const& tags) {
        who.place = index_.insert(tags);
        for (std::uint16_t c = 0; c < 2; ++c) {
            if (who.numbers[c] != absent) {
                index_.put(column_id{static_cast<std::uint16_t>(c + 1)}, who.place, who.numbers[c]);
            }
        }
        for (auto const& [tag, count] : who.counts) {
            index_.put(work, who.place, tag_id{tag}, count);
        }
        least_.resize(who.place / koc::block_bits + 1, worker_id{~std::uint64_t{0}});
        auto& least = least_.back();
        least = tells_ ? std::min(least, who.id) : worker_id{};
        all_.push_back(std::move(who));
    }

    [[nodiscard]] std::size_t slot_count() const { return all_.size(); }
    [[nodiscard]] koc::bitmap::word live_word(std::size_t w) const { return index_.live_word(w); }
    [[nodiscard]] koc::bitmap::word tag_word(tag_id tag, std::size_t w) const {
        return index_.tag_word(tag, w);
    }
    [[nodiscard]] std::int64_t value(column_id column, slot s) const {
        return index_.value(column, s);
    }
    [[nodiscard]] worker_id id_at(slot s) const { return all_[s].id; }
    [[nodiscard]] worker const& operator[](slot s) const { return all_[s]; }
    [[nodiscard]] koc::search_index const& index() const { return index_; }
    [[nodiscard]] worker_id least_id(std::size_t b) const { return least_[b]; }
    void expect(slot) const {}

private:
    bool tells_;
    koc::search_index index_{2};
    std::vector<worker> all_;
    std::vector<worker_id> least_;
};
static_assert(koc::indexed_population<workers>);

/// At most what its ceiling says: less by up to three, from nobody knows where.
struct below_ceiling {
    workers const* people;
    score_ceiling high;
    std::uint64_t how = 0;

    [[nodiscard]] score rate(errand const&, worker const& w) const {
        auto const less = (w.id.value() * 2'654'435'761U + how) >> 7U & 3U;
        return high.of(*people, w.place) - whole(static_cast<std::int64_t>(less));
    }
    [[nodiscard]] koc::explanation explain(errand const& task, worker const& w) const {
        return koc::explanation{}.add("all", rate(task, w));
    }
    [[nodiscard]] score_ceiling ceiling(errand const&) const { return high; }
};
static_assert(koc::ceiling_scorer_for<below_ceiling, errand, workers>);
static_assert(!koc::additive_scorer_for<below_ceiling, errand, workers>);

/// The same, whose ceiling nobody sees.
template <typename Scorer>
struct asked_one_by_one {
    Scorer scorer;
    [[nodiscard]] score rate(errand const& t, worker const& w) const { return scorer.rate(t, w); }
    [[nodiscard]] koc::explanation explain(errand const& t, worker const& w) const {
        return scorer.explain(t, w);
    }
};
static_assert(!koc::ceiling_scorer_for<asked_one_by_one<below_ceiling>, errand, workers>);

struct every_third {
    [[nodiscard]] bool admits(errand const&, worker const& w) const {
        return w.id.value() % 3 != 0;
    }
    [[nodiscard]] std::string refusal(errand const&, worker const&) const { return "a third"; }
};

/// Draws for crowds that are too large for RapidCheck to draw from.
struct dice {
    std::uint64_t state;

    std::uint64_t operator()(std::uint64_t below) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (state >> 33U) % below;
    }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>((*this)(static_cast<std::uint64_t>(high - low + 1)));
    }
};

constexpr std::uint32_t tag_count = 10;

workers any_workers(dice& draw, std::size_t count, bool rising, bool tells_least_id) {
    workers people{tells_least_id};
    for (std::size_t i = 0; i < count; ++i) {
        worker who;
        who.id = worker_id{rising ? i + 1 : i * 48'271 % 70'001 + 1};
        std::vector<tag_id> tags;
        for (std::uint32_t t = 1; t <= tag_count; ++t) {
            if (draw(t) == 0) {
                tags.push_back(tag_id{t});
            }
        }
        if (draw(4) == 0) { // a past
            who.numbers[0] = draw.between(-40, 3'000);
            for (auto n = draw(4); n > 0; --n) {
                who.counts[static_cast<std::uint32_t>(draw(tag_count) + 1)] = draw.between(1, 30);
            }
        }
        if (draw(3) == 0) {
            who.numbers[1] = draw.between(0, 5);
        }
        people.add(std::move(who), tags);
    }
    return people;
}

score_ceiling any_ceiling(dice& draw, workers const& people) {
    score_ceiling high;
    high.base = whole(draw.between(-3, 3));
    for (auto n = draw(5); n > 0; --n) {
        high.tags.push_back(
            {tag_id{static_cast<std::uint32_t>(draw(tag_count) + 1)}, whole(draw.between(-2, 6))});
    }
    if (draw(2) == 0) {
        high.columns.push_back({load, whole(draw.between(-3, 1))});
    }
    for (auto n = draw(3); n > 0; --n) {
        auto const column = draw(3) == 0 ? load : depth;
        auto const step = draw.between(1, 400);
        auto const less = draw.between(0, 2);
        high.curves.push_back({column,
            {draw.between(-50, 50), people.index().numbers(column).highest(),
                [&](std::int64_t n_) { return whole(n_ / step - less); }}});
    }
    for (auto n = draw(3); n > 0; --n) {
        auto const tag = tag_id{static_cast<std::uint32_t>(draw(tag_count) + 1)};
        auto const each = draw.between(0, 300'000);
        high.tallies.push_back(
            {work, tag, {1, people.index().counts(work).on(tag).highest(), [&](std::int64_t n_) {
                             return score{each * n_};
                         }}});
        if (draw(3) != 0) {
            high.tallies.back().within = depth; // which all have with a past
        }
    }
    return high;
}

koc::requirement_plan any_plan(dice& draw) {
    struct names {
        static std::optional<tag_id> find_tag(koc::tag_name const& name) {
            return tag_id{static_cast<std::uint32_t>(std::stoul(name.key))};
        }
        static std::optional<column_id> find_column(std::string_view) { return load; }
        static bool sensitive(tag_id) { return false; }
    };
    auto const any = [&] { return koc::has("", std::to_string(draw(tag_count) + 1)); };
    koc::requirement needs;
    for (auto n = draw(3); n > 0; --n) {
        needs.parts.push_back(any() || any());
    }
    if (draw(4) == 0) {
        needs.parts.push_back(!(any() && koc::column("load") >= 2));
    }
    return koc::requirement_plan::compile(needs, names{}).value();
}

template <typename Scorer>
void compare(dice& draw, workers const& people, Scorer const& scorer) {
    auto const plan = any_plan(draw);
    auto const k = draw(30) + 1;
    asked_one_by_one<Scorer> const asked{scorer};
    REQUIRE(*top_k(people, plan, errand{}, scorer, k) == *top_k(people, plan, errand{}, asked, k));
    REQUIRE(*top_k(people, plan, errand{}, scorer, k, every_third{}) ==
        *top_k(people, plan, errand{}, asked, k, every_third{}));
}

TEST_CASE("a search by ceilings finds what asking everybody finds", "[match]") {
    dice draw{11};
    for (auto const& [count, rising, tells] :
        {std::tuple{6'000, true, true}, {6'000, false, true}, {40'000, false, false}}) {
        CAPTURE(count, rising, tells);
        auto const people = any_workers(draw, static_cast<std::size_t>(count), rising, tells);
        for (int i = 0; i < 60; ++i) {
            below_ceiling const scorer{&people, any_ceiling(draw, people), draw(1'000)};
            compare(draw, people, scorer);
        }
    }
}

TEST_CASE("what is made of scorers with ceilings has one, and the laws hold", "[match]") {
    dice draw{5};
    auto const people = any_workers(draw, 3'000, false, true);
    for (int i = 0; i < 25; ++i) {
        below_ceiling const one{&people, any_ceiling(draw, people), draw(1'000)};
        below_ceiling const other{&people, any_ceiling(draw, people), draw(1'000)};
        koc::weighted const part{one, score{draw.between(0, 3'000'000)}};
        koc::total const sum{
            part, koc::capped{other, whole(4)}, koc::floored{other, whole(draw.between(-2, 4))}};
        STATIC_REQUIRE(
            koc::ceiling_scorer_for<std::remove_const_t<decltype(sum)>, errand, workers>);
        auto const broken = koc::testing::check_scorer_laws(sum, errand{}, people);
        CAPTURE(broken);
        REQUIRE(broken.empty());
        compare(draw, people, sum);
    }
}

struct plain {
    [[nodiscard]] static score rate(errand const&, worker const&) { return {}; }
    [[nodiscard]] static koc::explanation explain(errand const&, worker const&) { return {}; }
};
static_assert(!koc::ceiling_scorer_for<koc::total<below_ceiling, plain>, errand, workers>);
static_assert(
    !koc::ceiling_scorer_for<koc::product<below_ceiling, below_ceiling>, errand, workers>);

TEST_CASE("among equal scores the smaller id wins, in whatever slot it is", "[match]") {
    for (bool tells : {true, false}) {
        workers people{tells};
        for (std::uint64_t i = 0; i < 2'000; ++i) {
            people.add({worker_id{2'000 - i}, 0, {7, absent}, {}}, {});
        }
        score_ceiling high;
        high.curves.push_back({depth, {0, 7, [](std::int64_t n) { return whole(n); }}});
        struct all_equal : below_ceiling {
            [[nodiscard]] score rate(errand const&, worker const&) const { return whole(5); }
        };
        auto const best = koc::top_k(people, {}, errand{}, all_equal{{&people, high}}, 3).value();
        CHECK(best[0].id == worker_id{1});
        CHECK(best[2].id == worker_id{3});
    }
}

TEST_CASE("a tally that is within no column although its ceiling says so is told", "[match]") {
    workers people;
    worker without_depth;
    without_depth.id = worker_id{4};
    without_depth.counts[3] = 8;
    people.add(without_depth, {tag_id{3}});
    score_ceiling high;
    high.base = whole(9);
    high.tallies.push_back({work, tag_id{3}, {1, 8, [](std::int64_t n) { return whole(n); }}});
    CHECK(
        koc::testing::check_scorer_laws(below_ceiling{&people, high, 0}, errand{}, people).empty());
    high.tallies.back().within = depth;
    auto const broken =
        koc::testing::check_scorer_laws(below_ceiling{&people, high, 0}, errand{}, people);
    REQUIRE(broken.size() == 1);
    CHECK(broken.front().find("within, but member 4 has none") != std::string::npos);
    high.tallies.back().within = column_id{9};
    CHECK(top_k(people, koc::requirement_plan{}, errand{}, below_ceiling{&people, high, 0}, 1)
              .error()
              .subject == "column 9");
}

TEST_CASE(
    "a ceiling that is no bound or cannot be read is refused or told by the laws", "[match]") {
    workers people;
    people.add({worker_id{4}, 0, {9, 1}, {{3, 8}}}, {tag_id{3}});
    auto const line = [](std::int64_t n) { return whole(n); };
    auto const falling = [](std::int64_t n) { return whole(-n); };
    struct row {
        char const* story;
        score_ceiling high;
        std::optional<errc> refused;
        char const* subject; ///< of the refusal
        char const* law;     ///< what the broken law says
    };
    auto const with_curve = [](column_id column, koc::rising_curve most) {
        score_ceiling high;
        high.curves.push_back({column, std::move(most)});
        return high;
    };
    auto const with_tally = [](tally_id which, koc::rising_curve most) {
        score_ceiling high;
        high.tallies.push_back({which, tag_id{3}, std::move(most)});
        return high;
    };
    auto const with_column = [](column_id column, score each) {
        score_ceiling high;
        high.columns.push_back({column, each});
        return high;
    };
    static constexpr score huge{std::int64_t{1} << 62};
    row const rows[] = {
        {"no such column", with_column(column_id{9}, {}), errc::unknown_id, "column 9", "column 9"},
        {"no such curve's column", with_curve(column_id{9}, {0, 9, line}), errc::unknown_id,
            "column 9", "column 9"},
        {"no such tally", with_tally(tally_id{2}, {0, 9, line}), errc::unknown_id, "tally 2",
            "tally 2"},
        {"a curve that ends too soon", with_curve(depth, {0, 8, line}), errc::invalid_argument,
            "the scorer's curve of column 1", "curve of column 1"},
        {"a tally's curve that ends too soon", with_tally(work, {0, 7, line}),
            errc::invalid_argument, "the scorer's curve of tally 1", "curve of tally 1"},
        {"a curve beyond any score", with_curve(depth, {0, 9, [](std::int64_t) { return huge; }}),
            errc::too_large, "the scorer's curves", nullptr},
        {"a column beyond any score", with_column(depth, {huge}), errc::too_large,
            "the scorer's column 1", nullptr},
        {"a curve that falls", with_curve(depth, {0, 9, falling}), std::nullopt, nullptr,
            "column 1 does"},
        {"a tally's curve below 0", with_tally(work, {8, 8, falling}), std::nullopt, nullptr,
            "not negative"},
    };
    for (auto const& [story, high, refused, subject, law] : rows) {
        CAPTURE(story);
        below_ceiling const scorer{&people, high};
        if (refused) {
            auto const found = koc::top_k(people, {}, errand{}, scorer, 1);
            REQUIRE_FALSE(found.has_value());
            CHECK(found.error().code == *refused);
            CHECK(found.error().subject == subject);
        }
        if (law != nullptr) {
            struct harmless : below_ceiling {
                [[nodiscard]] static score rate(errand const&, worker const&) { return {}; }
                [[nodiscard]] static koc::explanation explain(errand const&, worker const&) {
                    return {};
                }
            };
            auto const broken =
                koc::testing::check_scorer_laws(harmless{{&people, high}}, errand{}, people);
            REQUIRE(broken.size() == 1);
            CHECK(broken.front().find(law) != std::string::npos);
        }
    }
}

TEST_CASE("a score above its ceiling is caught", "[match]") {
    workers people;
    people.add({worker_id{6}, 0, {9, 1}, {}}, {});
    struct dishonest : below_ceiling {
        [[nodiscard]] score_ceiling ceiling(errand const&) const {
            auto less = high;
            less.base = less.base - whole(4);
            return less;
        }
    };
    auto const broken = koc::testing::check_scorer_laws(dishonest{{&people, {}}}, errand{}, people);
    REQUIRE(broken.size() == 1);
    CHECK(broken.front().find("member 6") != std::string::npos);
    CHECK(broken.front().find("exceeds the ceiling") != std::string::npos);
}

TEST_CASE("weights round up what adds and keep what takes away", "[match]") {
    CHECK(koc::product_above(score{3}, score{500'000}) == score{2});
    CHECK(koc::product_above(score{-3}, score{500'000}) == score{-1});
    CHECK(koc::product_below(score{3}, score{500'000}) == score{1});
    CHECK(koc::product_below(score{-3}, score{500'000}) == score{-2});
    CHECK(koc::product_above(whole(3), whole(2)) == whole(6));
    workers people;
    people.add({worker_id{1}, 0, {-7, absent}, {}}, {});
    score_ceiling high;
    high.columns.push_back({depth, score{3}});
    high *= score{500'000};
    CHECK(high.of(people, 0) >= score{-21 / 2});
    high.raise_to(whole(-1));
    CHECK(high.of(people, 0) >= score{});
}

} // namespace
