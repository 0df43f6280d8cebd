// SPDX-License-Identifier: BSL-1.0

// koc and what a user could pick instead, side by side in one run: `scripts/bench` builds and runs
// it. Exits 1 when two of them disagree on an answer.

#include "ratios/report.hpp"

#include <CLI/CLI.hpp>

#include <string>

int main(int argc, char** argv) {
    CLI::App app{"Measures koc beside its rivals and prints the ratios."};
    bool quick = false;
    std::string only;
    app.add_flag("--quick", quick, "smaller samples, a few minutes in all");
    app.add_option("--only", only,
        "one section: top-k, standing, dispatch, codec, journal, assignment, global, lifecycle");
    CLI11_PARSE(app, argc, argv);
    auto const size = quick ? bench::extent::quick : bench::extent::whole;
    bool agree = true;
    struct section {
        char const* name;
        bool (*report)(bench::extent);
    };
    // The global assignment comes first, as it reports the peak of the memory.
    for (auto const& [name, report] : {section{"global", bench::report_global_assignment},
             section{"assignment", bench::report_assignment},
             section{"lifecycle", bench::report_lifecycle}, section{"top-k", bench::report_top_k},
             section{"standing", bench::report_standing},
             section{"dispatch", bench::report_dispatch}, section{"codec", bench::report_codec},
             section{"journal", bench::report_journal}}) {
        if (only.empty() || only == name) {
            agree = report(size) && agree;
        }
    }
    return agree ? 0 : 1;
}
