// SPDX-License-Identifier: BSL-1.0
#pragma once

// The aspects of the garden.

#include <koc/core/try.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/guard_kinds.hpp>
#include <koc/programme/tag_library.hpp>
#include <koc/registry/registry.hpp>
#include <koc/state/agenda.hpp>
#include <koc/state/single.hpp>
#include <koc/state/table.hpp>

#include "engine/garden.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace garden {

class beds : public koc::aspect<beds> {
public:
    using events = koc::event_list<sown, watered, felled, dried>;
    using commands = koc::command_list<sow, water, water_dry, fell, replace>;
    using queries = koc::query_list<how_wet, show_index>;
    using questions = koc::question_list<may_water>;
    using reads = koc::aspect_list<koc::tag_library>;
    using rules = beds_rules;
    using columns = koc::column_list<koc::column_of<"litres", &plant::litres>>;
    using kept = koc::kept_list<koc::kept_tag<&plant::stage>>;

    koc::result<void> decide(sow const& command, context& in) const {
        KOC_TRY(check_new(command.plant));
        in.record(sown{command.plant, command.name, command.keeper});
        return {};
    }
    static constexpr auto guards(water const*) {
        return koc::require(koc::known<&water::plant>,
            koc::has_value<&water::plant, &plant::stage, growth::seed, growth::grown>,
            koc::within<&water::litres, 1, 1000>);
    }
    koc::result<void> decide(water const& command, context& in) const {
        KOC_TRY(in.review(may_water{command.plant}));
        if (auto const most = in.rules<rules>().litres_max; command.litres > most) {
            return koc::error{koc::errc::over_budget, subject("plant", command.plant),
                "expected at most " + std::to_string(most) + " litres; send less"};
        }
        in.record(watered{command.plant, command.litres});
        return {};
    }
    koc::result<void> decide(water_dry const&, context& in) const {
        for (std::size_t row = 0; row < plants_.slot_count(); ++row) {
            auto const* held = static_cast<plant const*>(plants_.row_raw(row));
            if (held != nullptr && held->litres == 0 && held->stage != growth::felled) {
                in.record(watered{held->id, 1});
            }
        }
        return {};
    }
    static constexpr auto guards(fell const*) { return koc::require(koc::known<&fell::plant>); }
    koc::result<void> decide(fell const& command, context& in) const {
        in.record(felled{command.plant});
        return {};
    }
    static constexpr auto guards(replace const*) { return koc::require(koc::known<&replace::old>); }
    koc::result<void> decide(replace const& command, context& in) const {
        KOC_TRY(check_new(command.fresh));
        in.record(felled{command.old}, sown{command.fresh, "instead", {}});
        return {};
    }
    void due(plant_id plant, context& in) const { in.record(dried{plant}); }

    void apply(sown const& event, world const&) {
        plants_.insert({event.plant, event.name, event.keeper, growth::seed, 0, {}});
    }
    void apply(watered const& event, world const& in) {
        plants_.update(event.plant, [&](plant& p) {
            p.litres += event.litres;
            p.stage = growth::grown;
        });
        thirst_.put(event.plant, in.now() + in.rules<rules>().dry_after);
    }
    void apply(felled const& event, world const&) {
        plants_.update(event.plant, [](plant& p) { p.stage = growth::felled; });
        thirst_.drop(event.plant);
    }
    void apply(dried const& event, world const&) {
        plants_.update(event.plant, [](plant& p) { p.litres = 0; });
        thirst_.drop(event.plant);
    }

