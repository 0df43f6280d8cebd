// SPDX-License-Identifier: BSL-1.0
#include <koc/testing/archetypes.hpp>
#include <koc/testing/scorer.hpp>

#include "search/scorers.hpp"
#include "support/catch.hpp"

#include <memory>
#include <string>
#include <vector>

namespace {

using koc::testing::check_scorer_laws;
using test::bounded_mixture;
using test::crowd;
using test::errand;
using test::mixture;
using test::person;

crowd some_people() {
    crowd people;
    for (std::uint64_t i = 1; i <= 100; ++i) {
        people.add({test::person_id{i}, {}, static_cast<std::int64_t>(i % 10), 1});
    }
    people.remove(2);
    return people;
}

struct loses_a_part : mixture {
    [[nodiscard]] koc::explanation explain(errand const& task, person const& p) const {
        auto why = mixture::explain(task, p);
        if (p.id.value() == 42) {
            why.parts.pop_back();
        }
        return why;
    }
};
/// Asked a second time about the same person, it says something else.
struct grows_tired : mixture {
    std::shared_ptr<std::vector<bool>> asked = std::make_shared<std::vector<bool>>(101);
    [[nodiscard]] koc::score rate(errand const& task, person const& p) const {
        bool const again = (*asked)[p.id.value()];
        (*asked)[p.id.value()] = true;
        return mixture::rate(task, p) - koc::score{again ? 1 : 0};
    }
};
struct words_change : mixture {
    std::shared_ptr<int> asked = std::make_shared<int>(0);
    [[nodiscard]] koc::explanation explain(errand const& task, person const& p) const {
        auto why = mixture::explain(task, p);
        why.parts.front().signal += std::to_string(++*asked);
        return why;
    }
};
struct copy_differs : mixture {
    explicit copy_differs(mixture const& given) : mixture{given} {}
    copy_differs(copy_differs const& other) : mixture{other} { ++per_load; }
    copy_differs& operator=(copy_differs const&) = default;
};
struct bound_is_an_average : mixture {
    [[nodiscard]] koc::score bound(errand const&, crowd const&, std::size_t) const {
        return {per_depth * 5 + per_load};
    }
};
struct bound_is_of_the_neighbours : bounded_mixture {
    [[nodiscard]] koc::score bound(errand const& task, crowd const& people, std::size_t w) const {
        return bounded_mixture::bound(task, people, w + 1);
    }
};
struct bound_changes : bounded_mixture {
    std::shared_ptr<int> asked = std::make_shared<int>(0);
    [[nodiscard]] koc::score bound(errand const& task, crowd const& people, std::size_t w) const {
        return bounded_mixture::bound(task, people, w) + koc::score{++*asked};
    }
};

mixture const good{1'000'000, 7, 0};

TEST_CASE("a scorer that keeps the laws breaks none of them", "[testing]") {
    auto const people = some_people();
    CHECK(check_scorer_laws(good, errand{}, people).empty());
    CHECK(check_scorer_laws(bounded_mixture{good}, errand{}, people).empty());
    CHECK(check_scorer_laws(good, errand{}, crowd{}).empty());
    CHECK(check_scorer_laws(koc::archetypes::bounded_scorer{koc::whole(3)},
        koc::archetypes::task{0}, koc::archetypes::crowd{})
              .empty());
}

TEST_CASE("each broken law is told once, with the first member who breaks it", "[testing]") {
    auto const people = some_people();
    auto const said_by = [&](auto const& scorer) {
        auto const broken = check_scorer_laws(scorer, errand{}, people);
        REQUIRE(broken.size() == 1);
        return broken.front();
    };
    CHECK(said_by(loses_a_part{good}) ==
        "explain adds up to rate, but for member 42 the parts make 2000000 millionths and the "
        "score "
        "is 2000007 millionths");
    CHECK(said_by(grows_tired{good}) ==
        "equal arguments give equal answers, but member 100 gets another one when asked again");
    CHECK(
        said_by(words_change{good}).starts_with("equal arguments give equal answers, but member"));
    CHECK(
        said_by(copy_differs{good}).starts_with("equal arguments give equal answers, but member"));
    CHECK(said_by(bound_changes{{good}})
              .starts_with("equal arguments give equal answers, but the bound of word 0 changes"));
}

TEST_CASE("a wrong bound is caught", "[testing]") {
    auto const people = some_people();
    auto const average = check_scorer_laws(bound_is_an_average{good}, errand{}, people);
    REQUIRE(average.size() == 1);
    CHECK(average.front() ==
        "no member exceeds the bound of their word, but member 6 has 6000007 millionths and word 0 "
        "is bound by 5000007 millionths");
    auto const shifted = check_scorer_laws(bound_is_of_the_neighbours{{good}}, errand{}, people);
    REQUIRE(shifted.size() == 1);
    CHECK(shifted.front().starts_with("no member exceeds the bound of their word, but member"));
}

TEST_CASE("several broken laws are all told", "[testing]") {
    struct hopeless : loses_a_part {
        [[nodiscard]] koc::score bound(errand const&, crowd const&, std::size_t) const {
            return {};
        }
    };
    CHECK(check_scorer_laws(hopeless{{good}}, errand{}, some_people()).size() == 2);
}

} // namespace
