// SPDX-License-Identifier: BSL-1.0
#include <koc/store/snapshot_folder.hpp>

#include "store/sqlite_fixture.hpp"
#include "support/catch.hpp"
#include "support/scenario.hpp"

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

using namespace koc;
using koc_test::folder;
namespace fs = std::filesystem;
using koc_test::winter_world;

namespace {

void work(winter_world& w, std::uint64_t number) {
    w.listed(w.brief(task_id{number}));
    w.handed_in(task_id{number}, w.dong, submission_id{number});
    w.given(w.rate(submission_id{number}, percent(60)));
}
void spoil(fs::path const& file) {
    std::fstream text{file, std::ios::in | std::ios::out | std::ios::binary};
    text.seekp(200);
    text.put('\x01');
}

TEST_CASE("an engine begins with the newest snapshot of a folder and reads what is behind it",
    "[store]") {
    folder here;
    snapshot_folder const nothing{here / "none"};
    winter_world w;
    engine empty{w.journal_file()};
    auto const without = nothing.resume(empty);
    CHECK_FALSE(without.from);
    CHECK(without.ignored.empty());

    snapshot_folder kept{here / "snapshots", "1.0", 2};
    std::vector<fs::path> taken;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        work(w, i);
        taken.push_back(kept.take(w.engine()).value());
    }
    CHECK(kept.files() == std::vector{taken[2], taken[1]}); // the newest two
    auto const at = w.engine().head();
    w.wait(days(40)).time_passes();

    engine fresh{w.journal_file()};
    auto const began = kept.resume(fresh);
    CHECK(began.from == at);
    CHECK(began.ignored.empty());
    REQUIRE(fresh.catch_up().has_value());
    CHECK(take_snapshot(fresh).value() == take_snapshot(w.engine()).value());
    CHECK(fresh.state_digest() == w.digest_of_replay());
}

TEST_CASE("a snapshot that is damaged, of another release or of another journal is passed over and "
          "named",
    "[store]") {
    folder here;
    winter_world w;
    snapshot_folder kept{here / "snapshots", "1.0", 9};
    work(w, 1);
    auto const oldest = kept.take(w.engine()).value();
    auto const at = w.engine().head();
    work(w, 2);
    auto const damaged = kept.take(w.engine()).value();
    spoil(damaged);
    work(w, 3);
    auto const older_release =
        snapshot_folder{here / "snapshots", "0.9", 9}.take(w.engine()).value();
    winter_world other;
    for (std::uint64_t i = 1; i <= 4; ++i) {
        work(other, i);
    }
    auto const of_another = kept.take(other.engine()).value();
    // What an interrupted writer left, and files of others, are no snapshots.
    std::ofstream{here / "snapshots" / "99999999999999999999.snapshot-new"} << "koc_snap";
    std::ofstream{here / "snapshots" / "notes.txt"} << "hello";
    auto const empty = here / "snapshots" / "99999999999999999999.snapshot";
    std::ofstream{empty}.flush();

    engine fresh{w.journal_file()};
    auto const began = kept.resume(fresh);
    CHECK(began.from == at);
    REQUIRE(began.ignored.size() == 4);
    CHECK(began.ignored[0].file == empty);
    CHECK(began.ignored[0].why.code == errc::schema_changed);
    CHECK(began.ignored[1].file == of_another);
    CHECK(began.ignored[1].why.code == errc::invalid_argument);
    CHECK(began.ignored[2].file == older_release);
    CHECK(began.ignored[2].why.code == errc::schema_changed);
    CHECK(began.ignored[3].file == damaged);
    CHECK(began.ignored[3].why.code == errc::corrupt);
    REQUIRE(fresh.catch_up().has_value());
    CHECK(fresh.state_digest() == w.digest());

    // Without any that is usable, the journal is read from the beginning.
    spoil(oldest);
    engine anew{w.journal_file()};
    auto const none = kept.resume(anew);
    CHECK_FALSE(none.from);
    CHECK(none.ignored.size() == 5);
    REQUIRE(anew.catch_up().has_value());
    CHECK(anew.state_digest() == w.digest());
}

TEST_CASE(
    "a snapshot of a journal that was put back to an earlier day takes the place of later ones",
    "[store]") {
    folder here;
    snapshot_folder kept{here / "snapshots", "1.0", 2};
    winter_world longer;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        work(longer, i);
        REQUIRE(kept.take(longer.engine()).has_value());
    }
    winter_world w;
    work(w, 1);
    auto const taken = kept.take(w.engine()).value();
    CHECK(kept.files() == std::vector{taken});
    engine fresh{w.journal_file()};
    CHECK(kept.resume(fresh).from == w.engine().head());
}

TEST_CASE("where a folder cannot be written, older snapshots stay", "[store]") {
    folder here;
    winter_world w;
    std::ofstream{here / "file"} << "no folder";
    snapshot_folder kept{here / "file"};
    auto const refused = kept.take(w.engine());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::unavailable);
    CHECK(kept.files().empty());
}

} // namespace
