// SPDX-License-Identifier: BSL-1.0
#pragma once

// Given a history, when a command comes, then these events, this state or this refusal. A scenario
// is an engine over a journal in memory with a clock that moves by hand. It watches what no test
// should have to repeat: a refused command leaves the state and the journal as they were. What goes
// against a scenario's word is thrown as a `scenario_failure`, which a test runner reports with its
// sentence.
//
// The engine is compiled where `template class koc_test::basic_scenario<koc::standard::programme>;`
// stands, once in each test program (scenario.cpp), so that the other files stay quick to compile.

#include <koc/core/civil.hpp>
#include <koc/engine/engine.hpp>
#include <koc/journal/memory_journal.hpp>
#include <koc/standard/programme.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

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
#include <variant>
#include <vector>

namespace koc_test {

/// A scenario did not go as it was told.
struct scenario_failure : std::logic_error {
    using std::logic_error::logic_error;
};

template <typename Aspect>
using commands_in = typename Aspect::commands;

/// Any command of a programme.
template <typename Programme>
using command_of =
    boost::mp11::mp_rename<boost::mp11::mp_apply<boost::mp11::mp_append,
                               boost::mp11::mp_transform<commands_in, koc::aspects_of<Programme>>>,
        std::variant>;

/// A journal that several engines and the scenario itself look at.
template <typename Event>
class shared_journal {
public:
    [[nodiscard]] koc::result<koc::journal_head> head() const { return kept_->head(); }
    koc::result<koc::journal_head> append(
        koc::journal_head expected, std::span<koc::batch<Event> const> batches) {
        return kept_->append(expected, batches);
    }
    koc::result<void> read(
        std::uint64_t from, std::size_t limit, std::vector<koc::envelope<Event>>& out) const {
        return kept_->read(from, limit, out);
    }

private:
    std::shared_ptr<koc::memory_journal<Event>> kept_ =
        std::make_shared<koc::memory_journal<Event>>();
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

template <typename Programme>
class basic_scenario {
public:
    using command = command_of<Programme>;
    using event = koc::event_of<Programme>;
    using journal_type = shared_journal<event>;
    using engine_type = koc::basic_engine<Programme, journal_type>;

    explicit basic_scenario(
        Programme rules = {}, koc::instant from = *koc::from_iso8601("2026-01-05T08:00:00Z"));
    basic_scenario(basic_scenario const&) = delete;
    basic_scenario& operator=(basic_scenario const&) = delete;
    ~basic_scenario();

    // The clock

    [[nodiscard]] koc::instant now() const { return now_; }
    basic_scenario& wait(koc::duration span) {
        now_ = now_ + span;
        return *this;
    }

    // The story

    /// Commands that belong to the history: each has to be accepted.
    template <typename... Commands>
    basic_scenario& given(Commands const&... commands) {
        (history(command{commands}), ...);
        return *this;
    }

    /// The command that the test is about, accepted or not.
    basic_scenario& when(command const& asked, std::string const& request_id = {}) {
        run(asked, request_id);
        return *this;
    }

    /// As `when`, for a command that has to be accepted.
    basic_scenario& accepts(command const& asked, std::string const& request_id = {}) {
        run(asked, request_id);
        history_was_accepted();
        return *this;
    }

