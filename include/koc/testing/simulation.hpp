// SPDX-License-Identifier: BSL-1.0
#pragma once

// A deterministic simulation of several engines on one journal that fails by lot. A seed decides
// everything: which engine does what, how the clocks differ, what fails. After each step the
// guarantees of the engine and the invariants of the programme are checked; the first step that
// breaks one ends the simulation, and the same seed ends it there again.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/snapshot.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/testing/draws.hpp>
#include <koc/testing/shared_faulty_journal.hpp>
#include <koc/testing/simulated_command.hpp>
#include <koc/testing/simulation_plan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::testing {

template <journal Journal, simulated_world World>
class simulation {
    using shared = shared_faulty_journal<Journal>;

    struct participant {
        engine here;
        duration skew;
    };
    /// A request that was sent, and what is known of it.
    struct request_sent {
        std::string id; ///< empty where it cannot be sent again
        simulated_command command;
        bool open = false; ///< its outcome is unknown
        std::optional<receipt> answered;
        std::optional<receipt> recorded; ///< as the journal has it
    };

public:
    /// `begun` is a journal that the programme can go on with, or an empty one.
    simulation(Journal begun, World world, simulation_plan const& plan)
        : plan_{plan}, lots_{plan.seed}, world_{std::move(world)}, journal_{std::move(begun),
                                                                       lots_.next(), {}} {
        report_.seed = plan.seed;
    }

    simulation_report run() {
        begin();
        for (; !report_.broken && report_.steps < plan_.steps; ++report_.steps) {
            step();
            look_at_journal();
        }
        if (!report_.broken) {
            finish();
        }
        report_.trace = trace_.add(seen_.position).add(seen_.chain).finish();
        return report_;
    }

private:
    void broken(std::string what) {
        if (!report_.broken) {
            report_.broken = std::move(what);
        }
    }
    void holds(bool it, char const* what) {
        if (!it) {
            broken(what);
        }
    }

    // The steps

    void begin() {
        auto replayed = fresh();
        types_ = replayed.is().types;
        look_at_journal();
        holds(replayed.catch_up().has_value(), "the journal that it begins with can be read");
        now_ = (std::max)(replayed.last(), instant{}) + plan_.skew_max;
        journal_.set_faults(plan_.faults);
        auto const count = 2 + lots_.below(plan_.engines_max - 1);
        for (std::uint64_t i = 0; i < count; ++i) {
            engines_.push_back({fresh(), {}});
            set_clock(engines_.back());
        }
    }
    void step() {
        auto& one = engines_[lots_.below(engines_.size())];
        auto const lot = lots_.below(100);
        if (lot < 48) {
            send(one);
        } else if (lot < 60) {
            send_again(one);
        } else if (lot < 68) {
            send_group(one);
        } else if (lot < 73) {
            preview(one);
        } else if (lot < 78) {
            trace_.add("advance").add(one.here.advance(asked_now(one)).has_value());
        } else if (lot < 81) {
            trace_.add("catch up").add(one.here.catch_up().has_value());
        } else if (lot < 85) {
            keep_snapshot(one);
        } else if (lot < 91) {
            restart(one);
        } else if (lot < 98) {
            now_ = now_ + world_.pause(lots_);
        } else {
            set_clock(one);
        }
        check_state(one.here);
        if (report_.steps % 16 == 15) {
            check_replay(one.here);
        }
    }
    void set_clock(participant& of) {
        of.skew = duration{lots_.between(-plan_.skew_max.ms, plan_.skew_max.ms)};
    }
    [[nodiscard]] asked asked_now(participant const& by) const { return {now_ + by.skew}; }
    [[nodiscard]] asked asked_for(participant const& by, request_sent const& of) const {
        return {now_ + by.skew, of.command.by(), of.id};
    }
    request_sent& note_next(engine const& knows, instant now) {
        auto id = lots_.below(10) == 0 ? std::string{} : "sent " + std::to_string(sent_.size());
        sent_.push_back({std::move(id), world_.next(lots_, knows, now), false, {}, {}});
        if (!sent_.back().id.empty()) {
            by_id_[sent_.back().id] = sent_.size() - 1;
        }
        return sent_.back();
    }
    engine fresh() { return world_.start(journal_, writer_id{1 + writers_++}); }

