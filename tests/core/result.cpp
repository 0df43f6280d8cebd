// SPDX-License-Identifier: BSL-1.0
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>

#include "support/catch.hpp"

#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

koc::error const odd{
    koc::errc::invalid_argument, "n 7", "expected an even number that is long enough to be kept"};

koc::result<int> half(int n) {
    if (n % 2 != 0) {
        return koc::error{koc::errc::invalid_argument, "n " + std::to_string(n),
            "expected an even number that is long enough to be kept"};
    }
    return n / 2;
}

koc::result<void> only_even(int n) {
    auto const checked = half(n);
    if (!checked) {
        return checked.error();
    }
    return {};
}

/// Counts how many of it are alive.
struct guest {
    explicit guest(int& house) : here{&house} { ++*here; }
    guest(guest const& other) : here{other.here} { ++*here; }
    guest& operator=(guest const&) = delete;
    ~guest() { --*here; }
    int* here;
};

/// Whether `act` ends the program by an abort.
template <typename Act>
bool aborts(Act&& act) {
    auto const child = fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL);
        act();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

TEST_CASE("a result holds a value or the refusal, and hands the refusal on", "[core]") {
    REQUIRE(half(8).has_value());
    CHECK_FALSE(half(8).has_error());
    CHECK(*half(8) == 4);
    CHECK(half(8).value() == 4);
    REQUIRE(half(7).has_error());
    CHECK_FALSE(half(7).has_value());
    CHECK(half(7).error() == odd);
    CHECK(only_even(8).has_value());
    CHECK(only_even(7).has_error());
    CHECK(only_even(7).error() == half(7).error());
    CHECK(koc::result<void>{}.has_value());
}

TEST_CASE("a result is true in a condition and in no other place", "[core]") {
    CHECK(static_cast<bool>(half(8)));
    CHECK_FALSE(static_cast<bool>(half(7)));
    CHECK(static_cast<bool>(only_even(8)));
    CHECK_FALSE(static_cast<bool>(only_even(7)));
    STATIC_REQUIRE(!std::is_convertible_v<koc::result<int>, bool>);
    STATIC_REQUIRE(!std::is_convertible_v<koc::result<void>, bool>);
}

TEST_CASE("a result is made from its value, from what becomes one, or from a refusal", "[core]") {
    using words = koc::result<std::string>;
    STATIC_REQUIRE(std::is_convertible_v<std::string, words>);
    STATIC_REQUIRE(std::is_convertible_v<char const*, words>);
    STATIC_REQUIRE(std::is_convertible_v<koc::error, words>);
    STATIC_REQUIRE(std::is_convertible_v<koc::error, koc::result<void>>);
    STATIC_REQUIRE(!std::is_convertible_v<int, words>);
    STATIC_REQUIRE(!std::is_convertible_v<std::optional<std::string>, words>);
    STATIC_REQUIRE(!std::is_default_constructible_v<words>);
    CHECK(*words{"range"} == "range");
    CHECK(koc::result<std::optional<int>>{4}.value() == 4);
}

TEST_CASE("the value can be changed, looked into and taken away", "[core]") {
    koc::result<std::vector<int>> list = std::vector{1, 2};
    list->push_back(3);
    (*list)[0] = 9;
    CHECK(list.value() == std::vector{9, 2, 3});
    CHECK(std::as_const(list)->size() == 3);
    auto const taken = *std::move(list);
    CHECK(taken == std::vector{9, 2, 3});

    koc::result<std::unique_ptr<int>> single = std::make_unique<int>(5);
    auto moved = std::move(single);
    CHECK(**moved == 5);
    auto const owned = std::move(moved).value();
    CHECK(*owned == 5);
}

TEST_CASE("a copy and what was assigned are independent of the original", "[core]") {
    koc::result<std::string> value = std::string(40, 'v');
    koc::result<std::string> refusal = odd;
    auto const value_copy = value;
    auto const refusal_copy = refusal;

    value = refusal; // a value becomes a refusal
    CHECK(value.error() == odd);
    CHECK(value_copy.value() == std::string(40, 'v'));
    refusal = value_copy; // and the other way round
    CHECK(refusal.value() == std::string(40, 'v'));
    CHECK(refusal_copy.error() == odd);

    refusal = std::string(40, 'w');
    CHECK(refusal.value() == std::string(40, 'w'));
    auto& same = refusal;
    refusal = same;
    CHECK(refusal.value() == std::string(40, 'w'));
    value = odd;
    CHECK(std::move(value).error() == odd);
}

TEST_CASE("results are equal when they hold equal values or equal refusals", "[core]") {
    CHECK(half(8) == half(8));
    CHECK(half(8) != half(6));
    CHECK(half(8) != half(7));
    CHECK(half(7) == half(7));
    CHECK(half(7) != half(5));
    CHECK(only_even(8) == koc::result<void>{});
    CHECK(only_even(7) == only_even(7));
    CHECK(only_even(7) != only_even(8));
}

TEST_CASE("what a result holds is destroyed exactly once", "[core]") {
    int house = 0;
    {
        koc::result<guest> one = guest{house};
        auto two = one;
        koc::result<guest> const three = std::move(two);
        CHECK(house == 3);
        one = odd;
        CHECK(house == 2);
        one = three;
        CHECK(house == 3);
        one = koc::result<guest>{odd};
        CHECK(house == 2);
    }
    CHECK(house == 0);
}

TEST_CASE("taking what a result does not hold ends the program", "[core]") {
    CHECK(aborts([] { static_cast<void>(half(7).value()); }));
    CHECK(aborts([] { static_cast<void>(*half(7)); }));
    CHECK(aborts([] {
        auto const refused = half(7);
        static_cast<void>(refused.operator->());
    }));
    CHECK(aborts([] { static_cast<void>(half(8).error()); }));
    CHECK(aborts([] { only_even(7).value(); }));
    CHECK(aborts([] { static_cast<void>(only_even(8).error()); }));
    CHECK_FALSE(aborts([] { only_even(8).value(); }));
}

} // namespace
