// SPDX-License-Identifier: BSL-1.0
#include <koc/registry/contribution.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

enum class season : std::uint8_t { spring, summer, autumn, winter };
BOOST_DESCRIBE_ENUM(season, spring, summer, autumn, winter)

struct garden {
    koc::id<struct garden_kind> id;
    int beds = 0;
    bool open = false;
    std::uint64_t seeds = 0;
    season now{};
    std::optional<season> next;
    std::vector<season> closed;
    koc::score quality;
    std::optional<koc::score> rating;
    koc::instant since;
    koc::duration walk;
};
BOOST_DESCRIBE_STRUCT(
    garden, (), (id, beds, open, seeds, now, next, closed, quality, rating, since, walk))

std::int64_t half(garden const& g) noexcept { return g.beds / 2; }

template <auto Read>
std::int64_t number(garden const& g) {
    return koc::column_contribution<koc::column_of<"any", Read>>.read(&g);
}
template <auto Read>
std::vector<std::string> keys(garden const& g) {
    std::vector<std::string> found;
    koc::kept_contribution<koc::kept_tag<Read>>.each(
        &g,
        [](void* into, std::string_view key) {
            static_cast<std::vector<std::string>*>(into)->emplace_back(key);
        },
        &found);
    return found;
}

TEST_CASE("a column reads whole numbers, in the units of their types", "[registry]") {
    garden g;
    g.beds = -7;
    g.open = true;
    g.now = season::autumn;
    g.quality = koc::percent(50);
    g.since = {1234};
    g.walk = {-5};
    CHECK(number<&garden::beds>(g) == -7);
    CHECK(number<&garden::open>(g) == 1);
    CHECK(number<&garden::now>(g) == 2);
    CHECK(number<&garden::quality>(g) == 500'000);
    CHECK(number<&garden::since>(g) == 1234);
    CHECK(number<&garden::walk>(g) == -5);
    CHECK(number<&half>(g) == -3);
}

TEST_CASE(
    "a number that is not there is absent, and one that is too large the largest", "[registry]") {
    garden g;
    CHECK(number<&garden::rating>(g) == koc::number_column::absent);
    CHECK(number<&garden::next>(g) == koc::number_column::absent);
    g.rating = koc::score{};
    g.next = season::summer;
    CHECK(number<&garden::rating>(g) == 0);
    CHECK(number<&garden::next>(g) == 1);
    g.seeds = (std::numeric_limits<std::uint64_t>::max)();
    CHECK(number<&garden::seeds>(g) == (std::numeric_limits<std::int64_t>::max)());
}

TEST_CASE("kept tags are the enumerators of one value, of none or of many", "[registry]") {
    garden g;
    using list = std::vector<std::string>;
    CHECK(keys<&garden::now>(g) == list{"spring"});
    CHECK(keys<&garden::next>(g) == list{});
    CHECK(keys<&garden::closed>(g) == list{});
    g.next = season::winter;
    g.closed = {season::winter, season::summer};
    CHECK(keys<&garden::next>(g) == list{"winter"});
    CHECK(keys<&garden::closed>(g) == list{"winter", "summer"});
}

TEST_CASE("a contribution knows its record and its name", "[registry]") {
    auto const& beds = koc::column_contribution<koc::column_of<"beds", &garden::beds>>;
    CHECK(beds.record == koc::key_of<garden>);
    CHECK(beds.name == "beds");
    CHECK(beds.each == nullptr);
    auto const& closed = koc::kept_contribution<koc::kept_tag<&garden::closed>>;
    CHECK(closed.record == koc::key_of<garden>);
    CHECK(closed.name == "season");
    CHECK(closed.read == nullptr);
}

struct crop {
    koc::tag_id kind;
    std::uint32_t baskets = 0;
};
struct harvest {
    koc::id<struct garden_kind> id;
    std::vector<crop> crops;
};

TEST_CASE("a tally reads the tag and the number of each element", "[registry]") {
    auto const& baskets = koc::tally_contribution<
        koc::tally_of<"baskets", &harvest::crops, &crop::kind, &crop::baskets>>;
    CHECK(baskets.record == koc::key_of<harvest>);
    CHECK(baskets.name == "baskets");
    CHECK(baskets.read == nullptr);
    CHECK(baskets.each == nullptr);
    harvest const autumn{{}, {{koc::tag_id{4}, 9}, {koc::tag_id{7}, 0}}};
    std::vector<std::pair<koc::tag_id, std::int64_t>> read;
    baskets.count(
        &autumn,
        [](void* into, koc::tag_id tag, std::int64_t number) {
            static_cast<decltype(read)*>(into)->push_back({tag, number});
        },
        &read);
    CHECK(read == decltype(read){{koc::tag_id{4}, 9}, {koc::tag_id{7}, 0}});
}

} // namespace
