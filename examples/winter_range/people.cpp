// SPDX-License-Identifier: BSL-1.0

// Chapters 1 and 3: the people who are known, and those who are found.

#include "desk.hpp"
#include "story.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

namespace winter_range {

namespace {

/// Commands that come from rows of files, all in one durable commit. A refused row is a problem of
/// the data and stops nothing else. While an import lives, the engine takes commands only through
/// it.
class import {
public:
    explicit import(desk& at) : at_{&at}, group_{at.engine().open_group()} {}

    template <typename Command>
    bool enter(place const& where, Command const& command) {
        auto const done = group_.handle(command, {at_->now()});
        if (!done) {
            at_->files().problems.push_back({where, to_string(done.error())});
        }
        accepted_ += done ? 1U : 0U;
        return done.has_value();
    }
    /// The number of commands that were accepted.
    std::size_t commit() {
        if (auto const done = group_.commit(); !done) {
            throw ended_early{to_string(done.error())};
        }
        return accepted_;
    }

private:
    desk* at_;
    koc::engine::group group_;
    std::size_t accepted_ = 0;
};

/// A tag that a row names; one that the vocabulary lacks is a problem of the row.
std::optional<koc::tag_id> tag_in(desk& at, place const& where, koc::tag_name const& name) {
    auto const found = at.tags().find(name);
    if (!found) {
        at.files().problems.push_back(
            {where, "tag " + to_string(name) + ": expected a tag of regions.csv or tags.csv"});
    }
    return found;
}

std::vector<koc::weighted_tag> tags_of(desk& at, person_row const& person) {
    std::vector<koc::weighted_tag> found;
    auto const add = [&](std::string const& facet, std::string const& key, koc::score weight) {
        if (auto const tag = tag_in(at, person.where, {facet, key})) {
            found.push_back({*tag, weight});
        }
    };
    add("region", person.home, koc::whole(1));
    for (auto const& format : person.formats) {
        add("format", format, koc::whole(1));
    }
    for (auto const& [key, weight] : person.interests) {
        add("interest", key, weight);
    }
    for (auto const& [key, weight] : person.styles) {
        add("style", key, weight);
    }
    return found;
}

void define_vocabulary(desk& at, import& in) {
    for (auto const* facet : {"region", "format", "interest", "style"}) {
        in.enter({"tags.csv", 1}, koc::define_facet{{facet, false, false}});
    }
    in.enter(
        {"tags.csv", 1}, koc::define_facet{{"craft", false, true}}); // earned by good work only
    in.enter({"tags.csv", 1},
        koc::define_facet{{"gender", true, false}}); // decides nothing without leave
    for (auto const* rows : {&at.files().regions, &at.files().tags}) {
        for (auto const& row : *rows) {
            auto const parents = row.parent.empty() ? std::vector<std::string>{}
                                                    : std::vector<std::string>{row.parent};
            in.enter(row.where, koc::define_tags{{{row.facet, row.key, row.name.zh, parents}}});
        }
    }
}

void enter_members(desk& at, import& in) {
    for (auto const& person : at.files().members) {
        auto const entered = in.enter(person.where,
            koc::enrol{person.id, {person.id.value(), person.name.zh}, person.sources,
                tags_of(at, person)});
        if (entered && person.relationship) { // whoever waned or has a role was willing once
            in.enter(person.where, koc::record_contact{person.id, {}});
            in.enter(person.where, koc::confirm_willingness{person.id});
        }
    }
    for (auto const& work : at.files().history) {
        koc::record_outcome past{work.member, {}, work.quality, work.at};
        for (auto const& subject : work.subjects) {
            if (auto const tag = tag_in(at, work.where, subject)) {
                past.tags.push_back(*tag);
            }
        }
        in.enter(work.where, past);
    }
    for (auto const& person : at.files().members) {
        if (person.relationship && *person.relationship != known_as::willing) {
            in.enter(
                person.where, koc::record_waning{person.id, koc::waning_reason::life_change, {}});
        }
        auto const takes = [&](koc::alumni_role role) { // as it went, and is now entered
            auto const adviser = role == koc::alumni_role::honorary_adviser;
            in.enter(person.where,
                koc::record_talk{person.id,
                    adviser ? koc::talk_finding::guides_others : koc::talk_finding::life_change,
                    {}});
            in.enter(person.where, koc::thank_member{person.id, {}, {}});
            in.enter(person.where, koc::offer_role{person.id, role, {}});
            in.enter(person.where, koc::accept_role{person.id, role});
        };
        switch (person.relationship.value_or(known_as::willing)) {
        case known_as::willing:
        case known_as::waning:
            break;
        case known_as::honorary_adviser:
            takes(koc::alumni_role::honorary_adviser);
            break;
        case known_as::friend_of_the_brand:
            takes(koc::alumni_role::friend_of_the_brand);
            break;
        case known_as::lifetime_honorary_member:
            takes(koc::alumni_role::lifetime_honorary_member);
            break;
        }
    }
}

struct signal_counts {
    std::size_t open = 0;
    std::size_t owned = 0;
    std::size_t people = 0;
};

/// A row of something that was done several times, as the signals that it stands for: help to so
/// many newcomers, who are known by number alone, or first uses of so many features with feedback
/// on each.
bool enter_several(
    import& in, signal_row const& s, std::set<koc::feature_id>& released, koc::instant now) {
    bool entered = true;
    for (std::int64_t i = 0; i < s.times && entered; ++i) {
        auto const number = s.signal.value() * 10'000 + 2 * static_cast<std::uint64_t>(i);
        koc::report_contribution one{koc::signal_id{number}, s.person, *s.did, 1, s.detail};
        if (s.did == koc::contribution_kind::helped_a_peer) {
            one.helped = koc::member_id{number};
            entered = in.enter(s.where, one);
            continue;
        }
        one.feature = koc::feature_id{static_cast<std::uint64_t>(i) + 1};
        if (released.insert(one.feature).second) {
            entered = in.enter(s.where,
                koc::release_feature{
                    one.feature, "Feature " + std::to_string(one.feature.value()), now});
        }
        auto feedback = one;
        feedback.signal = koc::signal_id{number + 1};
        feedback.kind = koc::contribution_kind::gave_feedback;
        entered = entered && in.enter(s.where, one) && in.enter(s.where, feedback);
    }
    return entered;
}

bool enter_signal(
    import& in, signal_row const& s, std::set<koc::feature_id>& released, koc::instant now) {
    if (!s.did) {
        return in.enter(s.where,
            koc::report_content{s.signal, s.person, s.depth, s.originality, s.relevance,
                s.self_initiated, s.followers});
    }
    if (s.did == koc::contribution_kind::helped_a_peer || s.did == koc::contribution_kind::tried) {
        return enter_several(in, s, released, now);
    }
    return in.enter(
        s.where, koc::report_contribution{s.signal, s.person, *s.did, s.times, s.detail});
}

/// The signals of both domains are entered by one function each.
signal_counts enter_signals(desk& at) {
import in{at };
    signal_counts counts;
    std::set<koc::member_id> about;
    std::set<koc::feature_id> released;
    for (auto const& s : at.files().signals) {
        auto const entered = enter_signal(in, s, released, at.now());
        if (entered) {
            ++(s.did ? counts.owned : counts.open);
            about.insert(s.person);
        }
    }
    in.commit();
    counts.people = about.size();
    return counts;
}

void show_pyramid(desk& at) {
    auto& page = at.page();
    auto const counts = at.count();
    auto const most = *std::max_element(counts.begin(), counts.end());
    table shown{
        {{page.words(phrases::stage)}, {page.words(phrases::people), side::right}, {""}, {""}}, {}};
    for (auto const& [stage, meaning] : {std::pair{koc::stage::mature, phrases::mature_means},
             {koc::stage::active, phrases::active_means},
             {koc::stage::budding, phrases::budding_means},
             {koc::stage::evolving, phrases::evolving_means},
             {koc::stage::alumni, phrases::alumni_means}}) {
        auto const n = counts[static_cast<std::size_t>(stage)];
        shown.rows.push_back(
            {at.word(stage), std::to_string(n), page.words(meaning), bar(n, most, 19)});
    }
    page.show(shown);
}

} // namespace

void enter_people(desk& at) {
    auto& page = at.page();
    page.chapter(phrases::people_chapter);
    auto const commands = [&] {
import in{at };
        define_vocabulary(at, in);
        enter_members(at, in);
        return in.commit();
    }();

    std::set<koc::tag_id> homes;
    auto const region = at.tags().find_facet("region");
    at.engine().each<koc::member_record>([&](koc::member_record const& member) {
        for (auto const& [tag, weight] : member.tags) {
            if (at.tags().facet_of(tag) == region) {
                homes.insert(tag);
            }
        }
    });
    page.say(phrases::people_entered, at.today(), at.members(), homes.size(),
        at.files().regions.size(), at.files().history.size(), grouped(std::int64_t(commands)));
    auto const& rule = at.rules<koc::relationship_rules>();
    page.gap();
    page.say(phrases::people_earned, rule.excellent_needed, points(rule.excellent_at),
        rule.sustained_needed.ms / koc::days(1).ms);
    show_pyramid(at);
}

void find_new_people(desk& at) {
    constexpr std::size_t listed = 9;
    constexpr std::size_t welcome = 6;
    auto& page = at.page();
    page.chapter(phrases::discovery_chapter);
    at.pass(koc::days(1));

    auto const signals = enter_signals(at);
    page.say(phrases::signals, at.today(), signals.open + signals.owned, signals.people,
        signals.open, signals.owned);

    // One shortlist, each place with its reasons.
    at.must(koc::draw_shortlist{static_cast<std::int64_t>(listed)});
    auto const everybody = at.ask(koc::list_shortlist{static_cast<std::int64_t>(signals.people)});
    auto const first = [&](std::size_t n) {
        return std::vector(
            everybody.begin(), everybody.begin() + std::ptrdiff_t(std::min(n, everybody.size())));
    };
    auto const followers_of = [&](koc::member_id who) {
        std::int64_t most = 0;
        for (auto const& s : at.files().signals) {
            most = s.person == who ? std::max(most, s.followers) : most;
        }
        return most;
    };
    std::vector<std::string> const signs{"depth", "originality", "feedback", "first to try",
        "help to peers", "lately", "taking part"};
    table list{{{page.words(phrases::place), side::right}, {page.words(phrases::person)},
                   {page.words(phrases::found_in)}},
        {}};
    for (auto const& sign : signs) {
        list.columns.push_back({at.word(sign), side::right});
    }
    list.columns.push_back({page.words(phrases::fit), side::right});
    for (auto const& found : first(listed)) {
        cells_of_row row{std::to_string(list.rows.size() + 1), at.person(found.person),
            found.sources.size() > 1 ? page.words(phrases::both) : at.word(found.sources.front())};
        for (auto const& sign : signs) {
            koc::score amount;
            for (auto const& part : found.why.parts) {
                amount += part.signal == sign ? part.amount : koc::score{};
            }
            row.push_back(amount == koc::score{} ? page.words(phrases::nothing) : decimal(amount));
        }
        row.push_back(decimal(found.fit));
        list.rows.push_back(std::move(row));
    }
    page.show(list);

    auto const loudest =
        std::max_element(everybody.begin(), everybody.end(), [&](auto const& a, auto const& b) {
            return followers_of(a.person) < followers_of(b.person);
        });
    if (loudest != everybody.end()) {
        page.say(phrases::not_followers, at.person(loudest->person),
            grouped(followers_of(loudest->person)), loudest - everybody.begin() + 1,
            everybody.size());
    }

    // The best of them become members; only their own yes makes them active.
    at.pass(koc::days(3));
    table answers{{{page.words(phrases::person)}, {page.words(phrases::home)},
                      {page.words(phrases::stood_out)}, {page.words(phrases::now_in)}},
        {}};
    for (auto const& found : first(welcome)) {
        auto const& known = at.files().prospects;
        auto const person = std::find_if(
            known.begin(), known.end(), [&](auto const& p) { return p.id == found.person; });
        if (person == known.end()) {
            continue; // nobody has found out their name yet
        }
        if (auto const done = at.tell(koc::enrol_candidate{
                person->id, {person->id.value(), person->name.zh}, tags_of(at, *person)});
            !done) {
            at.files().problems.push_back({person->where, to_string(done.error())});
            continue;
        }
        at.must(koc::record_contact{person->id, {}});
        auto const willing = person->relationship == known_as::willing;
        if (willing) {
            at.must(koc::confirm_willingness{person->id});
        }
        auto const sign = std::find_if(at.files().signals.begin(), at.files().signals.end(),
            [&](auto const& s) { return s.person == found.person; });
        answers.rows.push_back({at.person(person->id), at.home(person->id), at.text(sign->about),
            page.words(willing ? phrases::said_yes : phrases::said_nothing)});
    }
    page.gap();
    page.say(phrases::admitted, answers.rows.size(), at.today());
    page.show(answers);
}

} // namespace winter_range
