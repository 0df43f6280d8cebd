// SPDX-License-Identifier: BSL-1.0

// Each allocation of each operation of a journal in SQLite fails in turn: what the journal holds is
// what it held, or all of what was asked for.

#include <koc/store/sqlite.hpp>
#include <koc/testing/journal.hpp>

#include "support/allocation.hpp"
#include "support/catch.hpp"

#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
namespace allocation = koc_test::allocation;

std::vector<koc::batch> some() {
    koc::testing::sample_batches random{7};
    return {random.one(), random.one()};
}

/// Calls it with the first allocation failing, then with the second, until none is left to fail;
/// `look` sees after each what came of it.
template <typename Call, typename Look>
void with_each_failing(Call call, Look look) {
    for (std::size_t nth = 1;; ++nth) {
        bool done = true;
        try {
            allocation::failure const failing{nth};
            call();
        } catch (std::bad_alloc const&) {
            done = false;
        }
        INFO("allocation " << nth);
        look(done);
        if (done) {
            return;
        }
    }
}

} // namespace

TEST_CASE("a journal in SQLite whose memory runs out keeps what it has and gives nothing up",
    "[engine][store]") {
    auto pattern = (fs::temp_directory_path() / "koc-memory-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    auto const path = fs::path{pattern} / "journal.sqlite";
    auto const types = koc::testing::sample_types();
    auto const batches = some();
    auto const wanted = koc::head_after({}, std::span{batches});

    std::optional<koc::sqlite_journal> journal;
    with_each_failing(
        [&] {
            auto opened = koc::open_sqlite_journal(path);
            if (opened) {
                journal.emplace(*std::move(opened));
            }
        },
        [&](bool done) { CHECK(journal.has_value() == done); });
    REQUIRE(journal.has_value());

    // An append that throws after the commit has happened, so that the next one is a conflict.
    with_each_failing([&] { (void)journal->append({}, std::span{batches}); },
        [&](bool done) {
            auto const head = journal->head();
            REQUIRE(head.has_value());
            CHECK((*head == wanted || (!done && *head == koc::journal_head{})));
        });

    std::vector<koc::envelope> all;
    with_each_failing(
        [&] {
            all.clear();
            (void)journal->read(0, 1'000, types, all);
        },
        [&](bool done) { CHECK((!done || all.size() == wanted.position)); });
    REQUIRE_FALSE(all.empty());
    CHECK(all.back().chain == wanted.chain);

    auto const copy = fs::path{pattern} / "backup.sqlite";
    bool saved = false;
    with_each_failing([&] { saved = journal->log().backup(copy).has_value(); },
        [&](bool done) { CHECK((done || !fs::exists(copy))); });
    CHECK(saved);
    CHECK(koc::open_sqlite_journal(copy).value().head().value() == wanted);
    journal.reset();
    CHECK(koc::open_sqlite_journal(path).value().head().value() == wanted);
    fs::remove_all(pattern);
}
