// SPDX-License-Identifier: BSL-1.0
#pragma once

// Three questions about the life of a member, asked of the engine while the community's life is
// replayed: who of the newcomers will go on to give a lot, whose answers will be accepted, and who
// of the regulars is about to fall silent? What is asked at an instant is asked before anything
// later has happened.

#include "clerk.hpp"
#include "separation.hpp"

#include <koc/standard/engine.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace replay {

/// The answers that helped somebody: everybody's own, and all of them, in the order of time.
class helpful_life {
public:
    explicit helpful_life(community const& data) : data_{data} {
        for (std::size_t i = 0; i < data.answers.size(); ++i) {
            if (helps_somebody(data, data.answers[i])) {
                all_.push_back(i);
                by_user_[data.answers[i].user].push_back(i);
            }
        }
    }

    [[nodiscard]] std::vector<std::size_t> const& all() const { return all_; }
    [[nodiscard]] auto const& by_user() const { return by_user_; }
    [[nodiscard]] koc::instant begin() const { return at(all_.front()); }
    [[nodiscard]] koc::instant end() const { return at(all_.back()); }
    [[nodiscard]] koc::instant at(std::size_t i) const { return data_.answers[i].at; }

    /// How many of a user's answers came from `from` until before `to`.
    [[nodiscard]] std::int64_t count(
        std::vector<std::size_t> const& own, koc::instant from, koc::instant to) const {
        auto const before = [&](std::size_t i, koc::instant t) { return at(i) < t; };
        return std::lower_bound(own.begin(), own.end(), to, before) -
            std::lower_bound(own.begin(), own.end(), from, before);
    }

private:
    community const& data_;
    std::vector<std::size_t> all_;
    std::map<std::string, std::vector<std::size_t>> by_user_;
};

/// Whoever asked a question, or somebody of its own where the data does not say who.
inline koc::member_id asker_of(clerk& desk, question const& asked) {
    return desk.member_of(asked.asker.empty() ? "asker of " + asked.id : asked.asker);
}

/// What is asked about the newcomers.
enum class of_newcomers {
    growth, ///< who gives at least 15 answers in the rest of their first year, by the shortlist
    trust,  ///< of whom at least 3 answers of that time are accepted, by the trust in them
};

/// Asks about those with at least 3 answers in the 30 days from their first. Every answer is
/// reported as help to whoever asked. For trust, whoever has 20 accepted answers is declared to be
/// of the core circle from then on.
inline koc::result<separation> ask_about_newcomers(
    koc::engine& engine, community const& data, of_newcomers what, progress const& tell_progress) {
    constexpr auto first_days = koc::days(30);
    constexpr auto year = koc::days(365);
    constexpr std::int64_t circle_min = 20;
    helpful_life const life{data};
    separation found{{what == of_newcomers::growth ? "fit of the shortlist" : "trust",
                         "answers so far", "sum of the votes"},
        false, {}};
    std::map<std::string, std::int64_t> accepted_of;
    if (life.all().empty()) {
        return found;
    }
    std::set<std::pair<koc::instant, std::string>> due;
    for (auto const& [user, own] : life.by_user()) {
        auto const first = life.at(own.front());
        if (first <= life.end() - year && life.count(own, first, first + first_days) >= 3) {
            due.emplace(first + first_days, user);
        }
    }
    clerk desk{engine};
    auto const ask_before = [&](koc::instant now) {
        for (; !due.empty() && due.begin()->first <= now; due.erase(due.begin())) {
            auto const& [asked_at, user] = *due.begin();
            auto const& own = life.by_user().at(user);
            double said = 0;
            if (what == of_newcomers::growth) {
                auto const known = desk.ask(koc::assess_candidate{desk.member_of(user)}, asked_at);
                said = known ? static_cast<double>(known->fit.raw) : 0;
            } else {
                auto const known = desk.ask(koc::assess_trust{desk.member_of(user)}, asked_at);
                said = known ? static_cast<double>(known->trust.raw) : 0;
            }
            if (desk.refused()) {
                return;
            }
            double answers = 0;
            double votes = 0;
            for (auto i : own) {
                if (life.at(i) < asked_at) {
                    answers += 1;
                    votes += static_cast<double>(data.answers[i].score);
                }
            }
            auto const until = asked_at - first_days + year;
            auto const accepted = std::count_if(own.begin(), own.end(), [&](std::size_t i) {
                return life.at(i) >= asked_at && life.at(i) < until && data.answers[i].accepted;
            });
            found.predictions.push_back({asked_at, {said, answers, votes},
                what == of_newcomers::growth ? life.count(own, asked_at, until) >= 15
                                             : accepted >= 3});
        }
    };
    std::uint64_t signals = 0;
    for (auto i : life.all()) {
        auto const& a = data.answers[i];
        ask_before(a.at);
        desk.tell(koc::report_contribution{koc::signal_id{++signals}, desk.member_of(a.user),
                      koc::contribution_kind::helped_a_peer, 1, quality_of(a),
                      asker_of(desk, data.questions[a.question])},
            a.at);
        if (what == of_newcomers::trust && a.accepted && ++accepted_of[a.user] == circle_min) {
            desk.tell(koc::join_circle{desk.joined(a.user, a.at)}, a.at);
        }
        if (desk.refused()) {
            return *desk.refused();
        }
        if (signals % 1024 == 0) {
            tell_progress(signals, life.all().size());
        }
    }
    ask_before(life.end() + year);
    desk.commit();
    tell_progress(life.all().size(), life.all().size());
    if (desk.refused()) {
        return *desk.refused();
    }
    return found;
}

