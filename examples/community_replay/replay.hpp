// SPDX-License-Identifier: BSL-1.0
#pragma once

// Drives the engine through the life of a community, test-then-learn: before a question at time t
// is ranked, everything answered before t has become submissions, reviews and outcomes, and nothing
// else has. The engine does all of it; this file only turns rows into commands and asks for
// rankings.

#include "clerk.hpp"
#include "community.hpp"
#include "ranking_quality.hpp"

#include <koc/standard/engine.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace replay {

/// Rules for a community that comes by itself: nobody is asked, so nobody needs to be spared, and
/// somebody may answer many questions in an hour.
struct community_rules {
    koc::task_rules tasks = koc::standard::rules{}.tasks;
    koc::attention_rules attention;
};
BOOST_DESCRIBE_STRUCT(community_rules, (), (tasks, attention))

/// Only who has given so many answers is ranked.
inline community_rules rules_with(std::int64_t answers_min) {
    community_rules rules;
    rules.tasks.askable = koc::column{"outcomes"} >= answers_min;
    rules.attention.commitments_max = std::numeric_limits<std::int64_t>::max();
    rules.attention.asks_max = std::numeric_limits<std::int64_t>::max();
    return rules;
}

struct options {
    double test_fraction = 0.2;
    std::int64_t answers_min = 5;
    std::size_t queries_max = 0; ///< 0: all
};

/// A replay over one engine.
class runner {
public:
    runner(koc::engine& engine, community const& data, options const& wanted)
        : engine_{engine}, data_{data}, wanted_{wanted}, desk_{engine} {}

    /// Runs everything. Refused: what the engine refuses.
    koc::result<ranking_quality> run(progress const& tell_progress) {
        auto const asked = test_questions();
        begin();
        std::size_t next_answer = 0;
        for (std::size_t q = 0; q < data_.questions.size() && !desk_.refused(); ++q) {
            auto const& question = data_.questions[q];
            while (
                next_answer < data_.answers.size() && data_.answers[next_answer].at < question.at) {
                learn(data_.answers[next_answer++]);
            }
            open(q);
            if (asked[q]) {
                rank(q);
            }
            if (q % 256 == 0) {
                tell_progress(q, data_.questions.size());
            }
        }
        while (next_answer < data_.answers.size() && !desk_.refused()) {
            learn(data_.answers[next_answer++]);
        }
        desk_.commit();
        tell_progress(data_.questions.size(), data_.questions.size());
        if (desk_.refused()) {
            return *desk_.refused();
        }
        return quality_;
    }

private:
    /// The last part of the questions in time, thinned evenly to the number wanted.
    [[nodiscard]] std::vector<char> test_questions() const {
        auto const n = data_.questions.size();
        auto const cut =
            static_cast<std::size_t>(static_cast<double>(n) * (1 - wanted_.test_fraction));
        auto const test = n - cut;
        auto const kept = wanted_.queries_max == 0 ? test : std::min(test, wanted_.queries_max);
        std::vector<char> asked(n, 0);
        for (std::size_t i = 0; i < kept; ++i) {
            asked[cut + i * test / kept] = 1;
        }
        return asked;
    }

    /// One objective (that questions are answered well) and one topic under it.
    void begin() {
        auto const first = data_.answers.empty() && data_.questions.empty() ? koc::instant{}
            : data_.answers.empty() ? data_.questions.front().at
            : data_.questions.empty()
            ? data_.answers.front().at
            : std::min(data_.answers.front().at, data_.questions.front().at);
        desk_.tell(koc::define_facet{{"topic"}}, first);
        desk_.tell(koc::open_objective{{objective, "every question answered well",
                       {{"votes", koc::whole(1)}}, koc::percent(50), {}}},
            first);
        desk_.tell(koc::design_topic{topic, objective, "answer a question"}, first);
    }

    void open(std::size_t q) {
        auto const& question = data_.questions[q];
        koc::task_brief brief;
        brief.task = task_of(q);
        brief.topic = topic;
        brief.title = question.id;
        for (auto tag : tags_of(question)) {
            brief.wanted.push_back({tag});
        }
        brief.seats = 100'000;
        brief.due_at = question.at + koc::days(36'500);
        brief.barred = {desk_.member_of(question.asker)};
        desk_.tell(koc::open_task{std::move(brief)}, question.at);
        desk_.tell(koc::list_task{task_of(q)}, question.at);
        opened_ = q + 1;
    }

    /// An answer is a claim, a submission and a review. Answers to one's own question teach
    /// nothing. Where the board cannot take it (a second answer to the same question, or one that
    /// is older than its question, as happens when questions are merged) it is recorded as an
    /// outcome from elsewhere.
    void learn(answer const& a) {
        auto const& question = data_.questions[a.question];
        if (!helps_somebody(data_, a)) {
            return;
        }
        auto const who = desk_.joined(a.user, a.at);
        auto const task = task_of(a.question);
        auto const quality = quality_of(a);
        if (a.question >= opened_ || !answered_.emplace(task, who).second) {
            desk_.tell(koc::record_outcome{who, tags_of(question), quality, a.at}, a.at);
            return;
        }
        koc::submission_id const work{++submissions_};
        desk_.tell(koc::claim_task{task, who}, a.at);
        desk_.tell(
            koc::submit_work{work, task, who, "question " + question.id + ", answer by " + a.user},
            a.at);
        desk_.tell(koc::review_work{work, {{"votes", quality}}}, a.at);
    }

    void rank(std::size_t q) {
        auto const& question = data_.questions[q];
        gains good;
        for (auto i : question.answers) {
            auto const& a = data_.answers[i];
            auto const who = desk_.find(a.user);
            if (!who || engine_.find(*who) == nullptr ||
                desk_.outcomes(*who) < wanted_.answers_min || a.user == question.asker ||
                (a.score < 1 && !a.accepted)) {
                continue;
            }
            auto const third = a.score >= 0 ? a.score / 3 : -((2 - a.score) / 3);
            auto const gain =
                static_cast<int>(1 + (a.accepted ? 1 : 0) + std::min<std::int64_t>(2, third));
            auto& best = good[*who];
            best = std::max(best, gain);
        }
        if (question.tags.empty() || good.empty()) {
            return;
        }
        auto const ranked = desk_.ask(koc::rank_members{task_of(q), 100'000}, question.at);
        if (!ranked) {
            return;
        }
        std::vector<koc::member_id> order;
        order.reserve(ranked->size());
        for (auto const& found : *ranked) {
            order.push_back(found.member);
        }
        quality_.add(order, good);
    }

    static koc::task_id task_of(std::size_t q) { return koc::task_id{q + 1}; }

    std::vector<koc::tag_id> tags_of(question const& of) {
        std::vector<koc::tag_id> ids;
        for (auto const& name : of.tags) {
            if (!engine_.tags().find("topic", name)) {
                desk_.tell(koc::define_tags{{{"topic", name, name, {}}}}, of.at);
            }
            if (auto const tag = engine_.tags().find("topic", name)) {
                ids.push_back(*tag);
            }
        }
        return ids;
    }

    static constexpr koc::objective_id objective{1};
    static constexpr koc::topic_id topic{1};

    koc::engine& engine_;
    community const& data_;
    options wanted_;
    clerk desk_;
    std::set<std::pair<koc::task_id, koc::member_id>> answered_; ///< through the board
    std::size_t opened_ = 0;
    std::uint64_t submissions_ = 0;
    ranking_quality quality_;
};

} // namespace replay
