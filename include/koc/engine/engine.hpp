// SPDX-License-Identifier: BSL-1.0
#pragma once

// The engine composes the aspects of a programme over a journal. A command goes one way: decide (an
// aspect turns it into events, or refuses), react (others add theirs), append (all of them,
// durably, as one batch), apply (every aspect folds them into its state). Until the append nothing
// has changed; after it nothing can fail. What the engine knows is always a prefix of the journal.

#include <koc/core/arrival_map.hpp>
#include <koc/core/contract.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/describe/digest.hpp>
#include <koc/describe/validate.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/engine/detail/composition.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace koc {

/// The answer to an accepted command: which events it became.
struct receipt {
    std::uint64_t first = 0; ///< the position of its first event
    std::uint64_t count = 0; ///< 0 when there was nothing to do
    bool repeated = false;   ///< the request had been answered before; this is the first answer

    friend bool operator==(receipt const&, receipt const&) = default;
};

/// A programme over a journal; one owner, no locks.
///
/// `Programme` is a policy bag with `template <typename P> using aspects = aspect_list<...>`. Each
/// aspect is made from the bag where it can be, and from nothing otherwise. `Journal` models
/// `journal_for` the programme's events.
template <typename Programme, typename Journal>
class basic_engine {
    using state = detail::composition<Programme>;
    using question = typename state::question;

public:
    using event = event_of<Programme>;
    using world_type = world<Programme>;

    static_assert(journal_for<Journal, event>,
        "koc: Journal must model koc::journal_for<Programme's events>; see docs/journal.md");

    /// Takes the journal; reads it at the first command or `catch_up`, whichever comes first.
    explicit basic_engine(Journal journal, Programme programme = {})
        : journal_{std::move(journal)}, programme_{std::move(programme)} {
        forget();
    }

    // Observers

    /// The state of one aspect, such as `get<roster>()`.
    template <typename A>
    [[nodiscard]] A const& get() const {
        return look().template get<A>();
    }
    template <template <typename...> typename A>
    [[nodiscard]] auto const& get() const {
        return look().template get<A>();
    }
    [[nodiscard]] world_type look() const { return state_->look(); }
    [[nodiscard]] Programme const& programme() const { return programme_; }

    /// Up to where the journal is known.
    [[nodiscard]] journal_head const& head() const { return head_; }
    /// The instant of the last event; no command may be earlier.
    [[nodiscard]] instant last() const { return last_; }

    /// A digest of everything that decides anything: the same for the same journal, always.
    /// O(state).
    [[nodiscard]] digest state_digest() const {
        hasher into{personal::left_out};
        into.add(head_.position);
        state_->digest_into(into);
        return into.finish();
    }

    /// The events a command would become now, without recording anything. It is decided on what is
    /// known: `catch_up` first where that may be old.
    template <typename Command>
    [[nodiscard]] result<std::vector<event>> preview(Command const& command, instant now) const {
        auto const asked = state::question_of(command);
        if (auto refused = check_door(asked, now, {})) {
            return *std::move(refused);
        }
        return decide(asked, now);
    }

    // Commands

    /// Decides a command, records its events as one batch and applies them.
    ///
    /// With a request id, repeating the command returns the first answer and changes nothing,
    /// whichever engine gave it. Answers are what was recorded: a refusal, or that there was
    /// nothing to do, leaves no trace, and a repetition is decided anew.
    ///
    /// Refused, on the newest state of the journal: by the aspect; malformed values
    /// (`invalid_text`, `invalid_argument`, `too_large`); `now` before `last()`
    /// (`time_ran_backwards`); a request id that was used for another command (`request_reused`);
    /// and by the journal (`unavailable`, `corrupt`, `conflict` after many lost races,
    /// `outcome_unknown`).
    template <typename Command>
    result<receipt> handle(
        Command const& command, instant now, std::string const& request_id = {}) {
        return answer(state::question_of(command), now, request_id);
    }

    /// Reads and applies what other writers have appended. Refused: as `read` of the journal; what
    /// was good up to there has been applied.
    result<void> catch_up() {
        KOC_EXPECTS(!in_group_);
        return read_on();
    }

