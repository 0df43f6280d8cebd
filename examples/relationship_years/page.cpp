// SPDX-License-Identifier: BSL-1.0

// The chapters of the page. Whatever was recorded passes through `escaped`.

#include "page.hpp"

#include "chart.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace years {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #ffffff; --ink: #1d2127;
  --faint: #5b6472; --rule: #dcdfe4; --bad: #b3261e; --c0: #5f9e3f; --c1: #2f77d0; --c2: #7a4cb8;
  --c3: #d9862a; --c4: #87909c; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --card: #1c2027; --ink: #e7e9ee;
  --faint: #a3abb8; --rule: #343a44; --bad: #ff9a91; --c0: #86c96a; --c1: #6aaeff; --c2: #b590f2;
  --c3: #f0b05a; --c4: #a7afbb; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font-family: system-ui, "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
h1 { margin: .5rem 0 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 0 0 .3rem; font-size: 1.2rem; }
h3 { margin: 0 0 .4rem; font-size: 1rem; }
p { margin: 0 0 .6rem; }
.faint, .why, figcaption { color: var(--faint); font-size: .9rem; }
.tiles, .grid { display: grid; gap: 1rem; margin: 1rem 0; }
.tiles { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
.grid { grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  align-items: start; }
.pair { grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
.card, section { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem;
  padding: 1rem; min-width: 0; }
section { margin: 1rem 0; }
.card .number { display: block; font-size: 1.6rem; font-weight: 600; line-height: 1.2; }
section .card { background: var(--paper); }
svg { display: block; width: 100%; max-width: 40rem; height: auto; overflow: visible; }
svg text { font-size: 12px; fill: var(--faint); }
@media (max-width: 36rem) { svg text { font-size: 15px; } }
svg .gridline { stroke: var(--rule); } svg .axis { stroke: var(--faint); }
svg .level { stroke: var(--faint); stroke-dasharray: 4 4; }
svg .mark { stroke: var(--bad); stroke-dasharray: 2 3; }
svg .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); }
.c3 { fill: var(--c3); } .c4 { fill: var(--c4); }
svg .line.c0 { stroke: var(--c0); } svg .line.c1 { stroke: var(--c1); }
svg .line.c2 { stroke: var(--c2); } svg .line.c3 { stroke: var(--c3); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; margin: .4rem 0;
  padding: 0; font-size: .9rem; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px;
  margin-right: .35em; }
.legend .c0 { background: var(--c0); } .legend .c1 { background: var(--c1); }
.legend .c2 { background: var(--c2); } .legend .c3 { background: var(--c3); }
.legend .c4 { background: var(--c4); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid var(--rule);
  white-space: nowrap; }
th { color: var(--faint); font-weight: 500; }
.t1 :is(th, td):nth-child(-n+1), .t2 :is(th, td):nth-child(-n+2),
.t3 :is(th, td):nth-child(-n+3) { text-align: left; }
summary { cursor: pointer; color: var(--faint); margin: .5rem 0; }
ol.events { list-style: none; margin: 0; padding: 0 0 0 .9rem; border-left: 2px solid var(--rule); }
ol.events li { margin: 0 0 .55rem; overflow-wrap: anywhere; }
time { color: var(--faint); font-size: .85rem; font-variant-numeric: tabular-nums;
  margin-right: .4rem; }
.why { display: block; }
.bad { color: var(--bad); font-weight: 600; }
code { overflow-wrap: anywhere; font-size: .9rem; }
)";

using row = std::vector<std::string>;

/// Everything in between, inside a tag; `inside` is HTML already.
std::string in_tag(std::string_view tag, std::string_view attributes, std::string const& inside) {
    std::string out{"<"};
    out += tag;
    if (!attributes.empty()) {
        out += ' ';
        out += attributes;
    }
    out += '>' + inside + "</";
    out += tag;
    return out + ">\n";
}
std::string paragraph(std::string const& words, std::string_view attributes = {}) {
    return in_tag("p", attributes, escaped(words));
}

/// A table whose first `texts` columns begin at the left.
std::string table(std::size_t texts, row const& heading, std::vector<row> const& rows) {
    auto const line = [](row const& of, char const* cell) {
        std::string out;
        for (auto const& words : of) {
            out += "<" + std::string{cell} + ">" + escaped(words) + "</" + cell + ">";
        }
        return "<tr>" + out + "</tr>\n";
    };
    std::string out = "<thead>" + line(heading, "th") + "</thead><tbody>\n";
    for (auto const& one : rows) {
        out += line(one, "td");
    }
    return in_tag("div", "class=\"wide\"",
        in_tag("table", "class=\"t" + std::to_string(texts) + "\"", out + "</tbody>"));
}

