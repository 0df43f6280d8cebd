// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/state/table.hpp>

#include "engine/garden.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace library {

struct reader_kind {
    static constexpr char const* noun = "reader";
    using record = struct reader;
};
using reader_id = koc::id<reader_kind>;
struct loan_kind {
    static constexpr char const* noun = "loan";
    using record = struct loan;
};
using loan_id = koc::id<loan_kind>;
struct loan {
    loan_id id;
    reader_id holder;
};
BOOST_DESCRIBE_STRUCT(loan, (), (id, holder))

struct lend {
    loan_id loan;
    reader_id holder;
};
BOOST_DESCRIBE_STRUCT(lend, (), (loan, holder))
struct renew {
    loan_id loan;
};
BOOST_DESCRIBE_STRUCT(renew, (), (loan))
struct reserve {
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(reserve, (), (reader))
struct rate {
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(rate, (), (reader))
struct sign {
    loan_id loan;
};
BOOST_DESCRIBE_STRUCT(sign, (), (loan))
struct recommend {
    reader_id reader;
};
BOOST_DESCRIBE_STRUCT(recommend, (), (reader))
struct approve {};
BOOST_DESCRIBE_STRUCT(approve, (), ())
/// Lends and signs, by calling.
struct visit {
    static constexpr std::string_view sent_by = "whoever has a card";
    loan_id loan;
    reader_id holder;
};
BOOST_DESCRIBE_STRUCT(visit, (), (loan, holder))
struct lent {
    loan_id loan;
    reader_id holder;
};
BOOST_DESCRIBE_STRUCT(lent, (), (loan, holder))
struct noted {
    std::string what;
};
BOOST_DESCRIBE_STRUCT(noted, (), (what))

class shelf : public koc::aspect<shelf> {
public:
    using events = koc::event_list<lent, noted>;
    using commands = koc::command_list<lend, renew, reserve, rate, sign, recommend, approve, visit>;

