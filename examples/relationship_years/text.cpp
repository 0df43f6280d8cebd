// SPDX-License-Identifier: BSL-1.0

// Chapters and aligned tables. Chinese characters are two cells wide.

#include "text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace years {

namespace {

/// The cells that UTF-8 text takes in a terminal: two for what three bytes or more encode, as all
/// such characters of these pages are wide.
std::size_t cells(std::string_view text) {
    std::size_t n = 0;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        n += byte >= 0xe0U ? 2 : (byte & 0xc0U) == 0x80U ? 0 : 1;
    }
    return n;
}

using row = std::vector<std::string>;

/// Columns that are as wide as they need; the first `texts` of them begin at the left.
struct table {
    std::size_t texts = 1;
    row heading;
    std::vector<row> rows = {};
};

class printer {
public:
    printer(std::FILE* to, language in) : to_{to}, in_{in} {}

    template <typename... Parts>
    [[nodiscard]] std::string say(phrase const& what, Parts const&... parts) const {
        return said(in_, what, parts...);
    }
    void line(std::string_view text) {
        std::fprintf(to_, "%.*s\n", static_cast<int>(text.size()), text.data());
    }
    void chapter(phrase const& name) {
        line("");
        line(std::to_string(++chapters_) + ". " + say(name));
        line(std::string(78, '-'));
    }
    /// A sentence, broken at spaces or, in Chinese, after any character.
    void paragraph(std::string_view text, std::size_t indent = 0) { hang(text, indent, indent); }
    /// The same; the first line begins elsewhere.
    void hang(std::string_view text, std::size_t first, std::size_t indent) {
        std::string current(first, ' ');
        std::size_t wide = first;
        for (auto const& piece : pieces(text)) {
            auto const room = cells(piece) - (piece.ends_with(' ') ? 1 : 0);
            if (wide + room > width && wide > indent) {
                put(current);
                current.assign(indent, ' ');
                wide = indent;
            }
            current += piece;
            wide += cells(piece);
        }
        put(current);
    }
    void show(table const& of) {
        auto all = of.rows;
        all.insert(all.begin(), of.heading);
        std::vector<std::size_t> widths(of.heading.size(), 0);
        for (auto const& one : all) {
            for (std::size_t i = 0; i < one.size(); ++i) {
                widths[i] = (std::max)(widths[i], cells(one[i]));
            }
        }
        line("");
        for (auto const& one : all) {
            std::string text;
            for (std::size_t i = 0; i < one.size(); ++i) {
                std::string const space(widths[i] - cells(one[i]), ' ');
                text += "  " + (i < of.texts ? one[i] + space : space + one[i]);
            }
            put(text);
        }
    }
    /// A line of a list: its day, what, and below it the reason.
    void item(notice const& of, bool with_day) {
        auto const day =
            with_day ? (of.day.empty() ? std::string(10, ' ') : of.day) + "  " : std::string{"- "};
        hang(day + of.what + (of.bad ? " (!)" : ""), 2, with_day ? 14 : 4);
        if (!of.because.empty()) {
            paragraph(of.because, with_day ? 14 : 4);
        }
    }

private:
    static constexpr std::size_t width = 78;

    static std::vector<std::string> pieces(std::string_view text) {
        std::vector<std::string> made{""};
        bool open = true; // the piece may go on
        for (std::size_t at = 0; at < text.size();) {
            auto const byte = static_cast<unsigned char>(text[at]);
            std::size_t const length = byte >= 0xf0U ? 4
                : byte >= 0xe0U                      ? 3
                : byte >= 0xc0U                      ? 2
                                                     : 1;
            auto const wide = length >= 3;
            auto const character = text.substr(at, length);
            constexpr std::string_view closing{"\u3002\uff0c\u3001\uff1b\uff1a\u300d\uff09"};
            if (!open || (wide && closing.find(character) == std::string_view::npos)) {
                if (!made.back().empty()) {
                    made.emplace_back();
                }
            }
            made.back() += character;
            open = !wide && character != " ";
            at += length;
        }
        return made;
    }
    void put(std::string text) {
        text.erase(text.find_last_not_of(' ') + 1);
        line(text);
    }