std::string events(std::vector<notice> const& all) {
    std::string out;
    for (auto const& one : all) {
        std::string line;
        if (!one.day.empty()) {
            line += "<time>" + escaped(one.day) + "</time>";
        }
        line += "<span" + std::string{one.bad ? " class=\"bad\"" : ""} + ">" + escaped(one.what) +
            "</span>";
        if (!one.because.empty()) {
            line += "<span class=\"why\">" + escaped(one.because) + "</span>";
        }
        out += "<li>" + line + "</li>\n";
    }
    return in_tag("ol", "class=\"events\"", out);
}

class pager {
public:
    explicit pager(facts const& of) : of_{of} {}

    [[nodiscard]] std::string page() const {
        auto const body = head() + tiles() + pyramid() + flows() + mentors() + alarms() + shock() +
            celebrations() + lives() + mondays() + digests();
        return "<!DOCTYPE html>\n<html lang=\"" +
            std::string{of_.in == language::zh ? "zh" : "en"} +
            "\">\n<head><meta charset=\"utf-8\"/>\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n" +
            in_tag("title", "", escaped(say(phrases::title))) +
            in_tag("style", "", std::string{style}) + "</head>\n<body>\n" +
            in_tag("main", "", body) + "</body>\n</html>\n";
    }

private:
    template <typename... Parts>
    [[nodiscard]] std::string say(phrase const& what, Parts const&... parts) const {
        return said(of_.in, what, parts...);
    }
    [[nodiscard]] std::string section(
        phrase const& name, std::string const& words, std::string const& inside) const {
        return in_tag("section", "",
            in_tag("h2", "", escaped(say(name))) + paragraph(words, "class=\"faint\"") + inside);
    }
    [[nodiscard]] std::string folded(std::string const& inside) const {
        return in_tag(
            "details", "", in_tag("summary", "", escaped(say(phrases::numbers))) + inside);
    }

    [[nodiscard]] std::string head() const {
        return in_tag("header", "",
            in_tag("h1", "", escaped(say(phrases::title))) +
                paragraph(say(phrases::subtitle, of_.of.persons, of_.of.years,
                              std::to_string(of_.of.seed)),
                    "class=\"faint\"") +
                paragraph(say(phrases::span, of_.from, of_.until, of_.members, of_.events)) +
                paragraph(say(phrases::settled), "class=\"faint\""));
    }

    [[nodiscard]] std::string tiles() const {
        if (of_.quarters.empty()) {
            return {};
        }
        auto const& last = of_.quarters.back();
        std::string out;
        auto const tile = [&](std::string const& name, std::int64_t n) {
            out += in_tag("div", "class=\"card\"",
                "<span class=\"number\">" + grouped(n) + "</span>" + escaped(name));
        };
        std::size_t at = 0;
        for (auto const* name : {"budding", "active", "mature", "evolving", "alumni"}) {
            tile(word(name, of_.in), last.people[at++]);
        }
        return in_tag("div", "class=\"tiles\"", out);
    }

