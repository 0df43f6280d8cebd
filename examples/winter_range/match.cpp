// SPDX-License-Identifier: BSL-1.0

// The amounts of a score put into words, and the search for those who lack one thing.

#include "match.hpp"

#include <algorithm>
#include <optional>

namespace winter_range {

namespace {

using amounts = std::vector<std::pair<std::string, koc::score>>;

/// The parts of a score, those with the same name together.
amounts grouped_by(koc::explanation const& why, auto&& name_of) {
    amounts sums;
    for (auto const& part : why.parts) {
        auto const name = name_of(part);
        auto const same = std::find_if(
            sums.begin(), sums.end(), [&](auto const& sum) { return sum.first == name; });
        if (same == sums.end()) {
            sums.emplace_back(name, part.amount);
        } else {
            same->second += part.amount;
        }
    }
    return sums;
}

/// The largest parts of a score, and the rest in one.
std::string sum_of(desk& at, koc::explanation const& why) {
    constexpr std::size_t shown = 4;
    auto parts = grouped_by(why, [&](koc::reason const& part) {
        return at.word(part.signal) + (part.about.valid() ? " [" + at.tag(part.about) + ']' : "");
    });
    std::sort(parts.begin(), parts.end(), [](auto const& a, auto const& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    auto rest = why.total();
    std::string sum;
    for (std::size_t i = 0; i < std::min(shown, parts.size()); ++i) {
        rest -= parts[i].second;
        sum += parts[i].first + ' ' + decimal(parts[i].second) + " + ";
    }
    return sum + at.page().words(phrases::the_rest) + ' ' + decimal(rest);
}

} // namespace

void show_brief(desk& at, task_plan const& plan) {
    auto& page = at.page();
    auto const& brief = at.engine().find(plan.id)->brief;
    page.paragraph(page.words(phrases::task_opened, at.today(), named(page, plan)), tone::strong);
    if (brief.needs != koc::everybody()) {
        page.fact(page.words(phrases::needs), at.words(brief.needs));
    }
    std::vector<std::string> wanted;
    for (auto const& [tag, weight] : brief.wanted) {
        wanted.push_back(at.tag(tag));
    }
    page.fact(page.words(phrases::prefers), at.list(wanted));
    page.fact(page.words(phrases::seats), std::to_string(brief.seats));
    page.fact(page.words(phrases::base_reward), at.yuan(brief.base_reward));
}

void show_ranking(desk& at, task_plan const& plan, std::size_t shown) {
    auto& page = at.page();
    auto const best = at.ask(koc::rank_members{plan.id, 100'000});
    page.gap();
    page.say(phrases::qualified, best.size(), at.members());
    table list{{{page.words(phrases::place), side::right}, {page.words(phrases::person)},
                   {page.words(phrases::home)}},
        {}};
    std::vector<amounts> parts;
    std::vector<std::string> words;
    for (std::size_t i = 0; i < std::min(shown, best.size()); ++i) {
        parts.push_back(grouped_by(at.ask(koc::consider_member{plan.id, best[i].member}).why,
            [&](koc::reason const& part) { return at.word(part.signal); }));
        for (auto const& [word, amount] : parts.back()) {
            if (std::find(words.begin(), words.end(), word) == words.end()) {
                words.push_back(word);
                list.columns.push_back({word, side::right});
            }
        }
    }
    list.columns.push_back({page.words(phrases::fit), side::right});
    for (std::size_t i = 0; i < parts.size(); ++i) {
        cells_of_row row{std::to_string(i + 1), at.person(best[i].member), at.home(best[i].member)};
        for (auto const& word : words) {
            auto const part = std::find_if(
                parts[i].begin(), parts[i].end(), [&](auto const& p) { return p.first == word; });
            row.push_back(
                part == parts[i].end() ? page.words(phrases::nothing) : decimal(part->second));
        }
        row.push_back(decimal(best[i].fit));
        list.rows.push_back(std::move(row));
    }
    page.show(list);
    if (!best.empty()) {
        page.say(phrases::why_first, at.person(best.front().member),
            sum_of(at, at.ask(koc::consider_member{plan.id, best.front().member}).why),
            decimal(best.front().fit));
    }
}

void show_near_misses(desk& at, task_plan const& plan) {
    auto& page = at.page();
    auto const& needs = at.engine().find(plan.id)->brief.needs;
    table list{{{page.words(phrases::person)}, {page.words(phrases::home)},
                   {page.words(phrases::record)}, {page.words(phrases::lacks)}},
        {}};
    for (std::size_t missing = 0; missing < needs.parts.size(); ++missing) {
        auto all_but_one = needs;
        all_but_one.parts[missing] = !needs.parts[missing];
        std::optional<koc::track_record_entry> nearest;
        for (auto const who :
            at.ask(koc::find_members{at.rules<koc::task_rules>().eligible && all_but_one})) {
            koc::track_record_entry past; // of somebody without outcomes
            past.id = who;
            if (auto const* held = at.engine().find_record<koc::track_record_entry>(who.value())) {
                past = *held;
            }
            if (!nearest || past.mean_quality() > nearest->mean_quality()) {
                nearest = past;
            }
        }
        if (!nearest) {
            continue;
        }
        auto const verdict = at.ask(koc::consider_member{plan.id, nearest->id});
        auto const pieces = nearest->outcomes;
        auto const record = pieces == 0
            ? page.words(phrases::record_empty)
            : page.words(phrases::record_is, pieces,
                  points(koc::score{nearest->quality_sum.raw / pieces}));
        list.rows.push_back({at.person(nearest->id), at.home(nearest->id), record,
            verdict.failed ? at.words(*verdict.failed)
                           : verdict.stopped_by.value_or(std::string{})});
    }
    page.gap();
    page.say(phrases::why_not);
    page.show(list);
}

} // namespace winter_range