    void send(participant& by) {
        auto& next = note_next(by.here, now_ + by.skew);
        auto const with = asked_for(by, next);
        // What a preview of the newest state shows is what happens.
        auto foreseen = std::optional<result<std::vector<event>>>{};
        auto const from = by.here.head();
        if (from == seen_ && lots_.below(4) == 0) {
            foreseen = next.command.preview(by.here, with);
            check_state(by.here);
        }
        auto const given = next.command.handle(by.here, with);
        answered(next, given);
        if (foreseen && given && !given->repeated && given->first == from.position) {
            holds(foreseen->has_value() && recorded_at(*given) == **foreseen,
                "a preview shows the events that are recorded then");
        }
    }
    void send_again(participant& by) {
        if (auto* old = sent_.empty() ? nullptr : &sent_[lots_.below(sent_.size())];
            old != nullptr && !old->id.empty()) {
            again(by, *old);
        }
    }
    void again(participant& by, request_sent& old) {
        auto const before = old.answered;
        auto const given = old.command.handle(by.here, asked_for(by, old));
        if (before && given) {
            ++report_.repeated;
            holds(given->repeated && given->first == before->first && given->count == before->count,
                "a repeated request gets its first answer");
        } else if (before) {
            holds(is_trouble(given.error().code), "a repeated request is not refused");
        }
        answered(old, given);
    }
    void send_group(participant& by) {
        auto group = by.here.open_group();
        std::vector<std::size_t> members;
        for (auto left = 2 + lots_.below(4); left > 0; --left) {
            auto const& next = note_next(by.here, now_ + by.skew);
            static_cast<void>(next.command.handle(group, asked_for(by, next)));
            members.push_back(sent_.size() - 1);
        }
        if (lots_.below(6) == 0) {
            trace_.add("dropped");
            return;
        }
        auto const done = group.commit();
        for (std::size_t i = 0; i < members.size(); ++i) {
            answered(sent_[members[i]], done ? done->answers[i] : result<receipt>{done.error()});
        }
    }
    void preview(participant& by) {
        auto const next = world_.next(lots_, by.here, now_ + by.skew);
        auto const said = next.preview(by.here, {now_ + by.skew, next.by()});
        trace_.add("preview").add(next.name()).add(said.has_value());
    }
    void keep_snapshot(participant& by) {
        auto taken = take_snapshot(by.here);
        if (taken && snapshots_.size() < 4) {
            snapshots_.push_back(*std::move(taken));
        } else if (taken) {
            snapshots_[lots_.below(snapshots_.size())] = *std::move(taken);
        }
    }
    /// A crash, and a start from nothing or from a snapshot, which may be old or damaged.
    void restart(participant& which) {
        ++report_.restarts;
        which.here = fresh();
        set_clock(which);
        if (snapshots_.empty() || lots_.below(3) == 0) {
            return;
        }
        auto text = lots_.one_of(snapshots_);
        auto const damaged = lots_.below(3) == 0;
        if (damaged) {
            auto& hit = text[lots_.below(text.size())];
            hit = static_cast<char>(hit ^ static_cast<char>(1U << lots_.below(7)));
        }
        auto const done = resume(which.here, text);
        trace_.add("resumed").add(done.has_value());
        if (damaged) {
            holds(!done.has_value(), "a damaged snapshot is refused");
        }
        holds(done || which.here.head() == journal_head{}, "a refused snapshot leaves nothing");
        holds(done || damaged || is_trouble(done.error().code), "a snapshot fits its journal");
    }

    /// Refusals that say nothing of the command.
    static bool is_trouble(errc code) {
        return code == errc::unavailable || code == errc::outcome_unknown || code == errc::conflict;
    }
    void answered(request_sent& of, result<receipt> const& given) {
        trace_.add(of.command.name()).add(given.has_value());
        look_at_journal();
        if (given) {
            trace_.add(given->first).add(given->count);
            ++report_.accepted;
            if (given->count != 0) {
                accepted(of, *given);
            }
            of.open = of.open && given->count == 0;
            return;
        }
        trace_.add(name_of(given.error().code)).add(given.error().subject);
        if (given.error().code == errc::outcome_unknown) {
            ++report_.unknown;
            of.open = true;
            return;
        }
        ++report_.refused;
        holds(given.error().code != errc::corrupt && given.error().code != errc::schema_changed,
            "an undamaged journal is readable");
        holds(given.error().code != errc::time_ran_backwards,
            "a clock within the tolerance is accepted");
        holds(of.open || of.answered || !of.recorded, "what was refused is not recorded");
    }
    void accepted(request_sent& of, receipt const& given) {
        if (!of.answered) {
            of.answered = receipt{given.first, given.count, false};
        }
        auto const events = envelopes(given.first, given.count);
        holds(events.size() == given.count && events.front().first == given.first &&
                events.back().first == given.first,
            "what was acknowledged is in the journal, as one batch");
        if (events.size() == given.count && !of.id.empty()) {
            holds(events.front().asked.id == of.id, "a receipt names the events of its request");
        }
    }