    std::FILE* to_;
    language in_;
    int chapters_ = 0;
};

std::string bar(std::int64_t n, std::int64_t most, std::int64_t room) {
    return std::string(static_cast<std::size_t>(most > 0 ? (n * room + most / 2) / most : 0), '#');
}

void print_pyramid(printer& out, facts const& of) {
    out.chapter(phrases::pyramid);
    out.paragraph(out.say(phrases::pyramid_says));
    table shown{1, {out.say(phrases::quarter)}};
    for (auto const* name : {"budding", "active", "mature", "evolving", "alumni"}) {
        shown.heading.push_back(word(name, of.in));
    }
    for (auto const* name : {"senior", "middle", "young"}) {
        shown.heading.push_back(word(name, of.in));
    }
    for (auto const& heading : {phrases::found, phrases::needed, phrases::hours}) {
        shown.heading.push_back(out.say(heading));
    }
    for (auto const& q : of.quarters) {
        row cells_of{q.name};
        for (auto const n : q.people) {
            cells_of.push_back(grouped(n));
        }
        for (auto const n : q.pyramid) {
            cells_of.push_back(grouped(n));
        }
        for (auto const n : {q.found, q.needed, q.sourcing}) {
            cells_of.push_back(grouped(n));
        }
        shown.rows.push_back(std::move(cells_of));
    }
    out.show(shown);
}

void print_flows(printer& out, facts const& of) {
    out.chapter(phrases::flows);
    out.paragraph(out.say(phrases::flows_says));
    table shown{3, {out.say(phrases::from), out.say(phrases::to), out.say(phrases::because)}};
    shown.heading.insert(shown.heading.end(), of.year_names.begin(), of.year_names.end());
    shown.heading.push_back(out.say(phrases::sum));
    for (auto const& one : of.flows) {
        row cells_of{one.from, one.to, one.because};
        std::int64_t sum = 0;
        for (auto const n : one.by_year) {
            cells_of.push_back(grouped(n));
            sum += n;
        }
        cells_of.push_back(grouped(sum));
        shown.rows.push_back(std::move(cells_of));
    }
    out.show(shown);
}

void print_mentors(printer& out, facts const& of) {
    out.chapter(phrases::mentors);
    out.paragraph(out.say(phrases::mentors_says));
    table loads{1, {out.say(phrases::year), out.say(phrases::leads_one)}};
    for (auto const* n : {"2", "3", "4", "5"}) {
        loads.heading.push_back(out.say(phrases::leads, n));
    }
    loads.heading.push_back(out.say(phrases::pairs));
    for (auto const& load : of.loads) {
        row cells_of{load.year};
        for (auto const n : load.leading) {
            cells_of.push_back(grouped(n));
        }
        cells_of.push_back(grouped(load.pairs));
        loads.rows.push_back(std::move(cells_of));
    }
    out.show(loads);
    out.line("");
    out.paragraph(out.say(phrases::generations_says));
    table lines{0,
        {out.say(phrases::generation), out.say(phrases::mentors_word),
            out.say(phrases::mentees_word), out.say(phrases::followed_word)}};
    for (auto const& g : of.generations) {
        lines.rows.push_back(
            {grouped(g.number), grouped(g.mentors), grouped(g.mentees), grouped(g.followed)});
    }
    out.show(lines);
}

void print_alarms(printer& out, facts const& of) {
    out.chapter(phrases::alarms);
    out.paragraph(out.say(phrases::alarms_says));
    out.line("");
    if (of.alarms.empty()) {
        out.line("  " + out.say(phrases::no_alarm));
    }
    for (auto const& one : of.alarms) {
        out.item(one, true);
    }
}

