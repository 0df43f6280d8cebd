// SPDX-License-Identifier: BSL-1.0

// The journal in PostgreSQL when something breaks: connections that are cut at any byte, a server
// that stands still, is killed, or is replaced by its standby. What was acknowledged is there, what
// was refused is not, and what is unknown can be settled.

#include <koc/journal/follower.hpp>
#include <koc/store/postgres.hpp>

#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"
#include "support/torture.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

using namespace koc_test;
using koc::errc;
using std::chrono::milliseconds;

namespace {

/// Stands between a client and a server and forwards what they say, until a message of the client
/// contains a word: then it forwards so many of its bytes and closes both connections, or keeps the
/// answer to itself.
class cutting_proxy {
public:
    explicit cutting_proxy(std::string server_folder) : server_{std::move(server_folder)} {
        auto pattern = (fs::temp_directory_path() / "koc-proxy-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        listening_ = socket(AF_UNIX, SOCK_STREAM, 0);
        auto const name = address(folder_);
        REQUIRE(bind(listening_, reinterpret_cast<sockaddr const*>(&name), sizeof name) == 0);
        REQUIRE(listen(listening_, 16) == 0);
        accepting_ = std::thread{[this] { accept_all(); }};
    }
    cutting_proxy(cutting_proxy const&) = delete;
    cutting_proxy& operator=(cutting_proxy const&) = delete;
    ~cutting_proxy() {
        stopping_ = true;
        accepting_.join();
        for (auto& one : serving_) {
            one.join();
        }
        close(listening_);
        fs::remove_all(folder_);
    }

    [[nodiscard]] std::string connection() const {
        return "host=" + folder_ + " port=5432 user=koc dbname=postgres";
    }
    /// Acts once, on the next message with the word.
    void cut(std::string const& word, std::size_t bytes) { arm(word, bytes, false); }
    void silence(std::string const& word) { arm(word, ~std::size_t{0}, true); }
    /// The message that was last cut, as the client sent it.
    [[nodiscard]] std::string message() const {
        std::scoped_lock const alone{changing_};
        return message_;
    }

private:
    static sockaddr_un address(std::string const& folder) {
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        std::snprintf(name.sun_path, sizeof name.sun_path, "%s/.s.PGSQL.5432", folder.c_str());
        return name;
    }
    void arm(std::string const& word, std::size_t bytes, bool silent) {
        std::scoped_lock const alone{changing_};
        word_ = word;
        bytes_ = bytes;
        silent_ = silent;
    }
    void accept_all() {
        while (!stopping_) {
            pollfd look{listening_, POLLIN, 0};
            if (::poll(&look, 1, 20) > 0) {
                auto const client = accept(listening_, nullptr, nullptr);
                serving_.emplace_back([this, client] { serve(client); });
            }
        }
    }
    static bool forward(int to, char const* bytes, std::size_t count) {
        while (count > 0) {
            auto const sent = send(to, bytes, count, MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes += sent;
            count -= static_cast<std::size_t>(sent);
        }
        return true;
    }
    void serve(int client) {
        auto const server = socket(AF_UNIX, SOCK_STREAM, 0);
        auto const name = address(server_);
        auto open = connect(server, reinterpret_cast<sockaddr const*>(&name), sizeof name) == 0;
        bool silent = false;
        std::vector<char> bytes(1U << 16U);
        while (open && !stopping_) {
            pollfd look[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
            if (::poll(look, 2, 20) <= 0) {
                continue;
            }
            if (look[1].revents != 0) {
                auto const count = recv(server, bytes.data(), bytes.size(), 0);
                open = count > 0 &&
                    (silent || forward(client, bytes.data(), static_cast<std::size_t>(count)));
            }
            if (open && look[0].revents != 0) {
                auto const count = recv(client, bytes.data(), bytes.size(), 0);
                open = count > 0;
                auto const size = open ? static_cast<std::size_t>(count) : 0;
                auto const limit = limit_of({bytes.data(), size}, silent);
                open = open && forward(server, bytes.data(), std::min(size, limit.value_or(size)));
                if (open && limit && !silent) {
                    if (*limit >= size) { // all of it: cut the answer instead
                        recv(server, bytes.data(), bytes.size(), 0);
                    }
                    open = false;
                }
            }
        }
        close(server);
        close(client);
    }
    std::optional<std::size_t> limit_of(std::string_view message, bool& silent) {
        std::scoped_lock const alone{changing_};
        if (word_.empty() || message.find(word_) == std::string_view::npos) {
            return std::nullopt;
        }
        word_.clear();
        silent = silent_;
        message_ = message;
        return bytes_;
    }

    std::string server_;
    std::string folder_;
    int listening_ = -1;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex changing_;
    std::string word_;
    std::string message_;
    std::size_t bytes_ = 0;
    bool silent_ = false;
    std::thread accepting_;
    std::vector<std::thread> serving_; // of the accepting thread until it is joined
};

/// The statement alone, as the isolation level of a transaction has the word in it too.
std::string const commit{"COMMIT\0", 7};

/// Where the message of the protocol ends that has the server execute the statement: what was sent
/// behind it changes nothing, and without its last byte nothing is executed.
std::size_t executed_behind(std::string const& sent) {
    for (std::size_t at = 0; at + 5 <= sent.size();) {
        std::size_t length = 0;
        for (std::size_t i = 1; i <= 4; ++i) {
            length = length << 8U | static_cast<unsigned char>(sent[at + i]);
        }
        auto const end = at + 1 + length;
        if (sent[at] == 'E') {
            return end;
        }
        at = end;
    }
    return 0;
}

/// What docs/journal.md says to do with an append whose outcome is unknown: whether it happened.
/// Nothing while the server cannot say.
std::optional<bool> settled(postgres_journal& journal, koc::journal_head at, batches const& more) {
    auto const hoped = koc::head_after(at, std::span<koc::batch const>{more});
    for (int i = 0; i < 50; ++i) {
        std::vector<koc::log_record> found;
        if (!journal.log().read(hoped.position - 1, 1, found)) {
            return std::nullopt;
        }
        if (!found.empty()) {
            return found.front().chain == hoped.chain;
        }
        auto const again = append(journal, at, more);
        if (again) {
            return true;
        }
        if (again.error().code != errc::conflict) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

/// Appends one event after another, each under a request id of its own, until it is told to stop.
class steady_writer {
public:
    steady_writer(std::string connection, postgres_options options, std::string name)
        : name_{std::move(name)}, running_{[this, connection = std::move(connection),
                                               options = std::move(options)] {
              write(connection, options);
          }} {}
    steady_writer(steady_writer const&) = delete;
    steady_writer& operator=(steady_writer const&) = delete;
    ~steady_writer() {
        if (running_.joinable()) {
            stop();
        }
    }

    void stop() {
        stopping_ = true;
        running_.join();
    }
    [[nodiscard]] std::size_t acknowledged_count() const { return count_; }
    /// Request ids with the positions that they were acknowledged at; when it has stopped.
    [[nodiscard]] std::map<std::string, std::uint64_t> const& acknowledged() const {
        return acknowledged_;
    }

private:
    void write(std::string const& connection, postgres_options const& options) {
        std::optional<postgres_journal> journal;
        for (std::uint64_t next = 0; !stopping_;) {
            if (!journal) {
                auto opened = koc::open_postgres_journal(connection, "steady", options);
                if (!opened) {
                    std::this_thread::sleep_for(milliseconds{20});
                    continue;
                }
                journal = *std::move(opened);
            }
            auto const head = journal->head();
            if (!head) {
                std::this_thread::sleep_for(milliseconds{20});
                continue;
            }
            auto const request = name_ + std::to_string(next);
            auto const more = one_event(request);
            auto const got = append(*journal, *head, more);
            auto done = got.has_value();
            if (!got && got.error().code == errc::outcome_unknown) {
                for (auto known = settled(*journal, *head, more); !stopping_;
                     known = settled(*journal, *head, more)) {
                    if (known) {
                        done = *known;
                        break;
                    }
                    std::this_thread::sleep_for(milliseconds{20});
                }
                if (stopping_ && !done) {
                    return; // unknown for ever
                }
            }
            if (done) {
                acknowledged_[request] = head->position;
                ++count_;
                ++next;
            }
        }
    }

    std::string name_;
    std::map<std::string, std::uint64_t> acknowledged_;
    std::atomic<std::size_t> count_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread running_;
};

/// Waits until each writer has had some more appends acknowledged; false when it takes too long.
bool make_progress(std::vector<std::unique_ptr<steady_writer>> const& writers, std::size_t more) {
    std::vector<std::size_t> before;
    for (auto const& one : writers) {
        before.push_back(one->acknowledged_count());
    }
    for (int i = 0; i < 3'000; ++i) {
        bool all = true;
        for (std::size_t at = 0; at < writers.size(); ++at) {
            all = all && writers[at]->acknowledged_count() >= before[at] + more;
        }
        if (all) {
            return true;
        }
        std::this_thread::sleep_for(milliseconds{10});
    }
    return false;
}

/// How much of what was acknowledged is not where it was acknowledged, or is there twice.
std::size_t lost_of(
    postgres_journal& journal, std::map<std::string, std::uint64_t> const& acknowledged) {
    auto const all = requests_in(journal); // which checks the chain
    std::size_t lost = all.size() - std::set<std::string>(all.begin(), all.end()).size();
    for (auto const& [request, position] : acknowledged) {
        lost += position < all.size() && all[position] == request ? 0U : 1U;
    }
    return lost;
}

postgres_options quick(std::string schema) {
    auto options = in_schema(std::move(schema));
    options.connect_within = milliseconds{2'000};
    options.lock_within = milliseconds{500};
    options.answer_within = milliseconds{1'000};
    return options;
}

} // namespace

TEST_CASE("a connection that is cut before the commit has written nothing", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    cutting_proxy proxy{server->socket_folder()};
    auto journal = opened(proxy.connection(), "a", quick(fresh_schema()));
    for (std::size_t bytes : {0U, 1U, 5U, 60U, 100U, 300U, 100'000U}) {
        proxy.cut("BEGIN", bytes);
        auto const got = append(journal, {});
        INFO(bytes);
        REQUIRE(!got.has_value());
        CHECK(got.error().code == errc::unavailable);
        CHECK(got.error().expected.find("nothing was written") != std::string::npos);
        auto const head = journal.head(); // connects again
        REQUIRE(head.has_value());
        CHECK(*head == koc::journal_head{});
    }
    CHECK(append(journal, {}).has_value());
}

TEST_CASE("a commit that is cut at any byte is unknown, and is settled by the chain",
    "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    cutting_proxy proxy{server->socket_folder()};
    auto const options = quick(fresh_schema());
    auto journal = opened(proxy.connection(), "a", options);
    sql_client other{server->connection()};
    std::vector<std::string> requests;
    std::size_t length = 1;
    for (std::size_t bytes = 0; bytes <= length; ++bytes) {
        auto const head = journal.head();
        REQUIRE(head.has_value());
        requests.push_back(std::to_string(bytes));
        auto const more = one_event(requests.back());
        auto const hoped = koc::head_after(*head, std::span<koc::batch const>{more});
        proxy.cut(commit, bytes);
        auto const got = append(journal, *head, more);
        auto const sent = proxy.message();
        length = sent.size();
        INFO(bytes);
        REQUIRE(!got.has_value());
        REQUIRE(got.error().code == errc::outcome_unknown);
        // The row is locked until the server has ended the transaction, one way or the other.
        auto const found = other.rows("SELECT position, encode(chain, 'hex') FROM " +
            options.schema + ".head WHERE name = 'a' FOR UPDATE");
        auto const happened = bytes >= executed_behind(sent);
        auto const& wanted = happened ? hoped : *head;
        CHECK(found == std::to_string(wanted.position) + '|' + koc::to_hex(wanted.chain) + "|\n");
        auto const seen = journal.head();
        REQUIRE(seen.has_value());
        CHECK(*seen == wanted);
        auto const known = settled(journal, *head, more);
        REQUIRE(known.has_value());
        CHECK(*known);
        // Where it had happened, settling it appended nothing.
        CHECK(*journal.head() == hoped);
        auto const executed = executed_behind(sent);
        CHECK(executed > 20);
        CHECK(executed < length); // so both outcomes were met
    }
    CHECK(requests_in(journal) == requests);
}

TEST_CASE("a commit without an answer is unknown after the documented time", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    cutting_proxy proxy{server->socket_folder()};
    auto options = quick(fresh_schema());
    options.answer_within = milliseconds{200};
    auto journal = opened(proxy.connection(), "a", options);
    proxy.silence(commit);
    auto const got = append(journal, {});
    REQUIRE(!got.has_value());
    CHECK(got.error().code == errc::outcome_unknown);
    CHECK(settled(journal, {}, groups) == std::optional{true});
    CHECK(*journal.head() == filled_head);
}

TEST_CASE("a lost connection is opened again by the next call", "[store][postgres]") {
    auto* const server = shared_postgres();
    if (server == nullptr) {
        return;
    }
    auto const options = quick(fresh_schema());
    auto journal = opened(server->connection() + " application_name=victim", "a", options);
    sql_client other{server->connection()};
    auto at = *journal.head();
    CHECK(*journal.wait_beyond(0, koc::duration{0}) == false);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(other.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                          "application_name = 'victim'") == "");
        auto const got = append(journal, at);
        REQUIRE(got.has_value());
        at = *got;
        auto const [events, refused] = read(journal);
        CHECK(!refused);
        CHECK(events.size() == at.position);
        auto waited = journal.wait_beyond(0, koc::duration{0});
        waited = waited ? waited : journal.wait_beyond(0, koc::duration{0});
        CHECK(*waited == true);
    }
    // Not to a log that is gone: it is not begun anew.
    REQUIRE(other.run("DROP SCHEMA " + options.schema + " CASCADE") == "");
    REQUIRE(other.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                      "application_name = 'victim'") == "");
    auto const gone = append(journal, at);
    REQUIRE(!gone.has_value());
    CHECK(gone.error().code == errc::unknown_id);
}

TEST_CASE("a server that stands still is waited for as long as documented", "[store][postgres]") {
    if (shared_postgres() == nullptr) {
        return;
    }
    postgres_server server;
    auto options = quick("koc");
    options.answer_within = milliseconds{300};
    auto journal = opened(server.connection(), "a", options);
    REQUIRE(append(journal, {}).has_value());
    server.signal_all(SIGSTOP);
    auto const begun = std::chrono::steady_clock::now();
    auto const got = append(journal, filled_head, one_event("late"));
    auto const refused = koc::open_postgres_journal(server.connection(), "a", options);
    auto const spent = std::chrono::steady_clock::now() - begun;
    server.signal_all(SIGCONT);
    REQUIRE(!got.has_value());
    CHECK(got.error().code == errc::unavailable);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == errc::unavailable);
    CHECK(spent < milliseconds{8'000});
    auto again = append(journal, filled_head, one_event("r"));
    for (int i = 0; i < 20 && !again; ++i) { // the server drops what the first call left
        again = append(journal, filled_head, one_event("r"));
    }
    REQUIRE(again.has_value());
    CHECK(requests_in(journal) == std::vector<std::string>{"r1", "r1", "", "r3", "r3", "r"});
}

TEST_CASE("a server that is killed keeps what it acknowledged", "[store][postgres]") {
    if (shared_postgres() == nullptr) {
        return;
    }
    postgres_server server;
    std::vector<std::unique_ptr<steady_writer>> writers;
    for (auto const* name : {"a", "b", "c"}) {
        writers.push_back(std::make_unique<steady_writer>(server.connection(), quick("koc"), name));
    }
    for (int i = 0; i < 2; ++i) {
        REQUIRE(make_progress(writers, 10));
        server.kill_all();
        server.start();
    }
    REQUIRE(make_progress(writers, 10));
    std::map<std::string, std::uint64_t> acknowledged;
    for (auto& one : writers) {
        one->stop();
        acknowledged.insert(one->acknowledged().begin(), one->acknowledged().end());
    }
    auto journal = opened(server.connection(), "steady", quick("koc"));
    CHECK(lost_of(journal, acknowledged) == 0);
}

namespace {

/// Two servers, of which one is the primary and the other its synchronous standby, in turns.
class two_servers {
public:
    two_servers() : primary_{std::make_unique<postgres_server>()} {
        standby_ = std::make_unique<postgres_server>(primary_.get());
        wait_for_standby();
    }

    /// The primary is lost while three write, its standby is promoted, they go on, and the old
    /// primary comes back. What was acknowledged is added to all before.
    void lose_primary(bool paused) {
        auto const both = "host=" + primary_->socket_folder() + ',' + standby_->socket_folder() +
            " port=5432,5432 user=koc dbname=postgres";
        auto const options = quick("koc");
        auto reader = opened(both + " application_name=reader", "steady", options);
        auto const standby_only = refusal(standby_->connection(), "steady", options);
        CHECK(standby_only.code == errc::unavailable);
        koc::follower following{opened(both, "steady", options), sample_types, place_};

        std::vector<std::unique_ptr<steady_writer>> writers;
        for (auto const* name : {"a", "b", "c"}) {
            writers.push_back(
                std::make_unique<steady_writer>(both, options, std::to_string(losses_) + name));
        }
        REQUIRE(make_progress(writers, 5));
        auto const stale = *reader.head();
        REQUIRE(make_progress(writers, 5));
        REQUIRE(follow_to_the_end(following));
        if (paused) {
            primary_->signal_all(SIGSTOP);
        } else {
            primary_->kill_all();
        }
        standby_->promote();
        // An old writer, at the head that it knew before, while the others find the new primary.
        std::optional<koc::result<koc::journal_head>> late;
        std::thread old_writer{[&] {
            late = append(reader, stale, one_event("late"));
            for (int i = 0; i < 20 && !*late && late->error().code != errc::conflict; ++i) {
                late = append(reader, stale, one_event("late"));
            }
        }};
        std::thread old_follower{[&] { static_cast<void>(follow_to_the_end(following)); }};
        auto const went_on = make_progress(writers, 5);
        old_writer.join();
        old_follower.join();
        REQUIRE(went_on);
        for (auto& one : writers) {
            one->stop();
        }
        REQUIRE(!late->has_value());
        CHECK(late->error().code == errc::conflict);
        auto journal =
            opened(standby_->connection() + " application_name=reader", "steady", options);
        for (auto& one : writers) {
            acknowledged_.insert(one->acknowledged().begin(), one->acknowledged().end());
        }
        CHECK(lost_of(journal, acknowledged_) == 0);
        REQUIRE(follow_to_the_end(following));

        // The old primary is back, and named first.
        if (paused) {
            primary_->signal_all(SIGCONT);
        } else {
            primary_->start();
        }
        REQUIRE(sql_client{standby_->connection()}.run(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                    "application_name = 'reader'") == "");
        auto const old = reader.head();
        REQUIRE(!old.has_value());
        CHECK(old.error().code == errc::wrong_state);
        CHECK(old.error().expected.find("before another was promoted") != std::string::npos);
        never_acknowledges(*primary_, options);
        auto const now = requests_in(journal);
        CHECK(std::find(now.begin(), now.end(), "lonely") == now.end());
        CHECK(std::find(now.begin(), now.end(), "late") == now.end());
        CHECK(followed_ == now);
        ++losses_;
    }
    /// Makes the old primary the standby of the new one.
    void take_turns() {
        primary_->kill_all();
        std::swap(primary_, standby_);
        standby_->follow(*primary_);
        wait_for_standby();
    }
    /// In all losses so far.
    [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }

private:
    void wait_for_standby() {
        sql_client admin{primary_->connection()};
        REQUIRE(admin.run("ALTER SYSTEM SET synchronous_standby_names = '" + standby_->name() +
                    "'") == "");
        REQUIRE(admin.run("SELECT pg_reload_conf()") == "");
        auto const* const asked = "SELECT sync_state FROM pg_stat_replication";
        for (int i = 0; i < 1'000 && admin.rows(asked) != "sync|\n"; ++i) {
            std::this_thread::sleep_for(milliseconds{10});
        }
        REQUIRE(admin.rows(asked) == "sync|\n");
    }
    /// A program that was started since and knows only the old primary.
    static void never_acknowledges(postgres_server const& old, postgres_options options) {
        options.answer_within = milliseconds{300}; // for ever would be as short
        auto lonely = koc::open_postgres_journal(old.connection(), "steady", options);
        if (lonely) {
            auto const head = lonely->head();
            REQUIRE(head.has_value());
            auto const got = append(*lonely, *head, one_event("lonely"));
            REQUIRE(!got.has_value());
            CHECK((got.error().code == errc::outcome_unknown ||
                got.error().code == errc::unavailable));
        }
    }
    /// Notes the requests of all events behind the cursor; false where the log stays unreadable.
    template <typename Follower>
    bool follow_to_the_end(Follower& following) {
        auto const note = [this](std::span<koc::envelope const> batch) -> koc::result<void> {
            for (auto const& one : batch) {
                followed_.push_back(one.asked.id);
            }
            return {};
        };
        for (int refused = 0; refused < 20;) { // a connection that was lost is opened again
            auto const got = following.follow(note);
            if (got && *got == 0) {
                place_ = following.cursor();
                return true;
            }
            refused += got ? 0 : 1;
        }
        return false;
    }

    std::unique_ptr<postgres_server> primary_;
    std::unique_ptr<postgres_server> standby_;
    std::map<std::string, std::uint64_t> acknowledged_;
    koc::memory_cursor place_;
    std::vector<std::string> followed_; ///< by one who reads on through all losses
    std::uint64_t losses_ = 0;
};

} // namespace

TEST_CASE("a standby that is promoted has all that was acknowledged, and the old primary is not "
          "written to",
    "[store][postgres]") {
    if (shared_postgres() == nullptr) {
        return;
    }
    two_servers servers;
    servers.lose_primary(false);
    CHECK(servers.acknowledged() >= 45);
}

TEST_CASE("primaries are lost again and again", "[.torture][postgres_failover]") {
    REQUIRE(postgres_server::installed());
    auto const from = torture_first();
    auto const count = torture_count("POSTGRES_FAILOVER", 200);
    two_servers servers;
    for (auto round = from; round < from + count; ++round) {
        if (round != from) {
            servers.take_turns();
        }
        servers.lose_primary(round % 2 == 1);
        torture_progress(round - from, round - from + 1, round + 1, 1);
    }
    std::printf("%zu events were acknowledged, and none is lost\n", servers.acknowledged());
    torture_result(count, "primaries lost", 0, from + count);
}
