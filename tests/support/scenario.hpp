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
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
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
inline std::string docs_page(std::string const& name) {
    auto const* told = std::getenv("KOC_SOURCE_DIR");
    auto const root = told != nullptr ? std::filesystem::path{told}
                                      : std::filesystem::path{__FILE__} / ".." / ".." / "..";
    std::ifstream page{(root / name).lexically_normal()};
    if (!page) {
        throw scenario_failure{"there is no page " + name + "; set KOC_SOURCE_DIR"};
    }
    return {std::istreambuf_iterator<char>{page}, {}};
}

/// One line for a refusal: `wrong_state: task 7: expected ...`.
inline std::string to_line(koc::error const& refused) {
    return std::string{koc::name_of(refused.code)} + ": " + refused.subject + ": " +
        refused.expected;
}

/// Makes an engine over a journal: of the standard programme, or of a test's own.
using engine_maker = koc::engine (*)(koc::any_journal journal);
inline koc::engine standard_engine(koc::any_journal journal) {
    return koc::engine{std::move(journal)};
}

class scenario {
public:
    explicit scenario(engine_maker make = &standard_engine,
        koc::instant from = *koc::from_iso8601("2026-01-05T08:00:00Z"))
        : now_{from}, make_{make}, engine_{make(journal_)} {}
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
    scenario& time_passes() {
        auto const from = journal_.head()->position;
        if (auto passed = engine_.advance(asked()); !passed) {
            throw scenario_failure{"time cannot pass: " + to_line(passed.error())};
        }
        events_ = read(from);
        return *this;
    }

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
        pass_time();
        auto const before = koc::digest{digest()};
        auto const head = *journal_.head();
        answer_ = engine_.handle(command, asked(request));
        events_ = read(head.position);
        if (!*answer_ && (before != digest() || !events_.empty() || head != engine_.head())) {
            throw scenario_failure{"a refusal left a trace: " + to_line(answer_->error())};
        }
        return *this;
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
        if (answer_->has_value()) {
            throw scenario_failure{"a refusal was expected, but it was accepted"};
        }
        auto const refused = answer_->error();
        if (refused.code != code || refused.subject.find(subject) == std::string::npos ||
            refused.expected.find(word) == std::string::npos) {
            throw scenario_failure{"expected " + std::string{koc::name_of(code)} + " on '" +
                std::string{subject} + "' with '" + std::string{word} + "', got " +
                to_line(refused)};
        }
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
    [[nodiscard]] koc::receipt const& receipt() const {
        was_accepted();
        return **answer_;
    }
    [[nodiscard]] koc::error refusal() const {
        if (answer().has_value()) {
            throw scenario_failure{"there is no refusal, the command was accepted"};
        }
        return answer_->error();
    }

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
    [[nodiscard]] koc::digest digest_of_replay() const {
        auto other = make_(journal_);
        if (auto read = other.catch_up(); !read) {
            throw scenario_failure{"the journal cannot be read again: " + to_line(read.error())};
        }
        return other.state_digest();
    }

private:
    /// What is due happens before a command is decided, also before one that is refused.
    void pass_time() {
        if (engine_.next_due() && *engine_.next_due() <= now_) {
            time_passes();
        }
    }
    [[nodiscard]] std::vector<koc::envelope> read(std::uint64_t from) const {
        auto const& all = journal_.envelopes();
        return {all.begin() + static_cast<std::ptrdiff_t>(from), all.end()};
    }
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
    [[nodiscard]] koc::result<koc::receipt> const& answer() const {
        if (!answer_) {
            throw scenario_failure{"nothing has been asked yet"};
        }
        return *answer_;
    }
    void was_accepted() const {
        if (!answer().has_value()) {
            throw scenario_failure{"it was to be accepted, but " + to_line(answer_->error())};
        }
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

    explicit people_world(engine_maker make) : scenario{make} {
        vocabulary();
        everybody();
    }

    [[nodiscard]] koc::tag_id tag(std::string_view facet, std::string_view key) const {
        auto const found = engine().tags().find(facet, key);
        if (!found) {
            throw scenario_failure{
                "the world has no tag " + std::string{facet} + ':' + std::string{key}};
        }
        return *found;
    }

    [[nodiscard]] koc::stage stage(koc::member_id who) const {
        return at<koc::relationship_record>(who).stage;
    }

private:
    void vocabulary() {
        for (auto const* name : {"region", "format", "interest", "style"}) {
            given(koc::define_facet{{name}});
        }
        given(koc::define_facet{{"skill", false, true}}, koc::define_facet{{"age", true, false}});
        given(koc::define_tags{{{"region", "northeast", "", {}},
            {"region", "heilongjiang", "", {"northeast"}}, {"region", "jilin", "", {"northeast"}},
            {"region", "liaoning", "", {"northeast"}}, {"region", "harbin", "", {"heilongjiang"}},
            {"region", "qiqihar", "", {"heilongjiang"}}, {"region", "changchun", "", {"jilin"}},
            {"region", "shenyang", "", {"liaoning"}}, {"region", "south", "", {}},
            {"region", "guangdong", "", {"south"}}, {"region", "shenzhen", "", {"guangdong"}},
            {"region", "guangzhou", "", {"guangdong"}}, {"format", "text_image", "", {}},
            {"format", "video", "", {}}, {"format", "live", "", {}},
            {"interest", "technology", "", {}}, {"interest", "life", "", {}},
            {"interest", "off_road", "", {}}, {"style", "warm", "", {}},
            {"skill", "deep_review", "", {}}, {"age", "over_sixty", "", {}}}});
    }

    void join(koc::member_id who, char const* name, std::vector<koc::source> sources,
        char const* city, char const* format,
        std::vector<std::pair<char const*, std::int64_t>> const& interests) {
        std::vector<koc::weighted_tag> tags{{tag("region", city)}, {tag("format", format)}};
        for (auto const& [interest, percent] : interests) {
            tags.push_back({tag("interest", interest), koc::percent(percent)});
        }
        given(koc::enrol{who, {who.value(), name}, std::move(sources), std::move(tags)});
    }

    void everybody() {
        using koc::source;
        join(an, "An", {source::open}, "harbin", "video", {{"technology", 100}, {"off_road", 40}});
        join(chen, "Chen", {source::open}, "qiqihar", "video", {{"technology", 100}});
        join(dong, "Dong", {source::open, source::owned}, "changchun", "video",
            {{"technology", 50}});
        join(fang, "Fang", {source::owned}, "shenyang", "video", {{"life", 100}});
        join(bao, "Bao", {source::owned}, "harbin", "text_image", {{"life", 100}});
        join(guo, "Guo", {source::open}, "shenzhen", "video", {{"technology", 100}});
        join(hua, "Hua", {source::owned}, "guangzhou", "text_image", {{"life", 100}});
        join(jin, "Jin", {source::open}, "harbin", "video", {{"technology", 100}});
        join(kai, "Kai", {source::owned}, "shenzhen", "text_image", {{"life", 100}});
        join(lan, "Lan", {source::owned}, "changchun", "video", {{"life", 100}});
        join(min, "Min", {source::open}, "shenzhen", "live", {{"off_road", 100}});
        join(ning, "Ning", {source::open}, "harbin", "video", {{"technology", 100}});
        join(ou, "Ou", {source::open, source::owned}, "shenyang", "text_image", {{"life", 100}});
        given(koc::retag{hua, {{tag("style", "warm")}}, {}});
        for (auto who : {an, chen, dong, fang, bao, guo, hua, jin, kai, ning, ou}) {
            given(koc::record_contact{who, {}}, koc::confirm_willingness{who});
        }
        given(koc::record_contact{lan, {}});
        for (auto [who, interest] : {std::pair{jin, "technology"}, std::pair{kai, "life"}}) {
            for (auto before : {100, 80, 60}) {
                given(koc::record_outcome{
                    who, {tag("interest", interest)}, koc::percent(90), now() - koc::days(before)});
            }
        }
        for (auto who : {ning, ou}) {
            given(koc::record_waning{who, koc::waning_reason::life_change, {}});
        }
        given(koc::accept_role{ou, koc::alumni_role::friend_of_the_brand});
    }
};

/// The usual world: these people, and an open objective with one topic.
class winter_world : public people_world {
public:
    static constexpr koc::objective_id range{1}; ///< how far a car goes in winter
    static constexpr koc::topic_id test_drive{1};

