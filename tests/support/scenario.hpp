// SPDX-License-Identifier: BSL-1.0
#pragma once

// Given a history, when a command comes, then these events, this state or this refusal. A scenario
// is an engine over a journal in memory with a clock that moves by hand. It watches what no test
// should have to repeat: a refused command leaves the state and the journal as they were. What goes
// against a scenario's word is thrown as a `scenario_failure`, which a test runner reports with its
// sentence.
//
// Tests see the engine as a host does, through the facade; the standard programme is instantiated
// once for all test programs, in support/standard.cpp.

#include <koc/standard/engine.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace koc_test {

/// A scenario did not go as it was told.
struct scenario_failure : std::logic_error {
    using std::logic_error::logic_error;
};

/// A journal in memory that several engines and the scenario itself look at.
class shared_journal {
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

/// The text of a page of the documentation, such as `docs/task.md`.
std::string docs_page(std::string const& name);

/// One line for a refusal: `wrong_state: task 7: expected ...`.
std::string to_line(koc::error const& refused);

/// Makes an engine over a journal: of the standard programme, or of a test's own.
using engine_maker = koc::engine (*)(koc::any_journal journal);
koc::engine standard_engine(koc::any_journal journal);

class scenario {
public:
    explicit scenario(engine_maker make = &standard_engine,
        koc::instant from = *koc::from_iso8601("2026-01-05T08:00:00Z"));
    scenario(scenario const&) = delete;
    scenario& operator=(scenario const&) = delete;

    // The clock, and who acts

    [[nodiscard]] koc::instant now() const { return now_; }
    [[nodiscard]] koc::asked asked(std::string request = {}) const {
        return {now_, by_, std::move(request)};
    }
    scenario& wait(koc::duration span) {
        now_ = now_ + span;
        return *this;
    }
    /// Who sends the commands that follow.
    scenario& as(koc::actor by) {
        by_ = by;
        return *this;
    }
    /// Lets everything happen that is due by now.
    scenario& time_passes();

    // The story

    /// Commands that belong to the history: each has to be accepted.
    template <typename... Commands>
    scenario& given(Commands const&... commands) {
        (accepts(commands), ...);
        return *this;
    }
    /// The command that the test is about, accepted or not.
    template <typename Command>
    scenario& when(Command const& command, std::string const& request = {}) {
        return when_told([&] { return engine_.handle(command, asked(request)); });
    }
    /// As `when`, for a command that has to be accepted.
    template <typename Command>
    scenario& accepts(Command const& command, std::string const& request = {}) {
        when(command, request);
        was_accepted();
        return *this;
    }
    /// As `when`, for a command that has to be refused with this code, about a subject that
    /// contains `subject`, in a sentence that contains `word`.
    template <typename Command>
    scenario& refuses(Command const& command, koc::errc code, std::string_view subject,
        std::string_view word = "expected") {
        when(command);
        was_refused(code, subject, word);
        return *this;
    }
    /// The answer to a query, which has to be given.
    template <typename Query>
    [[nodiscard]] typename Query::answer ask(Query const& query) const {
        auto answer = engine_.ask(query, asked());
        if (!answer) {
            throw scenario_failure{"an answer was expected, but " + to_line(answer.error())};
        }
        return *std::move(answer);
    }

    // What came of it

    [[nodiscard]] bool accepted() const { return answer().has_value(); }
    [[nodiscard]] koc::receipt const& receipt() const;
    [[nodiscard]] koc::error refusal() const;

    /// The events of one type that the last command became, in order.
    template <typename E>
    [[nodiscard]] std::vector<E> recorded() const {
        return of_type<E>(events_);
    }
    /// All events that the last command became.
    [[nodiscard]] std::vector<koc::envelope> const& events() const { return events_; }
    /// All events since the beginning.
    [[nodiscard]] std::vector<koc::envelope> const& journal() const { return journal_.envelopes(); }
    template <typename E>
    [[nodiscard]] std::vector<E> history_of() const {
        return of_type<E>(journal());
    }

    [[nodiscard]] koc::engine& engine() { return engine_; }
    [[nodiscard]] koc::engine const& engine() const { return engine_; }
    [[nodiscard]] shared_journal const& journal_file() const { return journal_; }
    /// The record of an id, which has to be there.
    template <koc::named_id Id>
    [[nodiscard]] typename Id::kind::record const& at(Id id) const {
        return at<typename Id::kind::record>(id);
    }
    template <typename Record, typename Id>
    [[nodiscard]] Record const& at(Id id) const {
        auto const* found = engine_.find_record<Record>(id.value());
        if (found == nullptr) {
            throw scenario_failure{"there is no such record"};
        }
        return *found;
    }