    // The journal and the states

    std::vector<envelope> envelopes(std::uint64_t from, std::uint64_t count) {
        std::vector<envelope> out;
        holds(journal_.inner().read(from, static_cast<std::size_t>(count), types_, out).has_value(),
            "the journal behind can be read");
        return out;
    }
    std::vector<event> recorded_at(receipt const& given) {
        std::vector<event> events;
        for (auto const& e : envelopes(given.first, given.count)) {
            events.push_back(e.events.front());
        }
        return events;
    }
    void look_at_journal() {
        std::vector<envelope> news;
        holds(journal_.inner()
                  .read(seen_.position, (std::numeric_limits<std::size_t>::max)(), types_, news)
                  .has_value(),
            "the journal behind can be read");
        for (auto const& e : news) {
            holds(e.position == seen_.position, "positions are dense");
            holds(e.at >= last_, "events are in the order of time");
            if (auto const known = by_id_.find(e.asked.id); known != by_id_.end()) {
                auto& recorded = sent_[known->second].recorded;
                holds(!recorded || recorded->first == e.first, "a request is recorded once");
                recorded = receipt{e.first, e.position + 1 - e.first, false};
            }
            if (auto told = world_.observe(e)) {
                broken(*std::move(told));
            }
            last_ = e.at;
            seen_ = {e.position + 1, e.chain};
            chains_.push_back(e.chain);
        }
    }
    /// An engine knows a prefix of the journal, and all that know the same have one state.
    void check_state(engine const& of) {
        look_at_journal();
        auto const at = of.head();
        auto const chain = at.position == 0 ? digest{}
            : at.position <= chains_.size() ? chains_[at.position - 1]
                                            : digest{~std::uint64_t{0}, 0};
        holds(at.chain == chain, "an engine knows a prefix of the journal");
        auto const state = of.state_digest();
        trace_.add(state);
        auto const [known, added] = states_.try_emplace(at.position, state);
        holds(added || known->second == state, "engines that know the same have one state");
        if (at == seen_) {
            if (auto told = world_.compare(of)) {
                broken(*std::move(told));
            }
        }
    }
    /// A replay has the same state at a position where an engine was, and at the end all that an
    /// engine knows besides.
    void check_replay(engine& of) {
        journal_.set_faults({.arrives = 0});
        auto other = fresh();
        auto back = states_.lower_bound(lots_.below(seen_.position + 1));
        back = back == states_.end() ? states_.begin() : back;
        holds(other.catch_up_to(back->first).has_value(), "an undamaged journal is readable");
        holds(other.state_digest() == back->second, "a replay has the state that was then");
        holds(other.catch_up().has_value() && of.catch_up().has_value(),
            "an undamaged journal is readable");
        look_at_journal();
        check_state(of);
        check_state(other);
        auto const one = take_snapshot(of);
        auto const two = take_snapshot(other);
        holds(one && two && *one == *two, "a replay knows what the engine knows");
        holds(world_.picture(of) == world_.picture(other), "a replay shows what the engine shows");
        journal_.set_faults(plan_.faults);
    }
    /// Without faults, every open request is settled, and all engines agree.
    void finish() {
        journal_.heal();
        look_at_journal();
        for (auto& s : sent_) {
            if (s.open && !s.id.empty()) {
                auto const recorded = s.recorded.has_value();
                again(engines_[lots_.below(engines_.size())], s);
                holds(!recorded || s.answered, "an unknown outcome that was recorded is settled");
                s.open = false;
            }
            holds(s.id.empty() || s.answered.has_value() == s.recorded.has_value(),
                "what is acknowledged is recorded, and nothing else");
            holds(!s.answered || s.id.empty() ||
                    (s.answered->first == s.recorded->first &&
                        s.answered->count == s.recorded->count),
                "what was acknowledged is in the journal");
        }
        plan_.faults = {};
        for (auto& one : engines_) {
            check_replay(one.here);
        }
    }

    simulation_plan plan_;
    draws lots_;
    World world_;
    shared journal_;
    std::vector<participant> engines_;
    std::vector<request_sent> sent_;
    std::map<std::string, std::size_t> by_id_;
    std::vector<std::string> snapshots_;
    instant now_;
    std::uint64_t writers_ = 0;

    // The journal as it was looked at, and the states that engines had.
    event_types types_;
    journal_head seen_;
    instant last_ = instant_min;
    std::vector<digest> chains_;
    std::map<std::uint64_t, digest> states_;

    hasher trace_;
    simulation_report report_;
};

} // namespace koc::testing
