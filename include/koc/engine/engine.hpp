// SPDX-License-Identifier: BSL-1.0
#pragma once

// The engine composes the aspects of a programme over a journal. A command goes one way: decide (an
// aspect turns it into events, or refuses), react (others add theirs), append (all of them,
// durably, as one batch), apply (every aspect folds them into its state). Until the append nothing
// has changed; after it nothing can fail. What the engine knows is always a prefix of the journal.

#include <koc/core/arrival_map.hpp>
#include <koc/core/contract.hpp>
#include <koc/core/digest.hpp>
#include <koc/core/error.hpp>
#include <koc/core/result.hpp>
#include <koc/core/validate.hpp>
#include <koc/engine/aspect.hpp>
#include <koc/journal/concepts.hpp>
#include <koc/journal/envelope.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
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
    using aspects = aspects_of<Programme>;
    using state = state_of<Programme>;
    struct question;

public:
    using event = event_of<Programme>;
    using world_type = world<Programme>;

    static_assert(boost::mp11::mp_is_set<detail::all_events<aspects>>::value,
        "koc: each event of a Programme has one owner; two aspects list the same event, see "
        "docs/engine.md#aspect");
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
    [[nodiscard]] world_type look() const { return world_type{*state_}; }
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
        [&]<typename... A>(
            aspect_list<A...>) { (state_->template get<A>().digest_into(into), ...); }(aspects{});
        return into.finish();
    }

    /// The events a command would become now, without recording anything. It is decided on what is
    /// known: `catch_up` first where that may be old.
    template <typename Command>
    [[nodiscard]] result<std::vector<event>> preview(Command const& command, instant now) const {
        auto const asked = question_of(command);
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
        return answer(question_of(command), now, request_id);
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
            return answer(question_of(command), now, request_id);
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
    static constexpr std::size_t reaction_count_max = 1'000'000;

    struct known_answer {
        digest command;
        receipt given;
    };

    /// A command without its type: what the way through the engine needs of it.
    struct question {
        void const* command;
        std::optional<error> (*check)(void const* command);
        digest (*identity)(void const* command);
        result<void> (*decide)(
            basic_engine const& on, void const* command, decision<Programme>& out);
    };

    /// The batch to record, or an answer that needs none: given before, or nothing to do.
    struct prepared {
        std::optional<receipt> given;
        batch<event> pending;
    };

    // Which aspects have a say on what. Asked once for each pair, so that code is made only for the
    // pairs that exist: of 18 aspects and 37 events, one in ten.

    template <typename Command>
    struct accepting {
        template <typename A>
        using fn = std::bool_constant<detail::lists<typename A::commands, Command>>;
    };
    template <typename E>
    struct reacting {
        template <typename A>
        using fn = std::bool_constant <
            requires(A& a, world_type const& here, E const& e, decision<Programme>& out) {
            a.react(here, e, out);
        }
        > ;
    };
    template <typename E>
    struct following {
        template <typename A>
        using fn = std::bool_constant <
            requires(A& a, world_type const& here, E const& e, instant at) {
            a.apply(here, e, at);
        }
        || requires(A& a, E const& e, instant at) { a.apply(e, at); }
        > ;
    };
    template <typename A, typename... Own>
    static consteval bool applies_own(boost::mp11::mp_list<Own...>) {
        return (following<Own>::template fn<A>::value && ...);
    }

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
                apply(e.event, e.at);
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

    template <typename Command>
    static question question_of(Command const& command) {
        static_assert(boost::mp11::mp_count_if_q<aspects, accepting<Command>>::value == 1,
            "koc: exactly one aspect of the Programme accepts this command; see "
            "docs/engine.md#command");
        return {&command, &check_command<Command>, &identity_of<Command>, &decide_in<Command>};
    }
    template <typename Command>
    static std::optional<error> check_command(void const* command) {
        auto refused = check_form(*static_cast<Command const*>(command));
        if (refused) {
            refused->subject.insert(0, type_name<Command>());
        }
        return refused;
    }
    template <typename Command>
    static digest identity_of(void const* command) {
        return hasher{}
            .add(type_name<Command>())
            .add(*static_cast<Command const*>(command))
            .finish();
    }
    template <typename Command>
    static result<void> decide_in(
        basic_engine const& on, void const* command, decision<Programme>& out) {
        constexpr auto place = boost::mp11::mp_find_if_q<aspects, accepting<Command>>::value;
        auto const& owner = on.state_->template get<boost::mp11::mp_at_c<aspects, place>>();
        auto const& asked = *static_cast<Command const*>(command);
        static_assert(
            requires {
                { owner.decide(on.look(), asked, out) } -> std::same_as<result<void>>;
            },
            "koc: an aspect must decide each command that it lists, in a const function that "
            "returns koc::result<void>; see docs/engine.md#aspect");
        return owner.decide(on.look(), asked, out);
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
                    return error{errc::request_reused, "request " + request_id,
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
        decision<Programme> out{now};
        if (auto decided = asked.decide(*this, asked.command, out); !decided) {
            return std::move(decided).error();
        }
        react(out);
        return std::move(out).take();
    }

    /// Shows each event to every aspect that reacts to it, their answers included.
    void react(decision<Programme>& out) const {
        static constexpr auto shows = all_shows(typename event::events{});
        for (std::size_t i = 0; i < out.events().size(); ++i) {
            KOC_INVARIANT(i < reaction_count_max); // aspects that answer each other without end
            auto const cause = out.events()[i];    // reactions append to the same list
            if (auto const show = shows[cause.index()]) {
                show(*this, cause, out);
            }
        }
    }
    template <typename E, typename... A>
    static void show_to_all(basic_engine const& on, event const& cause, decision<Programme>& out) {
        auto const& e = cause.template get<E>();
        (on.show<A>(e, out), ...);
    }
    template <typename A, typename E>
    void show(E const& e, decision<Programme>& out) const {
        static_assert(
            requires(A const& a, world_type const& here) { a.react(here, e, out); },
            "koc: react must be const, as a decision changes nothing; see docs/engine.md#aspect");
        state_->template get<A>().react(look(), e, out);
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
            apply(e, recorded.at);
        }
        last_ = recorded.at;
    }

    void apply(event const& recorded, instant at) {
        static_assert(
            []<typename... A>(aspect_list<A...>) {
                return (applies_own<A>(typename A::events{}) && ...);
            }(aspects{}),
            "koc: an aspect must apply each event that it owns; see docs/engine.md#aspect");
        static constexpr auto folds = all_folds(typename event::events{});
        KOC_EXPECTS(recorded.has_value());
        folds[recorded.index()](*this, recorded, at);
    }
    template <typename E, typename... A>
    static void fold_into_all(basic_engine& on, event const& recorded, instant at) {
        auto const& e = recorded.template get<E>();
        (on.fold_into<A>(e, at), ...);
    }
    template <typename A, typename E>
    void fold_into(E const& e, instant at) {
        if constexpr (requires(A & a) { a.apply(look(), e, at); }) {
            state_->template get<A>().apply(look(), e, at);
        } else {
            state_->template get<A>().apply(e, at);
        }
    }

    // What each event does, by its place in the list; made once, as a call that chose among all
    // aspects anew would be compiled for every pair.

    using show_function = void (*)(basic_engine const&, event const&, decision<Programme>&);
    using fold_function = void (*)(basic_engine&, event const&, instant);

    template <typename E, typename... A>
    static consteval show_function showing(boost::mp11::mp_list<A...>) {
        if constexpr (sizeof...(A) == 0) {
            return nullptr;
        } else {
            return &show_to_all<E, A...>;
        }
    }
    template <typename E, typename... A>
    static consteval fold_function folding(boost::mp11::mp_list<A...>) {
        return &fold_into_all<E, A...>;
    }
    template <typename... E>
    static consteval auto all_shows(boost::mp11::mp_list<E...>) {
        return std::array<show_function, sizeof...(E)>{
            showing<E>(boost::mp11::mp_copy_if_q<aspects, reacting<E>>{})...};
    }
    template <typename... E>
    static consteval auto all_folds(boost::mp11::mp_list<E...>) {
        return std::array<fold_function, sizeof...(E)>{
            folding<E>(boost::mp11::mp_copy_if_q<aspects, following<E>>{})...};
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
