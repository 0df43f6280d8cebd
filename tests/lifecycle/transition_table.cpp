// SPDX-License-Identifier: BSL-1.0
#include <koc/lifecycle/step_refusal.hpp>
#include <koc/lifecycle/transition_table.hpp>

#include "support/catch.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace {

enum class stage : unsigned char { seed, sprout, tree, bonsai, timber };
BOOST_DESCRIBE_ENUM(stage, seed, sprout, tree, bonsai, timber)
enum class moment : unsigned char { watered, grew, trimmed, felled };
BOOST_DESCRIBE_ENUM(moment, watered, grew, trimmed, felled)

struct garden {
    bool sunny = false;
    bool small = false;
    int asked = 0;
};
struct is_sunny {
    static constexpr std::string_view name = "the place is sunny";
    constexpr bool operator()(garden const& in) const { return in.sunny; }
};
struct is_small {
    static constexpr std::string_view name = "the garden is small";
    constexpr bool operator()(garden const& in) const { return in.small; }
};

using life = koc::transition_table<koc::initial<stage::seed>,
    koc::row<stage::seed, moment::watered, stage::sprout>,
    koc::row<stage::sprout, moment::grew, stage::bonsai, is_small>,
    koc::row<stage::sprout, moment::grew, stage::tree, is_sunny>,
    koc::row<stage::tree, moment::trimmed, stage::tree>,
    koc::row<stage::tree, moment::felled, stage::timber>,
    koc::row<stage::bonsai, moment::trimmed, stage::bonsai, is_small>,
    koc::row<stage::bonsai, moment::trimmed, stage::tree>, koc::resting<stage::timber>,
    koc::only_entry<stage::timber, moment::felled>>;

static_assert(koc::transition_table_like<life>);
static_assert(koc::transition_table_for<life, garden>);
static_assert(!koc::transition_table_for<life, koc::no_context>);

constexpr auto nowhere = std::nullopt;

TEST_CASE("an event leads to the stage of the first row whose guard agrees", "[lifecycle]") {
    struct expectation {
        stage from;
        moment event;
        garden in;
        std::optional<stage> to;
    };
    constexpr std::array cases{
        //           from            event             in                to
        expectation{stage::seed, moment::watered, {}, stage::sprout},
        expectation{stage::seed, moment::grew, {true, true}, nowhere},
        expectation{stage::sprout, moment::grew, {false, false}, nowhere},
        expectation{stage::sprout, moment::grew, {true, false}, stage::tree},
        expectation{stage::sprout, moment::grew, {false, true}, stage::bonsai},
        expectation{stage::sprout, moment::grew, {true, true}, stage::bonsai},
        expectation{stage::tree, moment::trimmed, {}, stage::tree},
        expectation{stage::tree, moment::felled, {}, stage::timber},
        expectation{stage::bonsai, moment::trimmed, {false, true}, stage::bonsai},
        expectation{stage::bonsai, moment::trimmed, {false, false}, stage::tree},
        expectation{stage::timber, moment::felled, {true, true}, nowhere},
    };
    constexpr bool when_compiled = [&] {
        for (auto const& c : cases) {
            if (life::step(c.from, c.event, c.in) != c.to) {
                return false;
            }
        }
        return true;
    }();
    STATIC_REQUIRE(when_compiled);
    for (auto const& c : cases) {
        CAPTURE(koc::name_of(c.from), koc::name_of(c.event), c.in.sunny, c.in.small);
        CHECK(life::step(c.from, c.event, c.in) == c.to);
        CHECK(life::refusal(c.from, c.event, c.in).has_value() == !c.to.has_value());
    }
}

