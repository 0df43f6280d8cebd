// SPDX-License-Identifier: BSL-1.0
#pragma once

// A PostgreSQL server of the tests' own: made in a temporary folder, reached through a socket in
// it, run by an ordinary user, with its usual settings for durability, and gone afterwards. Where
// PostgreSQL is not installed, a test says so and ends.

#include "support/catch.hpp"

#include <libpq-fe.h>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace koc_test {

namespace fs = std::filesystem;

/// Any SQL client.
class sql_client {
public:
    explicit sql_client(std::string const& connection) : it_{PQconnectdb(connection.c_str())} {}
    sql_client(sql_client const&) = delete;
    sql_client& operator=(sql_client const&) = delete;
    ~sql_client() { PQfinish(it_); }

    /// The server's refusal, empty when all went well.
    std::string run(std::string const& sql) {
        auto* const got = PQexec(it_, sql.c_str());
        auto const status = PQresultStatus(got);
        std::string const refused = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
            ? ""
            : std::string{"refused: "} + PQresultErrorMessage(got);
        PQclear(got);
        return refused;
    }
    /// All rows, a line each, columns ended by `|`.
    std::string rows(std::string const& sql) {
        auto* const got = PQexec(it_, sql.c_str());
        std::string text = PQresultStatus(got) == PGRES_TUPLES_OK ? "" : PQerrorMessage(it_);
        for (int row = 0; row < PQntuples(got); ++row) {
            for (int at = 0; at < PQnfields(got); ++at) {
                (text += PQgetisnull(got, row, at) ? "NULL" : PQgetvalue(got, row, at)) += '|';
            }
            text += '\n';
        }
        PQclear(got);
        return text;
    }

private:
    PGconn* it_;
};

class postgres_server {
public:
    static fs::path programs() {
        auto const* const named = std::getenv("KOC_POSTGRES_BIN");
        return named != nullptr ? named : "/usr/lib/postgresql/15/bin";
    }
    static bool installed() { return fs::exists(programs() / "postgres"); }

