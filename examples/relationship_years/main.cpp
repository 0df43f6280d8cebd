// SPDX-License-Identifier: BSL-1.0

// Several years of a simulated community in the engine: the pyramid, the flows, the mentors, the
// alarms, a shock with and without the renewal loop, three lives, and what is to do on Monday.
//
//     relationship_years [--lang en|zh] [--html FILE] [--persons N] [--years N] [--seed N]
//
// Exit codes: 0 told to the end; 2 the story or the file cannot be made.

#include "page.hpp"
#include "story.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>

namespace {

constexpr int unusable = 2;

/// Draws a bar on standard error, where somebody looks at it.
class progress_bar {
public:
    progress_bar(std::string label, bool seen) : label_{std::move(label)}, seen_{seen} {}

    void show(std::int64_t done, std::int64_t all) {
        constexpr std::int64_t room = 40;
        auto const filled = done * room / all;
        if (!seen_ || (filled == drawn_ && done != all)) {
            return;
        }
        drawn_ = filled;
        std::fprintf(stderr, "\r%s [%s%s] %3d %%%s", label_.c_str(),
            std::string(static_cast<std::size_t>(filled), '#').c_str(),
            std::string(static_cast<std::size_t>(room - filled), ' ').c_str(),
            static_cast<int>(done * 100 / all), done == all ? "\n" : "");
    }

private:
    std::string label_;
    bool seen_;
    std::int64_t drawn_ = -1;
};

} // namespace

int main(int argc, char** argv) {
    std::string lang = "en";
    std::string html;
    years::settings of;
    CLI::App app{"The years of a community: a simulated KOC programme from quarter to quarter."};
    app.add_option("--lang", lang, "The language of the story: en or zh")
        ->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--html", html, "A file for the same as one page with charts");
    app.add_option("--persons", of.persons, "The size of the community")
        ->check(CLI::Range(400, 1'000'000));
    app.add_option("--years", of.years, "The years that are shown")->check(CLI::Range(2, 50));
    app.add_option("--seed", of.seed, "What everything that is by chance is drawn from");
    CLI11_PARSE(app, argc, argv);

    auto const in = lang == "zh" ? years::language::zh : years::language::en;
    try {
        progress_bar bar{years::said(in, years::phrases::progress), isatty(STDERR_FILENO) == 1};
        auto const told =
            years::tell(of, in, [&](std::int64_t done, std::int64_t all) { bar.show(done, all); });
        years::print(told, stdout);
        if (!html.empty()) {
            std::ofstream file{html, std::ios::binary};
            file << years::page_of(told) << std::flush;
            if (!file) {
                std::fprintf(stderr,
                    "relationship_years: %s: expected a file that can be written\n", html.c_str());
                return unusable;
            }
        }
    } catch (std::exception const& ended) {
        std::fprintf(stderr, "relationship_years: %s\n", ended.what());
        return unusable;
    }
    return EXIT_SUCCESS;
}
