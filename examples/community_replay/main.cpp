// SPDX-License-Identifier: BSL-1.0
//
// A real community's life, replayed command by command through the engine, and four questions put
// to it on the way: does the match pick the people who then did well, does the shortlist find the
// newcomers who then gave a lot, does trust tell whose answers were then accepted, and does the
// track record tell who then fell silent?
//
// For the first a question is a task, whoever answered is a member, and who answered well is the
// outcome: before each test question the engine ranks everybody with enough answers, and the
// ranking is compared with who then answered well.

#include "community.hpp"
#include "lifecycle.hpp"
#include "replay.hpp"

#include <koc/standard/engine.hpp>
#include <koc/store/sqlite.hpp>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>

namespace {

struct arguments {
    std::string data;
    std::string journal;
    std::string task = "routing";
    bool real_tags_only = false;
    replay::options options;
};

void show_progress(std::size_t done, std::size_t of) {
    if (isatty(STDERR_FILENO) != 0) {
        std::fprintf(stderr, "\r%zu of %zu%s", done, of, done == of ? "\n" : "");
    }
}

/// What the last line starts from: the figures of one task.
int report(replay::ranking_quality const& done) {
    if (done.queries == 0) {
        std::cerr << "no question of the test part has tags and a candidate who answered it well\n";
        return 1;
    }
    auto const n = static_cast<double>(done.queries);
    std::printf("queries=%zu candidates=%.0f MRR=%.4f P@1=%.4f R@5=%.4f nDCG@10=%.4f ",
        done.queries, static_cast<double>(done.candidates) / n, done.reciprocal_rank / n,
        done.first_is_good / n, done.found_in_five / n, done.discounted_gain / n);
    return 0;
}

/// A table of all the rules, then the figures of the library's own, which is the first.
int report(replay::separation const& done) {
    auto const& all = done.predictions;
    auto const positives = done.positives();
    if (positives == 0 || positives == all.size()) {
        std::cerr << "of " << all.size() << " people who could be asked about it happened to "
                  << positives << "; to tell them apart takes some of both, and years of life\n";
        return 1;
    }
    auto const earlier = done.half(false);
    auto const later = done.half(true);
    std::printf("%-30s %8s %14s %12s %8s\n", "", "AUC", "earlier half", "later half", "P@50");
    for (std::size_t rule = 0; rule < done.rules.size(); ++rule) {
        std::printf("%-30s %8.4f %14.4f %12.4f %8.2f\n", done.rules[rule].c_str(),
            area_under_curve(all, rule), area_under_curve(earlier, rule),
            area_under_curve(later, rule), precision_of_first(all, rule, 50));
    }
    std::printf("asked=%zu positive=%zu AUC=%.4f AUC-earlier=%.4f AUC-later=%.4f P@50=%.4f ",
        all.size(), positives, area_under_curve(all, 0), area_under_curve(earlier, 0),
        area_under_curve(later, 0), precision_of_first(all, 0, 50));
    if (done.says_chances) {
        std::printf("Brier=%.4f ", brier_score(all, 0));
    }
    return 0;
}

int run(arguments const& wanted, replay::community const& data, koc::any_journal journal) {
    auto engine = koc::engine::of<koc::standard::programme>(
        std::move(journal), replay::rules_with(wanted.options.answers_min));
    if (auto ready = engine.catch_up(); !ready) {
        std::cerr << ready.error().subject << ": " << ready.error().expected << '\n';
        return 1;
    }
    if (engine.head().position != 0) {
        std::cerr << wanted.journal << " holds " << engine.head().position
                  << " events already; name a file that does not exist yet\n";
        return 1;
    }
    auto const began = std::chrono::steady_clock::now();
    auto const tell = [&](auto const& done) {
        std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
        if (!done) {
            std::cerr << done.error().subject << ": " << done.error().expected << '\n';
            return 1;
        }
        if (auto const failed = report(*done); failed != 0) {
            return failed;
        }
        std::printf("events=%llu seconds=%.1f\n",
            static_cast<unsigned long long>(engine.head().position), took.count());
        return 0;
    };
    if (wanted.task == "discovery") {
        return tell(
            replay::ask_about_newcomers(engine, data, replay::of_newcomers::growth, show_progress));
    }
    if (wanted.task == "trust") {
        return tell(
            replay::ask_about_newcomers(engine, data, replay::of_newcomers::trust, show_progress));
    }
    if (wanted.task == "decline") {
        return tell(replay::ask_who_falls_silent(engine, data, show_progress));
    }
    return tell(replay::runner{engine, data, wanted.options}.run(show_progress));
}

} // namespace

int main(int argc, char** argv) {
    arguments wanted;
    CLI::App app{
        "Replays the life of a real community through the koc engine and reports how well it "
        "foresaw what then happened."};
    app.add_option("--data", wanted.data, "folder with questions.tsv[.gz] and answers.tsv[.gz]")
        ->required();
    app.add_option("--task", wanted.task,
           "what to foresee: routing, who answers a question well; discovery, which newcomers go "
           "on to give a lot; trust, whose answers are accepted later; decline, which regulars "
           "fall silent")
        ->check(CLI::IsMember({"routing", "discovery", "trust", "decline"}))
        ->capture_default_str();
    app.add_flag("--real-tags-only", wanted.real_tags_only,
        "use only questions whose tags are the original ones (tag_source dump2021)");
    app.add_option("--test-fraction", wanted.options.test_fraction,
           "routing: the last part of the questions, which is ranked")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--min-answers", wanted.options.answers_min,
           "routing: earlier answers that make somebody a candidate")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    app.add_option("--max-queries", wanted.options.queries_max,
           "routing: rank at most so many test questions, evenly spread (0: all)")
        ->capture_default_str();
    app.add_option("--journal", wanted.journal, "keep the events in this new SQLite file");
    CLI11_PARSE(app, argc, argv);

    if (!std::filesystem::is_directory(wanted.data)) {
        std::cerr << wanted.data << " is not a folder that can be read\n";
        return 2;
    }
    auto const data = replay::read_community(wanted.data, wanted.real_tags_only, std::cerr);
    if (!data) {
        return 2;
    }
    if (wanted.journal.empty()) {
        return run(wanted, *data, koc::memory_journal{});
    }
    auto opened = koc::open_sqlite_journal(wanted.journal);
    if (!opened) {
        std::cerr << opened.error().subject << ": " << opened.error().expected << '\n';
        return 1;
    }
    return run(wanted, *data, std::move(*opened));
}
