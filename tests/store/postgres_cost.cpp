// SPDX-License-Identifier: BSL-1.0

// What an append to PostgreSQL costs beside the raw server, and what many logs bear together; the
// figures of docs/scale.md. Hidden, as it measures and checks nothing.

#include <koc/store/postgres.hpp>

#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <vector>

using namespace koc_test;
using clock_type = std::chrono::steady_clock;

namespace {

std::string const payload = "{\"member\":7,\"note\":\"" + std::string(160, 'x') + "\"}";

/// Records of about 200 bytes; the chain is not recomputed, as neither side checks it.
std::vector<koc::log_record> records_at(std::uint64_t position, std::size_t count) {
    std::vector<koc::log_record> made(count);
    for (auto& record : made) {
        record.first = record.position = position++;
        record.type = "content_reported";
        record.payload = payload;
        record.chain = {record.position, 1};
    }
    return made;
}

/// The raw server at its best: one prepared insert where it is one row, COPY where it is many.
class raw_table {
public:
    explicit raw_table(std::string const& connection) : it_{PQconnectdb(connection.c_str())} {
        PQclear(PQexec(it_,
            "CREATE TABLE IF NOT EXISTS raw (log bigint, position bigint, first bigint, at_ms "
            "bigint, actor text, actor_id bigint, writer bigint, type text, version bigint, "
            "payload text, chain bytea, PRIMARY KEY (log, position)); TRUNCATE raw"));
        PQclear(PQprepare(it_, "one",
            "INSERT INTO raw VALUES (1, $1, $1, 0, 'host', 0, 1, 'content_reported', 1, $2, "
            "decode(repeat('ab', 16), 'hex'))",
            0, nullptr));
    }
    raw_table(raw_table const&) = delete;
    raw_table& operator=(raw_table const&) = delete;
    ~raw_table() { PQfinish(it_); }

    bool append(std::vector<koc::log_record> const& records) {
        if (records.size() == 1) {
            auto const position = std::to_string(records.front().position);
            char const* const values[] = {position.c_str(), records.front().payload.c_str()};
            return done(PQexecPrepared(it_, "one", 2, values, nullptr, nullptr, 0));
        }
        PQclear(PQexec(it_, "COPY raw FROM STDIN"));
        std::string rows;
        for (auto const& record : records) {
            auto const position = std::to_string(record.position);
            rows += "1\t" + position + '\t' + position + "\t0\thost\t0\t1\tcontent_reported\t1\t" +
                record.payload + "\t\\\\xabababababababababababababababab\n";
        }
        PQputCopyData(it_, rows.data(), static_cast<int>(rows.size()));
        PQputCopyEnd(it_, nullptr);
        auto const copied = done(PQgetResult(it_));
        PQclear(PQgetResult(it_));
        return copied;
    }

private:
    static bool done(PGresult* got) {
        auto const well = PQresultStatus(got) == PGRES_COMMAND_OK;
        PQclear(got);
        return well;
    }
    PGconn* it_;
};

double median_us(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}
double us_of(std::function<bool()> const& call) {
    auto const begun = clock_type::now();
    REQUIRE(call());
    return std::chrono::duration<double, std::micro>(clock_type::now() - begun).count();
}

} // namespace

TEST_CASE("what an append costs beside the raw server", "[.measure][postgres_cost]") {
    REQUIRE(postgres_server::installed());
    auto& server = *shared_postgres();
    for (auto const notify : {true, false}) {
        auto options = in_schema(fresh_schema());
        options.notify = notify;
        auto log = koc::postgres_log::open(server.connection(), "a", options);
        REQUIRE(log.has_value());
        raw_table raw{server.connection()};
        koc::journal_head head;
        for (std::size_t const count : {1U, 100U, 10'000U}) {
            std::vector<double> ours;
            std::vector<double> theirs;
            for (int i = 0; i < (count == 10'000U ? 15 : 200); ++i) { // in turns
                auto const records = records_at(head.position, count);
                theirs.push_back(us_of([&] { return raw.append(records); }));
                ours.push_back(us_of([&] {
                    auto const got = log->append(head, records);
                    head = got ? *got : head;
                    return got.has_value();
                }));
            }
            auto const a = median_us(ours);
            auto const b = median_us(theirs);
            std::printf(
                "append of %5zu, notify %d: %9.0f us, raw %9.0f us, %.2f of the raw speed\n", count,
                notify ? 1 : 0, a, b, b / a);
        }
        std::vector<koc::log_record> all;
        auto const spent = us_of([&] { return log->read(0, 100'000, all).has_value(); });
        std::printf("read of %zu: %.0f events/s\n", all.size(),
            static_cast<double>(all.size()) * 1e6 / spent);
    }
}

TEST_CASE("what many logs of one server bear together", "[.measure][postgres_cost]") {
    REQUIRE(postgres_server::installed());
    auto& server = *shared_postgres();
    for (auto const notify : {true, false}) {
        for (int const logs : {1, 4, 16}) {
            auto options = in_schema(fresh_schema());
            options.notify = notify;
            std::atomic<std::uint64_t> appended = 0;
            std::atomic<bool> stopping = false;
            std::vector<std::thread> running;
            for (int i = 0; i < logs; ++i) {
                running.emplace_back([&, i] {
                    auto log = koc::postgres_log::open(
                        server.connection(), "l" + std::to_string(i), options);
                    koc::journal_head head;
                    while (log && !stopping) {
                        auto const got = log->append(head, records_at(head.position, 2));
                        appended += got ? 1U : 0U;
                        head = got ? *got : head;
                    }
                });
            }
            std::this_thread::sleep_for(std::chrono::seconds{3});
            auto const before = appended.load();
            std::this_thread::sleep_for(std::chrono::seconds{3});
            auto const within = appended.load() - before;
            stopping = true;
            for (auto& thread : running) {
                thread.join();
            }
            std::printf("%2d logs, notify %d: %.0f appends/s together\n", logs, notify ? 1 : 0,
                static_cast<double>(within) / 3);
        }
    }
}
