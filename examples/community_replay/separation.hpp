// SPDX-License-Identifier: BSL-1.0
#pragma once

// How well a number tells those to whom something will happen from those to whom it will not. This
// is measurement, not decision, so it may use floating point.

#include <koc/core/instant.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace replay {

/// What was said of one person at one instant, by each rule, and what then came true.
struct prediction {
    koc::instant at;
    std::vector<double> said;
    bool came_true = false;
};

/// The chance that one of those to whom it happened was given a higher number than one of those to
/// whom it did not (the area under the ROC curve), ties counting half; 0.5 says nothing.
inline double area_under_curve(std::vector<prediction> const& all, std::size_t rule) {
    std::vector<std::pair<double, bool>> order;
    order.reserve(all.size());
    for (auto const& p : all) {
        order.emplace_back(p.said[rule], p.came_true);
    }
    std::sort(order.begin(), order.end());
    double ranks = 0;
    double positives = 0;
    for (std::size_t i = 0; i < order.size();) {
        auto j = i;
        std::size_t positive = 0;
        for (; j < order.size() && order[j].first == order[i].first; ++j) {
            positive += order[j].second ? 1 : 0;
        }
        ranks += static_cast<double>(positive) * static_cast<double>(i + j + 1) / 2;
        positives += static_cast<double>(positive);
        i = j;
    }
    auto const negatives = static_cast<double>(all.size()) - positives;
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
}

/// Of the `n` who were given the highest numbers, how many it happened to; ties by time.
inline double precision_of_first(
    std::vector<prediction> const& all, std::size_t rule, std::size_t n) {
    std::vector<std::size_t> order(all.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return all[a].said[rule] != all[b].said[rule] ? all[a].said[rule] > all[b].said[rule]
                                                      : a < b;
    });
    order.resize(std::min(n, order.size()));
    auto const hits =
        std::count_if(order.begin(), order.end(), [&](std::size_t i) { return all[i].came_true; });
    return static_cast<double>(hits) / static_cast<double>(order.size());
}

/// How far the chances that a rule gave were from what came true: the mean squared difference (the
/// Brier score). Saying the average of everybody gives p (1 - p), knowing gives 0.
inline double brier_score(std::vector<prediction> const& all, std::size_t rule) {
    double sum = 0;
    for (auto const& p : all) {
        auto const miss = p.said[rule] - (p.came_true ? 1 : 0);
        sum += miss * miss;
    }
    return sum / static_cast<double>(all.size());
}

/// Predictions by several rules, the library's first.
struct separation {
    std::vector<std::string> rules;
    bool says_chances = false;           ///< the library's numbers are chances, from 0 to 1
    std::vector<prediction> predictions; ///< in the order of time

    [[nodiscard]] std::size_t positives() const {
        return static_cast<std::size_t>(std::count_if(predictions.begin(), predictions.end(),
            [](prediction const& p) { return p.came_true; }));
    }
    /// The earlier or the later half of the predictions.
    [[nodiscard]] std::vector<prediction> half(bool later) const {
        auto const middle =
            predictions.begin() + static_cast<std::ptrdiff_t>(predictions.size() / 2);
        return later ? std::vector(middle, predictions.end())
                     : std::vector(predictions.begin(), middle);
    }
};

} // namespace replay
