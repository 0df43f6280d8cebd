// SPDX-License-Identifier: BSL-1.0
#pragma once

// The engine over a journal. What it knows is always a prefix of the journal, but for what an open
// scope tries: a command, a group or a preview. A scope that is not kept is taken back, also when
// an exception ends it.

#include <koc/core/civil.hpp>
#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/text.hpp>
#include <koc/core/try.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/clock_rules.hpp>
#include <koc/engine/composition.hpp>
#include <koc/engine/detail/answers.hpp>
#include <koc/engine/detail/core.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/any_journal.hpp>
#include <koc/journal/chain.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc::detail {

class engine_over final : public engine_base {
public:
    static constexpr std::size_t page_size = 4096;
    static constexpr int conflict_retries = 16;
    /// Events of time that are appended at once.
    static constexpr std::size_t due_events_max = 4096;

    engine_over(composition const& of, any_journal journal, std::vector<rules_value> rules,
        writer_id writer)
        : of_{&of}, journal_{std::move(journal)}, bag_{of.rules}, writer_{writer} {
        for (auto& mine : rules) {
            for (auto& value : bag_) {
                if (value.of == mine.of) {
                    value = std::move(mine);
                    break;
                }
            }
        }
        forget();
    }

    // Commands

    result<receipt> handle(
        command_type const& type, void const* command, asked const& with) override {
        KOC_EXPECTS(core_->accepts(type));
        KOC_TRY(check_message(type.name, *type.form, command, with));
        if (group_) {
            return handle_in_group(type, command, with);
        }
        if (stale_) {
            KOC_TRY(read_on());
        }
        return handle_on_newest(type, command, with);
    }
    result<void> advance(asked const& with) override {
        KOC_EXPECTS(!group_);
        KOC_TRY(check_now(with));
        if (stale_) {
            KOC_TRY(read_on());
        }
        KOC_TRY(check_time(with, last_));
        for (int attempt = 0;; ++attempt) {
            auto passed = let_pass((std::max)(with.now, last_));
            if (attempt == conflict_retries || (!passed && passed.error().code != errc::conflict)) {
                return passed;
            }
            // Another writer may have put something on an agenda.
            auto const known = head_.position;
            KOC_TRY(read_on());
            if (passed && head_.position == known) {
                return {};
            }
        }
    }
    result<void> catch_up(std::uint64_t until) override {
        KOC_EXPECTS(!group_);
        return read_on(until);
    }
    result<void> read(std::uint64_t from, std::size_t limit, std::vector<envelope>& out) override {
        return journal_.read(from, limit, of_->types, out);
    }

    void open_group() override {
        KOC_EXPECTS(!group_);
        if (stale_) {
            // Refused, the group begins on what is known, and the commit finds out.
            static_cast<void>(read_on());
        }
        group_.emplace();
        begin_group();
    }
    result<group_receipt> commit_group() override {
        KOC_EXPECTS(group_.has_value());
        group_end const ending{this};
        for (int attempt = 0;; ++attempt) {
            auto appended = append_group();
            if (appended) {
                group_->scope->keep();
                group_->scope.reset();
                head_ = *appended;
                answers_.forget_before(known_from_);
                return group_receipt{head_, std::move(group_->answers)};
            }
            take_group_back();
            if (appended.error().code != errc::conflict || attempt == conflict_retries) {
                return std::move(appended).error();
            }
            KOC_TRY(read_on());
            begin_group();
            group_->answers.clear();
            for (auto const& c : group_->commands) {
                group_->answers.push_back(decide(*c.type, c.command.get(), c.with, c.known_last));
            }
        }
    }
    void drop_group() override {
        KOC_EXPECTS(group_.has_value());
        group_end const ending{this};
    }

    // Observers