    [[nodiscard]] koc::digest digest() const { return engine_.state_digest(); }
    /// The digest of a new engine that reads the same journal.
    [[nodiscard]] koc::digest digest_of_replay() const;

private:
    /// Lets a command be handled, and watches what comes of it. What is due happens before, also
    /// before a command that is refused.
    scenario& when_told(std::function<koc::result<koc::receipt>()> const& handle);
    void was_accepted() const;
    void was_refused(koc::errc code, std::string_view subject, std::string_view word) const;
    [[nodiscard]] koc::result<koc::receipt> const& answer() const;
    [[nodiscard]] std::vector<koc::envelope> read(std::uint64_t from) const;
    template <typename E>
    static std::vector<E> of_type(std::vector<koc::envelope> const& all) {
        std::vector<E> found;
        for (auto const& recorded : all) {
            for (auto const& happened : recorded.events) {
                if (auto const* e = happened.template get_if<E>()) {
                    found.push_back(*e);
                }
            }
        }
        return found;
    }

    koc::instant now_;
    koc::actor by_;
    shared_journal journal_;
    engine_maker make_;
    koc::engine engine_;
    std::optional<koc::result<koc::receipt>> answer_;
    std::vector<koc::envelope> events_;
};

/// A small region tree, formats, interests, a skill that is earned, an age that is sensitive, and
/// thirteen people at all stages. For programmes that have the relationship and what it reads.
class people_world : public scenario {
public:
    // Active, the first four in the Northeast with a video camera.
    static constexpr koc::member_id an{1};   ///< Harbin, technology and some off-road
    static constexpr koc::member_id chen{2}; ///< Qiqihar, technology
    static constexpr koc::member_id dong{3}; ///< Changchun, some technology
    static constexpr koc::member_id fang{4}; ///< Shenyang, life
    static constexpr koc::member_id bao{5};  ///< Harbin, text and images, life
    static constexpr koc::member_id guo{6};  ///< Shenzhen, video, technology
    static constexpr koc::member_id hua{7};  ///< Guangzhou, text and images, life, warm
    // Mature.
    static constexpr koc::member_id jin{8}; ///< Harbin, video, technology
    static constexpr koc::member_id kai{9}; ///< Shenzhen, text and images, life
    // Budding: one who has been spoken to, one who has not.
    static constexpr koc::member_id lan{10}; ///< Changchun, video, life
    static constexpr koc::member_id min{11}; ///< Shenzhen, live, off-road
    // Evolving and alumni.
    static constexpr koc::member_id ning{12}; ///< Harbin, video, technology
    static constexpr koc::member_id ou{13};   ///< Shenyang, text and images, life

    static constexpr koc::member_id nobody{999};

    explicit people_world(engine_maker make);

    [[nodiscard]] koc::tag_id tag(std::string_view facet, std::string_view key) const;

    [[nodiscard]] koc::stage stage(koc::member_id who) const {
        return at<koc::relationship_record>(who).stage;
    }

    /// What comes before an honorary role where the programme knows it: a talk, thanks for works on
    /// record, and the offer. The role itself is still to be accepted.
    people_world& role_offered(koc::member_id who, koc::alumni_role role);

private:
    void vocabulary();
    void join(koc::member_id who, char const* name, std::vector<koc::source> sources,
        char const* city, char const* format,
        std::vector<std::pair<char const*, std::int64_t>> const& interests);
    void everybody();
};

/// The usual world: these people, and an open objective with one topic.
class winter_world : public people_world {
public:
    static constexpr koc::objective_id range{1}; ///< how far a car goes in winter
    static constexpr koc::topic_id test_drive{1};

    explicit winter_world(engine_maker make = &standard_engine);

    using people_world::stage;
    [[nodiscard]] koc::task_stage stage(koc::task_id which) const { return at(which).stage; }

    /// An objective judged by depth (0.4), creativity, visual and interaction (0.2 each), with
    /// 1,000,000 minor units to amplify its work.
    [[nodiscard]] static koc::objective_plan plan(koc::objective_id id);

    /// A task for everybody, three seats, due in thirty days, with a base reward of 50,000.
    [[nodiscard]] koc::task_brief brief(koc::task_id id) const;

    /// An open task on the board.
    void listed(koc::task_brief const& made);

    /// Work that was claimed from the board and handed in.
    void handed_in(koc::task_id task, koc::member_id who, koc::submission_id work);

    /// Two employees let one person spend up to an amount.
    void one_may_spend(koc::money above);
    /// Two employees do what one may not, by an approval from 901 on; the host acts afterwards.
    void by_two(koc::request_approval request);

    /// The same value in every dimension.
    [[nodiscard]] static koc::review_work rate(koc::submission_id work, koc::score value);

private:
    std::uint64_t approvals_ = 900;
};

} // namespace koc_test