void print_shock(printer& out, facts const& of) {
    auto const& shock = of.shock;
    out.chapter(phrases::shock);
    out.paragraph(out.say(phrases::shock_says, shock.day, shock.left, shock.before));
    table shown{0,
        {out.say(phrases::weeks_later), out.say(phrases::with_loop),
            out.say(phrases::without_loop)}};
    auto const weeks = (std::min)(shock.with_loop.size(), shock.without.size());
    auto const number = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    shown.heading.emplace_back("");
    shown.texts = 0;
    for (auto week = shock.week; week < weeks; week += 13) {
        shown.rows.push_back({grouped(number(week - shock.week)), grouped(shock.with_loop[week]),
            grouped(shock.without[week])});
        auto marks = bar(shock.with_loop[week], shock.before, 30);
        auto const less = bar(shock.without[week], shock.before, 30);
        std::replace(
            marks.begin() + static_cast<std::ptrdiff_t>((std::min)(less.size(), marks.size())),
            marks.end(), '#', '+');
        marks.resize((std::max)(marks.size(), std::size_t{36}), ' ');
        shown.rows.back().push_back(marks);
    }
    out.show(shown);
    out.line("");
    auto const told = [&](phrase const& which, std::optional<std::int64_t> const& after) {
        out.line("  " +
            (after ? out.say(phrases::weeks_back, out.say(which), *after)
                   : out.say(phrases::never_back, out.say(which), number(weeks - shock.week))));
    };
    told(phrases::with_loop, shock.weeks_with);
    told(phrases::without_loop, shock.weeks_without);
}

void print_celebrations(printer& out, facts const& of) {
    out.chapter(phrases::celebration);
    out.paragraph(out.say(phrases::celebration_says));
    table shown{1,
        {out.say(phrases::day), word("mature", of.in), word("alumni", of.in),
            out.say(phrases::come), out.say(phrases::decline)}};
    for (auto const& one : of.celebrations) {
        shown.rows.push_back({one.day, grouped(one.mature), grouped(one.alumni), grouped(one.come),
            grouped(one.decline)});
    }
    out.show(shown);
    if (!of.celebrations.empty()) {
        out.line("");
        out.line(out.say(phrases::guest_list, of.celebrations.back().day));
        table guests{2, {"", ""}};
        for (auto const& guest : of.celebrations.back().guests) {
            guests.rows.push_back({guest.what, guest.because});
        }
        out.show(guests);
    }
}

void print_lives(printer& out, facts const& of) {
    out.chapter(phrases::lives);
    out.paragraph(out.say(phrases::lives_says));
    for (auto const& one : of.lives) {
        out.line("");
        out.line(one.title + ": " + one.name);
        for (auto const& event : one.events) {
            out.item(event, true);
        }
    }
}

void print_mondays(printer& out, facts const& of) {
    out.chapter(phrases::mondays);
    out.paragraph(out.say(phrases::mondays_says, of.monday_day));
    for (auto const& list : of.mondays) {
        out.line("");
        out.line(list.desk + " (" +
            (list.all == 0 ? out.say(phrases::nothing_to_do)
                           : out.say(phrases::of_all, static_cast<std::int64_t>(list.first.size()),
                                 list.all)) +
            ")");
        for (auto const& what : list.first) {
            out.item(what, !what.day.empty());
        }
    }
}

} // namespace

void print(facts const& of, std::FILE* to) {
    printer out{to, of.in};
    out.line(out.say(phrases::title));
    out.paragraph(
        out.say(phrases::subtitle, of.of.persons, of.of.years, std::to_string(of.of.seed)));
    out.line(std::string(78, '='));
    out.paragraph(out.say(phrases::span, of.from, of.until, of.members, of.events));
    out.paragraph(out.say(phrases::settled));
    print_pyramid(out, of);
    print_flows(out, of);
    print_mentors(out, of);
    print_alarms(out, of);
    print_shock(out, of);
    print_celebrations(out, of);
    print_lives(out, of);
    print_mondays(out, of);
    out.line("");
    out.line(out.say(phrases::digest_without) + ": " + of.digest_without);
    out.line(out.say(phrases::digest) + ": " + of.digest);
}

} // namespace years