    static constexpr auto guards(lend const*) { return koc::require(koc::by_desk<lend>); }
    koc::result<void> decide(lend const& command, context& in) const {
        in.record(lent{command.loan, command.holder});
        return {};
    }
    static constexpr auto guards(renew const*) {
        return koc::require(koc::by_member<&renew::loan, &loan::holder>, koc::known<&renew::loan>);
    }
    koc::result<void> decide(renew const&, context& in) const { return note(in); }
    static constexpr auto guards(reserve const*) {
        return koc::require(koc::by_member<&reserve::reader>);
    }
    koc::result<void> decide(reserve const&, context& in) const { return note(in); }
    static constexpr auto guards(rate const*) {
        return koc::require(koc::in_person<&rate::reader>);
    }
    koc::result<void> decide(rate const&, context& in) const { return note(in); }
    static constexpr auto guards(sign const*) {
        return koc::require(koc::in_person<&sign::loan, &loan::holder>, koc::known<&sign::loan>);
    }
    koc::result<void> decide(sign const&, context& in) const { return note(in); }
    static constexpr auto guards(recommend const*) {
        return koc::require(koc::by_another<&recommend::reader>);
    }
    koc::result<void> decide(recommend const&, context& in) const { return note(in); }
    static constexpr auto guards(approve const*) { return koc::require(koc::by_employee<approve>); }
    koc::result<void> decide(approve const&, context& in) const { return note(in); }
    static constexpr auto guards(visit const*) { return koc::require(koc::by_state<visit>); }
    koc::result<void> decide(visit const& command, context& in) const {
        KOC_TRY(in.call(lend{command.loan, command.holder}));
        return in.call(sign{command.loan});
    }
    void apply(lent const& event, world const&) { loans_.insert({event.loan, event.holder}); }
    void apply(noted const&, world const&) {}

private:
    static koc::result<void> note(context& in) {
        in.record(noted{"done"});
        return {};
    }
    koc::table<loan> loans_;
    BOOST_DESCRIBE_CLASS(shelf, (), (), (), (loans_))
};
struct programme {
    using aspects = koc::aspect_list<shelf>;
};

} // namespace library

template koc::programme_parts koc::include_instantiate_hpp<library::programme>();

namespace {

using garden::at;
using garden::engine_of;
using garden::growth;
using garden::plant;
using garden::plant_id;
using garden::water;
using koc::errc;

TEST_CASE("guards say in words what they ask for", "[engine][guard]") {
    CHECK(koc::known<&water::plant>.words() == "plant is a known plant");
    CHECK(koc::has_value<&water::plant, &plant::stage, growth::seed, growth::grown>.words() ==
        "plant has stage seed or grown");
    CHECK(koc::within<&water::litres, 1, 1000>.words() == "litres from 1 to 1000");
}

TEST_CASE("the first guard that fails refuses, and all that fail are known", "[engine][guard]") {
    auto engine = engine_of(test::shared_journal{});
    REQUIRE(engine.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    REQUIRE(engine.handle(garden::fell{plant_id{1}}, at(1)).has_value());

    auto const unknown = engine.handle(water{plant_id{7}, 5000}, at(1));
    CHECK(unknown.error() == koc::unknown("plant", plant_id{7}));
    auto const all = engine.failing(water{plant_id{7}, 5000}, at(1));
    REQUIRE(all.size() == 3);
    CHECK(all[0].code == errc::unknown_id);
    CHECK(all[1].code == errc::not_qualified);
    CHECK(all[1].subject == "plant 7");
    CHECK(all[2].subject == "water.litres");
    CHECK(all[2].expected == "expected a value from 1 to 1000, not 5000");

    auto const felled = engine.failing(water{plant_id{1}, 1}, at(1));
    REQUIRE(felled.size() == 1);
    CHECK(felled[0].expected ==
        "expected a plant with stage seed or grown, not felled; name another or bring it there "
        "first");
    CHECK(
        engine.failing(garden::sow{plant_id{1}, "oak"}, at(1)).empty()); // what relates is no guard
}

TEST_CASE(
    "who may send a command is a guard, told on the page and by its refusal", "[engine][guard]") {
    using namespace library;
    auto engine = koc::engine::of<programme>(koc::memory_journal{});
    koc::actor const host;
    koc::actor const employee{koc::actor_kind::employee, 3};
    koc::actor const time{koc::actor_kind::time};
    koc::actor const seven{koc::actor_kind::member, 7};
    koc::actor const eight{koc::actor_kind::member, 8};
    koc::actor const nobody{koc::actor_kind::employee, 0};
    std::vector<koc::actor> const all{host, employee, time, seven, eight, nobody};
    auto const minute = at(1).now;
    REQUIRE(engine.handle(lend{loan_id{1}, reader_id{7}}, {minute, host, {}}).has_value());

    // By each actor of the list: sent, or refused in these words about this.
    auto const row = [&](auto const& command, auto const& guard, std::string const& words,
                         std::vector<bool> const& sends, std::string const& about,
                         std::string const& whom, std::string const& instead) {
        INFO(words);
        CHECK(guard.words() == words);
        for (std::size_t i = 0; i < all.size(); ++i) {
            INFO(to_string(all[i]));
            auto const failing = engine.failing(command, {minute, all[i], {}});
            REQUIRE(failing.size() == (sends[i] ? 0U : 1U));
            CHECK(engine.preview(command, {minute, all[i], {}}).has_value() == sends[i]);
            if (!sends[i]) {
                CHECK(failing.front() ==
                    koc::error{errc::not_qualified, about,
                        "expected " + whom + " to send this, not " + to_string(all[i]) + "; " +
                            instead});
            }
        }
    };
    //                                                host   empl.  time   7      8     empl. 0
    row(lend{loan_id{2}, reader_id{7}}, koc::by_desk<lend>, "sent by an employee or the host",
        {true, true, true, false, false, true}, "lend", "an employee or the host",
        "ask one of them");
    row(reserve{reader_id{7}}, koc::by_member<&reserve::reader>,
        "sent by reader themself, an employee or the host", {true, true, true, true, false, true},
        "reader 7", "the reader themself, an employee or the host", "leave it to them");
    row(renew{loan_id{1}}, koc::by_member<&renew::loan, &loan::holder>,
        "sent by holder of loan themself, an employee or the host",
        {true, true, true, true, false, true}, "reader 7",
        "the reader themself, an employee or the host", "leave it to them");
    row(rate{reader_id{7}}, koc::in_person<&rate::reader>, "sent by reader themself or the host",
        {true, false, false, true, false, false}, "reader 7", "the reader themself",
        "leave it to them");
    row(sign{loan_id{1}}, koc::in_person<&sign::loan, &loan::holder>,
        "sent by holder of loan themself or the host", {true, false, false, true, false, false},
        "reader 7", "the reader themself", "leave it to them");
    row(recommend{reader_id{7}}, koc::by_another<&recommend::reader>, "sent by anybody but reader",
        {true, true, true, false, true, true}, "reader 7", "somebody else than the reader",
        "leave it to them");
    row(approve{}, koc::by_employee<approve>, "sent by an employee, by their id",
        {false, true, false, false, false, false}, "approve", "an employee, by their id,",
        "send it as one, so that two people can be told apart");
    row(visit{loan_id{2}, reader_id{7}}, koc::by_state<visit>, "sent by whoever has a card",
        {true, true, true, true, true, true}, "", "", "");

    // Of what is unknown nobody is the owner, and `known` says so; what is called was asked of
    // whom sent what calls it.
    auto const unknown = engine.failing(renew{loan_id{9}}, {minute, eight, {}});
    REQUIRE(unknown.size() == 1);
    CHECK(unknown.front() == koc::unknown("loan", loan_id{9}));
    CHECK(engine.handle(visit{loan_id{2}, reader_id{7}}, {minute, eight, {}}).has_value());
}

} // namespace
