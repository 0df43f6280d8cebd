// SPDX-License-Identifier: BSL-1.0
#pragma once

// The engine over a journal: decides commands and groups of them. What it knows is always a prefix
// of the journal, but for what an open scope tries: a command, a group or a preview. A scope that
// is not kept is taken back, also when an exception ends it.

#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/answers.hpp>
#include <koc/engine/detail/arrival.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/engine/detail/due_batches.hpp>
#include <koc/engine/detail/group_scope.hpp>
#include <koc/engine/detail/known_prefix.hpp>
#include <koc/engine/detail/refusing_misfits.hpp>
#include <koc/engine/detail/retracing.hpp>
#include <koc/engine/detail/rules_bag.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/sealer.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

class engine_over final : public engine_base {
public:
    static constexpr int conflict_retries = 16;

    engine_over(composition const& of, any_journal journal, std::vector<rules_value> rules,
        writer_id writer)
        : known_{of, std::move(journal)}, bag_{of, std::move(rules)}, writer_{writer} {}

    // Commands

    result<receipt> handle(
        command_type const& type, void const* command, asked const& with) override {
        KOC_EXPECTS(known_.state->accepts(type));
        KOC_TRY(check_message(type.name, *type.form, command, with));
        if (group_) {
            return handle_in_group(type, command, with);
        }
        if (known_.stale) {
            KOC_TRY(known_.read_on());
        }
        return handle_on_newest(type, command, with);
    }
    result<void> advance(asked const& with) override {
        KOC_TRY(check_now(with));
        if (group_) {
            KOC_TRY(check_time(with, group_->known_last));
            return let_pass((std::max)(with.now, known_.last));
        }
        if (known_.stale) {
            KOC_TRY(known_.read_on());
        }
        KOC_TRY(check_time(with, known_.last));
        for (int attempt = 0;; ++attempt) {
            auto passed = let_pass((std::max)(with.now, known_.last));
            if (attempt == conflict_retries || (!passed && passed.error().code != errc::conflict)) {
                return passed;
            }
            // Another writer may have put something on an agenda.
            auto const known = known_.head.position;
            KOC_TRY(known_.read_on());
            if (passed && known_.head.position == known) {
                return {};
            }
        }
    }
    result<void> catch_up(std::uint64_t until) override {
        KOC_EXPECTS(!group_);
        return known_.read_on(until);
    }
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<envelope>& out) override {
        return known_.read(from, limit, out);
    }
    any_journal& journal() override { return known_.journal; }
    [[nodiscard]] std::unique_ptr<engine_base> over(any_journal other) override {
        auto made =
            std::make_unique<engine_over>(*known_.of, std::move(other), bag_.values(), writer_);
        if (known_.sealer) {
            made->seal_with(lent_sealer{known_.sealer});
        }
        return made;
    }
    result<void> retrace(
        engine_base& history, std::uint64_t until, engine_base& varied, retraced& into) override {
        retracing walk{*this, static_cast<engine_over&>(varied), into}; // the only class derived
        return refusing_misfits([&] { return walk.run(history, until); });
    }

    void open_group() override {
        KOC_EXPECTS(!group_);
        if (known_.stale) {
            // Refused, the group begins on what is known, and the commit finds out.
            static_cast<void>(known_.read_on());
        }
        group_.emplace();
        group_->open(known_);
    }
    result<group_receipt> commit_group() override {
        KOC_EXPECTS(group_.has_value());
        group_end const ending{this};
        for (int attempt = 0;; ++attempt) {
            auto appended = group_->append(known_);
            if (appended) {
                group_->scope->keep();
                group_->scope.reset();
                known_.head = *appended;
                known_.answers.forget_before(known_.known_from);
                return group_receipt{known_.head, std::move(group_->answers)};
            }
            group_->take_back(known_);
            if (appended.error().code != errc::conflict || attempt == conflict_retries) {
                return std::move(appended).error();
            }
            KOC_TRY(known_.read_on());
            group_->open(known_);
            group_->answers.clear();
            for (auto const& c : group_->commands) {
                group_->answers.push_back(decide(*c.type, c.command.get(), c.with, c.known_last));
            }
        }
    }
    [[nodiscard]] std::vector<batch> const& pending() const override {
        KOC_EXPECTS(group_.has_value());
        return group_->pending;
    }
    void drop_group() override {
        KOC_EXPECTS(group_.has_value());
        group_end const ending{this};
    }

    // Observers

    result<std::vector<event>> preview(
        command_type const& type, void const* command, asked const& with) override {
        KOC_EXPECTS(known_.state->accepts(type));
        KOC_TRY(check_message(type.name, *type.form, command, with));
        KOC_TRY(check_time(with, known_.last));
        auto const at = (std::max)(with.now, known_.last);
        undo_scope const trial{known_.state->log};
        std::vector<batch> passed;
        for (auto last = known_.last; known_.state->next_due(at); passed.clear()) {
            KOC_TRY(collect_due(*known_.state, at, writer_, last, passed));
        }
        batch made{{at, {}, with.by, writer_, {}}, {}};
        KOC_TRY(fill(type, command, made));
        return std::move(made.events);
    }
    std::vector<error> failing(
        command_type const& type, void const* command, asked const& with) override {
        return known_.state->failing(
            world_view{*known_.state, (std::max)(with.now, known_.last), with.by}, type, command);
    }
    result<void> ask(
        query_type const& type, void const* query, asked const& with, void* into) override {
        KOC_TRY(check_message(type.name, *type.form, query, with));
        world_view const in{*known_.state, (std::max)(with.now, known_.last), with.by};
        return refusing_misfits([&] { return known_.state->answer(type, query, in, into); });
    }
    [[nodiscard]] container const* container_of(type_key record) const override {
        return known_.state->container_of(record);
    }
    [[nodiscard]] digest state_digest() const override { return known_.state_digest(); }
    void write_state(std::string& out) const override { known_.write_state(out); }
    [[nodiscard]] journal_head head() const override { return known_.head; }
    [[nodiscard]] instant last() const override { return known_.last; }
    [[nodiscard]] std::optional<instant> next_due() const override {
        return known_.state->next_instant();
    }
    [[nodiscard]] std::vector<differing_rules> differing() const override {
        return bag_.differing(*known_.state);
    }
    [[nodiscard]] composition const& is() const override { return *known_.of; }

    void each_container(container_visit visit, void* with) override {
        KOC_EXPECTS(!group_);
        known_.state->each_container([&](std::string_view aspect, std::string_view name,
                                         container& held) { visit(with, aspect, name, held); });
    }
    void each_answer(answer_visit visit, void* with) const override {
        known_.answers.for_each(
            [&](std::string const& request, known_answers::answer const& known) {
                visit(with, request, known.command, known.given, known.at);
            });
    }
    void put_answer(std::string const& request, digest const& command, receipt const& given,
        instant at) override {
        known_.answers.put(request, {command, given, at});
    }
    [[nodiscard]] instant known_from() const override { return known_.known_from; }
    void stand_at(journal_head at, instant last, instant known_from, bool sealed) override {
        known_.head = at;
        known_.last = last;
        known_.known_from = known_from;
        known_.sealed = sealed;
        known_.forget_keys();
    }
    void forget() override { known_.forget(); }
    void seal_with(any_sealer sealer) override { known_.sealer = std::move(sealer); }
    [[nodiscard]] any_sealer& sealer() override { return known_.sealer; }
    [[nodiscard]] std::vector<std::uint64_t> keys_to_forget() const override {
        return known_.keys_to_forget();
    }

