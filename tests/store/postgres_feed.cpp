// SPDX-License-Identifier: BSL-1.0

// A consumer that follows a programme's log in PostgreSQL while an engine elsewhere commands: woken
// by the server, and without a gap whatever becomes of its connections.

#include <koc/json/feed.hpp>
#include <koc/standard/engine.hpp>
#include <koc/store/file_cursor.hpp>
#include <koc/store/postgres.hpp>

#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace koc_test;
using namespace koc;

namespace {

/// Whoever waits is woken by the server alone: a look of its own would come after an hour.
postgres_options hourly() {
    auto options = in_schema(fresh_schema());
    options.look_every = std::chrono::hours{1};
    return options;
}

engine programme_in(postgres_server const& server, postgres_options const& options) {
    return engine{opened(server.connection(), "winter", options)};
}
bool enrolled(engine& into, std::uint64_t id) {
    return into.handle(enrol{member_id{id}, {id, "Li"}, {source::open}, {}}, {instant{1'000}})
        .has_value();
}

/// A thread that follows the log, and keeps the positions that it was sent.
class consumer {
public:
    consumer(postgres_server const& server, postgres_options const& options, event_types types)
        : folder_{made_folder()}, feed_{event_feed<postgres_journal, file_cursor>::make(
                                      opened(server.connection() + " application_name=consumer",
                                          "winter", options),
                                      std::move(types), file_cursor{folder_ / "cursor"})
                                            .value()},
          running_{[this] { follow(); }} {}
    consumer(consumer const&) = delete;
    consumer& operator=(consumer const&) = delete;
    ~consumer() {
        if (running_.joinable()) {
            stop();
        }
        std::filesystem::remove_all(folder_);
    }

    /// Whether it was sent all events before this position, soon enough.
    bool has_seen(std::uint64_t position) {
        std::unique_lock turn{changing_};
        return heard_.wait_for(turn, std::chrono::seconds{30},
            [&] { return !seen_.empty() && seen_.back() + 1 >= position; });
    }
    /// It ends when it was sent what is appended behind this position.
    void end_behind(std::uint64_t position) { until_ = position; }
    void join() { running_.join(); }
    /// When it has ended.
    [[nodiscard]] std::vector<std::uint64_t> const& seen() const { return seen_; }
    [[nodiscard]] int refusals() const { return refusals_; }

private:
    static std::filesystem::path made_folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "koc-feed-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        return pattern;
    }
    void stop() {
        until_ = 0;
        running_.join();
    }
    void follow() {
        while (seen_.empty() || seen_.back() < until_) {
            auto const more = feed_.wait(minutes(1));
            auto sent = feed_.write([this](std::string_view lines) { return take(lines); });
            while (sent && *sent != 0) {
                sent = feed_.write([this](std::string_view lines) { return take(lines); });
            }
            refusals_ += more && sent ? 0 : 1;
        }
    }
    result<void> take(std::string_view lines) {
        std::lock_guard const turn{changing_};
        while (!lines.empty()) {
            auto const end = lines.find('\n');
            auto const line = boost::json::parse(std::string{lines.substr(0, end)});
            seen_.push_back(static_cast<std::uint64_t>(line.at("position").as_int64()));
            lines.remove_prefix(end + 1);
        }
        heard_.notify_all();
        return {};
    }

    std::filesystem::path folder_;
    event_feed<postgres_journal, file_cursor> feed_;
    std::mutex changing_;
    std::condition_variable heard_;
    std::vector<std::uint64_t> seen_;
    std::atomic<int> refusals_ = 0;
    std::atomic<std::uint64_t> until_ = ~std::uint64_t{0};
    std::thread running_; // begins when all else is there
};

/// Each position at least once, none before the ones that precede it.
std::uint64_t without_gap(std::vector<std::uint64_t> const& seen) {
    std::uint64_t next = 0;
    for (auto const at : seen) {
        if (at > next) {
            return at;
        }
        next = std::max(next, at + 1);
    }
    return next;
}

} // namespace

TEST_CASE("a feed of a log in PostgreSQL is woken by each command of another engine",
    "[store][postgres][E27]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = hourly();
    auto programme = programme_in(*server, options);
    consumer outside{*server, options, programme.is().types};
    for (std::uint64_t id = 1; id <= 20; ++id) {
        REQUIRE(enrolled(programme, id));
        REQUIRE(outside.has_seen(programme.head().position));
    }
    outside.end_behind(programme.head().position);
    REQUIRE(enrolled(programme, 21));
    outside.join();
    CHECK(outside.refusals() == 0);
    CHECK(outside.seen().size() == programme.head().position);
    CHECK(without_gap(outside.seen()) == programme.head().position);
}

TEST_CASE(
    "a feed whose connections are lost again and again has no gap", "[store][postgres][E27]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = hourly();
    auto programme = programme_in(*server, options);
    sql_client admin{server->connection()};
    consumer outside{*server, options, programme.is().types};
    for (std::uint64_t id = 1; id <= 12; ++id) {
        REQUIRE(enrolled(programme, id));
        if (id % 2 == 0) {
            // Now and then after it has heard of everything, so that it waits.
            REQUIRE((id % 4 != 0 || outside.has_seen(programme.head().position)));
            REQUIRE(admin.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                              "application_name = 'consumer'") == "");
        }
    }
    REQUIRE(outside.has_seen(programme.head().position));
    outside.end_behind(programme.head().position);
    REQUIRE(enrolled(programme, 13));
    outside.join();
    CHECK(outside.refusals() > 0);
    CHECK(without_gap(outside.seen()) == programme.head().position);
}

TEST_CASE("what is appended while a feed's connection is lost is heard of at once",
    "[store][postgres][E27]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = hourly();
    auto journal = opened(server->connection() + " application_name=listener", "a", options);
    auto other = opened(server->connection(), "a", options);
    CHECK(*journal.wait_beyond(0, duration{0}) == false); // which listens from here on
    REQUIRE(sql_client{server->connection()}.run(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                "application_name = 'listener'") == "");
    REQUIRE(append(other, {}).has_value());
    auto const noticed = journal.wait_beyond(0, minutes(1));
    REQUIRE(!noticed.has_value());
    CHECK(noticed.error().code == errc::unavailable);
    CHECK(*journal.wait_beyond(0, minutes(1)) == true);
}