    explicit winter_world(engine_maker make = &standard_engine) : people_world{make} {
        given(koc::open_objective{plan(range)},
            koc::design_topic{test_drive, range, "My winter range, measured"});
    }

    using people_world::stage;
    [[nodiscard]] koc::task_stage stage(koc::task_id which) const { return at(which).stage; }

    /// An objective judged by depth (0.4), creativity, visual and interaction (0.2 each), with
    /// 1,000,000 minor units to amplify its work.
    [[nodiscard]] static koc::objective_plan plan(koc::objective_id id) {
        return {id, "Buyers trust the winter range",
            {{"depth", koc::percent(40)}, {"creativity", koc::percent(20)},
                {"visual", koc::percent(20)}, {"interaction", koc::percent(20)}},
            koc::percent(60), koc::money{1'000'000}};
    }

    /// A task for everybody, three seats, due in thirty days, with a base reward of 50,000.
    [[nodiscard]] koc::task_brief brief(koc::task_id id) const {
        koc::task_brief made;
        made.task = id;
        made.topic = test_drive;
        made.title = "Drive 100 km below zero";
        made.seats = 3;
        made.due_at = now() + koc::days(30);
        made.base_reward = koc::money{50'000};
        return made;
    }

    /// An open task on the board.
    void listed(koc::task_brief const& made) {
        given(koc::open_task{made}, koc::list_task{made.task});
    }

    /// Work that was claimed from the board and handed in.
    void handed_in(koc::task_id task, koc::member_id who, koc::submission_id work) {
        given(koc::claim_task{task, who},
            koc::submit_work{
                work, task, who, "https://example.org/w/" + std::to_string(work.value())});
    }

    /// The same value in every dimension.
    [[nodiscard]] static koc::review_work rate(koc::submission_id work, koc::score value) {
        return {work,
            {{"depth", value}, {"creativity", value}, {"visual", value}, {"interaction", value}}};
    }
};

} // namespace koc_test
