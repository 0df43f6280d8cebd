// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the host of this story keeps beside the engine: the clock, and a journal in memory that it
// reads as well.

#include <koc/standard/engine.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace years {

/// The story cannot go on, as something was refused that this host did not expect.
struct ended_early : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A journal in memory that the host reads while the engine writes to it.
class read_journal {
public:
    [[nodiscard]] koc::result<koc::journal_head> head() const { return kept_->head(); }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch const> batches) {
        return kept_->append(expected, batches);
    }
    koc::result<void> read(std::uint64_t from, std::size_t limit, koc::event_types const& types,
        std::vector<koc::envelope>& out) const {
        return kept_->read(from, limit, types, out);
    }
    [[nodiscard]] std::vector<koc::envelope> const& envelopes() const { return kept_->envelopes(); }

private:
    std::shared_ptr<koc::memory_journal> kept_ = std::make_shared<koc::memory_journal>();
};

constexpr koc::actor employee(std::uint64_t n) { return {koc::actor_kind::employee, n}; }
constexpr koc::actor self(koc::member_id who) { return {koc::actor_kind::member, who.value()}; }

class desk {
public:
    explicit desk(koc::instant from) : now_{from}, engine_{journal_} {}

    [[nodiscard]] koc::engine const& engine() const { return engine_; }
    [[nodiscard]] std::vector<koc::envelope> const& journal() const { return journal_.envelopes(); }
    [[nodiscard]] koc::instant now() const { return now_; }
    [[nodiscard]] static std::string day(koc::instant at) {
        return koc::to_iso8601(at).substr(0, 10);
    }

    /// Lets time pass, and everything happen that is due by then.
    void move_to(koc::instant then) {
        now_ = then;
        check(engine_.advance({now_}));
    }
    /// The next command comes a little later.
    void later(koc::duration span) { now_ = now_ + span; }

    /// What is told between these is recorded by one append.
    void open_group() { group_.emplace(engine_); }
    void close_group() {
        check(group_->commit());
        group_.reset();
    }
    template <typename Command>
    koc::result<koc::receipt> tell(Command const& command, koc::actor by = {}) {
        return group_ ? group_->handle(command, {now_, by}) : engine_.handle(command, {now_, by});
    }
    /// A command that the story needs.
    template <typename Command>
    void must(Command const& command, koc::actor by = {}) {
        check(tell(command, by));
    }
    template <typename Query>
    [[nodiscard]] typename Query::answer ask(Query const& query) const {
        auto answer = engine_.ask(query, {now_});
        check(answer);
        return *std::move(answer);
    }
    [[nodiscard]] std::optional<koc::stage> stage_of(koc::member_id who) const {
        auto const* known = engine_.find_record<koc::relationship_record>(who.value());
        return known == nullptr ? std::nullopt : std::optional{known->stage};
    }

private:
    template <typename Result>
    static void check(Result const& done) {
        if (!done) {
            throw ended_early{done.error().subject + ": " + done.error().expected};
        }
    }

    koc::instant now_;
    read_journal journal_;
    koc::engine engine_;
    std::optional<koc::engine::group> group_;
};

} // namespace years
