// SPDX-License-Identifier: BSL-1.0
#pragma once

// The engine as a host sees it: messages in, receipts, records and answers out. It names no aspect
// and is no template, so a unit that uses it compiles quickly; the one unit that includes
// instantiate.hpp brings the programme in.

#include <koc/core/contract.hpp>
#include <koc/core/instant.hpp>
#include <koc/core/result.hpp>
#include <koc/core/type_key.hpp>
#include <koc/describe/digest.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/engine_base.hpp>
#include <koc/engine/message.hpp>
#include <koc/engine/rules.hpp>
#include <koc/engine/world.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/envelope.hpp>
#include <koc/journal/event.hpp>
#include <koc/journal/sealer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace koc {

namespace standard {
struct programme;
}

namespace detail {

/// An engine over a journal. Defined where a programme is instantiated.
using engine_maker = std::unique_ptr<engine_base> (*)(
    composition const& of, any_journal journal, std::vector<rules_value> rules, writer_id writer);

} // namespace detail

/// The parts that instantiating a programme brings in.
struct programme_parts {
    composition const* of;
    detail::engine_maker make;
};
/// Defined by koc/engine/instantiate.hpp, which exactly one unit of a host includes; where none
/// does, this is the symbol that the linker misses.
template <typename Programme>
programme_parts include_instantiate_hpp();
extern template programme_parts include_instantiate_hpp<standard::programme>();

namespace detail {
struct snapshot_access;
struct fork_access;
} // namespace detail

/// A programme over a journal; one owner, no locks. Const member functions may run side by side.
class engine {
public:
    /// The standard programme, with the rules that it brings for an empty journal.
    explicit engine(any_journal journal, writer_id writer = writer_id{1})
        : engine(include_instantiate_hpp<standard::programme>(), std::move(journal), {}, writer) {}
    /// A programme of the host's own: `engine::of<my_programme>(journal)`.
    template <typename Programme>
    [[nodiscard]] static engine of(any_journal journal, writer_id writer = writer_id{1}) {
        return engine{include_instantiate_hpp<Programme>(), std::move(journal), {}, writer};
    }
    /// The same with other values of rules for an empty journal: a described struct of rules.
    template <typename Programme, described_struct Rules>
    [[nodiscard]] static engine of(
        any_journal journal, Rules const& rules, writer_id writer = writer_id{1}) {
        std::vector<rules_value> values;
        for_each_member(rules, [&](std::string_view, auto const& member) {
            values.push_back(detail::value_of_rules(member));
        });
        return engine{
            include_instantiate_hpp<Programme>(), std::move(journal), std::move(values), writer};
    }

    /// Has personal texts sealed before they are recorded or put into a snapshot, and opened when
    /// they are read. Called first of all. What was recorded before stays readable. An engine that
    /// lacks the sealer of its journal reads empty texts, and refuses to record any
    /// (`wrong_state`).
    void seal_with(any_sealer sealer) {
        KOC_EXPECTS(head() == journal_head{});
        base_->seal_with(std::move(sealer));
    }

    // Commands

    /// Decides a command, records its events as one batch and applies them. What became due before
    /// it happens first, in batches of its own.
    ///
    /// With a request id, repeating the command returns the first answer and changes nothing,
    /// whichever engine gave it. A refusal, or that there was nothing to do, leaves no trace, and a
    /// repetition is decided anew.
    ///
    /// Refused, on the newest state of the journal: by guards, vetoes and the aspect; malformed
    /// values (`invalid_text`, `invalid_argument`, `too_large`); an instant too far before or ahead
    /// of the last event (`time_ran_backwards`, `invalid_argument`, see clock_rules); a request id
    /// that was used for another command (`request_reused`); and by the journal (`unavailable`,
    /// `corrupt`, `schema_changed`, `conflict` after many lost races, `outcome_unknown`).
    template <typename Command>
    result<receipt> handle(Command const& command, asked const& with) {
        return base_->handle(command_type_of<Command>, &command, with);
    }
    /// The same for a command without its type, such as one that was read from JSON; refused with
    /// `unknown_id` where the programme accepts no such command.
    result<receipt> handle(message const& command, asked const& with) {
        return handle_message(*base_, command, with);
    }
    /// Lets everything happen that is due until `with.now`.
    [[nodiscard]] result<void> advance(asked const& with) { return base_->advance(with); }
    /// Reads and applies what other writers have appended. Refused: as `read` of the journal.
    [[nodiscard]] result<void> catch_up() { return base_->catch_up(~std::uint64_t{0}); }
    /// The same up to a position, so that an engine over a journal shows the state of an earlier
    /// day. It must not take commands then, as they are decided on the newest state.
    [[nodiscard]] result<void> catch_up_to(std::uint64_t position) {
        return base_->catch_up(position);
    }
    /// Recorded events from a position on; see `read` of a journal.
    [[nodiscard]] result<std::vector<envelope>> read(std::uint64_t from, std::size_t limit) {
        std::vector<envelope> out;
        if (auto done = base_->read(from, limit, out); !done) {
            return std::move(done).error();
        }
        return out;
    }

