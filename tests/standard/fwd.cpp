// SPDX-License-Identifier: BSL-1.0
#include <koc/fwd.hpp>

namespace host {

// What a host's header may say with nothing but the names.
using engine = koc::basic_engine<koc::standard::programme, struct any_journal>;
koc::task_stage stage_of(engine const& programme, koc::task_id which);
koc::member_record const* find(engine const& programme, koc::member_id who);
koc::result<koc::receipt> ask(engine& programme, koc::tag_id about, koc::instant now);

} // namespace host

#include <koc/standard/programme.hpp>

#include "support/catch.hpp"

#include <type_traits>

namespace {

template <typename... Types>
constexpr bool complete = ((sizeof(Types) > 0) && ...);

struct happened {};
using event = koc::any_event<happened>;

TEST_CASE("every name that is declared ahead is defined by the standard programme", "[standard]") {
    using namespace koc;
    STATIC_REQUIRE(complete<duration, instant, score, digest, personal_text, errc, koc::error>);
    STATIC_REQUIRE(complete<result<int>, tag_name, weighted_tag, requirement, tag_set, taxonomy>);
    STATIC_REQUIRE(complete<reason, explanation, journal_head, request, receipt>);
    STATIC_REQUIRE(complete<event, batch<event>, envelope<event>, memory_journal<event>>);
    STATIC_REQUIRE(complete<engine<>, world<standard::programme>, decision<standard::programme>>);
    STATIC_REQUIRE(complete<source, stage, task_stage, offer_stage, member_record>);
    STATIC_REQUIRE(complete<objective_record, topic_record, task_record, offer_record>);
    STATIC_REQUIRE(complete<submission_record, standard::programme>);
}

TEST_CASE("ids that are declared ahead are the ids of the records", "[standard]") {
    using namespace koc;
    STATIC_REQUIRE(std::is_same_v<decltype(member_record::id), member_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(objective_record::id), objective_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(topic_record::id), topic_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(task_record::id), task_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(offer_record::id), offer_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(submission_record::id), submission_id>);
    STATIC_REQUIRE(complete<tag_id, facet_id, column_id, signal_id, insight_id>);
}

} // namespace
