// SPDX-License-Identifier: BSL-1.0

// The engine that this program's scenarios run on, compiled once, and the scenario itself put to
// the test: it has to object when a story does not go as it is told.

#include "support/scenario.hpp"

#include "support/catch.hpp"

template class koc_test::basic_scenario<koc::standard::programme>;

using namespace koc;
using koc_test::scenario;
using koc_test::scenario_failure;
using koc_test::winter_world;

namespace {

TEST_CASE("a scenario gives the events of the last command by type", "[scenario]") {
    scenario s;
    s.given(define_facet{{"region"}}, define_facet{{"format"}});
    REQUIRE(s.emitted<facet_defined>().size() == 1);
    CHECK(s.emitted<facet_defined>().front().facet.name == "format");
    CHECK(s.emitted<tags_defined>().empty());
    CHECK(s.history_of<facet_defined>().size() == 2);
    CHECK(s.receipt().first == 1);
    CHECK(s.digest() == s.digest_of_replay());
}

TEST_CASE("a history that is refused is a failure with the refusal in words", "[scenario]") {
    scenario s;
    CHECK_THROWS_AS(s.given(define_facet{{""}}), scenario_failure);
    CHECK_THROWS_WITH(s.given(define_facet{{"a"}}, define_facet{{"a"}}),
        Catch::Contains("already_exists: facet a"));
    CHECK_THROWS_WITH(s.accepts(close_task{task_id{1}}), Catch::Contains("unknown_id: task 1"));
}

TEST_CASE(
    "an expected refusal has to come, with its code, its subject and its word", "[scenario]") {
    scenario s;
    auto const asked = close_task{task_id{1}};
    CHECK_NOTHROW(s.refuses(asked, errc::unknown_id, "task 1", "known task"));
    CHECK_THROWS_WITH(s.refuses(asked, errc::wrong_state, "task 1"), Catch::Contains("unknown_id"));
    CHECK_THROWS_WITH(s.refuses(asked, errc::unknown_id, "task 2"), Catch::Contains("'task 2'"));
    CHECK_THROWS_WITH(
        s.refuses(asked, errc::unknown_id, "task 1", "moon"), Catch::Contains("moon"));
    CHECK_THROWS_WITH(s.refuses(define_facet{{"a"}}, errc::already_exists, ""),
        Catch::Contains("it was accepted"));
}

TEST_CASE(
    "answers are there once something was asked, and only the kind that was given", "[scenario]") {
    scenario s;
    CHECK_THROWS_AS(s.accepted(), scenario_failure);
    CHECK_THROWS_AS(s.refusal(), scenario_failure);
    s.when(define_facet{{"a"}});
    CHECK(s.accepted());
    CHECK_THROWS_AS(s.refusal(), scenario_failure);
    s.when(define_facet{{"a"}});
    CHECK_FALSE(s.accepted());
    CHECK(s.refusal().code == errc::already_exists);
    CHECK_THROWS_AS(s.receipt(), scenario_failure);
    CHECK(s.events().empty());
}

TEST_CASE("the clock moves only by hand", "[scenario]") {
    scenario s;
    auto const start = s.now();
    s.given(define_facet{{"a"}});
    CHECK(s.now() == start);
    s.wait(days(2)).given(define_facet{{"b"}});
    CHECK(s.engine().last() == start + days(2));
    s.wait(days(-1)).when(define_facet{{"c"}});
    CHECK(s.refusal().code == errc::time_ran_backwards);
}

// A programme that breaks the law: its aspect changes what it digests when it refuses.
struct ask {};
BOOST_DESCRIBE_STRUCT(ask, (), ())
struct asked {};
BOOST_DESCRIBE_STRUCT(asked, (), ())

struct leaky {
    using events = event_list<asked>;
    using commands = command_list<ask>;

    static inline int leaked = 0;

    static result<void> decide(auto const&, ask const&, auto&) {
        ++leaked;
        return error{errc::wrong_state, "leak", "expected no leak"};
    }
    void apply(asked const&, instant) {}
    void digest_into(hasher& into) const { into.add(leaked); }
};

struct leaky_programme {
    template <typename>
    using aspects = aspect_list<leaky>;
};

TEST_CASE("a refusal that leaves a trace is a failure", "[scenario]") {
    koc_test::basic_scenario<leaky_programme> s;
    CHECK_THROWS_WITH(s.when(ask{}), Catch::Contains("left a trace"));
}

TEST_CASE("the usual world has people at every stage", "[scenario]") {
    winter_world w;
    CHECK(w.person(w.an).standing == stage::active);
    CHECK(w.person(w.jin).standing == stage::mature);
    CHECK(w.person(w.kai).standing == stage::mature);
    CHECK(w.person(w.lan).standing == stage::budding);
    CHECK(w.person(w.ning).standing == stage::evolving);
    CHECK(w.person(w.ou).standing == stage::alumni);
    CHECK(w.get<roster>().people().size() == 13);
    CHECK(w.digest() == w.digest_of_replay());
    CHECK_THROWS_AS(w.tag("region", "moon"), scenario_failure);
}

} // namespace
