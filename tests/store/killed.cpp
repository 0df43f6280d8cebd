// SPDX-License-Identifier: BSL-1.0

// Real processes at one journal, killed at a moment that nobody chose: what they acknowledged over
// a pipe is there, dense and in one order. Tagged [.torture]: as many as KOC_TORTURE_KILLS says.

#include "store/power_cut.hpp"
#include "support/catch.hpp"
#include "support/rounds.hpp"
#include "support/torture.hpp"

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace koc_test;

namespace {

/// One acknowledged event of a writer.
struct acknowledgement {
    std::uint64_t number = 0; ///< the writer's own count
    koc::journal_head head;
};

/// A process that appends until it is killed, and says so after each event.
class writer {
public:
    writer(fs::path const& path, std::uint64_t name) : name_{name} {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        process_ = fork();
        REQUIRE(process_ >= 0);
        if (process_ == 0) {
            close(ends[0]);
            _exit(work(path, ends[1]));
        }
        close(ends[1]);
        said_ = ends[0];
    }
    writer(writer const&) = delete;
    writer& operator=(writer const&) = delete;
    ~writer() {
        end();
        close(said_);
    }

    /// Waits for this many acknowledgements.
    void wait_for(std::uint64_t count) {
        while (heard_.size() < count && hear()) {
        }
    }
    void end() {
        if (process_ > 0) {
            kill(process_, SIGKILL);
            waitpid(process_, nullptr, 0);
            process_ = -1;
        }
    }
    /// All that was acknowledged before its end.
    std::vector<acknowledgement> const& acknowledged() {
        end();
        while (hear()) {
        }
        return heard_;
    }
    [[nodiscard]] std::uint64_t name() const { return name_; }

private:
    int work(fs::path const& path, int to) const {
        auto journal = koc::open_sqlite_journal(path);
        for (std::uint64_t number = 0; journal;) {
            auto const head = journal->head();
            if (!head) {
                return 1;
            }
            batches const mine = {group_of({static_cast<std::int64_t>(name_)},
                {std::to_string(number), {}}, {event::of(sample_closed{})})};
            auto const got = append(*journal, *head, mine);
            if (got) {
                acknowledgement const told{number++, *got};
                if (::write(to, &told, sizeof told) != sizeof told) {
                    return 2;
                }
            } else if (got.error().code != koc::errc::conflict) {
                return 3;
            }
        }
        return 4;
    }
    /// A write to a pipe of less than a page is there as a whole or not at all.
    bool hear() {
        acknowledgement told;
        if (::read(said_, &told, sizeof told) != sizeof told) {
            return false;
        }
        heard_.push_back(told);
        return true;
    }

    std::uint64_t name_;
    pid_t process_ = -1;
    int said_ = -1;
    std::vector<acknowledgement> heard_;
};

/// A journal that several processes write until they are killed, several times.
class kill_trial {
public:
    explicit kill_trial(std::uint64_t seed) : chance_{seed} {}

    void round() {
        std::vector<std::unique_ptr<writer>> writers;
        for (auto count = 1 + chance_.below(3); count > 0; --count) {
            writers.push_back(std::make_unique<writer>(path_, ++names_));
        }
        for (auto& one : writers) {
            one->wait_for(chance_.below(4));
            usleep(static_cast<useconds_t>(chance_.below(1'500)));
            one->end();
            ++kills_;
        }
        for (auto& one : writers) {
            for (auto const& told : one->acknowledged()) {
                acknowledged_[told.head.position - 1] = {one->name(), told};
            }
        }
        check();
    }
    [[nodiscard]] std::uint64_t kills() const { return kills_; }
    [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_.size(); }

private:
    void check() {
        auto journal = opened(path_);
        auto const [events, refused] = read(journal);
        REQUIRE(!refused);
        auto const head = journal.head();
        REQUIRE(head.has_value());
        REQUIRE(head->position == events.size());
        for (auto const& [position, told] : acknowledged_) {
            REQUIRE(position < events.size());
            auto const& found = events[position];
            REQUIRE(found.at.ms == static_cast<std::int64_t>(told.writer));
            REQUIRE(found.asked.id == std::to_string(told.last.number));
            REQUIRE(found.chain == told.last.head.chain);
        }
        // A writer's events stand in its own order, without one in between that is missing.
        std::map<std::int64_t, std::uint64_t> next;
        for (std::uint64_t i = 0; i < events.size(); ++i) {
            REQUIRE(events[i].position == i);
            REQUIRE(events[i].asked.id == std::to_string(next[events[i].at.ms]++));
        }
    }

    struct owned {
        std::uint64_t writer = 0;
        acknowledgement last;
    };

    dice chance_;
    memory_folder here_;
    fs::path path_ = here_ / "journal.sqlite";
    std::map<std::uint64_t, owned> acknowledged_;
    std::uint64_t names_ = 0;
    std::uint64_t kills_ = 0;
};

} // namespace

TEST_CASE(
    "what a killed process acknowledged is there, in one order without a gap", "[store][killed]") {
    std::uint64_t acknowledged = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        kill_trial trial{seed};
        while (trial.kills() < rounds(16)) {
            trial.round();
        }
        acknowledged += trial.acknowledged();
    }
    CHECK(acknowledged > 0);
}

TEST_CASE("killed processes, as many as are asked for", "[.torture][kills]") {
    auto const count = torture_count("KILLS", 100);
    std::uint64_t kills = 0;
    std::uint64_t acknowledged = 0;
    auto seed = torture_first();
    for (; kills < count; ++seed) {
        kill_trial trial{seed};
        auto const before = kills;
        while (trial.kills() < 50) {
            trial.round();
        }
        kills += trial.kills();
        acknowledged += trial.acknowledged();
        torture_progress(before, kills, seed + 1, 100);
    }
    std::printf("%llu events were acknowledged\n", static_cast<unsigned long long>(acknowledged));
    torture_result(kills, "kills", 0, seed);
    CHECK(acknowledged > 0);
}