    // Observers

    /// The events that a command would become now, without those of time; nothing is recorded. It
    /// is decided on what is known: `catch_up` first where that may be old. Not to run beside other
    /// calls, as it tries the command.
    template <typename Command>
    [[nodiscard]] result<std::vector<event>> preview(Command const& command, asked const& with) {
        return base_->preview(command_type_of<Command>, &command, with);
    }
    /// All guards of a command that fail now: what is missing.
    template <typename Command>
    [[nodiscard]] std::vector<error> failing(Command const& command, asked const& with) {
        return base_->failing(command_type_of<Command>, &command, with);
    }
    /// The answer to a query.
    template <typename Query>
    [[nodiscard]] result<typename Query::answer> ask(Query const& query, asked const& with) const {
        typename Query::answer answer{};
        if (auto done = base_->ask(query_type_of<Query>, &query, with, &answer); !done) {
            return std::move(done).error();
        }
        return answer;
    }
    /// The answer to a query without its type, as canonical text.
    [[nodiscard]] result<std::string> ask_text(message const& query, asked const& with) const {
        for (auto const& part : is().parts) {
            for (auto const& answered : part.queries) {
                if (answered.type->of == query.type().of) {
                    return text_of_answer(*answered.type, query.raw(), with);
                }
            }
        }
        return error{errc::unknown_id, std::string{query.type().name},
            "expected a query that this programme answers; correct its name"};
    }
    /// The record of an id, or null. O(1).
    template <named_id Id>
    [[nodiscard]] typename Id::kind::record const* find(Id id) const {
        return find_record<typename Id::kind::record>(id.value());
    }
    /// The record of another kind under an id, or null.
    template <typename Record>
    [[nodiscard]] Record const* find_record(std::uint64_t id) const {
        auto const* held = base_->container_of(key_of<Record>);
        return held == nullptr ? nullptr : static_cast<Record const*>(held->find_raw(id));
    }
    /// Calls `visit(record)` for each record of a kind that is not set aside, in order of arrival.
    template <typename Record, typename Visit>
    void each(Visit&& visit) const {
        if (auto const* held = base_->container_of(key_of<Record>)) {
            for (std::size_t row = 0, end = held->row_count(); row < end; ++row) {
                auto const* record = static_cast<Record const*>(held->row_raw(row));
                if (record != nullptr && !held->is_aside(record->id.value())) {
                    visit(*record);
                }
            }
        }
    }
    /// The vocabulary, where the programme keeps one: `tags().find("region", "harbin")`.
    [[nodiscard]] taxonomy const& tags() const {
        auto const* held = base_->container_of(key_of<taxonomy>);
        KOC_EXPECTS(held != nullptr);
        return *static_cast<taxonomy const*>(held->find_raw(0));
    }
    /// Rules as they were adopted, or null where they never were.
    template <typename Rules>
    [[nodiscard]] Rules const* rules() const {
        return find_record<Rules>(0);
    }
    /// What a container of this type of records holds under id 0, or null: a single value.
    [[nodiscard]] void const* record_of(type_key type) const {
        auto const* held = base_->container_of(type);
        return held == nullptr ? nullptr : held->find_raw(0);
    }
    /// Rules of the bag that the journal has not adopted, or has with other values.
    [[nodiscard]] std::vector<differing_rules> differing() const { return base_->differing(); }