/// At the start of each quarter, of those with at least 5 answers so far and one in the last 180
/// days, who gives none in the next 90? Every answer is recorded as an outcome, and what is asked
/// is the list of those who may have fallen silent, with nobody left out for being likely to come
/// again.
inline koc::result<separation> ask_who_falls_silent(
    koc::engine& engine, community const& data, progress const& tell_progress) {
    constexpr auto horizon = koc::days(90);
    constexpr auto quarter = koc::hours(2190);
    helpful_life const life{data};
    separation found{
        {"1 - chance of coming again", "time since the last answer", "few answers in 90 days"},
        true, {}};
    if (life.all().empty()) {
        return found;
    }
    clerk desk{engine};
    auto now = life.begin() + koc::days(365);
    auto const ask_before = [&](koc::instant next) {
        for (; now <= next && now + horizon <= life.end(); now = now + quarter) {
            auto const signs = desk.ask(koc::list_waning{koc::whole(1), horizon}, now);
            if (!signs) {
                return;
            }
            std::map<koc::member_id, koc::waning_sign> sign_of;
            for (auto const& sign : *signs) {
                sign_of.emplace(sign.member, sign);
            }
            for (auto const& [user, own] : life.by_user()) {
                auto const who = desk.find(user);
                auto const sign = who ? sign_of.find(*who) : sign_of.end();
                if (sign == sign_of.end() || desk.outcomes(*who) < 5 ||
                    sign->second.quiet > koc::days(180)) {
                    continue;
                }
                found.predictions.push_back({now,
                    {1 - static_cast<double>(sign->second.chance.raw) / koc::score::unit,
                        static_cast<double>(sign->second.quiet.ms),
                        static_cast<double>(-life.count(own, now - horizon, now))},
                    life.count(own, now, now + horizon) == 0});
            }
        }
    };
    std::size_t done = 0;
    for (auto i : life.all()) {
        auto const& a = data.answers[i];
        ask_before(a.at);
        desk.tell(koc::record_outcome{desk.joined(a.user, a.at), {}, quality_of(a), a.at}, a.at);
        if (desk.refused()) {
            return *desk.refused();
        }
        if (++done % 1024 == 0) {
            tell_progress(done, life.all().size());
        }
    }
    desk.commit();
    tell_progress(life.all().size(), life.all().size());
    if (desk.refused()) {
        return *desk.refused();
    }
    return found;
}

} // namespace replay