    result<std::vector<event>> preview(
        command_type const& type, void const* command, asked const& with) override {
        KOC_EXPECTS(core_->accepts(type));
        KOC_TRY(check_message(type.name, *type.form, command, with));
        KOC_TRY(check_time(with, last_));
        auto const at = (std::max)(with.now, last_);
        undo_scope const trial{core_->log};
        std::vector<batch> passed;
        for (auto last = last_; core_->next_due(at); passed.clear()) {
            KOC_TRY(collect_due(at, last, passed));
        }
        batch made{{at, {}, with.by, writer_, {}}, {}};
        KOC_TRY(fill(type, command, made));
        return std::move(made.events);
    }
    std::vector<error> failing(
        command_type const& type, void const* command, asked const& with) override {
        return core_->failing(
            world_view{*core_, (std::max)(with.now, last_), with.by}, type, command);
    }
    result<void> ask(
        query_type const& type, void const* query, asked const& with, void* into) override {
        KOC_TRY(check_message(type.name, *type.form, query, with));
        return core_->answer(
            type, query, world_view{*core_, (std::max)(with.now, last_), with.by}, into);
    }
    [[nodiscard]] container const* container_of(type_key record) const override {
        return core_->container_of(record);
    }
    [[nodiscard]] digest state_digest() const override {
        hasher into{personal::left_out};
        into.add(head_.position);
        core_->digest_into(into);
        return into.finish();
    }
    void write_state(std::string& out) const override {
        core_->each_container(
            [&](std::string_view aspect, std::string_view name, container const& held) {
                out += aspect;
                out += '.';
                out += name;
                out += ' ';
                held.write_into(out);
                out += '\n';
            });
    }
    [[nodiscard]] journal_head head() const override { return head_; }
    [[nodiscard]] instant last() const override { return last_; }
    [[nodiscard]] std::optional<instant> next_due() const override { return core_->next_instant(); }
    [[nodiscard]] std::vector<differing_rules> differing() const override {
        std::vector<differing_rules> names;
        for (auto const& value : bag_) {
            if (!matches(value)) {
                names.push_back({std::string{value.name}, is_adopted(value)});
            }
        }
        return names;
    }
    [[nodiscard]] composition const& is() const override { return *of_; }

    void each_container(container_visit visit, void* with) override {
        KOC_EXPECTS(!group_);
        core_->each_container([&](std::string_view aspect, std::string_view name, container& held) {
            visit(with, aspect, name, held);
        });
    }
    void each_answer(answer_visit visit, void* with) const override {
        answers_.for_each([&](std::string const& request, known_answers::answer const& known) {
            visit(with, request, known.command, known.given, known.at);
        });
    }
    void put_answer(std::string const& request, digest const& command, receipt const& given,
        instant at) override {
        answers_.put(request, {command, given, at});
    }
    [[nodiscard]] instant known_from() const override { return known_from_; }
    void stand_at(journal_head at, instant last, instant known_from) override {
        head_ = at;
        last_ = last;
        known_from_ = known_from;
    }
    void forget() override {
        core_ = std::make_unique<core>(*of_);
        clock_ = core_->container_of(key_of<clock_rules>);
        head_ = {};
        last_ = instant_min;
        answers_.clear();
        known_from_ = instant_min;
        begun_ = false;
        stale_ = true;
    }

private:
    struct kept_command {
        command_type const* type;
        std::unique_ptr<void, void (*)(void*)> command;
        asked with;
        instant known_last;
    };
    struct open_scope {
        std::optional<undo_scope> scope;
        journal_head before;
        instant last_before;
        instant known_last; ///< the last event when the group was opened
        instant known_from_before;
        std::vector<batch> pending;
        std::vector<kept_command> commands;
        std::vector<result<receipt>> answers;
        /// The requests that were answered, and what was known of them before.
        std::vector<std::pair<std::string, std::optional<known_answers::answer>>> asked;
    };
    /// Ends a group; what was not committed is taken back, also when an exception ends it.
    struct group_end {
        engine_over* of;
        ~group_end() {
            of->take_group_back();
            of->group_.reset();
        }
    };