    koc::result<wetness> answer(how_wet const& query, world const& in) const {
        auto const* held = in.find(query.plant);
        if (held == nullptr) {
            return koc::unknown("plant", query.plant);
        }
        return wetness{held->litres, held->litres == 0};
    }
    koc::result<std::string> answer(show_index const&, world const& in) const {
        std::string text;
        auto const& tags = in.get<koc::tag_library>().tags();
        for (std::size_t w = 0; w * 64 < plants_.slot_count(); ++w) {
            text += std::to_string(plants_.live_word(w));
            for (auto const stage : {"seed", "grown", "felled"}) {
                auto const tag = tags.find("growth", stage);
                text += ' ' + (tag ? std::to_string(plants_.tag_word(*tag, w)) : "none");
            }
            auto const litres = *plants_.find_column("litres");
            for (std::size_t s = 64 * w; s < plants_.slot_count() && s < 64 * w + 64; ++s) {
                if (plants_.live_word(w) >> (s % 64) & 1U) {
                    text += ' ' + std::to_string(plants_.value(litres, static_cast<koc::slot>(s)));
                }
            }
            text += '\n';
        }
        return text;
    }

private:
    [[nodiscard]] koc::result<void> check_new(plant_id id) const {
        if (plants_.contains(id)) {
            return koc::error{koc::errc::already_exists, subject("plant", id),
                "expected a new id; choose another"};
        }
        return {};
    }

    koc::registry<plant> plants_;
    koc::agenda<plant_id> thirst_;
    BOOST_DESCRIBE_CLASS(beds, (), (), (), (plants_, thirst_))
};

/// Notes what happens.
class diary : public koc::aspect<diary> {
public:
    using events = koc::event_list<noted, page_filled>;
    using follows = koc::event_list<sown, watered, dried>;
    using rules = diary_rules;

    void react(sown const& event, context& in) const { note("sown " + event.name, in); }
    void react(watered const& event, context& in) const {
        // What is true now: the event has been applied.
        note("now " + std::to_string(in.at(event.plant).litres), in);
    }
    void react(dried const&, context& in) const { note("dried", in); }
    void react(noted const& event, context& in) const {
        if (event.line % in.rules<rules>().lines_per_page == 0) {
            in.record(page_filled{event.line / in.rules<rules>().lines_per_page});
        }
    }
    void apply(noted const& event, world const&) { lines_.set(event.line); }
    void apply(page_filled const&, world const&) {
        pages_.update([](std::uint64_t& pages) { ++pages; });
    }

private:
    void note(std::string about, context& in) const {
        in.record(noted{*lines_ + 1, std::move(about)});
    }

    koc::single<std::uint64_t> lines_;
    koc::single<std::uint64_t> pages_;
    BOOST_DESCRIBE_CLASS(diary, (), (), (), (lines_, pages_))
};

/// Calls commands of others.
class helper : public koc::aspect<helper> {
public:
    using events = koc::event_list<nested, echoed, stumbled>;
    using commands = koc::command_list<plant_row, nest, shout, flood, stumble>;

    koc::result<void> decide(plant_row const& command, context& in) const {
        for (std::uint64_t i = 0; i < command.count; ++i) {
            plant_id const id{command.first.value() + i};
            if (auto sowing = in.call(sow{id, "in a row"}); !sowing) {
                if (!command.pass_over) {
                    return sowing;
                }
                continue;
            }
            KOC_TRY(in.call(water{id, command.litres}));
        }
        return {};
    }
    koc::result<void> decide(nest const& command, context& in) const {
        in.record(nested{command.depth});
        return command.depth == 0 ? koc::result<void>{} : in.call(nest{command.depth - 1});
    }
    koc::result<void> decide(shout const&, context& in) const {
        in.record(echoed{});
        return {};
    }
    koc::result<void> decide(flood const& command, context& in) const {
        for (std::uint64_t i = 0; i < command.count && !in.refused(); ++i) {
            in.record(nested{0});
        }
        return {};
    }
    koc::result<void> decide(stumble const& command, context& in) const {
        switch (command.where) {
        case place::swallowed_call:
            KOC_TRY(in.call(sow{plant_id{command.plant.value() + 1}, "before"}));
            try {
                static_cast<void>(in.call(stumble{command.plant, place::decide}));
            } catch (std::runtime_error const&) { // NOLINT: what the test is about
            }
            return {};
        case place::swallowed_record:
            try {
                in.record(stumbled{place::apply});
            } catch (std::runtime_error const&) { // NOLINT: what the test is about
            }
            return {};
        default:
            break;
        }
        KOC_TRY(in.call(sow{command.plant, "stumbling"}));
        if (command.where == place::decide) {
            throw std::runtime_error{"decide"};
        }
        in.record(stumbled{command.where});
        return {};
    }
    void react(echoed const&, context& in) const { in.record(echoed{}); }
    void react(stumbled const& event, context&) const {
        if (event.where == place::react) {
            throw std::runtime_error{"react"};
        }
    }
    void apply(nested const&, world const&) {
        events_.update([](std::uint64_t& seen) { ++seen; });
    }
    void apply(echoed const&, world const&) {
        events_.update([](std::uint64_t& seen) { ++seen; });
    }
    void apply(stumbled const& event, world const&) {
        events_.update([](std::uint64_t& seen) { ++seen; });
        if (event.where == place::apply) {
            throw std::runtime_error{"apply"};
        }
    }

private:
    koc::single<std::uint64_t> events_;
    BOOST_DESCRIBE_CLASS(helper, (), (), (), (events_))
};

