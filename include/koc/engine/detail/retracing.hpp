// SPDX-License-Identifier: BSL-1.0
#pragma once

// Walks a history with a baseline, which tells facts from what follows from them, and lets a
// variation take the facts. See koc/engine/what_if.hpp.

#include <koc/core/error.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/canonical.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/engine/detail/counterparts.hpp>
#include <koc/engine/what_if.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/envelope.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

/// `Engine` is engine_over, which includes this.
template <typename Engine>
class retracing {
public:
    retracing(Engine& baseline, Engine& varied, retraced& into)
        : base_{&baseline}, varied_{&varied}, into_{&into}, last_{baseline.known_.last},
          varied_from_{varied.known_.head.position}, both_{*baseline.known_.of,
                                                         *baseline.known_.state,
                                                         *varied.known_.state} {}

    result<void> run(engine_base& history, std::uint64_t until) {
        recorded one;
        std::vector<envelope> page;
        for (auto from = base_->known_.head.position; from < until; from += page.size()) {
            page.clear();
            auto const wanted = (std::min)(until - from, std::uint64_t{page_size});
            KOC_TRY(history.read(from, static_cast<std::size_t>(wanted), page));
            if (page.empty()) {
                break;
            }
            for (auto& e : page) {
                if (e.first == e.position) {
                    KOC_TRY(take(one));
                    one = {{static_cast<batch_context const&>(e), {}}, {}};
                }
                for (auto& happened : e.events) {
                    one.events.push_back(std::move(happened));
                    one.positions.push_back(e.position);
                }
            }
        }
        KOC_TRY(take(one));
        return compare();
    }

private:
    static constexpr std::size_t page_size = 512;
    /// Of how many events one fact may consist.
    static constexpr std::size_t fact_max = 256;

    struct recorded : batch {
        std::vector<std::uint64_t> positions; ///< of each event
    };
    using events = std::span<event const>;

    [[nodiscard]] core& state() const { return *base_->known_.state; }
    [[nodiscard]] core& other() const { return *varied_->known_.state; }

    static std::string text_of(event const& happened) {
        std::string text{happened.type().name};
        text += ' ';
        append_canonical(text, *happened.type().form, happened.raw());
        return text;
    }
    static bool same(event const& a, event const& b) {
        return a.type().of == b.type().of && text_of(a) == text_of(b);
    }
    static bool begins_with(events all, events part) {
        return part.size() <= all.size() &&
            std::equal(part.begin(), part.end(), all.begin(), &retracing::same);
    }

    result<void> take(recorded const& one) {
        if (one.events.empty()) {
            return {};
        }
        if (into_->batches == 0 && one.at < varied_->known_.last) {
            return error{errc::invalid_argument, "varied engine",
                "expected the change at an instant until " + to_iso8601(one.at) +
                    ", the next one of the history; make it at the instant of the fork"};
        }
        ++into_->batches;
        if (one.by.kind != actor_kind::time) {
            KOC_TRY(compare());
        }
        KOC_TRY(varied_->let_pass(one.at));
        for (std::size_t i = 0; i < one.events.size(); ++i) {
            since_.push_back({one.positions[i], one.at, one.events[i]});
        }
        if (one.by.kind == actor_kind::time) {
            KOC_TRY(take_time(one));
        } else {
            KOC_TRY(take_facts(one));
        }
        last_ = one.at;
        return {};
    }

    /// What fell due has to fall due in the baseline too; the variation has its own.
    result<void> take_time(recorded const& one) {
        std::vector<event> made;
        {
            undo_scope scope{state().log};
            auto const due = state().next_due(one.at);
            if (due && (std::max)(last_, due->item.at) == one.at) {
                command_context in{state(), one.at, one.by, made, true};
                if (state().let_happen(in, *due) && made.size() == one.events.size() &&
                    begins_with(one.events, made)) {
                    scope.keep();
                    return {};
                }
            }
        }
        unexplained(one, 0, made);
        return take_as_they_are(one);
    }
    result<void> take_facts(recorded const& one) {
        batch made{static_cast<batch_context const&>(one), {}};
        undo_scope scope{other().log};
        for (std::size_t at = 0; at < one.events.size();) {
            auto const rest = events{one.events}.subspan(at);
            auto const fact = fact_in(one, rest);
            if (fact.size == 0) {
                unexplained(one, at, fact.produced);
                fold(one, at, made);
                break;
            }
            auto known = known_there(rest.first(fact.size));
            std::vector<event> again;
            KOC_TRY(state().record_fact(rest.first(fact.size), one.at, one.by, again));
            offer(one, at, rest.first(fact.size), std::move(known), made);
            at += again.size();
        }
        return settle(made, scope);
    }
    result<void> take_as_they_are(recorded const& one) {
        batch made{static_cast<batch_context const&>(one), {}};
        undo_scope scope{other().log};
        fold(one, 0, made);
        return settle(made, scope);
    }
    /// Each event counts as a fact of its own, of which the baseline has no opinion.
    void fold(recorded const& one, std::size_t from, batch& made) {
        for (auto i = from; i < one.events.size(); ++i) {
            auto const fact = events{one.events}.subspan(i, 1);
            auto known = known_there(fact);
            state().apply(fact.front(), one.at, one.by);
            offer(one, i, fact, std::move(known), made);
        }
    }
    result<void> settle(batch& made, undo_scope& scope) {
        if (!made.events.empty()) {
            KOC_TRY(varied_->settle(made));
            scope.keep();
        }
        return {};
    }

