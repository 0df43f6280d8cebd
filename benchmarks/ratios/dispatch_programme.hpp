// SPDX-License-Identifier: BSL-1.0
#pragma once

// A programme at work, for measuring its engine from outside: members with five tags each, a skewed
// past, tasks, and what becomes of their offers. The same calls in the same order for every engine.

#include <koc/standard/engine.hpp>

#include "ratios/report.hpp"
#include "workload.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// Keeps the head alone, so that what an engine holds is its state. Models `koc::journal` for one
/// writer who never reads back.
class passing_journal {
public:
    [[nodiscard]] koc::result<koc::journal_head> head() const { return end_; }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch const> batches);
    static koc::result<void> read(
        std::uint64_t, std::size_t, koc::event_types const&, std::vector<koc::envelope>&) {
        return {};
    }

private:
    koc::journal_head end_;
};

enum class task_kind { plain, mixed };

/// One offer of a task, in the order in which they were sent.
struct sent {
    std::uint64_t task;
    std::uint64_t member;
    std::int64_t fit;

    friend bool operator==(sent const&, sent const&) = default;
};

/// Drives one engine. What is refused ends the program.
class programme_at_work {
public:
    explicit programme_at_work(koc::engine runs);

    void enrol(std::size_t members);
    /// Every third member is contacted, confirms, and is active.
    void win_over_every_third();
    void record_outcomes(std::size_t count);
    /// Uses up the attention of every other member.
    void use_up_attention();
    void open_tasks(std::size_t count, task_kind kind);
    /// Dispatches every task that was not yet to eight; returns the seconds of each.
    std::vector<double> dispatch_all();
    /// Accepts what it may, hands the work in, and reviews it; returns the seconds of each step.
    struct closing {
        double accept;
        double submit;
        double review;
        std::size_t held;
    };
    closing close_the_loop();

    [[nodiscard]] std::vector<sent> offers() const;
    [[nodiscard]] koc::engine const& engine() const { return runs_; }

private:
    template <typename Command>
    void must(Command const& command);
    [[nodiscard]] koc::tag_id tag(char const* facet, char letter, std::uint32_t number) const;

    koc::engine runs_;
    koc::instant now_ = *koc::from_iso8601("2026-11-02T09:00:00Z");
    wl::SplitMix64 draw_{1};
    std::size_t members_ = 0;
    std::size_t tasks_ = 0;
    std::size_t dispatched_ = 0;
    std::vector<std::array<koc::tag_id, 5>> held_; ///< by member; tag 0 where there are fewer
};

/// The standard programme, and the same with everybody's score asked for.
koc::engine standard_engine(koc::any_journal journal);
koc::engine asking_engine(koc::any_journal journal);

} // namespace bench
