// SPDX-License-Identifier: BSL-1.0
#include <koc/describe/mention.hpp>
#include <koc/engine/instantiate.hpp>

#include "engine/garden_aspects.hpp"
#include "engine/journals.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>

namespace garden {

koc::result<void> check(beds_rules const& rules) {
    if (rules.litres_max < 1) {
        return koc::error{koc::errc::invalid_argument, "beds_rules.litres_max",
            "expected at least 1; correct it"};
    }
    return {};
}

struct garden_rules {
    beds_rules beds{50, koc::days(7)};
};
BOOST_DESCRIBE_STRUCT(garden_rules, (), (beds))

struct programme {
    using rules = garden_rules;
    using aspects = koc::aspect_list<koc::tag_library, beds, diary, helper, inspector>;
};

/// An aspect that a later release adds, with rules that no journal of before has.
class frost : public koc::aspect<frost> {
public:
    using events = koc::event_list<frost_measured>;
    using commands = koc::command_list<measure_frost>;
    using follows = koc::event_list<dried>;
    using rules = frost_rules;

    koc::result<void> decide(measure_frost const&, context& in) const {
        in.record(frost_measured{in.rules<rules>().degrees});
        return {};
    }
    /// Nothing that time brings can be refused, not even by rules that nobody adopted.
    void react(dried const&, context& in) const {
        static_cast<void>(in.rules<rules>());
        in.record(frost_measured{in.refused() ? 1 : 0});
    }
    void apply(frost_measured const& event, world const&) { last_.set(event.degrees); }

private:
    koc::single<std::int64_t> last_;
    BOOST_DESCRIBE_CLASS(frost, (), (), (), (last_))
};
struct later_programme {
    using rules = garden_rules;
    using aspects = koc::aspect_list<koc::tag_library, beds, diary, helper, inspector, frost>;
};

/// Reviews, and has neither events nor state.
struct guest : koc::aspect<guest> {
    using follows = koc::event_list<felled>;
    koc::result<void> review(felled const&, world const&) const {
        return koc::error{koc::errc::not_qualified, "guest", "expected that all plants stand"};
    }
    BOOST_DESCRIBE_CLASS(guest, (), (), (), ())
};
struct watched_programme {
    using aspects = koc::aspect_list<koc::tag_library, beds, diary, helper, inspector, guest>;
};

/// Lets plants rest: they are in no list, nothing of theirs is due, and no message may name them.
class winter : public koc::aspect<winter> {
public:
    using events = koc::event_list<rested, woken, visit_planned, visited>;
    using commands = koc::command_list<rest, wake, plan_visit>;
    using follows = koc::event_list<koc::command_asked, koc::query_asked>;
    using sets_aside = koc::record_list<resting>;

    koc::result<void> decide(rest const& command, context& in) const {
        if (auto const open = koc::world_view{in}.pending(command.plant)) {
            return koc::error{koc::errc::wrong_state,
                std::string{open->noun} + ' ' + std::to_string(open->id),
                "expected a plant that nobody visits; wait until then"};
        }
        in.record(rested{command.plant});
        return {};
    }
    koc::result<void> decide(wake const& command, context& in) const {
        in.record(woken{command.plant});
        return {};
    }
    koc::result<void> decide(plan_visit const& command, context& in) const {
        in.record(visit_planned{command.visit, command.plant, command.at});
        return {};
    }
    void due(visit_id which, context& in) const { in.record(visited{which}); }
    koc::result<void> review(koc::command_asked const& asked, world const&) const {
        return asked.called || asked.get_if<wake>() != nullptr
            ? koc::result<void>{}
            : check_awake(*asked.form, asked.value);
    }
    koc::result<void> review(koc::query_asked const& asked, world const&) const {
        return check_awake(*asked.form, asked.value);
    }

    void apply(rested const& event, world const&) { resting_.insert({event.plant}); }
    void apply(woken const& event, world const&) { resting_.erase(event.plant); }
    void apply(visit_planned const& event, world const&) {
        visits_.insert({event.visit, event.plant});
        due_.put(event.visit, event.at);
    }
    void apply(visited const& event, world const&) { due_.drop(event.visit); }

private:
    [[nodiscard]] koc::result<void> check_awake(koc::shape const& of, void const* value) const {
        auto const named = koc::find_mention(of, value, koc::key_of<plant_id>,
            [&](std::uint64_t id) { return resting_.contains(plant_id{id}); });
        if (!named) {
            return {};
        }
        return koc::error{koc::errc::wrong_state, subject("plant", plant_id{named->id}),
            "expected a plant that does not rest in " + named->path + "; wake it first"};
    }

    koc::table<resting> resting_;
    koc::table<visit> visits_;
    koc::agenda<visit_id> due_;
    BOOST_DESCRIBE_CLASS(winter, (), (), (), (resting_, visits_, due_))
};
struct winter_programme {
    using rules = garden_rules;
    using aspects = koc::aspect_list<koc::tag_library, beds, diary, helper, inspector, winter>;
};

/// A container that changes without a note, so that nothing is taken back.
class unnoted : public koc::container {
public:
    void add() { ++value_; }
    void digest_into(koc::hasher& into) const override { into.add(value_); }
    void write_into(std::string& out) const override { out += std::to_string(value_); }
    void undo() noexcept override {}
    void settle() noexcept override {}

private:
    std::uint64_t value_ = 0;
};
class leaky : public koc::aspect<leaky> {
public:
    using follows = koc::event_list<watered>;
    void apply(watered const&, world const&) { count_.add(); }

private:
    unnoted count_;
    BOOST_DESCRIBE_CLASS(leaky, (), (), (), (count_))
};
struct leaky_programme {
    using rules = garden_rules;
    using aspects = koc::aspect_list<koc::tag_library, beds, diary, helper, inspector, leaky>;
};
class counting : public koc::aspect<counting> {
public:
    using follows = koc::event_list<watered>;
    void apply(watered const&, world const&) {
        static std::uint64_t calls = 0;
        last_.set(++calls);
    }

private:
    koc::single<std::uint64_t> last_;
    BOOST_DESCRIBE_CLASS(counting, (), (), (), (last_))
};
struct counting_programme {
    using rules = garden_rules;
    using aspects = koc::aspect_list<koc::tag_library, beds, diary, helper, inspector, counting>;
};

} // namespace garden

template koc::programme_parts koc::include_instantiate_hpp<garden::programme>();
template koc::programme_parts koc::include_instantiate_hpp<garden::later_programme>();
template koc::programme_parts koc::include_instantiate_hpp<garden::watched_programme>();
template koc::programme_parts koc::include_instantiate_hpp<garden::winter_programme>();
template koc::programme_parts koc::include_instantiate_hpp<garden::leaky_programme>();
template koc::programme_parts koc::include_instantiate_hpp<garden::counting_programme>();

namespace {

using garden::at;
using garden::plant_id;

TEST_CASE("a programme needs no bag, and an aspect needs neither events nor state", "[engine]") {
    test::shared_journal const journal;
    auto watched = koc::engine::of<garden::watched_programme>(journal);
    REQUIRE(watched.handle(garden::sow{plant_id{1}, "oak"}, at(1)).has_value());
    CHECK(watched.rules<garden::beds_rules>()->litres_max == 100);
    CHECK(watched.handle(garden::fell{plant_id{1}}, at(1)).error().subject == "guest");

    // Of an aspect without events and state, the digest of a journal knows nothing.
    auto plain = garden::engine_of(journal);
    REQUIRE(plain.catch_up().has_value());
    CHECK(plain.state_digest() == watched.state_digest());
}

} // namespace
