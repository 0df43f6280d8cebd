// SPDX-License-Identifier: BSL-1.0

// Several engines on one log in PostgreSQL, each with a connection of its own, as on several
// machines: halls with so many seats, and more guests than seats.

#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/state/table.hpp>
#include <koc/store/postgres.hpp>

#include "store/postgres_fixture.hpp"
#include "support/catch.hpp"

#include <boost/describe/class.hpp>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace halls {

struct hall_kind {
    static constexpr char const* noun = "hall";
    using record = struct hall;
};
using hall_id = koc::id<hall_kind>;
struct hall {
    hall_id id;
    std::int64_t seats = 0;
    std::int64_t taken = 0;
};
BOOST_DESCRIBE_STRUCT(hall, (), (id, seats, taken))

struct build_hall {
    hall_id hall = {};
    std::int64_t seats = {};
};
BOOST_DESCRIBE_STRUCT(build_hall, (), (hall, seats))
struct take_seat {
    hall_id hall = {};
    std::uint64_t guest = {};
};
BOOST_DESCRIBE_STRUCT(take_seat, (), (hall, guest))
struct hall_built {
    hall_id hall;
    std::int64_t seats = 0;
};
BOOST_DESCRIBE_STRUCT(hall_built, (), (hall, seats))
struct seat_taken {
    hall_id hall;
    std::uint64_t guest = 0;
};
BOOST_DESCRIBE_STRUCT(seat_taken, (), (hall, guest))

class box_office : public koc::aspect<box_office> {
public:
    using events = koc::event_list<hall_built, seat_taken>;
    using commands = koc::command_list<build_hall, take_seat>;

    koc::result<void> decide(build_hall const& command, context& in) const {
        in.record(hall_built{command.hall, command.seats});
        return {};
    }
    static constexpr auto guards(take_seat const*) {
        return koc::require(koc::known<&take_seat::hall>);
    }
    koc::result<void> decide(take_seat const& command, context& in) const {
        auto const& held = in.at(command.hall);
        if (held.taken >= held.seats) {
            return koc::error{koc::errc::no_capacity, subject("hall", command.hall),
                "expected a free seat; choose another hall"};
        }
        in.record(seat_taken{command.hall, command.guest});
        return {};
    }
    void apply(hall_built const& event, world const&) {
        halls_.insert({event.hall, event.seats, 0});
    }
    void apply(seat_taken const& event, world const&) {
        halls_.update(event.hall, [](hall& held) { ++held.taken; });
    }

private:
    koc::table<hall> halls_;
    BOOST_DESCRIBE_CLASS(box_office, (), (), (), (halls_))
};

struct programme {
    struct rules {};
    using aspects = koc::aspect_list<box_office>;
};

} // namespace halls

template koc::programme_parts koc::include_instantiate_hpp<halls::programme>();

using namespace koc_test;
using koc::errc;

namespace {

constexpr std::int64_t seats = 3;

struct tally {
    std::uint64_t accepted = 0;
    std::uint64_t full = 0;
    std::string trouble; ///< any other refusal
};

/// Sends so many commands of one writer, to halls that all writers crowd into at the same time.
tally take_seats(koc::engine& office, std::uint64_t commands, std::uint64_t writer) {
    tally counted;
    for (std::uint64_t i = 0; i < commands && counted.trouble.empty();) {
        halls::take_seat const wish{halls::hall_id{1 + i / 2}, writer};
        auto const request = std::to_string(writer) + '-' + std::to_string(i);
        auto const got = office.handle(wish, {koc::instant{1'000}, {}, request});
        if (!got && got.error().code == errc::conflict) {
            continue; // many lost races; the same request again
        }
        ++i;
        if (got) {
            ++counted.accepted;
        } else if (got.error().code == errc::no_capacity) {
            ++counted.full;
        } else {
            counted.trouble = told(got.error());
        }
    }
    return counted;
}

/// Four writers send `commands` together, of which six in eight cannot be met by three seats.
void crowd(postgres_server const& server, std::uint64_t commands) {
    constexpr std::uint64_t writers = 4;
    auto const options = in_schema(fresh_schema());
    auto const each = commands / writers;
    auto const halls_count = (each + 1) / 2;
    std::vector<std::unique_ptr<koc::engine>> offices;
    for (std::uint64_t w = 1; w <= writers; ++w) {
        offices.push_back(std::make_unique<koc::engine>(koc::engine::of<halls::programme>(
            opened(server.connection(), "halls", options), koc::writer_id{w})));
    }
    for (std::uint64_t h = 0; h < halls_count;) {
        koc::engine::group many{*offices.front()};
        for (auto const end = std::min(halls_count, h + 1'000); h < end; ++h) {
            REQUIRE(many.handle(halls::build_hall{halls::hall_id{1 + h}, seats}, {koc::instant{1}})
                        .has_value());
        }
        REQUIRE(many.commit().has_value());
    }
    std::vector<tally> counted(writers);
    std::vector<std::thread> running;
    for (std::uint64_t w = 0; w < writers; ++w) {
        running.emplace_back([&, w] { counted[w] = take_seats(*offices[w], each, w + 1); });
    }
    for (auto& thread : running) {
        thread.join();
    }
    tally all;
    for (auto const& one : counted) {
        INFO(one.trouble);
        REQUIRE(one.trouble.empty());
        all.accepted += one.accepted;
        all.full += one.full;
    }
    CHECK(all.accepted + all.full == each * writers);
    auto replayed =
        koc::engine::of<halls::programme>(opened(server.connection(), "halls", options));
    REQUIRE(replayed.catch_up().has_value());
    std::uint64_t taken = 0;
    std::uint64_t overfull = 0;
    std::uint64_t left = 0;
    replayed.each<halls::hall>([&](halls::hall const& held) {
        taken += static_cast<std::uint64_t>(held.taken);
        overfull += held.taken > held.seats ? 1U : 0U;
        left += held.taken < held.seats ? 1U : 0U;
    });
    CHECK(taken == all.accepted);
    CHECK(overfull == 0);
    CHECK(left == 0); // eight wished for each three seats
    for (auto& office : offices) {
        REQUIRE(office->catch_up().has_value());
        CHECK(office->head() == replayed.head());
        CHECK(office->state_digest() == replayed.state_digest());
    }
    std::printf("postgres_writers: %llu commands of 4 writers, %llu accepted, %llu refused as "
                "full, %llu halls over capacity\n",
        static_cast<unsigned long long>(each * writers),
        static_cast<unsigned long long>(all.accepted), static_cast<unsigned long long>(all.full),
        static_cast<unsigned long long>(overfull));
}

} // namespace

TEST_CASE("four writers at one log exceed no capacity and agree on one order",
    "[store][postgres][writers]") {
    if (auto* const server = shared_postgres()) {
        crowd(*server, 2'000);
    }
}

TEST_CASE("four writers at one log, many times over", "[.torture][postgres_writers]") {
    REQUIRE(postgres_server::installed());
    auto const* const count = std::getenv("KOC_TORTURE_POSTGRES_WRITERS");
    crowd(*shared_postgres(), count == nullptr ? 200'000 : std::strtoull(count, nullptr, 10));
}
