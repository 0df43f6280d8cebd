// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a simulation (koc/testing/simulation.hpp) asks of the programme that it runs: which command
// comes next, and what has to hold of the events and of the state.

#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/engine/engine.hpp>
#include <koc/engine/message.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/testing/draws.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc::testing {

/// A command without its type, and who sends it. Copies share the command.
class simulated_command {
    struct calls {
        std::string_view name;
        result<receipt> (*handle)(engine& in, void const* command, asked const& with);
        result<receipt> (*join)(engine::group& in, void const* command, asked const& with);
        result<std::vector<event>> (*preview)(engine& in, void const* command, asked const& with);
    };
    template <typename Command>
    static constexpr calls calls_of{command_type_of<Command>.name,
        [](engine& in, void const* command, asked const& with) {
            return in.handle(*static_cast<Command const*>(command), with);
        },
        [](engine::group& in, void const* command, asked const& with) {
            return in.handle(*static_cast<Command const*>(command), with);
        },
        [](engine& in, void const* command, asked const& with) {
            return in.preview(*static_cast<Command const*>(command), with);
        }};

public:
    template <typename Command>
        requires(!std::same_as<Command, simulated_command>)
    simulated_command(Command command, actor by = {}) // NOLINT: any command is one
        : calls_{&calls_of<Command>}, command_{std::make_shared<Command>(std::move(command))},
          by_{by} {}

    [[nodiscard]] std::string_view name() const { return calls_->name; }
    [[nodiscard]] actor by() const { return by_; }

    result<receipt> handle(engine& in, asked const& with) const {
        return calls_->handle(in, command_.get(), with);
    }
    result<receipt> handle(engine::group& in, asked const& with) const {
        return calls_->join(in, command_.get(), with);
    }
    [[nodiscard]] result<std::vector<event>> preview(engine& in, asked const& with) const {
        return calls_->preview(in, command_.get(), with);
    }

private:
    calls const* calls_;
    std::shared_ptr<void const> command_;
    actor by_;
};

/// The programme of a simulation and its invariants.
///
/// Requirements, where `w` is a world:
///   1. `w.start(journal, writer)` returns a new engine of the programme.
///   2. `w.next(draws, engine, now)` returns the next command, plausible for what the engine knows
///      or a mistake on purpose; a function of its arguments and of what `w` observed.
///   3. `w.pause(draws)` returns how much time passes, 0 or more.
///   4. `w.observe(envelope)` is called for each event of the journal, once and in order; it
///      returns the invariant that is broken, if any, as a sentence.
///   5. `w.compare(engine)` does the same for an engine that knows all events observed.
///   6. `w.picture(engine)` returns what a state shows besides its text, such as what a search
///      finds: equal for equal states.
template <typename W>
concept simulated_world = std::movable<W> && requires(W& w, W const& c, any_journal journal,
    writer_id writer, draws& lots, engine const& in, instant now, envelope const& e) {
    { c.start(std::move(journal), writer) } -> std::same_as<engine>;
    { w.next(lots, in, now) } -> std::same_as<simulated_command>;
    { w.pause(lots) } -> std::same_as<duration>;
    { w.observe(e) } -> std::same_as<std::optional<std::string>>;
    { c.compare(in) } -> std::same_as<std::optional<std::string>>;
    { c.picture(in) } -> std::same_as<std::string>;
};

} // namespace koc::testing
