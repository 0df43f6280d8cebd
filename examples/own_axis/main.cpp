// SPDX-License-Identifier: BSL-1.0

// A brand adds an axis of its own to the standard programme: experts. This program tells how a rank
// is reached and lapses, and what follows for a task that wants experts.

#include "messages.hpp"

#include <koc/json/messages.hpp>
#include <koc/json/text.hpp>
#include <koc/standard/engine.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace koc;
using own_axis::expert_rank;

class product {
public:
    [[nodiscard]] bool failed() const { return failed_; }

    void tell(auto const& command) { check(programme_.handle(command, {now_})); }
    /// A command that is to be refused; the sentence is printed.
    void refused(auto const& command) {
        auto const done = programme_.handle(command, {now_});
        failed_ = failed_ || done.has_value();
        if (!done) {
            std::printf(
                "Refused. %s: %s\n", done.error().subject.c_str(), done.error().expected.c_str());
        }
    }
    //! [json]
    /// A command as text: `{"type": "award_points", ...}`.
    void tell_text(std::string_view text) {
        auto const tree = parse_json(text);
        if (!tree) {
            return check(tree);
        }
        auto const command = read_message(programme_.command_types(), *tree);
        if (!command) {
            return check(command);
        }
        check(programme_.handle(*command, {now_}));
    }
    /// A query as text, its answer as text.
    [[nodiscard]] std::string ask_text(std::string_view text) {
        auto const tree = parse_json(text);
        auto const query = tree ? read_message(programme_.query_types(), *tree) : tree.error();
        auto answer = query ? programme_.ask_text(*query, {now_}) : query.error();
        check(answer);
        return answer ? *std::move(answer) : std::string{};
    }
    //! [json]
    void pass(duration time) {
        now_ = now_ + time;
        check(programme_.advance({now_}));
    }
    void show_offers() const {
        programme_.each<offer_record>([&](offer_record const& offer) {
            std::printf("Task %d is offered to %s.\n", static_cast<int>(offer.task.value()),
                programme_.find(offer.member)->name.text.c_str());
        });
    }
    [[nodiscard]] instant now() const { return now_; }

private:
    template <typename T>
    void check(result<T> const& done) {
        if (!done) {
            failed_ = true;
            std::printf("Unexpected. %s: %s\n", done.error().subject.c_str(),
                done.error().expected.c_str());
        }
    }

    engine programme_ = engine::of<own_axis::programme>(memory_journal{});
    instant now_ = *from_iso8601("2026-11-02T09:00:00Z");
    bool failed_ = false;
};

} // namespace

int main() {
    product at;
    for (auto const& [who, name] : {std::pair{member_id{1}, "An"}, std::pair{member_id{2}, "Bo"}}) {
        at.tell(enrol{who, {who.value(), name}, {source::owned}, {}});
        at.tell(record_contact{who, {}});
        at.tell(confirm_willingness{who});
    }
    at.tell(open_objective{
        {objective_id{1}, "Winter range is trusted", {{"depth", whole(1)}}, percent(60), {}}});
    at.tell(design_topic{topic_id{1}, objective_id{1}, "My winter range, measured"});

    // Good work earns points by itself.
    at.tell(record_outcome{member_id{1}, {}, percent(90), at.now()});
    at.tell_text(R"({"type": "award_points", "member": 1, "points": 60})");
    std::printf(
        "Experts: %s\n", at.ask_text(R"({"type": "list_experts", "rank": "gold"})").c_str());

    auto const needs = has("expert_rank", "gold") && column("expertise") >= 10;
    at.tell(open_task{
        {task_id{1}, topic_id{1}, "Measure the range", {}, needs, 1, at.now() + days(30), {}, {}}});
    at.tell(dispatch{task_id{1}, 1});
    at.show_offers();

    at.pass(days(180)); // the rank lapses
    at.tell(open_task{
        {task_id{2}, topic_id{1}, "Measure it again", {}, {}, 1, at.now() + days(30), {}, {}}});
    at.tell(list_task{task_id{2}});
    at.refused(claim_task{task_id{2}, member_id{1}});
    at.tell(own_axis::award_points{member_id{1}, 10});
    at.tell(claim_task{task_id{2}, member_id{1}});
    std::printf(
        "Experts: %s\n", at.ask_text(R"({"type": "list_experts", "rank": "bronze"})").c_str());
    return at.failed() ? EXIT_FAILURE : EXIT_SUCCESS;
}
