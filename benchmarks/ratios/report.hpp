// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a section of the report measures and speaks: rivals take turns, a figure is a ratio within
// one run, and a line that has a goal ends in `value=V goal=G met` or `value=V goal=G short`.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace bench {

/// How much is measured: all of it, or what fits into a few minutes.
enum class extent { whole, quick };

/// Seconds of this thread on the processor, which a busy neighbour does not add to.
inline double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// How long a call takes, in seconds.
template <typename Call>
double seconds_of(Call&& call) {
    auto const start = cpu_seconds();
    call();
    return cpu_seconds() - start;
}

/// The value below which the share `p` of a sample lies.
inline double quantile(std::vector<double> sample, double p) {
    auto const at = std::min(
        sample.size() - 1, static_cast<std::size_t>(p * static_cast<double>(sample.size())));
    std::nth_element(
        sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(at), sample.end());
    return sample[at];
}
inline double median(std::vector<double> sample) { return quantile(std::move(sample), 0.5); }

/// The geometric mean of a / b, pair by pair.
inline double mean_ratio(std::vector<double> const& a, std::vector<double> const& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += std::log(a[i] / b[i]);
    }
    return std::exp(sum / static_cast<double>(a.size()));
}

inline void heading(char const* text) { std::printf("\n%s\n", text); }
inline void note(std::string const& text) { std::printf("  %s\n", text.c_str()); }

inline void line(std::string const& what, double value, double goal, bool met) {
    std::printf(
        "  %-68s value=%.4g goal=%.4g %s\n", what.c_str(), value, goal, met ? "met" : "short");
    std::fflush(stdout);
}
inline void at_least(std::string const& what, double value, double goal) {
    line(what, value, goal, value >= goal);
}
inline void at_most(std::string const& what, double value, double goal) {
    line(what, value, goal, value <= goal);
}

// The sections.
bool report_top_k(extent);
bool report_dispatch(extent);
bool report_codec(extent);
bool report_journal(extent);
bool report_standing(extent);
bool report_assignment(extent);
bool report_global_assignment(extent);
bool report_lifecycle(extent);

} // namespace bench
