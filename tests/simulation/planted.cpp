// SPDX-License-Identifier: BSL-1.0

// Faults that are put in on purpose, each of which the simulation has to find: otherwise that it
// finds nothing would say nothing.

#include "simulation/begun_history.hpp"
#include "simulation/standard_world.hpp"
#include "support/catch.hpp"

#include <koc/journal/any_journal.hpp>
#include <koc/journal/chain.hpp>
#include <koc/testing/simulation.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace koc;
using koc::testing::simulation;
using koc::testing::simulation_report;

/// Acknowledges each ninth append and forgets it.
class forgetful_journal : public memory_journal {
public:
    explicit forgetful_journal(memory_journal begun) : memory_journal{std::move(begun)} {}
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        auto const end = *head();
        if (expected == end && ++appends_ % 9 == 0) {
            return head_after(expected, batches);
        }
        return memory_journal::append(expected, batches);
    }

private:
    std::size_t appends_ = 0;
};

/// Takes an append that comes late at the end that the journal then has, instead of refusing it,
/// where it is the one of a writer who has sent it twice.
class doubling_journal : public memory_journal {
public:
    explicit doubling_journal(memory_journal begun) : memory_journal{std::move(begun)} {}
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        auto const hoped = head_after(expected, batches);
        auto const position = hoped.position - 1;
        auto const written = !batches.empty() && position < envelopes().size() &&
            envelopes()[position].chain == hoped.chain;
        return memory_journal::append(written ? *head() : expected, batches);
    }
};

/// Shows an engine the tasks of the history with one seat more than they have, as if its check of
/// the seats were off by one.
class generous_view {
public:
    explicit generous_view(any_journal behind) : behind_{std::move(behind)} {}
    result<journal_head> head() { return behind_.head(); }
    result<journal_head> append(journal_head expected, std::span<batch const> batches) {
        return behind_.append(expected, batches);
    }
    result<void> read(std::uint64_t from, std::size_t limit, event_types const& types,
        std::vector<envelope>& out) {
        auto const before = out.size();
        auto done = behind_.read(from, limit, types, out);
        for (auto at = before; at < out.size(); ++at) {
            for (auto& happened : out[at].events) {
                auto const* opened = happened.get_if<task_opened>();
                if (opened != nullptr && out[at].position < begun_) {
                    auto changed = *opened;
                    ++changed.brief.seats;
                    happened = event::of(std::move(changed));
                }
            }
        }
        return done;
    }

private:
    any_journal behind_;
    std::uint64_t begun_ = simulated::begun_history().head()->position;
};

/// The standard programme with that mistake.
class generous_world : public simulated::standard_world {
public:
    [[nodiscard]] engine start(any_journal journal, writer_id writer) const {
        return standard_world::start(generous_view{std::move(journal)}, writer);
    }
};

/// The first report of a broken law, and how many seeds it took.
template <typename Journal, typename World = simulated::standard_world>
std::pair<simulation_report, std::uint64_t> first_found(std::uint64_t seeds_max) {
    simulation_report report;
    for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
        report = simulation{Journal{simulated::begun_history()}, World{}, simulated::plan_of(seed)}
                     .run();
        if (report.broken) {
            return {report, seed};
        }
    }
    return {report, seeds_max + 1};
}

TEST_CASE("a journal that acknowledges and forgets is found", "[simulation]") {
    auto const [report, seeds] = first_found<forgetful_journal>(20);
    INFO(report.text());
    REQUIRE(seeds <= 20);
    CHECK(report.broken == "what was acknowledged is in the journal, as one batch");
    // The same seed finds it again, at the same step.
    auto const again = simulation{forgetful_journal{simulated::begun_history()},
        simulated::standard_world{}, simulated::plan_of(report.seed)}
                           .run();
    CHECK(again.text() == report.text());
    CHECK(again.trace == report.trace);
}

TEST_CASE("a journal that takes an append of unknown outcome twice is found", "[simulation]") {
    auto const [report, seeds] = first_found<doubling_journal>(60);
    INFO(report.text());
    REQUIRE(seeds <= 60);
    CHECK(report.broken == "a request is recorded once");
}

TEST_CASE("a programme that lets one more than all have a seat is found", "[simulation]") {
    auto const [report, seeds] = first_found<memory_journal, generous_world>(60);
    INFO(report.text());
    REQUIRE(seeds <= 60);
    REQUIRE(report.broken.has_value());
    CHECK(report.broken->find("has no more holders than seats") != std::string::npos);
}

} // namespace
