// SPDX-License-Identifier: BSL-1.0

// Coordinates are whole tenths of a unit; a chart is 480 units wide.

#include "chart.hpp"

#include "phrases.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace years {

namespace {

constexpr std::int64_t left = 520;
constexpr std::int64_t right = 4'720;
constexpr std::int64_t top = 140;
constexpr std::int64_t bottom = 2'260;
constexpr std::int64_t height = 2'560;

std::string px(std::int64_t tenths) {
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}
std::string attribute(char const* name, std::int64_t tenths) {
    return std::string{" "} + name + "=\"" + px(tenths) + '"';
}
std::string open(std::string const& title, std::int64_t tall) {
    return "<svg viewBox=\"0 0 480 " + std::to_string(tall / 10) + "\" role=\"img\"><title>" +
        escaped(title) + "</title>\n";
}
std::string text(std::int64_t x, std::int64_t y, char const* anchor, std::string const& words) {
    return "<text" + attribute("x", x) + attribute("y", y) + " text-anchor=\"" + anchor + "\">" +
        escaped(words) + "</text>\n";
}
std::string rule(
    std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, char const* kind) {
    return "<line class=\"" + std::string{kind} + '"' + attribute("x1", x1) + attribute("y1", y1) +
        attribute("x2", x2) + attribute("y2", y2) + "/>\n";
}

/// A round step, so that at most five of them reach `most`.
std::int64_t step_for(std::int64_t most) {
    for (std::int64_t step = 1;; step *= 10) {
        for (auto const times : {1, 2, 5}) {
            if (step * times * 5 >= most) {
                return step * times;
            }
        }
    }
}

/// A vertical scale from 0 to a round number, with its rules and numbers.
class scale {
public:
    explicit scale(std::int64_t most) : step_{step_for((std::max)(most, std::int64_t{1}))} {
        end_ = (most + step_ - 1) / step_ * step_;
        end_ = (std::max)(end_, step_);
    }
    [[nodiscard]] std::int64_t at(std::int64_t value) const {
        return bottom - value * (bottom - top) / end_;
    }
    [[nodiscard]] std::string rules() const {
        std::string out;
        for (std::int64_t value = 0; value <= end_; value += step_) {
            out += rule(left, at(value), right, at(value), value == 0 ? "axis" : "gridline");
            out += text(left - 60, at(value) + 40, "end", grouped(value));
        }
        return out;
    }

private:
    std::int64_t step_;
    std::int64_t end_ = 0;
};

std::int64_t place_at(std::size_t place, std::size_t places) {
    return left +
        static_cast<std::int64_t>(place) * (right - left) / static_cast<std::int64_t>(places);
}

std::string colour(std::size_t n) { return "c" + std::to_string(n % 5); }

} // namespace

std::string escaped(std::string_view words) {
    std::string out;
    for (auto const c : words) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string stacked_columns(std::string const& title, std::vector<std::string> const& places,
    std::vector<series> const& all, std::size_t label_every) {
    std::vector<std::int64_t> sums(places.size(), 0);
    for (auto const& one : all) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            sums[i] += one.values[i];
        }
    }
    scale const heights{places.empty() ? 0 : *std::max_element(sums.begin(), sums.end())};
    auto out = open(title, height) + heights.rules();
    std::vector<std::int64_t> below(places.size(), 0);
    for (std::size_t which = 0; which < all.size(); ++which) {
        out += "<g class=\"" + colour(which) + "\">\n";
        for (std::size_t i = 0; i < places.size(); ++i) {
            auto const room = place_at(i + 1, places.size()) - place_at(i, places.size());
            auto const gap = (std::min)(room / 5, std::int64_t{160});
            auto const value = all[which].values[i];
            auto const high = heights.at(below[i] + value);
            out += "<rect" + attribute("x", place_at(i, places.size()) + gap / 2) +
                attribute("y", high) + attribute("width", room - gap) +
                attribute("height", heights.at(below[i]) - high) + "><title>" +
                escaped(places[i] + ", " + all[which].name + ": " + grouped(value)) +
                "</title></rect>\n";
            below[i] += value;
        }
        out += "</g>\n";
    }
    for (std::size_t i = 0; i < places.size(); i += label_every) {
        auto const middle =
            (place_at(i, places.size()) +
                place_at((std::min)(i + label_every, places.size()), places.size())) /
            2;
        out += text(middle, bottom + 200, "middle", places[i].substr(0, 4));
    }
    return out + "</svg>\n";
}

std::string lines(std::string const& title, std::vector<std::string> const& places,
    std::vector<series> const& all, mark const& at, std::size_t label_every) {
    std::int64_t most = at.level;
    for (auto const& one : all) {
        for (auto const value : one.values) {
            most = (std::max)(most, value);
        }
    }
    scale const heights{most};
    auto out = open(title, height) + heights.rules();
    out += rule(left, heights.at(at.level), right, heights.at(at.level), "level");
    out += text(right, heights.at(at.level) - 60, "end", at.level_name);
    out += rule(
        place_at(at.place, places.size()), top, place_at(at.place, places.size()), bottom, "mark");
    out += text(place_at(at.place, places.size()) + 60, bottom - 80, "start", at.name);
    for (std::size_t which = 0; which < all.size(); ++which) {
        out += "<polyline class=\"line " + colour(which) + "\" points=\"";
        for (std::size_t i = 0; i < all[which].values.size() && i < places.size(); ++i) {
            out += (i == 0 ? "" : " ") + px(place_at(i, places.size())) + ',' +
                px(heights.at(all[which].values[i]));
        }
        out += "\"><title>" + escaped(all[which].name) + "</title></polyline>\n";
    }
    for (std::size_t i = 0; i < places.size(); i += label_every) {
        auto const next = (std::min)(i + label_every, places.size());
        if (next - i > label_every / 2) {
            out += text((place_at(i, places.size()) + place_at(next, places.size())) / 2,
                bottom + 200, "middle", places[i]);
        }
    }
    return out + "</svg>\n";
}

std::string bars(
    std::string const& title, series const& of, std::vector<std::string> const& names) {
    constexpr std::int64_t each = 380;
    auto const most = of.values.empty()
        ? 1
        : (std::max)(std::int64_t{1}, *std::max_element(of.values.begin(), of.values.end()));
    auto out = open(title, each * static_cast<std::int64_t>(names.size()) + 40);
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const y = each * static_cast<std::int64_t>(i);
        auto const wide = (std::max)(of.values[i] * 4'760 / most, std::int64_t{10});
        out += text(0, y + 160, "start", names[i]);
        out += text(4'780, y + 160, "end", grouped(of.values[i]));
        out += "<rect class=\"c1\" rx=\"2\"" + attribute("x", 0) + attribute("y", y + 210) +
            attribute("width", wide) + attribute("height", 110) + "/>\n";
    }
    return out + "</svg>\n";
}

std::string legend(std::vector<std::string> const& names) {
    std::string out{"<ul class=\"legend\">"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        out += "<li><i class=\"" + colour(i) + "\"></i>" + escaped(names[i]) + "</li>";
    }
    return out + "</ul>\n";
}

} // namespace years