private:
    friend class retracing<engine_over>;
    /// Ends a group; what was not committed is taken back, also when an exception ends it.
    struct group_end {
        engine_over* of;
        ~group_end() {
            of->group_->take_back(of->known_);
            of->group_.reset();
        }
    };

    [[nodiscard]] result<void> check_time(asked const& with, instant known_last) const {
        auto const first = known_.head.position == 0 && known_last == instant_min;
        return first ? result<void>{}
                     : check_arrival(with, known_last, known_.last, known_.clock());
    }

    result<receipt> handle_on_newest(
        command_type const& type, void const* command, asked const& with) {
        auto const arrived = known_.last;
        auto given = decide(type, command, with, arrived);
        for (int attempt = 0; attempt != conflict_retries && !is_final(given); ++attempt) {
            // Another writer was first, or the answer left no trace and counts on the newest only.
            auto const known = known_.head.position;
            auto const lost = !given && given.error().code == errc::conflict;
            if (auto read = known_.read_on(); !read) {
                given = std::move(read).error();
                break;
            }
            if (!lost && known_.head.position == known) {
                break;
            }
            given = decide(type, command, with, arrived);
        }
        return given;
    }
    result<receipt> handle_in_group(
        command_type const& type, void const* command, asked const& with) {
        undo_log::make_room(group_->commands);
        undo_log::make_room(group_->answers);
        group_scope::kept_command kept{
            &type, {type.copy(command), type.destroy}, with, group_->known_last};
        auto given = decide(type, command, with, group_->known_last);
        auto answer = given;
        group_->commands.push_back(std::move(kept));
        group_->answers.push_back(std::move(answer));
        return given;
    }

    /// Decides a command on the state as it is known; what is due happens first. Refused also with
    /// `conflict`, when another writer was first; then nothing has changed.
    result<receipt> decide(
        command_type const& type, void const* command, asked const& with, instant known_last) {
        digest identity;
        if (!with.request.empty()) {
            identity = hasher{personal::left_out}.add(type.name).add(*type.form, command).finish();
            auto const known = known_.answers.repeated(with.request, identity, known_.known_from);
            if (!known || *known) {
                return known ? result<receipt>{**known} : known.error();
            }
        }
        KOC_TRY(check_time(with, known_last));
        auto const at = (std::max)(with.now, known_.last);
        KOC_TRY(let_pass(at));
        undo_scope scope{known_.state->log};
        batch made{{at, with.now == at ? std::nullopt : std::optional{with.now}, with.by, writer_,
                       {with.request, identity}},
            {}};
        KOC_TRY(fill(type, command, made));
        receipt const given{known_.head.position, made.events.size(), false};
        if (!made.events.empty()) { // otherwise what would have begun is taken back
            KOC_TRY(settle(made));
            scope.keep();
        }
        return given;
    }

    /// The events of a command: those that begin a journal or a new aspect, and its own. None where
    /// it becomes none; what the scope then holds is to be taken back.
    result<void> fill(command_type const& type, void const* command, batch& made) {
        KOC_TRY(begin(made));
        auto const founding = made.events.size();
        command_context in{*known_.state, made.at, made.by, made.events};
        auto done = refusing_misfits([&] { return known_.state->decide(in, type, command); });
        if (made.events.size() == founding) {
            made.events.clear();
        }
        return done;
    }
    result<void> begin(batch& made) {
        if (known_.begun) {
            return {};
        }
        if (known_.head.position == 0) {
            KOC_TRY(bag_.adopt_all(*known_.state, made));
        }
        command_context in{*known_.state, made.at, made.by, made.events, true};
        known_.state->begin(in);
        known_.begun = made.events.empty();
        return {};
    }

    /// Appends a batch that was applied in an open scope, or leaves it to the group.
    result<void> settle(batch& made) {
        auto const count = made.events.size();
        auto const at = made.at;
        if (group_) {
            undo_log::make_room(group_->pending);
            remember(made, known_.head.position);
            known_.head.position += count;
            group_->pending.push_back(std::move(made));
        } else {
            auto appended = known_.append(known_.head, {&made, 1});
            if (!appended) {
                return std::move(appended).error();
            }
            known_.stale = true; // until all of it is known
            remember(made, known_.head.position);
            known_.head = *appended;
            known_.stale = false;
        }
        known_.last = at;
        forget_requests(at);
        return {};
    }
    void remember(batch const& made, std::uint64_t first) {
        if (made.asked.id.empty()) {
            return;
        }
        if (group_) {
            auto const* known = known_.answers.find(made.asked.id);
            group_->asked_before.emplace_back(
                made.asked.id, known == nullptr ? std::nullopt : std::optional{*known});
        }
        known_.answers.put(
            made.asked.id, {made.asked.command, {first, made.events.size(), false}, made.at});
    }
    /// After each batch. A group forgets nothing that it may have to put back.
    void forget_requests(instant at) {
        known_.forget_requests_of(at);
        if (!group_) {
            known_.answers.forget_before(known_.known_from);
        }
    }

    /// Lets everything happen that is due until an instant; recorded whatever becomes of the
    /// command.
    result<void> let_pass(instant until) {
        while (known_.state->next_due(until)) {
            undo_scope scope{known_.state->log};
            std::vector<batch> passed;
            auto last = known_.last;
            KOC_TRY(collect_due(*known_.state, until, writer_, last, passed));
            if (group_) {
                group_->pending.reserve(group_->pending.size() + passed.size()); // all or none
                for (auto& b : passed) {
                    KOC_TRY(settle(b));
                }
            } else {
                auto appended = known_.append(known_.head, passed);
                if (!appended) {
                    return std::move(appended).error();
                }
                known_.head = *appended;
                for (auto const& b : passed) {
                    known_.last = b.at;
                    forget_requests(b.at);
                }
            }
            scope.keep();
        }
        return {};
    }

    known_prefix known_;
    rules_bag bag_;
    writer_id writer_;
    std::optional<group_scope> group_;
};

} // namespace koc::detail