    [[nodiscard]] std::string pyramid() const {
        std::vector<std::string> places;
        std::vector<series> of_stages;
        std::vector<series> of_cohorts;
        for (auto const* name : {"budding", "active", "mature", "evolving", "alumni"}) {
            of_stages.push_back({word(name, of_.in), {}});
        }
        for (auto const* name : {"senior", "middle", "young"}) {
            of_cohorts.push_back({word(name, of_.in), {}});
        }
        row heading{say(phrases::quarter)};
        std::vector<row> rows;
        for (auto const& q : of_.quarters) {
            places.push_back(q.name);
            row numbers{q.name};
            for (std::size_t i = 0; i < stages; ++i) {
                of_stages[i].values.push_back(q.people[i]);
                numbers.push_back(grouped(q.people[i]));
            }
            for (std::size_t i = 0; i < cohorts; ++i) {
                of_cohorts[i].values.push_back(q.pyramid[i]);
                numbers.push_back(grouped(q.pyramid[i]));
            }
            for (auto const n : {q.found, q.needed, q.sourcing}) {
                numbers.push_back(grouped(n));
            }
            rows.push_back(std::move(numbers));
        }
        std::vector<std::string> stage_names;
        for (auto const& one : of_stages) {
            heading.push_back(one.name);
            stage_names.push_back(one.name);
        }
        std::vector<std::string> cohort_names;
        for (auto const& one : of_cohorts) {
            heading.push_back(one.name);
            cohort_names.push_back(one.name);
        }
        for (auto const& one : {phrases::found, phrases::needed, phrases::hours}) {
            heading.push_back(say(one));
        }
        return section(phrases::pyramid, say(phrases::pyramid_says),
            in_tag("div", "class=\"grid pair\"",
                in_tag("div", "",
                    legend(stage_names) +
                        stacked_columns(say(phrases::pyramid), places, of_stages, 4)) +
                    in_tag("div", "",
                        legend(cohort_names) +
                            stacked_columns(say(phrases::pyramid), places, of_cohorts, 4))) +
                folded(table(1, heading, rows)));
    }

    [[nodiscard]] std::string flows() const {
        std::vector<std::string> names;
        series sums;
        row heading{say(phrases::from), say(phrases::to), say(phrases::because)};
        heading.insert(heading.end(), of_.year_names.begin(), of_.year_names.end());
        heading.push_back(say(phrases::sum));
        std::vector<row> rows;
        for (auto const& one : of_.flows) {
            row numbers{one.from, one.to, one.because};
            std::int64_t sum = 0;
            for (auto const n : one.by_year) {
                numbers.push_back(grouped(n));
                sum += n;
            }
            numbers.push_back(grouped(sum));
            rows.push_back(std::move(numbers));
            names.push_back(one.from + " \u2192 " + one.to + " (" + one.because + ")");
            sums.values.push_back(sum);
        }
        return section(phrases::flows, say(phrases::flows_says),
            bars(say(phrases::flows), sums, names) + folded(table(3, heading, rows)));
    }

    [[nodiscard]] std::string mentors() const {
        std::vector<std::string> years;
        std::vector<series> loads;
        std::vector<std::string> names;
        row heading{say(phrases::year), say(phrases::leads_one)};
        for (auto const* n : {"2", "3", "4", "5"}) {
            heading.push_back(say(phrases::leads, n));
        }
        names.assign(heading.begin() + 1, heading.end());
        heading.push_back(say(phrases::pairs));
        for (auto const& name : names) {
            loads.push_back({name, {}});
        }
        std::vector<row> rows;
        for (auto const& load : of_.loads) {
            years.push_back(load.year);
            row numbers{load.year};
            for (std::size_t i = 0; i < load.leading.size(); ++i) {
                loads[i].values.push_back(load.leading[i]);
                numbers.push_back(grouped(load.leading[i]));
            }
            numbers.push_back(grouped(load.pairs));
            rows.push_back(std::move(numbers));
        }
        std::vector<row> lines;
        std::vector<std::string> line_names;
        series mentors_of;
        for (auto const& g : of_.generations) {
            lines.push_back(
                {grouped(g.number), grouped(g.mentors), grouped(g.mentees), grouped(g.followed)});
            line_names.push_back(say(phrases::generation) + ' ' + grouped(g.number) + ": " +
                say(phrases::mentors_word));
            mentors_of.values.push_back(g.mentors);
        }
        return section(phrases::mentors, say(phrases::mentors_says),
            in_tag("div", "class=\"grid pair\"",
                in_tag("div", "",
                    legend(names) + stacked_columns(say(phrases::mentors), years, loads) +
                        folded(table(1, heading, rows))) +
                    in_tag("div", "",
                        in_tag("h3", "", escaped(say(phrases::generations))) +
                            paragraph(say(phrases::generations_says), "class=\"faint\"") +
                            bars(say(phrases::generations), mentors_of, line_names) +
                            folded(table(1,
                                {say(phrases::generation), say(phrases::mentors_word),
                                    say(phrases::mentees_word), say(phrases::followed_word)},
                                lines)))));
    }

    [[nodiscard]] std::string alarms() const {
        return section(phrases::alarms, say(phrases::alarms_says),
            of_.alarms.empty() ? paragraph(say(phrases::no_alarm)) : events(of_.alarms));
    }

