// SPDX-License-Identifier: BSL-1.0

// Buyers doubt that an electric car keeps its range in winter. This program tells how a programme
// of key opinion consumers answers: from the doubt to an objective, to the right tasks for the
// right people, to the echo of the best work, and it shows at the end that the journal remembers
// all of it.
//
//     winter_range [--lang en|zh] [--data DIR] [--journal FILE]
//
// Exit codes: 0 told to the end; 1 the replayed state differs; 2 the data or the journal cannot be
// used.

#include "data.hpp"
#include "print.hpp"
#include "story.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace winter_range;

constexpr int differs = 1;
constexpr int unusable = 2;

/// A file in a folder of its own that nobody has used before; empty when there can be none.
std::filesystem::path fresh_journal() {
    auto pattern = (std::filesystem::temp_directory_path() / "winter_range.XXXXXX").string();
    return mkdtemp(pattern.data()) == nullptr ? std::filesystem::path{}
                                              : std::filesystem::path{pattern} / "journal.sqlite";
}

bool wants_colours() {
    auto const* no_colour = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

int fail(koc::error const& why) {
    std::fprintf(stderr, "winter_range: %s%s%s\n", why.subject.c_str(),
        why.expected.empty() ? "" : ": ", why.expected.c_str());
    return unusable;
}

/// Tells on standard error which rows were left out; the first of many are enough to see what is
/// wrong.
void report(folder const& files, page const& page) {
    constexpr std::size_t shown = 20;
    if (!files.problems.empty()) {
        std::fprintf(stderr, "%s\n", page.words(phrases::left_out, files.problems.size()).c_str());
    }
    for (std::size_t i = 0; i < files.problems.size() && i < shown; ++i) {
        auto const& [where, reason] = files.problems[i];
        std::fprintf(stderr, "  %s: %s\n", to_string(where).c_str(), reason.c_str());
    }
    if (files.problems.size() > shown) {
        std::fprintf(stderr, "  ...\n");
    }
}

} // namespace

int main(int argc, char** argv) {
    std::string lang = "en";
    std::filesystem::path data = WINTER_RANGE_DATA;
    std::filesystem::path journal;
    CLI::App app{"Winter range: the task loop of a KOC programme, from idea to echo."};
    app.add_option("--lang", lang, "The language of the story: en or zh")
        ->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--data", data, "The folder with the data files");
    app.add_option(
        "--journal", journal, "A new file for the journal; by default one in the temporary folder");
    CLI11_PARSE(app, argc, argv);

    page out{stdout, lang == "zh" ? language::zh : language::en, wants_colours()};
    auto files = read_folder(data);
    if (!files) {
        return fail(files.error());
    }
    if (journal.empty()) {
        journal = fresh_journal();
    }
    out.title(phrases::title, phrases::subtitle);
    out.fact(out.words(phrases::data), data.string());
    out.fact(out.words(phrases::journal), journal.string());
    auto const same = tell(*files, out, journal);
    std::fflush(stdout);
    report(*files, out);
    if (!same) {
        return fail(same.error());
    }
    return *same ? EXIT_SUCCESS : differs;
}