    struct found_fact {
        std::size_t size = 0; ///< 0 where nothing explains the events
        std::vector<event> produced;
    };
    /// The smallest group of leading events that is recorded as the events are.
    found_fact fact_in(recorded const& one, events rest) {
        found_fact first;
        for (std::size_t size = 1; size <= (std::min)(rest.size(), fact_max); ++size) {
            std::vector<event> produced;
            undo_scope const attempt{state().log};
            auto const done = state().record_fact(rest.first(size), one.at, one.by, produced);
            if (done && begins_with(rest, produced)) {
                return {size, std::move(produced)};
            }
            if (size == 1) {
                first.produced = std::move(produced);
            }
        }
        return first;
    }
    /// Lets the variation take a fact that the baseline has taken.
    void offer(recorded const& one, std::size_t at, events fact, result<void> done, batch& made) {
        if (done) {
            done = both_.check_fresh();
        }
        if (done) {
            done = other().record_fact(fact, one.at, one.by, made.events);
        }
        if (!done) {
            into_->refused.push_back(
                {one.positions[at], text_of(fact.front()), std::move(done).error()});
        }
    }
    result<void> known_there(events fact) {
        for (auto const& happened : fact) {
            if (varied_->known_.of->types.find(happened.type().name) == nullptr) {
                return error{errc::unknown_id, std::string{happened.type().name},
                    "expected an event that the other programme has"};
            }
        }
        return both_.check_known(fact);
    }

    void unexplained(recorded const& one, std::size_t at, events produced) {
        std::size_t i = 0;
        while (at + i < one.events.size() && i < produced.size() &&
            same(one.events[at + i], produced[i])) {
            ++i;
        }
        auto const parted = (std::min)(at + i, one.events.size() - 1);
        into_->unexplained.push_back({one.positions[parted], one.at,
            at + i < one.events.size() ? text_of(one.events[parted]) : std::string{},
            i < produced.size() ? text_of(produced[i]) : std::string{}});
    }

    /// Compares what happened in both since the last comparison.
    result<void> compare() {
        std::vector<envelope> theirs;
        auto const end = varied_->known_.head.position;
        KOC_TRY(varied_->read(varied_from_, static_cast<std::size_t>(end - varied_from_), theirs));
        std::size_t i = 0;
        while (i < theirs.size() && i < since_.size() && theirs[i].at == since_[i].at &&
            same(theirs[i].events.front(), since_[i].what)) {
            ++i;
        }
        if (i != theirs.size() || i != since_.size()) {
            ++into_->diverging;
            if (!into_->first) {
                auto const was = i < since_.size();
                into_->first = divergence{was ? since_[i].position : next_position(),
                    was ? since_[i].at : theirs[i].at, was ? text_of(since_[i].what) : "",
                    i < theirs.size() ? text_of(theirs[i].events.front()) : ""};
            }
        }
        for (auto const& one : since_) {
            next_ = one.position + 1;
        }
        since_.clear();
        varied_from_ = end;
        return {};
    }
    [[nodiscard]] std::uint64_t next_position() const {
        return since_.empty() ? next_ : since_.back().position + 1;
    }

    struct happening {
        std::uint64_t position;
        instant at;
        event what;
    };

    Engine* base_;
    Engine* varied_;
    retraced* into_;
    instant last_;
    std::uint64_t varied_from_;
    counterparts both_;
    std::uint64_t next_ = base_->known_.head.position;
    std::vector<happening> since_;
};

} // namespace koc::detail