    [[nodiscard]] std::string shock() const {
        auto const& shock = of_.shock;
        auto const weeks = (std::min)(shock.with_loop.size(), shock.without.size());
        std::vector<std::string> places;
        for (std::size_t week = 0; week < weeks; ++week) {
            auto const year = week / 52;
            places.push_back(year < of_.year_names.size() ? of_.year_names[year] : std::string{});
        }
        auto const told = [&](phrase const& which, std::optional<std::int64_t> const& after) {
            return paragraph(after ? say(phrases::weeks_back, say(which), *after)
                                   : say(phrases::never_back, say(which),
                                         static_cast<std::int64_t>(weeks - shock.week)));
        };
        std::vector<row> rows;
        for (auto week = shock.week; week < weeks; week += 13) {
            rows.push_back({grouped(static_cast<std::int64_t>(week - shock.week)),
                grouped(shock.with_loop[week]), grouped(shock.without[week])});
        }
        return section(phrases::shock,
            say(phrases::shock_says, shock.day, shock.left, shock.before),
            legend({say(phrases::with_loop), say(phrases::without_loop)}) +
                lines(say(phrases::shock), places,
                    {{say(phrases::with_loop), shock.with_loop},
                        {say(phrases::without_loop), shock.without}},
                    {shock.week, shock.day, shock.before * 19 / 20, "95 %"}, 52) +
                told(phrases::with_loop, shock.weeks_with) +
                told(phrases::without_loop, shock.weeks_without) +
                folded(table(0,
                    {say(phrases::weeks_later), say(phrases::with_loop),
                        say(phrases::without_loop)},
                    rows)));
    }

    [[nodiscard]] std::string celebrations() const {
        std::vector<std::string> days;
        std::vector<series> guests{{word("mature", of_.in), {}}, {word("alumni", of_.in), {}}};
        std::vector<row> rows;
        for (auto const& one : of_.celebrations) {
            days.push_back(one.day);
            guests[0].values.push_back(one.mature);
            guests[1].values.push_back(one.alumni);
            rows.push_back({one.day, grouped(one.mature), grouped(one.alumni), grouped(one.come),
                grouped(one.decline)});
        }
        auto list = of_.celebrations.empty()
            ? std::string{}
            : in_tag("h3", "", escaped(say(phrases::guest_list, of_.celebrations.back().day))) +
                events(of_.celebrations.back().guests);
        return section(phrases::celebration, say(phrases::celebration_says),
            in_tag("div", "class=\"grid pair\"",
                in_tag("div", "",
                    legend({guests[0].name, guests[1].name}) +
                        stacked_columns(say(phrases::celebration), days, guests) +
                        folded(table(1,
                            {say(phrases::day), guests[0].name, guests[1].name, say(phrases::come),
                                say(phrases::decline)},
                            rows))) +
                    in_tag("div", "", list)));
    }

    [[nodiscard]] std::string lives() const {
        std::string cards;
        for (auto const& one : of_.lives) {
            cards += in_tag("article", "class=\"card\"",
                in_tag("h3", "", escaped(one.title + ": " + one.name)) + events(one.events));
        }
        return section(
            phrases::lives, say(phrases::lives_says), in_tag("div", "class=\"grid\"", cards));
    }

    [[nodiscard]] std::string mondays() const {
        std::string cards;
        for (auto const& list : of_.mondays) {
            auto const many = list.all == 0
                ? say(phrases::nothing_to_do)
                : say(phrases::of_all, static_cast<std::int64_t>(list.first.size()), list.all);
            cards += in_tag("article", "class=\"card\"",
                in_tag("h3", "", escaped(list.desk)) + paragraph(many, "class=\"faint\"") +
                    (list.first.empty() ? std::string{} : events(list.first)));
        }
        return section(phrases::mondays, say(phrases::mondays_says, of_.monday_day),
            in_tag("div", "class=\"grid\"", cards));
    }

    [[nodiscard]] std::string digests() const {
        return in_tag("footer", "class=\"faint\"",
            in_tag("p", "",
                escaped(say(phrases::digest_without)) + ": " +
                    in_tag("code", "", escaped(of_.digest_without))) +
                in_tag("p", "",
                    escaped(say(phrases::digest)) + ": " +
                        in_tag("code", "", escaped(of_.digest))));
    }

    facts const& of_;
};

} // namespace

std::string page_of(facts const& of) { return pager{of}.page(); }

} // namespace years
