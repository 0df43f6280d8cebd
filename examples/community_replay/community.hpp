// SPDX-License-Identifier: BSL-1.0
#pragma once

// A question-and-answer community as it is on disk: who asked what when, and who answered how well.

#include "table_file.hpp"

#include <koc/core/civil.hpp>
#include <koc/core/text.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace replay {

struct answer {
    koc::instant at;
    std::size_t question = 0; ///< index into `community::questions`
    std::string user;
    std::int64_t score = 0;
    bool accepted = false;
};

struct question {
    std::string id;
    koc::instant at;
    std::string asker;
    std::vector<std::string> tags;
    std::vector<std::size_t> answers; ///< indices into `community::answers`, in their order
};

/// Questions in the order they were asked; answers in the order they were given.
struct community {
    std::vector<question> questions;
    std::vector<answer> answers;
};

inline std::optional<std::int64_t> to_number(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                     : std::nullopt;
}

/// Reads a folder. Rows that make no sense are reported to `log` and left out; answers to questions
/// that are not in use (not real-tagged, when only those count) are simply not part of the
/// community. Returns nothing, after reporting why, when a file cannot be read at all.
inline std::optional<community> read_community(
    std::filesystem::path const& folder, bool real_tags_only, std::ostream& log) {
    constexpr std::size_t reported_max = 20;
    community c;
    boost::unordered_flat_set<std::string> known;              // ids of all questions
    boost::unordered_flat_map<std::string, std::size_t> place; // of those in use
    auto const report = [&](read_result const& done) {
        for (std::size_t i = 0; i < std::min(done.problems.size(), reported_max); ++i) {
            auto const& p = done.problems[i];
            log << p.file << ':' << p.line << ": " << p.reason << "; row left out\n";
        }
        if (done.problems.size() > reported_max) {
            log << "... and " << done.problems.size() - reported_max << " more rows left out\n";
        }
        if (done.failed) {
            log << *done.failed << '\n';
        }
        return !done.failed;
    };

    // The dump writes its times in UTC and leaves the Z out.
    auto const time_of = [](row const& r) {
        std::string const time{r["time"]};
        return koc::from_iso8601(time.ends_with('Z') ? time : time + 'Z');
    };
    auto const take_question = [&](row const& r) -> std::optional<std::string> {
        auto const at = time_of(r);
        auto const id = std::string{r["qid"]};
        if (id.empty()) {
            return std::string{"expected a question id in 'qid'"};
        }
        if (!at) {
            return "expected a time such as 2011-06-21T20:19:34, got " + koc::quoted(r["time"]);
        }
        if (!koc::is_utf8(r["tags"])) {
            return std::string{"expected tags in UTF-8"};
        }
        if (!known.insert(id).second) {
            return "question " + koc::escaped(id) + " appears twice";
        }
        if (!real_tags_only || r["tag_source"] == "dump2021") {
            question q{id, *at, std::string{r["asker"]}, {}, {}};
            for (auto tag : split(r["tags"], ',')) {
                if (!tag.empty() && std::find(q.tags.begin(), q.tags.end(), tag) == q.tags.end()) {
                    q.tags.emplace_back(tag);
                }
            }
            c.questions.push_back(std::move(q));
        }
        return std::nullopt;
    };
    if (!report(read_table(folder, "questions.tsv", {"qid", "time", "asker", "tags", "tag_source"},
            take_question))) {
        return std::nullopt;
    }
    std::sort(c.questions.begin(), c.questions.end(), [](question const& a, question const& b) {
        return std::tuple{a.at, a.id.size(), std::string_view{a.id}} <
            std::tuple{b.at, b.id.size(), std::string_view{b.id}};
    });
    for (std::size_t i = 0; i < c.questions.size(); ++i) {
        place.emplace(c.questions[i].id, i);
    }

    auto const take_answer = [&](row const& r) -> std::optional<std::string> {
        auto const at = time_of(r);
        auto const votes = to_number(r["score"]);
        auto const accepted = r["accepted"];
        auto const id = std::string{r["qid"]};
        if (!at) {
            return "expected a time such as 2011-06-21T20:24:28, got " + koc::quoted(r["time"]);
        }
        if (!votes || (accepted != "0" && accepted != "1")) {
            return std::string{"expected a whole number in 'score' and 0 or 1 in 'accepted'"};
        }
        if (r["user"].empty() || !koc::is_utf8(r["user"])) {
            return std::string{"expected who answered in 'user', in UTF-8"};
        }
        if (!known.contains(id)) {
            return "expected the id of a known question, got " + koc::quoted(id);
        }
        if (auto const it = place.find(id); it != place.end()) {
            c.answers.push_back({*at, it->second, std::string{r["user"]}, *votes, accepted == "1"});
        }
        return std::nullopt;
    };
    if (!report(read_table(
            folder, "answers.tsv", {"qid", "time", "user", "score", "accepted"}, take_answer))) {
        return std::nullopt;
    }
    std::sort(c.answers.begin(), c.answers.end(), [](answer const& a, answer const& b) {
        return std::tie(a.at, a.question, a.user, a.score, a.accepted) <
            std::tie(b.at, b.question, b.user, b.score, b.accepted);
    });
    for (std::size_t i = 0; i < c.answers.size(); ++i) {
        c.questions[c.answers[i].question].answers.push_back(i);
    }
    return c;
}

} // namespace replay