    /// Many commands in one durable append: each is decided on the state its predecessors left, and
    /// all of them are recorded by `commit`, or none. Destroying a group that was not committed
    /// takes its commands back, by reading the journal again from its beginning. While a group is
    /// open, the engine stays where it is and takes commands only through it; what it shows is the
    /// state so far, which is not durable yet.
    class group {
    public:
        explicit group(basic_engine& owner) : owner_{&owner} {
            KOC_EXPECTS(!owner.in_group_);
            owner.in_group_ = true;
        }
        group(group const&) = delete;
        group& operator=(group const&) = delete;
        ~group() {
            if (!pending_.empty()) {
                owner_->forget();
                static_cast<void>(owner_->read_on()); // if it fails, the next command tries again
            }
            owner_->in_group_ = false;
        }

        /// As `basic_engine::handle`, but nothing is durable before `commit`.
        template <typename Command>
        result<receipt> handle(
            Command const& command, instant now, std::string const& request_id = {}) {
            return answer(state::question_of(command), now, request_id);
        }

        /// The number of commands that wait for the commit.
        [[nodiscard]] std::size_t size() const { return pending_.size(); }

        /// Records everything durably. Refused: `conflict` when another writer was first, and as
        /// `append` of the journal; then nothing of the group has happened, or, after
        /// `outcome_unknown`, nothing or all. Afterwards the group is empty and may be used again.
        result<journal_head> commit() {
            if (pending_.empty()) {
                return owner_->head_;
            }
            owner_->head_ = before_;
            auto appended = owner_->append(pending_);
            pending_.clear();
            if (appended) {
                owner_->head_ = *appended;
            } else {
                owner_->forget();
                static_cast<void>(owner_->read_on()); // if it fails, the next command tries again
            }
            return appended;
        }

    private:
        result<receipt> answer(question const& asked, instant now, std::string const& request_id) {
            if (auto refused = check_door(asked, now, request_id)) {
                return *std::move(refused);
            }
            auto made = pending_.empty() ? owner_->prepare_on_newest(asked, now, request_id)
                                         : owner_->prepare(asked, now, request_id);
            if (!made) {
                return std::move(made).error();
            }
            if (made->given) {
                return *made->given;
            }
            if (pending_.empty()) {
                before_ = owner_->head_;
            }
            auto& added = pending_.emplace_back(std::move(made->pending));
            auto const given = owner_->remember(added);
            owner_->fold(added);
            owner_->head_.position += added.events.size();
            return given;
        }

        basic_engine* owner_;
        journal_head before_;
        std::vector<batch<event>> pending_;
    };

    /// Opens a group; see `group`.
    [[nodiscard]] group open_group() { return group{*this}; }

private:
    static constexpr std::size_t page_size = 4096;
    static constexpr int conflict_retries = 16;

    struct known_answer {
        digest command;
        receipt given;
    };

    /// The batch to record, or an answer that needs none: given before, or nothing to do.
    struct prepared {
        std::optional<receipt> given;
        batch<event> pending;
    };

    /// Back to before the first event; the next command reads the journal again.
    void forget() {
        state_.emplace(programme_);
        head_ = {};
        last_ = instant_min;
        answers_.clear();
        stale_ = true;
    }

    result<void> read_on() {
        stale_ = true;
        std::vector<envelope<event>> page;
        do {
            page.clear();
            auto read = journal_.read(head_.position, page_size, page);
            for (auto const& e : page) {
                if (!e.asked.id.empty()) {
                    auto const [it, fresh] = answers_.try_emplace(
                        e.asked.id, known_answer{e.asked.command, {e.batch, 0, false}});
                    ++it->second.given.count;
                }
                state_->apply(e.event, e.at);
                last_ = e.at;
                head_ = {e.position + 1, e.chain};
            }
            if (!read) {
                return read;
            }
        } while (!page.empty());
        stale_ = false;
        return {};
    }

    /// As `handle`.
    result<receipt> answer(question const& asked, instant now, std::string const& request_id) {
        KOC_EXPECTS(!in_group_);
        if (auto refused = check_door(asked, now, request_id)) {
            return *std::move(refused);
        }
        for (int attempt = 0;; ++attempt) {
            auto made = prepare_on_newest(asked, now, request_id);
            if (!made) {
                return std::move(made).error();
            }
            if (made->given) {
                return *made->given;
            }
            auto const appended = append({&made->pending, 1});
            if (appended) {
                auto const given = remember(made->pending);
                fold(made->pending);
                head_ = *appended;
                return given;
            }
            if (appended.error().code != errc::conflict || attempt == conflict_retries) {
                return appended.error();
            }
            // Another writer was first: decide again on what is new.
            if (auto read = read_on(); !read) {
                return std::move(read).error();
            }
        }
    }

