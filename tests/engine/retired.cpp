// SPDX-License-Identifier: BSL-1.0

// Events that no aspect owns any more, and old versions, read through a journal that keeps bytes.

#include <koc/engine/instantiate.hpp>
#include <koc/journal/coded_journal.hpp>
#include <koc/json/decoder.hpp>
#include <koc/state/single.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

// What the older release had.
namespace before {

struct count {
    std::int64_t by = 1;
};
BOOST_DESCRIBE_STRUCT(count, (), (by))
struct pause {};
BOOST_DESCRIBE_STRUCT(pause, (), ())
struct counted {
    std::int64_t by = 1;
};
BOOST_DESCRIBE_STRUCT(counted, (), (by))
struct paused {};
BOOST_DESCRIBE_STRUCT(paused, (), ())
struct doubled {
    std::int64_t sum = 0;
};
BOOST_DESCRIBE_STRUCT(doubled, (), (sum))

class counter : public koc::aspect<counter> {
public:
    using events = koc::event_list<counted, paused, doubled>;
    using commands = koc::command_list<count, pause>;
    koc::result<void> decide(count const& command, context& in) const {
        in.record(counted{command.by});
        if (command.by == 7) {
            in.record(doubled{*sum_});
        }
        return {};
    }
    koc::result<void> decide(pause const&, context& in) const {
        in.record(paused{});
        return {};
    }
    void apply(counted const& event, world const&) { sum_.set(*sum_ + event.by); }
    void apply(paused const&, world const&) {}
    void apply(doubled const&, world const&) { sum_.set(2 * *sum_); }

private:
    koc::single<std::int64_t> sum_;
    BOOST_DESCRIBE_CLASS(counter, (), (), (), (sum_))
};
struct programme {
    using aspects = koc::aspect_list<counter>;
};

} // namespace before

/// A log in memory that is shared by its copies.
class shared_log {
public:
    [[nodiscard]] std::vector<koc::log_record>& records() const { return *records_; }
    [[nodiscard]] koc::result<koc::journal_head> head() const {
        return records_->empty() ? koc::journal_head{}
                                 : koc::journal_head{records_->size(), records_->back().chain};
    }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::log_record const> records) const {
        if (expected != *head()) {
            return koc::error{koc::errc::conflict, "log", "expected its end"};
        }
        records_->insert(records_->end(), records.begin(), records.end());
        return head();
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<koc::log_record>& out) const {
        for (auto i = from; i < records_->size() && i - from < limit; ++i) {
            out.push_back((*records_)[i]);
        }
        return {};
    }

private:
    std::shared_ptr<std::vector<koc::log_record>> records_ =
        std::make_shared<std::vector<koc::log_record>>();
};
using coded = koc::coded_journal<shared_log, koc::json_decoder>;

// What the newer release has: `counted` has a unit, and becomes none where it counted nothing and
// two where it counted ten; `doubled` is retired into the difference; `paused` into nothing.

struct counted_1 {
    std::int64_t by = 1;
};
BOOST_DESCRIBE_STRUCT(counted_1, (), (by))
struct counted {
    std::int64_t by = 1;
    std::string unit;
};
BOOST_DESCRIBE_STRUCT(counted, (), (by, unit))
struct paused {};
BOOST_DESCRIBE_STRUCT(paused, (), ())
struct doubled {
    std::int64_t sum = 0;
};
BOOST_DESCRIBE_STRUCT(doubled, (), (sum))

} // namespace

template <>
struct koc::schema<counted_1> {
    static constexpr std::string_view name = "counted";
};
template <>
struct koc::schema<counted> {
    using previous = counted_1;
    static std::vector<koc::event> upcast(counted_1 const& old) {
        std::vector<koc::event> made;
        for (auto left = old.by; left > 0; left -= 5) {
            made.push_back(koc::event::of(counted{std::min<std::int64_t>(left, 5), "piece"}));
        }
        return made;
    }
};
template <>
struct koc::schema<paused> {
    static std::vector<koc::event> retire(paused const&) { return {}; }
};
template <>
struct koc::schema<doubled> {
    static std::vector<koc::event> retire(doubled const& old) {
        return {koc::event::of(counted{old.sum, "piece"})};
    }
};

