// SPDX-License-Identifier: BSL-1.0

// One pass over the journal for each kind of fact, and the queries.

#include "chronicle.hpp"
#include "biography.hpp"
#include "lives.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

namespace years {

namespace {

std::string year_of(koc::instant at) { return koc::to_iso8601(at).substr(0, 4); }

template <koc::described_enum Enum>
std::string called(Enum value, language in) {
    return word(koc::name_of(value), in);
}

std::string percent_of(koc::score share) {
    auto const tenths = (share.raw + koc::score::unit / 2'000) / (koc::score::unit / 1'000);
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

/// Calls `visit(envelope, event)` for all events of a journal from an instant on.
template <typename Visit>
void each_event(desk const& at, koc::instant from, Visit&& visit) {
    for (auto const& recorded : at.journal()) {
        if (recorded.at >= from) {
            for (auto const& happened : recorded.events) {
                visit(recorded, happened);
            }
        }
    }
}

void read_flows(desk const& at, koc::instant from, facts& into) {
    using key = std::tuple<int, int, koc::stage_trigger>; // -1 for somebody who was not enrolled
    std::map<key, std::map<std::string, std::int64_t>> counts;
    std::map<std::string, std::int64_t> found;
    std::map<std::string, bool> all_years;
    each_event(at, from, [&](koc::envelope const& recorded, koc::event const& happened) {
        if (auto const* moved = happened.get_if<koc::stage_changed>()) {
            ++counts[{static_cast<int>(moved->from), static_cast<int>(moved->to), moved->because}]
                    [year_of(recorded.at)];
        } else if (happened.get_if<koc::member_enrolled>() != nullptr) {
            ++counts[{-1, static_cast<int>(koc::stage::budding), {}}][year_of(recorded.at)];
            ++found[quarter_of(recorded.at)];
        } else if (happened.get_if<koc::pyramid_reviewed>() != nullptr) {
            all_years[year_of(recorded.at)] = true;
        }
    });
    for (auto const& q : into.quarters) {
        if (auto const year = q.name.substr(0, 4); all_years.contains(year)) {
            if (into.year_names.empty() || into.year_names.back() != year) {
                into.year_names.push_back(year);
            }
        }
    }
    for (auto& q : into.quarters) {
        q.found = found[q.name];
    }
    for (auto& [moved, by_year] : counts) {
        auto const& [was, is, because] = moved;
        flow made{was < 0 ? std::string{"-"} : called(static_cast<koc::stage>(was), into.in),
            called(static_cast<koc::stage>(is), into.in),
            was < 0 ? word("enrolled", into.in) : called(because, into.in), {}};
        for (auto const& year : into.year_names) {
            made.by_year.push_back(by_year[year]);
        }
        into.flows.push_back(std::move(made));
    }
}

void read_mentors(desk const& at, facts& into) {
    std::map<koc::member_id, std::int64_t> led;
    std::size_t next = 0;
    auto const close_year = [&] {
        mentor_load load{into.year_names[next], {}, 0};
        for (auto const& [mentor, people] : led) {
            if (people > 0) {
                ++load.leading[static_cast<std::size_t>((std::min)(people, std::int64_t{5}) - 1)];
                load.pairs += people;
            }
        }
        into.loads.push_back(load);
        ++next;
    };
    each_event(at, {}, [&](koc::envelope const& recorded, koc::event const& happened) {
        while (next < into.year_names.size() && year_of(recorded.at) > into.year_names[next]) {
            close_year();
        }
        if (auto const* paired = happened.get_if<koc::mentor_paired>()) {
            ++led[paired->mentor];
        } else if (auto const* released = happened.get_if<koc::mentor_released>()) {
            --led[released->mentor];
        }
    });
    while (next < into.year_names.size()) {
        close_year();
    }
}

void read_alarms(desk const& at, koc::instant from, facts& into) {
    auto const in = into.in;
    std::int64_t last_told = 0; // hours
    std::int64_t left_out = 0;
    each_event(at, from, [&](koc::envelope const& recorded, koc::event const& happened) {
        auto const day = desk::day(recorded.at);
        if (auto const* alarmed = happened.get_if<koc::cohort_alarmed>()) {
            into.alarms.push_back({day, said(in, phrases::alarm, called(alarmed->cohort, in)),
                said(
                    in, phrases::alarm_why, percent_of(alarmed->share), percent_of(alarmed->least)),
                true});
        } else if (auto const* well = happened.get_if<koc::cohort_recovered>()) {
            into.alarms.push_back({day, said(in, phrases::recovered, called(well->cohort, in)),
                said(in, phrases::recovered_why, percent_of(well->share)), false});
        } else if (auto const* planned = happened.get_if<koc::renewal_planned>()) {
            last_told = planned->hours.sourcing;
        } else if (auto const* moved = happened.get_if<koc::effort_shifted>()) {
            auto const hours = moved->to.sourcing;
            if (std::abs(hours - last_told) * 4 < last_told) {
                ++left_out;
                return;
            }
            into.alarms.push_back({day,
                said(in, hours > last_told ? phrases::more_hours : phrases::fewer_hours, hours,
                    last_told),
                moved->budding_needed > 0
                    ? said(in, phrases::hours_why, moved->budding_needed, desk::day(moved->by))
                    : said(in, phrases::hours_back),
                false});
            last_told = hours;
        }
    });
    if (left_out > 0) {
        into.alarms.push_back({"", said(in, phrases::more_notices, left_out), "", false});
    }
}

void read_celebrations(desk const& at, koc::instant from, facts& into) {
    std::map<koc::member_id, koc::stage> stages;
    std::map<koc::member_id, std::string> reasons; // why somebody would be invited
    std::map<koc::invitation_id, bool> answers;
    std::map<koc::invitation_id, koc::instant> of;
    std::map<koc::instant, celebration> all;
    each_event(at, {}, [&](koc::envelope const& recorded, koc::event const& happened) {
        auto const day = desk::day(recorded.at);
        if (auto const* moved = happened.get_if<koc::stage_changed>()) {
            stages[moved->member] = moved->to;
            if (moved->to == koc::stage::mature) {
                reasons[moved->member] = said(into.in, phrases::guest_mature, day);
            }
        } else if (auto const* role = happened.get_if<koc::role_accepted>()) {
            reasons[role->member] =
                said(into.in, phrases::guest_alumnus, called(role->role, into.in), day);
        } else if (auto const* invited = happened.get_if<koc::member_invited>();
                   invited != nullptr && invited->at >= from) {
            auto& event = all[invited->at];
            of[invited->invitation] = invited->at;
            auto const honoured = stages[invited->member] == koc::stage::alumni;
            ++(honoured ? event.alumni : event.mature);
            auto const few = honoured ? event.alumni <= 5 : event.mature <= 5;
            if (few || invited->member.value() <= 3) {
                event.guests.push_back(
                    {"", name_of(at, invited->member, into.in), reasons[invited->member], false});
            }
        } else if (auto const* said_so = happened.get_if<koc::invitation_answered>()) {
            answers[said_so->invitation] = said_so->comes;
        }
    });
    for (auto const& [invitation, comes] : answers) {
        if (auto const when = of.find(invitation); when != of.end()) {
            auto& event = all[when->second];
            ++(comes ? event.come : event.decline);
        }
    }
    for (auto& [when, event] : all) {
        event.day = desk::day(when);
        into.celebrations.push_back(std::move(event));
    }
}

} // namespace

std::string quarter_of(koc::instant at) {
    auto const text = koc::to_iso8601(at);
    auto const month = (text[5] - '0') * 10 + (text[6] - '0');
    return text.substr(0, 4) + " Q" + std::to_string((month - 1) / 3 + 1);
}

quarter close_quarter(desk const& at, std::string name) {
    quarter made;
    made.name = std::move(name);
    auto const counts = at.ask(koc::count_stages{});
    std::copy_n(counts.begin(), (std::min)(counts.size(), stages), made.people.begin());
    auto const stands = at.ask(koc::show_pyramid{});
    made.pyramid = {stands.counts.senior, stands.counts.middle, stands.counts.young};
    made.needed = stands.budding_needed;
    made.sourcing = at.ask(koc::show_effort{}).now.sourcing;
    return made;
}

void read_events(desk const& at, koc::instant from, facts& into) {
    read_flows(at, from, into);
    read_mentors(at, into);
    read_alarms(at, from, into);
    read_celebrations(at, from, into);
}

std::vector<std::int64_t> mature_by_week(desk const& at) {
    std::vector<std::int64_t> mature;
    each_event(at, {}, [&](koc::envelope const&, koc::event const& happened) {
        if (auto const* reviewed = happened.get_if<koc::pyramid_reviewed>()) {
            mature.push_back(reviewed->pyramid.mature);
        }
    });
    return mature;
}

std::int64_t mature_who_left(desk const& at, koc::instant then) {
    std::int64_t left = 0;
    each_event(at, then, [&](koc::envelope const& recorded, koc::event const& happened) {
        auto const* moved = happened.get_if<koc::stage_changed>();
        left +=
            recorded.at == then && moved != nullptr && moved->from == koc::stage::mature ? 1 : 0;
    });
    return left;
}

std::optional<std::int64_t> weeks_to_recover(
    std::vector<std::int64_t> const& mature, std::size_t from, std::int64_t before) {
    auto recovered = from;
    for (auto week = from; week < mature.size(); ++week) {
        if (mature[week] * 20 < before * 19) {
            recovered = week + 1;
        }
    }
    return recovered >= mature.size() ? std::nullopt
                                      : std::optional{static_cast<std::int64_t>(recovered - from)};
}

std::vector<generation> generations(desk const& at) {
    std::vector<generation> made;
    for (auto const& one : at.ask(koc::list_generations{})) {
        made.push_back({one.generation, one.mentors, one.mentees, one.followed});
    }
    return made;
}

namespace {

constexpr std::size_t listed = 6;

monday steps_of(desk const& at, char const* owner, language in) {
    monday list{word(owner, in), {}, 0};
    for (auto const& step : at.ask(koc::list_due_steps{owner, koc::days(7)})) {
        ++list.all;
        if (list.first.size() < listed) {
            list.first.push_back({step.due ? desk::day(*step.due) : "",
                said(in, phrases::due_by, name_of(at, step.member, in), word(step.step, in)),
                said(in, step.overdue ? phrases::overdue : phrases::due_this_week), step.overdue});
        }
    }
    return list;
}

monday quiet_members(desk const& at, language in) {
    monday list{said(in, phrases::desk_of_relations), {}, 0};
    for (auto const& sign : at.ask(koc::list_waning_signs{})) {
        ++list.all;
        if (list.first.size() < listed) {
            auto const in_days = [](koc::duration d) { return d.ms / koc::days(1).ms; };
            auto const why = sign.cause == koc::waning_cause::silent && sign.usual
                ? said(in, phrases::silent_for, in_days(sign.quiet), in_days(*sign.usual))
                : sign.cause == koc::waning_cause::repeated_refusals
                ? said(in, phrases::refusals, sign.refusals)
                : sign.cause == koc::waning_cause::slowing && sign.usual && sign.best
                ? said(in, phrases::slowing, in_days(*sign.usual), in_days(*sign.best))
                : said(in, phrases::never_delivered, in_days(sign.quiet));
            list.first.push_back(
                {"", said(in, phrases::talk_to, name_of(at, sign.member, in)), why, false});
        }
    }
    return list;
}

monday missed_pushes(desk const& at, language in) {
    monday list{said(in, phrases::desk_of_channel), {}, 0};
    for (auto const& missed : at.ask(koc::list_missed_pushes{})) {
        ++list.all;
        if (list.first.size() < listed) {
            list.first.push_back({"", said(in, phrases::push_now, name_of(at, missed.member, in)),
                said(in, phrases::push_why), true});
        }
    }
    return list;
}

monday open_proposals(desk const& at, language in) {
    monday list{said(in, phrases::desk_of_proposals), {}, 0};
    for (auto const id : at.ask(koc::list_improvements{})) {
        ++list.all;
        auto const* proposal = at.engine().find(id);
        if (list.first.size() < listed && proposal != nullptr) {
            list.first.push_back({desk::day(proposal->answer_by),
                said(in, phrases::answer_proposal, name_of(at, proposal->member, in)),
                shown(proposal->text.text, in), proposal->overdue});
        }
    }
    return list;
}

monday sourcing(desk const& at, language in) {
    auto const stands = at.ask(koc::show_pyramid{});
    auto const hours = at.ask(koc::show_effort{}).now.sourcing;
    return {said(in, phrases::desk_of_sourcing),
        {{"", said(in, phrases::source_hours, hours),
            stands.budding_needed > 0
                ? said(in, phrases::source_why, stands.budding_needed, desk::day(stands.by))
                : said(in, phrases::hours_back),
            false}},
        1};
}

} // namespace

std::vector<monday> monday_lists(desk const& at, language in) {
    std::vector<monday> all{
        sourcing(at, in), quiet_members(at, in), open_proposals(at, in), missed_pushes(at, in)};
    for (auto const* owner : {"scout", "trainer", "mentor", "content lead", "channel desk",
             "co-creation lead", "relationship lead"}) {
        all.push_back(steps_of(at, owner, in));
    }
    return all;
}

} // namespace years
