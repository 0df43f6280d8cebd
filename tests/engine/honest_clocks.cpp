// SPDX-License-Identifier: BSL-1.0

// Several processes, each with an engine of its own at one journal and a clock that it reads before
// it waits for its turn: nobody is refused for having waited. Tagged [.torture]: as many commands
// as KOC_TORTURE_CLOCKS says.

#include <koc/engine/engine.hpp>
#include <koc/store/sqlite.hpp>

#include "engine/garden.hpp"
#include "support/catch.hpp"
#include "support/torture.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using garden::plant_id;

constexpr std::uint64_t writers = 4;

koc::instant clock_now() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

/// Sows so many plants; the exit code of its process.
int sow_all(fs::path const& path, std::uint64_t writer, std::uint64_t count) {
    auto journal = koc::open_sqlite_journal(path);
    if (!journal) {
        return 2;
    }
    auto engine = garden::engine_of(*std::move(journal), koc::writer_id{writer});
    for (std::uint64_t i = 0; i < count; ++i) {
        plant_id const plant{writer * 1'000'000 + i};
        if (auto const sown = engine.handle(garden::sow{plant, "tree", {}}, {clock_now()}); !sown) {
            std::fprintf(stderr, "refused: %s: %s\n", sown.error().subject.c_str(),
                sown.error().expected.c_str());
            return 3;
        }
    }
    return 0;
}

void sow_together(std::uint64_t each) {
    auto pattern = (fs::temp_directory_path() / "koc-clocks-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    auto const path = fs::path{pattern} / "journal.sqlite";
    std::vector<pid_t> children;
    for (std::uint64_t writer = 1; writer <= writers; ++writer) {
        auto const child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            _exit(sow_all(path, writer, each));
        }
        children.push_back(child);
    }
    for (auto const child : children) {
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    {
        auto engine = garden::engine_of(koc::open_sqlite_journal(path).value());
        REQUIRE(engine.catch_up().has_value());
        std::uint64_t found = 0;
        engine.each<garden::plant>([&](auto const&) { ++found; });
        CHECK(found == writers * each);
        auto twin = garden::engine_of(koc::open_sqlite_journal(path).value());
        REQUIRE(twin.catch_up().has_value());
        CHECK(twin.state_digest() == engine.state_digest());
        auto last = koc::instant_min;
        auto const all = engine.read(0, ~std::size_t{0} / 2).value();
        for (std::uint64_t i = 0; i < all.size(); ++i) {
            REQUIRE(all[i].position == i);
            REQUIRE(all[i].at >= last);
            last = all[i].at;
        }
    }
    fs::remove_all(pattern);
}

} // namespace

TEST_CASE(
    "of several writers with honest clocks none is refused for having waited", "[engine][clocks]") {
    sow_together(60);
}

TEST_CASE("commands of several writers with honest clocks, as many as are asked for",
    "[.torture][clocks]") {
    auto const count = koc_test::torture_count("CLOCKS", 2'000);
    sow_together((count + writers - 1) / writers);
    koc_test::torture_result(count, "commands", 0, koc_test::torture_first() + count);
}