    /// As `when`, for a command that has to be refused with this code, about a subject that
    /// contains `subject`, in a sentence that contains `word`.
    basic_scenario& refuses(command const& asked, koc::errc code, std::string_view subject,
        std::string_view word = "expected") {
        run(asked, {});
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

    // What came of it

    [[nodiscard]] bool accepted() const { return answer().has_value(); }
    [[nodiscard]] koc::receipt const& receipt() const {
        history_was_accepted();
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
    [[nodiscard]] std::vector<E> emitted() const {
        return of_type<E>(events_);
    }
    /// All events that the last command became.
    [[nodiscard]] std::vector<koc::envelope<event>> const& events() const { return events_; }
    /// All events since the beginning.
    [[nodiscard]] std::vector<koc::envelope<event>> journal() const { return read(0); }
    template <typename E>
    [[nodiscard]] std::vector<E> history_of() const {
        return of_type<E>(journal());
    }

    [[nodiscard]] engine_type const& engine() const { return *engine_; }
    [[nodiscard]] auto look() const { return engine_->look(); }
    template <typename A>
    [[nodiscard]] A const& get() const {
        return engine_->template get<A>();
    }
    template <template <typename...> typename A>
    [[nodiscard]] auto const& get() const {
        return engine_->template get<A>();
    }

    [[nodiscard]] koc::digest digest() const;
    /// The digest of a new engine that reads the same journal.
    [[nodiscard]] koc::digest digest_of_replay() const;

private:
    void run(command const& asked, std::string const& request_id);

    [[nodiscard]] std::vector<koc::envelope<event>> read(std::uint64_t from) const {
        std::vector<koc::envelope<event>> out;
        static_cast<void>(journal_.read(from, static_cast<std::size_t>(-1), out));
        return out;
    }
    template <typename E>
    static std::vector<E> of_type(std::vector<koc::envelope<event>> const& all) {
        std::vector<E> found;
        for (auto const& recorded : all) {
            if (auto const* e = recorded.event.template get_if<E>()) {
                found.push_back(*e);
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
    void history(command const& asked) {
        run(asked, {});
        history_was_accepted();
    }
    void history_was_accepted() const {
        if (!answer().has_value()) {
            throw scenario_failure{"it was to be accepted, but " + to_line(answer_->error())};
        }
    }

    koc::instant now_;
    journal_type journal_;
    std::unique_ptr<engine_type> engine_;
    std::optional<koc::result<koc::receipt>> answer_;
    std::vector<koc::envelope<event>> events_;
};

template <typename Programme>
basic_scenario<Programme>::basic_scenario(Programme rules, koc::instant from)
    : now_{from}, engine_{std::make_unique<engine_type>(journal_, std::move(rules))} {}

template <typename Programme>
basic_scenario<Programme>::~basic_scenario() = default;

template <typename Programme>
koc::digest basic_scenario<Programme>::digest() const {
    return engine_->state_digest();
}

template <typename Programme>
koc::digest basic_scenario<Programme>::digest_of_replay() const {
    engine_type other{journal_, engine_->programme()};
    if (auto read = other.catch_up(); !read) {
        throw scenario_failure{"the journal cannot be read again: " + to_line(read.error())};
    }
    return other.state_digest();
}

template <typename Programme>
void basic_scenario<Programme>::run(command const& asked, std::string const& request_id) {
    auto const before = digest();
    auto const head = *journal_.head();
    answer_ =
        std::visit([&](auto const& c) { return engine_->handle(c, now_, request_id); }, asked);
    events_ = read(head.position);
    if (!*answer_ && (before != digest() || !events_.empty() || head != engine_->head())) {
        throw scenario_failure{"a refusal left a trace: " + to_line(answer_->error())};
    }
}

extern template class basic_scenario<koc::standard::programme>;

using scenario = basic_scenario<koc::standard::programme>;

/// The usual world: a small region tree, formats, interests, a skill that is earned, an age that is
/// sensitive, thirteen people at all stages, and an open objective with one topic.
class winter_world : public scenario {
public:
    static constexpr koc::objective_id range{1}; ///< how far a car goes in winter
    static constexpr koc::topic_id test_drive{1};

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

    explicit winter_world(koc::standard::programme rules = {}) : scenario{std::move(rules)} {
        vocabulary();
        everybody();
        given(koc::open_objective{plan(range)},
            koc::design_topic{test_drive, range, "My winter range, measured"});
    }

    [[nodiscard]] koc::tag_id tag(std::string_view facet, std::string_view key) const {
        auto const found = get<koc::tag_library>().tags().find(facet, key);
        if (!found) {
            throw scenario_failure{
                "the world has no tag " + std::string{facet} + ':' + std::string{key}};
        }
        return *found;
    }

    [[nodiscard]] koc::member_record const& person(koc::member_id who) const {
        return *get<koc::roster>().find(who);
    }
    [[nodiscard]] koc::task_stage standing(koc::task_id which) const {
        return get<koc::tasks>().find(which)->standing;
    }

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
        given(
            koc::claim_task{task, who}, koc::submit_work{work, task, who, "https://example.org/w"});
    }

    /// The same value in every dimension.
    [[nodiscard]] static koc::review_work rate(koc::submission_id work, koc::score value) {
        return {work,
            {{"depth", value}, {"creativity", value}, {"visual", value}, {"interaction", value}}};
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

} // namespace koc_test