    /// Whether an answer counts whatever else the journal holds.
    static bool is_final(result<receipt> const& given) {
        return given ? given->count != 0 || given->repeated
                     : given.error().code == errc::outcome_unknown;
    }
    /// Whether an instant is within the calendar.
    static result<void> check_now(asked const& with) {
        if (instant_min <= with.now && with.now <= instant_max) {
            return {};
        }
        auto refused = check_form(shape_of<instant>, &with.now);
        refused->subject = "now";
        return *std::move(refused);
    }
    [[nodiscard]] clock_rules const& clock() const {
        static constexpr clock_rules usual{};
        auto const* held = static_cast<clock_rules const*>(clock_->find_raw(0));
        return held != nullptr ? *held : usual;
    }
    [[nodiscard]] void const* adopted_value(rules_value const& of) const {
        return core_->record_at(of.of, 0);
    }
    [[nodiscard]] bool is_adopted(rules_value const& value) const {
        return adopted_value(value) != nullptr;
    }
    [[nodiscard]] bool matches(rules_value const& value) const {
        auto const* held = adopted_value(value);
        if (held == nullptr) {
            return false;
        }
        // adopted<Rules> has one member, the rules.
        return hasher{}.add(*value.form, held).finish() ==
            hasher{}.add(*value.form, value.adoption.raw()).finish();
    }

    result<void> check_message(
        std::string_view name, shape const& form, void const* message, asked const& with) const {
        if (auto refused = form.plain ? std::nullopt : check_form(form, message)) {
            refused->subject.insert(0, name);
            return *std::move(refused);
        }
        KOC_TRY(check_now(with));
        if (!with.request.empty()) {
            if (auto refused = check_name("request id", with.request)) {
                return *std::move(refused);
            }
        }
        return {};
    }
    /// Whether an instant may be taken, measured against the last event that was known when the
    /// command arrived.
    [[nodiscard]] result<void> check_time(asked const& with, instant known_last) const {
        if (head_.position == 0 && known_last == instant_min) {
            return {};
        }
        if (with.now + clock().behind_max < known_last) {
            return error{errc::time_ran_backwards, to_iso8601(with.now),
                "expected an instant not long before the last event, " + to_iso8601(known_last) +
                    "; set the clock, or adopt clock_rules with a larger behind_max"};
        }
        if (!with.far_ahead && with.now > last_ + clock().ahead_max) {
            return error{errc::invalid_argument, to_iso8601(with.now),
                "expected an instant not so far ahead of the last event, " + to_iso8601(last_) +
                    "; set the clock, or set asked::far_ahead where it is meant"};
        }
        return {};
    }

