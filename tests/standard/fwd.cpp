// SPDX-License-Identifier: BSL-1.0
#include <koc/fwd.hpp>

namespace host {

// What a host's header may say with nothing but the names.
class programme_desk {
public:
    explicit programme_desk(koc::engine& runs) : runs_{&runs} {}

    [[nodiscard]] koc::task_stage stage_of(koc::task_id which) const;
    [[nodiscard]] koc::member_record const* find(koc::member_id who) const;
    koc::result<koc::receipt> ask(koc::tag_id about, koc::asked const& with);
    [[nodiscard]] koc::engine const& runs() const { return *runs_; }

private:
    koc::engine* runs_;
};

} // namespace host

#include <koc/engine/audit.hpp>
#include <koc/standard/engine.hpp>

#include "support/catch.hpp"

#include <type_traits>

namespace {

template <typename... Types>
constexpr bool complete = ((sizeof(Types) > 0) && ...);

TEST_CASE("every name that is declared ahead is defined by the standard programme", "[standard]") {
    using namespace koc;
    STATIC_REQUIRE(
        complete<duration, instant, score, digest, personal_text, errc, koc::error, result<int>>);
    STATIC_REQUIRE(complete<koc::message, tag_name, weighted_tag, requirement, tag_set, taxonomy>);
    STATIC_REQUIRE(complete<reason, explanation, actor_kind, actor, request, event, batch>);
    STATIC_REQUIRE(complete<envelope, journal_head, any_journal, memory_journal>);
    STATIC_REQUIRE(complete<koc::asked, receipt, group_receipt, differing_rules, engine>);
    STATIC_REQUIRE(complete<audit_filter, audit_entry, decision_record, money>);
    STATIC_REQUIRE(complete<source, stage, member_record, relationship_record, attention_record>);
    STATIC_REQUIRE(complete<track_record_entry, candidate, task_stage, offer_stage, reward_kind>);
    STATIC_REQUIRE(complete<objective_plan, objective_record, insight_record, topic_record>);
    STATIC_REQUIRE(complete<task_brief, task_record, offer_record, seat_record>);
    STATIC_REQUIRE(complete<submission_record, review_record, reward_record, ranked_member>);
    STATIC_REQUIRE(complete<consideration, standard::rules>);
}

TEST_CASE("ids that are declared ahead are the ids of the records", "[standard]") {
    using namespace koc;
    STATIC_REQUIRE(std::is_same_v<decltype(member_record::id), member_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(objective_record::id), objective_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(insight_record::id), insight_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(topic_record::id), topic_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(task_record::id), task_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(offer_record::id), offer_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(submission_record::id), submission_id>);
    STATIC_REQUIRE(std::is_same_v<decltype(batch_context::writer), writer_id>);
    STATIC_REQUIRE(complete<tag_id, facet_id, column_id, signal_id, writer_id>);
}

TEST_CASE("a class that knows only the names of the engine keeps one", "[standard]") {
    koc::engine runs{koc::memory_journal{}};
    host::programme_desk const desk{runs};
    CHECK(&desk.runs() == &runs);
    CHECK(desk.runs().head().position == 0);
}

} // namespace
