// SPDX-License-Identifier: BSL-1.0

// The scenario itself put to the test: it has to object when a story does not go as it is told.

#include "support/scenario.hpp"

#include <koc/describe/digest.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/state/container.hpp>

#include "support/catch.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <utility>

using namespace koc;
using koc_test::scenario;
using koc_test::scenario_failure;
using koc_test::winter_world;

namespace koc_test {

// A programme that breaks the law: a container that notes no change, so that a refusal leaves one.

struct try_leak {};
BOOST_DESCRIBE_STRUCT(try_leak, (), ())
struct leak_tried {};
BOOST_DESCRIBE_STRUCT(leak_tried, (), ())

class leaking_number final : public koc::container {
public:
    void grow() { ++value_; }
    void digest_into(koc::hasher& into) const override { into.add(value_); }
    void write_into(std::string& out) const override { out += std::to_string(value_); }
    void undo() noexcept override {}
    void settle() noexcept override {}

private:
    int value_ = 0;
};

class leaky : public koc::aspect<leaky> {
public:
    using events = koc::event_list<leak_tried>;
    using commands = koc::command_list<try_leak>;

    koc::result<void> decide(try_leak const&, context& in) const {
        in.record(leak_tried{});
        return koc::error{koc::errc::wrong_state, "leak", "expected no leak"};
    }
    void apply(leak_tried const&, world const&) { leaked_.grow(); }

private:
    leaking_number leaked_;
    BOOST_DESCRIBE_CLASS(leaky, (), (), (), (leaked_))
};

struct leaky_programme {
    struct rules {};
    using aspects = koc::aspect_list<leaky>;
};

koc::engine leaky_engine(koc::any_journal journal) {
    return koc::engine::of<leaky_programme>(std::move(journal));
}

} // namespace koc_test

template koc::programme_parts koc::include_instantiate_hpp<koc_test::leaky_programme>();

namespace {

TEST_CASE("a scenario gives the events of the last command by type", "[scenario]") {
    scenario s;
    s.given(define_facet{{"region"}}, define_facet{{"format"}});
    REQUIRE(s.recorded<facet_defined>().size() == 1);
    CHECK(s.recorded<facet_defined>().front().facet.name == "format");
    CHECK(s.recorded<tags_defined>().empty());
    CHECK(s.events().size() == 1);
    CHECK(s.history_of<facet_defined>().size() == 2);
    CHECK(s.receipt().first == s.journal().size() - 1);
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
        Catch::Contains("was accepted"));
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

TEST_CASE("a query that is refused, or a record that is not there, is a failure", "[scenario]") {
    scenario s;
    CHECK(s.ask(count_stages{}).size() == 5);
    CHECK_THROWS_WITH(s.ask(consider_member{task_id{1}, member_id{1}}), Catch::Contains("task 1"));
    CHECK_THROWS_AS(s.at(task_id{1}), scenario_failure);
    CHECK_THROWS_AS(s.at<relationship_record>(member_id{1}), scenario_failure);
}

TEST_CASE("the clock moves only by hand, and what is due happens with it", "[scenario]") {
    scenario s;
    auto const start = s.now();
    s.given(define_facet{{"a"}});
    CHECK(s.now() == start);
    s.wait(days(2)).given(define_facet{{"b"}});
    CHECK(s.engine().last() == start + days(2));
    s.wait(days(-1)).when(define_facet{{"c"}});
    CHECK(s.refusal().code == errc::time_ran_backwards);

    winter_world w;
    w.given(open_task{w.brief(task_id{1})}, dispatch{task_id{1}, 2});
    w.wait(days(3)).time_passes();
    CHECK(w.recorded<offer_expired>().size() == 2);
    w.time_passes();
    CHECK(w.events().empty());
}

TEST_CASE("who acts is recorded with what they do", "[scenario]") {
    scenario s;
    s.given(define_facet{{"a"}});
    CHECK(s.events().front().by == actor{});
    s.as({actor_kind::employee, 7}).given(define_facet{{"b"}});
    CHECK(s.events().front().by == actor{actor_kind::employee, 7});
}

TEST_CASE("a refusal that leaves a trace is a failure", "[scenario]") {
    scenario s{&koc_test::leaky_engine};
    CHECK_THROWS_WITH(s.when(koc_test::try_leak{}), Catch::Contains("left a trace"));
}

TEST_CASE("the usual world has people at every stage", "[scenario]") {
    winter_world w;
    CHECK(w.stage(w.an) == stage::active);
    CHECK(w.stage(w.jin) == stage::mature);
    CHECK(w.stage(w.kai) == stage::mature);
    CHECK(w.stage(w.lan) == stage::budding);
    CHECK(w.stage(w.ning) == stage::evolving);
    CHECK(w.stage(w.ou) == stage::alumni);
    int people = 0;
    w.engine().each<member_record>([&](member_record const&) { ++people; });
    CHECK(people == 13);
    CHECK(w.digest() == w.digest_of_replay());
    CHECK_THROWS_AS(w.tag("region", "moon"), scenario_failure);
}

} // namespace