    /// Makes a cluster and starts it, or starts a copy of `primary` as its standby.
    explicit postgres_server(postgres_server const* primary = nullptr) {
        auto pattern = (fs::temp_directory_path() / "koc-postgres-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
        if (geteuid() == 0) {
            auto const* user = getpwnam("postgres");
            user = user != nullptr ? user : getpwnam("nobody");
            REQUIRE(user != nullptr);
            user_ = user->pw_uid;
            group_ = user->pw_gid;
            REQUIRE(chown(pattern.c_str(), user_, group_) == 0);
        }
        if (primary == nullptr) {
            run({"initdb", "-D", data(), "-A", "trust", "-U", "koc", "-E", "UTF8", "--locale=C",
                "--no-sync", "--no-instructions", "-k"}); // checksums, which pg_rewind asks for
            // Also where the server recovers alone, pg_rewind finds where the timelines part.
            std::ofstream{path_ / "data" / "postgresql.conf", std::ios::app}
                << "wal_keep_size = '64MB'\nwal_retrieve_retry_interval = '50ms'\n";
        } else {
            run({"pg_basebackup", "-D", data(), "-d",
                primary->connection() + " application_name=" + name(), "-R", "-X", "stream", "-c",
                "fast", "--no-sync"});
        }
        start();
    }
    postgres_server(postgres_server const&) = delete;
    postgres_server& operator=(postgres_server const&) = delete;
    ~postgres_server() {
        kill_all();
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string socket_folder() const { return path_.string(); }
    [[nodiscard]] std::string connection(std::string const& database = "postgres") const {
        return "host=" + path_.string() + " port=5432 user=koc dbname=" + database;
    }
    /// What a standby is called in `synchronous_standby_names`.
    [[nodiscard]] std::string name() const {
        auto text = path_.filename().string();
        for (auto& letter : text) {
            letter = letter == '-' ? '_' : letter;
        }
        return text;
    }
    [[nodiscard]] pid_t pid() const { return pid_; }

    void start(bool wait_until_ready = true) {
        pid_ = spawn({"postgres", "-D", data(), "-k", path_.string(), "-p", "5432", "-c",
            "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB", "-c",
            "wal_level=replica", "-c", "max_wal_senders=8", "-c", "hot_standby=on"});
        for (int i = 0; wait_until_ready && i < 3'000 && !ready(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        if (wait_until_ready) {
            INFO(log());
            REQUIRE(ready());
        }
    }
    /// Sends a signal to the server and all of its processes.
    void signal_all(int signal) const {
        auto const children = children_of(pid_);
        ::kill(pid_, signal);
        for (auto const child : children) {
            ::kill(child, signal);
        }
    }
    /// As a power cut would end it, but for what the system still writes.
    void kill_all() {
        if (pid_ <= 0) {
            return;
        }
        auto const children = children_of(pid_);
        ::kill(pid_, SIGKILL);
        for (auto const child : children) {
            ::kill(child, SIGKILL);
        }
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
        for (auto const child : children) { // which the system takes over and reaps
            for (int i = 0; i < 500 && alive(child); ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds{2});
            }
        }
    }
    /// Makes this server, which was primary before another was promoted, and is dead, a standby of
    /// that one: what it wrote alone is dropped.
    void follow(postgres_server const& promoted) {
        // pg_rewind looks for the new timeline where a checkpoint writes it.
        REQUIRE(sql_client{promoted.connection()}.run("CHECKPOINT") == "");
        run({"pg_rewind", "-D", data(), "--source-server",
            promoted.connection() + " application_name=" + name(), "-R", "--no-sync"});
        start();
    }
    /// Makes a standby a primary.
    void promote() { REQUIRE(sql_client{connection()}.run("SELECT pg_promote(true, 60)") == ""); }
    [[nodiscard]] std::string log() const {
        std::ifstream in{path_ / "log"};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

private:
    [[nodiscard]] std::string data() const { return (path_ / "data").string(); }
    [[nodiscard]] bool ready() const { return PQping(connection().c_str()) == PQPING_OK; }
    static bool alive(pid_t pid) {
        std::ifstream in{"/proc/" + std::to_string(pid) + "/stat"};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        auto const at = text.rfind(") ");
        return at != std::string::npos && text[at + 2] != 'Z';
    }
    static std::vector<pid_t> children_of(pid_t parent) {
        std::vector<pid_t> found;
        std::ifstream in{
            "/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children"};
        for (pid_t child = 0; in >> child;) {
            found.push_back(child);
        }
        return found;
    }

    void run(std::vector<std::string> const& command) {
        auto const child = spawn(command);
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        INFO(log());
        REQUIRE(status == 0);
    }
    /// Ends with the test program, however that ends.
    pid_t spawn(std::vector<std::string> const& command) {
        auto words = command;
        auto& program = words.front();
        program = (programs() / program).string(); // which looks for others beside itself
        std::vector<char*> arguments;
        for (auto& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        auto const log_file = (path_ / "log").string();
        auto const child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            if (geteuid() == 0 &&
                (setgroups(0, nullptr) != 0 || setgid(group_) != 0 || setuid(user_) != 0)) {
                _exit(98);
            }
            prctl(PR_SET_PDEATHSIG, SIGQUIT);
            auto const out = open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            dup2(out, 1);
            dup2(out, 2);
            if (chdir("/") == 0) {
                execv(program.c_str(), arguments.data());
            }
            _exit(99);
        }
        return child;
    }

    fs::path path_;
    uid_t user_ = 0;
    gid_t group_ = 0;
    pid_t pid_ = -1;
};

/// The server of all tests that do not stop it, or null, which the test's report says.
inline postgres_server* shared_postgres() {
    if (!postgres_server::installed()) {
        WARN("PostgreSQL is not installed (scripts/deps does it), so this test shows nothing");
        return nullptr;
    }
    static postgres_server server;
    return &server;
}

/// A schema of its own for each test.
inline std::string fresh_schema() {
    static std::atomic<int> made = 0;
    return "s" + std::to_string(++made);
}

} // namespace koc_test
