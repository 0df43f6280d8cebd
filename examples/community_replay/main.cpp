// SPDX-License-Identifier: BSL-1.0
//
// A real community's questions, routed by the engine: does the match pick the people who then did
// well?
//
// A question is a task, whoever answered is a member, who answered well is the outcome. The life of
// the community is replayed command by command; before each test question the engine ranks
// everybody with enough answers, and the ranking is compared with who then answered well.

#include "community.hpp"
#include "replay.hpp"

#include <koc/store/sqlite.hpp>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

struct arguments {
    std::string data;
    std::string journal;
    bool real_tags_only = false;
    replay::options options;
};

void show_progress(std::size_t done, std::size_t of) {
    if (isatty(STDERR_FILENO) != 0) {
        std::fprintf(stderr, "\r%zu of %zu questions%s", done, of, done == of ? "\n" : "");
    }
}

template <typename Journal>
int run(arguments const& wanted, replay::community const& data, Journal journal) {
    koc::basic_engine<replay::community_programme, Journal> engine{
        std::move(journal), replay::community_programme{wanted.options.answers_min}};
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
    auto const done = replay::runner{engine, data, wanted.options}.run(show_progress);
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
    if (!done) {
        std::cerr << done.error().subject << ": " << done.error().expected << '\n';
        return 1;
    }
    if (done->queries == 0) {
        std::cerr << "no question of the test part has tags and a candidate who answered it well\n";
        return 1;
    }
    auto const n = static_cast<double>(done->queries);
    std::printf("queries=%zu candidates=%.0f MRR=%.4f P@1=%.4f R@5=%.4f nDCG@10=%.4f events=%llu "
                "seconds=%.1f\n",
        done->queries, static_cast<double>(done->candidates) / n, done->reciprocal_rank / n,
        done->first_is_good / n, done->found_in_five / n, done->discounted_gain / n,
        static_cast<unsigned long long>(engine.head().position), took.count());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    arguments wanted;
    CLI::App app{
        "Routes the questions of a real community through the koc engine and reports how often "
        "it picked the people who then answered well."};
    app.add_option("--data", wanted.data, "folder with questions.tsv[.gz] and answers.tsv[.gz]")
        ->required();
    app.add_flag("--real-tags-only", wanted.real_tags_only,
        "use only questions whose tags are the original ones (tag_source dump2021)");
    app.add_option("--test-fraction", wanted.options.test_fraction,
           "the last part of the questions, which is ranked")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--min-answers", wanted.options.answers_min,
           "earlier answers that make somebody a candidate")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    app.add_option("--max-queries", wanted.options.queries_max,
           "rank at most so many test questions, evenly spread (0: all)")
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
        using events = koc::event_of<replay::community_programme>;
        return run(wanted, *data, koc::memory_journal<events>{});
    }
    auto opened = koc::sqlite_log::open(wanted.journal);
    if (!opened) {
        std::cerr << opened.error().subject << ": " << opened.error().expected << '\n';
        return 1;
    }
    return run(wanted, *data, koc::sqlite_journal{std::move(*opened)});
}
