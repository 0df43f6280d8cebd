// SPDX-License-Identifier: BSL-1.0
#include <koc/engine/guard_kinds.hpp>
#include <koc/engine/instantiate.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>
#include <koc/testing/aspect.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace {

using koc::testing::check_aspects;

struct jar_kind {
    static constexpr char const* noun = "jar";
    using record = struct jar;
};
using jar_id = koc::id<jar_kind>;
struct jar {
    jar_id id;
    std::int64_t beans = 0;
};
BOOST_DESCRIBE_STRUCT(jar, (), (id, beans))

struct place_jar {
    jar_id jar;
};
BOOST_DESCRIBE_STRUCT(place_jar, (), (jar))
struct add_beans {
    jar_id jar;
    std::int64_t beans = 0;
};
BOOST_DESCRIBE_STRUCT(add_beans, (), (jar, beans))
struct jar_placed {
    jar_id jar;
};
BOOST_DESCRIBE_STRUCT(jar_placed, (), (jar))
struct beans_added {
    jar_id jar;
    std::int64_t beans = 0;
};
BOOST_DESCRIBE_STRUCT(beans_added, (), (jar, beans))
struct jar_spoilt {
    jar_id jar;
};
BOOST_DESCRIBE_STRUCT(jar_spoilt, (), (jar))

enum class fault {
    none,
    static_counter,
    global_in_apply,
    entry_stays,
    nothing_recorded,
    order_of_hashes,
    no_undo,
    not_in_the_digest,
    no_subject,
    no_expectation,
};

std::int64_t some_global = 0;

/// A container that undoes nothing, or is in no digest.
template <fault Fault>
class tally : public koc::container {
public:
    void add() {
        if (Fault == fault::no_undo || !prepare()) {
            ++value_;
        } else {
            ++value_;
            note();
        }
    }
    void digest_into(koc::hasher& into) const override {
        if (Fault == fault::not_in_the_digest) {
            into.add(++looks_);
        }
        into.add(value_);
    }
    void write_into(std::string& out) const override { out += std::to_string(value_); }
    void undo() noexcept override { --value_; }
    void settle() noexcept override {}

private:
    std::int64_t value_ = 0;
    mutable std::int64_t looks_ = 0;
};

template <fault Fault>
class shelf : public koc::aspect<shelf<Fault>> {
    using base = koc::aspect<shelf<Fault>>;

public:
    using events = koc::event_list<jar_placed, beans_added, jar_spoilt>;
    using commands = koc::command_list<place_jar, add_beans>;
    using world = typename base::world;
    using context = typename base::context;

    koc::result<void> decide(place_jar const& command, context& in) const {
        if (jars_.contains(command.jar)) {
            return koc::error{koc::errc::already_exists,
                Fault == fault::no_subject ? "" : subject("jar", command.jar),
                Fault == fault::no_expectation ? "no" : "expected a new id; choose another"};
        }
        in.record(jar_placed{command.jar});
        return {};
    }
    static constexpr auto guards(add_beans const*) {
        return koc::require(koc::known<&add_beans::jar>);
    }
    koc::result<void> decide(add_beans const& command, context& in) const {
        auto beans = command.beans;
        if (Fault == fault::static_counter) {
            static std::int64_t calls = 0;
            beans += ++calls;
        }
        auto to = command.jar;
        if (Fault == fault::order_of_hashes) {
            std::unordered_set<jar const*> all;
            jars_.for_each([&](jar const& j) { all.insert(&j); });
            to = (*all.begin())->id;
        }
        in.record(beans_added{to, beans});
        return {};
    }
    void due(jar_id id, context& in) const {
        if (Fault != fault::nothing_recorded) {
            in.record(jar_spoilt{id});
        }
    }
    void apply(jar_placed const& event, world const& in) {
        jars_.insert({event.jar, 0});
        spoils_.put(event.jar, in.now() + koc::days(30));
        tally_.add();
    }
    void apply(beans_added const& event, world const&) {
        jars_.update(event.jar, [&](jar& j) {
            j.beans += event.beans + (Fault == fault::global_in_apply ? some_global : 0);
        });
    }
    void apply(jar_spoilt const& event, world const&) {
        jars_.update(event.jar, [](jar& j) { j.beans = 0; });
        if (Fault != fault::entry_stays) {
            spoils_.drop(event.jar);
        }
    }

private:
    koc::table<jar> jars_;
    koc::agenda<jar_id> spoils_;
    tally<Fault> tally_;
    BOOST_DESCRIBE_CLASS(shelf, (), (), (), (jars_, spoils_, tally_))
};

template <fault Fault>
struct pantry {
    using aspects = koc::aspect_list<shelf<Fault>>;
};

template <fault Fault>
std::vector<std::string> broken_laws() {
    return check_aspects<pantry<Fault>>([](std::uint64_t step, auto&& send) {
        some_global = static_cast<std::int64_t>(step);
        jar_id const some{1 + step * 2654435761U % 1009 % 40};
        if (step % 3 == 0) {
            send(place_jar{some});
        } else {
            send(add_beans{some, static_cast<std::int64_t>(step)});
        }
    });
}
template <fault Fault>
void finds(std::string const& law) {
    auto const broken = broken_laws<Fault>();
    REQUIRE(broken.size() == 1);
    CHECK(broken.front().substr(0, law.size()) == law);
}

TEST_CASE("an aspect that keeps the laws is found to keep them", "[testing][aspect]") {
    CHECK(broken_laws<fault::none>() == std::vector<std::string>{});
}

TEST_CASE("an aspect that breaks a law is told which, and by which command", "[testing][aspect]") {
    finds<fault::static_counter>("determinism: a preview of the same command says otherwise (");
    finds<fault::global_in_apply>("replay: a new engine holds another shelf.jars_ (");
    finds<fault::entry_stays>("time: shelf.spoils_ of 1: expected that `due` records an event");
    finds<fault::nothing_recorded>("time: shelf.spoils_ of 1: expected that `due` records");
    finds<fault::no_undo>("undo: after a preview, shelf.tally_ is not as it was (command 0, ");
    finds<fault::not_in_the_digest>("described state: after a preview, the digest is not as");
    finds<fault::no_subject>("refusals: one names no subject: ");
    finds<fault::no_expectation>("refusals: one does not say what was expected: no");
    finds<fault::order_of_hashes>("determinism: ");
}

} // namespace