/// Refuses what was forbidden by its name.
class inspector : public koc::aspect<inspector> {
public:
    using events = koc::event_list<forbidden, permitted>;
    using commands = koc::command_list<forbid, permit>;
    using follows = koc::event_list<sown, watered, felled, dried, noted, page_filled, how_wet,
        may_water, koc::command_asked>;

    koc::result<void> decide(forbid const& command, context& in) const {
        in.record(forbidden{command.what});
        return {};
    }
    koc::result<void> decide(permit const& command, context& in) const {
        if (forbids(command.what)) {
            in.record(permitted{command.what});
        }
        return {};
    }
    void apply(forbidden const& event, world const&) {
        forbidden_.update([&](std::vector<std::string>& all) { all.push_back(event.what); });
    }
    void apply(permitted const& event, world const&) {
        forbidden_.update([&](std::vector<std::string>& all) { std::erase(all, event.what); });
    }
    koc::result<void> review(sown const& e, world const&) const {
        KOC_TRY(object("sown " + std::to_string(e.plant.value())));
        return object("sown");
    }
    koc::result<void> review(watered const& e, world const& in) const {
        KOC_TRY(object("watered " + std::to_string(in.at(e.plant).litres) + " litres"));
        return object("watered");
    }
    koc::result<void> review(felled const&, world const&) const { return object("felled"); }
    koc::result<void> review(dried const&, world const&) const { return object("dried"); }
    koc::result<void> review(noted const&, world const&) const { return object("noted"); }
    koc::result<void> review(page_filled const&, world const&) const {
        return object("page_filled");
    }
    koc::result<void> review(may_water const&, world const&) const { return object("may_water"); }
    koc::result<void> review(how_wet const&, world const&) const { return object("how_wet"); }
    koc::result<void> review(koc::command_asked const& asked, world const& in) const {
        if (asked.command == "permit") {
            return {};
        }
        KOC_TRY(object(std::string{asked.command}));
        if (auto const* wanted = asked.get_if<water>(); wanted != nullptr && wanted->litres == 13) {
            KOC_TRY(object("water 13"));
        }
        if (!asked.called && in.by().kind == koc::actor_kind::member) {
            return object("members " + std::string{asked.command});
        }
        return {};
    }

private:
    [[nodiscard]] bool forbids(std::string_view what) const {
        for (auto const& name : *forbidden_) {
            if (name == what) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] koc::result<void> object(std::string what) const {
        if (forbids(what)) {
            return koc::error{koc::errc::not_qualified, std::move(what),
                "expected what is not forbidden; ask the inspector"};
        }
        return {};
    }

    koc::single<std::vector<std::string>> forbidden_;
    BOOST_DESCRIBE_CLASS(inspector, (), (), (), (forbidden_))
};

} // namespace garden