namespace {

struct count_pieces {
    std::int64_t by = 1;
};
BOOST_DESCRIBE_STRUCT(count_pieces, (), (by))

class counter : public koc::aspect<counter> {
public:
    using events = koc::event_list<counted>;
    using commands = koc::command_list<count_pieces>;
    koc::result<void> decide(count_pieces const& command, context& in) const {
        in.record(counted{command.by, "piece"});
        return {};
    }
    void apply(counted const& event, world const&) {
        sum_.set(*sum_ + event.by);
        applied_.set(*applied_ + 1);
    }

private:
    koc::single<std::int64_t> sum_;
    koc::single<std::int64_t> applied_;
    BOOST_DESCRIBE_CLASS(counter, (), (), (), (sum_, applied_))
};
struct programme {
    using aspects = koc::aspect_list<counter>;
    using retired = koc::event_list<paused, doubled>;
};
/// The same, but it forgot what it retired.
struct forgetful {
    using aspects = koc::aspect_list<counter>;
};

koc::asked at(std::int64_t minute) { return {koc::instant{} + koc::minutes(minute)}; }

TEST_CASE("a newer release reads old versions and retired events as none, one or many",
    "[engine][retired]") {
    shared_log const log;
    auto old = koc::engine::of<before::programme>(coded{log});
    for (std::int64_t by : {3, 0, 10, 7}) {
        REQUIRE(old.handle(before::count{by}, at(1)).has_value());
    }
    REQUIRE(old.handle(before::pause{}, {at(2).now, {}, "last"}).has_value());
    CHECK(old.state_text().find("sum_ 40\n") != std::string::npos);

    auto now = koc::engine::of<programme>(coded{log}, koc::writer_id{2});
    REQUIRE(now.catch_up().has_value());
    CHECK(now.head() == old.head());
    CHECK(now.last() == at(2).now);
    CHECK(now.state_text().find("sum_ 40\n") != std::string::npos);
    CHECK(now.state_text().find("applied_ 6\n") != std::string::npos); // 3; 5 + 5; 5 + 2; 20

    // It goes on, and reads what it wrote itself as it is.
    REQUIRE(now.handle(count_pieces{10}, at(3)).has_value());
    auto again = koc::engine::of<programme>(coded{log}, koc::writer_id{3});
    REQUIRE(again.catch_up().has_value());
    CHECK(again.state_text() == now.state_text());
    CHECK(again.state_digest() == now.state_digest());
    // The older release cannot read the newer version, and says so.
    CHECK(old.catch_up().error().code == koc::errc::schema_changed);
}

TEST_CASE("an event that nobody owns or retires is refused, and nothing of it is applied",
    "[engine][retired]") {
    shared_log const log;
    auto old = koc::engine::of<before::programme>(coded{log});
    REQUIRE(old.handle(before::count{3}, at(1)).has_value());
    REQUIRE(old.handle(before::pause{}, at(1)).has_value());
    auto engine = koc::engine::of<forgetful>(coded{log}, koc::writer_id{2});
    CHECK(engine.catch_up().error().code == koc::errc::schema_changed);
    CHECK(engine.handle(count_pieces{1}, at(1)).error().code == koc::errc::schema_changed);
}

TEST_CASE("a changed byte is found before it is applied", "[engine][retired]") {
    shared_log const log;
    auto engine = koc::engine::of<programme>(coded{log});
    REQUIRE(engine.handle(count_pieces{3}, at(1)).has_value());
    REQUIRE(engine.handle(count_pieces{4}, at(1)).has_value());
    auto& payload = log.records().back().payload;
    payload.replace(payload.find('4'), 1, "9");
    auto other = koc::engine::of<programme>(coded{log}, koc::writer_id{2});
    CHECK(other.catch_up().error().code == koc::errc::corrupt);
    CHECK(other.state_text().find("sum_ 3\n") != std::string::npos);
}

} // namespace