    /// As `prepare`, on a state that is new enough for the answer. A batch is compared with the
    /// journal by its append; a refusal, or that there is nothing to do, counts only when the
    /// journal holds nothing newer.
    result<prepared> prepare_on_newest(
        question const& asked, instant now, std::string const& request_id) {
        if (stale_) {
            if (auto read = read_on(); !read) {
                return std::move(read).error();
            }
        }
        for (int attempt = 0;; ++attempt) {
            auto made = prepare(asked, now, request_id);
            auto const settled = made && (!made->given || made->given->repeated);
            if (settled || attempt == conflict_retries) {
                return made;
            }
            auto const known = head_.position;
            if (auto read = read_on(); !read) {
                return std::move(read).error();
            }
            if (head_.position == known) {
                return made;
            }
        }
    }

    /// For a command that has passed the door, on the state as it is known.
    result<prepared> prepare(
        question const& asked, instant now, std::string const& request_id) const {
        prepared made;
        made.pending.at = now;
        if (!request_id.empty()) {
            made.pending.asked = {request_id, asked.identity(asked.command)};
            if (auto const known = answers_.find(request_id); known != answers_.end()) {
                if (known->second.command != made.pending.asked.command) {
                    return error{errc::request_reused,
                        "request " + escaped(request_id, 2 * name_length_max),
                        "expected a new request id, or the command it was first used for"};
                }
                made.given = known->second.given;
                made.given->repeated = true;
                return made;
            }
        }
        auto decided = decide(asked, now);
        if (!decided) {
            return std::move(decided).error();
        }
        if (decided->empty()) {
            made.given = receipt{head_.position, 0, false};
        }
        made.pending.events = *std::move(decided);
        return made;
    }

    /// What can be said of a command without knowing any state.
    static std::optional<error> check_door(
        question const& asked, instant now, std::string const& request_id) {
        if (auto refused = asked.check(asked.command)) {
            return refused;
        }
        if (auto refused = check_form(now)) {
            refused->subject = "now";
            return refused;
        }
        return request_id.empty() ? std::nullopt : check_name("request id", request_id);
    }

    /// The events of a command that has passed the door.
    result<std::vector<event>> decide(question const& asked, instant now) const {
        if (now < last_) {
            return error{errc::time_ran_backwards, to_iso8601(now),
                "expected an instant not before the last event, " + to_iso8601(last_)};
        }
        return state_->decide(asked, now);
    }

    /// Appends at the known head. An unknown outcome is settled by looking for the chain it would
    /// have left, and by the same append again where it is not there yet; only when neither is
    /// answered does the outcome stay unknown. The first append may land late, so a conflict of a
    /// later one is looked into too: it may be with ourselves.
    result<journal_head> append(std::span<batch<event> const> batches) {
        auto appended = journal_.append(head_, batches);
        if (appended || appended.error().code != errc::outcome_unknown) {
            return appended;
        }
        auto const hoped = head_after(head_, batches);
        bool moved = false;
        for (int attempt = 0; attempt < conflict_retries; ++attempt) {
            std::vector<envelope<event>> last;
            if (!journal_.read(hoped.position - 1, 1, last)) {
                break;
            }
            if (!last.empty() && last.front().chain == hoped.chain) {
                return hoped;
            }
            if (!last.empty() || moved) {
                return error{
                    errc::conflict, "journal", "expected to be the only writer; try again"};
            }
            auto const again = journal_.append(head_, batches);
            if (again) {
                return again;
            }
            moved = again.error().code == errc::conflict;
            if (!moved && again.error().code != errc::outcome_unknown) {
                break;
            }
        }
        stale_ = true;
        return appended;
    }

    receipt remember(batch<event> const& recorded) {
        receipt const given{head_.position, recorded.events.size(), false};
        if (!recorded.asked.id.empty()) {
            answers_.insert_or_assign(
                recorded.asked.id, known_answer{recorded.asked.command, given});
        }
        return given;
    }

    void fold(batch<event> const& recorded) {
        for (auto const& e : recorded.events) {
            state_->apply(e, recorded.at);
        }
        last_ = recorded.at;
    }

    Journal journal_;
    Programme programme_;
    std::optional<state> state_;
    journal_head head_;
    instant last_;
    arrival_map<std::string, known_answer> answers_;
    bool stale_ = true;
    bool in_group_ = false;
};

} // namespace koc