    /// Up to where the journal is known.
    [[nodiscard]] journal_head head() const { return base_->head(); }
    /// The instant of the last event.
    [[nodiscard]] instant last() const { return base_->last(); }
    /// When something is due next, if ever.
    [[nodiscard]] std::optional<instant> next_due() const { return base_->next_due(); }
    /// A digest of everything that decides anything: the same for the same journal, always.
    /// O(state).
    [[nodiscard]] digest state_digest() const { return base_->state_digest(); }
    /// The whole state as canonical text, one line a container: for looking at and comparing.
    /// O(state).
    [[nodiscard]] std::string state_text() const {
        std::string out;
        base_->write_state(out);
        return out;
    }
    /// People whose erasure is recorded (see `erases` of koc::aspect) and whose key the sealer
    /// could not forget yet; the engine tries again after each reading and append.
    [[nodiscard]] std::vector<std::uint64_t> keys_to_forget() const {
        return base_->keys_to_forget();
    }
    /// What the programme is made of.
    [[nodiscard]] composition const& is() const { return base_->is(); }
    /// The types of all commands, and of all queries: for reading them from JSON
    /// (koc/json/messages.hpp).
    [[nodiscard]] std::vector<message_type const*> command_types() const {
        std::vector<message_type const*> types;
        for (auto const& part : is().parts) {
            for (auto const& accepted : part.commands) {
                types.push_back(accepted.type);
            }
        }
        return types;
    }
    [[nodiscard]] std::vector<message_type const*> query_types() const {
        std::vector<message_type const*> types;
        for (auto const& part : is().parts) {
            for (auto const& answered : part.queries) {
                types.push_back(answered.type);
            }
        }
        return types;
    }

    /// Many commands in one durable append: each is decided on the state its predecessors left, and
    /// all of them are recorded by `commit`, or none. Where another writer was first, the commands
    /// are decided again. Destroying a group that was not committed takes its commands back. While
    /// a group is open, the engine takes commands only through it; what it shows is the state so
    /// far, which is not durable yet.
    class group {
    public:
        explicit group(engine& owner) : owner_{owner.base_.get()} { owner_->open_group(); }
        group(group const&) = delete;
        group& operator=(group const&) = delete;
        ~group() {
            if (owner_ != nullptr) {
                owner_->drop_group();
            }
        }
        /// As `engine::handle`; the receipt is final at the commit.
        template <typename Command>
        result<receipt> handle(Command const& command, asked const& with) {
            KOC_EXPECTS(owner_ != nullptr);
            return owner_->handle(command_type_of<Command>, &command, with);
        }
        result<receipt> handle(message const& command, asked const& with) {
            KOC_EXPECTS(owner_ != nullptr);
            return handle_message(*owner_, command, with);
        }
        /// Records everything durably and ends the group. Refused: as `append` of the journal; then
        /// nothing of the group has happened, or, after `outcome_unknown`, nothing or all.
        [[nodiscard]] result<group_receipt> commit() {
            KOC_EXPECTS(owner_ != nullptr);
            return std::exchange(owner_, nullptr)->commit_group();
        }

    private:
        detail::engine_base* owner_;
    };
    [[nodiscard]] group open_group() { return group{*this}; }

private:
    friend struct detail::snapshot_access;
    friend struct detail::fork_access;

    static result<receipt> handle_message(
        detail::engine_base& base, message const& command, asked const& with) {
        for (auto const& part : base.is().parts) {
            for (auto const& accepted : part.commands) {
                if (accepted.type->of == command.type().of) {
                    return base.handle(*accepted.type, command.raw(), with);
                }
            }
        }
        return error{errc::unknown_id, std::string{command.type().name},
            "expected a command that this programme accepts; correct its name"};
    }
    [[nodiscard]] result<std::string> text_of_answer(
        query_type const& type, void const* query, asked const& with) const {
        struct call {
            engine const* self;
            query_type const* type;
            void const* query;
            asked const* with;
            result<std::string> text;
        } asking{this, &type, query, &with, std::string{}};
        type.with_answer(
            [](void* with_call, void* answer) {
                auto& c = *static_cast<call*>(with_call);
                if (auto done = c.self->base_->ask(*c.type, c.query, *c.with, answer); !done) {
                    c.text = std::move(done).error();
                } else {
                    append_canonical(*c.text, *c.type->answer_form, answer);
                }
            },
            &asking);
        return std::move(asking.text);
    }

    engine(programme_parts parts, any_journal journal, std::vector<rules_value> rules,
        writer_id writer)
        : base_{parts.make(*parts.of, std::move(journal), std::move(rules), writer)} {}

    explicit engine(std::unique_ptr<detail::engine_base> base) : base_{std::move(base)} {}

    std::unique_ptr<detail::engine_base> base_;
};

} // namespace koc