    result<receipt> handle_on_newest(
        command_type const& type, void const* command, asked const& with) {
        auto const arrived = last_;
        auto given = decide(type, command, with, arrived);
        for (int attempt = 0; attempt != conflict_retries && !is_final(given); ++attempt) {
            // Another writer was first, or the answer left no trace: it counts only if the journal
            // holds nothing newer.
            auto const known = head_.position;
            auto const lost = !given && given.error().code == errc::conflict;
            if (auto read = read_on(); !read) {
                given = std::move(read).error();
                break;
            }
            if (!lost && head_.position == known) {
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
        kept_command kept{&type, {type.copy(command), type.destroy}, with, group_->known_last};
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
            if (auto const* known = answers_.find(with.request);
                known != nullptr && known->at >= known_from_) {
                if (known->command != identity) {
                    return error{errc::request_reused, "request " + with.request,
                        "expected a new request id, or the command it was first used for"};
                }
                auto given = known->given;
                given.repeated = true;
                return given;
            }
        }
        KOC_TRY(check_time(with, known_last));
        auto const at = (std::max)(with.now, last_);
        KOC_TRY(let_pass(at));
        undo_scope scope{core_->log};
        batch made{{at, with.now == at ? std::nullopt : std::optional{with.now}, with.by, writer_,
                       {with.request, identity}},
            {}};
        KOC_TRY(fill(type, command, made));
        receipt const given{head_.position, made.events.size(), false};
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
        command_context in{*core_, made.at, made.by, made.events};
        auto done = core_->decide(in, type, command);
        if (made.events.size() == founding) {
            made.events.clear();
        }
        return done;
    }
    result<void> begin(batch& made) {
        if (begun_) {
            return {};
        }
        if (head_.position == 0) {
            for (auto const& value : bag_) {
                KOC_TRY(value.check(value.adoption.raw()));
                made.events.push_back(value.adoption);
                core_->apply(value.adoption, made.at, made.by);
            }
        }
        command_context in{*core_, made.at, made.by, made.events, true};
        core_->begin(in);
        begun_ = made.events.empty();
        return {};
    }

    /// Appends a batch that was applied in an open scope, or leaves it to the group.
    result<void> settle(batch& made) {
        auto const count = made.events.size();
        auto const at = made.at;
        if (group_) {
            undo_log::make_room(group_->pending);
            remember(made, head_.position);
            head_.position += count;
            group_->pending.push_back(std::move(made));
        } else {
            auto appended = append(head_, {&made, 1});
            if (!appended) {
                return std::move(appended).error();
            }
            stale_ = true; // until all of it is known
            remember(made, head_.position);
            head_ = *appended;
            stale_ = false;
        }
        last_ = at;
        forget_requests(at);
        return {};
    }
    void remember(batch const& made, std::uint64_t first) {
        if (made.asked.id.empty()) {
            return;
        }
        if (group_) {
            auto const* known = answers_.find(made.asked.id);
            group_->asked.emplace_back(
                made.asked.id, known == nullptr ? std::nullopt : std::optional{*known});
        }
        answers_.put(
            made.asked.id, {made.asked.command, {first, made.events.size(), false}, made.at});
    }
    /// After each batch, so that which requests are known is a function of the journal.
    void forget_requests(instant at) {
        known_from_ = (std::max)(known_from_, at - clock().requests_kept);
        if (!group_) {
            answers_.forget_before(known_from_);
        }
    }

    /// Lets everything happen that is due until an instant; recorded whatever becomes of the
    /// command.
    result<void> let_pass(instant until) {
        while (core_->next_due(until)) {
            undo_scope scope{core_->log};
            std::vector<batch> passed;
            auto last = last_;
            KOC_TRY(collect_due(until, last, passed));
            if (group_) {
                for (auto& b : passed) {
                    KOC_TRY(settle(b));
                }
            } else {
                auto appended = append(head_, passed);
                if (!appended) {
                    return std::move(appended).error();
                }
                head_ = *appended;
                for (auto const& b : passed) {
                    last_ = b.at;
                    forget_requests(b.at);
                }
            }
            scope.keep();
        }
        return {};
    }
    /// Applies what is due, up to a number of events. `last` is the instant of the last event.
    /// Refused where the first entry cannot happen; a later one is left for the next call.
    result<void> collect_due(instant until, instant& last, std::vector<batch>& passed) {
        for (std::size_t count = 0; count < due_events_max;) {
            auto const due = core_->next_due(until);
            if (!due) {
                break;
            }
            batch made{
                {(std::max)(last, due->item.at), {}, {actor_kind::time, 0}, writer_, {}}, {}};
            command_context in{*core_, made.at, made.by, made.events, true};
            if (auto happened = core_->let_happen(in, *due); !happened) {
                return passed.empty() ? happened : result<void>{};
            }
            last = made.at;
            count += made.events.size();
            passed.push_back(std::move(made));
        }
        return {};
    }

    result<journal_head> append_group() {
        if (!group_->pending.empty()) {
            return append(group_->before, group_->pending);
        }
        // Nothing to record: the answers count only if the journal holds nothing newer.
        auto newest = journal_.head();
        if (newest && *newest != group_->before) {
            return error{errc::conflict, "journal", "expected to be the only writer; try again"};
        }
        return newest;
    }

    /// An unknown outcome is settled by looking for the chain it would have left, and by the same
    /// append again where it is not there yet; only when neither is answered does the outcome stay
    /// unknown. The first append may land late, so a conflict of a later one is looked into too: it
    /// may be with ourselves.
    result<journal_head> append(journal_head at, std::span<batch const> batches) {
        stale_ = true; // also when the journal throws
        auto appended = journal_.append(at, batches);
        if (appended || appended.error().code != errc::outcome_unknown) {
            stale_ = false;
            return appended;
        }
        auto const hoped = head_after(at, batches);
        bool moved = false;
        for (int attempt = 0; attempt < conflict_retries; ++attempt) {
            std::vector<envelope> last;
            if (!journal_.read(hoped.position - 1, 1, of_->types, last)) {
                break;
            }
            if (!last.empty() && last.front().chain == hoped.chain) {
                stale_ = false;
                return hoped;
            }
            if (!last.empty() || moved) {
                return error{
                    errc::conflict, "journal", "expected to be the only writer; try again"};
            }
            auto again = journal_.append(at, batches);
            if (again) {
                stale_ = false;
                return again;
            }
            moved = again.error().code == errc::conflict;
            if (!moved && again.error().code != errc::outcome_unknown) {
                break;
            }
        }
        return appended;
    }

    result<void> read_on(std::uint64_t until = ~std::uint64_t{0}) {
        stale_ = true;
        auto const from = head_.position;
        std::vector<envelope> page;
        do {
            page.clear();
            auto const wanted = until > head_.position ? until - head_.position : 0;
            auto read = journal_.read(head_.position,
                static_cast<std::size_t>((std::min)(wanted, std::uint64_t{page_size})), of_->types,
                page);
            for (auto const& e : page) {
                if (e.first == e.position && head_.position != 0) {
                    forget_requests(last_); // the batch before is complete
                }
                fold(e);
                last_ = e.at;
                head_ = {e.position + 1, e.chain};
                if (!e.asked.id.empty()) {
                    answers_.put(e.asked.id,
                        {e.asked.command, {e.first, head_.position - e.first, false}, e.at});
                }
            }
            if (!read) {
                return read;
            }
        } while (!page.empty());
        if (head_.position != from) {
            forget_requests(last_);
        }
        stale_ = until != ~std::uint64_t{0};
        return {};
    }

    /// An event that cannot be applied for want of memory leaves a state of nothing: the next
    /// command reads all again.
    void fold(envelope const& e) {
        try {
            for (auto const& happened : e.events) {
                core_->apply(happened, e.at, e.by);
            }
        } catch (...) {
            forget();
            throw;
        }
    }

    void begin_group() {
        group_->scope.emplace(core_->log);
        group_->before = head_;
        group_->last_before = last_;
        group_->known_last = last_;
        group_->known_from_before = known_from_;
        group_->pending.clear();
    }
    /// Nothing where it is kept or taken back already.
    void take_group_back() noexcept {
        if (!group_->scope) {
            return;
        }
        group_->scope->take_back();
        group_->scope.reset();
        head_ = group_->before;
        last_ = group_->last_before;
        known_from_ = group_->known_from_before;
        begun_ = false;
        for (; !group_->asked.empty(); group_->asked.pop_back()) {
            auto& [request, before] = group_->asked.back();
            answers_.put_back(request, std::move(before));
        }
        group_->pending.clear();
    }

    composition const* of_;
    any_journal journal_;
    std::vector<rules_value> bag_;
    writer_id writer_;
    std::unique_ptr<core> core_;
    container const* clock_; ///< where core_ keeps clock_rules
    journal_head head_;
    instant last_;
    known_answers answers_;
    instant known_from_; ///< requests from before it are forgotten
    bool begun_ = false; ///< no aspect lacks anything to begin
    bool stale_ = true;
    std::optional<open_scope> group_;
};

} // namespace koc::detail