TEST_CASE("a refusal says which events the stage accepts, or which guards said no", "[lifecycle]") {
    auto const no_row = life::refusal(stage::tree, moment::grew, garden{});
    REQUIRE(no_row);
    CHECK(no_row->no_such_row());
    CHECK(std::vector(no_row->accepted.begin(), no_row->accepted.end()) ==
        std::vector{moment::trimmed, moment::felled});

    auto const guarded = life::refusal(stage::sprout, moment::grew, garden{});
    REQUIRE(guarded);
    CHECK_FALSE(guarded->no_such_row());
    CHECK(std::vector(guarded->guards.begin(), guarded->guards.end()) ==
        std::vector{is_small::name, is_sunny::name});

    CHECK_FALSE(life::refusal(stage::sprout, moment::grew, garden{true}));
}

TEST_CASE("a table tells its start, its rests and its possible moves", "[lifecycle]") {
    STATIC_REQUIRE(life::initial == stage::seed);
    STATIC_REQUIRE(life::rests(stage::timber));
    STATIC_REQUIRE_FALSE(life::rests(stage::tree));
    STATIC_REQUIRE(life::allows(stage::sprout, moment::grew));
    STATIC_REQUIRE_FALSE(life::allows(stage::sprout, moment::felled));
    STATIC_REQUIRE(life::accepts(stage::sprout, stage::bonsai));
    STATIC_REQUIRE(life::accepts(stage::bonsai, stage::tree));
    STATIC_REQUIRE_FALSE(life::accepts(stage::tree, stage::bonsai));
    STATIC_REQUIRE(life::accepted(stage::timber).empty());
    STATIC_REQUIRE(life::accepted(stage::bonsai).size() == 1);
}

TEST_CASE("the rows can be walked in the order they are written", "[lifecycle]") {
    STATIC_REQUIRE(life::rows.size() == 7);
    STATIC_REQUIRE(life::rows[1] ==
        koc::transition<stage, moment>{stage::sprout, moment::grew, stage::bonsai, is_small::name});
    STATIC_REQUIRE(life::rows[3].guard.empty());
    for (auto const& row : life::rows) {
        CHECK(life::allows(row.from, row.event));
        CHECK(life::accepts(row.from, row.to));
    }
}

TEST_CASE("a byte that is no stage or no event moves nothing", "[lifecycle]") {
    for (int byte = 0; byte < 256; ++byte) {
        auto const any_stage = static_cast<stage>(byte);
        auto const any_event = static_cast<moment>(byte);
        if (byte > static_cast<int>(stage::timber)) {
            CHECK_FALSE(life::step(any_stage, moment::watered, garden{true, true}));
            CHECK(life::accepted(any_stage).empty());
            CHECK_FALSE(life::rests(any_stage));
        }
        if (byte > static_cast<int>(moment::felled)) {
            CHECK_FALSE(life::step(stage::seed, any_event, garden{true, true}));
        }
    }
    auto const refused = life::refusal(static_cast<stage>(200), moment::grew, garden{});
    REQUIRE(refused);
    CHECK(refused->no_such_row());
}

// Enumerators far apart, one of them negative, and a table whose guards look at nothing.
enum class far_stage : signed char { below = -3, middle = 0, above = 100 };
BOOST_DESCRIBE_ENUM(far_stage, below, middle, above)
enum class far_event : unsigned char { up = 7, down = 70 };
BOOST_DESCRIBE_ENUM(far_event, up, down)

using ladder = koc::transition_table<koc::row<far_stage::below, far_event::up, far_stage::middle>,
    koc::row<far_stage::middle, far_event::up, far_stage::above>,
    koc::row<far_stage::middle, far_event::down, far_stage::below>,
    koc::row<far_stage::above, far_event::down, far_stage::middle>,
    koc::initial<far_stage::middle>>;

TEST_CASE("a table without guards needs no context and any enumerators will do", "[lifecycle]") {
    STATIC_REQUIRE(ladder::step(ladder::initial, far_event::up) == far_stage::above);
    STATIC_REQUIRE(ladder::step(ladder::initial, far_event::down) == far_stage::below);
    STATIC_REQUIRE(ladder::step(far_stage::below, far_event::up) == far_stage::middle);
    STATIC_REQUIRE_FALSE(ladder::step(far_stage::below, far_event::down));
    STATIC_REQUIRE(koc::transition_table_for<ladder, koc::no_context>);
}

} // namespace
